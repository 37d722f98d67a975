"""What is remembered of a day: counts, never rows."""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.kernel.time import Micros

__all__ = ["DELAY_DAYS", "ColumnDay", "DayRecord", "LabelDay"]

DELAY_DAYS: Final = (1, 2, 3, 4, 5, 6, 7, 8, 10, 14, 21, 30, 45, 60, 90, 120, 180, 365)
"""Edges of the bins of the time until a label is known, in days."""


class ColumnDay(msgspec.Struct, frozen=True, kw_only=True):
    """One column on one day.

    Attributes:
        counts: rows per bin of the ruler; the last is missing.
        common: share of the commonest among known values; None where shape is not looked at.
        low, high: what one in a thousand known numbers lies below, and above.
        middle: quartiles of the known numbers.
        scale: median of the absolute numbers that are not zero.
        content: one text for all values, whatever their order.
        alone: AUC of the column alone, on labelled rows, between 0.5 and 1.
    """

    counts: tuple[int, ...]
    common: float | None = None
    low: float | None = None
    high: float | None = None
    middle: tuple[float, float, float] | None = None
    scale: float | None = None
    content: str = ""
    alone: float | None = None

    @property
    def known(self) -> int:
        """Rows with a value."""
        return sum(self.counts[:-1])


class LabelDay(msgspec.Struct, frozen=True, kw_only=True):
    """The labels of one day.

    Attributes:
        known, bads: rows with a label, and of which bad.
        texts: the labels there were.
        ranking: AUC of the profile's own score on labelled rows; None where there were too few.
        noise: its standard error (DeLong).
        learned: AUC on either half of the labelled rows of what the other half teaches; None where there were too few.
        learned_noise: its standard error.
        early: labels known before the event happened.
        late: labels that became known after the moment of judging.
        delays: rows per bin of ``DELAY_DAYS``; empty without a label time.
    """

    known: int
    bads: int
    texts: tuple[str, ...] = ()
    ranking: float | None = None
    noise: float = 0.0
    learned: float | None = None
    learned_noise: float = 0.0
    early: int = 0
    late: int = 0
    delays: tuple[int, ...] = ()


class DayRecord(msgspec.Struct, frozen=True, kw_only=True):
    """One day.

    Attributes:
        rows: how many there were.
        first, last: oldest and newest event (micros); None without a time column.
        hours: rows per hour since the midnight before ``first``; empty where the day covers more than 24.
        content: one text for all rows, whatever their order.
        keys: sketch of the keys.
        repeated_keys, repeated_rows: rows that repeat an earlier row of the same day in their key, or altogether.
        future: rows dated after the moment of judging; 0 where there was none.
        undated: rows without a time.
        after: rows per known-time column whose inputs became known after the event.
        columns: by name.
        label: None without a label column.
    """

    rows: int
    first: Micros | None = None
    last: Micros | None = None
    hours: tuple[int, ...] = ()
    content: str = ""
    keys: tuple[int, ...] = ()
    repeated_keys: int = 0
    repeated_rows: int = 0
    future: int = 0
    undated: int = 0
    after: dict[str, int] = {}
    columns: dict[str, ColumnDay] = {}
    label: LabelDay | None = None
