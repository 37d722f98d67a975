"""How far a node's result may go: digits of a DECIMAL, and what an interval may be added to."""

from __future__ import annotations

from tandem.kernel.expressions.calendar import movable_dates
from tandem.kernel.expressions.limits import DECIMAL_DIGITS, TIMESTAMP_MAX, TIMESTAMP_MIN
from tandem.kernel.expressions.nodes import Call
from tandem.kernel.time import DAY

__all__ = ["integer_digits", "movable"]


def integer_digits(node: Call) -> int:
    """Digits before the point that a DECIMAL result may have: those of CAST(x AS DECIMAL(p, s)), or what 18 leave."""
    if node.operator.endswith("_to_decimal") and len(node.details) == 2:
        return int(str(node.details[1]))
    return DECIMAL_DIGITS - node.scale


def movable(node: Call) -> tuple[int, int] | None:
    """What the interval of a node may be added to: dates in days, instants in microseconds."""
    match node.operator, node.details:
        case "add_days", (int(days),):
            return movable_dates(0, days)
        case "add_months_date", (int(months),):
            return movable_dates(months, 0)
        case "add_months_timestamp", (int(months),):
            first, last = movable_dates(months, 0)
            return first * DAY, (last + 1) * DAY - 1
        case "add_micros", (int(micros), _):
            return max(TIMESTAMP_MIN, TIMESTAMP_MIN - micros), min(TIMESTAMP_MAX, TIMESTAMP_MAX - micros)
        case _:
            return None
