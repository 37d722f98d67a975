"""What every account has earned, in columns: one formula an account, counted for all of them at once.

An account that something happened to, and one whose formula does not hold any more, is read once and gets a new one; the
others are not touched. Reading is the caller's to do without the lock: ``Earnings.look`` gives what it needs, ``keep``
takes back the new formulas of accounts that are still as they were read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from tandem.act.books import nothing_collected
from tandem.act.lending.earning import BASES, Formula, clock_of, formula_of
from tandem.act.lending.plan import Earned, Plan
from tandem.act.products import Day

__all__ = ["EarningColumns", "Earnings", "Fresh", "Look"]

_TERM: Final = np.dtype(
    [("account", "i4"), ("penalty", "?"), ("basis", "i1"), ("after", "i4"), ("start", "i4"), ("c", "i8"), ("b", "i8"),
     ("d", "i8"), ("cap", "i8")]
)  # fmt: skip
_READ_AT_ONCE: Final = 10_000
"""Accounts read before their formulas are put into columns."""
_AT_ONCE: Final = 1_000_000
"""Terms counted in one go; more would hold much memory at a time."""


class EarningColumns(msgspec.Struct, frozen=True, array_like=True):
    """Formulas as bytes, for a snapshot."""

    since: bytes
    until: bytes
    sums: bytes
    terms: bytes


class Fresh(NamedTuple):
    """Formulas that were read, in columns: of each account its days and constants, and the terms of all."""

    since: np.ndarray
    until: np.ndarray
    sums: np.ndarray
    terms: np.ndarray


class Look(msgspec.Struct):
    """What there was to count on a day; copies, which nothing moves.

    Attributes:
        stale: numbers of accounts that have to be read.
    """

    day: Day
    stale: np.ndarray
    currency: np.ndarray
    sums: np.ndarray
    terms: np.ndarray

    def read(self, plans_of: Callable[[int], Iterable[Plan]]) -> Fresh:
        """The formulas of the stale ones, in order.

        Args:
            plans_of: the plans of the account that stands at a place among ``stale``.
        """
        count, parts = len(self.stale), []
        for start in range(0, max(count, 1), _READ_AT_ONCE):
            some = range(start, min(start + _READ_AT_ONCE, count))
            with nothing_collected():
                formulas = [formula_of(plans_of(place), self.day) for place in some]
                parts.append(_columns(self.stale[start:], formulas))
        return Fresh(*map(np.concatenate, zip(*parts, strict=True)))

    def earned(self, fresh_ones: Fresh, currencies: Sequence[str]) -> dict[str, Earned]:
        """What all have earned by the day, by currency; ``fresh_ones`` are the formulas that were read.

        Args:
            currencies: by their places in ``currency``.
        """
        self.sums[self.stale] = fresh_ones.sums
        fresh = np.zeros(len(self.currency), dtype=bool)
        fresh[self.stale] = True
        kept = self.terms[~fresh[self.terms["account"]]]
        clocks = np.asarray([clock_of(basis, self.day) for basis in range(BASES)], dtype=np.int64)
        found = [
            [_total(self.sums[self.currency == place, part]) for part in range(3)] for place in range(len(currencies))
        ]
        for table in (kept, fresh_ones.terms):
            for start in range(0, len(table), _AT_ONCE):
                some = table[start : start + _AT_ONCE]
                amounts, places = _amounts(some, clocks, self.day), self.currency[some["account"]]
                for place in range(len(currencies)):
                    of_currency = places == place
                    found[place][0] += _total(amounts[of_currency & ~some["penalty"]])
                    found[place][2] += _total(amounts[of_currency & some["penalty"]])
        present = np.bincount(self.currency[1:], minlength=len(currencies))
        return {name: Earned(*found[place]) for place, name in enumerate(currencies) if present[place]}


class Earnings:
    """The formula of each account by its number, from 1; number 0 is nobody."""

    def __init__(self) -> None:
        self._since = np.zeros(1_024, dtype=np.int32)
        self._until = np.full(1_024, -1, dtype=np.int32)
        self._sums = np.zeros((1_024, 3), dtype=np.int64)
        self._terms = np.zeros(0, dtype=_TERM)

    def forget(self, number: int) -> None:
        """Something happened to that account."""
        if number >= len(self._until):
            more = len(self._until)
            self._since = np.concatenate([self._since, np.zeros(more, dtype=np.int32)])
            self._until = np.concatenate([self._until, np.full(more, -1, dtype=np.int32)])
            self._sums = np.concatenate([self._sums, np.zeros((more, 3), dtype=np.int64)])
        self._until[number] = -1

    def look(self, day: Day, currency: np.ndarray) -> Look:
        """What there is to count on ``day``, of the accounts whose currencies are ``currency``."""
        count = len(currency)
        holds = (self._since[:count] <= day) & (day <= self._until[:count])
        holds[0] = True
        return Look(
            day=day, stale=np.nonzero(~holds)[0], currency=currency.copy(), sums=self._sums[:count].copy(), terms=self._terms
        )  # fmt: skip

    def keep(self, look: Look, fresh: Fresh, same: np.ndarray) -> None:
        """Take the formulas that were read for ``look``.

        Args:
            same: of each, whether its account is still as it was read.
        """
        numbers = look.stale[same]
        if not len(numbers):
            return
        self._since[numbers], self._until[numbers] = fresh.since[same], fresh.until[same]
        self._sums[numbers] = fresh.sums[same]
        anew = np.zeros(len(self._until), dtype=bool)
        anew[numbers] = True
        old, new = self._terms, fresh.terms
        self._terms = np.concatenate([old[~anew[old["account"]]], new[anew[new["account"]]]])

    def columns(self, count: int) -> EarningColumns:
        """The formulas of the first ``count`` numbers, as bytes."""
        return EarningColumns(
            self._since[:count].tobytes(),
            self._until[:count].tobytes(),
            self._sums[:count].tobytes(),
            self._terms.tobytes(),
        )

    @classmethod
    def restored(cls, columns: EarningColumns) -> Earnings:
        """What ``columns`` were made of."""
        found = cls()
        found._since = np.frombuffer(columns.since, dtype=np.int32).copy()
        found._until = np.frombuffer(columns.until, dtype=np.int32).copy()
        found._sums = np.frombuffer(columns.sums, dtype=np.int64).reshape(-1, 3).copy()
        found._terms = np.frombuffer(columns.terms, dtype=_TERM).copy()
        return found


def _amounts(terms: np.ndarray, clocks: np.ndarray, day: Day) -> np.ndarray:
    part = np.where(day > terms["after"], clocks[terms["basis"]] - terms["start"], 0)
    d = terms["d"]
    rounded = (2 * (terms["c"] + terms["b"] * part) + d) // (2 * d)
    capped: np.ndarray = np.minimum(rounded, terms["cap"])
    return capped


def _columns(numbers: np.ndarray, formulas: Sequence[Formula]) -> Fresh:
    """``formulas`` of the accounts that ``numbers`` begins with."""
    rows = [
        (number, *term)
        for number, one in zip(numbers[: len(formulas)].tolist(), formulas, strict=True)
        for term in one.terms
    ]
    return Fresh(
        since=np.asarray([one.since for one in formulas], dtype=np.int32),
        until=np.asarray([one.until for one in formulas], dtype=np.int32),
        sums=np.asarray([one[2:5] for one in formulas], dtype=np.int64).reshape(-1, 3),
        terms=np.asarray(rows, dtype=_TERM),
    )


def _total(amounts: np.ndarray) -> int:
    """Their sum, exact also where 64 bits would not hold it."""
    return (int((amounts >> 32).sum()) << 32) + int((amounts & 0xFFFFFFFF).sum())
