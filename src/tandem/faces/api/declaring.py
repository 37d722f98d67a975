"""Saying in OpenAPI what a route takes and answers, from the same types that the code uses.

FastAPI describes paths and queries; bodies and answers are msgspec structs, described here. ``STRUCTS`` collects every
struct that is named, for the components of the document.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import msgspec

from tandem.faces.api.problems import PROBLEM_TYPE
from tandem.faces.api.shapes import Problem

__all__ = [
    "ANY_CODE",
    "BODY_PROBLEMS",
    "BUSY",
    "EVENT_PROBLEMS",
    "EVERYWHERE",
    "REF",
    "STRUCTS",
    "Problems",
    "answers",
    "problem_responses",
    "reference",
    "takes",
]

Problems: TypeAlias = Mapping[int, Sequence[str]]
"""Status to the codes a problem of that status may carry."""

REF = "#/components/schemas/{name}"
STRUCTS: set[type[msgspec.Struct]] = {Problem}

ANY_CODE = "*"
"""Stands for the codes of a definition's faults, which every kind of artefact adds to."""

EVERYWHERE: Problems = {
    401: ("invalid_key", "key_expired", "not_signed_in", "session_expired"),
    403: ("cross_site", "csrf", "not_permitted", "wrong_host"),
    429: ("rate_limited",),
}
"""Problems that any route may answer with."""

BODY_PROBLEMS: Problems = {
    400: (
        "duplicate_key",
        "empty_body",
        "integer_overflow",
        "invalid_utf8",
        "lone_surrogate",
        "malformed_json",
        "not_an_object",
        "not_finite",
        "nul_character",
        "truncated_json",
        "wrong_length",
    ),
    413: ("body_too_large", "too_deep"),
    415: ("unsupported_media_type",),
}
"""Problems that any route with a body may answer with: the decode wall's."""

BUSY: Problems = {
    503: (
        "commit_failed",
        "journal_broken",
        "journal_closed",
        "journal_full",
        "journal_unavailable",
        "keys_unavailable",
        "no_release",
        "unavailable",
    )
}
"""Problems of anything that writes."""

EVENT_PROBLEMS: Problems = {
    404: ("unknown_event_type",),
    409: ("event_conflict",),
    422: (
        "empty_identifier",
        "impossible_time",
        "instant_without_offset",
        "invalid_decimal",
        "invalid_event_id",
        "invalid_identifier",
        "invalid_instant",
        "invalid_parameter",
        "lone_surrogate",
        "not_finite",
        "nul_in_text",
        "out_of_bounds",
        "out_of_range",
        "required",
        "self_supersedes",
        "text_too_long",
        "too_precise",
        "unknown_field",
        "unknown_parameter",
        "value_not_allowed",
        "wrong_type",
    ),
    503: ("overloaded",),
}
"""Problems of an event document."""

_WORDS = {
    400: "The body is not strict JSON.",
    401: "Who asks is not known.",
    403: "Refused.",
    404: "Nothing is known under that name.",
    409: "Conflict with what is recorded.",
    413: "Over a limit.",
    415: "The body is not announced as JSON.",
    422: "The document is JSON and cannot be taken.",
    429: "This caller asks too often; Retry-After says when.",
    503: "Not now; Retry-After says when.",
}


def reference(struct: type[msgspec.Struct]) -> dict[str, Any]:
    """A schema that refers to ``struct`` in the components."""
    STRUCTS.add(struct)
    return {"$ref": REF.format(name=struct.__name__)}


def takes(struct: type[msgspec.Struct], example: Any = None) -> dict[str, Any]:
    """The ``requestBody`` of a route that takes ``struct``."""
    media: dict[str, Any] = {"schema": reference(struct)}
    if example is not None:
        media["example"] = example
    return {"requestBody": {"required": True, "content": {"application/json": media}}}


def answers(
    struct: type[Any] | None,
    words: str,
    *,
    problems: Iterable[Problems] = (),
    status: int = 200,
    content_type: str = "application/json",
) -> dict[int | str, dict[str, Any]]:
    """The ``responses`` of a route: its good answer, its problems by status and code, and those of every route."""
    schema = {"type": "string"} if struct is None else {"type": "object"} if struct is dict else reference(struct)
    good: dict[str, Any] = {"description": words, "content": {content_type: {"schema": schema}}}
    return {status: good, **problem_responses(*problems, EVERYWHERE)}


def problem_responses(*groups: Problems) -> dict[int | str, dict[str, Any]]:
    """The responses of ``groups`` of problems, merged, each with the codes it may carry."""
    codes: defaultdict[int, set[str]] = defaultdict(set)
    for group in groups:
        for status, names in group.items():
            codes[status].update(names)
    found: dict[int | str, dict[str, Any]] = {}
    for status, merged in sorted(codes.items()):
        schema = reference(Problem)
        if ANY_CODE not in merged:
            schema = {"allOf": [schema, {"properties": {"code": {"enum": sorted(merged)}}}]}
        found[status] = {"description": _WORDS[status], "content": {PROBLEM_TYPE: {"schema": schema}}}
        if status in {429, 503}:
            found[status]["headers"] = {"Retry-After": {"description": "seconds", "schema": {"type": "integer"}}}
    return found
