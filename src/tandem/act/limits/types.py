"""The nouns of moving limits: which steps a limit may take, what they are expected to bring, and what must be kept.

A strategy is an artefact: it is reviewed and released like a policy. What it assumes of how people use a limit that moves
stands in it, with a date and a source, because no history that a lender has kept can tell it without an experiment.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from tandem.act.products import Words

__all__ = [
    "Band",
    "Binding",
    "Constraints",
    "CoolDown",
    "Economics",
    "FactType",
    "Grade",
    "HoldOut",
    "LimitRule",
    "LimitStrategy",
    "MoveKind",
    "Response",
    "RiskOf",
    "SolverFacts",
    "Step",
]

MoveKind: TypeAlias = Literal["freeze", "decrease", "hold", "increase"]
"""What a step does, from the lowest to the highest."""
FactType: TypeAlias = Literal["integer", "double", "boolean", "text"]

_Bps: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
_Days: TypeAlias = Annotated[int, Meta(ge=0, le=3_660)]
_Name: TypeAlias = Annotated[str, Meta(pattern="^[a-z][a-z0-9_]{0,62}$")]
_Code: TypeAlias = Annotated[str, Meta(pattern="^[A-Z][A-Z0-9_]{0,78}$")]
_Share: TypeAlias = Annotated[float, Meta(ge=0.0, le=1.0)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A piece of the artefact: immutable, every key known."""


class Step(_Part, frozen=True, kw_only=True):
    """One thing that may become of a limit.

    Attributes:
        change_bps: of the limit, below zero for less; rounded down to the product's steps.
        freeze: nothing may be drawn; the limit stays.
    """

    step: _Name
    change_bps: Annotated[int, Meta(ge=-10_000, le=100_000)] = 0
    freeze: bool = False

    @property
    def kind(self) -> MoveKind:
        """What it does."""
        if self.freeze:
            return "freeze"
        return "increase" if self.change_bps > 0 else "decrease" if self.change_bps < 0 else "hold"


class Grade(_Part, frozen=True, kw_only=True):
    """A grade of risk.

    Attributes:
        when: of the facts of an account; None: every other account. The first that holds counts.
        pd: probability of default within the horizon.
        reason: why a lower step may be taken because of it.
    """

    grade: _Name
    pd: _Share
    when: str | None = None
    reason: _Code | None = None


class Band(_Part, frozen=True, kw_only=True):
    """Accounts that behave alike; among them a better grade never takes a lower step.

    Attributes:
        when: of the facts of an account; None: every other account. The first that holds counts.
        repaid, repaid_bad: share of the balance that is repaid within the horizon, without default and before one.
        drawn, drawn_bad: drawn anew meanwhile, as a share of the limit.
        reason: why a lower step may be taken because of it; merit: why a higher one may.
    """

    band: _Name
    repaid: _Share
    repaid_bad: _Share
    drawn: _Share
    drawn_bad: _Share
    when: str | None = None
    reason: _Code | None = None
    merit: _Code | None = None


class LimitRule(_Part, frozen=True, kw_only=True):
    """Policy over behaviour: where ``when`` holds, no step above ``at_most`` and none below ``at_least``."""

    rule: _Name
    when: str
    reason: _Code
    at_most: _Name | None = None
    at_least: _Name | None = None


class Economics(_Part, frozen=True, kw_only=True):
    """What lending brings and costs.

    Attributes:
        horizon_days: how far forecasts look.
        margin_bps: a year, on the balance: what it earns less what its funding costs.
        limit_cost_bps: a year, on the limit: capital and liquidity for what may be drawn.
        lgd_bps: share of the exposure that is lost in a default.
        source, as_of: where the figures are from, and when they were.
    """

    horizon_days: Annotated[int, Meta(ge=1, le=1_830)]
    margin_bps: _Bps
    lgd_bps: Annotated[int, Meta(ge=0, le=10_000)]
    source: Annotated[str, Meta(min_length=1, max_length=500)]
    as_of: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    limit_cost_bps: _Bps = 0


class Response(_Part, frozen=True, kw_only=True):
    """What people are assumed to do with a limit that moves.

    Attributes:
        scale, scale_bad: how much of a balance follows its limit; 0 none, 1 in proportion; ``bad``: before a default.
        use, use_bad: share of what is added that is drawn at once.
        rush_bad: share of the room that a cut takes which is drawn before it counts, by who then defaults.
        source, as_of: where the assumption is from, and when it was made.
    """

    source: Annotated[str, Meta(min_length=1, max_length=500)]
    as_of: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
    scale: _Share = 0.0
    scale_bad: _Share = 0.0
    use: _Share = 0.0
    use_bad: _Share = 0.0
    rush_bad: _Share = 0.0


class Constraints(_Part, frozen=True, kw_only=True):
    """What is kept.

    Attributes:
        loss_budget_bps: the most expected loss of all accounts, as a share of their expected balances.
        growth_bps: the most that the sum of limits may grow in one review; below zero it has to shrink.
        affordability: the highest limit that an account may have, in minor units, of its facts; unknown: none above today's.
        monotone: a better grade never takes a lower step than a worse one that behaves alike.
    """

    loss_budget_bps: _Bps
    affordability: str
    growth_bps: Annotated[int, Meta(ge=-10_000, le=100_000)] = 0
    monotone: bool = True


class CoolDown(_Part, frozen=True, kw_only=True):
    """Days after a limit has moved in which it does not move again, by direction of the next move."""

    increase: _Days = 90
    decrease: _Days = 60


class HoldOut(_Part, frozen=True, kw_only=True):
    """Accounts that no review moves, so that what moving does is measured.

    Attributes:
        share: of all accounts.
        salt: another one draws others.
    """

    share: Annotated[float, Meta(ge=0.0, le=0.5)]
    salt: Annotated[str, Meta(min_length=1, max_length=100)]


class RiskOf(_Part, frozen=True, kw_only=True):
    """Whose score is the fact ``risk``: of the newest decision by ``policy`` about the owner, in stage ``score``.

    Attributes:
        days: an older one is not known any more.
    """

    policy: _Name
    score: _Name
    days: Annotated[int, Meta(ge=1, le=3_660)] = 92


class LimitStrategy(msgspec.Struct, frozen=True, kw_only=True):
    """How the limits of a product move.

    Attributes:
        product: whose accounts.
        steps: from the lowest to the highest; exactly one holds.
        grades: best first; the last takes every other account.
        facts: inputs of the newest decision by ``risk.policy`` that expressions may use too.
        notice_days: between telling of a decrease and the decrease.
        consent_days: how long an increase is offered; 0: it needs no consent.
        bound_reason: told where a portfolio constraint is all there is to say.
    """

    name: str
    product: str
    title: Words
    steps: tuple[Step, ...]
    grades: tuple[Grade, ...]
    bands: tuple[Band, ...]
    economics: Economics
    response: Response
    constraints: Constraints
    hold_out: HoldOut
    bound_reason: str
    rules: tuple[LimitRule, ...] = ()
    risk: RiskOf | None = None
    facts: dict[str, FactType] = {}
    cool_down: CoolDown = CoolDown()
    notice_days: int = 30
    consent_days: int = 30
    description: str = ""

    @property
    def hold(self) -> int:
        """Place of the step that holds."""
        return next(at for at, one in enumerate(self.steps) if one.kind == "hold")


class Binding(msgspec.Struct, frozen=True, kw_only=True):
    """A constraint on the whole book, after a choice.

    Attributes:
        used_minor, most_minor: of it; a loss budget is told as what is left below zero.
        price: what one more minor unit of it would bring, in minor units.
        binds: whether it would bring anything. kept: False where it cannot be, whatever is chosen.
    """

    constraint: str
    used_minor: int
    most_minor: int
    price: float
    binds: bool
    kept: bool = True


class SolverFacts(msgspec.Struct, frozen=True, kw_only=True):
    """How a choice was found.

    Attributes:
        method: the integer program, or its relaxation rounded.
        value_minor: revenue less loss, expected of what was chosen; bound_minor: no choice brings more.
        gap: between the two, as a share.
    """

    method: Literal["integer", "rounded"]
    groups: int
    value_minor: int
    bound_minor: int
    gap: float
    seconds: float
    bindings: tuple[Binding, ...] = ()
