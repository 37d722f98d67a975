"""A network checked against event types and what else is known: which field it reads of an event, and which known column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import msgspec

from tandem.decide.models import SageDocument
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EventTypeName, Pseudonym
from tandem.kernel.values import SqlType, Value
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import TypeFilters
from tandem.observe.graph import compile_marks, member_field

__all__ = ["NetworkPlan", "PlannedInputs", "compile_inputs", "compile_network", "event_type_of"]

_VERSION: Final = 1
"""Of what the numbers mean; a snapshot of another is not taken."""

_NUMBERS: Final = frozenset({SqlType.BOOLEAN, SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL})
_TEXTS: Final = frozenset({SqlType.TEXT})
_NOT_OF_THE_NUMBERS: Final = ("metadata", "expected", "reason", "calibration", "scaling")

_OWN: Final = (
    "What the network {name} makes of the event's own values, in log-odds",
    "网络 {name} 仅凭事件自身取值给出的对数几率",
)
_LINK: Final = (
    "What earlier events on the same {kind} add to the network {name}, in log-odds",
    "同一 {kind} 上更早的事件在网络 {name} 中带来的对数几率变化",
)


@dataclass(frozen=True, slots=True)
class PlannedInputs:
    """Where the inputs of a network come from.

    Attributes:
        count: how many.
        fields: those that are fields of the event, by their place.
        known: those that are known columns: place among the inputs, place in the vector of what is known.
    """

    count: int
    fields: tuple[tuple[int, str], ...]
    known: tuple[tuple[int, int], ...]

    def of(self, event: Event, vector: Sequence[Value]) -> list[Value]:
        """The inputs of ``event``, of which ``vector`` is known."""
        values: list[Value] = [None] * self.count
        for place, at in self.known:
            values[place] = vector[at]
        for place, name in self.fields:
            values[place] = event.values.get(name)
        return values


@dataclass(frozen=True)
class NetworkPlan:
    """What a network reads and gives.

    Attributes:
        names: the parts of its margin, in the order of every vector.
        words: part to what it means, in English and Chinese.
        inputs: where its inputs come from.
        member: the field of the member; links: the field of each link.
        members: per event type that marks, the field of the member; marks: its condition.
    """

    document: SageDocument
    names: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    inputs: PlannedInputs
    member: str
    links: tuple[str, ...]
    members: Mapping[EventTypeName, str]
    marks: Mapping[EventTypeName, TypeFilters]

    @property
    def event(self) -> EventTypeName:
        """The type of the events that are scored."""
        return self.document.event

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Type of each part, for expressions; null for events of other types."""
        return dict.fromkeys(self.names, Column(type=SqlType.DOUBLE, nullable=True, scale=0))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all of the network that can change a number; what its known columns mean is told by theirs."""
        numbers: dict[str, Any] = msgspec.to_builtins(self.document)
        for name in _NOT_OF_THE_NUMBERS:
            del numbers[name]
        numbers["links"] = list(self.document.kinds)
        reads = {"member": self.member, "links": list(self.links), "fields": [list(one) for one in self.inputs.fields]}
        return digest_of({"version": _VERSION, "names": list(self.names), "network": numbers, "reads": reads})

    def named_by(self, event: Event) -> list[Pseudonym | None]:
        """What ``event`` names of each link."""
        return [event.entities.get(name) for name in self.links]


def compile_network(
    document: SageDocument, event_types: Mapping[EventTypeName, EventType], known: Mapping[str, Column]
) -> NetworkPlan:
    """``document`` over ``event_types`` and the columns that are ``known`` of every event, in the order of their vector.

    Raises:
        DefinitionError: an unknown event type; a member or a link that the event does not name; an input that is nowhere, or no
            number; or a mark that does not hold together.
    """
    event_type = event_type_of(document.event, event_types)
    inputs = compile_inputs(
        [(name, f"inputs[{place}]", False) for place, name in enumerate(document.inputs)], event_type, known
    )
    member = member_field(event_type, document.member, "member")
    members, marks = compile_marks(document.marks, document.member, event_types)
    words = {document.parts[0]: _OWN} | dict.fromkeys(document.parts[1:], _LINK)
    said = dict(zip(document.parts, ("", *document.kinds), strict=True))
    return NetworkPlan(
        document=document,
        names=document.parts,
        words={
            part: (
                en.format(name=document.metadata.name, kind=said[part]),
                zh.format(name=document.metadata.name, kind=said[part]),
            )
            for part, (en, zh) in words.items()
        },
        inputs=inputs,
        member=member,
        links=tuple(_link_field(event_type, kind, f"links[{place}].kind") for place, kind in enumerate(document.kinds)),
        members=members,
        marks=marks,
    )


def event_type_of(name: EventTypeName, event_types: Mapping[EventTypeName, EventType]) -> EventType:
    """The type of the events that a network scores.

    Raises:
        DefinitionError: there is none of that name.
    """
    if name not in event_types:
        raise DefinitionError(
            "Unknown event type.",
            code="unknown_event_type",
            field="event",
            value=name,
            hint=near_match(name, event_types),
        )
    return event_types[name]


def compile_inputs(
    inputs: Sequence[tuple[str, str, bool]], event_type: EventType, known: Mapping[str, Column]
) -> PlannedInputs:
    """Where each of ``inputs`` comes from.

    Args:
        inputs: of each its name, where it stands in the document, and whether it is read as a text.
        event_type: whose fields may be read.
        known: the columns that are known of every event, in the order of their vector.

    Raises:
        DefinitionError: an input that is nowhere, or of another type.
    """
    places = {name: place for place, name in enumerate(known)}
    fields = {field.name: field for field in event_type.fields}
    of_fields, of_known = [], []
    for place, (name, at, as_text) in enumerate(inputs):
        found = fields.get(name) or known.get(name)
        _check_input(name, at, found, [*known, *fields], as_text=as_text)
        if name in fields:  # as in a policy, where both have the name
            of_fields.append((place, name))
        else:
            of_known.append((place, places[name]))
    return PlannedInputs(len(inputs), tuple(of_fields), tuple(of_known))


def _check_input(name: str, at: str, found: EventField | Column | None, there: Sequence[str], *, as_text: bool) -> None:
    if found is None:
        raise DefinitionError(
            "The network reads what is neither known of its event nor a field of it.",
            code="unknown_input",
            field=at,
            value=name,
            hint=near_match(name, there)
            or "release the network together with the features and graphs it was trained on",
        )
    wanted = _TEXTS if as_text else _NUMBERS
    if found.type not in wanted or (isinstance(found, EventField) and found.entity is not None):
        said = "an identifier" if found.type in wanted else found.type
        raise DefinitionError(
            f"The network reads {'texts' if as_text else 'numbers'} there, and {name} is {said}.",
            code="wrong_type",
            field=at,
            value=name,
            hint="texts that are no identifiers can be read" if as_text else "numbers and truth values can be read",
        )


def _link_field(event_type: EventType, kind: str, path: str) -> str:
    """The field that names the thing of a link; of several, the first declared."""
    for field in event_type.fields:
        if field.entity == kind:
            return field.name
    raise DefinitionError(
        f"Event type {event_type.name} names no {kind}.",
        code="unknown_entity",
        field=path,
        value=kind,
        hint=near_match(kind, sorted({field.entity for field in event_type.fields if field.entity is not None})),
    )
