"""What is known of one entity."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import Problems, answers
from tandem.faces.api.gate import principal_of
from tandem.faces.api.portraying import TIMELINE_MAX, Portraits
from tandem.faces.api.shapes.entities import (
    EntityFeatures,
    EntityKindPage,
    EntityKindSummary,
    EntityPortrait,
    EntityTimeline,
)
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Clock, format_instant, parse_instant
from tandem.prove.access import Permission

__all__ = ["entity_router"]

Kind = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
Identifier = Annotated[str, Path(max_length=255, description="the real one, or the pseudonym")]
_NAMED: Problems = {
    404: ("unknown_entity_kind",),
    422: ("empty_identifier", "invalid_identifier", "invalid_parameter"),
    503: ("lake_changed", "no_lake", "no_release", "query_timeout"),
}


def entity_router(process: DecisionProcess, clock: Clock, portraits: Portraits | None = None) -> APIRouter:
    """Portraits and features by entity; without a lake there are no portraits, and features of now only."""
    router = APIRouter(tags=["entities"])

    @router.get(
        "/v1/entities",
        summary="Kinds of entities",
        responses=answers(EntityKindPage, "Kinds, each with the event types that name one."),
    )
    async def kinds(request: Request) -> Response:
        live = process.live
        found: dict[str, list[str]] = {}
        for each in () if live is None else live.reader.event_types.values():
            for kind in sorted({field.entity for field in each.fields if field.entity is not None}):
                found.setdefault(kind, []).append(each.name)
        told = [EntityKindSummary(kind=kind, event_types=sorted(names)) for kind, names in sorted(found.items())]
        return json_response(request, EntityKindPage(kinds=told))

    @router.get(
        "/v1/entities/{kind}/{identifier}/features",
        summary="Features of one entity as of a moment",
        description="Now: what the online state knows. A moment of the past: folded anew from the entity's own events, "
        "by the same contract; known_to asks for what was known at that place of the journal.",
        responses=answers(
            EntityFeatures,
            "Every feature that is keyed by this kind of entity alone; now, also what surrounds it in the graphs.",
            problems=[
                {
                    404: ("unknown_entity_kind",),
                    413: ("too_many_events",),
                    422: (
                        "empty_identifier",
                        "instant_without_offset",
                        "invalid_identifier",
                        "invalid_instant",
                        "invalid_parameter",
                    ),
                    503: ("lake_changed", "no_release", "query_timeout"),
                }
            ],
        ),
    )
    async def features(
        request: Request,
        kind: Kind,
        identifier: Identifier,
        at: Annotated[str | None, Query(max_length=40, description="RFC 3339; now when left out")] = None,
        known_to: Annotated[
            int | None, Query(ge=1, le=2**53, description="place of the journal; all that is known when left out")
        ] = None,
    ) -> Response:
        moment = clock.now() if at is None else parse_instant(at)
        if portraits is not None and (at is not None or known_to is not None):
            found = await run_in_threadpool(portraits.features, kind, identifier, at=moment, known_to=known_to)
            return json_response(request, found)
        # On the loop and not in a thread: the features' state is moved by this thread.
        known = process.features_of(kind, identifier, at=moment)
        live = process.live
        return json_response(
            request,
            EntityFeatures(
                kind=kind, at=format_instant(moment), release="" if live is None else live.digest, features=known
            ),
        )

    @router.get(
        "/v1/entities/{kind}/{identifier}/portrait",
        summary="Everything known of one entity",
        description="Facts with their source, other entities of the same events, lists, scores over time. Personal facts "
        "only for those who may read them.",
        responses=answers(EntityPortrait, "The portrait.", problems=[_NAMED]),
    )
    async def portrait(request: Request, kind: Kind, identifier: Identifier) -> Response:
        found = await run_in_threadpool(
            _there(portraits).portrait, kind, identifier, personal=_may_read_personal(request)
        )
        return json_response(request, found)

    @router.get(
        "/v1/entities/{kind}/{identifier}/timeline",
        summary="Events of one entity, and the decisions on them",
        responses=answers(
            EntityTimeline, "What happened last comes first.", problems=[_NAMED, {422: ("invalid_cursor",)}]
        ),
    )
    async def timeline(
        request: Request,
        kind: Kind,
        identifier: Identifier,
        limit: Annotated[int, Query(ge=1, le=TIMELINE_MAX)] = 50,
        before: Annotated[str | None, Query(max_length=60, description="next_before of the page before")] = None,
    ) -> Response:
        found = await run_in_threadpool(
            _there(portraits).timeline,
            kind,
            identifier,
            personal=_may_read_personal(request),
            limit=limit,
            before=before,
        )
        return json_response(request, found)

    return router


def _may_read_personal(request: Request) -> bool:
    return Permission.READ_PERSONAL in principal_of(request).permissions


def _there(portraits: Portraits | None) -> Portraits:
    if portraits is None:
        raise Unavailable("There is no lake to look into.", code="no_lake", hint="start the server with tandem serve")
    return portraits
