"""What every kind of model can be asked, and how trees and tables answer.

A scorer knows margins and contributions; probability, points and wording are the same for all kinds and live in
``model``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np

from tandem.decide.models.documents import Trees
from tandem.decide.models.encoding import Floats, check_even, encode_column, pick_column
from tandem.decide.models.explaining import Ints
from tandem.decide.models.kernels import codes_of, kernel_of, table_kernel_of
from tandem.decide.models.reasons import reason_groups
from tandem.decide.models.shapley import expected_leaf
from tandem.decide.models.tables import Tables
from tandem.kernel.values import Value

__all__ = ["Scorer", "TableScorer", "TreeScorer"]


class Scorer(Protocol):
    """Margins and contributions of one kind of model; rows are in the order of ``inputs``."""

    @property
    def inputs(self) -> tuple[str, ...]:
        """Names of the columns a row holds, in order."""
        ...

    @property
    def reasons(self) -> tuple[str | None, ...]:
        """Reason code per input."""
        ...

    @property
    def expected(self) -> float:
        """The margin contributions are measured from: the mean over the training rows."""
        ...

    @property
    def table_bytes(self) -> int:
        """Memory held for contributions."""
        ...

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        """Margin, and the points of the printed table where there is one.

        Raises:
            ValueError: another number of values than inputs.
        """
        ...

    def contributions(self, row: Sequence[Value]) -> list[float]:
        """Log-odds each input adds to ``expected``."""
        ...

    def add_contributions(self, row: Sequence[Value], scale: float, positions: Ints, totals: list[float]) -> None:
        """Add ``scale`` times each contribution to ``totals`` at its position; for blends."""
        ...

    def adverse(self, row: Sequence[Value], top: int) -> list[tuple[int, float]]:
        """As ``reasons.adverse_groups``."""
        ...

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        """Margins of whole columns, bit for bit those of ``measure``."""
        ...


class TreeScorer:
    """Boosted trees through a kernel.

    Args:
        document: checked trees.
        compiled: see ``kernels.kernel_of``.
    """

    def __init__(self, document: Trees, *, compiled: bool | None = None) -> None:
        self.inputs = tuple(one.name for one in document.inputs)
        self.reasons = tuple(one.reason for one in document.inputs)
        self.expected = expected_margin(document)
        self._codes = codes_of(document)
        self._kernel = kernel_of(document, reason_groups(self.reasons), compiled=compiled)
        self.contributions = self._kernel.contributions
        self.add_contributions = self._kernel.add_contributions
        self.adverse = self._kernel.adverse
        self._margin = self._kernel.margin

    @property
    def table_bytes(self) -> int:
        return self._kernel.table_bytes

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        return self._margin(row), None

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        encoded = [
            encode_column(pick_column(columns, name), codes)
            for name, codes in zip(self.inputs, self._codes, strict=True)
        ]
        for column, codes in zip(encoded, self._codes, strict=True):
            if codes is not None:
                column[column < 0.0] = np.nan  # UNKNOWN
        check_even(self.inputs, encoded)
        rows = np.ascontiguousarray(np.column_stack(encoded))
        out = np.empty(len(rows))
        self._kernel.margins(rows, out)
        return out


class TableScorer:
    """A sum of tables (a scorecard, an additive model) through a kernel.

    Args:
        tables: of a checked document.
        compiled: see ``kernels.kernel_of``.
    """

    table_bytes = 0  # the tables are the model

    def __init__(self, tables: Tables, *, compiled: bool | None = None) -> None:
        self.inputs = tables.inputs
        self.reasons = tables.reasons
        self.expected = tables.expected
        kernel = table_kernel_of(tables, compiled=compiled)
        self.measure = kernel.measure
        self.contributions = kernel.contributions
        self.add_contributions = kernel.add_contributions
        self.adverse = kernel.adverse
        self.margins = tables.margins


def expected_margin(document: Trees) -> float:
    """The mean margin over the training rows, tree by tree."""
    total = document.base
    for tree in document.trees:
        total += expected_leaf(tree)
    return total
