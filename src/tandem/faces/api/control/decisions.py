"""Decisions taken: listed, explained, repeated."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import PAGE_MAX, DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes import (
    DecisionPage,
    DecisionRecord,
    Explanation,
    Replayed,
    ReplayRequest,
)

__all__ = ["decision_router"]

_UNKNOWN = {404: ("unknown_decision",), 422: ("invalid_parameter",)}
DecisionName = Annotated[str, Path(max_length=255, description="decision id, or the id of its event")]


def decision_router(process: DecisionProcess) -> APIRouter:
    """Reading what was decided."""
    router = APIRouter(tags=["decisions"])

    @router.get(
        "/v1/decisions",
        summary="Decisions, newest first",
        responses=answers(DecisionPage, "A page of decisions.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def decisions(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53, description="next_before of the page before")] = None,
        outcome: Annotated[Literal["approve", "review", "decline"] | None, Query()] = None,
        policy: Annotated[str | None, Query(max_length=80)] = None,
    ) -> Response:
        found = await run_in_threadpool(
            process.archive.page, limit=limit, before=before, outcome=outcome, policy=policy
        )
        following = found[-1]["seq"] if len(found) == limit else None
        return json_response(request, {"decisions": found, "next_before": following})

    @router.get(
        "/v1/decisions/{decision_id}",
        summary="One decision, as it was answered",
        responses=answers(DecisionRecord, "The answer and its trail.", problems=[_UNKNOWN]),
    )
    async def decision(request: Request, decision_id: DecisionName) -> Response:
        return json_response(request, await run_in_threadpool(process.archive.find, decision_id))

    @router.get(
        "/v1/decisions/{decision_id}/explanation",
        summary="Why a decision was taken",
        description="Each condition on its way with value and threshold, the scores and what moved them. Holds the "
        "personal inputs unless they were erased.",
        responses=answers(Explanation, "The explanation.", problems=[_UNKNOWN]),
    )
    async def explanation(request: Request, decision_id: DecisionName) -> Response:
        return json_response(request, await run_in_threadpool(process.archive.explain, decision_id))

    @router.post(
        "/v1/decisions/{decision_id}/replay",
        summary="Take a decision again from its record",
        openapi_extra=takes(ReplayRequest, {}),
        responses=answers(
            Replayed, "What differs; nothing is recorded.", problems=[_UNKNOWN, BODY_PROBLEMS, {422: ("wrong_shape",)}]
        ),
    )
    async def replay(
        request: Request, decision_id: DecisionName, _body: Annotated[Any, Depends(body_of(ReplayRequest))]
    ) -> Response:
        found = await run_in_threadpool(process.archive.replay, decision_id)
        return json_response(request, msgspec.to_builtins(found))

    return router
