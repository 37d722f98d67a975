"""Who was watched for how long, and how it ended: the two columns from which everything about time follows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.target import read_target, require_column

__all__ = ["Spells", "read_spells"]


@dataclass(frozen=True, slots=True)
class Spells:
    """One spell per account.

    Attributes:
        duration: periods observed, at least 1; the event, where there was one, fell in the last of them.
        event: 1.0 where the event ended the spell, 0.0 where watching did (the account left, or today came).
        positive: the text of the event column that says so.
        rows: row numbers of the table; rows without a known end are left out.
    """

    duration: IntArray
    event: FloatArray
    positive: str
    rows: IntArray

    def __len__(self) -> int:
        return int(self.duration.size)

    def take(self, index: IntArray) -> Spells:
        """The spells at ``index``."""
        return Spells(self.duration[index], self.event[index], self.positive, self.rows[index])


def read_spells(table: pa.Table, event: str, duration: str, positive: str | None) -> Spells:
    """The spell of every row whose end is known.

    Raises:
        InvalidInput: no such column, an event that is not one of two values, a duration that is missing, not whole or below 1.
    """
    target = read_target(table, event, positive)
    column = require_column(table, duration, "duration").take(pa.array(target.rows))
    return Spells(_durations(duration, column), target.bad, target.positive, target.rows)


def _durations(name: str, column: pa.ChunkedArray) -> IntArray:
    if column.null_count:
        raise InvalidInput(
            f"{column.null_count} rows do not say how long they were observed.",
            code="duration_missing",
            field=name,
            hint="drop those rows, or count their periods",
        )
    try:
        numbers = np.asarray(pc.cast(column, pa.float64()).to_numpy(), dtype=np.float64)
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise InvalidInput(
            "The column does not hold numbers of periods.", code="duration_unreadable", field=name,
            value=str(column.type), hint="give whole numbers: the periods (months, weeks) an account was observed",
        ) from None  # fmt: skip
    wrong = ~np.isfinite(numbers) | (numbers < 1) | (numbers != np.floor(numbers))
    if wrong.any():
        row = int(np.flatnonzero(wrong)[0])
        raise InvalidInput(
            f"Row {row + 1} was not observed for a whole number of periods, 1 or more.",
            code="duration_out_of_range",
            field=name,
            value=float(numbers[row]),
            hint="count the period in which it ended too; leave out who was never observed",
        )
    return numbers.astype(np.int64)
