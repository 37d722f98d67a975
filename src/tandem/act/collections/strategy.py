"""The nouns of a collection strategy: which segment an account falls into, and the ladder of what is done there."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from tandem.act.collections.rules import Whose
from tandem.act.collections.types import Channel, Step, Words

__all__ = ["Cost", "Limits", "Rung", "Segment", "Strategy", "Template", "Trying"]

_Minor: TypeAlias = Annotated[int, Meta(ge=0, le=10**9)]
_Share: TypeAlias = Annotated[float, Meta(ge=0, le=1)]


class Rung(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is done from a day on, until the next rung's.

    Attributes:
        from_day: days past due; below zero, days before the due date.
        channels: in the order in which they are tried; none for what is proposed to a person.
        wait_days: after a contact, before the next one of this rung.
    """

    from_day: Annotated[int, Meta(ge=-60, le=3_000)]
    step: Step
    channels: tuple[Channel, ...] = ()
    wait_days: Annotated[int, Meta(ge=1, le=90)] = 1


class Segment(msgspec.Struct, frozen=True, kw_only=True):
    """Accounts that are dealt with alike.

    Attributes:
        when: condition over a situation; the first segment whose condition holds is the account's.
        assumed_share: of what is due, what a talk is taken to bring where no model says; it orders people's work alone.
        ladder: ascending by day.
    """

    segment: str
    title: Words
    when: str
    ladder: tuple[Rung, ...]
    assumed_share: float = 0.05


class Cost(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one contact by a channel costs; ``minutes`` of a person's time, which ``person_minor_per_hour`` values."""

    minor: _Minor
    minutes: Annotated[float, Meta(ge=0, le=480)] = 0.0


class Trying(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a model of response is held against the ladder.

    Attributes:
        hold_out: share of accounts that stay on the ladder whatever a model says.
        exploration: share of the others' choices that are drawn at random, so that models can learn.
    """

    hold_out: _Share = 0.1
    exploration: _Share = 0.05


class Limits(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What people may agree to without another person.

    Attributes:
        promise_days: the latest day a promise may be for.
        settle_least_share: of what closes the account, the least that settles it.
        restructure_most: instalments of a new schedule.
        restructure_least_bps: the lowest rate of one; None: the plan's own rate stays.
        offer_days: how long an offer stands.
    """

    promise_days: Annotated[int, Meta(ge=1, le=90)] = 14
    settle_least_share: _Share = 0.8
    restructure_most: Annotated[int, Meta(ge=1, le=120)] = 24
    restructure_least_bps: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    offer_days: Annotated[int, Meta(ge=1, le=90)] = 10


class Template(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is said in a contact, or the script of one.

    Attributes:
        subject: of an e-mail or a letter.
        whose: to whom it is said; to a third party never a word of the debt.
    """

    template: str
    steps: tuple[Step, ...]
    channels: tuple[Channel, ...]
    text: Words
    subject: Words | None = None
    whose: Whose = "debtor"


class Strategy(msgspec.Struct, frozen=True, kw_only=True):
    """How accounts of some products are collected.

    Attributes:
        conduct: name of the rule set that holds for them.
        person_minor_per_hour: what an hour of a collector costs.
        response: the model of response that actions are picked by; None: the ladder alone.
        says: what templates may name of the lender: ``lender``, ``how_to_pay``, ``how_to_object``, ``opt_out``.
    """

    name: str
    title: Words
    products: tuple[str, ...]
    conduct: str
    segments: tuple[Segment, ...]
    templates: tuple[Template, ...]
    costs: dict[Channel, Cost]
    says: dict[Literal["lender", "how_to_pay", "how_to_object", "opt_out"], Words]
    person_minor_per_hour: _Minor = 0
    trying: Trying = Trying()
    limits: Limits = Limits()
    response: str | None = None

    @property
    def days_before(self) -> int:
        """How many days before a due date the first rung of any segment begins; 0 if none does."""
        return max(0, *(-rung.from_day for one in self.segments for rung in one.ladder))

    def template_for(self, step: Step, channel: Channel, whose: Whose = "debtor") -> Template | None:
        """The first that suits."""
        fitting = (
            one for one in self.templates if one.whose == whose and channel in one.channels and step in one.steps
        )
        return next(fitting, None)

    def template(self, name: str) -> Template | None:
        """The template of that name, if there is one."""
        return next((one for one in self.templates if one.template == name), None)
