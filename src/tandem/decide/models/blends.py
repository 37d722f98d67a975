"""Scoring by a blend: the weighted mean of the members' calibrated log-odds.

Members are calibrated by a straight line at most, so the blend of contributions is exact as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Any

import numpy as np

from tandem.decide.models.documents import Blend, Member, PlattCalibration, Scorecard
from tandem.decide.models.encoding import Floats
from tandem.decide.models.kernels import Ints, ranking_of
from tandem.decide.models.reasons import reason_groups
from tandem.decide.models.scorecards import ScorecardScorer
from tandem.decide.models.scoring import Scorer, TreeScorer
from tandem.kernel.values import Value

__all__ = ["BlendScorer"]


class BlendScorer:
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
        self._rank = ranking_of(reason_groups(self.reasons), compiled=compiled)
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

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        for at, part in zip(positions.tolist(), self.contributions(row), strict=True):
            totals[at] += scale * part

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        return self._rank(self.contributions(row), top)

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
        self.scorer: Scorer = (
            ScorecardScorer(document, compiled=compiled)
            if isinstance(document, Scorecard)
            else TreeScorer(document, compiled=compiled)
        )
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
