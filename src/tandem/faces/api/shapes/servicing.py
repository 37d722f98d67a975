"""What people do to accounts, alone or by two. Amounts are whole minor units of the account's currency."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.act.lending import Act, DeedState, Reason, SecondFor
from tandem.faces.api.shapes.accounts import AccountDetail, AccountShown
from tandem.faces.api.shapes.vocabulary import Fault, Instant, Note, Who

__all__ = [
    "AccountStanding",
    "ActDone",
    "ActEffect",
    "ActLook",
    "ActPage",
    "ActRequest",
    "ActShown",
    "AgreementRequest",
    "ProposalPage",
    "ProposalShown",
    "SettlementRequest",
]

_Key = Annotated[str, Meta(min_length=1, max_length=200, description="your id; the idempotency key")]
_Note = Annotated[Note, Meta(description="kept sealed under the key of whose account it is")]


class ActLook(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What would this come to?"""

    act: Act


class ActRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Do this. The same ``act_id`` again does nothing more; it is also what a fact that comes of it is reversed by.

    Attributes:
        reason: a code; ``other`` needs a note.
    """

    act_id: _Key
    act: Act
    reason: Reason
    note: _Note = ""
    by: Who | None = None


class AgreementRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Agree to what another person proposed.

    Attributes:
        version: of the account, as you saw it; refused where it is another one by now.
    """

    version: Annotated[int, Meta(ge=1, le=2**53)]
    note: _Note = ""
    by: Who | None = None


class SettlementRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Decline what another person proposed, or withdraw your own."""

    note: _Note = ""
    by: Who | None = None


class AccountStanding(msgspec.Struct, kw_only=True):
    """How an account stands in figures.

    Attributes:
        payoff_minor: what pays everything now. instalments: how many are open.
        next_due, next_minor: what is due next, and when.
    """

    state: Literal["open", "frozen", "written_off", "closed", "repaid"]
    due_minor: int
    payoff_minor: int
    principal_minor: int
    limit_minor: int | None
    available_minor: int
    days_past_due: int
    instalments: int
    next_due: str | None
    next_minor: int


class ActEffect(msgspec.Struct, kw_only=True):
    """What an act comes to today.

    Attributes:
        version: of the account, as this was counted from.
        cost_minor: what the lender gives up; below zero where that is taken back.
        second: why it takes a second person; null where one is enough.
    """

    version: int
    before: AccountStanding
    after: AccountStanding
    cost_minor: int
    second: SecondFor | None


class ActShown(msgspec.Struct, kw_only=True):
    """Something that a person did, or proposed.

    Attributes:
        at: when it was done or proposed; settled_at: when somebody agreed, declined or withdrew.
        reason: null where no person gave one. note, settled_note: null where nothing was written, for callers without
            ``read_personal``, and after an erasure.
        fact_id: what it can be reversed by.
        proposal_id: null where one person was enough.
    """

    act: Act
    state: DeedState
    by: str
    at: Instant
    reason: Reason | None
    note: str | None
    fact_id: str | None
    cost_minor: int
    proposal_id: str | None
    settled_by: str | None
    settled_at: Instant | None
    settled_note: str | None


class ActPage(msgspec.Struct, kw_only=True):
    """What people did to an account or proposed, the newest first."""

    acts: list[ActShown]


class ProposalShown(msgspec.Struct, kw_only=True):
    """What was proposed of an account.

    Attributes:
        effect: what agreeing comes to now; null where it is settled or does not hold any more.
        fails: why it does not hold any more.
    """

    proposal: ActShown
    account: AccountShown
    effect: ActEffect | None
    fails: Fault | None


class ProposalPage(msgspec.Struct, kw_only=True):
    """Proposals: the open ones, the oldest first; or all, the newest first. ``next_after``: give it as ``after``."""

    proposals: list[ProposalShown]
    total: int
    next_after: int | None


class ActDone(msgspec.Struct, kw_only=True):
    """What came of it.

    Attributes:
        proposed: nothing has moved: another person has to agree to ``proposal_id``.
        again: it had been done under this key before.
    """

    account: AccountDetail
    proposed: bool
    proposal_id: str | None
    again: bool
