"""Two models on the same traffic: how far their scores and their approvals lie apart, outcomes not needed."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from tandem.learn.training import FloatArray, psi_of_values

__all__ = ["Beside", "beside"]


class Beside(msgspec.Struct, frozen=True, kw_only=True):
    """One model beside another on the same decisions.

    Attributes:
        decisions: how many.
        approved_before, approved_after: share that scores below the cut-off, by the old and by the new.
        shift: after minus before, with its paired 95 % interval.
        changed: share whose approval changes either way.
        psi: between both distributions of scores; ``psi_chance``: what chance alone stays below 99 times in 100.
    """

    decisions: int
    approved_before: float
    approved_after: float
    shift: float
    low: float
    high: float
    changed: float
    psi: float
    psi_chance: float


def beside(before: FloatArray, after: FloatArray, approve_below: float) -> Beside:
    """``after`` beside ``before``: log-odds of the same decisions; approved is what scores below ``approve_below``."""
    cut = math.log(approve_below / (1 - approve_below))
    old, new = before < cut, after < cut
    gained, lost = float(np.mean(new & ~old)), float(np.mean(old & ~new))
    shift = gained - lost
    spread = 1.96 * math.sqrt(max(gained + lost - shift**2, 0.0) / before.size)
    moved = psi_of_values(before, after)
    return Beside(
        decisions=int(before.size),
        approved_before=_round(float(old.mean())),
        approved_after=_round(float(new.mean())),
        shift=_round(shift),
        low=_round(shift - spread),
        high=_round(shift + spread),
        changed=_round(gained + lost),
        psi=_round(moved.psi),
        psi_chance=_round(moved.critical),
    )


def _round(value: float) -> float:
    return float(f"{value:.6g}")
