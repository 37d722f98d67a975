"""Moving limits over HTTP: strategies in force, reviews proposed and let go ahead, customers' answers, and the effect."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.limits import LimitDesk
from tandem.decide.decisions import DecisionProcess
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.limit_documents import (
    account_reviews,
    effect_shown,
    review_detail,
    review_page,
    review_shown,
    strategy_shown,
)
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import Gate, refuse_own_work
from tandem.faces.api.shapes.limits import (
    AccountLimitReviews,
    LimitAnswer,
    LimitApproval,
    LimitEffect,
    LimitLineShown,
    LimitRefusal,
    LimitReviewChanged,
    LimitReviewDetail,
    LimitReviewPage,
    LimitReviewRequest,
    LimitStrategyPage,
)

__all__ = ["limit_change_router", "limit_router"]

_PAGE_MAX = 500
_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_Review = Annotated[str, Path(max_length=255)]
_Account = Annotated[str, Path(max_length=255)]
_State = Literal["proposed", "noticed", "offered", "due", "moved", "declined", "lapsed", "dropped"]


def limit_router(process: DecisionProcess, desk: LimitDesk) -> APIRouter:
    """What ``desk`` keeps."""
    router = APIRouter(tags=["limits"])

    @router.get(
        "/v1/limit-strategies",
        summary="Strategies by which limits move: those of the live release",
        responses=answers(LimitStrategyPage, "By name."),
    )
    async def strategies(request: Request) -> Response:
        found = [strategy_shown(process, one) for _, one in sorted(desk.strategies.all.items())]
        return json_response(request, LimitStrategyPage(strategies=found))

    @router.get(
        "/v1/limit-strategies/{name}/effect",
        summary="What moving limits did: accounts that may be moved beside those held out by lot",
        responses=answers(
            LimitEffect,
            "As of today.",
            problems=[BUSY, {404: ("unknown_limit_strategy",), 422: ("invalid_parameter",)}],
        ),
    )
    async def effect(request: Request, name: _Name) -> Response:
        report = await run_in_threadpool(desk.effect, name)
        return json_response(request, effect_shown(desk, name, report))

    @router.get(
        "/v1/limit-reviews",
        summary="Reviews of limits, the newest first",
        responses=answers(LimitReviewPage, "The newest.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def reviews(
        request: Request, strategy: Annotated[str | None, Query(pattern="^[a-z][a-z0-9_]{0,79}$")] = None
    ) -> Response:
        found = await run_in_threadpool(desk.look, lambda every: review_page(every, strategy))
        return json_response(request, found)

    @router.get(
        "/v1/limit-reviews/{review_id}",
        summary="One review: totals, constraints, and what it asks of each account",
        responses=answers(
            LimitReviewDetail,
            "As it stands.",
            problems=[BUSY, {404: ("unknown_account", "unknown_limit_review"), 422: ("invalid_parameter",)}],
        ),
    )
    async def review(
        request: Request,
        review_id: _Review,
        step: Annotated[str | None, Query(pattern="^[a-z][a-z0-9_]{0,79}$")] = None,
        state: _State | None = None,
        after: Annotated[str | None, Query(max_length=255, description="account id; only later ones")] = None,
        limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 100,
    ) -> Response:
        found = await run_in_threadpool(
            desk.look,
            lambda every: review_detail(
                process, every.named(review_id), step=step, state=state, after=after, limit=limit
            ),
        )
        return json_response(request, found)

    @router.get(
        "/v1/accounts/{account_id}/limit-reviews",
        summary="What reviews asked of an account's limit, with the reasons that its owner is told",
        responses=answers(AccountLimitReviews, "The newest first.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def of_account(request: Request, account_id: _Account) -> Response:
        found = await run_in_threadpool(desk.look, lambda every: account_reviews(process, every, account_id))
        return json_response(request, found)

    return router


def limit_change_router(process: DecisionProcess, desk: LimitDesk, gate: Gate) -> APIRouter:
    """What moves limits."""
    router = APIRouter(tags=["limits"])

    @router.post(
        "/v1/limit-reviews",
        summary="Draw up a review: what would become of every limit, with forecasts; nothing moves yet",
        description="The same strategy on the same day is the same review.",
        openapi_extra=takes(LimitReviewRequest, {"strategy": "revolving_limits"}),
        responses=answers(
            LimitReviewChanged,
            "The review; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                {
                    404: ("unknown_limit_strategy", "unknown_product"),
                    409: ("no_choice", "not_open"),
                    422: ("wrong_shape",),
                },
            ],
        ),
    )
    async def propose(request: Request, body: Annotated[Any, Depends(body_of(LimitReviewRequest))]) -> Response:
        by = speaker(request, body.by)
        review, again = await run_in_threadpool(lambda: desk.propose(body.strategy, by=by))
        return json_response(request, _changed(desk, review, again=again))

    @router.post(
        "/v1/limit-reviews/{review_id}/approval",
        summary="Let a review go ahead: decreases are told, increases offered, freezes due",
        description="By somebody else than who asked for it.",
        openapi_extra=takes(LimitApproval, {}),
        responses=answers(
            LimitReviewChanged,
            "The review; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                {
                    403: ("author_is_approver",),
                    404: ("unknown_limit_review",),
                    409: ("key_reused", "not_open"),
                    422: ("invalid_parameter", "wrong_shape"),
                },
            ],
        ),
    )
    async def approval(
        request: Request, review_id: _Review, body: Annotated[Any, Depends(body_of(LimitApproval))]
    ) -> Response:
        by = speaker(request, body.by)
        author = await run_in_threadpool(desk.look, lambda every: every.named(review_id).drawn_up.by)
        refuse_own_work(gate, by, [author])
        await run_in_threadpool(lambda: desk.agree(review_id, by=by))
        return json_response(request, _changed(desk, review_id))

    @router.post(
        "/v1/limit-reviews/{review_id}/refusal",
        summary="Decline a review; none of it will move",
        openapi_extra=takes(LimitRefusal, {"note": "The forecast is of before the holidays."}),
        responses=answers(
            LimitReviewChanged,
            "The review; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                {
                    404: ("unknown_limit_review",),
                    409: ("key_reused", "not_open"),
                    422: ("invalid_parameter", "wrong_shape"),
                },
            ],
        ),
    )
    async def refusal(
        request: Request, review_id: _Review, body: Annotated[Any, Depends(body_of(LimitRefusal))]
    ) -> Response:
        by = speaker(request, body.by)
        await run_in_threadpool(lambda: desk.end(review_id, by=by, note=body.note))
        return json_response(request, _changed(desk, review_id))

    @router.post(
        "/v1/limit-reviews/{review_id}/answers",
        summary="Take down what a customer says to an increase; a consent moves the limit at once",
        openapi_extra=takes(LimitAnswer, {"account_id": "acc_01", "consents": True}),
        responses=answers(
            LimitLineShown,
            "Where it stands; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                {
                    404: ("unknown_account", "unknown_limit_review"),
                    409: ("key_reused", "not_open"),
                    422: ("invalid_parameter", "wrong_shape"),
                },
            ],
        ),
    )
    async def answer(
        request: Request, review_id: _Review, body: Annotated[Any, Depends(body_of(LimitAnswer))]
    ) -> Response:
        by = speaker(request, body.by)
        await run_in_threadpool(lambda: desk.answer(review_id, body.account_id, consents=body.consents, by=by))

        def shown() -> LimitLineShown:
            lines = desk.look(lambda every: account_reviews(process, every, body.account_id)).lines
            return next(one for one in lines if one.review_id == review_id)

        return json_response(request, await run_in_threadpool(shown))

    return router


def _changed(desk: LimitDesk, review_id: str, *, again: bool = False) -> LimitReviewChanged:
    return LimitReviewChanged(review=desk.look(lambda every: review_shown(every.named(review_id))), again=again)
