"""The metric centre behind the API: measured on the lake, but not more often than it is worth.

What is shown together is measured on one ``Moment``: the release and the lake as both stood then. A page of numbers has one
as-of time, however long its questions take and whatever lands meanwhile.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from typing import Any, Final, TypeVar

from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.kernel.errors import Conflict, InvalidInput, NotFound, Unavailable, near_match
from tandem.kernel.time import SECOND, Clock, Micros, format_instant
from tandem.observe.lake import Lake
from tandem.observe.metrics import Metric, MetricCentre

__all__ = ["Measures", "Moment", "definition_of"]

_REFRESH: Final = SECOND
_TOGETHER: Final = 10 * SECOND
_T = TypeVar("_T")


class Moment:
    """A release and the lake as both stood at one moment; answers that were computed on it are kept with it.

    Attributes:
        live: the release whose metrics they are.
        lake: as it stood.
        centre: measures on it.
        as_of: when the lake was last known to hold everything; ``taken_at``: when this was made.
    """

    def __init__(self, live: LiveRelease, lake: Lake, as_of: Micros, taken_at: Micros) -> None:
        self.live = live
        self.lake = lake
        self.centre = MetricCentre(lake, live.metrics)
        self.as_of = as_of
        self.taken_at = taken_at
        self._kept: dict[Any, Any] = {}

    def once(self, question: Any, compute: Callable[[], _T]) -> _T:
        """The answer to ``question`` on this moment, computed the first time."""
        if question not in self._kept:
            self._kept[question] = compute()
        answer: _T = self._kept[question]
        return answer


class Measures:
    """Metrics of the live release, measured on the lake.

    Args:
        process: whose journal and release.
        lake: where the journal is copied to.
        clock: tells how old the copy is.
        followed: whether another process keeps the lake up to date; else that is done before each measuring.
    """

    def __init__(self, process: DecisionProcess, lake: Lake, clock: Clock, *, followed: bool = False) -> None:
        self.process = process
        self.clock = clock
        self._lake = lake
        self._followed = followed
        self._lock = threading.Lock()
        self._as_of: Micros | None = None
        self._numbers: list[dict[str, Any]] = []
        self._moment: Moment | None = None

    def all(self) -> list[dict[str, Any]]:
        """Every metric with its present number; null where there is nothing to measure yet."""
        with self._lock:
            now = self.clock.now()
            if self._as_of is None or now - self._as_of >= _REFRESH:
                moment = self._take(now)
                self._numbers = [] if moment is None else _measured(moment)
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

    def together(self, ask: Callable[[Moment], _T]) -> _T:
        """What ``ask`` finds on the moment that pages share: at most ten seconds old, one at a time.

        Raises:
            Unavailable: no release is live.
        """
        with self._lock:
            now = self.clock.now()
            held = self._moment
            if held is None or now - held.taken_at >= _TOGETHER or held.live is not self.process.live:
                held = self._moment = self._take(now)
            if held is None:
                raise Unavailable(
                    "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
                )
            try:
                return ask(held)
            except Unavailable:
                self._moment = None  # its files may be gone: the next one who asks gets a new moment
                raise

    def _take(self, now: Micros) -> Moment | None:
        live = self.process.live
        if live is None:
            return None
        if not self._followed:
            with contextlib.suppress(Conflict):  # somebody else is projecting; their copy is as good
                self._lake.project(self.process.journal, live.reader)
        self._lake.define_views(live.views)
        lake = self._lake.moment()
        behind = lake.projected_seq < self.process.journal.head.seq
        return Moment(live, lake, (lake.projected_at or now) if behind else now, now)


def definition_of(metric: Metric) -> dict[str, Any]:
    """What the metric means, in words and in SQL; who answers for it; its version."""
    return {
        "name": metric.name,
        "title": metric.title,
        "description": metric.description,
        "unit": metric.unit,
        "owner": metric.owner,
        "sql": f"{metric.expression} FROM {metric.table}" + (f" WHERE {metric.filter}" if metric.filter else ""),
        "digest": metric.digest,
        "time": metric.time,
        "dimensions": metric.dimensions,
        "better": metric.better,
        "target": metric.target,
        "side": metric.side,
        "simulated": metric.simulated,
    }


def _measured(moment: Moment) -> list[dict[str, Any]]:
    return [_told(one, _number(moment.centre, one), moment.as_of) for one in moment.live.metrics]


def _number(centre: MetricCentre, metric: Metric) -> int | float | None:
    try:
        return centre.number(metric.name)
    except (NotFound, InvalidInput):  # its table has no rows yet, or not all of its columns
        return None


def _told(metric: Metric, value: float | None, as_of: Micros) -> dict[str, Any]:
    return {
        **definition_of(metric),
        "value": value,
        "as_of": None if value is None else format_instant(as_of),
    }
