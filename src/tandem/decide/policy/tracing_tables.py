"""A decision table read as a person reads it: row by row, cell by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from tandem.decide.policy.cells import Test, holds
from tandem.decide.policy.plan import BoundRow, BoundTable
from tandem.decide.policy.traces import VERDICTS, ConditionTrace
from tandem.kernel.expressions import Expression
from tandem.kernel.values import Value

__all__ = ["plain", "scan"]


def scan(
    table: BoundTable, values: Sequence[Value], answer: Callable[[Expression], Value]
) -> tuple[list[BoundRow], bool, list[ConditionTrace]]:
    """Try the rows in their order: those taken, whether a missing value stands in the way, and what was compared.

    Args:
        table: without its default, which is the caller's.
        values: of the columns.
        answer: the value of an ``if`` cell.
    """
    fails = table.missing is not None and table.missing.then != "skip"
    matched: list[BoundRow] = []
    told: list[ConditionTrace] = []
    undecided = named = False
    for position, index in enumerate(table.order):
        row = table.rows[index]
        verdict, cells = _verdict(table, row, values, answer)
        told.append(
            ConditionTrace(
                name=row.name, verdict=VERDICTS[verdict], cells=cells, then=row.effect.then, reason=row.effect.reason
            )
        )
        if verdict is None:
            undecided = True
        elif verdict:
            matched.append(row)
            named |= any(test.explicit and value is None for test, value in zip(row.tests, values, strict=True))
            if table.hit != "collect":
                rest = table.order[position + 1 :]
                told += [ConditionTrace(name=table.rows[other].name, verdict="not_tried") for other in rest]
                break
    return matched, fails and undecided and not named, told


def plain(value: Value) -> bool | int | float | str | None:
    """A value as JSON has it; decimals as text."""
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _verdict(
    table: BoundTable, row: BoundRow, values: Sequence[Value], answer: Callable[[Expression], Value]
) -> tuple[bool | None, tuple[dict[str, Any], ...]]:
    answers: list[Value] = []
    cells = []
    for name, test, condition, value in zip(table.names, row.tests, row.conditions, values, strict=True):
        holding = _cell(test, value) if condition is None else answer(condition)
        answers.append(holding)
        cells.append({"column": name, "value": plain(value), "test": test.text, "holds": holding})
    if False in answers:
        return False, tuple(cells)
    return (None if None in answers else True), tuple(cells)


def _cell(test: Test, value: Value) -> bool | None:
    if value is None and not test.missing and test.spans:
        return None
    return holds(test, value)
