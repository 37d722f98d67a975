"""Turn a LightGBM model into a document: the only place where the third party's text format is read.

The text is parsed here, by bounds-checked Python; LightGBM's own loader, which has open memory-safety reports, never
sees it. Taken: one class, binary or cross-entropy objective, numeric splits, constant leaves (format v3 and v4, as
written by ``Booster.model_to_string``). Everything else is refused by name. The document is checked before it is
returned.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Any, Final

from tandem.decide.models.documents import (
    Calibration,
    Metadata,
    ModelInput,
    NoCalibration,
    Scaling,
    Tree,
    Trees,
)
from tandem.decide.models.limits import MAX_DOCUMENT_BYTES, MAX_LEAVES, MAX_TREES
from tandem.decide.models.validation import check_document
from tandem.decide.models.walking import clamped
from tandem.kernel.errors import DefinitionError

__all__ = ["from_lightgbm"]

_OBJECTIVES: Final = ("binary", "cross_entropy")
_DEFAULT_LEFT: Final = 2
_CATEGORICAL: Final = 1


def from_lightgbm(
    model: Any,
    metadata: Metadata,
    inputs: Sequence[ModelInput] | None = None,
    *,
    calibration: Calibration | None = None,
    scaling: Scaling | None = None,
) -> Trees:
    """The document of a LightGBM model.

    Args:
        model: a ``lightgbm.Booster`` or the text of ``model_to_string()``.
        metadata: where the model comes from.
        inputs: the inputs in the order of the model's features; None: all numeric, named as in the model.
        calibration: how margins become probabilities; None: the logistic function.
        scaling: points, if wanted.

    Raises:
        DefinitionError: the text is broken, or the model uses something a document cannot express.
    """
    text = model if isinstance(model, str) else model.model_to_string()
    if len(text) > 4 * MAX_DOCUMENT_BYTES:
        raise _broken("The LightGBM text is too large.", value=len(text))
    header, blocks = _sections(text)
    names = _check_header(header)
    if inputs is None:
        inputs = [ModelInput(name=name) for name in names]
    if len(inputs) != len(names):
        raise _broken("Another number of inputs than the model has features.", field="inputs", value=len(inputs))
    trees = tuple(_tree(block, index) for index, block in enumerate(blocks))
    document = Trees(
        metadata=metadata,
        inputs=tuple(inputs),
        trees=trees,
        calibration=calibration or NoCalibration(),
        scaling=scaling,
    )
    check_document(document)
    return document


def _broken(detail: str, *, field: str | None = None, value: object = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="lightgbm_import", field=field, value=value, hint=hint)


def _sections(text: str) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Key-value pairs of the header and of each tree."""
    lines = iter(text.splitlines())
    if next(lines, "") != "tree":
        raise _broken("The text does not begin like a LightGBM model.")
    header: dict[str, str] = {}
    blocks: list[dict[str, str]] = []
    current = header
    for line in lines:
        if line == "end of trees":
            return header, blocks
        if line.startswith("Tree="):
            if line != f"Tree={len(blocks)}" or len(blocks) >= MAX_TREES:
                raise _broken("Trees are out of order or too many.", value=line)
            current = {}
            blocks.append(current)
            continue
        key, found, value = line.partition("=")
        if found:
            if key in current:
                raise _broken("A key appears twice.", field=key)
            current[key] = value
        elif line:
            current[line] = ""
    raise _broken("The LightGBM text is cut off.", hint="it must contain the line 'end of trees'")


def _check_header(header: dict[str, str]) -> list[str]:
    if header.get("version") not in {"v3", "v4"}:
        raise _broken("Unknown version of LightGBM's format.", field="version", value=header.get("version"))
    if header.get("num_class") != "1" or header.get("num_tree_per_iteration", "1") != "1":
        raise _broken("Only models with one output can be imported.", field="num_class", value=header.get("num_class"))
    if "average_output" in header:
        raise _broken("A random forest averages its trees; only boosted trees can be imported.", field="average_output")
    objective = header.get("objective", "").split()
    if not objective or objective[0] not in _OBJECTIVES:
        raise _broken(
            "The objective must give log-odds.",
            field="objective",
            value=header.get("objective"),
            hint="use objective binary or cross_entropy",
        )
    for option in objective[1:]:
        key, _, value = option.partition(":")
        if key == "sigmoid" and _float(value, "objective") != 1.0:
            raise _broken("A sigmoid other than 1 makes the margin no log-odds.", field="objective", value=option)
    names = header.get("feature_names", "").split()
    if _int(header.get("max_feature_idx", ""), "max_feature_idx") != len(names) - 1:
        raise _broken("As many feature names as features.", field="feature_names", value=len(names))
    return names


def _tree(block: dict[str, str], index: int) -> Tree:
    at = f"Tree={index}"
    leaves = _int(block.get("num_leaves", ""), f"{at}.num_leaves")
    if not 1 <= leaves <= MAX_LEAVES:
        raise _broken(f"A tree has 1 to {MAX_LEAVES} leaves.", field=f"{at}.num_leaves", value=leaves)
    if block.get("num_cat", "0") != "0":
        raise _broken(
            "A tree splits on sets of categories.",
            field=f"{at}.num_cat",
            hint="encode categories as codes (inputs of type categorical) and train without categorical_feature",
        )
    if block.get("is_linear", "0") != "0":
        raise _broken("Linear leaves cannot be imported.", field=f"{at}.is_linear")
    value = tuple(_floats(block, "leaf_value", leaves, at))
    if leaves == 1:
        return Tree(
            feature=(), threshold=(), missing=(), default_left=(), left=(), right=(), leaf=value, leaf_count=(1,)
        )
    nodes = leaves - 1
    kinds = tuple(_ints(block, "decision_type", nodes, at))
    if any(not 0 <= kind < 16 or kind & _CATEGORICAL or kind >> 2 == 3 for kind in kinds):
        raise _broken("Unknown type of decision.", field=f"{at}.decision_type")
    return Tree(
        feature=tuple(_ints(block, "split_feature", nodes, at)),
        # LightGBM writes inf where a split only parts missing from present; infinite values are clamped alike on input
        threshold=tuple(clamped(one) for one in _floats(block, "threshold", nodes, at)),
        missing=tuple(kind >> 2 for kind in kinds),
        default_left=tuple(bool(kind & _DEFAULT_LEFT) for kind in kinds),
        left=tuple(_ints(block, "left_child", nodes, at)),
        right=tuple(_ints(block, "right_child", nodes, at)),
        leaf=value,
        leaf_count=tuple(_ints(block, "leaf_count", leaves, at)),
    )


def _items(block: dict[str, str], key: str, count: int, at: str) -> Iterator[tuple[str, str]]:
    items = block.get(key, "").split()
    if len(items) != count:
        raise _broken(f"{count} items expected.", field=f"{at}.{key}", value=len(items))
    for index, item in enumerate(items):
        yield item, f"{at}.{key}[{index}]"


def _ints(block: dict[str, str], key: str, count: int, at: str) -> Iterator[int]:
    return (_int(item, field) for item, field in _items(block, key, count, at))


def _floats(block: dict[str, str], key: str, count: int, at: str) -> Iterator[float]:
    return (_float(item, field) for item, field in _items(block, key, count, at))


def _int(item: str, field: str) -> int:
    try:
        number = int(item[:24])
    except ValueError:
        raise _broken("Not a whole number.", field=field, value=item) from None
    if not -(2**31) <= number < 2**31:
        raise _broken("A number over 32 bits.", field=field, value=item)
    return number


def _float(item: str, field: str) -> float:
    try:
        number = float(item)
    except ValueError:
        raise _broken("Not a number.", field=field, value=item) from None
    if math.isnan(number):
        raise _broken("Not a number.", field=field, value=item)
    return number
