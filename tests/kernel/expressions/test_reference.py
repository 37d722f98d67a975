"""Every example of the reference manual runs, and every function is in it."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest

from tandem.kernel.expressions import Column, compile_row, limits, parse
from tandem.kernel.expressions.calendar import timestamp_to_text
from tandem.kernel.expressions.forms import FORMS
from tandem.kernel.time import days_to_date
from tandem.kernel.values import SqlType

MANUAL = (Path(__file__).parents[3] / "docs" / "reference" / "expressions.md").read_text(encoding="utf-8")
SCHEMA = {
    "age": Column(SqlType.INTEGER),
    "open_loans": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "price": Column(SqlType.DECIMAL, scale=2),
    "name": Column(SqlType.TEXT),
    "person": Column(SqlType.TEXT),
    "occurred_at": Column(SqlType.TIMESTAMP),
    "due": Column(SqlType.DATE),
    "active": Column(SqlType.BOOLEAN),
    "score": Column(SqlType.DOUBLE),
    "confirmed": Column(SqlType.BOOLEAN),
}
ROW = {
    "age": 34,
    "open_loans": 0,
    "income": 2500.5,
    "price": Decimal("19.99"),
    "name": "Ann Lee",
    "person": "p1",
    "occurred_at": 1_795_502_281_500_000,
    "due": 20_484,
    "active": True,
    "score": None,
    "confirmed": None,
}
_CELL = re.compile(r"(?<!\\)\|")


def cells(line: str) -> list[str]:
    return [cell.strip().replace("\\|", "|") for cell in _CELL.split(line)[1:-1]]


def examples() -> list[tuple[str, str]]:
    found, gives_at = [], None
    for line in MANUAL.splitlines():
        if not line.startswith("|"):
            gives_at = None
        elif "gives" in cells(line):
            gives_at = cells(line).index("gives")
        elif gives_at is not None and not line.startswith("| ---"):
            example, gives = cells(line)[gives_at - 1 : gives_at + 1]
            found.append((example.strip("`"), gives.strip("`")))
    return found


def shown(value, expression) -> str:
    if value is None:
        return "unknown"
    if expression.type is SqlType.DATE:
        return days_to_date(value).isoformat()
    if expression.type is SqlType.TIMESTAMP:
        return timestamp_to_text(value)
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


@pytest.mark.parametrize(("example", "gives"), examples())
def test_an_example_gives_what_the_manual_says(example, gives):
    expression = parse(example, SCHEMA, lists={"blocked"})
    assert shown(compile_row([expression])(ROW, {"blocked": {"p1", "p2"}})[0], expression) == gives


def test_the_manual_has_examples_and_the_row_it_shows():
    assert len(examples()) > 60
    for name, column in SCHEMA.items():
        assert f"| `{name}` | {column.type.name}" in MANUAL
        value = shown(ROW[name], parse(name, SCHEMA))
        assert f"{name}` |" in MANUAL
        assert value in next(line for line in MANUAL.splitlines() if line.startswith(f"| `{name}` |"))


@pytest.mark.parametrize("name", sorted({name for form in FORMS.values() for name in form.names}))
def test_every_function_is_in_the_manual(name):
    assert f"`{name}`" in MANUAL or f"`{name}(" in MANUAL


@pytest.mark.parametrize(
    "limit", [limits.TEXT_LENGTH_MAX, limits.NODES_MAX, limits.DEPTH_MAX, limits.IN_ITEMS_MAX, limits.TEXT_RESULT_MAX]
)
def test_every_limit_is_in_the_manual(limit):
    assert f"{limit:,}" in MANUAL
