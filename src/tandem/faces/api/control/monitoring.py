"""Monitoring: what is live, and how models do. Looks are taken by a process of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Path, Query
from prometheus_client.core import GaugeMetricFamily, Metric
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import Problems, answers
from tandem.faces.api.gate import principal_of
from tandem.faces.api.shapes.monitoring import (
    InventoryItem,
    InventoryPage,
    ModelMonitoring,
)
from tandem.kernel.errors import InvalidInput, NotFound, Unavailable, near_match
from tandem.kernel.time import DAY, Clock, Micros, format_instant, parse_instant
from tandem.learn.monitoring import (
    Looked,
    ModelAsked,
    ModelReport,
    MonitoringDesk,
    take_model_inventory,
)

__all__ = [
    "MAX_AGE",
    "NO_DESK",
    "MaxAge",
    "desk_there",
    "live_release",
    "monitoring_families",
    "monitoring_router",
    "state_of",
]

ALERTS_MAX: Final = 200
"""Series of open alerts that Prometheus is told; the rest is counted together."""
MAX_AGE: Final = 900
NO_DESK: Final[Problems] = {503: ("no_monitoring", "no_release")}
_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
MaxAge = Annotated[int, Query(ge=0, le=30 * 86_400, description="seconds; what was seen longer ago is looked at anew")]
_By = Annotated[
    str | None, Query(pattern="^[a-z][a-z0-9_]{0,79}$", description="month, release, or a field that names a segment")
]
_From = Annotated[str | None, Query(alias="from", max_length=40, description="event time, RFC 3339; within")]
_Until = Annotated[str | None, Query(max_length=40, description="event time, RFC 3339; no more within")]


def monitoring_router(process: DecisionProcess, desk: MonitoringDesk | None, clock: Clock) -> APIRouter:
    """What is live and how it does; without a desk nobody looks, and only the inventory is told."""
    router = APIRouter(tags=["monitoring"])

    def of_model(asked: ModelAsked, max_age: int, by: str) -> ModelMonitoring:
        live = live_release(process)
        if asked.model not in live.models:
            raise NotFound(
                "No live model has this name.",
                code="unknown_model",
                field="model",
                value=asked.model,
                hint=near_match(asked.model, live.models),
            )
        found = desk_there(desk).look(asked, max_age_s=max_age, by=by)
        report = None if found.report is None else msgspec.json.decode(found.report, type=ModelReport)
        return ModelMonitoring(**state_of(found), report=report)

    @router.get(
        "/v1/inventory",
        summary="Live models and policies, with owner, approver, purpose and next review",
        responses=answers(InventoryPage, "Models first.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def inventory(
        request: Request,
        review_days: Annotated[int, Query(ge=1, le=3_650, description="from going live to the next review")] = 365,
    ) -> Response:
        return json_response(request, await run_in_threadpool(_inventory, process, desk, clock, review_days))

    @router.get(
        "/v1/monitoring/{model}",
        summary="How a model does on its decisions, with intervals, limits and owners of alerts",
        description="A process of its own looks, and decisions are not disturbed: ask again while it is looking. What was seen is"
        " kept; every live model is looked at by month once a day.",
        responses=answers(
            ModelMonitoring,
            "As far as somebody has looked.",
            problems=[
                {404: ("unknown_model",), 422: ("invalid_parameter", "invalid_range", "invalid_instant")},
                NO_DESK,
            ],
        ),
    )
    async def monitoring(
        request: Request,
        model: _Name,
        by: _By = None,
        since: _From = None,
        until: _Until = None,
        max_age: MaxAge = MAX_AGE,
    ) -> Response:
        asked = ModelAsked(model=model, by=by, since=_instant("from", since), until=_instant("until", until))
        if asked.since is not None and asked.until is not None and asked.since >= asked.until:
            raise InvalidInput(
                "The end is not after the beginning.", code="invalid_range", field="until", value=until,
                hint="give a later time",
            )  # fmt: skip
        return json_response(request, await run_in_threadpool(of_model, asked, max_age, principal_of(request).name))

    return router


def monitoring_families(desk: MonitoringDesk | None) -> Iterator[Metric]:
    """Alerts of the last daily look at each model, for ``/metrics``; at most ``ALERTS_MAX`` series and one for the rest."""
    if desk is None:
        return
    alerts = GaugeMetricFamily(
        "tandem_model_alerts",
        "Figures of a model beyond their limit at the last daily look, over how many groups of decisions",
        labels=["model", "figure", "owner"],
    )
    looked = GaugeMetricFamily(
        "tandem_model_looked_at_seconds", "When a model was looked at last, Unix time", labels=["model"]
    )
    counts: Counter[tuple[str, str, str]] = Counter()
    for model, (at, found) in sorted(desk.open_alerts.items()):
        looked.add_metric([model], at / 1_000_000)
        counts.update((model, one.figure, one.owner) for one in found)
    ordered = sorted(counts.items())
    for labels, count in ordered[:ALERTS_MAX]:
        alerts.add_metric(list(labels), count)
    if len(ordered) > ALERTS_MAX:
        alerts.add_metric(["", "others", ""], sum(count for _, count in ordered[ALERTS_MAX:]))
    yield from (alerts, looked)


def _inventory(process: DecisionProcess, desk: MonitoringDesk | None, clock: Clock, review_days: int) -> InventoryPage:
    if desk is not None:
        desk.refresh()
    opened = {} if desk is None else desk.open_alerts
    entries = take_model_inventory(process.state.register, now=clock.now(), review_every=review_days * DAY)
    items = []
    for one in entries:
        told = msgspec.structs.asdict(one)
        told |= {"live_since": format_instant(one.live_since), "next_review": format_instant(one.next_review)}
        item = InventoryItem(**told)
        if one.kind == "model" and one.name in opened:
            at, alerts = opened[one.name]
            item.alerts, item.looked_at = len(alerts), format_instant(at)
        items.append(item)
    return InventoryPage(items=items)


def state_of(found: Looked) -> dict[str, Any]:
    """What is told of every look, whatever it was at."""
    at = found.taken_at
    return {"state": found.state, "taken_at": None if at is None else format_instant(at), "error": found.error}


def _instant(field: str, text: str | None) -> Micros | None:
    if text is None:
        return None
    try:
        return parse_instant(text)
    except InvalidInput as error:
        raise InvalidInput(
            "This is no time.", code=error.code, field=field, value=text, hint="write 2026-11-24T06:38:00Z"
        ) from None


def desk_there(desk: MonitoringDesk | None) -> MonitoringDesk:
    """The desk.

    Raises:
        Unavailable: there is none.
    """
    if desk is None:
        raise Unavailable("Nobody looks here.", code="no_monitoring", hint="ask the server: tandem serve")
    return desk


def live_release(process: DecisionProcess) -> LiveRelease:
    """The release in force.

    Raises:
        Unavailable: there is none.
    """
    if process.live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return process.live
