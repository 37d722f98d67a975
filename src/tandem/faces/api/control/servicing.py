"""People's work on accounts over HTTP: what one person does alone, and what another has to agree to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.lending import Done, LendingDesk
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.servicing_documents import act_shown, done_shown, effect_shown, proposal_shown
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, Problems, answers, takes
from tandem.faces.api.gate import Gate, principal_of, refuse_own_work
from tandem.faces.api.shapes.servicing import (
    ActDone,
    ActEffect,
    ActLook,
    ActPage,
    ActRequest,
    AgreementRequest,
    ProposalPage,
    ProposalShown,
    SettlementRequest,
)
from tandem.prove.access import Permission

__all__ = ["servicing_router"]

_Account = Annotated[str, Path(max_length=255)]
_Proposal = Annotated[str, Path(max_length=255)]
_PAGE_MAX = 200
_EXAMPLE = {"act": "waive", "plan": "loan", "penalty_minor": 1_500}
_HOLDS: Problems = {
    404: ("unknown_account", "unknown_fact", "unknown_plan"),
    409: ("not_allowed", "out_of_order", "waived_since"),
    422: ("invalid_parameter", "not_owed", "wrong_shape"),
}
_SETTLING: Problems = {
    403: ("author_is_approver", "not_yours", "same_person"),
    404: ("unknown_fact", "unknown_plan", "unknown_proposal"),
    409: ("account_changed", "not_allowed", "out_of_order", "settled", "waived_since"),
    422: ("invalid_parameter", "not_owed", "wrong_shape"),
}


def servicing_router(desk: LendingDesk, gate: Gate) -> APIRouter:
    """What people do to the accounts of ``desk``."""
    router = APIRouter(tags=["accounts"])
    _acting(router, desk)
    _reading(router, desk)
    _settling(router, desk, gate)
    return router


def _acting(router: APIRouter, desk: LendingDesk) -> None:
    @router.get(
        "/v1/accounts/{account_id}/acts",
        summary="What people did to an account, or proposed",
        responses=answers(
            ActPage, "The newest first.", problems=[BUSY, {404: ("unknown_account",), 422: ("invalid_parameter",)}]
        ),
    )
    async def acts(request: Request, account_id: _Account) -> Response:
        notes = _may_read(request)

        def find() -> ActPage:
            account = desk.account(account_id)
            return ActPage(acts=[act_shown(one, desk.servicing, notes=notes) for one in reversed(account.deeds)])

        return json_response(request, await run_in_threadpool(find))

    @router.post(
        "/v1/accounts/{account_id}/acts/preview",
        summary="What an act would come to: the account before and after",
        description="Nothing is written.",
        openapi_extra=takes(ActLook, {"act": _EXAMPLE}),
        responses=answers(ActEffect, "As of today.", problems=[BODY_PROBLEMS, BUSY, _HOLDS]),
    )
    async def preview(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(ActLook))]
    ) -> Response:
        effect = await run_in_threadpool(desk.servicing.effect, account_id, body.act)
        return json_response(request, effect_shown(effect, desk.today()))

    @router.post(
        "/v1/accounts/{account_id}/acts",
        summary="Waive, schedule anew, write off, move the limit, freeze, close or reverse",
        description="What costs the lender money or is hard to undo is proposed by this, and done when another person agrees: "
        "a waiver above what the product lets one person waive, a new schedule, a write-off, a higher limit, a reversal.",
        openapi_extra=takes(ActRequest, {"act_id": "w-1", "act": _EXAMPLE, "reason": "goodwill"}),
        responses=answers(
            ActDone,
            "Done or proposed; durable.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _HOLDS,
                {409: ("already_proposed", "key_reused"), 422: ("empty_note", "text_too_long")},
            ],
        ),
    )
    async def act(
        request: Request, account_id: _Account, body: Annotated[Any, Depends(body_of(ActRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _done(
            desk,
            request,
            lambda: desk.servicing.do(account_id, body.act, key=body.act_id, by=by, reason=body.reason, note=body.note),
        )


def _reading(router: APIRouter, desk: LendingDesk) -> None:
    @router.get(
        "/v1/proposals",
        summary="What was proposed of accounts",
        description="`open`: what waits for a second person, the oldest first, with what agreeing comes to now. `all`: the newest first.",
        responses=answers(ProposalPage, "A page of them.", problems=[BUSY, {422: ("invalid_parameter",)}]),
    )
    async def proposals(
        request: Request,
        state: Annotated[Literal["open", "all"], Query()] = "open",
        limit: Annotated[int, Query(ge=1, le=_PAGE_MAX)] = 50,
        after: Annotated[int, Query(ge=0, le=2**53, description="next_after of the page before")] = 0,
    ) -> Response:
        notes = _may_read(request)

        def find() -> ProposalPage:
            found = desk.servicing.proposals(open_only=state == "open")
            if state == "all":
                found.reverse()
            page, today = found[after : after + limit], desk.today()
            return ProposalPage(
                proposals=[proposal_shown(one, deed, desk.servicing, today, notes=notes) for one, deed in page],
                total=len(found),
                next_after=after + limit if after + limit < len(found) else None,
            )

        return json_response(request, await run_in_threadpool(find))

    @router.get(
        "/v1/proposals/{proposal_id}",
        summary="One proposal: what it comes to now, or what became of it",
        responses=answers(
            ProposalShown, "As it is.", problems=[BUSY, {404: ("unknown_proposal",), 422: ("invalid_parameter",)}]
        ),
    )
    async def proposal(request: Request, proposal_id: _Proposal) -> Response:
        notes = _may_read(request)

        def find() -> ProposalShown:
            account, deed = desk.servicing.proposal(proposal_id)
            return proposal_shown(account, deed, desk.servicing, desk.today(), notes=notes)

        return json_response(request, await run_in_threadpool(find))


def _settling(router: APIRouter, desk: LendingDesk, gate: Gate) -> None:
    problems = [BODY_PROBLEMS, BUSY, _SETTLING, {422: ("text_too_long",)}]

    @router.post(
        "/v1/proposals/{proposal_id}/agreement",
        summary="Agree to what another person proposed; it is done with that",
        description="It is made anew from the account as it is: where it does not hold any more, or the account is another "
        "one than you saw, it is refused and nothing moves.",
        openapi_extra=takes(AgreementRequest, {"version": 7}),
        responses=answers(ActDone, "Done; durable.", problems=problems),
    )
    async def agreement(
        request: Request, proposal_id: _Proposal, body: Annotated[Any, Depends(body_of(AgreementRequest))]
    ) -> Response:
        by = speaker(request, body.by)

        def do() -> Done:
            _, deed = desk.servicing.proposal(proposal_id)
            if by != deed.by:  # who it is themselves is told so in its own words
                refuse_own_work(gate, by, [deed.by])
            return desk.servicing.agree(proposal_id, version=body.version, by=by, note=body.note)

        return await _done(desk, request, do)

    @router.post(
        "/v1/proposals/{proposal_id}/refusal",
        summary="Decline what another person proposed",
        openapi_extra=takes(SettlementRequest, {"note": "One more month first."}),
        responses=answers(ActDone, "Declined; nothing moves.", problems=problems),
    )
    async def refusal(
        request: Request, proposal_id: _Proposal, body: Annotated[Any, Depends(body_of(SettlementRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _done(desk, request, lambda: desk.servicing.decline(proposal_id, by=by, note=body.note))

    @router.post(
        "/v1/proposals/{proposal_id}/withdrawal",
        summary="Withdraw what you proposed",
        openapi_extra=takes(SettlementRequest, {}),
        responses=answers(ActDone, "Withdrawn; nothing moves.", problems=problems),
    )
    async def withdrawal(
        request: Request, proposal_id: _Proposal, body: Annotated[Any, Depends(body_of(SettlementRequest))]
    ) -> Response:
        by = speaker(request, body.by)
        return await _done(desk, request, lambda: desk.servicing.withdraw(proposal_id, by=by, note=body.note))


async def _done(desk: LendingDesk, request: Request, do: Callable[[], Done]) -> Response:
    done = await run_in_threadpool(do)
    return json_response(request, done_shown(done, desk.today()))


def _may_read(request: Request) -> bool:
    return Permission.READ_PERSONAL in principal_of(request).permissions
