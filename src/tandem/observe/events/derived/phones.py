"""One telephone, one key: the number as E.164, by the numbering plans in Google's libphonenumber.

Plans change, and with them a version of the library what it makes of a number; that is one of the reasons why a derived
value is recorded with its event.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

__all__ = ["phone_countries", "phone_key"]


def phone_countries() -> Collection[str]:
    """The countries whose numbering plan is known, as ISO 3166 codes of two letters."""
    from phonenumbers import SUPPORTED_REGIONS

    return sorted(SUPPORTED_REGIONS)


def phone_key(country: str | None) -> Callable[[str], str | None]:
    """From a telephone number to E.164, as ``+8613800138000``; an extension is left out.

    None for what is no number that could be dialled from abroad: too short, too long, or without the area code where the
    plan needs one, which would make one number of many.

    Args:
        country: whose numbers are written without ``+`` and country code; None where every number has them.
    """
    from phonenumbers import (
        NumberParseException,
        PhoneNumberFormat,
        ValidationResult,
        format_number,
        is_possible_number_with_reason,
        parse,
    )

    def key(text: str) -> str | None:
        try:
            number = parse(text, country)
        except NumberParseException:
            return None
        if is_possible_number_with_reason(number) != ValidationResult.IS_POSSIBLE:
            return None
        return format_number(number, PhoneNumberFormat.E164)

    return key
