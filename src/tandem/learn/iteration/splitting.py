"""A policy in which a challenger decides for a share: the stage that asks the model becomes a split, and back again.

The policy stays what its authors wrote; only the stage that asks the champion is put into the first arm of a split, and the
same stage with the challenger's name into the second. Both set the same variables, so what follows does not know. The hash
that divides is the policy language's own: sticky, and nobody leaves the canary while it grows.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from tandem.kernel.errors import DefinitionError

__all__ = ["asks", "canary_name", "flows_of", "with_canary", "without_canary"]


def canary_name(model: str) -> str:
    """What the challenger of ``model`` is called while both decide."""
    return f"{model}_canary"


def _split_name(model: str) -> str:
    return f"{model}_shares"


def asks(policy: dict[str, Any], model: str) -> bool:
    """Whether ``policy`` asks ``model`` in a stage of its own."""
    return any(stage.get("model") == model for flow in flows_of(policy) for stage in flow)


def with_canary(policy: dict[str, Any], model: str, share: float, *, by: str, salt: str) -> dict[str, Any]:
    """``policy`` with the challenger of ``model`` deciding for ``share`` percent of whatever is in column ``by``.

    Args:
        salt: another one for every challenger, so that it is not always the same people.

    Raises:
        DefinitionError: no stage asks the model.
    """
    changed: dict[str, Any] = without_canary(policy, model)
    if not asks(changed, model):
        raise DefinitionError(
            "No stage of the policy asks this model.",
            code="model_not_asked",
            field="policy",
            value=model,
            hint="name the policy that has a stage '- model: ...' for it",
        )
    for flow in list(flows_of(changed)):
        for place, stage in enumerate(flow):
            if stage.get("model") == model:
                flow[place] = _split(stage, model, share, by=by, salt=salt)
    for example in changed.get("examples", ()):
        scores = example.get("scores", {})
        if model in scores:
            scores[canary_name(model)] = scores[model]
    return changed


def without_canary(policy: dict[str, Any], model: str) -> dict[str, Any]:
    """``policy`` as it was before ``with_canary``, whatever else was changed in it since."""
    changed: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(policy))
    for flow in list(flows_of(changed)):
        for place, stage in enumerate(flow):
            if stage.get("split") == _split_name(model):
                flow[place] = stage["arms"][0]["flow"][0]
    for example in changed.get("examples", ()):
        example.get("scores", {}).pop(canary_name(model), None)
    return changed


def _split(stage: dict[str, Any], model: str, share: float, *, by: str, salt: str) -> dict[str, Any]:
    return {
        "split": _split_name(model),
        "by": by,
        "salt": salt,
        "arms": [
            {"arm": "champion", "share": 100 - share, "flow": [stage]},
            {"arm": "canary", "share": share, "flow": [{**stage, "model": canary_name(model)}]},
        ],
    }


def flows_of(part: Any) -> Iterator[list[dict[str, Any]]]:
    """Every list of stages in a policy's document, outermost first."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "flow" and isinstance(value, list):
                yield value
            yield from flows_of(value)
    elif isinstance(part, list):
        for value in part:
            yield from flows_of(value)
