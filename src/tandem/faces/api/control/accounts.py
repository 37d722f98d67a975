"""Accounts over HTTP: an offer is signed, a limit is drawn, money comes and goes back, and what is owed is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.lending import (
    Done,
    LedgerAccount,
    LendingDesk,
    Paid,
    Refunded,
    quotes_of,
)
from tandem.act.products import Day, OnShelf
from tandem.faces.api.control.account_documents import account_detail, account_page, ledger_page, monitored_account
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.products import quote_shown
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.shapes.accounts import (
    AcceptanceOfOffer,
    AccountChanged,
    AccountPage,
    DrawRequest,
    LedgerPage,
    MonitoredAccount,
    OfferShown,
    PaymentRequest,
    RefundRequest,
    ReversalRequest,
)
from tandem.kernel.time import format_instant, parse_date

__all__ = ["Books", "account_change_router", "account_router"]

Books = Callable[[], Mapping[str, Mapping[LedgerAccount, int]]]

_Decision = Annotated[str, Path(max_length=255, description="decision id, or the id of its event")]
_Account = Annotated[str, Path(max_length=255)]
_Product = Annotated[str | None, Query(pattern="^[a-z][a-z0-9_]{0,79}$")]
_State = Annotated[
    Literal["any", "open", "late", "frozen", "repaid", "written_off", "closed"],
    Query(description="late: past due; repaid: drawn once, and nothing is left to pay"),
]
_PAGE_MAX = 200
_OFFER: Problems = {
    404: ("unknown_decision",),
    409: ("above_offer", "no_product", "no_subject", "not_approved", "offer_lapsed", "which_product"),
    422: ("invalid_parameter", "outside_product"),
}
_DRAW: Problems = {
    404: ("unknown_decision",),
    409: (
        "above_decision",
        "decision_needed",
        "decision_not_asked",
        "decision_stale",
        "decision_used",
        "no_subject",
        "not_approved",
        "other_person",
        "other_policy",
    ),
}
_CHANGE: Problems = {
    404: ("unknown_account", "unknown_fact", "unknown_plan", "unknown_product"),
    409: ("in_future", "key_reused", "needs_second", "not_allowed", "out_of_order", "waived_since"),
    422: (
        "cap_exceeded",
        "cap_missing",
        "cap_not_yet",
        "invalid_date",
        "invalid_parameter",
        "not_owed",
        "outside_product",
        "unknown_cap",
        "wrong_shape",
    ),
}


def account_router(desk: LendingDesk, *books: Books) -> APIRouter:
    """What ``desk`` keeps.

    Args:
        books: what else was posted to the same ledger accounts, such as by banks.
    """
    router = APIRouter(tags=["accounts"])

    @router.get(
        "/v1/decisions/{decision_id}/offer",
        summary="What a decision offers: a quote for each term",
        responses=answers(OfferShown, "What may be signed.", problems=[_OFFER]),
    )
    async def offer(
        request: Request,
        decision_id: _Decision,
        amount_minor: Annotated[int | None, Query(ge=1, le=10**15)] = None,
        product: _Product = None,
    ) -> Response:
        return json_response(request, await run_in_threadpool(_offer, desk, decision_id, amount_minor, product))

    @router.get(
        "/v1/accounts",
        summary="Accounts, the newest first",
        responses=answers(AccountPage, "A page of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def accounts(
        request: Request,
        state: _State = "any",
        owner: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="pseudonym")] = None,
        before: Annotated[int | None, Query(ge=1)] = None,
        limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 50,
    ) -> Response:
        return json_response(request, await run_in_threadpool(account_page, desk, state, owner, before, limit))

    @router.get(
        "/v1/accounts/{account_id}",
        summary="One account: its plans, what is owed today, what happened, its grade and flags",
        responses=answers(
            MonitoredAccount, "As it is.", problems=[BUSY, {404: ("unknown_account",), 422: ("invalid_parameter",)}]
        ),
    )
    async def account(request: Request, account_id: _Account) -> Response:
        found = await run_in_threadpool(desk.account, account_id)
        return json_response(request, monitored_account(found, desk.today()))

    @router.get(
        "/v1/ledger",
        summary="The books: the balance of every ledger account, by currency",
        responses=answers(LedgerPage, "Debits above zero; each book sums to zero.", problems=[BUSY]),
    )
    async def ledger(request: Request) -> Response:
        def all_books() -> LedgerPage:
            lent = desk.look(lambda accounts: {currency: dict(book) for currency, book in accounts.ledger.items()})
            return ledger_page([lent, *(each() for each in books)])

        return json_response(request, await run_in_threadpool(all_books))

    return router


def account_change_router(desk: LendingDesk) -> APIRouter:
    """What moves accounts. Every change comes with the caller's id for it and is done once."""
    router = APIRouter(tags=["accounts"])
    changing = [BODY_PROBLEMS, BUSY, _CHANGE]

    @router.post(
        "/v1/decisions/{decision_id}/acceptance",
        summary="Sign what a decision offers: the account is opened, and a loan is paid out",
        description="A decision is signed once: the same acceptance again gives the same account, another one is refused.",
        openapi_extra=takes(AcceptanceOfOffer, {"term": 12}),
        responses=answers(
            AccountChanged,
            "The account; durable.",
            problems=[BODY_PROBLEMS, BUSY, _OFFER, {409: ("key_reused", "not_allowed"), 422: ("wrong_shape",)}],
        ),
    )
    async def acceptance(
        request: Request, decision_id: _Decision, body: Annotated[Any, Depends(body_of(AcceptanceOfOffer))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> Done:
            return desk.accept(decision_id, term=body.term, by=by, amount_minor=body.amount_minor, product=body.product)

        return await _changed(desk, request, do)

    @router.post(
        "/v1/accounts/{account_id}/draws",
        summary="Draw on a limit",
        openapi_extra=takes(DrawRequest, {"draw_id": "order-7", "plan": "order-7", "amount_minor": 120_000, "term": 3}),
        responses=answers(AccountChanged, "Drawn; durable.", problems=[*changing, _DRAW]),
    )
    async def draws(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(DrawRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _changed(
            desk,
            request,
            lambda: desk.draw(
                account_id,
                body.plan,
                key=body.draw_id,
                amount_minor=body.amount_minor,
                term=body.term,
                by=by,
                decision_id=body.decision_id,
            ),
        )

    @router.post(
        "/v1/accounts/{account_id}/payments",
        summary="Record a payment: on one plan, or on whichever are due",
        description="Without `plan` it is parted among all plans of the account: what is due first, the oldest first; what is over "
        "waits for what falls due next or, with `early`, repays principal now. All parts are written together or none is.",
        openapi_extra=takes(PaymentRequest, {"payment_id": "bank-1", "plan": "loan", "amount_minor": 107_688}),
        responses=answers(AccountChanged, "Recorded; durable.", problems=changing),
    )
    async def payments(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(PaymentRequest))]
    ) -> Response:
        by, day = speaker(request, body.by), _day(desk, body.on)

        def do() -> Done:
            if body.plan is None:
                return desk.pay(
                    account_id, body.amount_minor, day=day, early=body.early, key=body.payment_id, by=by
                )  # fmt: skip
            fact = Paid(day=day, amount_minor=body.amount_minor, early=body.early)
            return desk.happen(account_id, body.plan, fact, key=body.payment_id, by=by)

        return await _changed(desk, request, do)

    @router.post(
        "/v1/accounts/{account_id}/refunds",
        summary="Record what a merchant gives back",
        openapi_extra=takes(RefundRequest, {"refund_id": "refund-1", "plan": "order-7", "amount_minor": 120_000}),
        responses=answers(AccountChanged, "Recorded; durable.", problems=changing),
    )
    async def refunds(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(RefundRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        fact = Refunded(day=_day(desk, body.on), amount_minor=body.amount_minor)
        return await _changed(
            desk, request, lambda: desk.happen(account_id, body.plan, fact, key=body.refund_id, by=by)
        )

    @router.post(
        "/v1/accounts/{account_id}/reversals",
        summary="Take back what had not happened, such as a debit that came back",
        openapi_extra=takes(ReversalRequest, {"reversal_id": "bank-2", "plan": "loan", "reversed_id": "bank-1"}),
        responses=answers(AccountChanged, "Taken back; durable.", problems=changing),
    )
    async def reversals(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(ReversalRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _changed(
            desk, request, lambda: desk.reverse(account_id, body.plan, body.reversed_id, key=body.reversal_id, by=by)
        )

    return router


def _day(desk: LendingDesk, on: str | None) -> Day:
    return desk.today() if on is None else parse_date(on)


def _offer(desk: LendingDesk, decision_id: str, amount_minor: int | None, product: str | None) -> OfferShown:
    found = desk.offer(decision_id, product)
    on_shelf = OnShelf(product=found.product, digest=found.terms)
    return OfferShown(
        decision_id=found.decision,
        product=found.product.name,
        terms=found.terms,
        currency=found.product.currency,
        most_minor=found.most_minor,
        rate_bps=found.rate_bps,
        until=format_instant(found.until),
        quotes=[quote_shown(on_shelf, one) for one in quotes_of(found, desk.today(), amount_minor)],
    )


async def _changed(desk: LendingDesk, request: Request, do: Callable[[], Done]) -> Response:
    done = await run_in_threadpool(do)
    return json_response(request, AccountChanged(account=account_detail(done.account, desk.today()), again=done.again))
