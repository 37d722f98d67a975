"""Scoring by a linear model: each input adds a line, or the weight of its text.

Contributions are measured from the mean of what each input adds over the training rows: for a sum of functions of one input
these are the exact Shapley values under independent inputs. They sum to margin minus expected margin.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from tandem.decide.models.documents import Linear, LinearInput
from tandem.decide.models.encoding import UNKNOWN, Codes, Floats, check_even, encode_column, encoder_of, pick_column
from tandem.decide.models.explaining import Explaining
from tandem.decide.models.reasons import reason_groups
from tandem.kernel.values import Value

__all__ = ["LinearScorer", "Term"]


class Term:
    """What one input adds; ``added(value)`` is never an exception, ``added_all`` the same bits for a column."""

    def __init__(self, one: LinearInput) -> None:
        self._weight, self._center, self._low, self._high = one.weight, one.center, one.low, one.high
        self._specials = {special.value: special.weight for special in one.specials}
        self._missing = one.missing
        self.codes: Codes | None = None
        self.added: Callable[[Value], float] = self._added_number
        if one.type == "categorical":
            self.codes = {text: float(at) for at, text in enumerate(one.levels)}
            self.added = self._added_text
        # By code; -1, which is UNKNOWN, reads the last.
        self._table = [*one.weights, one.missing if one.unknown is None else one.unknown]
        self._encode = encoder_of(self.codes)

    def _added_number(self, value: Value) -> float:
        number = value if type(value) is float else self._encode(value)
        if number != number:  # noqa: PLR0124 - the cheapest test for NaN
            return self._missing
        if self._specials and number in self._specials:
            return self._specials[number]
        return self._weight * (min(max(number, self._low), self._high) - self._center)

    def _added_text(self, value: Value) -> float:
        code = self._encode(value)
        return self._missing if code != code else self._table[int(code)]  # noqa: PLR0124

    def added_all(self, column: Iterable[object]) -> Floats:
        """``added`` for a whole column."""
        numbers = encode_column(column, self.codes)
        missing = np.isnan(numbers)
        if self.codes is not None:
            assert UNKNOWN == -1.0
            added = np.array(self._table)[np.where(missing, 0.0, numbers).astype(np.int64)]
        else:
            added = self._weight * (np.clip(numbers, self._low, self._high) - self._center)
            for value, weight in self._specials.items():
                added[numbers == value] = weight
        added[missing] = self._missing
        return added


class LinearScorer(Explaining):
    """A linear model.

    Args:
        document: checked linear model.
        compiled: False: rank reasons in Python; the rest is Python anyway, being fast enough.
    """

    table_bytes = 0

    def __init__(self, document: Linear, *, compiled: bool | None = None) -> None:
        self.inputs = tuple(one.name for one in document.inputs)
        self.reasons = tuple(one.reason for one in document.inputs)
        self._terms = [Term(one) for one in document.inputs]
        self._added = [one.added for one in self._terms]
        self._means = [one.mean for one in document.inputs]
        super().__init__(reason_groups(self.reasons), compiled=compiled)
        self._intercept = document.intercept
        self.expected = document.intercept + math.fsum(self._means)

    def measure(self, row: Sequence[Value]) -> tuple[float, None]:
        self._check_width(row)
        margin = self._intercept
        for added, value in zip(self._added, row, strict=True):
            margin += added(value)
        return margin, None

    def contributions(self, row: Sequence[Value]) -> list[float]:
        self._check_width(row)
        return [added(value) - mean for added, value, mean in zip(self._added, row, self._means, strict=True)]

    def margins(self, columns: Mapping[str, Any]) -> Floats:
        added = [one.added_all(pick_column(columns, name)) for name, one in zip(self.inputs, self._terms, strict=True)]
        check_even(self.inputs, added)
        total: Floats = np.full(len(added[0]), self._intercept)
        for each in added:
            total += each
        return total

    def _check_width(self, row: Sequence[Value]) -> None:
        if len(row) != len(self._added):
            raise ValueError(f"{len(row)} values for {len(self._added)} inputs")
