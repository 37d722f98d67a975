"""A fitted network as a document: its vectors, with their means over the training rows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tandem.decide.models import Block, Layer, Metadata, NetworkInput, PlattCalibration, Scaling, TabularNetwork
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.calibrating import Platt
from tandem.learn.training.frame import Frame, NumericColumn
from tandem.learn.training.network import NetworkFit
from tandem.learn.training.network_encoding import encoded_rows
from tandem.learn.training.network_reading import vectors_of

__all__ = ["tabular_document"]


def tabular_document(
    fit: NetworkFit, frame: Frame, platt: Platt, *, scaling: Scaling, reasons: dict[str, str], metadata: Metadata
) -> TabularNetwork:
    """``fit`` as a document; the means are over ``frame``, its training rows."""
    layers = [Layer(weights=_rows(weights), bias=_line(bias)) for weights, bias in fit.layers]
    return TabularNetwork(
        metadata=metadata,
        inputs=tuple(_inputs(fit, frame, reasons)),
        bias=_line(fit.bias),
        blocks=tuple(Block(inner=inner, outer=outer) for inner, outer in zip(layers[::2], layers[1::2], strict=True)),
        head=_line(fit.head),
        intercept=fit.intercept,
        calibration=PlattCalibration(slope=platt.slope, intercept=platt.intercept),
        scaling=scaling,
    )


def _inputs(fit: NetworkFit, frame: Frame, reasons: dict[str, str]) -> Iterator[NetworkInput]:
    numbers, codes = encoded_rows(fit.encoding, frame)
    learned = vectors_of(fit.encoding, fit.slopes, fit.texts, fit.gaps)
    number = text = 0
    for column in frame.columns:
        one = learned[column.name]
        vectors = np.array(one.vectors).reshape(-1, fit.bias.size)
        if isinstance(column, NumericColumn):
            mean = _mean_of_numbers(numbers[:, number], np.array(one.knots), vectors, np.array(one.missing))
            number += 1
        else:
            start = fit.encoding.starts[column.name]
            mean = _mean_of_texts(codes[:, text] - start, np.vstack([vectors, [one.missing], [one.unknown]]))
            text += 1
        parts = {name: getattr(one, name) for name in one.__struct_fields__}
        yield NetworkInput(**parts, mean=_line(mean), reason=reasons[column.name])


def _mean_of_numbers(values: FloatArray, knots: FloatArray, vectors: FloatArray, gap: FloatArray) -> FloatArray:
    missing = np.isnan(values)
    present = values[~missing]
    sums = [float(np.interp(present, knots, column).sum()) for column in vectors.T]
    mean: FloatArray = (np.array(sums) + missing.sum() * gap) / values.size
    return mean


def _mean_of_texts(places: IntArray, vectors: FloatArray) -> FloatArray:
    counts = np.bincount(places, minlength=len(vectors))
    mean: FloatArray = (counts[:, None] * vectors).sum(axis=0) / places.size
    return mean


def _rows(matrix: FloatArray) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(row) for row in matrix.tolist())


def _line(vector: FloatArray) -> tuple[float, ...]:
    return tuple(vector.tolist())
