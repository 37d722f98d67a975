"""What must hold inside a scorecard: bins in order, groups apart, and points that say what the weights say."""

from __future__ import annotations

import math

from tandem.decide.models.documents import Bin, Scaling, Scorecard, ScorecardInput
from tandem.decide.models.faults import fail, require, require_finite, require_text, require_weight
from tandem.decide.models.limits import MAX_BINS, MAX_CATEGORIES, MAX_INPUTS
from tandem.decide.models.points import factor_of

__all__ = ["check_scorecard"]


def check_scorecard(document: Scorecard) -> None:
    """Return when the inputs, bins and points of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    require(1 <= len(document.inputs) <= MAX_INPUTS, f"A model has 1 to {MAX_INPUTS} inputs.", "inputs")
    require_weight(document.intercept, "intercept")
    scaling = document.scaling
    require_weight(scaling.pdo, "scaling.pdo")
    require_weight(scaling.base_points, "scaling.base_points")
    require_weight(scaling.base_odds, "scaling.base_odds")
    require(scaling.pdo > 0.0 and scaling.base_odds > 0.0, "Scaling must be positive.", "scaling")
    expected = scaling.base_points - factor_of(scaling) * (document.intercept + math.log(scaling.base_odds))
    _check_points(document.base_points, expected, scaling, "base_points")
    seen: set[str] = set()
    for index, one in enumerate(document.inputs):
        require(one.name not in seen, "Two inputs share a name.", f"inputs[{index}].name", one.name)
        seen.add(one.name)
        _check_input(one, scaling, f"inputs[{index}]")


def _check_input(one: ScorecardInput, scaling: Scaling, at: str) -> None:
    require_text(one.name, f"{at}.name", empty=False)
    if one.reason is not None:
        require_text(one.reason, f"{at}.reason", empty=False)
    require_weight(one.coefficient, f"{at}.coefficient")
    require(1 <= len(one.bins) <= MAX_BINS, f"An input has 1 to {MAX_BINS} bins.", f"{at}.bins")
    require(len(one.specials) <= MAX_BINS, f"An input has at most {MAX_BINS} special bins.", f"{at}.specials")
    if one.type == "numeric":
        _check_edges(one, at)
    else:
        _check_groups(one, at)
    named = [(f"{at}.bins[{index}]", each) for index, each in enumerate(one.bins)]
    named += [(f"{at}.specials[{index}].bin", each.bin) for index, each in enumerate(one.specials)]
    named.append((f"{at}.missing", one.missing))
    if one.unknown is not None:
        named.append((f"{at}.unknown", one.unknown))
    for field, each in named:
        _check_bin(each, one.coefficient, scaling, field)


def _check_edges(one: ScorecardInput, at: str) -> None:
    require(not one.groups, "A numeric input has edges, not groups.", f"{at}.groups")
    require(one.unknown is None, "Only a categorical input has unknown texts.", f"{at}.unknown")
    require(len(one.bins) == len(one.edges) + 1, "One more bin than edges.", f"{at}.bins", len(one.bins))
    for index, edge in enumerate(one.edges):
        require_finite(edge, f"{at}.edges[{index}]")
        if index and not one.edges[index - 1] < edge:
            fail("Edges must rise.", f"{at}.edges[{index}]", edge)
    seen: set[float] = set()
    for index, special in enumerate(one.specials):
        require(1 <= len(special.values) <= MAX_BINS, "A special bin has values.", f"{at}.specials[{index}].values")
        for value in special.values:
            require_finite(value, f"{at}.specials[{index}].values")
            require(value not in seen, "A special value twice.", f"{at}.specials[{index}].values", value)
            seen.add(value)


def _check_groups(one: ScorecardInput, at: str) -> None:
    require(not one.edges, "A categorical input has groups, not edges.", f"{at}.edges")
    require(not one.specials, "A special value of a categorical input is a group.", f"{at}.specials")
    require(len(one.bins) == len(one.groups), "One bin per group.", f"{at}.bins", len(one.bins))
    seen: set[str] = set()
    for index, group in enumerate(one.groups):
        for text in group:
            require_text(text, f"{at}.groups[{index}]")
            require(text not in seen, "A text in two groups.", f"{at}.groups[{index}]", text)
            seen.add(text)
    require(len(seen) <= MAX_CATEGORIES, f"An input has at most {MAX_CATEGORIES} texts.", f"{at}.groups", len(seen))


def _check_bin(one: Bin, coefficient: float, scaling: Scaling, field: str) -> None:
    require_weight(one.woe, f"{field}.woe")
    require_text(one.label, f"{field}.label")
    require(0 <= one.adverse <= one.count <= 2**53, "Counts: 0 <= adverse <= count.", f"{field}.count", one.count)
    _check_points(one.points, -factor_of(scaling) * coefficient * one.woe, scaling, f"{field}.points")


def _check_points(points: float, expected: float, scaling: Scaling, field: str) -> None:
    """Points are those of the weights; a rounded card may round a half either way."""
    decimals = scaling.decimals
    slack = 1e-6 * max(1.0, abs(expected))
    if decimals is not None:
        require(0 <= decimals <= 6, "0 to 6 decimals.", "scaling.decimals", decimals)
        slack += 0.5 * 10.0**-decimals
    if not abs(points - expected) <= slack:
        fail(f"The points contradict the weights, which make {expected:.6g}.", field, points)
