"""The nouns of the lake: tables with their columns and lineage, checks, and what the inventory tells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, Protocol, TypeAlias

import msgspec

from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.journal import EntryKind, Record
from tandem.prove.privacy import DataClass, Erased

__all__ = [
    "AssetField",
    "CheckName",
    "CheckResult",
    "ColumnKind",
    "JournalReader",
    "LakeColumn",
    "LakeTable",
    "Projection",
]

ColumnKind: TypeAlias = SqlType | Literal["texts"]
"""A scalar type, or ``texts``: a list of text."""


class LakeColumn(msgspec.Struct, frozen=True, kw_only=True):
    """One column of a table of the lake.

    Attributes:
        name: lower_snake.
        type: of its values.
        data_class: how sensitive they are.
        scale: digits after the point, for DECIMAL.
        required: whether a missing value is a fault.
        entity: kind of entity whose pseudonyms it holds, if it does.
        description, source, owner, purpose: for the inventory.
    """

    name: str
    type: ColumnKind
    data_class: DataClass = DataClass.C1
    scale: int = 0
    required: bool = False
    entity: str | None = None
    description: str = ""
    source: str = "journal"
    owner: str = ""
    purpose: str = ""


class LakeTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table of the lake.

    Attributes:
        name: lower_snake.
        columns: in order; the first is ``seq`` where the journal is the source.
        personal: holds C2 values; every row names its ``subject``, so that a person can be taken out.
        description: one line for people.
    """

    name: str
    columns: tuple[LakeColumn, ...]
    personal: bool = False
    description: str = ""


class Projection(msgspec.Struct, frozen=True, kw_only=True):
    """What one run of ``Lake.project`` did: records ``from_seq`` to ``to_seq``, and rows added by table."""

    from_seq: int
    to_seq: int
    rows: dict[str, int]
    erased: int = 0


CheckName: TypeAlias = Literal["schema", "freshness", "reconciliation", "missing_values", "duplicates"]


class CheckResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer of one check of one table.

    Attributes:
        checked_at: processing time.
        seq: the journal's place at the time.
        expected, found: in words or numbers; what was to be and what is.
    """

    table: str
    check: CheckName
    passed: bool
    expected: str
    found: str
    checked_at: Micros
    seq: int


class AssetField(msgspec.Struct, frozen=True, kw_only=True):
    """One field in the inventory of data assets.

    Attributes:
        automatic: arrives by itself from the journal; False for what people imported.
        quality: share of rows with a value times the share of the table's last checks that passed, 0 to 1; None for an
            empty table.
    """

    table: str
    field: str
    type: str
    data_class: DataClass
    owner: str
    source: str
    purpose: str
    description: str
    automatic: bool
    quality: float | None


class JournalReader(Protocol):
    """What the lake needs of a journal."""

    def read(
        self, from_seq: int = 1, to_seq: int | None = None, kinds: Sequence[EntryKind] | None = None
    ) -> Iterator[Record]:
        """Durable records in order, both ends included."""
        ...

    def open_secret(self, record: Record) -> bytes | Erased | None:
        """The personal part of ``record``."""
        ...
