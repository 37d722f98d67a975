"""Fields of a text filled in, each a plain value, and nothing evaluated; amounts as people read them. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tandem.kernel.errors import InvalidInput
from tandem.kernel.money import CURRENCY_EXPONENTS

__all__ = ["amount_text", "fields_in", "filled"]

_FIELD: Final = re.compile(r"\{([a-z_]*)\}")


def fields_in(text: str) -> set[str]:
    """The fields that ``text`` names."""
    return set(_FIELD.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """``text`` with its fields filled in.

    Raises:
        InvalidInput: one of them has no value.
    """

    def value(match: re.Match[str]) -> str:
        name = match[1]
        if name not in values:
            raise InvalidInput(
                "The template names what is not known here.",
                code="unknown_field",
                field=name,
                hint="fill it in by hand",
            )
        return values[name]

    return _FIELD.sub(value, text)


def amount_text(minor: int, currency: str) -> str:
    """``minor`` units as people read them, such as ``CNY 1,234.50``."""
    digits = CURRENCY_EXPONENTS.get(currency, 2)
    whole, rest = divmod(abs(minor), 10**digits)
    text = f"{whole:,}" + (f".{rest:0{digits}d}" if digits else "")
    return f"{currency}\u00a0{'-' if minor < 0 else ''}{text}"
