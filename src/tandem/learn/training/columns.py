"""From Arrow to numbers and texts: one function per question a column is asked."""

from __future__ import annotations

import re

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray

__all__ = ["MISSING_TEXTS", "numbers_in_text", "numbers_of", "texts_of", "whole_text"]

MISSING_TEXTS = frozenset({"", "na", "n/a", "#n/a", "nan", "null", "none", "?", "-", "missing"})
"""Texts that mean "not known", compared in lower case without outer blanks."""

_NUMBER = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)?(\.\d*)?([eE][+-]?\d+)?%?$")


def numbers_of(name: str, array: pa.ChunkedArray) -> FloatArray:
    """A numeric or boolean column as binary64; null and NaN become NaN.

    Raises:
        InvalidInput: an infinity.
    """
    if pa.types.is_boolean(array.type) or pa.types.is_decimal(array.type):
        array = pc.cast(array, pa.float64() if pa.types.is_decimal(array.type) else pa.int8())
    values = np.asarray(pc.cast(array, pa.float64(), safe=False).to_numpy(), dtype=np.float64)
    infinite = np.isinf(values)
    if infinite.any():
        row = int(np.argmax(infinite))
        raise InvalidInput(
            f"Row {row + 1} of the column is infinite.",
            code="not_finite",
            field=name,
            value=repr(float(values[row])),
            hint="leave the cell empty where a ratio has no value",
        )
    return values


def texts_of(array: pa.ChunkedArray) -> list[str | None]:
    """A column as texts, as a served model will look them up; blanks and their like are None."""
    if pa.types.is_dictionary(array.type):
        array = pc.cast(array, pa.string())
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type) or pa.types.is_string_view(array.type):
        return [None if text is None or text.strip().lower() in MISSING_TEXTS else text for text in array.to_pylist()]
    return [whole_text(value) for value in array.to_pylist()]


def whole_text(value: object) -> str | None:
    """``value`` as a category's text: ``true``/``false``, whole numbers without a point, None for missing."""
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - NaN
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return str(int(value))
    return str(value)


def numbers_in_text(texts: list[str | None]) -> FloatArray | None:
    """The numbers that ``texts`` spell (``1,250.5``, ``12%`` is 12), or None when fewer than 99 in 100 are numbers."""
    known = {text for text in texts if text is not None}
    parsed = {text: _number(text) for text in known}
    values = np.asarray([np.nan if text is None else parsed[text] for text in texts], dtype=np.float64)
    count = sum(text is not None for text in texts)
    if count == 0 or np.isfinite(values).sum() < 0.99 * count:
        return None
    return values


def _number(text: str) -> float:
    plain = text.strip()
    if not any(c.isdigit() for c in plain) or _NUMBER.match(plain) is None:
        return float("nan")
    try:
        return float(plain.replace(",", "").rstrip("%"))
    except ValueError:
        return float("nan")
