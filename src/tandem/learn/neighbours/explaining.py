"""Which neighbours moved a score: the exact contributions of the inputs, added up by link and hop.

Contributions are exact and add up to the margin, so their sums over groups are exact too. What a person reads is "known bad
rows on the same device: +1.8", not forty numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tandem.decide.models import Model
from tandem.kernel.values import Value
from tandem.learn.neighbours.columns import NeighbourColumn

__all__ = ["NeighbourShare", "neighbour_shares"]


@dataclass(frozen=True, slots=True)
class NeighbourShare:
    """What one group of columns added to the margin.

    Attributes:
        link: the kind of link; ``own`` for the row itself.
        hop: how far.
        known_bad: whether it is what was known of outcomes there, or what was done there.
        log_odds: their sum; positive speaks for bad.
    """

    link: str
    hop: int
    known_bad: bool
    log_odds: float


def neighbour_shares(
    model: Model, row: Sequence[Value], columns: Sequence[NeighbourColumn]
) -> tuple[NeighbourShare, ...]:
    """What each link and hop added to the margin of ``row``, strongest first; they sum to margin - ``model.expected``.

    Args:
        model: a loaded document; inputs that are no neighbour column count as the row's own.
        row: values in the order of ``model.inputs``.
        columns: what the neighbour columns mean.
    """
    meaning = {column.name: column for column in columns}
    sums: dict[tuple[str, int, bool], float] = {}
    for name, added in zip(model.inputs, model.contributions(row), strict=True):
        column = meaning.get(name, NeighbourColumn(name, "own", 0))
        group = (column.link, column.hop, column.reads_labels)
        sums[group] = sums.get(group, 0.0) + added
    shares = [NeighbourShare(*group, log_odds=total) for group, total in sums.items()]
    return tuple(sorted(shares, key=lambda share: -abs(share.log_odds)))
