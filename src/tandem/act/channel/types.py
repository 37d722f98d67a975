"""The nouns of the customer's channel: what a lender says to customers, as an artefact that is reviewed like any other.

The policy decides and the product prices; this says which questions are asked in which words, what a customer agrees to, and
for how long the table of costs stays in front of them before they may sign. What law sets stands in dated rows with a source.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

from tandem.act.products import Day, Words

__all__ = ["Channel", "Consent", "Form", "Keyboard", "Language", "Question", "ReadingRow", "Retention", "Unit"]

Language: TypeAlias = Literal["en", "zh-CN"]
Keyboard: TypeAlias = Literal["text", "numeric", "decimal", "tel", "email"]
"""Which keys a telephone shows."""
Unit: TypeAlias = Literal["money", "years", "months", "count", "none"]


class Question(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that a customer fills in.

    Attributes:
        field: of the event type; its type, bounds and values are told from there.
        title, help: in the customer's words.
        values: words for the values of a field that has a fixed set.
        optional: may be left out though the channel asks.
    """

    field: str
    title: Words
    help: Words | None = None
    keyboard: Keyboard = "text"
    unit: Unit = "none"
    values: dict[str, Words] = {}
    optional: bool = False


class Form(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How an event of one type is made from what a customer fills in.

    Attributes:
        amount: the field that says how much; from the purchase, or asked.
        term: the field that says over how many instalments, if there is one.
        merchant: the field that names the merchant, from the invitation, if there is one.
        asks: what is asked besides, in order. Few: each question costs applicants.
    """

    amount: str
    term: str | None = None
    merchant: str | None = None
    asks: tuple[Question, ...] = ()


class Consent(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a customer agrees to, asked for by itself.

    Attributes:
        text: all of it, as it is read; its digest is kept with the consent.
        recipient: to whom data goes, where they go to somebody.
    """

    title: Words
    text: Words
    recipient: Words | None = None


class ReadingRow(msgspec.Struct, frozen=True, kw_only=True):
    """For how long the table of costs is read before it can be confirmed, from a day on.

    Attributes:
        least_seconds: by the server's clock.
        source: what asks for it.
    """

    since: Day
    least_seconds: int
    source: Words


class Retention(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long records of an account are kept after it ended, whatever its owner asks for."""

    days: Annotated[int, Meta(ge=0, le=36_500)]
    source: Words


class Channel(msgspec.Struct, frozen=True, kw_only=True):
    """What a lender says to its customers.

    Attributes:
        products: that customers may apply for by themselves, in the order in which they are shown.
        forms: by type of event.
        consents: by the name that products give them.
        reading: ascending by day.
    """

    name: str
    lender: Words
    contact: Words
    products: tuple[str, ...]
    forms: dict[str, Form]
    consents: dict[str, Consent]
    reading: tuple[ReadingRow, ...]
    retention: Retention
