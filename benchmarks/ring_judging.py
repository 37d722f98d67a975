"""Judging what was found in a world by the truth: daily looks as they would have been taken, and two peers on the same links.

A look at the end of each day of the test knows what had arrived by then, and nothing else. A planted ring that lies wholly in
the test is judged by the first look after its last member applied: its members count as found if a reported ring holds them,
and the ring if the best reported ring or cell has a Jaccard of at least .5 with it. Precision is over everybody who applied in
the test and was reported by any look: whoever is in no planted ring was reported wrongly, lone fraud too.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import graspologic_native
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from benchmarks.ring_stream import Scored, known_at, plan, sightings
from tandem.act.rings import Finder, Found, Limits, Picture, Sightings, deserving, find_rings, take_picture
from tandem.act.rings.picture import Mask
from tandem.act.rings.sightings import Floats, Ints
from tandem.kernel.time import DAY

__all__ = ["Judged", "judge"]

_MATCH: Final = 0.5
_LARGEST: Final = 220
_PLACES: Final = {("device", "shop_till"), *(("address", role) for role in ("locker", "dormitory", "workplace"))}
"""Which identifier of an honest application of that role is a place's."""


@dataclass
class Judged:
    """What a world came to; pairs are a count and of how many."""

    precision: tuple[int, int] = (0, 0)
    recall: tuple[int, int] = (0, 0)
    rings: tuple[int, int] = (0, 0)
    alarms: list[int] = field(default_factory=list)
    reachable: tuple[int, int] = (0, 0)
    largest: float | None = None
    whole: float | None = None
    blocked: tuple[int, int] = (0, 0)
    honest_blocked: int = 0
    planted_blocked: tuple[int, int] = (0, 0)
    components: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))
    modularity: tuple[tuple[int, int], tuple[int, int]] = ((0, 0), (0, 0))


def judge(one: Scored, limits: Limits, finder: Finder, *, peers: bool = True) -> Judged:
    """``one``, looked at every day of its test."""
    world, links = one.world, plan().graph.links
    first, last = _times(one)
    inside = [ring for ring in range(1, len(first)) if first[ring] >= one.test_start]
    judged = Judged(alarms=[_alarm(one, ring) for ring in inside])
    reported: set[str] = set()
    blocked: dict[str, int] = {}
    due, found_members, ring_members, matched, reachable = set(inside), 0, 0, 0, 0
    largest = int(np.bincount(world.ring)[1:].argmax()) + 1 if world.ring.max() else 0
    is_large = int((world.ring == largest).sum()) >= 0.9 * _LARGEST and last[largest] > one.train_end
    people = world.table["person"].to_pylist()
    truth = {ring: {people[row] for row in np.flatnonzero(world.ring == ring).tolist()} for ring in {*inside, largest}}
    whole = sightings(one, plan())
    looks = [*range(one.test_start + DAY, one.end, DAY), one.end]
    for until in looks:
        seen = known_at(one, whole, until)
        picture = take_picture(seen, links)
        found = find_rings(picture, limits)
        names = [set(seen.members_at(ring)) for ring in found.rings]
        reported.update(*names)
        for identifier in seen.identifiers.take(deserving(picture, finder, limits.hot)).to_pylist():
            blocked.setdefault(identifier, until)
        everybody = set().union(*names)
        for ring in [ring for ring in due if last[ring] <= until]:
            due.discard(ring)
            members = truth[ring]
            ring_members += len(members)
            found_members += len(members & everybody)
            matched += _best(members, found, names, seen) >= _MATCH
            reachable += _reachable(picture, seen, members, limits)
        if is_large and judged.largest is None and last[largest] <= until:
            judged.largest = max((len(truth[largest] & one) for one in names), default=0) / len(truth[largest])
            judged.whole = _whole(picture, seen, truth[largest])
    judged.recall, judged.rings = (found_members, ring_members), (matched, len(inside))
    judged.reachable = (reachable, ring_members)
    judged.precision = _precision(one, reported)
    judged.blocked, judged.honest_blocked, judged.planted_blocked = _blocked(one, blocked)
    if peers and looks:
        judged.components, judged.modularity = (
            _peer(one, picture, _labels(picture, leiden=leiden), limits, inside, seen) for leiden in (False, True)
        )
    return judged


def _reachable(picture: Picture, seen: Sightings, members: set[str], limits: Limits) -> int:
    """Members who hang together, by what joins, with as many others of their ring as a ring needs."""
    parts = _parts(picture, seen, members, picture.joins)
    return int((np.bincount(parts)[parts] >= limits.smallest).sum())


def _whole(picture: Picture, seen: Sightings, members: set[str]) -> float:
    """Share of a ring's members in the largest part of it that hangs together over anything but what a crowd uses."""
    return float(np.bincount(_parts(picture, seen, members, ~picture.crowd)).max()) / len(members)


def _parts(picture: Picture, seen: Sightings, members: set[str], over: Mask) -> Ints:
    """The part of their ring that each of ``members`` is in, where only identifiers in ``over`` hold it together."""
    numbers = np.flatnonzero(pc.is_in(seen.members, pa.array(sorted(members))).to_numpy(zero_copy_only=False))
    links = picture.links_among(numbers)
    links = links[over[picture.identifier[links]]]
    row = np.searchsorted(numbers, picture.member[links])
    things, column = np.unique(picture.identifier[links], return_inverse=True)
    size = len(numbers) + len(things)
    graph = csr_matrix((np.ones(len(row)), (row, column + len(numbers))), shape=(size, size))
    return connected_components(graph, directed=False)[1][: len(numbers)]


def _times(one: Scored) -> tuple[Ints, Ints]:
    """Of each ring, when its first and last member applied."""
    world, many = one.world, int(one.world.ring.max()) + 1
    first, last = np.full(many, np.iinfo(np.int64).max), np.zeros(many, dtype=np.int64)
    np.minimum.at(first, world.ring, world.at)
    np.maximum.at(last, world.ring, world.at)
    return first, last


def _alarm(one: Scored, ring: int) -> int:
    """Which member, from 1, raised the first alarm; one more than there are where none did."""
    rows = np.flatnonzero(one.world.ring == ring)
    hot = np.flatnonzero(one.score[rows] >= one.alarm)
    return int(hot[0]) + 1 if len(hot) else len(rows) + 1


def _best(members: set[str], found: Found, names: list[set[str]], seen: Sightings) -> float:
    """The greatest Jaccard of a ring found, or a cell of one, with ``members``."""
    best = 0.0
    for ring, cells, name in zip(found.rings, found.cells, names, strict=True):
        if not members & name:
            continue
        best = max(best, _jaccard(members, name))
        if cells.max() > 0:
            best = max(
                best,
                *(_jaccard(members, set(seen.members_at(ring[cells == cell]))) for cell in range(int(cells.max()) + 1)),
            )
    return best


def _jaccard(one: set[str], other: set[str]) -> float:
    return len(one & other) / len(one | other)


def _precision(one: Scored, reported: set[str]) -> tuple[int, int]:
    world = one.world
    people = world.table["person"].to_pylist()
    tested = {people[row] for row in np.flatnonzero(world.at >= one.test_start).tolist()}
    planted = {people[row] for row in np.flatnonzero(world.ring > 0).tolist()}
    counted = reported & tested
    return len(counted & planted), len(counted)


def _blocked(one: Scored, blocked: dict[str, int]) -> tuple[tuple[int, int], int, tuple[int, int]]:
    """Identifiers blocked rightly: at least four of five who ever use them attack; and those that are honest people's.

    Of these the first number is of all that two honest people use in the end, for whatever reason; then those that the town
    was built with: a shop's till, a locker, a dormitory's or company's address that any honest person ever uses, and what
    two people of honest families do; and how many of them an honest person had used by the look that blocked them.
    """
    world = one.world
    people, roles = world.table["person"].to_pylist(), world.table["role"].to_pylist()
    attackers = {people[row] for row in np.flatnonzero(world.fraud == 1).tolist()}
    families = {person for person, role in zip(people, roles, strict=True) if role == "household"} - attackers
    users: dict[str, set[str]] = {identifier: set() for identifier in blocked}
    places: set[str] = set()
    seen: set[str] = set()
    for kind in ("device", "phone", "address", "contact", "card"):
        for row, identifier in enumerate(world.table[kind].to_pylist()):
            if identifier not in users:
                continue
            users[identifier].add(people[row])
            if people[row] in attackers:
                continue
            if (kind, roles[row]) in _PLACES:
                places.add(identifier)
            if world.at[row] <= blocked[identifier]:
                seen.add(identifier)
    right = sum(len(who & attackers) >= 0.8 * len(who) for who in users.values())
    honest = sum(len(who - attackers) >= 2 for who in users.values())
    planted = {identifier for identifier, who in users.items() if identifier in places or len(who & families) >= 2}
    return (right, len(users)), honest, (len(planted & seen), len(planted))


def _labels(picture: Picture, *, leiden: bool) -> Ints:
    """Each member's component over everything that joins, or its community by Leiden's modularity."""
    links = np.flatnonzero(picture.joins[picture.identifier])
    people, things = len(picture.heat), len(picture.users)
    row, column = picture.member[links], picture.identifier[links] + people
    size = people + things
    ones = np.ones(len(row), dtype=np.float64)
    graph = csr_matrix((ones, (row, column)), shape=(size, size))
    if not leiden:
        return connected_components(graph, directed=False)[1][:people].astype(np.int64)
    both = (graph + graph.T).tocsr()
    both.sort_indices()
    _, found = graspologic_native.leiden_csr(
        both.indptr.astype(np.int64), both.indices.astype(np.int32), both.data, size, seed=1
    )
    return np.array([found.get(member, -1 - member) for member in range(people)], dtype=np.int64)


def _peer(
    one: Scored, picture: Picture, labels: Ints, limits: Limits, inside: list[int], seen: Sightings
) -> tuple[tuple[int, int], tuple[int, int]]:
    """Precision and recall of the peer at the last look: groups with as many hot members as a ring needs."""
    hot = picture.heat >= limits.hot
    names, place = np.unique(labels, return_inverse=True)
    counted: Floats = np.bincount(place[hot], minlength=len(names))
    taken = np.flatnonzero(counted[place] >= limits.smallest)
    reported = set(seen.members_at(taken))
    people = one.world.table["person"].to_pylist()
    wanted = {people[row] for row in np.flatnonzero(np.isin(one.world.ring, inside)).tolist()}
    return _precision(one, reported), (len(wanted & reported), len(wanted))
