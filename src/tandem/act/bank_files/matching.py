"""From a movement of a bank account to what it is about: pure.

Nothing is guessed. Money goes to a plan only by a reference that checks, a return only to the payment that it names; whatever
else it may be is said, and waits for a person.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

import msgspec

from tandem.act.bank_files.changes import Outcome
from tandem.act.bank_files.folding import OrderState, Payment
from tandem.act.bank_files.references import Reference, find_references, tag_of
from tandem.act.bank_files.types import Transaction
from tandem.act.lending import Account, LedgerAccount, Posting

__all__ = ["Known", "Match", "match", "postings_of"]


class Known(Protocol):
    """What is known when a movement comes."""

    def account_numbered(self, number: int) -> Account | None:
        """The account of that number."""
        ...

    def order(self, end_to_end: str) -> OrderState | None:
        """The order of ours with that id."""
        ...

    def payment(self, end_to_end: str) -> Payment | None:
        """The payment that came with that id and has not come back."""
        ...


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """What a movement is about.

    Attributes:
        why: of what is unmatched, a code.
        payment: of a return, what came back.
    """

    outcome: Outcome
    account: Account | None = None
    plan: str | None = None
    why: str | None = None
    payment: Payment | None = None


def match(one: Transaction, known: Known) -> Match:
    """What ``one`` is about."""
    order = None if one.end_to_end is None else known.order(one.end_to_end)
    if order is not None and not order.went_out:  # whoever moved this money had no order of ours
        order = None
    if one.returned is not None or one.reversal:
        return _returned(one, order, known)
    if not one.incoming:
        if order is None or order.kind != "payout":
            return Match(outcome="unmatched", why="unknown_debit")
        if (order.order.amount_minor, order.currency) != (one.amount_minor, one.currency):
            return Match(outcome="unmatched", why="amount_differs", plan=order.order.plan)
        if order.state in {"done", "returned"}:
            return Match(outcome="unmatched", why="paid_out_twice", plan=order.order.plan)
        return Match(outcome="cleared", plan=order.order.plan)
    return _incoming(one, order, known)


def _returned(one: Transaction, order: OrderState | None, known: Known) -> Match:
    if one.incoming:
        if order is not None and order.kind == "payout":
            return Match(outcome="unmatched", why="payout_returned", plan=order.order.plan)
        return Match(outcome="unmatched", why="unknown_return")
    payment = None if one.end_to_end is None else known.payment(one.end_to_end)
    if payment is None:
        return Match(outcome="unmatched", why="unknown_return")
    if payment.amount_minor != one.amount_minor:
        return Match(outcome="unmatched", why="amount_differs", plan=payment.plan, payment=payment)
    return Match(outcome="reversed", plan=payment.plan, payment=payment)


def _incoming(one: Transaction, order: OrderState | None, known: Known) -> Match:
    found = _led_to(one.references, known)
    if isinstance(found, str):
        return Match(outcome="unmatched", why=found)
    account, plan = found
    led = Match(outcome="unmatched", account=account, plan=plan)
    if account.currency != one.currency:
        return msgspec.structs.replace(led, why="other_currency")
    if order is not None and order.order.amount_minor != one.amount_minor:
        return msgspec.structs.replace(led, why="amount_differs")
    if order is not None and order.state == "done":
        return msgspec.structs.replace(led, why="collected_twice")
    standing = account.draws[plan].plan
    if standing.closed and not standing.lost:
        return msgspec.structs.replace(led, why="nothing_owed")
    return msgspec.structs.replace(led, outcome="matched")


def _led_to(references: Iterable[str], known: Known) -> tuple[Account, str] | str:
    """The account and the plan that references lead to, or why they lead nowhere."""
    found: dict[Reference, None] = {}
    for text in references:
        found.update(dict.fromkeys(find_references(text)))
    if len(found) != 1:
        return "several_references" if found else "no_reference"
    (reference,) = found
    account = known.account_numbered(reference.number)
    if account is None:
        return "unknown_reference"
    plan = next((name for name in account.draws if tag_of(name) == reference.tag), None)
    return "unknown_reference" if plan is None else (account, plan)


def postings_of(one: Transaction, outcome: Outcome) -> tuple[Posting, ...]:
    """What a movement posts beside what the account it is about posts itself; so the cash of both is the bank's."""
    found = []
    cash, amount = LedgerAccount.CASH, one.amount_minor
    if outcome == "cleared":
        found.append(Posting(LedgerAccount.PAYOUTS, cash, amount))
    elif outcome == "unmatched" and one.incoming:
        found.append(Posting(cash, LedgerAccount.SUSPENSE, amount))
    elif outcome == "unmatched":
        found.append(Posting(LedgerAccount.SUSPENSE, cash, amount))
    if one.charges_minor > 0:
        found.append(Posting(LedgerAccount.BANK_CHARGES, cash, one.charges_minor))
    elif one.charges_minor < 0:
        found.append(Posting(cash, LedgerAccount.BANK_CHARGES, -one.charges_minor))
    return tuple(one for one in found if one.amount_minor)
