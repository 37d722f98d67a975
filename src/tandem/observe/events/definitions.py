"""From a YAML document to an ``EventType`` that holds together, or an error that says where it does not."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.values import SqlType
from tandem.observe.events.derived import derivation_of
from tandem.observe.events.documents import as_mapping, as_struct, at
from tandem.observe.events.limits import DECIMAL_DIGITS, FIELDS_PER_TYPE, NAME_LENGTH
from tandem.observe.events.types import EventField, EventType
from tandem.prove.privacy import DataClass

__all__ = ["RESERVED_NAMES", "parse_event_type"]

RESERVED_NAMES: Final = frozenset({
    "digest", "entities", "event_id", "event_type", "occurred_at", "received_at", "recorded_at", "seq", "subject",
    "supersedes", "values",
})  # fmt: skip
"""Names that every event has, so that no field may take them."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_NUMBERS = frozenset({SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL})


def parse_event_type(document: Any, *, path: str = "") -> EventType:
    """The event type that ``document`` (YAML or JSON, decoded) declares.

    Args:
        document: the mapping with ``name``, ``fields`` and, optionally, ``derived``, ``subject`` and ``description``.
        path: where the document stands, put before the field of every error.

    Raises:
        DefinitionError: names the field, the value, and the near match where there is one.
    """
    document = as_mapping(document, path, _TYPE_KEYS)
    declared = document.get("fields")
    if not isinstance(declared, list) or not declared:
        raise DefinitionError(
            "An event type needs a list of fields.", code="no_fields", field=at(path, "fields"), value=declared
        )
    made = document.pop("derived", None) or []
    if not isinstance(made, list):
        raise DefinitionError("Expected a list of fields.", code="wrong_type", field=at(path, "derived"), value=made)
    if len(declared) + len(made) > FIELDS_PER_TYPE:
        raise DefinitionError(f"More than {FIELDS_PER_TYPE} fields.", code="too_many_fields", field=at(path, "fields"))
    sent = [(at(path, f"fields[{index}]"), item) for index, item in enumerate(declared)]
    fields = {where: _field(as_mapping(item, where, _FIELD_KEYS), where) for where, item in sent}
    known = {field.name: field for field in fields.values()}
    for index, item in enumerate(made):
        where = at(path, f"derived[{index}]")
        said, derivation = derivation_of(item, known, where)
        fields[where] = msgspec.structs.replace(_field(said, where), derived=derivation)
    event_type = as_struct(document | {"fields": tuple(fields.values())}, EventType, path)
    _check_name(event_type.name, at(path, "name"))
    _check_unique(fields)
    _check_subject(event_type, path)
    return event_type


def _field(document: dict[str, Any], path: str) -> EventField:
    for key, vocabulary in (("type", SqlType), ("data_class", DataClass)):
        value = document.get(key)
        if value is not None and value not in list(vocabulary):
            known = [str(member) for member in vocabulary]
            hint = near_match(str(value), known) or "known: " + ", ".join(known)
            raise DefinitionError(f"Unknown {key}.", code=f"unknown_{key}", field=at(path, key), value=value, hint=hint)
    field = as_struct(document, EventField, path)
    _check_name(field.name, at(path, "name"))
    if field.name in RESERVED_NAMES:
        raise DefinitionError(
            "That name belongs to every event.",
            code="reserved_name",
            field=at(path, "name"),
            value=field.name,
            hint="choose another; reserved: " + ", ".join(sorted(RESERVED_NAMES)),
        )
    _check_entity(field, path)
    _check_domain(field, path)
    return field


def _check_entity(field: EventField, path: str) -> None:
    if field.entity is None:
        return
    _check_name(field.entity, at(path, "entity"))
    if field.type is not SqlType.TEXT:
        raise DefinitionError(
            "An entity is named by text.",
            code="entity_not_text",
            field=at(path, "type"),
            value=str(field.type),
            hint="declare type: text; send numbers as text",
        )
    if field.values is not None:
        raise DefinitionError(
            "An entity field takes no list of values.", code="misplaced_values", field=at(path, "values")
        )


def _check_domain(field: EventField, path: str) -> None:
    if field.scale and field.type is not SqlType.DECIMAL:
        raise DefinitionError(
            "Only a decimal has a scale.", code="misplaced_scale", field=at(path, "scale"), value=field.scale
        )
    if not 0 <= field.scale <= DECIMAL_DIGITS:
        raise DefinitionError(
            f"A scale is 0 to {DECIMAL_DIGITS}.", code="scale_out_of_range", field=at(path, "scale"), value=field.scale
        )
    if field.values is not None and (field.type is not SqlType.TEXT or not field.values):
        raise DefinitionError(
            "A list of allowed values belongs to text, and is not empty.",
            code="misplaced_values",
            field=at(path, "values"),
            value=field.values,
        )
    for key, bound in (("minimum", field.minimum), ("maximum", field.maximum)):
        if bound is not None and (field.type not in _NUMBERS or not math.isfinite(bound)):
            raise DefinitionError(
                "A bound is finite and belongs to a number.", code="misplaced_bound", field=at(path, key), value=bound
            )
    if field.minimum is not None and field.maximum is not None and field.minimum > field.maximum:
        raise DefinitionError(
            "The minimum is over the maximum.", code="bounds_crossed", field=at(path, "minimum"), value=field.minimum
        )


def _check_name(name: str, path: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > NAME_LENGTH:
        suggestion = re.sub(r"[^a-z0-9]+", "_", re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()).strip("_")
        valid = bool(_NAME.fullmatch(suggestion)) and len(suggestion) <= NAME_LENGTH
        raise DefinitionError(
            f"A name is lower_snake, at most {NAME_LENGTH} characters.",
            code="invalid_name",
            field=path,
            value=name,
            hint=f"write {suggestion}" if valid else "start with a letter: a-z, 0-9 and _",
        )


def _check_unique(fields: Mapping[str, EventField]) -> None:
    seen: dict[str, str] = {}
    for where, field in fields.items():
        if field.name in seen:
            raise DefinitionError(
                f"That is the name of {seen[field.name]} already.",
                code="duplicate_field",
                field=at(where, "name"),
                value=field.name,
            )
        seen[field.name] = where


def _check_subject(event_type: EventType, path: str) -> None:
    where = at(path, "subject")
    entities = {field.name: field for field in event_type.sent if field.entity is not None}
    if event_type.subject is None:
        personal = next((field for field in event_type.fields if field.data_class.is_personal), None)
        if personal is not None:
            raise DefinitionError(
                f"Field {personal.name!r} is {personal.data_class} and needs a subject whose key seals it.",
                code="subject_missing",
                field=where,
                hint="name the entity field of the person or enterprise: " + (", ".join(entities) or "declare one"),
            )
        return
    subject = entities.get(event_type.subject)
    if subject is None:
        raise DefinitionError(
            "The subject is not an entity field that arrives with events of this type.",
            code="unknown_subject",
            field=where,
            value=event_type.subject,
            hint=near_match(event_type.subject, entities),
        )
    if not subject.required:
        raise DefinitionError(
            "The subject's field must be required: without it the personal values could not be sealed.",
            code="subject_not_required",
            field=where,
            value=event_type.subject,
            hint=f"declare required: true on {event_type.subject}",
        )


_TYPE_KEYS = frozenset({*EventType.__struct_fields__, "derived"})
_FIELD_KEYS = frozenset(EventField.__struct_fields__) - {"derived"}
