"""Experiments: how they stand, what they would need, stopping one at once, and drafts of a promotion."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.decide.experiments import MEASURES, parse_experiment
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import on_record
from tandem.faces.api.shapes.experiments import (
    ExperimentDetail,
    ExperimentDraft,
    ExperimentPage,
    ExperimentPlanned,
    ExperimentPlanRequest,
    ExperimentPromotion,
    ExperimentPromotionRequest,
    ExperimentReading,
    ExperimentStop,
    ExperimentStopped,
    ExperimentSummary,
)
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.time import format_instant
from tandem.learn.experiments import ExperimentDesk, plan_of

__all__ = ["experiment_router"]

_Name = Annotated[str, Path(max_length=80)]
_UNKNOWN = {404: ("unknown_experiment",), 422: ("invalid_parameter",)}
_NOT_RUNNING = {409: ("not_running", "already_withdrawn")}


def experiment_router(process: DecisionProcess, desk: ExperimentDesk) -> APIRouter:
    """Shadow, canary, champion/challenger and A/B."""
    router = APIRouter(tags=["experiments"])

    @router.get(
        "/v1/experiments",
        summary="Experiments: what runs, how it stands",
        responses=answers(ExperimentPage, "Those that run first."),
    )
    async def listed(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_page, desk))

    @router.post(
        "/v1/experiments/plan",
        summary="How many decisions an experiment would need",
        description="From its metric and shares alone; nothing is kept. The definition is that of the artefact.",
        openapi_extra=takes(ExperimentPlanRequest),
        responses=answers(ExperimentPlanned, "The plan.", problems=[BODY_PROBLEMS, {422: (ANY_CODE,)}]),
    )
    async def plan(request: Request, body: Annotated[Any, Depends(body_of(ExperimentPlanRequest))]) -> Response:
        return json_response(request, ExperimentPlanned(plan=plan_of(parse_experiment(body.definition))))

    @router.get(
        "/v1/experiments/{name}",
        summary="One experiment: arms, metric, guard rails, segments, verdict",
        description="Intervals hold at every moment at once: look as often as you like. A reading takes in what was "
        "decided since the last one.",
        responses=answers(ExperimentDetail, "The experiment.", problems=[_UNKNOWN]),
    )
    async def one(request: Request, name: _Name) -> Response:
        return json_response(request, await run_in_threadpool(_detail, process, desk, name))

    @router.post(
        "/v1/experiments/{name}/stop",
        summary="Stop an experiment at once",
        description="Everybody gets the champion from the next decision on. It needs no review, and it is for good: "
        "another run is another version, reviewed.",
        openapi_extra=takes(ExperimentStop),
        responses=answers(
            ExperimentStopped,
            "Stopped.",
            problems=[BODY_PROBLEMS, BUSY, _UNKNOWN, _NOT_RUNNING, {422: ("missing_field", "wrong_shape")}],
        ),
    )
    async def stop(request: Request, name: _Name, body: Annotated[Any, Depends(body_of(ExperimentStop))]) -> Response:
        by = speaker(request, body.by)
        await run_in_threadpool(desk.stop, name, by=by, reason=body.reason)
        on_record(request, "experiments", by=by, experiment=name)
        return json_response(request, ExperimentStopped(name=name, by=by, reason=body.reason))

    @router.post(
        "/v1/experiments/{name}/promotion",
        summary="Prepare a promotion: drafts that put a challenger in the champion's place",
        description="Nothing goes live by it: somebody else reviews the drafts, and they are released together.",
        openapi_extra=takes(ExperimentPromotionRequest),
        responses=answers(
            ExperimentPromotion,
            "The drafts.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _UNKNOWN,
                {409: ("not_running", "challenger_gone"), 422: ("unknown_arm", "wrong_shape")},
            ],
        ),
    )
    async def promotion(
        request: Request, name: _Name, body: Annotated[Any, Depends(body_of(ExperimentPromotionRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        drafts = await run_in_threadpool(desk.promote, name, by=by, arm=body.arm, note=body.note)
        told = {str(draft.key): str(draft.digest) for draft in drafts}
        on_record(request, "artefacts", by=by, artefacts=told)
        return json_response(request, ExperimentPromotion(artefacts=told, four_eyes=process.state.register.four_eyes))

    return router


def _page(desk: ExperimentDesk) -> ExperimentPage:
    order = {"running": 0, "draft": 1, "stopped": 2, "ended": 3, "retired": 4}
    found = [_summary(desk, name) for name in desk.names()]
    return ExperimentPage(experiments=sorted(found, key=lambda one: (order[one.state], one.name)))


def _summary(desk: ExperimentDesk, name: str) -> ExperimentSummary:
    definition, standing = desk.definition(name), desk.standing(name)
    reading: ExperimentReading | None = None if standing.state == "draft" else desk.reading(name)
    first = None if reading is None else reading.differences[0]
    broken = () if reading is None else [one.guard for one in reading.guards if one.state == "broken"]
    return ExperimentSummary(
        name=name,
        state=standing.state,
        mode=definition.mode,
        on=definition.on,
        description=definition.description,
        measure=definition.metric.measure,
        measured=MEASURES[definition.metric.measure].kind,
        better=definition.metric.better,
        currency="" if reading is None else reading.currency,
        challengers={arm.arm: arm.share for arm in definition.challengers},
        started_at=None if reading is None else reading.started_at,
        ends_at=None if reading is None else reading.ends_at,
        decisions=None if reading is None else _decisions(reading),
        value=None if first is None else first.value,
        low=None if first is None else first.low,
        high=None if first is None else first.high,
        verdict=None if reading is None else reading.verdict,
        guard_broken=next(iter(broken), None),
    )


def _decisions(reading: ExperimentReading) -> int:
    """Of a shadow both arms are computed on the same ones."""
    arms = reading.arms[:1] if reading.shadow is not None else reading.arms
    return sum(arm.decisions for arm in arms)


def _detail(process: DecisionProcess, desk: ExperimentDesk, name: str) -> ExperimentDetail:
    version, standing = desk.version(name), desk.standing(name)
    register = process.state.register
    newest = register.latest(ArtefactKey("experiment", name))
    waits = register.state_of(newest.artefact.digest) in {"draft", "reviewed", "declined"}
    return ExperimentDetail(
        name=name,
        state=standing.state,
        digest=version.artefact.digest,
        author=version.author,
        definition=msgspec.to_builtins(version.artefact.body),
        plan=plan_of(desk.definition(name)),
        reading=None if standing.state == "draft" else desk.reading(name),
        draft=ExperimentDraft(
            digest=newest.artefact.digest,
            author=newest.author,
            pushed_at=format_instant(newest.pushed_at),
            note=newest.note,
            state=str(register.state_of(newest.artefact.digest)),
        )
        if waits
        else None,
    )
