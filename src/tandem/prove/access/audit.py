"""What is put on record of every change: who, what, when, on what, from what to what."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.prove.access.principals import Principal, PrincipalKind

__all__ = ["Note", "Tell", "decode_note", "encode_note", "state_digest"]


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of the audit record. Holds no secret and no personal value of a customer.

    Attributes:
        id: ``aud_...``; the key under which it is recorded once, however often it is told.
        at: processing time of the change.
        action: stable, lower_snake: ``person_added``, ``signed_in``, ``release`` ...
        by: name of the principal that did it.
        kind: what kind of principal that is.
        speaking_as: in whose name a process said it acts, if in another's.
        object: what was changed, such as ``person/ann`` or ``list/blocked_devices``.
        before, after: digests of the state of that object; empty where there is none.
        detail: what a reader wants to know besides, such as roles before and after.
    """

    id: str
    at: Micros
    action: str
    by: str
    kind: PrincipalKind
    object: str
    speaking_as: str = ""
    before: Digest | None = None
    after: Digest | None = None
    detail: dict[str, Any] = {}


Tell: TypeAlias = Callable[[Sequence[Note]], None]
"""Puts notes on record, durably, each once; may raise ``Unavailable``, and is then asked again."""

_ENCODE = msgspec.json.Encoder(order="deterministic").encode
_DECODER = msgspec.json.Decoder(Note)


def encode_note(note: Note) -> bytes:
    """``note`` as canonical JSON."""
    return _ENCODE(note)


def decode_note(data: bytes) -> Note:
    """The note that ``encode_note`` wrote."""
    return _DECODER.decode(data)


def state_digest(state: Mapping[str, Any] | None) -> Digest | None:
    """The digest of what can be told of an object's state; None for nothing."""
    return None if state is None else digest_of(dict(state))


def note_of(
    identifier: str,
    at: Micros,
    action: str,
    by: Principal,
    on: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    detail: Mapping[str, Any] | None = None,
) -> Note:
    """A note of a change by ``by``, its states given as documents."""
    return Note(
        id=identifier,
        at=at,
        action=action,
        by=by.name,
        kind=by.kind,
        object=on,
        before=state_digest(before),
        after=state_digest(after),
        detail=dict(detail or {}),
    )
