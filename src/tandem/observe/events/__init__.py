"""Events: what may arrive, and the reader that turns what did arrive into typed facts."""

from tandem.observe.events.types import Event, EventField, EventType

__all__ = ["Event", "EventField", "EventType"]
