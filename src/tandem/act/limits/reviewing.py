"""A review drawn up: every account of a product sorted, forecast, guarded and chosen for, and what would move. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from tandem.act.lending import Account
from tandem.act.limits.changes import AT_ONCE, DrawnUp, Line, Listed, ReviewId, Totals
from tandem.act.limits.choosing import PortfolioBounds, choose, grouped
from tandem.act.limits.explaining import reasons_for
from tandem.act.limits.facts import facts_of, schema_of
from tandem.act.limits.forecasting import Behaviour, Forecast, forecast
from tandem.act.limits.guarding import Arms, allowed_steps, limits_after
from tandem.act.limits.sorting import Sorted, Sorter
from tandem.act.limits.types import LimitStrategy, SolverFacts
from tandem.act.products import AmountBounds, Day, Product
from tandem.act.trials import Arm
from tandem.kernel.identity import Digest
from tandem.kernel.values import Value

__all__ = ["Known", "drawn_up"]

_BPS = 10_000.0


class Known(NamedTuple):
    """What stands beside an account when it is looked at.

    Attributes:
        others: accounts of the same owner.
        risk, decided: what the newest decision about the owner said, and looked at.
        last: its last move; pending: whether an earlier review has something open with it.
    """

    others: Sequence[Account]
    risk: float | None
    decided: Mapping[str, Value]
    pending: bool


class _Looked(NamedTuple):
    account: Account
    stands: Sorted
    after: list[int]
    allowed: list[bool]
    arm: Arm


def drawn_up(
    review: ReviewId,
    strategy: LimitStrategy,
    terms: Digest,
    product: Product,
    accounts: Sequence[tuple[Account, Known]],
    day: Day,
    *,
    by: str,
) -> list[DrawnUp | Listed]:
    """The records of a review.

    Args:
        terms: digest of the strategy.
        accounts: the open and frozen ones of the product.

    Raises:
        Conflict: no choice keeps the constraints.
    """
    bounds = product.limit_minor
    assert bounds is not None, "a strategy is for a product with a limit; checked at its release"
    sorter, arms = Sorter(strategy, schema_of(strategy)), Arms(strategy)
    looked = [_look(strategy, sorter, arms, bounds, one, known, day) for one, known in accounts]
    if not looked:
        return [_nothing(review, strategy, terms, product, day, by)]
    found = _forecast(strategy, looked)
    chosen = choose(
        grouped(
            found,
            np.asarray([one.stands.band for one in looked], dtype=np.int64),
            np.asarray([one.stands.grade for one in looked], dtype=np.int64),
            np.asarray([one.allowed for one in looked], dtype=bool),
        ),
        _portfolio(strategy, looked),
        monotone=strategy.constraints.monotone,
    )
    lines = list(_lines(strategy, looked, found, chosen.steps.tolist()))
    head = DrawnUp(
        review=review, by=by, strategy=strategy.name, terms=terms, product=product.name, currency=product.currency,
        day=day, moving=len(lines), totals=_totals(strategy, looked, found, chosen.steps), solver=chosen.facts,
    )  # fmt: skip
    parts = range(0, len(lines), AT_ONCE)
    return [head, *(Listed(review=review, by=by, lines=tuple(lines[at : at + AT_ONCE])) for at in parts)]


def _look(
    strategy: LimitStrategy, sorter: Sorter, arms: Arms, bounds: AmountBounds, account: Account, known: Known, day: Day
) -> _Looked:
    stands = sorter.sort(facts_of(account, known.others, day, known.risk, known.decided))
    after, arm = limits_after(strategy, bounds, account.limit_minor or 0), arms.of(account.owner)
    allowed = allowed_steps(strategy, account, after, stands, day=day, arm=arm, pending=known.pending)
    return _Looked(account, stands, after, allowed, arm)


def _forecast(strategy: LimitStrategy, looked: Sequence[_Looked]) -> Forecast:
    bands = [strategy.bands[one.stands.band] for one in looked]

    def column(values: list[float]) -> np.ndarray:
        return np.asarray(values, dtype=np.float64)

    limit = column([float(one.account.limit_minor or 0) for one in looked])
    book = Behaviour(
        limit=limit,
        shown_limit=limit,
        balance=column([float(max(one.account.principal_minor, 0)) for one in looked]),
        pd=column([strategy.grades[one.stands.grade].pd for one in looked]),
        repaid=column([one.repaid for one in bands]),
        repaid_bad=column([one.repaid_bad for one in bands]),
        drawn=column([one.drawn for one in bands]),
        drawn_bad=column([one.drawn_bad for one in bands]),
    )
    frozen = np.asarray([one.freeze for one in strategy.steps], dtype=bool)
    limits = np.asarray([one.after for one in looked], dtype=np.float64)
    return forecast(book, limits, frozen, strategy.economics, strategy.response)


def _portfolio(strategy: LimitStrategy, looked: Sequence[_Looked]) -> PortfolioBounds:
    held = sum(one.account.limit_minor or 0 for one in looked)
    return PortfolioBounds(
        loss_share=strategy.constraints.loss_budget_bps / _BPS,
        limit_most=held * (1.0 + strategy.constraints.growth_bps / _BPS),
    )


def _lines(strategy: LimitStrategy, looked: Sequence[_Looked], found: Forecast, steps: Sequence[int]) -> Iterator[Line]:
    for at, (one, step) in enumerate(zip(looked, steps, strict=True)):
        if step == strategy.hold:
            continue
        grade, hold = strategy.grades[one.stands.grade], strategy.hold
        yield Line(
            account=one.account.account_id,
            step=strategy.steps[step].step,
            kind=strategy.steps[step].kind,
            from_minor=one.account.limit_minor or 0,
            to_minor=one.after[step],
            grade=grade.grade,
            band=strategy.bands[one.stands.band].band,
            pd=grade.pd,
            revenue_minor=round(float(found.revenue[at, step])),
            loss_minor=round(float(found.loss[at, step])),
            held_revenue_minor=round(float(found.revenue[at, hold])),
            held_loss_minor=round(float(found.loss[at, hold])),
            reasons=reasons_for(strategy, one.stands, step),
            most_minor=one.stands.affordable_minor,
        )


def _totals(strategy: LimitStrategy, looked: Sequence[_Looked], found: Forecast, steps: np.ndarray) -> Totals:
    every, hold = np.arange(len(looked)), strategy.hold

    def sums(amounts: np.ndarray) -> tuple[int, int]:
        return round(float(amounts[every, steps].sum())), round(float(amounts[:, hold].sum()))

    (limit, held_limit), (balance, held_balance) = sums(found.limit), sums(found.balance)
    (revenue, held_revenue), (loss, held_loss) = sums(found.revenue), sums(found.loss)
    counted = Counter(strategy.steps[step].step for step in steps.tolist())
    return Totals(
        accounts=len(looked), held_out=sum(one.arm == "held_out" for one in looked),
        limit_minor=limit, held_limit_minor=held_limit, balance_minor=balance, held_balance_minor=held_balance,
        revenue_minor=revenue, held_revenue_minor=held_revenue, loss_minor=loss, held_loss_minor=held_loss,
        steps={one.step: counted.get(one.step, 0) for one in strategy.steps},
    )  # fmt: skip


def _nothing(review: ReviewId, strategy: LimitStrategy, terms: Digest, product: Product, day: Day, by: str) -> DrawnUp:
    none = dict.fromkeys(
        ("accounts", "held_out", "limit_minor", "held_limit_minor", "balance_minor", "held_balance_minor",
         "revenue_minor", "held_revenue_minor", "loss_minor", "held_loss_minor"), 0,
    )  # fmt: skip
    return DrawnUp(
        review=review, by=by, strategy=strategy.name, terms=terms, product=product.name, currency=product.currency,
        day=day, moving=0, totals=Totals(**none, steps={one.step: 0 for one in strategy.steps}),
        solver=SolverFacts(method="integer", groups=0, value_minor=0, bound_minor=0, gap=0.0, seconds=0.0),
    )  # fmt: skip
