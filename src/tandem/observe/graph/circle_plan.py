"""Circles as a definition: which events are transfers, between whom, within what time; checked against event types."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, EventTypeName
from tandem.kernel.time import DAY, HOUR, parse_duration
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType

__all__ = ["CircleDefinition", "CirclePlan", "TransferFields", "compile_circles", "parse_circles"]

_VERSION: Final = 1
"""Of what the numbers mean; a snapshot of another is not taken."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
_LONGEST: Final = 90 * DAY
_WORDS: Final = (
    ("closes", "Transfers in the circle that this one closes", "本笔转账所闭合的资金回路的转账笔数"),
    ("closes_minor", "Amount that came round by this transfer", "经本笔转账回流的金额"),
    ("returned", "Times money came back to the payer in {window}", "{window} 内资金回流至付款方的次数"),
    ("returned_minor", "Amount that came back to the payer in {window}", "{window} 内回流至付款方的金额"),
)


class TransferFields(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A type of event that is a transfer, and which of its fields say from whom, to whom and how much."""

    event: EventTypeName
    payer: str
    payee: str
    amount: str


class CircleDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """Which money is followed.

    Attributes:
        name: lower_snake; begins the name of every column.
        window: microseconds, less than which the first and the last transfer of a circle are apart.
        hops: transfers of the longest circle.
    """

    name: str
    transfers: tuple[TransferFields, ...]
    window: int
    window_text: str
    hops: int = 3
    description: dict[str, str] = {}


class _Document(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    name: str
    transfers: Annotated[tuple[TransferFields, ...], Meta(min_length=1, max_length=20)]
    window: str
    hops: Annotated[int, Meta(ge=2, le=3)] = 3
    description: dict[str, str] = {}


def parse_circles(document: Any) -> CircleDefinition:
    """The circles that ``document`` (YAML already loaded) declares.

    Raises:
        DefinitionError: names the field, the value, and what would be right.
    """
    try:
        read = msgspec.convert(document, _Document)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise DefinitionError(
            f"{words}.", code="invalid_definition", field=field, hint="see docs/reference/graphs.md"
        ) from None
    if not _NAME.match(read.name):
        raise DefinitionError("A name is lower_snake, at most 40 characters.", code="invalid_name", field="name", value=read.name)  # fmt: skip
    try:
        window = parse_duration(read.window)
    except InvalidInput as error:
        raise DefinitionError(
            error.detail, code=error.code, field="window", value=read.window, hint=error.hint
        ) from None
    if not HOUR <= window <= _LONGEST:
        raise DefinitionError(
            "A circle takes between an hour and 90 days.", code="window_out_of_range", field="window",
            value=read.window, hint="such as 7d",
        )  # fmt: skip
    return CircleDefinition(
        name=read.name, transfers=read.transfers, window=window, window_text=read.window, hops=read.hops,
        description=read.description,
    )  # fmt: skip


@dataclass(frozen=True)
class CirclePlan:
    """What is read of events and given of them.

    Attributes:
        kind: of entity that money goes between.
        names: the columns, in the order of every vector; words: what each means, in English and Chinese.
        reads: per type of event, its fields.
    """

    definition: CircleDefinition
    kind: EntityKind
    names: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    reads: Mapping[EventTypeName, TransferFields]

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Type of each column, for expressions."""
        return dict.fromkeys(self.names, Column(type=SqlType.INTEGER, nullable=True, scale=0))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number."""
        told = msgspec.to_builtins(self.definition)
        del told["description"], told["window_text"]
        return digest_of({"version": _VERSION, "circles": told})


def compile_circles(definition: CircleDefinition, event_types: Mapping[EventTypeName, EventType]) -> CirclePlan:
    """``definition`` over ``event_types``.

    Raises:
        DefinitionError: an event type or a field that is not there, or that is no entity of one kind, or no whole amount.
    """
    reads: dict[EventTypeName, TransferFields] = {}
    kind: EntityKind | None = None
    for place, one in enumerate(definition.transfers):
        path = f"transfers[{place}]"
        if one.event not in event_types:
            raise _unknown("Unknown event type.", f"{path}.event", one.event, event_types)
        if one.event in reads:
            raise DefinitionError("It is there twice.", code="duplicate_name", field=f"{path}.event", value=one.event)
        fields = {field.name: field for field in event_types[one.event].fields}
        for key, name in (("payer", one.payer), ("payee", one.payee), ("amount", one.amount)):
            if name not in fields:
                raise _unknown(f"{one.event} has no such field.", f"{path}.{key}", name, fields)
        for key, name in (("payer", one.payer), ("payee", one.payee)):
            found = fields[name].entity
            if found is None or (kind is not None and found != kind):
                raise DefinitionError(
                    "Money goes between entities of one kind.", code="unknown_entity", field=f"{path}.{key}", value=name,
                    hint=f"a field of entity {kind}" if kind else "a field with an entity, such as account",
                )  # fmt: skip
            kind = found
        if fields[one.amount].type != SqlType.INTEGER:
            raise DefinitionError(
                "An amount is in whole minor units.", code="wrong_type", field=f"{path}.amount", value=one.amount,
                hint="a field of type integer",
            )  # fmt: skip
        reads[one.event] = one
    assert kind is not None, "there is at least one transfer"
    words = {
        f"{definition.name}_{name}": (
            en.format(window=definition.window_text),
            zh.format(window=definition.window_text),
        )
        for name, en, zh in _WORDS
    }
    return CirclePlan(definition, kind, tuple(words), words, reads)


def _unknown(words: str, field: str, value: str, known: Mapping[Any, Any]) -> DefinitionError:
    return DefinitionError(words, code="unknown_name", field=field, value=value, hint=near_match(value, known))
