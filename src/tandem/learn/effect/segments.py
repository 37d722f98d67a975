"""Where a change falls: decisions grouped by what was known of them, the groups that differ most first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

__all__ = ["GROUPS_MAX", "EffectLabel", "Grouping", "group_by", "spread"]

GROUPS_MAX: Final = 12
"""Groups of one field; the rarest texts are put together, numbers are cut into fewer."""
_BINS: Final = 4


class EffectLabel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a group has in common.

    Attributes:
        kind: ``value`` (one value), ``range`` (``low`` up to but without ``high``), ``rest`` or ``missing``.
    """

    kind: str
    value: str | bool | None = None
    low: float | None = None
    high: float | None = None


class Grouping(msgspec.Struct, frozen=True, kw_only=True):
    """One field's groups; ``codes`` says which group each row is in."""

    field: str
    labels: tuple[EffectLabel, ...]
    codes: Any


def group_by(field: str, column: Column, values: pa.ChunkedArray) -> Grouping | None:
    """Groups by one field; None where it has too many values to be a segment, or only one."""
    if column.type in {SqlType.BOOLEAN, SqlType.TEXT}:
        return _by_value(field, values, text=column.type is SqlType.TEXT)
    if column.type in {SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL}:
        return _by_size(field, values)
    return None


def _by_value(field: str, values: pa.ChunkedArray, *, text: bool) -> Grouping | None:
    coded = values.combine_chunks().dictionary_encode()
    names = coded.dictionary.to_pylist()
    if len(names) > 200:
        return None
    codes = coded.indices.fill_null(len(names)).to_numpy(zero_copy_only=False).astype(np.int64)
    counts = np.bincount(codes, minlength=len(names) + 1)
    order = sorted(range(len(names)), key=lambda at: (-int(counts[at]), str(names[at])))
    shown = order if len(order) <= GROUPS_MAX else order[: GROUPS_MAX - 1]
    labels = [EffectLabel(kind="value", value=names[at]) for at in shown]
    place = np.full(len(names) + 1, len(shown), dtype=np.int64)
    place[shown] = np.arange(len(shown))
    if len(order) > len(shown):
        labels.append(EffectLabel(kind="rest"))
    if counts[-1]:
        place[-1] = len(labels)
        labels.append(EffectLabel(kind="missing"))
    del text
    return _grouping(field, labels, place[codes])


def _by_size(field: str, values: pa.ChunkedArray) -> Grouping | None:
    absent = pc.is_null(values).to_numpy(zero_copy_only=False).astype(bool)
    numbers = pc.fill_null(pc.cast(values, pa.float64()), 0.0).to_numpy(zero_copy_only=False)
    known = numbers[~absent]
    if not len(known):
        return None
    distinct = np.unique(known)
    if len(distinct) <= _BINS + 2:
        cuts = distinct[1:]
    else:
        cuts = np.unique(np.quantile(known, np.arange(1, _BINS) / _BINS, method="nearest"))
        cuts = cuts[cuts > distinct[0]]
    codes = np.searchsorted(cuts, numbers, side="right").astype(np.int64)
    ends: list[float | None] = [None, *map(float, cuts), None]
    labels = [EffectLabel(kind="range", low=ends[at], high=ends[at + 1]) for at in range(len(ends) - 1)]
    if absent.any():
        codes[absent] = len(labels)
        labels.append(EffectLabel(kind="missing"))
    return _grouping(field, labels, codes)


def _grouping(field: str, labels: Sequence[EffectLabel], codes: np.ndarray[Any, Any]) -> Grouping | None:
    return Grouping(field=field, labels=tuple(labels), codes=codes) if len(labels) > 1 else None


def spread(changed: np.ndarray[Any, Any], counted: np.ndarray[Any, Any]) -> float:
    """How unevenly a change falls on groups: Cramer's V, 0 for evenly, 1 for one group only.

    Args:
        changed, counted: decisions that change, and all, by group.
    """
    there = counted > 0
    changed, counted = changed[there].astype(float), counted[there].astype(float)
    whole, part = counted.sum(), changed.sum()
    if len(counted) < 2 or part in (0, whole):
        return 0.0
    expected = counted * part / whole
    chi = (((changed - expected) ** 2) / expected + ((changed - expected) ** 2) / (counted - expected)).sum()
    return float(np.sqrt(chi / whole))
