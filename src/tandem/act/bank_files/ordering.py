"""Which payments to order: what was drawn and not paid out, what falls due and may be collected. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal, TypeAlias

import msgspec

from tandem.act.bank_files.changes import Sent
from tandem.act.bank_files.folding import BankBooks, State
from tandem.act.bank_files.pain_writing import Mandate, Order, OrderKind
from tandem.act.bank_files.references import order_id
from tandem.act.bank_files.types import PartyAccount
from tandem.act.lending import Account, AccountId, Accounts, OutOfOrder
from tandem.act.products import Day

__all__ = ["Left", "Orders", "Wanted", "changed_since", "orders_again", "orders_of"]


class Wanted(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the money of an account goes to or comes from, as the lender has it.

    Of what a program orders nothing of this is kept; of what a person proposes it is, sealed, so that another one sees what
    they agree to.

    Attributes:
        plan: only this one; None: every plan of the account.
        mandate: what may be collected under; needed to collect.
    """

    account_id: str
    party: PartyAccount
    plan: str | None = None
    mandate: Mandate | None = None


Why: TypeAlias = Literal[
    "unknown_account",
    "other_currency",
    "proposed",
    "under_way",
    "done",
    "nothing_due",
    "written_off",
    "no_mandate",
    "later_movement",
    "drawn_elsewhere",
    "not_open",
]


class Left(msgspec.Struct, frozen=True, kw_only=True):
    """What was wanted and not ordered, and why."""

    account: str
    plan: str | None
    why: Why


class Orders(msgspec.Struct, frozen=True, kw_only=True):
    """What to order, and what was left."""

    orders: list[Order]
    left: list[Left]


def orders_of(
    kind: OrderKind, wanted: Sequence[Wanted], accounts: Accounts, books: BankBooks, currency: str, on: Day
) -> Orders:
    """What to order of ``wanted``. What falls due is what is owed at the end of day ``on``, if an instalment is due that day."""
    orders: dict[str, Order] = {}
    left = []
    for one in wanted:
        account = accounts.get(one.account_id)
        if account is None or (one.plan is not None and one.plan not in account.draws):
            left.append(Left(account=one.account_id, plan=one.plan, why="unknown_account"))
            continue
        if account.currency != currency:
            left.append(Left(account=one.account_id, plan=one.plan, why="other_currency"))
            continue
        for plan in account.draws if one.plan is None else (one.plan,):
            found = _payout(account, plan, one, books) if kind == "payout" else _debit(account, plan, one, books, on)
            if isinstance(found, str):
                left.append(Left(account=one.account_id, plan=plan, why=found))
            else:
                orders[found.end_to_end] = found
    return Orders(orders=list(orders.values()), left=left)


def orders_again(sent: Sent, wanted: Iterable[Wanted]) -> Orders:
    """The orders of a file that was made before, with the parties as they are given now."""
    parties = {(one.account_id, one.plan): one for one in wanted}
    orders = []
    for one in sent.orders:
        party = parties.get((one.account, one.plan)) or parties.get((one.account, None))
        if party is not None:
            orders.append(_ordered(one.end_to_end, one.account, one.plan, one.amount_minor, party))
    return Orders(orders=orders, left=[])


def changed_since(sent: Sent, accounts: Accounts, books: BankBooks) -> list[str]:
    """Which orders of a proposed file would not be made so any more, by end-to-end id.

    The account is another one by now, or the money moved some other way.
    """
    changed = []
    for one in sent.orders:
        account, state = accounts.get(one.account), books.orders[one.end_to_end]
        if account is None or one.plan not in account.draws or state.state != "proposed":
            changed.append(one.end_to_end)
            continue
        now = _to_pay(account, one.plan) if sent.kind == "payout" else _to_collect(account, one.plan, sent.on)
        if now != one.amount_minor:
            changed.append(one.end_to_end)
    return changed


def _payout(account: Account, plan: str, wanted: Wanted, books: BankBooks) -> Order | Why:
    return _order(account, plan, "PO", _to_pay(account, plan), wanted, books)


def _debit(account: Account, plan: str, wanted: Wanted, books: BankBooks, on: Day) -> Order | Why:
    if wanted.mandate is None:
        return "no_mandate"
    due = _to_collect(account, plan, on)
    return due if isinstance(due, str) else _order(account, plan, f"D{on}", due, wanted, books)


def _to_pay(account: Account, plan: str) -> int | Why:
    draw = account.draws[plan]
    if draw.elsewhere:
        return "drawn_elsewhere"
    return draw.plan.terms.principal_minor if account.state == "open" else "not_open"


def _to_collect(account: Account, plan: str, on: Day) -> int | Why:
    standing = account.draws[plan].plan
    if standing.lost:
        return "written_off"
    try:
        then = standing.on(on)
    except OutOfOrder:
        return "later_movement"
    due = then.standing().due
    if not due or all(line.span.due != on for line in then.lines):
        return "nothing_due"
    return due


_STANDS: Final[Mapping[State, Why]] = {"proposed": "proposed", "sent": "under_way", "done": "done"}
"""What is not ordered again as long as its last attempt stands so."""


def _order(
    account: Account, plan: str, purpose: str, amount: int | Why, wanted: Wanted, books: BankBooks
) -> Order | Why:
    attempts = list(books.attempts(order_id(account.number, plan, purpose)))
    if attempts and (why := _STANDS.get(attempts[-1].state)) is not None:
        return why
    if isinstance(amount, str):
        return amount
    end_to_end = order_id(account.number, plan, purpose, len(attempts) + 1)
    return _ordered(end_to_end, account.account_id, plan, amount, wanted)


def _ordered(end_to_end: str, account: AccountId, plan: str, amount: int, wanted: Wanted) -> Order:
    return Order(
        end_to_end=end_to_end,
        account=account,
        plan=plan,
        amount_minor=amount,
        party=wanted.party,
        words=end_to_end.partition("-")[0],
        mandate=wanted.mandate,
    )
