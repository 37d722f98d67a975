"""How an error leaves over HTTP: one RFC 9457 problem document, made in one place.

The tree of errors is ``tandem.kernel.errors``. The few classes below only give a status that HTTP has a word of its own
for; a program still reads ``code``.
"""

from __future__ import annotations

import msgspec

from tandem.decide.policy import Finding, finding_in_chinese, hint_in_chinese
from tandem.faces.api.shapes.vocabulary import Fault
from tandem.kernel.errors import (
    InvalidInput,
    NotFound,
    NotSignedIn,
    Refused,
    TandemError,
    TooOften,
    Unavailable,
    shown,
)

__all__ = [
    "PROBLEM_TYPE",
    "Malformed",
    "MethodNotAllowed",
    "NoSuchRoute",
    "WrongMediaType",
    "fault_of",
    "internal_problem",
    "problem_headers",
    "problem_of",
]

PROBLEM_TYPE = "application/problem+json"

_ENCODER = msgspec.json.Encoder()


class Malformed(InvalidInput):
    """The bytes are not a strict JSON document."""

    status = 400
    title = "The body is not strict JSON"
    default_code = "malformed_json"


class WrongMediaType(InvalidInput):
    """The body is announced as something else than JSON."""

    status = 415
    title = "The body must be JSON"
    default_code = "unsupported_media_type"


class NoSuchRoute(NotFound):
    """No such address."""

    default_code = "no_such_route"


class MethodNotAllowed(Refused):
    """The address exists, but not with this method. ``allowed`` names those it has."""

    status = 405
    title = "Method not allowed"
    default_code = "method_not_allowed"

    def __init__(self, method: str, allowed: tuple[str, ...]) -> None:
        super().__init__(
            "This address does not take this method.", value=method, hint="allowed here: " + ", ".join(allowed)
        )
        self.allowed = allowed


def problem_of(error: TandemError, request_id: str | None = None) -> bytes:
    """``error`` as an RFC 9457 document, always encodable."""
    document = error.problem()
    if request_id is not None:
        document["request_id"] = request_id
    return _ENCODER.encode(document)


def fault_of(error: TandemError) -> Fault:
    """``error`` as one of several, where what was asked for is the list of them."""
    finding = Finding(severity="error", code=error.code, where=error.field or "", message=error.detail, hint=error.hint)
    said = finding_in_chinese(finding)
    known = said != error.detail
    return Fault(
        code=error.code,
        detail=error.detail,
        field=error.field,
        value=None if error.value is None else shown(error.value),
        hint=error.hint,
        at=error.at,
        detail_zh=said if known else None,
        hint_zh=hint_in_chinese(finding) if known else None,
    )


def problem_headers(error: TandemError) -> list[tuple[bytes, bytes]]:
    """The headers a problem needs besides its content type."""
    if isinstance(error, Unavailable | TooOften):
        return [(b"retry-after", str(error.retry_after_s).encode())]
    if isinstance(error, NotSignedIn):
        return [(b"www-authenticate", b"Bearer")]
    if isinstance(error, MethodNotAllowed):
        return [(b"allow", ", ".join(error.allowed).encode())]
    return []


def internal_problem(request_id: str) -> bytes:
    """The answer to a mistake of ours: says nothing about the inside, names the request to look for in the log."""
    return _ENCODER.encode(
        {
            "type": "https://tandem-risk.org/problems/internal",
            "title": "A mistake of ours",
            "status": 500,
            "detail": "The request could not be answered. Nothing is known to be wrong with it.",
            "code": "internal",
            "hint": "try again with the same event_id; if it stays, report the request_id",
            "request_id": request_id,
        }
    )
