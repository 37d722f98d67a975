"""The nouns of lists: what a list is, who is in it and why, and a change to it."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest, EntityKind, Pseudonym
from tandem.kernel.time import Micros

__all__ = [
    "MAX_CHANGE",
    "MAX_TEXT",
    "ChangePreview",
    "ChangeReceipt",
    "ListChange",
    "ListDefinition",
    "ListEntry",
    "ListKind",
]

ListKind: TypeAlias = Literal["block", "watch", "allow"]

MAX_CHANGE: Final = 100_000
"""Members in one change; a larger import is several changes."""
MAX_TEXT: Final = 500
"""Characters of a reason, a source or a name of a person."""


class ListDefinition(msgspec.Struct, frozen=True, kw_only=True):
    """A list, as an artefact; its members live in the journal.

    Attributes:
        name: lower_snake; how policies call it.
        kind: ``block``, ``watch`` or ``allow``; what a policy does with it is written in the policy.
        entity: kind of its members: ``person``, ``device`` ...
        description: one line for people.
        expires_after: default life of an entry in microseconds; None: entries stay until removed.
    """

    name: str
    kind: ListKind
    entity: EntityKind
    description: str = ""
    expires_after: int | None = None


class ListEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One member and why.

    Attributes:
        member: pseudonym; the list never holds a real identifier.
        reason: why, for people; required.
        source: where the knowledge comes from; required.
        added_at: processing time.
        added_by: who.
        expires_at: event time from which it no longer counts; None: never.
    """

    member: Pseudonym
    reason: str
    source: str
    added_at: Micros
    added_by: str
    expires_at: Micros | None = None


class ListChange(msgspec.Struct, frozen=True, kw_only=True):
    """Members added to and removed from one list, at once or not at all.

    Attributes:
        change_id: idempotency key.
        list: name of the list.
        at: processing time; by: who.
        add: new entries; one for a member already there takes its place.
        remove: members that leave; applied before ``add``.
        request: digest of the request it was read from; None for a change made in code.
    """

    change_id: str
    list: str
    at: Micros
    by: str
    add: tuple[ListEntry, ...] = ()
    remove: tuple[Pseudonym, ...] = ()
    request: Digest | None = None

    def digest(self) -> Digest:
        """Digest of what is asked for: who, when and ids aside, so that a retry is recognised as the same."""
        if self.request is not None:
            return self.request
        asked = [(e.member, e.reason, e.source, e.expires_at) for e in self.add]
        return digest_of([self.list, asked, self.remove])


class ChangePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What a change would do: counts of members that are new, get a new entry, leave, or were not there to leave."""

    added: int
    renewed: int
    removed: int
    absent: int


class ChangeReceipt(msgspec.Struct, frozen=True, kw_only=True):
    """What a change did. ``version`` is that of all lists after it; a ``duplicate`` changed nothing."""

    version: int
    list_version: int
    added: int
    renewed: int
    removed: int
    absent: int
    duplicate: bool = False
