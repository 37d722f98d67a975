"""Artefacts, reviews and releases."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.decide.releases import preview_draft
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import Gate, off_record, on_record, refuse_own_work
from tandem.faces.api.problems import fault_of
from tandem.faces.api.shapes import (
    ArtefactPage,
    ArtefactSummary,
    Checked,
    CheckRequest,
    FullArtefact,
    Pushed,
    PushRequest,
    Released,
    ReleasePage,
    ReleaseRequest,
    ReleaseSummary,
    ReviewRequest,
    RollBackRequest,
)
from tandem.faces.api.shapes.vocabulary import TwoTongues
from tandem.kernel.artefacts import Artefact, ArtefactKey, ArtefactVersion
from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant

__all__ = ["ARTEFACT_BYTES_MAX", "artefact_router", "release_router", "summary_of"]

ARTEFACT_BYTES_MAX = 16 * 1024 * 1024
"""Definitions hold models, which are larger than events may be."""

_DIGEST = "^[0-9a-f]{64}$"
_NOT_FOUND = {404: ("unknown_artefact",), 422: ("invalid_parameter",)}
_SHAPE = {422: ("wrong_shape",), **BODY_PROBLEMS}


def artefact_router(process: DecisionProcess, gate: Gate) -> APIRouter:
    """Definitions and their versions."""
    router = APIRouter(tags=["artefacts"])

    @router.get(
        "/v1/artefacts",
        summary="The newest version of every definition",
        responses=answers(ArtefactPage, "Definitions, by kind and name.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def artefacts(
        request: Request,
        kind: Annotated[str | None, Query(max_length=80)] = None,
        name: Annotated[str | None, Query(max_length=80, description="with kind: every version of one")] = None,
    ) -> Response:
        register = process.state.register
        if kind is not None and name is not None:
            key = ArtefactKey(kind, name)
            versions = register.history(key) if key in register.keys(kind) else ()
        else:
            keys = [key for key in register.keys(kind) if name in {None, key.name}]
            versions = tuple(register.latest(key) for key in keys)
        return json_response(request, ArtefactPage(artefacts=[summary_of(process, each) for each in versions]))

    @router.get(
        "/v1/artefacts/{digest}",
        summary="One version with its content",
        responses=answers(FullArtefact, "The version.", problems=[_NOT_FOUND]),
    )
    async def artefact(request: Request, digest: Annotated[str, Path(pattern=_DIGEST)]) -> Response:
        return json_response(request, _full(process, process.state.register.version(Digest(digest))))

    @router.post(
        "/v1/artefacts",
        summary="Push new versions as drafts",
        openapi_extra=takes(PushRequest),
        responses=answers(Pushed, "What was new.", problems=[_SHAPE, BUSY]),
    )
    async def push(
        request: Request, body: Annotated[Any, Depends(body_of(PushRequest, limit=ARTEFACT_BYTES_MAX))]
    ) -> Response:
        pushed = [Artefact.of(each.kind, each.name, each.body) for each in body.artefacts]
        author = speaker(request, body.author)
        new = await run_in_threadpool(process.push, pushed, author=author, note=body.note)
        if new:
            on_record(request, "artefacts", by=author, artefacts={str(each.key): each.digest for each in new})
        else:
            off_record(request)
        found = [summary_of(process, process.state.register.version(each.digest)) for each in new]
        return json_response(request, Pushed(artefacts=found))

    @router.post(
        "/v1/artefacts/check",
        summary="Look at a draft before it is pushed",
        description="What is new in it, and whether it would hold together with everything that is live. Nothing is kept.",
        openapi_extra=takes(CheckRequest),
        responses=answers(Checked, "What it would be.", problems=[_SHAPE]),
    )
    async def check(
        request: Request, body: Annotated[Any, Depends(body_of(CheckRequest, limit=ARTEFACT_BYTES_MAX))]
    ) -> Response:
        given = body.artefact
        return json_response(
            request, await run_in_threadpool(_checked, process, Artefact.of(given.kind, given.name, given.body))
        )

    @router.post(
        "/v1/reviews",
        summary="Approve versions",
        openapi_extra=takes(ReviewRequest),
        responses=answers(
            ArtefactPage,
            "The versions, reviewed.",
            problems=[_SHAPE, BUSY, {403: ("author_is_approver",), 404: ("unknown_artefact",)}],
        ),
    )
    async def review(request: Request, body: Annotated[Any, Depends(body_of(ReviewRequest))]) -> Response:
        approver = speaker(request, body.approver)
        versions = [process.state.register.version(digest) for digest in body.digests]
        refuse_own_work(gate, approver, [each.author for each in versions])
        await run_in_threadpool(process.review, body.digests, approver=approver, note=body.note)
        approved = {str(each.artefact.key): each.artefact.digest for each in versions}
        on_record(request, "artefacts", by=approver, artefacts=approved)
        found = [summary_of(process, process.state.register.version(digest)) for digest in body.digests]
        return json_response(request, ArtefactPage(artefacts=found))

    return router


def release_router(process: DecisionProcess) -> APIRouter:
    """What is live, and what was."""
    router = APIRouter(tags=["releases"])

    @router.get(
        "/v1/releases", summary="Every activation, newest first", responses=answers(ReleasePage, "Activations.")
    )
    async def releases(request: Request) -> Response:
        return json_response(
            request, ReleasePage(releases=_activations(process), back_to=process.state.register.back_to)
        )

    @router.get(
        "/v1/releases/live",
        summary="The release in force",
        responses=answers(ReleaseSummary, "The release in force.", problems=[{404: ("no_release",)}]),
    )
    async def live(request: Request) -> Response:
        found = _activations(process)
        if not found:
            raise NotFound(
                "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
            )
        return json_response(request, found[0])

    refused = {403: ("declined", "not_reviewed"), 404: ("unknown_artefact",), 409: ("already_live",), 422: (ANY_CODE,)}

    @router.post(
        "/v1/releases",
        summary="Put versions in force together",
        description="The set is assembled and checked first; nothing changes where it does not hold together.",
        openapi_extra=takes(ReleaseRequest),
        responses=answers(Released, "In force.", problems=[_SHAPE, BUSY, refused]),
    )
    async def release(request: Request, body: Annotated[Any, Depends(body_of(ReleaseRequest))]) -> Response:
        register = process.state.register
        changes: dict[ArtefactKey, Digest | None] = {
            register.version(digest).artefact.key: digest for digest in body.digests
        }
        changes.update({_key(text): None for text in body.remove})
        by, before = speaker(request, body.by), _manifest(process)
        digest = await run_in_threadpool(process.release, changes, by=by, note=body.note, replace_all=body.replace_all)
        on_record(request, f"release/{digest}", by=by, before=before, after=_manifest(process))
        return json_response(request, Released(release=digest))

    @router.post(
        "/v1/releases/rollback",
        summary="Put an earlier release in force again",
        openapi_extra=takes(RollBackRequest),
        responses=answers(
            Released,
            "In force.",
            problems=[
                _SHAPE,
                BUSY,
                {404: ("unknown_release",), 409: ("already_live", "no_earlier_release"), 422: (ANY_CODE,)},
            ],
        ),
    )
    async def roll_back(request: Request, body: Annotated[Any, Depends(body_of(RollBackRequest))]) -> Response:
        by, before = speaker(request, body.by), _manifest(process)
        digest = await run_in_threadpool(process.roll_back, by=by, to=body.to, note=body.note)
        on_record(request, f"release/{digest}", by=by, before=before, after=_manifest(process))
        return json_response(request, Released(release=digest))

    return router


def _manifest(process: DecisionProcess) -> dict[str, Digest] | None:
    """What is live: the digest of this is the release's own, so the audit record names releases."""
    live = process.state.register.live
    return None if live is None else live.manifest


def _checked(process: DecisionProcess, draft: Artefact) -> Checked:
    register = process.state.register
    live = None if register.live is None else register.live.manifest.get(str(draft.key))
    found = preview_draft(process.state, draft)
    return Checked(
        same=live == draft.digest,
        words=[TwoTongues(en=one.en, zh=one.zh) for one in found.words],
        faults=[fault_of(error) for error in found.faults],
        warnings=[*found.warnings],
    )


def summary_of(process: DecisionProcess, version: ArtefactVersion) -> ArtefactSummary:
    """A version as lists show it."""
    return ArtefactSummary(**_told(process, version))


def _full(process: DecisionProcess, version: ArtefactVersion) -> FullArtefact:
    return FullArtefact(**_told(process, version), body=version.artefact.body)


def _told(process: DecisionProcess, version: ArtefactVersion) -> dict[str, Any]:
    return {
        "kind": version.artefact.kind,
        "name": version.artefact.name,
        "digest": version.artefact.digest,
        "state": str(process.state.register.state_of(version.artefact.digest)),
        "author": version.author,
        "pushed_at": format_instant(version.pushed_at),
        "approvers": [each.approver for each in version.reviews],
    }


def _activations(process: DecisionProcess) -> list[ReleaseSummary]:
    register = process.state.register
    found = []
    for index, one in enumerate(reversed(register.went_live)):
        found.append(
            ReleaseSummary(
                release=one.release,
                live=index == 0,
                activated_at=format_instant(one.at),
                activated_by=one.by,
                note=one.note,
                rolled_back=one.rolled_back,
                manifest=dict(register.release_of(one.release).manifest),
            )
        )
    return found


def _key(text: str) -> ArtefactKey:
    key = ArtefactKey.of(text)
    if not key.kind or not key.name:
        raise InvalidInput(
            "Not the name of an artefact.", code="wrong_shape", field="remove", value=text, hint="write kind/name"
        )
    return key
