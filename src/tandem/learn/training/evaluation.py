"""Judging a model, however it came to be, on a table with outcomes."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa

from tandem.decide.models import (
    AdditiveInput,
    Blend,
    LinearInput,
    Model,
    ModelDocument,
    ModelInput,
    NetworkInput,
    ScorecardInput,
    StatefulDocument,
)
from tandem.kernel.errors import InvalidInput
from tandem.kernel.values import Value
from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.columns import numbers_in_text, numbers_of, texts_of
from tandem.learn.training.figures import model_figures
from tandem.learn.training.judging import ModelFigures, judge
from tandem.learn.training.logistic import logit
from tandem.learn.training.target import read_target, require_column

__all__ = ["Evaluation", "evaluate", "inputs_of", "rows_of", "score_table"]

_Input = ModelInput | ScorecardInput | AdditiveInput | LinearInput | NetworkInput


@dataclass(frozen=True, slots=True)
class Evaluation:
    """A model's figures on a table.

    Attributes:
        model: name of the model; ``digest`` its document's.
        target, positive: outcome column and bad value.
        figures: on all labelled rows. Its ``stability`` compares the first with the second half of the rows, since the
            rows the model learned from are not at hand.
        log_odds, bad: calibrated log-odds and outcome per labelled row.
    """

    model: str
    digest: str
    target: str
    positive: str
    figures: ModelFigures
    log_odds: FloatArray
    bad: FloatArray

    def to_json(self) -> dict[str, Any]:
        """All figures as plain JSON values."""
        return {
            "model": self.model,
            "digest": self.digest,
            "target": self.target,
            "positive": self.positive,
            "figures": model_figures(self.figures),
        }


def evaluate(model: Model, table: pa.Table, target: str | None = None, positive: str | None = None) -> Evaluation:
    """Figures of a loaded ``model`` on ``table``.

    Args:
        model: from ``decide.models.load_model``.
        table: holds every input and the outcome.
        target: outcome column; the model's own when absent.
        positive: its bad value; the model's own when absent.

    Raises:
        InvalidInput: an input or the outcome is missing or cannot be read.
    """
    metadata = model.document.metadata
    name = target or metadata.target
    wanted = positive if positive is not None else (metadata.adverse if target in {None, metadata.target} else None)
    outcome = read_target(table, name, wanted)
    labelled = table.take(pa.array(outcome.rows)) if outcome.unlabelled else table
    log_odds = score_table(model, labelled)
    half = log_odds[: log_odds.size // 2]
    return Evaluation(
        model=model.name,
        digest=str(model.digest),
        target=name,
        positive=outcome.positive,
        figures=judge(outcome.bad, log_odds, half),
        log_odds=log_odds,
        bad=outcome.bad,
    )


def score_table(model: Model, table: pa.Table) -> FloatArray:
    """Calibrated log-odds of bad per row of ``table``, which holds every input.

    Raises:
        InvalidInput: an input is missing or cannot be read.
    """
    columns = {item.name: _values(table, item) for item in inputs_of(model.document)}
    return logit(model.score_batch(columns))


def rows_of(model: Model, table: pa.Table) -> list[list[Value]]:
    """The rows of ``table`` as ``model`` takes them one by one: values in the order of its inputs, None where missing."""
    columns = {item.name: _values(table, item) for item in inputs_of(model.document)}
    lists = [_plain(columns[name]) for name in model.inputs]
    return [list(row) for row in zip(*lists, strict=True)]


def _plain(values: FloatArray | list[str | None]) -> list[Value]:
    if isinstance(values, list):
        return list(values)
    return [None if math.isnan(value) else value for value in values.tolist()]


def inputs_of(document: ModelDocument) -> list[_Input]:
    """The inputs of a document of any kind, each once."""
    if isinstance(document, Blend):
        found = [item for member in document.members for item in inputs_of(member.model)]
        return list({item.name: item for item in found}.values())
    if isinstance(document, StatefulDocument):
        return [ModelInput(name=name) for name in document.parts]
    return list(document.inputs)


def _values(table: pa.Table, item: _Input) -> FloatArray | list[str | None]:
    """A column as the model reads it."""
    array = require_column(table, item.name, "table")
    if item.type == "categorical":
        return texts_of(array)
    if pa.types.is_null(array.type):
        return np.full(len(array), np.nan)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        numbers = numbers_in_text(texts_of(array))
        if numbers is None:
            raise InvalidInput(
                "The model reads numbers here; the column holds texts.",
                code="type_changed",
                field=item.name,
                hint="give the same table layout as in training",
            )
        return numbers
    return numbers_of(item.name, array)
