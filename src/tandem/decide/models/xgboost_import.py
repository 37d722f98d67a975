"""Turn an XGBoost model into a document: the only place where its JSON format is read.

Taken: one output, a logistic objective, ``gbtree``, numeric splits, constant leaves (format 2 and 3, as written by
``Booster.save_raw("json")`` and ``save_model``). Everything else is refused by name; the library itself never sees the text.

XGBoost keeps thresholds and leaves in binary32 and goes left when the value, rounded to binary32, is *below* the threshold.
``binary32`` turns that into our ``<=`` on binary64 without a change at any value but those within 1e-35 of zero, which are
zero here. What remains is the sum: XGBoost adds leaves in binary32, a document in binary64, so margins differ by what
rounding a few hundred partial sums makes (below 1e-5); which leaf is reached does not differ.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tandem.decide.models.binary32 import below, largest_rounding_to, single
from tandem.decide.models.documents import Calibration, Metadata, ModelInput, NoCalibration, Scaling, Tree, Trees
from tandem.decide.models.limits import MAX_DOCUMENT_BYTES, MAX_LEAVES, MAX_TREES
from tandem.decide.models.validation import check_document
from tandem.decide.models.walking import MISSING_NAN
from tandem.kernel.errors import DefinitionError

__all__ = ["from_xgboost"]

_OBJECTIVES: Final = ("binary:logistic", "binary:logitraw", "reg:logistic")
_COUNTED: Final = 2**30
"""Most that the leaf counts of a tree add up to."""
_PER_CURVATURE: Final = 4.0
"""A row weighs at most a quarter in the sum of hessians; so many times that sum is a number of rows."""


class _Node(msgspec.Struct, frozen=True):
    left_children: tuple[int, ...]
    right_children: tuple[int, ...]
    split_indices: tuple[int, ...]
    split_conditions: tuple[float, ...]
    default_left: tuple[int, ...]
    sum_hessian: tuple[float, ...]
    split_type: tuple[int, ...] = ()
    tree_param: dict[str, str] = {}


class _TreesOf(msgspec.Struct, frozen=True):
    trees: tuple[_Node, ...]
    tree_info: tuple[int, ...] = ()


class _Boosted(msgspec.Struct, frozen=True):
    name: str
    model: msgspec.Raw


class _Learner(msgspec.Struct, frozen=True):
    learner_model_param: dict[str, str]
    objective: dict[str, Any]
    gradient_booster: _Boosted
    feature_names: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True):
    learner: _Learner
    version: tuple[int, ...]


def from_xgboost(
    model: Any,
    metadata: Metadata,
    inputs: Sequence[ModelInput] | None = None,
    *,
    calibration: Calibration | None = None,
    scaling: Scaling | None = None,
) -> Trees:
    """The document of an XGBoost model.

    Leaf counts are four times the sum of hessians of a leaf, which is what the format keeps: contributions are then measured
    as XGBoost's own SHAP values measure them.

    Args:
        model: an ``xgboost.Booster``, or its JSON.
        metadata: where the model comes from.
        inputs: the inputs in the order of the model's features; None: all numeric, named as in the model.
        calibration: how margins become probabilities; None: the logistic function.
        scaling: points, if wanted.

    Raises:
        DefinitionError: the JSON is broken, or the model uses something a document cannot express.
    """
    text = model if isinstance(model, bytes | str) else bytes(model.save_raw("json"))
    if len(text) > 4 * MAX_DOCUMENT_BYTES:
        raise _broken("The XGBoost model is too large.", value=len(text))
    learner, grown = _read(text)
    features = _check(learner, grown)
    if inputs is None:
        names = learner.feature_names or tuple(f"f{at}" for at in range(features))
        inputs = [ModelInput(name=name) for name in names]
    if len(inputs) != features:
        raise _broken("Another number of inputs than the model has features.", field="inputs", value=len(inputs))
    document = Trees(
        metadata=metadata,
        inputs=tuple(inputs),
        trees=tuple(_tree(one, f"trees[{at}]") for at, one in enumerate(grown.trees)),
        base=_base(learner),
        calibration=calibration or NoCalibration(),
        scaling=scaling,
    )
    check_document(document)
    return document


def _broken(detail: str, *, field: str | None = None, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="xgboost_import", field=field, value=value, hint=hint)


def _read(text: bytes | str) -> tuple[_Learner, _TreesOf]:
    try:
        file = msgspec.json.decode(text, type=_File)
        booster = file.learner.gradient_booster
        if booster.name != "gbtree":
            raise _broken(
                "Only boosted trees can be imported.",
                field="gradient_booster.name",
                value=booster.name,
                hint="train with booster gbtree: dart weighs its trees, gblinear has none",
            )
        return file.learner, msgspec.json.decode(booster.model, type=_TreesOf)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError) as error:
        raise _broken(
            f"Not an XGBoost model in JSON: {error}", hint="write it with Booster.save_raw('json')"
        ) from error


def _check(learner: _Learner, grown: _TreesOf) -> int:
    """Features of the model, once its header is known to be one a document can express."""
    param = learner.learner_model_param
    if param.get("num_class", "0") not in {"0", "1"} or param.get("num_target", "1") != "1" or any(grown.tree_info):
        raise _broken("Only models with one output can be imported.", field="num_class", value=param.get("num_class"))
    objective = learner.objective.get("name")
    if objective not in _OBJECTIVES:
        raise _broken(
            "The objective must give log-odds.", field="objective", value=objective, hint="use binary:logistic"
        )
    features = param.get("num_feature", "")
    if not features.isdecimal() or len(features) > 9:
        raise _broken("Not a number of features.", field="num_feature", value=features)
    if learner.feature_names and len(learner.feature_names) != int(features):
        raise _broken("As many feature names as features.", field="feature_names", value=len(learner.feature_names))
    if len(grown.trees) > MAX_TREES:
        raise _broken(f"A model has at most {MAX_TREES} trees.", field="trees", value=len(grown.trees))
    return int(features)


def _base(learner: _Learner) -> float:
    """The margin everybody starts with; version 3 writes ``base_score`` as a list of one."""
    written = learner.learner_model_param.get("base_score", "")
    try:
        score = single(float(written.removeprefix("[").removesuffix("]")[:64]))
    except ValueError:
        raise _broken("Not one number.", field="base_score", value=written) from None
    if learner.objective.get("name") == "binary:logitraw":
        return score
    if not 0.0 < score < 1.0:
        raise _broken("The base score of a logistic objective is a probability.", field="base_score", value=written)
    return math.log(score) - math.log1p(-score)


def _tree(one: _Node, at: str) -> Tree:
    nodes = len(one.left_children)
    if not 1 <= nodes <= 2 * MAX_LEAVES:
        raise _broken(f"A tree has 1 to {MAX_LEAVES} leaves.", field=f"{at}.left_children", value=nodes)
    for field in ("right_children", "split_indices", "split_conditions", "default_left", "sum_hessian"):
        if len(getattr(one, field)) != nodes:
            raise _broken(f"{nodes} items expected.", field=f"{at}.{field}", value=len(getattr(one, field)))
    if any(one.split_type):
        raise _broken(
            "A tree splits on sets of categories.",
            field=f"{at}.split_type",
            hint="encode categories as codes (inputs of type categorical) and train without enable_categorical",
        )
    if one.tree_param.get("size_leaf_vector", "1") not in {"0", "1"}:
        raise _broken("Leaves of more than one number cannot be imported.", field=f"{at}.tree_param")
    return _Reading(one, at).tree()


class _Reading:
    """One tree renumbered: inner nodes from the root downwards, children after their parent, leaves as they are met."""

    def __init__(self, one: _Node, at: str) -> None:
        self._one = one
        self._at = at
        order, self._leaves, seen = [], [], {0}
        stack = [0]
        while stack:
            node = stack.pop()
            if one.left_children[node] == -1:
                self._leaves.append(node)
                continue
            order.append(node)
            for child in (one.right_children[node], one.left_children[node]):
                if not 0 < child < len(one.left_children) or child in seen:
                    raise _broken(
                        "A child lies outside the tree or has two parents.", field=f"{at}.left_children", value=child
                    )
                seen.add(child)
                stack.append(child)
        self._order = order
        self._place = {node: place for place, node in enumerate(order)}
        self._place |= {node: -place - 1 for place, node in enumerate(self._leaves)}

    def tree(self) -> Tree:
        one, order = self._one, self._order
        return Tree(
            feature=tuple(one.split_indices[node] for node in order),
            threshold=tuple(self._threshold(node) for node in order),
            missing=(MISSING_NAN,) * len(order),
            default_left=tuple(bool(one.default_left[node]) for node in order),
            left=tuple(self._place[one.left_children[node]] for node in order),
            right=tuple(self._place[one.right_children[node]] for node in order),
            leaf=tuple(single(one.split_conditions[node]) for node in self._leaves),
            leaf_count=self._counts(),
        )

    def _threshold(self, node: int) -> float:
        """Left when the rounded value is below the split: up to the last double that rounds to the binary32 before it."""
        split = single(self._one.split_conditions[node])
        return largest_rounding_to(split if math.isinf(split) else below(split))

    def _counts(self) -> tuple[int, ...]:
        curvature = [self._one.sum_hessian[node] for node in self._leaves]
        total = math.fsum(curvature)
        if not all(0.0 <= each < math.inf for each in curvature) or math.isinf(total):
            raise _broken("A sum of hessians is finite and not negative.", field=f"{self._at}.sum_hessian")
        scale = min(_PER_CURVATURE, _COUNTED / max(total, 1.0))
        return tuple(max(1, round(scale * each)) for each in curvature)
