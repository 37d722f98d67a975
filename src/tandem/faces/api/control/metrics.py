"""Numbers of the metric centre, and the overview made of them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import Problems, answers
from tandem.faces.api.measuring import Measures
from tandem.faces.api.overseeing import Overview
from tandem.faces.api.shapes.metrics import MetricPage, MetricSeries, MetricSummary, OverviewChanges, OverviewPage
from tandem.kernel.errors import NotFound, Unavailable
from tandem.kernel.time import parse_instant
from tandem.observe.metrics import Grain

__all__ = ["metric_router"]

MetricName = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
Stretch = Annotated[
    str,
    Query(
        alias="range",
        pattern="^([1-9][0-9]{0,2}[hd]|all)$",
        description="the last so many hours or days, or all; compared with the same stretch before",
    ),
]
Day = Annotated[
    str, Query(alias="range", pattern="^[1-9][0-9]{0,2}[hd]$", description="the last so many hours or days")
]
_MEASURED: Problems = {503: ("lake_changed", "no_lake", "no_release", "query_timeout")}


def metric_router(measures: Measures | None) -> APIRouter:
    """Metrics of the live release; none without a lake."""
    router = APIRouter(tags=["metrics"])
    overview = None if measures is None else Overview(measures)

    @router.get(
        "/v1/metrics",
        summary="Every metric with its number",
        description="At most a few seconds old. Prometheus' metrics of the server itself are at /metrics.",
        responses=answers(MetricPage, "Metrics."),
    )
    async def metrics(request: Request) -> Response:
        found = [] if measures is None else await run_in_threadpool(measures.all)
        return json_response(request, {"metrics": found})

    @router.get(
        "/v1/metrics/{name}",
        summary="One metric with its number",
        responses=answers(
            MetricSummary, "The metric.", problems=[{404: ("unknown_metric",), 422: ("invalid_parameter",)}]
        ),
    )
    async def metric(request: Request, name: MetricName) -> Response:
        if measures is None:
            raise NotFound("There is no lake to measure.", code="unknown_metric", field="name", value=name)
        return json_response(request, await run_in_threadpool(measures.one, name))

    @router.get(
        "/v1/metrics/{name}/series",
        summary="One metric over time, by a dimension",
        description="At most twelve values of the dimension, the largest first. Empty buckets of counts are 0, of the "
        "rest null.",
        responses=answers(
            MetricSeries,
            "The metric over time.",
            problems=[
                _MEASURED,
                {
                    404: ("unknown_metric",),
                    422: (
                        "instant_without_offset",
                        "invalid_instant",
                        "invalid_parameter",
                        "invalid_range",
                        "personal_dimension",
                        "unknown_column",
                        "unknown_dimension",
                    ),
                },
            ],
        ),
    )
    async def series(
        request: Request,
        name: MetricName,
        stretch: Stretch = "7d",
        grain: Annotated[Grain | None, Query()] = None,
        by: Annotated[str | None, Query(max_length=80, description="a dimension of the metric")] = None,
        start: Annotated[str | None, Query(alias="from", max_length=40, description="RFC 3339")] = None,
        end: Annotated[str | None, Query(alias="to", max_length=40, description="RFC 3339")] = None,
    ) -> Response:
        if overview is None:
            raise NotFound("There is no lake to measure.", code="unknown_metric", field="name", value=name)
        between = (
            None if start is None else parse_instant(start),
            None if end is None else parse_instant(end),
        )
        found = await run_in_threadpool(overview.series, name, stretch=stretch, between=between, grain=grain, by=by)
        return json_response(request, found)

    @router.get(
        "/v1/overview",
        summary="The tiles of the overview",
        description="Metrics with a place on the overview, all as of one moment.",
        responses=answers(OverviewPage, "Tiles.", problems=[_MEASURED, {422: ("invalid_parameter",)}]),
    )
    async def tiles(request: Request, stretch: Stretch = "24h") -> Response:
        return json_response(request, await run_in_threadpool(_there(overview).tiles, stretch))

    @router.get(
        "/v1/overview/changes",
        summary="What changed, and why numbers moved",
        description="Releases, list changes, and each tile's move taken apart by its dimensions, exactly.",
        responses=answers(OverviewChanges, "Changes.", problems=[_MEASURED, {422: ("invalid_parameter",)}]),
    )
    async def changes(request: Request, stretch: Day = "24h") -> Response:
        return json_response(request, await run_in_threadpool(_there(overview).changes, stretch))

    return router


def _there(overview: Overview | None) -> Overview:
    if overview is None:
        raise Unavailable("There is no lake to measure.", code="no_lake", hint="start the server with tandem serve")
    return overview
