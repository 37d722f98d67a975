"""Dates, instants and intervals."""

from __future__ import annotations

import re
from typing import Final

from sqlglot import expressions as exp

from tandem.kernel.errors import near_match
from tandem.kernel.expressions import limits
from tandem.kernel.expressions.binding import Binder, Form
from tandem.kernel.expressions.building import call
from tandem.kernel.expressions.coercion import Interval
from tandem.kernel.expressions.nodes import Call, Node
from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND
from tandem.kernel.values import SqlType

__all__ = ["TIMES", "TIMES_TYPES", "moved", "time_difference"]

TIMES_TYPES: Final = frozenset({SqlType.DATE, SqlType.TIMESTAMP})
_DATE_PARTS: Final = ("year", "quarter", "month", "day", "dow", "isodow", "doy")
_TIME_PARTS: Final = ("hour", "minute", "second")
_DATE_UNITS: Final = ("year", "quarter", "month", "week", "day")
_TIME_UNITS: Final = ("hour", "minute", "second")
_INTERVAL_TEXT: Final = re.compile(r"\s*([+-]?[0-9]{1,12})\s*([a-z]*)\s*", re.IGNORECASE)
_MONTHS: Final = {"year": 12, "quarter": 3, "month": 1}
_DAYS: Final = {"week": 7, "day": 1}
_MICROS: Final = {"hour": HOUR, "minute": MINUTE, "second": SECOND}

_SHOWN_UNITS: Final = (("days", DAY), ("hours", HOUR), ("minutes", MINUTE), ("seconds", SECOND))


def moved(node: Node, by: Interval) -> Node:
    """A date or instant moved by an interval. A date moved by hours becomes an instant."""
    if node.type is SqlType.DATE:
        if by.months:
            return call("add_months_date", node, type=SqlType.DATE, details=(by.months,))
        if by.micros is None:
            return call("add_days", node, type=SqlType.DATE, details=(by.days,))
        node = call("date_to_timestamp", node, type=SqlType.TIMESTAMP)
    if by.months:
        return call("add_months_timestamp", node, type=SqlType.TIMESTAMP, details=(by.months,))
    micros = by.days * DAY + (by.micros or 0)
    unit, size = next((unit, size) for unit, size in _SHOWN_UNITS if micros % size == 0)
    text = f"{micros // size} {unit}"
    return call("add_micros", node, type=SqlType.TIMESTAMP, details=(micros, text))


def time_difference(binder: Binder, left: Node, right: Node, source: exp.Expr) -> Node:
    """Days between dates, seconds between instants, or a date some days earlier."""
    if left.type is SqlType.DATE and right.type is SqlType.INTEGER:
        return call("shift_days", left, call("negate_integer", right, type=SqlType.INTEGER), type=SqlType.DATE)
    if left.type not in TIMES_TYPES | {SqlType.TEXT} or right.type not in TIMES_TYPES | {SqlType.TEXT}:
        raise binder.problems.type_mismatch("These cannot be subtracted", source, left, right)
    left, right = binder.coercion.comparable([left, right], source)
    if left.type is SqlType.DATE:
        return call("days_between", left, right, type=SqlType.INTEGER)
    return call("seconds_between", left, right, type=SqlType.DOUBLE)


def _interval(binder: Binder, source: exp.Expr) -> Interval:
    unit_source, amount = source.args.get("unit"), source.this
    text = amount.name if isinstance(amount, exp.Literal) else ""
    match = _INTERVAL_TEXT.fullmatch(text)
    if match is not None and bool(match[2]) is (unit_source is None):
        unit = (match[2] or str(unit_source.name if unit_source is not None else "")).lower().removesuffix("s")
        number = int(match[1])
        if unit in _MONTHS and abs(number * _MONTHS[unit]) <= limits.INTERVAL_MONTHS_MAX:
            return Interval(months=number * _MONTHS[unit])
        seconds = number * (_DAYS.get(unit, 0) * DAY + _MICROS.get(unit, 0)) // SECOND
        if unit in _DAYS and abs(seconds) <= limits.INTERVAL_SECONDS_MAX:
            return Interval(days=number * _DAYS[unit])
        if unit in _MICROS and abs(seconds) <= limits.INTERVAL_SECONDS_MAX:
            return Interval(micros=number * _MICROS[unit])
    raise binder.problems.error(
        "Not an interval.",
        "invalid_interval",
        source,
        value=text or None,
        hint="a whole number and one unit, as in INTERVAL '30 days'; units: second minute hour day week month quarter year",
    )


def _extract(binder: Binder, source: exp.Expr) -> Node:
    part = source.this.name.lower()
    node = binder.node(source.expression)
    if part == "epoch" and isinstance(node, Call) and node.operator == "seconds_between":
        return node
    if node.type not in TIMES_TYPES:
        raise binder.problems.type_mismatch("EXTRACT needs a date or instant", source, node)
    kind = "date" if node.type is SqlType.DATE else "timestamp"
    if part == "epoch":
        return call(f"{kind}_epoch", node, type=SqlType.DOUBLE)
    if part in _TIME_PARTS and kind == "date":
        raise binder.problems.type_mismatch(f"A date has no {part}", source, node)
    if part not in _DATE_PARTS + _TIME_PARTS:
        known = (*_DATE_PARTS, *_TIME_PARTS, "epoch")
        raise binder.problems.error(
            "Unknown part of a date.",
            "unknown_part",
            source,
            value=part,
            hint=near_match(part, known) or "known: " + ", ".join(known),
        )
    return call(f"{kind}_part", node, type=SqlType.INTEGER, details=(part,))


def _truncate(binder: Binder, source: exp.Expr) -> Node:
    unit = source.args["unit"].name.lower()
    node = binder.typed(source.this, *TIMES_TYPES)
    assert node.type is not None
    units = _DATE_UNITS + _TIME_UNITS if node.type is SqlType.TIMESTAMP else _DATE_UNITS
    if unit not in units:
        raise binder.problems.error(
            f"A {node.type.name} cannot be cut to this unit.",
            "unknown_part",
            source,
            value=unit,
            hint=near_match(unit, units) or "known: " + ", ".join(units),
        )
    return call(f"truncate_{node.type.value}", node, type=node.type, details=(unit,))


TIMES: Final[dict[type, Form]] = {
    exp.Interval: Form(_interval, "this", "unit"),
    exp.Extract: Form(_extract, "this", "expression", names=("EXTRACT",)),
    exp.DateTrunc: Form(_truncate, "this", "unit", names=("DATE_TRUNC",)),
    exp.TimestampTrunc: Form(_truncate, "this", "unit"),
}
