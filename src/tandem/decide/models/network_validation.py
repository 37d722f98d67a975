"""What must hold inside a graph network before it may score; the same words and limits as of every other document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tandem.decide.models.documents import Layer, SageDocument
from tandem.decide.models.faults import fail, require, require_text, require_weight
from tandem.decide.models.limits import MAX_LINKS, MAX_MARKS, MAX_NETWORK_INPUTS, MAX_SLOTS, MAX_WEIGHT, MAX_WIDTH

__all__ = ["check_name", "check_network"]

_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}")


def check_network(document: SageDocument) -> None:
    """Return when the names, sizes and numbers of ``document`` hold together.

    Raises:
        DefinitionError: they do not.
    """
    _check_names(document)
    for field, value, most in (("slots", document.slots, MAX_SLOTS), ("width", document.width, MAX_WIDTH)):
        require(1 <= value <= most, f"From 1 to {most}.", field, value)
    for field, numbers in (("mean", document.mean), ("scale", document.scale)):
        require(len(numbers) == len(document.inputs), "One number per input.", field, len(numbers))
        _check_numbers(numbers, field)
    for place, one in enumerate(document.scale):
        require(one > 0.0, "A scale is positive.", f"scale[{place}]", one)
    _check_layer(document.first, "first", document.width, len(document.inputs))
    _check_layer(document.second, "second", document.width, document.reads)
    _check_layer(document.head, "head", 1, document.reads)
    require_weight(document.expected, "expected")


def _check_names(document: SageDocument) -> None:
    # They become names of columns.
    check_name(document.metadata.name, "metadata.name")
    check_name(document.event, "event")
    check_name(document.member, "member")
    _check_sized("inputs", document.inputs, MAX_NETWORK_INPUTS)
    for place, name in enumerate(document.inputs):
        require_text(name, f"inputs[{place}]", empty=False)
    _check_sized("links", document.kinds, MAX_LINKS)
    reasons = [("reason", document.reason)]
    for place, link in enumerate(document.links):
        check_name(link.kind, f"links[{place}].kind")
        require(
            link.kind != "own", "A kind may not be called like what is the row's own.", f"links[{place}].kind", "own"
        )
        reasons.append((f"links[{place}].reason", link.reason))
    for field, reason in reasons:
        if reason is not None:
            require_text(reason, field)
    require(len(document.marks) <= MAX_MARKS, f"A network has at most {MAX_MARKS} marks.", "marks", len(document.marks))
    for place, mark in enumerate(document.marks):
        check_name(mark.event, f"marks[{place}].event")
        require_text(mark.when, f"marks[{place}].when", empty=False)


def check_name(name: str, field: str) -> None:
    """Return when ``name`` may be the name of a column.

    Raises:
        DefinitionError: it may not.
    """
    require(_NAME.fullmatch(name) is not None, "A name is lower_snake, at most 40 characters.", field, name)


def _check_sized(field: str, names: Sequence[str], most: int) -> None:
    require(1 <= len(names) <= most, f"From 1 to {most}.", field, len(names))
    require(len(set(names)) == len(names), "A name stands twice.", field)


def _check_layer(layer: Layer, field: str, rows: int, columns: int) -> None:
    require(len(layer.weights) == rows == len(layer.bias), f"{rows} rows of weights and biases.", field)
    for place, weights in enumerate(layer.weights):
        at = f"{field}.weights[{place}]"
        require(len(weights) == columns, f"{columns} weights in a row.", at, len(weights))
        _check_numbers(weights, at)
    _check_numbers(layer.bias, f"{field}.bias")


def _check_numbers(numbers: Sequence[float], field: str) -> None:
    for place, number in enumerate(numbers):
        if not abs(number) <= MAX_WEIGHT:
            fail(f"A number must be finite and at most {MAX_WEIGHT:g}.", f"{field}[{place}]", repr(number))
