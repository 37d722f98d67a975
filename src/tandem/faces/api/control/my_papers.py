"""What a customer has on paper: their contract, a statement of each month, and what settles everything today."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.channel import ChannelDesk
from tandem.act.papers import PaperDesk, typeset
from tandem.act.statements import AccountHistories, months_of
from tandem.faces.api.control.bodies import file_response, json_response
from tandem.faces.api.control.my import MINE, customer_of
from tandem.faces.api.control.statements import payoff_on, statement_between, statement_name
from tandem.faces.api.declaring import BUSY, Problems, answers
from tandem.faces.api.shapes.my import MyStatement, MyStatements
from tandem.kernel.time import days_to_date

__all__ = ["my_paper_router"]

_PDF = "application/pdf"
_Account = Annotated[str, Path(max_length=255)]
_Language = Annotated[Literal["en", "zh-CN"], Query(description="of the document")]
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_From = Annotated[str | None, Query(alias="from", pattern=_DATE, description="first day; left out: the day of opening")]
_To = Annotated[str | None, Query(pattern=_DATE, description="last day; left out: today, UTC")]
_UNKNOWN: Problems = {404: ("unknown_account",), 422: ("invalid_parameter",)}
_STATEMENT: Problems = {409: ("in_future",), 422: ("invalid_date", "not_a_period")}


def my_paper_router(desk: ChannelDesk, histories: AccountHistories, papers: PaperDesk) -> APIRouter:
    """Papers of the accounts of whoever asks; of any other account it says that there is none."""
    router = APIRouter(tags=["my"])
    lending = desk.core.lending

    @router.get(
        "/v1/my/accounts/{account_id}/statements",
        summary="The months that one of their accounts has statements of",
        responses=answers(MyStatements, "Newest first.", problems=[BUSY, MINE, _UNKNOWN]),
    )
    async def statements(request: Request, account_id: _Account) -> Response:
        account = await run_in_threadpool(desk.core.account, customer_of(request), account_id)
        today = lending.today()
        months = [
            MyStatement(since=_date(since), until=_date(until), whole=until < today)
            for since, until in months_of(account.opened_on, today)
        ]
        return json_response(request, MyStatements(statements=months))

    @router.get(
        "/v1/my/accounts/{account_id}/statement.pdf",
        summary="A statement of one of their accounts as a document",
        responses=answers(None, "PDF/A.", content_type=_PDF, problems=[BUSY, MINE, _UNKNOWN, _STATEMENT]),
    )
    async def statement(
        request: Request, account_id: _Account, since: _From = None, to: _To = None, language: _Language = "en"
    ) -> Response:
        customer = customer_of(request)

        def made() -> tuple[bytes, str]:
            own = desk.core.account(customer, account_id)
            found = statement_between(lending, histories, own.account_id, since, to, None)
            return typeset(papers.statement(found, language)), statement_name(found, "pdf")

        content, name = await run_in_threadpool(made)
        return file_response(request, content, _PDF, name)

    @router.get(
        "/v1/my/accounts/{account_id}/payoff.pdf",
        summary="What settles one of their accounts today, as a document",
        responses=answers(None, "PDF/A.", content_type=_PDF, problems=[BUSY, MINE, _UNKNOWN, {409: ("out_of_order",)}]),
    )
    async def payoff(request: Request, account_id: _Account, language: _Language = "en") -> Response:
        customer = customer_of(request)

        def made() -> tuple[bytes, str]:
            own = desk.core.account(customer, account_id)
            quote = payoff_on(lending, own.account_id, None)
            return typeset(papers.payoff(quote, language)), f"payoff-{own.account_id}-{_date(quote.on)}.pdf"

        content, name = await run_in_threadpool(made)
        return file_response(request, content, _PDF, name)

    @router.get(
        "/v1/my/accounts/{account_id}/contract",
        summary="The contract of one of their accounts, with its table of costs",
        responses=answers(
            None,
            "PDF/A; the same bytes whenever it is asked for.",
            content_type=_PDF,
            problems=[BUSY, MINE, _UNKNOWN, {422: ("character_not_covered",)}],
        ),
    )
    async def contract(request: Request, account_id: _Account, language: _Language = "en") -> Response:
        customer = customer_of(request)

        def made() -> tuple[bytes, str]:
            own = desk.core.account(customer, account_id)
            return typeset(papers.contract(own.account_id, language)), f"contract-{own.account_id}.pdf"

        content, name = await run_in_threadpool(made)
        return file_response(request, content, _PDF, name)

    return router


def _date(day: int) -> str:
    return days_to_date(day).isoformat()
