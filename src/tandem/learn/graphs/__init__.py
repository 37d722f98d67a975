"""Graph networks trained: a causal GraphSAGE whose neighbours are earlier rows, written as a document that decides."""

from __future__ import annotations

from tandem.learn.graphs.gathering import earlier_neighbours, known_marks
from tandem.learn.graphs.rows import GraphRows, Told, event_rows, graph_rows
from tandem.learn.graphs.scoring import score_rows
from tandem.learn.graphs.training import SageSpec, SageTraining, train_on_events, train_sage

__all__ = [
    "GraphRows",
    "SageSpec",
    "SageTraining",
    "Told",
    "earlier_neighbours",
    "event_rows",
    "graph_rows",
    "known_marks",
    "score_rows",
    "train_on_events",
    "train_sage",
]
