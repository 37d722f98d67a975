"""Opens a case for each decision that asks for a person, exactly once, whatever happens in between.

Decisions are looked at in the order of the journal, and each record of an opening names its decision. So the last one
named tells how far the looking has come; after a start, what stands behind it is looked at.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.cases.book import CaseBook, Draft
from tandem.act.cases.changes import SYSTEM, CaseChange, Evidence, Joined, Noted, Opened, Sealed
from tandem.act.cases.folding import Cases
from tandem.act.cases.opening import About, asks_for_a_person, entity_of, evidence_of, queue_for, queue_of, stake_of
from tandem.act.cases.rules import Queue
from tandem.act.cases.ruling import Ruling
from tandem.decide.decisions import Decided, DecisionProcess, Trail, decode_body
from tandem.kernel.identity import Entropy, EventTypeName, Pseudonym, new_id
from tandem.kernel.time import DAY, Clock, Micros
from tandem.observe.journal import Record

__all__ = ["Opener"]

_AT_ONCE: Final = 200
_EVIDENCE_MAX: Final = 200
"""Decisions of one case that is opened about something else than they are."""
_FIRST_LOOK_BACK: Final = 30 * DAY
"""How old a decision may be to get a case where a workspace has none yet, in microseconds."""


T = TypeVar("T")


class _Asked(msgspec.Struct, frozen=True):
    """What a decision asks for: a case about an entity, in a queue, with the decision as evidence.

    Attributes:
        subject: whose key seals what is personal in the decision.
        at_stake_minor: money at stake in its event, in minor units; None where it does not say.
    """

    about: About
    queue: Queue
    evidence: Evidence
    subject: Pseudonym | None
    at_stake_minor: int | None


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
        self._told: deque[Decided] = deque()
        self._found: deque[int] = deque()
        self._behind = True
        book.watch_folds(self._fall_behind)

    def decided(self, decided: Decided) -> bool:
        """Take note of a durable decision; whether it asks for a case. From the writer's thread: it only takes note."""
        wanted = asks_for_a_person(decided.trail.outcome, decided.answer.body, self._ruling.rules)
        if wanted:
            self._told.append(decided)
        return wanted

    def open_wanted(self) -> int:
        """Open what is wanted; how many decisions were taken in.

        Raises:
            Unavailable: not now; what is wanted stays wanted.
        """
        with self._turn:  # in order: whoever skipped ahead would make what stands before it look done
            done = 0
            while True:
                if self._behind:
                    self._look_through()
                try:
                    # What was found stands before what was told of since.
                    done += self._open_all(self._found, self._read)
                    return done + self._open_all(self._told, lambda batch: [self._asked_by(one) for one in batch])
                except _FellBehindError:
                    continue  # what was lost comes first

    def open_about(self, about: About, decisions: Sequence[int], *, by: str, at_stake_minor: int | None) -> str | None:
        """Open a case about something that no decision is about by itself, with ``decisions`` as evidence.

        Args:
            decisions: places of decisions in the journal, in order; the newest of them count where there are many.

        Returns:
            The case's id; that of the one there is, which they join. None where none of them is a decision.

        Raises:
            Unavailable: not now; nothing was opened.
        """
        self.open_wanted()  # or what these decisions ask for themselves would be taken for done
        wanted = list(decisions)[-_EVIDENCE_MAX:]
        places = {int(record.seq): record for record in self._process.journal.at(wanted) if record.kind == "decision"}
        asked = [one for one in self._read(sorted(places)) if one is not None]

        def drafts(cases: Cases, now: Micros) -> list[Draft]:
            known = cases.about(about.kind, about.entity)
            seen = set() if known is None else {one.decision_id for one in known.evidence}
            new = [one for one in asked if one.evidence.decision_id not in seen]
            case_id = new_id("case", self._clock, self._entropy) if known is None else known.case_id
            subject = new[0].subject if known is None and new else None
            owner = known.owner if known is not None else (subject or about.entity)
            found = []
            for place, one in enumerate(new):
                due_at = Micros(now + one.queue.due_after)
                change: CaseChange = Joined(
                    case=case_id, by=by, queue=one.queue.queue, due_at=due_at, evidence=one.evidence
                )
                if known is None and place == 0:
                    change = Opened(
                        case=case_id,
                        by=by,
                        queue=one.queue.queue,
                        due_at=due_at,
                        entity_kind=about.kind,
                        entity=about.entity,
                        subject=subject,
                        evidence=one.evidence,
                    )
                sealed = Sealed(at_stake_minor=at_stake_minor) if place == 0 and at_stake_minor is not None else None
                found.append(Draft(change=change, owner=owner, sealed=sealed))
            return found

        self._book.write(drafts)
        with self._book.lock:
            case = self._book.cases.about(about.kind, about.entity)
        return None if case is None else case.case_id

    def open_for_person(
        self,
        about: About,
        *,
        topic: str,
        reason: str,
        by: str,
        text: str,
        owner: Pseudonym | None,
        at_stake_minor: int | None,
    ) -> str:
        """Open a case that no decision is behind, with a first note; the id of that one, or of the one there is.

        Raises:
            Unavailable: not now; nothing was opened.
        """
        self.open_wanted()  # what decisions ask for comes first, as it would have without this
        queue = queue_for(topic, self._ruling.rules)
        found: list[str] = []

        def drafts(cases: Cases, now: Micros) -> list[Draft]:
            known = cases.about(about.kind, about.entity)
            if known is not None:
                found.append(known.case_id)
                return []
            case_id = new_id("case", self._clock, self._entropy)
            found.append(case_id)
            opened = Opened(
                case=case_id, by=by, queue=queue.queue, due_at=Micros(now + queue.due_after), entity_kind=about.kind,
                entity=about.entity, subject=owner, topic=topic, reason=reason,
            )  # fmt: skip
            sealed = None if at_stake_minor is None else Sealed(at_stake_minor=at_stake_minor)
            key_of = owner or about.entity
            return [
                Draft(change=opened, owner=key_of, sealed=sealed),
                Draft(change=Noted(case=case_id, by=by), owner=key_of, sealed=Sealed(text=text)),
            ]

        self._book.write(drafts)
        return found[-1]

    def _open_all(self, wanted: deque[T], asked_by: Callable[[list[T]], list[_Asked | None]]) -> int:
        done = 0
        while batch := [wanted.popleft() for _ in range(min(len(wanted), _AT_ONCE))]:
            try:
                asked = [one for one in asked_by(batch) if one is not None]
                done += len(self._book.write(partial(self._drafts, asked)))
            except BaseException:
                wanted.extendleft(reversed(batch))
                raise
        return done

    def _fall_behind(self) -> None:
        self._behind = True  # what is known of cases was read anew: the decisions behind the last one named, too

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

    def _asked_by(self, decided: Decided) -> _Asked | None:
        return self._asked(decided.trail, decided.answer.body, decided.entry.subject, decided.event.values)

    def _read(self, wanted: list[int]) -> list[_Asked | None]:
        places = [place for seq in wanted for place in (seq - 1, seq)]  # a decision follows its event
        records = {int(record.seq): record for record in self._process.journal.at(places)}
        found = []
        for seq in wanted:
            record, event = records[seq], records[seq - 1]
            body = decode_body(record.clear)
            found.append(self._asked(body.trail, body.answer, record.subject, self._book.values_in(event)))
        return found

    def _asked(
        self, trail: Trail, answer: bytes | msgspec.Raw, subject: Pseudonym | None, values: Mapping[str, Any]
    ) -> _Asked | None:
        rules, live = self._ruling.rules, self._process.live
        types = {} if live is None else live.reader.event_types
        about = entity_of(trail, types.get(EventTypeName(trail.event_type)), rules)
        if about is None:
            return None  # an event about nobody: there is nothing to look into
        queue = queue_of(trail, answer, rules)
        evidence = evidence_of(trail.event_seq + 1, trail, queue)
        return _Asked(about, queue, evidence, subject, stake_of(values, queue))

    def _drafts(self, wanted: Iterable[_Asked], cases: Cases, now: Micros) -> list[Draft]:
        if self._behind:
            raise _FellBehindError
        opened: dict[About, Opened] = {}
        return [
            self._draft(asked, cases, opened, now) for asked in wanted if asked.evidence.decision_seq > cases.considered
        ]

    def _draft(self, asked: _Asked, cases: Cases, opened: dict[About, Opened], now: Micros) -> Draft:
        about, queue, evidence = asked.about, asked.queue, asked.evidence
        due_at = Micros(now + queue.due_after)
        sealed = None if asked.at_stake_minor is None else Sealed(at_stake_minor=asked.at_stake_minor)
        key = f"decision:{evidence.decision_id}"
        known, begun = cases.about(about.kind, about.entity), opened.get(about)
        if known is not None or begun is not None:
            case_id = begun.case if known is None and begun is not None else known.case_id  # type: ignore[union-attr]
            owner = known.owner if known is not None else (begun.subject or begun.entity)  # type: ignore[union-attr]
            joined = Joined(case=case_id, by=SYSTEM, queue=queue.queue, due_at=due_at, evidence=evidence)
            return Draft(change=joined, owner=owner, sealed=sealed, key=key)
        change = opened[about] = Opened(
            case=new_id("case", self._clock, self._entropy),
            by=SYSTEM,
            queue=queue.queue,
            due_at=due_at,
            entity_kind=about.kind,
            entity=about.entity,
            subject=asked.subject,
            evidence=evidence,
        )
        return Draft(change=change, owner=asked.subject or about.entity, sealed=sealed, key=key)


class _FellBehindError(Exception):
    """The cases were folded anew: openings that seemed made may not be."""
