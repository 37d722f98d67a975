"""What an offer would be about: an amount, what it saves, the plan it could become. Counted from the account's own plans. Pure."""

from __future__ import annotations

import msgspec

from tandem.act.lending import Account
from tandem.act.offers.facts import payoff_minor
from tandem.act.offers.types import Into, Programme
from tandem.act.products import Day, OutsideProduct, Product, quote
from tandem.kernel.values import Row

__all__ = ["Plan", "Subject", "subject_of"]


class Plan(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A plan that an offer is about; what it costs in the end is decided and shown before it is signed.

    Attributes:
        first_minor: the first instalment at the product's own rate.
    """

    product: str
    term: int
    amount_minor: int
    first_minor: int


class Subject(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is at stake in an offer, in minor units.

    Attributes:
        stake_minor: what a customer would pay, or turn into a plan, if they do as it says.
        saving_minor: what that saves them.
        due: the day on which it falls due.
    """

    stake_minor: int
    saving_minor: int = 0
    due: Day | None = None
    plan: Plan | None = None


def subject_of(programme: Programme, account: Account, row: Row, day: Day, into: Product | None) -> Subject | str:
    """What ``programme`` would tell about ``account``, or the code of why there is nothing to tell.

    Args:
        row: the facts of the account on ``day``.
        into: the product of an instalment offer; None where it is not on the shelf.
    """
    if programme.kind == "reminder":
        next_minor, days = _whole(row["next_minor"]), row["days_to_due"]
        if days is None or next_minor <= 0:
            return "nothing_due"
        return Subject(stake_minor=next_minor, due=day + _whole(days))
    if programme.kind == "repayment_suggestion":
        saving = _whole(row["saving_minor"])
        return Subject(stake_minor=payoff_minor(account, day), saving_minor=saving) if saving > 0 else "nothing_saved"
    assert programme.into is not None, "an instalment offer says into what"
    plan = None if into is None else _plan(programme.into, into, account, row, day)
    return "no_such_plan" if plan is None else Subject(stake_minor=plan.amount_minor, plan=plan)


def _plan(wanted: Into, into: Product, account: Account, row: Row, day: Day) -> Plan | None:
    most = _whole(row["balance_minor" if wanted.of == "balance" else "purchase_minor"])
    amount = most // into.amount.step_minor * into.amount.step_minor
    if not into.sold or into.currency != account.currency or amount <= 0:
        return None
    try:
        quoted = quote(into, amount_minor=amount, term=wanted.term, on=day)
    except OutsideProduct:
        return None
    first = quoted.instalments[0]
    return Plan(
        product=into.name, term=wanted.term, amount_minor=amount,
        first_minor=first.principal_minor + first.interest_minor + first.fee_minor,
    )  # fmt: skip


def _whole(value: object) -> int:
    assert isinstance(value, int), "an amount or a number of days"
    return value
