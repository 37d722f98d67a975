"""Walks through a graph for people who look at it: what surrounds a member or an identifier, and how two hang together.

A place is a member or an identifier; a step goes over one link from one side to the other. As in a decision, a link counts
until ``life`` after its last use, and neither a crowd's identifier nor one whose kind joins nobody leads on: such a place
is shown with its count and not walked through, but for the one that was asked about. Everything is bounded and walks from
what was used last, so that what is left out of a crowd is the oldest.

A walk reads the network while nobody moves it; its caller holds the writer's lock for as long.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.graph.definitions import Link
from tandem.observe.graph.kernels import Kernel
from tandem.observe.graph.network import Standing

__all__ = [
    "MEMBER",
    "NODES_MAX",
    "PATH_STEPS_MAX",
    "STEPS_MAX",
    "Neighbourhood",
    "Path",
    "Place",
    "WalkedLink",
    "WalkedNode",
    "neighbourhood",
    "shortest_path",
]

MEMBER: Final = -1
"""The kind of a place that is a member; of an identifier it is the place of its kind among the links."""
NODES_MAX: Final = 2_000
"""Places in one neighbourhood: what can be drawn and looked at."""
STEPS_MAX: Final = 8
PATH_STEPS_MAX: Final = 16
_MET_MAX: Final = 20_000
"""Places met from either end before a path is given up."""


class Place(NamedTuple):
    """A member or an identifier."""

    kind: int
    key: Pseudonym


class WalkedNode(msgspec.Struct, frozen=True, kw_only=True):
    """A place that was walked to.

    Attributes:
        step: links from where the walk began.
        degree: its living links, shown or not; of a crowd's identifier as many as are counted.
        since: when a member came; None of an identifier, and of who is only marked.
        last_at: its last use; None where that is not remembered.
        bad_since: since when a member is known to be bad.
        crowd: an identifier that joins nobody, for so many share it.
        joins: whether its kind makes neighbours at all.
    """

    place: Place
    step: int
    degree: int
    since: Micros | None
    last_at: Micros | None
    bad_since: Micros | None
    crowd: bool
    joins: bool


class WalkedLink(msgspec.Struct, frozen=True, kw_only=True):
    """A member used an identifier, at last at ``last_at``."""

    member: Pseudonym
    identifier: Place
    last_at: Micros


class Neighbourhood(msgspec.Struct, frozen=True, kw_only=True):
    """What surrounds a place.

    Attributes:
        nodes: in the order in which they were met, where the walk began first; empty where nothing is known of it.
        links: all between them, newest first for each member.
        left_out: further places that were met and did not fit in.
    """

    nodes: list[WalkedNode]
    links: list[WalkedLink]
    left_out: int


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """The shortest way between two places.

    Attributes:
        nodes: from the one to the other; empty where there is no way.
        met: places that were looked at.
        gave_up: there may be a way, longer or in a larger crowd than is looked through.
    """

    nodes: list[WalkedNode]
    links: list[WalkedLink]
    met: int
    gave_up: bool


def neighbourhood(
    network: Kernel,
    links: Sequence[Link],
    start: Place,
    *,
    at: Micros,
    steps: int = 2,
    limit: int = 500,
    since: Micros | None = None,
    until: Micros | None = None,
) -> Neighbourhood:
    """What is at most ``steps`` links from ``start``, breadth first, as of ``at``.

    Args:
        links: kinds of identifiers of the network's graph.
        limit: nodes at most, no more than ``NODES_MAX``.
        since, until: only links used last within, the first included, the last not.
    """
    view = _View(network, links, at, since, until)
    if not view.known(start):
        return Neighbourhood(nodes=[], links=[], left_out=0)
    limit = min(limit, NODES_MAX)
    step_of = {start: 0}
    left_out: set[Place] = set()
    waiting = [start]
    for place in waiting:  # grows while it is walked
        step = step_of[place] + 1
        if step > steps or not (place == start or view.leads_on(place)):
            continue
        for other, _ in view.seen(place):
            if other in step_of:
                continue
            if len(step_of) >= limit:
                left_out.add(other)
                continue
            step_of[other] = step
            waiting.append(other)
    nodes = [view.node(place, step) for place, step in step_of.items()]
    return Neighbourhood(nodes=nodes, links=view.links_among(step_of), left_out=len(left_out))


def shortest_path(
    network: Kernel,
    links: Sequence[Link],
    start: Place,
    goal: Place,
    *,
    at: Micros,
    since: Micros | None = None,
    until: Micros | None = None,
) -> Path:
    """The fewest links from ``start`` to ``goal``, over nothing that joins nobody; of several ways the newest.

    Walked from both ends, a whole step of the smaller side at a time: the first place that both sides met is on a
    shortest way.
    """
    view = _View(network, links, at, since, until)
    if not (view.known(start) and view.known(goal)):
        return Path(nodes=[], links=[], met=0, gave_up=False)
    if start == goal:
        return Path(nodes=[view.node(start, 0)], links=[], met=1, gave_up=False)
    ends = (start, goal)
    came: tuple[dict[Place, Place | None], ...] = ({start: None}, {goal: None})
    edge = [[start], [goal]]
    for _ in range(PATH_STEPS_MAX):
        side = 0 if len(edge[0]) <= len(edge[1]) else 1
        following: list[Place] = []
        for place in edge[side]:
            for other, _last in view.seen(place):
                if other in came[side] or not (other in ends or view.leads_on(other)):
                    continue
                came[side][other] = place
                if other in came[1 - side]:
                    return view.path(_joined(came, other), met=len(came[0]) + len(came[1]))
                following.append(other)
            if len(came[0]) + len(came[1]) > _MET_MAX:
                return Path(nodes=[], links=[], met=len(came[0]) + len(came[1]), gave_up=True)
        edge[side] = following
        if not following:
            return Path(nodes=[], links=[], met=len(came[0]) + len(came[1]), gave_up=False)
    return Path(nodes=[], links=[], met=len(came[0]) + len(came[1]), gave_up=True)


def _joined(came: Sequence[dict[Place, Place | None]], middle: Place) -> list[Place]:
    way: list[Place] = []
    place: Place | None = middle
    while place is not None:
        way.append(place)
        place = came[0][place]
    way.reverse()
    place = came[1][middle]
    while place is not None:
        way.append(place)
        place = came[1][place]
    return way


class _View:
    """A network as of one moment and within one stretch of time; what is read of a place is read once."""

    def __init__(
        self, network: Kernel, links: Sequence[Link], at: Micros, since: Micros | None, until: Micros | None
    ) -> None:
        self._network = network
        self._links = links
        self._at = at
        self._since = since
        self._until = until
        self._living: dict[Place, list[tuple[Place, Micros]]] = {}

    def known(self, place: Place) -> bool:
        return bool(self.living(place)) or (place.kind == MEMBER and self._network.standing(place.key) is not None)

    def living(self, place: Place) -> list[tuple[Place, Micros]]:
        """The other ends of its living links, with their last use, the newest first."""
        found = self._living.get(place)
        if found is None:
            found = self._living[place] = list(self._read(place))
        return found

    def _read(self, place: Place) -> Iterator[tuple[Place, Micros]]:
        at, links = self._at, self._links
        if place.kind == MEMBER:
            for kind, identifier, last in self._network.links_of(place.key):
                if at - last < links[kind].life:
                    yield Place(kind, identifier), last
        else:
            life = links[place.kind].life
            for member, last in self._network.members_of(place.kind, place.key):
                if at - last < life:
                    yield Place(MEMBER, member), last

    def seen(self, place: Place) -> Iterator[tuple[Place, Micros]]:
        """As ``living``, within the stretch of time."""
        since, until = self._since, self._until
        for other, last in self.living(place):
            if (since is None or last >= since) and (until is None or last < until):
                yield other, last

    def leads_on(self, place: Place) -> bool:
        """Whether who is on both its sides hang together."""
        return place.kind == MEMBER or (self._links[place.kind].joins and not self.crowd(place))

    def crowd(self, place: Place) -> bool:
        return place.kind != MEMBER and len(self.living(place)) >= self._links[place.kind].hub

    def links_among(self, places: dict[Place, int]) -> list[WalkedLink]:
        return [
            WalkedLink(member=place.key, identifier=other, last_at=last)
            for place in places
            if place.kind == MEMBER
            for other, last in self.seen(place)
            if other in places
        ]

    def node(self, place: Place, step: int) -> WalkedNode:
        living = self.living(place)
        standing = self._network.standing(place.key) if place.kind == MEMBER else _NOTHING
        known = standing or _NOTHING
        return WalkedNode(
            place=place,
            step=step,
            degree=len(living),
            since=known.since,
            last_at=max((last for _, last in living), default=known.last),
            bad_since=known.bad_since,
            crowd=self.crowd(place),
            joins=place.kind == MEMBER or self._links[place.kind].joins,
        )

    def path(self, way: Sequence[Place], *, met: int) -> Path:
        found = []
        for one, other in pairwise(way):
            member, identifier = (one, other) if one.kind == MEMBER else (other, one)
            last = next(last for place, last in self.living(member) if place == identifier)
            found.append(WalkedLink(member=member.key, identifier=identifier, last_at=last))
        return Path(
            nodes=[self.node(place, step) for step, place in enumerate(way)], links=found, met=met, gave_up=False
        )


_NOTHING: Final = Standing(None, None, None)
