"""What follows from contributions, for whoever computes them in Python: shares of a blend and ranked reasons."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models.reasons import adverse_groups
from tandem.decide.models.twin import takes_twin, twin
from tandem.kernel.values import Value

__all__ = ["Explaining", "Ints", "Ranking", "ranking_of"]

Ints: TypeAlias = npt.NDArray[np.int32]
Ranking: TypeAlias = Callable[[list[float], int], list[tuple[int, float]]]
"""From contributions and a number to the groups that raised the margin most."""


def ranking_of(groups: Sequence[int], *, compiled: bool | None = None) -> Ranking:
    """``reasons.adverse_groups`` for these groups, compiled where available unless ``compiled`` is False."""
    if takes_twin(compiled=compiled):
        return twin.Ranking(np.array(groups, dtype=np.int32))
    return lambda contributions, top: adverse_groups(contributions, groups, top)


class Explaining(ABC):
    """A base for scorers and kernels that say what each input contributes.

    Args:
        groups: per input, the number of the reason it belongs to.
        compiled: False: rank in Python.
    """

    def __init__(self, groups: Sequence[int], *, compiled: bool | None = None) -> None:
        self._rank = ranking_of(groups, compiled=compiled)

    @abstractmethod
    def contributions(self, row: Sequence[Value]) -> list[float]:
        """Log-odds each input adds to the mean margin."""

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        """Add ``scale`` times the contribution of each input to ``totals`` at its position; for blends."""
        for at, part in zip(positions.tolist(), self.contributions(row), strict=True):
            totals[at] += scale * part

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        """The groups of inputs that raised the margin most: (input, sum in 1e-9 log-odds)."""
        return self._rank(self.contributions(row), top)
