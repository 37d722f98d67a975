"""The nouns of the room: a graph joins one kind of entity, its *members*, by the identifiers they share.

A member is whoever applies or pays; an identifier is a device, a phone, an address, a card. Members are never joined to
members and identifiers never to identifiers: the graph has two sides, and a path goes back and forth between them.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.time import DAY, HOUR

__all__ = ["GRAPH_LIMITS", "WINDOWS", "Graph", "GraphLimits", "Link", "Mark"]

WINDOWS: Final = (("1h", HOUR), ("24h", DAY), ("7d", 7 * DAY))
"""The windows in which the members of an identifier are counted."""


class GraphLimits(msgspec.Struct, frozen=True):
    """How far a read looks, so that it takes the same time in a crowd as in a family.

    Attributes:
        neighbours: members that share an identifier with the one read.
        asked: of them, those whose own identifiers are followed.
        links: identifiers followed of each member, the ones used last.
        second: members two steps away.
        component: members of the component.
        kept: identifiers remembered of one member.
    """

    neighbours: int = 64
    asked: int = 24
    links: int = 8
    second: int = 256
    component: int = 256
    kept: int = 64


GRAPH_LIMITS: Final = GraphLimits()


class Link(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One kind of identifier.

    Attributes:
        identifier: the kind of entity.
        life: microseconds after its last use for which a link counts.
        joins: whether it makes neighbours; an IP address or a Wi-Fi is counted and joins nobody.
        hub: members from which on it is a crowd's: counted, up to that number, and joining nobody.
    """

    identifier: EntityKind
    life: int
    joins: bool = True
    hub: int = 30


class Mark(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An event that says of its member that it is bad, where ``when`` is TRUE; and that it is not, where FALSE."""

    event: EventTypeName
    when: str


class Graph(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Members, what links them, and what marks one as bad.

    Attributes:
        name: lower_snake; begins the name of every feature.
        member: the kind of entity that is joined.
        events: the types of event that link a member to the identifiers they name.
        links: by kind of identifier, in declared order.
        marks: what becomes known of members.
        description: text by language.
    """

    name: str
    member: EntityKind
    events: tuple[EventTypeName, ...]
    links: tuple[Link, ...]
    marks: tuple[Mark, ...] = ()
    description: dict[str, str] = {}
