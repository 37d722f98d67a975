"""The nouns of collections: what is known of somebody in arrears, what may be done about it, and what was chosen.

``Situation`` is all that a choice may look at: nothing personal, nothing from the future. A strategy's ladder, a model of
response and a person read the same one, and it is recorded with what was chosen, so a model can learn from it later.
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, Protocol, TypeAlias, get_args

import msgspec
from msgspec import Meta

from tandem.act.products import Day
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

__all__ = [
    "AUTOMATIC",
    "CHANNELS",
    "SITUATION_COLUMNS",
    "STEPS",
    "WAIT",
    "Action",
    "Channel",
    "Choice",
    "ChosenBy",
    "ExpectedRecovery",
    "Purpose",
    "Ranked",
    "Situation",
    "Step",
    "Words",
]

Channel: TypeAlias = Literal["email", "sms", "ai_call", "call", "letter", "visit"]
"""How somebody is reached: ``ai_call`` is a voice that no person speaks, ``call`` a person's."""
CHANNELS: Final[tuple[Channel, ...]] = get_args(Channel)
AUTOMATIC: Final[frozenset[Channel]] = frozenset({"email", "sms", "ai_call"})
"""What needs no person."""

Step: TypeAlias = Literal[
    "wait", "offer", "reminder", "soft", "firm", "settlement", "restructure", "agency", "write_off"
]
"""From doing nothing today to giving up: ``offer`` is what a programme of offers tells who is not late, and no rung of a
ladder; ``reminder`` is before anything is late, ``settlement`` offers to take less,
``restructure`` another schedule; ``agency`` and ``write_off`` are proposals to a person."""
STEPS: Final[tuple[Step, ...]] = get_args(Step)

Purpose: TypeAlias = Literal["collection", "service", "marketing"]
"""What a contact is for: asking for what is late; telling what a customer must know; offering something."""

ChosenBy: TypeAlias = Literal["ladder", "model", "exploration", "hold_out", "person"]
"""``exploration``: drawn at random so that a model can learn; ``hold_out``: kept on the ladder to measure by."""

_Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str = msgspec.field(name="zh-CN")


class Situation(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of one account on ``day`` when the next action is chosen; amounts in minor units.

    Attributes:
        account: its id; currency: of all amounts.
        days_past_due: since the oldest due date that is not wholly paid; 0 before that.
        due_minor: due and unpaid; balance_minor: all that would close it today.
        days_to_due: until the next due date; None if nothing comes.
        limit_minor: None where there is none.
        months_on_book: whole ones since it was opened.
        days_since_payment: None if nothing was ever paid.
        times_late: how often it was in arrears before.
        promises_kept, promises_broken: so far; promise_open: somebody promised and the day has not come.
        contacts, reached: since these arrears began: made, and those in which the debtor answered, of all channels.
        contacts_by, reached_by: the same by channel.
        days_since_contact: None if there was none in these arrears.
        last_step: the furthest step of the ladder in these arrears.
        hardship, dispute: somebody said so and it stands.
        roll_risk: probability of 30 days past due or more; None where no model said.
    """

    account: str
    day: Day
    currency: str
    days_past_due: int
    due_minor: int
    balance_minor: int
    days_to_due: int | None = None
    limit_minor: int | None = None
    months_on_book: int = 0
    days_since_payment: int | None = None
    times_late: int = 0
    promises_kept: int = 0
    promises_broken: int = 0
    promise_open: bool = False
    contacts: int = 0
    reached: int = 0
    contacts_by: dict[Channel, int] = {}
    reached_by: dict[Channel, int] = {}
    days_since_contact: int | None = None
    last_step: Step = "wait"
    hardship: bool = False
    dispute: bool = False
    roll_risk: _Share | None = None

    def row(self) -> dict[str, Any]:
        """The values of ``SITUATION_COLUMNS``, for expressions and models."""
        found = {name: getattr(self, name) for name in _PLAIN}
        for channel in CHANNELS:
            found[f"contacts_{channel}"] = self.contacts_by.get(channel, 0)
            found[f"reached_{channel}"] = self.reached_by.get(channel, 0)
        return found


class Action(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that may be done today.

    Attributes:
        channel, template: of a contact; None of what is none (``wait``, ``agency``, ``write_off``).
        cost_minor: what doing it costs.
        minutes: of a person's time.
    """

    step: Step
    channel: Channel | None = None
    template: str | None = None
    cost_minor: int = 0
    minutes: float = 0.0


WAIT: Final = Action(step="wait")


class Ranked(msgspec.Struct, frozen=True, kw_only=True):
    """An action that was looked at.

    Attributes:
        expected_minor: recovery it is expected to bring above waiting, before its cost; None where no model said.
        blocked_by: the conduct rule that forbids it now.
    """

    action: Action
    expected_minor: int | None = None
    blocked_by: str | None = None

    @property
    def value_minor(self) -> int | None:
        """What it is expected to bring, less what it costs."""
        return None if self.expected_minor is None else self.expected_minor - self.action.cost_minor


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen in a situation, and why.

    Attributes:
        segment: of the strategy that the situation fell into.
        propensity: how likely this action was to be chosen by whatever chose it; what learning from it divides by.
        ranked: everything that was looked at, best first.
    """

    action: Action
    chosen_by: ChosenBy
    segment: str | None = None
    expected_minor: int | None = None
    propensity: _Share = 1.0
    ranked: tuple[Ranked, ...] = ()


class ExpectedRecovery(Protocol):
    """A model of response: minor units that ``action`` is expected to bring in ``situation`` above doing nothing, before its cost."""

    def __call__(self, situation: Situation, action: Action) -> int: ...


_INT: Final = Column(SqlType.INTEGER, nullable=False)
_INT_OR_NONE: Final = Column(SqlType.INTEGER)
_YES: Final = Column(SqlType.BOOLEAN, nullable=False)
_PLAIN: Final[dict[str, Column]] = {
    "days_past_due": _INT,
    "due_minor": _INT,
    "balance_minor": _INT,
    "days_to_due": _INT_OR_NONE,
    "limit_minor": _INT_OR_NONE,
    "months_on_book": _INT,
    "days_since_payment": _INT_OR_NONE,
    "times_late": _INT,
    "promises_kept": _INT,
    "promises_broken": _INT,
    "promise_open": _YES,
    "contacts": _INT,
    "reached": _INT,
    "days_since_contact": _INT_OR_NONE,
    "last_step": Column(SqlType.TEXT, nullable=False),
    "hardship": _YES,
    "dispute": _YES,
    "roll_risk": Column(SqlType.DOUBLE),
}
SITUATION_COLUMNS: Final[dict[str, Column]] = {
    **_PLAIN,
    **{f"{what}_{channel}": _INT for what in ("contacts", "reached") for channel in CHANNELS},
}
"""What a segment's condition may name."""
