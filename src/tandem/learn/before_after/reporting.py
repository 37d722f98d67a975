"""The report: every metric on both sides, and how long changes took."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tandem.kernel.artefacts import ArtefactRegister
from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant
from tandem.learn.before_after.launching import FirstLive, launch_times
from tandem.learn.before_after.moving import every_day, move_of, verdict_of
from tandem.learn.before_after.types import EffectReport, MetricEffect, Side
from tandem.learn.before_after.words import compared_words, sentence_of
from tandem.observe.metrics import Metric, MetricCentre, Words, parts_of

__all__ = ["check_sides", "effect_report", "history_of"]

_BY_RELEASE = "release"

_MISSING = {
    "no_table": Words(en="Its table is not in the lake yet.", zh="数据湖中尚无其数据表。"),
    "no_column": Words(en="Its table lacks a column that it reads.", zh="其数据表缺少所需的列。"),
    "no_dimension": Words(en="It does not tell releases apart.", zh="该指标不区分版本。"),
    "no_rows": Words(en="There is nothing to measure on one side.", zh="其中一侧没有可度量的数据。"),
}


def check_sides(then: Side, now: Side) -> None:
    """Refuse a comparison that would say nothing.

    Raises:
        InvalidInput: a side ends before it begins, the sides overlap, or only one of them names a release.
    """
    for name, side in (("then", then), ("now", now)):
        if side.start is not None and side.end is not None and side.end <= side.start:
            raise InvalidInput(
                "The stretch ends before it begins.", code="invalid_range", field=name,
                value=f"{format_instant(side.start)} to {format_instant(side.end)}", hint="swap the two ends",
            )  # fmt: skip
    if (then.release is None) != (now.release is None):
        raise InvalidInput(
            "One side names a release and the other does not.", code="invalid_comparison", field="release",
            hint="name a release on both sides, or on neither",
        )  # fmt: skip
    if then.release is not None and then.release == now.release:
        raise InvalidInput(
            "Both sides are the same release.", code="invalid_comparison", field="release", value=then.release,
            hint="name another one; tandem releases lists them",
        )  # fmt: skip
    if then.release is None and (then.end is None or now.start is None or now.start < then.end):
        raise InvalidInput(
            "The two stretches overlap.", code="invalid_comparison", field="then",
            hint="let the first end where the second begins, or earlier",
        )  # fmt: skip


def effect_report(centre: MetricCentre, then: Side, now: Side, history: Iterable[FirstLive]) -> EffectReport:
    """Every metric of ``centre`` before and after, those of the overview first.

    Args:
        history: releases that went live, oldest first; launches are told for stretches of time only.

    Raises:
        InvalidInput: as ``check_sides``.
    """
    check_sides(then, now)
    ordered = sorted(centre.metrics.values(), key=lambda one: (one.overview == 0, one.overview, one.name))
    releases = list(history)
    timed = then.release is None
    return EffectReport(
        then=then,
        now=now,
        compared=compared_words(then, now),
        metrics=tuple(_effect(centre, metric, then, now) for metric in ordered),
        launches_then=launch_times(releases, then) if timed else None,
        launches_now=launch_times(releases, now) if timed else None,
    )


def history_of(register: ArtefactRegister) -> tuple[FirstLive, ...]:
    """Every time a release went live, with the versions that had never been live before."""
    seen: set[Digest] = set()
    found = []
    for activation in register.went_live:
        manifest = register.release_of(activation.release).manifest
        first = [register.version(digest) for digest in manifest.values() if digest not in seen]
        seen |= set(manifest.values())
        found.append(FirstLive(at=activation.at, rolled_back=activation.rolled_back, first=tuple(first)))
    return tuple(found)


def _effect(centre: MetricCentre, metric: Metric, then: Side, now: Side) -> MetricEffect:
    shape = parts_of(metric).shape
    move = verdict = missing = None
    if then.release is not None and _BY_RELEASE not in metric.dimensions:
        missing = "no_dimension"
    else:
        try:
            asked = [_question(centre, metric, side) for side in (then, now)]
            days = [centre.days(metric.name, **one) for one in asked]
            whole = [centre.number(metric.name, **one) if shape == "neither" else None for one in asked]
            if shape == "additive":
                days = [every_day(found, side) for found, side in zip(days, (then, now), strict=True)]
            move = move_of(shape, days[0], days[1], (whole[0], whole[1]))
        except NotFound:
            missing = "no_table"
        except InvalidInput:
            missing = "no_column"
    if move is not None and move.difference is None:
        missing = "no_rows"
    elif move is not None:
        verdict = verdict_of(move, metric.better)
    return MetricEffect(
        name=metric.name,
        title=metric.title,
        unit=metric.unit,
        owner=metric.owner,
        better=metric.better,
        side=metric.side,
        simulated=metric.simulated,
        digest=metric.digest,
        move=move,
        verdict=verdict,
        missing=missing,
        sentence=_MISSING[missing] if missing else sentence_of(metric, move, verdict),  # type: ignore[arg-type]
    )


def _question(centre: MetricCentre, metric: Metric, side: Side) -> dict[str, Any]:
    """What the metric centre is asked of one side. A view may show the beginning of a release's digest only."""
    between = (side.start, side.end)
    if side.release is None:
        return {"between": between}
    shown = [point.by[_BY_RELEASE] for point in centre.value(metric.name, by=[_BY_RELEASE]).points]
    same = [text for text in shown if text and side.release.startswith(text)]
    return {"between": between, "where": {_BY_RELEASE: same[0] if same else side.release}}
