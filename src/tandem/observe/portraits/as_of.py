"""Features of one entity as of any moment, folded from its own events only.

Two questions, both answered by the as-of contract of ``observe.features``:

* *as it was known at a place of the journal* (``known_to``): the events up to that place in their order, corrections at
  their own place, and then a look at the moment asked for. That is what the online host said then, too-late answers
  included.
* *as it is known now*: an event dated after the moment is outside of every window that ends there, and one that was
  corrected since is gone; both are left out, so that the moment is never behind the newest event, and nothing is too late.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from tandem.kernel.identity import EntityKind, EventId, Pseudonym, Sequence
from tandem.kernel.time import Micros
from tandem.kernel.values import Value
from tandem.observe.events import Event
from tandem.observe.features import FeaturePlan, OnlineFeatures

__all__ = ["Seen", "features_as_of"]


class Seen(msgspec.Struct, frozen=True):
    """An event and its place in the journal."""

    seq: int
    event: Event


def features_as_of(
    plan: FeaturePlan,
    kind: EntityKind,
    member: Pseudonym,
    seen: Iterable[Seen],
    at: Micros,
    *,
    known_to: int | None = None,
    compiled: bool | None = None,
) -> dict[str, Value]:
    """Every feature of ``plan`` that is about this kind of entity alone, as of ``at``; None where nothing is known.

    Args:
        plan: what to compute.
        kind, member: the entity.
        seen: every event that names it or corrects one that does, in the order of the journal.
        at: the moment; events of this very moment are seen.
        known_to: place of the journal up to which things were known; None for all that is known now.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.
    """
    events = list(seen)
    if known_to is not None:
        events = [one for one in events if one.seq <= known_to]
    else:
        corrected = _corrected(events)
        events = [
            one
            for one in events
            if one.event.occurred_at <= at and one.event.event_id not in corrected and _names(one.event, kind, member)
        ]
    host = OnlineFeatures(plan, compiled=compiled)
    for one in events:
        host.observe(one.event, Sequence(one.seq))
    known = host.peek_entity({kind: member}, at)
    return {name: value for name, value in known.items() if plan.entity(name) == (kind,)}


def _corrected(events: Iterable[Seen]) -> set[EventId]:
    """Events that a later one takes back."""
    met: set[EventId] = set()
    gone: set[EventId] = set()
    for one in events:
        if one.event.supersedes in met:
            gone.add(one.event.supersedes)
        met.add(one.event.event_id)
    return gone


def _names(event: Event, kind: EntityKind, member: Pseudonym) -> bool:
    kinds: Mapping[str, EntityKind] = event.entity_kinds
    return any(kinds.get(field) == kind and one == member for field, one in event.entities.items())
