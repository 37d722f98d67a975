"""Backtests: begun, looked at, cancelled; each in a process of its own beside the decisions."""

from __future__ import annotations

from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, answers, takes
from tandem.faces.api.gate import principal_of
from tandem.faces.api.shapes.backtests import BacktestRequest, BacktestRunDetail, BacktestRunPage, BacktestRunShown
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Clock, format_instant
from tandem.learn.backtest import BacktestRun, BacktestRuns, Sources, checked_question

__all__ = ["backtest_router"]

_BODY_BYTES_MAX: Final = 32 * 1024 * 1024
"""A draft may be a model."""
_BacktestId = Annotated[str, Path(max_length=80)]
_NO_HOME = {503: ("no_backtests",)}
_UNKNOWN = {404: ("unknown_backtest_run",), 422: ("invalid_parameter",), **_NO_HOME}


def backtest_router(process: DecisionProcess, runs: BacktestRuns | None, clock: Clock) -> APIRouter:
    """Any release, or a draft in it, over any stretch of history as it was known then."""
    router = APIRouter(tags=["backtests"])

    def kept() -> BacktestRuns:
        if runs is None:
            raise Unavailable("Nobody keeps backtests here.", code="no_backtests", hint="ask the server: tandem serve")
        return runs

    def begun(body: BacktestRequest, by: str) -> BacktestRun:
        # What does not hold together is told now, and not by a failed run.
        asked = checked_question(Sources.of_process(process, None, clock=clock), body.asked)
        return kept().begin(asked, label=body.label, by=by)

    @router.post(
        "/v1/backtests",
        summary="Take the decisions of a stretch of history again, by any release or a draft in it",
        description="A process of its own reads the journal or the lake: decisions are not disturbed, nothing is recorded."
        " One runs at a time; ask for it by its id.",
        status_code=202,
        openapi_extra=takes(BacktestRequest),
        responses=answers(
            BacktestRunShown,
            "It runs.",
            status=202,
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("no_policy", "unknown_artefact", "unknown_policy", "unknown_release", "unknown_rule"),
                    409: ("backtest_running",),
                    413: ("too_large",),
                    422: (ANY_CODE,),
                    503: ("no_backtests", "no_release"),
                },
            ],
        ),
    )
    async def begin(
        request: Request, body: Annotated[Any, Depends(body_of(BacktestRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        found = await run_in_threadpool(begun, body, principal_of(request).name)
        return json_response(request, _shown(found), status=202)

    @router.get(
        "/v1/backtests",
        summary="Backtests that were run",
        responses=answers(BacktestRunPage, "The newest first.", problems=[_NO_HOME]),
    )
    async def listed(request: Request) -> Response:
        found = await run_in_threadpool(kept().all)
        return json_response(request, BacktestRunPage(items=[_shown(one) for one in found]))

    @router.get(
        "/v1/backtests/{backtest_id}",
        summary="One backtest, with its report once it is done",
        responses=answers(BacktestRunDetail, "The run.", problems=[_UNKNOWN]),
    )
    async def one(request: Request, backtest_id: _BacktestId) -> Response:
        run = await run_in_threadpool(kept().get, backtest_id)
        report = await run_in_threadpool(kept().report, backtest_id) if run.state == "done" else None
        return json_response(request, BacktestRunDetail(run=_shown(run), report=report))

    @router.delete(
        "/v1/backtests/{backtest_id}",
        summary="Cancel a backtest that runs",
        responses=answers(BacktestRunShown, "As it stands now; one that is over stays as it is.", problems=[_UNKNOWN]),
    )
    async def cancel(request: Request, backtest_id: _BacktestId) -> Response:
        return json_response(request, _shown(await run_in_threadpool(kept().cancel, backtest_id)))

    return router


def _shown(run: BacktestRun) -> BacktestRunShown:
    values = msgspec.structs.asdict(run)
    values["started_at"] = format_instant(run.started_at)
    values["finished_at"] = None if run.finished_at is None else format_instant(run.finished_at)
    return BacktestRunShown(**values)
