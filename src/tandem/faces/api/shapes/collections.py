"""Collections: who is in arrears, what is done about it and why, and what the conduct rules kept back. Amounts in minor units."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import Instant, Name, TwoTongues, Who

__all__ = [
    "ActionShown",
    "AgencyChange",
    "AgencyFigures",
    "AgencyShown",
    "BlockShown",
    "BlockedPage",
    "BlockedShown",
    "CallAnswer",
    "CallRequest",
    "ChannelFigures",
    "ChoiceShown",
    "ConductPage",
    "ConductRuleShown",
    "ConductSetShown",
    "ContactAnswer",
    "CustomerShown",
    "DealingChange",
    "DisputeEnd",
    "DisputeRequest",
    "DisputeShown",
    "HistoryShown",
    "HoursAgreed",
    "MarkChange",
    "MessageRequest",
    "MoneyFigures",
    "NoteRequest",
    "OfferAnswer",
    "OfferRequest",
    "OfferStanding",
    "OptionShown",
    "OutcomeRequest",
    "PersonFigures",
    "PointChange",
    "PointRequest",
    "PointShown",
    "PromiseFigures",
    "PromiseRequest",
    "PromiseShown",
    "PromiseWithdrawal",
    "RankedShown",
    "ReportShown",
    "RuleFigures",
    "SituationShown",
    "TakeRequest",
    "WorkPage",
    "WorkShown",
]

ChannelText = Literal["email", "sms", "ai_call", "call", "letter", "visit"]
StepText = Literal["wait", "offer", "reminder", "soft", "firm", "settlement", "restructure", "agency", "write_off"]
MarkText = Literal[
    "hardship", "minor", "illness", "deceased", "incapacitated", "dispute", "complaint", "lawyer", "bankruptcy", "do_not_contact"
]  # fmt: skip
PointKindText = Literal["email", "phone", "address"]
WhoseText = Literal["debtor", "third_party"]
_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Key = Annotated[str, Meta(min_length=1, max_length=200, description="your id; the idempotency key")]
_Point = Annotated[str, Meta(pattern="^[0-9a-f]{32}$", description="pseudonym of a number or an address")]
_Words = Annotated[str, Meta(min_length=1, max_length=2_000)]
_Clock = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class BlockShown(msgspec.Struct, kw_only=True):
    """A conduct rule that stands against a contact.

    Attributes:
        source: where it is written.
        until: when it no longer does if nothing else happens; null: time alone does not end it.
        because: what it saw, such as 3/3, or the phrase.
    """

    rule: str
    title: TwoTongues
    source: TwoTongues
    until: Instant | None
    because: str


class ActionShown(msgspec.Struct, kw_only=True):
    """Something that may be done."""

    step: StepText
    channel: ChannelText | None
    template: str | None
    cost_minor: int
    minutes: float


class RankedShown(msgspec.Struct, kw_only=True):
    """An action that was looked at, and why not where a rule stood against it."""

    action: ActionShown
    expected_minor: int | None
    blocked_by: str | None


class ChoiceShown(msgspec.Struct, kw_only=True):
    """What the strategy chose, and why.

    Attributes:
        segment: of the strategy; segment_title: its words.
    """

    action: ActionShown
    chosen_by: Literal["ladder", "model", "exploration", "hold_out", "person"]
    segment: str | None
    segment_title: TwoTongues | None
    expected_minor: int | None
    propensity: float
    ranked: list[RankedShown]


class SituationShown(msgspec.Struct, kw_only=True):
    """What the choice looked at."""

    days_past_due: int
    due_minor: int
    balance_minor: int
    days_to_due: int | None
    months_on_book: int
    days_since_payment: int | None
    times_late: int
    promises_kept: int
    promises_broken: int
    contacts: int
    reached: int
    days_since_contact: int | None


class WorkShown(msgspec.Struct, kw_only=True):
    """One account that waits for a person.

    Attributes:
        expected_minor: what the contact is expected to bring; assumed: by the segment's share, for no model said.
        per_hour_minor: that, less what it costs, for an hour of a person's time.
        blocked_by: the rule that stands against it now; until: when it no longer does.
    """

    account_id: str
    owner_kind: str
    owner: str
    product: Name
    currency: str
    entered_on: _Day
    taken_by: str | None
    days_past_due: int
    due_minor: int
    balance_minor: int
    action: ActionShown
    segment: str | None
    expected_minor: int
    assumed: bool
    per_hour_minor: int
    blocked_by: str | None
    until: Instant | None


class WorkPage(msgspec.Struct, kw_only=True):
    """What waits, the most valuable hour first; ``in_all``: accounts in collections, those that need nobody too."""

    work: list[WorkShown]
    waiting: int
    in_all: int
    strategies: int


class PointShown(msgspec.Struct, kw_only=True):
    """A number or an address; masked, for it is told only with a permit to use it."""

    point: _Point
    kind: PointKindText
    whose: WhoseText
    masked: str | None
    name: str | None
    relation: str | None
    invalid: bool
    opted_out: bool
    refused: bool


class OptionShown(msgspec.Struct, kw_only=True):
    """A contact that might be made now.

    Attributes:
        point: it would go to; null: nobody knows one.
        blocks: the rules that stand against it; until: when none does.
        script: what is said.
    """

    action: ActionShown
    point: _Point | None
    blocks: list[BlockShown]
    until: Instant | None
    subject: str | None
    script: str | None


class PromiseShown(msgspec.Struct, kw_only=True):
    """A promise to pay."""

    promise_id: str
    amount_minor: int
    due: _Day
    made_on: _Day
    by: str
    outcome: Literal["kept", "partly", "broken", "withdrawn"] | None
    paid_minor: int


class OfferStanding(msgspec.Struct, kw_only=True):
    """What was offered; ``made_by``: who does not say yes to it in the customer's name."""

    offer_id: str
    kind: Literal["settlement", "restructure"]
    amount_minor: int | None
    count: int | None
    rate_bps: int | None
    until: _Day
    made_on: _Day
    made_by: str
    outcome: Literal["accepted", "declined", "lapsed", "met", "missed"] | None


class DisputeShown(msgspec.Struct, kw_only=True):
    """An objection; ``upheld`` null: it is looked into."""

    dispute_id: str
    on: _Day
    upheld: bool | None


class HistoryShown(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Something that happened. What people wrote is gone where ``erased``."""

    seq: int
    at: Instant
    what: str
    by: str
    contact: str | None = None
    channel: str | None = None
    step: str | None = None
    whose: str | None = None
    state: str | None = None
    why: str | None = None
    blocks: list[BlockShown] = []
    amount_minor: int | None = None
    count: int | None = None
    due: _Day | None = None
    outcome: str | None = None
    mark: str | None = None
    on: bool | None = None
    agency: str | None = None
    to: str | None = None
    kind: str | None = None
    minutes: float | None = None
    subject: str | None = None
    text: str | None = None
    erased: bool = False


class HoursAgreed(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Hours, local, that a debtor agreed to in writing."""

    starts: _Clock
    ends: _Clock


class CustomerShown(msgspec.Struct, kw_only=True):
    """Everything a collector needs of one account.

    Attributes:
        settle_least_minor, restructure_most: what people may offer; promise_until: the last day a promise may be for.
        others: accounts of the same debtor that are in collections.
        agencies: that may be given accounts, by name.
    """

    account_id: str
    owner_kind: str
    owner: str
    product: Name
    product_title: TwoTongues | None
    currency: str
    is_in: bool
    why_left: str | None
    entered_on: _Day
    taken_by: str | None
    agency: str | None
    situation: SituationShown
    choice: ChoiceShown
    options: list[OptionShown]
    marks: list[MarkText]
    timezone: str | None
    language: Literal["en", "zh-CN"]
    agreed_hours: HoursAgreed | None
    off: list[ChannelText]
    consents: list[str]
    points: list[PointShown]
    promises: list[PromiseShown]
    offers: list[OfferStanding]
    disputes: list[DisputeShown]
    history: list[HistoryShown]
    others: list[str]
    today: _Day
    promise_until: _Day
    settle_least_minor: int
    restructure_most: int
    agencies: list[str]


class TakeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Work on an account, or give it back: ``taken`` false."""

    request_id: _Key
    taken: bool = True
    by: Who | None = None


class CallRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Ask for the number to call, or the address to write to or visit."""

    request_id: _Key
    channel: Literal["call", "letter", "visit"]
    point: _Point
    step: StepText = "soft"
    agency: str | None = None
    by: Who | None = None


class CallAnswer(msgspec.Struct, kw_only=True):
    """The number, with the contact whose outcome is to be told; or the rules that stand against it."""

    contact_id: str
    address: str | None
    blocks: list[BlockShown]


class MessageRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Write to a debtor; it is held against the conduct rules, word by word."""

    request_id: _Key
    channel: Literal["email", "sms", "ai_call"]
    point: _Point
    text: _Words
    subject: Annotated[str, Meta(max_length=200)] | None = None
    step: StepText = "soft"
    template: str | None = None
    by: Who | None = None


class ContactAnswer(msgspec.Struct, kw_only=True):
    """What came of wanting it: on its way, or blocked."""

    contact_id: str
    state: str
    blocks: list[BlockShown]


class OutcomeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What came of a contact. A gateway tells it too.

    Attributes:
        why: a code, such as of the gateway; no words.
        invalid: the number is nobody's.
    """

    state: Literal["delivered", "answered", "unanswered", "refused", "failed"]
    why: Annotated[str, Meta(pattern="^[a-z0-9_]{0,60}$")] = ""
    minutes: Annotated[float, Meta(ge=0, le=480)] = 0.0
    invalid: bool = False
    by: Who | None = None


class PromiseRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The debtor will pay so much by the end of ``due``."""

    request_id: _Key
    amount_minor: Annotated[int, Meta(ge=1, le=10**15)]
    due: _Day
    contact_id: str | None = None
    by: Who | None = None


class PromiseWithdrawal(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """A promise is no longer meant."""

    request_id: _Key
    by: Who | None = None


class DisputeRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """The debtor objects; nothing is collected until it was looked into."""

    request_id: _Key
    text: _Words
    by: Who | None = None


class DisputeEnd(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """It was looked into."""

    request_id: _Key
    upheld: bool
    text: _Words
    by: Who | None = None


class OfferRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Take less at once (``amount_minor``), or make another schedule (``count`` instalments)."""

    request_id: _Key
    kind: Literal["settlement", "restructure"]
    amount_minor: Annotated[int, Meta(ge=1, le=10**15)] | None = None
    count: Annotated[int, Meta(ge=1, le=480)] | None = None
    rate_bps: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    by: Who | None = None


class OfferAnswer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What the debtor made of an offer."""

    request_id: _Key
    accepted: bool
    by: Who | None = None


class MarkChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Something is so about a debtor, or no longer."""

    request_id: _Key
    mark: MarkText
    on: bool = True
    text: Annotated[str, Meta(max_length=2_000)] = ""
    by: Who | None = None


class DealingChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """How a debtor is to be dealt with; all of it."""

    request_id: _Key
    timezone: Annotated[str, Meta(max_length=64)] | None = None
    language: Literal["en", "zh-CN"] = "zh-CN"
    agreed_hours: HoursAgreed | None = None
    off: list[ChannelText] = []
    consents: list[Literal["collection", "service", "marketing"]] = []
    by: Who | None = None


class PointRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Another number or address of a debtor, or of somebody who knows them."""

    kind: PointKindText
    value: Annotated[str, Meta(min_length=1, max_length=500)]
    whose: WhoseText = "debtor"
    name: Annotated[str, Meta(max_length=200)] | None = None
    relation: Annotated[str, Meta(max_length=100)] | None = None
    by: Who | None = None


class PointChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What is so about a number; null: as before."""

    request_id: _Key
    invalid: bool | None = None
    opted_out: bool | None = None
    by: Who | None = None


class AgencyChange(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Place an account with an agency; null: collect again oneself."""

    request_id: _Key
    agency: Name | None
    by: Who | None = None


class NoteRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Write something down."""

    request_id: _Key
    text: _Words
    by: Who | None = None


class ConductRuleShown(msgspec.Struct, kw_only=True):
    """One row of a rule set.

    Attributes:
        says: its parameters, as name and value.
        holds: today.
        blocked: how often it stood first against a contact.
    """

    rule: str
    kind: str
    title: TwoTongues
    source: TwoTongues
    since: _Day
    until: _Day | None
    holds: bool
    channels: list[ChannelText]
    says: dict[str, str]
    blocked: int


class AgencyShown(msgspec.Struct, kw_only=True):
    """An agency of the approved list; ``usable``: approved and rated in time today."""

    agency: str
    title: TwoTongues
    approved: _Day
    until: _Day
    rated_on: _Day | None
    score: int | None
    usable: bool


class ConductSetShown(msgspec.Struct, kw_only=True):
    """A rule set, and the strategies that keep to it."""

    name: Name
    title: TwoTongues
    country: str
    timezones: list[str]
    strategies: list[str]
    rules: list[ConductRuleShown]
    agencies: list[AgencyShown]


class ConductPage(msgspec.Struct, kw_only=True):
    """What is in force."""

    sets: list[ConductSetShown]
    blocked: int


class BlockedShown(msgspec.Struct, kw_only=True):
    """A contact that was not made."""

    seq: int
    at: Instant
    contact_id: str
    account_id: str
    by: str
    channel: ChannelText
    step: StepText
    purpose: str
    blocks: list[BlockShown]


class BlockedPage(msgspec.Struct, kw_only=True):
    """The last of them, newest first."""

    blocked: list[BlockedShown]


class ChannelFigures(msgspec.Struct, kw_only=True):
    """Contacts by one channel."""

    channel: ChannelText
    made: int
    reached: int
    failed: int
    unclear: int


class PersonFigures(msgspec.Struct, kw_only=True):
    """What a collector did; ``over``: of the promises they took, those that are over."""

    person: str
    contacts: int
    reached: int
    minutes: float
    promises: int
    kept: int
    over: int


class PromiseFigures(msgspec.Struct, kw_only=True):
    """How many promises stand so."""

    open: int
    kept: int
    partly: int
    broken: int
    withdrawn: int


class AgencyFigures(msgspec.Struct, kw_only=True):
    """What an agency was given and what was paid meanwhile."""

    agency: str
    currency: str
    accounts: int
    placed_minor: int
    paid_minor: int
    contacts: int
    blocked: int


class MoneyFigures(msgspec.Struct, kw_only=True):
    """What accounts paid while they were in collections, and that for each contact made; null where none was."""

    currency: str
    recovered_minor: int
    per_contact_minor: int | None


class RuleFigures(msgspec.Struct, kw_only=True):
    """How often a rule stood first against a contact."""

    rule: str
    title: TwoTongues
    count: int


class ReportShown(msgspec.Struct, kw_only=True):
    """The supervisor's figures, for the days from ``first`` to ``last``, both in (UTC)."""

    first: _Day
    last: _Day
    accounts: int
    left_paid: int
    contacts: int
    money: list[MoneyFigures]
    channels: list[ChannelFigures]
    blocked: list[RuleFigures]
    promises: PromiseFigures
    people: list[PersonFigures]
    agencies: list[AgencyFigures]
