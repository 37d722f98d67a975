"""Which columns may act together, and the proof that a model keeps to it.

Columns in one group may interact; a column in no group acts alone. LightGBM takes the groups as a constraint on the inputs
of one path; an explainable boosting machine gets the forbidden pairs. Either way the document is checked afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from tandem.decide.models import Additive, Trees
from tandem.kernel.errors import IntegrityError, InvalidInput, near_match

__all__ = ["groups_of", "pairs_apart", "prove_interactions"]


def groups_of(names: Sequence[str], together: Sequence[Sequence[str]]) -> tuple[tuple[int, ...], ...]:
    """The groups by place, with one of its own for every column in none; empty where all may interact.

    Raises:
        InvalidInput: a group names what is no column of the models.
    """
    if not together:
        return ()
    place = {name: at for at, name in enumerate(names)}
    for name in (one for group in together for one in group):
        if name not in place:
            raise InvalidInput(
                "No model reads a column of this name.",
                code="unknown_column",
                field="act_together",
                value=name,
                hint=near_match(name, names),
            )
    groups = [tuple(sorted({place[name] for name in group})) for group in together if group]
    alone = set(range(len(names))).difference(*groups)
    return (*groups, *((at,) for at in sorted(alone)))


def pairs_apart(columns: int, groups: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    """Pairs of columns that share no group; none without groups."""
    if not groups:
        return ()
    allowed = {pair for group in groups for pair in combinations(sorted(group), 2)}
    return tuple(pair for pair in combinations(range(columns), 2) if pair not in allowed)


def prove_interactions(document: Trees | Additive, groups: Sequence[Sequence[int]]) -> int:
    """Check every path of every tree, or every pair; the number of them.

    Raises:
        IntegrityError: columns act together that share no group.
    """
    if not groups:
        return 0
    inside = [set(group) for group in groups]
    names = [one.name for one in document.inputs]
    checked = 0
    for where, used in _paths(document) if isinstance(document, Trees) else _pairs(document, names):
        checked += 1
        if not any(used <= group for group in inside):
            raise IntegrityError(
                "Columns act together that may not.",
                code="interaction_broken",
                field=", ".join(names[at] for at in sorted(used)),
                at=where,
            )
    return checked


def _paths(document: Trees) -> Iterator[tuple[str, set[int]]]:
    for number, tree in enumerate(document.trees):
        stack: list[tuple[int, frozenset[int]]] = [(0 if tree.feature else -1, frozenset())]
        while stack:
            node, used = stack.pop()
            if node < 0:
                yield f"tree {number}, leaf {-node - 1}", set(used)
                continue
            deeper = used | {tree.feature[node]}
            stack += [(tree.left[node], deeper), (tree.right[node], deeper)]


def _pairs(document: Additive, names: Iterable[str]) -> Iterator[tuple[str, set[int]]]:
    place = {name: at for at, name in enumerate(names)}
    for number, pair in enumerate(document.pairs):
        yield f"pair {number}", {place[pair.first.name], place[pair.second.name]}
