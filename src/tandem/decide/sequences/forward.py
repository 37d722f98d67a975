"""One row and one history through the network, every sum in one order: the arithmetic that decisions are made of.

The same bits on every machine, as in ``decide.graphs.forward``: every number is binary64, every product is rounded before it is
added, every sum runs from its bias over its terms in order, the row's numbers before the state's. Instead of tanh and the
logistic function, which every library rounds otherwise, there is ``x / (1 + |x|)``: IEEE 754 says what its bits are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.models import GruDocument, Layer, VectorTable
from tandem.kernel.values import Value

__all__ = ["Floats", "Floats32", "Forward", "Many"]

Floats: TypeAlias = npt.NDArray[np.float64]
Floats32: TypeAlias = npt.NDArray[np.float32]
_Ints: TypeAlias = npt.NDArray[np.int64]


class Forward:
    """A checked document that computes one row.

    Args:
        document: the network.

    Attributes:
        nothing: the state of somebody to whom nothing happened.
    """

    def __init__(self, document: GruDocument) -> None:
        self.nothing: Floats32 = np.zeros(document.width, np.float32)
        self._table = VectorTable((*document.values, document.gap))
        self._bias, self._head = np.array(document.bias), np.array(document.head)
        self._intercept = np.array([document.intercept])
        self._outer, self._keep, self._reset, self._candidate = (
            _turned(one) for one in (document.outer, document.keep, document.reset, document.candidate)
        )

    def rows(self, values: Sequence[Value], gap: float | None) -> tuple[Floats, Floats]:
        """The row as it would be of somebody's first event, and as it is: after ``gap`` seconds.

        Raises:
            ValueError: another number of values than the document reads.
        """
        places, shares = self._table.find([*values, None])
        vectors = self._table.rows[places] + np.array(shares)[:, None] * self._table.steps[places]
        before = _summed(self._bias, vectors[:-1])
        first = _relu(before + vectors[-1])
        if gap is None:
            return first, first
        find = self._table.finders[-1].find
        place, share = find(gap)
        return first, _relu(before + (self._table.rows[place] + share * self._table.steps[place]))

    def margin(self, row: Floats, state: Floats32) -> float:
        """The margin of ``row`` with the state that the rows before it left."""
        seen = _relu(_layer(self._outer, np.concatenate([row, state])))
        return float(_summed(self._intercept, (self._head * seen)[:, None])[0])

    def moved(self, row: Floats, state: Floats32) -> Floats32:
        """The state after ``row``."""
        before = state.astype(np.float64)
        joined = np.concatenate([row, before])
        keep, reset = _gate(_layer(self._keep, joined)), _gate(_layer(self._reset, joined))
        candidate = _squash(_layer(self._candidate, np.concatenate([row, reset * before])))
        return (candidate + keep * (before - candidate)).astype(np.float32)


class Many:
    """The same for many rows, each with a state of its own, bit for bit as ``Forward``: for tables and training.

    Args:
        document: checked.
    """

    def __init__(self, document: GruDocument) -> None:
        self.document = document
        self._table = VectorTable((*document.values, document.gap))
        self._layers = {name: _turned(getattr(document, name)) for name in ("outer", "keep", "reset", "candidate")}

    def rows(self, columns: Sequence[Iterable[object]], gaps: Floats) -> tuple[Floats, Floats]:
        """Rows by width, as first events and as they are.

        Args:
            columns: the values, one column each.
            gaps: seconds, NaN where nothing was before.
        """
        before = np.repeat(np.array(self.document.bias)[None, :], len(gaps), axis=0)
        for finder, column in zip(self._table.finders[:-1], columns, strict=True):
            before += self._vectors(*finder.find_all(column))
        missing = self._table.rows[self._table.finders[-1].missing]
        found = self._vectors(*self._table.finders[-1].find_all(gaps))
        return _relu(before + missing), _relu(before + found)

    def margins(self, rows: Floats, states: Floats32) -> Floats:
        """The margin of every row."""
        seen = _relu(_layers(self._layers["outer"], np.concatenate([rows, states], axis=1)))
        total = np.full(len(rows), self.document.intercept)
        for column, weight in enumerate(self.document.head):
            total += weight * seen[:, column]
        return total

    def moved(self, rows: Floats, states: Floats32) -> Floats32:
        """The state after every row."""
        before = states.astype(np.float64)
        joined = np.concatenate([rows, before], axis=1)
        keep, reset = (_gate(_layers(self._layers[name], joined)) for name in ("keep", "reset"))
        candidate = _squash(_layers(self._layers["candidate"], np.concatenate([rows, reset * before], axis=1)))
        return (candidate + keep * (before - candidate)).astype(np.float32)

    def _vectors(self, places: _Ints, shares: Floats) -> Floats:
        found: Floats = self._table.rows[places] + shares[:, None] * self._table.steps[places]
        return found


def _turned(layer: Layer) -> tuple[Floats, Floats]:
    """Inputs in rows, outputs side by side: what is added in turn is one row after the other."""
    return np.ascontiguousarray(np.array(layer.weights).T), np.array(layer.bias)


def _layer(layer: tuple[Floats, Floats], values: Floats) -> Floats:
    weights, bias = layer
    return _summed(bias, weights * values[:, None])


def _layers(layer: tuple[Floats, Floats], values: Floats) -> Floats:
    weights, bias = layer
    total = np.repeat(bias[None, :], len(values), axis=0)
    for at, line in enumerate(weights):
        total += values[:, at : at + 1] * line
    return total


def _summed(start: Floats, terms: Floats) -> Floats:
    """``start`` and then one row of ``terms`` after another: what ``accumulate`` promises and ``sum`` does not."""
    rows: Any = np.add.accumulate(np.concatenate([start[None, :], terms]), axis=0)
    last: Floats = rows[-1]
    return last


def _relu(values: Floats) -> Floats:
    return np.where(values > 0.0, values, 0.0)


def _squash(values: Floats) -> Floats:
    found: Floats = values / (1.0 + np.abs(values))
    return found


def _gate(values: Floats) -> Floats:
    found: Floats = 0.5 * (1.0 + _squash(values))
    return found
