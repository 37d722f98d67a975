"""Early warnings over HTTP: listed by severity and deadline, taken, acted on, dismissed; and what they were worth."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.warning import EarlyWarning, WarningDesk
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.control.warning_documents import warning_detail, warning_page, warning_report
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.measuring import Measures
from tandem.faces.api.shapes.vocabulary import PAGE_MAX
from tandem.faces.api.shapes.warnings import (
    WarningActRequest,
    WarningDetail,
    WarningDismissRequest,
    WarningPage,
    WarningReport,
    WarningTakeRequest,
)

__all__ = ["warning_router"]

_ONE: Problems = {404: ("unknown_warning",), 422: ("invalid_parameter",)}
_CHANGE: Problems = {
    404: ("unknown_warning",),
    409: ("warning_over", "warning_taken"),
    422: ("empty_note", "invalid_parameter", "text_too_long", "wrong_shape"),
}
_LAKE: Problems = {503: ("lake_behind", "lake_changed", "no_release", "query_memory", "query_timeout")}
WarningId = Annotated[str, Path(max_length=255)]


def warning_router(desk: WarningDesk, measures: Measures | None) -> APIRouter:
    """What ``desk`` keeps.

    Args:
        measures: where rolls that nobody warned of are counted; None: the report does without.
    """
    router = APIRouter(tags=["warnings"])
    _reading(router, desk, measures)
    _changing(router, desk)
    return router


def _reading(router: APIRouter, desk: WarningDesk, measures: Measures | None) -> None:
    @router.get(
        "/v1/warnings",
        summary="Early warnings, the most severe first, of those the one that is due first",
        description="`state=waiting`: somebody still has to do something about them.",
        responses=answers(WarningPage, "A page of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def warnings(
        request: Request,
        state: Annotated[
            Literal["waiting", "open", "taken", "acted", "dismissed", "settled", "all"], Query()
        ] = "waiting",
        severity: Annotated[Literal["low", "medium", "high"] | None, Query()] = None,
        owner: Annotated[str | None, Query(max_length=80)] = None,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
    ) -> Response:
        found = await run_in_threadpool(
            lambda: warning_page(desk, state=state, severity=severity, owner=owner, after=after, limit=limit)
        )
        return json_response(request, found)

    @router.get(
        "/v1/warnings/report",
        summary="What warnings were worth: precision, recall, lead time",
        responses=answers(WarningReport, "By month, severity and rule.", problems=[BUSY, _LAKE]),
    )
    async def report(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(warning_report, desk, measures))

    @router.get(
        "/v1/warnings/{warning_id}",
        summary="One warning: why, what was done, whether it came true",
        responses=answers(WarningDetail, "As it is.", problems=[BUSY, _ONE]),
    )
    async def warning(request: Request, warning_id: WarningId) -> Response:
        found = await run_in_threadpool(lambda: warning_detail(desk, desk.warning(warning_id)))
        return json_response(request, found)


def _changing(router: APIRouter, desk: WarningDesk) -> None:
    problems = [BODY_PROBLEMS, BUSY, _CHANGE]

    async def told(request: Request, change: Any) -> Response:
        def do() -> WarningDetail:
            found: EarlyWarning = change()
            return warning_detail(desk, found)

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/warnings/{warning_id}/take",
        summary="Take a warning, or give it back",
        openapi_extra=takes(WarningTakeRequest, {}),
        responses=answers(WarningDetail, "As it is now; durable.", problems=problems),
    )
    async def take(
        request: Request, warning_id: WarningId, body: Annotated[Any, Depends(body_of(WarningTakeRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await told(request, lambda: desk.take(warning_id, by=by, to=None if body.give_back else by))

    @router.post(
        "/v1/warnings/{warning_id}/act",
        summary="Write down what was done about a warning",
        openapi_extra=takes(WarningActRequest, {"action": "contact", "text": "Called: pays on Friday."}),
        responses=answers(WarningDetail, "As it is now; durable.", problems=problems),
    )
    async def act(
        request: Request, warning_id: WarningId, body: Annotated[Any, Depends(body_of(WarningActRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await told(request, lambda: desk.act(warning_id, by=by, action=body.action, text=body.text))

    @router.post(
        "/v1/warnings/{warning_id}/dismiss",
        summary="Say why there is nothing to be warned of",
        description="Whether it comes true is watched all the same, and becomes a label.",
        openapi_extra=takes(WarningDismissRequest, {"text": "Salary was late; paid yesterday."}),
        responses=answers(WarningDetail, "As it is now; durable.", problems=problems),
    )
    async def dismiss(
        request: Request, warning_id: WarningId, body: Annotated[Any, Depends(body_of(WarningDismissRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await told(request, lambda: desk.dismiss(warning_id, by=by, text=body.text))
