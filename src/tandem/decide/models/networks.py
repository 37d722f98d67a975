"""Scoring by a network that needs what happened before (graph, recurrent): the sum of its parts.

The network itself needs neighbours or a history, which are state, and a model is a pure function of a row. So the network is computed where
state is (``decide.graphs``, ``decide.sequences``), as part of what is known of an event, and what it comes to is told in parts: ``own``, the margin
that the row's own values give, and one part per link, the exact Shapley value of its neighbours, or one for the history. A row
here is those parts. They are the contributions too: a decision that records them can be explained and replayed without
anybody's neighbours or past.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from tandem.decide.models.documents import StatefulDocument
from tandem.decide.models.encoding import Floats, check_even, encode_column, number_of, pick_column
from tandem.decide.models.explaining import Explaining
from tandem.decide.models.reasons import reason_groups
from tandem.kernel.values import Value

__all__ = ["NetworkScorer"]


class NetworkScorer(Explaining):
    """A network over its parts; a part that is missing is what it is of a row that nothing is known of.

    Args:
        document: checked network.
        compiled: False: rank reasons in Python.
    """

    table_bytes = 0

    def __init__(self, document: StatefulDocument, *, compiled: bool | None = None) -> None:
        self.inputs = document.parts
        self.reasons = document.part_reasons
        self.expected = document.expected
        self._absent = (document.expected, *(0.0 for _ in document.parts[1:]))
        super().__init__(reason_groups(self.reasons), compiled=compiled)

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        margin = 0.0
        for part in self._parts(row):
            margin += part
        return margin, None

    def contributions(self, row: Sequence[Value]) -> list[float]:
        parts = self._parts(row)
        parts[0] -= self.expected
        return parts

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        encoded = [encode_column(pick_column(columns, name), None) for name in self.inputs]
        check_even(self.inputs, encoded)
        total: Floats = np.zeros(len(encoded[0]))
        for column, absent in zip(encoded, self._absent, strict=True):
            total += np.where(np.isfinite(column), column, absent)
        return total

    def _parts(self, row: Sequence[Value]) -> list[float]:
        if len(row) != len(self.inputs):
            raise ValueError(f"{len(row)} values for {len(self.inputs)} inputs")
        numbers = map(number_of, row)
        return [one if math.isfinite(one) else absent for one, absent in zip(numbers, self._absent, strict=True)]
