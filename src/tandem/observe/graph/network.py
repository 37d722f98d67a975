"""Who shares what with whom, as known: the state of a graph, and what one member reads of it.

Everything is read before it is written, so a member never finds itself, and nothing that is read comes from later in the
journal. A link counts until ``life`` after its last use. Time is the newest that any event had: a late event reads the
network as it is known by then. Reads are bounded by ``GraphLimits``; they walk from what was used last, so that in a
crowd the newest are seen. There is no union-find to be rebuilt as links expire: a component is walked when it is asked
for, up to its limit, and so is exact at every moment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeAlias

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, Micros
from tandem.observe.graph.definitions import GRAPH_LIMITS, WINDOWS, GraphLimits, Link

__all__ = ["Named", "Network", "NetworkState", "Standing", "Surroundings"]

Named: TypeAlias = "Sequence[tuple[int, Pseudonym]]"
"""Identifiers of one event: the place of their kind among the links, and the pseudonym."""

_FOLLOWED_UP = 4
"""Identifiers looked at for expiry with each event: more than an event adds, so that what is dead goes."""


class _Identifier:
    """Members by when they used it last; in the order of the journal, the newest at the end."""

    __slots__ = ("first", "last", "members")

    def __init__(self, at: Micros) -> None:
        self.first = self.last = at
        self.members: dict[Pseudonym, Micros] = {}


class _Member:
    """Identifiers used, the newest at the end; since when it is known without a gap."""

    __slots__ = ("last", "links", "since")

    def __init__(self, at: Micros) -> None:
        self.since = self.last = at
        self.links: dict[tuple[int, Pseudonym], None] = {}


class Standing(msgspec.Struct, frozen=True):
    """What is known of one member.

    Attributes:
        since, last: its first event without a gap of the longest life, and its newest; None where it is only marked.
        bad_since: when the event happened that marked it as bad; None where it is not.
    """

    since: Micros | None
    last: Micros | None
    bad_since: Micros | None


class NetworkState(msgspec.Struct, array_like=True, frozen=True):
    """All of a network, in the order in which it was used."""

    newest: Micros
    identifiers: list[list[tuple[Pseudonym, Micros, Micros, list[tuple[Pseudonym, Micros]]]]]
    members: list[tuple[Pseudonym, Micros, Micros, list[tuple[int, Pseudonym]]]]
    bad: list[tuple[Pseudonym, Micros]]


class Surroundings:
    """What a member reads, in the order of the features: ``per_link`` by kind of identifier, then across them."""

    __slots__ = ("across", "per_link")

    def __init__(self, per_link: list[list[int | None]], across: list[int]) -> None:
        self.per_link = per_link
        self.across = across


class Network:
    """The state of one graph.

    Args:
        links: its kinds of identifiers.
        limits: of every read.
    """

    def __init__(self, links: Sequence[Link], limits: GraphLimits = GRAPH_LIMITS) -> None:
        self.links = tuple(links)
        self.limits = limits
        self.newest: Micros = Micros(0)
        self._identifiers: list[dict[Pseudonym, _Identifier]] = [{} for _ in links]
        self._members: dict[Pseudonym, _Member] = {}
        self._longest = max((link.life for link in links), default=0)
        self._bad: dict[Pseudonym, Micros] = {}

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, member: Pseudonym | None, named: Named, at: Micros) -> Surroundings:
        """What an event of ``member`` at ``at``, naming these identifiers, finds; nothing changes.

        ``per_link``: for each kind of identifier the members who used it within the windows, all living ones, the bad
        ones, and days since it was first seen; None where the event names none, the most crowded where it names several.
        ``across``: neighbours, bad neighbours, those who share at least two identifiers, members two steps away, bad
        ones among them, members of the component, bad ones, those who came within a day and a week, and crowds named.
        """
        at = max(at, self.newest)
        per_link: list[list[int | None]] = [[None] * (len(WINDOWS) + 3) for _ in self.links]
        shared: dict[Pseudonym, int] = {}
        crowds = 0
        for kind, identifier in named:
            found = self._identifiers[kind].get(identifier)
            users = [] if found is None else self._users(found, kind, at)
            counts = self._count(found, users, member, at)
            if per_link[kind][0] is None or _weight(counts) > _weight(per_link[kind]):
                per_link[kind] = counts
            if len(users) >= self.links[kind].hub:
                crowds += 1
            elif self.links[kind].joins:
                for other in users:
                    if other in shared:
                        shared[other] += 1
                    elif other != member and len(shared) < self.limits.neighbours:
                        shared[other] = 1
        return Surroundings(per_link, self._across(member, shared, crowds, at))

    def _count(
        self, found: _Identifier | None, users: Sequence[Pseudonym], member: Pseudonym | None, at: Micros
    ) -> list[int | None]:
        if found is None:
            return [0] * (len(WINDOWS) + 2) + [None]
        others = [other for other in users if other != member]
        ages = [at - found.members[other] for other in others]
        within = [sum(age < window for age in ages) for _, window in WINDOWS]
        bad = sum(other in self._bad for other in others)
        return [*within, len(others), bad, max(0, (at - found.first) // DAY)]

    def _users(self, found: _Identifier, kind: int, at: Micros) -> list[Pseudonym]:
        """Members with a living link, the newest first."""
        life = self.links[kind].life
        return [other for other, last in reversed(found.members.items()) if at - last < life]

    def _across(self, member: Pseudonym | None, shared: dict[Pseudonym, int], crowds: int, at: Micros) -> list[int]:
        bad = self._bad
        second: dict[Pseudonym, None] = {}
        for neighbour in list(shared)[: self.limits.asked]:
            for other in self._around(neighbour, at):
                if other != member and other not in shared and len(second) < self.limits.second:
                    second[other] = None
        component = self._component(member, shared, at)
        came = [at - self._members[one].since for one in component if one in self._members]
        return [
            len(shared),
            sum(one in bad for one in shared),
            sum(times > 1 for times in shared.values()),
            len(second),
            sum(one in bad for one in second),
            len(component),
            sum(one in bad for one in component),
            sum(age < DAY for age in came),
            sum(age < 7 * DAY for age in came),
            crowds,
        ]

    def _around(self, member: Pseudonym, at: Micros) -> Iterator[Pseudonym]:
        """Members who share a living identifier with ``member`` that joins."""
        known = self._members.get(member)
        if known is None:
            return
        for place, (kind, identifier) in enumerate(reversed(known.links)):
            if place >= self.limits.links:
                return
            link = self.links[kind]
            found = self._identifiers[kind].get(identifier)
            if found is None or not link.joins or at - found.members[member] >= link.life:
                continue
            users = self._users(found, kind, at)
            if len(users) < link.hub:
                yield from (other for other in users if other != member)

    def _component(self, member: Pseudonym | None, shared: dict[Pseudonym, int], at: Micros) -> dict[Pseudonym, None]:
        """Whoever can be reached from the neighbours, themselves included; the nearest first."""
        reached = dict.fromkeys(shared)
        waiting = list(shared)
        for one in waiting:  # grows while it is walked
            for other in self._around(one, at):
                if other != member and other not in reached:
                    if len(reached) >= self.limits.component:
                        return reached
                    reached[other] = None
                    waiting.append(other)
        return reached

    def links_of(self, member: Pseudonym) -> list[tuple[int, Pseudonym, Micros]]:
        """The identifiers remembered of ``member``: place of the kind, pseudonym, last use; the one used last first.

        Dead ones are among them until they are let go: whoever calls compares the last use with the life of the link.
        """
        known = self._members.get(member)
        if known is None:
            return []
        return [
            (kind, identifier, self._identifiers[kind][identifier].members[member])
            for kind, identifier in reversed(known.links)
        ]

    def members_of(self, kind: int, identifier: Pseudonym) -> list[tuple[Pseudonym, Micros]]:
        """The members remembered of an identifier, with their last use; the one who used it last first.

        Of a crowd they are as many as its link's ``hub``. Dead links are among them, as in ``links_of``.
        """
        found = self._identifiers[kind].get(identifier)
        return [] if found is None else list(reversed(found.members.items()))

    def standing(self, member: Pseudonym) -> Standing | None:
        """Since when ``member`` is known and whether it is bad; None where nothing is known of it."""
        known, bad = self._members.get(member), self._bad.get(member)
        if known is None:
            return None if bad is None else Standing(None, None, bad)
        return Standing(known.since, known.last, bad)

    def __len__(self) -> int:
        """Members that are remembered."""
        return len(self._members)

    # -- writing -----------------------------------------------------------------------------------------------------

    def link(self, member: Pseudonym, named: Named, at: Micros) -> None:
        """``member`` used these identifiers at ``at``."""
        now = self.newest = max(self.newest, at)
        known = self._members.pop(member, None)
        if known is None:
            known = _Member(at)
        elif now - known.last >= self._longest:
            known.since = at
        known.since, known.last = min(known.since, at), max(known.last, at)
        self._members[member] = known
        for kind, identifier in named:
            identifiers = self._identifiers[kind]
            found = identifiers.pop(identifier, None)
            if found is None:
                found = _Identifier(at)
            elif now - found.last >= self.links[kind].life:
                found.first = at
            identifiers[identifier] = found  # at the end: used last
            found.first, found.last = min(found.first, at), max(found.last, at)
            found.members[member] = max(found.members.pop(member, at), at)
            known.links.pop((kind, identifier), None)
            known.links[kind, identifier] = None
            if len(found.members) > self.links[kind].hub:
                self._forget(kind, identifier, next(iter(found.members)))
        while len(known.links) > self.limits.kept:
            kind, identifier = next(iter(known.links))
            self._forget(kind, identifier, member)
        self._expire()

    def mark(self, member: Pseudonym, at: Micros, *, bad: bool) -> None:
        """It is known from now on whether ``member`` is bad."""
        if bad:
            self._bad.setdefault(member, at)
        else:
            self._bad.pop(member, None)

    def _forget(self, kind: int, identifier: Pseudonym, member: Pseudonym) -> None:
        """One link."""
        found = self._identifiers[kind][identifier]
        found.members.pop(member, None)
        if not found.members:
            del self._identifiers[kind][identifier]
        known = self._members.get(member)
        if known is not None:
            known.links.pop((kind, identifier), None)

    def _expire(self) -> None:
        """Let go of what nobody used for its life, of that first which was used longest ago; a few with each event."""
        for kind, link in enumerate(self.links):
            identifiers = self._identifiers[kind]
            for _ in range(_FOLLOWED_UP):
                if not identifiers:
                    break
                identifier = next(iter(identifiers))
                found = identifiers[identifier]
                if self.newest - found.last < link.life:
                    break
                for member in list(found.members):
                    self._forget(kind, identifier, member)
        for _ in range(_FOLLOWED_UP):
            if not self._members:
                break
            member = next(iter(self._members))
            known = self._members[member]
            if self.newest - known.last < self._longest:
                break
            for kind, identifier in list(known.links):
                self._forget(kind, identifier, member)
            del self._members[member]

    # -- keeping -----------------------------------------------------------------------------------------------------

    def state(self) -> NetworkState:
        """Everything that reads depend on, so that a restored network goes on as this one would have."""
        return NetworkState(
            newest=self.newest,
            identifiers=[
                [(key, one.first, one.last, list(one.members.items())) for key, one in each.items()]
                for each in self._identifiers
            ],
            members=[(key, one.since, one.last, list(one.links)) for key, one in self._members.items()],
            bad=list(self._bad.items()),
        )

    @classmethod
    def restored(cls, links: Sequence[Link], state: NetworkState, limits: GraphLimits = GRAPH_LIMITS) -> Network:
        """The network that ``state`` was taken of."""
        network = cls(links, limits)
        network.newest = state.newest
        for into, kept in zip(network._identifiers, state.identifiers, strict=True):
            for key, first, last, members in kept:
                one = into[key] = _Identifier(first)
                one.last = last
                one.members.update(members)
        for member, since, last, used in state.members:
            known = network._members[member] = _Member(since)
            known.last = last
            known.links.update(dict.fromkeys(used))
        network._bad.update(state.bad)
        return network


def _weight(counts: list[int | None]) -> tuple[int, ...]:
    return tuple(-1 if one is None else one for one in reversed(counts[:-1]))
