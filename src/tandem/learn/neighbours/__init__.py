"""Neighbour features: what the rows that share something with a row say about it, from labels that were known by then."""

from __future__ import annotations

from tandem.learn.neighbours.columns import NeighbourColumn, NeighbourTable
from tandem.learn.neighbours.explaining import NeighbourShare, neighbour_shares
from tandem.learn.neighbours.rows import NEVER, LinkedRows
from tandem.learn.neighbours.static import Neighbourhood, known_bad_features, neighbourhood_features
from tandem.learn.neighbours.stream import stream_features

__all__ = [
    "NEVER",
    "LinkedRows",
    "NeighbourColumn",
    "NeighbourShare",
    "NeighbourTable",
    "Neighbourhood",
    "known_bad_features",
    "neighbour_shares",
    "neighbourhood_features",
    "stream_features",
]
