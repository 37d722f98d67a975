"""Lists, their entries, and changes of them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant, Line, OutcomeText, Who

__all__ = [
    "ListBulk",
    "ListBulkRequest",
    "ListChangeDocument",
    "ListChangePage",
    "ListChangeSummary",
    "ListChanged",
    "ListEntryChange",
    "ListEntryDocument",
    "ListEntryPage",
    "ListEntrySummary",
    "ListHit",
    "ListHits",
    "ListLookup",
    "ListMember",
    "ListMemberDetail",
    "ListMemberHits",
    "ListPage",
    "ListPreview",
    "ListPreviewRequest",
    "ListRejectedRow",
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
    by: Who | None = None
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
    """Entries in the order asked for; ``total`` of all pages; ``next_after`` continues, null at the end."""

    entries: list[ListEntrySummary]
    total: int
    next_after: int | None


class ListEntryChange(msgspec.Struct, kw_only=True):
    """One thing that happened to a member of a list."""

    seq: int
    at: Instant
    by: str
    change_id: str
    what: Literal["added", "renewed", "removed"]
    reason: str | None
    source: str | None
    expires_at: Instant | None


class ListMemberDetail(msgspec.Struct, kw_only=True):
    """One member: its entry, null where it is not on the list, and everything that happened to it."""

    name: str
    member: str
    entry: ListEntrySummary | None
    history: list[ListEntryChange]


class ListLookup(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The question whether somebody is on a list, by the real identifier or the pseudonym."""

    identifier: Annotated[str, Meta(min_length=1, max_length=255)]


class ListChangeSummary(msgspec.Struct, kw_only=True):
    """One change of a list, in numbers."""

    seq: int
    at: Instant
    by: str
    change_id: str
    name: str
    add: int
    remove: int
    reason: str | None


class ListChangePage(msgspec.Struct, kw_only=True):
    """Changes, newest first; ``next_before`` continues, null at the end."""

    changes: list[ListChangeSummary]
    next_before: int | None


LookBack = Annotated[int, Meta(ge=1, le=100_000, description="decisions looked through, newest first")]


class ListPreviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A change that is not made."""

    add: Annotated[list[ListEntryDocument], Meta(max_length=2_000)] = []
    remove: Annotated[list[ListMember], Meta(max_length=2_000)] = []
    look_back: LookBack = 20_000


class ListHit(msgspec.Struct, kw_only=True):
    """One decision about a member."""

    seq: int
    decision_id: str
    event_id: str
    decided_at: Instant
    policy: str
    outcome: OutcomeText
    member: str


class ListMemberHits(msgspec.Struct, kw_only=True):
    """How often one member was met."""

    member: str
    decisions: int
    outcomes: dict[str, int]
    last_at: Instant


class ListHits(msgspec.Struct, kw_only=True):
    """Whom a change would have met among the newest decisions.

    Attributes:
        looked_at: decisions looked through; ``since`` when the oldest of them was taken.
        decisions: those about one of the members; ``members`` how many of them were met.
        outcomes, policies: of those decisions, counted by what they were then.
        most: members met most often. examples: the newest such decisions.
    """

    looked_at: int
    since: Instant | None
    decisions: int
    members: int
    outcomes: dict[str, int]
    policies: dict[str, int]
    most: list[ListMemberHits]
    examples: list[ListHit]


class ListPreview(msgspec.Struct, kw_only=True):
    """What a change would do, and whom it would meet; nothing is changed."""

    name: str
    added: int
    renewed: int
    removed: int
    absent: int
    hits: ListHits


class ListBulkRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Many rows pasted as text; only looked at unless ``apply``.

    Attributes:
        text: one identifier per line, or a table whose first line names its columns.
        reason, source, expires_at, expires_after: for rows that lack them.
        change_id: the idempotency key; needed to apply.
        skip_rejected: apply what can be taken; otherwise one bad row keeps all of them out.
    """

    text: Annotated[str, Meta(min_length=1, max_length=4_000_000)]
    action: Literal["add", "remove"] = "add"
    reason: Line | None = None
    source: Line | None = None
    expires_at: Instant | None = None
    expires_after: Annotated[str, Meta(max_length=40, description="such as 30d")] | None = None
    look_back: LookBack = 20_000
    apply: bool = False
    skip_rejected: bool = False
    change_id: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    by: Who | None = None


class ListRejectedRow(msgspec.Struct, kw_only=True):
    """A row that cannot be taken, by the number of its line; never the identifier itself."""

    line: int
    field: str
    message: str
    hint: str | None


class ListBulk(msgspec.Struct, kw_only=True):
    """What the rows are, what they would do, whom they would meet, and what was done."""

    name: str
    action: Literal["add", "remove"]
    rows: int
    accepted: int
    repeated: int
    rejected: list[ListRejectedRow]
    preview: ListPreview | None
    changed: ListChanged | None
