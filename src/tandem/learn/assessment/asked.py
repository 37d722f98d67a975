"""What an assessment is asked: which product, decided by what, offered to whom of the past, under which assumptions.

A product is the business of another wing. What is needed of it comes along as values (``ProductTerms``) and as a function
that says what a draw costs (``flows``); so the same assessment serves any shelf of products.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.learn.backtest import SideAsked

__all__ = ["AssessmentAsked", "Assumptions", "ProductTerms", "checked_assessment"]

_GROUPS_MAX: Final = 8


class ProductTerms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an assessment needs to know of a product.

    Attributes:
        least_minor, most_minor, step_minor: what may be drawn at once.
        terms: numbers of instalments, ascending.
        least_bps, most_bps, otherwise_bps: the yearly rate that a decision may set, and what holds where it sets none.
        policy: that decides on applications for it.
    """

    name: str
    currency: str
    least_minor: int
    most_minor: int
    step_minor: int
    terms: tuple[int, ...]
    least_bps: int
    most_bps: int
    otherwise_bps: int
    policy: str


class Assumptions(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What nobody's history says: declared by whoever asks, kept in the report beside every figure that leans on it.

    Attributes:
        funding_bps: what the money costs a year, on what is outstanding.
        lgd: share of what is outstanding that is lost when a loan goes bad.
        paid_before_bad: share of its instalments that a loan which goes bad pays first.
        opening_minor, servicing_minor, review_minor: what opening an account, each instalment and each review by a person costs.
        applications_a_day: that are expected; None: as many as history had.
        reviewers, reviews_a_day: people who review, and how many cases each ends in a day.
    """

    funding_bps: int = 300
    lgd: float = 0.6
    paid_before_bad: float = 0.3
    opening_minor: int = 0
    servicing_minor: int = 0
    review_minor: int = 0
    applications_a_day: float | None = None
    reviewers: int = 1
    reviews_a_day: int = 40


class AssessmentAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One question.

    Attributes:
        subject: digest of what is assessed: a product's terms with the policies that decide on it.
        product, against: the product, and the nearest one that can be had; None where there is none like it.
        event_type: of the applications that are taken again.
        candidate: what decides: the live release with drafts in it.
        since, until: of the events' own time, RFC 3339.
        where: a condition over the facts that says whom of the past the product is meant for; empty: everybody whose
            amount it lends.
        amount, term: fields of an application: what is asked for in minor units, and over how many instalments. Without a
            term everybody takes the product's middle one.
        groups: expressions by whose values approval and price are compared: a field, or a condition such as ``age >= 60``.
        inferred: a model whose probability stands for the outcome where nobody knows it.
    """

    subject: str
    product: ProductTerms
    event_type: str
    candidate: SideAsked
    against: ProductTerms | None = None
    since: str | None = None
    until: str | None = None
    where: str = ""
    amount: str = "amount_minor"
    term: str | None = None
    groups: tuple[str, ...] = ()
    inferred: str | None = None
    assumptions: Assumptions = Assumptions()
    sample: int = 200
    seed: int = 7


def checked_assessment(asked: AssessmentAsked) -> AssessmentAsked:
    """``asked``, once it holds together by itself.

    Raises:
        InvalidInput: names what does not.
    """
    given = asked.assumptions
    for name, share in (("lgd", given.lgd), ("paid_before_bad", given.paid_before_bad)):
        if not 0.0 <= share <= 1.0:
            raise InvalidInput("A share is 0 to 1.", field=f"assumptions.{name}", value=share)
    for name in ("funding_bps", "opening_minor", "servicing_minor", "review_minor", "reviewers"):
        if getattr(given, name) < 0:
            raise InvalidInput("It is not below zero.", field=f"assumptions.{name}", value=getattr(given, name))
    if given.reviews_a_day < 1:
        raise InvalidInput(
            "A person ends at least one case a day.", field="assumptions.reviews_a_day", value=given.reviews_a_day
        )
    if given.applications_a_day is not None and not 0 < given.applications_a_day <= 1e8:
        raise InvalidInput(
            "Some applications come a day.", field="assumptions.applications_a_day", value=given.applications_a_day
        )
    if len(asked.groups) > _GROUPS_MAX:
        raise InvalidInput(f"At most {_GROUPS_MAX} groups are compared.", field="groups", value=len(asked.groups))
    return asked
