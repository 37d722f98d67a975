"""A release looked at before it is made."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from tandem.decide.decisions import OnlineState
from tandem.decide.releases.comparing import VersionChange, compare_manifests
from tandem.kernel.artefacts import ArtefactKey, ArtefactState, Released, manifest_digest
from tandem.kernel.errors import DefinitionError, TandemError
from tandem.kernel.identity import Digest

__all__ = ["ReleasePreview", "preview_release"]


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
    faults: tuple[TandemError, ...] = ()
    warnings: tuple[str, ...] = ()
    try:
        warnings = state.assemble(Released(release, manifest, "")).warnings
    except DefinitionError as error:
        faults = tuple(getattr(error, "errors", ())) or (error,)
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
