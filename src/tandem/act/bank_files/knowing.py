"""What is known while a file is being taken: the books, and what was taken from the file so far."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import msgspec

from tandem.act.bank_files.changes import BankChange, ItemTaken
from tandem.act.bank_files.folding import BankBooks, OrderState, Payment, State
from tandem.act.bank_files.types import Transaction
from tandem.act.books import Book
from tandem.act.lending import Account, LendingDesk
from tandem.kernel.identity import Digest

__all__ = ["Fresh"]

T = TypeVar("T")


class Fresh:
    """What is known, with what was taken since the book was looked at."""

    def __init__(self, book: Book[BankBooks, BankChange], lending: LendingDesk) -> None:
        self._book = book
        self._lending = lending
        self._taken: set[str] = set()
        self._payments: dict[str, Payment | None] = {}
        self._states: dict[str, State] = {}

    def knows(self, one: Transaction) -> bool:
        """Whether it was taken before."""
        return one.item in self._taken or self._look(lambda books: books.knows(one.item))

    def alike(self, name: str, file: Digest) -> bool:
        """Whether something like it was taken from another file."""
        return self._look(lambda books: books.alike(name, file))

    def took(self, taken: ItemTaken) -> None:
        """It is taken now."""
        self._taken.add(taken.item)
        if taken.end_to_end is None:
            return
        if taken.outcome == "matched" and taken.account is not None and taken.plan is not None and taken.fact_id:
            self._payments[taken.end_to_end] = Payment(
                account=taken.account, plan=taken.plan, fact_id=taken.fact_id, amount_minor=taken.amount_minor
            )
        elif taken.outcome == "reversed":
            self._payments[taken.end_to_end] = None
        if taken.outcome != "unmatched":
            self._states[taken.end_to_end] = "returned" if taken.outcome == "reversed" else "done"

    def account_numbered(self, number: int) -> Account | None:
        """The account of that number."""
        return self._lending.look(lambda accounts: accounts.numbered(number) if 1 <= number <= len(accounts) else None)

    def order(self, end_to_end: str) -> OrderState | None:
        """The order of ours with that id."""
        found = self._look(lambda books: books.orders.get(end_to_end))
        state = self._states.get(end_to_end)
        if found is None or state is None:
            return found
        return msgspec.structs.replace(found, state=state)

    def payment(self, end_to_end: str) -> Payment | None:
        """The payment that came with that id and has not come back."""
        if end_to_end in self._payments:
            return self._payments[end_to_end]
        return self._look(lambda books: books.payments.get(end_to_end))

    def _look(self, see: Callable[[BankBooks], T]) -> T:
        with self._book.lock:
            return see(self._book.now)
