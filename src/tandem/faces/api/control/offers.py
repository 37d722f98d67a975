"""Reminders and offers over HTTP: programmes, what was decided and why, what it did; and a customer's own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.lending import LendingDesk
from tandem.act.offers import OfferDesk
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.my import MINE, customer_of
from tandem.faces.api.control.offer_documents import effect_shown, my_offer, offer_page, offer_shown, programme_page
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.shapes.offers import (
    AccountOffers,
    MyOfferAnswer,
    MyProgrammeOffer,
    MyProgrammeOffers,
    OfferEffectShown,
    OfferPage,
    ProgrammePage,
)

__all__ = ["my_offer_router", "offer_router"]

_PAGE_MAX = 500
_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_Account = Annotated[str, Path(max_length=255)]
_Offer = Annotated[str, Path(max_length=255)]
_State = Literal["held_out", "nothing", "waiting", "told", "blocked", "accepted", "refused", "closed"]


def offer_router(desk: OfferDesk, lending: LendingDesk) -> APIRouter:
    """What ``desk`` keeps."""
    router = APIRouter(tags=["offers"])

    @router.get(
        "/v1/programmes",
        summary="Programmes of reminders and offers: those of the live release, with their figures",
        responses=answers(ProgrammePage, "By name.", problems=[BUSY]),
    )
    async def programmes(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(programme_page, desk))

    @router.get(
        "/v1/programmes/{name}/effect",
        summary="What a programme did: whom it might tell something beside whom it held out by lot",
        responses=answers(
            OfferEffectShown,
            "As of today.",
            problems=[BUSY, {404: ("unknown_product", "unknown_programme"), 422: ("invalid_parameter",)}],
        ),
    )
    async def effect(request: Request, name: _Name) -> Response:
        def found() -> OfferEffectShown:
            programme = desk.programmes.named(name).programme
            currency = lending.shelf.named(programme.products[0]).product.currency
            return effect_shown(desk, currency, desk.effect(name))

        return json_response(request, await run_in_threadpool(found))

    @router.get(
        "/v1/offers",
        summary="What was decided to be offered, or not, with its propensity and what came of it; newest first",
        responses=answers(
            OfferPage, "Some of them.", problems=[BUSY, {404: ("unknown_offer",), 422: ("invalid_parameter",)}]
        ),
    )
    async def offers(
        request: Request,
        programme: Annotated[str | None, Query(pattern="^[a-z][a-z0-9_]{0,79}$")] = None,
        state: _State | None = None,
        after: Annotated[str | None, Query(max_length=255, description="offer id; only older ones")] = None,
        limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 100,
    ) -> Response:
        found = await run_in_threadpool(
            desk.look,
            lambda every: offer_page(every, programme=programme, state=state, after=after, limit=limit),
        )
        return json_response(request, found)

    @router.get(
        "/v1/accounts/{account_id}/offers",
        summary="What its owner was offered, and by programme why the account is told nothing now",
        responses=answers(
            AccountOffers, "Newest first.", problems=[BUSY, {404: ("unknown_account",), 422: ("invalid_parameter",)}]
        ),
    )
    async def of_account(request: Request, account_id: _Account) -> Response:
        def found() -> AccountOffers:
            why, owner = desk.why(account_id), lending.account(account_id).owner
            shown = desk.look(lambda every: [offer_shown(one) for one in reversed(every.of(owner))])
            return AccountOffers(offers=shown, why_none=why)

        return json_response(request, await run_in_threadpool(found))

    return router


def my_offer_router(desk: OfferDesk) -> APIRouter:
    """A customer's own offers. Who came by a shop's checkout did not prove who they are, and has none."""
    router = APIRouter(tags=["my"])

    @router.get(
        "/v1/my/offers",
        summary="What they were told and may answer",
        responses=answers(MyProgrammeOffers, "Newest first.", problems=[BUSY, MINE]),
    )
    async def offers(request: Request) -> Response:
        customer = customer_of(request)

        def found() -> MyProgrammeOffers:
            mine = [] if customer.merchant is not None else desk.mine(customer.pseudonym)
            return MyProgrammeOffers(offers=[my_offer(one, desk) for one in mine])

        return json_response(request, await run_in_threadpool(found))

    @router.post(
        "/v1/my/offers/{offer_id}/answer",
        summary="Accept, refuse, or hear no more of it",
        description="A plan that is accepted is applied for, decided, read and signed like any other: see `plan`.",
        openapi_extra=takes(MyOfferAnswer, {"answer": "refused", "never": True}),
        responses=answers(
            MyProgrammeOffer,
            "As it stands; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                MINE,
                {
                    404: ("unknown_offer",),
                    409: ("key_reused", "not_open"),
                    422: ("invalid_parameter", "wrong_shape"),
                },
            ],
        ),
    )
    async def answer(
        request: Request, offer_id: _Offer, body: Annotated[Any, Depends(body_of(MyOfferAnswer))]
    ) -> Response:
        customer = customer_of(request)

        def do() -> MyProgrammeOffer:
            made = desk.answer(
                customer.pseudonym,
                offer_id,
                body.answer,
                never=body.never,
                by=f"customer:{customer.pseudonym}",
                proven=customer.merchant is None,
            )
            return my_offer(made, desk)

        return json_response(request, await run_in_threadpool(do))

    return router
