"""Whether a candidate has shown enough: paired, on mature rows, with the chance of error spread over every look.

A refit is trained every day, and looking every day at five per cent would promote noise about eighteen times a year. So every
look since the last promotion may err with less than the one before (``gates.alpha_at``), which adds up to ``alpha`` over all
looks, however many. That is asked of *better*. *Not worse* is asked at 95 % each time: erring there costs at most the margin.
"""

from __future__ import annotations

import math
from typing import Literal, TypeAlias

import msgspec
import numpy as np
from scipy.special import ndtri

from tandem.learn.gates import alpha_at
from tandem.learn.iteration.plan import Evidence
from tandem.learn.training import FloatArray, Interval, auc_difference, auc_interval

__all__ = ["Comparison", "Reason", "bads_in_band", "compare", "reason_to_try"]

Reason: TypeAlias = Literal["better", "repair", "age"]
_Z95, _Z99 = 1.959963984540054, 2.5758293035489004


class Comparison(msgspec.Struct, frozen=True, kw_only=True):
    """A candidate against the champion on the same rows.

    Attributes:
        rows, bads: how many judged.
        champion, candidate: AUC of each, with its 95 % interval.
        difference: candidate minus champion; ``low``, ``high``: its paired 95 % interval.
        strict_low: its lower bound at the look's own level; ``level``: that level; ``look``: which look it was.
        champion_calibration, candidate_calibration: expected over observed bads.
        champion_off, candidate_off: whether that is further from 1 than chance and the plan allow.
    """

    rows: int
    bads: int
    champion: tuple[float, float, float]
    candidate: tuple[float, float, float]
    difference: float
    low: float
    high: float
    strict_low: float
    level: float
    look: int
    champion_calibration: float
    candidate_calibration: float
    champion_off: bool
    candidate_off: bool


def compare(bad: FloatArray, champion: FloatArray, candidate: FloatArray, evidence: Evidence, look: int) -> Comparison:
    """``candidate`` against ``champion``, log-odds of the same rows with outcome ``bad``, at look number ``look``."""
    level = alpha_at(look, evidence.alpha)
    found = auc_difference(bad, candidate, champion)
    spread = (found.high - found.low) / (2 * _Z95)
    strict = found.value - float(-ndtri(level)) * spread
    return Comparison(
        rows=int(bad.size),
        bads=int(bad.sum()),
        champion=_triple(auc_interval(bad, champion)),
        candidate=_triple(auc_interval(bad, candidate)),
        difference=_round(found.value),
        low=_round(found.low),
        high=_round(found.high),
        strict_low=_round(strict),
        level=float(f"{level:.3g}"),
        look=look,
        champion_calibration=_calibration(bad, champion),
        candidate_calibration=_calibration(bad, candidate),
        champion_off=_off(bad, champion, evidence.calibration),
        candidate_off=_off(bad, candidate, evidence.calibration),
    )


def reason_to_try(found: Comparison, evidence: Evidence, *, due: bool) -> tuple[Reason | None, str]:
    """Why the candidate may be tried, or None; and the rule that said so, in a stable word.

    Args:
        due: the champion has reached the age at which it is refreshed.
    """
    if found.bads < evidence.minimum_bads:
        return None, "too_few_bads"
    if found.low <= -evidence.margin:
        return None, "not_shown_not_worse"
    if found.strict_low > 0:
        return "better", "better"
    if found.champion_off and not found.candidate_off:
        return "repair", "calibration_repaired"
    if due:
        return "age", "champion_due"
    return None, "not_better"


def bads_in_band(value: float, bads: int) -> tuple[float, float]:
    """The 95 % interval of expected over observed bads where ``bads`` were observed and the ratio is ``value`` (Poisson)."""
    spread = 1.96 / math.sqrt(max(bads, 1))
    return _round(value * math.exp(-spread)), _round(value * math.exp(spread))


def _calibration(bad: FloatArray, log_odds: FloatArray) -> float:
    return _round(float((1 / (1 + np.exp(-log_odds))).sum()) / max(float(bad.sum()), 1.0))


def _off(bad: FloatArray, log_odds: FloatArray, most: float) -> bool:
    """Whether expected bads differ from observed ones by more than ``most`` of them and what chance explains (99 %)."""
    probability = 1 / (1 + np.exp(-log_odds))
    noise = _Z99 * math.sqrt(float(np.sum(probability * (1 - probability))))
    return abs(float(probability.sum() - bad.sum())) - noise > most * float(bad.sum())


def _triple(found: Interval) -> tuple[float, float, float]:
    return _round(found.value), _round(found.low), _round(found.high)


def _round(value: float) -> float:
    """Six digits: more is noise, and would tie a digest to the last bit of a sum."""
    return float(f"{value:.6g}")
