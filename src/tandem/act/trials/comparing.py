"""What doing something did: who may be treated beside who is held out, drawn by lot, with intervals. Pure.

Everybody in an arm counts, treated or not, so nothing that a choice was made by can make the arms differ. Intervals are by
bootstrap over the rows of each arm (Efron, Ann. Statist. 7, 1979), percentiles, from a fixed seed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Final, TypeAlias

import msgspec
import numpy as np
import numpy.typing as npt

__all__ = ["Figures", "Measured", "compared"]

_DRAWS: Final = 1_000
_SEED: Final = 20
_Columns: TypeAlias = Sequence[npt.NDArray[Any]]
Figures: TypeAlias = Callable[[_Columns], npt.NDArray[np.float64]]
"""From the columns of an arm, a row a unit, to its figures."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """A figure by arm, and what the treated have more of it; None where an arm has nobody.

    Attributes:
        figure: its name.
        low, high: 95 % interval of ``more``.
    """

    figure: str
    treated: float | None
    held_out: float | None
    more: float | None
    low: float | None
    high: float | None


def compared(treated: _Columns, held_out: _Columns, names: Sequence[str], figures: Figures) -> tuple[Measured, ...]:
    """The figures of both arms, and the difference.

    Args:
        treated, held_out: columns of each arm, all of one length within an arm.
        names: of the figures, in the order in which ``figures`` counts them.
    """
    ours, theirs = (figures(one) if len(one[0]) else None for one in (treated, held_out))
    if ours is None or theirs is None:
        return tuple(
            Measured(
                figure=name, treated=None if ours is None else float(ours[at]),
                held_out=None if theirs is None else float(theirs[at]), more=None, low=None, high=None,
            )
            for at, name in enumerate(names)
        )  # fmt: skip
    rng = np.random.default_rng(_SEED)
    drawn = np.stack([figures(_again(treated, rng)) - figures(_again(held_out, rng)) for _ in range(_DRAWS)])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return tuple(
        Measured(
            figure=name, treated=float(ours[at]), held_out=float(theirs[at]), more=float(ours[at] - theirs[at]),
            low=float(low[at]), high=float(high[at]),
        )
        for at, name in enumerate(names)
    )  # fmt: skip


def _again(arm: _Columns, rng: np.random.Generator) -> list[npt.NDArray[Any]]:
    rows = rng.integers(0, len(arm[0]), len(arm[0]))
    return [column[rows] for column in arm]
