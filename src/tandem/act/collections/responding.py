"""What a released model of response expects of a contact about arrears, in money: a share of what is due."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tandem.act.collections.types import CHANNELS, SITUATION_COLUMNS, STEPS, Action, Situation
from tandem.act.trials import Expecting, check_columns
from tandem.decide.models import Model
from tandem.kernel.values import Value

__all__ = ["ResponseModel", "response_of"]


def _nothing_more(situation: Situation) -> Mapping[str, Value]:
    del situation
    return {}


class ResponseModel:
    """An ``ExpectedRecovery`` that asks a model.

    Args:
        model: loaded from a document of response (``act.trials``).
        more: columns beyond the situation's that the model may name, such as how service messages were answered before.
        usual_hour: contacts are made at the debtor's usual time.

    Raises:
        DefinitionError: a model of something else.
    """

    def __init__(
        self, model: Model, more: Callable[[Situation], Mapping[str, Value]] = _nothing_more, *, usual_hour: bool = True
    ) -> None:
        self._expecting = Expecting(model, usual_hour=usual_hour)
        self._more = more

    def __call__(self, situation: Situation, action: Action) -> int:
        """Minor units that ``action`` is expected to bring above doing nothing, before its cost."""
        if action.channel is None:
            return 0
        columns = {**situation.row(), **self._more(situation)}
        return round(self._expecting.gain(columns, channel=action.channel, step=action.step) * situation.due_minor)


def response_of(name: str, model: Model) -> ResponseModel:
    """The released ``model`` of that name, to be asked what a contact adds.

    Raises:
        DefinitionError: it says something else, or reads what no situation has.
    """
    check_columns(name, model, SITUATION_COLUMNS, CHANNELS, STEPS, field="response")
    return ResponseModel(model, usual_hour=False)
