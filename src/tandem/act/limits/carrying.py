"""What a review was agreed to do, done: each limit once, by one thread at a time, however many want it moved.

An account is moved under its own key first and then taken down as moved, so whatever ends in between is found again.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from zlib import crc32

from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, LendingDesk, NotAllowed
from tandem.act.limits.changes import Line, LineState, Moved, ReviewChange, ReviewId, Settled
from tandem.act.limits.deciding import decided_of
from tandem.act.limits.facts import facts_of, schema_of
from tandem.act.limits.folding import Reviews
from tandem.act.limits.sorting import Sorter
from tandem.act.limits.strategies import Strategies
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound, TandemError, Unavailable
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock

__all__ = ["Carrier"]

_LOG = logging.getLogger(__name__)
_SYSTEM: Final = "tandem"
_HANDS: Final = 64


class Carrier:
    """Carries out lines of reviews. An account is in one of many hands: whoever consents waits for no round, however long."""

    def __init__(
        self,
        process: DecisionProcess,
        lending: LendingDesk,
        book: Book[Reviews, ReviewChange],
        strategies: Strategies,
        *,
        clock: Clock,
    ) -> None:
        self._process = process
        self._lending = lending
        self._book = book
        self._strategies = strategies
        self._clock = clock
        self._hands = [threading.Lock() for _ in range(_HANDS)]

    def round(self, day: Day, *, until: Callable[[], bool]) -> int:
        """Carry out all that is due by ``day``, unless ``until`` says to stop; how many limits moved.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        with self._book.lock:
            due = self._book.now.due(day)
        moved = 0
        for review, account in due:
            if until():
                break
            moved += self.one(review, account, day)
        return moved

    def one(self, review: str, account: str, day: Day) -> bool:
        """Carry out one line if it is due by ``day``; whether its limit moved. One that cannot be done now stays due.

        Raises:
            Unavailable: as ``round``.
        """
        with self._hands[crc32(account.encode()) % _HANDS]:
            with self._book.lock:
                found, one = self._book.now.named(review), self._book.now.line(review, account)
                if one.due_from is None or day < one.due_from:
                    return False
                drawn_up, line, state = found.drawn_up, one.line, one.state
            try:
                return self._carried(drawn_up.review, drawn_up.terms, line, state, day)
            except Unavailable:
                raise
            except TandemError as error:
                _LOG.warning("The limit of %s could not be moved for %s: %s", account, review, error.code)
                return False

    # -- inside ------------------------------------------------------------------------------------------------------

    def _carried(self, review: ReviewId, terms: Digest, line: Line, state: LineState, day: Day) -> bool:
        why = "no_answer" if state == "offered" else self._why_not(terms, line, day)
        if why is None:
            try:
                self._lending.move_reviewed(
                    line.account, review=review, from_minor=line.from_minor, to_minor=line.to_minor,
                    freeze=line.kind == "freeze", by=_SYSTEM,
                )  # fmt: skip
            except (NotAllowed, NotFound) as error:
                why = error.code
        change: ReviewChange
        if why is None:
            change = Moved(review=review, by=_SYSTEM, account=line.account, day=day)
        else:
            change = Settled(review=review, by=_SYSTEM, account=line.account, day=day, why=why)
        asked = ["carried", review, line.account]
        key = f"{review}:carried:{line.account}"
        self._book.ask(Request(key=key, asked=asked, draft=lambda _, __: Draft(change=change)))
        return why is None

    def _why_not(self, terms: Digest, line: Line, day: Day) -> str | None:
        """Why an increase is not affordable any more, as a code; it may have waited a month for its consent."""
        if line.kind != "increase":
            return None
        strategy = self._strategies.version(terms)
        account = self._lending.account(line.account)
        others: Sequence[Account] = self._lending.look(lambda accounts: accounts.of(account.owner))
        decided = decided_of(self._process, strategy, [account.owner], self._clock.now())[account.owner]
        facts: Mapping[str, Any] = facts_of(account, others, day, decided.risk, decided.facts)
        stands = Sorter(strategy, schema_of(strategy)).sort(dict(facts))
        if account.limit_minor == line.to_minor:  # moved, and the process ended before it was taken down
            return None
        if stands.affordable_minor is None or line.to_minor > stands.affordable_minor:
            return "not_affordable"
        names = [one.step for one in strategy.steps]
        return None if names.index(line.step) <= stands.highest else "rule"
