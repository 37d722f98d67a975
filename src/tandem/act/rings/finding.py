"""Finding rings in a picture: hot members joined by what they share, grown by who shares much with them, cut into cells.

Plain components over everything merge what has nothing to do with each other through one shop's tablet; modularity over
everything does no better. So only the hot are joined, and only over identifiers most of whose users are hot; what two of
them share and what is a family's does not join (``_strong``). Then whoever shares enough with one gang is counted in
(``growing``), in a few rounds, so that one who was counted in leads to the next; two gangs are never made one by that.
A large gang is cut into *cells* by Leiden within it, which names its parts and takes nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass

import graspologic_native
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tandem.act.rings.growing import APART, SAME_DAYS, Growth, grown, lived_in
from tandem.act.rings.picture import Mask, Picture
from tandem.act.rings.sightings import Ints
from tandem.kernel.identity import EntityKind

__all__ = ["Found", "Limits", "find_rings"]

_RESOLUTION = 0.3
"""Of Leiden's modularity within a gang: lower gives fewer cells."""
_SEED = 11
_PAIR = 2
_ROUNDS = 3
"""Of counting in: after three there is next to nobody left to be counted in, and every step away is weaker evidence."""


@dataclass(frozen=True)
class Limits:
    """How rings are found; see ``Finder``. ``hot`` is the heat from which on a member is; ``household`` the kind a family shares."""

    hot: float = 0.5
    smallest: int = 3
    shares: int = 2
    dense: float = 0.5
    cells_above: int = 60
    household: EntityKind | None = None


@dataclass(frozen=True)
class Found:
    """The rings of a picture, each by its members' numbers in ascending order; the same picture gives the same rings.

    Attributes:
        cells: of each ring, the cell of each of its members, from 0 by their size.
        hot: which members are hot; the others of a ring were counted in.
    """

    rings: list[Ints]
    cells: list[Ints]
    hot: Mask


def find_rings(picture: Picture, limits: Limits, *, among: Ints | None = None) -> Found:
    """The rings in ``picture``; of ``among``, if given, who then are all that is looked at."""
    wanted = np.ones(len(picture.heat), dtype=bool)
    links = np.arange(len(picture.member))
    if among is not None:
        wanted = np.zeros(len(picture.heat), dtype=bool)
        wanted[among] = True
        links = picture.links_among(np.sort(among))
    hot = (picture.heat >= limits.hot) & wanted
    links = links[~picture.crowd[picture.identifier[links]]]
    joining = links[picture.joins[picture.identifier[links]]]
    lived, home = lived_in(picture, joining), _homes(picture, limits.household)
    gang_of, gangs = _hot_gangs(picture, hot, joining, limits.dense, lived, home)
    growth = Growth(hot=limits.hot, shares=limits.shares, dense=limits.dense)
    for number in range(_ROUNDS if gangs else 0):
        larger = grown(picture, links, gang_of, gangs, growth, lived, home, again=number > 0)
        # Two hot people who have something in common are no ring, but may belong to one.
        larger = np.where(_sizes(larger, gangs) < limits.smallest, APART, larger)
        if np.array_equal(larger, gang_of):
            break
        gang_of = larger
    rings = _large_enough(gang_of, limits.smallest)
    cells = [_cells(picture, ring, limits.cells_above) for ring in rings]
    return Found(rings, cells, hot)


def _homes(picture: Picture, household: EntityKind | None) -> Mask:
    """Identifiers of the kind that a family shares."""
    kinds = picture.sightings.kinds
    if household is None or household not in kinds:
        return np.zeros(len(picture.users), dtype=bool)
    found: Mask = picture.sightings.kind == kinds.index(household)
    return found


def _hot_gangs(picture: Picture, hot: Mask, links: Ints, dense: float, lived: Mask, home: Mask) -> tuple[Ints, int]:
    """The gang of each member, ``APART`` for none: components of the hot over identifiers that are mostly theirs."""
    links = links[hot[picture.member[links]]]
    links = links[_strong(picture, links, dense, lived, home)[picture.identifier[links]]]
    member, identifier = picture.member[links], picture.identifier[links]
    gang_of = np.full(len(hot), APART, dtype=np.int64)
    if not len(member):
        return gang_of, 0
    people, row = np.unique(member, return_inverse=True)
    things, column = np.unique(identifier, return_inverse=True)
    size = len(people) + len(things)
    graph = csr_matrix((np.ones(len(row), dtype=np.int8), (row, column + len(people))), shape=(size, size))
    gangs, labels = connected_components(graph, directed=False)
    gang_of[people] = labels[: len(people)]
    return gang_of, int(gangs)


def _strong(picture: Picture, links: Ints, dense: float, lived: Mask, home: Mask) -> Mask:
    """Which identifiers join those hot members whose ``links`` these are.

    Enough of their users are hot. Where only two are, it must not be a home: nothing that somebody came back with over
    weeks, and of the kind that a family shares only what both used within the same days. A recruit's family gets hot
    by being near a known fraud; that makes no gang of it.
    """
    identifier = picture.identifier[links]
    users = np.bincount(identifier, minlength=len(picture.users))
    first = np.full(len(picture.users), np.iinfo(np.int64).max)
    last = np.full(len(picture.users), np.iinfo(np.int64).min)
    np.minimum.at(first, identifier, picture.first[links])
    np.maximum.at(last, identifier, picture.first[links])
    family = lived | (home & (last - first >= SAME_DAYS))
    strong: Mask = (users >= dense * picture.users) & np.where(family, users > _PAIR, users >= _PAIR)
    return strong


def _sizes(gang_of: Ints, gangs: int) -> Ints:
    """How many are in the gang of each member; 0 for who is in none."""
    sizes = np.bincount(gang_of[gang_of != APART], minlength=gangs)
    return np.where(gang_of != APART, sizes[gang_of], 0)


def _large_enough(gang_of: Ints, smallest: int) -> list[Ints]:
    """Members by gang, by the lowest number in each."""
    people = np.flatnonzero(gang_of != APART)
    if not len(people):
        return []
    order = np.argsort(gang_of[people], kind="stable")
    people = people[order]
    cuts = np.flatnonzero(np.diff(gang_of[people])) + 1
    gangs = [one for one in np.split(people, cuts) if len(one) >= smallest]
    return sorted(gangs, key=lambda one: int(one[0]))


def _cells(picture: Picture, ring: Ints, above: int) -> Ints:
    if len(ring) <= above:
        return np.zeros(len(ring), dtype=np.int64)
    links = picture.links_among(ring)
    links = links[picture.joins[picture.identifier[links]]]
    row = np.searchsorted(ring, picture.member[links])
    things, column = np.unique(picture.identifier[links], return_inverse=True)
    # What few share says more: an identifier gives each pair of its users a part of one.
    weight = 1.0 / np.sqrt(np.bincount(column))
    incidence = csr_matrix((weight[column], (row, column)), shape=(len(ring), len(things)))
    together = (incidence @ incidence.T).tocsr()
    together.setdiag(0)
    together.eliminate_zeros()
    if together.nnz == 0:
        return np.zeros(len(ring), dtype=np.int64)
    together.sort_indices()
    _, communities = graspologic_native.leiden_csr(
        together.indptr.astype(np.int64),
        together.indices.astype(np.int32),
        together.data.astype(np.float64),
        len(ring),
        resolution=_RESOLUTION,
        iterations=2,
        seed=_SEED,
    )
    found = np.array([communities.get(place, 0) for place in range(len(ring))], dtype=np.int64)
    return _by_size(found)


def _by_size(cells: Ints) -> Ints:
    """Numbered from 0, the largest first; of two as large, the one with the lowest member."""
    names, first, sizes = np.unique(cells, return_index=True, return_counts=True)
    order = np.lexsort((first, -sizes))
    rank = np.empty(len(names), dtype=np.int64)
    rank[order] = np.arange(len(names))
    return rank[np.searchsorted(names, cells)]
