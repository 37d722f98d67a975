"""Which model family wins, by out-of-fold evidence on the training rows alone.

The rule, in full. Every candidate is judged by the AUC of its out-of-fold log-odds. The candidates in order of
simplicity are scorecard, logistic regression, explainable boosting machine, LightGBM, XGBoost, CatBoost, tabular network, blend. The one with
the highest AUC wins, except that

* a simpler one within ``TIE`` of it wins instead, and
* with at most ``SMALL`` training rows boosted trees or a network alone win only where their AUC is above the best of the others
  with a paired 95 % interval that excludes zero: what is stopped early on a thousand rows is too often lucky.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.boosting import (
    BoostedMix,
    BoostingLimits,
    BoostingSettings,
    BoostingTrial,
    mix_trials,
)
from tandem.learn.training.calibrating import Platt, fit_platt
from tandem.learn.training.engine import Engine
from tandem.learn.training.engines import engine_of
from tandem.learn.training.frame import Frame
from tandem.learn.training.interactions import pairs_apart
from tandem.learn.training.linear import try_linear
from tandem.learn.training.machine import fit_machine, machine_settings
from tandem.learn.training.metrics import AucDifference, auc, auc_difference, log_loss
from tandem.learn.training.network import fit_network, network_settings
from tandem.learn.training.scorecard import ScorecardSettings, fit_scorecard
from tandem.learn.training.spec import BOOSTED, ORDER, BoostedFamily, Family, TrainSpec
from tandem.learn.training.telling import Told, TrainingStep, silent
from tandem.learn.training.tuning import Search, tuned_trial

__all__ = ["SMALL", "TIE", "Arena", "Candidate", "Choice", "choose_champion", "run_tournament"]

SMALL = 10_000
TIE = 0.0005
_LUCKY: Final[dict[Family, str]] = {
    "lightgbm": "LightGBM",
    "xgboost": "XGBoost",
    "catboost": "CatBoost",
    "network": "a network",
}
"""Stopped early, and so too often lucky on few rows."""
_PARTS = 10
"""A blend's weights are whole tenths."""


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

    ``ridge`` is that of the logistic regression, None where it did not compete; ``boosting`` holds the boosters of each family of boosted trees; ``shares`` are the families in the blend and their
    weights, none without one.
    """

    candidates: tuple[Candidate, ...]
    champion: Family
    why: str
    boosting: Mapping[BoostedFamily, BoostedMix]
    ridge: float | None
    trials: tuple[BoostingTrial, ...]
    shares: tuple[tuple[Family, float], ...]
    comparisons: tuple[tuple[Family, Family, AucDifference], ...]

    def candidate(self, family: Family) -> Candidate:
        """The candidate of a family."""
        return next(c for c in self.candidates if c.family == family)


@dataclass(frozen=True, slots=True)
class Arena:
    """What every family is run on: the training rows, their folds, and what models are held to.

    ``instants`` say when each row was, where there is a time column; ``told`` hears how far it is.
    """

    frame: Frame
    bad: FloatArray
    folds: tuple[tuple[IntArray, IntArray], ...]
    scorecard: ScorecardSettings
    limits: BoostingLimits
    instants: IntArray | None = None
    told: Told = silent

    def tell(self, family: Family, done: int, total: int) -> None:
        """Say that ``done`` of ``total`` parts of a family's trial are over."""
        self.told(TrainingStep(stage="choosing", family=family, done=done, total=total))


def run_tournament(arena: Arena, spec: TrainSpec) -> Choice:
    """Run every family of ``spec`` through the inner folds and choose."""
    bad = arena.bad
    candidates: list[Candidate] = []
    trials: tuple[BoostingTrial, ...] = ()
    boosting: dict[BoostedFamily, BoostedMix] = {}
    lines = None
    if "scorecard" in spec.families:
        candidates.append(_candidate("scorecard", _scorecard_margin(arena), bad, "binned, signed"))
        _through(arena, candidates[-1])
    if "logistic" in spec.families:
        lines = try_linear(arena.frame, bad, arena.folds, arena.limits.monotone)
        candidates.append(_candidate("logistic", lines.margin, bad, f"lines, signed, ridge {lines.ridge:g}"))
        _through(arena, candidates[-1])
    if "ebm" in spec.families:
        settings = machine_settings(spec.preset)
        detail = (
            f"{settings.outer_bags} bags, {settings.max_bins} bins, {settings.pairs(len(arena.frame.columns))} pairs"
        )
        candidates.append(_candidate("ebm", _machine_margin(arena, spec), bad, detail))
        _through(arena, candidates[-1])
    for family in BOOSTED:
        if family in spec.families:
            found = _boosting_trials(arena, spec, engine_of(family))
            trials += found
            boosting[family] = mix_trials(found, bad)
            candidates.append(_candidate(family, boosting[family].margin, bad, boosting[family].detail))
            _through(arena, candidates[-1])
    if "network" in spec.families:
        detail = network_settings(spec.preset).words
        candidates.append(_candidate("network", _network_margin(arena, spec), bad, detail))
        _through(arena, candidates[-1])
    shares: tuple[tuple[Family, float], ...] = ()
    if "blend" in spec.families and len(candidates) > 1:
        shares, margin = _blend(candidates, bad)
        detail = ", ".join(f"{family} {weight:.1f}" for family, weight in shares)
        candidates.append(_candidate("blend", margin, bad, detail))
        _through(arena, candidates[-1])
    champion, why, comparisons = choose_champion(candidates, bad)
    return Choice(
        candidates=tuple(candidates),
        champion=champion,
        why=why,
        boosting=boosting,
        ridge=lines.ridge if lines is not None else None,
        trials=trials,
        shares=shares,
        comparisons=comparisons,
    )


def choose_champion(
    candidates: list[Candidate], bad: FloatArray
) -> tuple[Family, str, tuple[tuple[Family, Family, AucDifference], ...]]:
    """The champion by the rule at the top, why, and every paired comparison."""
    ranked = sorted(candidates, key=lambda c: ORDER.index(c.family))
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
    """Those who may win, and a note where a lucky one alone may not."""
    rivals = [c for c in ranked if c.family not in _LUCKY]
    if not rivals or bad.size > SMALL:
        return ranked, ""
    rival = max(rivals, key=lambda c: c.auc)
    note, held = "", set()
    for one in ranked:
        if one.family in _LUCKY:
            lead = auc_difference(bad, one.log_odds, rival.log_odds)
            if lead.low <= 0:
                held.add(one.family)
                name = _LUCKY[one.family]
                note += f"; on {bad.size} rows {name} alone does not win without a clear lead ({lead.value:+.4f})"
    return [c for c in ranked if c.family not in held], note


def _candidate(family: Family, margin: FloatArray, bad: FloatArray, detail: str) -> Candidate:
    platt = fit_platt(margin, bad)
    calibrated = platt.apply(margin)
    probability = 1 / (1 + np.exp(-calibrated))
    return Candidate(family, margin, platt, auc(bad, margin), log_loss(bad, probability), detail)


def _through(arena: Arena, candidate: Candidate) -> None:
    arena.told(TrainingStep(stage="choosing", family=candidate.family, done=1, auc=candidate.auc))


def _scorecard_margin(arena: Arena) -> FloatArray:
    margin = np.empty(arena.bad.size)
    for done, (train, valid) in enumerate(arena.folds):
        arena.tell("scorecard", done, len(arena.folds))
        fit = fit_scorecard(arena.frame.take(train), arena.bad[train], arena.scorecard)
        margin[valid] = fit.margin(arena.frame.take(valid))
    return margin


def _machine_margin(arena: Arena, spec: TrainSpec) -> FloatArray:
    settings = machine_settings(spec.preset)
    apart = pairs_apart(len(arena.frame.columns), arena.limits.together)

    def attempt(fold: tuple[IntArray, IntArray]) -> FloatArray:
        train, valid = fold
        rows, bad = arena.frame.take(train), arena.bad[train]
        fit = fit_machine(rows, bad, settings, seed=spec.seed, monotone=arena.limits.monotone, apart=apart)
        return fit.margin(arena.frame.take(valid))

    margin = np.empty(arena.bad.size)
    with ThreadPoolExecutor(spec.threads) as pool:
        for done, ((_, valid), found) in enumerate(zip(arena.folds, pool.map(attempt, arena.folds), strict=True)):
            arena.tell("ebm", done, len(arena.folds))
            margin[valid] = found
    return margin


def _network_margin(arena: Arena, spec: TrainSpec) -> FloatArray:
    settings = network_settings(spec.preset)
    margin = np.empty(arena.bad.size)
    # One after the other: torch draws from one stream of chance in a process.
    for done, (train, valid) in enumerate(arena.folds):
        arena.tell("network", done, len(arena.folds))
        fit = fit_network(arena.frame.take(train), arena.bad[train], settings, seed=spec.seed)
        margin[valid] = fit.margin(arena.frame.take(valid))
    return margin


def _boosting_trials(arena: Arena, spec: TrainSpec, engine: Engine) -> tuple[BoostingTrial, ...]:
    matrix, limits = arena.frame.matrix(), arena.limits
    presets = engine.presets(spec.preset, arena.bad.size)

    side_by_side = max(1, spec.threads // len(presets))

    def attempt(settings: BoostingSettings) -> BoostingTrial:
        return engine.attempt(
            matrix, arena.bad, arena.folds, settings, seed=spec.seed, limits=limits, threads=side_by_side
        )

    with ThreadPoolExecutor(spec.threads) as pool:
        trials: list[BoostingTrial] = []
        for trial in pool.map(attempt, presets):
            trials.append(trial)
            arena.tell(engine.family, len(trials), len(presets) + bool(spec.tune))
    if not spec.tune:
        return tuple(trials)
    search = Search(
        trials=spec.tune, start=presets[0], seed=spec.seed, limits=limits, engine=engine, threads=spec.threads
    )
    return (*trials, tuned_trial(matrix, arena.bad, arena.folds, search, arena.instants))


def _blend(candidates: Sequence[Candidate], bad: FloatArray) -> tuple[tuple[tuple[Family, float], ...], FloatArray]:
    """The weights, in tenths, with least out-of-fold log-loss, two families at least; and the mixed log-odds."""
    odds = [candidate.log_odds for candidate in candidates]

    def mixed(parts: Sequence[int]) -> FloatArray:
        total = np.zeros(bad.size)
        for part, each in zip(parts, odds, strict=True):
            total = total + part / _PARTS * each
        return total

    ways = [parts for parts in _ways(_PARTS, len(candidates)) if sum(part > 0 for part in parts) > 1]
    best = min(ways, key=lambda parts: log_loss(bad, 1 / (1 + np.exp(-mixed(parts)))))
    shares = tuple((one.family, part / _PARTS) for one, part in zip(candidates, best, strict=True) if part)
    return shares, mixed(best)


def _ways(parts: int, members: int) -> Iterator[tuple[int, ...]]:
    """Every way to share ``parts`` among ``members``."""
    if members == 1:
        yield (parts,)
        return
    for first in range(parts + 1):
        for rest in _ways(parts - first, members - 1):
            yield (first, *rest)
