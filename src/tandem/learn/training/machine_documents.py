"""The fitted machine as a document: tables with the training rows counted in them, and calibration folded in."""

from __future__ import annotations

from typing import Literal

import numpy as np

from tandem.decide.models import (
    Additive,
    AdditiveInput,
    AdditivePair,
    Axis,
    Metadata,
    Scaling,
    monotone_violations,
)
from tandem.kernel.errors import IntegrityError
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.frame import Column, Frame, NumericColumn
from tandem.learn.training.machine import Cuts, MachineFit, PairTable, Table

__all__ = ["additive_document"]


def additive_document(
    fit: MachineFit,
    frame: Frame,
    bad: FloatArray,
    platt: Platt,
    *,
    scaling: Scaling,
    reasons: dict[str, str],
    monotone: tuple[int, ...],
    metadata: Metadata,
) -> Additive:
    """``fit`` as an additive document over its training rows.

    Platt's line over a sum of tables is a sum of tables again, so it is folded into the weights, and points mean
    calibrated odds.

    Raises:
        IntegrityError: a table breaks the sign it was held to.
    """
    signs = monotone or (0,) * len(frame.columns)
    document = Additive(
        metadata=metadata,
        inputs=tuple(
            _input(column, table, bad, platt.slope, sign=sign, reason=reasons[column.name])
            for column, table, sign in zip(frame.columns, fit.tables, signs, strict=True)
        ),
        pairs=tuple(_pair(frame, pair, platt.slope) for pair in fit.pairs),
        intercept=platt.slope * fit.intercept + platt.intercept,
        scaling=scaling,
    )
    for one in document.inputs:
        if one.monotone and monotone_violations(document, one.name):
            raise IntegrityError(
                "A table breaks the monotone constraint it was trained under.", code="monotone_broken", field=one.name
            )
    return document


def _input(column: Column, table: Table, bad: FloatArray, slope: float, *, sign: int, reason: str) -> AdditiveInput:
    numeric = isinstance(column, NumericColumn)
    weights = slope * table.weights
    bins = len(table.cuts.edges) + 1 if numeric else len(table.cuts.groups)
    codes = rows_in(column, table.cuts)
    return AdditiveInput(
        name=column.name,
        type="numeric" if numeric else "categorical",
        edges=table.cuts.edges,
        groups=table.cuts.groups,
        weights=tuple(weights[:bins].tolist()),
        missing=float(weights[bins]),
        unknown=None if numeric else float(weights[bins + 1]),
        counts=tuple(np.bincount(codes, minlength=bins + 1)[: bins + 1].tolist()),
        adverse=tuple(np.bincount(codes, weights=bad, minlength=bins + 1)[: bins + 1].astype(np.int64).tolist()),
        monotone=_sign(sign),
        reason=reason,
    )


def _pair(frame: Frame, pair: PairTable, slope: float) -> AdditivePair:
    columns = (frame.columns[pair.first], frame.columns[pair.second])
    rows, places = (rows_in(column, cuts) for column, cuts in zip(columns, pair.cuts, strict=True))
    weights = slope * pair.weights
    first, second = (
        Axis(name=column.name, edges=cuts.edges, groups=cuts.groups)
        for column, cuts in zip(columns, pair.cuts, strict=True)
    )
    return AdditivePair(
        first=first,
        second=second,
        weights=tuple(tuple(row) for row in weights.tolist()),
        mean=float(weights[rows, places].mean()),
    )


def rows_in(column: Column, cuts: Cuts) -> IntArray:
    """The row of a table cut by ``cuts`` that each value of ``column`` falls into."""
    if isinstance(column, NumericColumn):
        found = np.searchsorted(np.array(cuts.edges), column.values, side="right").astype(np.int64)
        found[np.isnan(column.values)] = len(cuts.edges) + 1
        return found
    place = {text: at for at, group in enumerate(cuts.groups) for text in group}
    missing, unknown = len(cuts.groups), len(cuts.groups) + 1
    # From behind: -1 is missing, -2 unknown.
    table = np.asarray([*(place.get(level, unknown) for level in column.levels), unknown, missing], dtype=np.int64)
    result: IntArray = table[column.codes]
    return result


def _sign(value: int) -> Literal[-1, 0, 1]:
    return -1 if value < 0 else 1 if value > 0 else 0
