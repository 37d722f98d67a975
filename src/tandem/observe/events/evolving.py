"""What a new version of an event type may not change: what recorded events of it are read by.

Fields may come, go, become optional or required, take other bounds, words and data classes. A value that is recorded
stays what it is, so the field it stands in keeps its type, its scale and the kind of entity it names, for as long as
the name is used. Derived values are recorded too: how they are made stays as it was. What used to be sent may be derived
from now on, and the other way round: it is one value either way.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from tandem.kernel.errors import DefinitionError
from tandem.observe.events.types import Derivation, EventField, EventType

__all__ = ["retyped_fields"]


def retyped_fields(event_type: EventType, earlier: Iterable[EventType]) -> list[DefinitionError]:
    """A fault for every field of ``event_type`` that was of another type in a version of ``earlier``."""
    known: dict[str, EventField] = {}
    derived: dict[str, Derivation] = {}
    for version in earlier:
        for field in version.fields:
            known.setdefault(field.name, field)
            if field.derived is not None:
                derived.setdefault(field.name, field.derived)
    faults = []
    for where, field in _placed(event_type):
        before = known.get(field.name)
        if before is None:
            continue
        retyped = next(
            (key for key in ("type", "scale", "entity") if getattr(before, key) != getattr(field, key)), None
        )
        made = derived.get(field.name)
        if retyped is not None:
            recorded = f"{_said(retyped, getattr(before, retyped))} in {field.name}"
            faults.append(_fault(event_type, recorded, "field_retyped", f"{where}.{retyped}", getattr(field, retyped)))
        elif made is not None and field.derived is not None and field.derived != made:
            faults.append(
                _fault(
                    event_type, f"{field.name} made by {_made(made)}", "field_rederived", where, _made(field.derived)
                )
            )
    return faults


def _placed(event_type: EventType) -> Iterator[tuple[str, EventField]]:
    """Each field with its place in the document."""
    counted: Counter[str] = Counter()
    for field in event_type.fields:
        part = "fields" if field.derived is None else "derived"
        yield f"{part}[{counted[part]}]", field
        counted[part] += 1


def _fault(event_type: EventType, recorded: str, code: str, where: str, now: object) -> DefinitionError:
    return DefinitionError(
        f"Recorded events of {event_type.name} have {recorded}.",
        code=code,
        field=where,
        value=now,
        hint="give the new field a name of its own, and leave this one as it was",
    )


def _made(how: Derivation) -> str:
    told = [*how.of, *(f"{name}: {value}" for name, value in how.parameters.items())]
    return f"{how.function}({', '.join(told)})"


def _said(key: str, value: object) -> str:
    if key == "entity":
        return "no entity" if value is None else f"the entity {value}"
    return f"{value} digits after the point" if key == "scale" else str(value)
