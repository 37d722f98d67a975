"""How far a training is, told as it goes: to whoever waits for it, and to nobody by default.

What is told changes nothing: the same data and seed give the same digest whether anybody listens or not.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from tandem.learn.training.spec import Family

__all__ = ["Told", "TrainingStep", "silent"]


class TrainingStep(msgspec.Struct, frozen=True, kw_only=True):
    """Where a training is.

    Attributes:
        stage: ``checking`` the columns, ``choosing`` among families by inner folds, ``fitting`` on all training rows,
            ``judging`` on the test.
        family: which one is being tried, while ``choosing``.
        done, total: parts of the stage: folds of a family.
        auc: out of fold, once a family is through.
    """

    stage: Literal["checking", "choosing", "fitting", "judging"]
    family: Family | None = None
    done: int = 0
    total: int = 1
    auc: float | None = None


Told: TypeAlias = Callable[[TrainingStep], None]
"""Called from several threads, one after another or at once."""


def silent(step: TrainingStep) -> None:
    """Nobody listens."""
