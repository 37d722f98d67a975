"""What must hold inside an additive model: cuts in order, texts apart, one weight per row of every table."""

from __future__ import annotations

from collections.abc import Sequence

from tandem.decide.models.documents import Additive, AdditiveInput, AdditivePair, Axis
from tandem.decide.models.faults import fail, require, require_finite, require_text, require_weight
from tandem.decide.models.limits import MAX_BINS, MAX_CATEGORIES, MAX_CELLS, MAX_INPUTS, MAX_PAIRS

__all__ = ["check_additive"]


def check_additive(document: Additive) -> None:
    """Return when the inputs and pairs of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    require(1 <= len(document.inputs) <= MAX_INPUTS, f"A model has 1 to {MAX_INPUTS} inputs.", "inputs")
    require(len(document.pairs) <= MAX_PAIRS, f"A model has at most {MAX_PAIRS} pairs.", "pairs", len(document.pairs))
    require_weight(document.intercept, "intercept")
    types: dict[str, str] = {}
    for index, one in enumerate(document.inputs):
        require(one.name not in types, "Two inputs share a name.", f"inputs[{index}].name", one.name)
        types[one.name] = one.type
        _check_input(one, f"inputs[{index}]")
    cells, seen = 0, set()
    for index, pair in enumerate(document.pairs):
        at = f"pairs[{index}]"
        names = frozenset((pair.first.name, pair.second.name))
        require(len(names) == 2, "A pair joins two inputs.", at, pair.first.name)
        require(names not in seen, "A pair twice.", at, sorted(names))
        seen.add(names)
        for field, axis in (("first", pair.first), ("second", pair.second)):
            require(axis.name in types, "A pair of an input the model does not have.", f"{at}.{field}.name", axis.name)
            _check_cuts(axis, types[axis.name], f"{at}.{field}")
        cells += rows_of(pair.first, types[pair.first.name]) * rows_of(pair.second, types[pair.second.name])
        require(cells <= MAX_CELLS, f"All pairs have at most {MAX_CELLS} cells.", f"{at}.weights", cells)
        _check_table(pair, types, at)


def rows_of(axis: Axis, kind: str) -> int:
    """Rows of a table cut by ``axis``: bins and missing, or groups, missing and unknown."""
    return len(axis.edges) + 2 if kind == "numeric" else len(axis.groups) + 2


def _check_input(one: AdditiveInput, at: str) -> None:
    require_text(one.name, f"{at}.name", empty=False)
    if one.reason is not None:
        require_text(one.reason, f"{at}.reason", empty=False)
    _check_cuts(one, one.type, at)
    bins = len(one.edges) + 1 if one.type == "numeric" else len(one.groups)
    require(len(one.weights) == bins, f"{bins} weights for these bins.", f"{at}.weights", len(one.weights))
    _check_weights(one.weights, f"{at}.weights")
    require_weight(one.missing, f"{at}.missing")
    if one.unknown is not None:
        require(one.type == "categorical", "Only a categorical input has unknown texts.", f"{at}.unknown")
        require_weight(one.unknown, f"{at}.unknown")
    require(len(one.counts) in {0, bins + 1}, "One count per bin and one of missing values.", f"{at}.counts")
    require(len(one.adverse) == len(one.counts), "One adverse count per count.", f"{at}.adverse")
    for index, (count, adverse) in enumerate(zip(one.counts, one.adverse, strict=True)):
        require(0 <= adverse <= count <= 2**53, "Counts: 0 <= adverse <= count.", f"{at}.counts[{index}]", count)


def _check_cuts(one: AdditiveInput | Axis, kind: str, at: str) -> None:
    if kind == "numeric":
        require(not one.groups, "A numeric input has edges, not groups.", f"{at}.groups")
        require(len(one.edges) < MAX_BINS, f"An input has at most {MAX_BINS} bins.", f"{at}.edges", len(one.edges))
        for index, edge in enumerate(one.edges):
            require_finite(edge, f"{at}.edges[{index}]")
            if index and not one.edges[index - 1] < edge:
                fail("Edges must rise.", f"{at}.edges[{index}]", edge)
        return
    require(not one.edges, "A categorical input has groups, not edges.", f"{at}.edges")
    require(len(one.groups) <= MAX_BINS, f"An input has at most {MAX_BINS} groups.", f"{at}.groups", len(one.groups))
    seen: set[str] = set()
    for index, group in enumerate(one.groups):
        for text in group:
            require_text(text, f"{at}.groups[{index}]")
            require(text not in seen, "A text in two groups.", f"{at}.groups[{index}]", text)
            seen.add(text)
    require(len(seen) <= MAX_CATEGORIES, f"An input has at most {MAX_CATEGORIES} texts.", f"{at}.groups", len(seen))


def _check_table(pair: AdditivePair, types: dict[str, str], at: str) -> None:
    rows, columns = (rows_of(axis, types[axis.name]) for axis in (pair.first, pair.second))
    require(len(pair.weights) == rows, f"{rows} rows for the first input.", f"{at}.weights", len(pair.weights))
    for index, weights in enumerate(pair.weights):
        field = f"{at}.weights[{index}]"
        require(len(weights) == columns, f"{columns} weights for the second input.", field, len(weights))
        _check_weights(weights, field)
    require_weight(pair.mean, f"{at}.mean")


def _check_weights(weights: Sequence[float], field: str) -> None:
    for index, weight in enumerate(weights):
        require_weight(weight, f"{field}[{index}]")
