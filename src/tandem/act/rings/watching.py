"""From a label to a list within a second: what came since the last look, and identifiers that now deserve to be blocked.

A look takes seconds and comes every few minutes; a confirmed fraud must act before the next application. So the journal is
followed: applications and labels since the look are kept beside it, and a label makes only its own member's identifiers
be counted again.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyarrow.compute as pc

from tandem.act.rings.finders import Finder
from tandem.act.rings.picture import Picture
from tandem.act.rings.radius import deserves
from tandem.act.rings.sightings import BAD, GOOD
from tandem.decide.decisions import LiveRelease
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Digest, EntityKind, Pseudonym
from tandem.kernel.time import Micros
from tandem.observe.events import Event
from tandem.observe.graph import GraphPlan
from tandem.observe.journal import Journal

__all__ = ["Deserved", "Newest"]

_STRIDE: Final = 2_000
Thing = tuple[int, Pseudonym]


class Deserved:
    """An identifier that deserves to be blocked, and the known frauds that used it."""

    def __init__(self, kind: EntityKind, identifier: Pseudonym, frauds: list[Pseudonym]) -> None:
        self.kind = kind
        self.identifier = identifier
        self.frauds = frauds


class Newest:
    """What came after a picture: who used what, and what became known.

    Args:
        seq: place of the journal that ``picture`` is of; hot: heat from which on a member of it is hot.

    Of whom nothing is known counts as honest unless they were hot at the look; so who came since does until they turn out.
    """

    def __init__(self, finder: Finder, plan: GraphPlan, picture: Picture, seq: int, hot: float) -> None:
        self._finder = finder
        self._plan = plan
        self._picture = picture
        self._hot = hot
        self.reached = seq
        self._users: dict[Thing, dict[Pseudonym, Micros]] = {}
        self._things: dict[Pseudonym, dict[Thing, None]] = {}
        self._known: dict[Pseudonym, bool] = {}

    def follow(self, journal: Journal, live: LiveRelease) -> list[Deserved]:
        """Take in what is durable by now; the identifiers that deserve to be blocked because of it, each once."""
        found: dict[Thing, Deserved] = {}
        wanted = {str(one) for one in (*self._plan.reads, *self._plan.marks)}
        while self.reached < journal.head.seq:
            last = min(journal.head.seq, self.reached + _STRIDE)
            for record in journal.read(self.reached + 1, last, kinds=["event"]):
                if not any(name.encode() in record.clear for name in wanted):
                    continue
                secret = journal.open_secret(record) if record.sealed is not None else None
                opened = secret if isinstance(secret, bytes) else None
                try:
                    event = live.reader.rebuild(record.clear, opened, digest=record.digest or Digest(""))
                except NotFound:
                    continue  # a type that was dropped since
                for one in self.take(event):
                    found[self._place(one.kind), one.identifier] = one
            self.reached = last
        return list(found.values())

    def take(self, event: Event) -> list[Deserved]:
        """Take in one event; what deserves to be blocked because of it."""
        reads = self._plan.reads.get(event.event_type)
        if reads is not None:
            member = event.entities.get(reads.member)
            if member is not None:
                for kind, field in reads.identifiers:
                    if field in event.entities:
                        thing = (kind, event.entities[field])
                        self._users.setdefault(thing, {}).setdefault(member, event.occurred_at)
                        self._things.setdefault(member, {})[thing] = None
        filters = self._plan.marks.get(event.event_type)
        if filters is None:
            return []
        member = event.entities.get(self._plan.members[event.event_type])
        (bad,) = filters(event.values, event.occurred_at)
        if member is None or bad is None:
            return []
        self._known[member] = bool(bad)
        return [one for thing in self._used_by(member) if (one := self._judged(thing)) is not None] if bad else []

    def _used_by(self, member: Pseudonym) -> Iterable[Thing]:
        picture, sightings = self._picture, self._picture.sightings
        found = dict(self._things.get(member, {}))
        number = pc.index(sightings.members, member).as_py() if len(sightings.members) else -1
        if number >= 0:
            for thing in picture.identifier[picture.links_of(number)].tolist():
                found[int(sightings.kind[thing]), sightings.identifier_named(thing)] = None
        return found

    def _judged(self, thing: Thing) -> Deserved | None:
        place, identifier = thing
        link = self._plan.graph.links[place]
        if not link.joins or link.identifier not in self._finder.lists.identifiers:
            return None
        picture, sightings = self._picture, self._picture.sightings
        users: dict[Pseudonym, bool | None] = {
            member: self._known.get(member, False) for member in self._users.get(thing, {})
        }
        came = dict(self._users.get(thing, {}))
        number = pc.index(sightings.identifiers, identifier).as_py() if len(sightings.identifiers) else -1
        if number >= 0 and int(sightings.kind[number]) == place:
            if picture.crowd[number]:
                return None
            links = picture.links_with(number)
            numbers = picture.member[links]
            looked_at = zip(
                sightings.members_at(numbers),
                picture.known[numbers].tolist(),
                picture.heat[numbers].tolist(),
                picture.first[links].tolist(),
                strict=True,
            )
            for member, end, heat, first in looked_at:
                came[member] = Micros(min(first, came.get(member, first)))
                otherwise = None if heat >= self._hot else False
                users[member] = self._known.get(member, {BAD: True, GOOD: False}.get(end, otherwise))
        frauds = sorted(member for member, bad in users.items() if bad)
        honest = sum(bad is False for bad in users.values())
        if len(users) >= link.hub or not deserves(len(frauds), honest, len(users), self._finder):
            return None
        begun = min((came[member] for member in frauds), default=0)
        if any(bad is False and came[member] < begun for member, bad in users.items()):
            return None  # an honest person used it before: the ring came to it and did not bring it along
        return Deserved(link.identifier, identifier, frauds)

    def _place(self, kind: EntityKind) -> int:
        return next(at for at, link in enumerate(self._plan.graph.links) if link.identifier == kind)
