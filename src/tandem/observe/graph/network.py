"""Who shares what with whom, as known: the state of a graph, and what one member reads of it.

Everything is read before it is written, so a member never finds itself, and nothing that is read comes from later in the
journal. A link counts until ``life`` after its last use. Time is the newest that any event had: a late event reads the
network as it is known by then. Reads are bounded by ``GraphLimits``; they walk from what was used last, so that in a
crowd the newest are seen. There is no union-find to be rebuilt as links expire: a component is walked when it is asked
for, up to its limit, and so is exact at every moment.

This is the reference; ``_compiled.cpp`` is its twin, with the same numbers in the same order and the same bytes kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

import msgspec

from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, Micros
from tandem.observe.graph.definitions import GRAPH_LIMITS, WINDOWS, GraphLimits, Link

__all__ = ["TIME_MAX", "Identifier", "Member", "Named", "Network", "Standing"]

Named: TypeAlias = "Sequence[tuple[int, Pseudonym]]"
"""Identifiers of one event: the place of their kind among the links, and the pseudonym."""

TIME_MAX: Final = 1 << 61
"""Of either sign; the difference of two times fits in 64 bits."""

_FOLLOWED_UP: Final = 4
"""Identifiers looked at for expiry with each event: more than an event adds, so that what is dead goes."""

_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}").fullmatch


class Identifier:
    """Members by when they used it last; in the order of the journal, the newest at the end."""

    __slots__ = ("first", "last", "members")

    def __init__(self, at: Micros) -> None:
        self.first = self.last = at
        self.members: dict[Pseudonym, Micros] = {}


class Member:
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


class Network:
    """The state of one graph. Calls are not to overlap. Pseudonyms are 32 hex digits, times within 2^61 of 1970.

    Args:
        links: its kinds of identifiers.
        limits: of every read.

    Attributes:
        newest: the newest time that any event had.
        walked: links that the last read looked at: what it cost, on whatever machine.
    """

    def __init__(self, links: Sequence[Link], limits: GraphLimits = GRAPH_LIMITS) -> None:
        self.links = tuple(links)
        self.limits = limits
        self.newest: Micros = Micros(0)
        self.walked = 0
        self.identifiers: list[dict[Pseudonym, Identifier]] = [{} for _ in links]
        self.members: dict[Pseudonym, Member] = {}
        self._longest = max((link.life for link in links), default=0)
        self.bad: dict[Pseudonym, Micros] = {}

    # -- reading -----------------------------------------------------------------------------------------------------

    def read(self, member: Pseudonym | None, named: Named, at: Micros) -> list[int | None]:
        """What an event of ``member`` at ``at``, naming these identifiers, finds; nothing changes.

        For each kind of identifier: the members who used it within the windows, all living ones, the bad ones, and days
        since it was first seen; None where the event names none, the most crowded where it names several. Then across
        them: neighbours, bad neighbours, those who share at least two identifiers, members two steps away, bad ones
        among them, members of the component, bad ones, those who came within a day and a week, and crowds named.

        Raises:
            ValueError: a pseudonym or a time that is none.
        """
        self._check(member, named, at)
        at = max(at, self.newest)
        self.walked = 0
        per_link: list[list[int | None]] = [[None] * (len(WINDOWS) + 3) for _ in self.links]
        shared: dict[Pseudonym, int] = {}
        crowds = 0
        for kind, identifier in named:
            found = self.identifiers[kind].get(identifier)
            if found is not None and at - found.last >= self.links[kind].life:
                found = None  # dead, and not yet let go
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
        vector = [value for counts in per_link for value in counts]
        vector.extend(self._across(member, shared, crowds, at))
        return vector

    def _check(self, member: Pseudonym | None, named: Named, at: Micros) -> None:
        if not -TIME_MAX <= at <= TIME_MAX:
            raise ValueError("a time is out of range")
        for one in [identifier for _, identifier in named] if member is None else [member, *(one for _, one in named)]:
            if not _PSEUDONYM(one):
                raise ValueError("a pseudonym is 32 lower-case hex digits")
        if not all(0 <= kind < len(self.links) for kind, _ in named):
            raise IndexError("no such kind of identifier")

    def _count(
        self, found: Identifier | None, users: Sequence[Pseudonym], member: Pseudonym | None, at: Micros
    ) -> list[int | None]:
        if found is None:
            return [0] * (len(WINDOWS) + 2) + [None]
        others = [other for other in users if other != member]
        ages = [at - found.members[other] for other in others]
        within = [sum(age < window for age in ages) for _, window in WINDOWS]
        bad = sum(other in self.bad for other in others)
        return [*within, len(others), bad, max(0, (at - found.first) // DAY)]

    def _users(self, found: Identifier, kind: int, at: Micros) -> list[Pseudonym]:
        """Members with a living link, the newest first."""
        self.walked += len(found.members)
        life = self.links[kind].life
        return [other for other, last in reversed(found.members.items()) if at - last < life]

    def _across(self, member: Pseudonym | None, shared: dict[Pseudonym, int], crowds: int, at: Micros) -> list[int]:
        bad = self.bad
        second = self._second(member, shared, at)
        component = self._component(member, shared, at)
        came = [at - self.members[one].since for one in component if one in self.members]
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

    def _around(self, member: Pseudonym, walked: set[tuple[int, Pseudonym]], at: Micros) -> Iterator[Pseudonym]:
        """Members who share a living identifier with ``member`` that joins and was not walked before."""
        known = self.members.get(member)
        if known is None:
            return
        for place, (kind, identifier) in enumerate(reversed(known.links)):
            if place >= self.limits.links:
                return
            link = self.links[kind]
            found = self.identifiers[kind][identifier]
            if not link.joins or at - found.members[member] >= link.life or (kind, identifier) in walked:
                continue
            walked.add((kind, identifier))
            users = self._users(found, kind, at)
            if len(users) < link.hub:
                yield from (other for other in users if other != member)

    def _second(self, member: Pseudonym | None, shared: dict[Pseudonym, int], at: Micros) -> dict[Pseudonym, None]:
        """Whoever shares an identifier with a neighbour and is none."""
        second: dict[Pseudonym, None] = {}
        walked: set[tuple[int, Pseudonym]] = set()
        for neighbour in list(shared)[: self.limits.asked]:
            for other in self._around(neighbour, walked, at):
                if len(second) >= self.limits.second:
                    return second
                if other != member and other not in shared:
                    second[other] = None
        return second

    def _component(self, member: Pseudonym | None, shared: dict[Pseudonym, int], at: Micros) -> dict[Pseudonym, None]:
        """Whoever can be reached from the neighbours, themselves included; the nearest first."""
        reached = dict.fromkeys(shared)
        waiting = list(shared)
        walked: set[tuple[int, Pseudonym]] = set()
        for one in waiting:  # grows while it is walked
            for other in self._around(one, walked, at):
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
        known = self.members.get(member)
        if known is None:
            return []
        return [
            (kind, identifier, self.identifiers[kind][identifier].members[member])
            for kind, identifier in reversed(known.links)
        ]

    def members_of(self, kind: int, identifier: Pseudonym) -> list[tuple[Pseudonym, Micros]]:
        """The members remembered of an identifier, with their last use; the one who used it last first.

        Of a crowd they are as many as its link's ``hub``. Dead links are among them, as in ``links_of``.

        Raises:
            IndexError: there is no such kind.
        """
        if not 0 <= kind < len(self.links):
            raise IndexError("no such kind of identifier")
        found = self.identifiers[kind].get(identifier)
        return [] if found is None else list(reversed(found.members.items()))

    def standing(self, member: Pseudonym) -> Standing | None:
        """Since when ``member`` is known and whether it is bad; None where nothing is known of it."""
        known, bad = self.members.get(member), self.bad.get(member)
        if known is None:
            return None if bad is None else Standing(None, None, bad)
        return Standing(known.since, known.last, bad)

    def __len__(self) -> int:
        """Members that are remembered."""
        return len(self.members)

    # -- writing -----------------------------------------------------------------------------------------------------

    def observe(self, member: Pseudonym | None, named: Named, at: Micros) -> list[int | None]:
        """What ``read`` tells; then, where there is a ``member``, what ``link`` does."""
        vector = self.read(member, named, at)
        if member is not None:
            self.link(member, named, at)
        return vector

    def link(self, member: Pseudonym, named: Named, at: Micros) -> None:
        """``member`` used these identifiers at ``at``."""
        self._check(member, named, at)
        now = self.newest = max(self.newest, at)
        known = self.members.pop(member, None)
        if known is None:
            known = Member(at)
        elif now - known.last >= self._longest:
            known.since = at
        known.since, known.last = min(known.since, at), max(known.last, at)
        self.members[member] = known
        for kind, identifier in named:
            identifiers = self.identifiers[kind]
            found = identifiers.pop(identifier, None)
            if found is None:
                found = Identifier(at)
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
        self._check(member, (), at)
        if bad:
            self.bad.setdefault(member, at)
        else:
            self.bad.pop(member, None)

    def _forget(self, kind: int, identifier: Pseudonym, member: Pseudonym) -> None:
        """One link."""
        found = self.identifiers[kind][identifier]
        found.members.pop(member, None)
        if not found.members:
            del self.identifiers[kind][identifier]
        known = self.members.get(member)
        if known is not None:
            known.links.pop((kind, identifier), None)

    def _expire(self) -> None:
        """Let go of what nobody used for its life, of that first which was used longest ago; a few with each event."""
        for kind, link in enumerate(self.links):
            identifiers = self.identifiers[kind]
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
            if not self.members:
                break
            member = next(iter(self.members))
            known = self.members[member]
            if self.newest - known.last < self._longest:
                break
            for kind, identifier in list(known.links):
                self._forget(kind, identifier, member)
            del self.members[member]


def _weight(counts: list[int | None]) -> tuple[int, ...]:
    return tuple(-1 if one is None else one for one in reversed(counts[:-1]))
