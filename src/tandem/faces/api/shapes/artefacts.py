"""Versions of definitions, and the way from a draft to a release."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Fault, Instant, Name, Note, TwoTongues, Who

__all__ = [
    "ArtefactDocument",
    "ArtefactPage",
    "ArtefactSummary",
    "CheckRequest",
    "Checked",
    "FullArtefact",
    "PushRequest",
    "Pushed",
    "ReleasePage",
    "ReleaseRequest",
    "ReleaseSummary",
    "Released",
    "ReviewRequest",
    "RollBackRequest",
]


class ArtefactDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One definition."""

    kind: Name
    name: Name
    body: dict[str, Any]


class PushRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """New drafts."""

    author: Who | None = None
    artefacts: Annotated[list[ArtefactDocument], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ArtefactSummary(msgspec.Struct, kw_only=True):
    """One version of a definition."""

    kind: str
    name: str
    digest: DigestText
    state: Literal["draft", "declined", "reviewed", "live", "retired"]
    author: str
    pushed_at: Instant
    approvers: list[str]


class ArtefactPage(msgspec.Struct, kw_only=True):
    """The newest version of every definition, or every version of one."""

    artefacts: list[ArtefactSummary]


class FullArtefact(ArtefactSummary, kw_only=True):
    """A version with its content."""

    body: dict[str, Any]


class Pushed(msgspec.Struct, kw_only=True):
    """What was new among the definitions pushed."""

    artefacts: list[ArtefactSummary]


class CheckRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A draft that nobody has pushed yet."""

    artefact: ArtefactDocument


class Checked(msgspec.Struct, kw_only=True):
    """What a draft would be beside everything that is live.

    Attributes:
        words: what is new in it. same: nothing is: it is the live version.
        faults: why it does not hold, or what else would not any more; ``at`` names the definition.
        warnings: what would be odd, though not wrong, and is not yet.
    """

    same: bool
    words: list[TwoTongues]
    faults: list[Fault]
    warnings: list[str]


class ReviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The approval of versions."""

    approver: Who | None = None
    digests: Annotated[list[DigestText], Meta(min_length=1, max_length=500)]
    note: Note = ""


class ReleaseRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Versions that go live together, on top of what is live unless ``replace_all``."""

    by: Who | None = None
    digests: Annotated[list[DigestText], Meta(max_length=2_000)] = []
    remove: Annotated[list[Annotated[str, Meta(max_length=200)]], Meta(max_length=2_000)] = []
    replace_all: bool = False
    note: Note = ""


class RollBackRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The return to an earlier release; to the one before when ``to`` is null."""

    by: Who | None = None
    to: DigestText | None = None
    note: Note = ""


class Released(msgspec.Struct, kw_only=True):
    """The release in force now."""

    release: DigestText


class ReleaseSummary(msgspec.Struct, kw_only=True):
    """One time a release went live."""

    release: DigestText
    live: bool
    activated_at: Instant
    activated_by: str
    note: str
    rolled_back: bool
    manifest: dict[str, str]


class ReleasePage(msgspec.Struct, kw_only=True):
    """Every activation, newest first; roll-backs included. ``back_to``: what a roll-back puts in force unless it names a release."""

    releases: list[ReleaseSummary]
    back_to: DigestText | None
