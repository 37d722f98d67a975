"""Cached neighbour states: what the network remembers of earlier rows, per thing they linked to.

Read before write: a row gathers the newest ``slots`` rows on each of its links, is scored, and is remembered for those that
come after it. So a state is computed once, no neighbour is ever recomputed, a label acts from the moment it is told, and a
thing nobody saw before simply has no neighbours. Memory is bounded: ``slots`` references per thing, at most ``things`` things,
the longest unused forgotten first.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.decide.graphs.documents import MARKS, SageDocument
from tandem.decide.graphs.network import Floats32

__all__ = ["NeighbourStates"]

_DEFAULT_THINGS: Final = 1_000_000


@dataclass(slots=True)
class _Remembered:
    key: str
    values: Floats32


class NeighbourStates:
    """The cache of one network.

    Args:
        document: the network whose states they are; another network needs another cache.
        things: how many linked things are remembered at most.
    """

    def __init__(self, document: SageDocument, things: int = _DEFAULT_THINGS) -> None:
        self.document = document
        self._most = things
        self._on: OrderedDict[tuple[str, str], deque[_Remembered]] = OrderedDict()
        self._rows: dict[str, list[_Remembered]] = {}

    def gather(self, links: Mapping[str, str | None]) -> tuple[Floats32, Floats32, list[list[str]]]:
        """``neighbours`` and ``present`` of one row with ``links`` (kind to thing), and the keys of who they are."""
        one = self.document
        neighbours = np.zeros((1, len(one.links), one.slots, 2 * one.width + MARKS), np.float32)
        present = np.zeros((1, len(one.links), one.slots), np.float32)
        keys: list[list[str]] = []
        for place, kind in enumerate(one.links):
            thing = links.get(kind)
            found = () if thing is None else self._on.get((kind, thing), ())
            for slot, remembered in enumerate(found):
                neighbours[0, place, slot] = remembered.values
                present[0, place, slot] = 1.0
            keys.append([remembered.key for remembered in found])
        return neighbours, present, keys

    def remember(self, key: str, links: Mapping[str, str | None], states: Floats32) -> None:
        """Keep ``states`` of the row ``key`` for those that will link to the same things."""
        kept = _Remembered(key, np.concatenate([states.ravel(), np.zeros(MARKS, np.float32)]))
        for kind in self.document.links:
            thing = links.get(kind)
            if thing is None:
                continue
            on = self._on.setdefault((kind, thing), deque())
            self._on.move_to_end((kind, thing))
            on.appendleft(kept)
            self._rows.setdefault(key, []).append(kept)
            if len(on) > self.document.slots:
                self._drop(on.pop())
        while len(self._on) > self._most:
            _, on = self._on.popitem(last=False)
            for gone in on:
                self._drop(gone)

    def label(self, key: str, *, bad: bool) -> None:
        """What the row ``key`` turned out to be, for those that read it from now on; nothing if it is forgotten."""
        for kept in self._rows.get(key, [])[:1]:
            kept.values[-MARKS:] = (1.0, 0.0) if bad else (0.0, 1.0)

    def _drop(self, gone: _Remembered) -> None:
        rest = self._rows[gone.key]
        rest.pop()
        if not rest:
            del self._rows[gone.key]
