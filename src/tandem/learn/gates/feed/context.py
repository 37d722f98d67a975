"""A day before its gates: the profile, what was measured of the day, the rows themselves, and the limits."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from tandem.kernel.time import Micros
from tandem.learn.gates.feed.layouts import FeedLayout
from tandem.learn.gates.feed.profiles import FeedProfile
from tandem.learn.gates.feed.records import ColumnDay, DayRecord
from tandem.learn.gates.feed.rulers import ColumnRuler
from tandem.learn.gates.limits import FeedLimits

__all__ = ["DayInQuestion"]


@dataclass(frozen=True, slots=True)
class DayInQuestion:
    """Everything a gate on a feed may look at.

    Attributes:
        profile: of accepted days.
        record: the day, measured with the profile's rulers.
        table: its rows.
        at: the moment of judging.
        limits: what is asked.
        blamed: columns that an earlier gate found broken; what else is odd about them follows from that.
    """

    profile: FeedProfile
    record: DayRecord
    table: pa.Table
    at: Micros
    limits: FeedLimits
    blamed: frozenset[str] = frozenset()

    @property
    def layout(self) -> FeedLayout:
        """The parts columns play."""
        return self.profile.layout

    @property
    def past(self) -> tuple[DayRecord, ...]:
        """The accepted days."""
        return self.profile.days

    @property
    def banded(self) -> bool:
        """Whether there are days enough for bands."""
        return len(self.past) >= self.limits.fewest_days

    @property
    def level(self) -> float:
        """The level of one of as many tests as there are columns (Bonferroni)."""
        return self.limits.chance / max(len(self.profile.rulers), 1)

    def columns(self) -> list[tuple[ColumnRuler, ColumnDay, list[ColumnDay]]]:
        """Per column that is not blamed: its ruler, its day, its past days."""
        return [
            (ruler, self.record.columns[ruler.name], [day.columns[ruler.name] for day in self.past])
            for ruler in self.profile.rulers
            if ruler.name in self.record.columns and ruler.name not in self.blamed
        ]
