"""What each type accepts: a JSON value in, a typed value out, strictly.

Nothing is coerced that could hide a mistake: ``true`` is not 1, ``"12"`` is not 12, a float is not a decimal. A check
raises ``Wrong``, which carries no value, because at this depth nobody knows whether the value is personal.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, TypeAlias

from tandem.kernel.errors import InvalidInput, near_match
from tandem.kernel.time import parse_date, parse_instant
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, SqlType, Value
from tandem.observe.events.limits import DECIMAL_DIGITS, IDENTIFIER_LENGTH, TEXT_LENGTH
from tandem.observe.events.types import EventField

__all__ = ["Check", "Wrong", "check_for", "clean_text"]

Check: TypeAlias = Callable[[Any], Value]

_DOUBLE_EXACT = 2**53
_NAMES = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


class Wrong(Exception):
    """One value is not acceptable: the code, the sentence and the remedy, without field or value."""

    def __init__(self, detail: str, code: str, hint: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.code = code
        self.hint = hint


def check_for(field: EventField) -> Check:
    """The check of ``field``: type, then allowed values or bounds."""
    if field.entity is not None:
        return _identifier
    check = _decimal(field.scale) if field.type is SqlType.DECIMAL else _BY_TYPE[field.type]
    if field.values is not None:
        return _one_of(field.values)
    if field.minimum is not None or field.maximum is not None:
        return _bounded(check, field.minimum, field.maximum)
    return check


def clean_text(value: str) -> None:
    """Refuse what cannot be stored or sent again: NUL and lone surrogates.

    Raises:
        Wrong: the text holds one of them.
    """
    if "\x00" in value:
        raise Wrong("The text holds a NUL character.", "nul_in_text", "remove the NUL")
    if not value.isascii():
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Wrong(
                "The text holds a lone surrogate, which is not a character.",
                "lone_surrogate",
                "send the text as valid Unicode",
            ) from None


def _mistyped(value: Any, expected: str, hint: str) -> Wrong:
    return Wrong(f"Expected {expected}, got {_NAMES.get(type(value), type(value).__name__)}.", "wrong_type", hint)


def _boolean(value: Any) -> Value:
    if value is True or value is False:
        return bool(value)
    raise _mistyped(value, "true or false", "send true or false, without quotes")


def _integer(value: Any) -> Value:
    if type(value) is not int:
        raise _mistyped(value, "a whole number", "send a number without quotes and without a decimal point")
    if INTEGER_MIN <= value <= INTEGER_MAX:
        return value
    raise Wrong("The number does not fit 64 bits.", "out_of_range", "send a number within 64 bits, signed")


def _double(value: Any) -> Value:
    if type(value) is float:
        if isfinite(value):
            return value
        raise Wrong("The number is not finite.", "not_finite", "send null where a value is missing")
    if type(value) is not int:
        raise _mistyped(value, "a number", "send a number without quotes")
    if -_DOUBLE_EXACT <= value <= _DOUBLE_EXACT:
        return float(value)
    raise Wrong("A double cannot hold this whole number exactly.", "out_of_range", "declare the field as integer")


def _text(value: Any) -> Value:
    if type(value) is not str:
        raise _mistyped(value, "text", "send it in quotes")
    if len(value) > TEXT_LENGTH:
        raise Wrong(f"The text is longer than {TEXT_LENGTH} characters.", "text_too_long", "shorten it")
    clean_text(value)
    return value


def _identifier(value: Any) -> Value:
    if type(value) is not str:
        raise _mistyped(value, "an identifier as text", "send it in quotes")
    if len(value) > IDENTIFIER_LENGTH:
        raise Wrong(f"The identifier is longer than {IDENTIFIER_LENGTH} characters.", "text_too_long")
    if not value or value.isspace():
        raise Wrong(
            "The identifier is empty, and would join everyone who has none.",
            "empty_identifier",
            "send null where the identifier is unknown",
        )
    clean_text(value)
    return value


def _timestamp(value: Any) -> Value:
    if type(value) is not str:
        raise _mistyped(value, "an instant as text", "write 2026-11-24T06:38:00Z")
    try:
        return parse_instant(value)
    except InvalidInput as error:
        raise Wrong(error.detail, error.code, error.hint) from None


def _date(value: Any) -> Value:
    if type(value) is not str:
        raise _mistyped(value, "a date as text", "write 2026-11-24")
    try:
        return parse_date(value)
    except InvalidInput as error:
        raise Wrong(error.detail, error.code, error.hint) from None


_BY_TYPE: dict[SqlType, Check] = {
    SqlType.BOOLEAN: _boolean,
    SqlType.INTEGER: _integer,
    SqlType.DOUBLE: _double,
    SqlType.TEXT: _text,
    SqlType.TIMESTAMP: _timestamp,
    SqlType.DATE: _date,
}


def _decimal(scale: int) -> Check:
    limit = Decimal(10) ** (DECIMAL_DIGITS - scale)
    quantum = Decimal(1).scaleb(-scale)

    def check(value: Any) -> Value:
        if type(value) is str and len(value) <= 2 * DECIMAL_DIGITS + 4 and value.isascii():
            try:
                number = Decimal(value)
            except InvalidOperation:
                raise Wrong("Not a decimal number.", "invalid_decimal", 'write "12.50"') from None
        elif type(value) is int and -(10**DECIMAL_DIGITS) < value < 10**DECIMAL_DIGITS:
            number = Decimal(value)
        elif type(value) in {int, str}:
            raise Wrong(f"The decimal has more than {DECIMAL_DIGITS} digits.", "out_of_range")
        else:
            raise _mistyped(value, "a decimal as text", 'a float is not exact; write "12.50" in quotes')
        if not number.is_finite():
            raise Wrong("The number is not finite.", "not_finite", "send null where a value is missing")
        if not -limit < number < limit:
            raise Wrong(f"The decimal has more than {DECIMAL_DIGITS} digits.", "out_of_range")
        rescaled = number.quantize(quantum)
        if rescaled != number:
            raise Wrong(
                f"More than {scale} digits after the point.",
                "too_precise",
                "round it on purpose, or declare more scale",
            )
        return rescaled

    return check


def _one_of(values: tuple[str, ...]) -> Check:
    allowed = frozenset(values)

    def check(value: Any) -> Value:
        if type(value) is str and value in allowed:
            return value
        text = _text(value)
        hint = near_match(str(text), values) or f"known: {', '.join(values[:12])} ..."
        raise Wrong("Not one of the values allowed.", "value_not_allowed", hint)

    return check


def _bounded(check: Check, minimum: float | None, maximum: float | None) -> Check:
    low = float("-inf") if minimum is None else minimum
    high = float("inf") if maximum is None else maximum
    whole = check is _integer

    def bounded(value: Any) -> Value:
        if type(value) is int and whole and low <= value <= high and INTEGER_MIN <= value <= INTEGER_MAX:
            return value  # the common case, without a second call
        number: Any = check(value)
        if low <= number <= high:
            return number  # type: ignore[no-any-return] # a Value: the check made it
        bound = f"below {minimum:g}" if number < low else f"above {maximum:g}"
        raise Wrong(f"The number is {bound}.", "out_of_bounds", "check the unit, or change the bound in the event type")

    return bounded
