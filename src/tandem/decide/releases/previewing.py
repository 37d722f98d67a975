"""A release looked at before it is made, and a draft before it is pushed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from tandem.decide.decisions import LiveRelease, OnlineState
from tandem.decide.releases.comparing import VersionChange, artefact_words, compare_manifests
from tandem.decide.releases.sentences import Sentence
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactState, Released, manifest_digest
from tandem.kernel.errors import DefinitionError, TandemError
from tandem.kernel.identity import Digest

__all__ = ["DraftPreview", "ReleasePreview", "preview_draft", "preview_release"]


class ReleasePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a release would be.

    Attributes:
        release: its digest.
        changes: against what is live now.
        waiting: versions in it that nobody has approved, or that were sent back.
        faults: why it does not hold together; empty where it does.
        warnings: what is odd but not wrong.
    """

    release: Digest
    manifest: dict[str, Digest]
    changes: tuple[VersionChange, ...]
    waiting: tuple[Digest, ...]
    faults: tuple[TandemError, ...]
    warnings: tuple[str, ...]

    @property
    def ready(self) -> bool:
        """Whether it could be made now."""
        return bool(self.changes) and not self.waiting and not self.faults


class DraftPreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a draft would be beside everything that is live.

    Attributes:
        words: what is new in it against the live version.
        faults: why it does not hold, or what else would not hold any more; ``at`` says of which definition.
        warnings: what would be odd, though not wrong, and is not yet.
    """

    words: tuple[Sentence, ...]
    faults: tuple[TandemError, ...]
    warnings: tuple[str, ...]


def preview_draft(state: OnlineState, draft: Artefact) -> DraftPreview:
    """``draft`` against what is live, as a release of it alone would be; nothing changes and nothing is kept."""
    register = state.register
    digest = None if register.live is None else register.live.manifest.get(str(draft.key))
    before = None if digest is None else register.version(digest).artefact
    faults, warnings = _assembled(lambda: state.assemble_with(draft))
    own = tuple(one for one in faults if one.at is not None and one.at.split(",")[0] == str(draft.key))
    # Where the draft itself cannot be read, what stands on it does not hold either, which is no news.
    faults = own or faults
    known = () if state.live is None else state.live.warnings
    news = tuple(one for one in warnings if one not in known)
    return DraftPreview(words=artefact_words(before, draft), faults=faults, warnings=news)


def preview_release(
    state: OnlineState, changes: Mapping[ArtefactKey, Digest | None], *, replace_all: bool = False
) -> ReleasePreview:
    """The release that ``changes`` would make on top of what is live; nothing changes.

    Raises:
        NotFound: a digest that the register does not know.
    """
    register = state.register
    manifest = register.manifest_after(changes, replace_all=replace_all)
    release = manifest_digest(manifest)
    live = {} if register.live is None else register.live.manifest
    states = {digest: register.state_of(digest) for digest in manifest.values()}
    faults, warnings = _assembled(lambda: state.assemble(Released(release, manifest, "")))
    return ReleasePreview(
        release=release,
        manifest=manifest,
        changes=compare_manifests(register, live, manifest),
        waiting=tuple(
            digest for digest, found in states.items() if found in {ArtefactState.DRAFT, ArtefactState.DECLINED}
        ),
        faults=faults,
        warnings=warnings,
    )


def _assembled(assemble: Callable[[], LiveRelease]) -> tuple[tuple[TandemError, ...], tuple[str, ...]]:
    """Faults and warnings of a release that is assembled to be looked at."""
    try:
        return (), assemble().warnings
    except DefinitionError as error:
        return tuple(getattr(error, "errors", ())) or (error,), ()
