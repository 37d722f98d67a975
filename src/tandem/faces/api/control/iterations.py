"""The log book of daily iterations: plans, days, what each day found and did, and a person's word on what it refused."""

from __future__ import annotations

from pathlib import Path as Folder
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import Gate, on_record, refuse_own_work
from tandem.faces.api.shapes.iterations import (
    AcceptanceGiven,
    AcceptanceRequest,
    AcceptanceShown,
    IterationPage,
    IterationShown,
    RunDetail,
    RunPage,
    RunShown,
    RunStepShown,
)
from tandem.kernel.errors import NotFound, Unavailable, near_match
from tandem.kernel.time import Clock, format_instant

if TYPE_CHECKING:
    from tandem.learn.iteration import Acceptance, Run, RunStore

__all__ = ["iteration_router"]

_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_Day = Annotated[str, Path(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Last = Annotated[int, Query(ge=1, le=1000, description="how many, the newest")]
_NO_HOME = {503: ("no_iterations",)}


def iteration_router(process: DecisionProcess, folder: Folder | None, gate: Gate, clock: Clock) -> APIRouter:
    """What is kept in ``folder``; None: nobody keeps any."""
    router = APIRouter(tags=["iterations"])

    def kept() -> RunStore:
        # What trains and gates is only loaded where somebody asks for its log book.
        from tandem.learn.iteration import RunStore

        if folder is None:
            raise Unavailable(
                "Nobody keeps iterations here.", code="no_iterations", hint="ask the server: tandem serve"
            )
        return RunStore(folder)

    @router.get(
        "/v1/iterations",
        summary="Plans of daily iterations, and the newest day of each",
        responses=answers(IterationPage, "Every plan that is live or has runs.", problems=[_NO_HOME]),
    )
    async def iterations(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_plans, process, kept()))

    @router.get(
        "/v1/iterations/{name}/runs",
        summary="Days of a plan, the newest first",
        responses=answers(
            RunPage,
            "The days; the chain of their digests was proved.",
            problems=[{404: ("unknown_plan",), 422: ("invalid_parameter",), **_NO_HOME}],
        ),
    )
    async def runs(request: Request, name: _Name, last: _Last = 100) -> Response:
        return json_response(request, await run_in_threadpool(_runs, process, kept(), name, last))

    @router.get(
        "/v1/iterations/{name}/runs/{day}",
        summary="One day: its steps and its page of the log book",
        responses=answers(
            RunDetail,
            "The day.",
            problems=[{404: ("unknown_plan", "unknown_run"), 422: ("invalid_parameter",), **_NO_HOME}],
        ),
    )
    async def run(request: Request, name: _Name, day: _Day) -> Response:
        return json_response(request, await run_in_threadpool(_run, process, kept(), name, day))

    @router.post(
        "/v1/iterations/{name}/runs/{day}/acceptance",
        summary="Accept what was refused on a day after all",
        description="Rows teach from the next run on, and days like theirs pass. A challenger that was refused as too good "
        "to be true, and for nothing else, sets out with the next run that is free for one; its promotion is then reviewed. "
        "Whoever wrote the plan does not let its challengers on.",
        openapi_extra=takes(
            AcceptanceRequest, {"reason": "The new terminals report gross amounts; checked with acquiring"}
        ),
        responses=answers(
            AcceptanceGiven,
            "On record.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _NO_HOME,
                {403: ("author_is_approver",), 404: ("unknown_plan", "unknown_run")},
                {409: ("already_accepted", "champion_changed")},
                {422: ("invalid_parameter", "missing_field", "not_acceptable", "nothing_refused", "wrong_shape")},
            ],
        ),
    )
    async def acceptance(
        request: Request, name: _Name, day: _Day, body: Annotated[Any, Depends(body_of(AcceptanceRequest))]
    ) -> Response:
        by, store = speaker(request, body.by), kept()

        def do() -> AcceptanceGiven:
            from tandem.learn.iteration import accept, author_of, newest_run, read_run

            _known(process, store, name)
            found = read_run(store, store.run_of(name, day))
            author = author_of(process, name)
            if body.what == "challenger" and author is not None:
                refuse_own_work(gate, by, [author])
            newest = newest_run(store, name)
            given = accept(process, found, body.what, newest=newest, by=by, why=body.reason, clock=clock)
            return AcceptanceGiven(name=name, day=day, acceptances=[_word(one) for one in given])

        told = await run_in_threadpool(do)
        on_record(request, f"iteration/{name}", by=by, day=day, what=body.what, reason=body.reason)
        return json_response(request, told)

    return router


def _plans(process: DecisionProcess, store: RunStore) -> IterationPage:
    from tandem.learn.iteration import plans_of, read_run

    live = {} if process.live is None else plans_of(process.live)
    shown = []
    for name in sorted({*live, *store.plans()}):
        plan, days = live.get(name), list(store.days(name))
        one = IterationShown(name=name, live=plan is not None, runs=len(days))
        if plan is not None:
            one.model, one.policy, one.event, one.owner = plan.model, plan.policy, plan.event, plan.owner
            one.cron, one.time_zone = plan.schedule.cron, plan.schedule.time_zone
        if days:
            one.newest = _shown(read_run(store, days[-1][1]))
        shown.append(one)
    return IterationPage(iterations=shown)


def _runs(process: DecisionProcess, store: RunStore, name: str, last: int) -> RunPage:
    from tandem.learn.iteration import read_runs

    _known(process, store, name)
    found = read_runs(store, name)
    return RunPage(name=name, runs=[_shown(one) for one in reversed(found[-last:])])


def _run(process: DecisionProcess, store: RunStore, name: str, day: str) -> RunDetail:
    from tandem.learn.iteration import acceptable, accepted, read_run, render_page

    _known(process, store, name)
    found = read_run(store, store.run_of(name, day))
    given = [one for one in accepted(process.journal, name) if one.day == day]
    done = {"challenger" if one.of == "challenger" else "rows" for one in given}
    return RunDetail(
        name=name,
        plan=found.plan_digest,
        shown=_shown(found),
        steps=[RunStepShown(**_plain(one)) for one in found.steps],
        page={"en": render_page(found), "zh": render_page(found, "zh-CN")},
        acceptances=[_word(one) for one in given],
        may_accept=[one for one in acceptable(found) if one not in done],
    )


def _known(process: DecisionProcess, store: RunStore, name: str) -> None:
    from tandem.learn.iteration import plans_of

    known = {*store.plans(), *({} if process.live is None else plans_of(process.live))}
    if name not in known:
        raise NotFound("No such plan.", code="unknown_plan", field="name", value=name, hint=near_match(name, known))


def _word(one: Acceptance) -> AcceptanceShown:
    return AcceptanceShown(of=one.of, by=one.by, reason=one.why, at=format_instant(one.at), model=one.model or "")


def _shown(run: Run) -> RunShown:
    from tandem.learn.iteration import headline_of

    decided = run.step("decide").facts
    return RunShown(
        day=run.day,
        run=run.digest,
        previous=run.previous,
        gate=run.step("gate").verdict,
        move=decided["move"],
        why=decided["why"],
        headline={"en": headline_of(run, "en"), "zh": headline_of(run, "zh-CN")},
    )


def _plain(record: Any) -> dict[str, Any]:
    plain: dict[str, Any] = msgspec.to_builtins(record)
    return plain
