"""Scoring by a blend: the weighted mean of the members' calibrated log-odds.

Members are calibrated by a straight line at most, so the blend of contributions is exact as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from tandem.decide.models.additives import additive_tables
from tandem.decide.models.documents import (
    Additive,
    Blend,
    Linear,
    Member,
    PlattCalibration,
    Scorecard,
    TabularNetwork,
    Trees,
)
from tandem.decide.models.encoding import Floats
from tandem.decide.models.explaining import Explaining, Ints
from tandem.decide.models.linears import LinearScorer
from tandem.decide.models.reasons import reason_groups
from tandem.decide.models.scorecards import scorecard_tables
from tandem.decide.models.scoring import Scorer, TableScorer, TreeScorer
from tandem.decide.models.tabular import TabularScorer
from tandem.kernel.values import Value

__all__ = ["BlendScorer"]


class BlendScorer(Explaining):
    """A blend; its inputs are those of its members, each once, in the order they first appear.

    Args:
        document: checked blend.
        compiled: see ``kernels.kernel_of``.
    """

    def __init__(self, document: Blend, *, compiled: bool | None = None) -> None:
        self._members = [_Line(member, compiled=compiled) for member in document.members]
        reasons: dict[str, str | None] = {}
        for member in self._members:
            for name, reason in zip(member.scorer.inputs, member.scorer.reasons, strict=True):
                reasons.setdefault(name, reason)
        self.inputs = tuple(reasons)
        self.reasons = tuple(reasons.values())
        super().__init__(reason_groups(self.reasons), compiled=compiled)
        position = {name: index for index, name in enumerate(self.inputs)}
        for member in self._members:
            member.stand_at([position[name] for name in member.scorer.inputs])
        self.expected = 0.0
        for member in self._members:
            self.expected += member.share(member.scorer.expected)

    @property
    def table_bytes(self) -> int:
        return sum(member.scorer.table_bytes for member in self._members)

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        self._check_width(row)
        margin = 0.0
        for member in self._members:
            margin += member.share(member.scorer.measure(member.pick(row))[0])
        return margin, None

    def contributions(self, row: Sequence[Value]) -> list[float]:
        totals = [0.0] * len(self.inputs)
        self._check_width(row)
        for member in self._members:
            scale = member.weight * member.slope
            member.scorer.add_contributions(member.pick(row), scale, member.positions, totals)
        return totals

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        total: Floats = np.zeros(1)
        for member in self._members:
            total = total + member.weight * (member.slope * member.scorer.margins(columns) + member.intercept)
        return total

    def _check_width(self, row: Sequence[Value]) -> None:
        if len(row) != len(self.inputs):
            raise ValueError(f"{len(row)} values for {len(self.inputs)} inputs")


class _Line:
    """A member and the straight line from its margin to its share of the blend."""

    def __init__(self, member: Member, *, compiled: bool | None) -> None:
        document = member.model
        self.scorer = _scorer(document, compiled=compiled)
        self.weight = member.weight
        self.slope, self.intercept = 1.0, 0.0
        if isinstance(document.calibration, PlattCalibration):
            self.slope, self.intercept = document.calibration.slope, document.calibration.intercept
        self.positions: Ints = np.empty(0, dtype=np.int32)
        self.pick: Callable[[Sequence[Value]], Sequence[Value]] = tuple

    def stand_at(self, positions: list[int]) -> None:
        """Read the member's inputs at ``positions`` of the blend's rows."""
        self.positions = np.array(positions, dtype=np.int32)
        # itemgetter of one position would give the value bare
        self.pick = itemgetter(*positions) if len(positions) > 1 else lambda row: (row[positions[0]],)

    def share(self, margin: float) -> float:
        return self.weight * (self.slope * margin + self.intercept)


def _scorer(document: Scorecard | Additive | Linear | Trees | TabularNetwork, *, compiled: bool | None) -> Scorer:
    match document:
        case Scorecard():
            return TableScorer(scorecard_tables(document), compiled=compiled)
        case Additive():
            return TableScorer(additive_tables(document), compiled=compiled)
        case Linear():
            return LinearScorer(document, compiled=compiled)
        case Trees():
            return TreeScorer(document, compiled=compiled)
        case TabularNetwork():
            return TabularScorer(document, compiled=compiled)
