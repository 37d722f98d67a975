"""The nouns of a statement: what is owed by component, and what moved it. Money is in minor units, days are ints."""

from __future__ import annotations

from typing import Literal, TypeAlias

import msgspec

from tandem.act.lending import AccountId, Totals
from tandem.act.products import Day
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Micros

__all__ = ["Balances", "Movement", "OpenLine", "PlanStatement", "Statement", "TakenBack", "What"]

What: TypeAlias = Literal[
    "drawn", "charged", "met", "paid", "refunded", "returned", "waived", "rescheduled", "written_off", "recovered"
]
"""``charged``: time passed, or paying early has its fee. ``met``: money that waited met what fell due."""


class Balances(msgspec.Struct, frozen=True, kw_only=True):
    """What is owed by component, and the customer's money that has met nothing yet; as an effect, how these moved.

    Attributes:
        interest: due or accrued so far; fee, penalty: due.
    """

    principal: int = 0
    interest: int = 0
    fee: int = 0
    penalty: int = 0
    waiting: int = 0

    @property
    def owed(self) -> int:
        """All components, what waits not taken off."""
        return self.principal + self.interest + self.fee + self.penalty

    def __bool__(self) -> bool:
        return any(msgspec.structs.astuple(self))

    def __add__(self, other: Balances) -> Balances:
        mine, theirs = msgspec.structs.asdict(self), msgspec.structs.asdict(other)
        return Balances(**{name: mine[name] + theirs[name] for name in mine})

    def __sub__(self, other: Balances) -> Balances:
        mine, theirs = msgspec.structs.asdict(self), msgspec.structs.asdict(other)
        return Balances(**{name: mine[name] - theirs[name] for name in mine})


class Movement(msgspec.Struct, frozen=True, kw_only=True):
    """Something that moved a plan.

    Attributes:
        day: it counts from. heard: when we heard of it; None of what only time did.
        amount: of money that came or went; None where none did.
        effect: on what is owed.
        fact_id: its key, by which it may be reversed. by: who recorded it.
    """

    day: Day
    what: What
    effect: Balances
    amount: int | None = None
    fact_id: str | None = None
    heard: Micros | None = None
    by: str | None = None


class TakenBack(msgspec.Struct, frozen=True, kw_only=True):
    """A fact that was recorded and turned out not to have happened, such as a debit that came back; it moves nothing.

    Attributes:
        heard, taken_back: when it was recorded; when it was reversed.
    """

    plan: str
    fact_id: str
    what: str
    day: Day
    amount: int | None
    heard: Micros
    taken_back: Micros


class OpenLine(msgspec.Struct, frozen=True, kw_only=True):
    """An instalment of which something is open at the end of the period."""

    number: int
    due: Day
    principal: int
    interest: int
    fee: int
    penalty: int


class PlanStatement(msgspec.Struct, frozen=True, kw_only=True):
    """One plan over the period: ``opening`` and the effects of ``movements`` sum to ``closing``, by component.

    Attributes:
        charged: interest, fees and penalties of the period; moved: everything else, by kind.
        open_lines: what is left to pay and when.
        next_minor: what is still to come for ``next_due``, what waits taken off.
    """

    plan: str
    drawn_on: Day
    drawn_minor: int
    rate_bps: int
    opening: Balances
    movements: tuple[Movement, ...]
    closing: Balances
    charged: Balances
    moved: Totals
    open_lines: tuple[OpenLine, ...]
    days_past_due: int
    next_due: Day | None
    next_minor: int
    lost: bool


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """An account over a period, both days included, as it was known at an instant."""

    account_id: AccountId
    owner_kind: str
    owner: Pseudonym
    product: str
    terms: Digest
    currency: str
    opened_on: Day
    limit_minor: int | None
    since: Day
    until: Day
    known_at: Micros
    plans: tuple[PlanStatement, ...]
    taken_back: tuple[TakenBack, ...]

    @property
    def opening(self) -> Balances:
        """Of all plans."""
        return sum((one.opening for one in self.plans), Balances())

    @property
    def closing(self) -> Balances:
        """Of all plans."""
        return sum((one.closing for one in self.plans), Balances())
