"""The nouns of ingestion: a mapping says how rows become events, a report says what became of every row."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal, TypeAlias

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest, EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events.types import Event

__all__ = [
    "ColumnType",
    "FieldSource",
    "FileFormat",
    "FileOptions",
    "ImportMapping",
    "IngestReport",
    "MomentSource",
    "Progress",
    "ProgressCallback",
    "Rejection",
    "Rounding",
    "Sink",
    "SinkResult",
]


class FileFormat(StrEnum):
    """What files rows are read from; CSV and JSONL also packed with gzip."""

    CSV = "csv"
    JSONL = "jsonl"
    PARQUET = "parquet"
    EXCEL = "excel"


Rounding: TypeAlias = Literal["half_even", "half_up", "down"]


class ColumnType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an expression takes a column of the file for; text where nothing is said."""

    type: SqlType
    scale: int = 0


class FileOptions(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How to read the file.

    Attributes:
        format: by the file's suffix where None.
        delimiter, encoding: for CSV.
        sheet: for Excel; the first one where None.
    """

    format: FileFormat | None = None
    delimiter: str = ","
    encoding: str = "utf-8"
    sheet: str | None = None


class FieldSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where one field's value comes from: exactly one of ``column``, ``constant`` and ``expression``.

    Attributes:
        column: name in the file; in JSONL a path such as ``customer.id``.
        constant: the same value for every row.
        expression: a SQL scalar expression over the file's columns.
        recode: cell text to other text, before anything else; what is not listed stays.
        multiply: exact factor for numbers (100 turns major into minor units).
        rounding: what to do with a fraction left over after ``multiply`` where the field is an integer or has fewer
            digits; None refuses the row.
        format: of a date or instant, as in ``strptime``; ISO 8601 where None.
        timezone: IANA name, for instants written without an offset; the mapping's where None.
        trim: take white space off both ends of text. Everything but text is trimmed anyway.
        null_tokens: cells that mean unknown, instead of the mapping's.
    """

    column: str | None = None
    constant: Any = None
    expression: str | None = None
    recode: dict[str, str] = {}
    multiply: Decimal | None = None
    rounding: Rounding | None = None
    format: str | None = None
    timezone: str | None = None
    trim: bool = False
    null_tokens: tuple[str, ...] | None = None


class MomentSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where ``occurred_at`` comes from: ``columns`` (joined by a space) or a ``constant``, read by ``format``."""

    columns: tuple[str, ...] = ()
    constant: str | None = None
    format: str | None = None
    timezone: str | None = None


class ImportMapping(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How the rows of a kind of file become events of one type.

    Attributes:
        name: lower_snake.
        event_type: of the events.
        event_id: template such as ``app-{ID}``; ``{#}`` is the row's number, for files without an id of their own.
        occurred_at: event time.
        fields: field of the event type to its source.
        supersedes: template of the id of the event a row corrects.
        source: how the file is read.
        null_tokens: cells that mean unknown.
        timezone: IANA name, for instants written without an offset; None refuses them.
        columns: types of the file's columns, for expressions.
    """

    name: str
    event_type: EventTypeName
    event_id: str
    occurred_at: MomentSource
    fields: dict[str, FieldSource]
    supersedes: str | None = None
    source: FileOptions = FileOptions()
    null_tokens: tuple[str, ...] = ("",)
    timezone: str | None = None
    columns: dict[str, ColumnType] = {}
    description: str = ""


SinkResult: TypeAlias = Literal["new", "duplicate", "conflict"]
Sink: TypeAlias = Callable[[list[Event]], Sequence[str]]
"""Takes events in order, makes them durable, and says of each what it was, a ``SinkResult``. Must be idempotent by id and
digest: after a crash it is handed events again."""


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """How far an import is. ``bytes_read`` is estimated by rows where the format has no stream."""

    rows: int
    bytes_read: int
    bytes_total: int


ProgressCallback: TypeAlias = Callable[[Progress], None]


class Rejection(msgspec.Struct, frozen=True, kw_only=True):
    """One row that did not become an event, and why. ``row`` counts from 1, the header not included."""

    row: int
    faults: tuple[InvalidInput, ...]
    original: dict[str, Any]


class IngestReport(msgspec.Struct, frozen=True, kw_only=True):
    """What became of every row; each is counted in exactly one of the four.

    Attributes:
        read: rows in the file so far, blank lines not counted.
        accepted: became new events.
        duplicates: were recorded already, with the same content.
        conflicts: their id is recorded with other content; they stand among the rejected rows.
        rejected: did not become events; they stand among the rejected rows.
        codes: code of a rejected row's first fault to number of rows.
        file_digest: SHA-256 of the file.
        mapping_digest: digest of the mapping.
        resumed_at: row after which this run went on; 0 for a whole run. Rows that a killed run had handed over but not
            ticked off are counted as duplicates.
        rejected_path: where the rejected rows stand; None if there are none.
    """

    read: int
    accepted: int
    duplicates: int
    conflicts: int
    rejected: int
    codes: dict[str, int]
    file_digest: Digest
    mapping_digest: Digest
    resumed_at: int = 0
    rejected_path: str | None = None

    @property
    def reconciles(self) -> bool:
        """Whether the four add up to what was read."""
        return self.read == self.accepted + self.duplicates + self.conflicts + self.rejected
