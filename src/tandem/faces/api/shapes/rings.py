"""Rings: people who apply together, how they hang together, and what was done about them."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Line, Name, Who

__all__ = [
    "RingAction",
    "RingCase",
    "RingCaseRequest",
    "RingCell",
    "RingDetail",
    "RingDismiss",
    "RingEntry",
    "RingEvent",
    "RingFraud",
    "RingIdentifier",
    "RingLink",
    "RingListRequest",
    "RingListed",
    "RingMember",
    "RingMoment",
    "RingPage",
    "RingRadius",
    "RingRadiusRequest",
    "RingRefresh",
    "RingRefreshRequest",
    "RingRefused",
    "RingStep",
    "RingSummary",
    "RingUndo",
    "RingUndone",
    "RingWords",
]

RingId = Annotated[str, Meta(pattern="^ring_[0-9a-f]{32}$")]
PseudonymText = Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
StateText = Literal["open", "listed", "dismissed", "ended"]


class RingWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class RingSummary(msgspec.Struct, kw_only=True):
    """One ring.

    Attributes:
        finder: the definition that found it; graph: what it hangs together in.
        rank: 1 is looked at first; score: what it is ranked by, without unit.
        state: ``listed`` while entries of it stand on a list; ``dismissed`` until it grows; ``ended`` when it was found
            no more.
        size: members; hot: those that look like fraud or are known to be; known_bad, known_good: those whose end is known.
        lift: how many times as much known fraud as among all members of the graph; null before any is known.
        came_1d, came_7d: members that came within.
        identifiers: that at least two of them share.
        at_stake_minor: money asked for by members who were not declined, in minor units; null for a caller without
            ``read_personal``.
        merged_into: the ring that took it in.
    """

    ring_id: RingId
    finder: str
    graph: str
    member_kind: str
    rank: int
    score: float
    state: StateText
    size: int
    cells: int
    hot: int
    known_bad: int
    known_good: int
    lift: float | None
    came_1d: int
    came_7d: int
    identifiers: int
    at_stake_minor: int | None
    born_at: Instant
    changed_at: Instant
    last_joined_at: Instant
    words: RingWords
    case_id: str | None
    merged_into: str | None


class RingPage(msgspec.Struct, kw_only=True):
    """Rings, those to be looked at first in front; ``next_after`` continues, null at the end.

    Attributes:
        as_of: when they were last looked for; null before the first time. seq: the place of the journal they are of.
        finders: definitions in the live release.
    """

    rings: list[RingSummary]
    total: int
    next_after: int | None
    as_of: Instant | None
    seq: int
    finders: list[str]


class RingMember(msgspec.Struct, kw_only=True):
    """Somebody in a ring, by pseudonym.

    Attributes:
        since: first use of something the ring shares; last_at: the last application.
        heat: how much it looks like fraud, 0 to 1; null where no decision scored or judged it.
        bad: True known fraud, False known not to be, null not known.
        grown: it looked like nothing by itself, and is here for at least two identifiers that it shares.
        household: address and a long history are what it shares; it counts for less.
        outcome: of its last decision.
        cell: which part of the ring, from 0.
    """

    member: PseudonymText
    since: Instant
    last_at: Instant
    heat: float | None
    bad: bool | None
    grown: bool
    household: bool
    outcome: str | None
    event_id: str
    amount_minor: int | None
    cell: int


class RingIdentifier(msgspec.Struct, kw_only=True):
    """Something that members share.

    Attributes:
        members: of the ring that use it; users: all who do.
        crowd: so many use it that it joins nobody; or its kind joins nobody.
        known_bad, known_good: of its users.
        on_list: the list it stands on already.
    """

    kind: str
    identifier: PseudonymText
    members: int
    users: int
    crowd: bool
    known_bad: int
    known_good: int
    first_at: Instant
    last_at: Instant
    on_list: str | None


class RingLink(msgspec.Struct, kw_only=True):
    """A member and an identifier that it used. ``tree``: it is one of those few that hold the ring together."""

    member: PseudonymText
    kind: str
    identifier: PseudonymText
    first_at: Instant
    last_at: Instant
    tree: bool


class RingMoment(msgspec.Struct, kw_only=True):
    """A step of how it formed: who came when, and ``size`` with it."""

    at: Instant
    member: PseudonymText
    event_id: str
    outcome: str | None
    size: int


class RingEvent(msgspec.Struct, kw_only=True):
    """What became of a ring, as a sentence; ``rings`` are the others that were part of it."""

    seq: int
    at: Instant
    by: str
    what: Literal[
        "born", "grown", "shrunk", "merged", "split", "ended", "listed", "undone", "dismissed", "returned", "case"
    ]
    joined: int
    left: int
    size: int
    rings: list[str]
    en: str
    zh: str


class RingStep(msgspec.Struct, kw_only=True):
    """A step of a path: over this identifier to that member."""

    kind: str
    identifier: PseudonymText
    member: PseudonymText


class RingFraud(msgspec.Struct, kw_only=True):
    """A known fraud near the ring, and the way there; without steps it is a member."""

    member: PseudonymText
    path: list[RingStep]


class RingCell(msgspec.Struct, kw_only=True):
    """A part of a ring that hangs together more closely."""

    cell: int
    size: int
    known_bad: int


class RingEntry(msgspec.Struct, kw_only=True):
    """An entry on a list, made or to be made because of a ring.

    Attributes:
        kind: of the entity, such as ``person`` or ``device``.
        strength: 1 in the ring, halved with each step away from it.
        path: from a member of the ring to it; empty where it is of the ring.
        already: it stands on that list; it is left as it is.
        now: for what was done, whether it still stands there.
    """

    list_name: str
    kind: str
    entity: PseudonymText
    strength: float
    path: list[RingStep]
    already: bool
    now: Literal["in_force", "expired", "removed", "replaced"] | None


class RingRefused(msgspec.Struct, kw_only=True):
    """An identifier that is not put on a list, and why."""

    kind: str
    entity: PseudonymText
    code: Literal["crowd", "honest_history", "no_list", "joins_nobody"]
    users: int
    known_good: int
    words: RingWords


class RingAction(msgspec.Struct, kw_only=True):
    """Entries that were put on lists at once, and taken off again where ``undone_at``."""

    action_id: str
    at: Instant
    by: str
    reason: str
    automatic: bool
    expires_at: Instant
    entries: list[RingEntry]
    undone_at: Instant | None
    undone_by: str | None


class RingDetail(msgspec.Struct, kw_only=True):
    """A ring with all there is to look at.

    Attributes:
        members: those who came first in front; identifiers: those that most share.
        links: between members and what they share.
        nearest: known frauds, those in it first.
        caveats: what speaks for another explanation.
        proposed: what the automatic rule would block, where it only proposes.
    """

    ring: RingSummary
    members: list[RingMember]
    identifiers: list[RingIdentifier]
    links: list[RingLink]
    cells: list[RingCell]
    timeline: list[RingMoment]
    nearest: list[RingFraud]
    caveats: list[RingWords]
    story: list[RingEvent]
    proposed: list[RingEntry]
    actions: list[RingAction]


class RingRefreshRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Look again now. ``finder``: only by this definition."""

    finder: Name | None = None
    by: Who | None = None


class RingRefresh(msgspec.Struct, kw_only=True):
    """What looking found. ``changes``: how many rings were born, grown, merged, split, ended."""

    as_of: Instant
    seq: int
    took_ms: float
    applications: int
    members: int
    rings: int
    changes: dict[str, int]


class RingRadiusRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would be put on lists.

    Attributes:
        members, identifiers: whether people, and whether what they share.
        steps: how far from the ring people are taken along; 0 for nobody outside of it.
        leave_out: pseudonyms that are not to be put on a list.
        days: decisions of so many days are looked at for what would have changed.
        expires_after: such as 90d; what the definition says where it is left out.
    """

    members: bool = True
    identifiers: bool = True
    steps: Annotated[int, Meta(ge=0, le=4)] = 0
    leave_out: Annotated[list[PseudonymText], Meta(max_length=2_000)] = []
    days: Annotated[int, Meta(ge=1, le=365)] = 30
    expires_after: Annotated[str, Meta(max_length=40)] | None = None


class RingRadius(msgspec.Struct, kw_only=True):
    """Who would be hit, before anybody is.

    Attributes:
        seen: send it along when these entries are to be made.
        members: of the ring that are put on a list or use what is; others: everybody else who is or does.
        good_customers: those of both whose end is known and good; their pseudonyms in ``good_examples``, some of them.
        decisions: on applications within ``days``; changed: of these, those that a list would have decided otherwise, by
            the outcome they had.
    """

    ring_id: RingId
    seen: DigestText
    entries: list[RingEntry]
    refused: list[RingRefused]
    members: int
    others: int
    good_customers: int
    good_examples: list[PseudonymText]
    days: int
    decisions: int
    changed: dict[str, int]
    expires_at: Instant
    words: RingWords


class RingListRequest(RingRadiusRequest, kw_only=True, forbid_unknown_fields=True):
    """Put on lists what a radius showed; ``seen`` is of that radius, and what it asked is asked again."""

    seen: DigestText
    reason: Line
    by: Who | None = None


class RingListed(msgspec.Struct, kw_only=True):
    """What was put on lists; durable, and in force for the next event."""

    ring: RingSummary
    action: RingAction


class RingUndo(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Take off again exactly what one action put on."""

    action_id: Annotated[str, Meta(pattern="^act_[0-9a-f]{32}$")]
    reason: Line
    by: Who | None = None


class RingUndone(msgspec.Struct, kw_only=True):
    """What was taken off; ``kept`` entries had been removed or replaced by somebody since."""

    ring: RingSummary
    action: RingAction
    removed: int
    kept: int


class RingDismiss(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """It is no fraud, and why; it comes back when it grows by a half."""

    reason: Line
    by: Who | None = None


class RingCase(msgspec.Struct, kw_only=True):
    """The case about a ring."""

    ring: RingSummary
    case_id: str


class RingCaseRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Open a case about the ring."""

    by: Who | None = None
