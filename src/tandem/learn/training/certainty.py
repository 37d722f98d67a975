"""How sure the champion is of one applicant, learned from out-of-fold scores and held against the test."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, Final

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.metrics import band_figures, review_band, venn_abers

__all__ = ["ERRORS", "certainty_of"]

ERRORS: Final = (0.05, 0.1, 0.2)
"""Shares of each outcome that a review band may rule out wrongly; the smaller, the more a person looks at."""

_TENTHS: Final = 10


def certainty_of(
    bad: FloatArray, out_of_fold: FloatArray, test_bad: FloatArray, test_log_odds: FloatArray
) -> dict[str, Any]:
    """Review bands and probability intervals of one model, as plain values.

    Args:
        bad, out_of_fold: outcomes and out-of-fold log-odds of training rows: what the bands and intervals come from.
        test_bad, test_log_odds: what they are held against.

    Returns:
        ``bands``: one per error for which there are outcomes enough; ``intervals``: per tenth of the test by score.
    """
    fewest = min(bad.sum(), bad.size - bad.sum())
    bands = [
        asdict(band_figures(review_band(bad, out_of_fold, error), test_bad, test_log_odds))
        for error in ERRORS
        if np.ceil((1 - error) * (fewest + 1)) <= fewest and 0 < test_bad.sum() < test_bad.size
    ]
    return {"bands": bands, "intervals": _intervals(bad, out_of_fold, test_bad, test_log_odds)}


def _intervals(
    bad: FloatArray, out_of_fold: FloatArray, test_bad: FloatArray, test_log_odds: FloatArray
) -> list[dict[str, float]]:
    low, high = venn_abers(bad, out_of_fold).of(test_log_odds)
    order = np.argsort(-test_log_odds, kind="stable")
    return [
        {
            "rows": int(part.size),
            "said": float(np.mean(1 / (1 + np.exp(-test_log_odds[part])))),
            "low": float(low[part].mean()),
            "high": float(high[part].mean()),
            "bad_rate": float(test_bad[part].mean()),
        }
        for part in np.array_split(order, min(_TENTHS, order.size))
    ]
