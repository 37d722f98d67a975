"""Which version of a definition a page shows."""

from __future__ import annotations

from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister, ArtefactVersion
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.identity import Digest

__all__ = ["shown_version"]


def shown_version(register: ArtefactRegister, kind: str, name: str, digest: str | None) -> ArtefactVersion:
    """The version of ``digest``; without one the live version, or the newest where none is live.

    Raises:
        NotFound: no definition of that kind has the name, or no version of it the digest; names the near match.
    """
    key = ArtefactKey(kind, name)
    if digest is not None:
        version = register.version(Digest(digest))
        if version.artefact.key == key:
            return version
    names = [each.name for each in register.keys(kind)]
    if digest is not None or name not in names:
        raise NotFound(
            f"No {kind.replace('_', ' ')} has this name, or no version of it this digest.",
            code="unknown_artefact",
            field="name",
            value=name,
            hint=near_match(name, names),
        )
    live = None if register.live is None else register.live.manifest.get(str(key))
    return register.latest(key) if live is None else register.version(live)
