"""Neighbour features of a graph that stands still: nodes, edges, a node's own features, and the labels of the training nodes.

Sums over neighbours are products with a sparse matrix, so a million edges take a second. What may leak here is a label: a
node's own, or a test node's. ``known_bad_features`` multiplies with the labels of training nodes only, and takes a node's own
label out again wherever a walk of two steps comes back to it. (A published model, GTAN, forgets this at test time and
lets nodes of the test see each other's labels.)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from tandem.kernel.errors import InvalidInput
from tandem.learn.neighbours.columns import NeighbourColumn, NeighbourTable
from tandem.learn.training import BoolArray, FloatArray, IntArray

__all__ = ["Neighbourhood", "known_bad_features", "neighbourhood_features"]

_WEIGHT = 5.0


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """An undirected graph without self-loops, each edge once.

    Attributes:
        adjacency: symmetric CSR matrix of ones, nodes x nodes.
        degree: neighbours per node.
    """

    adjacency: sparse.csr_array
    degree: FloatArray

    @classmethod
    def of(cls, edges: IntArray, nodes: int) -> Neighbourhood:
        """The graph of ``edges`` (pairs of node numbers; doubles, directions and self-loops are dropped).

        Raises:
            InvalidInput: not pairs, or a node outside 0 to ``nodes`` - 1.
        """
        if edges.ndim != 2 or edges.shape[1] != 2:
            raise InvalidInput("Edges are pairs.", code="edges_invalid", field="edges", value=edges.shape)
        if edges.size and not 0 <= int(edges.min()) <= int(edges.max()) < nodes:
            raise InvalidInput(
                "An edge names a node that is not there.",
                code="edges_invalid",
                field="edges",
                value=int(edges.max()),
                hint=f"number the nodes 0 to {nodes - 1}",
            )
        kept = edges[edges[:, 0] != edges[:, 1]]
        ends = np.concatenate([kept, kept[:, ::-1]])
        ones = np.ones(ends.shape[0])
        adjacency = sparse.csr_array((ones, (ends[:, 0], ends[:, 1])), shape=(nodes, nodes))
        adjacency.sum_duplicates()
        adjacency.data[:] = 1.0
        return cls(adjacency, np.diff(adjacency.indptr).astype(np.float64))

    def mean(self, values: FloatArray) -> FloatArray:
        """Mean over neighbours per node; 0 where there are none."""
        total: FloatArray = self.adjacency @ values
        return total / np.maximum(self.degree, 1.0).reshape(-1, *([1] * (values.ndim - 1)))

    def maximum(self, values: FloatArray) -> FloatArray:
        """Largest over neighbours per node and column; 0 where there are none."""
        largest = np.zeros_like(values)
        linked = self.degree > 0
        starts = self.adjacency.indptr[:-1][linked]
        if starts.size:
            for place in range(values.shape[1]):
                gathered = values[self.adjacency.indices, place]
                largest[linked, place] = np.maximum.reduceat(gathered, starts)
        return largest


def neighbourhood_features(graph: Neighbourhood, names: tuple[str, ...], values: FloatArray) -> NeighbourTable:
    """Own features, mean, spread and largest of the neighbours, mean over two hops, difference to them, and shape.

    Args:
        graph: the graph.
        names: of the columns of ``values``.
        values: nodes x columns.

    Returns:
        besides the above: degree, mean and largest degree of neighbours, and closure (share of a node's pairs of
        neighbours that are neighbours themselves; Watts and Strogatz 1998) with its mean over neighbours.
    """
    mean = graph.mean(values)
    spread = np.sqrt(np.maximum(graph.mean(values**2) - mean**2, 0.0))
    degree = graph.degree[:, None]
    closure = _closure(graph)[:, None]
    blocks: list[tuple[str, int, FloatArray]] = [
        ("own", 0, values),
        ("neighbours_mean", 1, mean),
        ("neighbours_std", 1, spread),
        ("neighbours_max", 1, graph.maximum(values)),
        ("neighbours_difference", 1, values - mean),
        ("two_hops_mean", 2, graph.mean(mean)),
    ]
    columns = [_column(f"{name}_{block}", hop) for block, hop, _ in blocks for name in names]
    shape = [
        ("degree", 0, degree),
        ("degree_neighbours_mean", 1, graph.mean(degree)),
        ("degree_neighbours_log_mean", 1, graph.mean(np.log1p(degree))),
        ("degree_neighbours_max", 1, graph.maximum(degree)),
        ("closure", 1, closure),
        ("closure_neighbours_mean", 2, graph.mean(closure)),
    ]
    columns += [_column(name, hop) for name, hop, _ in shape]
    return NeighbourTable(tuple(columns), np.column_stack([part for *_, part in blocks + shape]))


def known_bad_features(graph: Neighbourhood, bad: FloatArray, known: BoolArray) -> NeighbourTable:
    """Known and known-bad neighbours at one and two hops, as counts and as shrunk rates, from ``known`` labels only.

    Args:
        graph: the graph.
        bad: 1 or 0 per node; read where ``known`` only.
        known: whose label may be read, such as the training mask. A node's own label never enters its own line.
    """
    seen = known.astype(np.float64)
    marked = np.where(known, bad, 0.0)
    prior = float(marked.sum() / max(seen.sum(), 1.0))
    blocks: list[tuple[str, int, int, FloatArray]] = []

    def both(name: str, hop: int, known_sum: FloatArray, bad_sum: FloatArray, weight: float, *, counts: bool) -> None:
        if counts:
            blocks.append((f"known_{name}", hop, 0, known_sum))
        blocks.append((f"known_bad_{name}", hop, 1, bad_sum))
        blocks.append((f"known_bad_rate_{name}", hop, 1, (bad_sum + weight * prior) / (known_sum + weight)))

    adjacency, degree = graph.adjacency, graph.degree
    one_known, one_bad = adjacency @ seen, adjacency @ marked
    both("neighbours", 1, one_known, one_bad, _WEIGHT, counts=True)
    # A walk out and back again comes home as often as the node has neighbours: its own label is taken out.
    two_known, two_bad = adjacency @ one_known - degree * seen, adjacency @ one_bad - degree * marked
    both("two_hops", 2, two_known, two_bad, _WEIGHT, counts=True)
    # A neighbour of few says more than a hub: each neighbour's label divided by its degree, and by both roots.
    rare = 1.0 / np.maximum(degree, 1.0)
    both("rare_neighbours", 1, adjacency @ (rare * seen), adjacency @ (rare * marked), 0.5, counts=False)
    root = np.sqrt(rare)
    both(
        "even_neighbours",
        1,
        root * (adjacency @ (root * seen)),
        root * (adjacency @ (root * marked)),
        0.5,
        counts=False,
    )
    columns = tuple(
        NeighbourColumn(name, "edge", 2 if hop == 2 else 1, reads_labels=True, direction=1 if sign else 0)
        for name, hop, sign, _ in blocks
    )
    return NeighbourTable(columns, np.column_stack([part for *_, part in blocks]))


def _column(name: str, hop: int) -> NeighbourColumn:
    return NeighbourColumn(name, "own" if hop == 0 else "edge", 0 if hop == 0 else 1 if hop == 1 else 2)


def _closure(graph: Neighbourhood) -> FloatArray:
    triangles = np.asarray((graph.adjacency * (graph.adjacency @ graph.adjacency)).sum(axis=1)).ravel()
    closed: FloatArray = triangles / np.maximum(graph.degree * (graph.degree - 1.0), 1.0)
    return closed
