"""What must hold inside a linear model: a line that stays finite between its ends, texts and special numbers apart."""

from __future__ import annotations

from tandem.decide.models.documents import Linear, LinearInput
from tandem.decide.models.faults import fail, require, require_finite, require_text, require_weight
from tandem.decide.models.limits import MAX_BINS, MAX_CATEGORIES, MAX_INPUTS, MAX_WEIGHT

__all__ = ["check_linear"]


def check_linear(document: Linear) -> None:
    """Return when the inputs of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    require(1 <= len(document.inputs) <= MAX_INPUTS, f"A model has 1 to {MAX_INPUTS} inputs.", "inputs")
    require_weight(document.intercept, "intercept")
    seen: set[str] = set()
    for index, one in enumerate(document.inputs):
        at = f"inputs[{index}]"
        require(one.name not in seen, "Two inputs share a name.", f"{at}.name", one.name)
        seen.add(one.name)
        require_text(one.name, f"{at}.name", empty=False)
        if one.reason is not None:
            require_text(one.reason, f"{at}.reason", empty=False)
        for field in ("missing", "mean", "spread"):
            require_weight(getattr(one, field), f"{at}.{field}")
        require(one.spread >= 0.0, "A spread is not negative.", f"{at}.spread", one.spread)
        if one.type == "numeric":
            _check_line(one, at)
        else:
            _check_levels(one, at)


def _check_line(one: LinearInput, at: str) -> None:
    require(not one.levels and not one.weights, "A numeric input has a weight, not levels.", f"{at}.levels")
    require(one.unknown is None, "Only a categorical input has unknown texts.", f"{at}.unknown")
    for field in ("weight", "center", "low", "high"):
        require_finite(getattr(one, field), f"{at}.{field}")
    require(one.low <= one.high, "The low end is not above the high end.", f"{at}.low", one.low)
    for end in (one.low, one.high):
        if not abs(one.weight * (end - one.center)) <= MAX_WEIGHT:
            fail(f"The ends of a line add at most {MAX_WEIGHT:g}.", f"{at}.weight", repr(one.weight))
    require(len(one.specials) <= MAX_BINS, f"An input has at most {MAX_BINS} specials.", f"{at}.specials")
    seen: set[float] = set()
    for index, special in enumerate(one.specials):
        require_finite(special.value, f"{at}.specials[{index}].value")
        require_weight(special.weight, f"{at}.specials[{index}].weight")
        require(special.value not in seen, "A special value twice.", f"{at}.specials[{index}].value", special.value)
        seen.add(special.value)


def _check_levels(one: LinearInput, at: str) -> None:
    unused = (one.weight, one.center, one.low, one.high) == (0.0, 0.0, 0.0, 0.0) and not one.specials
    require(unused, "A categorical input has levels, not a line.", f"{at}.weight", one.weight)
    require(one.monotone == 0, "Texts have no order.", f"{at}.monotone", one.monotone)
    require(len(one.levels) <= MAX_CATEGORIES, f"An input has at most {MAX_CATEGORIES} texts.", f"{at}.levels")
    require(len(one.weights) == len(one.levels), "One weight per level.", f"{at}.weights", len(one.weights))
    require(len(set(one.levels)) == len(one.levels), "A text twice.", f"{at}.levels")
    for index, (text, weight) in enumerate(zip(one.levels, one.weights, strict=True)):
        require_text(text, f"{at}.levels[{index}]")
        require_weight(weight, f"{at}.weights[{index}]")
    if one.unknown is not None:
        require_weight(one.unknown, f"{at}.unknown")
