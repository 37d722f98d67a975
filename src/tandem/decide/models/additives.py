"""An additive model as tables.

Pairs may cut an input elsewhere than its own table does. All cuts of an input are laid over each other when the model is
loaded, so that a row costs one search per input, and every table knows its row by that place.

Contributions are measured from the mean of each table over the training rows; a pair's is split evenly between its two
inputs, which is the Shapley share of a term that needs both. They sum to margin minus expected margin.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence

from tandem.decide.models.documents import Additive, AdditiveInput, AdditivePair, Axis
from tandem.decide.models.encoding import Codes
from tandem.decide.models.tables import Joint, Lookup, Tables, Term

__all__ = ["Places", "additive_tables", "mean_weight", "places_of"]


class Places:
    """The places of one input: between all its cuts, or one per text; then missing, then unknown.

    ``weights`` is the input's own table by place, ``rows(axis)`` a pair's row by place. ``edges`` are all cuts.
    """

    def __init__(self, own: AdditiveInput, axes: Sequence[Axis]) -> None:
        self.edges = sorted({*own.edges, *(edge for axis in axes for edge in axis.edges)})
        self._codes: Codes | None = None
        regular = len(self.edges) + 1
        if own.type == "categorical":
            groups = [*own.groups, *(group for axis in axes for group in axis.groups)]
            texts = dict.fromkeys(text for group in groups for text in group)
            self._codes = {text: float(at) for at, text in enumerate(texts)}
            regular = len(texts)
        self.lookup = Lookup(missing=regular, unknown=regular + 1, edges=self.edges, codes=self._codes)
        table = [*own.weights, own.missing, own.missing if own.unknown is None else own.unknown]
        self.weights = [table[at] for at in self.rows(Axis(name=own.name, edges=own.edges, groups=own.groups))]

    def rows(self, axis: Axis) -> list[int]:
        """By place: the row of a table cut by ``axis``; of a numeric one, the last place is that of missing values."""
        if self._codes is None:
            cuts = list(axis.edges)
            # A place begins at a cut, the first one below them all.
            found = [0, *(bisect_right(cuts, edge) for edge in self.edges)]
            return [*found, len(cuts) + 1, len(cuts) + 1]
        group = {text: at for at, texts in enumerate(axis.groups) for text in texts}
        unknown = len(axis.groups) + 1
        return [*(group.get(text, unknown) for text in self._codes), len(axis.groups), unknown]


def additive_tables(document: Additive) -> Tables:
    """The tables of a checked additive model."""
    places = places_of(document)
    position = {name: at for at, name in enumerate(places)}
    means = [mean_weight(one) for one in document.inputs]
    return Tables(
        inputs=tuple(places),
        reasons=tuple(one.reason for one in document.inputs),
        terms=tuple(
            Term(one.lookup, one.weights, [weight - mean for weight in one.weights])
            for one, mean in zip(places.values(), means, strict=True)
        ),
        joints=tuple(
            Joint(
                first=position[one.first.name],
                second=position[one.second.name],
                rows=places[one.first.name].rows(one.first),
                columns=places[one.second.name].rows(one.second),
                weights=one.weights,
                halves=_halves(one),
            )
            for one in document.pairs
        ),
        intercept=document.intercept,
        expected=document.intercept + math.fsum([*means, *(one.mean for one in document.pairs)]),
    )


def places_of(document: Additive) -> dict[str, Places]:
    """The places of every input, by name, in the order of the inputs."""
    axes: dict[str, list[Axis]] = {one.name: [] for one in document.inputs}
    for pair in document.pairs:
        for axis in (pair.first, pair.second):
            axes[axis.name].append(axis)
    return {one.name: Places(one, axes[one.name]) for one in document.inputs}


def mean_weight(one: AdditiveInput) -> float:
    """The mean of an input's own table over the training rows; 0 where the document does not count them."""
    rows = sum(one.counts)
    if rows == 0:
        return 0.0
    weights = (*one.weights, one.missing)
    return math.fsum(weight * (count / rows) for weight, count in zip(weights, one.counts, strict=True))


def _halves(pair: AdditivePair) -> list[list[float]]:
    """Half of what each cell of a pair adds beyond the mean of its table."""
    return [[0.5 * (cell - pair.mean) for cell in row] for row in pair.weights]
