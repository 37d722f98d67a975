"""What can go wrong, as exceptions.

TandemError
|- ConnectionFailed      no answer, after all attempts
|- IncompleteAnswer      an answer that is not whole, or not about what was asked, after all attempts
|- InvalidSignature      a webhook that is not from whom it says
`- Problem               the server refused and says why: status, code, field, hint
   |- InvalidRequest     400, 413, 415, 422
   |- NotSignedIn        401
   |- NotPermitted       403
   |- NotFound           404
   |- Conflict           409
   |- RateLimited        429
   `- Unavailable        503, after all attempts
"""

from __future__ import annotations

from typing import Any

import msgspec

__all__ = [
    "Conflict",
    "ConnectionFailed",
    "Fault",
    "IncompleteAnswer",
    "InvalidRequest",
    "InvalidSignature",
    "NotFound",
    "NotPermitted",
    "NotSignedIn",
    "Problem",
    "RateLimited",
    "TandemError",
    "Unavailable",
    "problem_of",
]


class TandemError(Exception):
    """Base of all errors of this package."""


class ConnectionFailed(TandemError):
    """There was no answer. The event may or may not be on record: send it again under the same ``event_id``."""


class IncompleteAnswer(TandemError):
    """The answer is not whole, or not about what was asked; treat it as none, and send the same again."""


class InvalidSignature(TandemError):
    """A webhook's signature, time or shape is not what it must be: do not act on it."""


class Fault(msgspec.Struct, frozen=True, kw_only=True):
    """One fault of a document that was read whole."""

    code: str
    detail: str
    field: str | None = None
    value: str | None = None
    hint: str | None = None


class Problem(TandemError):
    """The server refused, and says why.

    Attributes:
        status: of HTTP.
        code: stable; programs rely on it.
        detail, field, value, hint, at: for people.
        request_id: to look for in the server's log.
        errors: every fault found, where a document was read whole.
        retry_after_s: when to come back, where the server says so.
    """

    def __init__(
        self, document: dict[str, Any], *, status: int, retry_after_s: int | None = None, request_id: str | None = None
    ) -> None:
        self.status = status
        self.code: str = str(document.get("code", "unknown"))
        self.detail: str = str(document.get("detail", "The server refused."))
        self.field: str | None = document.get("field")
        self.value: str | None = document.get("value")
        self.hint: str | None = document.get("hint")
        self.at: str | None = document.get("at")
        self.request_id: str | None = document.get("request_id", request_id)
        self.errors = tuple(msgspec.convert(each, Fault) for each in document.get("errors", ()))
        self.retry_after_s = retry_after_s
        told = [f"{self.code} ({status}): {self.detail}"]
        told += [f"{name}: {value}" for name in ("field", "hint", "request_id") if (value := getattr(self, name))]
        super().__init__("; ".join(told))


class InvalidRequest(Problem):
    """The request cannot be taken; nothing of it was kept."""


class NotSignedIn(Problem):
    """The key is not known, or no longer."""


class NotPermitted(Problem):
    """The key may not do this."""


class NotFound(Problem):
    """Nothing is known under that name; the hint may name what is."""


class Conflict(Problem):
    """The request contradicts what is on record."""


class RateLimited(Problem):
    """The key asks more often than it may."""


class Unavailable(Problem):
    """Not now."""


_BY_STATUS: dict[int, type[Problem]] = {
    400: InvalidRequest,
    401: NotSignedIn,
    403: NotPermitted,
    404: NotFound,
    409: Conflict,
    413: InvalidRequest,
    415: InvalidRequest,
    422: InvalidRequest,
    429: RateLimited,
    503: Unavailable,
}


def problem_of(
    document: dict[str, Any], *, status: int, retry_after_s: int | None = None, request_id: str | None = None
) -> Problem:
    """The exception for a problem document."""
    kind = _BY_STATUS.get(status, Problem)
    return kind(document, status=status, retry_after_s=retry_after_s, request_id=request_id)
