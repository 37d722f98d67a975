"""What a decision says of a borrower beside its outcome: a grade of risk, and flags of misuse.

They are actions like any other, called ``grade_`` or ``flag_`` and a name: ``grade_weak`` asks for the grade *weak*,
``flag_cash_out`` for the flag *cash_out*. So a policy says them wherever it may say an action, its examples expect them,
and every decision that was ever recorded can be read for them. Which names there are, a product declares.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec

from tandem.decide.policy.types import DecideStage, ListsStage, Policy, RulesStage, TableStage
from tandem.decide.policy.walking import walk

__all__ = ["FLAG", "GRADE", "Marks", "marks_in", "marks_of"]

GRADE: Final = "grade_"
"""What an action begins with that says a grade."""
FLAG: Final = "flag_"
"""What an action begins with that says a flag."""


class Marks(msgspec.Struct, frozen=True):
    """Names of grades and of flags, in the order they were said, each once."""

    grades: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.grades or self.flags)


def marks_of(actions: Iterable[str]) -> Marks:
    """What a decision with these ``actions`` says."""
    said = tuple(dict.fromkeys(actions))
    return Marks(
        grades=tuple(one.removeprefix(GRADE) for one in said if one.startswith(GRADE)),
        flags=tuple(one.removeprefix(FLAG) for one in said if one.startswith(FLAG)),
    )


def marks_in(policy: Policy) -> Marks:
    """Everything that decisions of ``policy`` may say, in the order in which it is written."""
    return marks_of(one for _, stage in walk(policy) for one in _actions_of(stage))


def _actions_of(stage: object) -> Iterator[str]:
    if isinstance(stage, ListsStage):
        effects = [one.effect for one in stage.checks]
    elif isinstance(stage, RulesStage):
        effects = [one.effect for one in stage.rules]
    elif isinstance(stage, DecideStage):
        effects = [one.effect for one in stage.cases]
    else:
        effects = []
    for effect in effects:
        yield from effect.actions
    if isinstance(stage, TableStage) and "actions" in stage.outputs:
        place = stage.outputs.index("actions")
        rows = [*(row.then for row in stage.rows), *(() if stage.default is None else (stage.default,))]
        for cells in rows:
            cell = cells[place]
            yield from () if cell is None else (word.strip() for word in str(cell).split(","))
