"""Models: the list, one with its tables and proofs, how it did, and two versions side by side."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, recorded_scores, stages_calling
from tandem.decide.models import Model, ModelDescription, describe_model, load_model
from tandem.decide.releases import compare_versions
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.control.versions import shown_version
from tandem.faces.api.declaring import BODY_PROBLEMS, BUSY, EVENT_PROBLEMS, Problems, answers, takes
from tandem.faces.api.lived import lived_figures
from tandem.faces.api.shapes.models import (
    ModelBin,
    ModelCardInput,
    ModelComparison,
    ModelDetail,
    ModelInputDetail,
    ModelNeighbours,
    ModelNeighboursRequest,
    ModelPage,
    ModelPairRow,
    ModelPart,
    ModelPerformance,
    ModelScoreBand,
    ModelSummary,
    ModelVersion,
    ModelWeight,
    NeighbourMove,
)
from tandem.faces.api.shapes.vocabulary import TwoTongues
from tandem.kernel.artefacts import ArtefactKey, ArtefactVersion
from tandem.kernel.errors import DefinitionError, NotFound, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.time import format_instant
from tandem.observe.lake import Lake

__all__ = ["model_router"]

_NAME: Final = "^[a-z][a-z0-9_]{0,79}$"
_DIGEST: Final = "^[0-9a-f]{64}$"
_KEPT: Final = 16
_UNKNOWN = {404: ("unknown_artefact",), 422: ("invalid_model", "invalid_parameter")}
_MET: Final[Problems] = {
    404: ("unknown_event_type", "unknown_network"),
    422: (*EVENT_PROBLEMS[422], "wrong_shape"),
    **BUSY,
}
Name = Annotated[str, Path(pattern=_NAME)]
Version = Annotated[str | None, Query(pattern=_DIGEST, description="the live one, or the newest, when left out")]


class _Known:
    """Models already read and described, by digest: a document of a few megabytes is not read for every look."""

    def __init__(self) -> None:
        self._kept: dict[Digest, tuple[Model, ModelDescription]] = {}

    def __call__(self, version: ArtefactVersion) -> tuple[Model, ModelDescription]:
        digest = version.artefact.digest
        if digest not in self._kept:
            model = load_model(version.artefact.body)
            if len(self._kept) >= _KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[digest] = model, describe_model(model.document)
        return self._kept[digest]


def model_router(process: DecisionProcess, lake: Lake | None) -> APIRouter:
    """Models of the register.

    Args:
        lake: where outcomes stand beside decisions; None where there is none.
    """
    router = APIRouter(tags=["models"])
    known = _Known()

    @router.get("/v1/models", summary="All models", responses=answers(ModelPage, "Models, by name."))
    async def models(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_all, process, known))

    @router.get(
        "/v1/models/{name}",
        summary="One model: tables, proofs, lineage",
        responses=answers(ModelDetail, "The model.", problems=[_UNKNOWN]),
    )
    async def model(request: Request, name: Name, version: Version = None) -> Response:
        found = await run_in_threadpool(
            lambda: _detail(process, known, shown_version(process.state.register, "model", name, version))
        )
        return json_response(request, found)

    @router.get(
        "/v1/models/{name}/performance",
        summary="How a model did on recorded decisions",
        description="Its scores, what moved them, and where outcomes are known the figures a training would give.",
        responses=answers(ModelPerformance, "The figures.", problems=[_UNKNOWN]),
    )
    async def performance(
        request: Request,
        name: Name,
        version: Version = None,
        look_back: Annotated[int, Query(ge=1, le=100_000, description="decisions looked through")] = 100_000,
    ) -> Response:
        found = await run_in_threadpool(
            lambda: _performance(
                process, known, lake, shown_version(process.state.register, "model", name, version), look_back
            )
        )
        return json_response(request, found)

    @router.get(
        "/v1/models/{name}/comparison",
        summary="Two versions of a model",
        responses=answers(ModelComparison, "Both, and what differs.", problems=[_UNKNOWN]),
    )
    async def comparison(
        request: Request,
        name: Name,
        first: Annotated[str, Query(pattern=_DIGEST)],
        second: Annotated[str, Query(pattern=_DIGEST)],
    ) -> Response:
        def compare() -> ModelComparison:
            versions = [shown_version(process.state.register, "model", name, digest) for digest in (first, second)]
            change = compare_versions(process.state.register, ArtefactKey("model", name), Digest(first), Digest(second))
            return ModelComparison(
                first=_detail(process, known, versions[0]),
                second=_detail(process, known, versions[1]),
                words=[TwoTongues(en=one.en, zh=one.zh) for one in change.words],
            )

        return json_response(request, await run_in_threadpool(compare))

    @router.post(
        "/v1/models/{name}/neighbours",
        summary="Who of its neighbours would move the score of an event, by a graph network",
        description="Reads the event as a decision would, finds the earlier events that it would meet now, and leaves out each, "
        "and each link, in turn. Nothing is kept. An event that the network does not score has no neighbours.",
        openapi_extra=takes(ModelNeighboursRequest),
        responses=answers(ModelNeighbours, "The neighbours, by pseudonym.", problems=[BODY_PROBLEMS, _MET]),
    )
    async def neighbours(
        request: Request, name: Name, body: Annotated[Any, Depends(body_of(ModelNeighboursRequest))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(_neighbours, process, name, body.event))

    return router


_Describe = Callable[[ArtefactVersion], tuple[Model, ModelDescription]]


def _all(process: DecisionProcess, known: _Describe) -> ModelPage:
    found = []
    for key in process.state.register.keys("model"):
        version = shown_version(process.state.register, "model", key.name, None)
        try:
            found.append(ModelSummary(**_told(process, version, *known(version))))
        except DefinitionError:
            continue  # a draft that is no model yet stands in the queue of reviews, not among the models
    return ModelPage(models=found)


def _told(
    process: DecisionProcess, version: ArtefactVersion, model: Model, description: ModelDescription
) -> dict[str, Any]:
    register, live = process.state.register, process.live
    artefact, metadata = version.artefact, model.document.metadata
    return {
        "name": artefact.name,
        "digest": artefact.digest,
        "state": str(register.state_of(artefact.digest)),
        "kind": description.kind,
        "target": metadata.target,
        "rows": metadata.rows,
        "adverse_rows": metadata.adverse_rows,
        "inputs": len(description.inputs),
        "metrics": metadata.metrics,
        "versions": len(register.history(artefact.key)),
        "pushed_at": format_instant(version.pushed_at),
        "author": version.author,
        "used_by": []
        if live is None
        else sorted(
            name
            for name, policy in live.policies.items()
            if artefact.name in {model.stage.uses for model in policy.plan.models.values()}
        ),
    }


def _detail(process: DecisionProcess, known: _Describe, version: ArtefactVersion) -> ModelDetail:
    model, description = known(version)
    document, metadata = model.document, model.document.metadata
    return ModelDetail(
        **_told(process, version, model, description),
        called=metadata.name,
        adverse=metadata.adverse,
        note=metadata.note,
        seed=metadata.seed,
        data_digest=metadata.data_digest,
        features_digest=metadata.features_digest,
        features_known=_features_known(process, model),
        environment=metadata.environment,
        parameters=metadata.parameters,
        calibration=msgspec.to_builtins(document.calibration),
        scaling=None if document.scaling is None else msgspec.to_builtins(document.scaling),
        expected_margin=model.expected,
        input_details=[
            ModelInputDetail(
                name=one.name,
                type=one.type,
                monotone=one.monotone,
                proof=one.proof,
                violations=one.violations,
                training_weight=one.training_weight,
                reason=one.reason,
                words=_words(process, one.reason),
            )
            for one in description.inputs
        ],
        parts=[_part(part) for part in description.parts],
        history=_history(process, known, version),
    )


def _neighbours(process: DecisionProcess, name: str, event: dict[str, Any]) -> ModelNeighbours:
    models = {} if process.live is None else process.live.models
    networks = {one: model for one, model in models.items() if model.kind == "sage"}
    if name not in networks:
        raise NotFound(
            "The live release has no such graph network.",
            code="unknown_network",
            field="name",
            value=name,
            hint=near_match(name, networks) or "models of kind sage have neighbours",
        )
    found = process.neighbours_of(event).get(networks[name].name, ())
    return ModelNeighbours(
        neighbours=[NeighbourMove(link=one.link, member=one.key, log_odds=one.log_odds) for one in found]
    )


def _features_known(process: DecisionProcess, model: Model) -> bool | None:
    live = process.live
    if live is None or model.features_digest is None:
        return None
    return live.known.digest_of(model.reads) == model.features_digest


def _words(process: DecisionProcess, reason: str | None) -> TwoTongues | None:
    live = process.live
    found = None if live is None or reason is None else live.catalogue.reasons.get(reason)
    return None if found is None else TwoTongues(en=found.customer.en, zh=found.customer.zh_cn)


def _part(part: Any) -> ModelPart:
    return ModelPart(
        kind=part.kind,
        weight=part.weight,
        inputs=part.inputs,
        base_points=part.base_points,
        card=[
            ModelCardInput(
                name=one.name,
                coefficient=one.coefficient,
                reason=one.reason,
                information_value=one.information_value,
                rows=[ModelBin(**msgspec.structs.asdict(row)) for row in one.rows],
            )
            for one in part.card
        ],
        pairs=[ModelPairRow(**msgspec.structs.asdict(row)) for row in part.pairs],
        trees=part.trees,
        leaves=part.leaves,
        reads=list(part.reads),
        links=list(part.links),
        slots=part.slots,
        width=part.width,
    )


def _history(process: DecisionProcess, known: _Describe, version: ArtefactVersion) -> list[ModelVersion]:
    register = process.state.register
    found = []
    for one in reversed(register.history(version.artefact.key)):
        try:
            model, description = known(one)
        except DefinitionError:
            continue
        found.append(
            ModelVersion(
                digest=one.artefact.digest,
                state=str(register.state_of(one.artefact.digest)),  # type: ignore[arg-type]  # its values
                author=one.author,
                pushed_at=format_instant(one.pushed_at),
                approvers=[each.approver for each in one.reviews],
                kind=description.kind,
                rows=model.document.metadata.rows,
                metrics=model.document.metadata.metrics,
            )
        )
    return found


def _performance(
    process: DecisionProcess, known: _Describe, lake: Lake | None, version: ArtefactVersion, look_back: int
) -> ModelPerformance:
    model, _ = known(version)
    name, digest = version.artefact.name, version.artefact.digest
    register = process.state.register
    went_live = {one.release: register.release_of(one.release) for one in register.went_live}
    releases = {one for one, release in went_live.items() if release.manifest.get(f"model/{name}") == digest}
    policies = {
        policy for one in releases for key, policy in went_live[one].manifest.items() if key.startswith("policy/")
    }
    stages = stages_calling(name, (register.version(one).artefact for one in sorted(policies)))
    scored = recorded_scores(process.journal, stages, model, releases, last=look_back)
    live = process.live
    lived = (
        None
        if lake is None or live is None
        else lived_figures(lake, live, stages, model.document.metadata.target, releases)
    )
    total = sum(weight for _, weight in scored.weights) or 1.0
    return ModelPerformance(
        looked_at=scored.looked_at,
        scored=scored.scored,
        since=None if scored.since is None else format_instant(scored.since),
        mean=scored.mean,
        bands=[ModelScoreBand(**msgspec.structs.asdict(band)) for band in scored.bands],
        explained=scored.explained,
        weights=[ModelWeight(input=name, weight=weight, share=weight / total) for name, weight in scored.weights],
        view=None if lived is None else lived.view,
        figures=None if lived is None else lived.figures,
    )
