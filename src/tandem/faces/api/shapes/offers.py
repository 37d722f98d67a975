"""Reminders and offers: programmes, what was decided, and what it did. Amounts are whole minor units of the account's currency."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Name

__all__ = [
    "AccountOffers",
    "MyOfferAnswer",
    "MyProgrammeOffer",
    "MyProgrammeOffers",
    "OfferEffectFigure",
    "OfferEffectShown",
    "OfferPage",
    "OfferPlan",
    "OfferWords",
    "ProgrammeOffer",
    "ProgrammePage",
    "ProgrammeShown",
    "WhyNone",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
OfferKindText = Literal["reminder", "repayment_suggestion", "instalment_offer"]
OfferStateText = Literal["held_out", "nothing", "waiting", "told", "blocked", "accepted", "refused", "closed"]
OfferChannelText = Literal["email", "sms"]


class OfferWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class OfferPlan(msgspec.Struct, kw_only=True):
    """A plan that an offer is about; ``first_minor``: the first instalment at the product's own rate."""

    product: Name
    term: int
    amount_minor: int
    first_minor: int


class WhyNone(msgspec.Struct, kw_only=True):
    """Why accounts were told nothing, and how many; a conduct rule is named as ``rule:NAME``."""

    why: str
    accounts: int


class ProgrammeShown(msgspec.Struct, kw_only=True):
    """A programme of the live release, with its figures by now.

    Attributes:
        propensities: how likely each channel is drawn by who is not held out; null where a model chooses.
        model, least_gain: that chooses, and the least share of what is at stake that it has to add; null where lots are drawn.
        caps_day, caps_week, caps_month: what one person is told at most, of all programmes together, in a day, 7 and 30 days.
        states: how many decisions stand where.
        why_none: of the last look of this process at all accounts.
    """

    name: Name
    digest: DigestText
    kind: OfferKindText
    title: OfferWords
    description: str
    products: list[str]
    when: str
    purpose: Literal["service", "marketing"]
    channels: list[OfferChannelText]
    hold_out: float
    propensities: dict[str, float] | None
    model: str | None
    least_gain: float | None
    caps_day: int
    caps_week: int
    caps_month: int
    quiet_days: int
    again_days: int
    answer_days: int
    into_product: str | None
    into_term: int | None
    states: dict[str, int]
    outcomes: dict[str, int]
    why_none: list[WhyNone]


class ProgrammePage(msgspec.Struct, kw_only=True):
    """By name."""

    programmes: list[ProgrammeShown]


class ProgrammeOffer(msgspec.Struct, kw_only=True):
    """A decision to offer something, or nothing.

    Attributes:
        propensity: how likely just this was, before anything was drawn.
        why: held_out, drawn, drawn_nothing, gain or gain_too_small.
        gain: that a model expected, as a share of what was at stake.
        blocked_by: the rule that stopped it.
        paid_minor: paid on the account in its days; share: of what was at stake. Null before they are over.
    """

    offer_id: str
    programme: Name
    kind: OfferKindText
    account_id: str
    owner: str
    product: Name
    currency: str
    decided_at: Instant
    until: _Day
    arm: Literal["treated", "held_out"]
    channel: OfferChannelText | None
    chosen_by: Literal["hold_out", "at_random", "by_uplift"]
    propensity: float
    why: str
    gain: float | None
    stake_minor: int
    saving_minor: int
    plan: OfferPlan | None
    state: OfferStateText
    contact_id: str | None
    blocked_by: str | None
    answer: Literal["accepted", "refused"] | None
    never: bool
    outcome: Literal["paid", "took", "refused", "nothing"] | None
    share: float | None
    paid_minor: int | None
    late: bool | None


class OfferPage(msgspec.Struct, kw_only=True):
    """Some of them, the newest first; ``next``: the id to ask for older ones with."""

    offers: list[ProgrammeOffer]
    next: str | None


class AccountOffers(msgspec.Struct, kw_only=True):
    """What was decided about the owner of an account, newest first; and by programme, why it would be told nothing now.

    Attributes:
        why_none: null where it qualifies now.
    """

    offers: list[ProgrammeOffer]
    why_none: dict[str, str | None]


class OfferEffectFigure(msgspec.Struct, kw_only=True):
    """A figure of whom a programme might tell and of whom it held out; ``more``: their difference, with its 95 % interval."""

    figure: Literal["came", "share", "paid_minor", "late"]
    treated: float | None
    held_out: float | None
    more: float | None
    low: float | None
    high: float | None


class OfferEffectShown(msgspec.Struct, kw_only=True):
    """What a programme did by ``on``, of decisions whose days are over; people were put into the arms by lot.

    Attributes:
        told: of the decisions about whom it might tell, those that were told something.
        open: decisions whose days are not over.
    """

    on: _Day
    currency: str
    people: int
    held_people: int
    decisions: int
    held_decisions: int
    told: int
    open: int
    figures: list[OfferEffectFigure]


class MyProgrammeOffer(msgspec.Struct, kw_only=True):
    """What a customer was told and may answer.

    Attributes:
        saving_minor: what paying ``amount_minor`` today saves.
        plan: what they could apply for; null of a reminder or a suggestion.
        answer: what they said; null: nothing yet.
    """

    offer_id: str
    kind: OfferKindText
    title: OfferWords
    account_id: str
    product: Name
    currency: str
    amount_minor: int
    saving_minor: int
    due: _Day | None
    plan: OfferPlan | None
    until: _Day
    answer: Literal["accepted", "refused"] | None
    never: bool


class MyProgrammeOffers(msgspec.Struct, kw_only=True):
    """Newest first."""

    offers: list[MyProgrammeOffer]


class MyOfferAnswer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer says to an offer; ``never``: not this kind of message again, with a refusal."""

    answer: Literal["accepted", "refused"]
    never: bool = False
