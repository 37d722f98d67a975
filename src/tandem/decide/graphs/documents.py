"""A causal GraphSAGE as a document: numbers that anybody can read, checked before anything computes with them.

Hamilton, Ying and Leskovec 2017, two layers, mean aggregation, with one difference: a row's neighbours are *earlier* rows,
so their states never change and are cached. Every row has two states of ``width`` numbers::

    first  = relu(first layer  [x])
    second = relu(second layer [first,  per link: mean over its neighbours of (first,  known bad, known good)])
    margin =      head         [second, per link: mean over its neighbours of (second, known bad, known good)]

``x`` is the row's own values, standardised; a missing value is the mean. A row without neighbours has zeros where their
means would stand: a brand-new person scores like everybody else.

There is no pickle and no third-party format in a document; the ONNX graph that serves it is built from it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

from tandem.decide.models import Metadata
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, InvalidInput
from tandem.kernel.identity import Digest

__all__ = ["MARKS", "Layer", "SageDocument", "read_sage", "sage_digest"]

MARKS: Final = 2
"""Numbers beside a neighbour's state, read when it is read: known bad, known good."""
FORMAT: Final = 1
MAX_DOCUMENT_BYTES: Final = 16 * 2**20
MAX_INPUTS: Final = 512
MAX_LINKS: Final = 16
MAX_SLOTS: Final = 32
MAX_WIDTH: Final = 128
MAX_WEIGHT: Final = 1e6


class Layer(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An affine map: ``weights[out][in]`` and ``bias[out]``."""

    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...]


class SageDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind", tag="sage"):
    """The network.

    Attributes:
        metadata: where it comes from, as of every model.
        inputs: the row's own values, in order.
        mean, scale: what they are standardised by; scales are positive.
        links: kinds of links, in order.
        slots: at most so many neighbours per link, newest first.
        width: numbers per state.
        first, second, head: the layers.
    """

    format: int = FORMAT
    metadata: Metadata
    inputs: tuple[str, ...]
    mean: tuple[float, ...]
    scale: tuple[float, ...]
    links: tuple[str, ...]
    slots: int
    width: int
    first: Layer
    second: Layer
    head: Layer

    @property
    def reads(self) -> int:
        """Columns of the second layer and the head: an own state, and a mean per link."""
        return self.width + len(self.links) * (self.width + MARKS)


_DECODER: msgspec.json.Decoder[SageDocument] = msgspec.json.Decoder(SageDocument)


def read_sage(document: bytes | str | Mapping[str, Any] | SageDocument) -> SageDocument:
    """The document, checked throughout.

    Raises:
        DefinitionError: whatever is wrong with it, by field; nothing else is raised for its sake.
    """
    if isinstance(document, bytes | str) and len(document) > MAX_DOCUMENT_BYTES:
        raise DefinitionError("A graph network has at most 16 MiB.", code="model_size", value=len(document))
    try:
        if isinstance(document, msgspec.Struct):
            document = msgspec.to_builtins(document)
        read = (
            _DECODER.decode(document) if isinstance(document, bytes | str) else msgspec.convert(document, SageDocument)
        )
    except (msgspec.MsgspecError, UnicodeError, OverflowError, RecursionError, TypeError, ValueError) as error:
        raise DefinitionError(f"Not a graph network: {error}", code="invalid_model") from error
    _check(read)
    return read


def sage_digest(document: SageDocument) -> Digest:
    """SHA-256 of the document's canonical JSON, as of every model.

    Raises:
        DefinitionError: it holds a number that is not finite.
    """
    try:
        return digest_of(msgspec.to_builtins(document))
    except InvalidInput as error:
        raise DefinitionError(error.detail, code="invalid_model", field=error.field) from error


def _check(document: SageDocument) -> None:
    _require(document.format == FORMAT, "The network is written in another version of the format.", "format")
    _sized("inputs", document.inputs, MAX_INPUTS)
    _sized("links", document.links, MAX_LINKS)
    for field, value, most in (("slots", document.slots, MAX_SLOTS), ("width", document.width, MAX_WIDTH)):
        _require(1 <= value <= most, f"From 1 to {most}.", field, value)
    for field, numbers in (("mean", document.mean), ("scale", document.scale)):
        _require(len(numbers) == len(document.inputs), "One number per input.", field, len(numbers))
        _finite(numbers, field)
    _require(all(one > 0 for one in document.scale), "A scale is positive.", "scale")
    shapes = {"first": (document.width, len(document.inputs)), "second": (document.width, document.reads)}
    for field, (rows, columns) in (shapes | {"head": (1, document.reads)}).items():
        layer: Layer = getattr(document, field)
        _require(len(layer.weights) == rows == len(layer.bias), f"{rows} rows of weights and biases.", field)
        for place, weights in enumerate(layer.weights):
            _require(len(weights) == columns, f"{columns} weights in a row.", f"{field}.weights[{place}]", len(weights))
            _finite(weights, f"{field}.weights[{place}]")
        _finite(layer.bias, f"{field}.bias")


def _sized(field: str, names: Sequence[str], most: int) -> None:
    _require(1 <= len(names) <= most, f"From 1 to {most}.", field, len(names))
    _require(len(set(names)) == len(names), "A name stands twice.", field)
    _require(all(0 < len(name) <= 200 for name in names), "A name has 1 to 200 characters.", field)


def _finite(numbers: Sequence[float], field: str) -> None:
    for place, number in enumerate(numbers):
        if not (math.isfinite(number) and abs(number) <= MAX_WEIGHT):
            raise DefinitionError(
                f"A number must be finite and at most {MAX_WEIGHT:g}.",
                code="invalid_model",
                field=f"{field}[{place}]",
                value=repr(number),
            )


def _require(holds: bool, detail: str, field: str, value: object = None) -> None:  # noqa: FBT001 - reads as a sentence
    if not holds:
        raise DefinitionError(detail, code="invalid_model", field=field, value=value)
