"""What a new version of an event type may not change: what recorded events of it are read by.

Fields may come, go, become optional or required, take other bounds, words and data classes. A value that is recorded
stays what it is, so the field it stands in keeps its type, its scale and the kind of entity it names, for as long as
the name is used.
"""

from __future__ import annotations

from collections.abc import Iterable

from tandem.kernel.errors import DefinitionError
from tandem.observe.events.types import EventField, EventType

__all__ = ["retyped_fields"]


def retyped_fields(event_type: EventType, earlier: Iterable[EventType]) -> list[DefinitionError]:
    """A fault for every field of ``event_type`` that was of another type in a version of ``earlier``."""
    known: dict[str, EventField] = {}
    for version in earlier:
        for field in version.fields:
            known.setdefault(field.name, field)
    faults = []
    for index, field in enumerate(event_type.fields):
        before = known.get(field.name)
        if before is None:
            continue
        for key in ("type", "scale", "entity"):
            was, now = getattr(before, key), getattr(field, key)
            if was != now:
                faults.append(
                    DefinitionError(
                        f"Recorded events of {event_type.name} have {_said(key, was)} in {field.name}.",
                        code="field_retyped",
                        field=f"fields[{index}].{key}",
                        value=now,
                        hint="give the new field a name of its own, and leave this one as it was",
                    )
                )
                break
    return faults


def _said(key: str, value: object) -> str:
    if key == "entity":
        return "no entity" if value is None else f"the entity {value}"
    return f"{value} digits after the point" if key == "scale" else str(value)
