"""Numbers that stand for keys and rows, so that a day can be recognised without keeping anything of it.

A hash depends on the value alone: not on its place, the machine or the run. Keys of a day are remembered as the smallest of
their hashes (a bottom-k sketch; Cohen and Kaplan 2007), from which the overlap of two days is estimated.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

__all__ = ["SKETCH", "Hashes", "column_hashes", "joined_hashes", "overlap", "row_hashes", "sketch_of", "total_of"]

Hashes: TypeAlias = npt.NDArray[np.uint64]

SKETCH = 256
"""Hashes kept per day."""

_NOTHING = np.uint64(0x9AE16A3B2F90404F)
_KEPT_BITS = np.uint64(12)  # 52 bits survive, which every JSON reader takes


def column_hashes(array: pa.ChunkedArray) -> Hashes:
    """A hash per value; equal values of one type have equal hashes, missing values have their own."""
    kind = array.type
    if pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        width = pa.float64() if pa.types.is_floating(kind) else pa.int64()
        values = np.asarray(pc.fill_null(pc.cast(array, width, safe=False), 0).to_numpy())
        if values.dtype == np.float64:
            values = np.where(np.isnan(values), 0.0, values) + 0.0
        hashes = _mixed(np.ascontiguousarray(values).view(np.uint64))
    elif pa.types.is_temporal(kind) and not pa.types.is_interval(kind):
        wide = pc.cast(array, pa.int32()) if kind.bit_width == 32 else array
        numbers = pc.fill_null(pc.cast(wide, pa.int64(), safe=False), 0)
        hashes = _mixed(np.ascontiguousarray(numbers.to_numpy()).view(np.uint64))
    else:
        hashes = _text_hashes(array)
    return np.where(_missing(array), _NOTHING, hashes)


def row_hashes(table: pa.Table, names: tuple[str, ...]) -> Hashes:
    """A hash per row over the columns ``names``, in their order."""
    return joined_hashes([column_hashes(table.column(name)) for name in names], table.num_rows)


def joined_hashes(columns: Sequence[Hashes], rows: int) -> Hashes:
    """A hash per row over columns that were hashed, in their order."""
    result = np.zeros(rows, dtype=np.uint64)
    with np.errstate(over="ignore"):
        for one in columns:
            result = _mixed(result * np.uint64(0x100000001B3) + one)
    return result


def sketch_of(hashes: Hashes) -> tuple[int, ...]:
    """The smallest ``SKETCH`` distinct hashes."""
    smallest = np.unique(hashes >> _KEPT_BITS)[:SKETCH]
    return tuple(int(one) for one in smallest)


def overlap(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Estimated share of what both have among what either has (Jaccard), from two sketches."""
    if not one or not other:
        return 0.0
    union = sorted(set(one) | set(other))[:SKETCH]
    both = set(one) & set(other)
    return sum(each in both for each in union) / len(union)


def total_of(hashes: Hashes) -> str:
    """One text for a collection of hashes, whatever their order."""
    with np.errstate(over="ignore"):
        total, crossed = np.sum(hashes, dtype=np.uint64), np.sum(_mixed(hashes ^ _NOTHING), dtype=np.uint64)
    return f"{int(total):016x}{int(crossed):016x}"


def _text_hashes(array: pa.ChunkedArray) -> Hashes:
    coded = pc.dictionary_encode(_as_texts(array))
    coded = coded.combine_chunks() if isinstance(coded, pa.ChunkedArray) else coded
    if isinstance(coded, pa.ChunkedArray):
        coded = pa.concat_arrays(coded.chunks) if coded.num_chunks else pa.array([], pa.string()).dictionary_encode()
    texts = coded.dictionary.to_pylist()
    told = b"".join([blake2b((text or "").encode(), digest_size=8).digest() for text in texts or [""]])
    known = np.frombuffer(told, dtype=">u8").astype(np.uint64)
    codes = np.asarray(pc.fill_null(coded.indices, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    return known[codes]


def _as_texts(array: pa.ChunkedArray) -> pa.ChunkedArray:
    kind = array.type
    if pa.types.is_nested(kind) or pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        told = [None if value is None else repr(value) for value in array.to_pylist()]
        return pa.chunked_array([pa.array(told, pa.string())])
    return array if pa.types.is_string(kind) else pc.cast(array, pa.string())


def _missing(array: pa.ChunkedArray) -> npt.NDArray[np.bool_]:
    return np.asarray(pc.is_null(array, nan_is_null=True).to_numpy(), dtype=np.bool_)


def _mixed(values: Hashes) -> Hashes:
    """The finaliser of splitmix64 (Steele, Lea and Flood 2014)."""
    with np.errstate(over="ignore"):
        x = values + np.uint64(0x9E3779B97F4A7C15)
        x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        mixed: Hashes = x ^ (x >> np.uint64(31))
    return mixed
