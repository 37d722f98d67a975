"""The table of operators: what each one means, three times over, side by side.

One row per operator and type, because a row that says "integers" can be checked by eye against a database's rules for
integers. Every row is *strict*: an unknown operand makes the result unknown. The few operators that look at unknown
themselves (AND, OR, CASE, COALESCE ...) are written out in ``python_code`` and ``sql_code``.
"""

from __future__ import annotations

from typing import Final

from tandem.kernel.expressions.operators.casts import CASTS
from tandem.kernel.expressions.operators.numbers import NUMBERS
from tandem.kernel.expressions.operators.row import Operator, Settle
from tandem.kernel.expressions.operators.texts import TEXTS
from tandem.kernel.expressions.operators.times import TIMES

__all__ = ["OPERATORS", "Operator", "Settle"]

OPERATORS: Final[dict[str, Operator]] = NUMBERS | TEXTS | TIMES | CASTS
"""Every strict operator except comparison, IN and list membership, which depend on more than their operands."""
