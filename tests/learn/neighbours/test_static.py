"""Neighbour features of a still graph against loops over its edges."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.neighbours import Neighbourhood, known_bad_features, neighbourhood_features

_NODES = 40


@pytest.fixture(scope="module")
def edges() -> np.ndarray:
    # The last five nodes have no edge.
    return np.random.default_rng(3).integers(0, _NODES - 5, (120, 2))


@pytest.fixture(scope="module")
def neighbours(edges) -> list[set[int]]:
    found: list[set[int]] = [set() for _ in range(_NODES)]
    for a, b in edges.tolist():
        if a != b:
            found[a].add(b)
            found[b].add(a)
    return found


def column(table, name):
    return table.values[:, table.names.index(name)]


def test_neighbours_are_summed_as_a_loop_sums_them(edges, neighbours):
    x = np.random.default_rng(4).normal(size=(_NODES, 1))
    table = neighbourhood_features(Neighbourhood.of(edges, _NODES), ("x",), x)
    mean = [np.mean([x[o, 0] for o in found]) if found else 0.0 for found in neighbours]
    assert np.allclose(column(table, "x_neighbours_mean"), mean)
    assert np.allclose(column(table, "x_neighbours_max"), [max((x[o, 0] for o in f), default=0.0) for f in neighbours])
    assert np.allclose(
        column(table, "x_neighbours_std"), [np.std([x[o, 0] for o in f]) if f else 0.0 for f in neighbours]
    )
    assert np.allclose(
        column(table, "x_two_hops_mean"), [np.mean([mean[o] for o in f]) if f else 0 for f in neighbours]
    )
    closed = [sum(b in neighbours[a] for a in f for b in f) / max(len(f) * (len(f) - 1), 1) for f in neighbours]
    assert np.allclose(column(table, "closure"), closed)
    assert column(table, "degree").tolist() == [len(f) for f in neighbours]


def test_known_bad_is_counted_as_a_loop_counts_it(edges, neighbours):
    rng = np.random.default_rng(5)
    bad, known = (rng.random(_NODES) < 0.4).astype(np.float64), rng.random(_NODES) < 0.6
    table = known_bad_features(Neighbourhood.of(edges, _NODES), bad, known)
    one = [sum(bad[o] for o in f if known[o]) for f in neighbours]
    two = [
        sum(bad[far] for near in f for far in neighbours[near] if known[far] and far != node)
        for node, f in enumerate(neighbours)
    ]
    count = [sum(known[o] for o in f) for f in neighbours]
    prior = bad[known].mean()
    assert np.allclose(column(table, "known_bad_neighbours"), one)
    assert np.allclose(column(table, "known_bad_two_hops"), two)
    assert np.allclose(column(table, "known_bad_rate_neighbours"), (np.array(one) + 5 * prior) / (np.array(count) + 5))
    rare = [sum(bad[o] / len(neighbours[o]) for o in f if known[o]) for f in neighbours]
    assert np.allclose(column(table, "known_bad_rare_neighbours"), rare)


@pytest.mark.parametrize("edges", [np.array([[0, 9]]), np.array([[-1, 0]]), np.array([0, 1])])
def test_edges_that_cannot_be_are_refused(edges):
    with pytest.raises(InvalidInput):
        Neighbourhood.of(edges, 3)


def test_a_graph_without_edges_has_neutral_neighbours():
    graph = Neighbourhood.of(np.empty((0, 2), dtype=np.int64), 3)
    table = neighbourhood_features(graph, ("x",), np.ones((3, 1)))
    assert column(table, "x_neighbours_mean").tolist() == [0.0] * 3
    assert np.isfinite(known_bad_features(graph, np.zeros(3), np.zeros(3, dtype=bool)).values).all()
