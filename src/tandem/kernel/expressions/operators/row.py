"""What one row of the table of operators says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["Operator", "Settle", "same_sql"]


class Settle(StrEnum):
    """How a raw result is brought into the range of its type; outside it the result is unknown."""

    NONE = "none"
    INTEGER = "integer"
    """64 bits."""
    SUM = "sum"
    """A DOUBLE of at most ``DOUBLE_MAX`` in magnitude."""
    PRODUCT = "product"
    """Likewise, and 0 below ``DOUBLE_TINY``."""
    DECIMAL = "decimal"
    """18 digits."""
    DATE = "date"
    TIMESTAMP = "timestamp"
    """Years 1 to 9999."""
    OPTIONAL = "optional"
    """In range by construction, but the Python form may give None and the SQL form NULL."""


@dataclass(frozen=True, slots=True)
class Operator:
    """One operator on operands of given types.

    Attributes:
        python: a Python expression over ``x``, ``y``, the details ``d0``, ``d1`` and the names of ``runtime.RUNTIME``.
            It is source of ours, parsed once; nothing a user writes ever becomes source.
        duckdb, postgres: SQL with ``{0}``, ``{1}`` for operands (bound once where they occur twice), ``{d0}`` for
            details quoted and ``{w0}`` as they are, ``{n0}`` for their length, ``{s}`` and ``{s0}`` for the scale of the result
            and of an operand, ``{lo}`` and ``{hi}`` for what an interval can be added to, and ``#0.5`` for a number in binary64 (a bare 0.5 is a decimal to a database).
        settle: how the raw result is brought into range.
        needs: a Python condition without which the result is unknown. The SQL form says so itself.
        optional: the Python form may give None before ``settle`` looks at it.
    """

    python: str
    duckdb: str
    postgres: str
    settle: Settle = Settle.NONE
    needs: str = ""
    optional: bool = False

    @property
    def partial(self) -> bool:
        """Whether known operands can give an unknown result."""
        return bool(self.needs) or self.settle is not Settle.NONE


def same_sql(
    python: str, sql: str, settle: Settle = Settle.NONE, needs: str = "", *, optional: bool = False
) -> Operator:
    """A row whose SQL is the same in both databases."""
    return Operator(python, sql, sql, settle, needs, optional)
