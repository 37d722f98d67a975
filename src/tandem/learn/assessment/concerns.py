"""What whoever signs must have looked at: read off a report, in the order of weight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tandem.learn.assessment.population import Population
from tandem.learn.assessment.report import Capacity, Concern, Economics, Treated
from tandem.learn.backtest import BacktestReport

__all__ = ["FEWEST_DECISIONS", "concerns_of"]

FEWEST_DECISIONS: Final = 100
"""Under so many applications of the past there is no history to speak of."""
_FEWEST_KNOWN: Final = 30
_FOUR_FIFTHS: Final = 0.8
_PRICE_GAP_BPS: Final = 25
_UNDECIDABLE: Final = 0.2


def concerns_of(
    population: Population,
    economics: Economics,
    treated: tuple[Treated, ...],
    capacity: Capacity,
    backtest: BacktestReport,
) -> tuple[Concern, ...]:
    """What is against the product, then what makes the figures less certain."""
    found = [
        *_of_history(population, economics, backtest),
        *_of_money(population, economics),
        *_of_groups(treated),
        *_of_work(capacity),
    ]
    return tuple(sorted(found, key=lambda one: one.weight != "stop"))


def _of_history(population: Population, economics: Economics, backtest: BacktestReport) -> Iterator[Concern]:
    counted, known = backtest.honesty.compared, economics.known.counted
    if counted < FEWEST_DECISIONS:
        yield _stop(
            "little_history",
            f"Only {counted} applications of the past are for this product; {FEWEST_DECISIONS} would say something.",
            f"历史上只有 {counted} 笔申请适用该产品；至少需要 {FEWEST_DECISIONS} 笔才有说服力。",
        )
    if known < _FEWEST_KNOWN:
        yield _look(
            "few_known",
            f"Of only {known} it would approve is known how they turned out.",
            f"拟通过的申请中仅有 {known} 笔已知结果。",
        )
    if backtest.honesty.simulated:
        yield _look("simulated", "The outcomes are SIMULATED.", "结果为模拟数据。")
    undecided = population.decisions - population.outside - counted
    if population.decisions and undecided / population.decisions > _UNDECIDABLE:
        yield _look(
            "undecidable",
            f"{undecided} of {population.decisions} decisions cannot be taken again: what they need was not recorded.",
            f"{population.decisions} 笔中有 {undecided} 笔因缺少当时的数据而无法重新决策。",
        )
    if backtest.proof.differing:
        yield _stop(
            "unproved",
            f"{backtest.proof.differing} decisions drawn by seed come out otherwise one by one.",
            f"抽样逐笔复核时有 {backtest.proof.differing} 笔结果不一致。",
        )


def _of_money(population: Population, economics: Economics) -> Iterator[Concern]:
    expected = economics.expected
    if expected is not None and expected.counted:
        low, high = expected.net_low_minor, expected.net_high_minor
        if high is not None and high < 0:
            yield _stop("loses_money", "It loses money under these assumptions.", "在所列假设下该产品亏损。")
        elif expected.net_minor < 0 or (low is not None and low < 0):
            yield _look(
                "may_lose_money",
                "That it earns money is not shown: the interval of the margin reaches below zero.",
                "尚不能证明盈利：利润区间下限低于零。",
            )
    if population.rates_outside:
        yield _stop(
            "rates_outside",
            f"In {population.rates_outside} approvals the policy sets a rate that the product does not have: nobody could sign.",
            f"有 {population.rates_outside} 笔通过的申请，策略给出的利率不在产品范围内，客户无法签约。",
        )
    if population.amounts_outside:
        yield _look(
            "amounts_outside",
            f"In {population.amounts_outside} approvals the limit is below what the product lends at least.",
            f"有 {population.amounts_outside} 笔通过的申请额度低于产品的最低金额。",
        )


def _of_groups(treated: tuple[Treated, ...]) -> Iterator[Concern]:
    for table in treated:
        for one in table.groups:
            name = f"{table.by}: {one.label}"
            if one.ratio is not None and one.ratio < _FOUR_FIFTHS:
                sure = one.ratio_high is not None and one.ratio_high < 1.0
                en = f"{name} is approved {one.ratio:.2f} times as often as the group approved most often."
                zh = f"{name} 的通过率是通过率最高群体的 {one.ratio:.2f} 倍。"
                yield (_stop if sure else _look)("approved_less", en, zh)
            price = one.price
            if price is not None and price.above_low_bps > _PRICE_GAP_BPS:
                yield _look(
                    "pays_more",
                    f"{name} pays {price.above_bps / 100:.2f} percentage points a year more than the group that pays least.",
                    f"{name} 的年利率比最低群体高 {price.above_bps / 100:.2f} 个百分点。",
                )


def _of_work(capacity: Capacity) -> Iterator[Concern]:
    if capacity.people_needed > capacity.people:
        yield _look(
            "too_many_reviews",
            f"{capacity.reviews_a_day:.0f} cases a day need {capacity.people_needed:.1f} people; there are {capacity.people}.",
            f"每天约 {capacity.reviews_a_day:.0f} 件人工审核，需要 {capacity.people_needed:.1f} 人，现有 {capacity.people} 人。",
        )


def _stop(code: str, en: str, zh: str) -> Concern:
    return Concern(code=code, weight="stop", en=en, zh=zh)


def _look(code: str, en: str, zh: str) -> Concern:
    return Concern(code=code, weight="look", en=en, zh=zh)
