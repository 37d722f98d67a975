"""What moving limits did: accounts that may be moved beside those held out, drawn by lot, with intervals. Pure.

Everybody in an arm counts, moved or not, so nothing that a strategy chose by can make the arms differ. Intervals are by
bootstrap over owners' accounts (Efron, Ann. Statist. 7, 1979), percentiles, from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import msgspec
import numpy as np

from tandem.act.lending import Account
from tandem.act.limits.guarding import Arm
from tandem.act.products import Day

__all__ = ["ArmFigures", "EffectReport", "Measured", "effect_of"]

_DRAWS: Final = 1_000
_LATE_DAYS: Final = 30
_SEED: Final = 20
_NAMES: Final = ("limit_minor", "utilisation", "late", "lost_bps", "income_bps")


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A figure by arm, and what the treated have more of it; None where an arm has nobody.

    Attributes:
        figure: ``limit_minor`` and ``utilisation`` as means, ``late`` as the share over 30 days past due, ``lost_bps`` and
            ``income_bps`` as principal written off and interest, fees and penalties paid, of all limits.
        low, high: 95 % interval of ``more``.
    """

    figure: str
    treated: float | None
    held_out: float | None
    more: float | None
    low: float | None
    high: float | None


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
    counts = len(treated.limit), len(held.limit)
    if not all(counts):
        found = [_figures(one) if len(one.limit) else None for one in (treated, held)]
        return EffectReport(
            day=day, treated=counts[0], held_out=counts[1],
            figures=tuple(
                Measured(
                    figure=name, treated=None if found[0] is None else float(found[0][at]),
                    held_out=None if found[1] is None else float(found[1][at]), more=None, low=None, high=None,
                )
                for at, name in enumerate(_NAMES)
            ),
        )  # fmt: skip
    rng = np.random.default_rng(_SEED)
    drawn = np.stack([_figures(_again(treated, rng)) - _figures(_again(held, rng)) for _ in range(_DRAWS)])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    ours, theirs = _figures(treated), _figures(held)
    return EffectReport(
        day=day, treated=counts[0], held_out=counts[1],
        figures=tuple(
            Measured(
                figure=name, treated=float(ours[at]), held_out=float(theirs[at]), more=float(ours[at] - theirs[at]),
                low=float(low[at]), high=float(high[at]),
            )
            for at, name in enumerate(_NAMES)
        ),
    )  # fmt: skip


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


def _again(arm: ArmFigures, rng: np.random.Generator) -> ArmFigures:
    rows = rng.integers(0, len(arm.limit), len(arm.limit))
    return ArmFigures(*(column[rows] for column in arm))


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
