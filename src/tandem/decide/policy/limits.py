"""How large a policy may be; each limit is one constant with a test."""

from __future__ import annotations

from typing import Final

__all__ = [
    "MAX_ARMS",
    "MAX_ASKED",
    "MAX_COLUMNS",
    "MAX_DEPTH",
    "MAX_EXAMPLES",
    "MAX_EXPRESSION_LENGTH",
    "MAX_NAME_LENGTH",
    "MAX_ROWS",
    "MAX_RULES",
    "MAX_STAGES",
    "PRINCIPAL_REASONS",
    "ROWS_SAID",
]

MAX_RULES: Final = 5_000
"""Rules, list checks and decide cases together."""
MAX_ROWS: Final = 10_000
"""Rows of one decision table."""
MAX_COLUMNS: Final = 64
"""Input columns, and output columns, of one table; characteristics of one scorecard."""
MAX_STAGES: Final = 500
MAX_DEPTH: Final = 8
"""Flows within flows."""
MAX_ARMS: Final = 10
MAX_ASKED: Final = 8
"""Connectors of one stage that asks."""
MAX_EXAMPLES: Final = 2_000
MAX_EXPRESSION_LENGTH: Final = 10_000
MAX_NAME_LENGTH: Final = 80
ROWS_SAID: Final = 200
"""Rows of one table that are put in words, each in two languages; a longer one is read as the table it is."""
PRINCIPAL_REASONS: Final = 4
"""Reasons given with a decision; the figure of Regulation B's official commentary (12 CFR 1002.9(b)(2))."""
