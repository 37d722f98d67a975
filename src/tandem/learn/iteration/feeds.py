"""What a day takes in: rows whose outcome is trusted by then, those that became so since yesterday, and yesterday's traffic.

A feed answers one question, as of an instant, and answers it the same way whenever it is asked again: a row counts as
labelled only where its outcome had been told by then and its decision is old enough; a younger one is never counted as
good. ``TableFeed`` answers from any table that says when each row was decided and when its outcome became known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, SECOND, Micros
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.states import Quarantine
from tandem.learn.training import FloatArray, data_digest

__all__ = ["DAY_COLUMN", "DayFeed", "DaySet", "TableFeed", "bads_of", "day_shifted", "days_of", "midnight"]

DAY_COLUMN = "decided_on"
"""Column of every table of a feed: the day of the decision in the plan's time zone, as text."""


@dataclass(frozen=True, slots=True)
class DaySet:
    """What was known at the end of a day.

    Attributes:
        day: the day.
        mature: labelled rows old enough to be trusted, of the plan's window, without those in quarantine.
        told: labelled rows that became mature on this day, quarantine or not: what the gate looks at.
        traffic: what was decided on this day, with the inputs it was decided on; outcomes unknown.
        immature: rows of the window that are too young or of which nothing was told; never counted as good.
        quarantined: rows of the window that were left out.
        digest: over all three tables.
    """

    day: str
    mature: pa.Table
    told: pa.Table
    traffic: pa.Table
    immature: int
    quarantined: int
    digest: Digest


class DayFeed(Protocol):
    """Where a plan takes its days from; ``key`` and ``time`` are columns of its tables: which row, and decided when."""

    key: str
    time: str

    def take(self, plan: IterationPlan, day: str, quarantine: Sequence[Quarantine]) -> DaySet:
        """What was known at the end of ``day``; the same whenever asked."""
        ...


class TableFeed:
    """A feed over one table: of a lake, a file or a simulator.

    Args:
        table: the inputs, a boolean target, and the columns named here.
        occurred: timestamp column: when it was decided.
        known: timestamp column: when the outcome became known; null while it is not.
        key: column that names a row.
    """

    def __init__(
        self, table: pa.Table, *, occurred: str = "occurred_at", known: str = "known_at", key: str = "event_id"
    ) -> None:
        self._occurred = _micros(table, occurred)
        self._known = _micros(table, known)
        self._table = table.drop_columns([known])
        self.key = key
        self.time = occurred

    def take(self, plan: IterationPlan, day: str, quarantine: Sequence[Quarantine]) -> DaySet:
        """See ``DayFeed``."""
        zone = ZoneInfo(plan.schedule.time_zone)
        end, begin = midnight(day_shifted(day, 1), zone), midnight(day, zone)
        window = plan.window
        first = midnight(day_shifted(day, -(window.train_days + window.test_days + window.mature_days)), zone)
        ready = np.maximum(self._known, self._occurred + window.mature_days * DAY)
        inside = (self._occurred >= first) & (self._occurred < end)
        mature = inside & (ready < end)
        left_out = mature & self._in_quarantine(quarantine, ready, zone)
        parts = [
            self._rows(mature & ~left_out, zone),
            self._rows(mature & (ready >= begin), zone),
            self._rows((self._occurred >= begin) & (self._occurred < end), zone).drop_columns([plan.target]),
        ]
        return DaySet(
            day=day,
            mature=parts[0],
            told=parts[1],
            traffic=parts[2],
            immature=int((inside & ~mature).sum()),
            quarantined=int(left_out.sum()),
            digest=digest_of([data_digest(one) for one in parts]),
        )

    def _rows(self, which: np.ndarray, zone: ZoneInfo) -> pa.Table:
        rows = np.flatnonzero(which)
        taken = self._table.take(pa.array(rows))
        return taken.append_column(DAY_COLUMN, pa.array(days_of(self._occurred[rows], zone), pa.string()))

    def _in_quarantine(self, quarantine: Sequence[Quarantine], ready: np.ndarray, zone: ZoneInfo) -> np.ndarray:
        found = np.zeros(self._occurred.size, dtype=np.bool_)
        for one in quarantine:
            begin, end = midnight(one.day, zone), midnight(day_shifted(one.day, 1), zone)
            instants = self._occurred if one.of == "decided" else ready
            found |= (instants >= begin) & (instants < end)
        return found


def bads_of(table: pa.Table, target: str) -> FloatArray:
    """1 for a bad outcome and 0 for a good one, per row; the target of a feed is a boolean that is never null."""
    return np.asarray(table.column(target).cast(pa.float64()), dtype=np.float64)


def midnight(day: str, zone: ZoneInfo) -> Micros:
    """The first instant of ``day`` in ``zone``."""
    start = datetime.combine(date.fromisoformat(day), datetime.min.time(), zone)
    return Micros(int(start.timestamp()) * SECOND)


def day_shifted(day: str, days: int) -> str:
    """The day so many days later."""
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _micros(table: pa.Table, name: str) -> np.ndarray:
    """Instants of a column; what is null is later than everything."""
    column = table.column(name).cast(pa.timestamp("us")).cast(pa.int64())
    return np.asarray(pc.fill_null(column, 2**62))


def days_of(instants: np.ndarray, zone: ZoneInfo) -> list[str]:
    """The day of each instant in ``zone``; asked once per quarter of an hour, which no zone's midnight divides."""
    quarters, place = np.unique(instants // (900 * SECOND), return_inverse=True)
    names = [datetime.fromtimestamp(int(quarter) * 900, zone).date().isoformat() for quarter in quarters]
    return [names[one] for one in place]
