"""An event made up from its type: the document a program could send, for the one who writes that program.

Every value is the plainest its field takes, and made up: nothing of what was recorded is in it.
"""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from tandem.kernel.time import Micros, format_instant
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, SqlType
from tandem.observe.events.derived import FUNCTIONS
from tandem.observe.events.limits import DECIMAL_DIGITS
from tandem.observe.events.types import EventField, EventType

__all__ = ["example_event"]

_PLAIN: Final = 1
_PLAIN_MINOR: Final = 120_000
"""Of a field in minor units: 1,200.00 looks like money, 0.01 does not."""


def example_event(event_type: EventType, occurred_at: Micros) -> dict[str, Any]:
    """A document of ``event_type`` that its reader takes, with every field that arrives.

    A field of which no value can be made up (bounds between which no whole number lies) is left out.

    Args:
        event_type: what it is an event of.
        occurred_at: when it says that it happened.
    """
    values = {field.name: _value(field, occurred_at) for field in event_type.sent}
    for field in event_type.fields:
        if field.derived is not None:
            free = [one.name for one in event_type.sent if one.name in field.derived.of and one.values is None]
            values |= dict.fromkeys(free, FUNCTIONS[field.derived.function].example)
    return {
        "event_id": f"{event_type.name}-1",
        "event_type": event_type.name,
        "occurred_at": format_instant(occurred_at),
        "values": {name: value for name, value in values.items() if value is not None},
    }


def _value(field: EventField, occurred_at: Micros) -> Any:
    if field.entity is not None:
        return f"{field.name}-1"
    if field.values is not None:
        return field.values[0]
    match field.type:
        case SqlType.TEXT:
            return field.name
        case SqlType.BOOLEAN:
            return False
        case SqlType.TIMESTAMP:
            return format_instant(occurred_at)
        case SqlType.DATE:
            return format_instant(occurred_at)[:10]
        case SqlType.INTEGER:
            whole = _stepped(field)
            return None if whole is None or not INTEGER_MIN <= whole <= INTEGER_MAX else int(whole)
        case SqlType.DECIMAL:
            exact = _stepped(field)
            return None if exact is None else f"{exact:f}"
        case _:
            return _within(field)


def _within(field: EventField) -> float:
    """A number that the bounds allow, in the middle where there are two."""
    low, high = field.minimum, field.maximum
    if low is not None and high is not None:
        return low / 2 + high / 2
    plain = float(_PLAIN_MINOR if field.name.endswith("_minor") else _PLAIN)
    if low is not None:
        return max(plain, low)
    return plain if high is None else min(plain, high)


def _stepped(field: EventField) -> Decimal | None:
    """That number on the field's scale; None where no such number lies within the bounds or the digits there are."""
    step = Decimal(1).scaleb(-field.scale)
    wanted = Decimal(_within(field))
    if wanted.adjusted() + field.scale >= DECIMAL_DIGITS:
        return None
    found = wanted.quantize(step, ROUND_FLOOR)
    if field.minimum is not None and found < field.minimum:
        found += step
    return None if field.maximum is not None and found > field.maximum else found
