"""Parting a set by time so that the past teaches and the future tests, and neither has seen the other.

Purged: a row whose label settled only after the test begins could not have taught by then, and is left out (López de Prado
2018, ch. 7). The embargo is a further stretch right before the test from which nothing is taken, for whatever lingers in
windows. Both are of event time: a book that was imported in one afternoon has one processing time and no order in it.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import Micros
from tandem.learn.datasets.manifest import TARGET, TIME

__all__ = ["TimeSplit", "before", "split_by_time"]

_FEWEST = 20


class TimeSplit(msgspec.Struct, frozen=True, kw_only=True):
    """How a set was parted.

    Attributes:
        boundary: the first instant of the test.
        train, test: rows; ``purged``, ``embargoed``: rows that do neither.
    """

    boundary: Micros
    train: int
    test: int
    purged: int
    embargoed: int


def split_by_time(
    rows: pa.Table, *, test_share: float = 0.2, embargo: int = 0, purge: bool = True
) -> tuple[pa.Table, pa.Table, TimeSplit]:
    """The rows that teach and the latest ``test_share`` of rows, which test; rows of one instant are never parted.

    Args:
        embargo: microseconds before the test from which nothing is taken.

    Raises:
        InvalidInput: too few of an outcome are left on one side.
    """
    at = np.asarray(rows[TIME].cast(pa.int64()).to_numpy(), dtype=np.int64)
    settled = np.asarray(rows["label_settled_at"].cast(pa.int64()).to_numpy(), dtype=np.int64)
    bad = np.asarray(rows[TARGET].to_numpy(), dtype=np.bool_)
    if not at.size:
        raise _too_few("in all", 0, 0)
    boundary = int(np.sort(at)[min(math.floor((1 - test_share) * at.size), at.size - 1)])
    before, test = at < boundary, at >= boundary
    late = before & (settled > boundary) if purge else np.zeros(at.size, dtype=np.bool_)
    near = before & ~late & (at >= boundary - embargo)
    train = before & ~late & ~near
    for words, part, fewest in (("before", train, _FEWEST), ("from", test, 1)):
        bads = int(bad[part].sum())
        if min(bads, int(part.sum()) - bads) < fewest:
            raise _too_few(words, bads, int(part.sum()))
    told = TimeSplit(
        boundary=Micros(boundary), train=int(train.sum()), test=int(test.sum()), purged=int(late.sum()),
        embargoed=int(near.sum()),
    )  # fmt: skip
    return rows.filter(pa.array(train)), rows.filter(pa.array(test)), told


def before(rows: pa.Table, split: TimeSplit) -> pa.Table:
    """Those of ``rows`` that happened before the test of ``split`` begins."""
    return rows.filter(pc.less(rows[TIME].cast(pa.int64()), split.boundary))


def _too_few(words: str, bads: int, rows: int) -> InvalidInput:
    return InvalidInput(
        f"The rows {words} the boundary in time hold too few of an outcome: {bads} bad of {rows}.",
        code="time_split_impossible",
        field="dataset",
        hint="build it from a longer period, give another test share or a shorter embargo, or keep the late labels"
        " with --no-purge",
    )
