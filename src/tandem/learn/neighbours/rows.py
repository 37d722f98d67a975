"""Rows of an event stream as a graph learns from them: when, how much, what they link to, and which labels come when.

A label is a fact with a time of its own. ``known_at`` says when it arrives; before that, and for ever where it is
``NEVER``, nothing here looks at it. A label that arrives at the very instant of a row is not yet known to that row.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.training import FloatArray, IntArray

__all__ = ["NEVER", "LinkedRows"]

NEVER: Final = int(np.iinfo(np.int64).max)
"""``known_at`` of a label that nobody may read: a row of the test, or one without a label."""


@dataclass(frozen=True, slots=True)
class LinkedRows:
    """A stream in order of time.

    Attributes:
        occurred_at: microseconds since the epoch, never falling.
        amount: a number per row, in any unit.
        links: per kind of link (``device``, ``target``) the code of what a row links to; -1 where it links to nothing.
        bad: 1 bad, 0 good; NaN where there is no label.
        known_at: when the label arrives, in microseconds; ``NEVER`` where it does not. Not before the row itself.

    Raises:
        InvalidInput: columns of different lengths, time that runs backwards, a label before its row.
    """

    occurred_at: IntArray
    amount: FloatArray
    links: dict[str, IntArray]
    bad: FloatArray
    known_at: IntArray

    def __post_init__(self) -> None:
        count = self.occurred_at.size
        columns = {"amount": self.amount, "bad": self.bad, "known_at": self.known_at} | self.links
        for name, column in columns.items():
            if column.shape != (count,):
                raise _invalid("All columns need one value per row.", name, column.shape, f"give {count} values")
        if not self.links:
            raise _invalid("Rows without links have no neighbours.", "links", 0, "name at least one kind of link")
        if (np.diff(self.occurred_at) < 0).any():
            raise _invalid("Time runs backwards.", "occurred_at", None, "sort the rows by time")
        known = self.known_at != NEVER
        if (self.known_at[known] < self.occurred_at[known]).any():
            raise _invalid("A label is known before its row occurred.", "known_at", None, "add the delay to the time")
        if not np.isin(self.bad[known], (0.0, 1.0)).all():
            raise _invalid("A label that becomes known is 0 or 1.", "bad", None, "use NEVER where there is no label")

    @property
    def count(self) -> int:
        """How many rows."""
        return int(self.occurred_at.size)


def _invalid(message: str, field: str, value: object, hint: str) -> InvalidInput:
    return InvalidInput(message, code="rows_invalid", field=field, value=value, hint=hint)
