"""Reading a time column, whatever it came as, into microseconds."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import parse_instant
from tandem.learn.training.arrays import IntArray

__all__ = ["instants_of"]

_FORMATS = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d", "%Y/%m/%d %H:%M:%S", "%Y%m%d", "%Y-%m", "%d.%m.%Y")


def instants_of(name: str, array: pa.ChunkedArray) -> IntArray:
    """One instant per row, in microseconds; whole numbers are taken as they are, since only their order counts.

    Raises:
        InvalidInput: a missing time, or one that cannot be read.
    """
    if array.null_count:
        raise InvalidInput(
            f"{array.null_count} rows have no time.",
            code="time_missing",
            field=name,
            hint="drop those rows, or leave --time away for a random hold-out",
        )
    if pa.types.is_date(array.type) or pa.types.is_timestamp(array.type):
        return _as_int(pc.cast(array, pa.timestamp("us"), safe=False))
    if pa.types.is_integer(array.type):
        return _as_int(array)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return _from_texts(name, array)
    raise InvalidInput(
        "The column does not hold times.",
        code="time_unreadable",
        field=name,
        value=str(array.type),
        hint="give dates, timestamps, or whole numbers such as 202611",
    )


def _as_int(array: pa.ChunkedArray) -> IntArray:
    return np.asarray(pc.cast(array, pa.int64()).to_numpy(), dtype=np.int64)


def _from_texts(name: str, array: pa.ChunkedArray) -> IntArray:
    for form in _FORMATS:
        try:
            return _as_int(pc.strptime(array, format=form, unit="us"))
        except pa.ArrowInvalid:
            continue
    instants = np.empty(len(array), dtype=np.int64)
    for row, text in enumerate(array.to_pylist()):
        try:
            instants[row] = parse_instant(text)
        except InvalidInput:
            raise InvalidInput(
                f"Row {row + 1} does not hold a time.",
                code="time_unreadable",
                field=name,
                value=text,
                hint="write 2026-11-24 or 2026-11-24T06:38:00Z",
            ) from None
    return instants
