"""What is live: every model and policy with who made it, who approved it, what it is for, and when it is due for review."""

from __future__ import annotations

import msgspec

from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister, ArtefactVersion
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, Micros

__all__ = ["InventoryEntry", "take_model_inventory"]

_KINDS = ("model", "policy")


class InventoryEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One live model or policy.

    Attributes:
        kind, name, digest: of the artefact.
        owner: who pushed the live version; ``approver`` who reviewed it last, empty where nobody did.
        purpose: its description, a model's note, or what was written when it was pushed.
        tier: what its parameters say; empty where nobody said.
        decides: the event type of a policy; the target of a model.
        versions: that were ever pushed.
        live_since: when this version went live first (micros).
        next_review: ``live_since`` and the review interval.
        overdue: whether that has passed.
    """

    kind: str
    name: str
    digest: str
    owner: str
    approver: str
    purpose: str
    tier: str
    decides: str
    versions: int
    live_since: Micros
    next_review: Micros
    overdue: bool


def take_model_inventory(
    register: ArtefactRegister, *, now: Micros, review_every: int = 365 * DAY
) -> tuple[InventoryEntry, ...]:
    """The live models and policies, models first; nothing before the first release.

    Args:
        review_every: how long after going live a version is reviewed again (micros).
    """
    if review_every <= 0:
        raise InvalidInput("A review comes after some time.", field="review_every", value=review_every)
    if register.live is None:
        return ()
    manifest = register.live.manifest
    keys = sorted(
        (ArtefactKey.of(text) for text in manifest),
        key=lambda key: (_KINDS.index(key.kind) if key.kind in _KINDS else 9, key),
    )
    return tuple(
        _entry(register, register.version(manifest[str(key)]), now, review_every) for key in keys if key.kind in _KINDS
    )


def _entry(register: ArtefactRegister, version: ArtefactVersion, now: Micros, review_every: int) -> InventoryEntry:
    artefact = version.artefact
    body = artefact.body
    metadata = body.get("metadata", {})
    since = min(
        one.at
        for one in register.went_live
        if register.release_of(one.release).manifest.get(str(artefact.key)) == artefact.digest
    )
    due = Micros(since + review_every)
    return InventoryEntry(
        kind=artefact.kind,
        name=artefact.name,
        digest=str(artefact.digest),
        owner=version.author,
        approver=version.reviews[-1].approver if version.reviews else "",
        purpose=str(body.get("description") or metadata.get("note") or version.note),
        tier=str(body.get("tier") or metadata.get("parameters", {}).get("tier", "")),
        decides=str(body.get("event") or metadata.get("target", "")),
        versions=len(register.history(artefact.key)),
        live_since=since,
        next_review=due,
        overdue=now > due,
    )
