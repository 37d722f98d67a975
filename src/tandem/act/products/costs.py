"""What a draw costs, all of it: the table a customer reads before signing, and the flows its yearly rate follows from."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tandem.act.products.annual_rate import Measure, TimeBasis, internal_rate, stated_bps
from tandem.act.products.day_counts import part_of_year
from tandem.act.products.due_dates import Span
from tandem.act.products.schedules import Instalment
from tandem.act.products.types import ScheduleRule

__all__ = ["CostTable", "cost_table", "yearly_bps"]


class CostTable(msgspec.Struct, frozen=True, kw_only=True):
    """The price of a draw in words a customer knows.

    Attributes:
        principal_minor: what they get.
        interest_minor, fees_minor: what they pay beside it, if they pay when it is due.
        total_minor: everything they pay.
        effective_bps: the yearly rate of it, compounded, by months.
        nominal_bps: twelve times the monthly rate.
        effective_days_bps: compounded, by actual days of 365.
    """

    principal_minor: int
    interest_minor: int
    fees_minor: int
    total_minor: int
    effective_bps: float
    nominal_bps: float
    effective_days_bps: float


def cost_table(rule: ScheduleRule, instalments: Sequence[Instalment]) -> CostTable:
    """The costs of ``instalments`` if each is paid when due."""
    principal = sum(one.principal_minor for one in instalments)
    interest = sum(one.interest_minor for one in instalments)
    fees = sum(one.fee_minor for one in instalments)
    return CostTable(
        principal_minor=principal,
        interest_minor=interest,
        fees_minor=fees,
        total_minor=principal + interest + fees,
        effective_bps=yearly_bps(rule, instalments, "effective", "months"),
        nominal_bps=yearly_bps(rule, instalments, "nominal", "months"),
        effective_days_bps=yearly_bps(rule, instalments, "effective", "days"),
    )


def yearly_bps(rule: ScheduleRule, instalments: Sequence[Instalment], measure: Measure, basis: TimeBasis) -> float:
    """The yearly rate of ``instalments``, fees in, in basis points."""
    principal = sum(one.principal_minor for one in instalments)
    if principal == sum(one.amount_minor for one in instalments):
        return 0.0
    times = _years([one.span for one in instalments], rule, basis)
    paid = [(years, -one.amount_minor) for years, one in zip(times, instalments, strict=True)]
    return stated_bps(internal_rate([(0.0, principal), *paid]), measure)


def _years(times: Sequence[Span], rule: ScheduleRule, basis: TimeBasis) -> list[float]:
    """Years from the draw to the end of each period; by months, whatever interest is counted by."""
    if basis == "days":
        return [(one.due - times[0].starts) / 365 for one in times]
    by_periods, found, elapsed = msgspec.structs.replace(rule, day_count="periods"), [], 0.0
    for one in times:
        part, whole = part_of_year(by_periods, one)
        elapsed += part / whole
        found.append(elapsed)
    return found
