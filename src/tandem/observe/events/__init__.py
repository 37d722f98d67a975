"""Events: what may arrive, and the reader that turns what did arrive into typed facts."""

from tandem.observe.events.definitions import RESERVED_NAMES, parse_event_type
from tandem.observe.events.reading import EventReader, Pseudonymiser
from tandem.observe.events.types import Event, EventField, EventType

__all__ = [
    "RESERVED_NAMES",
    "Event",
    "EventField",
    "EventReader",
    "EventType",
    "Pseudonymiser",
    "parse_event_type",
]
