"""What sort of thing a column holds, whatever width or encoding it came in."""

from __future__ import annotations

from typing import Literal, TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.learn.training import FloatArray, IntArray, instants_of

__all__ = ["Sort", "numbers_in", "sort_of", "texts_in", "times_in"]

Sort: TypeAlias = Literal["number", "truth", "text", "time", "empty", "other"]


def sort_of(kind: pa.DataType) -> Sort:
    """The sort of an Arrow type; whole and broken numbers are one sort, so that a null does not change it."""
    if pa.types.is_null(kind):
        return "empty"
    if pa.types.is_boolean(kind):
        return "truth"
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return "number"
    if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
        return "time"
    if pa.types.is_dictionary(kind):
        return sort_of(kind.value_type)
    if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
        return "text"
    return "other"


def numbers_in(array: pa.ChunkedArray) -> FloatArray:
    """A column of numbers or truth values; NaN is missing, and so is an infinity."""
    if pa.types.is_boolean(array.type):
        array = pc.cast(array, pa.int8())
    values = np.asarray(pc.cast(array, pa.float64(), safe=False).to_numpy(), dtype=np.float64)
    return np.where(np.isfinite(values), values, np.nan)


def texts_in(array: pa.ChunkedArray) -> tuple[list[str], IntArray]:
    """The distinct texts of a column, and per row the place of its text; -1 where there is none."""
    coded = pc.dictionary_encode(pc.cast(array, pa.string())).combine_chunks()
    if isinstance(coded, pa.ChunkedArray):
        if not coded.num_chunks:
            return [], np.empty(0, dtype=np.int64)
        coded = coded.chunk(0)
    codes = np.asarray(pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False), dtype=np.int64)
    return [str(text) for text in coded.dictionary.to_pylist()], codes


def times_in(name: str, array: pa.ChunkedArray) -> IntArray:
    """The instants of a column where it has them, in micros.

    Raises:
        InvalidInput: a time cannot be read.
    """
    known = array.drop_null()
    return instants_of(name, known) if len(known) else np.empty(0, dtype=np.int64)
