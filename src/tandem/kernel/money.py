"""Money: whole minor units and a currency, never a float.

Inside definitions and on the hot path an amount is an ``int`` of minor units whose field name ends in ``_minor``; this
class is for the places where two currencies could meet, and for showing amounts to people.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Final

from tandem.kernel.errors import InvalidInput, near_match

__all__ = ["CURRENCY_EXPONENTS", "Money"]

_EXPONENTS: Final = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF "
        "CHF CNY COP CRC CUP CVE CZK DEM DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD "
        "HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT "
        "MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR "
        "SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU "
        "UZS VES WST XCD XCG YER ZAR ZMW ZWG "
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
}  # the active codes of ISO 4217, and DEM, in which a public data set is kept
CURRENCY_EXPONENTS: Final = {code: digits for digits, codes in _EXPONENTS.items() for code in codes.split()}
"""ISO 4217 currency to its number of minor-unit digits."""

_LIMIT = 2**63


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """``amount_minor`` minor units (cents, fen) of ``currency``.

    Raises:
        InvalidInput: unknown currency, or more than 63 bits.
    """

    amount_minor: int
    currency: str

    def __post_init__(self) -> None:
        if self.currency not in CURRENCY_EXPONENTS:
            raise InvalidInput(
                "Unknown currency.",
                code="unknown_currency",
                field="currency",
                value=self.currency,
                hint=near_match(self.currency, CURRENCY_EXPONENTS),
            )
        if not -_LIMIT < self.amount_minor < _LIMIT:
            raise InvalidInput("Amount over 63 bits.", code="amount_overflow", field="amount_minor")

    def __add__(self, other: Money) -> Money:
        return Money(self.amount_minor + self._same(other).amount_minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.amount_minor - self._same(other).amount_minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.amount_minor, self.currency)

    def __lt__(self, other: Money) -> bool:
        return self.amount_minor < self._same(other).amount_minor

    def __le__(self, other: Money) -> bool:
        return self.amount_minor <= self._same(other).amount_minor

    def scaled(self, factor: Decimal) -> Money:
        """This amount times an exact factor, rounded half to even."""
        product = (Decimal(self.amount_minor) * factor).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
        return Money(int(product), self.currency)

    def major(self) -> Decimal:
        """The amount in major units, exact."""
        return Decimal(self.amount_minor).scaleb(-CURRENCY_EXPONENTS[self.currency])

    def __str__(self) -> str:
        return f"{self.major():,} {self.currency}"

    def _same(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise InvalidInput(
                "Two currencies cannot be added or compared.",
                code="currency_mismatch",
                field="currency",
                value=other.currency,
                hint=f"convert to {self.currency} first, at a dated rate",
            )
        return other
