"""Letting customers into their own channel, by a program with a key: the lender's own site, or a merchant's checkout."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.channel import ChannelDesk, InvitationStatus, Wanted
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import Gate, principal_of
from tandem.faces.api.shapes.my import InvitationAnswer, InvitationRequest, InvitationShown, PurchaseRefund
from tandem.kernel.time import Clock, Micros, format_instant, parse_duration
from tandem.prove.access import KEY_PREFIX, Act

__all__ = ["invitation_router"]

_Invitation = Annotated[str, Path(max_length=255)]
_UNKNOWN = {404: ("unknown_invitation",), 422: ("invalid_parameter",)}


def invitation_router(desk: ChannelDesk, gate: Gate, clock: Clock) -> APIRouter:
    """What programs ask for customers."""
    router = APIRouter(tags=["invitations"])

    @router.post(
        "/v1/invitations",
        summary="Let one customer into their own channel",
        description="Send their browser to `path` at once: the pass in it works once, for minutes. With a merchant's key "
        "they see nothing but what comes of this invitation.",
        openapi_extra=takes(
            InvitationRequest,
            {"key": "order-7", "identifier": "member-2231", "acts": ["apply", "see", "sign"], "amount_minor": 129_900},
        ),
        responses=answers(
            InvitationAnswer,
            "The invitation.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                {
                    409: ("key_reused", "no_channel"),
                    422: (
                        "empty_identifier",
                        "foreign_address",
                        "invalid_acts",
                        "invalid_duration",
                        "invalid_identifier",
                        "not_in_channel",
                        "pass_life",
                        "too_many_values",
                        "unknown_entity_kind",
                        "wrong_shape",
                    ),
                    503: ("access_unavailable", "too_many_invitations"),
                },
            ],
        ),
    )
    async def invite(request: Request, body: Annotated[Any, Depends(body_of(InvitationRequest))]) -> Response:
        by, life = principal_of(request), parse_duration(body.expires_after)
        wanted = Wanted(
            key=body.key,
            identifier=body.identifier,
            acts=tuple(Act(one) for one in body.acts),
            life=life,
            kind=body.kind,
            product=body.product,
            amount_minor=body.amount_minor,
            reference=body.reference,
            back=body.back,
            values=body.values,
        )
        expires_at = Micros(clock.now() + life)
        made = await run_in_threadpool(desk.inviting.invite, wanted, by=by)
        merchant = gate.access.customers.merchant_of(by)
        at = "" if merchant is None else f"?at={by.name.removeprefix(KEY_PREFIX)}"
        # Behind the hash: browsers keep that to themselves, so the pass is in no log of a server or a proxy.
        answer = InvitationAnswer(
            invitation=made.invitation, path=f"/my/{at}#pass={made.token}", expires_at=format_instant(expires_at)
        )
        return json_response(request, answer)

    @router.get(
        "/v1/invitations/{invitation_id}",
        summary="What became of an invitation of one's own",
        responses=answers(InvitationShown, "As it is.", problems=[BUSY, _UNKNOWN]),
    )
    async def invitation(request: Request, invitation_id: _Invitation) -> Response:
        found = await run_in_threadpool(desk.inviting.status, invitation_id, by=principal_of(request))
        return json_response(request, _shown(found))

    @router.post(
        "/v1/invitations/{invitation_id}/refunds",
        summary="Give back all or part of one's own sale",
        openapi_extra=takes(PurchaseRefund, {"refund_id": "refund-1", "amount_minor": 129_900}),
        responses=answers(
            InvitationShown,
            "Given back; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _UNKNOWN,
                {
                    409: ("above_purchase", "in_future", "key_reused", "not_allowed", "nothing_bought", "out_of_order"),
                    422: ("not_owed", "wrong_shape"),
                },
            ],
        ),
    )
    async def refunds(
        request: Request, invitation_id: _Invitation, body: Annotated[Any, Depends(body_of(PurchaseRefund))]
    ) -> Response:
        by = principal_of(request)

        def do() -> InvitationStatus:
            desk.inviting.refund(invitation_id, refund_id=body.refund_id, amount_minor=body.amount_minor, by=by)
            return desk.inviting.status(invitation_id, by=by)

        return json_response(request, _shown(await run_in_threadpool(do)))

    return router


def _shown(found: InvitationStatus) -> InvitationShown:
    return InvitationShown(
        invitation=found.invitation,
        state=found.state,
        reference=found.reference,
        amount_minor=found.amount_minor,
        paid_minor=found.paid_minor,
        refunded_minor=found.refunded_minor,
    )
