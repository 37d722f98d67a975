"""The feed of a deployment: the journal as it stood at the end of a day, by way of the lake and the label's definition.

What was captured when each decision was taken is what is learned from and what a challenger is computed on. The same day asked
again is read at the same place of the journal, so it comes out the same, whatever was recorded since; a person who was erased
since is gone from it, and the day then says so instead of going on.
"""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.decisions import Beside
from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import Conflict, DefinitionError, Unavailable
from tandem.kernel.time import DAY, Clock, Micros, format_instant
from tandem.learn.datasets import DatasetSpec, as_of, build, traffic
from tandem.learn.iteration.feeds import DAY_COLUMN, DaySet, day_shifted, days_of, midnight
from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.states import Quarantine
from tandem.learn.labels import Asked, OutcomeDefinition, label_named
from tandem.learn.training import data_digest
from tandem.observe.lake import Lake

__all__ = ["LakeFeed"]

_TOLD_OF_LABELS = ("label_known_at", "label_settled_at", "decision_outcome", "decision_policy", "decision_propensity")


class LakeFeed:
    """Days of what ``beside`` has recorded.

    Args:
        beside: the journal, read beside whoever writes it.
        lake: follows the journal.
        clock: tells which days are over.
    """

    key = "row_id"
    time = "occurred_at"

    def __init__(self, beside: Beside, lake: Lake, clock: Clock) -> None:
        self._beside = beside
        self._lake = lake
        self._clock = clock

    def take(self, plan: IterationPlan, day: str, quarantine: Sequence[Quarantine]) -> DaySet:
        """See ``DayFeed``.

        Raises:
            Conflict: the day is not over.
            DefinitionError: the label needs longer than the plan waits.
            NotFound: no such label is live.
            Unavailable: no release is live, or the lake does not catch up.
        """
        zone = ZoneInfo(plan.schedule.time_zone)
        begin, end = midnight(day, zone), midnight(day_shifted(day, 1), zone)
        if self._clock.now() < end:
            raise Conflict(
                f"{day} is not over in {plan.schedule.time_zone}.", code="day_not_over", field="day", value=day,
                hint="run the day before it",
            )  # fmt: skip
        label = self._label(plan)
        asked = as_of(self._beside, format_instant(end))
        window = plan.window
        first = midnight(day_shifted(day, -(window.train_days + window.test_days + window.mature_days)), zone)
        spec = DatasetSpec(label=label, seq=asked.seq, at=end, since=first, until=end)
        built = build(self._beside, self._lake, spec, clock=self._clock)
        rows = built.rows
        settled = rows["label_settled_at"].cast(pa.int64()).to_numpy()
        set_aside = self._set_aside(rows, settled, quarantine, zone)
        whole = _plain(rows, plan.target, zone)
        mature, told = whole.filter(pa.array(~set_aside)), whole.filter(pa.array(settled >= begin))
        decided = self._traffic(label, asked, begin, end, zone)
        return DaySet(
            day=day,
            mature=mature,
            told=told,
            traffic=decided,
            immature=built.manifest.counts.immature + built.manifest.counts.provisional,
            quarantined=int(set_aside.sum()),
            digest=digest_of([data_digest(one) for one in (mature, told, decided)]),
        )

    def _label(self, plan: IterationPlan) -> OutcomeDefinition:
        live = self._beside.live()
        if live is None:
            raise Unavailable("No release is live yet.", code="no_release", hint="tandem push, review, release")
        definition = label_named(live, plan.label).definition
        if (definition.matures_us or 0) > plan.window.mature_days * DAY:
            raise DefinitionError(
                "The label is trusted later than the plan waits.", code="window_too_short", field="window.mature_days",
                value=plan.window.mature_days, hint=f"at least {definition.matures}",
            )  # fmt: skip
        return definition

    def _traffic(self, label: OutcomeDefinition, asked: Asked, begin: Micros, end: Micros, zone: ZoneInfo) -> pa.Table:
        """Everything that was decided in the day, with what was captured; outcomes are not asked."""
        spec = DatasetSpec(label=label, seq=asked.seq, at=end, since=begin, until=end)
        everything = traffic(self._beside, self._lake, spec).sort_by("row_seq")
        return _plain(everything.filter(pc.is_valid(everything["decision_outcome"])), None, zone)

    def _set_aside(
        self, rows: pa.Table, settled: np.ndarray, quarantine: Sequence[Quarantine], zone: ZoneInfo
    ) -> np.ndarray:
        occurred = rows["occurred_at"].cast(pa.int64()).to_numpy()
        found = np.zeros(rows.num_rows, dtype=np.bool_)
        for one in quarantine:
            begin, end = midnight(one.day, zone), midnight(day_shifted(one.day, 1), zone)
            instants = occurred if one.of == "decided" else settled
            found |= (instants >= begin) & (instants < end)
        return found


def _plain(rows: pa.Table, target: str | None, zone: ZoneInfo) -> pa.Table:
    """Facts, name and time of each row, its day, and the outcome under the plan's name for it."""
    occurred = rows["occurred_at"].cast(pa.int64()).to_numpy()
    bad = rows["label_bad"]
    plain = rows.drop_columns([one for one in (*_TOLD_OF_LABELS, "label_bad") if one in rows.column_names])
    plain = plain.append_column(DAY_COLUMN, pa.array(days_of(occurred, zone), pa.string()))
    return plain if target is None else plain.append_column(target, bad)
