"""One day at work: what its steps share while they run, and nothing that has to outlive them.

Everything here can be had again after a crash: the rows from the feed, checked against the digest that the first step wrote
down; models from the objects; the rest from the records of the steps before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.models import Model, ModelDocument, encode_document, load_model
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Digest
from tandem.learn.iteration.desk import ReleaseDesk
from tandem.learn.iteration.feeds import DAY_COLUMN, DayFeed, DaySet, day_shifted
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.states import IterationState, Run, Step, StepRecord
from tandem.learn.iteration.store import RunStore
from tandem.learn.iteration.thresholds import Trials
from tandem.learn.training import FloatArray, score_table

__all__ = ["DayWork", "Setting", "Window"]

_STATE = msgspec.json.Decoder(IterationState)


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a plan runs: its rows, its desk, its objects; ``trials`` decides history again with another number in a rule.

    Without ``trials`` no threshold is looked at.
    """

    plan: IterationPlan
    feed: DayFeed
    desk: ReleaseDesk
    store: RunStore
    trials: Trials | None = None


@dataclass(frozen=True, slots=True)
class Window:
    """The days that teach and the days that judge, both ends included, as 2025-11-29."""

    train: tuple[str, str]
    test: tuple[str, str]

    @classmethod
    def of(cls, plan: IterationPlan, day: str) -> Window:
        """The window as of ``day``: the newest mature days judge, the days before them teach."""
        window = plan.window
        last = day_shifted(day, -window.mature_days)
        first = day_shifted(last, 1 - window.test_days)
        taught = day_shifted(first, -1)
        return cls((day_shifted(taught, 1 - window.train_days), taught), (first, last))


@dataclass
class DayWork:
    """The work of ``day``; ``previous`` is the run before it, ``records`` what its steps have written down so far."""

    setting: Setting
    day: str
    previous: Run | None
    records: dict[Step, StepRecord] = field(default_factory=dict)

    @property
    def plan(self) -> IterationPlan:
        """What is asked."""
        return self.setting.plan

    @property
    def stopped(self) -> bool:
        """Whether the day's rows are not to be trusted."""
        return any(self.records[one].verdict == "refused" for one in ("take", "gate") if one in self.records)

    @cached_property
    def state(self) -> IterationState:
        """What the day begins with; the first step wrote it down."""
        return _STATE.decode(self.setting.store.read(self.records["take"].outputs["state"]))

    @cached_property
    def rows(self) -> DaySet:
        """The day's rows.

        Raises:
            IntegrityError: the feed now tells otherwise than when the day began.
        """
        taken = self.setting.feed.take(self.plan, self.day, self.state.quarantine)
        said = self.records["take"].outputs["rows"]
        if taken.digest != said:
            raise IntegrityError(
                "The rows of this day are not those that it began with.",
                code="feed_changed",
                field="day",
                value=self.day,
                hint="what was known at the end of a day does not change: look at how the feed is made",
            )
        return taken

    @cached_property
    def window(self) -> Window:
        """The days that teach and judge."""
        return Window.of(self.plan, self.day)

    def between(self, table: pa.Table, days: tuple[str, str]) -> pa.Table:
        """The rows of ``table`` that were decided between two days, both included; of one in order of days nothing is copied."""
        column = table.column(DAY_COLUMN)
        earlier, until = pc.less(column, days[0]), pc.less_equal(column, days[1])
        if _in_order(column):
            first = pc.sum(earlier).as_py() or 0
            return table.slice(first, max(0, (pc.sum(until).as_py() or 0) - first))
        return table.filter(pc.and_(pc.invert(earlier), until))

    def keep_model(self, document: ModelDocument) -> Digest:
        """Keep a document among the objects."""
        return self.setting.store.keep(encode_document(document))

    def model(self, digest: str) -> Model:
        """The model whose document is kept under ``digest``."""
        return load_model(self.setting.store.read(digest))

    def log_odds(self, digest: str, table: pa.Table) -> FloatArray:
        """What the model kept under ``digest`` says of each row."""
        return score_table(self.model(digest), table)

    def inputs(self, names: Sequence[str]) -> list[str]:
        """The columns that may be learned from, of those a table has."""
        return [name for name in self.plan.inputs if name in set(names)]


def _in_order(days: pa.ChunkedArray) -> bool:
    """Whether no day comes before the one above it."""
    later, before = days.slice(1), days.slice(0, max(0, len(days) - 1))
    return bool(pc.all(pc.greater_equal(later, before)).as_py())
