"""Collections over HTTP: the queue, the customer on one screen, what people do, what the rules kept back, the figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.collections import AgreedHours, CollectionsDesk, Collectors, ContactId, PointId, Reach
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.collection_documents import (
    blocked_page,
    blocks_shown,
    conduct_page,
    contact_answer,
    customer_shown,
    report_shown,
    work_page,
)
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.shapes.collections import (
    AgencyChange,
    BlockedPage,
    CallAnswer,
    CallRequest,
    ConductPage,
    ContactAnswer,
    CustomerShown,
    DealingChange,
    DisputeEnd,
    DisputeRequest,
    MarkChange,
    MessageRequest,
    NoteRequest,
    OfferAnswer,
    OfferRequest,
    OutcomeRequest,
    PointChange,
    PointRequest,
    PromiseRequest,
    PromiseWithdrawal,
    ReportShown,
    TakeRequest,
    WorkPage,
)
from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import days_to_date, parse_date

__all__ = ["collection_change_router", "collection_router"]

_Account = Annotated[str, Path(max_length=255)]
_Id = Annotated[str, Path(max_length=255)]
_Point = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="pseudonym of a number or an address")]
_DayAsked = Annotated[str | None, Query(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_DAYS_MAX = 400
_KNOWN: Problems = {404: ("not_in_collections", "unknown_account"), 422: ("invalid_parameter",)}
_CHANGE: Problems = {
    403: ("no_permit", "same_person"),
    404: (
        "not_in_collections",
        "unknown_account",
        "unknown_contact",
        "unknown_dispute",
        "unknown_offer",
        "unknown_plan",
        "unknown_point",
        "unknown_promise",
    ),
    409: (
        "contact_over",
        "in_future",
        "key_reused",
        "not_allowed",
        "not_late",
        "not_possible",
        "offer_amount",
        "offer_count",
        "offer_open",
        "offer_over",
        "offer_rate",
        "out_of_order",
        "promise_amount",
        "promise_day",
        "promise_open",
        "rule_forbids",
    ),
    422: (
        "empty_text",
        "invalid_contact_detail",
        "invalid_date",
        "invalid_identifier",
        "invalid_parameter",
        "invalid_zone",
        "no_person",
        "no_text",
        "not_owed",
        "text_too_long",
        "wrong_shape",
    ),
}


def collection_router(desk: CollectionsDesk) -> APIRouter:
    """What ``desk`` knows."""
    router = APIRouter(tags=["collections"])

    @router.get(
        "/v1/collections/queue",
        summary="What waits for a person, the most valuable hour first",
        responses=answers(WorkPage, "What you may take.", problems=[BUSY]),
    )
    async def queue(request: Request) -> Response:
        by = speaker(request)
        return json_response(request, await run_in_threadpool(lambda: work_page(desk, desk.queue(by=by))))

    @router.get(
        "/v1/collections/accounts/{account_id}",
        summary="One account in collections: what is owed, why this action, what was said, what may be done now",
        responses=answers(CustomerShown, "As it is.", problems=[BUSY, _KNOWN]),
    )
    async def customer(request: Request, account_id: _Account) -> Response:
        return json_response(request, await run_in_threadpool(_shown, desk, account_id))

    @router.get(
        "/v1/collections/conduct",
        summary="The conduct rules in force, with their sources, and what each kept back",
        responses=answers(ConductPage, "Rule sets, those in use first.", problems=[BUSY]),
    )
    async def conduct(request: Request) -> Response:
        found, today = desk.rulebook.now, days_to_date(desk.today())
        return json_response(
            request, await run_in_threadpool(desk.look, lambda files: conduct_page(found, files, today))
        )

    @router.get(
        "/v1/collections/blocked",
        summary="Contacts that were not made, newest first, each with its rules",
        responses=answers(BlockedPage, "The last of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def blocked(
        request: Request,
        rule: Annotated[str | None, Query(pattern="^[a-z][a-z0-9_]{0,62}$")] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Response:
        return json_response(
            request, await run_in_threadpool(desk.look, lambda files: blocked_page(files, rule, limit))
        )

    @router.get(
        "/v1/collections/report",
        summary="The supervisor's figures: contacts, promises, recovery, people, agencies",
        description="Without a last day up to today; UTC.",
        responses=answers(
            ReportShown, "For the days asked about.", problems=[BUSY, {422: ("invalid_date", "invalid_parameter")}]
        ),
    )
    async def report(
        request: Request,
        first: _DayAsked = None,
        last: _DayAsked = None,
        days: Annotated[int, Query(ge=1, le=_DAYS_MAX, description="where no first day is given")] = 30,
    ) -> Response:
        end = desk.today() if last is None else parse_date(last)
        start = end - days + 1 if first is None else parse_date(first)
        if not 0 <= end - start < _DAYS_MAX:
            raise InvalidInput(
                "These are no days, or too many.", code="invalid_parameter", field="first", value=first,
                hint=f"at most {_DAYS_MAX} days, the first before the last",
            )  # fmt: skip

        def do() -> ReportShown:
            return report_shown(desk.report(start, end), start, end, desk.rulebook.now)

        return json_response(request, await run_in_threadpool(do))

    return router


def collection_change_router(desk: CollectionsDesk) -> APIRouter:
    """What people do about arrears. Every change comes with the caller's id for it and is done once."""
    router = APIRouter(tags=["collections"])
    people = Collectors(desk)
    _contacting(router, desk, people)
    _agreeing(router, desk, people)
    _knowing(router, desk, people)
    return router


def _contacting(router: APIRouter, desk: CollectionsDesk, people: Collectors) -> None:
    changing = [BODY_PROBLEMS, BUSY, _CHANGE]

    @router.post(
        "/v1/collections/accounts/{account_id}/taken",
        summary="Work on an account, or give it back to the queue",
        openapi_extra=takes(TakeRequest, {"request_id": "take-1"}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def taken(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(TakeRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id,
            lambda: people.take(account_id, by=by, to=by if body.taken else None, key=_key(by, body)),
        )  # fmt: skip

    @router.post(
        "/v1/collections/accounts/{account_id}/calls",
        summary="Ask for the number to call now: given only if the conduct rules let it be used",
        openapi_extra=takes(CallRequest, {"request_id": "call-1", "channel": "call", "point": "0" * 32}),
        responses=answers(CallAnswer, "The number, or the rules that stand against it.", problems=changing),
    )
    async def calls(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(CallRequest))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> CallAnswer:
            found = people.dial(
                account_id,
                body.channel,
                PointId(body.point),
                step=body.step,
                by=by,
                key=_key(by, body),
                agency=body.agency,
            )
            blocks = () if found.blocked is None else found.blocked.blocks
            return CallAnswer(contact_id=found.contact, address=found.address, blocks=blocks_shown(blocks))

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/collections/accounts/{account_id}/messages",
        summary="Write to a debtor, in a template's words or one's own",
        openapi_extra=takes(
            MessageRequest,
            {"request_id": "sms-1", "channel": "sms", "point": "0" * 32, "text": "Your instalment is due."},
        ),
        responses=answers(ContactAnswer, "On its way, or the rules that stand against it.", problems=changing),
    )
    async def messages(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(MessageRequest))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> ContactAnswer:
            judged = people.write(
                account_id, body.channel, PointId(body.point), body.text, step=body.step, by=by, key=_key(by, body),
                subject=body.subject, template=body.template,
            )  # fmt: skip
            return desk.look(lambda files: contact_answer(judged, files))

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/collections/contacts/{contact_id}/outcome",
        summary="Say what came of a contact",
        description="Of a call by who made it; of a text message or a machine's call by the gateway.",
        openapi_extra=takes(OutcomeRequest, {"state": "answered", "minutes": 4}),
        responses=answers(ContactAnswer, "As it is now.", problems=changing),
    )
    async def outcome(
        request: Request, contact_id: _Id, body: Annotated[Any, Depends(body_of(OutcomeRequest))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> ContactAnswer:
            found = people.outcome(
                ContactId(contact_id), body.state, by=by, why=body.why, minutes=body.minutes, invalid=body.invalid
            )
            return ContactAnswer(contact_id=found.contact, state=found.state, blocks=[])

        return json_response(request, await run_in_threadpool(do))


def _agreeing(router: APIRouter, desk: CollectionsDesk, people: Collectors) -> None:
    changing = [BODY_PROBLEMS, BUSY, _CHANGE]

    @router.post(
        "/v1/collections/accounts/{account_id}/promises",
        summary="Note a promise to pay",
        openapi_extra=takes(PromiseRequest, {"request_id": "promise-1", "amount_minor": 30_000, "due": "2026-12-05"}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def promises(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(PromiseRequest))]
    ) -> Response:
        by, due = speaker(request, body.by), parse_date(body.due)
        contact = None if body.contact_id is None else ContactId(body.contact_id)
        return await _then(
            desk, request, account_id,
            lambda: people.promise(account_id, body.amount_minor, due, by=by, key=_key(by, body), contact=contact),
        )  # fmt: skip

    @router.post(
        "/v1/collections/promises/{promise_id}/withdrawal",
        summary="A promise is no longer meant",
        openapi_extra=takes(PromiseWithdrawal, {"request_id": "promise-1-off"}),
        responses=answers(CustomerShown, "Its account.", problems=changing),
    )
    async def withdrawal(
        request: Request, promise_id: _Id, body: Annotated[Any, Depends(body_of(PromiseWithdrawal))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> CustomerShown:
            return _shown(desk, people.withdraw_promise(promise_id, by=by, key=_key(by, body)).account)

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/collections/accounts/{account_id}/disputes",
        summary="The debtor objects: nothing is collected until it was looked into",
        openapi_extra=takes(DisputeRequest, {"request_id": "dispute-1", "text": "I paid that in May."}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def disputes(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(DisputeRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id, lambda: people.dispute(account_id, body.text, by=by, key=_key(by, body))
        )

    @router.post(
        "/v1/collections/disputes/{dispute_id}/end",
        summary="An objection was looked into",
        openapi_extra=takes(DisputeEnd, {"request_id": "dispute-1-end", "upheld": False, "text": "No such payment."}),
        responses=answers(CustomerShown, "Its account.", problems=changing),
    )
    async def end(request: Request, dispute_id: _Id, body: Annotated[Any, Depends(body_of(DisputeEnd))]) -> Response:
        by = speaker(request, body.by)

        def do() -> CustomerShown:
            people.end_dispute(dispute_id, upheld=body.upheld, text=body.text, by=by, key=_key(by, body))
            return _shown(desk, desk.look(lambda files: files.disputes[dispute_id].account))

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/collections/accounts/{account_id}/offers",
        summary="Offer to take less at once, or another schedule",
        openapi_extra=takes(OfferRequest, {"request_id": "offer-1", "kind": "restructure", "count": 12}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def offers(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(OfferRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id,
            lambda: people.offer(
                account_id, body.kind, by=by, key=_key(by, body), amount_minor=body.amount_minor, count=body.count,
                rate_bps=body.rate_bps,
            ),
        )  # fmt: skip

    @router.post(
        "/v1/collections/offers/{offer_id}/answer",
        summary="What the debtor made of an offer",
        openapi_extra=takes(OfferAnswer, {"request_id": "offer-1-yes", "accepted": True}),
        responses=answers(CustomerShown, "Its account.", problems=changing),
    )
    async def answer(request: Request, offer_id: _Id, body: Annotated[Any, Depends(body_of(OfferAnswer))]) -> Response:
        by = speaker(request, body.by)

        def do() -> CustomerShown:
            return _shown(
                desk, people.answer_offer(offer_id, accepted=body.accepted, by=by, key=_key(by, body)).account
            )

        return json_response(request, await run_in_threadpool(do))


def _knowing(router: APIRouter, desk: CollectionsDesk, people: Collectors) -> None:
    changing = [BODY_PROBLEMS, BUSY, _CHANGE]

    @router.post(
        "/v1/collections/accounts/{account_id}/marks",
        summary="Something is so about a debtor, such as hardship, or no longer",
        openapi_extra=takes(MarkChange, {"request_id": "mark-1", "mark": "hardship"}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def marks(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(MarkChange))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id,
            lambda: people.mark(account_id, body.mark, on=body.on, by=by, key=_key(by, body), text=body.text),
        )  # fmt: skip

    @router.post(
        "/v1/collections/accounts/{account_id}/dealing",
        summary="How a debtor is to be dealt with: time zone, language, hours, channels, consents",
        openapi_extra=takes(DealingChange, {"request_id": "dealing-1", "timezone": "Asia/Shanghai", "off": ["sms"]}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def dealing(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(DealingChange))]
    ) -> Response:
        by, hours = speaker(request, body.by), body.agreed_hours
        agreed = None if hours is None else AgreedHours(hours.starts, hours.ends)
        return await _then(
            desk, request, account_id,
            lambda: people.describe(
                account_id, by=by, key=_key(by, body), zone=body.timezone, language=body.language, agreed_hours=agreed,
                off=tuple(body.off), consents=tuple(body.consents),
            ),
        )  # fmt: skip

    @router.post(
        "/v1/collections/accounts/{account_id}/points",
        summary="Know another number or address",
        openapi_extra=takes(PointRequest, {"kind": "phone", "value": "+86 138 0013 8000"}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def points(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(PointRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        reach = Reach(kind=body.kind, value=body.value, whose=body.whose, name=body.name, relation=body.relation)
        return await _then(desk, request, account_id, lambda: people.add_point(account_id, reach, by=by))

    @router.post(
        "/v1/collections/accounts/{account_id}/points/{point}",
        summary="A number is invalid, or not to be used; or it is again",
        openapi_extra=takes(PointChange, {"request_id": "point-1", "invalid": True}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def point_change(
        request: Request, account_id: _Account, point: _Point, body: Annotated[Any, Depends(body_of(PointChange))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id,
            lambda: people.move_point(
                account_id, PointId(point), by=by, key=_key(by, body), invalid=body.invalid, opted_out=body.opted_out
            ),
        )  # fmt: skip

    @router.post(
        "/v1/collections/accounts/{account_id}/agency",
        summary="Place an account with an agency, or take it back",
        openapi_extra=takes(AgencyChange, {"request_id": "agency-1", "agency": "example_agency"}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def agency(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(AgencyChange))]
    ) -> Response:
        by = speaker(request, body.by)
        key = _key(by, body)
        return await _then(
            desk, request, account_id,
            lambda: people.recall(account_id, by=by, key=key) if body.agency is None
            else people.place(account_id, body.agency, by=by, key=key),
        )  # fmt: skip

    @router.post(
        "/v1/collections/accounts/{account_id}/notes",
        summary="Write something down",
        openapi_extra=takes(NoteRequest, {"request_id": "note-1", "text": "Starts a new job in January."}),
        responses=answers(CustomerShown, "As it is.", problems=changing),
    )
    async def notes(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(NoteRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _then(
            desk, request, account_id, lambda: people.note(account_id, body.text, by=by, key=_key(by, body))
        )


def _key(by: str, body: Any) -> str:
    """A caller's id is theirs alone: another person's same one is another."""
    return f"{by}:{body.request_id}"


def _shown(desk: CollectionsDesk, account_id: str) -> CustomerShown:
    return customer_shown(desk, desk.customer(account_id))


async def _then(desk: CollectionsDesk, request: Request, account_id: str, do: Callable[[], object]) -> Response:
    def change() -> CustomerShown:
        do()
        return _shown(desk, account_id)

    return json_response(request, await run_in_threadpool(change))
