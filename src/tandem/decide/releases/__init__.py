"""What a release would change, in words, before it does."""

from tandem.decide.releases.comparing import VersionChange, compare_manifests, compare_versions
from tandem.decide.releases.previewing import DraftPreview, ReleasePreview, preview_draft, preview_release
from tandem.decide.releases.sentences import Sentence

__all__ = [
    "DraftPreview",
    "ReleasePreview",
    "Sentence",
    "VersionChange",
    "compare_manifests",
    "compare_versions",
    "preview_draft",
    "preview_release",
]
