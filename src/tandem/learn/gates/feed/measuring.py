"""Measuring a day with the rulers of a profile: one pass over its columns, counts out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.time import DAY, HOUR, Micros
from tandem.learn.gates.feed.hashing import Hashes, column_hashes, joined_hashes, sketch_of, total_of
from tandem.learn.gates.feed.labelling import Labels, alone, measure_labels, read_labels
from tandem.learn.gates.feed.layouts import FeedLayout
from tandem.learn.gates.feed.records import ColumnDay, DayRecord
from tandem.learn.gates.feed.rulers import ColumnRuler, place_on
from tandem.learn.gates.feed.sorts import numbers_in, sort_of, texts_in, times_in
from tandem.learn.training import FloatArray, IntArray

__all__ = ["measure_day", "measured_columns"]

_QUANTILES: Final = (0.001, 0.25, 0.5, 0.75, 0.999)


def measure_day(
    table: pa.Table, layout: FeedLayout, rulers: Sequence[ColumnRuler], *, at: Micros | None = None
) -> DayRecord:
    """``table`` in the bins of ``rulers``; a column that is gone or of another sort is left out.

    Args:
        at: the moment of judging; rows and labels later than it are counted.
    """
    usable = tuple(one for one in rulers if one.name in table.column_names and _fits(one, table))
    inputs = tuple(one for one in usable if one.name not in layout.named or one.name in layout.units)
    labels = read_labels(table, layout)
    places = {one.name: place_on(one, table.column(one.name)) for one in usable}
    rows = table.num_rows
    names = tuple(one.name for one in usable)
    keys = tuple(name for name in layout.key if name in table.column_names)
    hashes = {name: column_hashes(table.column(name)) for name in names}
    hashed = joined_hashes(list(hashes.values()), rows)
    keyed = None
    if keys and len(keys) == len(layout.key):
        keyed = joined_hashes([hashes[name] if name in hashes else column_hashes(table[name]) for name in keys], rows)
    learnt = {one.name for one in inputs}
    record = DayRecord(
        rows=rows,
        content=total_of(hashed),
        keys=() if keyed is None else sketch_of(keyed),
        repeated_keys=0 if keyed is None else rows - int(np.unique(keyed).size),
        repeated_rows=rows - int(np.unique(hashed).size),
        after=_after(table.select(names), layout),
        columns={
            one.name: _column(
                one,
                table.column(one.name),
                (places[one.name], hashes[one.name]),
                labels if one.name in learnt else None,
            )
            for one in usable
        },
        label=None if labels is None else measure_labels(table, layout, labels, inputs, places, at),
    )
    return msgspec.structs.replace(record, **_times(table.select(names), layout, at))


def measured_columns(table: pa.Table, layout: FeedLayout) -> tuple[str, ...]:
    """The columns of ``table`` that gates look at: all but the label, its time, and those ignored."""
    left_out = {*layout.ignore, layout.label, layout.label_time}
    return tuple(name for name in table.column_names if name not in left_out)


def _fits(ruler: ColumnRuler, table: pa.Table) -> bool:
    sort = sort_of(table.column(ruler.name).type)
    return sort in {ruler.sort, "empty"} or {sort, ruler.sort} == {"number", "truth"}


def _column(
    ruler: ColumnRuler, array: pa.ChunkedArray, known_by: tuple[IntArray, Hashes], labels: Labels | None
) -> ColumnDay:
    place, hashes = known_by
    counts = tuple(int(one) for one in np.bincount(place, minlength=ruler.bins))
    content = total_of(hashes)
    if ruler.kind == "numeric":
        values = numbers_in(array) if sort_of(array.type) != "empty" else np.full(len(array), np.nan)
        known = np.sort(values[~np.isnan(values)])
        found = None if labels is None else alone(place, labels, values)
        return msgspec.structs.replace(ColumnDay(counts=counts, content=content, alone=found), **_shape(known))
    if ruler.kind == "categorical":
        _, codes = texts_in(array)
        tally = np.bincount(codes[codes >= 0])
        common = float(tally.max() / tally.sum()) if tally.size else None
        return ColumnDay(
            counts=counts, common=common, content=content, alone=None if labels is None else alone(place, labels)
        )
    return ColumnDay(counts=counts, content=content)


def _shape(known: FloatArray) -> dict[str, float | tuple[float, float, float] | None]:
    """Reach, quartiles, scale and the commonest value of sorted numbers."""
    if not known.size:
        return {}
    starts = np.flatnonzero(np.append(True, known[1:] != known[:-1]))
    longest = int(np.diff(np.append(starts, known.size)).max())
    least, low, mid, high, most = (float(known[round(q * (known.size - 1))]) for q in _QUANTILES)
    sized = np.abs(known[known != 0])
    return {
        "common": longest / known.size,
        "low": least,
        "high": most,
        "middle": (low, mid, high),
        "scale": float(np.median(sized)) if sized.size else None,
    }


def _times(table: pa.Table, layout: FeedLayout, at: Micros | None) -> dict[str, object]:
    if layout.time is None or layout.time not in table.column_names:
        return {}
    array = table.column(layout.time)
    instants = times_in(layout.time, array)
    undated = len(array) - int(instants.size)
    if not instants.size:
        return {"undated": undated}
    first, last = int(instants.min()), int(instants.max())
    hour = (instants - first // DAY * DAY) // HOUR
    hours = tuple(int(one) for one in np.bincount(hour, minlength=24)) if hour.max() < 24 else ()
    return {
        "first": Micros(first),
        "last": Micros(last),
        "hours": hours,
        "undated": undated,
        "future": 0 if at is None else int((instants > at).sum()),
    }


def _after(table: pa.Table, layout: FeedLayout) -> dict[str, int]:
    """Rows whose inputs became known after the event they were used for."""
    if layout.time is None or layout.time not in table.column_names:
        return {}
    found = {}
    for name in layout.known_times:
        if name in table.column_names:
            pair = table.select([layout.time, name]).drop_null()
            happened, known = (times_in(one, pair.column(one)) for one in (layout.time, name))
            found[name] = int((known > happened).sum())
    return found
