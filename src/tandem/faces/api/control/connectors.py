"""Connectors: whom the live policies ask, how they do, what they cost; and a try that sends nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Final

import msgspec
from fastapi import APIRouter, Depends, Path
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from tandem.decide.connectors import Connector, ConnectorDesk, Figures, masked, request_of
from tandem.decide.decisions import DecisionProcess, LiveRelease
from tandem.faces.api.control.bodies import body_of, json_response
from tandem.faces.api.declaring import BODY_PROBLEMS, EVENT_PROBLEMS, answers, takes
from tandem.faces.api.shapes.connectors import (
    AnsweredFact,
    ConnectorDetail,
    ConnectorFault,
    ConnectorPage,
    ConnectorSummary,
    ConnectorTry,
    ConnectorTryRequest,
    SentValue,
)
from tandem.kernel.errors import NotFound, Unavailable, near_match
from tandem.kernel.time import SECOND, Clock, Micros, format_instant

__all__ = ["connector_families", "connector_router"]

_NAME: Final = "^[a-z][a-z0-9_]{0,79}$"
_SECRET_SHOWN: Final = "***"  # noqa: S105 - what stands in the place of one
_STANDINGS: Final = ("closed", "half_open", "open")
_Named = Annotated[str, Path(pattern=_NAME)]


def connector_router(process: DecisionProcess, desk: ConnectorDesk | None, clock: Clock) -> APIRouter:
    """Connectors of the live release.

    Args:
        desk: where they are asked; None where this process asks nobody.
    """
    router = APIRouter(tags=["connectors"])
    unknown = {404: ("unknown_connector",), 422: ("invalid_parameter",), 503: ("no_release",)}
    tried = {
        **BODY_PROBLEMS,
        404: ("unknown_connector", *EVENT_PROBLEMS[404]),
        422: ("wrong_shape", *EVENT_PROBLEMS[422]),
        503: ("no_release",),
    }

    @router.get(
        "/v1/connectors",
        summary="Whom policies ask",
        responses=answers(ConnectorPage, "Connectors of the live release, by name."),
    )
    async def connectors(request: Request) -> Response:
        live = process.live
        found = [] if live is None else [live.connectors[name] for name in sorted(live.connectors)]
        told = [ConnectorSummary(**_told(process, one, desk, clock.now())) for one in found]
        return json_response(request, ConnectorPage(connectors=told))

    @router.get(
        "/v1/connectors/{name}",
        summary="One connector: how it does, what leaves the house, what may come back",
        responses=answers(ConnectorDetail, "The connector.", problems=[unknown]),
    )
    async def connector(request: Request, name: _Named) -> Response:
        one = _named(process.live, name)
        return json_response(request, _detail(one, _told(process, one, desk, clock.now())))

    @router.post(
        "/v1/connectors/{name}/try",
        summary="The request that would be sent for an event; nothing is sent",
        description="Reads the event as a decision would, and shows what would leave the house for it: personal values "
        "and secrets masked. Nobody is asked and nothing is kept.",
        openapi_extra=takes(ConnectorTryRequest),
        responses=answers(ConnectorTry, "What would be sent.", problems=[tried]),
    )
    async def try_connector(
        request: Request, name: _Named, body: Annotated[Any, Depends(body_of(ConnectorTryRequest))]
    ) -> Response:
        return json_response(request, await run_in_threadpool(_tried, process.live, name, body.event, clock.now()))

    return router


def connector_families(process: DecisionProcess, desk: ConnectorDesk | None) -> Iterator[Metric]:
    """What connectors did, for ``/metrics``."""
    live = process.live
    if desk is None or live is None:
        return
    asked = CounterMetricFamily(
        "tandem_connector_questions", "Questions of decisions by who answered", labels=["connector", "source"]
    )
    faults = CounterMetricFamily(
        "tandem_connector_faults", "Questions without an answer, by why", labels=["connector", "fault"]
    )
    attempts = CounterMetricFamily("tandem_connector_attempts", "Requests sent", labels=["connector"])
    spent = CounterMetricFamily(
        "tandem_connector_spent_minor", "Cost of answers, in minor units", labels=["connector", "currency"]
    )
    breaker = GaugeMetricFamily(
        "tandem_connector_breaker", "How the breaker stands: 0 closed, 1 half open, 2 open", labels=["connector"]
    )
    for name, one in sorted(live.connectors.items()):
        figures = desk.figures(name)
        for source, count in sorted(figures.asked.items()):
            asked.add_metric([name, source], count)
        for fault, count in sorted(figures.faults.items()):
            faults.add_metric([name, fault], count)
        attempts.add_metric([name], figures.attempts)
        spent.add_metric([name, one.price.currency], figures.spent_minor)
        breaker.add_metric([name], _STANDINGS.index(desk.standing(name)))
    yield from (asked, faults, attempts, spent, breaker)


def _named(live: LiveRelease | None, name: str) -> Connector:
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    found = live.connectors.get(name)
    if found is None:
        raise NotFound(
            "The live release has no connector of this name.",
            code="unknown_connector",
            field="name",
            value=name,
            hint=near_match(name, live.connectors),
        )
    return found


def _told(process: DecisionProcess, one: Connector, desk: ConnectorDesk | None, now: Micros) -> dict[str, Any]:
    live = process.live
    figures = _NOTHING_DONE if desk is None else desk.figures(one.name)
    breaker = None if desk is None else desk.breaker(one.name)
    standing = "closed" if breaker is None else breaker.standing(now)
    open_until = None
    if breaker is not None and breaker.opened_at is not None and standing == "open":
        open_until = format_instant(Micros(breaker.opened_at + breaker.pause))
    release = process.state.register.live
    assert release is not None, "a connector is of the live release"
    return {
        "name": one.name,
        "description": one.description,
        "digest": release.manifest[f"connector/{one.name}"],
        "url": one.url,
        "purpose": one.purpose,
        "mode": "off" if desk is None else desk.mode,
        "policies": [] if live is None else sorted(p.policy.policy for p in _asking(live, one.name)),
        "budget_ms": one.budget / 1000,
        "valid_for_s": one.valid_for / SECOND,
        "price_minor": one.price.minor,
        "currency": one.price.currency,
        "breaker": standing,
        "failures": 0 if breaker is None else breaker.failures,
        "open_until": open_until,
        "since": format_instant(now if desk is None else desk.since),
        **{name: getattr(figures, name) for name in _FIGURES},
        "last_faults": [ConnectorFault(at=format_instant(f.at), fault=f.fault) for f in figures.last_faults],
    }


_FIGURES: Final = (
    "asked", "faults", "attempts", "spent_minor", "unsure_minor", "saved_minor", "latency_ms_p50", "latency_ms_p99",
)  # fmt: skip
_NOTHING_DONE: Final = Figures(
    asked={}, faults={}, attempts=0, spent_minor=0, unsure_minor=0, saved_minor=0, latency_ms_p50=None,
    latency_ms_p99=None, last_faults=(),
)  # fmt: skip


def _asking(live: LiveRelease, name: str) -> list[Any]:
    return [each for each in live.policies.values() if name in each.plan.asks]


def _detail(one: Connector, told: dict[str, Any]) -> ConnectorDetail:
    return ConnectorDetail(
        **told,
        send=[
            SentValue(
                name=name,
                field=sent.field,
                data_class=None if sent.data_class is None else str(sent.data_class),  # type: ignore[arg-type]
                optional=sent.optional,
            )
            for name, sent in one.send.items()
        ],
        answer=[
            AnsweredFact(
                name=name, type=str(fact.type), at=fact.at, nullable=fact.nullable, description=fact.description
            )
            for name, fact in one.answer.items()
        ],
        attempt_ms=one.attempt / 1000,
        retries=one.retries,
        no_record=list(one.no_record),
        secret=None if one.secret is None else one.secret.name,
        breaker_failures=one.failures,
        breaker_pause_s=one.pause / SECOND,
    )


def _tried(live: LiveRelease | None, name: str, event: dict[str, Any], now: Micros) -> ConnectorTry:
    one = _named(live, name)
    assert live is not None, "a connector was found in it"
    live.reader.read(event, received_at=now)
    values: dict[str, Any] = event["values"]
    body = request_of(one, values)
    headers = {"Content-Type": "application/json"}
    if one.secret is not None:
        headers[one.secret.header] = one.secret.prefix + _SECRET_SHOWN
    lacking = [
        sent.field
        for sent in one.send.values()
        if sent.field is not None and not sent.optional and values.get(sent.field) is None
    ]
    return ConnectorTry(
        url=one.url,
        headers=headers,
        body=None if body is None else msgspec.convert(masked(one, body), dict[str, Any]),
        missing=lacking,
    )
