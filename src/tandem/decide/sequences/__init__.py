"""Recurrent networks that decide: one state per entity, read before it is moved, the parts of a margin per event."""

from __future__ import annotations

from tandem.decide.sequences.batch import compute_sequence, sequence_table
from tandem.decide.sequences.forward import Floats32, Forward, Many
from tandem.decide.sequences.online import OnlineSequence
from tandem.decide.sequences.onnx_graph import OnnxGru, gru_onnx
from tandem.decide.sequences.plan import SequencePlan, compile_sequence
from tandem.decide.sequences.states import PEOPLE, Histories

__all__ = [
    "PEOPLE",
    "Floats32",
    "Forward",
    "Histories",
    "Many",
    "OnlineSequence",
    "OnnxGru",
    "SequencePlan",
    "compile_sequence",
    "compute_sequence",
    "gru_onnx",
    "sequence_table",
]
