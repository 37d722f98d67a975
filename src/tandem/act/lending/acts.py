"""What people do to accounts: what may be asked for, why, and what became of it.

What costs the lender money or is hard to undo takes two people: one proposes, another agrees. Everything that was done
or proposed is a deed, and stays with the account.
"""

from __future__ import annotations

from typing import Annotated, Literal, NewType, TypeAlias

import msgspec
from msgspec import Meta

from tandem.kernel.time import Micros

__all__ = [
    "Act",
    "Close",
    "Deed",
    "DeedState",
    "Freeze",
    "MoveLimit",
    "ProposalId",
    "Reason",
    "Reschedule",
    "Reverse",
    "Unfreeze",
    "Waive",
    "WriteOff",
]

ProposalId = NewType("ProposalId", str)
Reason: TypeAlias = Literal[
    "customer_asked",
    "deceased",
    "fraud",
    "goodwill",
    "hardship",
    "our_mistake",
    "risk",
    "settlement",
    "uncollectable",
    "other",
]
"""Why, as a code; what is personal about it stands in the note, which is sealed."""
DeedState: TypeAlias = Literal["done", "open", "agreed", "declined", "withdrawn"]
"""``done``: by one person alone; ``open``: proposed, and nobody has said anything yet."""

_Minor: TypeAlias = Annotated[int, Meta(ge=0, le=10**15)]
_Plan: TypeAlias = Annotated[str, Meta(min_length=1, max_length=100)]


class _Act(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="act", forbid_unknown_fields=True):
    pass


class Waive(_Act, frozen=True, tag="waive", kw_only=True, omit_defaults=True):
    """Give up some of what is due on a plan, oldest first; ``rest``: everything that is still owed on it."""

    plan: _Plan
    fee_minor: _Minor = 0
    penalty_minor: _Minor = 0
    interest_minor: _Minor = 0
    rest: bool = False


class Reschedule(_Act, frozen=True, tag="reschedule", kw_only=True, omit_defaults=True):
    """Make all that is owed on a plan the principal of a new schedule of ``count`` instalments, at that rate a year."""

    plan: _Plan
    count: Annotated[int, Meta(ge=1, le=480)]
    rate_bps: Annotated[int, Meta(ge=0, le=1_000_000)]


class WriteOff(_Act, frozen=True, tag="write_off", kw_only=True, omit_defaults=True):
    """Expect nothing more of a plan; what still comes is a recovery."""

    plan: _Plan


class MoveLimit(_Act, frozen=True, tag="move_limit", kw_only=True, omit_defaults=True):
    """Set the limit."""

    limit_minor: _Minor


class Freeze(_Act, frozen=True, tag="freeze", kw_only=True, omit_defaults=True):
    """Let nothing more be drawn."""


class Unfreeze(_Act, frozen=True, tag="unfreeze", kw_only=True, omit_defaults=True):
    """Let it be drawn on again."""


class Close(_Act, frozen=True, tag="close", kw_only=True, omit_defaults=True):
    """End it: nothing is owed and nothing will be drawn."""


class Reverse(_Act, frozen=True, tag="reverse", kw_only=True, omit_defaults=True):
    """Take back what had not happened or was a mistake: the fact of that id."""

    plan: _Plan
    fact_id: Annotated[str, Meta(min_length=1, max_length=200)]


Act: TypeAlias = Waive | Reschedule | WriteOff | MoveLimit | Freeze | Unfreeze | Close | Reverse


class Deed(msgspec.Struct, kw_only=True, array_like=True, gc=False):
    """Something that was done to an account, or proposed.

    Attributes:
        by, at, seq: who did or proposed it; when that was recorded, and where; the note is sealed there.
        reason: None where no person gave one.
        fact_id: what it can be reversed by, once it is done.
        cost_minor: what the lender gave up by it; of a proposal, what it would have as it was proposed.
        proposal: its id, where it took two people.
        settled_by, settled_at, settled_seq: who agreed, declined or withdrew; the note of that is sealed there.
    """

    act: Act
    by: str
    at: Micros
    seq: int
    reason: Reason | None = None
    fact_id: str = ""
    cost_minor: int = 0
    state: DeedState = "done"
    proposal: ProposalId | None = None
    settled_by: str | None = None
    settled_at: Micros | None = None
    settled_seq: int | None = None
