"""The OpenAPI 3.1 document: every route, hot or not, from the types that the code uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

import tandem
from tandem.faces.api.declaring import (
    BODY_PROBLEMS,
    BUSY,
    EVENT_PROBLEMS,
    EVERYWHERE,
    REF,
    STRUCTS,
    Problems,
    problem_responses,
    reference,
    takes,
)
from tandem.faces.api.gate import ANYONE, CUSTOMER, DOORS, SIGNED_IN
from tandem.faces.api.shapes import BatchAnswer, DecisionAnswer, EventBatch, EventDocument, EventRecorded

__all__ = ["hot_operations", "openapi_document"]

_ABOUT = """\
Send events, get explained and durable decisions.

**Idempotency.** `event_id` is the key. The same event sent again gets the same bytes again, with the header
`Tandem-Duplicate: true`; the same `event_id` with other content gets 409. An answer is sent only after the event and
the decision are on disk, so after a lost connection send the same event again.

**Errors** are RFC 9457 problem documents. Programs rely on `code`; `field`, `value` and `hint` are for people.
Any address may answer 403 (`wrong_host`, `cross_site`), and any but the public ones 401 (`not_signed_in`) and 403
(`not_permitted`); an unknown address answers 404 `no_such_route`, a wrong method
405 `method_not_allowed`.

**Access.** Send a key: `Authorization: Bearer tdm_...`; `x-tandem-permission` names the scope that a route needs. Where a
server runs with `TANDEM_ACCESS=open`, nothing is asked.

**Rate.** A key may ask so many times a minute, a batch as often as it has events; `RateLimit` and `RateLimit-Policy`
(draft-ietf-httpapi-ratelimit-headers) on every answer to a key say what is left, and 429 `rate_limited` has Retry-After.

**Limits.** Body 256 KiB, 32 levels deep, 200 events in a batch; above the number of requests at once that the server
takes, 503 with Retry-After.
"""

_ABOUT_STREAM = """\
Server-sent events.

`hello`: the name of this connection and the id it starts from. `decisions`: at most four a second, each with the newest
decisions and the number of those left out. `changed`: every change, at once and in order, with an id:
`{"kind": "release" | "list" | "case" | "artefact" | "person", "name": ..., "seq": ..., "at": ...}`. `resync`: more was
missed than is kept, or the server was started anew; read again what you hold.

A page that says what it has (`POST /v1/propagation/confirmations`) makes the proof of propagation end to end.
"""

_SCHEMES = {
    "key": {"type": "http", "scheme": "bearer", "description": "an API key: tdm_..."},
    "session": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Tandem-CSRF",
        "description": "pages: the session's cookie, and with whatever changes something this header",
    },
    "customer": {
        "type": "apiKey",
        "in": "header",
        "name": "X-Tandem-CSRF",
        "description": "a customer's own pages: the cookie of POST /v1/my/session, and this header where something changes",
    },
}
_EXAMPLE = {
    "event_id": "app-2026-000123",
    "event_type": "application",
    "occurred_at": "2026-11-24T06:38:00Z",
    "values": {"person": "510101199001011234", "amount_minor": 1200000, "currency": "CNY"},
}
_REQUEST_ID = {
    "name": "X-Request-Id",
    "in": "header",
    "required": False,
    "description": "your id of this request; echoed, else one is made",
    "schema": {"type": "string", "pattern": "^[A-Za-z0-9._:-]{1,128}$"},
}
_POLICY = {
    "name": "policy",
    "in": "query",
    "required": False,
    "description": "which policy of the live release decides; needed only where several take this event type",
    "schema": {"type": "string"},
}


def openapi_document(control: FastAPI) -> dict[str, Any]:
    """The document for the hot routes and those of ``control``."""
    described = get_openapi(title="Tandem", version=tandem.__version__, routes=control.routes)
    paths: dict[str, Any] = hot_operations()
    for path, operations in described["paths"].items():
        paths.setdefault(path, {}).update(operations)
    for path, operations in paths.items():
        for method, operation in operations.items():
            operation.update(_admission(method.upper(), path))
    _, components = msgspec.json.schema_components(sorted(STRUCTS, key=lambda each: each.__name__), ref_template=REF)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tandem",
            "version": tandem.__version__,
            "description": _ABOUT,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "paths": dict(sorted(paths.items())),
        "components": {"schemas": dict(sorted(components.items())), "securitySchemes": _SCHEMES},
    }


def _admission(method: str, path: str) -> dict[str, Any]:
    """What a route needs, from the table that the gate goes by."""
    door = DOORS.get((method, path))
    if door is None:
        return {}
    if door.admission == ANYONE:
        return {"security": [], "x-tandem-permission": None}
    if door.admission == CUSTOMER:
        return {"security": [{"customer": []}], "x-tandem-permission": None, "x-tandem-act": door.act}
    needed = None if door.admission == SIGNED_IN else str(door.admission)
    of_key = {} if door.key is None else {"x-tandem-key-permission": str(door.key)}
    return {"security": [{"key": []}, {"session": []}], "x-tandem-permission": needed, **of_key}


def hot_operations() -> dict[str, Any]:
    """The paths that no framework describes."""
    # An event that was decided before gets its decision, also here.
    recorded = {"anyOf": [reference(EventRecorded), reference(DecisionAnswer)]}
    undecided = {
        404: ("no_policy", "unknown_policy"),
        409: ("recorded_undecided",),
        422: ("other_event_type",),
    }
    return {
        "/v1/decisions": _post(
            "decide", "Decide on an event", EventDocument, reference(DecisionAnswer), undecided, _EXAMPLE
        ),
        "/v1/events": _post("record", "Record an event", EventDocument, recorded, {}, _EXAMPLE, policy=False),
        "/v1/decisions/batch": _batch("decide_batch", "Decide on several events"),
        "/v1/events/batch": _batch("record_batch", "Record several events", policy=False),
        "/v1/stream": {"get": _stream()},
    }


def _post(
    name: str,
    summary: str,
    body: type[msgspec.Struct],
    answer: dict[str, Any],
    problems: Problems,
    example: Any,
    *,
    policy: bool = True,
    event_problems: bool = True,
) -> dict[str, Any]:
    good = {
        "description": "Durable.",
        "headers": {"Tandem-Duplicate": {"description": "true: answered before", "schema": {"const": "true"}}},
        "content": {"application/json": {"schema": answer}},
    }
    groups: Sequence[Problems] = (
        BODY_PROBLEMS,
        EVERYWHERE,
        problems,
        BUSY,
        *((EVENT_PROBLEMS,) if event_problems else ()),
    )
    responses = {str(status): said for status, said in problem_responses(*groups).items()}
    return {
        "post": {
            "operationId": name,
            "summary": summary,
            "tags": ["decisions" if "decide" in name else "events"],
            "parameters": [_REQUEST_ID, *([_POLICY] if policy else [])],
            **takes(body, example),
            "responses": {"200": good, **responses},
        }
    }


def _batch(name: str, summary: str, *, policy: bool = True) -> dict[str, Any]:
    problems = {
        413: ("batch_too_large",),
        422: ("wrong_shape", "unknown_parameter", "invalid_parameter"),
        503: ("overloaded",),
    }
    example = {"events": [_EXAMPLE]}
    found = _post(
        name, summary, EventBatch, reference(BatchAnswer), problems, example, policy=policy, event_problems=False
    )
    found["post"]["description"] = "Each event is judged on its own: the answer holds one item for each, in order."
    return found


def _stream() -> dict[str, Any]:
    return {
        "operationId": "stream",
        "summary": "Watch decisions as they are taken, and changes as they come into force",
        "description": _ABOUT_STREAM,
        "tags": ["decisions", "changes"],
        "parameters": [
            {
                "name": "only",
                "in": "query",
                "required": False,
                "description": "leave the decisions out",
                "schema": {"enum": ["changes"]},
            },
            {
                "name": "after",
                "in": "query",
                "required": False,
                "description": "as the header Last-Event-ID, for those who cannot set one",
                "schema": {"type": "string"},
            },
            {
                "name": "Last-Event-ID",
                "in": "header",
                "required": False,
                "description": "the last id that was heard: what came after it is sent first",
                "schema": {"type": "string"},
            },
        ],
        "responses": {
            "200": {"description": "A stream.", "content": {"text/event-stream": {"schema": {"type": "string"}}}},
            **{
                str(status): said
                for status, said in problem_responses(
                    EVERYWHERE, {422: ("invalid_parameter",), 503: ("too_many_readers",)}
                ).items()
            },
        },
    }
