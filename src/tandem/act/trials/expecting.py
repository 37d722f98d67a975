"""What a released model of response expects of an action: the serving side of what was learnt from actions drawn at random.

The model is a document like any other. Its inputs say by their names how a situation and an action become a row: ``times_late`` is a
column of the situation; ``by_sms`` and ``step_firm`` say what the action is; ``usual_hour`` whether it is at the customer's usual time;
``own_reached_ever`` is ``reached_ever_sms`` where the action goes by sms, ``own_step_paid_soon`` the column ``paid_soon_firm`` where it
is firm. Its probability ``p`` says that the action adds ``2p - 1`` to the share of what is at stake that is paid.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Final

from tandem.decide.models import Model
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.values import Value

__all__ = ["RESPONSE_TARGET", "Expecting", "check_columns"]

RESPONSE_TARGET: Final = "half_of_one_plus_effect"
"""The target that a document of response names."""


class Expecting:
    """Asks a model what an action adds.

    Args:
        model: loaded from a document whose target is ``RESPONSE_TARGET``.
        usual_hour: whether what is done is done at the customer's usual time.

    Raises:
        DefinitionError: a model of something else.
    """

    def __init__(self, model: Model, *, usual_hour: bool) -> None:
        if model.document.metadata.target != RESPONSE_TARGET:
            raise DefinitionError(
                "This model does not say what a contact adds.",
                code="no_response_model", field="target", value=model.document.metadata.target,
                hint=f"a model of response has the target {RESPONSE_TARGET}",
            )  # fmt: skip
        self._model = model
        self._usual_hour = usual_hour

    def gain(self, columns: Mapping[str, Value], *, channel: str, step: str) -> float:
        """What the action is expected to add to the share that is paid, from -1 to 1."""
        row = [self._value(name, columns, channel, step) for name in self._model.inputs]
        return 2 * self._model.score(row).probability - 1

    def _value(self, name: str, columns: Mapping[str, Value], channel: str, step: str) -> Value:
        if name in columns:
            value = columns[name]
            return int(value) if isinstance(value, bool) else value
        if name == "usual_hour":
            return int(self._usual_hour)
        if name.startswith("by_"):
            return int(name == f"by_{channel}")
        if name.startswith("step_"):
            return int(name == f"step_{step}")
        if name.startswith("own_step_"):
            return columns.get(f"{name.removeprefix('own_step_')}_{step}")
        return columns.get(f"{name.removeprefix('own_')}_{channel}")


def check_columns(
    name: str, model: Model, columns: Iterable[str], channels: Sequence[str], steps: Sequence[str], *, field: str
) -> None:
    """Refuse a model of response that says something else, or reads what no situation has.

    Args:
        name: of the model. field: that names it, for the error.
        columns: of a situation. channels, steps: that an action may have.

    Raises:
        DefinitionError: names the model and the column.
    """
    if model.document.metadata.target != RESPONSE_TARGET:
        raise DefinitionError(
            "This model does not say what a contact adds.", code="no_response", field=field, value=name,
            hint=f"one whose target is {RESPONSE_TARGET}",
        )  # fmt: skip
    known = list(columns)
    readable = frozenset(
        chain(
            known, ["usual_hour"], (f"by_{one}" for one in channels), (f"step_{one}" for one in steps),
            (f"own_{one}" for one in _stems(known, channels)), (f"own_step_{one}" for one in _stems(known, steps)),
        )
    )  # fmt: skip
    for column in model.inputs:
        if column not in readable:
            raise DefinitionError(
                "This model of response reads what no situation has.",
                code="unknown_column", field="inputs", value=f"{name}: {column}", hint=near_match(column, readable),
            )  # fmt: skip


def _stems(columns: Iterable[str], suffixes: Sequence[str]) -> set[str]:
    """What stands before ``_sms``, ``_call``, .. in ``columns``."""
    return {name.removesuffix(f"_{one}") for name in columns for one in suffixes if name.endswith(f"_{one}")}
