"""Statements and payoff quotes over HTTP: as documents and as a table."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.lending import LendingDesk, NotAllowed
from tandem.act.papers import PaperDesk, Person, typeset
from tandem.act.products import Day
from tandem.act.statements import AccountHistories, PayoffQuote, Statement, payoff_of, statement_csv, statement_of
from tandem.faces.api.control.bodies import body_of, file_response, json_response
from tandem.faces.api.control.statement_documents import payoff_shown, statement_shown
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.shapes.statements import ContractRequest, PayoffShown, StatementShown
from tandem.kernel.time import DAY, Micros, days_to_date, parse_date, parse_instant

__all__ = ["payoff_on", "statement_between", "statement_name", "statement_router"]

_Account = Annotated[str, Path(max_length=255)]
_DATE = r"^\d{4}-\d{2}-\d{2}$"
_From = Annotated[str | None, Query(alias="from", pattern=_DATE, description="first day; left out: the day of opening")]
_To = Annotated[str | None, Query(pattern=_DATE, description="last day; left out: today, UTC")]
_Known = Annotated[str | None, Query(max_length=40, description="as it was known then; left out: now")]
_On = Annotated[str | None, Query(pattern=_DATE, description="the day of the payment; left out: today, UTC")]
_Language = Annotated[Literal["en", "zh-CN"], Query(description="of the document")]
_STATEMENT: Problems = {
    404: ("unknown_account",),
    409: ("in_future",),
    422: (
        "impossible_time",
        "instant_without_offset",
        "invalid_date",
        "invalid_instant",
        "invalid_parameter",
        "not_a_period",
    ),
}
_PAYOFF: Problems = {
    404: ("unknown_account",),
    409: ("in_future", "out_of_order"),
    422: ("invalid_date", "invalid_parameter"),
}
_QUOTED_AHEAD = 31
"""Days ahead that a payoff is quoted."""


_CONTRACT: Problems = {404: ("unknown_account",), 422: ("character_not_covered", "invalid_parameter")}
_PDF = "application/pdf"


def statement_router(desk: LendingDesk, histories: AccountHistories, papers: PaperDesk) -> APIRouter:
    """What accounts of ``desk`` are told of themselves."""
    router = APIRouter(tags=["accounts"])
    _add_papers(router, desk, histories, papers)

    @router.get(
        "/v1/accounts/{account_id}/statement",
        summary="A statement: opening balance, every movement, closing balance, by component",
        responses=answers(StatementShown, "The period.", problems=[BUSY, _STATEMENT]),
    )
    async def statement(
        request: Request, account_id: _Account, since: _From = None, to: _To = None, known_at: _Known = None
    ) -> Response:
        found = await run_in_threadpool(statement_between, desk, histories, account_id, since, to, known_at)
        return json_response(request, statement_shown(found))

    @router.get(
        "/v1/accounts/{account_id}/statement.csv",
        summary="A statement as a table",
        responses=answers(
            None, "CSV (RFC 4180), one row a movement.", content_type="text/csv", problems=[BUSY, _STATEMENT]
        ),
    )
    async def statement_table(
        request: Request, account_id: _Account, since: _From = None, to: _To = None, known_at: _Known = None
    ) -> Response:
        found = await run_in_threadpool(statement_between, desk, histories, account_id, since, to, known_at)
        return file_response(request, statement_csv(found).encode(), "text/csv", statement_name(found, "csv"))

    @router.get(
        "/v1/accounts/{account_id}/payoff",
        summary="What settles the account on a day, by component, and what the days after cost",
        responses=answers(PayoffShown, "A payment of that much, early, closes it.", problems=[BUSY, _PAYOFF]),
    )
    async def payoff(request: Request, account_id: _Account, on: _On = None) -> Response:
        return json_response(request, payoff_shown(await run_in_threadpool(payoff_on, desk, account_id, on)))

    return router


def _add_papers(router: APIRouter, desk: LendingDesk, histories: AccountHistories, papers: PaperDesk) -> None:
    @router.get(
        "/v1/accounts/{account_id}/statement.pdf",
        summary="A statement as a document",
        responses=answers(None, "PDF/A.", content_type=_PDF, problems=[BUSY, _STATEMENT]),
    )
    async def statement_pdf(
        request: Request,
        account_id: _Account,
        since: _From = None,
        to: _To = None,
        known_at: _Known = None,
        language: _Language = "en",
    ) -> Response:
        def made() -> tuple[bytes, str]:
            found = statement_between(desk, histories, account_id, since, to, known_at)
            return typeset(papers.statement(found, language)), statement_name(found, "pdf")

        content, name = await run_in_threadpool(made)
        return file_response(request, content, _PDF, name)

    @router.get(
        "/v1/accounts/{account_id}/payoff.pdf",
        summary="A payoff quote as a document",
        responses=answers(None, "PDF/A.", content_type=_PDF, problems=[BUSY, _PAYOFF]),
    )
    async def payoff_pdf(
        request: Request, account_id: _Account, on: _On = None, language: _Language = "en"
    ) -> Response:
        def made() -> tuple[bytes, str]:
            quote = payoff_on(desk, account_id, on)
            return typeset(papers.payoff(quote, language)), f"payoff-{account_id}-{days_to_date(quote.on)}.pdf"

        content, name = await run_in_threadpool(made)
        return file_response(request, content, _PDF, name)

    @router.get(
        "/v1/accounts/{account_id}/contract",
        summary="The contract with its table of costs; the borrower by pseudonym",
        responses=answers(
            None, "PDF/A; the same bytes whenever it is asked for.", content_type=_PDF, problems=[BUSY, _CONTRACT]
        ),
    )
    async def contract(request: Request, account_id: _Account, language: _Language = "en") -> Response:
        content = await run_in_threadpool(lambda: typeset(papers.contract(account_id, language)))
        return file_response(request, content, _PDF, f"contract-{account_id}.pdf")

    @router.post(
        "/v1/accounts/{account_id}/contract",
        summary="The contract with the borrower's name, which is not kept",
        openapi_extra=takes(ContractRequest, {"borrower": {"name": "A. Customer"}, "language": "en"}),
        responses=answers(
            None, "PDF/A.", content_type=_PDF, problems=[BODY_PROBLEMS, BUSY, _CONTRACT, {422: ("wrong_shape",)}]
        ),
    )
    async def named_contract(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(ContractRequest))]
    ) -> Response:
        borrower = Person(name=body.borrower.name, identifier=body.borrower.identifier, address=body.borrower.address)
        content = await run_in_threadpool(
            lambda: typeset(papers.contract(account_id, body.language, borrower=borrower))
        )
        return file_response(request, content, _PDF, f"contract-{account_id}.pdf")


def statement_between(
    desk: LendingDesk,
    histories: AccountHistories,
    account_id: str,
    since: str | None,
    to: str | None,
    known_at: str | None,
) -> Statement:
    """The statement of an account from day ``since``, its opening by default, to day ``to``, today by default.

    Raises:
        NotFound, NotAllowed, InvalidInput: there is no such account, that day has not come, that is no period.
    """
    now = Micros((desk.today() + 1) * DAY)
    until = desk.today() if to is None else _not_after(to, desk.today(), "to")
    account = desk.account(account_id)
    return statement_of(
        histories.of(account_id),
        since=account.opened_on if since is None else parse_date(since),
        until=until,
        known_at=now if known_at is None else parse_instant(known_at),
    )


def payoff_on(desk: LendingDesk, account_id: str, on: str | None) -> PayoffQuote:
    """What settles an account on day ``on``, today by default.

    Raises:
        NotFound, NotAllowed, InvalidInput: there is no such account, that day is too far ahead, or is none.
    """
    account = desk.account(account_id)
    day = desk.today() if on is None else _not_after(on, desk.today() + _QUOTED_AHEAD, "on")
    return payoff_of(account, day)


def _not_after(text: str, last: Day, field: str) -> Day:
    day = parse_date(text)
    if day > last:
        raise NotAllowed(
            "That day is too far ahead.", code="in_future", field=field, value=text,
            hint=f"at the latest {days_to_date(last).isoformat()}",
        )  # fmt: skip
    return day


def statement_name(found: Statement, ending: str) -> str:
    """What a file of a statement is called."""
    return f"statement-{found.account_id}-{days_to_date(found.since)}-{days_to_date(found.until)}.{ending}"
