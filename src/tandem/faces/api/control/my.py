"""A customer's own channel over HTTP: coming in, applying, reading, signing. Every route is about who asks, and nobody else."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.channel import ChannelDesk
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.my_documents import (
    application_shown,
    consents_shown,
    customer_shown,
    disclosure_shown,
    offer_shown,
    products_shown,
)
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, EVENT_PROBLEMS, Problems, answers, takes
from tandem.faces.api.gate import Gate, principal_of
from tandem.faces.api.hot import HotPath
from tandem.faces.api.shapes.access import SignedOut
from tandem.faces.api.shapes.my import (
    MyAgreement,
    MyApplication,
    MyApplicationRequest,
    MyApplications,
    MyConfirmed,
    MyConsents,
    MyDisclosure,
    MyDisclosureRequest,
    MyOffer,
    MyPass,
    MyProducts,
    MySession,
    MySignature,
    MySigned,
)
from tandem.kernel.errors import NotSignedIn, Refused, Unavailable
from tandem.kernel.time import Clock, format_instant
from tandem.prove.access import Customer, csrf_of

__all__ = ["MINE", "customer_of", "my_application_router", "my_session_router", "my_signing_router"]

MINE: Problems = {403: ("not_invited_to",), 409: ("no_channel",)}
"""Problems that any of a customer's own routes may answer with."""
_SHAPE: Problems = {422: ("invalid_parameter", "wrong_shape")}
_Decision = Annotated[str, Path(max_length=255)]
_Consent = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_Amount = Annotated[int | None, Query(ge=1, le=10**15)]
_OFFER: Problems = {
    404: ("unknown_application", "unknown_decision", "unknown_product"),
    409: ("above_offer", "bought", "no_product", "no_subject", "not_approved", "offer_lapsed", "which_product"),
    422: ("outside_product",),
}


def customer_of(request: Request) -> Customer:
    """The customer who asks; the gate has seen to it that there is one."""
    found = principal_of(request).customer
    assert found is not None, "the gate lets nobody else in"
    return found


def my_session_router(desk: ChannelDesk, gate: Gate) -> APIRouter:
    """Coming in by a pass, and going out."""
    passes = gate.access.customers
    router = APIRouter(tags=["my"])

    @router.post(
        "/v1/my/session",
        summary="Come in by the pass of an invitation",
        description="The pass works once. The cookie is this browser's alone and opens nothing but the customer's own channel.",
        openapi_extra=takes(MyPass),
        responses=answers(
            MySession,
            "Came in; the cookie is set.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _SHAPE,
                {
                    401: ("invalid_pass",),
                    404: ("unknown_invitation",),
                    409: ("no_channel",),
                    503: ("access_unavailable",),
                },
            ],
        ),
    )
    async def come_in(request: Request, body: Annotated[Any, Depends(body_of(MyPass))]) -> Response:
        def do() -> tuple[MySession, str, bool]:
            came = passes.come_in(body.token, ending=gate.customer_token(request.scope))
            customer = came.principal.customer
            assert customer is not None, "who came in"
            shown = customer_shown(desk, gate.access, customer, came.csrf)
            return MySession(known=True, customer=shown), came.token, customer.merchant is not None

        told, token, framed = await run_in_threadpool(do)
        response = json_response(request, told)
        response.headers.append("set-cookie", gate.customer_cookie(request.scope, token, framed=framed))
        return response

    @router.get(
        "/v1/my/session",
        summary="Whether a customer has come in at this browser",
        responses=answers(
            MySession, "Who, if anybody.", problems=[BUSY, {404: ("unknown_invitation",), 409: ("no_channel",)}]
        ),
    )
    async def session(request: Request) -> Response:
        def do() -> MySession:
            try:
                principal = gate.customer(request.scope)
            except (NotSignedIn, Refused):  # a page that asks so gets no 401, which browsers write down as an error
                return MySession(known=False, customer=None)
            assert principal.customer is not None, "who came in"
            csrf = csrf_of(gate.customer_token(request.scope) or b"")
            return MySession(known=True, customer=customer_shown(desk, gate.access, principal.customer, csrf))

        return json_response(request, await run_in_threadpool(do))

    @router.delete(
        "/v1/my/session",
        summary="Go out",
        responses=answers(SignedOut, "Out.", problems=[{503: ("access_unavailable",)}]),
    )
    async def leave(request: Request) -> Response:
        await run_in_threadpool(passes.leave, principal_of(request))
        response = json_response(request, SignedOut(signed_out=True))
        response.headers.append("set-cookie", gate.customer_cookie(request.scope, None))
        return response

    return router


def my_application_router(desk: ChannelDesk, hot: HotPath) -> APIRouter:
    """Applying, and the offer."""
    router = APIRouter(tags=["my"])

    @router.get(
        "/v1/my/products",
        summary="What they can apply for, and what is asked",
        responses=answers(MyProducts, "In the lender's order.", problems=[BUSY, MINE, {404: ("unknown_invitation",)}]),
    )
    async def products(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(products_shown, desk, customer_of(request)))

    @router.post(
        "/v1/my/applications",
        summary="Apply: a decision, at once",
        description="Decided in the ordinary way, like any event. The same `application_id` again gives the same decision.",
        openapi_extra=takes(
            MyApplicationRequest,
            {"application_id": "a-1", "product": "till_instalments", "term": 12, "values": {"age": 34}},
        ),
        responses=answers(
            MyApplication,
            "What came of it; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                EVENT_PROBLEMS,
                MINE,
                _SHAPE,
                _OFFER,
                {
                    404: ("no_policy", "unknown_invitation", "unknown_policy"),
                    409: ("data_restricted", "key_reused", "other_subject", "recorded_undecided"),
                    422: ("other_event_type",),
                },
            ],
        ),
    )
    async def apply(request: Request, body: Annotated[Any, Depends(body_of(MyApplicationRequest))]) -> Response:
        customer = customer_of(request)
        begun = await run_in_threadpool(
            desk.applying.begin,
            customer,
            application_id=body.application_id,
            product=body.product,
            term=body.term,
            amount_minor=body.amount_minor,
            values=body.values,
        )
        answer = await hot.decided(begun.document, begun.policy)
        if answer.decision_id is None:
            raise Unavailable("It was recorded and not decided.", code="unavailable")
        found = await run_in_threadpool(desk.decided, customer, begun, answer.decision_id)
        return json_response(request, application_shown(found))

    @router.get(
        "/v1/my/applications",
        summary="Their applications",
        responses=answers(MyApplications, "Newest first.", problems=[BUSY, MINE]),
    )
    async def applications(request: Request) -> Response:
        found = await run_in_threadpool(desk.applying.all, customer_of(request))
        return json_response(request, MyApplications(applications=[application_shown(one) for one in found]))

    @router.get(
        "/v1/my/applications/{decision_id}",
        summary="One of their applications, with the reasons",
        responses=answers(
            MyApplication,
            "As it is.",
            problems=[BUSY, MINE, {404: ("unknown_application",), 422: ("invalid_parameter",)}],
        ),
    )
    async def application(request: Request, decision_id: _Decision) -> Response:
        found = await run_in_threadpool(desk.applying.told, customer_of(request), decision_id)
        return json_response(request, application_shown(found))

    @router.get(
        "/v1/my/applications/{decision_id}/offer",
        summary="What may be signed: a quote for each term, every fee in it, and the cap that holds",
        responses=answers(MyOffer, "The offer.", problems=[BUSY, MINE, _OFFER, {422: ("invalid_parameter",)}]),
    )
    async def offer(request: Request, decision_id: _Decision, amount_minor: _Amount = None) -> Response:
        found = await run_in_threadpool(offer_shown, desk, customer_of(request), decision_id, amount_minor)
        return json_response(request, found)

    return router


def my_signing_router(desk: ChannelDesk, clock: Clock) -> APIRouter:
    """The table of costs, the signature, consents."""
    router = APIRouter(tags=["my"])

    @router.post(
        "/v1/my/applications/{decision_id}/disclosures",
        summary="Put the table of costs before the customer; from now on the time of reading counts",
        openapi_extra=takes(MyDisclosureRequest, {"term": 12, "language": "zh-CN"}),
        responses=answers(
            MyDisclosure,
            "The table, and when it can be confirmed.",
            problems=[BODY_PROBLEMS, BUSY, MINE, _OFFER, _SHAPE, {409: ("key_reused",)}],
        ),
    )
    async def disclose(
        request: Request, decision_id: _Decision, body: Annotated[Any, Depends(body_of(MyDisclosureRequest))]
    ) -> Response:
        issued = await run_in_threadpool(
            desk.signing.disclose,
            customer_of(request),
            decision_id,
            term=body.term,
            amount_minor=body.amount_minor,
            language=body.language,
        )
        return json_response(request, disclosure_shown(issued, clock.now()))

    @router.post(
        "/v1/my/disclosures/{digest}/confirmation",
        summary="Confirm that it was read; refused before its time",
        responses=answers(
            MyConfirmed,
            "Confirmed; durable.",
            problems=[
                BUSY,
                MINE,
                {404: ("unknown_disclosure",), 409: ("key_reused", "not_read_yet"), 422: ("invalid_parameter",)},
            ],
        ),
    )
    async def confirm(request: Request, digest: Annotated[str, Path(pattern="^[0-9a-f]{64}$")]) -> Response:
        at = await run_in_threadpool(desk.signing.confirm, customer_of(request), digest)
        return json_response(request, MyConfirmed(digest=digest, confirmed_at=format_instant(at)))

    @router.post(
        "/v1/my/applications/{decision_id}/signature",
        summary="Sign what was read, confirmed and agreed to",
        openapi_extra=takes(MySignature, {"term": 12, "disclosure": "0" * 64}),
        responses=answers(
            MySigned,
            "The account; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                MINE,
                _OFFER,
                _SHAPE,
                {
                    404: ("unknown_account",),
                    409: ("consent_lacking", "disclosure_differs", "key_reused", "not_allowed", "not_confirmed"),
                    422: ("cap_exceeded", "cap_missing", "cap_not_yet", "unknown_cap"),
                },
            ],
        ),
    )
    async def sign(
        request: Request, decision_id: _Decision, body: Annotated[Any, Depends(body_of(MySignature))]
    ) -> Response:
        customer = customer_of(request)

        def do() -> MySigned:
            signed = desk.signing.sign(
                customer, decision_id, term=body.term, amount_minor=body.amount_minor, disclosure=body.disclosure
            )
            return MySigned(
                account_id=signed.account,
                plan=signed.plan,
                amount_minor=signed.amount_minor,
                disclosure=signed.disclosure,
                back=desk.inviting.way_back(customer),
            )

        return json_response(request, await run_in_threadpool(do))

    @router.get(
        "/v1/my/consents",
        summary="What they agreed to, and what they are asked for",
        responses=answers(MyConsents, "One by one.", problems=[BUSY, MINE, {404: ("unknown_invitation",)}]),
    )
    async def consents(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(consents_shown, desk, customer_of(request)))

    @router.post(
        "/v1/my/consents/{consent}",
        summary="Agree to one thing",
        openapi_extra=takes(MyAgreement, {"language": "zh-CN"}),
        responses=answers(
            MyConsents,
            "As they stand; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                MINE,
                _SHAPE,
                {404: ("unknown_consent", "unknown_invitation"), 409: ("key_reused",)},
            ],
        ),
    )
    async def agree(
        request: Request, consent: _Consent, body: Annotated[Any, Depends(body_of(MyAgreement))]
    ) -> Response:
        customer = customer_of(request)

        def do() -> MyConsents:
            desk.signing.agree(customer, consent, body.language)
            return consents_shown(desk, customer)

        return json_response(request, await run_in_threadpool(do))

    @router.delete(
        "/v1/my/consents/{consent}",
        summary="Agree to it no more",
        description="What was done until now stays lawful; nothing new is done by it, and nothing that needs it is signed.",
        responses=answers(
            MyConsents,
            "As they stand; durable.",
            problems=[
                BUSY,
                MINE,
                {
                    404: ("unknown_consent", "unknown_invitation"),
                    409: ("key_reused",),
                    422: ("invalid_parameter",),
                },
            ],
        ),
    )
    async def withdraw(request: Request, consent: _Consent) -> Response:
        customer = customer_of(request)

        def do() -> MyConsents:
            desk.signing.withdraw(customer, consent)
            return consents_shown(desk, customer)

        return json_response(request, await run_in_threadpool(do))

    return router
