"""One step of the network as an ONNX graph for other hosts, built from its document.

Decisions do not run it: onnxruntime rounds by the processor it finds, and a decision has the same bits on every machine
(``forward``). It says the same in binary32, and the small differences of states go on from row to row. ``onnx`` builds,
``onnxruntime`` runs; both come with ``tandem-risk[deep]`` and are imported only when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tandem.decide.models import GruDocument, VectorTable, deep_module, encoded_values, one_thread, reading_graph
from tandem.decide.sequences.forward import Floats, Floats32

__all__ = ["OnnxGru", "gru_onnx"]

_OPSET: Final = 17
_IR: Final = 9


def gru_onnx(document: GruDocument) -> bytes:
    """The bytes of the graph of one step of a checked ``document``.

    Inputs: ``numbers`` (the gap last) and ``codes``, as ``ReadingGraph`` tells; ``state``, rows by width, zeros of somebody to
    whom nothing happened. Outputs: ``margin``, rows by 1, and ``moved``, rows by width: the state to come with next time.

    Raises:
        Unavailable: ``onnx`` is not installed.
    """
    onnx = deep_module("onnx")
    helper, node = onnx.helper, onnx.helper.make_node
    reading = reading_graph(onnx, (*document.values, document.gap), document.bias)
    constants = reading.constants | {
        "half": np.array(0.5, np.float32),
        "head_w": np.array([document.head], np.float32),
        "head_b": np.array([document.intercept], np.float32),
    }
    for name in ("outer", "keep", "reset", "candidate"):
        layer = getattr(document, name)
        constants |= {f"{name}_w": np.array(layer.weights, np.float32), f"{name}_b": np.array(layer.bias, np.float32)}

    def gate(name: str) -> list[Any]:
        return [
            node("Gemm", ["joined", f"{name}_w", f"{name}_b"], [f"{name}_sum"], transB=1),
            node("Softsign", [f"{name}_sum"], [f"{name}_squashed"]),
            node("Mul", [f"{name}_squashed", "half"], [f"{name}_halved"]),
            node("Add", [f"{name}_halved", "half"], [name]),
        ]

    nodes = [
        *reading.nodes,
        node("Relu", [reading.result], ["row_seen"]),
        node("Concat", ["row_seen", "state"], ["joined"], axis=1),
        node("Gemm", ["joined", "outer_w", "outer_b"], ["outer_sum"], transB=1),
        node("Relu", ["outer_sum"], ["seen"]),
        node("Gemm", ["seen", "head_w", "head_b"], ["margin"], transB=1),
        *gate("keep"),
        *gate("reset"),
        node("Mul", ["reset", "state"], ["left"]),
        node("Concat", ["row_seen", "left"], ["candidate_in"], axis=1),
        node("Gemm", ["candidate_in", "candidate_w", "candidate_b"], ["candidate_sum"], transB=1),
        node("Softsign", ["candidate_sum"], ["new"]),
        node("Sub", ["state", "new"], ["between"]),
        node("Mul", ["keep", "between"], ["stays"]),
        node("Add", ["new", "stays"], ["moved"]),
    ]
    real, wide = onnx.TensorProto.FLOAT, ["n", document.width]
    graph = helper.make_graph(
        nodes,
        "gru",
        [*reading.inputs, helper.make_tensor_value_info("state", real, wide)],
        [helper.make_tensor_value_info("margin", real, ["n", 1]), helper.make_tensor_value_info("moved", real, wide)],
        [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    helper.set_model_props(model, reading.names)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


class OnnxGru:
    """The graph of a document, ready to run on one thread of onnxruntime.

    Raises:
        Unavailable: ``onnx`` or ``onnxruntime`` is not installed.
    """

    def __init__(self, document: GruDocument) -> None:
        self._session = one_thread(gru_onnx(document))
        self._finders = VectorTable((*document.values, document.gap)).finders
        self._asked = {one.name for one in self._session.get_inputs()}

    def encoded(self, columns: Sequence[Iterable[object]], gaps: Floats) -> dict[str, npt.NDArray[Any]]:
        """What the graph reads of rows, as ``Many.rows`` takes them."""
        found = encoded_values(self._finders, [*columns, gaps])
        return {name: value for name, value in found.items() if name in self._asked}

    def run(self, encoded: dict[str, npt.NDArray[Any]], states: Floats32) -> tuple[Floats32, Floats32]:
        """Margins, and the states after the rows."""
        margin, moved = self._session.run(["margin", "moved"], encoded | {"state": states})
        return margin[:, 0], moved
