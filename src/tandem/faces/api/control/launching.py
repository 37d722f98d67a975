"""The launch of a product: begun from a template, looked at while it is written, assessed, put before somebody who signs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Final, Literal

import msgspec
from fastapi import APIRouter, Depends, Path
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.act.products import (
    TEMPLATES,
    OnShelf,
    Product,
    RateCap,
    Shelf,
    cap_on,
    dearest,
    dearest_of,
    draft_product,
    parse_cap,
    parse_product,
    product_faults,
    quote,
    start_policy,
    template_document,
)
from tandem.decide.decisions import DecisionProcess, LiveRelease, assemble
from tandem.decide.policy import in_words, parse_policy
from tandem.faces.api.control.artefacts import summary_of
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.products import quote_shown
from tandem.faces.api.control.speaking import speaker
from tandem.faces.api.declaring import ANY_CODE, BODY_PROBLEMS, BUSY, answers, takes
from tandem.faces.api.gate import off_record, on_record, principal_of
from tandem.faces.api.problems import fault_of
from tandem.faces.api.shapes.artefacts import ArtefactDocument, ArtefactSummary
from tandem.faces.api.shapes.launching import (
    AssessmentRequest,
    AssessmentRunDetail,
    AssessmentRunPage,
    AssessmentRunShown,
    CapShown,
    LaunchProposed,
    ProductChecked,
    ProductCheckRequest,
    ProductDraft,
    ProductTemplate,
    ProductTemplates,
    ProposalRequest,
    StartedPolicy,
    StartingPolicyRequest,
    WaiverRequest,
)
from tandem.faces.api.shapes.products import ProductWords, QuoteRequest, QuoteShown
from tandem.faces.api.shapes.vocabulary import Fault
from tandem.faces.launching import (
    Launched,
    LaunchGate,
    asked_of,
    assessed_artefact,
    launched,
    nearest_product,
    terms_digest,
    waived_artefact,
)
from tandem.kernel.artefacts import Artefact, manifest_digest
from tandem.kernel.errors import Conflict, DefinitionError, NotFound, TandemError, Unavailable
from tandem.kernel.identity import EventTypeName
from tandem.kernel.time import Clock, format_instant, parse_date
from tandem.kernel.values import SqlType
from tandem.learn.assessment import AssessmentReport, AssessmentRun, AssessmentRuns, checked_product_question
from tandem.learn.backtest import Sources

__all__ = ["assessment_router", "launch_router"]

_BODY_BYTES_MAX: Final = 2 * 1024 * 1024
_Name = Annotated[str, Path(pattern="^[a-z][a-z0-9_]{0,79}$")]
_AssessmentId = Annotated[str, Path(max_length=80)]
_NO_HOME = {503: ("no_assessments",)}
_UNKNOWN = {404: ("unknown_assessment_run",), 422: ("invalid_parameter",), **_NO_HOME}
_DRAFT = {404: ("unknown_template",), 422: (ANY_CODE,), 503: ("no_release",)}


def launch_router(process: DecisionProcess, shelf: Shelf, gate: LaunchGate, currency: str) -> APIRouter:
    """Products before they can be had.

    Args:
        currency: of the workspace; empty where it names none.
    """
    router = APIRouter(tags=["products"])
    desk = _Drafts(process, shelf, gate, currency)

    @router.get(
        "/v1/products/templates",
        summary="What a product may be begun from",
        responses=answers(ProductTemplates, "Templates, and what of the live release they may lean on."),
    )
    async def templates(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(desk.templates))

    @router.post(
        "/v1/products/starting-policy",
        summary="A template's policy, as far as the applications have the facts for it",
        description="Nothing is kept: it comes back as drafts, to be read and changed.",
        openapi_extra=takes(StartingPolicyRequest),
        responses=answers(StartedPolicy, "The policy and its words.", problems=[BODY_PROBLEMS, _DRAFT]),
    )
    async def starting_policy(
        request: Request, body: Annotated[Any, Depends(body_of(StartingPolicyRequest))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(desk.start, body))

    @router.post(
        "/v1/products/check",
        summary="Look at a product while it is written: every fault, its price beside the law's cap, its cash flows",
        description="Nothing is kept.",
        openapi_extra=takes(ProductCheckRequest),
        responses=answers(ProductChecked, "What it would be.", problems=[BODY_PROBLEMS, {422: ("wrong_shape",)}]),
    )
    async def check(
        request: Request, body: Annotated[Any, Depends(body_of(ProductCheckRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(desk.check, body))

    @router.post(
        "/v1/products/waivers",
        summary="Put a product before somebody who signs, with a reason in the place of an assessment",
        description="Only where there is no history to assess it on, or where its terms are live and only policies change.",
        openapi_extra=takes(WaiverRequest),
        responses=answers(
            LaunchProposed,
            "What waits for somebody else.",
            problems=[BODY_PROBLEMS, BUSY, _DRAFT, {409: ("cannot_be_waived",)}],
        ),
    )
    async def waive(
        request: Request, body: Annotated[Any, Depends(body_of(WaiverRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        author = speaker(request, body.author)
        found = await run_in_threadpool(desk.waive, body, author)
        _record(request, author, found)
        return json_response(request, LaunchProposed(artefacts=found))

    return router


def assessment_router(process: DecisionProcess, shelf: Shelf, runs: AssessmentRuns | None, clock: Clock) -> APIRouter:
    """Assessments: begun, looked at, cancelled, proposed; each in a process of its own beside the decisions."""
    router = APIRouter(tags=["products"])

    def kept() -> AssessmentRuns:
        if runs is None:
            raise Unavailable(
                "Nobody keeps assessments here.", code="no_assessments", hint="ask the server: tandem serve"
            )
        return runs

    def begun(body: AssessmentRequest, by: str) -> AssessmentRun:
        # What does not hold together is told now, and not by a failed run.
        one = _launched(process, body)
        live = process.live
        assert live is not None, "launched: a release is live"
        asked, products = asked_of(one, body.chosen, live, shelf.products)
        checked_product_question(Sources.of_process(process, None, clock=clock), asked)
        return kept().begin(asked, products, label=body.label, by=by)

    @router.post(
        "/v1/assessments",
        summary="Take the applications of the past again, for a product that nobody can have yet",
        description="A process of its own reads the journal or the lake: decisions are not disturbed, nothing is recorded."
        " One runs at a time; ask for it by its id.",
        status_code=202,
        openapi_extra=takes(AssessmentRequest),
        responses=answers(
            AssessmentRunShown,
            "It runs.",
            status=202,
            problems=[
                BODY_PROBLEMS,
                {
                    404: ("no_policy", "unknown_policy", "unknown_release"),
                    409: ("assessment_running",),
                    422: (ANY_CODE,),
                    503: ("no_assessments", "no_release"),
                },
            ],
        ),
    )
    async def begin(
        request: Request, body: Annotated[Any, Depends(body_of(AssessmentRequest, limit=_BODY_BYTES_MAX))]
    ) -> Response:
        found = await run_in_threadpool(begun, body, principal_of(request).name)
        return json_response(request, _run_shown(found), status=202)

    @router.get(
        "/v1/assessments",
        summary="Assessments that were run",
        responses=answers(AssessmentRunPage, "The newest first.", problems=[_NO_HOME]),
    )
    async def listed(request: Request) -> Response:
        found = await run_in_threadpool(kept().all)
        return json_response(request, AssessmentRunPage(items=[_run_shown(one) for one in found]))

    @router.get(
        "/v1/assessments/{assessment_id}",
        summary="One assessment, with its report once it is done, and whether it was proposed",
        responses=answers(AssessmentRunDetail, "The run.", problems=[_UNKNOWN]),
    )
    async def one(request: Request, assessment_id: _AssessmentId) -> Response:
        return json_response(request, await run_in_threadpool(_detail, process, kept(), assessment_id))

    @router.delete(
        "/v1/assessments/{assessment_id}",
        summary="Cancel an assessment that runs",
        responses=answers(
            AssessmentRunShown, "As it stands now; one that is over stays as it is.", problems=[_UNKNOWN]
        ),
    )
    async def cancel(request: Request, assessment_id: _AssessmentId) -> Response:
        return json_response(request, _run_shown(await run_in_threadpool(kept().cancel, assessment_id)))

    @router.post(
        "/v1/assessments/{assessment_id}/proposal",
        summary="Put an assessment, and what was assessed, before somebody who signs",
        description="Pushes the product, what it brings along and the assessment as drafts. Reviewing the assessment signs it.",
        openapi_extra=takes(ProposalRequest),
        responses=answers(
            LaunchProposed,
            "What waits for somebody else.",
            problems=[BODY_PROBLEMS, BUSY, _UNKNOWN, {409: ("no_report",), 422: ("wrong_shape",)}],
        ),
    )
    async def propose(
        request: Request, assessment_id: _AssessmentId, body: Annotated[Any, Depends(body_of(ProposalRequest))]
    ) -> Response:
        author = speaker(request, body.author)
        found = await run_in_threadpool(_proposed, process, kept(), assessment_id, author, body.note)
        _record(request, author, found)
        return json_response(request, LaunchProposed(artefacts=found))

    return router


class _Drafts:
    """Looks at products that stand nowhere yet."""

    def __init__(self, process: DecisionProcess, shelf: Shelf, gate: LaunchGate, currency: str) -> None:
        self._process = process
        self._shelf = shelf
        self._gate = gate
        self._currency = currency

    def templates(self) -> ProductTemplates:
        live = self._process.live
        caps = sorted(_caps(_standing(self._process), ()))
        found = []
        for name in TEMPLATES:
            definition = draft_product(name, currency=self._currency, cap=caps[0] if caps else None)
            title = definition["title"]
            cap = definition["cap"]
            drafts = (
                []
                if caps
                else [ArtefactDocument(kind="rate_cap", name=cap, body=_without_name(template_document(cap)))]
            )
            found.append(
                ProductTemplate(
                    template=name,
                    title=ProductWords(en=title["en"], zh=title["zh-CN"]),
                    kind=definition["kind"],
                    description=definition["description"],
                    definition=definition,
                    drafts=drafts,
                )
            )
        types = {} if live is None else live.reader.event_types
        asked = [
            str(name)
            for name, one in sorted(types.items())
            if any(field.name == "amount_minor" and field.type is SqlType.INTEGER for field in one.fields)
        ]
        policies = {} if live is None else {name: one.policy.event for name, one in sorted(live.policies.items())}
        return ProductTemplates(templates=found, event_types=asked, policies=policies)

    def start(self, asked: StartingPolicyRequest) -> StartedPolicy:
        live = _live(self._process)
        product = parse_product({**asked.definition, "name": asked.name})
        declared = live.reader.event_types.get(EventTypeName(asked.event_type))
        if declared is None:
            raise DefinitionError(
                "There is no such event type.",
                code="unknown_event_type",
                field="event_type",
                value=asked.event_type,
            )
        started = start_policy(
            asked.template,
            product,
            asked.event_type,
            live.context_for(asked.event_type),
            entities={field.name: str(field.entity) for field in declared.fields if field.entity is not None},
            lists=live.lists,
            model=_model_of(live, asked.event_type),
        )
        name = f"{asked.name}_application"
        drafts = [ArtefactDocument(kind="policy", name=name, body=started.policy)]
        if started.reasons:
            drafts.append(ArtefactDocument(kind="reasons", name=name, body={"reasons": started.reasons}))
        policy = parse_policy({"policy": name, **started.policy})
        words = zip(in_words(policy, "en"), in_words(policy, "zh-CN"), strict=True)
        return StartedPolicy(
            policy=name,
            drafts=drafts,
            words=[ProductWords(en=en, zh=zh) for en, zh in words],
            left_out=list(started.left_out),
        )

    def check(self, asked: ProductCheckRequest) -> ProductChecked:
        artefact, drafts = _artefacts(asked)
        standing = _standing(self._process)
        document = {**asked.definition, "name": asked.name}
        faults: list[TandemError] = [*product_faults(document)]
        product = None if faults else parse_product(document)
        caps, worst, one = _caps(standing, drafts), None, None
        cap = caps.get(str(asked.definition.get("cap", "")))
        if product is not None:
            try:
                worst = dearest_of(product, caps, self._shelf.today())
            except TandemError as error:
                faults.append(error)
                worst = _above(product, cap, self._shelf.today())
            try:
                one = launched(self._process.live, standing, artefact, drafts)
            except TandemError as error:
                faults.append(error)
        if asked.whole:
            faults += self._whole(standing, [artefact, *drafts])
        shown, quote_fault = self._quote(artefact, product, asked.quote)
        change = self._change(artefact, one, standing)
        live = self._process.live
        nearest = None if one is None or live is None else nearest_product(one, live, self._shelf.products)
        return ProductChecked(
            faults=[fault_of(error) for error in faults],
            dearest_bps=worst,
            cap=None if cap is None else _cap_shown(cap, self._shelf.today()),
            quote=shown,
            quote_fault=quote_fault,
            event_type=None if one is None else one.event_type,
            subject=None if one is None else one.subject,
            nearest=None if nearest is None else nearest.product.name,
            change=change,
            needs_signature=one is not None and self._needs(one),
            may_waive=one is not None and self._gate.may_waive(artefact, one.policies),
            history=0 if one is None else self._gate.history_of(one.event_type),
        )

    def waive(self, asked: WaiverRequest, author: str) -> list[ArtefactSummary]:
        artefact, drafts = _artefacts(asked)
        one = launched(self._process.live, _standing(self._process), artefact, drafts)
        if not self._gate.may_waive(artefact, one.policies):
            raise Conflict(
                "There is a history to assess it on.",
                code="cannot_be_waived",
                field="name",
                value=asked.name,
                hint="POST /v1/assessments",
            )
        waived = waived_artefact(asked.name, one.subject, asked.reason)
        return _pushed(self._process, [*one.drafts, waived], author, asked.reason)

    # -- inside

    def _needs(self, one: Launched) -> bool:
        had = self._gate.subjects.ever_live(self._process.state.register)
        return bool(had) and one.subject not in had

    def _change(
        self, artefact: Artefact, one: Launched | None, standing: Mapping[str, Artefact]
    ) -> Literal["new", "nothing", "words", "terms", "policies"]:
        before = standing.get(str(artefact.key))
        if before is None:
            return "new"
        if terms_digest(before) != terms_digest(artefact):
            return "terms"
        live = self._process.state.register.live
        had = {} if live is None else self._gate.subjects.of_release(self._process.state.register, live.digest)
        if one is not None and had.get(artefact.name) != one.subject:
            return "policies"
        return "nothing" if before.digest == artefact.digest else "words"

    def _quote(
        self, artefact: Artefact, product: Product | None, asked: QuoteRequest | None
    ) -> tuple[QuoteShown | None, Fault | None]:
        if product is None or asked is None:
            return None, None
        try:
            day = self._shelf.today() if asked.on is None else parse_date(asked.on)
            found = quote(product, amount_minor=asked.amount_minor, term=asked.term, on=day, rate_bps=asked.rate_bps)
        except TandemError as error:
            return None, fault_of(error)
        return quote_shown(OnShelf(product=product, digest=artefact.digest), found), None

    def _whole(self, standing: Mapping[str, Artefact], drafts: Iterable[Artefact]) -> list[TandemError]:
        """What of a release of all of it would not hold together."""
        every = {**standing, **{str(one.key): one for one in drafts}}
        try:
            assemble(
                every.values(), manifest_digest({key: one.digest for key, one in every.items()}), self._process.vault
            )
        except DefinitionError as error:
            return list(getattr(error, "errors", ())) or [error]
        return []


def _record(request: Request, author: str, found: list[ArtefactSummary]) -> None:
    if found:
        on_record(request, "artefacts", by=author, artefacts={f"{one.kind}/{one.name}": one.digest for one in found})
    else:
        off_record(request)


def _proposed(
    process: DecisionProcess, runs: AssessmentRuns, assessment_id: str, author: str, note: str
) -> list[ArtefactSummary]:
    run, report = runs.get(assessment_id), runs.report(assessment_id)
    return _pushed(process, _to_propose(run, report), author, note)


def _pushed(process: DecisionProcess, artefacts: list[Artefact], author: str, note: str) -> list[ArtefactSummary]:
    """All of ``artefacts`` as drafts, those that are known already too: they are released together."""
    process.push(artefacts, author=author, note=note)
    return [summary_of(process, process.state.register.version(one.digest)) for one in artefacts]


def _detail(process: DecisionProcess, runs: AssessmentRuns, assessment_id: str) -> AssessmentRunDetail:
    run = runs.get(assessment_id)
    if run.state != "done":
        return AssessmentRunDetail(run=_run_shown(run), report=None, proposed=[])
    report = runs.report(assessment_id)
    register = process.state.register
    try:
        versions = [register.version(one.digest) for one in _to_propose(run, report)]
    except NotFound:  # nobody proposed it
        versions = []
    proposed = [summary_of(process, one) for one in versions]
    return AssessmentRunDetail(run=_run_shown(run), report=report, proposed=proposed)


def _to_propose(run: AssessmentRun, report: AssessmentReport) -> list[Artefact]:
    """What was assessed and is not live, and the assessment."""
    drafts = [Artefact.of(one.kind, one.name, one.body) for one in run.asked.candidate.drafts]
    return [*drafts, assessed_artefact(run.assessment_id, report)]


def _run_shown(run: AssessmentRun) -> AssessmentRunShown:
    values = msgspec.structs.asdict(run)
    values["started_at"] = format_instant(run.started_at)
    values["finished_at"] = None if run.finished_at is None else format_instant(run.finished_at)
    return AssessmentRunShown(**values)


def _launched(process: DecisionProcess, asked: ProductDraft) -> Launched:
    artefact, drafts = _artefacts(asked)
    return launched(process.live, _standing(process), artefact, drafts)


def _artefacts(asked: ProductDraft) -> tuple[Artefact, list[Artefact]]:
    drafts = [Artefact.of(one.kind, one.name, one.body) for one in asked.drafts]
    return Artefact.of("product", asked.name, _without_name(asked.definition)), drafts


def _without_name(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document.items() if key != "name"}


def _standing(process: DecisionProcess) -> dict[str, Artefact]:
    register = process.state.register
    live = register.live
    return {} if live is None else {str(one.key): one for one in register.artefacts_of(live)}


def _live(process: DecisionProcess) -> LiveRelease:
    live = process.live
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return live


def _model_of(live: LiveRelease, event_type: str) -> str | None:
    """The one model that policies on such events ask; None where there are several, or none."""
    found = {
        model.stage.uses
        for policy in live.policies.values()
        if policy.policy.event == event_type
        for model in policy.plan.models.values()
    }
    return found.pop() if len(found) == 1 else None


def _caps(standing: Mapping[str, Artefact], drafts: Iterable[Artefact]) -> dict[str, RateCap]:
    every = {**standing, **{str(one.key): one for one in drafts}}
    found = {}
    for one in every.values():
        if one.kind == "rate_cap":
            try:
                found[one.name] = parse_cap({**one.body, "name": one.name})
            except TandemError:  # told by the check of the whole
                continue
    return found


def _above(product: Product, cap: RateCap | None, day: int) -> float | None:
    """How much a product that is above its cap costs, for whoever has to lower it."""
    return None if cap is None else dearest(product, cap, day)[1]


def _cap_shown(cap: RateCap, day: int) -> CapShown | None:
    try:
        row = cap_on(cap, day)
    except TandemError:
        return None
    title = ProductWords(en=cap.title.en, zh=cap.title.zh)
    return CapShown(name=cap.name, title=title, most_bps=row.most_bps, measure=cap.measure, source=row.source)
