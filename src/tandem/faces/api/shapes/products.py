"""Products that can be had, and what a customer would sign."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from tandem.faces.api.shapes.vocabulary import DigestText, Name

__all__ = [
    "InstalmentShown",
    "ProductDetail",
    "ProductPage",
    "ProductShown",
    "ProductWords",
    "QuoteRequest",
    "QuoteShown",
]

_Day = Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")]
_Minor = Annotated[int, Meta(ge=0, le=10**15)]


class ProductWords(msgspec.Struct, kw_only=True):
    """A text in both languages."""

    en: str
    zh: str


class ProductShown(msgspec.Struct, kw_only=True):
    """A product of the live release.

    Attributes:
        digest: of its definition; what an account is opened under.
        dearest_bps: the most it can cost a year, fees in, as its cap measures it; null without a cap.
    """

    name: Name
    digest: DigestText
    kind: str
    title: ProductWords
    description: str
    currency: str
    least_minor: int
    most_minor: int
    terms: list[int]
    cap: str | None
    dearest_bps: float | None


class ProductPage(msgspec.Struct, kw_only=True):
    """The products of the live release, by name."""

    products: list[ProductShown]


class ProductDetail(ProductShown, kw_only=True):
    """One product, all of it.

    Attributes:
        definition: as it was released.
    """

    policies: dict[str, str]
    definition: dict[str, Any]


class QuoteRequest(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """What somebody would draw.

    Attributes:
        term: number of instalments.
        rate_bps: a year, as a decision set it; left out: what holds where it sets none.
        on: the day of the draw; left out: today, UTC.
    """

    amount_minor: _Minor
    term: Annotated[int, Meta(ge=1, le=480)]
    rate_bps: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    on: _Day | None = None


class InstalmentShown(msgspec.Struct, kw_only=True):
    """One payment; amounts in minor units."""

    number: int
    due: _Day
    principal_minor: int
    interest_minor: int
    fee_minor: int
    amount_minor: int


class QuoteShown(msgspec.Struct, kw_only=True):
    """What would be signed: every payment, and everything it costs if each is paid when due.

    Attributes:
        effective_bps, nominal_bps: the yearly rate, fees in, compounded or twelve times the monthly one.
    """

    product: Name
    digest: DigestText
    currency: str
    amount_minor: int
    term: int
    rate_bps: int
    on: _Day
    interest_minor: int
    fees_minor: int
    total_minor: int
    effective_bps: float
    nominal_bps: float
    instalments: list[InstalmentShown]
