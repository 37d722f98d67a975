"""The policy studio: everything an editor asks while a person edits. Nothing here changes what is live."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Container, Mapping
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, LiveRelease, Sample, Samples, document_of
from tandem.decide.models import Model
from tandem.decide.policy import (
    CompiledPolicy,
    Outcome,
    PolicyContext,
    PolicyResult,
    WrittenPolicy,
    check_draft,
    compile_draft,
    diff,
    document_of_text,
    parse_policy,
    text_of_document,
)
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.recent_texts import RecentTexts
from tandem.faces.api.control.studio_shapes import check_of, finding_of_error, plain_value
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, answers, takes
from tandem.faces.api.shapes.releases import DeclineNote
from tandem.faces.api.shapes.studio import (
    DraftCheck,
    DraftCheckRequest,
    ExpressionCheck,
    ExpressionCheckRequest,
    ExpressionSample,
    PolicyDiff,
    PolicyDiffRequest,
    PolicySide,
    PolicyText,
    PolicyTextRequest,
    StudioColumn,
    StudioFunction,
    StudioList,
    StudioModel,
    StudioNames,
    StudioPolicy,
    StudioPolicyPage,
    StudioPolicySummary,
    StudioReason,
    StudioReview,
    StudioVersion,
    WordLines,
    Words,
)
from tandem.kernel.artefacts import ArtefactKey, ArtefactRegister, ArtefactState, ArtefactVersion
from tandem.kernel.errors import DefinitionError, InvalidInput, NotFound, TandemError, Unavailable, near_match
from tandem.kernel.expressions import FUNCTIONS, Column, Expression, compile_row, in_words, parse
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["studio_router"]

_BODY_BYTES_MAX: Final = 8 * 1024 * 1024
_CHECKS_AT_ONCE: Final = 2
"""Drafts looked at side by side: decisions share the interpreter with them."""
_NOBODY_WAITS: Final = 499
_NAME: Final = "^[a-z][a-z0-9_]{0,79}$"
_DIGEST: Final = "^[0-9a-f]{64}$"
_SHAPE = {422: ("wrong_shape",), **BODY_PROBLEMS}
_NO_RELEASE = {503: ("no_release",)}
_UNREADABLE = {413: ("too_large", "too_deep"), 422: (ANY_CODE,)}
_TIME_WORDS: Final = {
    "occurred_at": ("When it happened", "发生时间"),
    "received_at": ("When it was received", "接收时间"),
}


def studio_router(process: DecisionProcess) -> APIRouter:
    """Looking at drafts."""
    router = APIRouter(tags=["studio"])
    samples = Samples(process)
    texts = RecentTexts()
    turns = asyncio.Semaphore(_CHECKS_AT_ONCE)

    @router.get(
        "/v1/studio/policies",
        summary="All policies with their versions",
        responses=answers(StudioPolicyPage, "Policies, by name."),
    )
    async def policies(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_policies, process.state.register))

    @router.get(
        "/v1/studio/policies/{name}",
        summary="One policy: its versions, and one of them in full",
        responses=answers(
            StudioPolicy,
            "The policy; unless another version is asked for, the newest is shown that was not taken out of force.",
            problems=[{404: ("unknown_artefact",), 422: ("invalid_parameter",)}],
        ),
    )
    async def policy(
        request: Request,
        name: Annotated[str, Path(pattern=_NAME)],
        digest: Annotated[str | None, Query(pattern=_DIGEST, description="the version to show")] = None,
    ) -> Response:
        return json_response(request, await run_in_threadpool(_policy, process.state.register, name, digest))

    @router.post(
        "/v1/studio/policy/check",
        summary="Look at a draft from every side",
        description="Findings with places and remedies, the policy in words in both languages, its drawing, its tables "
        "analysed, its examples run and what they reach. Any JSON value may be a draft; nothing is kept.",
        openapi_extra=takes(DraftCheckRequest),
        responses=answers(DraftCheck, "What can be said of it.", problems=[_SHAPE, _NO_RELEASE]),
    )
    async def check(
        request: Request, body: Annotated[Any, Depends(body_of(DraftCheckRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        live = _live(process)
        waits = turns.locked()
        async with turns:
            if waits and await request.is_disconnected():  # a newer draft took its place
                return Response(status_code=_NOBODY_WAITS)
            return json_response(request, await run_in_threadpool(_check, body, live, texts))

    @router.post(
        "/v1/studio/policy/text",
        summary="A policy as text, or the document a text holds",
        description="Written over the text of before, comments and layout are kept where nothing changed.",
        openapi_extra=takes(PolicyTextRequest),
        responses=answers(PolicyText, "Both forms.", problems=[_SHAPE, _UNREADABLE]),
    )
    async def text(
        request: Request, body: Annotated[Any, Depends(body_of(PolicyTextRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(_text, body, texts))

    @router.post(
        "/v1/studio/policy/diff",
        summary="What changed between two policies, in words",
        openapi_extra=takes(PolicyDiffRequest),
        responses=answers(PolicyDiff, "The differences.", problems=[_SHAPE, _UNREADABLE, {404: ("unknown_artefact",)}]),
    )
    async def compare(
        request: Request, body: Annotated[Any, Depends(body_of(PolicyDiffRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(_diff, process.state.register, body))

    @router.post(
        "/v1/studio/expression/check",
        summary="Look at an expression, and try it on recorded decisions",
        openapi_extra=takes(ExpressionCheckRequest),
        responses=answers(ExpressionCheck, "What it is and does.", problems=[_SHAPE, _NO_RELEASE]),
    )
    async def expression(
        request: Request, body: Annotated[Any, Depends(body_of(ExpressionCheckRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        live = _live(process)
        shown = _may_read_personal(request)
        return json_response(request, await run_in_threadpool(_expression, body, live, samples, shown))

    @router.get(
        "/v1/studio/columns",
        summary="Everything a policy on one type of event may name",
        responses=answers(
            StudioNames,
            "Columns, functions, lists, models, reasons and actions.",
            problems=[_NO_RELEASE, {404: ("unknown_event_type",), 422: ("invalid_parameter",)}],
        ),
    )
    async def columns(request: Request, event_type: Annotated[str, Query(pattern=_NAME)]) -> Response:
        live = _live(process)
        shown = _may_read_personal(request)
        return json_response(request, await run_in_threadpool(_names, event_type, live, samples, shown))

    return router


def _live(process: DecisionProcess) -> LiveRelease:
    live = process.state.live
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return live


def _may_read_personal(request: Request) -> bool:
    principal = request.scope.get("tandem.principal")
    return principal is None or "read_personal" in principal.permissions


# -- versions


def _policies(register: ArtefactRegister) -> StudioPolicyPage:
    found = []
    for key in register.keys("policy"):
        history = register.history(key)
        newest = _to_go_on_from(register, key)
        live = register.live.manifest.get(str(key)) if register.live else None
        states = [str(register.state_of(one.artefact.digest)) for one in history]
        body = newest.artefact.body
        flow = body.get("flow")
        stages = flow if isinstance(flow, list) else []
        examples = body.get("examples")
        found.append(
            StudioPolicySummary(
                name=key.name,
                event=_text_of(body.get("event")),
                description=_text_of(body.get("description")),
                stages=len(stages),
                rules=sum(_parts_in(stage) for stage in stages),
                examples=len(examples) if isinstance(examples, list) else 0,
                live=live,
                newest=_version(register, newest),
                drafts=sum(state in ("draft", "reviewed") for state in states),
            )
        )
    return StudioPolicyPage(policies=found)


def _to_go_on_from(register: ArtefactRegister, key: ArtefactKey) -> ArtefactVersion:
    """The newest version that was not taken out of force: whoever edits after a roll-back must not bring back what was rolled back."""
    history = register.history(key)
    usable = (one for one in reversed(history) if register.state_of(one.artefact.digest) != ArtefactState.RETIRED)
    return next(usable, history[-1])


def _text_of(value: object) -> str:
    return value if isinstance(value, str) else ""


def _parts_in(stage: object) -> int:
    if not isinstance(stage, dict):
        return 0
    keys = ("all", "first", "checks", "rows", "cases")
    return sum(len(stage[key]) for key in keys if isinstance(stage.get(key), list))


def _policy(register: ArtefactRegister, name: str, digest: str | None) -> StudioPolicy:
    key = ArtefactKey("policy", name)
    history = list(dict.fromkeys(one.artefact.digest for one in reversed(register.history(key))))
    shown = _to_go_on_from(register, key).artefact.digest if digest is None else Digest(digest)
    if shown not in history:
        raise NotFound(
            f"{key} has no such version.",
            code="unknown_artefact",
            field="digest",
            value=digest,
            hint="take one of the digests that /v1/studio/policies/{name} lists",
        )
    document = document_of(register.version(shown).artefact)
    return StudioPolicy(
        name=name,
        live=register.live.manifest.get(str(key)) if register.live else None,
        versions=[_version(register, register.version(one)) for one in history],
        shown=shown,
        document=document,
        text=text_of_document(document),
    )


def _version(register: ArtefactRegister, version: ArtefactVersion) -> StudioVersion:
    key, digest = str(version.artefact.key), version.artefact.digest
    since = None
    for at, release, _ in register.activations:
        if register.release_of(release).manifest.get(key) != digest:
            since = None
        elif since is None:
            since = at
    declined = version.decline
    return StudioVersion(
        digest=digest,
        state=str(register.state_of(digest)),  # type: ignore[arg-type]
        author=version.author,
        pushed_at=format_instant(version.pushed_at),
        note=version.note,
        reviews=[
            StudioReview(approver=one.approver, at=format_instant(one.at), note=one.note) for one in version.reviews
        ],
        declined=None
        if declined is None
        else DeclineNote(by=declined.by, at=format_instant(declined.at), reason=declined.reason),
        live_since=None if since is None else format_instant(since),
    )


# -- drafts


def _check(body: DraftCheckRequest, live: LiveRelease, texts: RecentTexts) -> DraftCheck:
    try:
        written = _written(body, texts)
    except TandemError as error:
        return DraftCheck(
            publishable=False,
            readable=False,
            text=body.text or "",
            document=None,
            json="null",
            findings=[finding_of_error(error, "text")],
            words=WordLines(en=[], zh=[]),
            parts=[],
            nodes=[],
            edges=[],
            tables=[],
            names=[],
            examples=[],
            coverage=None,
        )
    text, document = written.text, written.document
    return check_of(check_draft(document, _context(document, live), live.models), document, text)


def _written(body: DraftCheckRequest | PolicyTextRequest, texts: RecentTexts) -> WrittenPolicy:
    if body.text is not None:
        return texts.read(body.text)
    if body.before is not None:
        with contextlib.suppress(TandemError):  # half a text is no clothes: the document is written plainly
            return texts.rewrite(body.before, body.document)
    return texts.read(text_of_document(body.document))


def _context(document: Any, live: LiveRelease) -> PolicyContext:
    event = document.get("event") if isinstance(document, dict) else None
    return live.context_for(event if isinstance(event, str) else "")


def _text(body: PolicyTextRequest, texts: RecentTexts) -> PolicyText:
    written = _written(body, texts)
    return PolicyText(text=written.text, document=written.document)


def _diff(register: ArtefactRegister, body: PolicyDiffRequest) -> PolicyDiff:
    old, new = (parse_policy(_side(register, one, name)) for one, name in ((body.old, "old"), (body.new, "new")))
    lines = WordLines(en=diff(old, new, "en"), zh=diff(old, new, "zh-CN"))
    return PolicyDiff(same=lines.en == diff(old, old, "en"), lines=lines)


def _side(register: ArtefactRegister, side: PolicySide, name: str) -> Any:
    if side.text is not None:
        return document_of_text(side.text)
    if side.digest is None:
        return side.document
    artefact = register.version(Digest(side.digest)).artefact
    if artefact.kind != "policy":
        raise InvalidInput(f"{artefact.key} is not a policy.", code="not_a_policy", field=name, value=side.digest)
    return document_of(artefact)


# -- expressions


def _expression(body: ExpressionCheckRequest, live: LiveRelease, samples: Samples, shown: bool) -> ExpressionCheck:  # noqa: FBT001
    context = live.context_for(body.event_type)
    draft = None if body.policy is None else compile_draft(body.policy, context, live.models)
    if draft is None:
        draft = next((one for one in live.policies.values() if one.policy.event == body.event_type), None)
    variables: Mapping[str, Column] = {} if draft is None else draft.plan.variables
    try:
        parsed = parse(body.text, {**context.columns, **variables}, lists=context.lists)
    except DefinitionError as error:
        return _no_expression(error, shown)
    taken = samples.of(body.event_type, live, body.samples) if body.samples else ()
    tried = [_tried(one, parsed, draft, variables, live) for one in taken]
    answered = [(sample, row, value) for sample, row, value in tried if row is not None]
    unknown = sum(value is None for _, _, value in answered)
    holds = sum(value is True for _, _, value in answered)
    kinds = {name: {**context.columns, **variables}[name].type for name in parsed.columns}
    return ExpressionCheck(
        valid=True,
        type=parsed.type.value,
        nullable=parsed.nullable,
        words=Words(en=in_words(parsed, "en"), zh=in_words(parsed, "zh")),
        columns=list(parsed.columns),
        findings=[],
        samples=[_sample(sample, row, value, parsed, kinds) for sample, row, value in tried] if shown else [],
        sampled=len(answered),
        null_share=unknown / len(answered) if answered else None,
        true_share=holds / len(answered) if answered and parsed.type is SqlType.BOOLEAN else None,
        hidden=not shown,
    )


def _no_expression(error: TandemError, shown: bool) -> ExpressionCheck:  # noqa: FBT001
    return ExpressionCheck(
        valid=False,
        type=None,
        nullable=None,
        words=None,
        columns=[],
        findings=[finding_of_error(error)],
        samples=[],
        sampled=0,
        null_share=None,
        true_share=None,
        hidden=not shown,
    )


def _tried(
    sample: Sample,
    expression: Expression,
    draft: CompiledPolicy | None,
    variables: Mapping[str, Column],
    live: LiveRelease,
) -> tuple[Sample, Row | None, Value]:
    """(sample, the facts, the value); no facts where one of them was not recorded then."""
    row: Row = dict(sample.row)
    if draft is not None and any(name in variables for name in expression.columns):
        if any(name not in row for name in draft.columns):
            return sample, None, None
        row.update(_run(draft, sample, live.models).variables)
    if any(name not in row for name in expression.columns):
        return sample, None, None
    members: dict[str, Container[str]] = {name: sample.members.get(name, frozenset()) for name in expression.lists}
    return sample, row, compile_row([expression], fast_path=False)(row, members)[0]


def _run(draft: CompiledPolicy, sample: Sample, models: Mapping[str, Model]) -> PolicyResult:
    members = {name: sample.members.get(name, frozenset()) for name in draft.lists}
    return draft.run(sample.row, members, models)


def _sample(
    sample: Sample, row: Row | None, value: Value, expression: Expression, kinds: Mapping[str, SqlType]
) -> ExpressionSample:
    facts = {} if row is None else {name: plain_value(row[name], kinds[name]) for name in expression.columns}
    return ExpressionSample(
        decision_id=sample.decision_id,
        occurred_at=format_instant(sample.occurred_at),
        outcome=str(Outcome(sample.outcome)),
        value=plain_value(value, expression.type),
        facts=facts,
        recorded=row is not None,
    )


# -- names


def _names(event_type: str, live: LiveRelease, samples: Samples, shown: bool) -> StudioNames:  # noqa: FBT001
    types = live.reader.event_types
    if event_type not in types:
        raise NotFound(
            "There is no such type of event.",
            code="unknown_event_type",
            field="event_type",
            value=event_type,
            hint=near_match(event_type, types),
        )
    context = live.context_for(event_type)
    newest = samples.of(event_type, live, 1) if shown else ()
    values = newest[0].row if newest else {}
    actions = {name for one in live.policies.values() for name in _actions(one)}
    return StudioNames(
        event_type=event_type,
        event_types=sorted(types),
        columns=[_column(name, column, event_type, live, values) for name, column in sorted(context.columns.items())],
        functions=[
            StudioFunction(
                name=one.name,
                group=one.group,
                insert=one.insert,
                example=one.example,
                words=Words(en=one.en, zh=one.zh),
            )
            for one in FUNCTIONS
        ],
        lists=[
            StudioList(name=one.name, entity=str(one.entity), description=one.description)
            for one in live.lists.values()
        ],
        models=[
            StudioModel(name=one.name, inputs=list(one.inputs), gives_points=one.points)
            for one in context.models.values()
        ],
        reasons=[
            StudioReason(
                code=code,
                customer=Words(en=one.customer.en, zh=one.customer.zh_cn),
                internal=Words(en=one.internal.en, zh=one.internal.zh_cn),
            )
            for code, one in sorted(live.catalogue.reasons.items())
        ],
        actions=sorted(actions),
    )


def _actions(compiled: CompiledPolicy) -> set[str]:
    """Every action a policy names, wherever it stands."""
    found: set[str] = set()
    waiting: list[Any] = [msgspec.to_builtins(compiled.policy.flow)]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found.update(name for name in one.get("actions") or () if isinstance(name, str))
            waiting.extend(one.values())
        elif isinstance(one, list | tuple):
            waiting.extend(one)
    return found


def _column(name: str, column: Column, event_type: str, live: LiveRelease, values: Row) -> StudioColumn:
    example = plain_value(values.get(name), column.type)
    field = next((one for one in live.reader.event_types[event_type].fields if one.name == name), None)
    if field is not None:
        return StudioColumn(
            name=name,
            type=column.type.value,
            nullable=column.nullable,
            source="event",
            words=Words(en=field.description, zh=field.description),
            entity=None if field.entity is None else str(field.entity),
            values=None if field.values is None else list(field.values),
            example=example,
        )
    if name in live.known.columns:
        return StudioColumn(
            name=name,
            type=column.type.value,
            nullable=column.nullable,
            source="feature",
            words=Words(en=live.known.describe(name, "en"), zh=live.known.describe(name, "zh")),
            example=example,
        )
    en, zh = _TIME_WORDS.get(name, (name, name))
    words = Words(en=en, zh=zh)
    return StudioColumn(
        name=name, type=column.type.value, nullable=column.nullable, source="time", words=words, example=example
    )
