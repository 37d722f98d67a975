"""One row through the network, every sum in one order: the arithmetic that decisions are made of.

The same bits on every machine, so that a decision can be proved on another one. A library for matrices rounds by the processor
it finds; here every number is binary64, every product is rounded before it is added, and every sum runs from its bias (or
zero) over its terms in order. ``_compiled.cpp`` does the same, many outputs side by side.

The margin comes in parts: ``own`` is the margin without any neighbours; the part of a link is the exact Shapley value (1953)
of its neighbours, where the players are the links that have some and a set is worth the margin with only theirs present.
That is cheap, since the network is linear before each relu: what a link adds to the second layer and to the head is computed
once, and each of the sets costs an addition, a relu and a dot product per number of the width. A link without neighbours
has zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.decide.graphs.network import Floats32
from tandem.decide.models import MARKS, SageDocument, number_of

__all__ = ["Forward", "Near", "shapley_weights"]

_Floats: TypeAlias = npt.NDArray[np.float64]

Near: TypeAlias = "tuple[Floats32, bool | None]"
"""A neighbour: its two states, and what is known of its member: bad, good or nothing."""

CLIP: Final = 10.0
"""Beyond so many deviations a value says nothing more."""


def shapley_weights(players: int) -> list[float]:
    """What a set of so many players weighs in the value of one more, by its size."""
    one = math.factorial
    return [one(size) * one(players - size - 1) / one(players) for size in range(players)]


class Forward:
    """A checked document that computes one row.

    Args:
        document: the network.
    """

    def __init__(self, document: SageDocument) -> None:
        self.document = document
        self._mean, self._scale = np.array(document.mean), np.array(document.scale)
        # Inputs in rows, outputs side by side: what is added in turn is one row after the other.
        self._first_w, self._first_b = np.array(document.first.weights).T, np.array(document.first.bias)
        self._second_w, self._second_b = np.array(document.second.weights).T, np.array(document.second.bias)
        self._head_w, self._head_b = np.array(document.head.weights)[0], np.array(document.head.bias)
        self._sets = [_Sets(players) for players in range(len(document.links) + 1)]

    def run(self, values: Sequence[object], near: Sequence[Sequence[Near]]) -> tuple[list[float], Floats32]:
        """The parts of the margin, own first, and the row's two states side by side.

        Args:
            values: of the inputs; whatever is no number is missing.
            near: per link its neighbours, newest first.
        """
        width = self.document.width
        first = _relu(_summed(self._first_b, self._first_w * self._encoded(values)[:, None]))
        present = [place for place, some in enumerate(near) if some]
        base = _summed(self._second_b, self._second_w[:width] * first[:, None])
        worlds, far = base[None, :], []
        for place in present:
            start = width + place * (width + MARKS)
            part = slice(start, start + width + MARKS)
            near_mean, far_mean = _means(near[place], width)
            added = _summed(np.zeros(width), self._second_w[part] * near_mean[:, None])
            far.append(float(_summed(np.zeros(1), (self._head_w[part] * far_mean)[:, None])[0]))
            worlds = np.concatenate([worlds, worlds + added])
        second = _relu(worlds)
        worth = _summed(np.repeat(self._head_b, len(worlds)), (second * self._head_w[:width]).T)
        parts = [float(worth[0]), *([0.0] * len(near))]
        for player, place in enumerate(present):
            parts[place + 1] = self._sets[len(present)].value(worth, player) + far[player]
        return parts, np.concatenate([first, second[-1]]).astype(np.float32)

    def _encoded(self, values: Sequence[object]) -> _Floats:
        if len(values) != self._mean.size:
            raise ValueError(f"{len(values)} values for {self._mean.size} inputs")
        with np.errstate(invalid="ignore", over="ignore"):
            scaled = (np.array([number_of(value) for value in values]) - self._mean) / self._scale
        finite: _Floats = np.where(np.isfinite(scaled), np.clip(scaled, -CLIP, CLIP), 0.0)
        return finite


class _Sets:
    """The sets of so many players, as bits: those without each of them, and what they weigh."""

    def __init__(self, players: int) -> None:
        weights = np.array(shapley_weights(players))
        sets = np.arange(1 << players)
        sizes = np.array([int(one).bit_count() for one in sets])
        self._without = [sets[sets >> player & 1 == 0] for player in range(players)]
        self._weights = [weights[sizes[without]] for without in self._without]

    def value(self, worth: _Floats, player: int) -> float:
        without = self._without[player]
        terms = self._weights[player] * (worth[without | 1 << player] - worth[without])
        return float(_summed(np.zeros(1), terms[:, None])[0])


def _summed(start: _Floats, terms: _Floats) -> _Floats:
    """``start`` and then one row of ``terms`` after another: what ``accumulate`` promises and ``sum`` does not."""
    rows: Any = np.add.accumulate(np.concatenate([start[None, :], terms]), axis=0)
    last: _Floats = rows[-1]
    return last


def _relu(values: _Floats) -> _Floats:
    return np.where(values > 0.0, values, 0.0)


def _means(near: Sequence[Near], width: int) -> tuple[_Floats, _Floats]:
    """Over the neighbours: of the first states and of the second, each with the marks behind it."""
    states = np.array([one for one, _ in near], dtype=np.float64)
    marks = np.array([(known is True, known is False) for _, known in near], dtype=np.float64)
    nothing = np.zeros(width + MARKS)
    first, second = (np.column_stack([half, marks]) for half in (states[:, :width], states[:, width:]))
    return _summed(nothing, first) / len(near), _summed(nothing, second) / len(near)
