"""The effect of a draft: asked on every edit, answered in a worker thread, ended by the next question."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes.effect import Effect, EffectCancelled, EffectProgress, EffectRequest
from tandem.kernel.time import Clock
from tandem.learn.effect import Effects
from tandem.learn.labels import check_outcomes

__all__ = ["effect_router"]

_BODY_BYTES_MAX: Final = 8 * 1024 * 1024
Session = Annotated[str, Query(pattern="^[A-Za-z0-9_-]{1,64}$", description="whose question it is")]


def effect_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """What a draft would have done."""
    router = APIRouter(tags=["effect"])
    effects = Effects(process, clock=clock)
    process.check_releases(check_outcomes)

    @router.post(
        "/v1/effect",
        summary="What a draft policy would have done to the last real decisions",
        description="Decides them again under the draft and under the live policy, from what was recorded: how many "
        "change, bad ones stopped against good ones hurt, money, segments, examples, and what cannot be known. The "
        "first question reads the journal and takes longer; ask `/v1/effect/progress` meanwhile. A newer question of "
        "the same session ends this one with 409. Nothing is recorded.",
        openapi_extra=takes(EffectRequest),
        responses=answers(
            Effect,
            "The effect.",
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("no_policy", "unknown_artefact"),
                    409: ("effect_ended",),
                    413: ("too_large",),
                    422: (ANY_CODE,),
                    503: ("no_release",),
                },
            ],
        ),
    )
    async def effect(
        request: Request, body: Annotated[Any, Depends(body_of(EffectRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        found = await run_in_threadpool(
            effects.preview,
            body.policy,
            session=body.session,
            last=body.last,
            models=body.models,
            score=body.score,
        )
        return json_response(request, found)

    @router.get(
        "/v1/effect/progress",
        summary="What a question is waiting for",
        responses=answers(
            EffectProgress, "How far it is; idle where nothing is asked.", problems=[{422: ("invalid_parameter",)}]
        ),
    )
    async def progress(request: Request, session: Session = "only") -> Response:
        return json_response(request, effects.progress(session))

    @router.delete(
        "/v1/effect",
        summary="End a question",
        responses=answers(EffectCancelled, "It is ended.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def cancel(request: Request, session: Session = "only") -> Response:
        return json_response(request, EffectCancelled(cancelled=effects.cancel(session)))

    return router
