"""The part of an ONNX graph that reads a row: numbers and codes to the sum of their vectors, shared by every network that has them.

Where a number stands between two knots is reckoned in binary64, the rest in binary32.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from tandem.decide.models.documents import Vectors
from tandem.decide.models.encoding import Floats
from tandem.decide.models.tabular.vectors import Finder, Places, VectorTable
from tandem.kernel.errors import Unavailable

__all__ = ["ReadingGraph", "deep_module", "encoded_values", "one_thread", "reading_graph"]


@dataclass(frozen=True, slots=True)
class ReadingGraph:
    """Nodes of a graph whose output ``result`` is rows by width.

    Attributes:
        inputs: ``numbers``, rows x numeric inputs, binary64, NaN where missing; ``codes``, rows x categorical inputs: the place
            of the text in ``levels``, their number for a missing one, one more for an unknown one. Only those there are.
        constants: by name. names: what to write into the graph's metadata: the inputs, in order.
    """

    nodes: list[Any]
    inputs: list[Any]
    constants: dict[str, Any]
    names: dict[str, str]
    result: str


def reading_graph(onnx: Any, values: Sequence[Vectors], bias: Sequence[float]) -> ReadingGraph:
    """The nodes that read ``values``: ``bias`` and the vector of each."""
    helper, node = onnx.helper, onnx.helper.make_node
    table = VectorTable(values)
    numeric = [at for at, one in enumerate(values) if one.type == "numeric"]
    texts = [at for at, one in enumerate(values) if one.type == "categorical"]
    constants: dict[str, Any] = {"start": _start(bias, table, numeric)}
    nodes, inputs, state = [], [], "start"
    if numeric:
        constants |= _numbers(table, numeric)
        inputs.append(helper.make_tensor_value_info("numbers", onnx.TensorProto.DOUBLE, ["n", len(numeric)]))
        nodes += [
            node("IsNaN", ["numbers"], ["missing"]),
            node("Where", ["missing", "zero", "numbers"], ["filled"]),
            node("Unsqueeze", ["filled", "last"], ["each"]),
            node("Sub", ["each", "low"], ["beyond"]),
            node("Div", ["beyond", "gap"], ["way"]),
            node("Clip", ["way", "zero", "one"], ["clipped"]),
            node("Unsqueeze", ["missing", "last"], ["none"]),
            node("Where", ["none", "zero", "clipped"], ["wide"]),
            node("Cast", ["wide"], ["share"], to=onnx.TensorProto.FLOAT),
            node("Reshape", ["share", "flat"], ["shares"]),
            node("MatMul", ["shares", "steps"], ["stepped"]),
            node("Add", ["stepped", state], ["known"]),
            node("Cast", ["missing"], ["gone"], to=onnx.TensorProto.FLOAT),
            node("MatMul", ["gone", "gaps"], ["gaped"]),
            node("Add", ["known", "gaped"], ["numbered"]),
        ]
        state = "numbered"
    if texts:
        constants |= {
            "vectors": table.rows.astype(np.float32),
            "starts": np.array([table.finders[at].start for at in texts]),
            "columns": np.array([1]),
        }
        inputs.append(helper.make_tensor_value_info("codes", onnx.TensorProto.INT64, ["n", len(texts)]))
        nodes += [
            node("Add", ["codes", "starts"], ["places"]),
            node("Gather", ["vectors", "places"], ["found"], axis=0),
            node("ReduceSum", ["found", "columns"], ["told"], keepdims=0),
            node("Add", ["told", state], ["read"]),
        ]
        state = "read"
    names = {key: ",".join(values[at].name for at in at_) for key, at_ in (("numbers", numeric), ("codes", texts))}
    return ReadingGraph(nodes, inputs, constants, names, state)


def encoded_values(finders: Sequence[Finder], columns: Sequence[Iterable[object]]) -> dict[str, npt.NDArray[Any]]:
    """What a graph reads of whole columns, one per finder: ``numbers`` and ``codes``, either of them without columns too."""
    numbers, codes, count = [], [], 0
    for one, column in zip(finders, columns, strict=True):
        if one.codes is None:
            numbers.append(one.numbers(column))
            count = len(numbers[-1])
        else:
            codes.append(one.find_all(column)[0] - one.start)
            count = len(codes[-1])
    found: dict[str, npt.NDArray[Any]] = {
        "numbers": np.array(numbers).T if numbers else np.empty((count, 0)),
        "codes": np.array(codes).T if codes else np.empty((count, 0), dtype=np.int64),
    }
    return {name: np.ascontiguousarray(value) for name, value in found.items()}


def one_thread(content: bytes) -> Any:
    """A session of onnxruntime on one thread.

    Raises:
        Unavailable: it is not installed.
    """
    runtime = deep_module("onnxruntime")
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # A spinning thread takes the core that decisions need.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])


def deep_module(name: str) -> Any:
    """A library of ``tandem-risk[deep]``.

    Raises:
        Unavailable: it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise Unavailable(f"{name} is not installed.", hint="pip install 'tandem-risk[deep]'") from error


def _start(bias: Sequence[float], table: VectorTable, numeric: Sequence[int]) -> npt.NDArray[np.float32]:
    """What there is before anything is read: the bias, and every number at its first knot."""
    first: Floats = np.array(bias) + sum(table.rows[table.finders[at].start] for at in numeric)
    return first[None, :].astype(np.float32)


def _numbers(table: VectorTable, numeric: Sequence[int]) -> dict[str, Any]:
    """Stretches between knots, padded with such as nobody reaches, and what each adds."""
    finders = [table.finders[at] for at in numeric]
    most = max(max(len(one.knots) for one in finders) - 1, 1)
    low, gap = np.full((len(finders), most), 1e300), np.ones((len(finders), most))
    steps = np.zeros((len(finders), most, table.rows.shape[1]))
    for place, one in enumerate(finders):
        count = len(one.knots) - 1
        low[place, :count], gap[place, :count] = one.knots[:-1], np.diff(one.knots)
        steps[place, :count] = table.steps[one.start : one.start + count]
    places: Places = np.array([one.start for one in finders])
    missing: Places = np.array([one.missing for one in finders])
    return {
        "low": low,
        "gap": gap,
        "zero": np.array(0.0),
        "one": np.array(1.0),
        "last": np.array([2]),
        "flat": np.array([-1, len(finders) * most]),
        "steps": steps.reshape(len(finders) * most, -1).astype(np.float32),
        "gaps": (table.rows[missing] - table.rows[places]).astype(np.float32),
    }
