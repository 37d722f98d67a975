"""The nouns of a product: what may be lent, how it is repaid, what it costs, and which policies decide on it.

A product is an artefact. An account keeps the digest of the version it was opened under, so a later version changes
nothing for who has already signed.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

__all__ = [
    "AmountBounds",
    "Bps",
    "Component",
    "DayCount",
    "Early",
    "Every",
    "Method",
    "Monitoring",
    "Overdue",
    "Policies",
    "Price",
    "Product",
    "ProductKind",
    "RateBounds",
    "Roll",
    "ScheduleRule",
    "Servicing",
    "Words",
]

ProductKind: TypeAlias = Literal["instalment_plan", "term_loan", "revolving", "merchant_line"]
"""A purchase paid in parts; one loan; a limit that is drawn again and again; the same for a merchant."""
Method: TypeAlias = Literal["equal_instalment", "equal_principal", "bullet", "declining"]
Every: TypeAlias = Literal["week", "fortnight", "month"]
DayCount: TypeAlias = Literal["periods", "actual_365", "actual_360", "thirty_360"]
Roll: TypeAlias = Literal["none", "following", "modified_following", "preceding"]
Component: TypeAlias = Literal["fee", "penalty", "interest", "principal"]
"""What an instalment is made of."""

Mark: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
"""Name of a grade or of a flag."""
Bps: TypeAlias = Annotated[int, Meta(ge=0, le=1_000_000)]
"""Hundredths of a per cent."""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A text in both languages."""

    en: str
    zh: str = msgspec.field(name="zh-CN")


class AmountBounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may be drawn at once, in minor units, both bounds included.

    Attributes:
        step_minor: an amount is a multiple of it.
    """

    least_minor: Annotated[int, Meta(ge=1, le=10**15)]
    most_minor: Annotated[int, Meta(ge=1, le=10**15)]
    step_minor: Annotated[int, Meta(ge=1, le=10**12)] = 1


class RateBounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a decision may set as the yearly rate, in basis points; ``otherwise`` holds where it sets none."""

    least: Bps
    most: Bps
    otherwise: Bps


class ScheduleRule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How a draw is repaid.

    Attributes:
        method: ``equal_instalment`` pays the same each time, ``equal_principal`` the same part of the principal,
            ``bullet`` interest each time and the principal at the end, ``declining`` a part of what is left, as the
            least payment of a card does, and the rest at the end.
        part_bps: of what is left, with ``declining``.
        every: how far instalments are apart.
        due_day: day of the month on which every instalment is due; None: the day of the draw. Only with months. A month
            that is too short has its last day.
        first_after_days: with ``due_day``, the first instalment is due at least so many days after the draw.
        day_count: how interest counts time; ``periods`` counts a whole month as a twelfth of a year.
        roll: where a due date goes that is no business day; interest is counted to the date before that.
        calendar: whose business days: a country's code (``CN``) or ``ECB``.
    """

    method: Method
    part_bps: Annotated[int, Meta(ge=1, le=10_000)] | None = None
    every: Every = "month"
    due_day: Annotated[int, Meta(ge=1, le=31)] | None = None
    first_after_days: Annotated[int, Meta(ge=0, le=31)] = 0
    day_count: DayCount = "periods"
    roll: Roll = "none"
    calendar: str | None = None


class Overdue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What being late costs.

    Attributes:
        bps_per_day: of the overdue principal; 5 is five hundredths of a per cent a day.
        grace_days: paid so many days after it was due, it costs nothing; later, it costs from the due date on.
    """

    bps_per_day: Annotated[int, Meta(ge=0, le=100)] = 0
    grace_days: Annotated[int, Meta(ge=0, le=31)] = 0


class Early(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What paying early does.

    Attributes:
        fee_bps: of the principal that is paid early.
        fees_to_come: whether the fees of later instalments are still to be paid.
        rest: what becomes of the rest after part of it was paid early: the same dates and less each time, or the same
            each time and fewer dates.
    """

    fee_bps: Bps = 0
    fees_to_come: Literal["waived", "due"] = "waived"
    rest: Literal["lower_instalments", "fewer_instalments"] = "lower_instalments"


class Price(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a draw costs.

    Attributes:
        rate_bps: interest a year on what is not yet repaid.
        fee_bps: of the amount drawn, with every instalment.
        opening_fee_bps: of the amount drawn, with the first instalment.
    """

    rate_bps: RateBounds = RateBounds(least=0, most=0, otherwise=0)
    fee_bps: Bps = 0
    opening_fee_bps: Bps = 0
    overdue: Overdue = Overdue()
    early: Early = Early()


class Policies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """Which policies of the same release decide on this product."""

    application: str
    draw: str | None = None
    limit: str | None = None
    early_warning: str | None = None
    collections: str | None = None
    monitoring: str | None = None


class Monitoring(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the policy that monitors its accounts may say of them, by the actions ``grade_NAME`` and ``flag_NAME``.

    Attributes:
        grades: of risk, the best first; of several that one decision says, the worst holds.
        flags: of misuse.
    """

    grades: Annotated[tuple[Mark, ...], Meta(max_length=20)] = ()
    flags: Annotated[tuple[Mark, ...], Meta(max_length=50)] = ()


class Servicing(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What one person may do to an account of it alone.

    Attributes:
        waive_alone_minor: the most that may be waived on one account in any 365 days without a second person; more of
            it, and whatever else costs money or is hard to undo, takes two.
        freeze_on_warning: a warning that asks for it freezes the account at once; else it only proposes to.
    """

    waive_alone_minor: Annotated[int, Meta(ge=0, le=10**15)] = 0
    freeze_on_warning: bool = False


class Product(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a product.

    Attributes:
        name: lower_snake.
        limit_minor: the most one customer may owe on it; None: one draw and no limit to draw from again.
        terms: numbers of instalments a customer may choose from, ascending.
        order: what a payment pays first, within the oldest instalment that is due.
        cap: the rate cap that its price has to keep; None is refused where the workspace has one.
        sold: False: nobody new can have it; accounts that were opened before, or taken over, run on.
        consents: what a customer agrees to before signing.
        monitoring: what ``policies.monitoring`` may say; there where that is.
    """

    name: str
    kind: ProductKind
    title: Words
    currency: str
    amount: AmountBounds
    terms: tuple[int, ...]
    schedule: ScheduleRule
    policies: Policies
    price: Price = Price()
    limit_minor: AmountBounds | None = None
    order: tuple[Component, ...] = ("fee", "penalty", "interest", "principal")
    cap: str | None = None
    sold: bool = True
    consents: tuple[str, ...] = ()
    description: str = ""
    servicing: Servicing = Servicing()
    monitoring: Monitoring | None = None
