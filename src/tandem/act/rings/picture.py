"""A picture of the graph at one instant: which links live, which identifiers are a crowd's, who is hot, who is known.

The same rules as in ``observe.graph``, over all members at once: a link counts until its life after its last use; from
``hub`` living members on an identifier is a crowd's and joins nobody; some kinds join nobody at all. A picture does not
change, and is read in both directions through sorted arrays.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tandem.act.rings.sightings import BAD, GOOD, NOBODY_KNOWS, Floats, Ints, Sightings
from tandem.kernel.time import Micros
from tandem.observe.graph import Link

__all__ = ["Picture", "take_picture"]

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Picture:
    """Living links, sorted by member and then by identifier.

    Attributes:
        at: the instant.
        member, identifier: of each link; first, last: when it was used.
        users: living members of each identifier; crowd: it is a crowd's; joins: it may join, being of a kind that does
            and no crowd's.
        heat: of each member, the greatest of its living applications; 0 where there is none. Known fraud is 1.
        last_row, first_row: the place of each member's last and first living application in the sightings; -1 for none.
    """

    sightings: Sightings
    at: Micros
    member: Ints
    identifier: Ints
    first: Ints
    last: Ints
    users: Ints
    crowd: Mask
    joins: Mask
    heat: Floats
    last_row: Ints
    first_row: Ints

    @property
    def known(self) -> Ints:
        """Of each member, what became known."""
        return self.sightings.known

    @cached_property
    def bad_users(self) -> Ints:
        """Known frauds among the users of each identifier."""
        return _count(self.identifier[self.known[self.member] == BAD], len(self.users))

    @cached_property
    def good_users(self) -> Ints:
        """Users of each identifier who are known not to be."""
        return _count(self.identifier[self.known[self.member] == GOOD], len(self.users))

    def cold_users(self, hot: float) -> Ints:
        """Users of each identifier of whom nothing is known, and whose heat is below ``hot``."""
        cold = (self.known == NOBODY_KNOWS) & (self.heat < hot)
        return _count(self.identifier[cold[self.member]], len(self.users))

    @cached_property
    def _of_member(self) -> Ints:
        return np.searchsorted(self.member, np.arange(len(self.heat) + 1))

    @cached_property
    def _by_identifier(self) -> Ints:
        return np.argsort(self.identifier, kind="stable")

    @cached_property
    def _of_identifier(self) -> Ints:
        return np.searchsorted(self.identifier[self._by_identifier], np.arange(len(self.users) + 1))

    def prepare(self) -> None:
        """Sort what reads need now, so that the first of them is as fast as the others."""
        _ = self._of_member, self._of_identifier

    def links_of(self, member: int) -> slice:
        """Places of the links of a member."""
        return slice(int(self._of_member[member]), int(self._of_member[member + 1]))

    def links_with(self, identifier: int) -> Ints:
        """Places of the links of an identifier, by member."""
        return self._by_identifier[self._of_identifier[identifier] : self._of_identifier[identifier + 1]]

    def links_among(self, members: Sequence[int] | Ints) -> Ints:
        """Places of all links of ``members``."""
        wanted = np.asarray(members, dtype=np.int64)
        starts, ends = self._of_member[wanted], self._of_member[wanted + 1]
        return _spans(starts, ends)

    def links_with_any(self, identifiers: Sequence[int] | Ints) -> Ints:
        """Places of all links of ``identifiers``."""
        wanted = np.asarray(identifiers, dtype=np.int64)
        return self._by_identifier[_spans(self._of_identifier[wanted], self._of_identifier[wanted + 1])]

    def around(self, member: int, *, at_most: int = 5_000) -> Ints:
        """Everybody who can be reached from ``member`` over identifiers that join, the nearest first, up to a number."""
        reached, waiting = {member: None}, np.array([member])
        seen = np.zeros(len(self.users), dtype=bool)
        while len(waiting) and len(reached) < at_most:
            over = np.unique(self.identifier[self.links_among(waiting)])
            over = over[self.joins[over] & ~seen[over]]
            seen[over] = True
            found = np.unique(self.member[self.links_with_any(over)])
            waiting = np.array([one for one in found.tolist() if one not in reached], dtype=np.int64)
            reached.update(dict.fromkeys(waiting.tolist()))
        return np.fromiter(reached, dtype=np.int64)[:at_most]


def take_picture(
    sightings: Sightings, links: Sequence[Link], *, at: Micros | None = None, known_bad_is_hot: bool = True
) -> Picture:
    """The graph at ``at``, or at the newest application.

    Args:
        links: of the graph, in the order of ``sightings.kinds``.
    """
    now = Micros(int(sightings.at.max()) if len(sightings) else 0) if at is None else at
    many = len(sightings.identifiers)
    lives = np.array([link.life for link in links], dtype=np.int64)
    member, identifier, when = _pairs(sightings)
    living = (now - when < lives[sightings.kind[identifier]]) & (when <= now)
    member, identifier, when = member[living], identifier[living], when[living]
    key = member * max(many, 1) + identifier
    order = np.argsort(key, kind="stable")
    key, when = key[order], when[order]
    starts = np.flatnonzero(np.r_[True, key[1:] != key[:-1]]) if len(key) else np.zeros(0, dtype=np.int64)
    first = np.minimum.reduceat(when, starts) if len(starts) else when
    last = np.maximum.reduceat(when, starts) if len(starts) else when
    member, identifier = member[order][starts], identifier[order][starts]
    users = _count(identifier, many)
    hubs = np.array([link.hub for link in links], dtype=np.int64)
    may = np.array([link.joins for link in links], dtype=bool)
    crowd = users >= hubs[sightings.kind]
    longest = int(lives.max()) if len(lives) else 0
    heat, last_row, first_row = _people(sightings, now, longest)
    if known_bad_is_hot:
        heat = np.where(sightings.known == BAD, 1.0, heat)
    return Picture(
        sightings=sightings,
        at=now,
        member=member,
        identifier=identifier,
        first=first,
        last=last,
        users=users,
        crowd=crowd,
        joins=may[sightings.kind] & ~crowd,
        heat=heat,
        last_row=last_row,
        first_row=first_row,
    )


def _pairs(sightings: Sightings) -> tuple[Ints, Ints, Ints]:
    """Every use of an identifier: who, what, when."""
    parts = []
    for column in range(sightings.named.shape[1] if sightings.named.ndim == 2 else 0):
        there = np.flatnonzero(sightings.named[:, column] >= 0)
        parts.append((sightings.member[there], sightings.named[there, column], sightings.at[there]))
    if not parts:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    member, identifier, when = (np.concatenate([one[place] for one in parts]) for place in range(3))
    return member.astype(np.int64), identifier.astype(np.int64), when.astype(np.int64)


def _people(sightings: Sightings, now: int, longest: int) -> tuple[Floats, Ints, Ints]:
    """Of each member: its greatest heat, and its last and first application, of those that still count."""
    many = len(sightings.members)
    heat = np.zeros(many)
    last = np.full(many, -1, dtype=np.int64)
    first = np.full(many, -1, dtype=np.int64)
    rows = np.flatnonzero((sightings.at <= now) & (now - sightings.at < longest))
    who = sightings.member[rows]
    warm = np.nan_to_num(sightings.heat[rows], nan=0.0)
    # What was applied for before somebody turned out to be honest speaks no more against them.
    cooled = (sightings.known[who] == GOOD) & (sightings.seq[rows] < sightings.told[who])
    np.maximum.at(heat, who, np.where(cooled, 0.0, warm))
    last[who] = rows  # in the order of the journal: the last one stays
    first[who[::-1]] = rows[::-1]
    return heat, last, first


def _count(numbers: Ints, size: int) -> Ints:
    return np.bincount(numbers, minlength=size).astype(np.int64)


def _spans(starts: Any, ends: Any) -> Ints:
    """All numbers of the spans from ``starts`` to before ``ends``, in order."""
    sizes = ends - starts
    total = int(sizes.sum())
    if total == 0:
        return np.zeros(0, dtype=np.int64)
    offsets = np.repeat(starts - np.r_[0, np.cumsum(sizes)[:-1]], sizes)
    return (offsets + np.arange(total)).astype(np.int64)
