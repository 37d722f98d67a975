"""What must hold inside a tree model: every index within its array, every node reached exactly once."""

from __future__ import annotations

import math

from tandem.decide.models.documents import ModelInput, Tree, Trees
from tandem.decide.models.faults import fail, require, require_text, require_weight
from tandem.decide.models.limits import (
    MAX_CATEGORIES,
    MAX_DEPTH,
    MAX_INPUTS,
    MAX_LEAVES,
    MAX_LEAVES_TOTAL,
    MAX_TREES,
    MAX_WEIGHT,
)

__all__ = ["check_trees"]

_ROWS_MAX = 2**31 - 1


def check_trees(document: Trees) -> None:
    """Return when the inputs and trees of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    require(1 <= len(document.inputs) <= MAX_INPUTS, f"A model has 1 to {MAX_INPUTS} inputs.", "inputs")
    require(len(document.trees) <= MAX_TREES, f"A model has at most {MAX_TREES} trees.", "trees")
    require_weight(document.base, "base")
    _check_inputs(document.inputs)
    leaves = 0
    for index, tree in enumerate(document.trees):
        leaves += len(tree.leaf)
        require(leaves <= MAX_LEAVES_TOTAL, f"A model has at most {MAX_LEAVES_TOTAL} leaves.", "trees", leaves)
        _check_tree(tree, len(document.inputs), f"trees[{index}]")


def _check_inputs(inputs: tuple[ModelInput, ...]) -> None:
    seen: set[str] = set()
    for index, one in enumerate(inputs):
        at = f"inputs[{index}]"
        require_text(one.name, f"{at}.name", empty=False)
        require(one.name not in seen, "Two inputs share a name.", f"{at}.name", one.name)
        seen.add(one.name)
        if one.reason is not None:
            require_text(one.reason, f"{at}.reason", empty=False)
        categorical = one.type == "categorical"
        require(categorical or not one.categories, "Only a categorical input has categories.", f"{at}.categories")
        require(len(one.categories) <= MAX_CATEGORIES, "Too many categories.", f"{at}.categories")
        require(len(set(one.categories)) == len(one.categories), "A category twice.", f"{at}.categories")
        for text in one.categories:
            require_text(text, f"{at}.categories")


def _check_tree(tree: Tree, inputs: int, at: str) -> None:
    nodes = len(tree.feature)
    require(nodes < MAX_LEAVES, f"A tree has at most {MAX_LEAVES} leaves.", f"{at}.feature", nodes)
    for field in ("threshold", "missing", "default_left", "left", "right"):
        length = len(getattr(tree, field))
        require(length == nodes, f"Arrays of a tree have one length, here {nodes}.", f"{at}.{field}", length)
    for field in ("leaf", "leaf_count"):
        length = len(getattr(tree, field))
        require(length == nodes + 1, f"A tree with {nodes} splits has {nodes + 1} leaves.", f"{at}.{field}", length)
    for index, value in enumerate(tree.leaf):
        if not abs(value) <= MAX_WEIGHT:
            fail(f"A leaf must be finite and at most {MAX_WEIGHT:g}.", f"{at}.leaf[{index}]", repr(value))
    total = 0
    for index, count in enumerate(tree.leaf_count):
        total += count
        if not 1 <= count <= _ROWS_MAX or total > _ROWS_MAX:
            fail("Every leaf has training rows, 2**31 - 1 in all.", f"{at}.leaf_count[{index}]", count)
    _check_nodes(tree, inputs, at)


def _check_nodes(tree: Tree, inputs: int, at: str) -> None:
    nodes = len(tree.feature)
    depth = [0] * nodes
    seen: set[int] = set()
    for node in range(nodes):
        if not 0 <= tree.feature[node] < inputs:
            fail("A split reads an input that is not there.", f"{at}.feature[{node}]", tree.feature[node])
        if not math.isfinite(tree.threshold[node]):
            fail("A threshold must be finite.", f"{at}.threshold[{node}]", repr(tree.threshold[node]))
        if not 0 <= tree.missing[node] <= 2:
            fail("Missing is 0 (none), 1 (zero) or 2 (NaN).", f"{at}.missing[{node}]", tree.missing[node])
        for side, child in (("left", tree.left[node]), ("right", tree.right[node])):
            # children after their parent: no cycle; each once, and 2n children of n nodes: all are reached
            if not (node < child < nodes or -(nodes + 1) <= child < 0) or child in seen:
                fail("A child lies outside the tree or has two parents.", f"{at}.{side}[{node}]", child)
            seen.add(child)
            if child >= 0:
                depth[child] = depth[node] + 1
        if depth[node] >= MAX_DEPTH:
            fail(f"A tree is at most {MAX_DEPTH} deep.", f"{at}.left[{node}]", depth[node] + 1)
