"""The nouns: an artefact is one definition at one moment; a release is the set that is live together."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros

__all__ = [
    "Activation",
    "Artefact",
    "ArtefactKey",
    "ArtefactState",
    "ArtefactVersion",
    "Decline",
    "Release",
    "Review",
    "Withdrawal",
    "manifest_digest",
]


class ArtefactKey(NamedTuple):
    """What an artefact is known by over all its versions, such as ``policy/instalment_loan``."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind}/{self.name}"

    @classmethod
    def of(cls, text: str) -> ArtefactKey:
        """The key written as ``kind/name``."""
        kind, _, name = text.partition("/")
        return cls(kind, name)


class Artefact(msgspec.Struct, frozen=True):
    """One immutable definition.

    Attributes:
        kind: ``event_type``, ``policy``, ``model`` ...
        name: lower_snake, unique in its kind.
        body: the definition itself, JSON-like.
        digest: content address over kind, name and body.
    """

    kind: str
    name: str
    body: dict[str, Any]
    digest: Digest

    @classmethod
    def of(cls, kind: str, name: str, body: dict[str, Any]) -> Artefact:
        """The artefact with this content; the digest follows from it."""
        return cls(kind, name, body, digest_of({"kind": kind, "name": name, "body": body}))

    @property
    def key(self) -> ArtefactKey:
        """What it is known by over all its versions."""
        return ArtefactKey(self.kind, self.name)


class ArtefactState(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    DECLINED = "declined"
    REVIEWED = "reviewed"
    LIVE = "live"
    RETIRED = "retired"


class Review(msgspec.Struct, frozen=True):
    """Somebody looked at a version and put their name to it."""

    approver: str
    at: Micros
    note: str = ""


class Decline(msgspec.Struct, frozen=True):
    """Somebody looked at a version and sent it back."""

    by: str
    at: Micros
    reason: str


class Withdrawal(msgspec.Struct, frozen=True):
    """Somebody, or a guard rail, took a version out of force."""

    by: str
    at: Micros
    reason: str


class ArtefactVersion(msgspec.Struct, frozen=True):
    """A version with its history. The newest judgement counts: an approval after ``decline`` puts that aside."""

    artefact: Artefact
    author: str
    pushed_at: Micros
    note: str = ""
    reviews: tuple[Review, ...] = ()
    decline: Decline | None = None


class Release(msgspec.Struct, frozen=True):
    """The set of artefact digests that go live together.

    Attributes:
        digest: over the manifest alone, so the same set is the same release whoever made it and whenever.
        manifest: ``kind/name`` to artefact digest.
    """

    digest: Digest
    manifest: dict[str, Digest]
    by: str
    at: Micros
    note: str = ""


class Activation(msgspec.Struct, frozen=True):
    """One time a release went live: put together then, or gone back to."""

    at: Micros
    release: Digest
    by: str
    note: str = ""
    rolled_back: bool = False


def manifest_digest(manifest: dict[str, Digest]) -> Digest:
    """The release digest of ``manifest``."""
    return digest_of(manifest)
