"""The book of accounts: the fold of the journal's account records, and the one way to add to it.

A change is made under the writer's lock, from the accounts as they are: submitted, applied, and told to its caller when it
is durable. What comes with a key is done once however often it is asked for; the same key with another content is refused.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from tandem.act.lending.accounts import Account, Accounts
from tandem.act.lending.accruing import accrued, earned_by
from tandem.act.lending.ageing import FallingDue, aged, fallen_due
from tandem.act.lending.changes import SYSTEM, AccountChange, Accrued, Aged, decode_change, encode_change
from tandem.act.lending.facts import FellDue
from tandem.act.lending.moving import happen
from tandem.act.products import Day
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import Conflict, NotFound, TandemError, Unavailable
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal import Entry, Receipt

__all__ = ["AccountBook", "Done", "Request"]

_AT_ONCE: Final = 500
"""Accounts whose waiting money meets what fell due, in one commit."""


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody asks to be written, once.

    Attributes:
        key: of who asks; at most 255 characters.
        asked: what is asked for, JSON-like: under the same key it has to be the same.
        change: makes the change from the accounts as they are, or raises why not.
    """

    key: str
    asked: object
    change: Callable[[Accounts], AccountChange]


class Done(msgspec.Struct, frozen=True, kw_only=True):
    """What came of a request.

    Attributes:
        account: as it is after it.
        again: it had been done before, under the same key; nothing was written.
    """

    account: Account
    again: bool = False


class AccountBook:
    """Accounts as the journal has them. ``lock`` is held by whoever looks at ``accounts``, and taken before the writer's.

    Args:
        process: the one writer.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self.lock = threading.RLock()
        self._process = process
        self._clock = clock
        self._accounts = Accounts()
        self._folded_of: object = None

    @property
    def accounts(self) -> Accounts:
        """All accounts; under ``lock``.

        Raises:
            Unavailable: the journal does not answer.
        """
        if self._folded_of is None or self._process.journal.broken:
            self._process.recover()
        self._fold_if_needed()
        return self._accounts

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
        made: list[Done | TandemError] = []
        receipts: list[Receipt] = []

        def entries() -> Sequence[Entry]:
            self._fold_if_needed()
            found, waits = self._done(requests, made)
            receipts.extend(waits)
            if not found:
                raise _NothingToWriteError
            return found

        with self.lock:
            try:
                receipts.append(self._process.append(entries))
            except _NothingToWriteError:
                pass
            except BaseException:
                self._folded_of = None  # what was applied here was not submitted
                raise
        for receipt in receipts:
            self._wait(receipt)
        return made

    def age(self, day: Day) -> int:
        """Move every account that is in another bucket on ``day`` than when this was asked last; how many.

        It may end anywhere and be asked again: what was written is not written twice.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        self._let_fall_due(day)
        moved = self._write_of_all(lambda accounts: aged(accounts, day))
        return sum(len(change.numbers) for change in moved if isinstance(change, Aged))

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

        Accounts are read as they are now, one by one, while others change them; what changes meanwhile is in the next.

        Raises:
            Unavailable: the journal does not take it now; asking again goes on.
        """
        with self.lock:
            every = self.accounts.as_now()
        earned = earned_by(every, day)
        return len(self._write_of_all(lambda accounts: accrued(earned, accounts.earned, day)))

    # -- inside --------------------------------------------------------------------------------------------------

    def _write_of_all(self, changes_of: Callable[[Accounts], Iterable[Aged | Accrued]]) -> list[Aged | Accrued]:
        """Write changes that are about many accounts, durably; they need no key, for done again they are none."""
        changes: list[Aged | Accrued] = []

        def entries() -> Sequence[Entry]:
            self._fold_if_needed()
            changes.extend(changes_of(self._accounts))
            if not changes:
                raise _NothingToWriteError
            now = self._clock.now()
            return [_without_key(change, now) for change in changes]

        with self.lock:
            try:
                receipt = self._process.append(entries)
            except _NothingToWriteError:
                return []
            for number, change in enumerate(changes):
                self._accounts.apply(change, receipt.first_seq + number)
        self._wait(receipt)
        return changes

    def _done(
        self, requests: Sequence[Request], made: list[Done | TandemError]
    ) -> tuple[list[Entry], Iterable[Receipt]]:
        """The entries of ``requests``, each applied to the accounts already, and what has to be durable first.

        Args:
            made: takes what came of each.
        """
        now, journal = self._clock.now(), self._process.journal
        found: list[Entry] = []
        own: dict[str, tuple[Digest, AccountChange]] = {}
        waits: dict[int, Receipt] = {}
        taken = journal.digests("account", [one.key for one in requests])
        for request in requests:
            digest = digest_of_bytes(canonical_bytes(request.asked))
            try:
                if request.key in own or request.key in taken:
                    change = self._known(request.key, digest, own, waits)
                    made.append(Done(account=_named(self._accounts, _account_of(change)), again=True))
                    continue
                change = request.change(self._accounts)
                account = self._accounts.apply(change, journal.next_seq + len(found))
            except TandemError as error:
                made.append(error)
                continue
            assert account is not None, "what is about many has a way of its own"
            own[request.key] = digest, change
            clear = encode_change(change)
            found.append(Entry(kind="account", recorded_at=now, clear=clear, key=request.key, digest=digest))
            made.append(Done(account=account))
        return found, waits.values()

    def _known(
        self, key: str, digest: Digest, own: Mapping[str, tuple[Digest, AccountChange]], waits: dict[int, Receipt]
    ) -> AccountChange:
        """The change that was made under ``key``.

        Raises:
            Conflict: it was asked for something else.
        """
        if key in own:
            before, change = own[key]
        else:
            known = self._process.journal.find_with_receipt("account", key)
            assert known is not None, "its digest was there"
            record, receipt = known
            if receipt is not None:
                waits[id(receipt)] = receipt
            before, change = record.digest or Digest(""), decode_change(record.clear)
        if before != digest:
            raise Conflict(
                "This key was used for something else.",
                code="key_reused",
                field="key",
                value=key,
                hint="a new key for a new request; the same one only to ask again",
            )
        return change

    def _wait(self, receipt: Receipt) -> None:
        try:
            receipt.wait()
        except Unavailable:
            with self.lock:
                self._folded_of = None
            raise

    def _fold_if_needed(self) -> None:
        state = self._process.state
        if self._folded_of is state:
            return
        self._process.journal.drain()  # what was submitted here stands there then; nobody else writes accounts
        found = Accounts()
        for record in self._process.journal.read(kinds=["account"]):
            found.apply(decode_change(record.clear), record.seq)
        self._accounts, self._folded_of = found, state


class _NothingToWriteError(Exception):
    pass


def _falling_due(one: FallingDue) -> Request:
    name = f"due-{one.due}-{one.version}"

    def change(accounts: Accounts) -> AccountChange:
        return happen(_named(accounts, one.account), one.plan, name, FellDue(day=one.due), by=SYSTEM)

    return Request(key=f"{one.account}:{one.plan}:{name}", asked=list(one), change=change)


def _account_of(change: AccountChange) -> str:
    assert not isinstance(change, Aged | Accrued), "what is about many has no key"
    return change.account


def _without_key(change: Aged | Accrued, now: Micros) -> Entry:
    return Entry(kind="account", recorded_at=now, clear=encode_change(change))


def _named(accounts: Accounts, account_id: str) -> Account:
    found = accounts.get(account_id)
    if found is None:
        raise NotFound("No account has this id.", code="unknown_account", field="account", value=account_id)
    return found
