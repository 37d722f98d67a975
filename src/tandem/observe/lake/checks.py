"""Checks on arrival: whether what landed is whole, as declared, and fresh."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.time import HOUR, Micros
from tandem.kernel.values import SqlType
from tandem.observe.lake.schemas import arrow_schema
from tandem.observe.lake.types import CheckName, CheckResult, LakeColumn, LakeTable

__all__ = ["CHECKS_TABLE", "FRESH_WITHIN", "as_rows", "check_arrival", "reconciliation"]

FRESH_WITHIN: Final = 24 * HOUR
"""How old the newest row of a table may be when rows arrive, by processing time."""

_Told: TypeAlias = tuple[CheckName, bool, object, object]

CHECKS_TABLE: Final = LakeTable(
    name="lake_checks",
    description="Every check of every table, as rows arrived.",
    columns=(
        LakeColumn(name="table_name", type=SqlType.TEXT, required=True, source="lake"),
        LakeColumn(name="check_name", type=SqlType.TEXT, required=True, source="lake"),
        LakeColumn(name="passed", type=SqlType.BOOLEAN, required=True, source="lake"),
        LakeColumn(name="expected", type=SqlType.TEXT, source="lake"),
        LakeColumn(name="found", type=SqlType.TEXT, source="lake"),
        LakeColumn(name="checked_at", type=SqlType.TIMESTAMP, required=True, source="lake"),
        LakeColumn(name="seq", type=SqlType.INTEGER, required=True, source="lake"),
    ),
)


def check_arrival(
    table: LakeTable, landed: pa.Table, stored_schema: pa.Schema, *, owed: int, checked_at: Micros, seq: int
) -> list[CheckResult]:
    """The checks of what landed in ``table``.

    Args:
        table: as declared.
        landed: the rows, read back from the lake.
        stored_schema: the table's schema in the lake.
        owed: rows that the source has for it.
        checked_at: processing time.
        seq: the journal's place.
    """
    told: list[_Told | None] = [
        _schema(table, stored_schema),
        ("reconciliation", owed == landed.num_rows, owed, landed.num_rows),
        _duplicates(landed),
        _missing_values(table, landed),
        _freshness(landed, checked_at),
    ]
    return [_result(table.name, each, checked_at, seq) for each in told if each is not None]


def reconciliation(table: str, owed: int, found: int, checked_at: Micros, seq: int) -> CheckResult:
    """Whether a table has as many rows as the journal has records for it."""
    return _result(table, ("reconciliation", owed == found, owed, found), checked_at, seq)


def as_rows(results: list[CheckResult]) -> list[tuple[Any, ...]]:
    """The results as rows of ``lake_checks``."""
    return [
        (each.table, each.check, each.passed, each.expected, each.found, each.checked_at, each.seq) for each in results
    ]


def _result(table: str, told: _Told, checked_at: Micros, seq: int) -> CheckResult:
    check, passed, expected, found = told
    return CheckResult(
        table=table,
        check=check,
        passed=passed,
        expected=str(expected),
        found=str(found),
        checked_at=checked_at,
        seq=seq,
    )


def _schema(table: LakeTable, stored: pa.Schema) -> _Told:
    declared = arrow_schema(table)
    wrong = [
        each.name for each in declared if each.name not in stored.names or stored.field(each.name).type != each.type
    ]
    return "schema", not wrong, "as declared", "differs in " + ", ".join(wrong) if wrong else "as declared"


def _duplicates(landed: pa.Table) -> _Told:
    """Rows of one place; in an imported table, which has none, rows that are equal throughout."""
    keys = ["seq"] if "seq" in landed.column_names else [
        field.name for field in landed.schema if not pa.types.is_list(field.type)
    ]  # fmt: skip
    doubled = landed.num_rows - landed.group_by(keys).aggregate([]).num_rows
    return "duplicates", not doubled, 0, doubled


def _missing_values(table: LakeTable, landed: pa.Table) -> _Told:
    missing = {
        column.name: landed.column(column.name).null_count
        for column in table.columns
        if column.required and landed.column(column.name).null_count
    }
    return "missing_values", not missing, "none", missing or "none"


def _freshness(landed: pa.Table, checked_at: Micros) -> _Told | None:
    """By processing time; an imported table has none and is not asked."""
    name = next((each for each in ("received_at", "recorded_at") if each in landed.column_names), None)
    if name is None:
        return None
    newest = pc.max(landed.column(name)).cast(pa.int64()).as_py()
    age = None if newest is None else checked_at - int(newest)
    found = "no rows" if age is None else f"{age / HOUR:.1f} h old"
    return "freshness", age is not None and age <= FRESH_WITHIN, f"at most {FRESH_WITHIN // HOUR} h old", found
