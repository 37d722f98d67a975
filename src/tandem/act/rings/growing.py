"""Counting in: who is not hot enough to be joined, and shares enough with one gang to belong to it all the same.

Each thing that somebody shares with a gang is worth points; ``shares`` of them are needed. In words:

- What most of its users are the gang's suffices. Those who came before the gang was hot are among them.
- What two members or more use, besides others, is worth one.
- A network or another kind that joins nobody never makes a gang nor joins two. Who uses one that hardly anybody but two
  or more of a gang's members use is one of them: they sit in its room.
- What only one member uses is mostly that member's own: a recruit's family shares it. It is worth one to somebody who is
  at least warm, unless it was lived in; it suffices where both used it within the same days, as people do who are
  brought along.
- An honest past speaks for a person, but not for what they took up later. Who is known to be honest is counted in only
  over what they had never used when they first applied, and then over several such things, one of them mostly the
  gang's, or over one that is the gang's and no other honest person's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.act.rings.picture import Mask, Picture
from tandem.act.rings.sightings import GOOD, Ints
from tandem.kernel.time import DAY

__all__ = ["APART", "SAME_DAYS", "Growth", "grown", "lived_in"]

APART: Final = -1
"""Of a member in no gang."""
SAME_DAYS: Final = 3 * DAY
_LIVED_IN: Final = 7 * DAY
_WARM: Final = 0.1
"""Part of what makes a member hot; below it they look like anybody else."""
_THEIRS: Final = 0.75
"""Share of the other users, where the evidence is not of hot members over what joins."""


@dataclass(frozen=True)
class Growth:
    """What is asked of whoever is counted in; see ``Limits``."""

    hot: float
    shares: int
    dense: float


@dataclass(frozen=True)
class _Ties:
    """What somebody outside shares with a gang: a row for each person, thing and gang.

    Attributes:
        link: its place in the picture; users: members of the gang who use the thing; apart: how long before or after
            the gang's uses of it the person's was.
    """

    link: Ints
    who: Ints
    what: Ints
    gang: Ints
    users: Ints
    apart: Ints


def lived_in(picture: Picture, links: Ints) -> Mask:
    """Identifiers that somebody came back with after a week or more: part of a life, not a means that is used and left."""
    lived = np.zeros(len(picture.users), dtype=bool)
    lived[picture.identifier[links[picture.last[links] - picture.first[links] >= _LIVED_IN]]] = True
    return lived


def grown(
    picture: Picture,
    links: Ints,
    gang_of: Ints,
    gangs: int,
    growth: Growth,
    lived: Mask,
    home: Mask,
    *,
    again: bool,
) -> Ints:
    """The gang of each member when those who share enough with one are counted in; of several, with whom they share most.

    Args:
        links: all but a crowd's; lived, home: identifiers that were lived in, and that are of the kind a family shares.
        again: some were counted in before, who are weaker evidence than the hot.
    """
    ties = _ties(picture, links, gang_of, gangs)
    points, mostly = _points(picture, ties, growth, lived, home, again=again)
    kept = points > 0
    shared, place = np.unique(ties.who[kept] * gangs + ties.gang[kept], return_inverse=True)
    times = np.bincount(place, weights=points[kept], minlength=len(shared)).astype(np.int64)
    most = np.bincount(place, weights=mostly[kept], minlength=len(shared)) > 0
    enough = (times >= growth.shares) & (most | (picture.known[shared // gangs] != GOOD))
    shared, times = shared[enough], times[enough]
    larger = gang_of.copy()
    order = np.lexsort((-(shared % gangs), times, shared // gangs))  # the last of each member wins: most, then lowest
    larger[shared[order] // gangs] = shared[order] % gangs
    return larger


def _points(
    picture: Picture, ties: _Ties, growth: Growth, lived: Mask, home: Mask, *, again: bool
) -> tuple[Ints, Mask]:
    """What each tie is worth, and which are things that join and are mostly the gang's."""
    joins, others = picture.joins[ties.what], picture.users[ties.what] - 1
    several = ties.users > 1
    theirs = several & (ties.users >= _THEIRS * others)
    mostly = joins & (theirs if again else several & (ties.users >= growth.dense * (others + 1)))
    common = several & (joins | (ties.users >= growth.dense * others))
    warm = picture.heat[ties.who] >= _WARM * growth.hot
    alone = ~several & warm & ~lived[ties.what] & (ties.users >= growth.dense * others)
    brought = alone & (ties.apart < SAME_DAYS)
    enough = mostly | theirs | brought
    points = np.where(enough, growth.shares, (common | (alone & joins & ~home[ties.what])).astype(np.int64))
    honest = picture.known[ties.who] == GOOD
    if honest.any():
        taken_up = several & joins & (picture.first[ties.link] > _first_came(picture)[ties.who])
        nobodys = mostly & ~lived[ties.what] & (picture.good_users[ties.what] <= 1)  # themselves
        points = np.where(honest, np.where(taken_up & nobodys, growth.shares, taken_up.astype(np.int64)), points)
    return points, mostly


def _ties(picture: Picture, links: Ints, gang_of: Ints, gangs: int) -> _Ties:
    member, identifier = picture.member[links], picture.identifier[links]
    inside = gang_of[member] != APART
    pairs, place, users = np.unique(
        identifier[inside] * gangs + gang_of[member[inside]], return_inverse=True, return_counts=True
    )
    begun = np.full(len(pairs), np.iinfo(np.int64).max)
    ended = np.full(len(pairs), np.iinfo(np.int64).min)
    np.minimum.at(begun, place, picture.first[links[inside]])
    np.maximum.at(ended, place, picture.last[links[inside]])
    outside = np.flatnonzero(~inside)
    thing = pairs // gangs
    start = np.searchsorted(thing, identifier[outside])
    sizes = np.searchsorted(thing, identifier[outside], side="right") - start
    at = np.repeat(start - np.r_[0, np.cumsum(sizes)[:-1]], sizes) + np.arange(int(sizes.sum()))
    link = links[np.repeat(outside, sizes)]
    apart = np.minimum(
        _apart(picture.first[link], begun[at], ended[at]), _apart(picture.last[link], begun[at], ended[at])
    )
    return _Ties(link, picture.member[link], thing[at], pairs[at] % gangs, users[at], apart)


def _apart(when: Ints, begun: Ints, ended: Ints) -> Ints:
    """How long before or after a span of time something was; 0 within it."""
    found: Ints = np.maximum(np.maximum(begun - when, when - ended), 0)
    return found


def _first_came(picture: Picture) -> Ints:
    """When each member first applied, of what still counts."""
    rows = picture.first_row
    if not len(picture.sightings):
        return np.zeros(len(rows), dtype=np.int64)
    return np.where(rows >= 0, picture.sightings.at[rows], picture.at)
