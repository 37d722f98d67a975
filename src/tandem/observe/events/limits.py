"""The limits of the events room, in one table; each has a test."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Final

from tandem.kernel.time import DAY

__all__ = [
    "DECIMAL_DIGITS",
    "EARLIEST",
    "ERRORS_LISTED",
    "EVENT_BYTES",
    "EVENT_ID_LENGTH",
    "FIELDS_PER_TYPE",
    "FUTURE_TOLERANCE",
    "IDENTIFIER_LENGTH",
    "NAME_LENGTH",
    "TEXT_LENGTH",
]

EVENT_ID_LENGTH: Final = 255
"""Characters of an event id."""
IDENTIFIER_LENGTH: Final = 255
"""Characters of an entity's identifier."""
TEXT_LENGTH: Final = 4_096
"""Characters of a TEXT value."""
DECIMAL_DIGITS: Final = 18
"""Digits of a DECIMAL, on both sides of the point together."""
EVENT_BYTES: Final = 262_144
"""Bytes of an event's values, encoded: what the API takes, so that a file cannot bring in more."""
FIELDS_PER_TYPE: Final = 1_000
"""Fields of an event type."""
NAME_LENGTH: Final = 63
"""Characters of a field or event type name: what PostgreSQL keeps of a column's name."""
ERRORS_LISTED: Final = 50
"""Faults listed for one event; what lies beyond is not looked for."""
FUTURE_TOLERANCE: Final = DAY
"""How far ahead of ``received_at`` an event may claim to have happened, for clocks that run fast."""
EARLIEST: Final = int(datetime(1900, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
"""No event happened before 1900-01-01; an older one is a wrong century or a wrong unit."""
