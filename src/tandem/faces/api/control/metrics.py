"""Numbers of the metric centre."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.measuring import Measures
from tandem.faces.api.shapes import MetricPage, MetricSummary
from tandem.kernel.errors import NotFound

__all__ = ["metric_router"]


def metric_router(measures: Measures | None) -> APIRouter:
    """Metrics of the live release; none without a lake."""
    router = APIRouter(tags=["metrics"])

    @router.get(
        "/v1/metrics",
        summary="Every metric with its number",
        description="At most ten seconds old. Prometheus' metrics of the server itself are at /metrics.",
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
    async def metric(request: Request, name: Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]) -> Response:
        if measures is None:
            raise NotFound("There is no lake to measure.", code="unknown_metric", field="name", value=name)
        return json_response(request, await run_in_threadpool(measures.one, name))

    return router
