"""Data sets: from the journal to tables that know what was known when."""

from tandem.learn.datasets.event_table import event_table

__all__ = ["event_table"]
