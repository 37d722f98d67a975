"""What must hold inside a tabular network before it may score: knots in order, texts apart, every vector of one width."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tandem.decide.models.documents import Layer, TabularNetwork, Vectors
from tandem.decide.models.faults import fail, require, require_finite, require_text, require_weight
from tandem.decide.models.limits import (
    MAX_BINS,
    MAX_BLOCKS,
    MAX_CATEGORIES,
    MAX_HIDDEN,
    MAX_INPUTS,
    MAX_STRETCHES,
    MAX_VECTOR_NUMBERS,
    MAX_WEIGHT,
    MAX_WIDTH,
)

__all__ = ["check_numbers", "check_shape", "check_tabular", "check_vectors"]


def check_tabular(document: TabularNetwork) -> None:
    """Return when inputs, blocks and head of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    width = len(document.bias)
    require(1 <= width <= MAX_WIDTH, f"A state has 1 to {MAX_WIDTH} numbers.", "bias", width)
    check_numbers(document.bias, width, "bias")
    check_numbers(document.head, width, "head")
    require_weight(document.intercept, "intercept")
    require(1 <= len(document.inputs) <= MAX_INPUTS, f"A model has 1 to {MAX_INPUTS} inputs.", "inputs")
    names: set[str] = set()
    numbers = 0
    for index, one in enumerate(document.inputs):
        at = f"inputs[{index}]"
        require(one.name not in names, "Two inputs share a name.", f"{at}.name", one.name)
        names.add(one.name)
        numbers += width * len(one.vectors)
        require(
            numbers <= MAX_VECTOR_NUMBERS, f"All vectors have at most {MAX_VECTOR_NUMBERS} numbers.", f"{at}.vectors"
        )
        check_vectors(one, width, at)
        check_numbers(one.mean, width, f"{at}.mean")
        if one.reason is not None:
            require_text(one.reason, f"{at}.reason", empty=False)
    require(len(document.blocks) <= MAX_BLOCKS, f"At most {MAX_BLOCKS} blocks.", "blocks", len(document.blocks))
    stretches = 1
    for index, block in enumerate(document.blocks):
        at = f"blocks[{index}]"
        hidden = len(block.inner.bias)
        require(1 <= hidden <= MAX_HIDDEN, f"A block hides 1 to {MAX_HIDDEN} numbers.", f"{at}.inner.bias", hidden)
        if index < len(document.blocks) - 1:
            stretches *= hidden + 1
            few = f"Blocks before the last cut the way of a row into at most {MAX_STRETCHES} stretches."
            require(stretches <= MAX_STRETCHES, few, f"{at}.inner.bias", hidden)
        check_shape(block.inner, hidden, width, f"{at}.inner")
        check_shape(block.outer, width, hidden, f"{at}.outer")


def check_vectors(one: Vectors, width: int, at: str) -> None:
    """Return when knots or levels of ``one`` are in order and each has a vector of ``width`` numbers.

    Raises:
        DefinitionError: they are not; ``at`` begins the name of the field.
    """
    require_text(one.name, f"{at}.name", empty=False)
    if one.type == "numeric":
        require(not one.levels, "A numeric input has knots, not levels.", f"{at}.levels")
        require(one.unknown is None, "Only a categorical input has unknown texts.", f"{at}.unknown")
        require(1 <= len(one.knots) <= MAX_BINS, f"An input has 1 to {MAX_BINS} knots.", f"{at}.knots", len(one.knots))
        _check_knots(one.knots, f"{at}.knots")
    else:
        require(not one.knots, "A categorical input has levels, not knots.", f"{at}.knots")
        require(len(one.levels) <= MAX_CATEGORIES, f"At most {MAX_CATEGORIES} texts.", f"{at}.levels", len(one.levels))
        for index, text in enumerate(one.levels):
            require_text(text, f"{at}.levels[{index}]")
        require(len(set(one.levels)) == len(one.levels), "A text stands twice.", f"{at}.levels")
    expected = len(one.knots) if one.type == "numeric" else len(one.levels)
    require(len(one.vectors) == expected, f"{expected} vectors for these values.", f"{at}.vectors", len(one.vectors))
    for index, vector in enumerate(one.vectors):
        check_numbers(vector, width, f"{at}.vectors[{index}]")
    check_numbers(one.missing, width, f"{at}.missing")
    if one.unknown is not None:
        check_numbers(one.unknown, width, f"{at}.unknown")


def _check_knots(knots: Sequence[float], field: str) -> None:
    for index, knot in enumerate(knots):
        require_finite(knot, f"{field}[{index}]")
        if index:
            gap = knot - knots[index - 1]
            if not (gap > 0.0 and math.isfinite(gap)):
                fail("Knots must rise, by a finite step.", f"{field}[{index}]", knot)


def check_shape(layer: Layer, rows: int, columns: int, field: str) -> None:
    """Return when ``layer`` maps ``columns`` numbers to ``rows``.

    Raises:
        DefinitionError: it does not.
    """
    require(len(layer.weights) == rows, f"{rows} rows of weights.", f"{field}.weights", len(layer.weights))
    check_numbers(layer.bias, rows, f"{field}.bias")
    for index, weights in enumerate(layer.weights):
        check_numbers(weights, columns, f"{field}.weights[{index}]")


def check_numbers(numbers: Sequence[float], count: int, field: str) -> None:
    """Return when there are ``count`` numbers, each within the limit.

    Raises:
        DefinitionError: there are not.
    """
    require(len(numbers) == count, f"{count} numbers.", field, len(numbers))
    for index, number in enumerate(numbers):
        if not abs(number) <= MAX_WEIGHT:
            fail(f"A number must be finite and at most {MAX_WEIGHT:g}.", f"{field}[{index}]", repr(number))
