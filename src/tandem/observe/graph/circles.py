"""Money that comes back to its sender: an index of transfers that is asked, at each one, which circles it closes. Pure.

A circle is two or three transfers, one after the other in time and all within a window, by which money leaves an account, goes
through others and comes back. It is closed by its last transfer, when that is known. Each account remembers the transfers it
got last, ``CIRCLE_KEPT`` of them, so a transfer is read by looking at no more than ``CIRCLE_KEPT`` and its square of others, however
many an account gets; what an account got before those is forgotten, and circles through it with it.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["CIRCLE_KEPT", "Circles", "Closed", "Transfer"]

CIRCLE_KEPT: Final = 32
"""Transfers, and circles that ended at it, which are remembered of one account."""
_DROPPED_AT_ONCE: Final = 4


class Transfer(NamedTuple):
    """Money that went from one account to another; ``amount`` in minor units."""

    payer: Pseudonym
    payee: Pseudonym
    amount: int
    at: Micros


class Closed(NamedTuple):
    """What a transfer closes.

    Attributes:
        hops: transfers of the shortest circle, this one among them; 0 where it closes none.
        amount: the most that came round by one of them: the least of its transfers; minor units.
    """

    hops: int
    amount: int


class _Got(msgspec.Struct, array_like=True, frozen=True, gc=False):
    at: int
    payer: str
    amount: int


class _Account(msgspec.Struct, array_like=True):
    """What is remembered of one account: ``touched`` is the newest instant there was when it last got something."""

    touched: int
    got: list[_Got]
    returned: list[tuple[int, int]]


class _Kept(msgspec.Struct, array_like=True):
    newest: int
    accounts: dict[str, _Account]


_ENCODE: Final = msgspec.msgpack.Encoder().encode
_DECODE: Final = msgspec.msgpack.Decoder(_Kept).decode


class Circles:
    """The index; ``read`` asks, ``take`` moves. What nobody touched for two windows is forgotten.

    Args:
        window: microseconds; the first and the last transfer of a circle are less than that apart.
        hops: of the longest circle, 2 or 3.
    """

    def __init__(self, window: int, hops: int = 3) -> None:
        self.window = window
        self.hops = hops
        self._newest = 0
        self._accounts: dict[str, _Account] = {}  # in the order in which they were touched

    def __len__(self) -> int:
        return len(self._accounts)

    def read(self, one: Transfer) -> Closed:
        """What ``one`` closes of the transfers that were taken in; nothing moves."""
        payer = self._accounts.get(one.payer)
        if payer is None or one.payer == one.payee:
            return Closed(0, 0)
        hops, amount, since = 0, 0, one.at - self.window
        for second in payer.got:
            if not since < second.at <= one.at:
                continue
            if second.payer == one.payee:
                hops, amount = 2, max(amount, min(second.amount, one.amount))
            elif self.hops > 2:
                through = self._most(second, one.payee, since)
                if through is not None:
                    hops, amount = hops or 3, max(amount, min(through, one.amount))
        return Closed(hops, amount)

    def returned(self, account: Pseudonym, at: Micros) -> tuple[int, int]:
        """How many transfers closed a circle at ``account`` in the window before ``at``, and what came back by them."""
        known = self._accounts.get(account)
        amounts = [] if known is None else [much for when, much in known.returned if at - self.window < when <= at]
        return len(amounts), sum(amounts)

    def take(self, one: Transfer, closed: Closed) -> None:
        """Take in ``one``, which closes what ``read`` said."""
        if one.payer == one.payee:
            return
        self._newest = max(self._newest, one.at)
        account = self._accounts.pop(one.payee, None) or _Account(0, [], [])
        account.touched = self._newest
        account.got.append(_Got(one.at, one.payer, one.amount))
        if closed.hops:
            account.returned.append((one.at, closed.amount))
        del account.got[:-CIRCLE_KEPT], account.returned[:-CIRCLE_KEPT]
        self._accounts[one.payee] = account
        self._forget()

    def state(self) -> bytes:
        """All that is remembered; the same bytes after the same transfers."""
        return _ENCODE(_Kept(self._newest, self._accounts))

    @classmethod
    def restored(cls, window: int, hops: int, state: bytes) -> Circles:
        """The index that ``state`` was taken of.

        Raises:
            ValueError: it is none.
        """
        found = cls(window, hops)
        kept = _DECODE(state)
        found._newest = kept.newest
        found._accounts = kept.accounts
        return found

    def _most(self, second: _Got, sender: str, since: int) -> int | None:
        """The most that ``sender`` sent on by way of ``second``; None if nothing."""
        middle = self._accounts.get(second.payer)
        if middle is None:
            return None
        found = [first.amount for first in middle.got if first.payer == sender and since < first.at <= second.at]
        return min(max(found), second.amount) if found else None

    def _forget(self) -> None:
        """A few of those that nobody touched for two windows, the longest untouched first."""
        for _ in range(_DROPPED_AT_ONCE):
            first = next(iter(self._accounts.items()), None)
            if first is None or first[1].touched > self._newest - 2 * self.window:
                return
            del self._accounts[first[0]]
