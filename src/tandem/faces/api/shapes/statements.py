"""Statements and payoff quotes as documents. Amounts are whole minor units of the account's currency."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name

__all__ = [
    "BalancesShown",
    "BorrowerNamed",
    "ContractRequest",
    "MovementShown",
    "PayoffDay",
    "PayoffShown",
    "PlanPayoffShown",
    "PlanStatementShown",
    "StatementLine",
    "StatementShown",
    "TakenBackShown",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_What = Literal[
    "drawn", "charged", "met", "paid", "refunded", "returned", "waived", "rescheduled", "written_off", "recovered"
]


_Text = Annotated[str, Meta(min_length=1, max_length=200)]


class BorrowerNamed(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Who borrows, as the contract is to say it; not kept."""

    name: _Text
    identifier: _Text | None = None
    address: _Text | None = None


class ContractRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A contract with the borrower's name."""

    borrower: BorrowerNamed
    language: Literal["en", "zh-CN"] = "en"


class BalancesShown(msgspec.Struct, kw_only=True):
    """What is owed by component, interest as far as it has accrued; or how these moved.

    Attributes:
        waiting_minor: the customer's money that has met nothing yet.
        owed_minor: all components together, what waits not taken off.
    """

    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    waiting_minor: int
    owed_minor: int


class MovementShown(msgspec.Struct, kw_only=True):
    """Something that moved a plan.

    Attributes:
        on: the day it counts from; heard_at: when it was recorded, null of what only time did.
        amount_minor: money that came or went; effect: what it did to each balance.
        id: its key; by: who recorded it.
    """

    on: _Day
    what: _What
    amount_minor: int | None
    effect: BalancesShown
    heard_at: Instant | None
    id: str | None
    by: str | None


class StatementLine(msgspec.Struct, kw_only=True):
    """An instalment of which something is open at the end of the period."""

    number: int
    due: _Day
    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int


class PlanStatementShown(msgspec.Struct, kw_only=True):
    """One plan over the period. Opening and the effects of all movements are the closing balances.

    Attributes:
        charged: interest, fees and penalties of the period.
    """

    plan: str
    drawn_on: _Day
    drawn_minor: int
    rate_bps: int
    opening: BalancesShown
    movements: list[MovementShown]
    closing: BalancesShown
    charged: BalancesShown
    open: list[StatementLine]
    days_past_due: int
    next_due: _Day | None
    next_minor: int
    written_off: bool


class TakenBackShown(msgspec.Struct, kw_only=True):
    """Something that was recorded and turned out not to have happened; it moves nothing."""

    plan: str
    id: str
    what: str
    on: _Day
    amount_minor: int | None
    heard_at: Instant
    taken_back_at: Instant


class StatementShown(msgspec.Struct, kw_only=True):
    """An account from one day to another, both included, as it was known at an instant."""

    account_id: str
    owner_kind: str
    owner: str
    product: Name
    terms: DigestText
    currency: str
    opened_on: _Day
    limit_minor: int | None
    from_: _Day = msgspec.field(name="from")
    to: _Day
    known_at: Instant
    opening: BalancesShown
    closing: BalancesShown
    plans: list[PlanStatementShown]
    taken_back: list[TakenBackShown]


class PlanPayoffShown(msgspec.Struct, kw_only=True):
    """What settles one plan: the components and the early fee, less what waits, are the total."""

    plan: str
    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    early_fee_minor: int
    waiting_minor: int
    total_minor: int


class PayoffDay(msgspec.Struct, kw_only=True):
    """What settles the account on a later day, if nothing happens."""

    on: _Day
    total_minor: int


class PayoffShown(msgspec.Struct, kw_only=True):
    """What settles an account, paid early and counting from the day ``on``.

    Attributes:
        valid_until: the last day a payment of exactly that much closes it.
        a_day_more_minor: what the day after costs beside that.
    """

    account_id: str
    currency: str
    on: _Day
    valid_until: _Day
    total_minor: int
    a_day_more_minor: int
    plans: list[PlanPayoffShown]
    later: list[PayoffDay]
