"""A scorecard as tables: find the bin, add its weight.

The same bin gives the margin (exact weights) and the points (as printed, perhaps rounded). Contributions are measured
from the mean weight over the training rows, by the counts of the bins; they sum to margin minus expected margin.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from tandem.decide.models.documents import Bin, Scorecard, ScorecardInput
from tandem.decide.models.tables import Lookup, Tables, Term

__all__ = ["scorecard_tables"]


def scorecard_tables(document: Scorecard) -> Tables:
    """The tables of a checked scorecard."""
    binned = [_binned(one) for one in document.inputs]
    expected = document.intercept
    for _, mean in binned:
        expected += mean
    return Tables(
        inputs=tuple(one.name for one in document.inputs),
        reasons=tuple(one.reason for one in document.inputs),
        terms=tuple(term for term, _ in binned),
        intercept=document.intercept,
        expected=expected,
        base_points=document.base_points,
    )


def _binned(one: ScorecardInput) -> tuple[Term, float]:
    """The term of an input and its mean weight; places are regular bins, special ones, missing, unknown."""
    unknown = one.missing if one.unknown is None else one.unknown
    bins: tuple[Bin, ...] = (*one.bins, *(special.bin for special in one.specials), one.missing, unknown)
    codes = None
    if one.type == "categorical":
        codes = {text: float(code) for code, group in enumerate(one.groups) for text in group}
    lookup = Lookup(
        missing=len(bins) - 2,
        unknown=len(bins) - 1,
        edges=one.edges,
        codes=codes,
        specials={value: len(one.bins) + at for at, each in enumerate(one.specials) for value in each.values},
    )
    weights = [one.coefficient * each.woe for each in bins]
    mean = _mean(weights, [each.count for each in bins], shared_unknown=one.unknown is None)
    return Term(lookup, weights, [weight - mean for weight in weights], [each.points for each in bins]), mean


def _mean(weights: Sequence[float], counts: Sequence[int], *, shared_unknown: bool) -> float:
    if shared_unknown:  # the unknown bin is the missing bin: count its rows once
        weights, counts = weights[:-1], counts[:-1]
    rows = sum(counts)
    if rows == 0:
        return 0.0
    return math.fsum(weight * (count / rows) for weight, count in zip(weights, counts, strict=True))
