"""The champion on parts of the test: by the columns it reads, and by those it may not.

A column that may not be used is looked at all the same: whether a model treats groups alike is asked of the groups.
"""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.errors import InvalidInput
from tandem.learn.training import BoolArray, ColumnProfile, FloatArray, judge, numbers_of, texts_of

__all__ = ["Segment", "SegmentGroup", "segments_of"]

_COLUMNS: Final = 12
_GROUPS: Final = 8
_FEWEST_ROWS: Final = 30
_FEWEST: Final = 10
_PARTS: Final = 3


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """One part of the test.

    Attributes:
        group: the text, or the range of a number.
        rows, bads: of the part.
        expected: mean probability that the model gave; bad_rate: what happened.
        auc, low, high: with 95 % interval; None where there are too few of either outcome.
        approved: share that would be approved where four of five of all are.
    """

    group: str
    rows: int
    bads: int
    expected: float
    bad_rate: float
    auc: float | None
    low: float | None
    high: float | None
    approved: float


class SegmentGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The parts by one column; ``forbidden`` where the model may not read it."""

    column: str
    forbidden: bool
    segments: tuple[Segment, ...]


def segments_of(
    test: pa.Table, columns: tuple[ColumnProfile, ...], hidden: frozenset[str], bad: FloatArray, log_odds: FloatArray
) -> tuple[SegmentGroup, ...]:
    """Parts of the test rows by every column that has few groups, those that may not be used first.

    Args:
        hidden: columns whose values are not shown.
    """
    wanted = [one for one in columns if one.excluded in {None, "forbidden"} and one.name not in hidden]
    wanted.sort(key=lambda one: one.excluded is None)
    probability = 1 / (1 + np.exp(-log_odds))
    cut = float(np.quantile(probability, 0.8))
    found = []
    for one in wanted:
        parts = _parts(one, test.column(one.name))
        segments = tuple(
            _segment(name, rows, bad, log_odds, probability <= cut)
            for name, rows in parts
            if int(rows.sum()) >= _FEWEST_ROWS
        )
        if len(segments) > 1:
            found.append(SegmentGroup(column=one.name, forbidden=one.excluded == "forbidden", segments=segments))
    return tuple(found[:_COLUMNS])


def _parts(profile: ColumnProfile, column: Any) -> list[tuple[str, BoolArray]]:
    if profile.kind == "categorical" or (profile.kind == "numeric" and profile.distinct <= _GROUPS):
        texts = np.array([text or "" for text in texts_of(column)], dtype=object)
        common = Counter(texts.tolist()).most_common(_GROUPS)
        return [(name or "missing", texts == name) for name, _ in common]
    if profile.kind != "numeric":
        return []
    try:
        values = numbers_of(profile.name, column)
    except (InvalidInput, pa.ArrowInvalid, pa.ArrowNotImplementedError):
        return []
    known = values[~np.isnan(values)]
    if known.size == 0:
        return []
    cuts = np.unique(np.quantile(known, [place / _PARTS for place in range(1, _PARTS)], method="lower"))
    edges = [-np.inf, *cuts.tolist(), np.inf]
    return [(_range(low, high), (values > low) & (values <= high)) for low, high in itertools.pairwise(edges)]


def _range(low: float, high: float) -> str:
    if low == -np.inf:
        return f"≤ {high:g}"
    return f"> {low:g}" if high == np.inf else f"{low:g} – {high:g}"


def _segment(name: str, rows: BoolArray, bad: FloatArray, log_odds: FloatArray, approved: BoolArray) -> Segment:
    some, scores = bad[rows], log_odds[rows]
    bads = int(some.sum())
    area = judge(some, scores, scores).auc if min(bads, some.size - bads) >= _FEWEST else None
    return Segment(
        group=name,
        rows=int(some.size),
        bads=bads,
        expected=float((1 / (1 + np.exp(-scores))).mean()),
        bad_rate=bads / some.size,
        auc=None if area is None else area.value,
        low=None if area is None else area.low,
        high=None if area is None else area.high,
        approved=float(approved[rows].mean()),
    )
