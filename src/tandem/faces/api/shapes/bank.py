"""Bank files: what is ordered, what a bank said, what waits for a person. Amounts are whole minor units, above zero."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Who

__all__ = [
    "BankAssigned",
    "BankAssignment",
    "BankDecline",
    "BankFileIn",
    "BankFilePage",
    "BankFileShown",
    "BankItemPage",
    "BankItemShown",
    "BankMandate",
    "BankOrderFile",
    "BankOrderFileDetail",
    "BankOrderFilePage",
    "BankOrderFileXml",
    "BankOrderParties",
    "BankOrderParty",
    "BankOrderRequest",
    "BankOrderShown",
    "BankOrders",
    "BankOrdersAgreement",
    "BankOrdersLeft",
    "BankParty",
    "BankSender",
    "BankSum",
    "BankWanted",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Account = Annotated[str, Meta(min_length=1, max_length=255)]
_Plan = Annotated[str, Meta(min_length=1, max_length=100)]
_Standing = Literal["proposed", "agreed", "declined"]
_Reason = Literal["wrong_party", "wrong_amount", "not_due", "suspicious", "other"]
_Currency = Annotated[str, Meta(pattern="^[A-Z]{3}$")]


class BankParty(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A bank account and whose it is. One of ``iban`` and ``number``.

    Attributes:
        clearing: the bank's number in its country's clearing, where there is no BIC.
    """

    name: str
    iban: str | None = None
    number: str | None = None
    bic: str | None = None
    clearing: str | None = None


class BankMandate(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer signed so that their account may be debited. ``first``: nothing was collected under it before."""

    id: str
    signed_on: _Day
    first: bool = False


class BankSender(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The lender, as the bank knows them.

    Attributes:
        creditor_id: of who collects, such as a SEPA creditor identifier; scheme: such as ``CORE``; service_level: such
            as ``SEPA``. Left out where the country's clearing has none.
    """

    account: BankParty
    creditor_id: str | None = None
    scheme: str | None = None
    service_level: str | None = None


class BankWanted(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """An account to be paid out or collected from, and where its money goes to or comes from.

    Of a program's order none of it is kept; of a person's it is, sealed, for the other person who has to agree.
    """

    account_id: _Account
    party: BankParty
    plan: _Plan | None = None
    mandate: BankMandate | None = None


class BankOrderRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Make a file of orders. The same ``order_id`` again gives the same file.

    Attributes:
        kind: ``payout`` of what was drawn; ``debit`` of what is owed on the day ``on``, where an instalment is due then.
    """

    order_id: Annotated[str, Meta(min_length=1, max_length=200, description="your id; the idempotency key")]
    kind: Literal["payout", "debit"]
    currency: _Currency
    on: _Day
    sender: BankSender
    parties: Annotated[list[BankWanted], Meta(min_length=1, max_length=10_000)]
    by: Who | None = None


class BankOrdersLeft(msgspec.Struct, kw_only=True):
    """What was asked for and is not in the file."""

    account_id: str
    plan: str | None
    why: Literal[
        "unknown_account",
        "other_currency",
        "proposed",
        "under_way",
        "done",
        "nothing_due",
        "written_off",
        "no_mandate",
        "later_movement",
        "drawn_elsewhere",
        "not_open",
    ]


class BankOrders(msgspec.Struct, kw_only=True):
    """A file of orders: ``xml`` is pain.001.001.09 or pain.008.001.08. ``again``: it had been made before.

    Attributes:
        standing: ``agreed`` at once where a program asked; ``proposed`` where a person did, until another person answers.
        xml: null unless it is agreed.
    """

    message_id: str
    kind: Literal["payout", "debit"]
    currency: str
    on: _Day
    count: int
    total_minor: int
    standing: _Standing
    xml: str | None
    left: list[BankOrdersLeft]
    again: bool


class BankOrderFile(msgspec.Struct, kw_only=True):
    """A file of orders that was made, and how its orders stand.

    Attributes:
        order_id: the idempotency key it was asked for under.
        states: how many orders are ``proposed``, ``declined``, ``sent``, ``rejected``, ``done``, ``returned``; what no order
            is, is left out.
        standing: whether it may go out.
        kept: whether it can be downloaded once it is agreed; of a program's order no bank accounts were kept.
        answered_at, answered_by: when and by whom it was agreed to or declined; null where nobody has, or nobody had to.
        reason: why it was declined.
    """

    order_id: str
    message_id: str
    kind: Literal["payout", "debit"]
    currency: str
    on: _Day
    made_at: Instant
    made_by: str
    count: int
    total_minor: int
    states: dict[str, int]
    standing: _Standing
    kept: bool
    answered_at: Instant | None = None
    answered_by: str | None = None
    reason: _Reason | None = None


class BankOrderFilePage(msgspec.Struct, kw_only=True):
    """Files of orders, the newest first."""

    files: list[BankOrderFile]
    count: int


class BankOrderShown(msgspec.Struct, kw_only=True):
    """One order. ``status``, ``reason``: what the bank said of it last, in the codes of ISO 20022."""

    end_to_end: str
    account_id: str
    plan: str
    amount_minor: int
    state: Literal["proposed", "declined", "sent", "rejected", "done", "returned"]
    status: str | None
    reason: str | None


class BankOrderFileDetail(msgspec.Struct, kw_only=True):
    """One file of orders, order by order."""

    file: BankOrderFile
    orders: list[BankOrderShown]


class BankOrderParty(msgspec.Struct, kw_only=True):
    """Where the money of one order goes to or comes from.

    Attributes:
        name: null once it was erased.
        account: its IBAN or number, but for the first two and the last four characters.
        mandate: what is collected under.
    """

    end_to_end: str
    account_id: str
    plan: str
    amount_minor: int
    name: str | None
    account: str | None
    bic: str | None
    clearing: str | None
    mandate: str | None


class BankOrderParties(msgspec.Struct, kw_only=True):
    """Who is paid or collected from by a file that a person made. ``sender``: whose account the money leaves or reaches."""

    sender: str
    sender_account: str
    parties: list[BankOrderParty]


class BankOrdersAgreement(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Agree to a file of orders that another person made."""

    by: Who | None = None


class BankDecline(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Do not agree to a file of orders that another person made."""

    reason: _Reason
    by: Who | None = None


class BankOrderFileXml(msgspec.Struct, kw_only=True):
    """A file that may go out: ``xml`` is pain.001.001.09 or pain.008.001.08."""

    message_id: str
    xml: str


class BankFileIn(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A file of the bank: camt.053, camt.054 or pain.002, as it came."""

    xml: Annotated[str, Meta(min_length=1)]
    by: Who | None = None


class BankSum(msgspec.Struct, kw_only=True):
    """How many, and how much; what went out is below zero, charges in."""

    count: int
    net_minor: int


class BankFileShown(msgspec.Struct, kw_only=True):
    """What came of a file.

    Attributes:
        version: such as ``camt.053.001.08``.
        sums: by currency, then by outcome: ``matched``, ``reversed``, ``cleared``, ``unmatched``, ``again``. They are what
            the file moved.
        statuses: of a status report, how many orders have which status. left_out: entries that are not booked.
        again: the same file had been taken before.
    """

    file: DigestText
    version: str
    message_id: str
    taken_at: Instant | None
    taken_by: str
    sums: dict[str, dict[str, BankSum]]
    statuses: dict[str, int]
    left_out: int
    again: bool = False


class BankFilePage(msgspec.Struct, kw_only=True):
    """Files that were taken, the newest first."""

    files: list[BankFileShown]
    count: int


class BankItemShown(msgspec.Struct, kw_only=True):
    """Money at the bank that nobody could place.

    Attributes:
        item: its id. why: the code of what keeps it from being placed.
        returned: the bank's reason code where something came back.
        account_id, plan: what it seems to be about.
        party, references: what the bank said of the other side; null once that was erased.
    """

    item: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    taken_at: Instant
    file: DigestText
    at: str
    incoming: bool
    amount_minor: int
    charges_minor: int
    currency: str
    booked: _Day
    valued: _Day
    why: str
    returned: str | None
    end_to_end: str | None
    account_id: str | None
    plan: str | None
    party: str | None
    references: list[str] | None


class BankItemPage(msgspec.Struct, kw_only=True):
    """What waits for a person, the oldest first. ``suspense_minor``: by currency, what came in above zero."""

    items: list[BankItemShown]
    count: int
    suspense_minor: dict[str, int]


class BankAssignment(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Say what an item is.

    Attributes:
        to: ``payment`` of a plan, ``return`` of the payment ``payment_id``, ``payout`` that was paid out, ``charge`` of the
            bank's, or ``elsewhere``: of other books.
    """

    to: Literal["payment", "return", "payout", "charge", "elsewhere"]
    account_id: _Account | None = None
    plan: _Plan | None = None
    payment_id: Annotated[str, Meta(min_length=1, max_length=255)] | None = None
    by: Who | None = None


class BankAssigned(msgspec.Struct, kw_only=True):
    """What an item is now."""

    item: str
    to: Literal["payment", "return", "payout", "charge", "elsewhere"]
    account_id: str | None
    plan: str | None
    payment_id: str | None
