"""Bank files over HTTP: orders out, what the bank says in, and what nobody could place given its place."""

from __future__ import annotations

from collections import Counter
from itertools import islice
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.bank_files import (
    BYTES_MAX,
    BankBooks,
    BankDesk,
    Declined,
    FileTaken,
    Item,
    Ordered,
    OrderState,
    PartyAccount,
    Sender,
    Sent,
    Wanted,
)
from tandem.act.lending import LedgerAccount
from tandem.act.products import Day
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.gate import principal_of
from tandem.faces.api.shapes.bank import (
    BankAssigned,
    BankAssignment,
    BankDecline,
    BankFileIn,
    BankFilePage,
    BankFileShown,
    BankItemPage,
    BankItemShown,
    BankOrderFile,
    BankOrderFileDetail,
    BankOrderFilePage,
    BankOrderFileXml,
    BankOrderParties,
    BankOrderParty,
    BankOrderRequest,
    BankOrders,
    BankOrdersAgreement,
    BankOrderShown,
    BankOrdersLeft,
    BankSum,
)
from tandem.kernel.time import Micros, days_to_date, format_instant, parse_date

__all__ = ["bank_router"]

_Item = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]
_Message = Annotated[str, Path(max_length=35)]
_PAGE_MAX = 500
_SHOWN_FIRST, _SHOWN_LAST, _SHORT = 2, 4, 12
_FILE_PROBLEMS: Problems = {
    409: ("message_id_reused",),
    422: (
        "amount_too_fine",
        "balance_differs",
        "control_sum",
        "doctype_refused",
        "entry_sum",
        "file_too_large",
        "invalid_amount",
        "invalid_date",
        "invalid_indicator",
        "malformed_xml",
        "missing_element",
        "mixed_currencies",
        "unknown_currency",
        "unknown_message",
        "wrong_shape",
    ),
}
_ORDER_PROBLEMS: Problems = {
    409: ("key_reused",),
    422: ("invalid_date", "invalid_party", "no_mandate", "nothing_to_order", "wrong_shape"),
}
_FOUND_PROBLEMS: Problems = {404: ("unknown_order_file",), 422: ("invalid_parameter",)}
_ANSWER_PROBLEMS: Problems = {
    403: ("same_person",),
    404: ("unknown_order_file",),
    409: ("settled",),
    422: ("invalid_parameter", "wrong_shape"),
}
_ASSIGN_PROBLEMS: Problems = {
    404: ("unknown_account", "unknown_fact", "unknown_item", "unknown_plan"),
    409: ("assignment_begun", "in_future", "key_reused", "needs_second", "not_allowed", "waived_since"),
    422: (
        "amount_differs",
        "incomplete",
        "invalid_parameter",
        "not_a_payment",
        "not_owed",
        "other_currency",
        "wrong_shape",
        "wrong_way",
    ),
}
_ORDER_EXAMPLE = {
    "order_id": "payouts-2026-11-30",
    "kind": "payout",
    "currency": "EUR",
    "on": "2026-12-01",
    "sender": {"account": {"name": "Example Lender", "iban": "DE89370400440532013000"}},
    "parties": [{"account_id": "acc_1", "party": {"name": "A. Customer", "iban": "GB33BUKB20201555555555"}}],
}


def bank_router(desk: BankDesk) -> APIRouter:
    """What ``desk`` passes to and from banks."""
    router = APIRouter(tags=["bank"])
    _ordering(router, desk)
    _answering(router, desk)
    _taking(router, desk)
    return router


def _ordering(router: APIRouter, desk: BankDesk) -> None:
    @router.post(
        "/v1/bank/orders",
        summary="Make a file of payments for the bank: pay out what was drawn, collect what falls due",
        description="Who is a program, or speaks in nobody's name, has the file at once. What a person asks for is proposed: "
        "there is no file, and nothing counts as ordered, before another person has agreed.",
        openapi_extra=takes(BankOrderRequest, _ORDER_EXAMPLE),
        responses=answers(BankOrders, "The file.", problems=[BODY_PROBLEMS, BUSY, _ORDER_PROBLEMS]),
    )
    async def orders(
        request: Request, body: Annotated[Any, Depends(body_of(BankOrderRequest, limit=BYTES_MAX))]
    ) -> Response:
        principal = principal_of(request)
        by = principal.speaking_as(body.by)
        proposed = principal.kind == "person" or (principal.kind == "process" and body.by is not None)
        return json_response(request, await run_in_threadpool(_orders, desk, body, by, proposed=proposed))

    @router.get(
        "/v1/bank/orders",
        summary="Files of orders that were made, the newest first, and how their orders stand",
        responses=answers(BankOrderFilePage, "A page of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def order_files(request: Request, limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 100) -> Response:
        return json_response(request, await run_in_threadpool(desk.look, lambda books: _order_page(books, limit)))

    @router.get(
        "/v1/bank/orders/{message_id}",
        summary="One file of orders, order by order, and what the bank said of each",
        responses=answers(BankOrderFileDetail, "As it stands.", problems=[BUSY, _FOUND_PROBLEMS]),
    )
    async def order_file(request: Request, message_id: _Message) -> Response:
        return json_response(request, await run_in_threadpool(_order_file, desk, message_id))

    @router.get(
        "/v1/bank/orders/{message_id}/parties",
        summary="Where the money of a file that a person made goes to or comes from; bank accounts but for a few characters",
        responses=answers(BankOrderParties, "Order by order.", problems=[BUSY, _FOUND_PROBLEMS, {409: ("not_kept",)}]),
    )
    async def order_parties(request: Request, message_id: _Message) -> Response:
        return json_response(request, await run_in_threadpool(_parties, desk, message_id))

    @router.get(
        "/v1/bank/orders/{message_id}/file",
        summary="A file that a person made and another one agreed to, to take to the bank",
        responses=answers(
            BankOrderFileXml,
            "The same each time.",
            problems=[BUSY, _FOUND_PROBLEMS, {409: ("not_agreed", "not_kept", "party_erased")}],
        ),
    )
    async def order_xml(request: Request, message_id: _Message) -> Response:
        content = await run_in_threadpool(desk.content, message_id)
        return json_response(request, BankOrderFileXml(message_id=message_id, xml=content.decode()))


def _answering(router: APIRouter, desk: BankDesk) -> None:
    @router.post(
        "/v1/bank/orders/{message_id}/agreement",
        summary="Agree to a file of payments that another person made; it may go to the bank with that",
        description="Where an order of it would not be made so any more, it is refused and nothing goes out. Asked again it "
        "stands as it is.",
        openapi_extra=takes(BankOrdersAgreement, {}),
        responses=answers(
            BankOrderFileDetail,
            "Agreed; durable.",
            problems=[BODY_PROBLEMS, BUSY, _ANSWER_PROBLEMS, {409: ("orders_changed",)}],
        ),
    )
    async def agreement(
        request: Request, message_id: _Message, body: Annotated[Any, Depends(body_of(BankOrdersAgreement))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> BankOrderFileDetail:
            desk.agree(message_id, by=by)
            return _order_file(desk, message_id)

        return json_response(request, await run_in_threadpool(do))

    @router.post(
        "/v1/bank/orders/{message_id}/refusal",
        summary="Decline a file of payments that another person made; its orders may be made in another one",
        openapi_extra=takes(BankDecline, {"reason": "wrong_party"}),
        responses=answers(
            BankOrderFileDetail, "Declined; nothing goes out.", problems=[BODY_PROBLEMS, BUSY, _ANSWER_PROBLEMS]
        ),
    )
    async def refusal(
        request: Request, message_id: _Message, body: Annotated[Any, Depends(body_of(BankDecline))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> BankOrderFileDetail:
            desk.decline(message_id, body.reason, by=by)
            return _order_file(desk, message_id)

        return json_response(request, await run_in_threadpool(do))


def _taking(router: APIRouter, desk: BankDesk) -> None:
    @router.post(
        "/v1/bank/files",
        summary="Take in a file of the bank: statement, notification or status report",
        description="All of it or, if it cannot be read or contradicts itself, none of it. The same file again changes nothing.",
        openapi_extra=takes(BankFileIn),
        responses=answers(
            BankFileShown,
            "What came of it; the sums are what the file moved.",
            problems=[BODY_PROBLEMS, BUSY, _FILE_PROBLEMS],
        ),
    )
    async def take(
        request: Request, body: Annotated[Any, Depends(body_of(BankFileIn, limit=2 * BYTES_MAX))]
    ) -> Response:
        by = speaker(request, body.by)
        taken, again = await run_in_threadpool(desk.take, body.xml.encode(), by=by)
        return json_response(request, _file(taken, None, again=again))

    @router.get(
        "/v1/bank/files",
        summary="Files of the bank that were taken, the newest first",
        responses=answers(BankFilePage, "A page of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def files(request: Request, limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 50) -> Response:
        return json_response(request, await run_in_threadpool(desk.look, lambda books: _file_page(books, limit)))

    @router.get(
        "/v1/bank/items",
        summary="Money at the bank that nobody could place",
        responses=answers(BankItemPage, "The oldest first.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def items(request: Request, limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 100) -> Response:
        return json_response(request, await run_in_threadpool(_item_page, desk, limit))

    @router.post(
        "/v1/bank/items/{item}/assignment",
        summary="Say what an item is; a payment is paid, a return takes its payment back",
        openapi_extra=takes(BankAssignment, {"to": "payment", "account_id": "acc_1", "plan": "loan"}),
        responses=answers(BankAssigned, "It waits no longer.", problems=[BODY_PROBLEMS, BUSY, _ASSIGN_PROBLEMS]),
    )
    async def assign(request: Request, item: _Item, body: Annotated[Any, Depends(body_of(BankAssignment))]) -> Response:
        by = speaker(request, body.by)
        done = await run_in_threadpool(
            desk.assign, item, body.to, by=by, account=body.account_id, plan=body.plan, fact_id=body.payment_id
        )
        return json_response(
            request,
            BankAssigned(item=done.item, to=done.to, account_id=done.account, plan=done.plan, payment_id=done.fact_id),
        )


def _orders(desk: BankDesk, body: BankOrderRequest, by: str, *, proposed: bool) -> BankOrders:
    out = desk.order(
        body.kind,
        msgspec.convert(msgspec.to_builtins(body.parties), list[Wanted]),
        key=body.order_id,
        sender=msgspec.convert(msgspec.to_builtins(body.sender), Sender),
        currency=body.currency,
        on=parse_date(body.on),
        by=by,
        proposed=proposed,
    )
    return BankOrders(
        message_id=out.message_id,
        kind=body.kind,
        currency=out.currency,
        on=body.on,
        count=out.count,
        total_minor=out.total_minor,
        standing=out.standing,
        xml=None if out.content is None else out.content.decode(),
        left=[BankOrdersLeft(account_id=one.account, plan=one.plan, why=one.why) for one in out.left],
        again=out.again,
    )


def _order_page(books: BankBooks, limit: int) -> BankOrderFilePage:
    newest = islice(reversed(books.sent.values()), limit)
    return BankOrderFilePage(files=[_order_summary(books, one) for one in newest], count=len(books.sent))


def _order_summary(books: BankBooks, sent: Sent) -> BankOrderFile:
    answered_at, answer = books.answers.get(sent.message_id, (None, None))
    return BankOrderFile(
        order_id=sent.key,
        message_id=sent.message_id,
        kind=sent.kind,
        currency=sent.currency,
        on=_date(sent.on),
        made_at=format_instant(books.sent_at[sent.key]),
        made_by=sent.by,
        count=len(sent.orders),
        total_minor=sum(one.amount_minor for one in sent.orders),
        states=dict(Counter(books.orders[one.end_to_end].state for one in sent.orders)),
        standing=books.standing(sent),
        kept=sent.proposed,
        answered_at=None if answered_at is None else format_instant(answered_at),
        answered_by=None if answer is None else answer.by,
        reason=answer.reason if isinstance(answer, Declined) else None,
    )


def _order_file(desk: BankDesk, message_id: str) -> BankOrderFileDetail:
    sent = desk.sent(message_id)
    return desk.look(
        lambda books: BankOrderFileDetail(
            file=_order_summary(books, sent), orders=[_order(books.orders[one.end_to_end]) for one in sent.orders]
        )
    )


def _parties(desk: BankDesk, message_id: str) -> BankOrderParties:
    parties, sender = desk.parties(message_id), desk.sent(message_id).sender
    assert sender is not None, "what is proposed says who sends it"
    return BankOrderParties(
        sender=sender.account.name,
        sender_account=_masked(sender.account),
        parties=[_party(one, wanted) for one, wanted in parties],
    )


def _party(one: Ordered, wanted: Wanted | None) -> BankOrderParty:
    party = None if wanted is None else wanted.party
    return BankOrderParty(
        end_to_end=one.end_to_end,
        account_id=one.account,
        plan=one.plan,
        amount_minor=one.amount_minor,
        name=None if party is None else party.name,
        account=None if party is None else _masked(party),
        bic=None if party is None else party.bic,
        clearing=None if party is None else party.clearing,
        mandate=None if wanted is None or wanted.mandate is None else wanted.mandate.id,
    )


def _masked(party: PartyAccount) -> str:
    """An account number that can be compared with a paper and not be used; the length of it stays."""
    text = party.iban or party.number or ""
    shown = min(_SHOWN_LAST, len(text) // 3)
    first = _SHOWN_FIRST if len(text) > _SHORT else 0
    return text[:first] + "\N{BULLET}" * (len(text) - first - shown) + text[len(text) - shown :]


def _order(state: OrderState) -> BankOrderShown:
    return BankOrderShown(
        end_to_end=state.order.end_to_end,
        account_id=state.order.account,
        plan=state.order.plan,
        amount_minor=state.order.amount_minor,
        state=state.state,
        status=state.status,
        reason=state.reason,
    )


def _file(taken: FileTaken, at: Micros | None, *, again: bool = False) -> BankFileShown:
    return BankFileShown(
        file=taken.file,
        version=taken.version,
        message_id=taken.message_id,
        taken_at=None if at is None else format_instant(at),
        taken_by=taken.by,
        sums={
            currency: {outcome: BankSum(count=one.count, net_minor=one.minor) for outcome, one in by_outcome.items()}
            for currency, by_outcome in taken.sums.items()
        },
        statuses=taken.statuses,
        left_out=taken.left_out,
        again=again,
    )


def _file_page(books: BankBooks, limit: int) -> BankFilePage:
    newest = list(islice(reversed(books.files.values()), limit))
    return BankFilePage(files=[_file(taken, at) for at, taken in newest], count=len(books.files))


def _item_page(desk: BankDesk, limit: int) -> BankItemPage:
    def see(books: BankBooks) -> tuple[list[Item], int, dict[str, int]]:
        suspense = {currency: -book.get(LedgerAccount.SUSPENSE, 0) for currency, book in sorted(books.ledger.items())}
        return list(islice(books.open.values(), limit)), len(books.open), suspense

    found, count, suspense = desk.look(see)
    return BankItemPage(items=[_item(desk, one) for one in found], count=count, suspense_minor=suspense)


def _item(desk: BankDesk, item: Item) -> BankItemShown:
    one, told = item.taken, desk.told(item)
    return BankItemShown(
        item=one.item,
        taken_at=format_instant(item.at),
        file=one.file,
        at=one.at,
        incoming=one.incoming,
        amount_minor=one.amount_minor,
        charges_minor=one.charges_minor,
        currency=one.currency,
        booked=_date(one.booked),
        valued=_date(one.valued),
        why=one.why or "unknown",
        returned=one.returned,
        end_to_end=one.end_to_end,
        account_id=one.account,
        plan=one.plan,
        party=None if told is None else told.party,
        references=None if told is None else list(told.references),
    )


def _date(day: Day) -> str:
    return days_to_date(day).isoformat()
