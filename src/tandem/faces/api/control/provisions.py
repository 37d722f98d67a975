"""Provisions over HTTP: run them, and read the table of what moved."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.provisions import ProvisionDesk, Provisions, RunDone
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.shapes.provisions import (
    ProvisionBook,
    ProvisionPage,
    ProvisionRunRequest,
    ScenarioLoss,
    StageShown,
)
from tandem.faces.api.wall import BODY_BYTES_MAX
from tandem.kernel.time import days_to_date, format_instant, parse_date

__all__ = ["provision_router"]

_RUN: Problems = {
    404: ("no_provision_rules",),
    409: ("in_future", "out_of_order"),
    422: ("invalid_date", "wrong_shape"),
}


def provision_router(desk: ProvisionDesk) -> APIRouter:
    """What ``desk`` measures."""
    router = APIRouter(tags=["provisions"])

    @router.get(
        "/v1/provisions",
        summary="Expected loss by stage, and what moved since the run before",
        responses=answers(ProvisionPage, "The last run.", problems=[BUSY]),
    )
    async def provisions(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(desk.look, _page))

    @router.post(
        "/v1/provisions",
        summary="Stage all accounts and post the change of their expected loss",
        description="Writes only what moved: the same day again, with nothing changed, writes nothing.",
        openapi_extra=takes(ProvisionRunRequest, {"on": "2026-11-30"}),
        responses=answers(ProvisionPage, "As it is now; durable.", problems=[BODY_PROBLEMS, BUSY, _RUN]),
    )
    async def run(
        request: Request,
        body: Annotated[Any, Depends(body_of(ProvisionRunRequest, limit=64 * BODY_BYTES_MAX))],
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> ProvisionPage:
            on = None if body.on is None else parse_date(body.on)
            desk.run(on, by=by, probabilities=body.probabilities)
            return desk.look(_page)

        return json_response(request, await run_in_threadpool(do))

    return router


def _page(provisions: Provisions) -> ProvisionPage:
    last, at = provisions.last, provisions.last_at
    if last is None or at is None:
        return ProvisionPage(on=None, run_at=None, run_by=None, rules=None, rules_digest=None, books=[])
    return ProvisionPage(
        on=days_to_date(last.day).isoformat(),
        run_at=format_instant(at),
        run_by=last.by,
        rules=last.rules_name,
        rules_digest=last.rules,
        books=[_book(last, currency) for currency in sorted(last.tables)],
    )


def _book(last: RunDone, currency: str) -> ProvisionBook:
    rows = last.tables[currency]
    return ProvisionBook(
        currency=currency,
        allowance_minor=sum(one.closing for one in rows),
        gross_minor=sum(one.gross for one in rows),
        stages=[
            StageShown(
                stage=one.stage,  # type: ignore[arg-type]
                opening_minor=one.opening,
                moved_in_minor=one.moved_in,
                moved_out_minor=one.moved_out,
                new_minor=one.new,
                remeasured_minor=one.remeasured,
                derecognised_minor=one.derecognised,
                closing_minor=one.closing,
                accounts=one.accounts,
                gross_minor=one.gross,
            )
            for one in rows
        ],
        # By name: as it was measured they stand in the order of the rules, as it is read from the journal they do not.
        scenarios=[
            ScenarioLoss(scenario=name, loss_minor=loss) for name, loss in sorted(last.scenarios[currency].items())
        ],
    )
