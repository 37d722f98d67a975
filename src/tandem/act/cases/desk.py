"""The case desk: every case of a workspace, to list, to take and to end."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeVar
from weakref import WeakValueDictionary

from tandem.act.cases import moving
from tandem.act.cases.book import CaseBook, Draft, Happened, OnChange
from tandem.act.cases.changes import CaseChange, Sealed
from tandem.act.cases.errors import CaseChanged
from tandem.act.cases.facts import Fact, facts_of
from tandem.act.cases.folding import Case, Cases
from tandem.act.cases.labeller import Labeller
from tandem.act.cases.opener import Opener
from tandem.act.cases.opening import About
from tandem.act.cases.ranking import best_for
from tandem.act.cases.rules import CaseRules
from tandem.act.cases.ruling import Ruling
from tandem.decide.decisions import Decided, DecisionProcess
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Unavailable
from tandem.kernel.identity import EntityKind, Entropy, EventTypeName, Pseudonym, SystemEntropy
from tandem.kernel.time import Clock, Micros

__all__ = ["TEXT_MAX", "CaseDesk", "desk_of"]

TEXT_MAX: Final = 4_000
"""Characters of a note or a reason."""
_LOOK_EVERY_S: Final = 1.0
_GATHER_S: Final = 0.05
"""After a decision asked for a case: what asks meanwhile shares its commit. Nobody takes a case sooner than that."""

_LOG = logging.getLogger(__name__)
_Move = Callable[[Case, Micros], CaseChange]
T = TypeVar("T")


class CaseDesk:
    """Safe to call from several threads.

    It opens cases and records labels between ``start`` and ``stop`` by itself, and else whenever it is asked anything.

    Args:
        process: the one writer; stays open when the desk stops.
    """

    def __init__(self, process: DecisionProcess, *, clock: Clock, entropy: Entropy | None = None) -> None:
        self._process = process
        self._ruling = Ruling(process)
        self._book = CaseBook(process, clock)
        self._opener = Opener(
            process, self._book, self._ruling, clock=clock, entropy=entropy if entropy is not None else SystemEntropy()
        )
        self._labeller = Labeller(process, self._book, self._ruling, clock)
        self._clock = clock
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None
        process.watch(self._decided)

    # -- running by itself -------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Open cases and record labels as they become due, in a thread of its own."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="case-desk", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Finish what is at hand and leave a snapshot; what is still to do is done after the next start."""
        if self._thread is not None:
            self._stopping.set()
            self._woken.set()
            self._thread.join()
            self._thread = None
        self._book.keep()

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Started, and stopped at the end."""
        self.start()
        try:
            yield
        finally:
            self.stop()

    def watch(self, watcher: OnChange) -> None:
        """Call ``watcher`` with the case and the place of every durable change. It must not block."""
        self._book.watch(watcher)

    def tend(self) -> int:
        """Open the cases that decisions ask for and record the labels that are due; how many of both.

        Raises:
            Unavailable: the journal does not take them now; nothing is lost, the next call goes on.
        """
        return self._opener.open_wanted() + self._labeller.label_due()

    # -- reading -----------------------------------------------------------------------------------------------------

    @property
    def rules(self) -> CaseRules:
        """The rules of the live release; the defaults where it has none."""
        return self._ruling.rules

    def now(self) -> Micros:
        """The present, by the desk's clock."""
        return self._clock.now()

    def look(self, see: Callable[[Cases, CaseRules, Micros], T]) -> T:
        """What ``see`` makes of all cases, the rules and the present; nothing moves meanwhile, so it must not keep them.

        Raises:
            Unavailable: the journal does not answer.
        """
        self._tend_if_alone()
        with self._book.lock:
            return see(self._book.cases, self.rules, self._clock.now())

    def case(self, case_id: str) -> Case:
        """The case with that id, or the one that the decision with that id belongs to; a copy.

        Raises:
            NotFound: there is none.
        """
        return self.look(lambda cases, _rules, _now: _named(cases, case_id).copy())

    def history(self, case: Case) -> list[Happened]:
        """What happened to ``case``, oldest first."""
        return self._book.history(case)

    def known_as(self, text: str) -> dict[EntityKind, Pseudonym]:
        """The pseudonyms that ``text`` has if it is somebody's real identifier."""
        try:
            return self._process.pseudonyms_of(text)
        except InvalidInput:  # no identifier at all: nobody is known by it
            return {}

    def facts(self, case: Case) -> list[Fact]:
        """What the newest event of ``case`` says, as it was sent; without what was erased."""
        if not case.evidence:
            return []
        newest = case.evidence[-1]
        live = self._process.live
        event_type = None if live is None else live.reader.event_types.get(EventTypeName(newest.event_type))
        return facts_of(
            self._book.event_values(newest.event_seq), self._book.event_entities(newest.event_seq), event_type
        )

    def peek(self, *, by: str, queue: str | None = None) -> Case | None:
        """The case that ``next`` would give now; nothing is assigned."""
        found = self.look(lambda cases, rules, now: best_for(by, queue, cases.working(), rules, now))
        return None if found is None else found.copy()

    # -- changing ----------------------------------------------------------------------------------------------------

    def open_about(
        self, kind: str, entity: Pseudonym, decisions: Sequence[int], *, by: str, at_stake_minor: int | None = None
    ) -> str:
        """Open a case about something that no single decision is about, such as a ring; its id, or that of the one there is.

        Args:
            decisions: their places in the journal, in order; they are its evidence, and are labelled as it ends.
            at_stake_minor: money at stake in all of it.

        Raises:
            InvalidInput: none of these is a decision.
            Unavailable: the journal does not take it now.
        """
        found = self._opener.open_about(About(kind, entity), decisions, by=by, at_stake_minor=at_stake_minor)
        if found is None:
            raise InvalidInput("A case needs a decision.", code="no_evidence", field="decisions", value=len(decisions))
        return found

    def open_for_person(
        self,
        kind: str,
        entity: Pseudonym,
        *,
        topic: str,
        reason: str,
        by: str,
        text: str,
        owner: Pseudonym | None = None,
        at_stake_minor: int | None = None,
    ) -> str:
        """Open a case about something that no decision is about, such as money at the bank that nobody could place; its id.

        A case that is open about the same is given back as it is.

        Args:
            topic: what asks for a person; the first queue that takes it as an action gets the case, or else the last.
            reason: a code of why.
            text: what a person has to know, as the first note.
            owner: whose key seals what is personal in it; the entity's own by default.

        Raises:
            Unavailable: the journal does not take it now.
        """
        about = About(kind, entity)
        return self._opener.open_for_person(
            about, topic=topic, reason=reason, by=by, text=text[:TEXT_MAX], owner=owner, at_stake_minor=at_stake_minor
        )

    def next(self, *, by: str, queue: str | None = None) -> Case | None:
        """Assign the best case of ``queue``, or of all, to ``by``; None where none is free. No two callers get the same."""
        self._tend_if_alone()

        def drafts(cases: Cases, now: Micros) -> list[Draft]:
            case = best_for(by, queue, cases.working(), self.rules, now)
            if case is None:
                return []
            return [Draft(change=moving.assign(case, by=by, to=by, now=now), owner=case.owner)]

        changed = self._book.write(drafts)
        return changed[0] if changed else None

    def assign(self, case_id: str, *, by: str, to: str | None, version: int) -> Case:
        """Give a case to ``to``, or back to its queue. Whatever changes a case may raise what this may.

        Raises:
            NotFound: no such case.
            CaseChanged: it is not as ``version`` had it, or not so that this can be done.
            Unavailable: the journal does not take it now.
        """
        return self._change(case_id, version, lambda case, now: moving.assign(case, by=by, to=to, now=now))

    def snooze(self, case_id: str, *, by: str, until: Micros, version: int, reason: str = "") -> Case:
        """Leave a case alone until ``until``."""
        return self._change(
            case_id, version, lambda case, now: moving.snooze(case, by=by, until=until, now=now), reason
        )

    def escalate(self, case_id: str, *, by: str, version: int, reason: str = "") -> Case:
        """Move a case to the queue above."""
        return self._change(
            case_id, version, lambda case, now: moving.escalate(case, by=by, rules=self.rules, now=now), reason
        )

    def note(self, case_id: str, *, by: str, text: str) -> Case:
        """Write something down. It needs no version: a note contradicts nothing.

        Raises:
            InvalidInput: an empty note, or one too long.
        """
        if not text.strip():
            raise InvalidInput("A note says something.", code="empty_note", field="text", hint="write it down")
        return self._change(case_id, None, lambda case, _now: moving.note(case, by=by), text)

    def resolve(self, case_id: str, *, by: str, disposition: str, version: int, reason: str = "") -> Case:
        """End a case, or propose to where its disposition needs another person.

        Raises:
            InvalidInput: no such disposition.
        """
        return self._change(
            case_id,
            version,
            lambda case, now: moving.resolve(case, by=by, disposition=disposition, rules=self.rules, now=now),
            reason,
        )

    def second(self, case_id: str, *, by: str, agrees: bool, version: int, reason: str = "") -> Case:
        """Agree to what another person proposed, or send it back to them.

        Raises:
            Refused: ``by`` proposed it.
        """
        return self._change(
            case_id, version, lambda case, now: moving.second(case, by=by, agrees=agrees, now=now), reason
        )

    def reopen(self, case_id: str, *, by: str, version: int, reason: str = "") -> Case:
        """Take up again what was over."""
        return self._change(
            case_id, version, lambda case, now: moving.reopen(case, by=by, rules=self.rules, now=now), reason
        )

    def undo(self, case_id: str, *, by: str, version: int) -> Case:
        """Take back the last change, by who made it, within ten seconds.

        Raises:
            Refused: another person made it.
        """
        return self._change(case_id, version, lambda case, now: moving.undo(case, by=by, now=now))

    # -- inside --------------------------------------------------------------------------------------------------

    def _change(self, case_id: str, version: int | None, move: _Move, text: str = "") -> Case:
        words = text.strip()
        if len(words) > TEXT_MAX:
            raise InvalidInput(
                f"At most {TEXT_MAX:,} characters.",
                code="text_too_long",
                field="text",
                value=len(words),
                hint="shorten",
            )

        def drafts(cases: Cases, now: Micros) -> list[Draft]:
            case = _named(cases, case_id)
            if version not in {None, case.version}:
                raise CaseChanged(case.copy(), now)
            try:
                change = move(case, now)
            except Conflict as conflict:
                raise CaseChanged(case.copy(), now, conflict) from None
            return [Draft(change=change, owner=case.owner, sealed=Sealed(text=words) if words else None)]

        self._tend_if_alone()
        return self._book.write(drafts)[0]

    def _decided(self, decided: Decided) -> None:
        if self._opener.decided(decided):
            self._woken.set()

    def _tend_if_alone(self) -> None:
        if self._thread is None:
            self.tend()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.tend()
            except Unavailable:
                _LOG.info("The journal takes no cases now; it is tried again in a moment")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Cases could not be tended; it is tried again in a moment")
            if self._woken.wait(_LOOK_EVERY_S):
                self._stopping.wait(_GATHER_S)
            self._woken.clear()


# By identity, and weakly: a process holds its desk, which watches it, and both are let go together.
_DESKS: WeakValueDictionary[int, CaseDesk] = WeakValueDictionary()


def desk_of(process: DecisionProcess, *, clock: Clock, entropy: Entropy | None = None) -> CaseDesk:
    """The one desk of ``process``: two would open every case twice. ``clock`` and ``entropy`` are the first caller's."""
    desk = _DESKS.get(id(process))
    if desk is None:
        desk = _DESKS[id(process)] = CaseDesk(process, clock=clock, entropy=entropy)
    return desk


def _named(cases: Cases, case_id: str) -> Case:
    case = cases.get(case_id) or cases.with_decision(case_id)
    if case is None:
        raise NotFound(
            "No case has this id.",
            code="unknown_case",
            field="case_id",
            value=case_id,
            hint="give a case id (case_...), or the id of one of its decisions",
        )
    return case
