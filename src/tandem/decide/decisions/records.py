"""How a decision stands in the journal: the answer byte for byte, the trail beside it, the inputs sealed."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import msgspec

from tandem.decide.decisions.types import Personal, Trail
from tandem.decide.lists import ListChange
from tandem.kernel.errors import NotFound
from tandem.kernel.values import Row, Value
from tandem.observe.journal import Journal, JournalView, Record

__all__ = [
    "DecisionBody",
    "clear_bytes",
    "decision_after",
    "decode_body",
    "decode_list_change",
    "decode_personal",
    "find_decision",
    "personal_of",
    "used_bytes",
]


class DecisionBody(msgspec.Struct, frozen=True):
    """The readable part of a decision record.

    Attributes:
        answer: its bytes as sent, so that a retry gets the same ones.
        used: what the decision used, where the event belongs to nobody and nothing of it is personal.
    """

    answer: msgspec.Raw
    trail: Trail
    used: Personal | None = None


_ENCODER = msgspec.json.Encoder(order="deterministic")
_IN_ORDER = msgspec.json.Encoder()
_BODY = msgspec.json.Decoder(DecisionBody)
_PERSONAL = msgspec.json.Decoder(Personal)
_LIST_CHANGE = msgspec.json.Decoder(ListChange)
_DECIMAL = "decimal"


def clear_bytes(answer: bytes, trail: Trail, used: bytes | None = None) -> bytes:
    """The readable body: ``answer`` as it is sent, the trail, and ``used`` where it need not be sealed."""
    open_part = b"" if used is None else b',"used":' + used
    return b'{"answer":%b,"trail":%b%b}' % (answer, _ENCODER.encode(trail), open_part)


def decode_body(clear: bytes) -> DecisionBody:
    """The inverse of ``clear_bytes``."""
    return _BODY.decode(clear)


def decode_list_change(clear: bytes) -> ListChange:
    """The list change in the readable body of a ``list`` record."""
    return _LIST_CHANGE.decode(clear)


def decision_after(journal: Journal, event: Record) -> Record | None:
    """The decision on the event of this record, which always stands right behind it; None for an undecided event."""
    following = next(journal.read(event.seq + 1, event.seq + 1), None)
    if following is None or following.kind != "decision":
        return None
    return following if decode_body(following.clear).trail.event_seq == event.seq else None


def find_decision(journal: Journal, identifier: str) -> Record:
    """The decision with this id, or the one on the event with this id.

    Raises:
        NotFound: neither is known.
    """
    found = journal.find("decision", identifier)
    if found is None:
        event = journal.find("event", identifier)
        found = None if event is None else decision_after(journal, event)
    if found is None:
        raise NotFound(
            "No decision has this id.",
            code="unknown_decision",
            field="decision_id",
            value=identifier,
            hint="give a decision id (dec_...) or the event id it was asked under",
        )
    return found


def personal_of(record: Record, journal: Journal | JournalView) -> Personal | None:
    """What the decision of ``record`` used; None where its person was erased."""
    secret = journal.open_secret(record)
    if secret is None:
        used = decode_body(record.clear).used
        assert used is not None, "a decision without a subject keeps what it used in the open"
        return _with_values(used)
    return decode_personal(secret) if isinstance(secret, bytes) else None


def used_bytes(inputs: Row, members: dict[str, tuple[Any, ...]]) -> bytes:
    """What a decision used, canonical as long as ``inputs`` and ``members`` come in the order of their names."""
    if Decimal in set(map(type, inputs.values())):
        inputs = {name: _kept(value) for name, value in inputs.items()}
    return _IN_ORDER.encode(Personal(inputs=inputs, members=members))


def decode_personal(secret: bytes) -> Personal:
    """The inverse of ``used_bytes``; exact for every type of value."""
    return _with_values(_PERSONAL.decode(secret))


def _with_values(personal: Personal) -> Personal:
    inputs = {name: _restored(value) for name, value in personal.inputs.items()}
    return msgspec.structs.replace(personal, inputs=inputs)


def _kept(value: Value) -> Any:
    # JSON has no decimal; a plain string would come back as text.
    return {_DECIMAL: str(value)} if isinstance(value, Decimal) else value


def _restored(value: Any) -> Value:
    if isinstance(value, dict):
        return Decimal(value[_DECIMAL])
    kept: Value = value
    return kept
