"""The book of accounts: the fold of the journal's account records, and the one way to add to it.

It is a book as every other of this wing; here stand the two runs that are about all accounts at once, and what a caller
gets back: the account as it is after their change.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Final

import msgspec

from tandem.act.books import Book, Draft, Written
from tandem.act.books import Request as Ask
from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.accruing import accrued
from tandem.act.lending.ageing import FallingDue, aged, fallen_due
from tandem.act.lending.changes import SYSTEM, AccountChange, Accrued, Aged, decode_change, encode_change, encode_note
from tandem.act.lending.facts import FellDue
from tandem.act.lending.moving import happen
from tandem.act.lending.snapshots import AccountShortening
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import NotFound, TandemError
from tandem.kernel.time import Clock, Micros

__all__ = ["AccountBook", "Done", "Request"]

_AT_ONCE: Final = 500
"""Accounts whose waiting money meets what fell due, in one commit."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to be written, once.

    Attributes:
        key: of who asks; at most 255 characters.
        asked: what is asked for, JSON-like: under the same key it has to be the same.
        change: makes the change from the accounts as they are, or raises why not; several of one account, each about
            another plan of it, are written together or not at all.
        note: what somebody wrote beside it; sealed under the key of whose account it is, and not asked about again.
        former: as of ``act.books``.
    """

    key: str
    asked: object
    change: Callable[[Accounts], AccountChange | tuple[AccountChange, ...]]
    note: str = ""
    former: str | None = None


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request.

    Attributes:
        account: as it is after it.
        change: that was made of it, the first of several.
        again: it had been done before, under the same key; nothing was written.
    """

    account: Account
    change: AccountChange
    again: bool = False


class AccountBook:
    """Accounts as the journal has them. ``lock`` is held by whoever looks at ``accounts``, and taken before the writer's.

    Args:
        process: the one writer.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self._book: Book[Accounts, AccountChange] = Book(
            process,
            clock,
            kind="account",
            empty=Accounts,
            encode=encode_change,
            decode=decode_change,
            shortening=AccountShortening(),
        )

    @property
    def lock(self) -> threading.RLock:
        """Of the fold."""
        return self._book.lock

    @property
    def accounts(self) -> Accounts:
        """All accounts; under ``lock``.

        Raises:
            Unavailable: the journal does not answer.
        """
        return self._book.now

    def keep(self) -> None:
        """Leave a snapshot of the accounts, so that the next start is short."""
        self._book.keep()

    def account(self, account_id: str) -> Account:
        """The account with that id.

        Raises:
            NotFound: there is none.
        """
        with self.lock:
            return _named(self.accounts, account_id)

    def write(self, request: Request) -> Done:
        """Write what ``request`` asks for, durably.

        Raises:
            Conflict: its key was used for something else.
            Unavailable: it may not have been written; asking again with the same key finds out.
            Anything that its ``change`` raises: nothing was written.
        """
        (found,) = self.write_all([request])
        if isinstance(found, TandemError):
            raise found
        return found

    def write_all(self, requests: Sequence[Request]) -> list[Done | TandemError]:
        """Write what ``requests`` ask for, in order, durably; one that cannot be done says why and stops no other.

        Raises:
            Unavailable: they may not have been written; asking again with the same keys finds out.
        """
        return [
            one if isinstance(one, TandemError) else self._done(one)
            for one in self._book.ask_all([*map(_ask, requests)])
        ]

    def age(self, day: Day) -> int:
        """Move every account that is in another bucket on ``day`` than when this was asked last; how many.

        It may end anywhere and be asked again: what was written is not written twice.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        self._let_fall_due(day)
        moved = self._book.write(lambda accounts, _: _drafts(aged(accounts, day)))
        return sum(len(one.change.numbers) for one in moved if isinstance(one.change, Aged))

    def _let_fall_due(self, day: Day) -> None:
        """What waits meets what fell due by ``day``, in the books too."""
        while True:
            with self.lock:
                found = fallen_due(self.accounts, day)
            done: list[Done | TandemError] = []
            for start in range(0, len(found), _AT_ONCE):
                done += self.write_all([_falling_due(one) for one in found[start : start + _AT_ONCE]])
            if not any(isinstance(one, Done) for one in done):  # none waits, or what waited was moved meanwhile
                return

    def accrue(self, day: Day) -> int:
        """Post what all accounts have earned by ``day`` and was not posted; in how many currencies there was something.

        Accounts that have to be read are read while others change them; what changes meanwhile is in the next.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        with self.lock:
            earning = self.accounts.earning(day)
        earned, fresh = earning.counted()
        with self.lock:
            self.accounts.keep(earning, fresh)
        return len(self._book.write(lambda accounts, _: _drafts(accrued(earned, accounts.earned, day))))

    def _done(self, written: Written[AccountChange]) -> Done:
        account = written.applied
        if account is None:  # it was done before
            account = self.account(_account_of(written.change))
        return Done(account=account, change=written.change, again=written.again)


def _ask(request: Request) -> Ask[Accounts, AccountChange]:
    def draft(accounts: Accounts, _: Micros) -> Draft[AccountChange]:
        made = request.change(accounts)
        change, *more = made if isinstance(made, tuple) else (made,)
        if not request.note:
            return Draft(change=change, more=tuple(more))
        owner = _named(accounts, _account_of(change)).owner
        return Draft(change=change, owner=owner, secret=encode_note(request.note), more=tuple(more))

    return Ask(key=request.key, asked=request.asked, draft=draft, former=request.former)


def _drafts(changes: Iterable[AccountChange]) -> list[Draft[AccountChange]]:
    return [Draft(change=one) for one in changes]


def _falling_due(one: FallingDue) -> Request:
    name = f"due-{one.due}-{one.version}"

    def change(accounts: Accounts) -> AccountChange:
        return happen(_named(accounts, one.account), one.plan, name, FellDue(day=one.due), by=SYSTEM)

    return Request(key=f"{one.account}:{one.plan}:{name}", asked=list(one), change=change)


def _account_of(change: AccountChange) -> str:
    assert not isinstance(change, Aged | Accrued), "what is about many has no key"
    return change.account


def _named(accounts: Accounts, account_id: str) -> Account:
    found = accounts.get(account_id)
    if found is None:
        raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
    return found
