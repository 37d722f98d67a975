"""The scalar types that events, features, expressions and policies share.

A value is one of the Python types below, or ``None`` for unknown. Instants and dates travel as integers (see
``kernel.time``), so a row is plain data that can be hashed, stored, sent to Arrow and compared without surprises.

| type      | Python  | note                                                    |
|-----------|---------|---------------------------------------------------------|
| BOOLEAN   | bool    |                                                         |
| INTEGER   | int     | 64-bit signed; money in minor units; a result outside is unknown |
| DOUBLE    | float   | IEEE 754 binary64, finite                               |
| DECIMAL   | Decimal | exact, at most 18 digits, of which ``scale`` after the point |
| TEXT      | str     | Unicode, compared by code point                         |
| TIMESTAMP | int     | microseconds since the epoch, UTC                       |
| DATE      | int     | days since the epoch                                    |
"""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

__all__ = ["INTEGER_MAX", "INTEGER_MIN", "Row", "SqlType", "Value"]

Value: TypeAlias = bool | int | float | Decimal | str | None
Row: TypeAlias = dict[str, Value]

INTEGER_MAX = 2**63 - 1
INTEGER_MIN = -(2**63)


class SqlType(StrEnum):
    """Type of a column; see the table above."""

    BOOLEAN = "boolean"
    INTEGER = "integer"
    DOUBLE = "double"
    DECIMAL = "decimal"
    TEXT = "text"
    TIMESTAMP = "timestamp"
    DATE = "date"
