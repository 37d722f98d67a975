"""Contact details: how a number is written so that the same one is the same, and where an account's first ones come from."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, Final

import msgspec
import phonenumbers

from tandem.act.collections.file import PointKind
from tandem.act.collections.rules import Whose
from tandem.kernel.errors import InvalidInput
from tandem.observe.events import EventType

__all__ = ["Reach", "masked", "normal", "reach_of_event"]

_EMAIL: Final = re.compile(r"[^@\s\x00-\x1f<>,;:\"()\[\]\\]{1,64}@[a-z0-9]([a-z0-9.-]{0,250}[a-z0-9])?\Z")
_KINDS: Final[dict[str, tuple[PointKind, Whose]]] = {
    "email": ("email", "debtor"),
    "phone": ("phone", "debtor"),
    "address": ("address", "debtor"),
    "contact": ("phone", "third_party"),
}
"""Kind of entity that an event names to what it reaches."""


class Reach(msgspec.Struct, frozen=True, kw_only=True):
    """A number or an address and whose it is."""

    kind: PointKind
    value: str
    whose: Whose = "debtor"
    name: str | None = None
    relation: str | None = None


def normal(kind: PointKind, value: str, country: str) -> str:
    """``value`` in the one way it is written here: an e-mail in lower case, a telephone number as ``+8613800138000``.

    Args:
        country: two letters, for a number without a country's code.

    Raises:
        InvalidInput: it is none.
    """
    text = value.strip()
    if kind == "email":
        local, _, host = text.rpartition("@")
        found = f"{local}@{host.lower()}"
        if _EMAIL.match(found):
            return found
        raise _wrong("Not an e-mail address.", "name@example.com")
    if kind == "phone":
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            raise _wrong("Not a telephone number.", "+86 138 0013 8000") from None
        if not phonenumbers.is_possible_number(number):
            raise _wrong("Not a telephone number.", "+86 138 0013 8000")
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    if not text or len(text) > 500:
        raise _wrong("An address has up to 500 characters.", "write it as on an envelope")
    return " ".join(text.split())


def masked(kind: PointKind, value: str) -> str:
    """``value`` so that who owns it knows which it is and nobody else can use it."""
    if kind == "email":
        local, _, host = value.rpartition("@")
        return f"{local[:1]}***@{host}"
    if kind == "phone":
        return f"{value[:3]}****{value[-4:]}" if len(value) > 8 else f"****{value[-2:]}"
    return f"{value[:4]}***"


def reach_of_event(event_type: EventType | None, values: dict[str, Any]) -> Iterable[Reach]:
    """The contact details that an application named: fields about a phone, an e-mail, an address, an emergency contact."""
    for field in () if event_type is None else event_type.fields:
        found = _KINDS.get(str(field.entity)) if field.entity is not None else None
        value = values.get(field.name)
        if found is not None and isinstance(value, str) and value.strip():
            kind, whose = found
            yield Reach(kind=kind, value=value, whose=whose)


def _wrong(words: str, hint: str) -> InvalidInput:
    return InvalidInput(words, code="invalid_contact_detail", field="value", hint=f"write it like {hint}")
