"""Walks through a graph for people who look at it: what surrounds a member or an identifier, and how two hang together.

A place is a member or an identifier; a step goes over one link from one side to the other. As in a decision, a link counts
until ``life`` after its last use, and neither a crowd's identifier nor one whose kind joins nobody leads on: such a place
is shown with its count and not walked through, but for the one that was asked about. Everything is bounded and walks from
what was used last, so that what is left out of a crowd is the oldest.

A walk reads the network while nobody moves it, and its caller holds the writer's lock for as long: therefore it only
collects, in plain tuples, and ``tell`` makes of that what is handed on, when the lock is free again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, TypeAlias

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
    "AroundWalk",
    "Neighbourhood",
    "Path",
    "PathWalk",
    "Place",
    "WalkedLink",
    "WalkedNode",
    "neighbourhood",
    "shortest_path",
    "walk_around",
    "walk_between",
]

MEMBER: Final = -1
"""The kind of a place that is a member; of an identifier it is the place of its kind among the links."""
NODES_MAX: Final = 2_000
"""Places in one neighbourhood: what can be drawn and looked at."""
STEPS_MAX: Final = 8
PATH_STEPS_MAX: Final = 16
_MET_MAX: Final = 10_000
"""Places met from either end before a path is given up."""


_Raw: TypeAlias = tuple[int, Pseudonym]
"""A place within a walk: a named tuple is equal to it, and takes ten times as long to make."""


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


class AroundWalk:
    """What a walk around a place collected; reads the network no more."""

    def __init__(self, view: _View, step_of: Mapping[_Raw, int], left_out: int) -> None:
        self._view = view
        self._step_of = step_of
        self._left_out = left_out

    def tell(self) -> Neighbourhood:
        """The nodes and the links between them."""
        view, step_of = self._view, self._step_of
        return Neighbourhood(
            nodes=[view.node(place, step) for place, step in step_of.items()],
            links=[
                WalkedLink(member=place[1], identifier=Place(*other), last_at=last)
                for place in step_of
                if place[0] == MEMBER
                for other, last in view.seen(place)
                if other in step_of
            ],
            left_out=self._left_out,
        )


class PathWalk:
    """What a walk between two places collected; reads the network no more."""

    def __init__(self, view: _View, way: Sequence[_Raw], met: int, *, gave_up: bool) -> None:
        self._view = view
        self._way = way
        self._met = met
        self._gave_up = gave_up

    def tell(self) -> Path:
        """The nodes of the way and the links between them."""
        view, found = self._view, []
        for one, other in pairwise(self._way):
            member, identifier = (one, other) if one[0] == MEMBER else (other, one)
            last = next(last for place, last in view.living(member) if place == identifier)
            found.append(WalkedLink(member=member[1], identifier=Place(*identifier), last_at=last))
        nodes = [view.node(place, step) for step, place in enumerate(self._way)]
        return Path(nodes=nodes, links=found, met=self._met, gave_up=self._gave_up)


def walk_around(
    network: Kernel,
    links: Sequence[Link],
    start: Place,
    *,
    at: Micros,
    steps: int = 2,
    limit: int = 500,
    since: Micros | None = None,
    until: Micros | None = None,
) -> AroundWalk:
    """Collect what is at most ``steps`` links from ``start``, breadth first, as of ``at``; for ``tell`` to tell.

    Args:
        links: kinds of identifiers of the network's graph.
        limit: nodes at most, no more than ``NODES_MAX``.
        since, until: only links used last within, the first included, the last not.
    """
    view = _View(network, links, at, since, until)
    first: _Raw = tuple(start)  # type: ignore[assignment]  # a pair stays one
    if not view.known(first):
        return AroundWalk(view.closed(()), {}, 0)
    limit = min(limit, NODES_MAX)
    step_of = {first: 0}
    left_out: set[_Raw] = set()
    waiting = [first]
    for place in waiting:  # grows while it is walked, by steps: behind the first that is too far all are
        step = step_of[place] + 1
        if step > steps:
            break
        if place != first and not view.leads_on(place):
            continue
        for other, _ in view.seen(place):
            if other in step_of:
                continue
            if len(step_of) >= limit:
                left_out.add(other)
                continue
            step_of[other] = step
            waiting.append(other)
    return AroundWalk(view.closed(step_of), step_of, len(left_out))


def walk_between(
    network: Kernel,
    links: Sequence[Link],
    start: Place,
    goal: Place,
    *,
    at: Micros,
    since: Micros | None = None,
    until: Micros | None = None,
) -> PathWalk:
    """Collect the fewest links from ``start`` to ``goal``, over nothing that joins nobody; of several ways the newest.

    Walked from both ends, a whole step of the smaller side at a time: the first place that both sides met is on a
    shortest way.
    """
    view = _View(network, links, at, since, until)
    ends: tuple[_Raw, _Raw] = (tuple(start), tuple(goal))  # type: ignore[assignment]  # pairs stay pairs
    if not all(view.known(end) for end in ends):
        return PathWalk(view.closed(()), (), 0, gave_up=False)
    if start == goal:
        return PathWalk(view.closed(ends), ends[:1], 1, gave_up=False)
    came: tuple[dict[_Raw, _Raw | None], ...] = ({ends[0]: None}, {ends[1]: None})
    edge = [[ends[0]], [ends[1]]]
    gave_up = True
    for _ in range(PATH_STEPS_MAX):
        side = 0 if len(edge[0]) <= len(edge[1]) else 1
        mine, theirs, following = came[side], came[1 - side], []
        for place in edge[side]:
            for other, _last in view.seen(place):
                if other in mine or not (other in ends or view.leads_on(other)):
                    continue
                mine[other] = place
                if other in theirs:
                    way = _joined(came, other)
                    return PathWalk(view.closed(way), way, len(mine) + len(theirs), gave_up=False)
                following.append(other)
            if len(mine) + len(theirs) > _MET_MAX:
                return PathWalk(view.closed(()), (), len(mine) + len(theirs), gave_up=True)
        edge[side] = following
        if not following:
            gave_up = False
            break
    return PathWalk(view.closed(()), (), len(came[0]) + len(came[1]), gave_up=gave_up)


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
    """``walk_around``, told."""
    return walk_around(network, links, start, at=at, steps=steps, limit=limit, since=since, until=until).tell()


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
    """``walk_between``, told."""
    return walk_between(network, links, start, goal, at=at, since=since, until=until).tell()


def _joined(came: Sequence[dict[_Raw, _Raw | None]], middle: _Raw) -> list[_Raw]:
    way: list[_Raw] = []
    place: _Raw | None = middle
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
        self._network: Kernel | None = network
        self._links = links
        self._lives = [link.life for link in links]
        self._at = at
        self._since = since
        self._until = until
        self._living: dict[_Raw, list[tuple[_Raw, Micros]]] = {}
        self._standings: dict[_Raw, Standing] = {}

    def closed(self, places: Iterable[_Raw]) -> _View:
        """Itself, with all that is to be told of ``places``: from now on it reads the network no more."""
        network = self._network
        assert network is not None, "a view is closed once"
        read, standing = self._living, network.standing
        for place in places:
            if place not in read:
                self.living(place)
            if place[0] == MEMBER and (known := standing(place[1])) is not None:
                self._standings[place] = known
        self._network = None
        return self

    def known(self, place: _Raw) -> bool:
        assert self._network is not None, "asked before it is closed"
        return bool(self.living(place)) or (place[0] == MEMBER and self._network.standing(place[1]) is not None)

    def living(self, place: _Raw) -> list[tuple[_Raw, Micros]]:
        """The other ends of its living links, with their last use, the newest first."""
        found = self._living.get(place)
        if found is None:
            network, at, (kind, key) = self._network, self._at, place
            assert network is not None, "everything told was read before"
            if kind == MEMBER:
                lives = self._lives
                found = [((of, other), last) for of, other, last in network.links_of(key) if at - last < lives[of]]
            else:
                life = self._lives[kind]
                found = [((MEMBER, one), last) for one, last in network.members_of(kind, key) if at - last < life]
            self._living[place] = found
        return found

    def seen(self, place: _Raw) -> list[tuple[_Raw, Micros]]:
        """As ``living``, within the stretch of time."""
        since, until, living = self._since, self._until, self.living(place)
        if since is None and until is None:
            return living
        return [one for one in living if (since is None or one[1] >= since) and (until is None or one[1] < until)]

    def leads_on(self, place: _Raw) -> bool:
        """Whether who is on both its sides hang together."""
        return place[0] == MEMBER or (self._links[place[0]].joins and not self.crowd(place))

    def crowd(self, place: _Raw) -> bool:
        return place[0] != MEMBER and len(self.living(place)) >= self._links[place[0]].hub

    def node(self, place: _Raw, step: int) -> WalkedNode:
        living, known = self.living(place), self._standings.get(place, _NOTHING)
        return WalkedNode(
            place=Place(*place),
            step=step,
            degree=len(living),
            since=known.since,
            last_at=max((last for _, last in living), default=known.last),
            bad_since=known.bad_since,
            crowd=self.crowd(place),
            joins=place[0] == MEMBER or self._links[place[0]].joins,
        )


_NOTHING: Final = Standing(None, None, None)
