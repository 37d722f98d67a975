"""Graph networks trained: a causal GraphSAGE whose neighbours are earlier rows, written as a document that decides."""

from __future__ import annotations

from tandem.learn.graphs.gathering import earlier_neighbours, known_marks
from tandem.learn.graphs.scoring import score_rows
from tandem.learn.graphs.training import SageSpec, SageTraining, train_sage

__all__ = ["SageSpec", "SageTraining", "earlier_neighbours", "known_marks", "score_rows", "train_sage"]
