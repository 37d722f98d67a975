"""Every period that was lived through becomes a row: then a hazard is an ordinary yes or no.

An account observed for ``d`` periods gives the rows 1 .. d; the outcome of each is 0, and that of the last is 1 where the event
ended the spell. The likelihood of these rows under a logistic model is the likelihood of the discrete-time hazard model, censoring
included (Allison 1982; Singer and Willett 1993, who call them person periods).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray, IntArray
from tandem.learn.training.frame import Frame, NumericColumn
from tandem.learn.training.survival.spells import Spells

__all__ = ["PERIOD", "PERIOD_ROWS_MAX", "LivedPeriods", "lived_periods", "with_period"]

PERIOD = "period"
"""The input that a hazard model reads beside those of the account: the period it is in, counted from 1."""

PERIOD_ROWS_MAX = 5_000_000


@dataclass(frozen=True, slots=True)
class LivedPeriods:
    """Rows of lived periods: ``account`` is the number of the spell, ``period`` counts from 1, ``event`` is 1.0 or 0.0."""

    account: IntArray
    period: IntArray
    event: FloatArray


def lived_periods(spells: Spells, horizon: int) -> LivedPeriods:
    """The periods 1 .. ``horizon`` that were lived through, account by account.

    Raises:
        InvalidInput: there would be more than ``PERIOD_ROWS_MAX``.
    """
    lived = np.minimum(spells.duration, horizon)
    total = int(lived.sum())
    if total > PERIOD_ROWS_MAX:
        raise InvalidInput(
            f"{len(spells):,} accounts lived through {total:,} periods; {PERIOD_ROWS_MAX:,} can be learned from.",
            code="too_many_periods",
            field="horizon",
            value=horizon,
            hint="count in longer periods (quarters), take a shorter horizon or a sample of the accounts",
        )
    account = np.repeat(np.arange(len(spells)), lived)
    first = np.repeat(np.cumsum(lived) - lived, lived)
    period = np.arange(total) - first + 1
    ended = (spells.event[account] > 0) & (period == spells.duration[account])
    return LivedPeriods(account, period, ended.astype(np.float64))


def with_period(frame: Frame, period: IntArray | int) -> Frame:
    """``frame`` with the input ``period``: one number for all rows, or one each."""
    values = np.broadcast_to(np.asarray(period, dtype=np.float64), (frame.rows,))
    return replace(frame, columns=(*frame.columns, NumericColumn(PERIOD, np.array(values))))
