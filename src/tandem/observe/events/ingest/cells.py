"""From a cell of a file to the JSON value its field takes.

A file is laxer than an API: CSV knows only text, Excel only floats, Parquet has types of its own. So numbers are read
from text, whole floats are whole numbers, and dates may be written in any declared format. What would lose something is
refused: a fraction in an integer, a local time without a zone. Every converter raises ``Wrong`` as the reader's checks
do, and the reader still checks what comes out.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import (
    ROUND_DOWN,
    ROUND_HALF_EVEN,
    ROUND_HALF_UP,
    Context,
    Decimal,
    Inexact,
    InvalidOperation,
    Overflow,
)
from functools import lru_cache
from typing import Any, Final, TypeAlias
from zoneinfo import ZoneInfo

from tandem.kernel.values import SqlType
from tandem.observe.events.checks import Wrong
from tandem.observe.events.ingest.types import FieldSource, ImportMapping
from tandem.observe.events.types import EventField

__all__ = ["Convert", "converter_for", "instant_converter", "text_of"]

Convert: TypeAlias = Callable[[Any], Any]

_WHOLE = re.compile(r"[+-]?[0-9]{1,19}", re.ASCII)
_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?", re.ASCII)
_TRUTH: Final = {"true": True, "t": True, "yes": True, "y": True, "1": True}
_FALSEHOOD: Final = {"false": False, "f": False, "no": False, "n": False, "0": False}
_BOOLEANS: Final = _TRUTH | _FALSEHOOD
_ROUNDING: Final = {"half_even": ROUND_HALF_EVEN, "half_up": ROUND_HALF_UP, "down": ROUND_DOWN}
_WIDE: Final = Context(prec=200, traps=[InvalidOperation, Overflow])
_EXACTLY: Final = Context(prec=200, traps=[InvalidOperation, Overflow, Inexact])
_NUMBER_LENGTH = 64
_DIGITS_FIT = 13
_DISTINCT_REMEMBERED = 10_000


def converter_for(field: EventField, source: FieldSource, mapping: ImportMapping) -> Convert:
    """The converter of one mapped field; None comes out where the cell means unknown."""
    convert: Convert
    if field.type is SqlType.TEXT:
        convert = _trimmed_text if source.trim else text_of
    elif field.type is SqlType.BOOLEAN:
        convert = _boolean
    elif field.type is SqlType.DATE:
        convert = _remembering(_date(source.format))
    elif field.type is SqlType.TIMESTAMP:
        convert = instant_converter(source.format, source.timezone or mapping.timezone)
    elif field.type is SqlType.INTEGER and source.multiply is None and source.rounding is None:
        convert = _integer
    elif field.type is SqlType.DOUBLE and source.multiply is None:
        convert = _double
    else:
        convert = _exact(field, source)
    nulls = mapping.null_tokens if source.null_tokens is None else source.null_tokens
    return _nullable(convert, frozenset(token.strip() for token in nulls), source.recode)


def instant_converter(form: str | None, timezone: str | None) -> Convert:
    """A converter to RFC 3339 text; ``timezone`` is for cells without an offset, None refuses them."""
    zone = None if timezone is None else ZoneInfo(timezone)

    def convert(cell: Any) -> str:
        if isinstance(cell, str):
            moment = _moment_of(cell.strip(), form)
        elif isinstance(cell, datetime):
            moment = cell
        elif isinstance(cell, date):
            moment = datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - the zone is put on below
        else:
            raise _wrong_cell(cell, "an instant", "convert it in the file, or use an expression")
        if moment.tzinfo is None:
            if zone is None:
                raise Wrong(
                    "The instant has no offset from UTC.",
                    "instant_without_offset",
                    "set timezone: in the mapping, such as Asia/Shanghai or UTC",
                )
            moment = _in_zone(moment, zone)
        return moment.isoformat()

    return _remembering(convert)


def _in_zone(local: datetime, zone: ZoneInfo) -> datetime:
    """The local time in ``zone``; of an hour that happened twice, the first one."""
    moment = local.replace(tzinfo=zone)
    if moment.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        raise Wrong(
            f"This local time never was: clocks in {zone.key} went forward over it.",
            "nonexistent_time",
            "check the zone, or send an offset",
        )
    return moment


def text_of(cell: Any) -> str:
    """A cell as the text it stands for: whole floats, as spreadsheets have them, without their point.

    Raises:
        Wrong: a list, an object, bytes.
    """
    if type(cell) is str:
        return cell
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, int | float | Decimal | date):
        return str(cell)
    raise _wrong_cell(cell, "text", "choose a column of text or numbers")


def _remembering(convert: Convert) -> Convert:
    """Dates repeat, and reading one is the slowest thing in a row."""
    remembered = lru_cache(_DISTINCT_REMEMBERED)(convert)
    return lambda cell: convert(cell) if isinstance(cell, list | dict) else remembered(cell)


def _nullable(convert: Convert, nulls: frozenset[str], recode: dict[str, str]) -> Convert:
    def plain(cell: Any) -> Any:
        if type(cell) is str:
            return None if cell.strip() in nulls else convert(cell)
        if cell is None or cell != cell:  # noqa: PLR0124 - NaN is how Parquet files written by pandas say unknown
            return None
        return convert(cell)

    if not recode:
        return plain

    def recoded(cell: Any) -> Any:
        if cell is None:
            return None
        text = text_of(cell)
        return plain(recode.get(text, cell))

    return recoded


def _trimmed_text(cell: Any) -> Any:
    return text_of(cell).strip()


def _boolean(cell: Any) -> Any:
    if isinstance(cell, bool):
        return cell
    known = _BOOLEANS.get(text_of(cell).strip().lower())
    if known is None:
        raise Wrong("Not true or false.", "wrong_type", "write true/false, yes/no, 1/0, or recode the cell")
    return known


def _integer(cell: Any) -> Any:
    if type(cell) is str:
        text = cell.strip()
        if _WHOLE.fullmatch(text):
            return int(text)
    elif type(cell) is int:
        return cell
    return _whole(_number(cell))


def _whole(number: Decimal) -> int:
    if abs(number) >= Decimal(10) ** 19:
        raise Wrong("The number does not fit 64 bits.", "out_of_range")
    whole = int(number)
    if whole != number:
        raise Wrong(
            "A whole number is needed, and this one has a fraction.",
            "too_precise",
            "declare multiply: (100 turns major into minor units) or rounding:",
        )
    return whole


def _double(cell: Any) -> Any:
    if isinstance(cell, float):
        return cell
    if type(cell) is str and _NUMBER.fullmatch(text := cell.strip()) and len(text) <= _NUMBER_LENGTH:
        return float(text)
    return float(_number(cell))


def _exact(field: EventField, source: FieldSource) -> Convert:
    """Numbers that are scaled or rounded, by decimal arithmetic throughout."""
    factor = source.multiply
    quantum = Decimal(1).scaleb(-field.scale)
    rounding = None if source.rounding is None else _ROUNDING[source.rounding]
    whole = field.type is SqlType.INTEGER
    places = _shift(factor) if whole else None

    def convert(cell: Any) -> Any:
        if places is not None and type(cell) is str:
            # Major to minor units, the common case: move the point, if that is all there is to do.
            units, _, fraction = cell.partition(".")
            if len(fraction) <= places and len(units) < _DIGITS_FIT and cell.isascii():
                digits = units + fraction
                if digits.isdigit():
                    return int(digits) * 10 ** (places - len(fraction))
        number = _number(cell)
        try:
            if factor is not None:
                number = _EXACTLY.multiply(number, factor)
            if rounding is not None and field.type is not SqlType.DOUBLE:
                number = number.quantize(quantum, rounding, _WIDE)
        except (InvalidOperation, Inexact, Overflow):
            raise Wrong("The number has too many digits.", "out_of_range") from None
        if whole:
            return _whole(number)
        return float(number) if field.type is SqlType.DOUBLE else f"{number:f}"

    return convert


def _shift(factor: Decimal | None) -> int | None:
    """How many places a factor moves the point; None if it does more than that."""
    if factor is None:
        return None
    return next((places for places in range(7) if factor == 10**places), None)


def _number(cell: Any) -> Decimal:
    """The exact number in a cell; a float is the shortest decimal that reads back as it."""
    if type(cell) is str:
        text = cell.strip()
        if len(text) <= _NUMBER_LENGTH and _NUMBER.fullmatch(text):
            return Decimal(text)
        raise Wrong("Not a number.", "invalid_number", "write 1234.5; list words that mean unknown under null_tokens")
    if isinstance(cell, bool):
        return Decimal(int(cell))
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(cell))
    raise _wrong_cell(cell, "a number", "choose a column of numbers")


def _date(form: str | None) -> Convert:
    def convert(cell: Any) -> str:
        if isinstance(cell, str):
            text = cell.strip()
            if form is None:
                # The date of a midnight is a date: how spreadsheets and pandas write one.
                text = re.sub(r"[T ]00:00(:00(\.0+)?)?$", "", text)
            return _moment_of(text, form).date().isoformat()
        if isinstance(cell, datetime):
            if (cell.hour, cell.minute, cell.second, cell.microsecond) != (0, 0, 0, 0):
                raise Wrong("A date is needed, and this instant has a time of day.", "too_precise")
            return cell.date().isoformat()
        if isinstance(cell, date):
            return cell.isoformat()
        raise _wrong_cell(cell, "a date", "choose a column of dates, or declare format:")

    return convert


def _moment_of(text: str, form: str | None) -> datetime:
    try:
        return datetime.fromisoformat(text) if form is None else datetime.strptime(text, form)  # noqa: DTZ007
    except ValueError:
        hint = "declare format: such as %d/%m/%Y" if form is None else f"the mapping says {form}"
        raise Wrong("Not a date or instant in the declared format.", "invalid_instant", hint) from None


def _wrong_cell(cell: Any, expected: str, hint: str) -> Wrong:
    return Wrong(f"Expected {expected}, got a cell of type {type(cell).__name__}.", "wrong_type", hint)
