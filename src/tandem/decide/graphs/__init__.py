"""Graph networks that decide: what is remembered of earlier rows, one small kernel, the parts of a margin per event."""

from __future__ import annotations

from tandem.decide.graphs.batch import compute_network, folded_parts, network_table
from tandem.decide.graphs.explaining import NeighbourEffect, neighbour_effects
from tandem.decide.graphs.forward import Forward
from tandem.decide.graphs.kernels import COMPILED, Kernel, kernel_of, restored_kernel
from tandem.decide.graphs.network import Floats32, SageNetwork, encoded
from tandem.decide.graphs.online import OnlineNetwork
from tandem.decide.graphs.onnx_graph import ALLOWED_OPERATORS, OnnxSage, check_onnx, onnx_of
from tandem.decide.graphs.plan import NetworkPlan, PlannedInputs, compile_inputs, compile_network, event_type_of
from tandem.decide.graphs.states import THINGS, Network

__all__ = [
    "ALLOWED_OPERATORS",
    "COMPILED",
    "THINGS",
    "Floats32",
    "Forward",
    "Kernel",
    "NeighbourEffect",
    "Network",
    "NetworkPlan",
    "OnlineNetwork",
    "OnnxSage",
    "PlannedInputs",
    "SageNetwork",
    "check_onnx",
    "compile_inputs",
    "compile_network",
    "compute_network",
    "encoded",
    "event_type_of",
    "folded_parts",
    "kernel_of",
    "neighbour_effects",
    "network_table",
    "onnx_of",
    "restored_kernel",
]
