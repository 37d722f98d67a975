"""Units: the tracks that are kept under one key, which are shuffled, stored and sampled together.

Whatever a feature is made of stands on tracks of one unit, so a unit's rows of one key hold all that the unit's features
of that key can depend on, whatever happens to other keys. That is why a backfill may be spread over machines by key, a
state kept key by key in a store, and a whole key recomputed alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.values import Row
from tandem.observe.features.compiling import compile_plan
from tandem.observe.features.keys import key_fields
from tandem.observe.features.plan import FeaturePlan

__all__ = ["Unit", "key_of", "part_of", "units_of"]


@dataclass(frozen=True, slots=True)
class Unit:
    """Tracks with the same key.

    Attributes:
        name: unique in the plan: the entity kinds, and a number where several units have the same.
        entity: one or two entity kinds.
        keys: per event type that names the key (counted or only reading), the fields that do.
        tracks: positions in the plan.
        features: names, in the plan's order.
        counted: event types that move the unit; the others only read it.
    """

    name: str
    entity: tuple[EntityKind, ...]
    keys: Mapping[EventTypeName, tuple[str, ...]]
    tracks: tuple[int, ...]
    features: tuple[str, ...]
    counted: frozenset[EventTypeName]


def units_of(plan: FeaturePlan) -> tuple[Unit, ...]:
    """The units of ``plan``, in the order of their first tracks."""
    grouped: dict[object, list[int]] = {}
    for index, track in enumerate(plan.tracks):
        grouped.setdefault((track.entity, track.keys), []).append(index)
    made: list[Unit] = []
    for tracks in grouped.values():
        first = plan.tracks[tracks[0]]
        kinds = "-".join(first.entity)
        number = sum(one.entity == first.entity for one in made)
        named = [name for name, homes in zip(plan.names, plan.homes, strict=True) if homes[0] in tracks]
        made.append(
            Unit(
                name=f"{kinds}-{number + 1}" if number else kinds,
                entity=first.entity,
                keys=dict(first.keys),
                tracks=tuple(tracks),
                features=tuple(named),
                counted=frozenset(event for index in tracks for event in plan.tracks[index].events),
            )
        )
    return tuple(made)


def key_of(unit: Unit, event_type: EventTypeName, values: Row) -> bytes | None:
    """The key that an event names, 16 bytes a pseudonym; None where it does not name it in full."""
    fields = unit.keys.get(event_type)
    if fields is None:
        return None
    parts = [values.get(name) for name in fields]
    if None in parts:
        return None
    return bytes.fromhex("".join(map(str, parts)))


def part_of(plan: FeaturePlan, unit: Unit) -> FeaturePlan:
    """The plan of the unit's features alone; its tracks are the unit's, in the same order, and give the same bits."""
    sets = [
        one
        for one in plan.feature_sets
        if one.entity == unit.entity and dict(key_fields(one, plan.event_types)) == unit.keys
    ]
    part = compile_plan(sets, plan.event_types)
    assert part.names == unit.features, "a feature stands on tracks of one unit"
    assert part.program.tracks == tuple(plan.program.tracks[index] for index in unit.tracks), "and moves none of them"
    return part
