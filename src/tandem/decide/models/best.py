"""Contributions measured from the best row a model knows, instead of from its training mean.

The best row is found by going through the inputs one after the other, again and again, each time to the value between the
model's own thresholds (or of its categories) with the lowest margin, until none helps. For a scorecard, and for a model that
is monotone in every input, that is the lowest margin there is; for others it is a row that no single change improves.
"No answer" is never the best answer: missing values are not among those tried.

Against one row the Shapley values of trees are exact and cheap: a mix of two rows reaches a leaf just when it takes from this
row every input that only this row gets through with, and from the best row every input that only that one does (the
interventional values of Lundberg et al., *From local explanations to global understanding*, 2020, for one background row).
A model whose inputs act alone or in pairs (a scorecard, a linear or an additive model, a network's parts) needs only two mixes an input: half of
what the input adds to the best row, half of what it adds last. A tabular network is integrated from the best row to this one
(``tabular.forward``). All sum to the margin less the best margin.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from tandem.decide.models.contributions import LeafPath, leaf_paths
from tandem.decide.models.documents import (
    Additive,
    AdditiveInput,
    Axis,
    Blend,
    Linear,
    LinearInput,
    ModelDocument,
    PlattCalibration,
    Scorecard,
    ScorecardInput,
    StatefulDocument,
    TabularNetwork,
    Tree,
    Trees,
)
from tandem.decide.models.encoding import UNKNOWN, encode_row, encoder_of
from tandem.decide.models.kernels import codes_of
from tandem.decide.models.loading import load_model
from tandem.decide.models.model import Model
from tandem.decide.models.tabular import TabularScorer
from tandem.decide.models.walking import flushed, goes_left
from tandem.kernel.values import Value

__all__ = ["BestReference"]

_SWEEPS_MAX: Final = 20


class BestReference:
    """What each input of a model adds over the best row.

    Args:
        model: a loaded model. Of a graph network the best row is one without neighbours and with mean values of its own.

    Attributes:
        row: the best row, in the order of the model's inputs; ``margin``: what the model says of it.
    """

    def __init__(self, model: Model) -> None:
        document = model.document
        self.row: tuple[Value, ...] = (
            (document.expected, *(0.0 for _ in document.parts[1:]))
            if isinstance(document, StatefulDocument)
            else _best_row(model)
        )
        self.margin = model.score(self.row).margin
        self._inputs = model.inputs
        best = dict(zip(model.inputs, self.row, strict=True))
        self._parts = [(weight, _part(one, best)) for weight, one in _members(model)]

    def contributions(self, row: Sequence[Value]) -> tuple[float, ...]:
        """Log-odds each input adds to the margin of the best row, in the order of the inputs."""
        values = dict(zip(self._inputs, row, strict=True))
        totals = dict.fromkeys(self._inputs, 0.0)
        for weight, part in self._parts:
            for name, added in zip(part.inputs, part.contributions([values[one] for one in part.inputs]), strict=True):
                totals[name] += weight * added
        return tuple(totals.values())


class _AtMostPairs:
    """Of a model without interactions of more than two inputs: the Shapley value is the mean of coming first and coming last."""

    def __init__(self, model: Model, best: Sequence[Value]) -> None:
        self.inputs = model.inputs
        self._model = model
        self._best = list(best)
        self._lowest = model.score(self._best).margin

    def contributions(self, row: Sequence[Value]) -> list[float]:
        whole = self._model.score(row).margin
        totals = []
        for at, value in enumerate(row):
            first = [*self._best[:at], value, *self._best[at + 1 :]]
            last = [*row[:at], self._best[at], *row[at + 1 :]]
            added = self._model.score(first).margin - self._lowest + whole - self._model.score(last).margin
            totals.append(added / 2)
        return totals


class _TreesFromBest:
    """Of boosted trees."""

    def __init__(self, document: Trees, best: Sequence[Value]) -> None:
        self.inputs = tuple(one.name for one in document.inputs)
        self._encoders = [encoder_of(codes) for codes in codes_of(document)]
        self._categorical = [one.type == "categorical" for one in document.inputs]
        encoded = self._encoded(best)
        self._leaves = [
            (tree, path, _passes(tree, path, encoded)) for tree in document.trees for path in leaf_paths(tree)
        ]

    def contributions(self, row: Sequence[Value]) -> list[float]:
        values = self._encoded(row)
        totals = [0.0] * len(self.inputs)
        for tree, path, best in self._leaves:
            mine = _passes(tree, path, values)
            if not all(one or other for one, other in zip(mine, best, strict=True)):
                continue  # no mix of the two rows gets here
            only_mine = sum(one and not other for one, other in zip(mine, best, strict=True))
            only_best = sum(other and not one for one, other in zip(mine, best, strict=True))
            if only_mine == only_best == 0:
                continue  # both are here anyway
            value, ways = tree.leaf[path.leaf], math.comb(only_mine + only_best, only_mine)
            for feature, one, other in zip(path.features, mine, best, strict=True):
                if one and not other:
                    totals[feature] += value / (only_mine * ways)
                elif other and not one:
                    totals[feature] -= value / (only_best * ways)
        return totals

    def _encoded(self, row: Sequence[Value]) -> list[float]:
        values = encode_row(row, self._encoders)
        return [
            math.nan if categorical and value == UNKNOWN else flushed(value)
            for value, categorical in zip(values, self._categorical, strict=True)
        ]


class _NetworkFromBest:
    """Of a tabular network."""

    def __init__(self, document: TabularNetwork, best: Sequence[Value]) -> None:
        self._scorer, self._best = TabularScorer(document), tuple(best)
        self.inputs = self._scorer.inputs

    def contributions(self, row: Sequence[Value]) -> list[float]:
        return self._scorer.contributions_from(self._best, row)


def _passes(tree: Tree, path: LeafPath, values: Sequence[float]) -> list[bool]:
    """Per input of the path: whether ``values`` get through all its decisions."""
    return [
        all(goes_left(tree, node, values[feature]) == left for node, left in decisions)
        for feature, decisions in zip(path.features, path.decisions, strict=True)
    ]


def _members(model: Model) -> Iterator[tuple[float, ModelDocument]]:
    if not isinstance(model.document, Blend):
        yield 1.0, model.document
        return
    for member in model.document.members:
        calibration = member.model.calibration
        slope = calibration.slope if isinstance(calibration, PlattCalibration) else 1.0
        yield member.weight * slope, member.model


def _part(document: ModelDocument, best: dict[str, Value]) -> _AtMostPairs | _TreesFromBest | _NetworkFromBest:
    if isinstance(document, Trees):
        return _TreesFromBest(document, [best[one.name] for one in document.inputs])
    if isinstance(document, TabularNetwork):
        return _NetworkFromBest(document, [best[one.name] for one in document.inputs])
    model = load_model(document)
    return _AtMostPairs(model, [best[name] for name in model.inputs])


# -- finding the best row


def _best_row(model: Model) -> tuple[Value, ...]:
    choices = [_choices(model.document, name) for name in model.inputs]
    row: list[Value] = [one[len(one) // 2] for one in choices]
    lowest = model.score(row).margin
    for _ in range(_SWEEPS_MAX):
        before = lowest
        for at, tried in enumerate(choices):
            columns = {name: [value] * len(tried) for name, value in zip(model.inputs, row, strict=True)}
            margins = model.margins({**columns, model.inputs[at]: list(tried)}).tolist()
            best = min(range(len(tried)), key=margins.__getitem__)
            if margins[best] < lowest:
                lowest, row[at] = margins[best], tried[best]
        if lowest == before:
            break
    return tuple(row)


def _choices(document: ModelDocument, name: str) -> list[Value]:
    """One value of each stretch on which the model's answer cannot change with this input, in order; of a network its knots."""
    numbers: set[float] = set()
    texts: dict[str, None] = {}
    for one in [member.model for member in document.members] if isinstance(document, Blend) else [document]:
        match one:
            case Trees():
                _of_trees(one, name, numbers, texts)
            case Scorecard():
                _of_tables(one.inputs, name, numbers, texts)
            case Linear():
                _of_lines(one.inputs, name, numbers, texts)
            case Additive():
                axes = [axis for pair in one.pairs for axis in (pair.first, pair.second)]
                _of_tables([*one.inputs, *axes], name, numbers, texts)
            case TabularNetwork():
                for each in one.inputs:
                    if each.name == name:
                        numbers.update(each.knots)
                        texts.update(dict.fromkeys(each.levels))
    return list(texts) if texts else [*sorted(numbers)] or [0.0]


def _of_trees(document: Trees, name: str, numbers: set[float], texts: dict[str, None]) -> None:
    for at, one in enumerate(document.inputs):
        if one.name != name:
            continue
        if one.type == "categorical":
            texts.update(dict.fromkeys(one.categories))
        else:
            for tree in document.trees:
                for feature, threshold in zip(tree.feature, tree.threshold, strict=True):
                    if feature == at:
                        numbers.update((threshold, math.nextafter(threshold, math.inf)))


def _of_tables(
    tables: Iterable[ScorecardInput | AdditiveInput | Axis], name: str, numbers: set[float], texts: dict[str, None]
) -> None:
    for one in tables:
        if one.name == name:
            texts.update(dict.fromkeys(text for group in one.groups for text in group))
            for edge in one.edges:
                numbers.update((math.nextafter(edge, -math.inf), edge))


def _of_lines(inputs: Iterable[LinearInput], name: str, numbers: set[float], texts: dict[str, None]) -> None:
    """A line is lowest at one of its ends."""
    for one in inputs:
        if one.name == name:
            texts.update(dict.fromkeys(one.levels))
            if one.type == "numeric":
                numbers.update((one.low, one.high, *(special.value for special in one.specials)))
