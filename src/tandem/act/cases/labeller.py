"""Records dispositions as events, once each, after the time for taking them back has passed."""

from __future__ import annotations

import logging
import threading
from typing import Any, Final

from tandem.act.cases.book import CaseBook, Draft
from tandem.act.cases.changes import SYSTEM, Evidence, Labelled
from tandem.act.cases.folding import Case
from tandem.act.cases.labelling import label_document
from tandem.act.cases.rules import UNDO_FOR
from tandem.act.cases.ruling import Ruling
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import TandemError, Unavailable
from tandem.kernel.identity import EventId, EventTypeName
from tandem.kernel.time import MINUTE, Clock, Micros

__all__ = ["Labeller"]

_LOG = logging.getLogger(__name__)
_AGAIN_AFTER: Final = MINUTE


class Labeller:
    """Labels the cases of ``book`` through the ordinary way of recording an event."""

    def __init__(self, process: DecisionProcess, book: CaseBook, ruling: Ruling, clock: Clock) -> None:
        self._process = process
        self._book = book
        self._ruling = ruling
        self._clock = clock
        self._turn = threading.Lock()
        self._not_before: dict[str, Micros] = {}

    def label_due(self) -> int:
        """Record what is due; how many cases were labelled."""
        with self._turn:
            with self._book.lock:
                now = self._clock.now()
                due = [case.copy() for case in self._book.cases.owing_labels() if self._is_due(case, now)]
            return sum(map(self._label, due))

    def _is_due(self, case: Case, now: Micros) -> bool:
        resolved_at = case.standing.resolved_at
        if resolved_at is None or now - resolved_at <= UNDO_FOR:
            return False
        return self._not_before.get(case.case_id, Micros(0)) <= now

    def _label(self, case: Case) -> bool:
        events: dict[str, EventId] = {}
        skipped: dict[str, str] = {}
        for evidence in case.evidence:
            document = self._document(case, evidence)
            if document is None:
                skipped[evidence.decision_id] = "no_rule"
                continue
            try:
                events[evidence.decision_id] = self._process.record_now(document).event_id
            except Unavailable:
                self._not_before[case.case_id] = Micros(self._clock.now() + _AGAIN_AFTER)
                return False
            except TandemError as error:
                # Such as a required identifier that went with its person: it will never be taken.
                _LOG.warning("A disposition could not be recorded as a label: %s", error.code)
                skipped[evidence.decision_id] = error.code
        self._not_before.pop(case.case_id, None)
        done = Labelled(case=case.case_id, by=SYSTEM, round=case.standing.round, events=events, skipped=skipped)
        self._book.write(lambda _cases, _now: [Draft(change=done, owner=case.owner)])
        return True

    def _document(self, case: Case, evidence: Evidence) -> dict[str, Any] | None:
        rule, live = self._ruling.rules.label_for(evidence.event_type), self._process.live
        if rule is None or live is None:
            return None
        types = live.reader.event_types
        target, decided = types.get(EventTypeName(rule.event_type)), types.get(EventTypeName(evidence.event_type))
        if target is None or decided is None:
            return None
        return label_document(case, evidence, rule, target, decided, self._book.event_values(evidence.event_seq))
