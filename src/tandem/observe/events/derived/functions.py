"""The functions that a derived field may have: what each takes, which parameters, what it gives. The whole list is here."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any, Final, TypeAlias

import msgspec

from tandem.kernel.values import SqlType
from tandem.observe.events.derived.addresses import address_key
from tandem.observe.events.derived.emails import email_domain, email_key
from tandem.observe.events.derived.networks import subnet_of
from tandem.observe.events.derived.phones import phone_countries, phone_key
from tandem.observe.events.derived.similarities import METHODS, address_similarity, text_similarity

__all__ = ["FUNCTIONS", "Derive", "Function", "Parameter", "ParameterValue"]

ParameterValue: TypeAlias = int | str
Derive: TypeAlias = Callable[..., Any]
"""From the texts of the sources, all of them there, to the value, or None where they say nothing. It never raises."""


class Parameter(msgspec.Struct, frozen=True, kw_only=True):
    """What a function may be told: a whole number within bounds, or one of some words.

    Attributes:
        default: what it is when nothing is said; None where saying nothing means something of its own.
        low, high: of a number, both allowed.
        words: of a word.
    """

    default: ParameterValue | None = None
    low: int = 0
    high: int = 0
    words: Callable[[], Collection[str]] | None = None


class Function(msgspec.Struct, frozen=True, kw_only=True):
    """One function.

    Attributes:
        takes: how many fields it is derived from.
        gives: the type of its value.
        parameters: by name.
        make: from the parameters, defaults filled in, to what derives.
        example: a text it can read, for documents made up.
    """

    takes: int
    gives: SqlType
    make: Callable[[Mapping[str, Any]], Derive]
    example: str
    parameters: Mapping[str, Parameter] = msgspec.field(default_factory=dict)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "subnet": Function(
        takes=1,
        gives=SqlType.TEXT,
        make=lambda told: subnet_of(told["ipv4_prefix"], told["ipv6_prefix"]),
        example="203.0.113.7",
        parameters={
            "ipv4_prefix": Parameter(default=24, low=1, high=32),
            "ipv6_prefix": Parameter(default=48, low=1, high=128),
        },
    ),
    "email_key": Function(takes=1, gives=SqlType.TEXT, make=lambda _: email_key, example="name@example.com"),
    "email_domain": Function(takes=1, gives=SqlType.TEXT, make=lambda _: email_domain, example="name@example.com"),
    "phone_key": Function(
        takes=1,
        gives=SqlType.TEXT,
        make=lambda told: phone_key(told.get("country")),
        example="+12015550123",
        parameters={"country": Parameter(words=phone_countries)},
    ),
    "address_key": Function(takes=1, gives=SqlType.TEXT, make=lambda _: address_key, example="12 Mill Lane, Leeds"),
    "text_similarity": Function(
        takes=2,
        gives=SqlType.DOUBLE,
        make=lambda told: text_similarity(told["method"]),
        example="Maria Lopez",
        parameters={"method": Parameter(default="token_sort", words=lambda: METHODS)},
    ),
    "address_similarity": Function(
        takes=2,
        gives=SqlType.DOUBLE,
        make=lambda told: address_similarity(told["method"]),
        example="12 Mill Lane, Leeds",
        parameters={"method": Parameter(default="token_set", words=lambda: METHODS)},
    ),
}
