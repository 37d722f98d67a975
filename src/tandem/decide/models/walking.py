"""The reference walker: what a tree model says, in the plainest Python.

This is the file a sceptic reads first. The compiled twin must return the same bits; LightGBM's ``NumericalDecision``
and ``GBDT::PredictRaw`` (include/LightGBM/tree.h, src/boosting/gbdt_prediction.cpp, version 4) are what both follow.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from typing import Final

from tandem.decide.models.documents import Tree

__all__ = [
    "MISSING_NAN",
    "MISSING_NONE",
    "MISSING_ZERO",
    "ZERO",
    "clamped",
    "flushed",
    "goes_left",
    "leaf_of",
    "margin_of",
]

ZERO: Final = 1.0000000180025095e-35
"""LightGBM's ``kZeroThreshold`` (1e-35f): anything this close to zero is zero."""
MISSING_NONE: Final = 0
MISSING_ZERO: Final = 1
MISSING_NAN: Final = 2


def clamped(value: float) -> float:
    """``value``, infinities as the largest finite number: JSON has no infinite threshold, and no order changes."""
    return math.copysign(sys.float_info.max, value) if math.isinf(value) else value


def flushed(value: float) -> float:
    """``value`` as the trees see it: clamped, and zero where LightGBM takes it for zero."""
    return 0.0 if -ZERO <= value <= ZERO else clamped(value)


def goes_left(tree: Tree, node: int, value: float) -> bool:
    """The decision at ``node`` on an encoded, flushed ``value``."""
    missing = tree.missing[node]
    if value != value and missing != MISSING_NAN:  # noqa: PLR0124 - the cheapest test for NaN
        value = 0.0
    if (missing == MISSING_ZERO and value == 0.0) or (missing == MISSING_NAN and value != value):  # noqa: PLR0124
        return tree.default_left[node]
    return value <= tree.threshold[node]


def leaf_of(tree: Tree, values: Sequence[float]) -> int:
    """The leaf that flushed ``values`` (one per model input) fall into."""
    node = 0 if tree.feature else -1
    while node >= 0:
        left = goes_left(tree, node, values[tree.feature[node]])
        node = tree.left[node] if left else tree.right[node]
    return -node - 1


def margin_of(trees: Sequence[Tree], base: float, values: Sequence[float]) -> float:
    """``base`` plus one leaf of each tree, in order; ``values`` encoded, not yet flushed."""
    near = [flushed(value) for value in values]
    total = base
    for tree in trees:
        total += tree.leaf[leaf_of(tree, near)]
    return total
