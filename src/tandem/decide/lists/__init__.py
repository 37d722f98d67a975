"""Lists: block, watch and allow lists as a fold of journalled changes, asked by pseudonym in the hot path."""

from tandem.decide.lists.membership import Lists, ListView
from tandem.decide.lists.reading import BulkRows, Pseudonymise, RejectedRow, parse_list, read_change, read_rows
from tandem.decide.lists.types import (
    MAX_CHANGE,
    ChangePreview,
    ChangeReceipt,
    ListChange,
    ListDefinition,
    ListEntry,
    ListKind,
)

__all__ = [
    "MAX_CHANGE",
    "BulkRows",
    "ChangePreview",
    "ChangeReceipt",
    "ListChange",
    "ListDefinition",
    "ListEntry",
    "ListKind",
    "ListView",
    "Lists",
    "Pseudonymise",
    "RejectedRow",
    "parse_list",
    "read_change",
    "read_rows",
]
