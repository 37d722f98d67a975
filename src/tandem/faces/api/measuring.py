"""The metric centre behind the API: measured on the lake, but not more often than it is worth."""

from __future__ import annotations

import contextlib
import threading
from typing import Any, Final

from tandem.decide.decisions import DecisionProcess
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, near_match
from tandem.kernel.time import SECOND, Clock, Micros, format_instant
from tandem.observe.lake import Lake
from tandem.observe.metrics import Metric, MetricCentre

__all__ = ["Measures"]

_REFRESH: Final = SECOND


class Measures:
    """Metrics of the live release, measured on the lake.

    Args:
        process: whose journal and release.
        lake: where the journal is copied to.
        clock: tells how old the copy is.
        followed: whether another process keeps the lake up to date; else that is done before each measuring.
    """

    def __init__(self, process: DecisionProcess, lake: Lake, clock: Clock, *, followed: bool = False) -> None:
        self._process = process
        self._lake = lake
        self._clock = clock
        self._followed = followed
        self._lock = threading.Lock()
        self._as_of: Micros | None = None
        self._numbers: list[dict[str, Any]] = []

    def all(self) -> list[dict[str, Any]]:
        """Every metric with its present number; null where there is nothing to measure yet."""
        with self._lock:
            now = self._clock.now()
            if self._as_of is None or now - self._as_of >= _REFRESH:
                self._numbers = self._measure(now)
                self._as_of = now
            return self._numbers

    def one(self, name: str) -> dict[str, Any]:
        """The metric of that name.

        Raises:
            NotFound: there is none.
        """
        found = {each["name"]: each for each in self.all()}
        if name not in found:
            raise NotFound(
                "No metric has this name.",
                code="unknown_metric",
                field="name",
                value=name,
                hint=near_match(name, found),
            )
        return found[name]

    def _measure(self, now: Micros) -> list[dict[str, Any]]:
        live = self._process.live
        if live is None:
            return []
        metrics = live.metrics
        if not metrics:
            return []
        if not self._followed:
            with contextlib.suppress(Conflict):  # somebody else is projecting; their copy is as good
                self._lake.project(self._process.journal, live.reader)
        behind = self._lake.projected_seq < self._process.journal.head.seq
        as_of = (self._lake.projected_at or now) if behind else now
        self._lake.define_views(live.views)
        centre = MetricCentre(self._lake, metrics)
        return [_told(one, _number(centre, one), as_of) for one in metrics]


def _number(centre: MetricCentre, metric: Metric) -> int | float | None:
    try:
        return centre.number(metric.name)
    except (NotFound, InvalidInput):  # its table has no rows yet, or not all of its columns
        return None


def _told(metric: Metric, value: float | None, as_of: Micros) -> dict[str, Any]:
    return {
        "name": metric.name,
        "title": metric.title,
        "description": metric.description,
        "unit": metric.unit,
        "owner": metric.owner,
        "sql": f"{metric.expression} FROM {metric.table}" + (f" WHERE {metric.filter}" if metric.filter else ""),
        "digest": metric.digest,
        "value": value,
        "as_of": None if value is None else format_instant(as_of),
    }
