"""What labels say of a day: how many came and how late, how bad it was, and whether they still fit what is known to be risky.

The profile carries a small score of its own, a sum of weights of evidence of its strongest columns, judged on days that did not
teach it. Labels that are turned round, or partly made up, no longer fit it; neither do bads of a kind that never came before.
What tells these apart is whether the day's own labels can be learned: each half of its rows is ranked by what the other teaches.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.time import DAY, Micros
from tandem.learn.gates.feed.layouts import FeedLayout
from tandem.learn.gates.feed.records import DELAY_DAYS, LabelDay
from tandem.learn.gates.feed.rulers import ColumnRuler
from tandem.learn.gates.feed.sorts import times_in
from tandem.learn.training import FloatArray, IntArray, auc, auc_interval, texts_of

__all__ = ["Labels", "alone", "measure_labels", "read_labels", "strongest", "weigh"]

_STRONGEST = 10
"""Columns that a score sums."""
_WORTH_WEIGHING = 0.02
"""Information value that a column has at least, to be among them."""
_FEWEST = 10
_SAMPLE = 20_000
_Z95 = 1.959963984540054


@dataclass(frozen=True, slots=True)
class Labels:
    """Labelled rows of a day, at most ``_SAMPLE`` of them evenly over the day, and their outcomes.

    Attributes:
        rows: row numbers; ``bad`` 1 or 0 for each.
        known, bads: of the whole day.
        texts: the labels there were.
    """

    rows: IntArray
    bad: FloatArray
    known: int
    bads: int
    texts: tuple[str, ...]

    @property
    def enough(self) -> bool:
        """Whether ranking means anything."""
        count = float(self.bad.sum())
        return min(count, self.bad.size - count) >= _FEWEST


def read_labels(table: pa.Table, layout: FeedLayout) -> Labels | None:
    """The labels of ``table``; None without a label column."""
    if layout.label is None or layout.label not in table.column_names:
        return None
    texts, codes = _coded(table.column(layout.label))
    bad = np.asarray([*(text == layout.adverse for text in texts), False], dtype=np.float64)[codes]
    rows = np.flatnonzero(np.asarray([*(text is not None for text in texts), False])[codes])
    sample = rows[:: max(1, math.ceil(rows.size / _SAMPLE))]
    seen = tuple(sorted({text for text in texts if text is not None}))[:20]
    return Labels(sample, bad[sample], int(rows.size), int(bad[rows].sum()), seen)


def _coded(array: pa.ChunkedArray) -> tuple[list[str | None], IntArray]:
    """``texts_of`` for the distinct values of a column, and per row the place of its own; -1 where it is null."""
    if pa.types.is_nested(array.type):
        texts = texts_of(array)
        return texts, np.arange(len(texts))
    coded = pc.dictionary_encode(pc.cast(array, pa.string()) if pa.types.is_dictionary(array.type) else array)
    coded = coded.unify_dictionaries()
    distinct = coded.chunk(0).dictionary if coded.num_chunks else pa.array([], pa.string())
    indices = pa.chunked_array([one.indices for one in coded.chunks], pa.int32())
    codes = np.asarray(pc.fill_null(indices, -1).to_numpy(), dtype=np.int64)
    return texts_of(pa.chunked_array([distinct])), codes


def alone(place: IntArray, labels: Labels, values: FloatArray | None = None) -> float | None:
    """How well a column alone ranks the outcome, 0.5 to 1; None with too few outcomes.

    Bins are weighed on every second row and judged on the others, both ways round; numbers are also ranked as they are.
    """
    if not labels.enough:
        return None
    bins = place[labels.rows]
    halves = np.arange(bins.size) % 2 == 0
    scores = np.empty(bins.size)
    for learn in (halves, ~halves):
        scores[~learn] = weigh(bins[learn], labels.bad[learn], int(place.max()) + 1)[bins[~learn]]
    found = [_sure(auc(labels.bad[part], scores[part])) for part in (halves, ~halves)]
    best = sum(found) / 2
    if values is not None:
        ranked = values[labels.rows]
        there = ~np.isnan(ranked)
        plain = _sure(auc(labels.bad[there], ranked[there]))
        best = max(best, 1 - plain, plain)
    return best


def weigh(bins: IntArray, bad: FloatArray, count: int) -> FloatArray:
    """Weight of evidence per bin, riskier is larger, pulled to nothing by one row of the overall rate in every bin."""
    bads = np.bincount(bins, weights=bad, minlength=count)
    goods = np.bincount(bins, weights=1 - bad, minlength=count)
    rate = min(max(float(bad.mean()) if bad.size else 0.5, 1e-6), 1 - 1e-6)
    weights: FloatArray = np.log((bads + 2 * rate) / (goods + 2 * (1 - rate))) - math.log(rate / (1 - rate))
    return weights


def strongest(columns: Iterable[tuple[str, IntArray, int]], bad: FloatArray) -> dict[str, FloatArray]:
    """Weights of evidence of the columns that tell most of ``bad``, by their information value; the strongest first.

    Args:
        columns: name, the bin of each row, and how many bins there are; each is looked at once, and let go.
    """
    weights, value = {}, {}
    for name, bins, count in columns:
        weights[name] = weigh(bins, bad, count)
        shares = [np.bincount(bins[bad == one], minlength=count) / (bad == one).sum() for one in (1.0, 0.0)]
        value[name] = float(np.sum((shares[0] - shares[1]) * weights[name]))
    names = sorted(value, key=lambda one: -value[one])[:_STRONGEST]
    return {name: weights[name] for name in names if value[name] >= _WORTH_WEIGHING}


def measure_labels(
    table: pa.Table,
    layout: FeedLayout,
    labels: Labels,
    rulers: Sequence[ColumnRuler],
    places: Mapping[str, IntArray],
    at: Micros | None,
) -> LabelDay:
    """The labels of one day against the weights of ``rulers``."""
    score = np.zeros(labels.rows.size)
    weighed = [one for one in rulers if one.weights]
    for one in weighed:
        score += np.asarray(one.weights)[places[one.name][labels.rows]]
    ranking, noise = None, 0.0
    if weighed and labels.enough:
        area = auc_interval(labels.bad, score)
        ranking, noise = area.value, (area.high - area.value) / _Z95
    learned, learned_noise = _learned(rulers, places, labels)
    early, late, delays = _arrivals(table, layout, at)
    return LabelDay(
        known=labels.known,
        bads=labels.bads,
        texts=labels.texts,
        ranking=ranking,
        noise=noise,
        learned=learned,
        learned_noise=learned_noise,
        early=early,
        late=late,
        delays=delays,
    )


def _learned(
    rulers: Sequence[ColumnRuler], places: Mapping[str, IntArray], labels: Labels
) -> tuple[float | None, float]:
    """AUC on each half of the labelled rows of what the other half teaches, in the mean, and its standard error."""
    halves = np.arange(labels.bad.size) % 2 == 0
    counts = [(labels.bad[half].sum(), (1 - labels.bad[half]).sum()) for half in (halves, ~halves)]
    if not labels.enough or np.min(counts) == 0:
        return None, 0.0
    compared = [one for one in rulers if one.kind in {"numeric", "categorical"}]
    areas = []
    for learn, judge in ((halves, ~halves), (~halves, halves)):
        columns = ((one.name, places[one.name][labels.rows[learn]], one.bins) for one in compared)
        score = np.zeros(int(judge.sum()))
        for name, weights in strongest(columns, labels.bad[learn]).items():
            score += weights[places[name][labels.rows[judge]]]
        areas.append(auc_interval(labels.bad[judge], score))
    noises = [(one.high - one.value) / _Z95 for one in areas]
    return (areas[0].value + areas[1].value) / 2, math.hypot(*noises) / 2


def _arrivals(table: pa.Table, layout: FeedLayout, at: Micros | None) -> tuple[int, int, tuple[int, ...]]:
    names = (layout.time, layout.label_time)
    if None in names or not set(names) <= set(table.column_names):
        return 0, 0, ()
    pair = table.select([layout.time, layout.label_time]).drop_null()
    happened, known = (times_in(str(name), pair.column(name)) for name in names)
    delay = known - happened
    place = np.searchsorted(np.asarray(DELAY_DAYS) * DAY, delay, side="right")
    delays = tuple(int(one) for one in np.bincount(place, minlength=len(DELAY_DAYS) + 1))
    return int((delay < 0).sum()), 0 if at is None else int((known > at).sum()), delays


def _sure(area: float) -> float:
    return 0.5 if math.isnan(area) else area
