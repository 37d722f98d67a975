"""Graph networks that decide: a document of weights, cached neighbour states, one small ONNX graph of a few fixed operators."""

from __future__ import annotations

from tandem.decide.graphs.documents import MARKS, Layer, SageDocument, read_sage, sage_digest
from tandem.decide.graphs.explaining import NeighbourEffect, neighbour_effects
from tandem.decide.graphs.network import Floats32, SageNetwork, encoded
from tandem.decide.graphs.onnx_graph import ALLOWED_OPERATORS, OnnxSage, check_onnx, onnx_of
from tandem.decide.graphs.states import NeighbourStates

__all__ = [
    "ALLOWED_OPERATORS",
    "MARKS",
    "Floats32",
    "Layer",
    "NeighbourEffect",
    "NeighbourStates",
    "OnnxSage",
    "SageDocument",
    "SageNetwork",
    "check_onnx",
    "encoded",
    "neighbour_effects",
    "onnx_of",
    "read_sage",
    "sage_digest",
]
