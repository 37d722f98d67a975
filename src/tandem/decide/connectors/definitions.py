"""The nouns: a connector, as an artefact declares it: who is asked, what leaves the house, what may come back, at what price.

Nothing is asked that is not written here, and nothing is believed: every field of an answer has a type and a domain, and an
answer outside of it is no answer. A secret has a name here and a value nowhere but in the operator's folder.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, InvalidInput, near_match
from tandem.kernel.expressions import Column
from tandem.kernel.identity import Digest
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.outward import Networks, check_url
from tandem.kernel.time import SECOND, parse_duration
from tandem.kernel.values import SqlType, Value
from tandem.prove.privacy import DataClass

__all__ = [
    "BUDGET_MAX",
    "AnswerField",
    "BreakerSettings",
    "Connector",
    "Price",
    "Secret",
    "SentField",
    "parse_connector",
]

MILLISECOND: Final = SECOND // 1000
BUDGET_MAX: Final = 10 * SECOND
"""The longest that one connector may take, retries included."""
_ATTEMPT_MIN: Final = 5 * MILLISECOND
_FIELDS_MAX: Final = 64
_RETRIES_MAX: Final = 3
_VALID_MAX: Final = 365 * 24 * 3600 * SECOND
_NAME = re.compile(r"[a-z][a-z0-9_]{0,79}\Z")
_PATH = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*(?:\.[A-Za-z_][A-Za-z0-9_-]*|\[\d{1,3}\])*\Z")
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,63}\Z")
_FORBIDDEN_HEADERS: Final = frozenset({"content-length", "content-type", "host", "transfer-encoding", "connection"})
_ANSWERED: Final = frozenset({SqlType.BOOLEAN, SqlType.INTEGER, SqlType.DOUBLE, SqlType.TEXT, SqlType.DATE})


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of a connector: immutable."""


class SentField(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One field of the request: a field of the event, or a constant.

    Attributes:
        field: of the event; its real value is sent, not its pseudonym.
        value: the constant.
        data_class: of the field, as its event type declares it: who writes a connector says what leaves.
        optional: sent as null where the event has none; else nobody is asked then.
    """

    field: str | None = None
    value: bool | int | float | str | None = None
    data_class: DataClass | None = msgspec.field(default=None, name="class")
    optional: bool = False


class AnswerField(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One fact of the answer.

    Attributes:
        type: boolean, integer, double, text or date.
        at: where it stands in the answer, such as ``result.scores[0].value``.
        nullable: whether it may be absent or null in a good answer.
        minimum, maximum: of a number, inclusive; an answer outside is refused.
        values: the only texts allowed.
    """

    type: SqlType
    at: str
    nullable: bool = False
    minimum: float | None = None
    maximum: float | None = None
    values: tuple[str, ...] | None = None
    description: str = ""


class Price(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one call costs, in minor units."""

    minor: Annotated[int, Meta(ge=0, le=10**9)]
    currency: str


class Secret(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A secret that goes into a header: its name, never its value."""

    name: str
    header: str = "Authorization"
    prefix: str = ""


class BreakerSettings(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """When to leave somebody alone: after so many failures in a row, for so long."""

    failures: Annotated[int, Meta(ge=1, le=1000)] = 5
    pause: str = "30s"


class _Written(_Part, frozen=True, forbid_unknown_fields=True, kw_only=True):
    name: str
    url: str
    purpose: str
    send: dict[str, SentField]
    answer: dict[str, AnswerField]
    secret: Secret | None = None
    no_record: tuple[Annotated[int, Meta(ge=200, le=499)], ...] = ()
    budget: str = "300ms"
    attempt: str | None = None
    retries: Annotated[int, Meta(ge=0, le=_RETRIES_MAX)] = 1
    valid_for: str | None = None
    price: Price | None = None
    breaker: BreakerSettings = BreakerSettings()
    description: str = ""


class Connector(_Part, frozen=True, kw_only=True):
    """A connector that holds together.

    Attributes:
        name: lower_snake; policies ask it by this.
        url: where it is asked.
        purpose: what the personal data that leaves is used for.
        send: the request, field by field.
        answer: facts by name.
        no_record: statuses that mean "we know nothing of this one": an answer, and every fact of it is missing.
        budget, attempt: microseconds for a call as a whole, and for one attempt.
        retries: further attempts, as long as the budget lasts.
        valid_for: microseconds for which an answer stands in for the next call; 0: for none.
        pause: microseconds that an open breaker leaves it alone.
        answers_digest: of all that can change what an answer means; kept answers of another digest are not used.
    """

    name: str
    url: str
    purpose: str
    send: Mapping[str, SentField]
    answer: Mapping[str, AnswerField]
    secret: Secret | None
    no_record: tuple[int, ...]
    budget: int
    attempt: int
    retries: int
    valid_for: int
    price: Price
    failures: int
    pause: int
    description: str
    answers_digest: Digest

    @property
    def columns(self) -> dict[str, Column]:
        """Its facts as columns; each may be missing, because nobody can be made to answer."""
        return {name: Column(one.type, nullable=True) for name, one in self.answer.items()}


def parse_connector(document: Any) -> Connector:
    """The connector a document describes.

    Raises:
        DefinitionError: names the field, the value and the remedy.
    """
    try:
        written = msgspec.convert(document, _Written)
    except msgspec.ValidationError as error:
        words, _, place = str(error).partition(" - at `$")
        field = place.rstrip("`").removeprefix(".") or None
        raise _refused(f"{words}.", field, hint="see docs/reference/connectors.md") from None
    _check_sending(written)
    _check_answer(written.answer)
    budget = _duration(written.budget, "budget", BUDGET_MAX)
    attempt = budget if written.attempt is None else _duration(written.attempt, "attempt", BUDGET_MAX)
    if attempt > budget:
        raise _refused("One attempt takes longer than all may.", "attempt", written.attempt, "attempt <= budget")
    price = written.price or Price(minor=0, currency="EUR")
    if price.currency not in CURRENCY_EXPONENTS:
        hint = near_match(price.currency, CURRENCY_EXPONENTS) or "an ISO 4217 code, such as EUR"
        raise _refused("Unknown currency.", "price.currency", price.currency, hint)
    meaning = {"url": written.url, "send": msgspec.to_builtins(written.send), "no_record": written.no_record}
    return Connector(
        name=written.name,
        url=written.url,
        purpose=written.purpose,
        send=written.send,
        answer=written.answer,
        secret=written.secret,
        no_record=written.no_record,
        budget=budget,
        attempt=attempt,
        retries=written.retries,
        valid_for=0 if written.valid_for is None else _duration(written.valid_for, "valid_for", _VALID_MAX),
        price=price,
        failures=written.breaker.failures,
        pause=_duration(written.breaker.pause, "breaker.pause", _VALID_MAX),
        description=written.description,
        answers_digest=digest_of({**meaning, "answer": msgspec.to_builtins(written.answer)}),
    )


def _check_sending(written: _Written) -> None:
    _check_where(written.url)
    if not written.purpose.strip():
        raise _refused("What leaves the house leaves for a purpose.", "purpose", written.purpose, "name it")
    if not 1 <= len(written.send) <= _FIELDS_MAX:
        raise _refused(f"A request has 1 to {_FIELDS_MAX} fields.", "send", len(written.send))
    for name, one in written.send.items():
        _check_sent(one, f"send.{name}")
    if written.secret is not None:
        _check_secret(written.secret)


def _check_where(url: str) -> None:
    everywhere_else: Networks = ()
    try:
        check_url(url, everywhere_else)
    except InvalidInput as error:
        # Which networks inside may be reached is the operator's to say, and is checked where it is asked.
        if error.code != "address_not_allowed":
            raise _refused(error.detail, "url", url, error.hint) from None


def _check_sent(one: SentField, at: str) -> None:
    if (one.field is None) == (one.value is None):
        raise _refused("A field of the request is a field of the event or a value.", at, hint="field: or value:")
    if one.field is not None and one.data_class is None:
        raise _refused("Say which data class leaves the house.", f"{at}.class", hint="class: C1 or C2")
    if one.data_class is DataClass.C3:
        raise _refused("Credentials leave for nobody.", f"{at}.class", "C3", "leave the field out")


def _check_secret(secret: Secret) -> None:
    if not _NAME.match(secret.name):
        raise _refused("A secret's name is lower_snake.", "secret.name", secret.name)
    if not _HEADER.match(secret.header) or secret.header.lower() in _FORBIDDEN_HEADERS:
        raise _refused("That header is not for secrets.", "secret.header", secret.header, "header: Authorization")
    if not secret.prefix.isascii() or not (secret.prefix or "x").isprintable():
        raise _refused("A prefix is printable ASCII.", "secret.prefix", secret.prefix)


def _check_answer(answer: Mapping[str, AnswerField]) -> None:
    if not 1 <= len(answer) <= _FIELDS_MAX:
        raise _refused(f"An answer has 1 to {_FIELDS_MAX} facts.", "answer", len(answer))
    for name, one in answer.items():
        at = f"answer.{name}"
        if not _NAME.match(name):
            raise _refused("A fact's name is lower_snake.", at, name)
        if one.type not in _ANSWERED:
            known = ", ".join(sorted(_ANSWERED))
            raise _refused("An answer has no values of that type.", f"{at}.type", str(one.type), f"known: {known}")
        if not _PATH.match(one.at):
            raise _refused("Not a place in an answer.", f"{at}.at", one.at, "for example result.scores[0].value")
        is_number = one.type in (SqlType.INTEGER, SqlType.DOUBLE)
        if (one.minimum is not None or one.maximum is not None) and not is_number:
            raise _refused("A bound belongs to a number.", f"{at}.minimum")
        if one.minimum is not None and one.maximum is not None and one.minimum > one.maximum:
            raise _refused("The minimum is over the maximum.", f"{at}.minimum", one.minimum)
        if one.values is not None and (one.type is not SqlType.TEXT or not one.values):
            raise _refused("A list of values belongs to text, and is not empty.", f"{at}.values")


def _duration(text: str, field: str, most: int) -> int:
    try:
        found = parse_duration(text)
    except InvalidInput as error:
        raise _refused(error.detail, field, text, error.hint) from None
    if not (_ATTEMPT_MIN if field in {"budget", "attempt"} else 0) <= found <= most:
        raise _refused("Too short or too long.", field, text, f"at most {most // MILLISECOND} ms")
    return found


def _refused(detail: str, field: str | None, value: Value = None, hint: str | None = None) -> DefinitionError:
    return DefinitionError(detail, code="invalid_connector", field=field, value=value, hint=hint)
