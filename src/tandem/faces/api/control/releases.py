"""Releases looked at before and after, and the queue of those who review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.decide.releases import VersionChange, compare_manifests, compare_versions, preview_release
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import on_record
from tandem.faces.api.problems import fault_of
from tandem.faces.api.shapes.releases import (
    ActivationSummary,
    Approval,
    DeclineNote,
    DeclineRequest,
    ReleaseChange,
    ReleaseDetail,
    ReleasePart,
    ReleasePreviewed,
    ReleasePreviewRequest,
    ReviewQueue,
    SentBack,
)
from tandem.faces.api.shapes.vocabulary import TwoTongues
from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister, ArtefactState, ArtefactVersion
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant

__all__ = ["release_view_router"]

_DIGEST = "^[0-9a-f]{64}$"
_SHAPE = {**BODY_PROBLEMS, 422: ("wrong_shape",)}


def release_view_router(process: DecisionProcess) -> APIRouter:
    """What a release would change or did change, and who said so."""
    router = APIRouter(tags=["releases"])

    @router.post(
        "/v1/releases/preview",
        summary="What a release would change, in words",
        description="Assembled and checked like a release, and told against what is live. Nothing is changed.",
        openapi_extra=takes(ReleasePreviewRequest),
        responses=answers(ReleasePreviewed, "What it would change.", problems=[_SHAPE, {404: ("unknown_artefact",)}]),
    )
    async def preview(request: Request, body: Annotated[Any, Depends(body_of(ReleasePreviewRequest))]) -> Response:
        register = process.state.register
        changes: dict[ArtefactKey, Digest | None] = {
            register.version(digest).artefact.key: digest for digest in body.digests
        }
        changes.update({ArtefactKey.of(text): None for text in body.remove})
        found = await run_in_threadpool(preview_release, process.state, changes, replace_all=body.replace_all)
        told = ReleasePreviewed(
            release=found.release,
            live=None if register.live is None else register.live.digest,
            changes=[_told(register, one) for one in found.changes],
            waiting=[str(register.version(digest).artefact.key) for digest in found.waiting],
            faults=[fault_of(error) for error in found.faults],
            warnings=[*found.warnings],
            ready=found.ready,
        )
        return json_response(request, told)

    @router.get(
        "/v1/releases/{release}",
        summary="One release: its parts, what it changed, who approved it",
        responses=answers(
            ReleaseDetail,
            "The release.",
            problems=[{404: ("unknown_release",), 422: ("invalid_parameter",)}],
        ),
    )
    async def release(
        request: Request,
        release: Annotated[str, Path(pattern=_DIGEST)],
        against: Annotated[
            str | None, Query(pattern=_DIGEST, description="compare with this release, not with the one before")
        ] = None,
    ) -> Response:
        other = None if against is None else Digest(against)
        return json_response(request, await run_in_threadpool(_detail, process, Digest(release), other))

    @router.get(
        "/v1/reviews",
        summary="Versions that wait: for a judgement, for a release, for their author",
        responses=answers(ReviewQueue, "The newest versions that are not live, each against the live one."),
    )
    async def queue(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_queue, process.state.register))

    @router.post(
        "/v1/reviews/declined",
        summary="Send versions back to their authors",
        description="They cannot go live until somebody approves them after all.",
        openapi_extra=takes(DeclineRequest),
        responses=answers(
            SentBack,
            "Sent back.",
            problems=[
                _SHAPE,
                BUSY,
                {404: ("unknown_artefact",), 409: ("was_live",), 422: ("missing_field",)},
            ],
        ),
    )
    async def decline(request: Request, body: Annotated[Any, Depends(body_of(DeclineRequest))]) -> Response:
        by = speaker(request, body.by)
        await run_in_threadpool(process.decline, body.digests, by=by, reason=body.reason)
        versions = [process.state.register.version(digest).artefact for digest in body.digests]
        on_record(request, "artefacts", by=by, artefacts={str(one.key): one.digest for one in versions})
        return json_response(request, SentBack(digests=body.digests))

    return router


def _detail(process: DecisionProcess, digest: Digest, against: Digest | None) -> ReleaseDetail:
    register = process.state.register
    release = register.release_of(digest)
    other = _before(register, digest) if against is None else against
    old: Mapping[str, Digest] = {} if other is None else register.release_of(other).manifest
    return ReleaseDetail(
        release=digest,
        live=register.live is not None and register.live.digest == digest,
        by=release.by,
        at=format_instant(release.at),
        note=release.note,
        against=other,
        changes=[_told(register, one) for one in compare_manifests(register, old, release.manifest)],
        parts=[_part(register, Digest(one)) for _, one in sorted(release.manifest.items())],
        activations=[
            ActivationSummary(at=format_instant(one.at), by=one.by, note=one.note, rolled_back=one.rolled_back)
            for one in reversed(register.went_live)
            if one.release == digest
        ],
    )


def _before(register: ArtefactRegister, digest: Digest) -> Digest | None:
    """The release that was live when ``digest`` first went live."""
    before = None
    for one in register.went_live:
        if one.release == digest:
            return before
        before = one.release
    return before


def _queue(register: ArtefactRegister) -> ReviewQueue:
    live = {} if register.live is None else register.live.manifest
    found: dict[ArtefactState, list[ReleaseChange]] = {}
    keys = register.keys()
    newest = [register.latest(key) for key in keys]
    for version in sorted(newest, key=lambda one: (-one.pushed_at, one.artefact.key)):
        digest, key = version.artefact.digest, version.artefact.key
        state = register.state_of(digest)
        if state in {ArtefactState.LIVE, ArtefactState.RETIRED}:
            continue
        change = compare_versions(register, key, live.get(str(key)), digest)
        found.setdefault(state, []).append(_told(register, change))
    return ReviewQueue(
        waiting=found.get(ArtefactState.DRAFT, []),
        approved=found.get(ArtefactState.REVIEWED, []),
        declined=found.get(ArtefactState.DECLINED, []),
    )


def _told(register: ArtefactRegister, change: VersionChange) -> ReleaseChange:
    digest = change.new if change.new is not None else change.old
    assert digest is not None, "one side of a change is there"
    version = register.version(digest)
    declined = version.decline
    return ReleaseChange(
        kind=change.key.kind,
        name=change.key.name,
        what=change.what,
        old=change.old,
        new=change.new,
        state=str(register.state_of(digest)),  # type: ignore[arg-type]  # the values of the enumeration
        author=version.author,
        pushed_at=format_instant(version.pushed_at),
        note=version.note,
        approvals=_approvals(version),
        declined=None
        if declined is None
        else DeclineNote(by=declined.by, at=format_instant(declined.at), reason=declined.reason),
        words=[TwoTongues(en=one.en, zh=one.zh) for one in change.words],
    )


def _part(register: ArtefactRegister, digest: Digest) -> ReleasePart:
    version = register.version(digest)
    return ReleasePart(
        kind=version.artefact.kind,
        name=version.artefact.name,
        digest=digest,
        author=version.author,
        pushed_at=format_instant(version.pushed_at),
        approvals=_approvals(version),
    )


def _approvals(version: ArtefactVersion) -> list[Approval]:
    return [Approval(approver=one.approver, at=format_instant(one.at), note=one.note) for one in version.reviews]
