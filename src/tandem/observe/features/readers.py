"""Which features stand on which field of an event: what a change to an event type would touch."""

from __future__ import annotations

from tandem.kernel.identity import EventTypeName
from tandem.observe.features.filters import parse_filter
from tandem.observe.features.keys import key_fields
from tandem.observe.features.plan import FeaturePlan

__all__ = ["features_by_field", "fields_of_feature"]


def features_by_field(plan: FeaturePlan, event_type: EventTypeName) -> dict[str, tuple[str, ...]]:
    """Per field of ``event_type`` the features of ``plan`` that read it, sorted; fields nobody reads are left out.

    A feature reads the field it aggregates, the fields its filter names, and the fields that say whose feature it is.
    An event that is not counted but names the entity only looks features up, which is not reading.
    """
    declared = plan.event_types[event_type]
    found: dict[str, set[str]] = {}
    filtered: dict[str, frozenset[str]] = {}
    for one in plan.feature_sets:
        if event_type not in one.events:
            continue
        keys = dict(key_fields(one, plan.event_types)).get(event_type, ())
        for feature in one.features:
            read = set(keys)
            for base in feature.operands:
                if event_type not in base.events:
                    continue
                if base.field is not None:
                    read.add(base.field)
                if base.where is not None:
                    if base.where not in filtered:
                        filtered[base.where] = frozenset(parse_filter(base.where, declared, "where").columns)
                    read |= filtered[base.where]
            for name in read:
                found.setdefault(name, set()).add(feature.name)
    fields = {field.name for field in declared.fields}
    return {name: tuple(sorted(features)) for name, features in sorted(found.items()) if name in fields}


def fields_of_feature(plan: FeaturePlan, name: str) -> dict[EventTypeName, tuple[str, ...]]:
    """Per event type that the feature counts, the fields it reads: key, value and filter, sorted.

    Raises:
        NotFound: the plan has no such feature.
    """
    plan.feature(name)
    return {
        event: fields
        for event in plan.set_of(name).events
        if (fields := tuple(field for field, readers in features_by_field(plan, event).items() if name in readers))
        and any(event in base.events for base in plan.feature(name).operands)
    }
