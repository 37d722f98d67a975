"""What the portfolio twin has from real tables: each figure with its table, its rows, its value and its interval.

``calibration.json`` is made by ``tandem twin calibrate`` (``calibrating``) and committed; the twin reads nothing else of the
tables, so it runs where the tables may not be. A share's interval is Wilson's at 95 %, a mean's the normal one; a list of
quantiles carries none, the rows say how sure it is.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Final

import msgspec
import numpy as np

from tandem.kernel.errors import DefinitionError, NotFound
from tandem.learn.simulator.batches import Floats

__all__ = ["BUCKETS", "Calibration", "Figure", "Quantiles", "calibration", "read_calibration"]

BUCKETS: Final = 5
"""Buckets of 30 days past due: 0 is 1 to 29 days, 1 is 30 to 59, .., 4 is 120 to 149; from 150 an account is written off."""


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One number from one table.

    Attributes:
        low, high: 95 % interval.
        rows: rows or pairs of rows it was counted on.
        source: the table; how: what was counted, in a sentence.
    """

    value: float
    low: float
    high: float
    rows: int
    source: str
    how: str


class Quantiles(msgspec.Struct, frozen=True, kw_only=True):
    """A distribution from one table: its value at evenly spaced probabilities, 0 and 1 left out at the ends where they are wild."""

    at: tuple[float, ...]
    values: tuple[float, ...]
    rows: int
    source: str
    how: str

    def drawn(self, uniform: Floats) -> Floats:
        """A value for each number between 0 and 1."""
        return np.interp(uniform, self.at, self.values)

    @property
    def mean(self) -> float:
        """The mean of what ``drawn`` gives."""
        return float(np.interp(np.linspace(0.0005, 0.9995, 1000), self.at, self.values).mean())


class Calibration(msgspec.Struct, frozen=True, kw_only=True):
    """Everything the twin has from tables.

    Attributes:
        entry: of customers that are not late, how many are a month late the month after.
        repeat: how much likelier one is to fall late who did before.
        late_settled: of what is settled within 30 days of its due date, the share settled after it.
        late_days: days after the due date at which that share is settled, as the share settled by day 1, 2, .. 30.
        roll: by bucket from 1, the share that is a bucket worse the month after; cure: the share that is not late.
        pays_in_full: share of customers on time that pay the whole bill; stays_full: of those, who do so again.
        paid_share: share of the bill paid by customers on time that do not pay it whole.
        due_share: share of the bill that must be paid.
        spend_share: spent in a month, as a share of the limit, by those that pay in full and by those that do not.
        limit_minor, used_share: limits; share of the limit that is used by those that do not pay in full.
        age: in years.
        trouble: share of customers that were 90 days late before.
        recovered_share: of what was owed at write-off, recovered after it.
    """

    entry: Figure
    repeat: Figure
    late_settled: Figure
    late_days: Quantiles
    roll: tuple[Figure, ...]
    cure: tuple[Figure, ...]
    pays_in_full: Figure
    stays_full: Figure
    paid_share: Quantiles
    due_share: Figure
    spend_share_full: Quantiles
    spend_share: Quantiles
    limit_minor: Quantiles
    used_share: Quantiles
    age: Quantiles
    trouble: Figure
    recovered_share: Quantiles


def read_calibration(path: Path) -> Calibration:
    """The calibration in a file.

    Raises:
        NotFound: there is no such file.
        DefinitionError: it is none.
    """
    if not path.is_file():
        raise NotFound("No such calibration.", code="no_file", field="calibration", value=str(path))
    return _decoded(path.read_bytes(), str(path))


@cache
def calibration() -> Calibration:
    """The calibration that comes with Tandem."""
    found = files(__package__) / "calibration.json"
    return _decoded(found.read_bytes(), "calibration.json")


def _decoded(raw: bytes, where: str) -> Calibration:
    try:
        return msgspec.json.decode(raw, type=Calibration)
    except msgspec.DecodeError as error:
        raise DefinitionError(f"Not a calibration: {error}", code="invalid_calibration", at=where) from None
