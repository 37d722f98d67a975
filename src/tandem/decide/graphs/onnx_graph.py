"""The network as an ONNX graph for other hosts, built from its document, of a handful of operators and nothing else.

Decisions do not run it: onnxruntime rounds by the processor it finds, and a decision has the same bits on every machine
(``forward``). It says the same to 1e-5. Bytes from elsewhere may be checked by ``check_onnx``: size, operators, no
external data, no functions, no subgraphs. ``onnx`` builds and checks, ``onnxruntime`` runs; both come with ``tandem-risk[gnn]``
and are imported only when asked for.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from tandem.decide.graphs.network import Floats32
from tandem.decide.models import MARKS, SageDocument
from tandem.kernel.errors import DefinitionError, Unavailable

__all__ = ["ALLOWED_OPERATORS", "OnnxSage", "check_onnx", "onnx_of"]

ALLOWED_OPERATORS: Final = frozenset(
    {"Concat", "Div", "Gemm", "Max", "Mul", "ReduceSum", "Relu", "Reshape", "Slice", "Unsqueeze"}
)
MAX_NODES: Final = 64
MAX_BYTES: Final = 16 * 2**20
_OPSET: Final = 17
_IR: Final = 9


def onnx_of(document: SageDocument) -> bytes:
    """The bytes of the graph: inputs ``row``, ``neighbours``, ``present``; outputs ``margin`` and ``states``."""
    onnx = _module("onnx")
    helper, numbers = onnx.helper, onnx.numpy_helper
    width, links, slots = document.width, len(document.links), document.slots
    columns = width + MARKS
    constants = {
        "zero": np.array([0]), "one_width": np.array([width]), "two_widths": np.array([2 * width]),
        "all": np.array([2 * width + MARKS]), "last": np.array([3]), "slot_axis": np.array([2]),
        "flat": np.array([-1, links * columns]), "one": np.array(1, np.float32),
    }  # fmt: skip
    for name in ("first", "second", "head"):
        layer = getattr(document, name)
        constants |= {f"{name}_w": np.array(layer.weights, np.float32), f"{name}_b": np.array(layer.bias, np.float32)}
    node = helper.make_node
    nodes = [
        node("Unsqueeze", ["present", "last"], ["mask"]),
        node("ReduceSum", ["mask", "slot_axis"], ["counted"], keepdims=0),
        node("Max", ["counted", "one"], ["count"]),
        node("Slice", ["neighbours", "two_widths", "all", "last"], ["marks"]),
        node("Slice", ["neighbours", "zero", "one_width", "last"], ["near_state"]),
        node("Slice", ["neighbours", "one_width", "two_widths", "last"], ["far_state"]),
        *_mean(node, "near"),
        *_mean(node, "far"),
        node("Gemm", ["row", "first_w", "first_b"], ["first_sum"], transB=1),
        node("Relu", ["first_sum"], ["first"]),
        node("Concat", ["first", "near_mean"], ["second_in"], axis=1),
        node("Gemm", ["second_in", "second_w", "second_b"], ["second_sum"], transB=1),
        node("Relu", ["second_sum"], ["second"]),
        node("Concat", ["second", "far_mean"], ["head_in"], axis=1),
        node("Gemm", ["head_in", "head_w", "head_b"], ["margin"], transB=1),
        node("Concat", ["first", "second"], ["states"], axis=1),
    ]
    real = onnx.TensorProto.FLOAT
    graph = helper.make_graph(
        nodes,
        "sage",
        [
            helper.make_tensor_value_info("row", real, ["n", len(document.inputs)]),
            helper.make_tensor_value_info("neighbours", real, ["n", links, slots, 2 * width + MARKS]),
            helper.make_tensor_value_info("present", real, ["n", links, slots]),
        ],
        [
            helper.make_tensor_value_info("margin", real, ["n", 1]),
            helper.make_tensor_value_info("states", real, ["n", 2 * width]),
        ],
        [numbers.from_array(value, name) for name, value in constants.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


def _mean(node: Any, name: str) -> list[Any]:
    """Means over the present slots of a state and the marks beside it."""
    return [
        node("Concat", [f"{name}_state", "marks"], [f"{name}_all"], axis=3),
        node("Mul", [f"{name}_all", "mask"], [f"{name}_present"]),
        node("ReduceSum", [f"{name}_present", "slot_axis"], [f"{name}_total"], keepdims=0),
        node("Div", [f"{name}_total", "count"], [f"{name}_means"]),
        node("Reshape", [f"{name}_means", "flat"], [f"{name}_mean"]),
    ]


def check_onnx(content: bytes) -> None:
    """Return when ``content`` is a small graph of allowed operators that reads nothing but itself.

    Raises:
        DefinitionError: it is not.
    """
    onnx = _module("onnx")
    if len(content) > MAX_BYTES:
        raise _refused("It has at most 16 MiB.", len(content))
    try:
        model = onnx.load_model_from_string(content)
    except Exception as error:
        raise _refused(f"Not an ONNX graph: {error}"[:200]) from error
    if len(model.graph.node) > MAX_NODES or model.functions or model.graph.sparse_initializer:
        raise _refused("It has functions, sparse weights or too many nodes.", len(model.graph.node))
    if any(one.domain not in {"", "ai.onnx"} for one in model.opset_import):
        raise _refused("Only the standard operators are allowed.", [one.domain for one in model.opset_import])
    for node in model.graph.node:
        if node.op_type not in ALLOWED_OPERATORS or node.domain not in {"", "ai.onnx"}:
            raise _refused("An operator that is not allowed.", node.op_type)
        if any(part.HasField("g") or part.graphs for part in node.attribute):
            raise _refused("Graphs within graphs are not allowed.", node.op_type)
    for weights in model.graph.initializer:
        if weights.external_data or weights.data_location != onnx.TensorProto.DEFAULT:
            raise _refused("Weights stand in the graph itself.", weights.name)


class OnnxSage:
    """The graph of a document, ready to run on one thread of onnxruntime.

    Raises:
        Unavailable: ``onnx`` or ``onnxruntime`` is not installed.
    """

    def __init__(self, document: SageDocument) -> None:
        runtime = _module("onnxruntime")
        content = onnx_of(document)
        check_onnx(content)
        options = runtime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # A spinning thread takes the core that decisions need.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.document = document
        self._session = runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

    def run(self, row: Floats32, neighbours: Floats32, present: Floats32) -> tuple[Floats32, Floats32]:
        """Margins and states, as ``SageNetwork.run`` gives them."""
        margin, states = self._session.run(None, {"row": row, "neighbours": neighbours, "present": present})
        return margin[:, 0], states


def _module(name: str) -> Any:
    import importlib

    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Unavailable(f"{name} is not installed.", hint="pip install 'tandem-risk[gnn]'") from error


def _refused(detail: str, value: object = None) -> DefinitionError:
    return DefinitionError(f"The ONNX graph is refused. {detail}", code="invalid_model", value=value)
