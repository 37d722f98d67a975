"""One expression, told: its value, and every comparison behind it as plain data."""

from __future__ import annotations

from collections.abc import Container, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from tandem.kernel.expressions import Expression, RowFunction, compile_row, trace
from tandem.kernel.values import Row, Value

__all__ = ["tell", "value_of"]


@lru_cache(maxsize=4096)
def _careful(expression: Expression) -> RowFunction:
    return compile_row([expression], fast_path=False)


def value_of(expression: Expression, row: Row, lists: Mapping[str, Container[str]]) -> Value:
    """The value of an expression for a row, or None; each expression compiled on its own, without a fast path."""
    return _careful(expression)(row, lists)[0]


def tell(expression: Expression, row: Row, lists: Mapping[str, Container[str]]) -> tuple[bool | None, Any]:
    """(verdict, steps) of a condition for a row; the steps encode to JSON."""
    told = trace(expression, row, lists)
    return told.verdict, msgspec.to_builtins(told, enc_hook=str)
