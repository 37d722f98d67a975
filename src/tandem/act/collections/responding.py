"""What a released model of response expects of an action: the serving side of what was learnt from contacts drawn at random.

The model is a document like any other. Its inputs say by their names how a situation and an action become a row: ``times_late`` is a
column of the situation; ``by_sms`` and ``step_firm`` say what the action is; ``usual_hour`` whether it is at the debtor's usual time;
``own_reached_ever`` is ``reached_ever_sms`` where the action goes by sms, ``own_step_paid_soon`` the column ``paid_soon_firm`` where it
is firm. Its probability ``p`` says that the action adds ``2p - 1`` to the share of what is due that is paid.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain
from typing import Final

from tandem.act.collections.types import CHANNELS, SITUATION_COLUMNS, STEPS, Action, Situation
from tandem.decide.models import Model
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.values import Value

__all__ = ["RESPONSE_TARGET", "ResponseModel", "response_of"]

RESPONSE_TARGET: Final = "half_of_one_plus_effect"
"""The target that a document of response names."""


def _nothing_more(situation: Situation) -> Mapping[str, Value]:
    del situation
    return {}


class ResponseModel:
    """An ``ExpectedRecovery`` that asks a model.

    Args:
        model: loaded from a document whose target is ``RESPONSE_TARGET``.
        more: columns beyond the situation's that the model may name, such as how service messages were answered before.
        usual_hour: contacts are made at the debtor's usual time.

    Raises:
        DefinitionError: a model of something else.
    """

    def __init__(
        self, model: Model, more: Callable[[Situation], Mapping[str, Value]] = _nothing_more, *, usual_hour: bool = True
    ) -> None:
        if model.document.metadata.target != RESPONSE_TARGET:
            raise DefinitionError(
                "This model does not say what a contact adds.",
                code="no_response_model", field="target", value=model.document.metadata.target,
                hint=f"a model of response has the target {RESPONSE_TARGET}",
            )  # fmt: skip
        self._model = model
        self._more = more
        self._usual_hour = usual_hour

    def __call__(self, situation: Situation, action: Action) -> int:
        """Minor units that ``action`` is expected to bring above doing nothing, before its cost."""
        if action.channel is None:
            return 0
        columns = {**situation.row(), **self._more(situation)}
        row = [self._value(name, columns, action) for name in self._model.inputs]
        return round((2 * self._model.score(row).probability - 1) * situation.due_minor)

    def _value(self, name: str, columns: Mapping[str, Value], action: Action) -> Value:
        if name in columns:
            value = columns[name]
            return int(value) if isinstance(value, bool) else value
        if name == "usual_hour":
            return int(self._usual_hour)
        if name.startswith("by_"):
            return int(name == f"by_{action.channel}")
        if name.startswith("step_"):
            return int(name == f"step_{action.step}")
        if name.startswith("own_step_"):
            return columns.get(f"{name.removeprefix('own_step_')}_{action.step}")
        return columns.get(f"{name.removeprefix('own_')}_{action.channel}")


def response_of(name: str, model: Model) -> ResponseModel:
    """The released ``model`` of that name, to be asked what a contact adds.

    Raises:
        DefinitionError: it says something else, or reads what no situation has.
    """
    if model.document.metadata.target != RESPONSE_TARGET:
        raise DefinitionError(
            "This model does not say what a contact adds.", code="no_response", field="response", value=name,
            hint=f"one whose target is {RESPONSE_TARGET}",
        )  # fmt: skip
    for column in model.inputs:
        if column not in _READABLE:
            raise DefinitionError(
                "This model of response reads what no situation has.",
                code="unknown_column", field="inputs", value=f"{name}: {column}", hint=near_match(column, _READABLE),
            )  # fmt: skip
    return ResponseModel(model, usual_hour=False)


def _stems(suffixes: tuple[str, ...]) -> set[str]:
    """What stands before ``_sms``, ``_call``, .. in columns of a situation."""
    return {name.removesuffix(f"_{one}") for name in SITUATION_COLUMNS for one in suffixes if name.endswith(f"_{one}")}


_READABLE: Final = frozenset(
    chain(
        SITUATION_COLUMNS, ["usual_hour"], (f"by_{one}" for one in CHANNELS), (f"step_{one}" for one in STEPS),
        (f"own_{one}" for one in _stems(CHANNELS)), (f"own_step_{one}" for one in _stems(STEPS)),
    )
)  # fmt: skip
