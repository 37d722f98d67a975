"""Webhooks: who is told of what, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.webhooks import Change, Delivery, Subscription, Wanted, Webhooks
from tandem.act.webhooks.types import ROTATION
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, Problems, answers, takes
from tandem.faces.api.shapes.vocabulary import PAGE_MAX
from tandem.faces.api.shapes.webhooks import (
    DeliveryDetail,
    DeliveryPage,
    DeliverySummary,
    State,
    WebhookChangeRequest,
    WebhookDeleted,
    WebhookPage,
    WebhookRequest,
    WebhookSummary,
    WebhookWithSecret,
)
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import Clock, Micros, format_instant

__all__ = ["webhook_router"]

_OFF: Problems = {503: ("outbox_unavailable", "webhooks_off")}
_ONE: Problems = {404: ("unknown_webhook",), 422: ("invalid_parameter",), **_OFF}
_WRITTEN: Problems = {
    **BODY_PROBLEMS,
    422: ("address_not_allowed", "insecure_url", "invalid_url", "invalid_parameter", "wrong_shape"),
}
_MANY: Problems = {413: ("too_many_webhooks",)}
_DELIVERY: Problems = {404: ("unknown_webhook", "unknown_delivery"), 422: ("invalid_parameter",), **_OFF}
_EXAMPLE = {"url": "https://partner.example/hooks", "kinds": ["decision.made"], "outcomes": ["review", "decline"]}

_Id = Annotated[str, Path(pattern="^whk_[0-9a-f]{32}$")]
_DeliveryId = Annotated[str, Path(pattern="^msg_[0-9a-f_]{1,100}$")]


class _Served:
    """The webhooks that the routes speak of, if this process has any."""

    def __init__(self, webhooks: Webhooks | None, clock: Clock, head: Callable[[], int]) -> None:
        self._webhooks = webhooks
        self._clock = clock
        self._head = head

    def __call__(self) -> Webhooks:
        if self._webhooks is None:
            raise Unavailable(
                "No webhooks are delivered by this process.",
                code="webhooks_off",
                hint="ask the server of the workspace: tandem serve",
            )
        return self._webhooks

    def told(self, one: Subscription) -> WebhookSummary:
        """``one`` as it is shown."""
        return _summary(one, self().counts(one.id), self._clock.now(), self._head())


def webhook_router(webhooks: Webhooks | None, clock: Clock, head: Callable[[], int]) -> APIRouter:
    """Webhooks of the workspace.

    Args:
        webhooks: None where this process delivers none; then every address answers 503.
        head: place of the journal's last durable record.
    """
    router = APIRouter(tags=["webhooks"])
    served = _Served(webhooks, clock, head)
    _hang_webhooks(router, served)
    _hang_secrets(router, served)
    _hang_deliveries(router, served)
    return router


def _hang_webhooks(router: APIRouter, served: _Served) -> None:
    @router.get("/v1/webhooks", summary="All webhooks", responses=answers(WebhookPage, "Webhooks.", problems=[_OFF]))
    async def all_webhooks(request: Request) -> Response:
        found = await run_in_threadpool(lambda: [served.told(one) for one in served().all()])
        return json_response(request, WebhookPage(webhooks=found))

    @router.post(
        "/v1/webhooks",
        summary="Tell a receiver of what happens from now on",
        description="The secret is shown in this answer only. Requests are signed after the Standard Webhooks "
        "specification and repeated until they are taken; a repetition has the same `webhook-id`.",
        status_code=201,
        openapi_extra=takes(WebhookRequest, _EXAMPLE),
        responses=answers(WebhookWithSecret, "Made.", status=201, problems=[_WRITTEN, _MANY, _OFF]),
    )
    async def create(request: Request, body: Annotated[Any, Depends(body_of(WebhookRequest))]) -> Response:
        wanted = Wanted(kinds=tuple(body.kinds), outcomes=tuple(body.outcomes), policies=tuple(body.policies))
        made, secret = await run_in_threadpool(
            served().create, body.url, wanted, owner=speaker(request), description=body.description
        )
        return json_response(
            request, WebhookWithSecret(webhook=await run_in_threadpool(served.told, made), secret=secret), status=201
        )

    @router.get(
        "/v1/webhooks/{webhook_id}",
        summary="One webhook",
        responses=answers(WebhookSummary, "The webhook.", problems=[_ONE]),
    )
    async def one_webhook(request: Request, webhook_id: _Id) -> Response:
        return json_response(request, await run_in_threadpool(lambda: served.told(served().find(webhook_id))))

    @router.patch(
        "/v1/webhooks/{webhook_id}",
        summary="Change, enable or disable a webhook",
        openapi_extra=takes(WebhookChangeRequest, {"enabled": False}),
        responses=answers(WebhookSummary, "The webhook as it is now.", problems=[_WRITTEN, _ONE]),
    )
    async def change(
        request: Request, webhook_id: _Id, body: Annotated[Any, Depends(body_of(WebhookChangeRequest))]
    ) -> Response:
        def apply() -> WebhookSummary:
            found = served().find(webhook_id)
            asked = Change(
                url=body.url,
                wanted=_wanted(found.wanted, body),
                description=body.description,
                enabled=body.enabled,
                skip_waiting=body.skip_waiting,
            )
            return served.told(served().change(webhook_id, asked))

        return json_response(request, await run_in_threadpool(apply))

    @router.delete(
        "/v1/webhooks/{webhook_id}",
        summary="Forget a webhook and its messages",
        responses=answers(WebhookDeleted, "Forgotten.", problems=[_ONE]),
    )
    async def delete(request: Request, webhook_id: _Id) -> Response:
        await run_in_threadpool(served().delete, webhook_id)
        return json_response(request, WebhookDeleted(id=webhook_id))


def _hang_secrets(router: APIRouter, served: _Served) -> None:
    @router.post(
        "/v1/webhooks/{webhook_id}/secret",
        summary="Give a webhook a new secret",
        description="The one before signs along for a day, so that the receiver can be changed in peace.",
        responses=answers(WebhookWithSecret, "The new secret, shown this once.", problems=[_ONE]),
    )
    async def rotate(request: Request, webhook_id: _Id) -> Response:
        changed, secret = await run_in_threadpool(served().rotate, webhook_id)
        return json_response(
            request, WebhookWithSecret(webhook=await run_in_threadpool(served.told, changed), secret=secret)
        )

    @router.post(
        "/v1/webhooks/{webhook_id}/test",
        summary="Send a test now",
        description="Blocks until the receiver has answered, at most ten seconds; the answer says what came of it.",
        responses=answers(DeliveryDetail, "What came of it.", problems=[_ONE]),
    )
    async def test(request: Request, webhook_id: _Id) -> Response:
        return json_response(request, _detail(await run_in_threadpool(served().send_test, webhook_id)))


def _hang_deliveries(router: APIRouter, served: _Served) -> None:
    @router.get(
        "/v1/webhooks/{webhook_id}/deliveries",
        summary="Messages of a webhook, newest first",
        responses=answers(DeliveryPage, "A page of messages.", problems=[_ONE]),
    )
    async def deliveries(
        request: Request,
        webhook_id: _Id,
        limit: Annotated[int, Query(ge=1, le=PAGE_MAX)] = 50,
        before: Annotated[int | None, Query(ge=1, le=2**53, description="next_before of the page before")] = None,
        state: State | None = None,
        kind: Annotated[str | None, Query(max_length=80)] = None,
    ) -> Response:
        found: list[Delivery] = await run_in_threadpool(
            served().deliveries, webhook_id, limit=limit, before=before, state=state, kind=kind
        )
        following = found[-1].number if len(found) == limit else None
        page = DeliveryPage(deliveries=[DeliverySummary(**_told(one)) for one in found], next_before=following)
        return json_response(request, page)

    @router.get(
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}",
        summary="One message with its body",
        responses=answers(DeliveryDetail, "The message.", problems=[_DELIVERY]),
    )
    async def delivery(request: Request, webhook_id: _Id, delivery_id: _DeliveryId) -> Response:
        return json_response(request, _detail(await run_in_threadpool(served().delivery, webhook_id, delivery_id)))

    @router.post(
        "/v1/webhooks/{webhook_id}/deliveries/{delivery_id}/attempts",
        summary="Send a message again now",
        description="Once, under the same id. A dead letter that is not taken stays dead.",
        responses=answers(DeliveryDetail, "What came of it.", problems=[_DELIVERY, {409: ("still_waiting",)}]),
    )
    async def again(request: Request, webhook_id: _Id, delivery_id: _DeliveryId) -> Response:
        return json_response(request, _detail(await run_in_threadpool(served().send_again, webhook_id, delivery_id)))


def _wanted(before: Wanted, body: WebhookChangeRequest) -> Wanted | None:
    given = {name: getattr(body, name) for name in ("kinds", "outcomes", "policies")}
    changed = {name: tuple(value) for name, value in given.items() if value is not None}
    return msgspec.structs.replace(before, **changed) if changed else None


def _summary(one: Subscription, counts: dict[str, int], now: Micros, head: int) -> WebhookSummary:
    state = "active" if not one.failures else "failing"
    rotated = None if one.rotated_at is None else one.rotated_at + ROTATION
    return WebhookSummary(
        id=one.id,
        url=one.url,
        kinds=list(one.wanted.kinds),
        outcomes=list(one.wanted.outcomes),  # type: ignore[arg-type]  # taken as outcomes
        policies=list(one.wanted.policies),
        description=one.description,
        owner=one.owner,
        state="disabled" if not one.enabled else "paused" if one.paused else state,  # type: ignore[arg-type]
        paused=one.paused,  # type: ignore[arg-type]  # one of the two
        created_at=format_instant(one.created_at),
        updated_at=format_instant(one.updated_at),
        failures=one.failures,
        failing_since=_instant(one.failing_since),
        next_attempt_at=_instant(one.due_at) if one.served and one.due_at > now else None,
        previous_secret_until=_instant(Micros(rotated)) if rotated is not None and rotated > now else None,
        waiting=counts.get("waiting", 0),
        delivered=counts.get("delivered", 0),
        dead=counts.get("dead", 0),
        behind=max(0, head - one.reached),
    )


def _told(one: Delivery) -> dict[str, Any]:
    return {
        "number": one.number,
        "id": one.id,
        "seq": one.seq or None,
        "kind": one.kind,
        "state": one.state,
        "created_at": format_instant(one.created_at),
        "attempts": one.attempts,
        "attempted_at": _instant(one.attempted_at),
        "status": one.status,
        "error": one.error,
        "took_ms": one.took_ms,
    }


def _detail(one: Delivery) -> DeliveryDetail:
    return DeliveryDetail(**_told(one), body=msgspec.json.decode(one.body))


def _instant(at: Micros | None) -> str | None:
    return None if at is None else format_instant(at)
