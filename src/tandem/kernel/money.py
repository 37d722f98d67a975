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

CURRENCY_EXPONENTS: Final = {
    "AUD": 2, "BRL": 2, "CAD": 2, "CHF": 2, "CNY": 2, "DEM": 2, "EUR": 2, "GBP": 2, "HKD": 2, "IDR": 2, "INR": 2,
    "JPY": 0, "KRW": 0, "KWD": 3, "MXN": 2, "NGN": 2, "PHP": 2, "PLN": 2, "SGD": 2, "THB": 2, "TWD": 2, "USD": 2,
    "VND": 0, "ZAR": 2,
}  # fmt: skip
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
