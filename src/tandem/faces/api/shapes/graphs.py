"""Graphs: who shares what with whom, around one place or on the way between two."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant, OutcomeText

__all__ = [
    "GraphAround",
    "GraphDecision",
    "GraphIdentifier",
    "GraphLink",
    "GraphNode",
    "GraphNodeList",
    "GraphPage",
    "GraphPath",
    "GraphPlace",
    "GraphSummary",
    "GraphWords",
]

Key = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="pseudonym")]


class GraphWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class GraphIdentifier(msgspec.Struct, kw_only=True):
    """A kind of identifier that links members.

    Attributes:
        life_s: seconds after its last use for which a link counts.
        joins: whether it makes neighbours; what does not is counted only.
        hub: members from which on an identifier is a crowd's and joins nobody.
    """

    kind: str
    life_s: int
    joins: bool
    hub: int


class GraphSummary(msgspec.Struct, kw_only=True):
    """A graph of the live release.

    Attributes:
        member_kind: the kind of entity that is joined; events: the types of event that link.
        marks: types of event that say who is bad.
        members: how many it remembers now; newest_at: of its events; null before the first.
    """

    name: str
    description: GraphWords
    member_kind: str
    events: list[str]
    identifiers: list[GraphIdentifier]
    marks: list[str]
    members: int
    newest_at: Instant | None


class GraphPage(msgspec.Struct, kw_only=True):
    """Graphs, by name."""

    graphs: list[GraphSummary]


class GraphPlace(msgspec.Struct, kw_only=True):
    """A member or an identifier: its kind of entity, and its pseudonym."""

    kind: str
    key: Key


class GraphNodeList(msgspec.Struct, kw_only=True):
    """A list somebody is on: ``kind`` is block, watch or allow."""

    name: str
    kind: str


class GraphDecision(msgspec.Struct, kw_only=True):
    """The newest decision about a member. ``probability``: the highest that any model gave; null where none scored it."""

    decision_id: str
    event_id: str
    at: Instant
    outcome: OutcomeText
    policy: str
    model: str | None
    probability: float | None


class GraphNode(GraphPlace, kw_only=True):
    """A place in a graph.

    Attributes:
        member: whether it is one; else it is an identifier.
        step: links from where the walk began, or place on the path.
        degree: its living links, shown or not; of a crowd's identifier as many as are counted.
        since: when a member came; last_at: its last use.
        bad_since: since when a member is known to be bad; null where it is not.
        crowd: so many share it that it joins nobody; joins: whether its kind makes neighbours at all.
        lists: it is on now. decision: null for identifiers, and for who was never decided on.
    """

    member: bool
    step: int
    degree: int
    since: Instant | None
    last_at: Instant | None
    bad_since: Instant | None
    crowd: bool
    joins: bool
    lists: list[GraphNodeList]
    decision: GraphDecision | None


class GraphLink(msgspec.Struct, kw_only=True):
    """A member used an identifier, at last at ``last_at``."""

    member: Key
    kind: str
    identifier: Key
    last_at: Instant


class GraphAround(msgspec.Struct, kw_only=True):
    """What surrounds a place.

    Attributes:
        as_of: the newest event of the graph; links that were dead by then are not there.
        start: what was asked about, by pseudonym.
        nodes: the nearest first, where the walk began in front; none where nothing is known of it.
        left_out: further nodes that were met and did not fit in.
    """

    graph: str
    as_of: Instant
    start: GraphPlace
    nodes: list[GraphNode]
    links: list[GraphLink]
    left_out: int


class GraphPath(msgspec.Struct, kw_only=True):
    """The shortest way between two places, over nothing that joins nobody.

    Attributes:
        nodes: from the one to the other; none where there is no way.
        met: nodes that were looked at; gave_up: there may be a longer way.
    """

    graph: str
    as_of: Instant
    start: GraphPlace
    goal: GraphPlace
    nodes: list[GraphNode]
    links: list[GraphLink]
    met: int
    gave_up: bool
