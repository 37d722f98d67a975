"""Cases: what waits for a person, and what they do about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.cases import Asked, Case, CaseChanged, CaseDesk, counted, matching
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.case_documents import detail_of, disposition_of, may_see_money, queue_of, summary_of
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, reference, takes
from tandem.faces.api.problems import PROBLEM_TYPE
from tandem.faces.api.shapes.cases import (
    CaseAssign,
    CaseConflict,
    CaseDetail,
    CaseEscalate,
    CaseNext,
    CaseNote,
    CasePage,
    CaseQueuePage,
    CaseReopen,
    CaseResolve,
    CaseSecond,
    CaseSnooze,
    CaseSummary,
    CaseTaken,
    CaseUndo,
)
from tandem.faces.api.shapes.vocabulary import PAGE_MAX
from tandem.kernel.errors import Conflict
from tandem.kernel.time import Micros, parse_instant

__all__ = ["case_router"]

_ME = "me"
_UNKNOWN = {404: ("unknown_case",), 422: ("invalid_parameter",), **BUSY}
_CHANGE = {
    **BODY_PROBLEMS,
    403: ("not_yours", "same_person"),
    404: ("unknown_case",),
    422: (
        "empty_note",
        "instant_without_offset",
        "invalid_instant",
        "invalid_parameter",
        "invalid_snooze",
        "text_too_long",
        "unknown_disposition",
        "wrong_shape",
    ),
    **BUSY,
}
_CONFLICTS = ("case_changed", "case_state", "no_escalation", "nothing_to_undo", "undo_too_late")
CaseName = Annotated[str, Path(max_length=255, description="case id, or the id of one of its decisions")]
QueueName = Annotated[str | None, Query(max_length=80)]


def case_router(process: DecisionProcess, desk: CaseDesk) -> APIRouter:
    """Cases of the workspace."""
    router = APIRouter(tags=["cases"])
    _taking(router, desk)  # before: a case is not called next
    _reading(router, process, desk)
    _changing(router, desk)
    return router


def _reading(router: APIRouter, process: DecisionProcess, desk: CaseDesk) -> None:
    @router.get(
        "/v1/cases",
        summary="Cases",
        description="`assignee` takes a name, `me`, or `-` for nobody. `text` finds a number, an id of a case, a decision or "
        "an event, a pseudonym, a reason code, or the real identifier of a person or thing.",
        responses=answers(CasePage, "A page of cases.", problems=[{422: ("invalid_parameter",), **BUSY}]),
    )
    async def cases(
        request: Request,
        queue: QueueName = None,
        state: Annotated[
            Literal["working", "open", "assigned", "snoozed", "waiting", "resolved", "all"], Query()
        ] = "working",
        assignee: Annotated[str | None, Query(max_length=255)] = None,
        breached: Annotated[bool | None, Query()] = None,
        text: Annotated[str | None, Query(max_length=255)] = None,
        order: Annotated[Literal["next", "due", "opened", "changed", "loss"], Query()] = "next",
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
    ) -> Response:
        asked = Asked(
            queue=queue,
            state=state,
            assignee=speaker(request) if assignee == _ME else assignee,
            breached=breached,
            text=text,
            known_as=desk.known_as(text) if text and may_see_money(request) else {},
            order=order,
        )

        def find() -> tuple[list[Case], int]:
            def see(known: Any, rules: Any, now: Micros) -> tuple[list[Case], int]:
                found = matching(known, asked, rules, now)
                return [case.copy() for case in found[after : after + limit]], len(found)

            return desk.look(see)

        page, total = await run_in_threadpool(find)
        following = after + limit if after + limit < total else None
        shown = [summary_of(case, desk, money=may_see_money(request)) for case in page]
        return json_response(request, CasePage(cases=shown, total=total, next_after=following))

    @router.get(
        "/v1/cases/queues",
        summary="Queues and what is in them",
        responses=answers(CaseQueuePage, "Queues, and how a case may end.", problems=[BUSY]),
    )
    async def queues(request: Request) -> Response:
        me = speaker(request)
        counts = await run_in_threadpool(desk.look, lambda known, rules, now: counted(known, rules, me, now))
        rules = desk.rules
        found = CaseQueuePage(
            queues=[queue_of(rules.queue(one.queue), one) for one in counts],
            dispositions=[disposition_of(one) for one in rules.dispositions],
        )
        return json_response(request, found)

    @router.get(
        "/v1/cases/{case_id}",
        summary="One case with all there is to look at",
        description="Holds what was sent about the person and what analysts wrote, unless it was erased.",
        responses=answers(CaseDetail, "The case.", problems=[_UNKNOWN]),
    )
    async def case(request: Request, case_id: CaseName) -> Response:
        return json_response(request, await run_in_threadpool(lambda: detail_of(desk.case(case_id), desk, process)))


def _taking(router: APIRouter, desk: CaseDesk) -> None:
    @router.get(
        "/v1/cases/next",
        summary="The case that would be next",
        description="Nothing is assigned; a page may load it before it is asked for.",
        responses=answers(CaseTaken, "The case, or null.", problems=[{422: ("invalid_parameter",), **BUSY}]),
    )
    async def coming(request: Request, queue: QueueName = None) -> Response:
        found = await run_in_threadpool(desk.peek, by=speaker(request), queue=queue)
        return json_response(request, _taken(request, found, desk))

    @router.post(
        "/v1/cases/next",
        summary="Take the best case",
        description="Assigns to you what is past due first, then the largest expected loss. No two people get the same.",
        openapi_extra=takes(CaseNext, {"queue": "review"}),
        responses=answers(
            CaseTaken,
            "The case, or null where none is free.",
            problems=[BODY_PROBLEMS, {422: ("invalid_parameter", "wrong_shape")}, BUSY],
        ),
    )
    async def take(request: Request, body: Annotated[Any, Depends(body_of(CaseNext))]) -> Response:
        found = await run_in_threadpool(desk.next, by=speaker(request, body.by), queue=body.queue)
        return json_response(request, _taken(request, found, desk))


def _changing(router: APIRouter, desk: CaseDesk) -> None:
    def changes(verb: str, summary: str, shape: type[msgspec.Struct], change: Callable[[str, str, Any], Case]) -> None:
        """Add the route ``POST /v1/cases/{case_id}/verb``; ``change`` is given the case's id, who asks, and the body."""
        read = Depends(body_of(shape))  # as a default: an annotation cannot name what only this function knows

        async def route(request: Request, case_id: CaseName, body: Any = read) -> Response:
            who = speaker(request, body.by)
            try:
                done = await run_in_threadpool(change, case_id, who, body)
            except CaseChanged as changed:
                raise _WithCase(changed, summary_of(changed.case, desk, money=may_see_money(request))) from None
            return json_response(request, summary_of(done, desk, money=may_see_money(request)))

        router.add_api_route(
            f"/v1/cases/{{case_id}}/{verb}",
            route,
            methods=["POST"],
            name=f"case_{verb}",
            summary=summary,
            openapi_extra=takes(shape),
            responses=_with_case(answers(CaseSummary, "The case as it is now; durable.", problems=[_CHANGE])),
        )

    def assign(case_id: str, who: str, body: CaseAssign) -> Case:
        to = who if body.to is msgspec.UNSET else body.to
        return desk.assign(case_id, by=who, to=to, version=body.version)

    def snooze(case_id: str, who: str, body: CaseSnooze) -> Case:
        until = parse_instant(body.until)
        return desk.snooze(case_id, by=who, until=until, version=body.version, reason=body.reason)

    changes("assign", "Give a case to somebody, or back to its queue", CaseAssign, assign)
    changes("snooze", "Leave a case alone for a while", CaseSnooze, snooze)
    changes(
        "escalate",
        "Move a case to the queue above",
        CaseEscalate,
        lambda case_id, who, body: desk.escalate(case_id, by=who, version=body.version, reason=body.reason),
    )
    changes(
        "notes", "Write something down", CaseNote, lambda case_id, who, body: desk.note(case_id, by=who, text=body.text)
    )
    changes(
        "resolve",
        "End a case, or propose to",
        CaseResolve,
        lambda case_id, who, body: desk.resolve(
            case_id, by=who, disposition=body.disposition, version=body.version, reason=body.reason
        ),
    )
    changes(
        "second",
        "Agree to what another person proposed, or send it back",
        CaseSecond,
        lambda case_id, who, body: desk.second(
            case_id, by=who, agrees=body.agrees, version=body.version, reason=body.reason
        ),
    )
    changes(
        "reopen",
        "Take up a case again",
        CaseReopen,
        lambda case_id, who, body: desk.reopen(case_id, by=who, version=body.version, reason=body.reason),
    )
    changes(
        "undo",
        "Take back your last change",
        CaseUndo,
        lambda case_id, who, body: desk.undo(case_id, by=who, version=body.version),
    )


class _WithCase(Conflict):
    """A conflict that tells how the case is now."""

    def __init__(self, changed: CaseChanged, case: CaseSummary) -> None:
        super().__init__(changed.detail, code=changed.code, field=changed.field, value=changed.value, hint=changed.hint)
        self.case = case

    def problem(self) -> dict[str, Any]:
        return {**super().problem(), "case": msgspec.to_builtins(self.case)}


def _with_case(responses: dict[int | str, dict[str, Any]]) -> dict[int | str, dict[str, Any]]:
    schema = {"allOf": [reference(CaseConflict), {"properties": {"code": {"enum": list(_CONFLICTS)}}}]}
    conflict = {
        "description": "It is another case by now; with the case as it is.",
        "content": {PROBLEM_TYPE: {"schema": schema}},
    }
    return {**responses, 409: conflict}


def _taken(request: Request, case: Case | None, desk: CaseDesk) -> CaseTaken:
    return CaseTaken(case=None if case is None else summary_of(case, desk, money=may_see_money(request)))
