"""Events: what may arrive, and the reader that turns what did arrive into typed facts."""

from tandem.observe.events.definitions import RESERVED_NAMES, parse_event_type
from tandem.observe.events.evolving import retyped_fields
from tandem.observe.events.examples import example_event
from tandem.observe.events.reading import EventReader, Pseudonymiser
from tandem.observe.events.types import Event, EventField, EventType

__all__ = [
    "RESERVED_NAMES",
    "Event",
    "EventField",
    "EventReader",
    "EventType",
    "Pseudonymiser",
    "example_event",
    "parse_event_type",
    "retyped_fields",
]
