"""Amounts as decimals with a point and amounts in minor units: the same number, exactly."""

from __future__ import annotations

import re
from typing import Final

from tandem.act.bank_files.xml_reading import Element
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["amount_text", "minor_of"]

_DECIMAL: Final = re.compile(r"(\d{1,18})(?:\.(\d{0,5}))?\Z", re.ASCII)
_DIGITS: Final = 18
"""Digits of an amount, as the schemas have it."""


def minor_of(amount: Element) -> tuple[int, str]:
    """What ``amount`` says, in minor units, and its currency.

    Raises:
        BadFile: it is no amount, in no currency we know, or finer than a minor unit.
    """
    currency = amount.attributes.get("Ccy", "")
    exponent = CURRENCY_EXPONENTS.get(currency)
    if exponent is None:
        raise amount.wrong(
            "No currency that is known.", code="unknown_currency", value=currency, hint="Ccy, such as EUR"
        )
    read = _DECIMAL.match(amount.text)
    if read is None or len(read[1]) + len(read[2] or "") > _DIGITS:
        raise amount.wrong("This is no amount.", code="invalid_amount", value=amount.text[:40], hint="such as 1050.00")
    fraction = read[2] or ""
    if fraction[exponent:].strip("0"):
        raise amount.wrong(
            f"{currency} has {exponent} decimal places.", code="amount_too_fine", value=amount.text[:40],
            hint="whole minor units",
        )  # fmt: skip
    return int(read[1]) * 10**exponent + int(fraction[:exponent].ljust(exponent, "0") or "0"), currency


def amount_text(minor: int, currency: str) -> str:
    """``minor`` units of ``currency`` as a decimal; at least zero."""
    exponent = CURRENCY_EXPONENTS[currency]
    if not exponent:
        return str(minor)
    whole, part = divmod(minor, 10**exponent)
    return f"{whole}.{part:0{exponent}d}"
