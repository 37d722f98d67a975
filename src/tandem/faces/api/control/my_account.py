"""What a customer has: accounts, payments, what a person answers, and rights over their data."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.channel import ChannelDesk
from tandem.faces.api.control.account_documents import account_detail
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.my import MINE, customer_of
from tandem.faces.api.control.my_documents import accounts_shown, payoff_shown, request_shown, words_shown
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.gate import Gate
from tandem.faces.api.shapes.accounts import AccountDetail
from tandem.faces.api.shapes.my import (
    MyAccounts,
    MyErasure,
    MyPayment,
    MyPaymentRequest,
    MyPayoff,
    MyPreferences,
    MyRequest,
    MyRequestMade,
    MyRequests,
)
from tandem.kernel.time import days_to_date

__all__ = ["my_account_router", "my_rights_router"]

_Account = Annotated[str, Path(max_length=255)]
_Plan = Annotated[str, Query(min_length=1, max_length=100)]
_SHAPE: Problems = {422: ("invalid_parameter", "wrong_shape")}
_UNKNOWN: Problems = {404: ("unknown_account",), 422: ("invalid_parameter",)}


def my_account_router(desk: ChannelDesk) -> APIRouter:
    """Accounts and payments."""
    router = APIRouter(tags=["my"])

    @router.get(
        "/v1/my/accounts",
        summary="Their accounts: what is owed today, what is due next",
        responses=answers(
            MyAccounts, "Newest first.", problems=[BUSY, MINE, {404: ("unknown_artefact",), 422: ("cap_exceeded",)}]
        ),
    )
    async def accounts(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(accounts_shown, desk, customer_of(request)))

    @router.get(
        "/v1/my/accounts/{account_id}",
        summary="One of their accounts",
        responses=answers(AccountDetail, "As it is.", problems=[BUSY, MINE, _UNKNOWN]),
    )
    async def account(request: Request, account_id: _Account) -> Response:
        found = await run_in_threadpool(desk.core.account, customer_of(request), account_id)
        return json_response(request, account_detail(found, desk.core.lending.today()))

    @router.get(
        "/v1/my/accounts/{account_id}/payoff",
        summary="What pays everything of a plan today",
        responses=answers(MyPayoff, "Today's.", problems=[BUSY, MINE, _UNKNOWN, {404: ("unknown_plan",)}]),
    )
    async def payoff(request: Request, account_id: _Account, plan: _Plan) -> Response:
        found = await run_in_threadpool(desk.repaying.payoff, customer_of(request), account_id, plan)
        return json_response(request, payoff_shown(found))

    @router.post(
        "/v1/my/accounts/{account_id}/payments",
        summary="Pay what is due, or early",
        description="In a sandbox the provider is simulated, and says so. The same `payment_id` again pays nothing more.",
        openapi_extra=takes(MyPaymentRequest, {"payment_id": "p-1", "plan": "loan", "amount_minor": 10_900}),
        responses=answers(
            MyPayment,
            "Paid; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                MINE,
                _UNKNOWN,
                _SHAPE,
                {
                    404: ("unknown_plan",),
                    409: (
                        "above_payoff",
                        "in_future",
                        "key_reused",
                        "no_provider",
                        "not_allowed",
                        "out_of_order",
                        "payment_refused",
                    ),
                    422: ("not_owed",),
                },
            ],
        ),
    )
    async def pay(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(MyPaymentRequest))]
    ) -> Response:
        customer = customer_of(request)

        def do() -> MyPayment:
            paid = desk.repaying.pay(
                customer,
                account_id,
                payment_id=body.payment_id,
                plan=body.plan,
                amount_minor=body.amount_minor,
                early=body.early,
            )
            return MyPayment(
                account=account_detail(paid.done.account, desk.core.lending.today()),
                number=paid.collected.number,
                simulated=paid.collected.simulated,
                again=paid.done.again,
            )

        return json_response(request, await run_in_threadpool(do))

    return router


def my_rights_router(desk: ChannelDesk, gate: Gate) -> APIRouter:
    """Objections, and what is done with their data."""
    router = APIRouter(tags=["my"])

    @router.get(
        "/v1/my/requests",
        summary="What they asked a person for, and how it stands",
        responses=answers(MyRequests, "Newest first.", problems=[BUSY, MINE]),
    )
    async def requests(request: Request) -> Response:
        found = await run_in_threadpool(desk.rights.requests, customer_of(request))
        return json_response(request, MyRequests(requests=[request_shown(one) for one in found]))

    @router.post(
        "/v1/my/requests",
        summary="Object, or ask for a person: a case is opened",
        openapi_extra=takes(
            MyRequestMade, {"request_id": "r-1", "about": "objection", "text": "My income is higher than you say."}
        ),
        responses=answers(
            MyRequest,
            "Asked; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                MINE,
                _SHAPE,
                {
                    404: ("unknown_application",),
                    409: ("key_reused", "nothing_decided"),
                    422: ("empty_text", "no_evidence", "text_too_long"),
                },
            ],
        ),
    )
    async def ask(request: Request, body: Annotated[Any, Depends(body_of(MyRequestMade))]) -> Response:
        found = await run_in_threadpool(
            desk.rights.ask,
            customer_of(request),
            request_id=body.request_id,
            about=body.about,
            text=body.text,
            decision_id=body.decision_id,
        )
        return json_response(request, request_shown(found))

    @router.get(
        "/v1/my/preferences",
        summary="What is done with their data",
        responses=answers(MyPreferences, "As they said.", problems=[BUSY, MINE, {409: ("not_at_checkout",)}]),
    )
    async def preferences(request: Request) -> Response:
        marketing, automated = await run_in_threadpool(desk.rights.preferred, customer_of(request))
        return json_response(request, MyPreferences(marketing=marketing, automated=automated))

    @router.put(
        "/v1/my/preferences",
        summary="Say what is done with their data",
        openapi_extra=takes(MyPreferences, {"marketing": False, "automated": False}),
        responses=answers(
            MyPreferences,
            "As they said; durable.",
            problems=[BODY_PROBLEMS, BUSY, MINE, _SHAPE, {409: ("key_reused", "not_at_checkout")}],
        ),
    )
    async def prefer(request: Request, body: Annotated[Any, Depends(body_of(MyPreferences))]) -> Response:
        customer = customer_of(request)
        await run_in_threadpool(desk.rights.prefer, customer, marketing=body.marketing, automated=body.automated)
        return json_response(request, body)

    @router.get(
        "/v1/my/data",
        summary="Everything that is kept of them, readable by a program",
        responses=answers(dict, "All of it.", problems=[BUSY, MINE]),
    )
    async def export(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(desk.rights.export, customer_of(request)))

    @router.delete(
        "/v1/my/data",
        summary="Erase them; or restrict, and say which rule keeps the records",
        description="Erased is for ever: the key under which everything personal is sealed is destroyed, and this session ends.",
        responses=answers(MyErasure, "Done.", problems=[BUSY, MINE]),
    )
    async def erase(request: Request) -> Response:
        done = await run_in_threadpool(desk.rights.erase, customer_of(request))
        told = MyErasure(
            erased=done.erased,
            until=None if done.until is None else days_to_date(done.until).isoformat(),
            why=None if done.why is None else words_shown(done.why),
        )
        response = json_response(request, told)
        if done.erased:
            response.headers.append("set-cookie", gate.customer_cookie(request.scope, None))
        return response

    return router
