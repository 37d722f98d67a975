"""Exact contributions of one tree by the path-dependent TreeSHAP recursion.

The algorithm is Lundberg, Erion and Lee, *Consistent Individualized Feature Attribution for Tree Ensembles*
(arXiv:1802.03888), algorithm 2; it is what LightGBM's ``pred_contrib`` computes. It is the oracle of the tables in
``contributions`` and of the compiled twin, and serves trees too deep for a table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tandem.decide.models.documents import Tree
from tandem.decide.models.walking import goes_left

__all__ = ["add_tree_contributions", "expected_leaf", "node_counts"]


@dataclass(slots=True)
class _Step:
    """One input on the path: share of training rows let through (zero), whether this row is (one), weight."""

    feature: int
    zero: float
    one: float
    weight: float


def node_counts(tree: Tree) -> list[int]:
    """Training rows that reach each inner node."""
    counts = [0] * len(tree.feature)
    for node in range(len(tree.feature) - 1, -1, -1):  # children come after their parent
        for child in (tree.left[node], tree.right[node]):
            counts[node] += counts[child] if child >= 0 else tree.leaf_count[-child - 1]
    return counts


def expected_leaf(tree: Tree) -> float:
    """The mean leaf over the training rows: the value contributions are measured from."""
    total = sum(tree.leaf_count)
    return sum(value * (count / total) for value, count in zip(tree.leaf, tree.leaf_count, strict=True))


def add_tree_contributions(tree: Tree, values: Sequence[float], into: list[float]) -> None:
    """Add the contribution of each input of ``tree`` for flushed ``values`` to ``into``; the sum is leaf - expected."""
    if tree.feature:
        _recurse(tree, node_counts(tree), values, into, 0, [], 1.0, 1.0, -1)


def _recurse(
    tree: Tree,
    counts: list[int],
    values: Sequence[float],
    into: list[float],
    node: int,
    path: list[_Step],
    zero: float,
    one: float,
    feature: int,
) -> None:
    path = [_Step(step.feature, step.zero, step.one, step.weight) for step in path]
    _extend(path, zero, one, feature)
    if node < 0:
        value = tree.leaf[-node - 1]
        for index in range(1, len(path)):
            step = path[index]
            into[step.feature] += _unwound_sum(path, index) * (step.one - step.zero) * value
        return
    split = tree.feature[node]
    hot, cold = tree.left[node], tree.right[node]
    if not goes_left(tree, node, values[split]):
        hot, cold = cold, hot
    inherited_zero = inherited_one = 1.0
    for index, step in enumerate(path):
        if index and step.feature == split:
            inherited_zero, inherited_one = step.zero, step.one
            _unwind(path, index)
            break
    for child, through in ((hot, inherited_one), (cold, 0.0)):
        rows = counts[child] if child >= 0 else tree.leaf_count[-child - 1]
        _recurse(tree, counts, values, into, child, path, inherited_zero * (rows / counts[node]), through, split)


def _extend(path: list[_Step], zero: float, one: float, feature: int) -> None:
    depth = len(path)
    path.append(_Step(feature, zero, one, 1.0 if depth == 0 else 0.0))
    for index in range(depth - 1, -1, -1):
        path[index + 1].weight += one * path[index].weight * (index + 1) / (depth + 1)
        path[index].weight = zero * path[index].weight * (depth - index) / (depth + 1)


def _unwind(path: list[_Step], at: int) -> None:
    depth = len(path) - 1
    zero, one = path[at].zero, path[at].one
    following = path[depth].weight
    for index in range(depth - 1, -1, -1):
        if one != 0.0:
            kept = path[index].weight
            path[index].weight = following * (depth + 1) / ((index + 1) * one)
            following = kept - path[index].weight * zero * (depth - index) / (depth + 1)
        else:
            path[index].weight = path[index].weight * (depth + 1) / (zero * (depth - index))
    for index in range(at, depth):
        path[index].feature = path[index + 1].feature
        path[index].zero = path[index + 1].zero
        path[index].one = path[index + 1].one
    path.pop()


def _unwound_sum(path: list[_Step], at: int) -> float:
    depth = len(path) - 1
    zero, one = path[at].zero, path[at].one
    following = path[depth].weight
    total = 0.0
    for index in range(depth - 1, -1, -1):
        if one != 0.0:
            part = following * (depth + 1) / ((index + 1) * one)
            total += part
            following = path[index].weight - part * zero * ((depth - index) / (depth + 1))
        else:
            total += path[index].weight / zero / ((depth - index) / (depth + 1))
    return total
