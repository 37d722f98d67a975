"""From those with an outcome and those without to weighted rows, as one method assumes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit

from tandem.kernel.errors import InvalidInput
from tandem.learn.rejects.methods import RejectMethod, RejectSpec
from tandem.learn.rejects.weighted import Scorer, fit_weighted
from tandem.learn.training import FloatArray, Frame, IntArray, fit_logistic

__all__ = ["FEWEST_EXPLORED", "Inferred", "Labelled", "drawn", "infer"]

FEWEST_EXPLORED = 30
"""Fewer explored rows, or fewer than five of either outcome among them, and weights of 1 / chance say nothing."""
_FEWEST_OF_EACH = 5


@dataclass(frozen=True)
class Labelled:
    """Rows with an outcome.

    Attributes:
        bad: 1 or 0 per row.
        propensity: chance with which a row that would be declined was let through; NaN for those accepted as ever.
    """

    frame: Frame
    bad: FloatArray
    propensity: FloatArray

    @property
    def explored(self) -> IntArray:
        """Places of the rows that chance let through."""
        return np.flatnonzero(~np.isnan(self.propensity))


@dataclass(frozen=True)
class Inferred:
    """What a method makes of it.

    Attributes:
        score: the model it leads to.
        chance: the chance of bad that it gives each declined row; NaN where it says nothing of them.
        weight: of how many rows the declined part consists, in rows of the accepted.
    """

    method: RejectMethod
    score: Scorer
    chance: FloatArray
    weight: float


def infer(method: RejectMethod, labelled: Labelled, pool: Frame, spec: RejectSpec, base: Scorer) -> Inferred:
    """The model that ``method`` leads to.

    Args:
        pool: the labelled rows, and behind them those that were declined.
        base: fitted on those with an outcome alone, each with weight 1.

    Raises:
        InvalidInput: exploration is asked for, and too few were let through by chance.
    """
    declined = pool.take(np.arange(labelled.bad.size, pool.rows))
    nothing = np.full(declined.rows, np.nan)
    if method is RejectMethod.NONE:
        return Inferred(method, base, nothing, 0.0)
    if method is RejectMethod.EXPLORATION:
        return _explored(labelled, declined, spec)
    if method in {RejectMethod.FUZZY, RejectMethod.CORRECTED}:
        chance = base(declined) if method is RejectMethod.FUZZY else _corrected(labelled, declined, base)
        bad = np.concatenate([np.ones(declined.rows), np.zeros(declined.rows)])
        weight = np.clip(np.concatenate([chance, 1 - chance]), 1e-9, None)
        twice = np.tile(np.arange(declined.rows), 2)
        return Inferred(method, _fitted(labelled, pool, twice, bad, weight, spec), chance, float(declined.rows))
    chance = (
        _hard(base(declined)) if method is RejectMethod.EXTRAPOLATION else _parcelled(labelled, declined, spec, base)
    )
    bad = drawn(chance, spec.seed)
    scorer = _fitted(labelled, pool, np.arange(declined.rows), bad, np.ones(declined.rows), spec)
    return Inferred(method, scorer, chance, float(declined.rows))


def drawn(chance: FloatArray, seed: int) -> FloatArray:
    """An outcome per row with that chance of bad; the same for the same seed."""
    return (np.random.default_rng(seed).random(chance.size) < chance).astype(np.float64)


def _fitted(
    labelled: Labelled, pool: Frame, declined: IntArray, bad: FloatArray, weight: FloatArray, spec: RejectSpec
) -> Scorer:
    """Fitted on the labelled rows, and on those at places ``declined`` behind them as if they were ``bad``."""
    count = labelled.bad.size
    rows = np.concatenate([np.arange(count), count + declined])
    return fit_weighted(
        spec.learner,
        pool.take(rows),
        np.concatenate([labelled.bad, bad]),
        np.concatenate([np.ones(count), weight]),
        rows,
        spec.seed,
    )


def _explored(labelled: Labelled, declined: Frame, spec: RejectSpec) -> Inferred:
    _check_explored(labelled, RejectMethod.EXPLORATION)
    weight = np.where(np.isnan(labelled.propensity), 1.0, 1.0 / labelled.propensity)
    scorer = fit_weighted(spec.learner, labelled.frame, labelled.bad, weight, np.arange(weight.size), spec.seed)
    return Inferred(RejectMethod.EXPLORATION, scorer, scorer(declined), float(weight[labelled.explored].sum()))


def _corrected(labelled: Labelled, declined: Frame, base: Scorer) -> FloatArray:
    """The chance by the model of the accepted, moved and stretched to what was seen of those whom chance let through."""
    _check_explored(labelled, RejectMethod.CORRECTED)
    places = labelled.explored
    seen, weight = labelled.bad[places], 1.0 / labelled.propensity[places]
    margin = logit(base(labelled.frame.take(places)))
    line = fit_logistic(margin[:, None], seen, ridge=1e-3, nonnegative=True, weight=weight * places.size / weight.sum())
    chance: FloatArray = expit(line.log_odds(logit(base(declined))[:, None]))
    return chance


def _check_explored(labelled: Labelled, method: RejectMethod) -> None:
    bad = labelled.bad[labelled.explored]
    fewest = min(float(bad.sum()), float(bad.size - bad.sum()))
    if bad.size < FEWEST_EXPLORED or fewest < _FEWEST_OF_EACH:
        raise InvalidInput(
            f"Only {bad.size} rows were let through by chance, {int(bad.sum())} of them bad.",
            code="too_few_explored",
            field="rejects",
            value=str(method),
            hint="let a small share of the declined through with a split, build the set with --explored STAGE:ARM, and wait",
        )


def _hard(chance: FloatArray) -> FloatArray:
    """1 for the riskiest rows, as many as are expected to be bad; 0 for the rest."""
    count = round(float(chance.sum()))
    hard = np.zeros(chance.size)
    hard[np.argsort(-chance, kind="stable")[:count]] = 1.0
    return hard


def _parcelled(labelled: Labelled, declined: Frame, spec: RejectSpec, base: Scorer) -> FloatArray:
    """The bad rate of the accepted in each band of the score, times the factor."""
    accepted = np.isnan(labelled.propensity)
    score, bad = base(labelled.frame)[accepted], labelled.bad[accepted]
    edges = np.unique(np.quantile(score, np.linspace(0, 1, spec.bands + 1)[1:-1]))
    band = np.searchsorted(edges, score, side="right")
    counts = np.bincount(band, minlength=edges.size + 1)
    bads = np.bincount(band, weights=bad, minlength=edges.size + 1)
    rate = np.where(counts > 0, bads / np.maximum(counts, 1), bad.mean())
    chance: FloatArray = np.minimum(1.0, spec.factor * rate[np.searchsorted(edges, base(declined), side="right")])
    return chance
