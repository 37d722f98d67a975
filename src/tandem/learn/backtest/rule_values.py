"""What each rule is worth, from its hits: alone, beside the others, and as time goes by."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any, Final

import numpy as np

from tandem.learn.backtest.batches import Flags, Ints
from tandem.learn.backtest.counting import Counter
from tandem.learn.backtest.ledger import month_of
from tandem.learn.backtest.report import MonthHits, RuleOverlap, RuleValue
from tandem.learn.backtest.rule_hits import HitsSeen
from tandem.learn.effect import EffectRate, rate_of

__all__ = ["overlap_of", "rule_values"]

_PAIRS_MAX: Final = 400
_ADVERSE: Final = ("decline", "review")


def rule_values(counter: Counter, seen: Mapping[str, HitsSeen]) -> tuple[RuleValue, ...]:
    """One line a rule that declines or reviews, the one that alone saves or stops most first."""
    rows = {rule: _compared(counter, one.rows()) for rule, one in seen.items() if one.effect in _ADVERSE}
    masks = {rule: _mask(counter, one) for rule, one in rows.items()}
    found = [_value(counter, rule, seen[rule], rows[rule], masks) for rule in rows]
    return tuple(sorted(found, key=_worth))


def overlap_of(counter: Counter, seen: Mapping[str, HitsSeen]) -> tuple[RuleOverlap, ...]:
    """Pairs of rules that fired together, the most alike first; at most 400.

    What stands behind a stop was never asked, so it overlaps with nothing before it.
    """
    rows = {rule: _compared(counter, one.rows()) for rule, one in seen.items() if one.effect in _ADVERSE}
    names = sorted(rule for rule, one in rows.items() if len(one))
    found = []
    for at, rule in enumerate(names):
        for other in names[at + 1 :]:
            both = len(np.intersect1d(rows[rule], rows[other], assume_unique=True))
            if both:
                either = len(rows[rule]) + len(rows[other]) - both
                found.append(RuleOverlap(rule=rule, other=other, both=both, jaccard=both / either))
    return tuple(sorted(found, key=lambda one: (-one.jaccard, one.rule, one.other))[:_PAIRS_MAX])


def _value(counter: Counter, rule: str, seen: HitsSeen, rows: Ints, masks: Mapping[str, Flags]) -> RuleValue:
    months, trend = _decay(counter, rows)
    found: dict[str, Any] = {
        "rule": rule,
        "effect": seen.effect,
        "hits": counter.group(masks[rule]),
        "covered_by": tuple(
            sorted(other for other, mask in masks.items() if other != rule and len(rows) and mask[rows].all())
        ),
        "months": months,
        **trend,
    }
    if seen.why_not is not None:
        return RuleValue(**found, alone=None, why_not=seen.why_not)
    alone, changed = _alone(counter, seen)
    group = counter.group(alone)
    if counter.price is not None and counter.with_amounts:
        found["saved_minor"] = 0 if group.loss is None else group.loss.amount_minor
        found["forgone_minor"] = 0 if group.margin is None else group.margin.amount_minor
    return RuleValue(**found, alone=group, changed=changed, redundant=bool(len(rows)) and changed == 0)


def _alone(counter: Counter, seen: HitsSeen) -> tuple[Flags, int]:
    """Decisions that become better without the rule, and how many change at all."""
    mask = np.zeros(len(counter.ledger), dtype=bool)
    if not seen.decided_again:
        return mask, 0
    rows, outcomes = np.concatenate(seen.decided_again), np.concatenate(seen.without)
    with_it = counter.ledger.after[rows]
    known = counter.ledger.both[rows] & (outcomes >= 0)
    mask[rows[known & (outcomes > with_it)]] = True
    return mask, int((known & (outcomes != with_it)).sum())


def _decay(counter: Counter, rows: Ints) -> tuple[tuple[MonthHits, ...], dict[str, float]]:
    months = month_of(counter.ledger.occurred_at[rows])
    bad = counter.ledger.bad[rows]
    found = []
    for month in np.unique(months).tolist():
        mine = bad[months == month]
        precision = rate_of(int((mine == 1).sum()), int((mine >= 0).sum()))
        found.append(MonthHits(month=str(np.datetime64(month, "M")), hits=len(mine), precision=precision))
    return tuple(found), _trend(months, bad)


def _trend(months: Ints, bad: Ints) -> dict[str, float]:
    """Change of precision between the two halves of the months, with the 95 % interval of a difference of shares.

    Newcombe, R. G. (1998). Interval estimation for the difference between independent proportions. Statistics in Medicine
    17, 873-890, method 10: from the two Wilson intervals.
    """
    if not len(months) or months.min() == months.max():
        return {}
    middle = (int(months.min()) + int(months.max()) + 1) / 2
    one, two = (_precision(bad[half]) for half in (months < middle, months >= middle))
    if one.share is None or two.share is None:
        return {}
    assert one.low is not None and one.high is not None and two.low is not None and two.high is not None  # noqa: PT018
    change = two.share - one.share
    return {
        "trend": change,
        "trend_low": change - sqrt((two.share - two.low) ** 2 + (one.high - one.share) ** 2),
        "trend_high": change + sqrt((two.high - two.share) ** 2 + (one.share - one.low) ** 2),
    }


def _precision(bad: Ints) -> EffectRate:
    return rate_of(int((bad == 1).sum()), int((bad >= 0).sum()))


def _compared(counter: Counter, rows: Ints) -> Ints:
    return rows[counter.ledger.both[rows]]


def _mask(counter: Counter, rows: Ints) -> Flags:
    mask = np.zeros(len(counter.ledger), dtype=bool)
    mask[rows] = True
    return mask


def _worth(value: RuleValue) -> tuple[int, int, str]:
    saved = (value.saved_minor or 0) - (value.forgone_minor or 0)
    return -saved, -(0 if value.alone is None else value.alone.count), value.rule
