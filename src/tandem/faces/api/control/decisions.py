"""Decisions taken: listed, explained, repeated."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import PAGE_MAX, ROWS_MAX, DecisionProcess, DecisionsFound, WantedDecisions
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes import (
    DecisionPage,
    DecisionRecord,
    Explanation,
    Replayed,
    ReplayRequest,
)
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import parse_instant

__all__ = ["decision_router"]

_BYTES_MAX = 950_000
"""Of decisions in one answer; the words of their reasons come on top."""
_FAULTS = ("invalid_parameter", "invalid_instant", "instant_without_offset")
_ENCODE = msgspec.json.Encoder().encode
_UNKNOWN = {404: ("unknown_decision",), 422: ("invalid_parameter",)}
DecisionName = Annotated[str, Path(max_length=255, description="decision id, or the id of its event")]


def decision_router(process: DecisionProcess) -> APIRouter:
    """Reading what was decided."""
    router = APIRouter(tags=["decisions"])

    @router.get(
        "/v1/decisions",
        summary="Decisions, newest first",
        description=f"All filters given must fit. `form=short` gives what tables show, up to {ROWS_MAX:,} on a page; else a "
        f"page has up to {PAGE_MAX}.",
        responses=answers(DecisionPage, "A page of decisions.", problems=[{422: _FAULTS}]),
    )
    async def decisions(
        request: Request,
        limit: Annotated[int, Query(ge=1, le=ROWS_MAX)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53, description="next_before of the page before")] = None,
        outcome: Annotated[Literal["approve", "review", "decline"] | None, Query()] = None,
        policy: Annotated[str | None, Query(max_length=80)] = None,
        reason: Annotated[str | None, Query(max_length=80, description="code")] = None,
        entity: Annotated[str | None, Query(pattern="^[0-9a-f]{32}$", description="pseudonym of anybody in it")] = None,
        since: Annotated[str | None, Query(max_length=40, description="decided then or later, RFC 3339")] = None,
        until: Annotated[str | None, Query(max_length=40, description="decided before, RFC 3339")] = None,
        form: Annotated[Literal["full", "short"], Query()] = "full",
    ) -> Response:
        wanted = WantedDecisions(
            outcome=outcome,
            policy=policy,
            reason=reason,
            entity=None if entity is None else Pseudonym(entity),
            since=None if since is None else parse_instant(since),
            until=None if until is None else parse_instant(until),
        )
        archive = process.archive
        ask = archive.rows if form == "short" else archive.page
        found = await run_in_threadpool(ask, limit=limit, before=before, wanted=wanted)
        shown, following = _fitting(found)
        return json_response(
            request,
            {
                "decisions": [] if form == "short" else shown,
                "rows": shown if form == "short" else [],
                "reasons": list(found.words.values()),
                "next_before": following,
            },
        )

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


def _fitting(found: DecisionsFound) -> tuple[list[msgspec.Raw], int | None]:
    """As many of the decisions as an answer may have bytes, one at least, and where to go on."""
    shown: list[msgspec.Raw] = []
    size = 0
    for item in found.items:
        encoded = _ENCODE(item)
        size += len(encoded)
        if shown and size > _BYTES_MAX:
            return shown, found.items[len(shown) - 1]["seq"]
        shown.append(msgspec.Raw(encoded))
    return shown, found.next_before
