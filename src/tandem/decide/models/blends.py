"""Scoring by a blend: the weighted mean of the members' calibrated log-odds.

Members are calibrated by a straight line at most, so the blend of contributions is exact as well.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tandem.decide.models.documents import Blend, Member, PlattCalibration, Scorecard
from tandem.decide.models.encoding import Floats
from tandem.decide.models.reasons import adverse_groups, reason_groups
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
        self._groups = reason_groups(self.reasons)
        position = {name: index for index, name in enumerate(self.inputs)}
        for member in self._members:
            member.positions = [position[name] for name in member.scorer.inputs]
        self.expected = 0.0
        for member in self._members:
            self.expected += member.share(member.scorer.expected)

    @property
    def table_bytes(self) -> int:
        return sum(member.scorer.table_bytes for member in self._members)

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        if len(row) != len(self.inputs):
            raise ValueError(f"{len(row)} values for {len(self.inputs)} inputs")
        margin = 0.0
        for member in self._members:
            margin += member.share(member.scorer.measure([row[at] for at in member.positions])[0])
        return margin, None

    def contributions(self, row: Sequence[Value]) -> list[float]:
        if len(row) != len(self.inputs):
            raise ValueError(f"{len(row)} values for {len(self.inputs)} inputs")
        total = [0.0] * len(self.inputs)
        for member in self._members:
            parts = member.scorer.contributions([row[at] for at in member.positions])
            scale = member.weight * member.slope
            for at, part in zip(member.positions, parts, strict=True):
                total[at] += scale * part
        return total

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        return adverse_groups(self.contributions(row), self._groups, top)

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        total: Floats = np.zeros(1)
        for member in self._members:
            total = total + member.weight * (member.slope * member.scorer.margins(columns) + member.intercept)
        return total


class _Line:
    """A member and the straight line from its margin to its share of the blend."""

    def __init__(self, member: Member, *, compiled: bool | None) -> None:
        document = member.model
        self.scorer: Scorer = (
            ScorecardScorer(document) if isinstance(document, Scorecard) else TreeScorer(document, compiled=compiled)
        )
        self.weight = member.weight
        self.slope, self.intercept = 1.0, 0.0
        if isinstance(document.calibration, PlattCalibration):
            self.slope, self.intercept = document.calibration.slope, document.calibration.intercept
        self.positions: list[int] = []

    def share(self, margin: float) -> float:
        return self.weight * (self.slope * margin + self.intercept)
