"""Lists and their entries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.decide.lists import ChangeReceipt, ListEntry
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.gate import on_record
from tandem.faces.api.shapes import (
    PAGE_MAX,
    ListChanged,
    ListChangeDocument,
    ListEntryPage,
    ListEntrySummary,
    ListPage,
    ListSummary,
)
from tandem.kernel.time import DAY, Clock, Micros, format_instant

__all__ = ["LIST_CHANGE_PROBLEMS", "LIST_NAME", "entry_summary", "list_router"]

LIST_NAME = "^[a-z][a-z0-9_]{0,79}$"
_SOON = 7 * DAY
"""An entry that ends within this is one that soon expires."""
LIST_CHANGE_PROBLEMS: Problems = {
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
            "A page of entries, in the order they were added unless told otherwise; members by pseudonym.",
            problems=[{404: ("unknown_list",), 422: ("invalid_parameter",)}],
        ),
    )
    async def entries(
        request: Request,
        name: Annotated[str, Path(pattern=LIST_NAME)],
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
        search: Annotated[
            str | None, Query(max_length=200, description="in reason, source and author; or how a pseudonym begins")
        ] = None,
        state: Annotated[Literal["all", "in_force", "expiring", "expired"], Query()] = "all",
        order: Annotated[Literal["oldest", "newest", "expiry"], Query()] = "oldest",
    ) -> Response:
        now = clock.now()
        known = _chosen(process.state.lists.entries(name), search, state, order, now)
        found = [entry_summary(each, now) for each in known[after : after + limit]]
        following = after + limit if after + limit < len(known) else None
        return json_response(request, ListEntryPage(entries=found, total=len(known), next_after=following))

    @router.post(
        "/v1/lists/{name}/entries",
        summary="Add and remove entries",
        description="All at once or not at all; durable when answered, in force for the next event.",
        openapi_extra=takes(ListChangeDocument),
        responses=answers(ListChanged, "What the change did.", problems=[LIST_CHANGE_PROBLEMS]),
    )
    async def change(
        request: Request,
        name: Annotated[str, Path(pattern=LIST_NAME)],
        body: Annotated[Any, Depends(body_of(ListChangeDocument))],
    ) -> Response:
        document = {**msgspec.to_builtins(body), "list": name}
        by = speaker(request, document.pop("by"))
        done = await run_in_threadpool(process.change_list, name, document, by=by)
        _note(request, name, by, body.change_id, done)
        return json_response(request, {"list": name, **msgspec.structs.asdict(done)})

    @router.delete(
        "/v1/lists/{name}/entries/{member}",
        summary="Take one member off a list",
        responses=answers(ListChanged, "What the change did.", problems=[LIST_CHANGE_PROBLEMS]),
    )
    async def remove(
        request: Request,
        name: Annotated[str, Path(pattern=LIST_NAME)],
        member: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="pseudonym")],
        change_id: Annotated[str, Query(min_length=1, max_length=255)],
        by: Annotated[str | None, Query(min_length=1, max_length=255)] = None,
    ) -> Response:
        document = {"change_id": change_id, "list": name, "remove": [{"member": member}]}
        who = speaker(request, by)
        done = await run_in_threadpool(process.change_list, name, document, by=who)
        _note(request, name, who, change_id, done)
        return json_response(request, {"list": name, **msgspec.structs.asdict(done)})

    return router


def _note(request: Request, name: str, by: str, change_id: str, done: ChangeReceipt) -> None:
    before = {"list": name, "version": done.list_version - (0 if done.duplicate else 1)}
    after = {"list": name, "version": done.list_version}
    counts = {"added": done.added, "renewed": done.renewed, "removed": done.removed}
    on_record(request, f"list/{name}", by=by, before=before, after=after, change_id=change_id, **counts)


def entry_summary(entry: ListEntry, now: Micros) -> ListEntrySummary:
    """``entry`` as it is told at ``now``."""
    return ListEntrySummary(
        member=entry.member,
        reason=entry.reason,
        source=entry.source,
        added_at=format_instant(entry.added_at),
        added_by=entry.added_by,
        expires_at=None if entry.expires_at is None else format_instant(entry.expires_at),
        in_force=_in_force(entry, now),
    )


def _in_force(entry: ListEntry, now: Micros) -> bool:
    return entry.expires_at is None or entry.expires_at > now


def _chosen(
    entries: Sequence[ListEntry], search: str | None, state: str, order: str, now: Micros
) -> Sequence[ListEntry]:
    if state == "in_force":
        entries = [one for one in entries if _in_force(one, now)]
    elif state == "expired":
        entries = [one for one in entries if not _in_force(one, now)]
    elif state == "expiring":
        entries = [one for one in entries if one.expires_at is not None and now < one.expires_at <= now + _SOON]
    if search:
        words = search.casefold()
        entries = [
            one
            for one in entries
            if one.member.startswith(words)
            or any(words in text.casefold() for text in (one.reason, one.source, one.added_by))
        ]
    if order == "newest":
        return [*reversed(entries)]
    if order == "expiry":
        return sorted(entries, key=lambda one: (one.expires_at is None, one.expires_at or 0))
    return entries
