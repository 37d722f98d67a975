"""Tabular networks: from a row's values to vectors, through residual blocks to a margin, and exactly back to the inputs."""

from tandem.decide.models.tabular.onnx_graph import OnnxTabular, tabular_onnx
from tandem.decide.models.tabular.onnx_reading import deep_module, encoded_values, one_thread, reading_graph
from tandem.decide.models.tabular.scoring import TabularScorer
from tandem.decide.models.tabular.vectors import VectorTable

__all__ = [
    "OnnxTabular",
    "TabularScorer",
    "VectorTable",
    "deep_module",
    "encoded_values",
    "one_thread",
    "reading_graph",
    "tabular_onnx",
]
