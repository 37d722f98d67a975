"""Taking in what a bank says, movement by movement: matched, posted to its account, and written down once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import msgspec

from tandem.act.bank_files.changes import BankChange, ItemTaken, StatusTaken, Sum
from tandem.act.bank_files.folding import BankBooks
from tandem.act.bank_files.knowing import Fresh
from tandem.act.bank_files.matching import match, postings_of
from tandem.act.bank_files.reading import BankFile
from tandem.act.bank_files.types import Transaction
from tandem.act.books import Book, Draft, Request
from tandem.act.lending import Account, Desk, Draw, Happened, LendingDesk, Paid
from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import TandemError, Unavailable
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["DESK", "OnUnmatched", "Taking", "Told", "drafting"]

DESK: Final[Desk] = "bank"
"""Whose the keys are that accounts are moved under here."""
_AT_ONCE: Final = 200
T = TypeVar("T")
OnUnmatched = Callable[[ItemTaken, Account | None], None]


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """What the bank said of an item's other side; None of what was erased."""

    party: str | None = None
    references: tuple[str, ...] = ()


class Taking:
    """Takes files in; one after the other.

    Args:
        on_unmatched: told of each item that nobody could place, after it is durable; of one that still waits, told again
            with each file that has it, so it must be content to hear it twice.
    """

    def __init__(
        self, book: Book[BankBooks, BankChange], lending: LendingDesk, on_unmatched: OnUnmatched | None
    ) -> None:
        self._book = book
        self._lending = lending
        self._on_unmatched = on_unmatched

    def transactions(self, read: BankFile, by: str) -> dict[str, dict[str, Sum]]:
        """Take in every movement in the statements of ``read``; by currency, what came of how much.

        Raises:
            Unavailable: some may have been taken; taking them again finishes it.
        """
        sums: dict[str, dict[str, Sum]] = {}
        every = [one for statement in read.statements for one in statement.transactions]
        for start in range(0, len(every), _AT_ONCE):
            self._take_some(every[start : start + _AT_ONCE], read.digest, by, sums)
        for currency, by_outcome in sums.items():
            told = sum(one.net_minor for one in every if one.currency == currency)
            assert sum(one.minor for one in by_outcome.values()) == told, "what came of a file is what was in it"
        return sums

    def _take_some(self, some: Sequence[Transaction], file: Digest, by: str, sums: dict[str, dict[str, Sum]]) -> None:
        requests: list[Request[BankBooks, BankChange]] = []
        made: list[tuple[ItemTaken, Account | None]] = []
        again: list[tuple[ItemTaken, Account | None]] = []
        fresh = Fresh(self._book, self._lending)
        for one in some:
            by_outcome = sums.setdefault(one.currency, {})
            if fresh.knows(one):
                by_outcome["again"] = by_outcome.get("again", Sum()).plus(one.net_minor)
                again += self._waiting(one.item)
                continue
            taken, account = self._taken(one, file, by, fresh)
            by_outcome[taken.outcome] = by_outcome.get(taken.outcome, Sum()).plus(one.net_minor)
            made.append((taken, account))
            requests.append(_request(taken, one, account))
            fresh.took(taken)
        for written in self._book.ask_all(requests):
            if isinstance(written, TandemError):
                raise written
        # Of what waits from before we cannot know that somebody was told: a crash may have come first.
        for taken, account in again + made:
            if taken.outcome == "unmatched" and self._on_unmatched is not None:
                self._on_unmatched(taken, account)

    def _waiting(self, item: str) -> list[tuple[ItemTaken, Account | None]]:
        """An item that was taken before, where it still waits, with the account it seems to be about."""
        found = self._look(lambda books: books.open.get(item))
        if found is None:
            return []
        taken = found.taken
        return [(taken, None if taken.account is None else self._lending.account(taken.account))]

    def _taken(self, one: Transaction, file: Digest, by: str, fresh: Fresh) -> tuple[ItemTaken, Account | None]:
        """What a movement becomes; what it does to an account is done and durable."""
        paid, fact_id = Paid(day=one.valued, amount_minor=one.amount_minor), None
        found = match(one, fresh)
        if not one.sure and fresh.alike(one.alike, file):
            found = msgspec.structs.replace(found, outcome="unmatched", why="possible_duplicate", payment=None)
        account = found.account
        if account is None and found.payment is not None:
            account = self._lending.account(found.payment.account)
        if account is None and one.end_to_end is not None and (order := fresh.order(one.end_to_end)) is not None:
            account = self._lending.account(order.order.account)
        if account is not None and found.plan is not None and _begun(account.draws[found.plan], one.item, paid):
            found = msgspec.structs.replace(found, outcome="matched", why=None)  # begun before, and not written here
        try:
            if found.outcome == "matched" and account is not None and found.plan is not None:
                done = self._lending.happen(account.account_id, found.plan, paid, key=one.item, by=by, own=DESK)
                assert isinstance(done.change, Happened), "what happened"
                fact_id = done.change.fact_id
            elif found.outcome == "reversed" and found.payment is not None:
                payment = found.payment
                self._lending.reverse(payment.account, payment.plan, payment.fact_id, key=one.item, by=by, own=DESK)
        except Unavailable:
            raise
        except TandemError as error:  # the account does not take it: a person looks at why
            found = msgspec.structs.replace(found, outcome="unmatched", why=error.code)
        return ItemTaken(
            by=by,
            item=one.item,
            alike=one.alike,
            file=file,
            at=one.at,
            outcome=found.outcome,
            amount_minor=one.amount_minor,
            currency=one.currency,
            incoming=one.incoming,
            booked=one.booked,
            valued=one.valued,
            charges_minor=one.charges_minor,
            why=found.why,
            returned=one.returned,
            account=None if account is None else account.account_id,
            plan=found.plan,
            end_to_end=one.end_to_end,
            fact_id=found.payment.fact_id if found.payment else fact_id,
            posted=postings_of(one, found.outcome),
        ), account

    def statuses(self, read: BankFile, by: str) -> dict[str, int]:
        """Take in what a status report says; how many orders have which status now.

        Raises:
            Unavailable: taking it again finishes it.
        """
        if read.report is None:
            return {}
        report = read.report
        told = {one.end_to_end: (one.status, one.reason) for one in report.orders if one.end_to_end is not None}
        if report.status is not None:  # of the whole message: of every order in it that has no status of its own
            named = self._look(
                lambda books: [end for end, one in books.orders.items() if one.message_id == report.original]
            )
            told = {**dict.fromkeys(named, (report.status, report.reason)), **told}
        requests = [
            Request(
                key=f"status:{read.digest}:{end}",
                asked=[status, reason],
                draft=drafting(StatusTaken(by=by, end_to_end=end, status=status, reason=reason)),
            )
            for end, (status, reason) in told.items()
        ]
        found: dict[str, int] = {}
        for written in self._book.ask_all(requests):
            if isinstance(written, TandemError):
                raise written
            assert isinstance(written.change, StatusTaken)
            found[written.change.status] = found.get(written.change.status, 0) + 1
        return found

    def _look(self, see: Callable[[BankBooks], T]) -> T:
        with self._book.lock:
            return see(self._book.now)


def _begun(draw: Draw, item: str, paid: Paid) -> bool:
    """Whether an item was paid before, and not written down here."""
    return any(draw.facts.get(one) == paid for one in LendingDesk.fact_ids(DESK, item))


def _request(taken: ItemTaken, one: Transaction, account: Account | None) -> Request[BankBooks, BankChange]:
    told = Told(party=one.party, references=one.references)
    owner = Pseudonym(taken.item) if account is None else account.owner
    secret = canonical_bytes(msgspec.to_builtins(told))
    draft: Draft[BankChange] = Draft(change=taken, owner=owner, secret=secret)
    return Request(key=f"item:{taken.item}", asked=taken.item, draft=lambda _books, _now: draft)


def drafting(change: BankChange) -> Callable[[BankBooks, Micros], Draft[BankChange]]:
    """A draft of ``change``, whatever else stands in the book."""
    return lambda _books, _now: Draft(change=change)
