"""Recurrent networks trained: the history of an entity folded in the order of the journal, written as a document that decides."""

from __future__ import annotations

from tandem.learn.sequences.rows import SequenceRows, event_rows
from tandem.learn.sequences.scoring import score_rows
from tandem.learn.sequences.training import GruSpec, GruTraining, train_gru, train_on_events

__all__ = ["GruSpec", "GruTraining", "SequenceRows", "event_rows", "score_rows", "train_gru", "train_on_events"]
