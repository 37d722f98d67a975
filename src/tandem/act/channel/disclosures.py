"""The table of costs that a customer reads before signing: pure.

Every item with its standard, its payee and its yearly level; what being late would cost; and that nothing else is charged. The
same offer on the same day is the same text and digest.

After the rules on stating the composite financing cost of personal loans (National Financial Regulatory Administration and
People's Bank of China, in force since 2026-08-01), which ask for this table, a window in front of the page, a time of reading
and a confirmation before signing. They set no number of seconds; the lender's row says how many, and who chose it.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from tandem.act.channel.types import Channel, Language
from tandem.act.channel.words import SAID
from tandem.act.products import Instalment, Product, Quote, Words, nearest, yearly_bps
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.identity import Digest
from tandem.kernel.time import days_to_date

__all__ = ["Contingent", "CostItem", "Disclosure", "PlannedPayment", "digest_of_disclosure", "disclosure_of"]


class CostItem(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is paid if everything is paid on time.

    Attributes:
        standard: how it is counted; ``method``: when it is paid; ``payee``: to whom.
        amount_minor: all of it, over the whole term.
        yearly_bps: twelve times the monthly rate of the flows with this item alone.
    """

    name: str
    standard: str
    method: str
    payee: str
    amount_minor: int
    yearly_bps: int


class Contingent(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that is paid only if something happens: lateness, paying early."""

    name: str
    standard: str
    payee: str


class PlannedPayment(msgspec.Struct, frozen=True, kw_only=True):
    """What is due on a day."""

    due: str
    amount_minor: int
    principal_minor: int
    interest_minor: int
    fee_minor: int


class Disclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The table as it is read, in one language. Two yearly figures stand side by side because both are stated by law somewhere.

    Attributes:
        on: the day it was counted for; a table of yesterday is not the table of today.
        nominal_bps, effective_bps: everything that is paid on time, a year: twelve times the monthly rate, and compounded.
        statement: that nothing else is charged.
    """

    language: Language
    title: str
    lender: str
    decision: str
    product: str
    terms: Digest
    on: str
    currency: str
    principal_minor: int
    term: int
    items: tuple[CostItem, ...]
    cost_minor: int
    total_minor: int
    nominal_bps: int
    effective_bps: int
    contingent: tuple[Contingent, ...]
    schedule: tuple[PlannedPayment, ...]
    statement: str


def digest_of_disclosure(disclosure: Disclosure) -> Digest:
    """What stands with a signature: SHA-256 of the canonical text."""
    return digest_of_bytes(canonical_bytes(msgspec.to_builtins(disclosure)))


def disclosure_of(
    channel: Channel, product: Product, terms: Digest, quote: Quote, *, decision: str, language: Language
) -> Disclosure:
    """The table of ``quote``."""
    lender = said(channel.lender, language)
    costs = quote.costs
    return Disclosure(
        language=language,
        title=SAID["title"][language],
        lender=lender,
        decision=decision,
        product=said(product.title, language),
        terms=terms,
        on=days_to_date(quote.on).isoformat(),
        currency=product.currency,
        principal_minor=costs.principal_minor,
        term=quote.term,
        items=tuple(_items(product, quote, language, lender)),
        cost_minor=costs.interest_minor + costs.fees_minor,
        total_minor=costs.total_minor,
        nominal_bps=round(costs.nominal_bps),
        effective_bps=round(costs.effective_bps),
        contingent=tuple(_contingent(product, language, lender)),
        schedule=tuple(
            PlannedPayment(
                due=days_to_date(one.due).isoformat(),
                amount_minor=one.amount_minor,
                principal_minor=one.principal_minor,
                interest_minor=one.interest_minor,
                fee_minor=one.fee_minor,
            )
            for one in quote.instalments
        ),
        statement=SAID["nothing_else"][language],
    )


def said(words: Words, language: Language) -> str:
    """``words`` in ``language``."""
    return words.zh if language == "zh-CN" else words.en


def _items(product: Product, quote: Quote, language: Language, lender: str) -> list[CostItem]:
    """Items that the product has, also where they come to nothing: a customer reads that interest is none."""
    price, amount = product.price, quote.amount_minor
    opening = nearest(amount * price.opening_fee_bps, 10_000)
    parts: list[tuple[str, str, list[int]]] = []
    if quote.rate_bps or price.rate_bps.most:
        parts.append(("interest", percent(quote.rate_bps), [one.interest_minor for one in quote.instalments]))
    if price.fee_bps:
        fees = [one.fee_minor - (opening if number == 0 else 0) for number, one in enumerate(quote.instalments)]
        parts.append(("instalment_fee", percent(price.fee_bps), fees))
    if price.opening_fee_bps:
        first = [opening if number == 0 else 0 for number in range(len(quote.instalments))]
        parts.append(("opening_fee", percent(price.opening_fee_bps), first))
    return [
        CostItem(
            name=SAID[name][language],
            standard=SAID[f"{name}_standard"][language].format(rate=rate),
            method=SAID[f"{name}_method"][language],
            payee=lender,
            amount_minor=sum(paid),
            yearly_bps=round(_yearly_of(product, quote.instalments, paid)),
        )
        for name, rate, paid in parts
    ]


def _yearly_of(product: Product, instalments: Sequence[Instalment], paid: Sequence[int]) -> float:
    alone = [
        msgspec.structs.replace(one, interest_minor=each, fee_minor=0)
        for one, each in zip(instalments, paid, strict=True)
    ]
    return yearly_bps(product.schedule, alone, "nominal", "months")


def _contingent(product: Product, language: Language, lender: str) -> list[Contingent]:
    overdue, early = product.price.overdue, product.price.early
    late = SAID["overdue_none"][language]
    if overdue.bps_per_day:
        late = SAID["overdue_standard"][language].format(
            rate=percent(overdue.bps_per_day), year=percent(overdue.bps_per_day * 365), days=overdue.grace_days
        )
    soon = SAID["early_none"][language]
    if early.fee_bps:
        soon = SAID["early_standard"][language].format(rate=percent(early.fee_bps))
    if product.price.fee_bps:
        soon = SAID["joined"][language].format(first=soon, second=SAID[f"early_fees_{early.fees_to_come}"][language])
    return [
        Contingent(name=SAID["overdue"][language], standard=late, payee=lender),
        Contingent(name=SAID["early"][language], standard=soon, payee=lender),
    ]


def percent(bps: int) -> str:
    """Basis points as people read them: ``0.40 %``."""
    return f"{bps // 100}.{bps % 100:02d}%"
