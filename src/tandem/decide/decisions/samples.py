"""The facts of the last decisions on one type of event: what an expression is tried on while it is written."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

import msgspec

from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.process import DecisionProcess
from tandem.decide.decisions.records import decode_body, personal_of
from tandem.decide.decisions.state import event_of
from tandem.decide.decisions.types import KeptScore
from tandem.kernel.identity import Digest, EventTypeName, Pseudonym
from tandem.kernel.time import Micros
from tandem.kernel.values import Row
from tandem.observe.journal import Record

__all__ = ["SAMPLES_MAX", "Sample", "Samples"]

SAMPLES_MAX: Final = 200
"""Sample events of one look."""
_STRIDE: Final = 1_000
_LOOKED_AT_MAX: Final = 40_000
"""Journal places looked at for samples of a rare type, newest first."""
_KEPT: Final = 8


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


class Samples:
    """Reads samples, newest first; the last few looks are kept for as long as nothing new was recorded.

    Args:
        process: whose journal is read.
    """

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._kept: OrderedDict[tuple[str, int, int, Digest], tuple[Sample, ...]] = OrderedDict()

    def of(self, event_type: str, live: LiveRelease, most: int) -> tuple[Sample, ...]:
        """At most ``most`` decisions on events of that type whose persons were not erased."""
        journal = self._process.journal
        key = (event_type, most, journal.head.seq, live.digest)
        if key not in self._kept:
            self._kept[key] = tuple(self._read(event_type, live, most))
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return self._kept[key]

    def _read(self, event_type: str, live: LiveRelease, most: int) -> list[Sample]:
        if EventTypeName(event_type) not in live.reader.event_types:
            return []
        found: list[Sample] = []
        last = int(self._process.journal.head.seq)
        lowest = max(1, last - _LOOKED_AT_MAX + 1)
        while last >= lowest and len(found) < most:
            first = max(lowest, last - _STRIDE + 1)
            for record in reversed(list(self._process.journal.read(first, last, kinds=["decision"]))):
                sample = self._sample(record, event_type, live)
                if sample is not None:
                    found.append(sample)
                    if len(found) == most:
                        break
            last = first - 1
        return found

    def _sample(self, record: Record, event_type: str, live: LiveRelease) -> Sample | None:
        trail = decode_body(record.clear).trail
        if trail.event_type != event_type:
            return None
        journal = self._process.journal
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
