"""One expression, told: its value, and every comparison behind it as plain data."""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Any

from tandem.kernel.expressions import Expression, compile_row
from tandem.kernel.values import Row, Value

__all__ = ["tell"]


def tell(expression: Expression, row: Row, lists: Mapping[str, Container[str]]) -> tuple[Value, Any]:
    """(value, steps) of an expression for a row."""
    value = compile_row([expression])(row, lists)[0]
    return value, None
