"""The blast radius: what would be put on lists, who would be hit, and which decisions would have been others; pure.

An identifier is refused where a crowd uses it, where it joins nobody, or where too many of its users are known to be
honest. Away from the ring people are taken along over identifiers that join, with half the strength each step; identifiers
are blocked only in the ring itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from tandem.act.rings.changes import ListedEntry
from tandem.act.rings.finders import Finder
from tandem.act.rings.picture import Mask, Picture
from tandem.act.rings.portrait import way_to
from tandem.act.rings.sightings import BAD, GOOD, NOBODY_KNOWS, OUTCOMES, Ints
from tandem.kernel.identity import EntityKind, Pseudonym
from tandem.kernel.time import DAY

__all__ = ["DECAY", "HONEST_AT_MOST", "Asked", "Radius", "Refused", "deserves", "deserving", "radius_of"]

DECAY: Final = 0.5
"""Of strength, with each step away from a ring."""
HONEST_AT_MOST: Final = 0.2
"""Share of an identifier's users that may be known to be honest."""
_WALKED: Final = 5_000

Code: TypeAlias = Literal["crowd", "joins_nobody", "honest_history", "no_list"]
OnList: TypeAlias = Callable[[str, Pseudonym], bool]
"""Whether an entity stands on a list now."""


@dataclass(frozen=True)
class Asked:
    """What to put on lists; see the API's ``RingRadiusRequest``."""

    members: bool = True
    identifiers: bool = True
    steps: int = 0
    leave_out: frozenset[Pseudonym] = frozenset()
    days: int = 30


@dataclass(frozen=True)
class Refused:
    """An identifier that is not put on a list, and why."""

    kind: EntityKind
    entity: Pseudonym
    code: Code
    users: int
    known_good: int


@dataclass(frozen=True)
class Radius:
    """Who would be hit; people as numbers.

    Attributes:
        already: entries among ``entries`` that stand on their list, and are left as they are.
        members, others: who is put on a list or uses what is: in the ring, and everybody else.
        decisions: within the days that were asked for; changed: those a list would have made another, by outcome.
    """

    entries: tuple[ListedEntry, ...]
    already: frozenset[tuple[str, Pseudonym]]
    refused: tuple[Refused, ...]
    members: Ints
    others: Ints
    good: Ints
    decisions: int
    changed: dict[str, int]


def radius_of(
    picture: Picture,
    ring: Ints,
    finder: Finder,
    asked: Asked,
    *,
    member_kind: EntityKind,
    blocks: Collection[str],
    on_list: OnList,
) -> Radius:
    """What ``asked`` would do.

    Args:
        ring: members by number, ascending.
        blocks: lists that decline; any other makes a person look.
    """
    people, entries = _people(picture, ring, finder, asked, member_kind)
    things, more, refused = _things(picture, ring, finder, asked) if asked.identifiers else (_nothing(), [], [])
    entries += more
    users = np.unique(picture.member[picture.links_with_any(things)])
    hit = np.union1d(people, users)
    inside = np.isin(hit, ring)
    decisions, changed = _changed(picture, finder, people, things, asked.days, blocks)
    return Radius(
        entries=tuple(entries),
        already=frozenset((one.list, one.entity) for one in entries if on_list(one.list, one.entity)),
        refused=tuple(refused),
        members=hit[inside],
        others=hit[~inside],
        good=hit[picture.known[hit] == GOOD],
        decisions=decisions,
        changed=changed,
    )


def deserving(picture: Picture, finder: Finder, hot: float, among: Ints | None = None) -> Ints:
    """Identifiers (of ``among``) that the automatic rule blocks: enough known frauds, pure, no crowd's, no honest past.

    Users of whom nothing is known count as honest unless they are hot, which they are from ``hot`` on.
    """
    wanted = np.arange(len(picture.users)) if among is None else among
    bad, users = picture.bad_users[wanted], picture.users[wanted]
    good = picture.good_users[wanted] + picture.cold_users(hot)[wanted]
    listed = np.array([kind in finder.lists.identifiers for kind in picture.sightings.kinds], dtype=bool)
    kept = deserves(bad, good, users, finder) & picture.joins[wanted] & listed[picture.sightings.kind[wanted]]
    found: Ints = np.sort(wanted[kept])
    return found[~_honest_first(picture, found, hot)]


def deserves(bad: Any, good: Any, users: Any, finder: Finder) -> Any:
    """Whether an identifier with so many frauds, honest people and users is blocked by itself; or arrays of such.

    It is not where an honest person used it before the first fraud did, which whoever asks looks at.
    """
    enough = (bad >= finder.bad_members) & (bad >= finder.purity * (bad + good))
    # Two honest people make it a place that others share, such as a till that a ring stood at, however many of the ring did.
    return enough & (good <= HONEST_AT_MOST * users) & (good < 2)


def _honest_first(picture: Picture, things: Ints, hot: float) -> Mask:
    """Which of ``things`` an honest person used before the first fraud did: the ring came to it and did not bring it along."""
    links = picture.links_with_any(things)
    member, thing = picture.member[links], np.searchsorted(things, picture.identifier[links])
    bad = picture.known[member] == BAD
    honest = (picture.known[member] == GOOD) | ((picture.known[member] == NOBODY_KNOWS) & (picture.heat[member] < hot))
    first = {}
    for name, who in (("bad", bad), ("honest", honest)):
        first[name] = np.full(len(things), np.iinfo(np.int64).max)
        np.minimum.at(first[name], thing[who], picture.first[links[who]])
    found: Mask = first["honest"] < first["bad"]
    return found


def _people(
    picture: Picture, ring: Ints, finder: Finder, asked: Asked, member_kind: EntityKind
) -> tuple[Ints, list[ListedEntry]]:
    name = finder.lists.members
    if not asked.members or name is None:
        return _nothing(), []
    sightings = picture.sightings
    steps: dict[int, int] = dict.fromkeys(ring.tolist(), 0)
    before: dict[int, tuple[int, int]] = {}
    waiting = ring.tolist()
    for member in waiting:  # grows while it is walked
        if steps[member] == asked.steps or len(steps) > len(ring) + _WALKED:
            continue
        for over in picture.identifier[picture.links_of(member)].tolist():
            if not picture.joins[over]:
                continue
            for other in picture.member[picture.links_with(over)].tolist():
                if other not in steps and picture.known[other] != GOOD:
                    steps[other], before[other] = steps[member] + 1, (over, member)
                    waiting.append(other)
    found, entries = [], []
    for member in waiting:
        entity = sightings.member_named(member)
        if entity in asked.leave_out or (member not in before and picture.known[member] == GOOD):
            continue  # a person known to be honest is nobody's accomplice for being near
        found.append(member)
        entries.append(
            ListedEntry(
                list=name,
                kind=str(member_kind),
                entity=entity,
                strength=DECAY ** steps[member],
                path=way_to(picture, before, member),
            )
        )
    return np.array(sorted(found), dtype=np.int64), entries


def _things(
    picture: Picture, ring: Ints, finder: Finder, asked: Asked
) -> tuple[Ints, list[ListedEntry], list[Refused]]:
    sightings = picture.sightings
    used, inside = np.unique(picture.identifier[picture.links_among(ring)], return_counts=True)
    entries, refused, taken = [], [], []
    for thing in used[inside >= 2].tolist():
        kind, entity = sightings.kind_of(thing), sightings.identifier_named(thing)
        if entity in asked.leave_out:
            continue
        code = _refusal(picture, thing, finder, kind)
        users, good = int(picture.users[thing]), int(picture.good_users[thing])
        if code is not None:
            refused.append(Refused(kind, entity, code, users, good))
            continue
        taken.append(thing)
        entries.append(ListedEntry(list=finder.lists.identifiers[kind], kind=str(kind), entity=entity))
    return np.array(taken, dtype=np.int64), entries, refused


def _refusal(picture: Picture, thing: int, finder: Finder, kind: EntityKind) -> Code | None:
    if picture.crowd[thing]:
        return "crowd"
    if not picture.joins[thing]:
        return "joins_nobody"
    if picture.good_users[thing] > HONEST_AT_MOST * picture.users[thing]:
        return "honest_history"
    return None if kind in finder.lists.identifiers else "no_list"


def _changed(
    picture: Picture, finder: Finder, people: Ints, things: Ints, days: int, blocks: Collection[str]
) -> tuple[int, dict[str, int]]:
    """Decisions of the last ``days``, and those that a list would have decided otherwise, by the outcome they had."""
    sightings = picture.sightings
    rows = np.flatnonzero(
        (sightings.outcome >= 0) & (picture.at - sightings.at < days * DAY) & (sightings.at <= picture.at)
    )
    outcome = sightings.outcome[rows]
    declined = np.zeros(len(rows), dtype=bool)
    blocking = [kind for kind, name in finder.lists.identifiers.items() if name in blocks]
    for kind in blocking:
        wanted = things[sightings.kind[things] == sightings.kinds.index(kind)]
        declined |= _names_any(sightings.named[rows], wanted)
    reviewed = np.isin(sightings.member[rows], people)
    if finder.lists.members in blocks:
        declined |= reviewed
    approve, decline = OUTCOMES.index("approve"), OUTCOMES.index("decline")
    changed = (declined & (outcome != decline)) | (reviewed & (outcome == approve))
    counted = np.bincount(outcome[changed], minlength=len(OUTCOMES))
    return len(rows), {name: int(count) for name, count in zip(OUTCOMES, counted, strict=True) if count}


def _names_any(named: Ints, wanted: Ints) -> NDArray[Any]:
    found: NDArray[Any] = np.asarray(np.isin(named, wanted).any(axis=1))
    return found


def _nothing() -> Ints:
    return np.zeros(0, dtype=np.int64)
