"""Health, Prometheus metrics, the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.meters import Meters
from tandem.faces.api.process import Process
from tandem.faces.api.shapes import Health

__all__ = ["system_router"]


def system_router(process: Process, meters: Meters, openapi: Callable[[], bytes]) -> APIRouter:
    """Routes about the server itself."""
    router = APIRouter(tags=["system"])

    @router.get("/health/live", summary="The process runs", responses=answers(Health, "It runs."))
    async def live(request: Request) -> Response:
        return json_response(request, {"status": "live"})

    @router.get(
        "/health/ready",
        summary="Decisions can be taken",
        responses=answers(Health, "Ready.", problems=[{503: ("not_ready",)}]),
    )
    async def ready(request: Request) -> Response:
        return json_response(request, process.health())

    @router.get(
        "/metrics",
        summary="Prometheus metrics",
        responses=answers(None, "Prometheus text format.", content_type="text/plain"),
    )
    async def metrics() -> Response:
        return Response(meters.text(), media_type="text/plain; version=0.0.4")

    @router.get("/openapi.json", summary="This document", responses=answers(None, "OpenAPI 3.1."))
    async def document(request: Request) -> Response:
        return json_response(request, openapi())

    return router
