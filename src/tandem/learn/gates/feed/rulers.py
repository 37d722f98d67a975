"""The ruler a column is measured with: bins of its numbers or the texts it takes, fixed when the profile is made.

Days can only be compared when they were counted in the same bins, so bins are cut once, over all the days a profile is made
of. Between few distinct numbers they are cut half way, between many at quantiles.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.learn.gates.feed.sorts import Sort, numbers_in, sort_of, texts_in
from tandem.learn.training import FloatArray, IntArray

__all__ = ["ColumnRuler", "Kind", "cut_ruler", "place_on"]

Kind: TypeAlias = Literal["numeric", "categorical", "identifier", "counter", "time", "other"]

_BINS = 10
_LEVELS = 100
_SAMPLE = 200_000


class ColumnRuler(msgspec.Struct, frozen=True, kw_only=True):
    """How one column is counted.

    Attributes:
        name: of the column.
        sort: what it holds.
        kind: ``numeric`` or ``categorical`` are compared in shape; an ``identifier`` (too many texts), a ``counter`` (a
            number that only grows from day to day), a time or anything else only in how full it is.
        edges: bins are ``[-inf, e0), [e0, e1) ...``.
        levels: the texts, commonest first.
        unit: as declared or as the feed says.
        weights: weight of evidence per bin, riskier is larger; empty where labels taught nothing.
    """

    name: str
    sort: Sort
    kind: Kind
    edges: tuple[float, ...] = ()
    levels: tuple[str, ...] = ()
    unit: str | None = None
    weights: tuple[float, ...] = ()

    @property
    def bins(self) -> int:
        """Bins, the one for missing values (the last) and, for texts, the one for unseen ones (before it) included."""
        if self.kind == "numeric":
            return len(self.edges) + 2
        return len(self.levels) + 2 if self.kind == "categorical" else 2


def cut_ruler(name: str, days: Sequence[pa.Table], unit: str | None) -> ColumnRuler:
    """The ruler of the column ``name`` over ``days``, oldest first."""
    arrays = [day.column(name) for day in days]
    sorts = [sort_of(array.type) for array in arrays]
    sort: Sort = next((one for one in sorts if one != "empty"), "empty")
    parts = [array for array, one in zip(arrays, sorts, strict=True) if one == sort]
    if sort in {"number", "truth"}:
        numbers = [numbers_in(array) for array in parts]
        if _counts_up(numbers):
            return ColumnRuler(name=name, sort=sort, kind="counter", unit=unit)
        return ColumnRuler(name=name, sort=sort, kind="numeric", edges=_edges(np.concatenate(numbers)), unit=unit)
    if sort == "text":
        levels = _levels(parts)
        kind: Kind = "identifier" if levels is None else "categorical"
        return ColumnRuler(name=name, sort=sort, kind=kind, levels=levels or (), unit=unit)
    return ColumnRuler(name=name, sort=sort, kind="time" if sort == "time" else "other", unit=unit)


def place_on(ruler: ColumnRuler, array: pa.ChunkedArray) -> IntArray:
    """The bin of every row."""
    if ruler.kind == "numeric":
        return place_numbers(ruler, numbers_in(array))
    if ruler.kind == "categorical":
        texts, codes = texts_in(array)
        place = {level: at for at, level in enumerate(ruler.levels)}
        unseen = len(ruler.levels)
        lookup = np.asarray([*(place.get(text, unseen) for text in texts), unseen + 1], dtype=np.int64)
        return lookup[codes]
    return np.asarray(pc.is_null(array, nan_is_null=True).to_numpy(), dtype=np.int64)


def place_numbers(ruler: ColumnRuler, values: FloatArray) -> IntArray:
    """The bin of every number; missing ones in the last."""
    inside = np.searchsorted(np.asarray(ruler.edges), values, side="right")
    return np.where(np.isnan(values), len(ruler.edges) + 1, inside).astype(np.int64)


def _edges(values: FloatArray) -> tuple[float, ...]:
    known = values[~np.isnan(values)]
    known = known[:: max(1, known.size // _SAMPLE)]
    if not known.size:
        return ()
    distinct = np.unique(known)
    if distinct.size <= 2 * _BINS:
        return tuple(float(cut) for cut in (distinct[1:] + distinct[:-1]) / 2)
    cuts = np.unique(np.quantile(known, np.linspace(0, 1, _BINS + 1)[1:-1], method="higher"))
    return tuple(float(cut) for cut in cuts if cut > distinct[0])


def _levels(parts: Sequence[pa.ChunkedArray]) -> tuple[str, ...] | None:
    counts: dict[str, int] = {}
    for array in parts:
        texts, codes = texts_in(array)
        if len(texts) > _LEVELS:
            return None
        for text, count in zip(texts, np.bincount(codes[codes >= 0], minlength=len(texts)).tolist(), strict=True):
            counts[text] = counts.get(text, 0) + count
    if len(counts) > _LEVELS:
        return None
    return tuple(sorted(counts, key=lambda text: (-counts[text], text)))


def _counts_up(days: Sequence[FloatArray]) -> bool:
    """Whether no number of a day is below one of the day before: a serial number or a clock, which no shape describes."""
    known = [day[~np.isnan(day)] for day in days]
    if len(known) < 3 or any(day.size < 2 or day.min() == day.max() for day in known):
        return False
    return all(one.max() <= other.min() for one, other in pairwise(known))
