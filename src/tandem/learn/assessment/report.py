"""What an assessment tells: who would be lent to, what it would earn, who changes sides, whom it treats how, and what to look at."""

from __future__ import annotations

import msgspec

from tandem.learn.assessment.asked import Assumptions, ProductTerms
from tandem.learn.backtest import BacktestReport
from tandem.learn.effect import EffectRate

__all__ = ["AssessmentReport", "Capacity", "Concern", "Economics", "GroupPrice", "GroupTreated", "MoneyLine", "Treated"]


class MoneyLine(msgspec.Struct, frozen=True, kw_only=True):
    """Sums over ``counted`` loans, in minor units: ``net`` is interest and fees less the rest, with its 95 % interval.

    Attributes:
        yearly_bps: net over what was outstanding times for how long; None where nothing was.
    """

    counted: int
    lent_minor: int
    interest_minor: int
    fees_minor: int
    loss_minor: int
    funding_minor: int
    operating_minor: int
    net_minor: int
    net_low_minor: int | None
    net_high_minor: int | None
    yearly_bps: float | None


class Economics(msgspec.Struct, frozen=True, kw_only=True):
    """What the loans of one product come to.

    Attributes:
        known: over those whose outcome is known.
        expected: over all of them; of an unknown outcome each way it can go, weighed by its probability. None where
            nothing says how probable.
        weighed_by: ``model`` (its probability), ``known`` (the bad rate of the known ones), empty where nothing is unknown.
        all_good_minor, all_bad_minor: net, were every unknown one good, or bad.
        bad_rate: bad among known.
        loss_share: expected loss over what is lent.
    """

    known: MoneyLine
    expected: MoneyLine | None
    weighed_by: str
    all_good_minor: int
    all_bad_minor: int
    bad_rate: EffectRate
    loss_share: float | None


class GroupPrice(msgspec.Struct, frozen=True, kw_only=True):
    """The mean yearly rate of those approved, in basis points, with its 95 % interval, and how far above the group that pays least."""

    mean_bps: float
    low_bps: float
    high_bps: float
    above_bps: float
    above_low_bps: float
    above_high_bps: float


class GroupTreated(msgspec.Struct, frozen=True, kw_only=True):
    """One group.

    Attributes:
        ratio: its approval rate over that of the group approved most often (adverse impact ratio, 29 CFR 1607.4), with its
            95 % interval; None of the yardstick itself, of a group under 30, and where nobody is approved.
        price: None under two approvals.
    """

    label: str
    decisions: int
    approved: EffectRate
    bad_rate: EffectRate
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    price: GroupPrice | None


class Treated(msgspec.Struct, frozen=True, kw_only=True):
    """Groups by one expression, the largest first."""

    by: str
    groups: tuple[GroupTreated, ...]


class Capacity(msgspec.Struct, frozen=True, kw_only=True):
    """Reviews by people.

    Attributes:
        applications_a_day: expected, or as history had; days: of history.
        reviews_a_day: with the interval of the share that is reviewed.
        people_needed: at ``reviews_a_day`` of one person; people: that there are.
    """

    applications_a_day: float
    assumed: bool
    days: float
    reviewed: EffectRate
    reviews_a_day: float
    reviews_low: float
    reviews_high: float
    people_needed: float
    people: int


class Concern(msgspec.Struct, frozen=True, kw_only=True):
    """Something that whoever signs must have looked at.

    Attributes:
        weight: ``stop``: against the product as it stands; ``look``: makes the figures less certain, or the work harder.
    """

    code: str
    weight: str
    en: str
    zh: str


class AssessmentReport(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        subject: digest of what was assessed.
        decisions: in the stretch; counted: of these, for the product and decidable; outside: decidable, but not for it.
        moved_terms: counted ones that would take another term than they asked for, for the product has not that one.
        economics, against_economics: of the product, and of the nearest one over the same people.
        backtest: approval, swap set, what is known and what not, and the proof that columns decide as rows do.
        digest: of everything in it but how long it took.
    """

    subject: str
    product: ProductTerms
    against: ProductTerms | None
    event_type: str
    currency: str
    where: str
    groups: tuple[str, ...]
    assumptions: Assumptions
    decisions: int
    counted: int
    outside: int
    moved_terms: int
    economics: Economics
    against_economics: Economics | None
    treated: tuple[Treated, ...]
    capacity: Capacity
    concerns: tuple[Concern, ...]
    backtest: BacktestReport
    digest: str = ""
