"""Turn a CatBoost model into a document: the only place where its JSON format is read.

Taken: symmetric trees over numbers, one output (as written by ``save_model(format="json")``). Everything else is refused by
name, above all categories: CatBoost replaces them by statistics of the outcome that depend on the order of the training
rows. Categories come in as codes instead, as they do for LightGBM.

A symmetric tree asks the same question at every node of a level, so some of its leaves no row can reach (above 5 and not
above 3); these are left out, and what remains is an ordinary tree. CatBoost rounds values to binary32 and goes right *above*
a border; ``binary32`` turns that into our ``<=`` on binary64. Leaves are binary64 in both, so margins differ by the order of a
sum and by nothing else.
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import msgspec

from tandem.decide.models.binary32 import largest_rounding_to, single
from tandem.decide.models.documents import Calibration, Metadata, ModelInput, NoCalibration, Scaling, Tree, Trees
from tandem.decide.models.limits import MAX_DOCUMENT_BYTES, MAX_TREES
from tandem.decide.models.validation import check_document
from tandem.decide.models.walking import MISSING_NAN
from tandem.kernel.errors import DefinitionError

__all__ = ["from_catboost"]

_OBJECTIVES: Final = ("Logloss", "CrossEntropy")
_DEPTH_MAX: Final = 12
"""4,096 leaves, which is the limit of a tree."""
_ROWS_MAX: Final = 2**31 - 1
_MISSING: Final = {"AsIs": True, "AsFalse": True, "AsTrue": False}
"""Whether a missing value goes left; a comparison with NaN is false, so as it is means left."""


class _FloatFeature(msgspec.Struct, frozen=True):
    feature_index: int
    flat_feature_index: int
    nan_value_treatment: str = "AsIs"
    feature_id: str = ""


class _Features(msgspec.Struct, frozen=True):
    float_features: tuple[_FloatFeature, ...] = ()
    categorical_features: tuple[dict[str, Any], ...] = ()
    text_features: tuple[dict[str, Any], ...] = ()
    embedding_features: tuple[dict[str, Any], ...] = ()


class _Split(msgspec.Struct, frozen=True):
    split_type: str
    border: float = math.nan
    float_feature_index: int = -1


class _Oblivious(msgspec.Struct, frozen=True):
    leaf_values: tuple[float, ...]
    leaf_weights: tuple[float, ...]
    splits: tuple[_Split, ...] | None = ()


class _Objective(msgspec.Struct, frozen=True):
    type: str


class _Params(msgspec.Struct, frozen=True):
    loss_function: _Objective


class _Info(msgspec.Struct, frozen=True):
    params: _Params


class _File(msgspec.Struct, frozen=True):
    model_info: _Info
    features_info: _Features
    scale_and_bias: tuple[float, float | tuple[float, ...]]
    oblivious_trees: tuple[_Oblivious, ...] | None = None


class _Question(msgspec.Struct, frozen=True):
    """What one level asks: ``value <= threshold``, and where a missing value goes."""

    feature: int
    threshold: float
    default_left: bool


def from_catboost(
    model: Any,
    metadata: Metadata,
    inputs: Sequence[ModelInput] | None = None,
    *,
    calibration: Calibration | None = None,
    scaling: Scaling | None = None,
) -> Trees:
    """The document of a CatBoost model.

    A leaf that no training row reached, though some row could, counts as one row.

    Args:
        model: a fitted ``catboost.CatBoost``, or its JSON.
        metadata: where the model comes from.
        inputs: the inputs in the order of the model's features; None: all numeric, named as in the model.
        calibration: how margins become probabilities; None: the logistic function.
        scaling: points, if wanted.

    Raises:
        DefinitionError: the JSON is broken, or the model uses something a document cannot express.
    """
    text = model if isinstance(model, bytes | str) else _written(model)
    if len(text) > 4 * MAX_DOCUMENT_BYTES:
        raise _broken("The CatBoost model is too large.", value=len(text))
    try:
        file = msgspec.json.decode(text, type=_File)
    except (msgspec.MsgspecError, UnicodeError, RecursionError, OverflowError) as error:
        raise _broken(
            f"Not a CatBoost model in JSON: {error}", hint="write it with save_model(path, format='json')"
        ) from error
    features = _check(file)
    if inputs is None:
        inputs = [ModelInput(name=one.feature_id or f"f{at}") for at, one in enumerate(features)]
    if len(inputs) != len(features):
        raise _broken("Another number of inputs than the model has features.", field="inputs", value=len(inputs))
    scale, bias = _line(file)
    trees = file.oblivious_trees or ()
    document = Trees(
        metadata=metadata,
        inputs=tuple(inputs),
        trees=tuple(_tree(one, features, scale, f"oblivious_trees[{at}]") for at, one in enumerate(trees)),
        base=bias,
        calibration=calibration or NoCalibration(),
        scaling=scaling,
    )
    check_document(document)
    return document


def _broken(detail: str, *, field: str | None = None, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="catboost_import", field=field, value=value, hint=hint)


def _written(model: Any) -> bytes:
    """CatBoost writes JSON to a file only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.json"
        model.save_model(str(path), format="json")
        return path.read_bytes()


def _check(file: _File) -> tuple[_FloatFeature, ...]:
    objective = file.model_info.params.loss_function.type
    if objective not in _OBJECTIVES:
        raise _broken("The objective must give log-odds.", field="loss_function", value=objective, hint="use Logloss")
    features = file.features_info
    for field in ("categorical_features", "text_features", "embedding_features"):
        if getattr(features, field):
            raise _broken(
                "Only numbers can be imported.",
                field=field,
                value=len(getattr(features, field)),
                hint="encode categories as codes (inputs of type categorical) and train without cat_features",
            )
    if file.oblivious_trees is None:
        raise _broken(
            "Only symmetric trees can be imported.", field="oblivious_trees", hint="grow_policy SymmetricTree"
        )
    if len(file.oblivious_trees) > MAX_TREES:
        raise _broken(
            f"A model has at most {MAX_TREES} trees.", field="oblivious_trees", value=len(file.oblivious_trees)
        )
    for at, one in enumerate(features.float_features):
        if one.feature_index != at or one.flat_feature_index != at:
            raise _broken("Features are out of order.", field=f"float_features[{at}]", value=one.feature_index)
        if one.nan_value_treatment not in _MISSING:
            raise _broken(
                "Unknown treatment of missing values.", field=f"float_features[{at}]", value=one.nan_value_treatment
            )
    return features.float_features


def _line(file: _File) -> tuple[float, float]:
    """Scale and bias of the sum of leaves."""
    scale, bias = file.scale_and_bias
    biases = bias if isinstance(bias, tuple) else (bias,)
    if len(biases) > 1:
        raise _broken("Only models with one output can be imported.", field="scale_and_bias", value=len(biases))
    return scale, biases[0] if biases else 0.0


def _tree(one: _Oblivious, features: tuple[_FloatFeature, ...], scale: float, at: str) -> Tree:
    splits = one.splits or ()
    leaves = 2 ** min(len(splits), _DEPTH_MAX + 1)
    if len(splits) > _DEPTH_MAX or len(one.leaf_values) != leaves or len(one.leaf_weights) != leaves:
        raise _broken(
            f"A symmetric tree of depth d, at most {_DEPTH_MAX}, has 2**d leaves and weights.",
            field=f"{at}.leaf_values",
            value=len(one.leaf_values),
        )
    for weight in one.leaf_weights:
        if not 0.0 <= weight <= _ROWS_MAX:
            raise _broken("A leaf's weight is a number of rows.", field=f"{at}.leaf_weights", value=repr(weight))
    questions = [_question(split, features, f"{at}.splits[{level}]") for level, split in enumerate(splits)]
    grown = _Growing(questions)
    return Tree(
        feature=tuple(questions[level].feature for level in grown.levels),
        threshold=tuple(questions[level].threshold for level in grown.levels),
        missing=(MISSING_NAN,) * len(grown.levels),
        default_left=tuple(questions[level].default_left for level in grown.levels),
        left=tuple(grown.left),
        right=tuple(grown.right),
        leaf=tuple(scale * one.leaf_values[index] for index in grown.leaves),
        leaf_count=tuple(max(1, round(one.leaf_weights[index])) for index in grown.leaves),
    )


def _question(split: _Split, features: tuple[_FloatFeature, ...], at: str) -> _Question:
    if split.split_type != "FloatFeature":
        raise _broken("Only splits of numbers can be imported.", field=f"{at}.split_type", value=split.split_type)
    if not 0 <= split.float_feature_index < len(features):
        raise _broken(
            "A split reads a feature that is not there.",
            field=f"{at}.float_feature_index",
            value=split.float_feature_index,
        )
    if math.isnan(split.border):
        raise _broken("A split of a number has a border.", field=f"{at}.border")
    return _Question(
        feature=split.float_feature_index,
        threshold=largest_rounding_to(single(split.border)),
        default_left=_MISSING[features[split.float_feature_index].nan_value_treatment],
    )


class _Growing:
    """The levels unrolled into nodes, without the branches that no row can take.

    Missing values stand at one end of each feature's order and need no care of their own.
    """

    def __init__(self, questions: Sequence[_Question]) -> None:
        self.levels: list[int] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.leaves: list[int] = []
        self._questions = questions
        self._grow(0, 0, {})

    def _grow(self, level: int, index: int, within: dict[int, tuple[float, float]]) -> int:
        """The child that asks from ``level`` on, for rows whose values lie ``within`` (low, high]."""
        while level < len(self._questions):
            one = self._questions[level]
            low, high = within.get(one.feature, (-math.inf, math.inf))
            if high <= one.threshold:  # left for sure
                level += 1
                continue
            if low >= one.threshold:
                index, level = index + 2**level, level + 1
                continue
            node = len(self.levels)
            self.levels.append(level)
            self.left.append(0)
            self.right.append(0)
            self.left[node] = self._grow(level + 1, index, {**within, one.feature: (low, one.threshold)})
            self.right[node] = self._grow(level + 1, index + 2**level, {**within, one.feature: (one.threshold, high)})
            return node
        self.leaves.append(index)
        return -len(self.leaves)
