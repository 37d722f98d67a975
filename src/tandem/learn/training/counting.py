"""Training rows in the leaves of a document, for libraries whose own format does not count them.

Contributions are measured from the mean over the training rows, so a leaf's weight is the number of rows that reach it. The
rows walk the document itself, all of them one level at a time.
"""

from __future__ import annotations

import msgspec
import numpy as np

from tandem.decide.models import Tree, Trees
from tandem.learn.training.arrays import FloatArray, IntArray

__all__ = ["counted", "leaves_of"]

_NEAR_ZERO = 1.0000000180025095e-35
_MISSING_NAN = 2


def counted(document: Trees, matrix: FloatArray) -> Trees:
    """``document`` with the rows of ``matrix`` counted in its leaves; a leaf that none reaches counts as one row.

    Args:
        document: whose missing values are NaN, as those of XGBoost are.
        matrix: rows by inputs, NaN for missing.
    """
    near = np.where(np.abs(matrix) <= _NEAR_ZERO, 0.0, matrix)
    trees = []
    for tree in document.trees:
        rows = np.bincount(leaves_of(tree, near), minlength=len(tree.leaf))
        trees.append(msgspec.structs.replace(tree, leaf_count=tuple(np.maximum(rows, 1).tolist())))
    return msgspec.structs.replace(document, trees=tuple(trees))


def leaves_of(tree: Tree, matrix: FloatArray) -> IntArray:
    """The leaf of every row of ``matrix``."""
    assert all(kind == _MISSING_NAN for kind in tree.missing)
    node = np.full(matrix.shape[0], 0 if tree.feature else -1, dtype=np.int64)
    feature, threshold = np.asarray(tree.feature, dtype=np.int64), np.asarray(tree.threshold)
    default, left = np.asarray(tree.default_left, dtype=np.bool_), np.asarray(tree.left, dtype=np.int64)
    right = np.asarray(tree.right, dtype=np.int64)
    walking = np.flatnonzero(node >= 0)
    while walking.size:
        at = node[walking]
        values = matrix[walking, feature[at]]
        goes_left = np.where(np.isnan(values), default[at], values <= threshold[at])
        node[walking] = np.where(goes_left, left[at], right[at])
        walking = walking[node[walking] >= 0]
    return -node - 1
