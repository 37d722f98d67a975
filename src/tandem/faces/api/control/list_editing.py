"""Changing lists with open eyes: whom would it meet, which rows cannot be taken, what happened to an entry before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, Hits, entry_history, hits_of, list_changes
from tandem.decide.lists import ListEntry, RejectedRow
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.lists import LIST_CHANGE_PROBLEMS, LIST_NAME, entry_summary
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import off_record, on_record
from tandem.faces.api.pasted import read_pasted
from tandem.faces.api.shapes import (
    PAGE_MAX,
    ListBulk,
    ListBulkRequest,
    ListChanged,
    ListChangePage,
    ListChangeSummary,
    ListEntryChange,
    ListHit,
    ListHits,
    ListLookup,
    ListMemberDetail,
    ListMemberHits,
    ListPreview,
    ListPreviewRequest,
    ListRejectedRow,
)
from tandem.kernel.errors import InvalidInput, TandemError
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Clock, Micros, format_instant

__all__ = ["list_editing_router"]

_BULK_BYTES_MAX = 5 * 1024 * 1024
_REJECTED_SHOWN = 200
_UNKNOWN = {404: ("unknown_list",), 422: ("invalid_parameter",), 503: ("no_release",)}
_PREVIEW = {status: codes for status, codes in LIST_CHANGE_PROBLEMS.items() if status != 409}
Name = Annotated[str, Path(pattern=LIST_NAME)]


def list_editing_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """Previews, bulk changes and histories of lists."""
    router = APIRouter(tags=["lists"])

    @router.post(
        "/v1/lists/{name}/preview",
        summary="What a change would do, and whom it would have met",
        description="Looks through the newest decisions for the members, by pseudonym. Nothing is changed.",
        openapi_extra=takes(ListPreviewRequest),
        responses=answers(ListPreview, "What it would do.", problems=[_PREVIEW]),
    )
    async def preview(
        request: Request, name: Name, body: Annotated[Any, Depends(body_of(ListPreviewRequest))]
    ) -> Response:
        document = msgspec.to_builtins(body)
        look_back = document.pop("look_back")
        found = await run_in_threadpool(_previewed, process, name, document, look_back, speaker(request))
        return json_response(request, found)

    @router.post(
        "/v1/lists/{name}/bulk",
        summary="Look at many pasted rows, and apply them",
        description="Every row is read first; one that cannot be taken is named by its line, with the reason. With "
        "`apply` all rows are applied at once or none is; `skip_rejected` leaves the bad ones out. At most 10,000 rows.",
        openapi_extra=takes(
            ListBulkRequest, {"text": "d-77\nd-78", "reason": "Seen in the March ring", "source": "me"}
        ),
        responses=answers(
            ListBulk,
            "The rows, what they would do, and what was done.",
            problems=[
                LIST_CHANGE_PROBLEMS,
                {
                    413: ("too_many_rows",),
                    422: ("no_rows", "rows_rejected", "unreadable_text", "wrong_columns"),
                },
            ],
        ),
    )
    async def bulk(
        request: Request,
        name: Name,
        body: Annotated[Any, Depends(body_of(ListBulkRequest, limit=_BULK_BYTES_MAX))],
    ) -> Response:
        by = speaker(request, body.by)
        found = await run_in_threadpool(_bulk, process, name, body, by)
        if body.apply:
            on_record(request, f"list/{name}", by=by, change_id=body.change_id)
        else:
            off_record(request)
        return json_response(request, found)

    @router.post(
        "/v1/lists/{name}/lookup",
        summary="Whether somebody is on a list",
        description="By the real identifier or the pseudonym; the identifier is not kept.",
        openapi_extra=takes(ListLookup),
        responses=answers(
            ListMemberDetail,
            "The entry, and what happened before.",
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("unknown_list",),
                    422: ("empty_identifier", "invalid_identifier", "invalid_parameter", "wrong_shape"),
                    **BUSY,
                },
            ],
        ),
    )
    async def lookup(request: Request, name: Name, body: Annotated[Any, Depends(body_of(ListLookup))]) -> Response:
        member = process.pseudonym_on(name, body.identifier)
        return json_response(request, await run_in_threadpool(_detail, process, clock, name, member))

    @router.get(
        "/v1/lists/{name}/entries/{member}",
        summary="One member and its history",
        responses=answers(ListMemberDetail, "Who put it on, who took it off, when and why.", problems=[_UNKNOWN]),
    )
    async def member(
        request: Request, name: Name, member: Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="pseudonym")]
    ) -> Response:
        return json_response(request, await run_in_threadpool(_detail, process, clock, name, Pseudonym(member)))

    @router.get(
        "/v1/lists/{name}/changes",
        summary="Changes of a list, newest first",
        responses=answers(ListChangePage, "A page of changes.", problems=[_UNKNOWN]),
    )
    async def changes(
        request: Request,
        name: Name,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53, description="next_before of the page before")] = None,
    ) -> Response:
        process.state.lists.entries(name)  # or there is no such list
        found = await run_in_threadpool(list_changes, process.journal, name, limit=limit, before=before)
        told = [ListChangeSummary(**{**msgspec.structs.asdict(one), "at": format_instant(one.at)}) for one in found]
        following = found[-1].seq if len(found) == limit else None
        return json_response(request, ListChangePage(changes=told, next_before=following))

    return router


def _previewed(
    process: DecisionProcess, name: str, document: Mapping[str, Any], look_back: int, by: str
) -> ListPreview:
    change, counted = process.preview_list(name, document, by=by)
    members = {entry.member for entry in change.add} | set(change.remove)
    live = process.live
    assert live is not None, "a change was read under it"
    hits = hits_of(process.journal, live.list_named(name).entity, members, last=look_back)
    return ListPreview(name=name, **msgspec.structs.asdict(counted), hits=_hits(hits))


def _bulk(process: DecisionProcess, name: str, asked: ListBulkRequest, by: str) -> ListBulk:
    rows = read_pasted(asked.text)
    numbers = [number for number, _ in rows]
    documents = [_with_defaults(_named(row), asked) for _, row in rows]
    if asked.action == "add":
        read = process.read_list_rows(name, documents, by=by, defaults={})
        rejected, repeated = read.rejected, read.repeated
    else:
        rejected, repeated = _unreadable(process, name, documents)
    bad = {one.row for one in rejected}
    good = [document for number, document in enumerate(documents, start=1) if number not in bad]
    change = _change(asked, good)
    if asked.apply and (asked.change_id is None or (rejected and not asked.skip_rejected)):
        raise _refusal(asked, rejected, numbers)
    told = _previewed(process, name, change, asked.look_back, by) if good else None
    changed = None
    if asked.apply and good:
        done = process.change_list(name, {**change, "change_id": asked.change_id}, by=by)
        changed = ListChanged(list=name, **msgspec.structs.asdict(done))
    return ListBulk(
        name=name,
        action=asked.action,
        rows=len(rows),
        accepted=len(good),
        repeated=repeated,
        rejected=[_rejected(one, numbers) for one in rejected[:_REJECTED_SHOWN]],
        preview=told,
        changed=changed,
    )


def _named(row: dict[str, str]) -> dict[str, str]:
    """A row whose identifier is a pseudonym already, as it stands in our own tables, names its member by that."""
    given = row.get("identifier", "")
    if "member" not in row and len(given) == 32 and not set(given) - set("0123456789abcdef"):
        return {"member": given, **{key: value for key, value in row.items() if key != "identifier"}}
    return row


def _with_defaults(row: dict[str, str], asked: ListBulkRequest) -> dict[str, str]:
    if asked.action == "remove":
        return {key: value for key, value in row.items() if key in {"identifier", "member"}}
    defaults = {"reason": asked.reason, "source": asked.source}
    if "expires_at" not in row and "expires_after" not in row:
        defaults |= {"expires_at": asked.expires_at, "expires_after": asked.expires_after}
    return {**{key: value for key, value in defaults.items() if value is not None}, **row}


def _change(asked: ListBulkRequest, good: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    return {asked.action: [*good]}


def _unreadable(
    process: DecisionProcess, name: str, documents: Sequence[Mapping[str, str]]
) -> tuple[tuple[RejectedRow, ...], int]:
    """Rows that name no member, and how many name one again."""
    rejected, seen = [], set()
    for number, document in enumerate(documents, start=1):
        try:
            seen.add(process.pseudonym_on(name, document.get("member") or document.get("identifier", "")))
        except TandemError as error:
            rejected.append(RejectedRow(row=number, field=error.field or "", message=error.detail, hint=error.hint))
    return tuple(rejected), len(documents) - len(rejected) - len(seen)


def _refusal(asked: ListBulkRequest, rejected: Sequence[RejectedRow], numbers: Sequence[int]) -> InvalidInput:
    if asked.change_id is None:
        return InvalidInput(
            "To apply the rows, the change needs an id.",
            code="missing_field",
            field="change_id",
            hint="make one up; sent again it changes nothing",
        )
    error = InvalidInput(
        f"{len(rejected)} of {len(numbers)} rows cannot be taken; nothing was changed.",
        code="rows_rejected",
        field="text",
        hint="correct them, or say skip_rejected",
    )
    error.errors = tuple(
        InvalidInput(one.message, code="row_rejected", field=f"line {numbers[one.row - 1]}: {one.field}", hint=one.hint)
        for one in rejected[:_REJECTED_SHOWN]
    )
    return error


def _rejected(one: RejectedRow, numbers: Sequence[int]) -> ListRejectedRow:
    return ListRejectedRow(line=numbers[one.row - 1], field=one.field, message=one.message, hint=one.hint)


def _detail(process: DecisionProcess, clock: Clock, name: str, member: Pseudonym) -> ListMemberDetail:
    entry: ListEntry | None = process.state.lists.entry(name, member)
    history = [
        ListEntryChange(
            **{
                **msgspec.structs.asdict(one),
                "at": format_instant(one.at),
                "expires_at": _instant(one.expires_at),
            }
        )
        for one in entry_history(process.journal, name, member)
    ]
    return ListMemberDetail(
        name=name,
        member=member,
        entry=None if entry is None else entry_summary(entry, clock.now()),
        history=history,
    )


def _hits(hits: Hits) -> ListHits:
    return ListHits(
        looked_at=hits.looked_at,
        since=_instant(hits.since),
        decisions=hits.decisions,
        members=hits.members,
        outcomes=hits.outcomes,
        policies=hits.policies,
        most=[
            ListMemberHits(**{**msgspec.structs.asdict(one), "last_at": format_instant(one.last_at)})
            for one in hits.most
        ],
        examples=[
            ListHit(**{**msgspec.structs.asdict(one), "decided_at": format_instant(one.decided_at)})
            for one in hits.examples
        ],
    )


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
