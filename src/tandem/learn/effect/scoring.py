"""Scores that were never needed, made up for: the model on the inputs that were recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import numpy as np
import pyarrow as pa

from tandem.decide.models import Model
from tandem.decide.policy.set_based import KnownScore, score_column
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType
from tandem.learn.effect.facts import FactTable, ModelKey
from tandem.learn.effect.reading import Stopped

__all__ = ["score_columns", "score_rows", "scored"]

_TOLD_EVERY: Final = 500


def score_columns(facts: FactTable, model: ModelKey) -> dict[str, pa.Array]:
    """What is known of a model's scores, as the columns that policies read."""
    key = ("scores", model)
    found: dict[str, pa.Array] | None = facts.kept.get(key)
    if found is None:
        known = facts.scores.get(model) or [None] * len(facts)
        found = facts.kept[key] = {
            score_column(model[0], output): pa.array(
                [None if one is None else getattr(one, output) for one in known], pa.float64()
            )
            for output in ("probability", "margin", "points")
        }
    return found


def score_rows(
    facts: FactTable,
    model: Model,
    key: ModelKey,
    rows: np.ndarray[Any, Any],
    columns: Mapping[str, Column],
    *,
    going: Callable[[], bool],
    progress: Callable[[int, int], None],
) -> None:
    """Score ``rows`` from their recorded inputs, and keep the scores.

    Raises:
        Stopped: no longer ``going``; what was scored by then is kept.
    """
    found: dict[int, KnownScore] = {}
    try:
        for at in range(0, len(rows), _TOLD_EVERY):
            progress(at, len(rows))
            if not going():
                raise Stopped
            some = rows[at : at + _TOLD_EVERY]
            table = facts.table.select(list(model.inputs)).take(pa.array(some, pa.int64()))
            scores = [one.to_pylist() for one in scored(model, key[0], table, columns).values()]
            found.update(zip(some.tolist(), map(KnownScore, *scores), strict=True))
    finally:
        facts.learn(key, found)


def scored(model: Model, name: str, table: pa.Table, columns: Mapping[str, Column]) -> dict[str, pa.Array]:
    """What ``model`` says of every row of ``table``: its score columns, bit for bit those of ``Model.score``.

    Args:
        name: under which policies use it.
        table: with a column for each of its inputs.
        columns: their types.
    """
    probability, margin, points = model.scores({name: _plain(table[name], columns[name]) for name in model.inputs})
    values = {
        "probability": pa.array(probability),
        "margin": pa.array(margin),
        "points": pa.nulls(len(table), pa.float64()) if points is None else pa.array(points, pa.float64()),
    }
    return {score_column(name, output): array for output, array in values.items()}


def _plain(column: pa.ChunkedArray, kind: Column) -> Any:
    """A column as models take it: times as numbers, whole numbers as floats where these hold them exactly."""
    if kind.type in {SqlType.TIMESTAMP, SqlType.DATE}:
        column = column.cast({SqlType.TIMESTAMP: pa.int64(), SqlType.DATE: pa.int32()}[kind.type])
    if kind.type in {SqlType.INTEGER, SqlType.TIMESTAMP}:
        try:
            return column.cast(pa.float64())
        except pa.ArrowInvalid:
            return column.to_pylist()
    return column if kind.type is SqlType.DOUBLE else column.to_pylist()
