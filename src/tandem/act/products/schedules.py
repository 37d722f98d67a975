"""What is due when: the schedule of a draw, to the minor unit.

Interest of a period is the balance times the rate times the part of a year, rounded once. An equal instalment is the
payment that would bring the balance to zero exactly, rounded once; what rounding leaves over is in the last one.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Final

import msgspec

from tandem.act.products.calendars import Day
from tandem.act.products.day_counts import part_of_year
from tandem.act.products.due_dates import Span, spans
from tandem.act.products.rounding import nearest
from tandem.act.products.types import ScheduleRule

__all__ = ["Instalment", "amortised", "equal_instalment", "scheduled"]

_YEAR_BPS: Final = 10_000
_EXACT: Final = Context(prec=50, rounding=ROUND_HALF_UP)


class Instalment(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One payment of a schedule; amounts in minor units.

    Attributes:
        number: from 1.
    """

    number: int
    span: Span
    principal_minor: int
    interest_minor: int
    fee_minor: int = 0

    @property
    def due(self) -> Day:
        """When it has to be paid."""
        return self.span.due

    @property
    def amount_minor(self) -> int:
        """All of it."""
        return self.principal_minor + self.interest_minor + self.fee_minor


def scheduled(
    rule: ScheduleRule,
    *,
    principal_minor: int,
    rate_bps: int,
    start: Day,
    count: int,
    fee_minor: int = 0,
    opening_fee_minor: int = 0,
) -> tuple[Instalment, ...]:
    """The schedule of a draw of ``principal_minor`` on day ``start`` in ``count`` instalments.

    Args:
        rate_bps: a year.
        fee_minor: with every instalment.
        opening_fee_minor: with the first one.
    """
    found = amortised(rule, spans(rule, start, count), principal_minor=principal_minor, rate_bps=rate_bps)
    if not fee_minor and not opening_fee_minor:
        return found
    return tuple(
        msgspec.structs.replace(one, fee_minor=fee_minor + (opening_fee_minor if one.number == 1 else 0))
        for one in found
    )


def amortised(
    rule: ScheduleRule, times: Sequence[Span], *, principal_minor: int, rate_bps: int, first_number: int = 1
) -> tuple[Instalment, ...]:
    """``principal_minor`` repaid over ``times``, which may be what is left of a schedule; no fees.

    The principal of all instalments is ``principal_minor``, none of them is below zero.
    """
    rates = [(rate_bps * part, _YEAR_BPS * whole) for part, whole in (part_of_year(rule, one) for one in times)]
    payment = equal_instalment(principal_minor, rates) if rule.method == "equal_instalment" else 0
    share = principal_minor // len(times)
    balance, found = principal_minor, []
    for number, (span, (part, whole)) in enumerate(zip(times, rates, strict=True)):
        interest = nearest(balance * part, whole)
        if number == len(times) - 1:
            principal = balance
        elif rule.method == "equal_instalment":
            principal = min(max(payment - interest, 0), balance)
        else:
            principal = _planned(rule, share, balance)
        found.append(Instalment(first_number + number, span, principal, interest))
        balance -= principal
    return tuple(found)


def _planned(rule: ScheduleRule, share: int, balance: int) -> int:
    """The principal of an instalment that is not the last, where it does not hang on the interest."""
    if rule.method == "equal_principal":
        return share
    if rule.method == "declining":
        assert rule.part_bps is not None, "a declining schedule says which part"
        return nearest(balance * rule.part_bps, _YEAR_BPS)
    return 0


def equal_instalment(principal_minor: int, rates: Sequence[tuple[int, int]]) -> int:
    """The payment that brings ``principal_minor`` to zero at these rates by period, rounded to a minor unit.

    Args:
        rates: of each period, as numerator and denominator.
    """
    factor, annuity = Decimal(1), Decimal(0)
    for part, whole in rates:
        factor = _EXACT.divide(_EXACT.multiply(factor, Decimal(whole)), Decimal(whole + part))
        annuity = _EXACT.add(annuity, factor)
    exact = _EXACT.divide(Decimal(principal_minor), annuity)
    return int(exact.to_integral_value(rounding=ROUND_HALF_UP))
