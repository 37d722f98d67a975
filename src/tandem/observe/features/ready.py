"""Which sets of the library a workspace could have today: its event types laid beside what each template asks for.

A template names event types and fields by parameters. An event type is taken for one where it has the template's own
name or the same last word (``checkout_application`` for ``loan_application``); a field where it has the same name, or is
the only one that names that kind of entity, or the only amount. What cannot be found leaves out the features that need
it, and says so; every feature that is offered was compiled against the event types.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import product
from typing import Any

import msgspec

from tandem.kernel.errors import DefinitionError
from tandem.kernel.identity import EntityKind, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features.compiling import compile_plan
from tandem.observe.features.definitions import FeatureSet, Texts
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.reading import parse_feature_set
from tandem.observe.features.templates import library_names, library_template

__all__ = ["ReadySet", "ready_sets"]

_PLACE = re.compile(r"\{([a-z_]+)\}")
_FIELD = re.compile(r"[a-z][a-z0-9_]*\Z")

EventTypes = Mapping[EventTypeName, EventType]


class ReadySet(msgspec.Struct, frozen=True, kw_only=True):
    """One set of the library over a workspace's own event types.

    Attributes:
        template: its name in the library; ``name``: what the draft would be called.
        events: the event types that would be counted.
        document: the definition to push or to write into a file.
        plan: what is new in it, compiled; its names are the features.
        taken: features that the workspace already has by that name.
        missing: features that cannot be had, as written, with the parameters that nothing was found for.
        description: by language.
    """

    template: str
    name: str
    entity: tuple[EntityKind, ...]
    events: tuple[EventTypeName, ...]
    document: dict[str, Any]
    plan: FeaturePlan
    taken: tuple[str, ...]
    missing: dict[str, tuple[str, ...]]
    description: Texts


def ready_sets(
    event_types: EventTypes, *, features: AbstractSet[str] = frozenset(), sets: AbstractSet[str] = frozenset()
) -> list[ReadySet]:
    """The sets of the library that bring something new to a workspace, by template and event type.

    Args:
        event_types: those of the workspace.
        features: names of features that it has.
        sets: names of feature sets that it has.
    """
    found: list[ReadySet] = []
    for template in library_names():
        for events in _assignments(template, event_types):
            one = _ready(template, events, event_types, features, sets | {other.name for other in found})
            if one is not None:
                found.append(one)
    return found


def _assignments(template: str, event_types: EventTypes) -> Iterator[dict[str, EventTypeName]]:
    """Every way to put the workspace's event types in the places of the template's."""
    document = library_template(template)
    parameters = [match[1] for one in document["events"] for match in _PLACE.finditer(one)]
    choices = [_like(document["parameters"][one], event_types) for one in parameters]
    for chosen in product(*choices):
        yield dict(zip(parameters, chosen, strict=True))


def _like(default: str, event_types: EventTypes) -> list[EventTypeName]:
    """The event type of that very name first, then those with the same last word."""
    last = default.rpartition("_")[2]
    found = [name for name in sorted(event_types) if name.rpartition("_")[2] == last]
    return sorted(found, key=lambda name: name != default)


def _ready(
    template: str,
    events: dict[str, EventTypeName],
    event_types: EventTypes,
    features: AbstractSet[str],
    sets: AbstractSet[str],
) -> ReadySet | None:
    document = library_template(template)
    names, unknown = _names(document, events, event_types)
    missing = {
        one["name"]: lacking for one in document["features"] if (lacking := tuple(sorted(_places(one) & unknown)))
    }
    written = [one["name"] for one in document["features"] if one["name"] not in missing]
    defaults = document["parameters"]
    used = {
        "use": f"library/{template}",
        "name": _free_name(template, events, sets),
        "with": {key: value for key, value in names.items() if value != defaults[key]},
    }
    possible = _possible(used, written, event_types)
    if possible is None:
        return None
    taken = {feature.template: feature.name for feature in possible.features if feature.name in features}
    without = [one["name"] for one in document["features"] if one["name"] in taken]
    kept = {feature.template for feature in possible.features} - set(without)
    if not kept:
        return None
    for name in written:
        if name not in kept and name not in taken:
            missing[name] = ()
    left_out = [one["name"] for one in document["features"] if one["name"] not in kept]
    chosen = {key: value for key, value in used.items() if value} | ({"without": left_out} if left_out else {})
    try:
        made = parse_feature_set(chosen)
        plan = compile_plan([made], event_types)
    except DefinitionError:  # a ratio of something that is taken
        return None
    return ReadySet(
        template=template,
        name=str(used["name"]),
        entity=made.entity,
        events=made.events,
        document=chosen,
        plan=plan,
        taken=tuple(sorted(taken.values())),
        missing=missing,
        description=made.description,
    )


def _places(value: Any) -> set[str]:
    """The parameters that ``value`` names."""
    if isinstance(value, str):
        return set(_PLACE.findall(value)) - {"window"}
    if isinstance(value, Mapping):
        return {place for one in value.values() for place in _places(one)}
    return {place for one in value for place in _places(one)} if isinstance(value, Sequence) else set()


def _names(
    document: Mapping[str, Any], events: Mapping[str, EventTypeName], event_types: EventTypes
) -> tuple[dict[str, str], set[str]]:
    """What each parameter is called here, and those for which nothing was found."""
    read: dict[str, set[EventTypeName]] = {}
    for feature in document["features"]:
        for parameter, places in _uses(feature, document["events"]):
            read.setdefault(parameter, set()).update(events[one] for one in places)
    names: dict[str, str] = dict(events)
    unknown = set()
    for parameter, default in document["parameters"].items():
        if parameter in events:
            continue
        types = [event_types[one] for one in sorted(read.get(parameter, ()))]
        field = _field(default, types) if _FIELD.match(default) else default
        if field is None:
            unknown.add(parameter)
        else:
            names[parameter] = field
    return names, unknown


def _uses(part: Mapping[str, Any], events: Sequence[str]) -> Iterator[tuple[str, set[str]]]:
    """Each parameter that ``part`` of a feature names, with the parameters of the event types it is read from."""
    events = part.get("events", events)
    for key, value in part.items():
        if isinstance(value, Mapping) and key not in {"description", "reason"}:
            yield from _uses(value, events)
        elif isinstance(value, str) and key != "name":
            for parameter in _places(value):
                yield parameter, _places(events)


def _field(default: str, event_types: Sequence[EventType]) -> str | None:
    """The field that stands for ``default``, the same in all of ``event_types``."""
    found = {_field_of(default, one) for one in event_types}
    return found.pop() if len(found) == 1 else None


def _field_of(default: str, event_type: EventType) -> str | None:
    if any(field.name == default for field in event_type.fields):
        return default
    named = [field.name for field in event_type.fields if field.entity == default]
    if default.endswith("_minor"):
        named = [one.name for one in event_type.fields if one.type is SqlType.INTEGER and one.name.endswith("_minor")]
    return named[0] if len(named) == 1 else None


def _free_name(template: str, events: Mapping[str, EventTypeName], sets: AbstractSet[str]) -> str:
    tries = [template, "_".join([template, *dict.fromkeys(events.values())])]
    tries += [f"{template}_{number}" for number in range(2, 100)]
    return next(one for one in tries if one not in sets)


def _possible(used: Mapping[str, Any], written: Sequence[str], event_types: EventTypes) -> FeatureSet | None:
    """The set with all features of ``written`` that hold over the event types; None where none does."""
    every = _compiled(used, written, event_types)
    if every is not None:
        return every
    kept: list[str] = []
    for name in written:
        if _compiled(used, [*kept, name], event_types) is not None:
            kept.append(name)
    return _compiled(used, kept, event_types) if kept else None


def _compiled(used: Mapping[str, Any], only: Sequence[str], event_types: EventTypes) -> FeatureSet | None:
    if not only:
        return None
    try:
        made = parse_feature_set({**used, "only": list(only)})
        compile_plan([made], event_types)
    except DefinitionError:
        return None
    return made
