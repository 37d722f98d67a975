"""Proof that a model's margin moves one way when one input grows, all else equal.

For one tree the check is exact: two leaves contradict the direction when some row reaches the lower one and the same
row with a larger input reaches the upper one, which is so exactly when their boxes meet in every other input. All
thresholds are covered, because the boxes are cut by all of them. A sum of monotone trees is monotone, so no violation
means proof. The converse fails: another tree may make up for a violation, so every violation carries a witness and what
the whole model does on it. (LightGBM's ``basic`` constraint method passes; ``intermediate`` and ``advanced`` were
measured to break their promise, LightGBM issues 5358 and 6155.)

A tabular network promises nothing. Asked for a direction, it is checked over all states at once: a hidden number is taken to be on
or off as is least favourable, which bounds the gradient of every state the network can be in; a stretch between two knots on
which even so the margin moves one way is proven, and one that is not so is reported as not proven, without a row that shows it.

An additive model is checked as a whole: at every cut of the input, its own step and the least favourable step of each pair
it is in, which different other inputs choose apart from one another. That is exact in both directions.

Only present values are ordered: where a missing value goes is a decision of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

import msgspec
import numpy as np

from tandem.decide.models.additives import places_of
from tandem.decide.models.documents import (
    Additive,
    Blend,
    Linear,
    ModelDocument,
    Scorecard,
    ScorecardInput,
    StatefulDocument,
    TabularNetwork,
    Tree,
    Trees,
)
from tandem.decide.models.model import Model
from tandem.decide.models.walking import MISSING_NONE, ZERO, margin_of
from tandem.kernel.errors import NotFound, near_match

__all__ = ["MonotoneViolation", "monotone_violations"]

Direction = Literal[-1, 1]


class MonotoneViolation(msgspec.Struct, frozen=True, kw_only=True):
    """One place where the margin moves the wrong way.

    Args:
        where: the part at fault, such as ``trees[3] leaves 2, 5`` or ``bins[1], bins[2]``.
        low: a value of the input.
        high: a larger value.
        drop: how far this part moves against the direction, in log-odds; positive.
        model_drop: how far the whole model moves against the direction on the witness; zero or negative when other parts
            make up for it there.
    """

    where: str
    low: float
    high: float
    drop: float
    model_drop: float


def monotone_violations(
    model: Model | ModelDocument, input_name: str, direction: Direction | None = None
) -> tuple[MonotoneViolation, ...]:
    """Where ``model`` breaks the promise to move in ``direction`` when ``input_name`` grows; the worst first.

    Args:
        model: a loaded model or a checked document.
        input_name: one of its inputs. Categories are taken in the order of their codes; a scorecard's groups have none.
        direction: 1: the margin may not fall; -1: it may not rise; None: what the document declares.

    Returns:
        Nothing when the promise is proved, or when there is none to prove.

    Raises:
        NotFound: the model has no such input.
    """
    document = model.document if isinstance(model, Model) else model
    members: list[Scorecard | Additive | Linear | Trees | TabularNetwork] = []
    if isinstance(document, Blend):
        members = [member.model for member in document.members]
    elif not isinstance(document, StatefulDocument):  # of which nothing is promised: it is the sum of its parts
        members = [document]
    known = (
        document.parts
        if isinstance(document, StatefulDocument)
        else [one.name for member in members for one in member.inputs]
    )
    if input_name not in known:
        raise NotFound(
            "The model has no such input.", code="unknown_input", value=input_name, hint=near_match(input_name, known)
        )
    found: list[MonotoneViolation] = []
    for member in members:
        match member:
            case Trees():
                found += _of_trees(member, input_name, direction)
            case Additive():
                found += _of_additive(member, input_name, direction)
            case Linear():
                found += _of_linear(member, input_name, direction)
            case TabularNetwork():
                found += _of_network(member, input_name, direction)
            case Scorecard():
                found += _of_scorecard(member, input_name, direction)
    return tuple(sorted(found, key=lambda one: -one.drop))


def _of_linear(document: Linear, name: str, direction: Direction | None) -> Iterator[MonotoneViolation]:
    """A line goes one way everywhere: the sign of its weight is the whole proof."""
    for one in document.inputs:
        sign = direction or one.monotone
        drop = -sign * one.weight * (one.high - one.low)
        if one.name == name and one.type == "numeric" and drop > 0.0:
            yield MonotoneViolation(where=f"{name}: weight", low=one.low, high=one.high, drop=drop, model_drop=drop)


def _of_scorecard(document: Scorecard, name: str, direction: Direction | None) -> Iterator[MonotoneViolation]:
    for one in document.inputs:
        sign = direction or one.monotone
        if one.name == name and sign and one.type == "numeric":
            yield from _of_bins(one, sign)


def _of_bins(one: ScorecardInput, sign: int) -> Iterator[MonotoneViolation]:
    weights = [one.coefficient * each.woe for each in one.bins]
    for index, (below, above) in enumerate(pairwise(weights)):
        drop = sign * (below - above)
        if drop > 0.0:
            edge = one.edges[index]
            yield MonotoneViolation(
                where=f"{one.name}: bins[{index}], bins[{index + 1}]",
                low=math.nextafter(edge, -math.inf),
                high=edge,
                drop=drop,
                model_drop=drop,
            )


def _of_additive(document: Additive, name: str, direction: Direction | None) -> Iterator[MonotoneViolation]:
    one = next((each for each in document.inputs if each.name == name), None)
    sign = 0 if one is None else direction or one.monotone
    if one is None or not sign or one.type != "numeric":
        return
    places = places_of(document)[name]
    tables: list[tuple[list[int], list[tuple[float, ...]]]] = []
    for pair in document.pairs:
        if pair.first.name == name:
            tables.append((places.rows(pair.first), list(pair.weights)))
        elif pair.second.name == name:
            tables.append((places.rows(pair.second), list(zip(*pair.weights, strict=True))))
    for at, edge in enumerate(places.edges):
        step = sign * (places.weights[at + 1] - places.weights[at])
        for rows, table in tables:
            below, above = table[rows[at]], table[rows[at + 1]]
            step += min(sign * (high - low) for low, high in zip(below, above, strict=True))
        if step < 0.0:
            low = math.nextafter(edge, -math.inf)
            yield MonotoneViolation(where=f"{name} at {edge:g}", low=low, high=edge, drop=-step, model_drop=-step)


def _of_network(document: TabularNetwork, name: str, direction: Direction | None) -> Iterator[MonotoneViolation]:
    one = next((each for each in document.inputs if each.name == name), None)
    if one is None or direction is None or one.type != "numeric":
        return
    low = high = np.array(document.head)
    for block in reversed(document.blocks):
        inner, outer = np.array(block.inner.weights), np.array(block.outer.weights)
        # What reaches each hidden number, at least and at most; off, nothing does.
        least = np.minimum(np.minimum(outer * low[:, None], outer * high[:, None]).sum(axis=0), 0.0)
        most = np.maximum(np.maximum(outer * low[:, None], outer * high[:, None]).sum(axis=0), 0.0)
        ends = np.stack([inner * least[:, None], inner * most[:, None]])
        low, high = low + ends.min(axis=0).sum(axis=0), high + ends.max(axis=0).sum(axis=0)
    vectors = np.array(one.vectors)
    for at, (below, above) in enumerate(pairwise(one.knots)):
        step = direction * (vectors[at + 1] - vectors[at])
        rise = float(np.minimum(step * low, step * high).sum())
        if rise < 0.0:
            where = f"{name}: knots[{at}], knots[{at + 1}]: not proven"
            yield MonotoneViolation(where=where, low=below, high=above, drop=-rise, model_drop=-rise)


def _of_trees(document: Trees, name: str, direction: Direction | None) -> Iterator[MonotoneViolation]:
    index = next((at for at, one in enumerate(document.inputs) if one.name == name), None)
    if index is None:
        return
    sign = direction or document.inputs[index].monotone
    if not sign:
        return
    for number, tree in enumerate(document.trees):
        if index in tree.feature:
            for low, high, drop in _contradictions(tree, index, sign):
                yield _violation(document, f"trees[{number}]", index, (low, high), drop, sign)


@dataclass(slots=True)
class _Side:
    """What a leaf lets through of one input: ``low < value <= high``, and whether missing values too."""

    low: float = -math.inf
    high: float = math.inf
    missing: bool = True

    def meets(self, other: _Side) -> bool:
        return max(self.low, other.low) < min(self.high, other.high) or (self.missing and other.missing)


_ANY = _Side()


@dataclass(slots=True)
class _Box:
    """A leaf and the rows that reach it."""

    leaf: int
    sides: dict[int, _Side] = field(default_factory=dict)


def _boxes(tree: Tree) -> list[_Box]:
    done: list[_Box] = []
    stack: list[tuple[int, dict[int, _Side]]] = [(0 if tree.feature else -1, {})]
    while stack:
        node, sides = stack.pop()
        if node < 0:
            done.append(_Box(-node - 1, sides))
            continue
        for left, child in ((False, tree.right[node]), (True, tree.left[node])):
            stack.append((child, {**sides, tree.feature[node]: _cut(tree, node, sides, left=left)}))
    return done


def _cut(tree: Tree, node: int, sides: dict[int, _Side], *, left: bool) -> _Side:
    side, threshold = sides.get(tree.feature[node], _ANY), _cutting(tree.threshold[node])
    # With missing type None a missing value is zero here, and may be more than that at the next node of the same input.
    goes_left = threshold >= 0.0 if tree.missing[node] == MISSING_NONE else tree.default_left[node]
    missing = side.missing and goes_left == left
    if left:
        return _Side(side.low, min(side.high, threshold), missing)
    return _Side(max(side.low, threshold), side.high, missing)


def _cutting(threshold: float) -> float:
    """The threshold that parts unflushed values as ``threshold`` parts flushed ones."""
    if 0.0 <= threshold <= ZERO:
        return ZERO
    return math.nextafter(-ZERO, -math.inf) if -ZERO <= threshold < 0.0 else threshold


def _contradictions(tree: Tree, index: int, sign: int) -> Iterator[tuple[_Box, _Box, float]]:
    """Pairs of boxes (lower, upper) that one row can pass between, with how far the leaves go against ``sign``."""
    boxes = [box for box in _boxes(tree) if (side := box.sides.get(index, _ANY)).low < side.high]
    for lower in boxes:
        for upper in boxes:
            if lower.sides.get(index, _ANY).high > upper.sides.get(index, _ANY).low:
                continue
            drop = sign * (tree.leaf[lower.leaf] - tree.leaf[upper.leaf])
            others = (lower.sides.keys() | upper.sides.keys()) - {index}
            if drop > 0.0 and all(lower.sides.get(at, _ANY).meets(upper.sides.get(at, _ANY)) for at in others):
                yield lower, upper, drop


def _violation(
    document: Trees, where: str, index: int, boxes: tuple[_Box, _Box], drop: float, sign: int
) -> MonotoneViolation:
    """The contradiction of two boxes, with a row that shows it and the whole model's answer."""
    lower, upper = boxes
    row = [0.0] * len(document.inputs)
    for at in lower.sides.keys() | upper.sides.keys():
        if at != index:
            row[at] = _inside(lower.sides.get(at, _ANY), upper.sides.get(at, _ANY))
    low, high = lower.sides[index].high, _inside(upper.sides[index], _ANY)
    margins = []
    for value in (low, high):
        row[index] = value
        margins.append(margin_of(document.trees, document.base, row))
    return MonotoneViolation(
        where=f"{where} leaves {lower.leaf}, {upper.leaf}",
        low=low,
        high=high,
        drop=drop,
        model_drop=sign * (margins[0] - margins[1]),
    )


def _inside(one: _Side, other: _Side) -> float:
    """A value both sides let through; NaN where only missing values pass."""
    low, high = max(one.low, other.low), min(one.high, other.high)
    if not low < high:
        return math.nan
    if math.isfinite(high):
        return high
    return max(low + 1.0, math.nextafter(low, math.inf)) if math.isfinite(low) else 0.0
