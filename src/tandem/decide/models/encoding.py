"""From a row's values to the numbers a model reads; never an exception.

A numeric input takes the number itself (booleans 0 and 1, decimals rounded to binary64, integers beyond binary64 an
infinity of their sign); anything that is not a number is missing. A categorical input takes the position of the
value's text in its categories; a text outside them is ``UNKNOWN``, which trees score as missing and scorecards put in
their ``unknown`` bin. Missing is NaN.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.values import Value

__all__ = [
    "MISSING",
    "UNKNOWN",
    "Codes",
    "Floats",
    "category_text",
    "check_even",
    "encode_column",
    "encode_row",
    "encoder_of",
    "number_of",
    "pick_column",
]

MISSING: Final = math.nan
UNKNOWN: Final = -1.0
"""Code of a text outside the categories."""

Codes: TypeAlias = dict[str, float]
"""Text to code of one categorical input."""
Floats: TypeAlias = npt.NDArray[np.float64]


def number_of(value: object) -> float:
    """``value`` as binary64; NaN for None, text and whatever else is no number."""
    if isinstance(value, float):
        return float(value)
    if isinstance(value, Real | Decimal):
        number: Any = value
        try:
            return float(number)
        except OverflowError:
            return math.inf if number > 0 else -math.inf
        except ValueError:  # a signalling NaN of decimal
            return MISSING
    return MISSING


def category_text(value: object) -> str | None:
    """The text a categorical value is looked up by: ``true``/``false`` for booleans, whole numbers without a point.

    None for a missing value, NaN included.
    """
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool | np.bool_):
        return "true" if value else "false"
    number = number_of(value)
    if math.isnan(number):
        return None
    if number.is_integer() and abs(number) < 2**53:
        return str(int(number))
    return str(value)


def encoder_of(codes: Codes | None) -> Callable[[object], float]:
    """The function from a value to its number: numeric without ``codes``, categorical with."""
    if codes is None:
        return number_of

    def code_of(value: object) -> float:
        text = category_text(value)
        return MISSING if text is None else codes.get(text, UNKNOWN)

    return code_of


def encode_row(values: Sequence[Value], encoders: Sequence[Callable[[object], float]]) -> list[float]:
    """One number per input.

    Raises:
        ValueError: another number of values than inputs; the model turns it into an ``InvalidInput``.
    """
    if len(values) != len(encoders):
        raise ValueError(f"{len(values)} values for {len(encoders)} inputs")
    return [encode(value) for encode, value in zip(encoders, values, strict=True)]


def encode_column(column: Iterable[object], codes: Codes | None) -> Floats:
    """A whole column encoded as ``encode_row`` would encode each value.

    Numeric numpy arrays and Arrow arrays of numbers take a fast path; anything else goes value by value.
    """
    if codes is None:
        fast = _as_floats(column)
        if fast is not None:
            return fast
    encode = encoder_of(codes)
    values: Iterable[Any] = column
    if hasattr(column, "to_pylist"):
        values = column.to_pylist()
    elif isinstance(column, np.ndarray):
        values = column.tolist()
    return np.array([encode(value) for value in values], dtype=np.float64)


def _as_floats(column: object) -> Floats | None:
    if isinstance(column, np.ndarray) and column.dtype.kind in "fiub":
        return np.ascontiguousarray(column, dtype=np.float64)
    arrow_type = getattr(column, "type", None)
    if arrow_type is not None and hasattr(column, "to_numpy") and str(arrow_type) in {"double", "float", "int32"}:
        # int64 stays on the slow path: Arrow would refuse to round beyond 2**53, Python rounds to nearest.
        converted = column.to_numpy() if hasattr(column, "chunks") else column.to_numpy(zero_copy_only=False)
        return np.ascontiguousarray(converted, dtype=np.float64)
    return None


def pick_column(columns: Mapping[str, Any], name: str) -> Iterable[object]:
    """The column called ``name``.

    Raises:
        InvalidInput: there is none.
    """
    if name not in columns:
        raise InvalidInput(
            "A column the model reads is missing.",
            code="missing_column",
            field=name,
            hint=near_match(name, columns),
        )
    column: Iterable[object] = columns[name]
    return column


def check_even(names: Sequence[str], columns: Sequence[np.ndarray[Any, Any]]) -> None:
    """Return when all columns have one length.

    Raises:
        InvalidInput: they have not.
    """
    for name, column in zip(names, columns, strict=True):
        if len(column) != len(columns[0]):
            raise InvalidInput(
                "The columns of a batch have one length.",
                code="uneven_columns",
                field=name,
                value=len(column),
                hint=f"{names[0]} has {len(columns[0])} rows",
            )
