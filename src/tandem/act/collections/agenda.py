"""What a round has to read: the accounts that moved since the one before, and those whose time of the day has come.

On a new day every account that is late or soon due is read once, for what is done about it depends on the day. In between,
an account that nothing happened to is not read at all. Nothing here is kept across a start: the first round is a new day.
"""

from __future__ import annotations

import heapq
import weakref
from collections.abc import Iterable
from itertools import takewhile

from tandem.act.collections.folding import Files
from tandem.act.collections.rulebook import InForce
from tandem.act.lending import Accounts
from tandem.act.products import Day
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Agenda"]


class Agenda:
    """One thread at a time. A round that did not get through is begun anew: what it had noted is among everything."""

    def __init__(self) -> None:
        self._day: Day | None = None
        self._in_force: InForce | None = None
        self._accounts: weakref.ref[Accounts] | None = None
        self._files: weakref.ref[Files] | None = None
        self._moved = self._told = 0
        self._anew = True
        self._noted: dict[str, None] = {}
        self._looked: dict[str, Micros | None] = {}
        self._times: list[tuple[Micros, str]] = []

    def moved(self, accounts: Accounts) -> list[int]:
        """Numbers of the accounts that moved since this was asked last."""
        before, self._moved = self._moved, accounts.seq
        if (
            self._accounts is None or self._accounts() is not accounts
        ):  # folded anew: what is late of it is read in any case
            self._accounts, self._anew = weakref.ref(accounts), True
            return []
        return accounts.moved_since(before)

    def told(self, files: Files) -> list[Pseudonym]:
        """Debtors of whom something else is known since this was asked last: how to reach them, what speaks against it."""
        before, self._told = self._told, next(reversed(files.told.values()), 0)
        if self._files is None or self._files() is not files:
            self._files, self._anew = weakref.ref(files), True
            return []
        return [debtor for debtor, _ in takewhile(lambda one: one[1] > before, reversed(files.told.items()))]

    def begins(self, day: Day, in_force: InForce) -> bool:
        """Whether everything has to be read: on another day, under other rules, and where what is known was folded anew."""
        if self._anew or day != self._day:
            self._looked, self._times = {}, []
        elif in_force is self._in_force:
            return False
        self._anew, self._day, self._in_force = False, day, in_force
        return True

    def note(self, accounts: Iterable[str], *, again: bool) -> None:
        """These are to be looked at; ``again``: also those that were looked at today."""
        for one in accounts:
            self._noted[one] = None
            if again:
                self._looked.pop(one, None)

    def noted(self, now: Micros) -> list[str]:
        """All that are to be looked at, with those whose time has come by ``now``."""
        while self._times and self._times[0][0] <= now:
            at, account = heapq.heappop(self._times)
            if self._looked.get(account) == at:
                self.note([account], again=True)
        return list(self._noted)

    def is_looked(self, account: str) -> bool:
        """Whether it was looked at today, and nothing happened to it since."""
        return account in self._looked

    def looked(self, account: str, again_at: Micros | None) -> None:
        """It was; and is to be again at that time of the day, None: not before tomorrow."""
        self._looked[account] = again_at
        if again_at is not None:
            heapq.heappush(self._times, (again_at, account))

    def ended(self, *, through: bool) -> None:
        """The round is over; ``through``: with all that was noted."""
        self._noted.clear()
        self._anew = self._anew or not through
