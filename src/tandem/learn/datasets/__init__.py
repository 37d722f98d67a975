"""Data sets: from the journal to tables that know what was known when."""

from tandem.learn.datasets.known_events import known_events

__all__ = ["known_events"]
