"""Neighbour features of a stream, causal because the feature engine computes them.

Two rows are neighbours when they link to the same thing. Every row becomes an event, every label an event of its own at
the time it is known; feature sets over both give, as of each row, what the rows before it on the same device, target or
source did (count, amounts, time since, distinct others) and how many of them were *known* to be bad. There is no second
implementation of a window here and no place where a label could slip in earlier: what ``observe.features`` serves online
is what a model learns from.

Second neighbours are read in a second pass: each row carries the bad rates it saw at its own time, and the rows that
share a link with a row average them. So a source is judged by the targets it used before, as they were known then.

The second pass can also say how new the company is: on a target, the share of rows whose source had never been seen
before, and how much past those sources had. A wave of throw-away accounts and a busy day of old customers are the same
count of rows; this tells them apart before the first label of the wave arrives, since it reads none.

Rates are shrunk to a constant (``PRIOR`` with the weight of ``WEIGHT`` labels), not to a running average: where fraud
comes in waves a moving anchor makes yesterday's model misread today's newcomers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.learn.neighbours.columns import NeighbourColumn, NeighbourTable
from tandem.learn.neighbours.rows import NEVER, LinkedRows
from tandem.learn.training import FloatArray, IntArray
from tandem.observe.events import EventField, EventType
from tandem.observe.features import compile_plan, compute_batch, parse_feature_set

__all__ = ["PRIOR", "WEIGHT", "shrunk_rate", "stream_features"]

PRIOR: Final = 0.1
WEIGHT: Final = 5.0
_LIFETIME: Final = "lifetime"


def stream_features(
    rows: LinkedRows,
    windows: Sequence[str] = ("1h", "6h", "1d", "7d"),
    *,
    second: bool = True,
    newcomers: Sequence[tuple[str, str]] = (),
) -> NeighbourTable:
    """Causal neighbour features, one line per row.

    Args:
        rows: the stream; only labels with ``known_at`` before a row's time can move its line.
        windows: lengths as feature sets write them; lifetime is always among them.
        second: whether second neighbours' bad rates are read too.
        newcomers: pairs of kinds of link; ``("target", "source")`` says of a target how new its sources are.

    Returns:
        per kind of link: rows, amounts and time since (own row counted once, own label never), distinct others, known
        bad and good rows and shrunk bad rates by window, time since the last of each; across kinds the second rates; per
        pair of ``newcomers`` and window the share of rows (own row counted) whose other was new, and the mean binary
        logarithm of the rows that the others had had by then.

    Raises:
        InvalidInput: a pair of ``newcomers`` that is not two different kinds of the rows' links.
    """
    for pair in newcomers:
        if pair[0] == pair[1] or not set(pair) <= rows.links.keys():
            raise _invalid_pair(pair, tuple(rows.links))
    spans = (*windows, _LIFETIME)
    first = _Reading(rows)
    for kind in rows.links:
        first.add(kind, "row", _velocity(kind, spans, tuple(k for k in rows.links if k != kind)))
        first.add(kind, "label", _outcomes(kind, spans))
    table = _with_rates(first.table(), tuple(rows.links), spans)
    # One kind of link alone has no second neighbours.
    rated = list(permutations(rows.links, 2)) if second else []
    if not rated and not newcomers:
        return table
    again = _Reading(rows, _seen(table, rated, newcomers))
    for kind, other in rated:
        again.add(kind, "row", [_second(kind, other)])
    for kind, other in newcomers:
        again.add(kind, "row", _company(kind, other, spans))
    return table.beside(again.table())


def shrunk_rate(bad: FloatArray, known: FloatArray) -> FloatArray:
    """Bad share of ``known``, pulled to ``PRIOR`` as by ``WEIGHT`` more labels; ``PRIOR`` where nothing is known."""
    rate: FloatArray = (bad + WEIGHT * PRIOR) / (known + WEIGHT)
    return rate


@dataclass(slots=True)
class _Wanted:
    """A feature as the engine takes it, and what its column means."""

    document: dict[str, Any]
    column: NeighbourColumn


def _velocity(kind: str, spans: tuple[str, ...], others: tuple[str, ...]) -> list[_Wanted]:
    past = {"include_self": False}
    wanted = []
    for span in spans:
        wanted += [
            _wanted(f"{kind}_rows_{span}", kind, aggregate="count", window=span),
            _wanted(f"{kind}_amount_mean_{span}", kind, aggregate="mean", field="amount", window=span, **past),
        ]
    for aggregate in ("std", "min", "max", "last"):
        name = f"{kind}_amount_{aggregate}"
        wanted.append(_wanted(name, kind, aggregate=aggregate, field="amount", window=_LIFETIME, **past))
    wanted += [
        _wanted(f"{kind}_amount_zscore", kind, aggregate="zscore", field="amount", window=_LIFETIME),
        _wanted(f"{kind}_since_seconds", kind, aggregate="time_since", window=_LIFETIME, **past),
    ]
    for other in others:
        wanted.append(_wanted(f"{kind}_{other}_distinct", kind, aggregate="distinct", field=other, window=_LIFETIME))
    return wanted


def _outcomes(kind: str, spans: tuple[str, ...]) -> list[_Wanted]:
    wanted = []
    for span in spans:
        wanted += [
            _wanted(f"{kind}_known_{span}", kind, labels=True, aggregate="count", window=span),
            _wanted(f"{kind}_bad_{span}", kind, labels=True, direction=1, aggregate="sum", field="bad", window=span),
        ]
    for name, value in (("bad", 1), ("good", 0)):
        where = {"where": f"bad = {value}", "window": _LIFETIME}
        wanted.append(_wanted(f"{kind}_{name}_since_seconds", kind, labels=True, aggregate="time_since", **where))
        amount = {"aggregate": "mean", "field": "amount"} | where
        wanted.append(_wanted(f"{kind}_{name}_amount_mean", kind, labels=True, **amount))
    return wanted


def _second(kind: str, other: str) -> _Wanted:
    column = NeighbourColumn(f"{kind}_{other}_bad_rate", kind, 2, reads_labels=True, direction=1)
    document = {"name": column.name, "aggregate": "mean", "field": f"seen_{other}", "window": _LIFETIME}
    return _Wanted(document | {"include_self": False}, column)


def _company(kind: str, other: str, spans: tuple[str, ...]) -> list[_Wanted]:
    wanted = []
    for span in spans:
        for what, seen in (("new", f"new_{other}"), ("past", f"past_{other}")):
            column = NeighbourColumn(f"{kind}_{other}_{what}_{span}", kind, 2)
            document = {"name": column.name, "aggregate": "mean", "field": seen, "window": span}
            wanted.append(_Wanted(document, column))
    return wanted


def _seen(
    table: NeighbourTable, rated: Sequence[tuple[str, str]], newcomers: Sequence[tuple[str, str]]
) -> dict[str, FloatArray]:
    """What every row saw at its own time and the second pass averages; NaN where it has no such link."""
    places = {name: place for place, name in enumerate(table.names)}
    seen: dict[str, FloatArray] = {}
    for _, other in rated:
        seen[f"seen_{other}"] = table.values[:, places[f"{other}_bad_rate_{_LIFETIME}"]]
    for _, other in newcomers:
        count = table.values[:, places[f"{other}_rows_{_LIFETIME}"]]
        seen[f"new_{other}"] = np.where(np.isnan(count), np.nan, count == 1)
        seen[f"past_{other}"] = np.log2(count)
    return seen


def _invalid_pair(pair: tuple[str, str], links: tuple[str, ...]) -> InvalidInput:
    return InvalidInput(
        "Newcomers are counted on one kind of link among those of another.",
        code="newcomers_invalid",
        field="newcomers",
        value=pair,
        hint=f"name two different kinds of {', '.join(links)}",
    )


def _wanted(name: str, kind: str, *, labels: bool = False, direction: Any = 0, **document: Any) -> _Wanted:
    return _Wanted({"name": name} | document, NeighbourColumn(name, kind, 1, labels, direction))


def _with_rates(table: NeighbourTable, kinds: tuple[str, ...], spans: tuple[str, ...]) -> NeighbourTable:
    """Known counts become good counts and shrunk rates: what a model may use with a direction."""
    places = {name: place for place, name in enumerate(table.names)}
    values = table.values.copy()
    columns = list(table.columns)
    rates, named = [], []
    for kind in kinds:
        for span in spans:
            known, bad = places[f"{kind}_known_{span}"], places[f"{kind}_bad_{span}"]
            for place in (known, bad):
                values[:, place] = np.nan_to_num(values[:, place], nan=0.0)
            rates.append(shrunk_rate(values[:, bad], values[:, known]))
            named.append(NeighbourColumn(f"{kind}_bad_rate_{span}", kind, 1, reads_labels=True, direction=1))
            values[:, known] -= values[:, bad]
            columns[known] = NeighbourColumn(f"{kind}_good_{span}", kind, 1, reads_labels=True, direction=-1)
    return NeighbourTable(tuple(columns), values).beside(NeighbourTable(tuple(named), np.column_stack(rates)))


@dataclass(slots=True)
class _Reading:
    """One pass of the engine over rows and labels."""

    rows: LinkedRows
    seen: dict[str, FloatArray] = field(default_factory=dict)
    wanted: list[_Wanted] = field(default_factory=list)
    sets: list[dict[str, Any]] = field(default_factory=list)

    def add(self, kind: str, event: str, wanted: list[_Wanted]) -> None:
        self.wanted += wanted
        name = f"{kind}_{event}_{len(self.sets)}"
        features = [one.document for one in wanted]
        self.sets.append({"name": name, "entity": [kind], "events": [event], "features": features})

    def table(self) -> NeighbourTable:
        plan = compile_plan([parse_feature_set(one) for one in self.sets], self._types())
        computed = compute_batch(plan, self._events())
        is_row = pc.equal(self._event_types, "row")
        read = computed.filter(is_row)
        values = [np.asarray(read.column(one.column.name).to_numpy(), dtype=np.float64) for one in self.wanted]
        return NeighbourTable(tuple(one.column for one in self.wanted), np.column_stack(values))

    def _types(self) -> dict[EventTypeName, EventType]:
        links = tuple(EventField(name=k, type=SqlType.TEXT, entity=EntityKind(k)) for k in self.rows.links)
        amount = EventField(name="amount", type=SqlType.DOUBLE)
        seen = tuple(EventField(name=name, type=SqlType.DOUBLE) for name in self.seen)
        bad = EventField(name="bad", type=SqlType.INTEGER)
        return {
            EventTypeName("row"): EventType(name=EventTypeName("row"), fields=(*links, amount, *seen)),
            EventTypeName("label"): EventType(name=EventTypeName("label"), fields=(*links, amount, bad)),
        }

    @property
    def _order(self) -> tuple[IntArray, IntArray, IntArray]:
        """(row, is label, time) of every event; of one instant the rows come first, so no row knows its own label."""
        known = np.flatnonzero(self.rows.known_at != NEVER)
        row = np.concatenate([np.arange(self.rows.count), known])
        is_label = np.concatenate([np.zeros(self.rows.count, np.int64), np.ones(known.size, np.int64)])
        time = np.concatenate([self.rows.occurred_at, self.rows.known_at[known]])
        # Labels of one instant in the order of their rows; lexsort is stable.
        order = np.lexsort((is_label, time))
        return row[order], is_label[order], time[order]

    @property
    def _event_types(self) -> pa.Array:
        _, is_label, _ = self._order
        return pa.array(np.where(is_label == 1, "label", "row"))

    def _events(self) -> pa.Table:
        row, is_label, time = self._order
        columns: dict[str, Any] = {
            "seq": np.arange(1, row.size + 1),
            "event_id": pa.array(np.arange(row.size)).cast(pa.string()),
            "event_type": self._event_types,
            "occurred_at": time,
            "amount": self.rows.amount[row],
            "bad": pa.array(
                np.where(is_label == 1, np.nan_to_num(self.rows.bad[row]), 0).astype(np.int64), mask=is_label == 0
            ),
        }
        for kind, codes in self.rows.links.items():
            columns[kind] = _pseudonyms(codes).take(pa.array(row))
        for name, values in self.seen.items():
            columns[name] = pa.array(values[row], mask=(is_label == 1) | np.isnan(values[row]))
        return pa.table(columns)


def _pseudonyms(codes: IntArray) -> pa.Array:
    """Codes in the form of pseudonyms, which is what the engine takes for entities; null for no link."""
    found, places = np.unique(codes, return_inverse=True)
    texts = pa.array([None if code < 0 else f"{code:032x}" for code in found.tolist()], pa.string())
    return texts.take(pa.array(places))
