"""Rings: found, looked into, put on lists with the radius seen first, and taken off again."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.rings import Asked, RingDesk
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.case_documents import may_see_money
from tandem.faces.api.control.ring_documents import action_of, detail_of, radius_document, summary_of
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.gate import on_record
from tandem.faces.api.shapes.rings import (
    RingCase,
    RingCaseRequest,
    RingDetail,
    RingDismiss,
    RingListed,
    RingListRequest,
    RingPage,
    RingRadius,
    RingRadiusRequest,
    RingRefresh,
    RingRefreshRequest,
    RingSummary,
    RingUndo,
    RingUndone,
)
from tandem.faces.api.shapes.vocabulary import PAGE_MAX
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import format_instant

__all__ = ["ring_router"]

_OFF: Problems = {503: ("lake_behind", "lake_changed", "query_memory", "query_timeout", "rings_off")}
_READ: Problems = {422: ("invalid_parameter",)}
_ONE: Problems = {404: ("unknown_ring",), 422: ("invalid_parameter",)}
_ASKED: Problems = {409: ("ring_gone",), 422: ("invalid_duration", "invalid_parameter", "wrong_shape")}
_LISTS: Problems = {404: ("unknown_list",), 409: ("change_id_reused",)}
RingId = Annotated[str, Path(pattern="^ring_[0-9a-f]{32}$")]


class _Served:
    """The rings that the routes speak of, if this process looks for any."""

    def __init__(self, desk: RingDesk | None) -> None:
        self._desk = desk

    def __call__(self) -> RingDesk:
        if self._desk is None:
            raise Unavailable(
                "This process looks for no rings.",
                code="rings_off",
                hint="ask the server of the workspace: tandem serve",
            )
        return self._desk


def ring_router(desk: RingDesk | None) -> APIRouter:
    """Rings of the workspace.

    Args:
        desk: None where this process has no lake to look in; then every address answers 503.
    """
    router = APIRouter(tags=["rings"])
    served = _Served(desk)
    _reading(router, served)
    _listing(router, served)
    _judging(router, served)
    return router


def _reading(router: APIRouter, served: _Served) -> None:
    @router.get(
        "/v1/rings",
        summary="Rings, those to be looked at first in front",
        description="`state=living` leaves out those that ended or were dismissed. `text` finds the id of a ring or a case, "
        "or the pseudonym of a member.",
        responses=answers(RingPage, "A page of rings.", problems=[_READ, BUSY, _OFF]),
    )
    async def rings(
        request: Request,
        finder: Annotated[str | None, Query(max_length=80)] = None,
        state: Annotated[Literal["living", "open", "listed", "dismissed", "ended", "all"], Query()] = "living",
        order: Annotated[Literal["score", "size", "newest", "loss"], Query()] = "score",
        smallest: Annotated[int, Query(ge=0, le=1_000_000, description="members at least")] = 0,
        text: Annotated[str | None, Query(max_length=255)] = None,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
    ) -> Response:
        rings = served()
        money = may_see_money(request)

        def find() -> RingPage:
            found = rings.page(finder=finder, state=state, order=order, smallest=smallest, text=text)
            as_of, seq = rings.as_of()
            return RingPage(
                rings=[summary_of(one, money=money) for one in found[after : after + limit]],
                total=len(found),
                next_after=after + limit if after + limit < len(found) else None,
                as_of=None if as_of is None else format_instant(as_of),
                seq=seq,
                finders=[one.name for one, _ in rings.finders],
            )

        return json_response(request, await run_in_threadpool(find))

    @router.get(
        "/v1/rings/{ring_id}",
        summary="One ring with all there is to look at",
        description="Its members and what they share by pseudonym, the links between them, how it formed, known frauds near "
        "it, and what was done about it. What the last look did not find has only its story.",
        responses=answers(RingDetail, "The ring.", problems=[_ONE, BUSY, _OFF]),
    )
    async def ring(request: Request, ring_id: RingId) -> Response:
        rings, money = served(), may_see_money(request)
        found = await run_in_threadpool(lambda: detail_of(rings.ring(ring_id), rings, money=money))
        return json_response(request, found)

    @router.post(
        "/v1/rings/refresh",
        summary="Look for rings now",
        description="They are looked for by themselves as often as their definitions say.",
        openapi_extra=takes(RingRefreshRequest, {}),
        responses=answers(
            RingRefresh,
            "What looking found.",
            problems=[BODY_PROBLEMS, {404: ("unknown_finder",), 422: ("wrong_shape",)}, BUSY, _OFF],
        ),
    )
    async def refresh(request: Request, body: Annotated[Any, Depends(body_of(RingRefreshRequest))]) -> Response:
        looked = await run_in_threadpool(served().refresh, body.finder)
        told = RingRefresh(
            as_of=format_instant(looked.as_of),
            seq=looked.seq,
            took_ms=looked.took_ms,
            applications=looked.applications,
            members=looked.members,
            rings=looked.rings,
            changes=looked.changes,
        )
        return json_response(request, told)


def _listing(router: APIRouter, served: _Served) -> None:
    @router.post(
        "/v1/rings/{ring_id}/radius",
        summary="Who would be hit if the ring were put on lists",
        description="Members on the list of people, what they share on those of identifiers, as the definition says. Crowds "
        "and identifiers with an honest past are refused. Nothing is changed.",
        openapi_extra=takes(RingRadiusRequest, {"steps": 1}),
        responses=answers(RingRadius, "Who would be hit.", problems=[BODY_PROBLEMS, _ONE, _ASKED, BUSY, _OFF]),
    )
    async def radius(
        request: Request, ring_id: RingId, body: Annotated[Any, Depends(body_of(RingRadiusRequest))]
    ) -> Response:
        rings = served()

        def see() -> RingRadius:
            found, seen, expires_at = rings.radius(ring_id, _asked(body), expires_after=body.expires_after)
            sight = rings.ring(ring_id).sight
            assert sight is not None, "there is no radius without one"
            return radius_document(ring_id, sight, found, seen, expires_at, body.days)

        return json_response(request, await run_in_threadpool(see))

    @router.post(
        "/v1/rings/{ring_id}/list",
        summary="Put a ring on lists",
        description="What a radius showed, and only if it would still hit the same: `seen` is of that radius.",
        openapi_extra=takes(RingListRequest, {"seen": "0" * 64, "reason": "Same devices and contacts within a day"}),
        responses=answers(
            RingListed,
            "What was put on lists; in force for the next event.",
            problems=[
                BODY_PROBLEMS,
                _ONE,
                _ASKED,
                {409: ("radius_changed",), 422: ("nothing_to_list",)},
                _LISTS,
                BUSY,
                _OFF,
            ],
        ),
    )
    async def put(
        request: Request, ring_id: RingId, body: Annotated[Any, Depends(body_of(RingListRequest))]
    ) -> Response:
        rings, money, who = served(), may_see_money(request), speaker(request, body.by)

        def do() -> RingListed:
            done = rings.put_on_lists(
                ring_id, _asked(body), seen=body.seen, reason=body.reason, by=who, expires_after=body.expires_after
            )
            shown = rings.ring(ring_id).shown
            return RingListed(ring=summary_of(shown, money=money), action=action_of(shown.ring, done, rings))

        told = await run_in_threadpool(do)
        after = {"action": told.action.action_id, "entries": len(told.action.entries)}
        on_record(request, f"ring/{ring_id}", by=who, after=after, reason=body.reason)
        return json_response(request, told)

    @router.post(
        "/v1/rings/{ring_id}/undo",
        summary="Take off lists exactly what one action put on",
        description="Entries that somebody replaced or removed since stay as they are.",
        openapi_extra=takes(RingUndo),
        responses=answers(
            RingUndone,
            "What was taken off.",
            problems=[
                BODY_PROBLEMS,
                {404: ("unknown_action", "unknown_ring"), 409: ("already_undone",)},
                {422: ("invalid_parameter", "wrong_shape")},
                _LISTS,
                BUSY,
                _OFF,
            ],
        ),
    )
    async def undo(request: Request, ring_id: RingId, body: Annotated[Any, Depends(body_of(RingUndo))]) -> Response:
        rings, money, who = served(), may_see_money(request), speaker(request, body.by)

        def do() -> RingUndone:
            action, removed, kept = rings.take_back(ring_id, body.action_id, reason=body.reason, by=who)
            shown = rings.ring(ring_id).shown
            told = action_of(shown.ring, action, rings)
            return RingUndone(ring=summary_of(shown, money=money), action=told, removed=removed, kept=kept)

        told = await run_in_threadpool(do)
        before = {"action": body.action_id, "entries": len(told.action.entries)}
        on_record(request, f"ring/{ring_id}", by=who, before=before, removed=told.removed, reason=body.reason)
        return json_response(request, told)


def _judging(router: APIRouter, served: _Served) -> None:
    @router.post(
        "/v1/rings/{ring_id}/dismiss",
        summary="Say that a ring is no fraud",
        description="It is left out of the list until it has grown by a half.",
        openapi_extra=takes(RingDismiss, {"reason": "Students of one dormitory"}),
        responses=answers(
            RingSummary,
            "The ring.",
            problems=[BODY_PROBLEMS, _ONE, {409: ("ring_state",), 422: ("wrong_shape",)}, BUSY, _OFF],
        ),
    )
    async def dismiss(
        request: Request, ring_id: RingId, body: Annotated[Any, Depends(body_of(RingDismiss))]
    ) -> Response:
        rings, money, who = served(), may_see_money(request), speaker(request, body.by)

        def do() -> RingSummary:
            rings.dismiss(ring_id, reason=body.reason, by=who)
            return summary_of(rings.ring(ring_id).shown, money=money)

        told = await run_in_threadpool(do)
        on_record(request, f"ring/{ring_id}", by=who, after={"state": told.state}, reason=body.reason)
        return json_response(request, told)

    @router.post(
        "/v1/rings/{ring_id}/case",
        summary="Open a case about a ring",
        description="With the last decision about each member as evidence; where there is one already, it is that one.",
        openapi_extra=takes(RingCaseRequest, {}),
        responses=answers(
            RingCase,
            "The case.",
            problems=[
                BODY_PROBLEMS,
                _ONE,
                {409: ("nothing_decided", "ring_gone"), 422: ("wrong_shape",), 503: ("cases_off",)},
                BUSY,
                _OFF,
            ],
        ),
    )
    async def case(
        request: Request, ring_id: RingId, body: Annotated[Any, Depends(body_of(RingCaseRequest))]
    ) -> Response:
        rings, money, who = served(), may_see_money(request), speaker(request, body.by)

        def do() -> RingCase:
            case_id = rings.open_case(ring_id, by=who)
            return RingCase(ring=summary_of(rings.ring(ring_id).shown, money=money), case_id=case_id)

        return json_response(request, await run_in_threadpool(do))


def _asked(body: RingRadiusRequest) -> Asked:
    return Asked(
        members=body.members,
        identifiers=body.identifiers,
        steps=body.steps,
        leave_out=frozenset(map(Pseudonym, body.leave_out)),
        days=body.days,
    )
