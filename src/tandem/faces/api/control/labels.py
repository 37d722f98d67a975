"""Labels: what says how a decision turned out, and how much is known of it. Looks are taken by a process of their own."""

from __future__ import annotations

from typing import Annotated

import msgspec
from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.control.monitoring import MAX_AGE, NO_DESK, MaxAge, desk_there, live_release, state_of
from tandem.faces.api.declaring import answers
from tandem.faces.api.gate import principal_of
from tandem.faces.api.shapes.monitoring import LabelDetail, LabelPage, LabelShown
from tandem.learn.labels import ArrivalBy, OutcomeDefinition, label_named, labels_of
from tandem.learn.monitoring import LabelAsked, LabelReport, MonitoringDesk

__all__ = ["label_router"]

_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_ArrivalBy = Annotated[
    ArrivalBy, Query(description="received: when we learned of the bads; happened: when they happened")
]
_Share = Annotated[float, Query(ge=0.5, le=0.999, description="of the eventual bads that is to be known")]


def label_router(process: DecisionProcess, desk: MonitoringDesk | None) -> APIRouter:
    """The labels of the live release; without a desk nobody looks, and only definitions are told."""
    router = APIRouter(tags=["monitoring"])

    def looked(asked: LabelAsked, max_age: int, by: str) -> LabelDetail:
        definition = label_named(live_release(process), asked.label).definition
        found = desk_there(desk).look(asked, max_age_s=max_age, by=by)
        report = None if found.report is None else msgspec.json.decode(found.report, type=LabelReport)
        return LabelDetail(label=_shown(definition), **state_of(found), report=report)

    @router.get(
        "/v1/labels",
        summary="Labels of the live release: what tells, what is bad, from when on it is trusted",
        responses=answers(LabelPage, "By name."),
    )
    async def labels(request: Request) -> Response:
        live = process.live
        found = [] if live is None else sorted(labels_of(live), key=lambda one: one.name)
        return json_response(request, LabelPage(labels=[_shown(one) for one in found]))

    @router.get(
        "/v1/labels/{name}",
        summary="What is known of a label: decisions by month and state, and how late the bads come",
        description="Looked at like a model that is monitored: ask again while it is looking.",
        responses=answers(
            LabelDetail,
            "As far as somebody has looked.",
            problems=[{404: ("unknown_label",), 422: ("invalid_parameter",)}, NO_DESK],
        ),
    )
    async def label(
        request: Request, name: _Name, by: _ArrivalBy = "received", share: _Share = 0.95, max_age: MaxAge = MAX_AGE
    ) -> Response:
        asked = LabelAsked(label=name, by=by, share=share)
        return json_response(request, await run_in_threadpool(looked, asked, max_age, principal_of(request).name))

    return router


def _shown(one: OutcomeDefinition) -> LabelShown:
    return LabelShown(
        name=one.name,
        digest=one.digest,
        decided=one.decided,
        event=one.event,
        bad=one.bad,
        window=one.window or "",
        matures=one.matures or "",
        good_when_silent=one.good_when_silent,
        exclusions=[each.reason for each in one.exclude],
        simulated=one.simulated,
    )
