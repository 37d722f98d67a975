"""The journal, followed in order: each decision that warns and each event that settles, exactly once, after a crash too.

A change names the place of what it follows from. The last place named tells how far the looking has come; what stands behind it
made no change, so looking at it once more makes none either. What is about the same entity is written one after the other.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeAlias

import msgspec

from tandem.act.books import Book, Draft
from tandem.act.warning.changes import Said, Signal, WarningChange
from tandem.act.warning.folding import Warnings
from tandem.act.warning.ruling import Ruling, Rulings
from tandem.act.warning.watching import Condition, Warned, raising, rule_for, settling
from tandem.decide.decisions import DecisionProcess, LiveRelease, decode_body
from tandem.decide.policy import marks_of
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, Entropy, Pseudonym, new_id
from tandem.kernel.time import DAY, Clock, Micros
from tandem.observe.events import Event
from tandem.observe.journal import EntryKind, Record

__all__ = ["Follower", "Tell"]

_LOG = logging.getLogger(__name__)
_STRIDE: Final = 4_000
_FIRST_LOOK_BACK: Final = 30 * DAY
"""How old a decision may be to warn where a workspace has no warning yet, in microseconds."""


Tell: TypeAlias = Callable[[Record], Iterable[Condition]]
"""What a record that is no event says of things that are warned of."""


class _Said(msgspec.Struct):
    reasons: tuple[Signal, ...] = ()
    actions: tuple[str, ...] = ()


_ANSWER = msgspec.json.Decoder(_Said)


class Follower:
    """Raises and settles what is in ``book``."""

    def __init__(
        self,
        process: DecisionProcess,
        book: Book[Warnings, WarningChange],
        rulings: Rulings,
        *,
        clock: Clock,
        entropy: Entropy,
        told_by: Mapping[EntryKind, Tell],
    ) -> None:
        self._process = process
        self._book = book
        self._rulings = rulings
        self._clock = clock
        self._entropy = entropy
        self._told_by = told_by
        self._turn = threading.Lock()
        self._reached = 0
        self._reached_of: Warnings | None = None

    def follow(self) -> int:
        """Take in what is durable by now; how many changes that made.

        Raises:
            Unavailable: not now; what is wanted stays wanted.
        """
        with self._turn:
            live, ruling = self._process.live, self._rulings.now
            if live is None or not ruling.rules.warnings:
                return 0
            done = 0
            while (start := self._start()) < self._process.journal.head.seq:
                last = min(self._process.journal.head.seq, start + _STRIDE)
                found = self._look(live, ruling, start + 1, last)
                done += self._write(found) if found else 0
                self._reached = last
            return done

    def _start(self) -> int:
        """Where the looking has come to; a book that was folded anew is asked again."""
        with self._book.lock:
            warnings = self._book.now
            if self._reached_of is not warnings:
                self._reached, self._reached_of = warnings.considered, warnings
            return self._reached

    def _look(self, live: LiveRelease, ruling: Ruling, first: int, last: int) -> list[Warned | Condition]:
        """What of the records ``first`` to ``last`` warns or settles, in order."""
        told = {name.encode() for name in ruling.telling}
        policies = {name.encode() for rule in ruling.rules.warnings for name in rule.when.policies}
        with self._book.lock:
            none_yet = len(self._book.now) == 0
        since = self._clock.now() - _FIRST_LOOK_BACK if none_yet else 0
        found: list[Warned | Condition] = []
        before: Record | None = None
        for record in self._process.journal.read(max(first - 1, 1), last, kinds=["event", "decision", *self._told_by]):
            if record.kind == "event":
                before = record
                if none_yet and not found:
                    continue  # there is nothing to settle before the first warning
                if record.seq >= first and any(name in record.clear for name in told):
                    condition = self._condition(live, ruling, record)
                    found += [] if condition is None else [condition]
            elif record.kind != "decision":
                found += [] if record.seq < first or (none_yet and not found) else self._told_by[record.kind](record)
            elif record.seq >= first and record.recorded_at >= since and any(name in record.clear for name in policies):
                warned = self._warned(live, ruling, record, before)
                found += [] if warned is None else [warned]
        return found

    def _condition(self, live: LiveRelease, ruling: Ruling, record: Record) -> Condition | None:
        event = self._event(live, record)
        if event is None or str(event.event_type) not in ruling.telling:
            return None
        rolled, over = ruling.rolled.get(str(event.event_type)), ruling.over.get(str(event.event_type))
        return Condition(
            event_id=event.event_id,
            event_seq=int(record.seq),
            occurred_at=event.occurred_at,
            entities=_kinds(event.entities, event.entity_kinds),
            rolled=None if rolled is None else rolled(event.values, event.occurred_at),
            over=None if over is None else over(event.values, event.occurred_at),
        )

    def _warned(self, live: LiveRelease, ruling: Ruling, record: Record, before: Record | None) -> Warned | None:
        body = decode_body(record.clear)
        trail, answer = body.trail, _ANSWER.decode(body.answer)
        known, marks = {one.code for one in answer.reasons}, marks_of(answer.actions)
        said = Said(
            decision_id=trail.decision_id,
            decision_seq=int(record.seq),
            event_id=trail.event_id,
            event_seq=trail.event_seq,
            event_type=str(trail.event_type),
            policy=trail.policy,
            outcome=trail.outcome,
            occurred_at=trail.occurred_at,
            signals=(*answer.reasons, *(_signal(live, one) for one in trail.reasons if one not in known)),
            probability=max((one.probability for one in trail.scores.values()), default=None),
            grades=marks.grades,
            flags=marks.flags,
        )
        event_type = live.reader.event_types.get(trail.event_type)
        kinds = {} if event_type is None else {one.name: str(one.entity) for one in event_type.fields if one.entity}
        entities = {kinds[name]: one for name, one in trail.entities.items() if name in kinds}
        rule = rule_for(ruling.rules, said, answer.actions, entities)
        if rule is None:
            return None
        performing = ruling.performing.get(said.event_type)
        if performing is not None:
            event = None if before is None or before.seq != trail.event_seq else self._event(live, before)
            if event is None or performing(event.values, event.occurred_at) is not True:
                return None  # what has happened already is no warning
        return Warned(rule=rule, entity=entities[rule.about], subject=record.subject, said=said)

    def _event(self, live: LiveRelease, record: Record) -> Event | None:
        secret = self._process.journal.open_secret(record) if record.sealed is not None else None
        try:
            opened = secret if isinstance(secret, bytes) else None
            return live.reader.rebuild(record.clear, opened, digest=record.digest or Digest(""))
        except NotFound:
            return None  # a type that was dropped since

    def _write(self, found: Sequence[Warned | Condition]) -> int:
        """Write what ``found`` comes to, in order, in one commit; each sees what those before it came to."""

        def drafts(warnings: Warnings, now: Micros) -> Iterator[Draft[WarningChange]]:
            for one in found:
                for change in self._changes(one, warnings, now):
                    yield Draft(change=change)

        return len(self._book.write(drafts))

    def _changes(self, one: Warned | Condition, warnings: Warnings, now: Micros) -> Sequence[WarningChange]:
        if isinstance(one, Condition):
            return settling(one, warnings)
        known = warnings.last_about(one.rule.about, one.entity)
        if known is not None and one.said.decision_seq <= max(known.said.decision_seq, known.latest.decision_seq):
            return ()
        change = raising(one, warnings, now, self._new_id)
        return () if change is None else (change,)

    def _new_id(self) -> str:
        return new_id("warn", self._clock, self._entropy)


def _signal(live: LiveRelease, code: str) -> Signal:
    """A reason in the words for colleagues; what is for customers stands in the answer."""
    reason = live.catalogue.reasons.get(code)
    return Signal(code=code) if reason is None else Signal(code=code, en=reason.internal.en, zh=reason.internal.zh_cn)


def _kinds(entities: dict[str, Pseudonym], kinds: Any) -> dict[str, Pseudonym]:
    return {str(kinds[name]): one for name, one in entities.items() if name in kinds}
