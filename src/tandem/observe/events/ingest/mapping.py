"""From a YAML document to an ``ImportMapping`` that fits its event type."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from tandem.kernel.canonical import digest_of
from tandem.kernel.errors import DefinitionError, near_match
from tandem.kernel.identity import Digest
from tandem.kernel.values import SqlType
from tandem.observe.events.documents import as_mapping, as_struct, at
from tandem.observe.events.ingest.types import ColumnType, FieldSource, FileOptions, ImportMapping, MomentSource
from tandem.observe.events.types import EventField, EventType

__all__ = ["mapping_digest", "parse_mapping", "template_columns"]

_PLACE = re.compile(r"\{([^{}]+)\}")
_NUMBERS = frozenset({SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL})


def parse_mapping(document: Any, event_types: Mapping[str, EventType], *, path: str = "") -> ImportMapping:
    """The mapping that ``document`` (YAML or JSON, decoded) declares.

    A field's source may be written short: ``amount: Amount`` means ``amount: {column: Amount}``; so may
    ``occurred_at: applied_at``.

    Raises:
        DefinitionError: names the key, the value, and the near match where there is one.
    """
    document = as_mapping(document, path, ImportMapping.__struct_fields__)
    document["occurred_at"] = _moment(document.get("occurred_at"), at(path, "occurred_at"))
    sources = document.get("fields")
    if not isinstance(sources, Mapping) or not sources:
        raise DefinitionError("A mapping needs fields.", field=at(path, "fields"), value=sources)
    document["fields"] = {key: _source(each, at(path, f"fields.{key}")) for key, each in sources.items()}
    if "source" in document:
        document["source"] = as_mapping(document["source"], at(path, "source"), FileOptions.__struct_fields__)
    if "columns" in document:
        document["columns"] = _column_types(document["columns"], at(path, "columns"))
    mapping = as_struct(document, ImportMapping, path)
    _check(mapping, event_types, path)
    return mapping


def mapping_digest(mapping: ImportMapping) -> Digest:
    """The digest of what the mapping says."""
    return digest_of(mapping)


def template_columns(template: str) -> tuple[str, ...]:
    """The names in braces of a template, in order."""
    return tuple(_PLACE.findall(template))


def _moment(declared: Any, path: str) -> dict[str, Any]:
    if isinstance(declared, str):
        return {"columns": [declared]}
    document = as_mapping(declared, path, {*MomentSource.__struct_fields__, "column"})
    if "column" in document:
        document["columns"] = [document.pop("column"), *document.get("columns", [])]
    if bool(document.get("columns")) == (document.get("constant") is not None):
        raise DefinitionError("Name either a column or a constant.", field=path, hint="column: applied_at")
    return document


def _source(declared: Any, path: str) -> dict[str, Any]:
    if isinstance(declared, str):
        return {"column": declared}
    document = as_mapping(declared, path, FieldSource.__struct_fields__)
    given = [key for key in ("column", "constant", "expression") if document.get(key) is not None]
    if len(given) != 1:
        raise DefinitionError(
            "A field comes from exactly one of column, constant and expression.",
            code="ambiguous_source",
            field=path,
            value=", ".join(given) or None,
            hint="column: NameInTheFile",
        )
    if isinstance(document.get("multiply"), float):
        document["multiply"] = repr(document["multiply"])
    return document


def _column_types(document: Any, path: str) -> dict[str, Any]:
    if not isinstance(document, Mapping):
        raise DefinitionError("Expected a mapping of columns to types.", field=path, value=document)
    short = {key: {"type": each} if isinstance(each, str) else each for key, each in document.items()}
    return {key: as_mapping(each, at(path, key), ColumnType.__struct_fields__) for key, each in short.items()}


def _check(mapping: ImportMapping, event_types: Mapping[str, EventType], path: str) -> None:
    event_type = event_types.get(mapping.event_type)
    if event_type is None:
        raise DefinitionError(
            "Unknown event type.",
            code="unknown_event_type",
            field=at(path, "event_type"),
            value=mapping.event_type,
            hint=near_match(mapping.event_type, event_types),
        )
    fields = {field.name: field for field in event_type.sent}
    for name, source in mapping.fields.items():
        where = at(path, f"fields.{name}")
        if name not in fields:
            raise _unmappable(name, event_type, where)
        _check_source(source, fields[name], where)
    for field in event_type.sent:
        if field.required and field.name not in mapping.fields:
            raise DefinitionError(
                f"Field {field.name!r} is required and not mapped.", code="required", field=at(path, "fields")
            )
    for key, template in (("event_id", mapping.event_id), ("supersedes", mapping.supersedes)):
        if template is not None and not template_columns(template):
            raise DefinitionError(
                "The template names no column, so every row would have the same id.",
                code="constant_template",
                field=at(path, key),
                value=template,
                hint="write app-{ID}, or app-{#} for the row's number",
            )
    _check_timezone(mapping.timezone, at(path, "timezone"))
    _check_timezone(mapping.occurred_at.timezone, at(path, "occurred_at.timezone"))
    if len(mapping.source.delimiter) != 1:
        raise DefinitionError(
            "A delimiter is one character.", field=at(path, "source.delimiter"), value=mapping.source.delimiter
        )
    try:
        "".encode(mapping.source.encoding)
    except LookupError:
        raise DefinitionError(
            "Unknown encoding.",
            field=at(path, "source.encoding"),
            value=mapping.source.encoding,
            hint="utf-8 or gb18030",
        ) from None


def _unmappable(name: str, event_type: EventType, path: str) -> DefinitionError:
    made = next((one.derived for one in event_type.fields if one.name == name and one.derived is not None), None)
    if made is not None:
        return DefinitionError(
            "That field is made when the event is read, and cannot be mapped.",
            code="derived_field",
            field=path,
            value=name,
            hint="map what it is made of: " + ", ".join(made.of),
        )
    return DefinitionError(
        f"Event type {event_type.name!r} has no such field.",
        code="unknown_field",
        field=path,
        value=name,
        hint=near_match(name, [field.name for field in event_type.sent]),
    )


def _check_source(source: FieldSource, field: EventField, path: str) -> None:
    if source.multiply is not None and (field.type not in _NUMBERS or not source.multiply.is_finite()):
        raise DefinitionError("Only a number can be multiplied.", field=at(path, "multiply"), value=str(field.type))
    if source.format is not None and field.type not in {SqlType.DATE, SqlType.TIMESTAMP}:
        raise DefinitionError(
            "A format belongs to a date or an instant.", field=at(path, "format"), value=source.format
        )
    _check_timezone(source.timezone, at(path, "timezone"))


def _check_timezone(name: str | None, path: str) -> None:
    if name is None:
        return
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise DefinitionError(
            "Unknown time zone.", code="unknown_timezone", field=path, value=name, hint="Asia/Shanghai, UTC"
        ) from None
