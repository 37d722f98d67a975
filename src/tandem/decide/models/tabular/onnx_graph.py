"""A tabular network as an ONNX graph for other hosts, built from its document, of a handful of standard operators.

Decisions do not run it: onnxruntime rounds by the processor it finds, and a decision has the same bits on every machine
(``forward``; docs/decisions/0006). Where a number stands between two knots is reckoned in binary64, the rest in binary32;
``OnnxTabular`` runs the graph, so that the difference can be measured. ``onnx`` builds, ``onnxruntime`` runs; both come with
``tandem-risk[deep]`` and are imported only when asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from tandem.decide.models.documents import IsotonicCalibration, PlattCalibration, TabularNetwork
from tandem.decide.models.tabular.onnx_reading import deep_module, encoded_values, one_thread, reading_graph
from tandem.decide.models.tabular.vectors import VectorTable
from tandem.kernel.values import Value

__all__ = ["OnnxTabular", "tabular_onnx"]

_OPSET: Final = 17
_IR: Final = 9


def tabular_onnx(document: TabularNetwork) -> bytes:
    """The bytes of the graph of a checked ``document``.

    Inputs: ``numbers`` and ``codes``, as ``ReadingGraph`` tells; their names, in order, stand in the graph's metadata. Outputs:
    ``margin`` and, unless the calibration is a table, ``probability``.

    Raises:
        Unavailable: ``onnx`` is not installed.
    """
    onnx = deep_module("onnx")
    helper, node = onnx.helper, onnx.helper.make_node
    reading = reading_graph(onnx, document.inputs, document.bias)
    nodes, constants, state = reading.nodes, reading.constants, reading.result
    for number, block in enumerate(document.blocks):
        for name, layer in (("inner", block.inner), ("outer", block.outer)):
            constants[f"{name}{number}_w"] = np.array(layer.weights, np.float32)
            constants[f"{name}{number}_b"] = np.array(layer.bias, np.float32)
        nodes += [
            node("Gemm", [state, f"inner{number}_w", f"inner{number}_b"], [f"sum{number}"], transB=1),
            node("Relu", [f"sum{number}"], [f"hidden{number}"]),
            node("Gemm", [f"hidden{number}", f"outer{number}_w", f"outer{number}_b"], [f"step{number}"], transB=1),
            node("Add", [state, f"step{number}"], [f"state{number}"]),
        ]
        state = f"state{number}"
    constants |= {
        "head": np.array([document.head], np.float32),
        "intercept": np.array([document.intercept], np.float32),
    }
    nodes.append(node("Gemm", [state, "head", "intercept"], ["margin"], transB=1))
    outputs = [helper.make_tensor_value_info("margin", onnx.TensorProto.FLOAT, ["n", 1])]
    if not isinstance(document.calibration, IsotonicCalibration):
        outputs.append(helper.make_tensor_value_info("probability", onnx.TensorProto.FLOAT, ["n", 1]))
        slope, shift = 1.0, 0.0
        if isinstance(document.calibration, PlattCalibration):
            slope, shift = document.calibration.slope, document.calibration.intercept
        constants |= {"slope": np.array([slope], np.float32), "shift": np.array([shift], np.float32)}
        nodes += [
            node("Mul", ["margin", "slope"], ["sloped"]),
            node("Add", ["sloped", "shift"], ["odds"]),
            node("Sigmoid", ["odds"], ["probability"]),
        ]
    weights = [onnx.numpy_helper.from_array(value, name) for name, value in constants.items()]
    model = helper.make_model(
        helper.make_graph(nodes, "tabular_network", reading.inputs, outputs, weights),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=_IR,
    )
    helper.set_model_props(model, reading.names)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


class OnnxTabular:
    """The graph of a document on one thread of onnxruntime.

    Raises:
        Unavailable: ``onnx`` or ``onnxruntime`` is not installed.
    """

    def __init__(self, document: TabularNetwork) -> None:
        self._session = one_thread(tabular_onnx(document))
        self._finders = VectorTable(document.inputs).finders
        self._asked = {one.name for one in self._session.get_inputs()}

    def encoded(self, rows: Sequence[Sequence[Value]]) -> dict[str, npt.NDArray[Any]]:
        """What the graph reads of ``rows``, each in the order of the document's inputs."""
        found = encoded_values(self._finders, list(zip(*rows, strict=True)))
        return {name: value for name, value in found.items() if name in self._asked}

    def margins(self, encoded: dict[str, npt.NDArray[Any]]) -> npt.NDArray[np.float32]:
        """The margins of encoded rows."""
        (margin,) = self._session.run(["margin"], encoded)
        found: npt.NDArray[np.float32] = margin[:, 0]
        return found
