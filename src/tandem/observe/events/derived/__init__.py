"""Derived fields: values made of an event's texts when it is read, and recorded with it.

A subnet, a mailbox, a telephone, a door: entities of their own kind, so that features count by them and the graph links by
them. The likeness of two names or addresses: a number, because the texts themselves are personal, and stay sealed. All are
made in one place, the reader, and *recorded*: what an event meant when it was decided on stays what it was, whatever a
later version of a library or a table here would make of it (docs/decisions/0007-record-what-is-derived.md).
"""

from tandem.observe.events.derived.declaring import derivation_of
from tandem.observe.events.derived.functions import FUNCTIONS, Derive, Function

__all__ = ["FUNCTIONS", "Derive", "Function", "derivation_of"]
