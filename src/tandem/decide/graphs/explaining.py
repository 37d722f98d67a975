"""Which neighbours moved a score of the network: each is left out in turn and the row is scored again, exactly.

Occlusion, not an approximation of it: all variants of one row run as one batch. Effects of neighbours need not add up, since
the network is not linear; each says what the score would have been without that neighbour.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from tandem.decide.graphs.network import Floats32
from tandem.decide.models import SageDocument

__all__ = ["NeighbourEffect", "neighbour_effects"]


class _Runs(Protocol):
    @property
    def document(self) -> SageDocument: ...

    def run(self, row: Floats32, neighbours: Floats32, present: Floats32) -> tuple[Floats32, Floats32]: ...


@dataclass(frozen=True, slots=True)
class NeighbourEffect:
    """What one neighbour, or all of a link, did to the margin.

    Attributes:
        link: the kind of link.
        key: which neighbour; None for all of the link together.
        log_odds: margin with it less margin without; positive speaks for bad.
    """

    link: str
    key: str | None
    log_odds: float


def neighbour_effects(
    network: _Runs, row: Floats32, neighbours: Floats32, present: Floats32, keys: Sequence[Sequence[str]]
) -> tuple[NeighbourEffect, ...]:
    """Effects of every link and every neighbour of one row, strongest first."""
    about: list[tuple[str, str | None]] = []
    masks = [present[0]]
    for place, (kind, names) in enumerate(zip(network.document.kinds, keys, strict=True)):
        if not names:
            continue
        for slots, key in [(slice(None), None), *((slice(at, at + 1), key) for at, key in enumerate(names))]:
            without = present[0].copy()
            without[place, slots] = 0.0
            masks.append(without)
            about.append((kind, key))
    count = len(masks)
    margins, _ = network.run(np.repeat(row, count, axis=0), np.repeat(neighbours, count, axis=0), np.stack(masks))
    effects = [
        NeighbourEffect(kind, key, float(margins[0] - margin))
        for (kind, key), margin in zip(about, margins[1:], strict=True)
    ]
    return tuple(sorted(effects, key=lambda effect: -abs(effect.log_odds)))
