"""What a generated Python function may call: total functions over plain values, each in step with its SQL form.

Nothing here reaches files, time, randomness or the host. A function either gives a value or None, and never raises for
a value of its type.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_DOWN, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

from tandem.kernel.expressions import calendar
from tandem.kernel.expressions.limits import (
    DATE_MAX,
    DATE_MIN,
    DOUBLE_MAX,
    DOUBLE_TINY,
    INTEGER_MAX,
    INTEGER_MIN,
    TEXT_RESULT_MAX,
    TIMESTAMP_MAX,
    TIMESTAMP_MIN,
)

__all__ = ["EXACT", "RUNTIME", "round_double", "settle"]

EXACT: Final = Context(prec=60, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[])
"""Wide enough for the exact product of two 18-digit decimals; signals nothing."""

_WHOLE_FROM = float(2**52)
_POWERS = tuple(10.0**n for n in range(16))
_UNITS = tuple(Decimal(1).scaleb(-n) for n in range(19))
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}
_UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}
_INTEGER_TEXT = re.compile(r"[+-]?[0-9]{1,19}")
_DOUBLE_TEXT = re.compile(r"[+-]?([0-9]{1,30}(\.[0-9]{0,30})?|\.[0-9]{1,30})([eE][+-]?[0-9]{1,2})?")
_DECIMAL_TEXT = re.compile(r"[+-]?([0-9]{1,18}(\.[0-9]{0,18})?|\.[0-9]{1,18})")


def settle(x: float) -> float | None:
    """A product, quotient or power brought into range: too large (or not a number) is unknown, too small is 0."""
    magnitude = abs(x)
    if magnitude <= DOUBLE_MAX:
        return 0.0 if magnitude < DOUBLE_TINY else x
    return None


def remainder(x: int, y: int) -> int:
    """The remainder with the sign of ``x``; ``y`` is not 0."""
    return abs(x) % abs(y) if x >= 0 else -(-x % abs(y))


def round_double(x: float, digits: int) -> float:
    """``x`` rounded half away from zero, computed as round(x * 10^digits) / 10^digits in binary64."""
    if not -_WHOLE_FROM < x < _WHOLE_FROM:
        return x
    power = _POWERS[digits]
    scaled = abs(x) * power
    whole = float(math.floor(scaled))
    if scaled - whole >= 0.5:
        whole += 1.0
    return (whole if x >= 0 else -whole) / power


def floor_double(x: float) -> float:
    return float(math.floor(x))


def ceil_double(x: float) -> float:
    return float(math.ceil(x))


def trunc_double(x: float) -> float:
    return float(math.trunc(x))


def round_decimal(x: Decimal | int, digits: int) -> Decimal:
    """``x`` rounded half away from zero, exact."""
    return EXACT.create_decimal(x).quantize(_UNITS[digits], ROUND_HALF_UP, EXACT)


def floor_decimal(x: Decimal) -> Decimal:
    return x.to_integral_value(ROUND_FLOOR, EXACT)


def ceil_decimal(x: Decimal) -> Decimal:
    return x.to_integral_value(ROUND_CEILING, EXACT)


def trunc_decimal(x: Decimal) -> Decimal:
    return x.to_integral_value(ROUND_DOWN, EXACT)


def exponential(x: float) -> float | None:
    if x > 700.0:
        return None
    return 0.0 if x < -700.0 else math.exp(x)


def power(x: float, y: float) -> float | None:
    """``x`` to the ``y``; unknown for 0 to a negative power, a negative base with a broken exponent, and overflow."""
    if y == 0.0:
        return 1.0
    if x == 0.0:
        return None if y < 0.0 else 0.0
    if x < 0.0 and y != math.floor(y):
        return None
    if abs(y) < 1e-200:
        return 1.0
    if abs(y) > 1e20:
        if abs(x) == 1.0:
            return 1.0
        return None if (abs(x) > 1.0) == (y > 0.0) else 0.0
    estimate = y * math.log(abs(x))
    if estimate > 700.0:
        return None
    return 0.0 if estimate < -700.0 else math.pow(x, y)


def least(*values: Any) -> Any:
    """The smallest of the known values; unknown when none is known."""
    known = [value for value in values if value is not None]
    return min(known) if known else None


def greatest(*values: Any) -> Any:
    """The largest of the known values; unknown when none is known."""
    known = [value for value in values if value is not None]
    return max(known) if known else None


def concat(*values: str | None) -> str:
    """All known values in a row; an unknown one adds nothing."""
    return "".join(value for value in values if value is not None)


def null_if(x: Any, y: Any) -> Any:
    return None if x == y else x


def lower(x: str) -> str:
    return x.translate(_LOWER)


def upper(x: str) -> str:
    return x.translate(_UPPER)


def replace(x: str, old: str, new: str) -> str | None:
    """``x`` with ``old`` replaced; unknown when the result would be longer than the limit."""
    if len(x) + x.count(old) * (len(new) - len(old)) > TEXT_RESULT_MAX:
        return None
    return x.replace(old, new)


def boolean_to_text(x: bool) -> str:  # noqa: FBT001 - a value of the language
    return "true" if x else "false"


def decimal_to_text(x: Decimal, scale: int) -> str:
    return f"{EXACT.add(round_decimal(x, scale), 0):.{scale}f}"


def text_to_boolean(x: str) -> bool | None:
    word = lower(x)
    return True if word == "true" else (False if word == "false" else None)


def text_to_integer(x: str) -> int | None:
    if _INTEGER_TEXT.fullmatch(x) is None:
        return None
    number = int(x)
    return number if INTEGER_MIN <= number <= INTEGER_MAX else None


def text_to_double(x: str) -> float | None:
    return float(x) if _DOUBLE_TEXT.fullmatch(x) is not None else None


def text_to_decimal(x: str, scale: int) -> Decimal | None:
    return round_decimal(Decimal(x), scale) if _DECIMAL_TEXT.fullmatch(x) is not None else None


def double_to_integer(x: float) -> int | None:
    """``x`` rounded half away from zero; unknown outside 64 bits."""
    number = round_double(x, 0)
    return int(number) if -(2.0**63) <= number < 2.0**63 else None


def double_to_decimal(x: float, scale: int) -> Decimal | None:
    """round(x * 10^scale) / 10^scale, the product in binary64; unknown over 18 digits."""
    if not -1e18 < x < 1e18:
        return None
    scaled = round_double(x * 10.0**scale, 0)
    return Decimal(int(scaled)).scaleb(-scale, EXACT) if -1e18 < scaled < 1e18 else None


def decimal_to_integer(x: Decimal) -> int:
    return int(round_decimal(x, 0))


Matcher = Callable[[str], bool]


RUNTIME: Final[dict[str, object]] = {
    "settle": settle,
    "remainder": remainder,
    "round_double": round_double,
    "floor_double": floor_double,
    "ceil_double": ceil_double,
    "trunc_double": trunc_double,
    "round_decimal": round_decimal,
    "floor_decimal": floor_decimal,
    "ceil_decimal": ceil_decimal,
    "trunc_decimal": trunc_decimal,
    "decimal_add": EXACT.add,
    "decimal_subtract": EXACT.subtract,
    "decimal_multiply": EXACT.multiply,
    "decimal_minus": EXACT.minus,
    "decimal_abs": EXACT.abs,
    "sqrt": math.sqrt,
    "ln": math.log,
    "log10": math.log10,
    "exponential": exponential,
    "power": power,
    "least": least,
    "greatest": greatest,
    "concat": concat,
    "null_if": null_if,
    "lower": lower,
    "upper": upper,
    "replace": replace,
    "boolean_to_text": boolean_to_text,
    "decimal_to_text": decimal_to_text,
    "text_to_boolean": text_to_boolean,
    "text_to_integer": text_to_integer,
    "text_to_double": text_to_double,
    "text_to_decimal": text_to_decimal,
    "double_to_integer": double_to_integer,
    "double_to_decimal": double_to_decimal,
    "decimal_to_integer": decimal_to_integer,
    "date_to_text": calendar.date_to_text,
    "timestamp_to_text": calendar.timestamp_to_text,
    "text_to_date": calendar.text_to_date,
    "text_to_timestamp": calendar.text_to_timestamp,
    "date_part": calendar.date_part,
    "timestamp_part": calendar.timestamp_part,
    "truncate_date": calendar.truncate_date,
    "truncate_timestamp": calendar.truncate_timestamp,
    "add_months_date": calendar.add_months_date,
    "add_months_timestamp": calendar.add_months_timestamp,
    "float": float,
    "abs": abs,
    "len": len,
    "Decimal": Decimal,
    "INTEGER_MIN": INTEGER_MIN,
    "INTEGER_MAX": INTEGER_MAX,
    "DOUBLE_MIN": -DOUBLE_MAX,
    "DOUBLE_MAX": DOUBLE_MAX,
    "DOUBLE_TINY": DOUBLE_TINY,
    "DATE_MIN": DATE_MIN,
    "DATE_MAX": DATE_MAX,
    "TIMESTAMP_MIN": TIMESTAMP_MIN,
    "TIMESTAMP_MAX": TIMESTAMP_MAX,
}
"""Every name a generated function can see, besides its own locals and constants. It has no ``__builtins__``."""
