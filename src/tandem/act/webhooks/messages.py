"""From a record of the journal to what subscribers are told: ids, outcomes, reasons, pseudonyms, and nothing personal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec

from tandem.act.webhooks.types import TEST_KIND, Message, MessageKind, Wanted
from tandem.decide.decisions import decode_body
from tandem.decide.lists import ListChange
from tandem.kernel.artefacts import Released, RolledBack, decode_change
from tandem.kernel.time import Micros, format_instant
from tandem.observe.journal import EntryKind, Record

__all__ = ["RECORD_KINDS", "message_of", "test_body", "wants"]

_ENCODE = msgspec.json.Encoder().encode
_LIST_CHANGE = msgspec.json.Decoder(ListChange)
_MARK_BYTES = 4


def message_of(record: Record) -> Message | None:
    """What ``record`` says to subscribers; None where it says nothing."""
    speak = _SPEAKERS.get(record.kind)
    return None if speak is None else speak(record)


def wants(wanted: Wanted, message: Message) -> bool:
    """Whether a subscriber asked for ``message``."""
    return (
        message.kind in wanted.kinds
        and (not wanted.outcomes or message.outcome is None or message.outcome in wanted.outcomes)
        and (not wanted.policies or message.policy is None or message.policy in wanted.policies)
    )


def test_body(subscription: str, now: Micros) -> bytes:
    """The body of a test."""
    return _body(TEST_KIND, now, {"webhook": subscription, "text": "A test. Nothing happened."})


def _decision(record: Record) -> Message:
    body = decode_body(record.clear)
    trail = body.trail
    answer = msgspec.json.decode(body.answer)
    data = {
        "seq": record.seq,
        "decision_id": trail.decision_id,
        "event_id": trail.event_id,
        "event_type": trail.event_type,
        "policy": trail.policy,
        "outcome": trail.outcome,
        "reasons": answer["reasons"],
        "entities": trail.entities,
        "release": trail.release,
    }
    return _message(record, "decision.made", data, outcome=trail.outcome, policy=trail.policy)


def _list_change(record: Record) -> Message:
    change = _LIST_CHANGE.decode(record.clear)
    data = {
        "seq": record.seq,
        "list": change.list,
        "change_id": change.change_id,
        "by": change.by,
        "added": len(change.add),
        "removed": len(change.remove),
    }
    return _message(record, "list.changed", data)


def _release(record: Record) -> Message | None:
    change = decode_change(record.clear)
    if not isinstance(change, Released | RolledBack):
        return None
    data = {
        "seq": record.seq,
        "release": change.release,
        "by": change.by,
        "rolled_back": isinstance(change, RolledBack),
    }
    return _message(record, "release.changed", data)


def _case(record: Record) -> Message | None:
    """A case that came to an end: by one person, or by a second who agreed to what the first proposed."""
    told = msgspec.json.decode(record.clear)
    if told["change"] not in {"resolved", "seconded"}:
        return None
    # A second person's record does not repeat what was proposed; the case itself says it.
    data = {"seq": record.seq, "case": told["case"], "by": told["by"], "disposition": told.get("disposition")}
    return _message(record, "case.resolved", data)


_SPEAKERS: Final[dict[str, Callable[[Record], Message | None]]] = {
    "decision": _decision,
    "list": _list_change,
    "artefact": _release,
    "case": _case,
}
RECORD_KINDS: Final[Mapping[MessageKind, EntryKind]] = {
    "decision.made": "decision",
    "list.changed": "list",
    "release.changed": "artefact",
    "case.resolved": "case",
}
"""Where in the journal each kind of message comes from."""


def _message(
    record: Record, kind: MessageKind, data: dict[str, Any], *, outcome: str | None = None, policy: str | None = None
) -> Message:
    return Message(
        seq=record.seq,
        kind=kind,
        body=_body(kind, record.recorded_at, data),
        at=record.recorded_at,
        # The link of the record in the chain: after a restore to an older state, the same place is another message.
        mark=record.mac[:_MARK_BYTES].hex(),
        outcome=outcome,
        policy=policy,
    )


def _body(kind: str, at: Micros, data: dict[str, Any]) -> bytes:
    return _ENCODE({"type": kind, "timestamp": format_instant(at), "data": data})
