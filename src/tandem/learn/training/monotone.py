"""Proof that trees keep the signs they were held to, over all values and not only those in the data.

LightGBM's ``basic`` method makes every tree monotone by itself: at a split on a constrained input, no leaf below one side
passes any leaf below the other; so does XGBoost. That is checked at every node of every tree; a sum of monotone trees is monotone. Missing
values stand outside the order and are not compared. CatBoost keeps the sign only between leaves that differ in nothing but the
constrained input, which is all that monotone means; there every pair of such leaves is compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from tandem.decide.models import Tree, Trees, monotone_violations
from tandem.kernel.errors import IntegrityError

__all__ = ["prove_monotone", "prove_monotone_exactly"]

_Bound: TypeAlias = Callable[[int], float]


def prove_monotone(document: Trees) -> int:
    """Check every split on a constrained input; the number of splits checked.

    Raises:
        IntegrityError: a split breaks its constraint; names the input and the tree.
    """
    signs = [item.monotone for item in document.inputs]
    checked = 0
    for number, tree in enumerate(document.trees):
        if tree.feature:
            checked += _check(tree, number, signs, document)
    return checked


def prove_monotone_exactly(document: Trees) -> int:
    """Compare, in every tree, all leaves that one row can pass between; the number of constrained inputs.

    Raises:
        IntegrityError: a tree breaks its constraint; names the input and the leaves.
    """
    held = [one for one in document.inputs if one.monotone]
    for one in held:
        broken = monotone_violations(document, one.name)
        if broken:
            raise IntegrityError(
                "A tree breaks the monotone constraint it was trained under.",
                code="monotone_broken",
                field=one.name,
                at=broken[0].where,
            )
    return len(held)


def _check(tree: Tree, number: int, signs: Sequence[int], document: Trees) -> int:
    lows, highs = _bounds(tree)
    checked = 0
    for node, feature in enumerate(tree.feature):
        sign = signs[feature]
        if sign == 0:
            continue
        checked += 1
        left, right = tree.left[node], tree.right[node]
        kept = highs(left) <= lows(right) if sign > 0 else lows(left) >= highs(right)
        if not kept:
            raise IntegrityError(
                "A tree breaks the monotone constraint it was trained under.",
                code="monotone_broken",
                field=document.inputs[feature].name,
                at=f"tree {number}, node {node}",
            )
    return checked


def _bounds(tree: Tree) -> tuple[_Bound, _Bound]:
    """Smallest and largest leaf under a child, which is an inner node or, below zero, a leaf."""
    low, high = [0.0] * len(tree.feature), [0.0] * len(tree.feature)

    def lowest(child: int) -> float:
        return low[child] if child >= 0 else tree.leaf[-child - 1]

    def highest(child: int) -> float:
        return high[child] if child >= 0 else tree.leaf[-child - 1]

    # Children come after their parent, so going backwards finds them done.
    for node in reversed(range(len(tree.feature))):
        left, right = tree.left[node], tree.right[node]
        low[node], high[node] = min(lowest(left), lowest(right)), max(highest(left), highest(right))
    return lowest, highest
