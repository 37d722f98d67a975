"""Lists, their entries, and changes of them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.common import Instant, Line, Who

__all__ = [
    "ListChangeDocument",
    "ListChanged",
    "ListEntryDocument",
    "ListEntryPage",
    "ListEntrySummary",
    "ListMember",
    "ListPage",
    "ListSummary",
]


class ListMember(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A member by its real ``identifier`` (only the pseudonym is kept) or by ``member``, the pseudonym."""

    identifier: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    member: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")] | None = None


class ListEntryDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry to add."""

    reason: Line
    source: Line
    identifier: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    member: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")] | None = None
    expires_at: Instant | None = None
    expires_after: Annotated[str, Meta(description="such as 30d")] | None = None


class ListChangeDocument(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Members to add to and take off a list, at once or not at all. The same ``change_id`` again changes nothing."""

    change_id: Annotated[str, Meta(min_length=1, max_length=255, description="your id; the idempotency key")]
    by: Who
    add: Annotated[list[ListEntryDocument], Meta(max_length=2_000)] = []
    remove: Annotated[list[ListMember], Meta(max_length=2_000)] = []


class ListChanged(msgspec.Struct, kw_only=True):
    """What a change did; durable, and in force for the next event."""

    list: str
    version: int
    list_version: int
    added: int
    renewed: int
    removed: int
    absent: int
    duplicate: bool


class ListSummary(msgspec.Struct, kw_only=True):
    """A list of the live release."""

    name: str
    kind: Literal["block", "watch", "allow"]
    entity: str
    description: str
    entries: int
    version: int


class ListPage(msgspec.Struct, kw_only=True):
    """All lists of the live release."""

    lists: list[ListSummary]


class ListEntrySummary(msgspec.Struct, kw_only=True):
    """An entry; its member by pseudonym."""

    member: str
    reason: str
    source: str
    added_at: Instant
    added_by: str
    expires_at: Instant | None
    in_force: bool


class ListEntryPage(msgspec.Struct, kw_only=True):
    """Entries in the order they were added; ``next_after`` continues, null at the end."""

    entries: list[ListEntrySummary]
    next_after: int | None
