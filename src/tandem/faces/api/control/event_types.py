"""Event types: what may arrive, who reads which field of it, and how much did arrive."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Query
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.decisions import DecisionProcess, LiveRelease, document_of
from tandem.faces.api.control.bodies import json_response
from tandem.faces.api.control.versions import shown_version
from tandem.faces.api.declaring import ANY_CODE, answers
from tandem.faces.api.measuring import Measures, Moment
from tandem.faces.api.shapes.event_types import (
    EventFieldDerivation,
    EventFieldDetail,
    EventTypeDetail,
    EventTypePage,
    EventTypeSummary,
    EventTypeVersion,
)
from tandem.kernel.artefacts import ArtefactState, ArtefactVersion
from tandem.kernel.errors import DefinitionError, Unavailable
from tandem.kernel.identity import EventTypeName
from tandem.kernel.time import Clock, Micros, format_instant
from tandem.observe.events import EventField, EventType, example_event, parse_event_type
from tandem.observe.features import features_by_field

__all__ = ["event_type_router"]

_KIND: Final = "event_type"
_NAME: Final = "^[a-z][a-z0-9_]{0,79}$"
_DIGEST: Final = "^[0-9a-f]{64}$"
_SUPERSEDED: Final = {ArtefactState.LIVE, ArtefactState.RETIRED}


def event_type_router(process: DecisionProcess, measures: Measures | None, clock: Clock) -> APIRouter:
    """Event types of the register.

    Args:
        measures: where recorded events are counted; None where there is no lake.
        clock: the example happens now.
    """
    router = APIRouter(tags=["event types"])

    @router.get(
        "/v1/event-types",
        summary="What may arrive",
        responses=answers(EventTypePage, "Event types, by name."),
    )
    async def event_types(request: Request) -> Response:
        return json_response(request, await run_in_threadpool(_all, process, measures))

    @router.get(
        "/v1/event-types/{name}",
        summary="One event type: its fields, who reads them, an example",
        responses=answers(
            EventTypeDetail,
            "The event type.",
            problems=[{404: ("unknown_artefact",), 422: ("invalid_parameter", ANY_CODE)}],
        ),
    )
    async def event_type(
        request: Request,
        name: Annotated[str, Path(pattern=_NAME)],
        version: Annotated[
            str | None, Query(pattern=_DIGEST, description="the live one, or the newest, when left out")
        ] = None,
    ) -> Response:
        def detail() -> EventTypeDetail:
            return _detail(process, shown_version(process.state.register, _KIND, name, version), measures, clock)

        return json_response(request, await run_in_threadpool(detail))

    return router


def _all(process: DecisionProcess, measures: Measures | None) -> EventTypePage:
    arrived = _arrived(measures)
    found = []
    for key in process.state.register.keys(_KIND):
        version = shown_version(process.state.register, _KIND, key.name, None)
        try:
            event_type = parse_event_type(document_of(version.artefact))
        except DefinitionError:
            continue  # a draft that is none yet stands in the queue of reviews
        found.append(EventTypeSummary(**_told(process, version, event_type, arrived)))
    return EventTypePage(event_types=found)


def _detail(
    process: DecisionProcess, version: ArtefactVersion, measures: Measures | None, clock: Clock
) -> EventTypeDetail:
    register, live = process.state.register, process.live
    event_type = parse_event_type(document_of(version.artefact))
    features = _features(live, event_type)
    policies = _reading_policies(live, event_type)
    return EventTypeDetail(
        **_told(process, version, event_type, _arrived(measures)),
        field_details=[
            _field(one, policies.get(one.name, []), features.get(one.name, ())) for one in event_type.fields
        ],
        body=version.artefact.body,
        example=example_event(event_type, clock.now()),
        history=[
            EventTypeVersion(
                digest=one.artefact.digest,
                state=str(register.state_of(one.artefact.digest)),  # type: ignore[arg-type]  # its values
                author=one.author,
                pushed_at=format_instant(one.pushed_at),
                note=one.note,
                approvers=[each.approver for each in one.reviews],
            )
            for one in reversed(register.history(version.artefact.key))
        ],
    )


def _field(field: EventField, policies: list[str], features: tuple[str, ...]) -> EventFieldDetail:
    return EventFieldDetail(
        name=field.name,
        type=str(field.type),
        required=field.required,
        entity=field.entity,
        data_class=str(field.data_class),  # type: ignore[arg-type]  # the values of the enumeration
        scale=field.scale,
        values=None if field.values is None else list(field.values),
        minimum=field.minimum,
        maximum=field.maximum,
        description=field.description,
        source=field.source,
        owner=field.owner,
        purpose=field.purpose,
        changeable=field.changeable,
        derived=None
        if field.derived is None
        else EventFieldDerivation(
            function=field.derived.function, of=list(field.derived.of), parameters=field.derived.parameters
        ),
        policies=policies,
        features=list(features),
    )


_Arrived = dict[str, tuple[int, str | None]]


def _told(
    process: DecisionProcess, version: ArtefactVersion, event_type: EventType, arrived: _Arrived | None
) -> dict[str, Any]:
    register, live = process.state.register, process.live
    artefact = version.artefact
    newest = register.latest(artefact.key).artefact.digest
    recorded, last_at = (None, None) if arrived is None else arrived.get(event_type.name, (0, None))
    return {
        "name": artefact.name,
        "description": event_type.description,
        "digest": artefact.digest,
        "state": str(register.state_of(artefact.digest)),
        "subject": event_type.subject,
        "fields": len(event_type.fields),
        "personal_fields": sum(field.data_class.is_personal for field in event_type.fields),
        "entities": sorted({field.entity for field in event_type.fields if field.entity is not None}),
        "policies": []
        if live is None
        else sorted(name for name, one in live.policies.items() if one.policy.event == event_type.name),
        "features": len({feature for names in _features(live, event_type).values() for feature in names}),
        "versions": len(register.history(artefact.key)),
        "author": version.author,
        "pushed_at": format_instant(version.pushed_at),
        "waiting": None if newest == artefact.digest or register.state_of(newest) in _SUPERSEDED else newest,
        "recorded": recorded,
        "last_at": last_at,
    }


def _features(live: LiveRelease | None, event_type: EventType) -> dict[str, tuple[str, ...]]:
    """Field to the features of the live release that read it; a type that is not live is read by none."""
    if live is None or event_type.name not in live.plan.event_types:
        return {}
    return features_by_field(live.plan, EventTypeName(event_type.name))


def _reading_policies(live: LiveRelease | None, event_type: EventType) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, one in sorted({} if live is None else live.policies.items()):
        if one.policy.event == event_type.name:
            for column in one.plan.columns:
                found.setdefault(column, []).append(name)
    return found


def _arrived(measures: Measures | None) -> _Arrived | None:
    """Event type to how many events the lake has of it and when the latest happened; None where no lake can tell."""
    if measures is None:
        return None
    try:
        return measures.together(lambda moment: moment.once("arrived", lambda: _counted(moment)))
    except Unavailable:
        return None


def _counted(moment: Moment) -> _Arrived:
    there = frozenset(moment.lake.tables())
    # Names of event types are lower_snake: nothing in one can end a string or an identifier.
    counts = [
        f"SELECT '{name}' AS name, count(*) AS events, epoch_us(max(occurred_at)) AS last_at FROM \"{name}\""  # noqa: S608
        for name in moment.live.reader.event_types
        if name in there
    ]
    rows = moment.lake.sql(" UNION ALL ".join(counts)).to_pylist() if counts else []
    return {
        row["name"]: (row["events"], None if row["last_at"] is None else format_instant(Micros(row["last_at"])))
        for row in rows
    }
