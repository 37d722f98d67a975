"""A table in the two forms models understand: numbers with NaN for missing, and levels with a code.

Codes of a categorical column: position of the level, -1 for missing, -2 for a text that training never saw.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.learn.training.arrays import BoolArray, FloatArray, IntArray

__all__ = ["MISSING_CODE", "UNKNOWN_CODE", "CategoricalColumn", "Column", "Frame", "NumericColumn"]

MISSING_CODE = -1
UNKNOWN_CODE = -2

_Index: TypeAlias = IntArray | BoolArray


@dataclass(frozen=True, slots=True)
class NumericColumn:
    """Numbers; NaN is missing; ``specials`` are values with a meaning of their own (-999: no record)."""

    name: str
    values: FloatArray
    specials: tuple[float, ...] = ()

    def take(self, index: _Index) -> NumericColumn:
        """The rows at ``index``."""
        return replace(self, values=self.values[index])


@dataclass(frozen=True, slots=True)
class CategoricalColumn:
    """Texts as codes into ``levels``."""

    name: str
    codes: npt.NDArray[np.int32]
    levels: tuple[str, ...]

    def take(self, index: _Index) -> CategoricalColumn:
        """The rows at ``index``."""
        return replace(self, codes=self.codes[index])


Column: TypeAlias = NumericColumn | CategoricalColumn


@dataclass(frozen=True, slots=True)
class Frame:
    """Columns of equal length, in the order a model reads them."""

    columns: tuple[Column, ...]
    rows: int

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)

    def take(self, index: _Index) -> Frame:
        """The rows at ``index``."""
        count = int(index.sum()) if index.dtype == np.bool_ else int(index.size)
        return Frame(tuple(column.take(index) for column in self.columns), count)

    def column(self, name: str) -> Column:
        """The column called ``name``."""
        return next(column for column in self.columns if column.name == name)

    def matrix(self) -> FloatArray:
        """Rows by columns as LightGBM reads them: a level's code, NaN for missing and for unknown texts."""
        result = np.empty((self.rows, len(self.columns)))
        for place, column in enumerate(self.columns):
            if isinstance(column, NumericColumn):
                result[:, place] = column.values
            else:
                result[:, place] = np.where(column.codes >= 0, column.codes, np.nan)
        return result
