"""Attack my policy: kinds to choose from, runs in a process of their own, reports, and before against after."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, answers, takes
from tandem.faces.api.gate import principal_of
from tandem.faces.api.shapes import Fault
from tandem.faces.api.shapes.attacks import (
    AttackComparison,
    AttackKinds,
    AttackKindShown,
    AttackRequest,
    AttackRunDetail,
    AttackRunPage,
    AttackRunShown,
    DialLimits,
)
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import TandemError, Unavailable, shown
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant
from tandem.learn.attacks import (
    ATTACK_LIMITS,
    AttackAsked,
    AttackRun,
    AttackRuns,
    checked_attack,
    compare_attacks,
    sandbox_release,
)
from tandem.learn.simulator import ATTACK_KINDS, AttackKind

__all__ = ["attack_router"]

_BODY_BYTES_MAX: Final = 8 * 1024 * 1024
_AttackId = Annotated[str, Path(max_length=80)]
_NO_HOME = {503: ("no_attacks",)}
_UNKNOWN = {404: ("unknown_attack_run",), 422: ("invalid_parameter",), **_NO_HOME}


def attack_router(process: DecisionProcess, runs: AttackRuns | None) -> APIRouter:
    """Simulated attacks on what is live, or would be."""
    router = APIRouter(tags=["attacks"])

    def kept() -> AttackRuns:
        if runs is None:
            raise Unavailable("Nobody keeps attacks here.", code="no_attacks", hint="ask the server: tandem serve")
        return runs

    @router.get(
        "/v1/attacks/kinds",
        summary="Kinds of attack to choose from",
        description="With the live policy that would decide on it, or why it cannot be played here.",
        responses=answers(AttackKinds, "Every kind."),
    )
    async def kinds(request: Request) -> Response:
        return json_response(request, _kinds(process.live))

    @router.post(
        "/v1/attacks",
        summary="Attack what is live, or a draft in its place (SIMULATED)",
        description="A seeded town with attackers in it, played against the whole set of definitions in a process of its "
        "own: decisions are not disturbed, nothing is recorded. One runs at a time; ask for it by its id.",
        status_code=202,
        openapi_extra=takes(AttackRequest),
        responses=answers(
            AttackRunShown,
            "It runs.",
            status=202,
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("no_policy", "unknown_artefact", "unknown_attack", "unknown_event_type", "unknown_policy"),
                    409: ("attack_running",),
                    413: ("too_large",),
                    422: (ANY_CODE,),
                    503: ("no_attacks", "no_release"),
                },
            ],
        ),
    )
    async def begin(
        request: Request, body: Annotated[Any, Depends(body_of(AttackRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        by = principal_of(request).name
        found = await run_in_threadpool(_begin, process, kept(), body, by)
        return json_response(request, _shown(found), status=202)

    @router.get(
        "/v1/attacks",
        summary="Attacks that were run",
        responses=answers(AttackRunPage, "The newest first.", problems=[_NO_HOME]),
    )
    async def listed(request: Request) -> Response:
        found = await run_in_threadpool(kept().all)
        return json_response(request, AttackRunPage(items=[_shown(one) for one in found]))

    @router.get(
        "/v1/attacks/{attack_id}",
        summary="One attack, with its report once it is done",
        responses=answers(AttackRunDetail, "The run.", problems=[_UNKNOWN]),
    )
    async def one(request: Request, attack_id: _AttackId) -> Response:
        run = await run_in_threadpool(kept().get, attack_id)
        report = await run_in_threadpool(kept().report, attack_id) if run.state == "done" else None
        return json_response(request, AttackRunDetail(run=_shown(run), report=report))

    @router.get(
        "/v1/attacks/{attack_id}/comparison",
        summary="Before and after: two runs of the same attack",
        responses=answers(
            AttackComparison,
            "What changed, in figures and in words.",
            problems=[_UNKNOWN, {409: ("no_report", "other_attack")}],
        ),
    )
    async def comparison(
        request: Request,
        attack_id: _AttackId,
        before: Annotated[str, Query(max_length=80, description="the earlier run")],
    ) -> Response:
        def compared() -> AttackComparison:
            return compare_attacks(kept().report(before), kept().report(attack_id))

        return json_response(request, await run_in_threadpool(compared))

    @router.delete(
        "/v1/attacks/{attack_id}",
        summary="Cancel an attack that runs",
        responses=answers(AttackRunShown, "As it stands now; one that is over stays as it is.", problems=[_UNKNOWN]),
    )
    async def cancel(request: Request, attack_id: _AttackId) -> Response:
        return json_response(request, _shown(await run_in_threadpool(kept().cancel, attack_id)))

    return router


def _begin(process: DecisionProcess, runs: AttackRuns, body: AttackRequest, by: str) -> AttackRun:
    register = process.state.register
    live = register.live
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    standing = {one.key: one for one in register.artefacts_of(live)}
    drafts = [register.version(Digest(digest)).artefact for digest in body.versions]
    drafts += [Artefact.of(one.kind, one.name, one.body) for one in body.artefacts]
    changed = [one for one in drafts if one.key not in standing or standing[one.key].digest != one.digest]
    artefacts = list((standing | {one.key: one for one in changed}).values())
    asked = _asked(body)
    checked_attack(sandbox_release(artefacts), asked)  # what cannot be played is told now, and not by a failed run
    return runs.begin(
        artefacts,
        asked,
        release=str(live.digest),
        drafts=sorted({str(one.key) for one in changed}),
        label=body.label,
        by=by,
    )


def _asked(body: AttackRequest) -> AttackAsked:
    return AttackAsked(**{name: getattr(body, name) for name in AttackAsked.__struct_fields__})


def _kinds(live: LiveRelease | None) -> AttackKinds:
    limits = {name: DialLimits(least=least, most=most) for name, (least, most) in ATTACK_LIMITS.items()}
    return AttackKinds(kinds=list(_shown_kinds(ATTACK_KINDS.values(), live)), limits=limits)


def _shown_kinds(kinds: Iterable[AttackKind], live: LiveRelease | None) -> Iterable[AttackKindShown]:
    for one in kinds:
        policy, fault = None, None
        try:
            if live is None:
                raise Unavailable("No release is live yet.", code="no_release")
            policy = checked_attack(live, AttackAsked(kind=one.kind))[1].policy.policy
        except TandemError as error:
            fault = Fault(
                code=error.code,
                detail=error.detail,
                field=error.field,
                value=None if error.value is None else shown(error.value),
                hint=error.hint,
            )
        yield AttackKindShown(
            kind=one.kind,
            title_en=one.title[0],
            title_zh=one.title[1],
            words_en=one.words[0],
            words_zh=one.words[1],
            event_type=one.event.event_type,
            intensity=one.intensity,
            disguise=one.disguise,
            interactive=one.interactive,
            policy=policy,
            fault=fault,
        )


def _shown(run: AttackRun) -> AttackRunShown:
    values = msgspec.structs.asdict(run)
    values["started_at"] = format_instant(run.started_at)
    values["finished_at"] = None if run.finished_at is None else format_instant(run.finished_at)
    return AttackRunShown(**values)
