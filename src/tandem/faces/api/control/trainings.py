"""Training without code: give a file, look at it, train in a process of its own, read the report, make a draft of it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess
from tandem.decide.models import STATEFUL_KINDS
from tandem.faces.api.control.artefacts import summary_of
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.training_drafts import draft_of, reasons_of
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import off_record, on_record, principal_of
from tandem.faces.api.responses import API_HEADERS
from tandem.faces.api.shapes.trainings import (
    LookRequest,
    LookShown,
    TrainingDrafted,
    TrainingDraftRequest,
    TrainingDraftShown,
    TrainingLimits,
    TrainingReportShown,
    TrainingRequest,
    TrainingRunDetail,
    TrainingRunPage,
    TrainingRunShown,
    UploadPiece,
    UploadRequest,
    UploadShown,
)
from tandem.kernel.errors import Unavailable
from tandem.kernel.time import format_instant
from tandem.learn.datasets import bound
from tandem.learn.training import BinEdit, LookAsked, installed_families
from tandem.learn.training_runs import (
    FILE_BYTES_MAX,
    FILE_KINDS,
    PIECE_BYTES_MAX,
    LiveModel,
    LookRun,
    Source,
    TrainingAsked,
    TrainingDesk,
    TrainingDraft,
    TrainingRun,
    Upload,
    check_said,
    usual_families,
)
from tandem.prove.privacy import DataClass

__all__ = ["training_router"]

_PIECE_BODY_BYTES_MAX: Final = PIECE_BYTES_MAX * 4 // 3 + 4096
_UploadId = Annotated[str, Path(max_length=80)]
_LookId = Annotated[str, Path(max_length=80)]
_TrainingId = Annotated[str, Path(max_length=80)]
_NO_DESK = {503: ("no_trainings",)}
_NO_UPLOAD = {404: ("unknown_dataset", "unknown_upload"), 422: ("invalid_parameter",), **_NO_DESK}
_NO_LOOK = {404: ("unknown_look_run",), 422: ("invalid_parameter",), **_NO_DESK}
_NO_RUN = {404: ("unknown_training_run",), 422: ("invalid_parameter",), **_NO_DESK}
_PAGE_POLICY: Final = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"


def training_router(process: DecisionProcess, desk: TrainingDesk | None) -> APIRouter:
    """Files, looks, trainings, drafts."""
    router = APIRouter(tags=["trainings"])

    def kept() -> TrainingDesk:
        if desk is None:
            raise Unavailable("Nobody trains here.", code="no_trainings", hint="ask the server: tandem serve")
        return desk

    _add_uploads(router, kept)
    _add_looks(router, process, kept)
    _add_runs(router, process, kept)
    _add_results(router, process, kept)
    return router


def _add_uploads(router: APIRouter, kept: Any) -> None:
    @router.get(
        "/v1/training-uploads",
        summary="How large files for training may be, which kinds are read, and which models can compete",
        responses=answers(TrainingLimits, "The limits."),
    )
    async def limits(request: Request) -> Response:
        found = TrainingLimits(
            file_bytes=FILE_BYTES_MAX,
            piece_bytes=PIECE_BYTES_MAX,
            file_kinds=[*FILE_KINDS],
            families=[*installed_families()],
            usual={explain: [*families] for explain, families in usual_families().items()},
        )
        return json_response(request, found)

    @router.post(
        "/v1/training-uploads",
        summary="Announce a file to train on",
        status_code=201,
        openapi_extra=takes(UploadRequest),
        responses=answers(
            UploadShown,
            "Send its pieces.",
            status=201,
            problems=[
                BODY_PROBLEMS,
                {413: ("file_too_large",), 422: ("empty_file", "unknown_file_kind", "wrong_shape"), **_NO_DESK},
            ],
        ),
    )
    async def announce(request: Request, body: Annotated[Any, Depends(body_of(UploadRequest))]) -> Response:
        by = principal_of(request).name
        found = await run_in_threadpool(lambda: kept().uploads.begin(body.name, body.bytes, by=by))
        on_record(request, f"training-uploads/{found.upload_id}", by=by, bytes=found.bytes)
        return json_response(request, _upload(found), status=201)

    @router.post(
        "/v1/training-uploads/{upload_id}/pieces",
        summary="Send a piece of a file",
        description="In order; a piece that is there already changes nothing, so that one may be sent again.",
        openapi_extra=takes(UploadPiece),
        responses=answers(
            UploadShown,
            "How much is there.",
            problems=[
                BODY_PROBLEMS,
                _NO_UPLOAD,
                {409: ("piece_missing",), 413: ("file_too_large", "piece_too_large"), 422: ("wrong_shape",)},
            ],
        ),
    )
    async def piece(
        request: Request,
        upload_id: _UploadId,
        body: Annotated[Any, Depends(body_of(UploadPiece, limit=_PIECE_BODY_BYTES_MAX))],
    ) -> Response:
        found = await run_in_threadpool(lambda: kept().uploads.add(upload_id, body.place, body.data))
        return json_response(request, _upload(found))

    @router.get(
        "/v1/training-uploads/{upload_id}",
        summary="One file, as far as it has arrived",
        responses=answers(UploadShown, "The file.", problems=[_NO_UPLOAD]),
    )
    async def uploaded(request: Request, upload_id: _UploadId) -> Response:
        return json_response(request, _upload(await run_in_threadpool(lambda: kept().uploads.get(upload_id))))

    @router.delete(
        "/v1/training-uploads/{upload_id}",
        summary="Delete a file",
        responses=answers(UploadShown, "It is gone.", problems=[_NO_UPLOAD]),
    )
    async def remove(request: Request, upload_id: _UploadId) -> Response:
        found = await run_in_threadpool(lambda: kept().uploads.remove(upload_id))
        on_record(request, f"training-uploads/{upload_id}", by=principal_of(request).name)
        return json_response(request, _upload(found))


def _add_looks(router: APIRouter, process: DecisionProcess, kept: Any) -> None:
    @router.post(
        "/v1/training-looks",
        summary="Look at a table before anything is trained",
        description="Columns with what they are and a few values (none where a column names a person), what they most "
        "likely mean, what gives the outcome away, and which columns stand in for forbidden ones.",
        status_code=202,
        openapi_extra=takes(LookRequest),
        responses=answers(
            LookShown,
            "It is being looked at; ask for it by its id.",
            status=202,
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("unknown_dataset", "unknown_upload"),
                    409: ("look_running", "upload_unfinished"),
                    422: ("wrong_shape",),
                    **_NO_DESK,
                },
            ],
        ),
    )
    async def look(request: Request, body: Annotated[Any, Depends(body_of(LookRequest))]) -> Response:
        by = principal_of(request).name
        found = await run_in_threadpool(_looked, process, kept(), body, by)
        return json_response(request, _look(kept(), found), status=202)

    @router.get(
        "/v1/training-looks/{look_id}",
        summary="A look at a table, and once it is done what was seen",
        responses=answers(LookShown, "The look.", problems=[_NO_LOOK]),
    )
    async def seen(request: Request, look_id: _LookId) -> Response:
        return json_response(request, await run_in_threadpool(lambda: _look(kept(), kept().looks.get(look_id))))

    @router.delete(
        "/v1/training-looks/{look_id}",
        summary="End a look that is being taken",
        responses=answers(LookShown, "As it stands now.", problems=[_NO_LOOK]),
    )
    async def end(request: Request, look_id: _LookId) -> Response:
        return json_response(request, await run_in_threadpool(lambda: _look(kept(), kept().looks.cancel(look_id))))


def _add_runs(router: APIRouter, process: DecisionProcess, kept: Any) -> None:
    @router.post(
        "/v1/trainings",
        summary="Train on a table",
        description="In a process of its own: decisions are not disturbed, nothing goes live. One runs at a time; the "
        "champion is compared with every live model that can score the same test rows.",
        status_code=202,
        openapi_extra=takes(TrainingRequest),
        responses=answers(
            TrainingRunShown,
            "It runs.",
            status=202,
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("unknown_dataset", "unknown_upload"),
                    409: ("training_running", "upload_unfinished"),
                    422: (ANY_CODE,),
                    **_NO_DESK,
                },
            ],
        ),
    )
    async def begin(request: Request, body: Annotated[Any, Depends(body_of(TrainingRequest))]) -> Response:
        by = principal_of(request).name
        found = await run_in_threadpool(_begun, process, kept(), body, by)
        on_record(request, f"trainings/{found.training_id}", by=by, name=found.asked.name)
        return json_response(request, _run(found), status=202)

    @router.get(
        "/v1/trainings",
        summary="Trainings that were run",
        responses=answers(TrainingRunPage, "The newest first.", problems=[_NO_DESK]),
    )
    async def listed(request: Request) -> Response:
        found = await run_in_threadpool(kept().runs.all)
        return json_response(request, TrainingRunPage(items=[_run(one) for one in found]))

    @router.get(
        "/v1/trainings/{training_id}",
        summary="One training: how far it is, and its report once it is done",
        responses=answers(TrainingRunDetail, "The training.", problems=[_NO_RUN]),
    )
    async def one(request: Request, training_id: _TrainingId) -> Response:
        return json_response(request, await run_in_threadpool(_detail, process, kept(), training_id))

    @router.delete(
        "/v1/trainings/{training_id}",
        summary="Cancel a training that runs",
        responses=answers(TrainingRunShown, "As it stands now; one that is over stays as it is.", problems=[_NO_RUN]),
    )
    async def cancel(request: Request, training_id: _TrainingId) -> Response:
        found = await run_in_threadpool(lambda: kept().runs.cancel(training_id))
        on_record(request, f"trainings/{training_id}", by=principal_of(request).name, state=found.state)
        return json_response(request, _run(found))


def _add_results(router: APIRouter, process: DecisionProcess, kept: Any) -> None:
    @router.get(
        "/v1/trainings/{training_id}/report",
        summary="The report of a training as one page to keep",
        responses=answers(
            None,
            "HTML without scripts, in both languages.",
            content_type="text/html",
            problems=[_NO_RUN, {409: ("no_report",)}],
        ),
    )
    async def report(
        request: Request,
        training_id: _TrainingId,
        language: Annotated[Literal["en", "zh-CN"], Query(description="the one that is shown first")] = "en",
    ) -> Response:
        page = await run_in_threadpool(lambda: kept().runs.page(training_id, language))
        headers = {name.decode(): value.decode() for name, value in API_HEADERS}
        headers |= {
            "content-security-policy": _PAGE_POLICY,
            "x-request-id": request.scope["tandem.request_id"].decode(),
            "content-disposition": f'inline; filename="{training_id}.html"',
        }
        return Response(page, headers=headers, media_type="text/html")

    @router.post(
        "/v1/trainings/{training_id}/draft",
        summary="Make a draft of a trained model",
        description="Pushes the model and words for its reasons as drafts of the register, to be reviewed by another "
        "person. Words that the live release has already stay as they are.",
        openapi_extra=takes(TrainingDraftRequest),
        responses=answers(
            TrainingDrafted,
            "The draft.",
            problems=[
                BODY_PROBLEMS,
                BUSY,
                _NO_RUN,
                {404: ("unknown_dataset", "unknown_family"), 409: ("features_differ", "no_report"), 422: (ANY_CODE,)},
            ],
        ),
    )
    async def draft(
        request: Request, training_id: _TrainingId, body: Annotated[Any, Depends(body_of(TrainingDraftRequest))]
    ) -> Response:
        by = principal_of(request).name
        found = await run_in_threadpool(_drafted, process, kept(), training_id, body, by)
        if found.artefacts:
            made = {f"{one.kind}/{one.name}": one.digest for one in found.artefacts}
            on_record(request, f"trainings/{training_id}", by=by, artefacts=made)
        else:
            off_record(request)
        return json_response(request, found)


def _looked(process: DecisionProcess, desk: TrainingDesk, body: LookRequest, by: str) -> LookRun:
    live = process.live
    fields = [] if live is None else [field for one in live.reader.event_types.values() for field in one.fields]
    classes = {field.name: field.data_class for field in fields if field.data_class is DataClass.C3}
    asked = LookAsked(
        target=body.target,
        positive=body.positive,
        time=body.time,
        id=tuple(body.id),
        forbid=None if body.forbid is None else tuple(body.forbid),
        test_share=body.test_share,
    )
    _check(desk, body.source, target=asked.target, time=asked.time, forbid=asked.forbid)
    return desk.looks.begin(desk.place_of(body.source), asked, classes, by=by)


def _begun(process: DecisionProcess, desk: TrainingDesk, body: TrainingRequest, by: str) -> TrainingRun:
    given = {name: getattr(body, name) for name in TrainingAsked.__struct_fields__}
    asked = msgspec.convert(msgspec.to_builtins(given), TrainingAsked)
    asked = msgspec.structs.replace(asked, bin_edits=_signed(desk, asked.bin_edits, by))
    _check(desk, asked.source, target=asked.target, time=asked.time or "", forbid=asked.forbid)
    return desk.runs.begin(
        desk.place_of(asked.source), asked, live=_live_models(process), label=body.label.strip(), by=by
    )


def _signed(desk: TrainingDesk, edits: tuple[BinEdit, ...], by: str) -> tuple[BinEdit, ...]:
    """``edits`` under the names of those who made them: who asks now, but for those that a kept run holds as they stand."""
    known = {edit for run in desk.runs.all() for edit in run.asked.bin_edits} if edits else set()
    return tuple(one if one in known else msgspec.structs.replace(one, who=by) for one in edits)


def _check(
    desk: TrainingDesk, source: Source, *, target: str | None, time: str | None, forbid: tuple[str, ...] | None
) -> None:
    manifest = desk.set_of(source)
    if manifest is not None:
        check_said(manifest, target=target, time=time, forbid=forbid)


def _live_models(process: DecisionProcess) -> list[LiveModel]:
    register = process.state.register
    if register.live is None:
        return []
    artefacts = [one for one in register.artefacts_of(register.live) if one.kind == "model"]
    return [
        LiveModel(name=one.name, digest=str(one.digest), document=one.body)
        for one in artefacts
        if one.body.get("kind") not in STATEFUL_KINDS  # without what happened before they cannot score a table
    ]


def _drafted(
    process: DecisionProcess, desk: TrainingDesk, training_id: str, body: TrainingDraftRequest, by: str
) -> TrainingDrafted:
    report = desk.runs.report(training_id)
    family = body.family or report.champion
    document = desk.runs.document(training_id, family)
    manifest = desk.set_of(desk.runs.get(training_id).asked.source)
    if manifest is not None and process.live is not None:
        document = bound(document, manifest, process.live)
    artefacts = draft_of(process.live, document, report, body)
    note = body.note.strip() or f"training {training_id}"
    new = process.push(artefacts, author=by, note=note)
    model = artefacts[0]
    made = TrainingDraft(name=body.name, family=family, digest=str(model.digest), by=by, at=desk.clock.now())
    desk.runs.note_draft(training_id, made)
    found = [summary_of(process, process.state.register.version(each.digest)) for each in new]
    return TrainingDrafted(digest=str(model.digest), artefacts=found)


def _detail(process: DecisionProcess, desk: TrainingDesk, training_id: str) -> TrainingRunDetail:
    run = desk.runs.get(training_id)
    report = desk.runs.report(training_id) if run.state == "done" else None
    return TrainingRunDetail(
        run=_run(run),
        steps=list(desk.runs.steps(training_id)),
        report=None
        if report is None
        else TrainingReportShown(
            champion=report.champion,
            figures=report.figures,
            segments=list(report.segments),
            live=list(report.live),
            reasons=reasons_of(process.live, report),
        ),
        drafts=[
            TrainingDraftShown(**(msgspec.structs.asdict(one) | {"at": format_instant(one.at)}))
            for one in desk.runs.drafted(training_id)
        ],
    )


def _upload(one: Upload) -> UploadShown:
    return UploadShown(**(msgspec.structs.asdict(one) | {"begun_at": format_instant(one.begun_at)}))


def _look(desk: TrainingDesk, run: LookRun) -> LookShown:
    return LookShown(
        look_id=run.look_id,
        state=run.state,  # type: ignore[arg-type]  # its values
        called=run.called,
        asked=run.asked,
        error=run.error,
        seen=desk.looks.seen(run.look_id) if run.state == "done" else None,
    )


def _run(run: TrainingRun) -> TrainingRunShown:
    values = msgspec.structs.asdict(run)
    values["started_at"] = format_instant(run.started_at)
    values["finished_at"] = None if run.finished_at is None else format_instant(run.finished_at)
    return TrainingRunShown(**values)
