"""Moving limits: strategies, reviews and what they did. Amounts are whole minor units of the product's currency."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Instant, Line, Name, Who

__all__ = [
    "AccountLimitReviews",
    "BindingShown",
    "LimitAnswer",
    "LimitApproval",
    "LimitBand",
    "LimitEffect",
    "LimitEffectFigure",
    "LimitGrade",
    "LimitLineShown",
    "LimitReason",
    "LimitRefusal",
    "LimitReviewChanged",
    "LimitReviewDetail",
    "LimitReviewPage",
    "LimitReviewRequest",
    "LimitReviewShown",
    "LimitRuleShown",
    "LimitStep",
    "LimitStrategyPage",
    "LimitStrategyShown",
    "LimitWords",
    "SolverShown",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
MoveKindText = Literal["freeze", "decrease", "hold", "increase"]
LineStateText = Literal["proposed", "noticed", "offered", "due", "moved", "declined", "lapsed", "dropped"]


class LimitWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class LimitReason(msgspec.Struct, kw_only=True):
    """Why, in words that a customer may read."""

    code: str
    en: str
    zh: str


class LimitStep(msgspec.Struct, kw_only=True):
    """A step: what it does to a limit."""

    step: Name
    kind: MoveKindText
    change_bps: int


class LimitGrade(msgspec.Struct, kw_only=True):
    """A grade of risk, the best first; ``when`` null: every other account."""

    grade: Name
    when: str | None
    pd: float


class LimitBand(msgspec.Struct, kw_only=True):
    """Accounts that behave alike; shares of the balance repaid and of the limit drawn, without default and before one."""

    band: Name
    when: str | None
    repaid: float
    repaid_bad: float
    drawn: float
    drawn_bad: float


class LimitRuleShown(msgspec.Struct, kw_only=True):
    """A rule that bounds steps."""

    rule: Name
    when: str
    at_most: str | None
    at_least: str | None
    reason: LimitReason


class LimitStrategyShown(msgspec.Struct, kw_only=True):
    """A strategy of the live release.

    Attributes:
        assumed: what is assumed of how people use a limit that moves, with where it is from.
        hold_out: share of owners whose limits no review moves.
    """

    name: Name
    digest: DigestText
    product: Name
    title: LimitWords
    description: str
    steps: list[LimitStep]
    grades: list[LimitGrade]
    bands: list[LimitBand]
    rules: list[LimitRuleShown]
    horizon_days: int
    margin_bps: int
    limit_cost_bps: int
    lgd_bps: int
    economics_source: str
    economics_as_of: _Day
    assumed: dict[str, float]
    assumed_source: str
    assumed_as_of: _Day
    loss_budget_bps: int
    growth_bps: int
    affordability: str
    monotone: bool
    hold_out: float
    increase_after_days: int
    decrease_after_days: int
    notice_days: int
    consent_days: int


class LimitStrategyPage(msgspec.Struct, kw_only=True):
    """The strategies of the live release, by name."""

    strategies: list[LimitStrategyShown]


class BindingShown(msgspec.Struct, kw_only=True):
    """A constraint on all accounts together.

    Attributes:
        used_minor, most_minor: of it; of the loss budget: expected loss less the budget, at most 0.
        price: what one more minor unit of it would bring.
        kept: false where it cannot be, whatever is chosen.
    """

    constraint: str
    used_minor: int
    most_minor: int
    price: float
    binds: bool
    kept: bool


class SolverShown(msgspec.Struct, kw_only=True):
    """How the steps were chosen; ``gap``: how much more a choice could bring at the most, as a share."""

    method: Literal["integer", "rounded"]
    groups: int
    value_minor: int
    bound_minor: int
    gap: float
    seconds: float
    bindings: list[BindingShown]


class LimitReviewShown(msgspec.Struct, kw_only=True):
    """A review.

    Attributes:
        state: proposed; declined; going: something of it waits; done.
        steps: accounts by step; held_*: if every limit stayed.
        by, agreed_by: who asked for it, and who let it go ahead or declined it.
    """

    review_id: str
    number: int
    strategy: Name
    product: Name
    currency: str
    terms: DigestText
    on: _Day
    at: Instant
    state: Literal["proposed", "declined", "going", "done"]
    by: str
    agreed_by: str | None
    note: str | None
    decreases_on: _Day | None
    offered_until: _Day | None
    accounts: int
    held_out: int
    moving: int
    steps: dict[str, int]
    limit_minor: int
    held_limit_minor: int
    balance_minor: int
    held_balance_minor: int
    revenue_minor: int
    held_revenue_minor: int
    loss_minor: int
    held_loss_minor: int


class LimitReviewPage(msgspec.Struct, kw_only=True):
    """Reviews, the newest first."""

    reviews: list[LimitReviewShown]


class LimitLineShown(msgspec.Struct, kw_only=True):
    """What a review asks of one account, and where that stands.

    Attributes:
        most_minor: the most that the account can afford; null: not known.
        state: proposed; noticed: told, and waiting; offered; due; moved; declined by the customer; lapsed (``why``); dropped
            with the whole review.
        on: the day from which it counts, or the last day to consent.
    """

    review_id: str
    account_id: str
    step: Name
    kind: MoveKindText
    from_minor: int
    to_minor: int
    currency: str
    most_minor: int | None
    grade: Name
    band: Name
    pd: float
    revenue_minor: int
    held_revenue_minor: int
    loss_minor: int
    held_loss_minor: int
    reasons: list[LimitReason]
    state: LineStateText
    since: _Day | None
    on: _Day | None
    why: str | None


class LimitReviewDetail(LimitReviewShown, kw_only=True):
    """A review with a page of its accounts; ``next``: give it as ``after`` for the rest."""

    solver: SolverShown
    states: dict[str, int]
    lines: list[LimitLineShown]
    next: str | None


class LimitReviewRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Draw up a review. The same strategy on the same day is the same review."""

    strategy: Name
    by: Who | None = None


class LimitReviewChanged(msgspec.Struct, kw_only=True):
    """What came of a change; ``again``: it had been done before."""

    review: LimitReviewShown
    again: bool = False


class LimitApproval(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Let a review go ahead; not one's own."""

    by: Who | None = None


class LimitRefusal(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """Decline a review, and say why."""

    note: Line
    by: Who | None = None


class LimitAnswer(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What a customer says to the increase that they are offered."""

    account_id: Annotated[str, Meta(min_length=1, max_length=255)]
    consents: bool
    by: Who | None = None


class LimitEffectFigure(msgspec.Struct, kw_only=True):
    """A figure of those whose limits may move and of those held out; ``more``: their difference, with its 95 % interval."""

    figure: Literal["limit_minor", "utilisation", "late", "lost_bps", "income_bps"]
    treated: float | None
    held_out: float | None
    more: float | None
    low: float | None
    high: float | None


class LimitEffect(msgspec.Struct, kw_only=True):
    """What moving limits did by ``on``; owners were put into the arms by lot."""

    on: _Day
    currency: str
    treated: int
    held_out: int
    figures: list[LimitEffectFigure]


class AccountLimitReviews(msgspec.Struct, kw_only=True):
    """What reviews asked of an account, the newest first."""

    lines: list[LimitLineShown]
