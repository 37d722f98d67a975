"""The facts of the last decisions on one type of event: what an expression is tried on while it is written."""

from __future__ import annotations

import threading
from collections import deque
from typing import Final

import msgspec

from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.process import DecisionProcess
from tandem.decide.decisions.records import decode_body, personal_of
from tandem.decide.decisions.state import event_of
from tandem.decide.decisions.types import KeptScore
from tandem.kernel.identity import EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row

__all__ = ["SAMPLES_MAX", "Sample", "Samples"]

SAMPLES_MAX: Final = 200
"""Sample events of one look."""
_STRIDE: Final = 5_000
_LOOKED_AT_MAX: Final = 500_000
"""Journal places looked at for samples of a rare type, newest first; each is looked at once."""


class _TypeOfTrail(msgspec.Struct):
    event_type: str


class _TypeOfBody(msgspec.Struct):
    trail: _TypeOfTrail


_TYPE_OF: Final = msgspec.json.Decoder(_TypeOfBody)


class Sample(msgspec.Struct, frozen=True, kw_only=True):
    """One recorded decision as facts.

    Attributes:
        row: the event's values and times, and the features that the policy of then looked at. A name that is not in
            here was not recorded; one that is None was missing.
        members: list name to those of its entities that were on it.
        scores: model stage to what the model said.
    """

    decision_id: str
    event_id: str
    occurred_at: Micros
    outcome: str
    policy: str
    row: Row
    members: dict[str, frozenset[Pseudonym]]
    scores: dict[str, KeptScore]


class _Places:
    """Where the decisions on one type of event stand, newest first, between two places looked at."""

    def __init__(self, head: int) -> None:
        self.found: deque[int] = deque(maxlen=SAMPLES_MAX)
        self.first = head + 1
        self.last = head


class Samples:
    """Reads samples, newest first.

    What is kept is where they stand, never what they hold: a person who is erased is gone from the next look.

    Args:
        process: whose journal is read.
    """

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._places: dict[str, _Places] = {}
        self._lock = threading.Lock()

    def of(self, event_type: str, live: LiveRelease, most: int) -> tuple[Sample, ...]:
        """At most ``most`` (up to ``SAMPLES_MAX``) decisions on events of that type whose persons were not erased."""
        if EventTypeName(event_type) not in live.reader.event_types:
            return ()
        with self._lock:
            places = list(self._seen(event_type, most).found)
        samples = (self._sample(seq, live) for seq in places[:most])
        return tuple(sample for sample in samples if sample is not None)

    def _seen(self, event_type: str, most: int) -> _Places:
        head = int(self._process.journal.head.seq)
        places = self._places.setdefault(event_type, _Places(head))
        while places.last < head:
            last = min(head, places.last + _STRIDE)
            if head - places.last > _LOOKED_AT_MAX:  # long not looked at: what lies between is not worth a walk
                places = self._places[event_type] = _Places(head)
                break
            places.found.extendleft(self._of_type(event_type, places.last + 1, last))
            places.last = last
        lowest = max(1, head - _LOOKED_AT_MAX + 1)
        while len(places.found) < most and places.first > lowest:
            first = max(lowest, places.first - _STRIDE)
            older = list(reversed(self._of_type(event_type, first, places.first - 1)))
            places.found.extend(older[: SAMPLES_MAX - len(places.found)])
            places.first = first
        return places

    def _of_type(self, event_type: str, first: int, last: int) -> list[int]:
        records = self._process.journal.read(first, last, kinds=["decision"])
        return [int(one.seq) for one in records if _TYPE_OF.decode(one.clear).trail.event_type == event_type]

    def _sample(self, seq: int, live: LiveRelease) -> Sample | None:
        journal = self._process.journal
        record = next(journal.read(seq, seq), None)
        if record is None:
            return None
        trail = decode_body(record.clear).trail
        personal = personal_of(record, journal)
        asked = next(journal.read(trail.event_seq, trail.event_seq), None)
        if personal is None or asked is None or not live.knows(asked):
            return None
        event = event_of(asked, live, journal.open_secret)
        row: Row = {**event.values, "occurred_at": event.occurred_at, "received_at": event.received_at}
        row.update(personal.inputs)
        return Sample(
            decision_id=trail.decision_id,
            event_id=trail.event_id,
            occurred_at=trail.occurred_at,
            outcome=trail.outcome,
            policy=trail.policy,
            row=row,
            members={name: frozenset(held) for name, held in personal.members.items()},
            scores=trail.scores,
        )
