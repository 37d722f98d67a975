"""Following rings from one look to the next: which is which, and what became of the others.

A ring found now goes on under the id of the earlier one that it has most in common with (Jaccard: those in both over those
in either), one to one, the best match first. It must hold half of either, or it is another. What has no match is born, or
was split off; an earlier one without a match went into another, or ended. Nothing depends on the order in which rings come.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Pseudonym

__all__ = ["Followed", "What", "follow", "new_ring_id"]

What: TypeAlias = Literal["born", "grown", "shrunk", "merged", "split", "ended"]


class Followed(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one ring.

    Attributes:
        members: all of it, sorted; none where it is no more.
        what: None where nothing changed.
        others: for ``merged`` the rings that it took in, or the one that took it in where it is no more; for ``split``
            the one that it was part of.
    """

    ring: str
    members: tuple[Pseudonym, ...]
    joined: tuple[Pseudonym, ...] = ()
    left: tuple[Pseudonym, ...] = ()
    what: What | None = None
    others: tuple[str, ...] = ()


def new_ring_id(finder: str, seq: int, members: Collection[Pseudonym]) -> str:
    """The id of a ring that is first seen at place ``seq`` of the journal with these members."""
    return "ring_" + str(digest_of([finder, seq, sorted(members)]))[:32]


def follow(
    earlier: Mapping[str, Collection[Pseudonym]], found: Sequence[Collection[Pseudonym]], *, finder: str, seq: int
) -> list[Followed]:
    """What became of ``earlier`` rings, and which of those ``found`` now are new; by id.

    Args:
        earlier: members by id of those that were there at the last look.
        seq: place of the journal that is looked at, which names what is born.
    """
    now = sorted(
        (tuple(sorted(one)) for one in found), key=lambda one: (one[0], len(one), one) if one else ((), 0, one)
    )
    home = {member: ring for ring, members in earlier.items() for member in members}
    shared: list[Counter[str]] = [Counter(home[one] for one in members if one in home) for members in now]
    matched = _matches(earlier, now, shared)
    ids = {place: ring for ring, place in matched.items()}
    told = []
    taken_in: dict[str, list[str]] = {}
    for ring in sorted(earlier):
        if ring in matched:
            continue
        into = _held_by(ring, len(earlier[ring]), shared)
        if into is not None and into in ids:
            taken_in.setdefault(ids[into], []).append(ring)
        told.append(
            Followed(
                ring=ring,
                members=(),
                left=tuple(sorted(earlier[ring])),
                what="ended" if into is None or into not in ids else "merged",
                others=() if into is None or into not in ids else (ids[into],),
            )
        )
    for place, members in enumerate(now):
        if place in ids:
            told.append(_gone_on(ids[place], earlier[ids[place]], members, taken_in.get(ids[place], [])))
        else:
            of = _part_of(members, shared[place], matched)
            told.append(
                Followed(
                    ring=new_ring_id(finder, seq, members),
                    members=members,
                    joined=members,
                    what="born" if of is None else "split",
                    others=() if of is None else (of,),
                )
            )
    return sorted(told, key=lambda one: one.ring)


def _matches(
    earlier: Mapping[str, Collection[Pseudonym]], now: Sequence[tuple[Pseudonym, ...]], shared: Sequence[Counter[str]]
) -> dict[str, int]:
    """Earlier ring to its place in ``now``."""
    pairs = []
    for place, counted in enumerate(shared):
        for ring, both in counted.items():
            before, after = len(earlier[ring]), len(now[place])
            if 2 * both >= min(before, after):
                pairs.append((-both / (before + after - both), -both, ring, place))
    matched: dict[str, int] = {}
    gone: set[int] = set()
    for _, _, ring, place in sorted(pairs):
        if ring not in matched and place not in gone:
            matched[ring] = place
            gone.add(place)
    return matched


def _held_by(ring: str, size: int, shared: Sequence[Counter[str]]) -> int | None:
    """The ring found now that holds half of ``ring`` or more."""
    held = [(-counted[ring], place) for place, counted in enumerate(shared) if 2 * counted[ring] >= size]
    return min(held)[1] if held else None


def _part_of(members: Sequence[Pseudonym], counted: Counter[str], matched: Mapping[str, int]) -> str | None:
    """The earlier ring, going on elsewhere, that most of these were in; None where they were in none."""
    for ring, both in sorted(counted.items(), key=lambda one: (-one[1], one[0])):
        if 2 * both >= len(members) and ring in matched:
            return ring
    return None


def _gone_on(
    ring: str, before: Collection[Pseudonym], members: tuple[Pseudonym, ...], taken_in: Sequence[str]
) -> Followed:
    joined = tuple(sorted(set(members) - set(before)))
    left = tuple(sorted(set(before) - set(members)))
    what: What | None = "merged" if taken_in else "grown" if joined else "shrunk" if left else None
    return Followed(ring=ring, members=members, joined=joined, left=left, what=what, others=tuple(sorted(taken_in)))
