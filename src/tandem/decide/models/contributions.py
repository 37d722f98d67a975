"""Exact contributions from tables, for installations without the compiled twin.

For a leaf under ``d`` distinct inputs, the path-dependent Shapley values depend on the row only through which of the
``d`` inputs let the row through: 2**d cases, computed once. A row then costs one decision per node, one table row per
leaf. The values are those of ``shapley`` (and of LightGBM's ``pred_contrib``), computed from the definition instead of
the recursion, so the two check each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

from tandem.decide.models.documents import Tree
from tandem.decide.models.encoding import Floats
from tandem.decide.models.shapley import add_tree_contributions, node_counts
from tandem.decide.models.walking import MISSING_NAN, MISSING_ZERO

__all__ = ["MAX_TABLE_INPUTS", "TABLE_BYTES_MAX", "ContributionTables", "LeafPath", "leaf_paths", "leaf_table"]

MAX_TABLE_INPUTS: Final = 6
"""Distinct inputs on a path; beyond, the whole tree is explained by the recursion."""
TABLE_BYTES_MAX: Final = 128 * 2**20
"""Memory for tables; trees beyond it are explained by the slower recursion."""

_Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LeafPath:
    """A leaf and what leads to it: per distinct input, the share of training rows it lets through and its decisions."""

    leaf: int
    features: tuple[int, ...]
    shares: tuple[float, ...]
    decisions: tuple[tuple[tuple[int, bool], ...], ...]
    """Per input: (node, must go left)."""


def leaf_paths(tree: Tree) -> list[LeafPath]:
    """The path of every leaf, inputs in the order they first decide."""
    counts = node_counts(tree)
    found: list[LeafPath] = []
    stack: list[tuple[int, tuple[tuple[int, bool], ...]]] = [(0 if tree.feature else -1, ())]
    while stack:
        node, path = stack.pop()
        if node < 0:
            found.append(_leaf_path(tree, counts, -node - 1, path))
            continue
        stack.append((tree.right[node], (*path, (node, False))))
        stack.append((tree.left[node], (*path, (node, True))))
    return found


def _leaf_path(tree: Tree, counts: list[int], leaf: int, path: tuple[tuple[int, bool], ...]) -> LeafPath:
    shares: dict[int, float] = {}
    decisions: dict[int, list[tuple[int, bool]]] = {}
    for node, left in path:
        child = tree.left[node] if left else tree.right[node]
        rows = counts[child] if child >= 0 else tree.leaf_count[-child - 1]
        feature = tree.feature[node]
        shares[feature] = shares.get(feature, 1.0) * (rows / counts[node])
        decisions.setdefault(feature, []).append((node, left))
    return LeafPath(leaf, tuple(shares), tuple(shares.values()), tuple(tuple(d) for d in decisions.values()))


@cache
def _letting_through(count: int) -> Floats:
    """All 2**count cases: row ``mask``, column ``j`` is 1 where input ``j`` lets the row through."""
    masks = np.arange(2**count)[:, None]
    return np.asarray((masks >> np.arange(count)) & 1, dtype=np.float64)


def leaf_table(path: LeafPath, value: float) -> Floats:
    """Contributions [2**d, d] of a leaf worth ``value``: one row per case, one column per distinct input.

    The Shapley sum over subsets S of the other inputs, ``|S|! (d-1-|S|)! / d! * prod(one in S) * prod(share outside)``,
    is read off the coefficients of ``prod(share + one * t)``.
    """
    count = len(path.features)
    ones = _letting_through(count)
    table = np.empty_like(ones)
    for j in range(count):
        coefficients = np.zeros((2**count, count))
        coefficients[:, 0] = 1.0
        for i in range(count):
            if i != j:
                grown = coefficients * path.shares[i]
                grown[:, 1:] += coefficients[:, :-1] * ones[:, i : i + 1]
                coefficients = grown
        weights = [1.0 / (count * math.comb(count - 1, size)) for size in range(count)]
        table[:, j] = (coefficients @ np.array(weights)) * (ones[:, j] - path.shares[j]) * value
    return table


class ContributionTables:
    """Tables of a whole model: ``contributions(values)`` for encoded, flushed values.

    Args:
        trees: checked trees.
        inputs: number of model inputs.
    """

    def __init__(self, trees: Sequence[Tree], inputs: int) -> None:
        self._inputs = inputs
        self._deep: list[Tree] = []
        rows: list[tuple[LeafPath, float, int]] = []
        tabled: list[Tree] = []
        offset = size = 0
        for tree in trees:
            paths = leaf_paths(tree)
            if size > TABLE_BYTES_MAX or max(len(path.features) for path in paths) > MAX_TABLE_INPUTS:
                self._deep.append(tree)
                continue
            size += sum(8 * len(path.features) << len(path.features) for path in paths)
            rows += [(path, tree.leaf[path.leaf], offset) for path in paths if path.features]
            tabled.append(tree)
            offset += len(tree.feature)
        self._nodes = _Nodes(tabled)
        self._build(rows)

    @property
    def table_bytes(self) -> int:
        """Memory the tables take."""
        return int(self._flat.nbytes)

    def contributions(self, values: Sequence[float]) -> list[float]:
        """Contribution of each input in log-odds; they sum to margin minus the expected margin."""
        total = np.zeros(self._inputs)
        if self._leaf_base.size:
            disagrees = self._nodes.go_left(np.asarray(values))[self._check_node] != self._check_left
            shut = np.logical_or.reduceat(disagrees, self._check_start)
            masks = np.add.reduceat(np.where(shut, 0, self._bit), self._pair_start)
            index = np.repeat(self._leaf_base + masks * self._leaf_width, self._leaf_width) + self._within
            total += np.bincount(self._pair_feature, weights=self._flat[index], minlength=self._inputs)
        result: list[float] = total.tolist()
        for tree in self._deep:
            add_tree_contributions(tree, values, result)
        return result

    def _build(self, rows: list[tuple[LeafPath, float, int]]) -> None:
        flat: list[Floats] = []
        base: list[int] = []
        width: list[int] = []
        pair_start: list[int] = []
        pair_feature: list[int] = []
        bit: list[int] = []
        within: list[int] = []
        check_start: list[int] = []
        check_node: list[int] = []
        check_left: list[bool] = []
        size = 0
        for path, value, offset in rows:
            base.append(size)
            width.append(len(path.features))
            pair_start.append(len(pair_feature))
            table = leaf_table(path, value).ravel()
            flat.append(table)
            size += table.size
            for j, feature in enumerate(path.features):
                pair_feature.append(feature)
                bit.append(1 << j)
                within.append(j)
                check_start.append(len(check_node))
                for node, left in path.decisions[j]:
                    check_node.append(node + offset)
                    check_left.append(left)
        self._flat = np.concatenate(flat) if flat else np.empty(0)
        self._leaf_base: _Ints = np.array(base, dtype=np.int64)
        self._leaf_width: _Ints = np.array(width, dtype=np.int64)
        self._pair_start: _Ints = np.array(pair_start, dtype=np.int64)
        self._pair_feature: _Ints = np.array(pair_feature, dtype=np.int64)
        self._bit: _Ints = np.array(bit, dtype=np.int64)
        self._within: _Ints = np.array(within, dtype=np.int64)
        self._check_start: _Ints = np.array(check_start, dtype=np.int64)
        self._check_node: _Ints = np.array(check_node, dtype=np.int64)
        self._check_left: npt.NDArray[np.bool_] = np.array(check_left, dtype=np.bool_)


class _Nodes:
    """All inner nodes of many trees, decided at once."""

    def __init__(self, trees: Sequence[Tree]) -> None:
        self._feature = np.array([f for tree in trees for f in tree.feature], dtype=np.int64)
        self._threshold = np.array([t for tree in trees for t in tree.threshold], dtype=np.float64)
        missing = np.array([m for tree in trees for m in tree.missing], dtype=np.int64)
        self._zero_is_missing = missing == MISSING_ZERO
        self._nan_is_missing = missing == MISSING_NAN
        self._default_left = np.array([d for tree in trees for d in tree.default_left], dtype=np.bool_)

    def go_left(self, values: Floats) -> npt.NDArray[np.bool_]:
        """The decision of every node, as ``walking.goes_left`` takes it."""
        seen = values[self._feature]
        nan = np.isnan(seen)
        seen = np.where(nan & ~self._nan_is_missing, 0.0, seen)
        absent = (self._zero_is_missing & (seen == 0.0)) | (self._nan_is_missing & nan)
        decided: npt.NDArray[np.bool_] = np.where(absent, self._default_left, seen <= self._threshold)
        return decided
