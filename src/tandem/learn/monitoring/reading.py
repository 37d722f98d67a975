"""From the lake to rows that can be watched: every decision on the events a model scores, with its mature label."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import LiveRelease
from tandem.kernel.errors import NotFound, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.time import Micros, format_instant
from tandem.kernel.values import SqlType
from tandem.learn.datasets import recorded_facts
from tandem.learn.monitoring.rows import InputValues, WatchedRows
from tandem.learn.training import FloatArray, IntArray, sensitive_column
from tandem.observe.events import EventType
from tandem.observe.lake import Lake

__all__ = ["comparable_inputs", "hidden_inputs", "read_watched", "scored_event", "segment_fields"]

_MOST_VALUES: Final = 20
_COUNTED: Final = {SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL, SqlType.BOOLEAN, SqlType.TEXT}
_MOST_ROWS: Final = 20_000_000
_TIMEOUT_S: Final = 600.0


def scored_event(lake: Lake, live: LiveRelease, model: str) -> str:
    """The type of event that most decisions with a score of ``model`` were taken on.

    Raises:
        NotFound: no live model has that name, or no decision holds a score of it.
    """
    if model not in live.models:
        raise NotFound(
            "No live model has this name.", code="unknown_model", value=model, hint=near_match(model, live.models)
        )
    if "decisions" in lake.tables():
        query = (
            "SELECT event_type FROM decisions WHERE json_exists(scores::JSON, $path) "
            "GROUP BY event_type ORDER BY count(*) DESC, event_type LIMIT 1"
        )
        found = lake.sql(query, {"path": f"$.{model}"}, timeout_s=_TIMEOUT_S)
        if found.num_rows:
            return str(found["event_type"][0].as_py())
    raise NotFound(
        "No decision in the lake holds a score of this model.",
        code="never_scored",
        value=model,
        hint="decide something, and let `tandem lake follow` (or `tandem serve`) copy it",
    )


def segment_fields(event_type: EventType) -> tuple[str, ...]:
    """Fields of the event that may part decisions into segments: texts and truth values that name nobody."""
    kinds = {SqlType.TEXT, SqlType.BOOLEAN}
    return tuple(
        one.name
        for one in event_type.fields
        if one.type in kinds and one.entity is None and not one.data_class.is_personal
    )


def read_watched(lake: Lake, live: LiveRelease, model: str, event: str, labels: pa.Table | None) -> WatchedRows:
    """Every decision on events of type ``event``, in order of event time.

    Args:
        labels: as ``learn.datasets.label_table`` gives them; None: no outcome is known.
    """
    fields = segment_fields(_event_type(live, event))
    # Names are lower_snake, checked where the event type was read: nothing in them ends a quoted name.
    chosen = "".join(f', CAST(e."{name}" AS VARCHAR) AS "{name}"' for name in fields)
    query = f"""
        SELECT d.event_id, d.event_seq, epoch_us(d.occurred_at) AS at, d.release, d.missing, CAST(d.timings_us AS VARCHAR) AS took,
               CAST(d.scores::JSON -> $model ->> 'probability' AS DOUBLE) AS probability{chosen}
        FROM decisions AS d LEFT JOIN "{event}" AS e ON e.event_id = d.event_id
        WHERE d.event_type = $event ORDER BY d.occurred_at, d.seq"""  # noqa: S608 - see above
    found = lake.sql(query, {"model": model, "event": event}, rows_max=_MOST_ROWS, timeout_s=_TIMEOUT_S)
    at = np.asarray(found["at"].to_numpy(), dtype=np.int64)
    asked = live.models[model].inputs
    absent = [frozenset(one or ()) for one in found["missing"].to_pylist()]
    groups: dict[str, list[str | None]] = {
        "month": [format_instant(Micros(int(one)))[:7] for one in at],
        "release": [None if one is None else str(one)[:12] for one in found["release"].to_pylist()],
    }
    for name in fields:
        texts = found[name].to_pylist()
        if 1 < len(set(texts) - {None}) <= _MOST_VALUES:
            groups[name] = texts
    return WatchedRows(
        at=at,
        probability=_numbers(found["probability"]),
        bad=_outcomes(found["event_id"].to_pylist(), labels),
        took_us=np.asarray([_took(text) for text in found["took"].to_pylist()]),
        missing={name: np.asarray([name in one for one in absent], dtype=np.bool_) for name in asked},
        inputs=_inputs(lake, live, model, event, np.asarray(found["event_seq"].to_numpy(), dtype=np.int64)),
        groups=groups,
    )


def comparable_inputs(live: LiveRelease, model: str, event: str) -> dict[str, Column]:
    """Inputs of the model whose recorded values may be counted, by name: numbers, texts and truth values.

    Left out are ``hidden_inputs``, and what grows by itself (times).
    """
    columns, hidden = live.context_for(event).columns, hidden_inputs(live, model, event)
    asked = {name: columns[name] for name in live.models[model].inputs if name in columns and name not in hidden}
    return {name: column for name, column in asked.items() if column.type in _COUNTED}


def hidden_inputs(live: LiveRelease, model: str, event: str) -> tuple[str, ...]:
    """Inputs of the model that name a person or let somebody in, by what the event type says of them or by their name."""
    fields = _event_type(live, event).fields
    classes = {one.name: one.data_class for one in fields}
    entities = {one.name for one in fields if one.entity is not None}
    told = {name: sensitive_column(name, classes) for name in live.models[model].inputs}
    return tuple(name for name, why in told.items() if name in entities or (why is not None and why.kind == "private"))


def _event_type(live: LiveRelease, event: str) -> EventType:
    return next(one for name, one in live.reader.event_types.items() if str(name) == event)


def _inputs(lake: Lake, live: LiveRelease, model: str, event: str, rows: IntArray) -> dict[str, InputValues]:
    """The recorded inputs of the decisions on the events at ``rows`` (places of the journal)."""
    columns = comparable_inputs(live, model, event)
    if not rows.size or not columns:
        return {}
    facts = recorded_facts(lake, event, columns, lake.projected_seq)
    seqs = np.asarray(facts.head["row_seq"].to_numpy(), dtype=np.int64)
    if not seqs.size:
        return {}
    places = np.minimum(np.searchsorted(seqs, rows), seqs.size - 1)
    there = seqs[places] == rows
    found = {}
    for name, column in columns.items():
        texts = column.type is SqlType.TEXT
        values = _codes(facts.inputs[name]) if texts else _as_numbers(facts.inputs[name])
        if not np.isnan(values).all():
            category = texts or column.type is SqlType.BOOLEAN
            found[name] = InputValues(np.where(there, values[places], np.nan), category)
    return found


def _codes(column: pa.ChunkedArray) -> FloatArray:
    coded = column.combine_chunks().dictionary_encode()
    chunk = coded.chunk(0) if isinstance(coded, pa.ChunkedArray) else coded
    return _as_numbers(pa.chunked_array([chunk.indices]))


def _as_numbers(column: pa.ChunkedArray) -> FloatArray:
    numbers: FloatArray = np.asarray(column.cast(pa.float64()).to_numpy(), dtype=np.float64)
    return numbers


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _outcomes(events: list[str], labels: pa.Table | None) -> np.ndarray:
    if labels is None:
        return np.full(len(events), np.nan)
    stated = zip(*(labels[name].to_pylist() for name in ("event_id", "label_state", "bad")), strict=True)
    known = {event: float(bad) for event, state, bad in stated if state == "mature" and bad is not None}
    return np.asarray([known.get(one, np.nan) for one in events])


def _took(text: str | None) -> float:
    steps = msgspec.json.decode(text, type=dict[str, float]) if text else {}
    return sum(steps.values()) if steps else np.nan
