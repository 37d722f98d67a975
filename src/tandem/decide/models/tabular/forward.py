"""A tabular network in numpy, every sum in one order: the reference, which ``_compiled.cpp`` follows to the bit.

Every number is binary64, every product is rounded before it is added, every sum runs from its start over its terms in order
(as in ``decide.graphs.forward``): the same bits on every machine, one row or many.

**Contributions** are integrated gradients (Sundararajan, Taly and Yan 2017) over the vectors of the inputs, from their means
over the training rows, and they are exact. Along the straight line from the mean state to the row's the network is linear
between the places where a hidden number changes sign; those places are found block by block, the gradient between two of
them is a constant, and the integral is a sum. In the last block no place is needed: the share of a stretch over which a
number is positive is enough. An input's part is its vector less its mean, times the integral; the parts sum to the margin
less the margin of the mean state, to rounding. What acts through the head alone gets its exact Shapley value.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from tandem.decide.models.documents import Block, TabularNetwork
from tandem.decide.models.encoding import Floats
from tandem.decide.models.tabular.vectors import Places, VectorTable
from tandem.kernel.values import Value

__all__ = ["Forward"]

_CHUNK = 4_096


class Forward:
    """A checked document that computes.

    Args:
        document: the network.
        table: its vectors.
    """

    def __init__(self, document: TabularNetwork, table: VectorTable) -> None:
        self._table = table
        self._bias, self._head = np.array(document.bias), np.array(document.head)
        self._intercept = document.intercept
        self._blocks = [_Block(one) for one in document.blocks]
        self._means = np.array([one.mean for one in document.inputs])
        self.expected = self._margin_of(_summed(self._bias, self._means))

    def margin(self, row: Sequence[Value]) -> float:
        """The margin of one row.

        Raises:
            ValueError: another number of values than inputs.
        """
        return self._margin_of(_summed(self._bias, self._vectors(row)))

    def _margin_of(self, state: Floats) -> float:
        for one in self._blocks:
            hidden = _summed(one.inner_bias, one.inner * state[:, None])
            state = _summed(state + one.outer_bias, one.outer * _relu(hidden)[:, None])
        return float(_summed(np.array([self._intercept]), (self._head * state)[:, None])[0])

    def margins(self, places: Sequence[Places], shares: Sequence[Floats]) -> Floats:
        """The margins of many rows: ``places`` and ``shares`` per input."""
        count = len(places[0])
        out = np.empty(count)
        for start in range(0, count, _CHUNK):
            part = slice(start, start + _CHUNK)
            state = np.repeat(self._bias[None, :], len(out[part]), axis=0)
            for place, share in zip(places, shares, strict=True):
                at = place[part]
                state += self._table.rows[at] + share[part][:, None] * self._table.steps[at]
            for one in self._blocks:
                hidden = _applied(np.repeat(one.inner_bias[None, :], len(state), axis=0), one.inner, state)
                state = _applied(state + one.outer_bias, one.outer, _relu(hidden))
            total = np.full(len(state), self._intercept)
            for column, weight in enumerate(self._head.tolist()):
                total += weight * state[:, column]
            out[part] = total
        return out

    def contributions(self, row: Sequence[Value]) -> list[float]:
        """What each input adds on the way from the mean state.

        Raises:
            ValueError: another number of values than inputs.
        """
        return self._parts(self._means, self._vectors(row))

    def contributions_from(self, best: Sequence[Value], row: Sequence[Value]) -> list[float]:
        """What each input adds on the way from another row.

        Raises:
            ValueError: another number of values than inputs.
        """
        return self._parts(self._vectors(best), self._vectors(row))

    def _parts(self, before: Floats, after: Floats) -> list[float]:
        slope = self._mean_gradient(_summed(self._bias, before), _summed(self._bias, after))
        parts: list[float] = _summed(np.zeros(len(after)), ((after - before) * slope).T).tolist()
        return parts

    def _vectors(self, row: Sequence[Value]) -> Floats:
        places, shares = self._table.find(row)
        found: Floats = self._table.rows[places] + np.array(shares)[:, None] * self._table.steps[places]
        return found

    def _mean_gradient(self, start: Floats, end: Floats) -> Floats:
        """The gradient of the margin by the state, meant over the line from ``start`` to ``end``."""
        when, states = np.array([0.0, 1.0]), np.stack([start, end])
        active: list[Floats] = []
        for number, one in enumerate(self._blocks):
            hidden = _applied(np.repeat(one.inner_bias[None, :], len(states), axis=0), one.inner, states)
            if number < len(self._blocks) - 1:
                segment, share = _crossings(hidden)
                when, states, hidden = (_between(line, segment, share) for line in (when, states, hidden))
                active = [each[segment[:-1]] for each in active]
                active.append((hidden[:-1] + hidden[1:] > 0.0).astype(np.float64))
            else:
                active.append(_positive_share(hidden[:-1], hidden[1:]))
            states = _applied(states + one.outer_bias, one.outer, _relu(hidden))
        lengths = when[1:] - when[:-1]
        slope = np.repeat(self._head[None, :], len(lengths), axis=0)
        for one, share in zip(reversed(self._blocks), reversed(active), strict=True):
            back = share * _applied(np.zeros_like(share), one.outer.T, slope)
            slope = _applied(slope, one.inner.T, back)
        return _summed(np.zeros(slope.shape[1]), lengths[:, None] * slope)


class _Block:
    """A block with its inputs in rows and its outputs side by side."""

    def __init__(self, block: Block) -> None:
        self.inner, self.inner_bias = np.array(block.inner.weights).T, np.array(block.inner.bias)
        self.outer, self.outer_bias = np.array(block.outer.weights).T, np.array(block.outer.bias)


def _crossings(hidden: Floats) -> tuple[Places, Floats]:
    """Where a hidden number changes sign between two points: all points anew, each as (point before, share on the way on).

    The last point is (last segment, 1.0); the ones that were there are (segment, 0.0).
    """
    below, above = hidden[:-1], hidden[1:]
    crossed = ((below > 0.0) & (above < 0.0)) | ((below < 0.0) & (above > 0.0))
    segment, share = [], []
    for at in range(len(below)):
        units = np.flatnonzero(crossed[at])
        cuts = below[at, units] / (below[at, units] - above[at, units])
        inside = sorted({float(one) for one in cuts if 0.0 < one < 1.0})
        segment += [at] * (len(inside) + 1)
        share += [0.0, *inside]
    return np.array([*segment, len(below) - 1]), np.array([*share, 1.0])


def _between(line: Floats, segment: Places, share: Floats) -> Floats:
    """The points of ``line`` at ``share`` of the way from ``segment`` on."""
    low, high = line[segment], line[segment + 1]
    way = share if line.ndim == 1 else share[:, None]
    # The ends themselves, not what rounding makes of them.
    found: Floats = np.where(way == 0.0, low, np.where(way == 1.0, high, low + way * (high - low)))
    return found


def _positive_share(below: Floats, above: Floats) -> Floats:
    """The share of the way from ``below`` to ``above`` that is positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        cut = below / (below - above)
    falling = np.where(below > 0.0, np.where(above < 0.0, cut, 1.0), 0.0)
    found: Floats = np.where((below <= 0.0) & (above > 0.0), 1.0 - np.where(below == 0.0, 0.0, cut), falling)
    return found


def _applied(start: Floats, weights: Floats, values: Floats) -> Floats:
    """``start`` (rows by outputs) and then the products of one input after another; changes ``start``."""
    for at, line in enumerate(weights):
        start += values[:, at : at + 1] * line
    return start


def _summed(start: Floats, terms: Floats) -> Floats:
    """``start`` and then one row of ``terms`` after another: what ``accumulate`` promises and ``sum`` does not."""
    rows: Any = np.add.accumulate(np.concatenate([start[None, :], terms]), axis=0)
    last: Floats = rows[-1]
    return last


def _relu(values: Floats) -> Floats:
    return np.where(values > 0.0, values, 0.0)
