"""What is to be seen of one ring: its figures, what it shares, how it hangs together, who is near; pure.

Weights are honest about families: who only shares a household's address with others, and has done so for months, counts
for half in what a ring is ranked by, and the words say so.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.act.rings.changes import Step
from tandem.act.rings.finders import Finder
from tandem.act.rings.picture import Picture
from tandem.act.rings.sightings import BAD, GOOD, NOBODY_KNOWS, OUTCOMES, Ints
from tandem.kernel.time import DAY

__all__ = ["Figures", "Fraud", "Portrait", "base_rate", "figures_of", "portrait_of", "way_to"]

_LONG_TOGETHER: Final = 60 * DAY
_HOUSEHOLD_WEIGHT: Final = 0.5
_NEAR: Final = 3
_STEPS: Final = 3
_LOOKED_AT: Final = 2_000


@dataclass(frozen=True)
class Figures:
    """A ring in numbers; see the API's ``RingSummary``.

    Attributes:
        kinds: identifiers that at least two members share, by kind, those that hold most links in front.
        span: microseconds from the first to the last member's last application.
    """

    size: int
    cells: int
    hot: int
    known_bad: int
    known_good: int
    households: int
    lift: float | None
    came_1d: int
    came_7d: int
    identifiers: int
    kinds: tuple[tuple[str, int], ...]
    span: int
    at_stake_minor: int | None
    score: float
    last_joined_at: int


@dataclass(frozen=True)
class Fraud:
    """A known fraud, and the way to it from a member of the ring; no steps where it is a member."""

    member: int
    path: tuple[Step, ...]


@dataclass(frozen=True)
class Portrait:
    """A ring drawn.

    Attributes:
        ring: its members by number, those who came first in front; since: when each came.
        household: which of them count for less.
        things: identifiers of its members that two of them use, the most used first; counts of their ``users`` inside.
        links: places in the picture of the links between both; tree: those that hold it together.
    """

    ring: Ints
    since: Ints
    household: Ints
    things: Ints
    inside: Ints
    links: Ints
    tree: frozenset[int]
    nearest: tuple[Fraud, ...]


def base_rate(picture: Picture) -> float | None:
    """Share of known frauds among all whose end is known; None where nothing is known."""
    known = picture.known[picture.known != NOBODY_KNOWS]
    return None if not len(known) else float((known == BAD).mean())


def figures_of(
    picture: Picture,
    ring: Ints,
    cells: Ints,
    finder: Finder,
    hot: float,
    rate: float | None,
    *,
    with_money: bool = True,
) -> Figures:
    """The numbers of ``ring`` (members in ascending order).

    Args:
        hot: heat from which on a member is hot; rate: ``base_rate`` of the picture.
    """
    sightings, rows = picture.sightings, picture.last_row[ring]
    things, inside, links = _shared(picture, ring)
    known = picture.known[ring]
    bad, good = int((known == BAD).sum()), int((known == GOOD).sum())
    since = _since(picture, ring, links)
    home = _households(picture, ring, finder)
    open_rows = rows[(rows >= 0) & (sightings.outcome[rows] != OUTCOMES.index("decline"))]
    amounts = sightings.amount[open_rows]
    has_amounts = with_money and finder.amount is not None
    weight = np.where(home & (known != BAD), _HOUSEHOLD_WEIGHT, 1.0)
    heat = np.where(known == GOOD, 0.0, picture.heat[ring])
    money = np.where(rows >= 0, np.maximum(sightings.amount[rows], 0), 0) if has_amounts else np.full(len(ring), 100)
    came_7d = int((picture.at - since < 7 * DAY).sum())
    expected = float((weight * heat * money).sum()) / 100
    when = np.where(rows >= 0, sightings.at[rows], picture.at)
    return Figures(
        size=len(ring),
        cells=int(cells.max()) + 1 if len(cells) else 1,
        hot=int((picture.heat[ring] >= hot).sum()),
        known_bad=bad,
        known_good=good,
        households=int(home.sum()),
        lift=None if not rate or bad + good == 0 else (bad / (bad + good)) / rate,
        came_1d=int((picture.at - since < DAY).sum()),
        came_7d=came_7d,
        identifiers=len(things),
        kinds=_kinds(picture, things, inside),
        span=int(when.max() - when.min()) if len(when) else 0,
        at_stake_minor=int(amounts[amounts > 0].sum()) if has_amounts else None,
        score=expected * (1 + came_7d / max(len(ring), 1)),
        last_joined_at=int(since.max()) if len(since) else int(picture.at),
    )


def portrait_of(picture: Picture, ring: Ints, finder: Finder) -> Portrait:
    """``ring`` drawn."""
    things, inside, links = _shared(picture, ring)
    since = _since(picture, ring, links)
    order = np.lexsort((ring, since))
    most = np.lexsort((things, -inside))
    return Portrait(
        ring=ring[order],
        since=since[order],
        household=_households(picture, ring, finder)[order],
        things=things[most],
        inside=inside[most],
        links=links,
        tree=_tree(picture, links),
        nearest=_nearest(picture, ring),
    )


def way_to(picture: Picture, before: dict[int, tuple[int, int]], member: int) -> tuple[Step, ...]:
    """The steps that lead to ``member``; ``before`` tells by which identifier, from whom, each was reached."""
    steps: list[Step] = []
    while member in before:
        over, earlier = before[member]
        sightings = picture.sightings
        steps.append(
            Step(str(sightings.kind_of(over)), sightings.identifier_named(over), sightings.member_named(member))
        )
        member = earlier
    return tuple(reversed(steps))


def _shared(picture: Picture, ring: Ints) -> tuple[Ints, Ints, Ints]:
    """Identifiers that at least two of ``ring`` use and that join; how many do; and those links."""
    links = picture.links_among(ring)
    links = links[picture.joins[picture.identifier[links]]]
    things, place, inside = np.unique(picture.identifier[links], return_inverse=True, return_counts=True)
    shared = inside >= 2
    return things[shared], inside[shared].astype(np.int64), links[shared[place]]


def _since(picture: Picture, ring: Ints, links: Ints) -> Ints:
    """When each member first used something that the ring shares; else its first application."""
    since = np.full(len(ring), np.iinfo(np.int64).max)
    np.minimum.at(since, np.searchsorted(ring, picture.member[links]), picture.first[links])
    first = picture.first_row[ring]
    otherwise = np.where(first >= 0, picture.sightings.at[first], picture.at)
    return np.where(since == np.iinfo(np.int64).max, otherwise, since).astype(np.int64)


def _households(picture: Picture, ring: Ints, finder: Finder) -> Ints:
    """Who shares the household's kind of identifier with another member, both for long."""
    home = np.zeros(len(ring), dtype=bool)
    kinds = picture.sightings.kinds
    if finder.household is None or finder.household not in kinds:
        return home
    links = picture.links_among(ring)
    links = links[picture.sightings.kind[picture.identifier[links]] == kinds.index(finder.household)]
    links = links[picture.at - picture.first[links] >= _LONG_TOGETHER]
    _, place, many = np.unique(picture.identifier[links], return_inverse=True, return_counts=True)
    together = links[many[place] >= 2]
    home[np.searchsorted(ring, picture.member[together])] = True
    return home


def _kinds(picture: Picture, things: Ints, inside: Ints) -> tuple[tuple[str, int], ...]:
    kind = picture.sightings.kind[things]
    found = []
    for place, name in enumerate(picture.sightings.kinds):
        of_kind = kind == place
        if of_kind.any():
            found.append((int(inside[of_kind].sum()), str(name), int(of_kind.sum())))
    return tuple((name, count) for _, name, count in sorted(found, key=lambda one: (-one[0], one[1])))


def _tree(picture: Picture, links: Ints) -> frozenset[int]:
    """Links that hold everything together, over what most use first: a spanning forest."""
    thing = picture.identifier[links]
    _, place, many = np.unique(thing, return_inverse=True, return_counts=True)
    parent: dict[tuple[bool, int], tuple[bool, int]] = {}

    def root(node: tuple[bool, int]) -> tuple[bool, int]:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    kept = set()
    for at in np.lexsort((picture.first[links], -many[place])).tolist():
        link = int(links[at])
        one, other = root((True, int(picture.member[link]))), root((False, int(picture.identifier[link])))
        if one != other:
            parent[one] = other
            kept.add(link)
    return frozenset(kept)


def _nearest(picture: Picture, ring: Ints) -> tuple[Fraud, ...]:
    """Known frauds, members first, then the nearest outside."""
    inside = [int(one) for one in ring[picture.known[ring] == BAD]]
    found = [Fraud(one, ()) for one in inside[:_NEAR]]
    if len(found) >= _NEAR:
        return tuple(found)
    before, waiting = _walk_from(picture, ring.tolist())
    outside = [one for one in waiting if picture.known[one] == BAD]
    return tuple([*found, *(Fraud(one, way_to(picture, before, one)) for one in outside)][:_NEAR])


def _walk_from(picture: Picture, ring: Sequence[int]) -> tuple[dict[int, tuple[int, int]], list[int]]:
    """Who is reached from the ring within a few steps, the nearest first, and by what."""
    before: dict[int, tuple[int, int]] = {}
    reached, seen = set(ring), set()
    queue = deque((one, 0) for one in ring)
    order: list[int] = []
    while queue and len(order) < _LOOKED_AT:
        member, steps = queue.popleft()
        if steps == _STEPS:
            continue
        for over in picture.identifier[picture.links_of(member)].tolist():
            if over in seen or not picture.joins[over]:
                continue
            seen.add(over)
            for other in picture.member[picture.links_with(over)].tolist():
                if other not in reached:
                    reached.add(other)
                    before[other] = (over, member)
                    order.append(other)
                    queue.append((other, steps + 1))
    return before, order
