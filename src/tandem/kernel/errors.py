"""Every error Tandem shows to a person or a program.

One tree, drawn here, so a reader knows all of it at once:

    TandemError
    |- InvalidInput        400/422  the caller's data is wrong: names field, value, remedy
    |- DefinitionError     422      an artefact (policy, feature, event type ...) does not hold together
    |- NotFound            404      names what was asked for, and the near match
    |- Conflict            409      the same key with other content, or a stale draft
    |- NotSignedIn         401      who asks is not known, or no longer
    |- Refused             403      the caller may not, or the rules of review forbid it
    |- TooLarge            413      over a limit of the limits table
    |- TooOften            429      this caller asks too often: says when to come back
    |- Unavailable         503      not now: says when to come back
    `- IntegrityError      500      stored data is not what was written: names the position

An error carries a stable ``code`` that programs may rely on, and words for people. RFC 9457 problem documents are
made from it in one place, so the API, the CLI and the console all say the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from typing import Any, ClassVar

__all__ = [
    "Conflict",
    "DefinitionError",
    "IntegrityError",
    "InvalidInput",
    "NotFound",
    "NotSignedIn",
    "Refused",
    "TandemError",
    "TooLarge",
    "TooOften",
    "Unavailable",
    "near_match",
    "shown",
]

_SHOWN_LENGTH = 80


class TandemError(Exception):
    """Base of all errors meant for a caller.

    Args:
        detail: one sentence in plain words: what happened.
        code: stable, lower_snake identifier; part of the public contract.
        field: path of the offending field (``fields[2].type``), if one is to blame.
        value: the offending value; shown shortened and never when it may be personal data.
        hint: what to do about it.
        at: position in a text or file, such as ``line 4, column 12``.
    """

    status: ClassVar[int] = 500
    title: ClassVar[str] = "Error"
    default_code: ClassVar[str] = "error"

    def __init__(
        self,
        detail: str,
        *,
        code: str | None = None,
        field: str | None = None,
        value: object = None,
        hint: str | None = None,
        at: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code or self.default_code
        self.field = field
        self.value = value
        self.hint = hint
        self.at = at

    def __str__(self) -> str:
        parts = [self.detail]
        if self.field is not None:
            parts.append(f"field: {self.field}")
        if self.value is not None:
            parts.append(f"value: {shown(self.value)}")
        if self.at is not None:
            parts.append(f"at: {self.at}")
        if self.hint is not None:
            parts.append(f"hint: {self.hint}")
        return "; ".join(parts)

    def problem(self) -> dict[str, Any]:
        """The RFC 9457 problem document of this error; every value can be encoded as JSON."""
        document: dict[str, Any] = {
            "type": f"https://tandem-risk.org/problems/{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "code": self.code,
        }
        if self.field is not None:
            document["field"] = self.field
        if self.value is not None:
            document["value"] = shown(self.value)
        if self.hint is not None:
            document["hint"] = self.hint
        if self.at is not None:
            document["at"] = self.at
        return document


class InvalidInput(TandemError):
    """The caller's data cannot be taken; nothing of it was kept.

    ``errors`` lists every fault found where a document was read whole; the error itself then speaks for the first.
    """

    status = 422
    title = "The input cannot be taken"
    default_code = "invalid_input"
    errors: tuple[InvalidInput, ...] = ()

    def problem(self) -> dict[str, Any]:
        return _with_faults(super().problem(), self.errors)


class DefinitionError(TandemError):
    """A definition does not hold together and cannot be published.

    ``errors`` lists every fault where several definitions were looked at together.
    """

    status = 422
    title = "The definition does not hold together"
    default_code = "invalid_definition"
    errors: tuple[TandemError, ...] = ()

    def problem(self) -> dict[str, Any]:
        return _with_faults(super().problem(), self.errors)


class NotFound(TandemError):
    """Nothing is known under that name."""

    status = 404
    title = "Not found"
    default_code = "not_found"


class Conflict(TandemError):
    """The request contradicts what is already recorded."""

    status = 409
    title = "Conflict with what is recorded"
    default_code = "conflict"


class NotSignedIn(TandemError):
    """Who asks is not known, or no longer."""

    status = 401
    title = "Not signed in"
    default_code = "not_signed_in"


class Refused(TandemError):
    """The caller may not do this, or the rules of review forbid it."""

    status = 403
    title = "Refused"
    default_code = "refused"


class TooLarge(TandemError):
    """Over a limit of the limits table."""

    status = 413
    title = "Over a limit"
    default_code = "too_large"


class TooOften(TandemError):
    """This caller asks too often. ``retry_after_s`` says when to come back."""

    status = 429
    title = "Too often"
    default_code = "too_often"

    def __init__(
        self, detail: str, *, retry_after_s: int = 1, code: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(detail, code=code, hint=hint)
        self.retry_after_s = retry_after_s


class Unavailable(TandemError):
    """Not now. ``retry_after_s`` says when to come back."""

    status = 503
    title = "Not available now"
    default_code = "unavailable"

    def __init__(
        self, detail: str, *, retry_after_s: int = 1, code: str | None = None, hint: str | None = None
    ) -> None:
        super().__init__(detail, code=code, hint=hint)
        self.retry_after_s = retry_after_s


class IntegrityError(TandemError):
    """Stored data is not what was written."""

    status = 500
    title = "Stored data is not what was written"
    default_code = "integrity"


def near_match(name: str, known: Iterable[str]) -> str | None:
    """A hint naming the closest known names, or None when nothing is close."""
    candidates = sorted(known)
    close = get_close_matches(name, candidates, n=3, cutoff=0.6)
    if close:
        return "did you mean " + " or ".join(repr(c) for c in close) + "?"
    if candidates and len(candidates) <= 12:
        return "known: " + ", ".join(candidates)
    return None


def shown(value: object) -> str:
    """``value`` as text that is safe and short enough for an error message.

    Lone surrogates, control characters and long values are escaped or cut, so that an error document can always be
    encoded and never floods a log.
    """
    try:
        text = value if isinstance(value, str) else repr(value)
    except (ValueError, RecursionError):  # an integer of thousands of digits, a document nested without end
        text = f"<{type(value).__name__}>"
    if len(text) > _SHOWN_LENGTH:
        text = text[: _SHOWN_LENGTH - 3] + "..."
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\x00", "\\x00")


def _with_faults(document: dict[str, Any], errors: Sequence[TandemError]) -> dict[str, Any]:
    if errors:
        keys = ("code", "field", "value", "hint", "at", "detail")
        found = (error.problem() for error in errors)
        document["errors"] = [{key: each[key] for key in keys if key in each} for each in found]
    return document
