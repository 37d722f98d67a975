"""Accounts: what is offered, signed, drawn, paid and owed. Amounts are whole minor units of the account's currency."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.products import QuoteShown
from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name, Who

__all__ = [
    "AcceptanceOfOffer",
    "AccountChanged",
    "AccountDetail",
    "AccountPage",
    "AccountShown",
    "DrawRequest",
    "FactShown",
    "LedgerBook",
    "LedgerPage",
    "LineShown",
    "MonitoredAccount",
    "OfferShown",
    "OwedShown",
    "PaymentRequest",
    "PlanShown",
    "RefundRequest",
    "ReversalRequest",
    "StandingShown",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Amount = Annotated[int, Meta(ge=1, le=10**15)]
_Key = Annotated[str, Meta(min_length=1, max_length=200, description="your id; the idempotency key")]
_Plan = Annotated[str, Meta(min_length=1, max_length=100)]
_Term = Annotated[int, Meta(ge=1, le=480)]


class OfferShown(msgspec.Struct, kw_only=True):
    """What a decision offers.

    Attributes:
        most_minor: the most that may be signed for.
        rate_bps: a year, as decided; null: the product's own.
        until: when it lapses.
        quotes: one for each term, for the amount asked about or all that is offered.
    """

    decision_id: str
    product: Name
    terms: DigestText
    currency: str
    most_minor: int
    rate_bps: int | None
    until: Instant
    quotes: list[QuoteShown]


class AcceptanceOfOffer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Somebody signs.

    Attributes:
        term: number of instalments.
        amount_minor: left out: all that is offered.
        product: needed where several lean on the decision's policy.
    """

    term: _Term
    amount_minor: _Amount | None = None
    product: Name | None = None
    by: Who | None = None


class DrawRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Draw on a limit. The same ``draw_id`` again draws nothing more.

    Attributes:
        decision_id: of the decision on this draw; needed where the product names a policy for draws.
    """

    draw_id: _Key
    plan: _Plan
    amount_minor: _Amount
    term: _Term
    decision_id: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    by: Who | None = None


class PaymentRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Money came. The same ``payment_id`` again is no second payment.

    Attributes:
        plan: left out: what is due on all plans of the account, the oldest first; then as ``early`` says.
        on: the day it counts from, which may be past; left out: today, UTC.
        early: what is left after everything due repays principal now, else it waits for the next instalment.
    """

    payment_id: _Key
    amount_minor: _Amount
    plan: _Plan | None = None
    on: _Day | None = None
    early: bool = False
    by: Who | None = None


class RefundRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A merchant gives all or part of a purchase back; it repays early, without a fee."""

    refund_id: _Key
    plan: _Plan
    amount_minor: _Amount
    on: _Day | None = None
    by: Who | None = None


class ReversalRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something had not happened, such as a debit that came back.

    Attributes:
        plan: left out: on whichever plans it stands, as a payment does that named none.
    """

    reversal_id: _Key
    reversed_id: _Key
    plan: _Plan | None = None
    by: Who | None = None


class LineShown(msgspec.Struct, kw_only=True):
    """An instalment of which something is open."""

    number: int
    due: _Day
    fee_minor: int
    penalty_minor: int
    interest_minor: int
    principal_minor: int


class OwedShown(msgspec.Struct, kw_only=True):
    """What is owed today.

    Attributes:
        to_come_minor: principal that is not yet due; payoff_minor: what pays everything now.
        waiting_minor: the customer's money that has met nothing yet.
    """

    fee_minor: int
    penalty_minor: int
    interest_minor: int
    principal_minor: int
    due_minor: int
    to_come_minor: int
    accrued_minor: int
    payoff_minor: int
    waiting_minor: int
    days_past_due: int
    next_due: _Day | None
    next_minor: int


class FactShown(msgspec.Struct, kw_only=True):
    """Something that happened to a plan and still stands.

    Attributes:
        amount_minor: that came or went back; of a waiver or write-off, what was given up by it; null where neither is.
    """

    id: str
    what: str
    on: _Day
    amount_minor: int | None


class PlanShown(msgspec.Struct, kw_only=True):
    """A draw and its repayment.

    Attributes:
        rate_bps, instalments: of the schedule that holds: the one that was signed, or the newest that replaced it.
        rescheduled_on: the day of that newest one; null while the first holds.
        lines: of the schedule that holds, what is open.
    """

    plan: str
    drawn_on: _Day
    drawn_minor: int
    rate_bps: int
    instalments: int
    rescheduled_on: _Day | None
    state: Literal["open", "repaid", "written_off"]
    owed: OwedShown
    lines: list[LineShown]
    facts: list[FactShown]


class AccountShown(msgspec.Struct, kw_only=True):
    """One account.

    Attributes:
        owner: pseudonym of the person or enterprise.
        terms: digest of the product version that was signed.
        state: repaid: drawn once, and nothing is left to pay, though nobody has closed it.
        limit_minor: null where the product is drawn once.
        bucket: of days past due, when accounts were aged last: 0, 1 (1 to 30 days), 2, up to 7 (over 180).
    """

    account_id: str
    number: int
    owner_kind: str
    owner: str
    product: Name
    terms: DigestText
    currency: str
    opened_on: _Day
    state: Literal["open", "frozen", "written_off", "closed", "repaid"]
    limit_minor: int | None
    available_minor: int
    principal_minor: int
    due_minor: int
    days_past_due: int
    bucket: int


class AccountPage(msgspec.Struct, kw_only=True):
    """Accounts, the newest first. ``count``: of all that fit, on whatever page; ``next``: give it as ``before`` for the rest."""

    accounts: list[AccountShown]
    count: int
    next: int | None


class AccountDetail(AccountShown, kw_only=True):
    """One account with its plans; ``version`` counts its changes."""

    version: int
    decision_id: str | None
    plans: list[PlanShown]


class StandingShown(msgspec.Struct, kw_only=True):
    """What decisions on what the owner did have said of the account, as it stands.

    Attributes:
        grade: of risk, by the product's own names; null where only flags were said. before: the one until then.
        flags: of misuse, by the product's own names.
        since: when that occurred which was decided on; decision_id, policy: by which decision, of which policy.
    """

    grade: str | None
    before: str | None
    flags: list[str]
    since: Instant
    decision_id: str
    policy: Name


class MonitoredAccount(AccountDetail, kw_only=True):
    """One account as the lender's own people see it; ``standing`` is null where no decision has graded or flagged it."""

    standing: StandingShown | None


class AccountChanged(msgspec.Struct, kw_only=True):
    """What came of a change; ``again``: it had been done under this key before."""

    account: AccountDetail
    again: bool


class LedgerBook(msgspec.Struct, kw_only=True):
    """The books in one currency: balances of the ledger accounts, debits above zero. They sum to zero."""

    currency: str
    balances_minor: dict[str, int]


class LedgerPage(msgspec.Struct, kw_only=True):
    """The books, by currency."""

    books: list[LedgerBook]
