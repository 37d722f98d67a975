"""Finding rings in a picture: hot members joined by what they share, grown by who shares much with them, cut into cells.

Plain components over everything merge what has nothing to do with each other through one shop's tablet; modularity over
everything does no better. So only the hot are joined, and only over identifiers most of whose users are hot. Whoever is
not hot and shares with one gang several of the identifiers that its members share is counted in, unless they are known to be
honest: the family of a recruit shares much with one member and nothing with the gang. A large gang is cut into *cells* by
Leiden within it, which names its parts and takes nothing away.
"""

from __future__ import annotations

from dataclasses import dataclass

import graspologic_native
import numpy as np
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from tandem.act.rings.picture import Mask, Picture
from tandem.act.rings.sightings import GOOD, Ints

__all__ = ["Found", "Limits", "find_rings"]

_RESOLUTION = 0.3
"""Of Leiden's modularity within a gang: lower gives fewer cells."""
_SEED = 11
_APART = -1


@dataclass(frozen=True)
class Limits:
    """How rings are found; see ``Finder``. ``hot`` is the heat from which on a member is."""

    hot: float = 0.5
    smallest: int = 3
    shares: int = 2
    dense: float = 0.5
    cells_above: int = 60


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
    links = links[picture.joins[picture.identifier[links]]]
    gang_of, gangs = _hot_gangs(picture, hot, links, limits.dense)
    gang_of = _grown(picture, links, gang_of, gangs, limits)
    rings = _large_enough(gang_of, limits.smallest)
    cells = [_cells(picture, ring, limits.cells_above) for ring in rings]
    return Found(rings, cells, hot)


def _hot_gangs(picture: Picture, hot: Mask, links: Ints, dense: float) -> tuple[Ints, int]:
    """The gang of each member, ``_APART`` for none: components of the hot over identifiers that are mostly theirs."""
    member, identifier = picture.member[links], picture.identifier[links]
    theirs = hot[member]
    hot_users = np.bincount(identifier[theirs], minlength=len(picture.users))
    strong = (hot_users >= 2) & (hot_users >= dense * picture.users)
    kept = theirs & strong[identifier]
    member, identifier = member[kept], identifier[kept]
    gang_of = np.full(len(hot), _APART, dtype=np.int64)
    if not len(member):
        return gang_of, 0
    people, row = np.unique(member, return_inverse=True)
    things, column = np.unique(identifier, return_inverse=True)
    size = len(people) + len(things)
    graph = csr_matrix((np.ones(len(row), dtype=np.int8), (row, column + len(people))), shape=(size, size))
    gangs, labels = connected_components(graph, directed=False)
    gang_of[people] = labels[: len(people)]
    return gang_of, int(gangs)


def _grown(picture: Picture, links: Ints, gang_of: Ints, gangs: int, limits: Limits) -> Ints:
    """Who shares at least ``shares`` identifiers with a gang belongs to it; of several, to the one they share most with."""
    if gangs == 0:
        return gang_of
    shares = limits.shares
    member, identifier = picture.member[links], picture.identifier[links]
    inside = gang_of[member] != _APART
    thing, gang = identifier[inside], gang_of[member[inside]]
    # Which gangs share which identifier: what one member alone brings along, such as a family's address, is not the gang's.
    pairs, users = np.unique(thing * gangs + gang, return_counts=True)
    pairs, users = pairs[users >= 2], users[users >= 2]
    thing, gang = pairs // gangs, pairs % gangs
    outside = ~inside & (picture.known[member] != GOOD)
    other, used = member[outside], identifier[outside]
    start, end = np.searchsorted(thing, used), np.searchsorted(thing, used, side="right")
    sizes = end - start
    who = np.repeat(other, sizes)
    offsets = np.repeat(start - np.r_[0, np.cumsum(sizes)[:-1]] if len(sizes) else start, sizes)
    offsets += np.arange(len(who))
    near = gang[offsets]
    # What is mostly the gang's tells as much as several things that it shares with others: those who came before it was
    # hot are among them.
    mostly = users[offsets] >= limits.dense * picture.users[thing[offsets]]
    shared, place = np.unique(who * gangs + near, return_inverse=True)
    times = np.bincount(place, minlength=len(shared)) + (shares - 1) * (
        np.bincount(place, weights=mostly, minlength=len(shared)) > 0
    )
    enough = times >= shares
    shared, times = shared[enough], times[enough]
    grown = gang_of.copy()
    order = np.lexsort((-(shared % gangs), times, shared // gangs))  # the last of each member wins: most, then lowest
    grown[shared[order] // gangs] = shared[order] % gangs
    return grown


def _large_enough(gang_of: Ints, smallest: int) -> list[Ints]:
    """Members by gang, by the lowest number in each."""
    people = np.flatnonzero(gang_of != _APART)
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
