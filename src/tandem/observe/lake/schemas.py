"""From an event type to the two tables its events land in, and from a table to its Arrow schema.

An event type ``payment`` gives ``payment`` (C1 values and pseudonyms: free to analyse) and, where it has C2 values,
``payment_personal``, one row an event, keyed by ``seq`` and ``subject``. Keeping them apart is what makes erasure possible:
the personal table is small enough to rewrite, and the default one never has to be. C3 values (credentials) and real
identifiers do not reach the lake at all.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.lake.types import LakeColumn, LakeTable
from tandem.prove.privacy import DataClass

__all__ = ["PLACE_COLUMNS", "arrow_schema", "arrow_type", "event_table", "kept_fields", "personal_event_table"]

_PLACE = (
    LakeColumn(name="seq", type=SqlType.INTEGER, required=True, description="Place in the journal."),
    LakeColumn(name="event_id", type=SqlType.TEXT, required=True, description="The caller's id."),
    LakeColumn(name="occurred_at", type=SqlType.TIMESTAMP, required=True, description="Event time."),
    LakeColumn(name="received_at", type=SqlType.TIMESTAMP, required=True, description="Processing time."),
    LakeColumn(name="subject", type=SqlType.TEXT, entity="subject", description="Pseudonym of the values' owner."),
)
PLACE_COLUMNS: Final = len(_PLACE)
"""How many columns each table of events begins with; in the default one, what the event corrects comes next."""
_SUPERSEDES = LakeColumn(name="supersedes", type=SqlType.TEXT, description="Id of the event that this one corrects.")

_ARROW: dict[str, pa.DataType] = {
    SqlType.BOOLEAN: pa.bool_(),
    SqlType.INTEGER: pa.int64(),
    SqlType.DOUBLE: pa.float64(),
    SqlType.TEXT: pa.string(),
    SqlType.TIMESTAMP: pa.timestamp("us", "UTC"),
    SqlType.DATE: pa.date32(),
    "texts": pa.list_(pa.string()),
}


def event_table(event_type: EventType) -> LakeTable:
    """The table anybody may query: C1 values, and pseudonyms in place of entities."""
    fields = [field for field in event_type.fields if field.entity is not None or not field.data_class.is_personal]
    return LakeTable(
        name=str(event_type.name),
        columns=(*_PLACE, _SUPERSEDES, *(_column(field) for field in fields)),
        description=event_type.description,
    )


def personal_event_table(event_type: EventType) -> LakeTable | None:
    """The table of C2 values; None where the type has none."""
    fields = [field for field in event_type.fields if field.data_class is DataClass.C2 and field.entity is None]
    if not fields:
        return None
    return LakeTable(
        name=f"{event_type.name}_personal",
        columns=(*_PLACE, *(_column(field) for field in fields)),
        personal=True,
        description=f"Personal values of {event_type.name}; a person's rows go when they are erased.",
    )


def kept_fields(event_type: EventType) -> dict[str, pa.DataType]:
    """The fields that the lake keeps of an event, C2 values among them, in the order of the event type."""
    kept = [one for one in event_type.fields if one.entity is not None or one.data_class is not DataClass.C3]
    return {field.name: arrow_type(_column(field)) for field in kept}


def _column(field: EventField) -> LakeColumn:
    # A pseudonym tells nobody's name: the column is C1 whatever class the identifier has.
    return LakeColumn(
        name=field.name,
        type=field.type,
        data_class=DataClass.C1 if field.entity is not None else field.data_class,
        scale=field.scale,
        required=field.required,
        entity=field.entity,
        description=field.description,
        source=field.source or "journal",
        owner=field.owner,
        purpose=field.purpose,
    )


def arrow_type(column: LakeColumn) -> pa.DataType:
    """The Arrow type of a column."""
    return pa.decimal128(18, column.scale) if column.type is SqlType.DECIMAL else _ARROW[column.type]


def arrow_schema(table: LakeTable) -> pa.Schema:
    """The Arrow schema; class, lineage and purpose travel as metadata of each column, and so into the Delta log."""
    return pa.schema([pa.field(each.name, arrow_type(each), metadata=_metadata(each)) for each in table.columns])


def _metadata(column: LakeColumn) -> dict[str, str]:
    # Every key every time: Delta merges metadata, so a key left out would keep its old value.
    return {
        "class": str(column.data_class),
        "source": column.source,
        "owner": column.owner,
        "purpose": column.purpose,
        "description": column.description,
        "entity": column.entity or "",
    }
