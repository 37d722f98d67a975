"""What is known of one entity."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.shapes import EntityFeatures
from tandem.kernel.time import Clock, format_instant, parse_instant

__all__ = ["entity_router"]


def entity_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """Features by entity."""
    router = APIRouter(tags=["entities"])

    @router.get(
        "/v1/entities/{kind}/{identifier}/features",
        summary="Features of one entity as of a moment",
        responses=answers(
            EntityFeatures,
            "Every feature that is keyed by this kind of entity alone.",
            problems=[
                {
                    404: ("unknown_entity_kind",),
                    422: (
                        "empty_identifier",
                        "instant_without_offset",
                        "invalid_identifier",
                        "invalid_instant",
                        "invalid_parameter",
                    ),
                    503: ("no_release",),
                }
            ],
        ),
    )
    async def features(
        request: Request,
        kind: Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")],
        identifier: Annotated[str, Path(max_length=255, description="the real one, or the pseudonym")],
        at: Annotated[str | None, Query(max_length=40, description="RFC 3339; now when left out")] = None,
    ) -> Response:
        moment = clock.now() if at is None else parse_instant(at)
        # On the loop and not in a thread: the features' state is moved by this thread.
        known = process.features_of(kind, identifier, at=moment)
        live = process.live
        found = EntityFeatures(
            kind=kind, at=format_instant(moment), release="" if live is None else live.digest, features=known
        )
        return json_response(request, found)

    return router
