"""What was tried at random and what came of it: all that a model of response may learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from tandem.kernel.errors import InvalidInput

__all__ = ["NOTHING", "BoolArray", "FloatArray", "IntArray", "Offered", "Tried"]

FloatArray: TypeAlias = npt.NDArray[np.float64]
IntArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]

NOTHING: Final = -1
"""The action of a row to which nothing was done."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that may be done: how (``channel``), with what words (``step``), and whether at the customer's usual time."""

    channel: str
    step: str
    usual_hour: bool = False


@dataclass(frozen=True, slots=True)
class Tried:
    """Rows of randomised exploration: a customer on a day, what was drawn, and what came of it.

    Attributes:
        columns: what was known before, by name; NaN where it was not.
        action: place in the list of what may be offered, ``NOTHING`` where nothing was drawn.
        propensity: how likely just that (also nothing) was to be drawn; never 0.
        outcome: share of what was due that was paid within the horizon, 0 to 1.
        stake: what the share is of, minor units.
        unit: customer; rows of one are not independent, so intervals draw customers.
    """

    columns: dict[str, FloatArray]
    action: IntArray
    propensity: FloatArray
    outcome: FloatArray
    stake: FloatArray
    unit: IntArray

    def __post_init__(self) -> None:
        if self.propensity.size and float(self.propensity.min()) <= 0:
            raise InvalidInput(
                "What was tried had some chance to be tried.",
                code="no_propensity", field="propensity", value=float(self.propensity.min()),
                hint="leave out rows in which nothing was drawn at random",
            )  # fmt: skip

    def __len__(self) -> int:
        return int(self.action.size)

    def only(self, kept: IntArray | BoolArray) -> Tried:
        """Those rows."""
        columns = {name: one[kept] for name, one in self.columns.items()}
        return Tried(
            columns, self.action[kept], self.propensity[kept], self.outcome[kept], self.stake[kept], self.unit[kept]
        )
