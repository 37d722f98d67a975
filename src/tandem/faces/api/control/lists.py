"""Lists and their entries."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.shapes import (
    PAGE_MAX,
    ListChanged,
    ListChangeDocument,
    ListEntryPage,
    ListEntrySummary,
    ListPage,
    ListSummary,
)
from tandem.kernel.time import Clock, format_instant

__all__ = ["list_router"]

_NAME = "^[a-z][a-z0-9_]{0,79}$"
_CHANGE = {
    **BODY_PROBLEMS,
    404: ("unknown_list",),
    409: ("change_id_reused",),
    422: (
        "empty_change",
        "empty_identifier",
        "expired",
        "instant_without_offset",
        "invalid_duration",
        "invalid_identifier",
        "invalid_instant",
        "invalid_parameter",
        "invalid_pseudonym",
        "missing_field",
        "no_member",
        "two_expiries",
        "unknown_field",
        "unknown_list",
        "wrong_shape",
    ),
    **BUSY,
}


def list_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """Lists of the live release."""
    router = APIRouter(tags=["lists"])

    @router.get("/v1/lists", summary="All lists", responses=answers(ListPage, "Lists, by name."))
    async def lists(request: Request) -> Response:
        known = process.state.lists
        found = [
            ListSummary(
                name=each.name,
                kind=each.kind,
                entity=each.entity,
                description=each.description,
                entries=len(known.entries(each.name)),
                version=known.list_version(each.name),
            )
            for each in known.definitions()
        ]
        return json_response(request, ListPage(lists=found))

    @router.get(
        "/v1/lists/{name}/entries",
        summary="Entries of a list",
        responses=answers(
            ListEntryPage,
            "A page of entries, in the order they were added; members by pseudonym.",
            problems=[{404: ("unknown_list",), 422: ("invalid_parameter",)}],
        ),
    )
    async def entries(
        request: Request,
        name: Annotated[str, Path(pattern=_NAME)],
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
    ) -> Response:
        known = process.state.lists.entries(name)
        now = clock.now()
        found = [
            ListEntrySummary(
                member=each.member,
                reason=each.reason,
                source=each.source,
                added_at=format_instant(each.added_at),
                added_by=each.added_by,
                expires_at=None if each.expires_at is None else format_instant(each.expires_at),
                in_force=each.expires_at is None or each.expires_at > now,
            )
            for each in known[after : after + limit]
        ]
        following = after + limit if after + limit < len(known) else None
        return json_response(request, ListEntryPage(entries=found, next_after=following))

    @router.post(
        "/v1/lists/{name}/entries",
        summary="Add and remove entries",
        description="All at once or not at all; durable when answered, in force for the next event.",
        openapi_extra=takes(ListChangeDocument),
        responses=answers(ListChanged, "What the change did.", problems=[_CHANGE]),
    )
    async def change(
        request: Request,
        name: Annotated[str, Path(pattern=_NAME)],
        body: Annotated[Any, Depends(body_of(ListChangeDocument))],
    ) -> Response:
        document = {**msgspec.to_builtins(body), "list": name}
        by = document.pop("by")
        done = await run_in_threadpool(process.change_list, name, document, by=by)
        return json_response(request, {"list": name, **msgspec.structs.asdict(done)})

    @router.delete(
        "/v1/lists/{name}/entries/{member}",
        summary="Take one member off a list",
        responses=answers(ListChanged, "What the change did.", problems=[_CHANGE]),
    )
    async def remove(
        request: Request,
        name: Annotated[str, Path(pattern=_NAME)],
        member: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="pseudonym")],
        change_id: Annotated[str, Query(min_length=1, max_length=255)],
        by: Annotated[str, Query(min_length=1, max_length=255)],
    ) -> Response:
        document = {"change_id": change_id, "list": name, "remove": [{"member": member}]}
        done = await run_in_threadpool(process.change_list, name, document, by=by)
        return json_response(request, {"list": name, **msgspec.structs.asdict(done)})

    return router
