"""Gate: a probability can be taken at its word: in the large, and group by group, beyond what chance allows.

A perfectly calibrated score has an expected calibration error above 0: each group's bad rate errs by ``sqrt(p (1 - p) / n)``.
The sum of those errors has mean ``sqrt(2 / pi)`` of their sum and a known variance (half-normals); that is its own noise.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np
from scipy.special import expit, ndtri

from tandem.learn.gates.challenger.evidence import Contest
from tandem.learn.gates.challenger.saying import found
from tandem.learn.gates.limits import ChallengerLimits
from tandem.learn.gates.reports import GateFinding
from tandem.learn.training import CalibrationFigures, FloatArray, calibration

__all__ = ["calibrated", "ece_noise", "judge_calibration"]


def judge_calibration(contest: Contest) -> Iterator[GateFinding]:
    """The challenger's calibration on matured rows."""
    yield from calibrated(contest.evidence.bad, contest.matured.challenger, contest.limits)


def calibrated(bad: FloatArray, log_odds: FloatArray, limits: ChallengerLimits) -> Iterator[GateFinding]:
    """What is wrong with the calibration of ``log_odds`` on rows with outcome ``bad``."""
    probability = np.asarray(expit(log_odds))
    expected, observed = float(probability.sum()), float(bad.sum())
    reach = float(-ndtri(limits.spread / 2))
    noise = reach * math.sqrt(float(np.sum(probability * (1 - probability))))
    if observed and abs(expected - observed) - noise > limits.ratio_apart * observed:
        ratio = expected / observed
        en = f"{expected:.0f} bads were expected and {observed:.0f} came: {ratio:.2f} to one."
        zh = f"预期坏样本 {expected:.0f}，实际 {observed:.0f}：比值 {ratio:.2f}。"
        limit = 1 + math.copysign(limits.ratio_apart + noise / observed, ratio - 1)
        yield found("calibration", "calibration_in_large", en, zh, value=ratio, limit=limit, n=bad.size)
    figures = calibration(bad, probability)
    limit = limits.ece_most + ece_noise(figures, reach)
    if figures.ece > limit:
        en = f"Probabilities are off by {figures.ece:.4f} on average (expected calibration error)."
        yield found(
            "calibration",
            "calibration_error",
            en,
            f"校准误差 ECE 为 {figures.ece:.4f}。",
            value=figures.ece,
            limit=limit,
            n=bad.size,
        )


def ece_noise(figures: CalibrationFigures, reach: float) -> float:
    """The expected calibration error that chance alone stays below, ``reach`` standard deviations above its mean."""
    rows = sum(row.count for row in figures.table)
    errors = [
        row.count / rows * math.sqrt(row.mean_probability * (1 - row.mean_probability) / row.count)
        for row in figures.table
    ]
    spread = math.sqrt((1 - 2 / math.pi) * sum(one**2 for one in errors))
    return math.sqrt(2 / math.pi) * sum(errors) + reach * spread
