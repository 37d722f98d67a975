"""Where a policy and its models may change their mind: constants in conditions, cells of tables, bins and splits."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Any

from tandem.decide.models import Additive, Blend, Linear, ModelDocument, Scorecard, TabularNetwork, Trees
from tandem.decide.policy import Trace

__all__ = ["constants_of", "edges_of", "is_number"]


def constants_of(trace: Trace) -> dict[str, set[float]]:
    """Column to the numbers it is compared with, as the trace tells them."""
    found: dict[str, set[float]] = {}

    def compared(step: Any) -> None:
        operands = step.get("operands", ())
        names = [one["text"].strip('"') for one in operands if not one.get("constant")]
        numbers = [one["value"] for one in operands if one.get("constant") and is_number(one["value"])]
        for name in names:
            found.setdefault(name, set()).update(numbers)
        for part in step.get("parts", ()):
            compared(part)

    for stage in trace.stages:
        for condition in stage.conditions:
            if isinstance(condition.steps, dict):
                compared(condition.steps)
            for cell in condition.cells:
                found.setdefault(cell["column"], set()).update(_numbers_in(cell["test"]))
    return found


def _numbers_in(test: str) -> Iterator[float]:
    for word in test.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").replace(",", " ").split():
        try:
            number = float(word.lstrip("<>=!"))
        except ValueError:
            continue
        if math.isfinite(number):
            yield number


def edges_of(documents: Iterable[ModelDocument]) -> dict[str, set[float]]:
    """Column to the numbers at which a model's answer may jump or turn."""
    found: dict[str, set[float]] = {}
    for document in documents:
        for name, edges in _edges_in(document):
            found.setdefault(name, set()).update(edges)
    return found


def _edges_in(document: ModelDocument) -> Iterator[tuple[str, Iterable[float]]]:
    if isinstance(document, Blend):
        for member in document.members:
            yield from _edges_in(member.model)
    elif isinstance(document, Trees):
        for tree in document.trees:
            for feature, threshold in zip(tree.feature, tree.threshold, strict=True):
                yield document.inputs[feature].name, (threshold,)
    elif isinstance(document, Additive):
        yield from document.cuts
    elif isinstance(document, Linear):
        yield from ((one.name, (one.low, one.center, one.high)) for one in document.inputs if one.type == "numeric")
    elif isinstance(document, TabularNetwork):
        yield from ((each.name, each.knots) for each in document.inputs)
    elif isinstance(document, Scorecard):
        yield from ((one.name, one.edges) for one in document.inputs)


def is_number(value: Any) -> bool:
    """Whether ``value`` is a number, and no truth value."""
    return isinstance(value, int | float) and not isinstance(value, bool)
