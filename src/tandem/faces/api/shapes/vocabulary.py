"""What many documents share: limits, names, and the one way to say what is wrong."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

__all__ = [
    "BATCH_MAX",
    "PAGE_MAX",
    "DigestText",
    "Fault",
    "Instant",
    "Line",
    "Name",
    "Note",
    "OutcomeText",
    "Problem",
    "TwoTongues",
    "Who",
]

BATCH_MAX = 200
"""Events in one batch request."""
PAGE_MAX = 200
"""Items in one page of a listing."""
Name = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,79}$")]
DigestText = Annotated[str, Meta(pattern="^[0-9a-f]{64}$", description="SHA-256 of the content")]
Instant = Annotated[str, Meta(description="RFC 3339, UTC")]
Who = Annotated[str, Meta(min_length=1, max_length=255, description="in whose name; counts only from a process")]
Note = Annotated[str, Meta(max_length=2_000)]
Line = Annotated[str, Meta(min_length=1, max_length=500)]
OutcomeText = Literal["approve", "review", "decline"]


class Fault(msgspec.Struct, kw_only=True, omit_defaults=True):
    """One fault of what was read whole.

    Attributes:
        at: where, such as the definition of a release, or a line.
        detail_zh, hint_zh: the same in Chinese, where there are words.
    """

    code: str
    detail: str
    field: str | None = None
    value: str | None = None
    hint: str | None = None
    at: str | None = None
    detail_zh: str | None = None
    hint_zh: str | None = None


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An RFC 9457 problem document. ``code`` is stable; the words are for people."""

    type: str
    title: str
    status: int
    detail: str
    code: str
    field: str | None = None
    value: str | None = None
    hint: str | None = None
    at: str | None = None
    request_id: str | None = None
    errors: list[Fault] = []


class TwoTongues(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str
