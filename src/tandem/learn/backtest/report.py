"""What a backtest tells: figures with intervals and bounds, and everything that makes them less than certain."""

from __future__ import annotations

import msgspec

from tandem.learn.backtest.asked import Price
from tandem.learn.effect import EffectRate

__all__ = [
    "AttributedDecision",
    "Attribution",
    "BacktestReport",
    "Bounds",
    "CauseShare",
    "CutPoint",
    "Cutoffs",
    "FairGroup",
    "Fairness",
    "Group",
    "Honesty",
    "MoneySum",
    "MonthHits",
    "Proof",
    "RuleOverlap",
    "RuleValue",
    "SideShown",
    "SwapSet",
    "SweepPoint",
    "UnknowableDecisions",
]


class MoneySum(msgspec.Struct, frozen=True, kw_only=True):
    """A sum in minor units over ``counted`` decisions, with its 95 % interval.

    The interval is that of a sum of as many independent decisions (normal): it says what chance does to the mix of
    amounts and outcomes, not what a wrong assumption does. None under two decisions.
    """

    amount_minor: int
    counted: int
    low: int | None = None
    high: int | None = None


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """A figure over decisions of which some outcomes are unknown.

    Attributes:
        known: over the known ones alone; all_good, all_bad: were every unknown one good, or bad.
        inferred: each unknown one counted by a model's probability; None without such a model, or where it said nothing
            of one of them.
    """

    known: float | None
    all_good: float | None
    all_bad: float | None
    inferred: float | None = None


class Group(msgspec.Struct, frozen=True, kw_only=True):
    """Some decisions and what became of them.

    Attributes:
        bad_rate: bad among known; bad_bounds: bad among all, whatever the unknown ones were.
        amount_minor: at stake; bad_amount_minor, good_amount_minor: of the known ones. None: no amount is defined.
        loss, margin, profit: by the stated price, over the known ones; profit_bounds: over all. None without a price.
    """

    count: int
    bad: int
    good: int
    unknown: int
    bad_rate: EffectRate
    bad_bounds: Bounds
    amount_minor: int | None = None
    bad_amount_minor: int | None = None
    good_amount_minor: int | None = None
    loss: MoneySum | None = None
    margin: MoneySum | None = None
    profit: MoneySum | None = None
    profit_bounds: Bounds | None = None


class SideShown(msgspec.Struct, frozen=True, kw_only=True):
    """One side and how it stands.

    Attributes:
        release: digest; empty for what was answered then. drafts: ``kind/name`` of what was put in its place.
        approved: share of the decisions that both sides could take.
        standing: those it approves.
        by_row: why it is decided row by row, where it is.
        computed: facts that were not recorded and were computed anew, by how many decisions.
    """

    label: str
    release: str
    policy: str
    drafts: tuple[str, ...]
    approved: EffectRate
    reviewed: int
    declined: int
    standing: Group
    by_row: str | None = None
    computed: dict[str, int] = {}


class UnknowableDecisions(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions that a side cannot take again, and why.

    Attributes:
        code: ``not_recorded``, ``other_definition`` (recorded under another definition of the name), ``not_scored``,
            ``erased``.
        name: of the fact or model.
    """

    side: str
    code: str
    name: str
    count: int


class Honesty(msgspec.Struct, frozen=True, kw_only=True):
    """How much of the answer is known.

    Attributes:
        decisions: in the stretch; compared: that both sides could take.
        known: compared with a known outcome; unknown: by reason: ``declined_then`` (not approved then, so never seen),
            ``immature`` (its window has not passed), ``not_told`` (approved, and nobody said yet).
        known_approved_then, approved_then: maturity of what was approved.
        newest_known_at: the newest decision whose outcome is known.
        simulated: the outcomes are made up.
        defined: whether anybody said how decisions turn out.
    """

    decisions: int
    compared: int
    known: int
    unknown: dict[str, int]
    known_approved_then: int
    approved_then: int
    newest_known_at: str | None
    unknowable: tuple[UnknowableDecisions, ...]
    defined: bool
    simulated: bool = False
    inferred_by: str | None = None


class SwapSet(msgspec.Struct, frozen=True, kw_only=True):
    """Who comes in and who goes out.

    Attributes:
        how: ``as_decided``, or ``equal_approval``: the candidate approves as many as the other side, in the order of its
            own outcome and then its score.
        stay, out, swapped_in, never: approved by both, by the other side alone, by the candidate alone, by neither.
        approved_before, approved_after: counts.
    """

    how: str
    stay: Group
    out: Group
    swapped_in: Group
    never: Group
    approved_before: int
    approved_after: int


class MonthHits(msgspec.Struct, frozen=True, kw_only=True):
    """Hits of a rule in one month; precision is bad among known."""

    month: str
    hits: int
    precision: EffectRate


class RuleValue(msgspec.Struct, frozen=True, kw_only=True):
    """What one rule is worth.

    Attributes:
        rule: ``stage.rule``; effect: ``decline``, ``review``, ``approve`` or empty.
        hits: decisions in which it fired.
        alone: decisions whose outcome becomes better when the rule is taken out, and nothing else changes: what it alone
            stops. None where it cannot be taken out, and ``why_not`` says why.
        saved_minor, forgone_minor: loss avoided on the bad ones it alone stops, margin lost on the good ones.
        redundant: it fired, and taking it out changes no outcome.
        covered_by: other rules that fired whenever it did.
        months: decay; trend: change of precision from the first half of the stretch to the second, with its interval.
    """

    rule: str
    effect: str
    hits: Group
    alone: Group | None
    why_not: str | None = None
    changed: int | None = None
    saved_minor: int | None = None
    forgone_minor: int | None = None
    redundant: bool = False
    covered_by: tuple[str, ...] = ()
    months: tuple[MonthHits, ...] = ()
    trend: float | None = None
    trend_low: float | None = None
    trend_high: float | None = None


class RuleOverlap(msgspec.Struct, frozen=True, kw_only=True):
    """Two rules: decisions in which both fired, and their Jaccard index (both, of either)."""

    rule: str
    other: str
    both: int
    jaccard: float


class CutPoint(msgspec.Struct, frozen=True, kw_only=True):
    """Approving whoever scores below ``cut``.

    Attributes:
        approved: share of the scored decisions.
        bad_rate: known ones among the approved; bad_bounds, profit_bounds over all approved.
    """

    cut: float
    approved: EffectRate
    bad_rate: EffectRate
    bad_bounds: Bounds
    profit_bounds: Bounds | None


class Cutoffs(msgspec.Struct, frozen=True, kw_only=True):
    """Cut-offs of a score, from nobody approved to everybody.

    Attributes:
        score: the model. scored: decisions that have one.
        best: place in ``points`` of the highest known profit; None without a price.
        auc: of the score over known outcomes; None where there is but one kind.
    """

    score: str
    scored: int
    points: tuple[CutPoint, ...]
    best: int | None
    auc: float | None


class SweepPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The candidate with another number in one rule or case.

    Attributes:
        gained, lost: approved with this number and not as the candidate stands, and the other way round.
        hits: decisions in which the rule fired; 0 for a case.
    """

    value: float
    when: str
    approved: EffectRate
    standing: Group
    gained: Group
    lost: Group
    hits: int


class FairGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group of a recorded field.

    Attributes:
        ratio_before, ratio_after: its approval rate over that of the group approved most often (the adverse impact ratio;
            below 0.8 the four-fifths rule of 29 CFR 1607.4 D asks for a reason).
    """

    label: str | None
    decisions: int
    approved_before: EffectRate
    approved_after: EffectRate
    ratio_before: float | None
    ratio_after: float | None
    bad_rate_after: EffectRate


class Fairness(msgspec.Struct, frozen=True, kw_only=True):
    """Approval by one field. Groups of fewer than 30 decisions are not the yardstick of the others."""

    field: str
    groups: tuple[FairGroup, ...]


class CauseShare(msgspec.Struct, frozen=True, kw_only=True):
    """What one component does to the decisions that differ.

    Attributes:
        component: ``rule``, ``model``, ``list``, ``feature`` or ``data``.
        shapley: decisions ascribed to it by its Shapley value; in_order: by swapping one at a time in the fixed order.
        alone: decisions that it changes by itself and that nothing else would.
    """

    component: str
    shapley: float
    in_order: int
    alone: int


class AttributedDecision(msgspec.Struct, frozen=True, kw_only=True):
    """One decision that differs; ``shares`` by component sum to 1."""

    decision_id: str
    event_id: str
    then: str
    now: str
    shares: dict[str, float]
    cause: str
    lists: tuple[str, ...] = ()


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Why decisions differ; see ``attribution``.

    Attributes:
        looked_at: decisions that could be taken with every mixture of components; differing: of these.
        together: differing decisions that no single component explains.
        left_out: decisions that some mixture cannot decide.
    """

    looked_at: int
    differing: int
    together: int
    left_out: int
    causes: tuple[CauseShare, ...]
    examples: tuple[AttributedDecision, ...]


class Proof(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions taken again one by one by the function that decides live; ``differing`` from the columns."""

    sample: int
    differing: int
    seed: int


class BacktestReport(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        since, until: of the decisions looked at, RFC 3339.
        known_up_to: the journal place up to which outcomes and events are known.
        source: ``journal`` or ``lake``.
        price: what money was counted by; an assumption.
        took_s: by step, seconds.
        digest: of everything in it but ``took_s``: the same question over the same history has the same one.
    """

    event_type: str
    currency: str
    since: str | None
    until: str | None
    known_up_to: int
    source: str
    price: Price | None
    honesty: Honesty
    against: SideShown
    candidate: SideShown
    changed: int
    swap: tuple[SwapSet, ...]
    rules: tuple[RuleValue, ...] = ()
    overlap: tuple[RuleOverlap, ...] = ()
    cutoffs: Cutoffs | None = None
    sweep: tuple[SweepPoint, ...] = ()
    fairness: tuple[Fairness, ...] = ()
    attribution: Attribution | None = None
    proof: Proof
    took_s: dict[str, float] = {}
    digest: str = ""
