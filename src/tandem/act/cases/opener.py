"""Opens a case for each decision that asks for a person, exactly once, whatever happens in between.

Decisions are looked at in the order of the journal, and each record of an opening names its decision. So the last one
named tells how far the looking has come; after a start, what stands behind it is looked at.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterable
from functools import partial
from typing import Final

from tandem.act.cases.book import CaseBook, Draft
from tandem.act.cases.changes import SYSTEM, Joined, Opened, Sealed
from tandem.act.cases.folding import Cases
from tandem.act.cases.opening import asks_for_a_person, entity_of, evidence_of, queue_of, stake_of
from tandem.act.cases.ruling import Ruling
from tandem.decide.decisions import Decided, DecisionProcess, decode_body
from tandem.kernel.identity import Entropy, EventTypeName, new_id
from tandem.kernel.time import DAY, Clock, Micros
from tandem.observe.journal import Record

__all__ = ["Opener"]

_AT_ONCE: Final = 200
_FIRST_LOOK_BACK: Final = 30 * DAY
"""How old a decision may be to get a case where a workspace has none yet, in microseconds."""


class Opener:
    """Opens cases in ``book``."""

    def __init__(
        self, process: DecisionProcess, book: CaseBook, ruling: Ruling, *, clock: Clock, entropy: Entropy
    ) -> None:
        self._process = process
        self._book = book
        self._ruling = ruling
        self._clock = clock
        self._entropy = entropy
        self._turn = threading.Lock()
        self._told: deque[int] = deque()
        self._found: deque[int] = deque()
        self._behind = True
        book.watch_folds(self._fall_behind)

    def decided(self, decided: Decided) -> bool:
        """Take note of a durable decision; whether it asks for a case. From the writer's thread: it only takes note."""
        wanted = asks_for_a_person(decided.trail.outcome, decided.answer.body, self._ruling.rules)
        if wanted:
            self._told.append(decided.trail.event_seq + 1)
        return wanted

    def open_wanted(self) -> int:
        """Open what is wanted; how many decisions were taken in.

        Raises:
            Unavailable: not now; what is wanted stays wanted.
        """
        with self._turn:  # in order: whoever skipped ahead would make what stands before it look done
            done = 0
            if self._behind:
                self._look_through()
            while batch := self._next_batch():
                try:
                    done += len(self._book.write(partial(self._drafts, batch)))
                except BaseException:
                    self._found.extendleft(reversed(batch))
                    raise
            return done

    def _fall_behind(self) -> None:
        self._behind = True  # what is known of cases was read anew: the decisions behind the last one named, too

    def _next_batch(self) -> list[int]:
        source = self._found or self._told  # what was found stands before what was told of since
        return [source.popleft() for _ in range(min(len(source), _AT_ONCE))]

    def _look_through(self) -> None:
        with self._book.lock:
            cases = self._book.cases
            self._behind = False  # before looking: what is folded anew meanwhile is looked at once more
            start, first_time = cases.considered + 1, len(cases) == 0
        since = self._clock.now() - _FIRST_LOOK_BACK if first_time else 0
        records = self._process.journal.read(start, kinds=["decision"])
        self._found = deque(int(one.seq) for one in records if one.recorded_at >= since and self._asks(one))

    def _asks(self, record: Record) -> bool:
        rules = self._ruling.rules
        told = (*rules.open_on.outcomes, *rules.open_on.actions)
        if not any(word.encode() in record.clear for word in told):
            return False  # most decisions are not looked into
        body = decode_body(record.clear)
        return asks_for_a_person(body.trail.outcome, body.answer, rules)

    def _drafts(self, wanted: Iterable[int], cases: Cases, now: Micros) -> list[Draft]:
        opened: dict[tuple[str, str], Opened] = {}
        found = (self._draft(seq, cases, opened, now) for seq in sorted(set(wanted)) if seq > cases.considered)
        return [draft for draft in found if draft is not None]

    def _draft(self, seq: int, cases: Cases, opened: dict[tuple[str, str], Opened], now: Micros) -> Draft | None:
        record = next(self._process.journal.read(seq, seq), None)
        if record is None or record.kind != "decision":
            return None  # it was lost with its commit
        rules, live = self._ruling.rules, self._process.live
        body = decode_body(record.clear)
        types = {} if live is None else live.reader.event_types
        about = entity_of(body.trail, types.get(EventTypeName(body.trail.event_type)), rules)
        if about is None:
            return None  # an event about nobody: there is nothing to look into
        queue = queue_of(body, rules)
        evidence = evidence_of(seq, body.trail, queue)
        stake = stake_of(self._book.event_values(evidence.event_seq), queue)
        due_at = Micros(now + queue.due_after)
        key = (about.kind, about.entity)
        known, begun = cases.about(*key), opened.get(key)
        sealed = None if stake is None else Sealed(at_stake_minor=stake)
        name = f"decision:{evidence.decision_id}"
        if known is not None or begun is not None:
            case_id = begun.case if known is None and begun is not None else known.case_id  # type: ignore[union-attr]
            owner = known.owner if known is not None else (begun.subject or begun.entity)  # type: ignore[union-attr]
            joined = Joined(case=case_id, by=SYSTEM, queue=queue.queue, due_at=due_at, evidence=evidence)
            return Draft(change=joined, owner=owner, sealed=sealed, key=name)
        change = Opened(
            case=new_id("case", self._clock, self._entropy),
            by=SYSTEM,
            queue=queue.queue,
            due_at=due_at,
            entity_kind=about.kind,
            entity=about.entity,
            subject=record.subject,
            evidence=evidence,
        )
        opened[key] = change
        return Draft(change=change, owner=record.subject or about.entity, sealed=sealed, key=name)
