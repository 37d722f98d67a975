"""A mapping, compiled against one open file: from a row to the document that the event reader takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from tandem.kernel.errors import DefinitionError, InvalidInput
from tandem.kernel.values import SqlType, Value
from tandem.observe.events.checks import Wrong, check_for
from tandem.observe.events.ingest.cells import Convert, converter_for, instant_converter, text_of
from tandem.observe.events.ingest.mapping import template_columns
from tandem.observe.events.ingest.sources import Getter, Source
from tandem.observe.events.ingest.types import FieldSource, ImportMapping
from tandem.observe.events.types import EventField, EventType

__all__ = ["ROW_NUMBER", "RowReader", "Unmapped"]

ROW_NUMBER = "#"
"""The name in a template that stands for the row's number."""

_WIDENING = {(SqlType.INTEGER, SqlType.DOUBLE), (SqlType.INTEGER, SqlType.DECIMAL)}
_Take: TypeAlias = Callable[[Any], Any]


class Unmapped(Exception):
    """A row that the mapping cannot turn into a document; carries every fault."""

    def __init__(self, faults: list[InvalidInput]) -> None:
        super().__init__(f"{len(faults)} faults")
        self.faults = tuple(faults)


class RowReader:
    """Turns rows of ``source`` into documents by ``mapping``.

    Raises:
        InvalidInput: the file lacks a column that the mapping names.
        DefinitionError: an expression does not hold together.
    """

    def __init__(self, mapping: ImportMapping, event_type: EventType, source: Source) -> None:
        fields = {field.name: field for field in event_type.sent}
        self._event_type = str(event_type.name)
        self._event_id = _Template(mapping.event_id, source)
        self._supersedes = None if mapping.supersedes is None else _Template(mapping.supersedes, source)
        self._occurred_at = _moment(mapping, source)
        self._constants: dict[str, Any] = {}
        self._taken: list[tuple[str, Getter, Convert]] = []
        computed: dict[str, FieldSource] = {}
        for name, origin in mapping.fields.items():
            if origin.column is not None:
                self._taken.append((name, source.getter(origin.column), converter_for(fields[name], origin, mapping)))
            elif origin.expression is not None:
                computed[name] = origin
            else:
                self._constants[name] = origin.constant
        self._computed = _compile_expressions(mapping, computed, fields, source) if computed else None

    def document(self, row: Any, number: int) -> dict[str, Any]:
        """The document of the row with that number.

        Raises:
            Unmapped: with every fault of the row.
        """
        faults: list[InvalidInput] = []
        values = self._constants.copy()
        for name, get, convert in self._taken:
            try:
                values[name] = convert(get(row))
            except Wrong as wrong:
                faults.append(_fault(wrong, f"values.{name}", get(row)))
        document: dict[str, Any] = {"event_type": self._event_type, "values": values}
        for key, take in (("event_id", self._event_id), ("supersedes", self._supersedes)):
            if take is not None:
                try:
                    document[key] = take(row, number)
                except Wrong as wrong:
                    faults.append(_fault(wrong, key, None))
        try:
            document["occurred_at"] = self._occurred_at(row)
        except Wrong as wrong:
            faults.append(_fault(wrong, "occurred_at", None))
        if self._computed is not None and not faults:
            self._computed(row, values, faults)
        if faults:
            raise Unmapped(faults)
        return document


class _Template:
    """``app-{ID}`` with the cells of a row put in."""

    def __init__(self, template: str, source: Source) -> None:
        names = template_columns(template)
        self._getters = [None if name == ROW_NUMBER else source.getter(name) for name in names]
        self._pieces = re.split(r"\{[^{}]+\}", template)
        self._names = names

    def __call__(self, row: Any, number: int) -> str:
        parts = [self._pieces[0]]
        for index, get in enumerate(self._getters):
            cell = number if get is None else get(row)
            if cell is None or cell == "":
                raise Wrong(
                    f"Column {self._names[index]!r} is empty, and the id is made of it.",
                    "incomplete_id",
                    "choose columns that every row has",
                )
            parts.append(text_of(cell))
            parts.append(self._pieces[index + 1])
        return "".join(parts)


def _moment(mapping: ImportMapping, source: Source) -> _Take:
    declared = mapping.occurred_at
    convert = instant_converter(declared.format, declared.timezone or mapping.timezone)
    if declared.constant is not None:
        try:
            constant = convert(declared.constant)
        except Wrong as wrong:
            raise InvalidInput(wrong.detail, code=wrong.code, field="occurred_at.constant", hint=wrong.hint) from None
        return lambda _: constant
    getters = [source.getter(column) for column in declared.columns]
    if len(getters) == 1:
        get = getters[0]
        return lambda row: convert(_present(get(row)))
    return lambda row: convert(" ".join(text_of(_present(get(row))) for get in getters))


def _present(cell: Any) -> Any:
    if cell is None or cell == "":
        raise Wrong("The row does not say when it happened.", "required", "choose a column that every row has")
    return cell


def _compile_expressions(
    mapping: ImportMapping, computed: Mapping[str, FieldSource], fields: Mapping[str, EventField], source: Source
) -> Callable[[Any, dict[str, Any], list[InvalidInput]], None]:
    from tandem.kernel.expressions import Column, compile_row, parse

    names = tuple(source.columns if source.columns is not None else mapping.columns)
    schema = {}
    for name in names:
        declared = mapping.columns.get(name)
        schema[name] = Column(SqlType.TEXT) if declared is None else Column(declared.type, scale=declared.scale)
    expressions = {name: parse(str(origin.expression), schema) for name, origin in computed.items()}
    for name, expression in expressions.items():
        if expression.type is not fields[name].type and (expression.type, fields[name].type) not in _WIDENING:
            raise DefinitionError(
                f"The expression gives {expression.type}, and the field is {fields[name].type}.",
                code="wrong_type",
                field=f"fields.{name}.expression",
                value=expression.text,
                hint=f"CAST(... AS {fields[name].type.upper()})",
            )
    used = dict.fromkeys(column for expression in expressions.values() for column in expression.columns)
    cells = [(name, source.getter(name), _typed_cell(name, mapping)) for name in used]
    evaluate = compile_row(tuple(expressions.values()))
    outputs = [(name, _json_of(fields[name])) for name in expressions]

    def compute(row: Any, values: dict[str, Any], faults: list[InvalidInput]) -> None:
        inputs: dict[str, Value] = {}
        for name, get, convert in cells:
            try:
                inputs[name] = convert(get(row))
            except Wrong as wrong:
                faults.append(_fault(wrong, name, get(row)))
        if faults:
            return
        for (name, as_json), value in zip(outputs, evaluate(inputs, {}), strict=True):
            values[name] = None if value is None else as_json(value)

    return compute


def _typed_cell(name: str, mapping: ImportMapping) -> Callable[[Any], Value]:
    """A cell as an expression takes it: by the declared type, text otherwise."""
    declared = mapping.columns.get(name)
    kind, scale = (SqlType.TEXT, 0) if declared is None else (declared.type, declared.scale)
    field = EventField(name=name, type=kind, scale=scale)
    convert, check = converter_for(field, FieldSource(column=name), mapping), check_for(field)

    def typed(cell: Any) -> Value:
        value = convert(cell)
        return None if value is None else check(value)

    return typed


def _json_of(field: EventField) -> Callable[[Any], Any]:
    """From a typed value to what the reader takes for ``field``."""
    from tandem.kernel.time import days_to_date, format_instant

    if field.type is SqlType.TIMESTAMP:
        return format_instant
    if field.type is SqlType.DATE:
        return lambda days: days_to_date(days).isoformat()
    if field.type is SqlType.DECIMAL:
        return str
    return lambda value: value


def _fault(wrong: Wrong, field: str, value: Any) -> InvalidInput:
    shown = value if isinstance(value, str | int | float) else None
    return InvalidInput(wrong.detail, code=wrong.code, field=field, value=shown, hint=wrong.hint)
