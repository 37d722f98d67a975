"""The figures of a group of decisions: each with its rows, its interval, its limit, and whether it is beyond it.

A limit depends on the rows: PSI on its own noise, rates on the noise of both sides, calibration on that of the outcomes. A
figure is beyond its limit only where chance does not explain it *and* practice cares.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
from scipy.special import betaincinv, logit, ndtri

from tandem.learn.gates import ChallengerLimits, ece_noise
from tandem.learn.monitoring.estimating import expected_auc, expected_bad_rate
from tandem.learn.monitoring.inputs import moved_inputs
from tandem.learn.monitoring.rows import WatchedRows
from tandem.learn.training import BoolArray, FloatArray, auc_interval, calibration, ks, psi_of_values

__all__ = ["Figure", "MonitorLimits", "figures_of"]

_FEWEST = 50


class MonitorLimits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits of monitoring.

    Attributes:
        chance: level of one comparison.
        psi_drift: PSI, of scores or of an input, below which nothing is called drift.
        share_jump: coverage and missing rates must also differ by so much.
        latency_ms: p95 of a decision.
        outcomes: bads and goods a figure of performance needs.
        challenger: limits of calibration, the same as of the gates.
    """

    chance: float = 0.001
    psi_drift: float = 0.1
    share_jump: float = 0.05
    latency_ms: float = 50.0
    outcomes: int = 20
    challenger: ChallengerLimits = ChallengerLimits()


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure.

    Attributes:
        name: ``coverage``, ``psi``, ``missing.<input>``, ``csi.<input>``, ``bad_rate``, ``bad_rate_estimated``, ``calibration_ratio``, ``ece``, ``auc``,
            ``ks``, ``auc_estimated``, ``auc_estimate_error``, ``latency_ms_p95``.
        n: rows behind it.
        value, low, high: with its 95 % interval, where there is one.
        limit: what it is held against; None for a figure that is only told.
        beyond: past its limit.
    """

    name: str
    n: int
    value: float
    low: float | None = None
    high: float | None = None
    limit: float | None = None
    beyond: bool = False


def figures_of(rows: WatchedRows, reference: WatchedRows, limits: MonitorLimits) -> tuple[Figure, ...]:
    """The figures of ``rows``; ``reference`` is the same model's earlier decisions."""
    if not rows.rows:
        return ()
    found = [_share("coverage", ~np.isnan(rows.probability), ~np.isnan(reference.probability), limits, falls=True)]
    found += [
        _share(f"missing.{name}", absent, reference.missing[name], limits, falls=False)
        for name, absent in sorted(rows.missing.items())
    ]
    scored, before = (one.probability[~np.isnan(one.probability)] for one in (rows, reference))
    if min(scored.size, before.size) >= _FEWEST:
        apart = psi_of_values(before, scored)
        limit = max(limits.psi_drift, apart.critical)
        found.append(Figure(name="psi", n=scored.size, value=apart.psi, limit=limit, beyond=apart.psi > limit))
    took = rows.took_us[~np.isnan(rows.took_us)] / 1000
    if took.size:
        value = float(np.quantile(took, 0.95))
        limit = limits.latency_ms
        found.append(Figure(name="latency_ms_p95", n=took.size, value=value, limit=limit, beyond=value > limit))
    found += [
        Figure(name=f"csi.{one.name}", n=one.rows, value=one.csi, limit=one.limit, beyond=one.csi > one.limit)
        for one in moved_inputs(rows, reference, drift=limits.psi_drift, chance=limits.chance, fewest=_FEWEST)
    ]
    found += _performance(rows, reference, limits)
    return tuple(found)


def _performance(rows: WatchedRows, reference: WatchedRows, limits: MonitorLimits) -> list[Figure]:
    judged = ~np.isnan(rows.bad) & ~np.isnan(rows.probability)
    bad, probability = rows.bad[judged], rows.probability[judged]
    found = []
    if bad.size:
        low, high = _exact(int(bad.sum()), bad.size)
        found.append(Figure(name="bad_rate", n=bad.size, value=float(bad.mean()), low=low, high=high))
    enough = bad.size > 0 and min(bad.sum(), bad.size - bad.sum()) >= limits.outcomes
    if enough:
        found += [*_calibration(bad, probability, limits), *_ranking(bad, probability)]
    known = ~np.isnan(reference.bad) & ~np.isnan(reference.probability)
    taken_at_its_word = _calibrated(reference.bad[known], reference.probability[known], limits)
    scored = rows.probability[~np.isnan(rows.probability)]
    if taken_at_its_word and scored.size >= _FEWEST and float(scored.std()) > 0:
        area, rate = expected_auc(scored), expected_bad_rate(scored)
        found.append(Figure(name="auc_estimated", n=scored.size, value=area.value, low=area.low, high=area.high))
        found.append(Figure(name="bad_rate_estimated", n=scored.size, value=rate.value, low=rate.low, high=rate.high))
        if enough:
            found.append(_checked(bad, probability))
    return found


def _checked(bad: FloatArray, probability: FloatArray) -> Figure:
    """The realised AUC against the one that was to be expected of the same rows."""
    expected, realised = expected_auc(probability), auc_interval(bad, probability)
    error = realised.value - expected.value
    limit = expected.high - expected.value
    return Figure(
        name="auc_estimate_error",
        n=bad.size,
        value=error,
        low=realised.low - expected.value,
        high=realised.high - expected.value,
        limit=limit,
        beyond=realised.high < expected.low,
    )


def _calibration(bad: FloatArray, probability: FloatArray, limits: MonitorLimits) -> list[Figure]:
    asked, figures = limits.challenger, calibration(bad, probability)
    noise = math.sqrt(float(np.sum(probability * (1 - probability)))) / float(bad.sum())
    reach = float(-ndtri(asked.spread / 2))
    ratio, limit = figures.ratio, asked.ratio_apart + reach * noise
    z = float(-ndtri(0.025))
    ece_limit = asked.ece_most + ece_noise(figures, reach)
    return [
        Figure(
            name="calibration_ratio",
            n=bad.size,
            value=ratio,
            low=ratio - z * noise,
            high=ratio + z * noise,
            limit=1 + math.copysign(limit, ratio - 1),
            beyond=abs(ratio - 1) > limit,
        ),
        Figure(name="ece", n=bad.size, value=figures.ece, limit=ece_limit, beyond=figures.ece > ece_limit),
    ]


def _calibrated(bad: FloatArray, probability: FloatArray, limits: MonitorLimits) -> bool:
    if not bad.size or min(bad.sum(), bad.size - bad.sum()) < limits.outcomes:
        return False
    return not any(one.beyond for one in _calibration(bad, probability, limits))


def _ranking(bad: FloatArray, probability: FloatArray) -> list[Figure]:
    area = auc_interval(bad, np.asarray(logit(np.clip(probability, 1e-12, 1 - 1e-12))))
    gap = ks(bad, probability)
    bads = float(bad.sum())
    # Dvoretzky, Kiefer and Wolfowitz (1956), with Massart's constant, for both distributions at half the level each.
    reach = sum(math.sqrt(math.log(4 / 0.05) / (2 * count)) for count in (bads, bad.size - bads))
    return [
        Figure(name="auc", n=bad.size, value=area.value, low=area.low, high=area.high),
        Figure(name="ks", n=bad.size, value=gap, low=max(0.0, gap - reach), high=min(1.0, gap + reach)),
    ]


def _share(name: str, now: BoolArray, before: BoolArray, limits: MonitorLimits, *, falls: bool) -> Figure:
    """A share against the reference's: beyond where it moved the bad way by more than both sides' noise and the jump."""
    hits, rows = int(now.sum()), int(now.size)
    low, high = _exact(hits, rows)
    value = hits / rows
    if not before.size:
        return Figure(name=name, n=rows, value=value, low=low, high=high)
    usual = (int(before.sum()) + 0.5) / (before.size + 1)
    noise = float(-ndtri(limits.chance)) * math.sqrt(usual * (1 - usual) * (1 / rows + 1 / before.size))
    apart = max(noise, limits.share_jump)
    limit = max(usual - apart, 0.0) if falls else min(usual + apart, 1.0)
    return Figure(
        name=name,
        n=rows,
        value=value,
        low=low,
        high=high,
        limit=limit,
        beyond=value < limit if falls else value > limit,
    )


def _exact(hits: int, rows: int) -> tuple[float, float]:
    """The 95 % interval of a share (Clopper and Pearson 1934)."""
    low = float(betaincinv(hits, rows - hits + 1, 0.025)) if hits else 0.0
    high = float(betaincinv(hits + 1, rows - hits, 0.975)) if hits < rows else 1.0
    return low, high
