"""The server itself: health, what it has done, Prometheus metrics, the OpenAPI document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

import tandem
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.meters import Meters
from tandem.faces.api.shapes import Health, Status
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Clock, format_instant

__all__ = ["system_router"]


def system_router(
    process: DecisionProcess,
    meters: Meters,
    clock: Clock,
    openapi: Callable[[], dict[str, Any]],
    notices: list[dict[str, str]],
) -> APIRouter:
    """Routes about the server.

    Args:
        openapi: makes the document; called at the first request for it.
        notices: what people must know, such as what is simulated; each in ``en`` and ``zh``.
    """
    router = APIRouter(tags=["system"])
    started_at = format_instant(clock.now())

    @router.get("/health/live", summary="The process runs", responses=answers(Health, "It runs."))
    async def live(request: Request) -> Response:
        return json_response(request, Health(status="live"))

    @router.get(
        "/health/ready",
        summary="Decisions can be taken",
        responses=answers(Health, "Ready.", problems=[{503: ("no_release", "journal_broken")}]),
    )
    async def ready(request: Request) -> Response:
        if process.journal.broken:
            raise Unavailable("The journal cannot be written.", code="journal_broken", hint="look at the database")
        if process.live is None:
            raise Unavailable(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        return json_response(request, Health(status="ready"))

    @router.get("/v1/status", summary="What this server has done", responses=answers(Status, "Since it was started."))
    async def status(request: Request) -> Response:
        found = Status(
            workspace=process.journal.workspace,
            version=tandem.__version__,
            release=None if process.live is None else process.live.digest,
            journal_seq=process.state.seq,
            started_at=started_at,
            decided=meters.outcomes(),
            latency_us={"p50": meters.quantile_us("total", 0.5), "p99": meters.quantile_us("total", 0.99)},
            in_flight=meters.in_flight,
            notices=notices,
        )
        return json_response(request, found)

    @router.get(
        "/metrics",
        summary="Prometheus metrics",
        responses=answers(None, "Prometheus' text format.", content_type="text/plain"),
    )
    async def metrics() -> Response:
        return Response(meters.text(), media_type="text/plain; version=0.0.4")

    @router.get("/openapi.json", summary="This document", responses=answers(dict, "OpenAPI 3.1."))
    async def document(request: Request) -> Response:
        return json_response(request, openapi())

    return router
