"""What accounts may lose, as columns: each instalment with its month, what is overdue, what may still be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from tandem.act.lending import NEVER, Account, Plan, Rescheduled
from tandem.act.products import Day
from tandem.act.provisions.expected_loss import MONTHS, Exposures
from tandem.act.provisions.rules import ProvisionRules
from tandem.act.provisions.staging import LONG_AGO

__all__ = ["Book", "exposed"]

_MONTH: Final = 365 / 12


class Book(NamedTuple):
    """All accounts as they are on a day.

    Attributes:
        numbers, late, forborne, gross, lgd: of each account: its number, days past due, the day of its newest new
            schedule, what is owed in minor units, the share that is lost at default.
        currencies: of each account. opened_by: the decision that approved it, None if none; ids: its id.
    """

    numbers: np.ndarray
    late: np.ndarray
    forborne: np.ndarray
    gross: np.ndarray
    lgd: np.ndarray
    currencies: list[str]
    opened_by: list[str | None]
    ids: list[str]
    exposures: Exposures


def exposed(accounts: Iterable[Account], day: Day, rules: ProvisionRules) -> Book:
    """``accounts`` as columns at the end of ``day``; of one that something happened to later, by then."""
    numbers, late, forborne, gross, lgd = [], [], [], [], []
    currencies, opened_by, ids = [], [], []
    lines: list[tuple[int, float, int, int, bool]] = []
    flows: list[tuple[list[float], list[float]]] = []
    for place, account in enumerate(accounts):
        owed, rate_of = 0, -1
        for draw in account.draws.values():
            plan = draw.plan.on(max(day, draw.plan.day))
            if plan.closed:
                continue
            rate_of = len(flows)
            flows.append(_flows(plan))
            owed += _add_lines(lines, place, plan, rate_of)
        undrawn = account.available_minor * rules.ccf_bps / 10_000
        if undrawn:
            lines.append((place, undrawn, rules.revolving_months, rate_of, False))
        numbers.append(account.number)
        late.append(max(day - account.oldest_due(), 0) if account.oldest_due() != NEVER else 0)
        forborne.append(_forborne(account))
        gross.append(owed)
        lgd.append(rules.lgd.of(account.product))
        currencies.append(account.currency)
        opened_by.append(None if account.decision is None else str(account.decision))
        ids.append(str(account.account_id))
    rates = np.append(_yearly_rates(flows), 0.0)  # the last one, at -1, is of a limit that was never drawn
    columns = list(zip(*lines, strict=True)) if lines else [(), (), (), (), ()]
    return Book(
        numbers=np.asarray(numbers, dtype=np.int64),
        late=np.asarray(late, dtype=np.int32),
        forborne=np.asarray(forborne, dtype=np.int32),
        gross=np.asarray(gross, dtype=np.int64),
        lgd=np.asarray(lgd, dtype=np.float64),
        currencies=currencies,
        opened_by=opened_by,
        ids=ids,
        exposures=Exposures(
            account=np.asarray(columns[0], dtype=np.int64),
            amount=np.asarray(columns[1], dtype=np.float64),
            months=np.asarray(columns[2], dtype=np.int64),
            rate=rates[np.asarray(columns[3], dtype=np.int64)],
            drawn=np.asarray(columns[4], dtype=np.bool_),
        ),
    )


def _add_lines(lines: list[tuple[int, float, int, int, bool]], place: int, plan: Plan, rate_of: int) -> int:
    """Add what is owed on ``plan``; how much that is, in minor units.

    What is overdue, and interest so far, is owed until all is paid, or else until it would be in default.
    """
    owed, day = plan.standing(), plan.day
    last = MONTHS // 4
    for line in plan.lines:
        if line.span.due <= day or not line.principal:
            continue
        months = max(int(np.ceil((line.span.due - day) / _MONTH)), 1)
        last = max(last, months)
        lines.append((place, float(line.principal), months, rate_of, True))
    rest = owed.due + owed.accrued
    if rest:
        lines.append((place, float(rest), last, rate_of, True))
    return owed.to_come + rest


def _forborne(account: Account) -> Day:
    days = (
        fact.day for draw in account.draws.values() for fact in draw.facts.values() if isinstance(fact, Rescheduled)
    )
    return max(days, default=LONG_AGO)


def _flows(plan: Plan) -> tuple[list[float], list[float]]:
    """What was agreed to be paid per unit lent, and after how many years."""
    terms = plan.terms
    principal = terms.principal_minor
    return (
        [one.amount_minor / principal for one in terms.instalments],
        [max(one.due - terms.drawn_on, 1) / 365 for one in terms.instalments],
    )


def _yearly_rates(flows: list[tuple[list[float], list[float]]]) -> np.ndarray:
    """The effective yearly rate of each plan's own flows, fees in; all of them at once, by Newton's method."""
    if not flows:
        return np.zeros(0)
    sizes = np.asarray([len(paid) for paid, _ in flows])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    paid = np.concatenate([np.asarray(paid) for paid, _ in flows])
    years = np.concatenate([np.asarray(when) for _, when in flows])
    of = np.repeat(np.arange(len(flows)), sizes)
    rates = np.full(len(flows), 0.1)
    for _ in range(60):
        values = paid * np.power(1.0 + rates[of], -years)
        off = np.add.reduceat(values, starts) - 1.0
        slope = np.add.reduceat(-years * values / (1.0 + rates[of]), starts)
        step = np.where(slope < 0, off / np.where(slope < 0, slope, -1.0), 0.0)
        rates = np.clip(rates - step, -0.5, 1_000.0)
        if np.max(np.abs(step)) < 1e-12:
            break
    found: np.ndarray = np.maximum(rates, 0.0)
    return found
