"""How sure a score is of one applicant: which answers cannot be ruled out, and between what a probability lies.

Both take scores of rows whose outcome is known and that the model did not learn from, and promise something of the next row drawn
alike, whatever the model and however wrong it is:

* ``review_band``: label-conditional (Mondrian) conformal prediction (Vovk, Gammerman and Shafer 2005, ch. 4). Of the bads at most
  ``error`` are ruled out as bad, of the goods at most ``error`` as good. Where neither answer can be ruled out a person should look;
  where both are, the row is like nothing seen, and a person should look as well.
* ``venn_abers``: two isotonic regressions, one with the row added as good and one as bad (Vovk and Petej 2014): an interval of
  probabilities one of which is calibrated. It is wide where there was little to learn from.

With out-of-fold scores of a model that is refitted on all rows the promise is approximate (cross-conformal; Vovk 2015).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray, IntArray

__all__ = ["BandFigures", "ProbabilityIntervals", "ReviewBand", "band_figures", "review_band", "venn_abers"]

_GROUPS = 300


@dataclass(frozen=True, slots=True)
class ReviewBand:
    """Log-odds between which a score decides nothing.

    Attributes:
        error: share of each outcome that may be ruled out wrongly.
        bad_from: below it "bad" is ruled out; good_to: above it "good" is. The band lies between the two, whichever is lower.
    """

    error: float
    bad_from: float
    good_to: float

    @property
    def low(self) -> float:
        """Below it a row is cleared."""
        return min(self.bad_from, self.good_to)

    @property
    def high(self) -> float:
        """Above it a row is held bad."""
        return max(self.bad_from, self.good_to)


@dataclass(frozen=True, slots=True)
class BandFigures:
    """What a band did on rows that it did not come from.

    Attributes:
        error: that was allowed.
        goods_kept, bads_kept: share of each outcome that was not ruled out; at least ``1 - error`` was promised.
        to_review, cleared, held: share of rows in the band, below and above.
        bad_rate_cleared, bad_rate_review, bad_rate_held: bad rate in each; None where it is empty.
        low, high: the band, as probabilities.
    """

    error: float
    low: float
    high: float
    goods_kept: float
    bads_kept: float
    to_review: float
    cleared: float
    held: float
    bad_rate_cleared: float | None
    bad_rate_review: float | None
    bad_rate_held: float | None


@dataclass(frozen=True, slots=True)
class ProbabilityIntervals:
    """Probability intervals by log-odds: group i holds ``edges[i-1] < log-odds <= edges[i]``, the ends are open."""

    edges: FloatArray
    low: FloatArray
    high: FloatArray

    def of(self, log_odds: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Lower and upper probability per row."""
        group = np.searchsorted(self.edges, log_odds, side="left")
        return self.low[group], self.high[group]


def review_band(bad: FloatArray, log_odds: FloatArray, error: float) -> ReviewBand:
    """The band of calibration rows ``log_odds`` with outcome ``bad``.

    Raises:
        InvalidInput: ``error`` is not between 0 and 0.5, or there are too few rows of an outcome to promise it.
    """
    if not 0 < error < 0.5:
        raise InvalidInput("Outside 0 to 0.5.", code="out_of_range", field="error", value=error, hint="0.1 is usual")
    bads, goods = np.sort(log_odds[bad > 0.5]), np.sort(log_odds[bad <= 0.5])
    return ReviewBand(error, float(-_threshold(-bads[::-1], error)), float(_threshold(goods, error)))


def _threshold(ordered: FloatArray, error: float) -> float:
    """The value above which at most ``error`` of the next draws fall: the ceil((1 - error)(n + 1))-th smallest."""
    place = int(np.ceil((1 - error) * (ordered.size + 1)))
    if place > ordered.size:
        raise InvalidInput(
            f"{ordered.size} rows of an outcome are too few for this.",
            code="too_few_outcomes",
            field="error",
            value=error,
            hint=f"at least {int(np.ceil(1 / error)) - 1} are needed",
        )
    return float(ordered[place - 1])


def band_figures(band: ReviewBand, bad: FloatArray, log_odds: FloatArray) -> BandFigures:
    """What ``band`` does to rows ``log_odds`` with outcome ``bad``."""
    bads = bad > 0.5
    cleared, held = log_odds < band.low, log_odds > band.high
    review = ~(cleared | held)

    def rate(rows: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float | None:
        return float(bad[rows].mean()) if rows.any() else None

    return BandFigures(
        error=band.error,
        low=float(1 / (1 + np.exp(-band.low))),
        high=float(1 / (1 + np.exp(-band.high))),
        goods_kept=float((log_odds[~bads] <= band.good_to).mean()),
        bads_kept=float((log_odds[bads] >= band.bad_from).mean()),
        to_review=float(review.mean()),
        cleared=float(cleared.mean()),
        held=float(held.mean()),
        bad_rate_cleared=rate(cleared),
        bad_rate_review=rate(review),
        bad_rate_held=rate(held),
    )


def venn_abers(bad: FloatArray, log_odds: FloatArray) -> ProbabilityIntervals:
    """The intervals of calibration rows ``log_odds`` with outcome ``bad``, over at most 300 groups of equal size."""
    edges = _edges(log_odds)
    group = np.searchsorted(edges, log_odds, side="left")
    weight, bads = _sums(group, np.ones(bad.size), edges.size + 1), _sums(group, bad, edges.size + 1)
    return ProbabilityIntervals(edges, _with_one_more(weight, bads, 0.0), _with_one_more(weight, bads, 1.0))


def _edges(log_odds: FloatArray) -> FloatArray:
    """The last value of every group but the last; equal values are never parted."""
    ordered = np.sort(log_odds)
    groups = min(_GROUPS, ordered.size)
    last = np.arange(1, groups) * ordered.size // groups - 1
    found = np.unique(ordered[last])
    return np.asarray(found[found < ordered[-1]], dtype=np.float64)


def _sums(group: IntArray, values: FloatArray, count: int) -> FloatArray:
    return np.asarray(np.bincount(group, weights=values, minlength=count), dtype=np.float64)


def _with_one_more(weight: FloatArray, bads: FloatArray, outcome: float) -> FloatArray:
    """The isotonic value of each group when one row of ``outcome`` is added to it."""
    from scipy.optimize import isotonic_regression  # a third of a second of every start of the server and of every run

    result = np.empty(weight.size)
    for place in range(weight.size):
        more, worse = weight.copy(), bads.copy()
        more[place] += 1
        worse[place] += outcome
        result[place] = isotonic_regression(worse / np.maximum(more, 1e-12), weights=more).x[place]
    return result
