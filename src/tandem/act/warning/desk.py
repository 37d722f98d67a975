"""The warning desk: warnings of a workspace raised and settled by themselves; listed, taken, acted on and dismissed by people."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, TypeVar

import msgspec

from tandem.act.books import Book, Draft
from tandem.act.warning.changes import (
    SYSTEM,
    Acted,
    Dismissed,
    Labelled,
    Left,
    Pursued,
    Taken,
    WarningChange,
    decode_change,
    encode_change,
)
from tandem.act.warning.errors import WarningChanged
from tandem.act.warning.folding import EarlyWarning, Warnings
from tandem.act.warning.following import Follower, Tell
from tandem.act.warning.labelling import label_document
from tandem.act.warning.rules import Action, WarningRules
from tandem.act.warning.ruling import Rulings
from tandem.act.warning.snapshots import warning_shortening
from tandem.act.warning.watching import escalation, lapse
from tandem.decide.decisions import Decided, DecisionProcess
from tandem.kernel.errors import InvalidInput, NotFound, TandemError, Unavailable
from tandem.kernel.identity import Entropy, EventTypeName, SystemEntropy
from tandem.kernel.time import MINUTE, Clock, Micros
from tandem.observe.journal import EntryKind

__all__ = ["TEXT_MAX", "LeftToPeople", "Pursue", "WarningDesk"]

TEXT_MAX: Final = 4_000
"""Characters of what was done, or of a reason."""
_LOOK_EVERY_S: Final = 1.0
_GATHER_S: Final = 0.1
_AGAIN_AFTER: Final = MINUTE
_LOG = logging.getLogger(__name__)
T = TypeVar("T")


class LeftToPeople(msgspec.Struct, frozen=True):
    """What a warning asks for is not begun by itself; ``why`` as a code."""

    why: str


Pursue = Callable[[EarlyWarning], str | LeftToPeople | None]
"""Begins what a warning asks for, a case for example, and gives its id, or says why it is people's; None where it cannot be now.

Asked twice it begins one.
"""

_VALUES: Final = msgspec.json.Decoder(dict[str, Any])


class WarningDesk:
    """Safe to call from several threads.

    Between ``start`` and ``stop`` it raises, pursues, escalates, settles and labels by itself; else whenever it is asked anything.

    Args:
        process: the one writer; stays open when the desk stops.
        pursue: how each action of a rule is begun; what is not there is left to people.
        told_by: kinds of records that settle warnings besides events, and what they say.
    """

    def __init__(
        self,
        process: DecisionProcess,
        *,
        clock: Clock,
        entropy: Entropy | None = None,
        pursue: Mapping[Action, Pursue] | None = None,
        told_by: Mapping[EntryKind, Tell] | None = None,
    ) -> None:
        self._process = process
        self._clock = clock
        self._pursue: dict[Action, Pursue] = dict(pursue or {})
        self._rulings = Rulings(process)
        self._book: Book[Warnings, WarningChange] = Book(
            process,
            clock,
            kind="warning",
            empty=Warnings,
            encode=encode_change,
            decode=decode_change,
            shortening=warning_shortening(),
        )
        self._follower = Follower(
            process,
            self._book,
            self._rulings,
            clock=clock,
            entropy=SystemEntropy() if entropy is None else entropy,
            told_by=told_by or {},
        )
        self._tending = threading.Lock()
        self._not_before: dict[str, Micros] = {}
        self._stopping = threading.Event()
        self._woken = threading.Event()
        self._thread: threading.Thread | None = None
        process.watch(self._decided)

    # -- running by itself -------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        """Tending in a thread of its own, stopped at the end, with a snapshot left; what is still to do is done after the next start."""
        self._stopping.clear()
        self._thread = threading.Thread(target=self._run, name="warning-desk", daemon=True)
        self._thread.start()
        try:
            yield
        finally:
            self._stopping.set()
            self._woken.set()
            self._thread.join()
            self._thread = None
            self._book.keep()

    def tend(self) -> int:
        """Raise, settle, pursue, escalate and label what is due; how many changes that made.

        Raises:
            Unavailable: the journal does not take them now; nothing is lost, the next call goes on.
        """
        with self._tending:
            return self._follower.follow() + self._by_clock() + self._pursue_due() + self._label_due()

    # -- reading -----------------------------------------------------------------------------------------------------

    @property
    def rules(self) -> WarningRules:
        """Those of the live release; none where it has none."""
        return self._rulings.now.rules

    def now(self) -> Micros:
        """The present, by the desk's clock."""
        return self._clock.now()

    def look(self, see: Callable[[Warnings, Micros], T]) -> T:
        """What ``see`` makes of all warnings and the present; nothing moves meanwhile, so it must not keep them.

        Raises:
            Unavailable: the journal does not answer.
        """
        if self._thread is None:
            self.tend()
        with self._book.lock:
            return see(self._book.now, self._clock.now())

    def warning(self, warning_id: str) -> EarlyWarning:
        """The warning with that id; a copy.

        Raises:
            NotFound: there is none.
        """
        return self.look(lambda warnings, _now: _named(warnings, warning_id).copy())

    def texts(self, warning: EarlyWarning) -> dict[int, str]:
        """What people wrote, by the place of their change; without what was erased."""
        places = [one.seq for one in warning.history if isinstance(one.change, Acted | Dismissed)]
        found = {}
        for record in self._process.journal.at(places):
            secret = self._process.journal.open_secret(record) if record.sealed is not None else None
            if isinstance(secret, bytes):
                found[int(record.seq)] = str(_VALUES.decode(secret).get("text", ""))
        return found

    # -- changing ----------------------------------------------------------------------------------------------------

    def take(self, warning_id: str, *, by: str, to: str | None) -> EarlyWarning:
        """Give it to ``to``, or back to its desk.

        Raises:
            NotFound: no such warning. WarningChanged: somebody else has it, or it is over.
            Unavailable: the journal does not take it now.
        """

        def change(warning: EarlyWarning) -> WarningChange:
            if not warning.waits or warning.assignee not in {None, by}:
                raise WarningChanged(warning)
            return Taken(warning=warning_id, by=by, to=to)

        return self._change(warning_id, change)

    def act(self, warning_id: str, *, by: str, action: Action, text: str) -> EarlyWarning:
        """Write down what was done about it.

        Raises:
            NotFound, WarningChanged, Unavailable: as ``take``. InvalidInput: it says nothing, or too much.
        """
        return self._change(warning_id, lambda one: _said(one, Acted(warning=warning_id, by=by, action=action)), text)

    def dismiss(self, warning_id: str, *, by: str, text: str) -> EarlyWarning:
        """Say why there is nothing to be warned of; whether it comes true is watched all the same.

        Raises:
            NotFound, WarningChanged, Unavailable: as ``take``. InvalidInput: without a reason, or one too long.
        """
        return self._change(warning_id, lambda one: _said(one, Dismissed(warning=warning_id, by=by)), text)

    # -- inside ------------------------------------------------------------------------------------------------------

    def _change(
        self, warning_id: str, move: Callable[[EarlyWarning], WarningChange], text: str | None = None
    ) -> EarlyWarning:
        secret = None if text is None else _sealed(text)
        if self._thread is None:
            self.tend()

        def drafts(warnings: Warnings, _now: Micros) -> Iterator[Draft[WarningChange]]:
            warning = _named(warnings, warning_id)
            change = move(warning)
            yield Draft(change=change, owner=None if secret is None else warning.owner_of_secret, secret=secret)

        self._book.write(drafts)
        with self._book.lock:
            return _named(self._book.now, warning_id).copy()

    def _by_clock(self) -> int:
        """Settle what lapsed and escalate what nobody looked at.

        What is due is looked for without the writer, whom decisions wait for; it is asked only for what was found, and
        that is looked at once more then.
        """
        with self._book.lock:
            watched = self._book.now.unsettled
        rules, now = self.rules, self._clock.now()
        due = [one.warning_id for one in watched if _by_now(one, rules, now) is not None]

        def drafts(warnings: Warnings, now: Micros) -> Iterator[Draft[WarningChange]]:
            for warning_id in due:
                warning = warnings.get(warning_id)
                change = None if warning is None else _by_now(warning, rules, now)
                if change is not None:
                    yield Draft(change=change)

        return len(self._book.write(drafts)) if due else 0

    def _pursue_due(self) -> int:
        with self._book.lock:
            now = self._clock.now()
            due = [
                one.copy()
                for one in self._book.now.unpursued
                if one.action in self._pursue and self._not_before.get(one.warning_id, 0) <= now
            ]
        done = 0
        for warning in due:
            try:
                begun = self._pursue[warning.action](warning)
            except TandemError as error:
                _LOG.warning("A %s could not be begun for %s: %s", warning.action, warning.warning_id, error.code)
                begun = None
            if begun is None:
                self._not_before[warning.warning_id] = Micros(self._clock.now() + _AGAIN_AFTER)
                continue
            self._not_before.pop(warning.warning_id, None)
            change: WarningChange
            if isinstance(begun, LeftToPeople):
                change = Left(warning=warning.warning_id, by=SYSTEM, action=warning.action, why=begun.why)
            else:
                change = Pursued(warning=warning.warning_id, by=SYSTEM, action=warning.action, ref=begun)
            done += len(self._book.write(lambda _all, _now, made=change: [Draft(change=made)]))  # type: ignore[misc]
        return done

    def _label_due(self) -> int:
        rule = self.rules.label
        if rule is None:
            return 0
        with self._book.lock:
            now = self._clock.now()
            due = [one.copy() for one in self._book.now.unlabelled if self._not_before.get(one.warning_id, 0) <= now]
        return sum(self._label(one) for one in due)

    def _label(self, warning: EarlyWarning) -> int:
        live, rule = self._process.live, self.rules.label
        if live is None or rule is None:
            return 0
        types = live.reader.event_types
        target, decided = types.get(EventTypeName(rule.event_type)), types.get(EventTypeName(warning.said.event_type))
        if target is None or decided is None:  # not in this release; the next may have them
            self._not_before[warning.warning_id] = Micros(self._clock.now() + _AGAIN_AFTER)
            return 0
        done = Labelled(warning=warning.warning_id, by=SYSTEM)
        try:
            document = label_document(warning, rule, target, decided, self._values(warning.said.event_seq))
            done = msgspec.structs.replace(done, event_id=self._process.record_now(document).event_id)
        except Unavailable:
            self._not_before[warning.warning_id] = Micros(self._clock.now() + _AGAIN_AFTER)
            return 0
        except TandemError as error:
            # Such as a required identifier that went with its person: it will never be taken.
            _LOG.warning("How a warning ended could not be recorded as a label: %s", error.code)
            done = msgspec.structs.replace(done, skipped=error.code)
        self._not_before.pop(warning.warning_id, None)
        return len(self._book.write(lambda _all, _now: [Draft(change=done)]))

    def _values(self, event_seq: int) -> dict[str, Any]:
        """The values of an event as they were sent, real identifiers among them; less what was erased."""
        record = next(iter(self._process.journal.at([event_seq])), None)
        if record is None:
            return {}
        secret = self._process.journal.open_secret(record) if record.sealed is not None else None
        sent = _VALUES.decode(secret) if isinstance(secret, bytes) else {}
        return {**_VALUES.decode(record.clear).get("values", {}), **sent}

    def _decided(self, decided: Decided) -> None:
        if any(decided.trail.policy in rule.when.policies for rule in self.rules.warnings):
            self._woken.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self.tend()
            except Unavailable:
                _LOG.info("The journal takes no warnings now; it is tried again in a moment")
            except Exception:  # noqa: BLE001 - the desk goes on: what could not be done stays to be done
                _LOG.exception("Warnings could not be tended; it is tried again in a moment")
            if self._woken.wait(_LOOK_EVERY_S):
                self._stopping.wait(_GATHER_S)
            self._woken.clear()


def _by_now(warning: EarlyWarning, rules: WarningRules, now: Micros) -> WarningChange | None:
    """What time alone makes of it."""
    return lapse(warning, now) or escalation(warning, rules.named(warning.rule), now)


def _said(warning: EarlyWarning, change: WarningChange) -> WarningChange:
    if not warning.waits or warning.assignee not in {None, change.by}:
        raise WarningChanged(warning)
    return change


def _sealed(text: str) -> bytes:
    words = text.strip()
    if not words:
        raise InvalidInput("It has to say something.", code="empty_note", field="text", hint="write down what or why")
    if len(words) > TEXT_MAX:
        raise InvalidInput(
            f"At most {TEXT_MAX:,} characters.", code="text_too_long", field="text", value=len(words), hint="shorten"
        )
    return msgspec.json.encode({"text": words}, order="deterministic")


def _named(warnings: Warnings, warning_id: str) -> EarlyWarning:
    found = warnings.get(warning_id)
    if found is None:
        raise NotFound("No warning has this id.", code="unknown_warning", field="warning_id", value=warning_id)
    return found
