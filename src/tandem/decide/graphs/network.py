"""The network in plain numpy, many rows at once, in binary32: what training and offline scoring run, and ONNX exports.

One row in a decision is ``forward``'s, which differs from this by rounding alone.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models import MARKS, Layer, SageDocument

__all__ = ["Floats32", "SageNetwork", "encoded"]

Floats32: TypeAlias = npt.NDArray[np.float32]


class SageNetwork:
    """A checked document that computes, in binary32 like its ONNX twin."""

    def __init__(self, document: SageDocument) -> None:
        self.document = document
        self._first, self._second, self._head = (
            _layer(one) for one in (document.first, document.second, document.head)
        )

    def run(self, row: Floats32, neighbours: Floats32, present: Floats32) -> tuple[Floats32, Floats32]:
        """Margins, and the two states of each row side by side.

        Args:
            row: rows x inputs, from ``encoded``.
            neighbours: rows x links x slots x (2 width + marks): both states of a neighbour, known bad, known good.
            present: rows x links x slots: 1 where there is a neighbour.
        """
        width = self.document.width
        marks = neighbours[..., 2 * width :]
        first = np.maximum(_apply(self._first, row), 0)
        near = np.concatenate([neighbours[..., :width], marks], axis=-1)
        second = np.maximum(_apply(self._second, np.column_stack([first, _means(near, present)])), 0)
        far = np.concatenate([neighbours[..., width : 2 * width], marks], axis=-1)
        margin = _apply(self._head, np.column_stack([second, _means(far, present)]))
        return margin[:, 0], np.column_stack([first, second])

    def nobody(self, rows: int) -> tuple[Floats32, Floats32]:
        """``neighbours`` and ``present`` of rows without any."""
        one = self.document
        shape = (rows, len(one.links), one.slots)
        return np.zeros((*shape, 2 * one.width + MARKS), np.float32), np.zeros(shape, np.float32)


def encoded(document: SageDocument, values: npt.NDArray[np.float64]) -> Floats32:
    """Rows x inputs, standardised; a missing or infinite value becomes the mean."""
    with np.errstate(invalid="ignore"):
        scaled = (values - np.array(document.mean)) / np.array(document.scale)
    # Beyond ten deviations a value says nothing more, and binary32 stays far from its limits.
    return np.where(np.isfinite(scaled), np.clip(scaled, -10, 10), 0.0).astype(np.float32)


def _layer(layer: Layer) -> tuple[Floats32, Floats32]:
    return np.array(layer.weights, np.float32), np.array(layer.bias, np.float32)


def _apply(layer: tuple[Floats32, Floats32], values: Floats32) -> Floats32:
    result: Floats32 = values @ layer[0].T + layer[1]
    return result


def _means(values: Floats32, present: Floats32) -> Floats32:
    """Rows x (links * columns): the mean over present slots, zeros where there are none."""
    count = np.maximum(present.sum(axis=2), 1)
    total = (values * present[..., None]).sum(axis=2)
    mean: Floats32 = (total / count[..., None]).reshape(values.shape[0], -1)
    return mean
