"""Checks on arrival: whether what landed is whole, as declared, and fresh."""

from __future__ import annotations

from typing import Any, Final

import pyarrow as pa

from tandem.kernel.time import HOUR, Micros
from tandem.kernel.values import SqlType
from tandem.observe.lake.schemas import arrow_schema
from tandem.observe.lake.types import CheckResult, LakeColumn, LakeTable

__all__ = ["CHECKS_TABLE", "FRESH_WITHIN", "as_rows", "check_arrival", "reconciliation"]

FRESH_WITHIN: Final = 24 * HOUR
"""How old the newest row of a table may be when rows arrive, by processing time."""

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
    """The checks of what just landed in ``table``.

    Args:
        table: as declared.
        landed: the new rows, read back from the lake.
        stored_schema: the table's schema in the lake.
        owed: rows that the journal has for it in the same stretch.
        checked_at: processing time.
        seq: the last place of the stretch.
    """

    def result(check: Any, expected: object, found: object, *, passed: bool | None = None) -> CheckResult:
        return CheckResult(
            table=table.name,
            check=check,
            passed=expected == found if passed is None else passed,
            expected=str(expected),
            found=str(found),
            checked_at=checked_at,
            seq=seq,
        )

    declared = arrow_schema(table)
    wrong = [
        field.name
        for field in declared
        if field.name not in stored_schema.names or stored_schema.field(field.name).type != field.type
    ]
    missing = {
        column.name: landed.column(column.name).null_count
        for column in table.columns
        if column.required and landed.column(column.name).null_count
    }
    places = landed.column("seq")
    newest = _newest(landed)
    age = None if newest is None else checked_at - newest
    return [
        result("schema", "as declared", "as declared" if not wrong else "differs in " + ", ".join(wrong)),
        reconciliation(table.name, owed, landed.num_rows, checked_at, seq),
        result("duplicates", 0, len(places) - len(places.unique())),
        result("missing_values", "none", "none" if not missing else str(missing)),
        result(
            "freshness",
            f"at most {FRESH_WITHIN // HOUR} h old",
            "no rows" if age is None else f"{age / HOUR:.1f} h old",
            passed=age is not None and age <= FRESH_WITHIN,
        ),
    ]


def reconciliation(table: str, owed: int, found: int, checked_at: Micros, seq: int) -> CheckResult:
    """Whether a table has as many rows as the journal has records for it."""
    return CheckResult(
        table=table,
        check="reconciliation",
        passed=owed == found,
        expected=str(owed),
        found=str(found),
        checked_at=checked_at,
        seq=seq,
    )


def as_rows(results: list[CheckResult]) -> list[dict[str, Any]]:
    """The results as rows of ``lake_checks``."""
    return [
        {
            "table_name": each.table,
            "check_name": each.check,
            "passed": each.passed,
            "expected": each.expected,
            "found": each.found,
            "checked_at": each.checked_at,
            "seq": each.seq,
        }
        for each in results
    ]


def _newest(landed: pa.Table) -> int | None:
    import pyarrow.compute as pc

    name = "received_at" if "received_at" in landed.column_names else "recorded_at"
    newest = pc.max(landed.column(name)).cast(pa.int64()).as_py()
    return None if newest is None else int(newest)
