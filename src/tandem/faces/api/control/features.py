"""Features: the catalogue of those that are live, each in full, and those of the library that could be had."""

from __future__ import annotations

import io
import re
import threading
from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Path, Query
from ruamel.yaml import YAML
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, LiveRelease, document_of
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.declaring import answers
from tandem.faces.api.lived_features import FeatureFigures, LivedFeatures, WeightInModel
from tandem.faces.api.shapes.features import (
    FeatureBand,
    FeatureCostDetail,
    FeatureDetail,
    FeaturePage,
    FeatureReads,
    FeatureSummary,
    FeatureWeight,
    ReadyFeature,
    ReadyPage,
    ReadySetDetail,
)
from tandem.faces.api.shapes.vocabulary import TwoTongues
from tandem.kernel.artefacts import ArtefactKey, ArtefactVersion
from tandem.kernel.errors import DefinitionError, Unavailable
from tandem.kernel.identity import EventTypeName
from tandem.kernel.time import SECOND, Clock, format_instant
from tandem.observe.events import EventType, parse_event_type
from tandem.observe.features import (
    FeaturePlan,
    ReadySet,
    cost_of,
    fields_of_feature,
    library_names,
    parse_feature_set,
    ready_sets,
    window_text,
)

__all__ = ["feature_router"]

_NAME: Final = "^[a-z][a-z0-9_]{0,99}$"
_ASKED: Final = Query(max_length=80)
_Figures = Annotated[bool, Query(description="false leaves out how features did, which has to be read first")]


def feature_router(process: DecisionProcess, clock: Clock) -> APIRouter:
    """Features of the live release, and of the library.

    Args:
        clock: tells how old the figures are.
    """
    router = APIRouter(tags=["features"])
    lived = LivedFeatures(process, clock)
    library = _Library(process)

    @router.get(
        "/v1/features",
        summary="The catalogue of features",
        description="Every feature of the live release, with who reads it and how it did on the newest decisions.\n\n"
        "Those decisions are read first, which may take a second; `figures=false` tells what features are at once, and "
        "null for how they did.",
        responses=answers(
            FeaturePage, "Features, by name.", problems=[{422: ("invalid_parameter",), 503: ("no_release",)}]
        ),
    )
    async def features(
        request: Request,
        search: Annotated[str | None, Query(max_length=80, description="words of name, set or meaning")] = None,
        entity: Annotated[str | None, _ASKED] = None,
        event_type: Annotated[str | None, _ASKED] = None,
        read_by: Annotated[str | None, Query(max_length=80, description="a policy, model or view")] = None,
        *,
        figures: _Figures = True,
    ) -> Response:
        def page() -> FeaturePage:
            return _page(_live(process), lived if figures else None, search, entity, event_type, read_by)

        return json_response(request, await run_in_threadpool(page))

    @router.get(
        "/v1/features/{name}",
        summary="One feature: meaning, lineage, figures, cost",
        responses=answers(
            FeatureDetail,
            "The feature.",
            problems=[{404: ("not_found",), 422: ("invalid_parameter",), 503: ("no_release",)}],
        ),
    )
    async def feature(
        request: Request, name: Annotated[str, Path(pattern=_NAME)], *, figures: _Figures = True
    ) -> Response:
        found = await run_in_threadpool(lambda: _detail(process, _live(process), lived if figures else None, name))
        return json_response(request, found)

    @router.get(
        "/v1/ready-features",
        summary="Features of the library that this workspace could have",
        description="Each set is a definition to push: its features were compiled against the live event types.",
        responses=answers(ReadyPage, "Sets, by template.", problems=[{422: ("invalid_parameter",)}]),
    )
    async def ready(
        request: Request,
        event_type: Annotated[str | None, _ASKED] = None,
        entity: Annotated[str | None, _ASKED] = None,
    ) -> Response:
        def page() -> ReadyPage:
            sets = [
                one for one in library.ready() if event_type in {None, *one.events} and entity in {None, *one.entity}
            ]
            return ReadyPage(sets=sets, features=len({each.name for one in sets for each in one.features}))

        return json_response(request, await run_in_threadpool(page))

    return router


class _Library:
    """What the library has for the workspace: worked out once for each state of its event types and feature sets."""

    def __init__(self, process: DecisionProcess) -> None:
        self._process = process
        self._lock = threading.Lock()
        self._for: Any = None
        self._sets: list[ReadySetDetail] = []

    def ready(self) -> list[ReadySetDetail]:
        with self._lock:
            register = self._process.state.register
            versions = [register.latest(key) for kind in ("event_type", "feature_set") for key in register.keys(kind)]
            state = tuple(one.artefact.digest for one in versions)
            if state != self._for:
                self._sets = [_told_ready(one) for one in self._found(versions)]
                self._for = state
            return self._sets

    def _found(self, versions: Iterable[ArtefactVersion]) -> list[ReadySet]:
        """Drafts count as there: what was drafted a moment ago is not offered again."""
        types: dict[EventTypeName, EventType] = {}
        features: set[str] = set()
        sets: set[str] = set()
        live = self._process.live
        if live is not None:
            types |= live.plan.event_types
            features |= set(live.plan.names)
        for one in versions:
            document = document_of(one.artefact)
            try:
                if one.artefact.kind == "feature_set":
                    sets.add(one.artefact.name)
                    features |= {each.name for each in parse_feature_set(document).features}
                else:
                    made = parse_event_type(document)
                    types.setdefault(EventTypeName(made.name), made)
            except DefinitionError:
                continue  # a draft that is none yet stands in the queue of reviews
        return ready_sets(types, features=features, sets=sets)


def _live(process: DecisionProcess) -> LiveRelease:
    if process.live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return process.live


def _page(
    live: LiveRelease,
    lived: LivedFeatures | None,
    search: str | None,
    entity: str | None,
    event_type: str | None,
    read_by: str | None,
) -> FeaturePage:
    inputs, figures = (None, {}) if lived is None else lived.look(live)
    told = [FeatureSummary(**_told(live, name, figures.get(name))) for name in sorted(live.plan.names)]
    chosen = [
        one
        for one in told
        if (entity is None or entity in one.entity)
        and (event_type is None or event_type in one.events)
        and (read_by is None or read_by in {*one.policies, *one.models, *one.views})
        and _says(one, search)
    ]
    return FeaturePage(
        features=chosen,
        total=len(told),
        looked_at=None if inputs is None else inputs.looked_at,
        erased=None if inputs is None else inputs.erased,
        library=None if lived is None else _library_size(),
    )


@cache
def _library_size() -> int:
    return sum(len(parse_feature_set({"use": f"library/{name}"}).features) for name in library_names())


def _says(one: FeatureSummary, search: str | None) -> bool:
    """Whether every word that is searched for stands somewhere in what is told of the feature."""
    text = f"{one.name} {one.set} {one.words.en} {one.words.zh}".lower()
    return all(word in text for word in (search or "").lower().split())


def _told(live: LiveRelease, name: str, figures: FeatureFigures | None) -> dict[str, Any]:
    plan, feature = live.plan, live.plan.feature(name)
    windows = [base.window for base in feature.operands if base.kind != "current"]
    longest = None if None in windows else max(window for window in windows if window is not None)
    column = plan.columns[name]
    return {
        "name": name,
        "set": plan.set_of(name).name,
        "entity": list(plan.entity(name)),
        "aggregate": str(feature.aggregate),
        "window": window_text(longest),
        "type": str(column.type).lower(),
        "words": _words(plan, name),
        "events": sorted({event for base in feature.operands for event in base.events}),
        "policies": sorted(each for each, one in live.policies.items() if name in one.plan.columns),
        "models": sorted(each for each, model in live.models.items() if name in model.inputs),
        "views": sorted(view.name for view in live.views if re.search(rf"\b{name}\b", view.sql)),
        "recorded": None if figures is None else figures.recorded,
        "coverage": figures.known / figures.recorded if figures is not None and figures.recorded else None,
        "psi": None if figures is None else figures.psi,
        "drifted": None if figures is None else figures.drifted,
    }


def _told_in_full(figures: FeatureFigures | None, weights: Iterable[WeightInModel]) -> dict[str, Any]:
    """How it did, with all names there and null where that was not asked for."""
    alone = dict.fromkeys(("known", "since", "mean", "minimum", "median", "maximum", "before", "after", "critical"))
    if figures is not None:
        alone = {one: getattr(figures, one) for one in alone}
        alone["since"] = None if figures.since is None else format_instant(figures.since)
    return {
        **alone,
        "bands": [FeatureBand(**msgspec.structs.asdict(band)) for band in (() if figures is None else figures.bands)],
        "weights": [FeatureWeight(**msgspec.structs.asdict(one)) for one in weights],
    }


def _words(plan: FeaturePlan, name: str) -> TwoTongues:
    return TwoTongues(en=plan.describe(name, "en"), zh=plan.describe(name, "zh"))


def _detail(process: DecisionProcess, live: LiveRelease, lived: LivedFeatures | None, name: str) -> FeatureDetail:
    plan, feature = live.plan, live.plan.feature(name)
    figures = None if lived is None else lived.look(live)[1][name]
    cost = cost_of(plan, name)
    version, first = _versions(process, plan.set_of(name).name, name)
    return FeatureDetail(
        **_told(live, name, figures),
        **_told_in_full(figures, () if lived is None else lived.weights(live, name)),
        definition=[msgspec.to_builtins(base) for base in feature.operands],
        factor=feature.factor,
        reason=TwoTongues(en=feature.reason.get("en", ""), zh=feature.reason.get("zh", "")),
        reads=[
            FeatureReads(event_type=event, fields=list(fields))
            for event, fields in fields_of_feature(plan, name).items()
        ],
        set_digest=version.artefact.digest,
        owner=version.author,
        defined_at=format_instant(first.pushed_at),
        cost=FeatureCostDetail(
            work=cost.work.value,
            keeps=cost.keeps,  # type: ignore[arg-type]  # its values
            kept_for_seconds=cost.kept_for // SECOND,
            bytes_per_event=cost.bytes_per_event,
            shared_by=cost.shared_by,
            cells=cost.cells,
        ),
    )


def _versions(process: DecisionProcess, set_name: str, name: str) -> tuple[ArtefactVersion, ArtefactVersion]:
    """The live version of the set, and the first that had the feature."""
    register = process.state.register
    key = ArtefactKey("feature_set", set_name)
    digest = None if register.live is None else register.live.manifest.get(str(key))
    live = register.latest(key) if digest is None else register.version(digest)
    for version in register.history(key):
        try:
            features = parse_feature_set(document_of(version.artefact)).features
        except DefinitionError:
            continue
        if any(feature.name == name for feature in features):
            return live, version
    return live, live


def _told_ready(one: ReadySet) -> ReadySetDetail:
    plan = one.plan
    return ReadySetDetail(
        template=one.template,
        name=one.name,
        description=TwoTongues(en=one.description.get("en", ""), zh=one.description.get("zh", "")),
        entity=list(one.entity),
        events=list(one.events),
        body={key: value for key, value in one.document.items() if key != "name"},
        yaml=_yaml(one.document),
        features=[
            ReadyFeature(name=name, type=str(plan.columns[name].type).lower(), words=_words(plan, name))
            for name in plan.names
        ],
        taken=list(one.taken),
        missing={name: list(lacking) for name, lacking in one.missing.items()},
    )


def _yaml(document: dict[str, Any]) -> str:
    out = io.StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(document, out)
    return out.getvalue()
