"""What moving limits did: accounts that may be moved beside those held out, drawn by lot, with intervals. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from tandem.act.lending import Account
from tandem.act.products import Day
from tandem.act.trials import Arm, Measured, compared

__all__ = ["ArmFigures", "EffectReport", "effect_of"]

_LATE_DAYS: Final = 30
_NAMES: Final = ("limit_minor", "utilisation", "late", "lost_bps", "income_bps")
"""Limit and utilisation as means, late as the share over 30 days past due; principal written off, and interest, fees and
penalties paid, of all limits."""


class ArmFigures(NamedTuple):
    """Columns of the accounts of one arm."""

    limit: np.ndarray
    balance: np.ndarray
    late: np.ndarray
    lost: np.ndarray
    income: np.ndarray


class EffectReport(msgspec.Struct, frozen=True, kw_only=True):
    """All figures on ``day``; accounts counted by arm."""

    day: Day
    treated: int
    held_out: int
    figures: tuple[Measured, ...]


def effect_of(accounts: Sequence[tuple[Account, Arm]], day: Day) -> EffectReport:
    """The report over ``accounts``, each with its arm."""
    treated = _columns([one for one, arm in accounts if arm == "treated"], day)
    held = _columns([one for one, arm in accounts if arm == "held_out"], day)
    return EffectReport(
        day=day,
        treated=len(treated.limit),
        held_out=len(held.limit),
        figures=compared(treated, held, _NAMES, lambda columns: _figures(ArmFigures(*columns))),
    )


def _columns(accounts: Sequence[Account], day: Day) -> ArmFigures:
    def totals(name: str) -> np.ndarray:
        return np.asarray(
            [sum(getattr(draw.plan.totals, name) for draw in one.draws.values()) for one in accounts], dtype=np.float64
        )

    return ArmFigures(
        limit=np.asarray([one.limit_minor or 0 for one in accounts], dtype=np.float64),
        balance=np.asarray([one.principal_minor for one in accounts], dtype=np.float64),
        late=np.asarray([one.days_past_due(day) > _LATE_DAYS for one in accounts], dtype=np.float64),
        lost=totals("principal_lost"),
        income=totals("interest_paid") + totals("fee_paid") + totals("penalty_paid"),
    )


def _figures(arm: ArmFigures) -> np.ndarray:
    limits = max(float(arm.limit.sum()), 1.0)
    return np.asarray(
        [
            arm.limit.mean(),
            float(np.mean(arm.balance / np.maximum(arm.limit, 1.0))),
            arm.late.mean(),
            10_000.0 * float(arm.lost.sum()) / limits,
            10_000.0 * float(arm.income.sum()) / limits,
        ]
    )
