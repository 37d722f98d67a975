"""What can happen to a plan. Each fact has the day it counts from, which may lie before the day we heard of it."""

from __future__ import annotations

from typing import TypeAlias

import msgspec

from tandem.act.products import Component, Day, Instalment, ScheduleRule

__all__ = ["Fact", "FellDue", "Paid", "PlanTerms", "Refunded", "Rescheduled", "Returned", "Waived", "WrittenOff"]


class PlanTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was agreed for one draw: all that follows is counted from this, whatever becomes of the product.

    Attributes:
        drawn_on: the day the money went out.
        rate_bps: a year.
        order: what a payment pays first, within the oldest instalment that is due.
        overdue_bps_per_day: of the overdue principal, from the due date on where the grace days have passed.
        early_fee_bps: of the principal that is paid early.
        fees_to_come: whether fees of periods that have not begun are owed when all is paid early.
        fewer: after part was paid early there are fewer instalments, else lower ones.
    """

    principal_minor: int
    drawn_on: Day
    rate_bps: int
    rule: ScheduleRule
    instalments: tuple[Instalment, ...]
    order: tuple[Component, ...] = ("fee", "penalty", "interest", "principal")
    overdue_bps_per_day: int = 0
    grace_days: int = 0
    early_fee_bps: int = 0
    fees_to_come: bool = False
    fewer: bool = False


class _Fact(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="fact"):
    day: Day


class Paid(_Fact, frozen=True, tag="paid", kw_only=True, omit_defaults=True):
    """The customer paid. ``early``: what is left after everything due repays principal now, else it waits."""

    amount_minor: int
    early: bool = False


class Refunded(_Fact, frozen=True, tag="refunded", kw_only=True, omit_defaults=True):
    """The merchant gave back all or part of the purchase; it repays early, without a fee."""

    amount_minor: int


class Returned(_Fact, frozen=True, tag="returned", kw_only=True, omit_defaults=True):
    """Money of the customer's that waited was paid back to them."""

    amount_minor: int


class Waived(_Fact, frozen=True, tag="waived", kw_only=True, omit_defaults=True):
    """The lender gave up some of what is due, oldest first; ``rest``: everything that is still owed."""

    fee_minor: int = 0
    penalty_minor: int = 0
    interest_minor: int = 0
    rest: bool = False


class Rescheduled(_Fact, frozen=True, tag="rescheduled", kw_only=True, omit_defaults=True):
    """All that is owed, interest and fees too, became the principal of a new schedule."""

    count: int
    rate_bps: int


class FellDue(_Fact, frozen=True, tag="fell_due", kw_only=True, omit_defaults=True):
    """What waited met what fell due on that day. It would have anyhow; with this the books say so."""


class WrittenOff(_Fact, frozen=True, tag="written_off", kw_only=True, omit_defaults=True):
    """What is owed is not expected any more; what still comes is a recovery."""


Fact: TypeAlias = Paid | Refunded | Returned | Waived | Rescheduled | FellDue | WrittenOff
