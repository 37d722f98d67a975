"""The overview: numbers over a stretch of time beside the stretch before, and what moved them.

A tile whose stretch up to now holds nothing shows the last stretch that does hold something, and says so by its dates; one
that has no data at all says what is missing. Nothing is made up, and nothing is carried forward.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any, Final, Literal, TypeAlias

import msgspec

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.measuring import Measures, Moment, definition_of
from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros, format_instant
from tandem.observe.metrics import (
    Change,
    Grain,
    Metric,
    MetricCentre,
    MetricPoint,
    Number,
    Period,
    grain_for,
    parts_of,
    period_of,
    period_starts,
    span_of,
)

__all__ = ["Overview"]

GROUPS_MAX: Final = 12
"""Lines of one chart."""
PARTS_MAX: Final = 6
"""Segments told of one dimension."""
EVENTS_MAX: Final = 100
"""Releases and list changes told."""
Missing: TypeAlias = Literal["no_table", "no_column", "no_rows"]


class Overview:
    """Asks the metric centre for what a page shows together.

    Args:
        measures: where moments come from.
    """

    def __init__(self, measures: Measures) -> None:
        self._measures = measures

    def tiles(self, stretch: str) -> dict[str, Any]:
        """Every metric that has a place on the overview, over ``stretch`` (``24h``, ``7d``, ``all`` ...).

        Raises:
            InvalidInput: not a stretch.
            Unavailable: no release is live, or the lake changed meanwhile.
        """
        span = span_of(stretch)

        def ask(moment: Moment) -> dict[str, Any]:
            return moment.once(("tiles", stretch), lambda: self._tiles(moment, stretch, span))

        return self._measures.together(ask)

    def series(
        self,
        name: str,
        *,
        stretch: str = "7d",
        between: tuple[Micros | None, Micros | None] = (None, None),
        grain: Grain | None = None,
        by: str | None = None,
    ) -> dict[str, Any]:
        """One metric over time, broken down by ``by`` where it is given.

        Args:
            name: of the metric.
            stretch: how long, where ``between`` does not say from when.
            between: from (included), to (excluded).
            grain: length of the buckets; chosen by the stretch when left out.

        Raises:
            NotFound: no such metric.
            InvalidInput: an unknown dimension, or a stretch that ends before it begins.
            Unavailable: no release is live, or the lake changed meanwhile.
        """
        span = span_of(stretch)

        def ask(moment: Moment) -> dict[str, Any]:
            metric = moment.centre.metric(name)
            question = ("series", name, stretch, between, grain, by)
            return moment.once(question, lambda: _series(moment, metric, span, between, grain, by))

        return self._measures.together(ask)

    def changes(self, stretch: str) -> dict[str, Any]:
        """What changed in ``stretch``: releases, lists, and the moves of the tiles with what made them.

        Raises:
            InvalidInput: not a stretch of hours or days.
            Unavailable: no release is live, or the lake changed meanwhile.
        """
        span = span_of(stretch)

        def ask(moment: Moment) -> dict[str, Any]:
            return moment.once(("changes", stretch), lambda: self._changes(moment, span))

        return self._measures.together(ask)

    def _tiles(self, moment: Moment, stretch: str, span: int | None) -> dict[str, Any]:
        chosen = _of_overview(moment)
        return {
            "as_of": format_instant(moment.as_of),
            "range": stretch,
            "tiles": [_tile(moment, metric, span) for metric in chosen],
        }

    def _changes(self, moment: Moment, span: int | None) -> dict[str, Any]:
        end = Micros(moment.as_of + 1)
        start = Micros(0) if span is None else period_of(end, span).start
        moves = []
        for metric in _of_overview(moment):
            move = None if span is None else _move(moment, metric, span)
            if move is not None:
                moves.append(move)
        return {
            "as_of": format_instant(moment.as_of),
            "from": format_instant(start),
            "to": format_instant(end),
            "releases": _releases(moment, start, self._measures.process),
            "list_changes": _list_changes(moment, start),
            "moves": moves,
        }


def _of_overview(moment: Moment) -> list[Metric]:
    return sorted((one for one in moment.live.metrics if one.overview), key=lambda one: (one.overview, one.name))


class _Looked(msgspec.Struct, frozen=True):
    """Where a metric's data lie: the stretch to show, or why there is none."""

    period: Period | None
    extent: tuple[Micros, Micros] | None
    missing: Missing | None = None


def _look(moment: Moment, metric: Metric, span: int | None, grain: Grain | None = None) -> _Looked:
    try:
        extent = moment.once(("extent", metric.name), lambda: moment.centre.extent(metric.name))
    except NotFound:
        return _Looked(None, None, "no_table")
    except InvalidInput:
        return _Looked(None, None, "no_column")
    if extent is None:
        return _Looked(None, None, "no_rows")
    first, last = extent
    end = Micros(max(moment.as_of, 0) + 1)
    if span is None:
        end = min(end, Micros(last + 1)) if last < end else end
        return _Looked(Period(start=first, end=end, grain=grain or grain_for(end - first)), extent)
    period = period_of(end, span, grain)
    if last < period.start:
        period = period_of(Micros(last + 1), span, grain)
    if period.before is not None and first >= period.before[1]:
        period = msgspec.structs.replace(period, before=None)
    return _Looked(period, extent)


def _tile(moment: Moment, metric: Metric, span: int | None) -> dict[str, Any]:
    looked = _look(moment, metric, span)
    tile: dict[str, Any] = {
        **definition_of(metric),
        "value": None,
        "previous": None,
        "missing": looked.missing,
        "anchored": False,
        "points": [],
    }
    period = looked.period
    if period is None:
        return tile
    centre = moment.centre
    tile["value"] = centre.number(metric.name, between=(period.start, period.end))
    if period.before is not None:
        tile["previous"] = centre.number(metric.name, between=period.before)
    points = centre.value(metric.name, between=(period.start, period.end), grain=period.grain).points
    tile["points"] = _filled(metric, points, period)
    return {**tile, **_told_period(period), "anchored": period.end <= moment.as_of}


def _told_period(period: Period) -> dict[str, Any]:
    before = period.before
    return {
        "from": format_instant(period.start),
        "to": format_instant(period.end),
        "grain": period.grain,
        "previous_from": None if before is None else format_instant(before[0]),
        "previous_to": None if before is None else format_instant(before[1]),
    }


def _filled(metric: Metric, points: Sequence[MetricPoint], period: Period) -> list[dict[str, Any]]:
    """A value for every bucket; of what adds up nothing is 0, of the rest it is unknown."""
    nothing: Number = 0 if parts_of(metric).shape == "additive" else None
    found = {point.period: point.value for point in points}
    starts = period_starts(period.start, period.end, period.grain)
    return [{"at": format_instant(at), "value": found.get(at, nothing)} for at in starts]


def _series(
    moment: Moment,
    metric: Metric,
    span: int | None,
    between: tuple[Micros | None, Micros | None],
    grain: Grain | None,
    by: str | None,
) -> dict[str, Any]:
    if by is not None and by not in metric.dimensions:
        raise InvalidInput(
            "The metric has no such dimension.",
            code="unknown_dimension",
            field="by",
            value=by,
            hint="known: " + ", ".join(metric.dimensions) if metric.dimensions else "it has none",
        )
    looked = _look(moment, metric, span, grain)
    told: dict[str, Any] = {
        "metric": definition_of(metric),
        "as_of": format_instant(moment.as_of),
        "by": by,
        "value": None,
        "previous": None,
        "missing": looked.missing,
        "anchored": False,
        "groups": [],
        "groups_left_out": 0,
    }
    period = _within(looked, between, grain)
    if period is None:
        return told
    told |= _told_period(period)
    told["anchored"] = between == (None, None) and period.end <= moment.as_of
    centre, inside = moment.centre, (period.start, period.end)
    told["value"] = centre.number(metric.name, between=inside)
    if period.before is not None:
        told["previous"] = centre.number(metric.name, between=period.before)
    if by is None:
        points = centre.value(metric.name, between=inside, grain=period.grain).points
        whole = {"value": None, "total": told["value"], "previous": told["previous"]}
        told["groups"] = [{**whole, "points": _filled(metric, points, period)}]
        return told
    return told | _grouped(centre, metric, by, period)


def _grouped(centre: MetricCentre, metric: Metric, by: str, period: Period) -> dict[str, Any]:
    inside = (period.start, period.end)
    totals = {point.by[by]: point.value for point in centre.value(metric.name, by=[by], between=inside).points}
    before = (
        {}
        if period.before is None
        else {point.by[by]: point.value for point in centre.value(metric.name, by=[by], between=period.before).points}
    )
    shown = sorted(totals, key=lambda value: (-abs(totals[value] or 0), value or ""))[:GROUPS_MAX]
    points: dict[str | None, list[MetricPoint]] = {value: [] for value in shown}
    for point in centre.value(metric.name, by=[by], between=inside, grain=period.grain).points:
        if point.by[by] in points:
            points[point.by[by]].append(point)
    return {
        "groups": [
            {
                "value": value,
                "total": totals[value],
                "previous": before.get(value),
                "points": _filled(metric, points[value], period),
            }
            for value in shown
        ],
        "groups_left_out": len(totals) - len(shown),
    }


def _within(looked: _Looked, between: tuple[Micros | None, Micros | None], grain: Grain | None) -> Period | None:
    """The stretch to show: as looked up, or from and to as they were given."""
    period = looked.period
    start, end = between
    if period is None or (start is None and end is None):
        return period
    end = period.end if end is None else end
    start = period.start if start is None else start
    if end <= start:
        raise InvalidInput(
            "The stretch ends before it begins.", code="invalid_range", field="to", value=format_instant(end)
        )
    length = end - start
    before = (Micros(start - length), start)
    has_before = looked.extent is not None and looked.extent[0] < start
    return Period(start=start, end=end, grain=grain or grain_for(length), before=before if has_before else None)


def _move(moment: Moment, metric: Metric, span: int) -> dict[str, Any] | None:
    """How a tile moved, and which segments moved it; None where there is nothing to compare with."""
    period = _look(moment, metric, span).period
    if period is None or period.before is None:
        return None
    inside = (period.start, period.end)
    if parts_of(metric).shape == "neither":
        changes = [moment.centre.change(metric.name, None, then=period.before, now=inside)]
    else:
        changes = [moment.centre.change(metric.name, None, then=period.before, now=inside)]
        for one in metric.dimensions:
            with suppress(InvalidInput):  # a dimension that its table has not tells nothing; the move stands
                changes.append(moment.centre.change(metric.name, one, then=period.before, now=inside))
    whole = changes[0]
    return {
        "name": metric.name,
        "title": metric.title,
        "unit": metric.unit,
        "better": metric.better,
        "simulated": metric.simulated,
        "shape": whole.shape,
        "value": whole.now,
        "previous": whole.then,
        "change": whole.change,
        **_told_period(period),
        "dimensions": [_told_parts(one) for one in changes if one.dimension is not None and len(one.parts) > 1],
    }


def _told_parts(change: Change) -> dict[str, Any]:
    told, rest = change.parts[:PARTS_MAX], change.parts[PARTS_MAX:]
    return {
        "dimension": change.dimension,
        "parts": told,
        "rest_added": sum(one.added for one in rest),
        "rest_count": len(rest),
    }


def _releases(moment: Moment, start: Micros, process: DecisionProcess) -> list[dict[str, Any]]:
    if "artefact_changes" not in moment.lake.tables():
        return []
    rows = moment.lake.sql(
        "SELECT seq, epoch_us(recorded_at) AS at, change, release, released_by, note FROM artefact_changes "
        "WHERE release IS NOT NULL ORDER BY seq"
    ).to_pylist()
    register = process.state.register
    told: list[dict[str, Any]] = []
    standing: dict[str, Digest] = {}
    for row in rows:
        manifest = dict(register.release_of(Digest(row["release"])).manifest)
        parts = [
            {"artefact": key, "change": _kind(standing.get(key), manifest.get(key))}
            for key in sorted({*standing, *manifest})
            if standing.get(key) != manifest.get(key)
        ]
        standing = manifest
        if row["at"] >= start:
            told.append(
                {
                    "seq": row["seq"],
                    "at": format_instant(Micros(row["at"])),
                    "change": row["change"],
                    "release": row["release"],
                    "by": row["released_by"] or "",
                    "note": row["note"] or "",
                    "artefacts": parts,
                }
            )
    return told[::-1][:EVENTS_MAX]


def _kind(then: Digest | None, now: Digest | None) -> str:
    return "added" if then is None else "removed" if now is None else "changed"


def _list_changes(moment: Moment, start: Micros) -> list[dict[str, Any]]:
    if "list_changes" not in moment.lake.tables():
        return []
    rows = moment.lake.sql(
        "SELECT list, count(*) AS changes, epoch_us(max(recorded_at)) AS newest_us, "
        "sum(coalesce(json_array_length(body::JSON -> 'add'), 0)) AS added, "
        "sum(coalesce(json_array_length(body::JSON -> 'remove'), 0)) AS removed, "
        "list(DISTINCT changed_by) AS people FROM list_changes "
        "WHERE epoch_us(recorded_at) >= $start_us GROUP BY list ORDER BY newest_us DESC",
        {"start_us": start},
    ).to_pylist()
    return [
        {
            "name": row["list"],
            "changes": row["changes"],
            "added": int(row["added"]),
            "removed": int(row["removed"]),
            "by": sorted(one for one in row["people"] if one),
            "at": format_instant(Micros(row["newest_us"])),
        }
        for row in rows[:EVENTS_MAX]
    ]
