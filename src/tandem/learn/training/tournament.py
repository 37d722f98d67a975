"""Which model family wins, by out-of-fold evidence on the training rows alone.

The rule, in full. Every candidate is judged by the AUC of its out-of-fold log-odds. The candidates in order of
simplicity are scorecard, LightGBM, blend. The one with the highest AUC wins, except that

* a simpler one within ``TIE`` of it wins instead, and
* with at most ``SMALL`` training rows LightGBM alone wins only where its AUC is above the best of the others with a paired
  95 % interval that excludes zero: an early-stopped booster on a thousand rows is too often lucky.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import (
    BoostedMix,
    BoostingSettings,
    BoostingTrial,
    boosting_presets,
    mix_trials,
    try_boosting,
)
from tandem.learn.training.calibrating import Platt, fit_platt
from tandem.learn.training.frame import Frame
from tandem.learn.training.metrics import AucDifference, auc, auc_difference, log_loss
from tandem.learn.training.scorecard import ScorecardSettings, fit_scorecard
from tandem.learn.training.spec import Family, TrainSpec

__all__ = ["SMALL", "TIE", "Candidate", "Choice", "choose_champion", "run_tournament"]

SMALL = 10_000
TIE = 0.0005
_WEIGHTS = tuple(k / 10 for k in range(1, 10))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A family, what its inner folds said, and how its margin becomes a probability.

    Attributes:
        family: which.
        margin: out-of-fold log-odds per training row, before calibration.
        platt: the calibrator fitted on them.
        auc, log_loss: out of fold, after calibration.
        detail: what was chosen: settings, rounds or weight, in words.
    """

    family: Family
    margin: FloatArray
    platt: Platt
    auc: float
    log_loss: float
    detail: str

    @property
    def log_odds(self) -> FloatArray:
        """Calibrated out-of-fold log-odds."""
        return self.platt.apply(self.margin)


@dataclass(frozen=True, slots=True)
class Choice:
    """The outcome of the tournament.

    ``boosting`` is None without LightGBM; ``scorecard_weight`` is the scorecard's share of the blend.
    """

    candidates: tuple[Candidate, ...]
    champion: Family
    why: str
    boosting: BoostedMix | None
    trials: tuple[BoostingTrial, ...]
    scorecard_weight: float | None
    comparisons: tuple[tuple[Family, Family, AucDifference], ...]

    def candidate(self, family: Family) -> Candidate:
        """The candidate of a family."""
        return next(c for c in self.candidates if c.family == family)


def run_tournament(
    frame: Frame,
    bad: FloatArray,
    folds: tuple[tuple[IntArray, IntArray], ...],
    spec: TrainSpec,
    scorecard: ScorecardSettings,
    monotone: tuple[int, ...],
) -> Choice:
    """Run every family of ``spec`` through the inner ``folds`` and choose."""
    candidates: list[Candidate] = []
    trials: tuple[BoostingTrial, ...] = ()
    mix = weight = None
    if "scorecard" in spec.families:
        margin = _scorecard_margin(frame, bad, folds, scorecard)
        candidates.append(_candidate("scorecard", margin, bad, "binned, signed"))
    if "lightgbm" in spec.families:
        trials = _boosting_trials(frame, bad, folds, spec, monotone)
        mix = mix_trials(trials, bad)
        candidates.append(_candidate("lightgbm", mix.margin, bad, mix.detail))
    if "blend" in spec.families and len(candidates) == 2:
        weight, margin = _blend(candidates[0], candidates[1], bad)
        candidates.append(_candidate("blend", margin, bad, f"scorecard {weight:.1f}, lightgbm {1 - weight:.1f}"))
    champion, why, comparisons = choose_champion(candidates, bad)
    return Choice(
        candidates=tuple(candidates),
        champion=champion,
        why=why,
        boosting=mix,
        trials=trials,
        scorecard_weight=weight,
        comparisons=comparisons,
    )


def choose_champion(
    candidates: list[Candidate], bad: FloatArray
) -> tuple[Family, str, tuple[tuple[Family, Family, AucDifference], ...]]:
    """The champion by the rule at the top, why, and every paired comparison."""
    order: tuple[Family, ...] = ("scorecard", "lightgbm", "blend")
    ranked = sorted(candidates, key=lambda c: order.index(c.family))
    comparisons = tuple(
        (a.family, b.family, auc_difference(bad, a.log_odds, b.log_odds))
        for place, a in enumerate(ranked)
        for b in ranked[place + 1 :]
    )
    eligible, note = _eligible(ranked, bad)
    best = max(eligible, key=lambda c: c.auc)
    chosen = next((c for c in eligible if best.auc - c.auc <= TIE), best)
    if chosen is best:
        why = f"highest out-of-fold AUC of those eligible, {best.auc:.4f}"
    else:
        why = f"out-of-fold AUC {chosen.auc:.4f}, within {TIE} of the best and simpler"
    return chosen.family, why + note, comparisons


def _eligible(ranked: list[Candidate], bad: FloatArray) -> tuple[list[Candidate], str]:
    """Those who may win, and a note where LightGBM alone may not."""
    boosting = next((c for c in ranked if c.family == "lightgbm"), None)
    rivals = [c for c in ranked if c.family != "lightgbm"]
    if boosting is None or not rivals or bad.size > SMALL:
        return ranked, ""
    rival = max(rivals, key=lambda c: c.auc)
    lead = auc_difference(bad, boosting.log_odds, rival.log_odds)
    if lead.low > 0:
        return ranked, ""
    return rivals, f"; on {bad.size} rows LightGBM alone does not win without a clear lead ({lead.value:+.4f})"


def _candidate(family: Family, margin: FloatArray, bad: FloatArray, detail: str) -> Candidate:
    platt = fit_platt(margin, bad)
    calibrated = platt.apply(margin)
    probability = 1 / (1 + np.exp(-calibrated))
    return Candidate(family, margin, platt, auc(bad, margin), log_loss(bad, probability), detail)


def _scorecard_margin(
    frame: Frame, bad: FloatArray, folds: tuple[tuple[IntArray, IntArray], ...], settings: ScorecardSettings
) -> FloatArray:
    margin = np.empty(bad.size)
    for train, valid in folds:
        margin[valid] = fit_scorecard(frame.take(train), bad[train], settings).margin(frame.take(valid))
    return margin


def _boosting_trials(
    frame: Frame,
    bad: FloatArray,
    folds: tuple[tuple[IntArray, IntArray], ...],
    spec: TrainSpec,
    monotone: tuple[int, ...],
) -> tuple[BoostingTrial, ...]:
    matrix = frame.matrix()

    def attempt(settings: BoostingSettings) -> BoostingTrial:
        return try_boosting(matrix, bad, folds, settings, seed=spec.seed, monotone=monotone)

    with ThreadPoolExecutor(spec.threads) as pool:
        return tuple(pool.map(attempt, boosting_presets(spec.preset, bad.size)))


def _blend(scorecard: Candidate, boosting: Candidate, bad: FloatArray) -> tuple[float, FloatArray]:
    """The scorecard's weight, of tenths, with least out-of-fold log-loss; and the mixed log-odds."""

    def mixed(weight: float) -> FloatArray:
        result: FloatArray = weight * scorecard.log_odds + (1 - weight) * boosting.log_odds
        return result

    weight = min(_WEIGHTS, key=lambda w: log_loss(bad, 1 / (1 + np.exp(-mixed(w)))))
    return weight, mixed(weight)
