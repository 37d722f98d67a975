"""Scoring by a tabular network; a kernel computes, here is what every kind of model can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tandem.decide.models.documents import TabularNetwork
from tandem.decide.models.encoding import Floats, check_even, pick_column
from tandem.decide.models.explaining import Explaining
from tandem.decide.models.reasons import reason_groups
from tandem.decide.models.tabular.kernels import kernel_of
from tandem.decide.models.tabular.vectors import VectorTable
from tandem.kernel.values import Value

__all__ = ["TabularScorer"]


class TabularScorer(Explaining):
    """A tabular network.

    Args:
        document: checked.
        compiled: None: the compiled kernel where available; False: the reference; True: compiled or ImportError.
    """

    table_bytes = 0

    def __init__(self, document: TabularNetwork, *, compiled: bool | None = None) -> None:
        self.inputs = tuple(one.name for one in document.inputs)
        self.reasons = tuple(one.reason for one in document.inputs)
        self._table = VectorTable(document.inputs)
        self._kernel = kernel_of(document, self._table, compiled=compiled)
        super().__init__(reason_groups(self.reasons), compiled=compiled)
        self.expected = self._kernel.expected

    def measure(self, row: Sequence[Value]) -> tuple[float, float | None]:
        return self._kernel.margin(row), None

    def contributions(self, row: Sequence[Value]) -> list[float]:
        return self._kernel.contributions(row)

    def contributions_from(self, best: Sequence[Value], row: Sequence[Value]) -> list[float]:
        """What each input adds on the way from ``best`` to ``row``; they sum to the difference of the margins."""
        return self._kernel.contributions_from(best, row)

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        found = [
            one.find_all(pick_column(columns, name)) for name, one in zip(self.inputs, self._table.finders, strict=True)
        ]
        check_even(self.inputs, [place for place, _ in found])
        return self._kernel.margins([place for place, _ in found], [share for _, share in found])
