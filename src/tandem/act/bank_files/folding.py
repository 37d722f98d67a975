"""What stands between us and the bank: orders that are under way, items nobody could place, files that were taken, and books."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, TypeAlias

import msgspec

from tandem.act.bank_files.changes import (
    Agreed,
    Assigned,
    BankChange,
    Declined,
    FileTaken,
    ItemTaken,
    Ordered,
    PartyKept,
    Sent,
    StatusTaken,
)
from tandem.act.bank_files.pain_writing import OrderKind
from tandem.act.lending import AccountId, LedgerAccount, Posting
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

__all__ = ["BankBooks", "Item", "OrderState", "Payment", "Standing", "State"]

State: TypeAlias = Literal["proposed", "declined", "sent", "rejected", "done", "returned"]
Standing: TypeAlias = Literal["proposed", "agreed", "declined"]
"""Of a file. What a program orders is agreed as it is made."""


class OrderState(msgspec.Struct, kw_only=True):
    """An order and how it stands. ``status``, ``reason``: what the bank said last."""

    kind: OrderKind
    order: Ordered
    currency: str
    message_id: str
    state: State = "sent"
    status: str | None = None
    reason: str | None = None

    @property
    def went_out(self) -> bool:
        """Whether the bank can have it from us."""
        return self.state not in {"proposed", "declined"}


class Payment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment that was matched and may come back."""

    account: AccountId
    plan: str
    fact_id: str
    amount_minor: int


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """An item that waits for a person. ``seq``: where its record stands; what is sealed in it is read from there."""

    seq: int
    at: Micros
    taken: ItemTaken


class BankBooks:
    """The fold of all changes.

    Attributes:
        orders: by end-to-end id. sent: files of them, by key, oldest first; sent_at: when each was made.
        answers: what another person said of a proposed file, and when, by message id. parties: where it is sealed who an
            order of a proposed file is about, by key of the file and end-to-end id.
        open: unmatched items, by id, oldest first. payments: that may come back, by end-to-end id.
        ledger: by currency, what was posted here; debits above zero.
    """

    def __init__(self) -> None:
        self.orders: dict[str, OrderState] = {}
        self.sent: dict[str, Sent] = {}
        self.sent_at: dict[str, Micros] = {}
        self.answers: dict[str, tuple[Micros, Agreed | Declined]] = {}
        self.parties: dict[tuple[str, str], int] = {}
        self.open: dict[str, Item] = {}
        self.payments: dict[str, Payment] = {}
        self.files: dict[Digest, tuple[Micros, FileTaken]] = {}
        self.ledger: dict[str, dict[LedgerAccount, int]] = {}
        self._keys: dict[str, str] = {}
        self._messages: dict[tuple[str, str], Digest] = {}
        self._seen: set[bytes] = set()
        self._alike: dict[bytes, Digest] = {}

    def knows(self, item: str) -> bool:
        """Whether an item was taken before."""
        return bytes.fromhex(item) in self._seen

    def alike(self, name: str, file: Digest) -> bool:
        """Whether something like this was taken from another file."""
        return self._alike.get(bytes.fromhex(name), file) != file

    def file_of(self, version: str, message_id: str) -> Digest | None:
        """The digest of the file that was taken with this message id."""
        return self._messages.get((version[:8], message_id))

    def file(self, message_id: str) -> Sent | None:
        """The file of orders with this message id."""
        key = self._keys.get(message_id)
        return None if key is None else self.sent[key]

    def standing(self, sent: Sent) -> Standing:
        """Whether a file may go out."""
        if not sent.proposed:
            return "agreed"
        answer = self.answers.get(sent.message_id)
        if answer is None:
            return "proposed"
        return "agreed" if isinstance(answer[1], Agreed) else "declined"

    def attempts(self, prefix: str) -> Iterator[OrderState]:
        """Orders of one plan and purpose, by attempt."""
        attempt = 1
        while (found := self.orders.get(prefix if attempt == 1 else f"{prefix}-{attempt}")) is not None:
            yield found
            attempt += 1

    def apply(self, change: BankChange, seq: int, at: Micros) -> None:
        """Take in ``change``.

        Raises:
            IntegrityError: it is about what never was.
        """
        if isinstance(change, Sent):
            self._order(change, at)
        elif isinstance(change, PartyKept):
            self.parties[change.key, change.end_to_end] = seq
        elif isinstance(change, Agreed | Declined):
            self._answer(change, seq, at)
        elif isinstance(change, ItemTaken):
            self._take(change, seq, at)
        elif isinstance(change, Assigned):
            self._assign(change, seq)
        elif isinstance(change, StatusTaken):
            order_state = self.orders.get(change.end_to_end)
            if order_state is not None and order_state.went_out:
                order_state.status, order_state.reason = change.status, change.reason
                if change.status == "RJCT" and order_state.state == "sent":
                    order_state.state = "rejected"
        else:
            self.files[change.file] = at, change
            self._messages[change.version[:8], change.message_id] = change.file

    def _order(self, change: Sent, at: Micros) -> None:
        self.sent[change.key], self.sent_at[change.key] = change, at
        self._keys[change.message_id] = change.key
        for order in change.orders:
            self.orders[order.end_to_end] = OrderState(
                kind=change.kind,
                order=order,
                currency=change.currency,
                message_id=change.message_id,
                state="proposed" if change.proposed else "sent",
            )

    def _answer(self, change: Agreed | Declined, seq: int, at: Micros) -> None:
        sent = self.file(change.message_id)
        if sent is None:
            raise IntegrityError("There is no such file of orders.", code="unknown_order_file", at=f"record {seq}")
        self.answers[change.message_id] = at, change
        for order in sent.orders:
            state = self.orders[order.end_to_end]
            if state.state == "proposed":
                state.state = "sent" if isinstance(change, Agreed) else "declined"

    def _assign(self, change: Assigned, seq: int) -> None:
        found = self.open.pop(change.item, None)
        if found is None:
            raise IntegrityError("What was assigned does not wait.", code="unknown_item", at=f"record {seq}")
        if change.to == "payout" and found.taken.end_to_end in self.orders:
            self.orders[found.taken.end_to_end].state = "done"
        self._post(found.taken.currency, change.posted)

    def _take(self, change: ItemTaken, seq: int, at: Micros) -> None:
        self._seen.add(bytes.fromhex(change.item))
        self._alike.setdefault(bytes.fromhex(change.alike), change.file)
        self._post(change.currency, change.posted)
        order = None if change.end_to_end is None else self.orders.get(change.end_to_end)
        if change.outcome == "unmatched":
            self.open[change.item] = Item(seq=seq, at=at, taken=change)
            if change.returned is not None and order is not None and order.went_out:
                order.state = "returned"
            return
        if order is not None:
            order.state = "returned" if change.outcome == "reversed" else "done"
        if change.end_to_end is None or change.account is None or change.plan is None or change.fact_id is None:
            return
        if change.outcome == "matched":
            self.payments[change.end_to_end] = Payment(
                account=change.account, plan=change.plan, fact_id=change.fact_id, amount_minor=change.amount_minor
            )
        elif change.outcome == "reversed":
            self.payments.pop(change.end_to_end, None)

    def _post(self, currency: str, posted: tuple[Posting, ...]) -> None:
        book = self.ledger.setdefault(currency, {})
        for one in posted:
            book[one.debit] = book.get(one.debit, 0) + one.amount_minor
            book[one.credit] = book.get(one.credit, 0) - one.amount_minor
