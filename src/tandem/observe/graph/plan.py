"""A graph checked against event types: which fields it reads of each, and what its features are called and mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest, EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features import TypeFilters, parse_filter
from tandem.observe.graph.definitions import WINDOWS, Graph, Mark

__all__ = ["GraphPlan", "compile_graph", "compile_marks", "member_field"]

_VERSION: Final = 2
"""Of what the numbers mean; a snapshot of another is not taken."""

_PER_LINK: Final = (
    *(
        (
            f"members_{name}",
            f"Other {{member}} entities on the same {{link}} within {name}",
            f"{name} 内使用同一 {{link}} 的其他 {{member}} 数",
        )
        for name, _ in WINDOWS
    ),
    ("members", "Other {member} entities on the same {link}", "使用同一 {link} 的其他 {member} 数"),
    ("bad", "Known bad {member} entities on the same {link}", "使用同一 {link} 的已知坏 {member} 数"),
    ("days", "Days since the {link} was first seen", "{link} 首次出现至今的天数"),
)
_ACROSS: Final = (
    ("neighbours", "{member} entities that share an identifier", "共用任一标识的 {member} 数"),
    ("neighbours_bad", "Known bad {member} entities that share an identifier", "共用任一标识的已知坏 {member} 数"),
    ("neighbours_close", "{member} entities that share at least two identifiers", "共用至少两个标识的 {member} 数"),
    ("second", "{member} entities two steps away", "相距两步的 {member} 数"),
    ("second_bad", "Known bad {member} entities two steps away", "相距两步的已知坏 {member} 数"),
    ("component", "{member} entities in the component", "所在连通分量的 {member} 数"),
    ("component_bad", "Known bad {member} entities in the component", "所在连通分量的已知坏 {member} 数"),
    ("component_came_1d", "{member} entities that came into the component within a day", "一天内进入所在连通分量的 {member} 数"),
    ("component_came_7d", "{member} entities that came into the component within a week", "一周内进入所在连通分量的 {member} 数"),
    ("crowds", "Named identifiers that are a crowd's", "所用标识中属于人群共用的个数"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reads:
    """What is read of one event type: the field of the member, and of each identifier the place of its link."""

    member: str
    identifiers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class GraphPlan:
    """What a graph reads and gives.

    Attributes:
        names: the features, in the order of every vector.
        words: feature to what it means, in English and Chinese.
        reads: per event type that links.
        members: per event type that marks, the field of the member; marks: its condition.
    """

    graph: Graph
    names: tuple[str, ...]
    words: Mapping[str, tuple[str, str]]
    reads: Mapping[EventTypeName, Reads]
    members: Mapping[EventTypeName, str]
    marks: Mapping[EventTypeName, TypeFilters]

    @cached_property
    def columns(self) -> dict[str, Column]:
        """Type of each feature, for expressions."""
        return dict.fromkeys(self.names, Column(type=SqlType.INTEGER, nullable=True, scale=0))

    @cached_property
    def digest(self) -> Digest:
        """SHA-256 over all that can change a number."""
        graph = msgspec.to_builtins(self.graph)
        graph.pop("description")
        reads = {event: [one.member, [list(pair) for pair in one.identifiers]] for event, one in self.reads.items()}
        return digest_of({"version": _VERSION, "graph": graph, "reads": reads})


def compile_graph(graph: Graph, event_types: Mapping[EventTypeName, EventType]) -> GraphPlan:
    """``graph`` over ``event_types``.

    Raises:
        DefinitionError: an unknown event type, one that names no single member or none of the identifiers, or a mark
            whose condition does not hold together.
    """
    reads: dict[EventTypeName, Reads] = {}
    for place, name in enumerate(graph.events):
        event_type = _known(name, event_types, f"events[{place}]")
        member = member_field(event_type, graph.member, f"events[{place}]")
        found = tuple(
            (index, field.name)
            for index, link in enumerate(graph.links)
            for field in event_type.fields
            if field.entity == link.identifier
        )
        if not found:
            raise DefinitionError(
                f"Event type {name} names none of the identifiers.",
                code="unknown_entity",
                field=f"events[{place}]",
                value=name,
                hint="identifiers: " + ", ".join(link.identifier for link in graph.links),
            )
        reads[name] = Reads(member, found)
    for index, link in enumerate(graph.links):
        if not any(index == at for one in reads.values() for at, _ in one.identifiers):
            raise DefinitionError(
                "No event of the graph names that identifier.",
                code="unknown_entity",
                field=f"links[{index}].identifier",
                value=link.identifier,
                hint=near_match(link.identifier, _kinds(event_types[name] for name in graph.events)),
            )
    members, marks = compile_marks(graph.marks, graph.member, event_types)
    words = _words(graph)
    return GraphPlan(graph, tuple(words), words, reads, members, marks)


def compile_marks(
    marks: Iterable[Mark], member: EntityKind, event_types: Mapping[EventTypeName, EventType]
) -> tuple[dict[EventTypeName, str], dict[EventTypeName, TypeFilters]]:
    """What becomes known of members: per event type that says so, the field that names the member, and its condition.

    Raises:
        DefinitionError: an unknown event type, one that names no single member or is marked twice, or a condition that does
            not hold together.
    """
    members: dict[EventTypeName, str] = {}
    filters: dict[EventTypeName, TypeFilters] = {}
    for place, mark in enumerate(marks):
        path = f"marks[{place}]"
        event_type = _known(mark.event, event_types, f"{path}.event")
        if mark.event in filters:
            raise DefinitionError(
                "Two marks read one event type.",
                code="duplicate_mark",
                field=f"{path}.event",
                value=mark.event,
                hint="join them with OR",
            )
        members[mark.event] = member_field(event_type, member, f"{path}.event")
        filters[mark.event] = TypeFilters(mark.event, [parse_filter(mark.when, event_type, f"{path}.when")])
    return members, filters


def _known(name: EventTypeName, event_types: Mapping[EventTypeName, EventType], path: str) -> EventType:
    if name not in event_types:
        raise DefinitionError(
            "Unknown event type.", code="unknown_event_type", field=path, value=name, hint=near_match(name, event_types)
        )
    return event_types[name]


def member_field(event_type: EventType, kind: EntityKind, path: str) -> str:
    """The one field of ``event_type`` that names an entity of that kind.

    Raises:
        DefinitionError: there is none, or more than one.
    """
    names = [field.name for field in event_type.fields if field.entity == kind]
    if len(names) != 1:
        raise DefinitionError(
            f"Event type {event_type.name} names {'no' if not names else 'more than one'} {kind}.",
            code="unknown_entity",
            field=path,
            value=event_type.name,
            hint=near_match(kind, _kinds([event_type])),
        )
    return names[0]


def _kinds(event_types: Iterable[EventType]) -> Sequence[str]:
    return sorted({field.entity for one in event_types for field in one.fields if field.entity is not None})


def _words(graph: Graph) -> dict[str, tuple[str, str]]:
    said = {"member": graph.member}
    found = {
        f"{graph.name}_{link.identifier}_{name}": (
            en.format(link=link.identifier, **said),
            zh.format(link=link.identifier, **said),
        )
        for link in graph.links
        for name, en, zh in _PER_LINK
    }
    return found | {f"{graph.name}_{name}": (en.format(**said), zh.format(**said)) for name, en, zh in _ACROSS}
