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

__all__ = ["score_columns", "score_rows"]

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
    some = facts.table.select(list(model.inputs)).take(pa.array(rows, pa.int64()))
    inputs = [_plain(some[name], columns[name].type) for name in model.inputs]
    found: dict[int, KnownScore] = {}
    try:
        for at, (row, values) in enumerate(zip(rows.tolist(), zip(*inputs, strict=True), strict=True)):
            if at % _TOLD_EVERY == 0:
                progress(at, len(rows))
                if not going():
                    raise Stopped
            score = model.score(values)
            found[row] = KnownScore(score.probability, score.margin, score.points)
    finally:
        facts.learn(key, found)


def _plain(column: pa.ChunkedArray, kind: SqlType) -> list[Any]:
    whole = {SqlType.TIMESTAMP: pa.int64(), SqlType.DATE: pa.int32()}.get(kind)
    return list((column if whole is None else column.cast(whole)).to_pylist())
