"""Releases looked at: before they are made, and afterwards."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Fault, Instant, TwoTongues, Who

__all__ = [
    "ActivationSummary",
    "Approval",
    "DeclineNote",
    "DeclineRequest",
    "ReleaseChange",
    "ReleaseDetail",
    "ReleasePart",
    "ReleasePreviewRequest",
    "ReleasePreviewed",
    "ReviewQueue",
    "SentBack",
]

StateText = Literal["draft", "declined", "reviewed", "live", "retired"]
_Key = Annotated[str, Meta(max_length=200)]


class Approval(msgspec.Struct, kw_only=True):
    """Somebody put their name to a version."""

    approver: str
    at: Instant
    note: str


class DeclineNote(msgspec.Struct, kw_only=True):
    """Somebody sent a version back."""

    by: str
    at: Instant
    reason: str


class ReleaseChange(msgspec.Struct, kw_only=True):
    """One definition that differs: from ``old`` to ``new``, in words.

    Attributes:
        state, author, pushed_at, note, approvals, declined: of ``new``; of ``old`` where the definition is taken out.
    """

    kind: str
    name: str
    what: Literal["added", "removed", "changed"]
    old: DigestText | None
    new: DigestText | None
    state: StateText
    author: str
    pushed_at: Instant
    note: str
    approvals: list[Approval]
    declined: DeclineNote | None
    words: list[TwoTongues]


class ReleasePreviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A release that is not made."""

    digests: Annotated[list[DigestText], Meta(max_length=2_000)] = []
    remove: Annotated[list[_Key], Meta(max_length=2_000)] = []
    replace_all: bool = False


class ReleasePreviewed(msgspec.Struct, kw_only=True):
    """What a release would change and whether it could be made.

    Attributes:
        waiting: versions (``kind/name``) in it that nobody has approved, or that were sent back.
        faults: why it does not hold together. warnings: what is odd but not wrong.
        ready: whether it could be made now.
    """

    release: DigestText
    live: DigestText | None
    changes: list[ReleaseChange]
    waiting: list[str]
    faults: list[Fault]
    warnings: list[str]
    ready: bool


class ReleasePart(msgspec.Struct, kw_only=True):
    """One version in a release."""

    kind: str
    name: str
    digest: DigestText
    author: str
    pushed_at: Instant
    approvals: list[Approval]


class ActivationSummary(msgspec.Struct, kw_only=True):
    """One time it went live."""

    at: Instant
    by: str
    note: str
    rolled_back: bool


class ReleaseDetail(msgspec.Struct, kw_only=True):
    """One release: what is in it, what it changed, who approved it, when it was live.

    Attributes:
        against: the release that ``changes`` are told against: the one that was live before it, or the one asked for.
        activations: newest first.
    """

    release: DigestText
    live: bool
    by: str
    at: Instant
    note: str
    against: DigestText | None
    changes: list[ReleaseChange]
    parts: list[ReleasePart]
    activations: list[ActivationSummary]


class ReviewQueue(msgspec.Struct, kw_only=True):
    """Newest versions that are not live, each against the version that is.

    Attributes:
        waiting: nobody has judged them. approved: ready for a release. declined: sent back to their authors.
    """

    waiting: list[ReleaseChange]
    approved: list[ReleaseChange]
    declined: list[ReleaseChange]


class DeclineRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Versions sent back to their authors."""

    digests: Annotated[list[DigestText], Meta(min_length=1, max_length=500)]
    reason: Annotated[str, Meta(min_length=1, max_length=2_000)]
    by: Who | None = None


class SentBack(msgspec.Struct, kw_only=True):
    """The versions that were sent back."""

    digests: list[DigestText]
