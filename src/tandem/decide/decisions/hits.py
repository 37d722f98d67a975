"""Who would be hit: which decisions of late were about certain people or things.

A change of a list has no history of its own: what it will do is best told by whom it would have met. So the newest
decisions are looked through, by pseudonym, and nothing personal is opened.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

import msgspec

from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.journal import Journal, Record

__all__ = ["LOOK_BACK_MAX", "Hit", "Hits", "MemberHits", "hits_of", "newest_decisions"]

LOOK_BACK_MAX: Final = 100_000
"""Decisions looked through at most."""

_STRIDE: Final = 20_000
_EXAMPLES: Final = 10
_MEMBERS: Final = 50


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One decision about one of the members."""

    seq: int
    decision_id: str
    event_id: str
    decided_at: Micros
    policy: str
    outcome: str
    member: Pseudonym


class MemberHits(msgspec.Struct, frozen=True, kw_only=True):
    """How often one member was met, by outcome, and when last."""

    member: Pseudonym
    decisions: int
    outcomes: dict[str, int]
    last_at: Micros


class Hits(msgspec.Struct, frozen=True, kw_only=True):
    """What was found among the decisions looked at.

    Attributes:
        looked_at: decisions looked through, newest first; ``since`` is when the oldest of them was taken.
        decisions: those about one of the members; ``members`` how many of them were met.
        outcomes, policies: of those decisions, counted.
        most: the members met most often; examples: the newest decisions about any.
    """

    looked_at: int
    since: Micros | None
    decisions: int
    members: int
    outcomes: dict[str, int]
    policies: dict[str, int]
    most: tuple[MemberHits, ...]
    examples: tuple[Hit, ...]


class _Trail(msgspec.Struct):
    decision_id: str
    event_id: str
    policy: str
    outcome: str
    entities: dict[str, Pseudonym]


class _Body(msgspec.Struct):
    trail: _Trail


_DECODE = msgspec.json.Decoder(_Body).decode


def hits_of(journal: Journal, kind: EntityKind, members: Collection[Pseudonym], *, last: int) -> Hits:
    """Decisions among the newest ``last`` that were about one of ``members``, which are of ``kind``."""
    wanted = frozenset(members)
    looked_at, since = 0, None
    outcomes: Counter[str] = Counter()
    policies: Counter[str] = Counter()
    met: dict[Pseudonym, tuple[Counter[str], Micros]] = {}
    examples: list[Hit] = []
    for record in newest_decisions(journal, last):
        looked_at, since = looked_at + 1, record.recorded_at
        trail = _DECODE(record.clear).trail
        member = trail.entities.get(kind)
        if member is None or member not in wanted:
            continue
        outcomes[trail.outcome] += 1
        policies[trail.policy] += 1
        met.setdefault(member, (Counter(), record.recorded_at))[0][trail.outcome] += 1
        if len(examples) < _EXAMPLES:
            examples.append(_hit(record, trail, member))
    most = sorted(met.items(), key=lambda one: (-one[1][0].total(), one[0]))[:_MEMBERS]
    return Hits(
        looked_at=looked_at,
        since=since,
        decisions=outcomes.total(),
        members=len(met),
        outcomes=dict(outcomes),
        policies=dict(policies),
        most=tuple(
            MemberHits(member=member, decisions=counted.total(), outcomes=dict(counted), last_at=last_at)
            for member, (counted, last_at) in most
        ),
        examples=tuple(examples),
    )


def newest_decisions(journal: Journal, count: int) -> Iterator[Record]:
    """The newest ``count`` decisions, newest first."""
    last: int = journal.head.seq
    while last > 0 and count > 0:
        first = max(1, last - _STRIDE + 1)
        records = list(journal.read(first, last, kinds=["decision"]))[-count:]
        yield from reversed(records)
        count -= len(records)
        last = first - 1


def _hit(record: Record, trail: _Trail, member: Pseudonym) -> Hit:
    return Hit(
        seq=record.seq,
        decision_id=trail.decision_id,
        event_id=trail.event_id,
        decided_at=record.recorded_at,
        policy=trail.policy,
        outcome=trail.outcome,
        member=member,
    )
