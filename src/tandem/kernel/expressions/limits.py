"""Every limit of the language, in one place; each has a test.

An expression has no loops, so the number of its nodes *is* its step limit: an evaluation visits each node at most once.
"""

from __future__ import annotations

from typing import Final

from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN

__all__ = [
    "DATE_MAX",
    "DATE_MIN",
    "DECIMAL_DIGITS",
    "DEPTH_MAX",
    "DOUBLE_MAX",
    "DOUBLE_TINY",
    "INTEGER_MAX",
    "INTEGER_MIN",
    "INTERVAL_MONTHS_MAX",
    "INTERVAL_SECONDS_MAX",
    "IN_ITEMS_MAX",
    "NODES_MAX",
    "PATTERN_LENGTH_MAX",
    "ROUND_DIGITS_MAX",
    "SUBSTRING_MAX",
    "TEXT_LENGTH_MAX",
    "TEXT_RESULT_MAX",
    "TIMESTAMP_MAX",
    "TIMESTAMP_MIN",
]

TEXT_LENGTH_MAX: Final = 16_384
"""Characters of one expression's text."""
NODES_MAX: Final = 2_000
"""Nodes of one typed tree: the step limit of one evaluation."""
DEPTH_MAX: Final = 50
"""Levels of nesting. A chain of AND or of OR is one level."""
IN_ITEMS_MAX: Final = 1_000
"""Values in one IN (...). Longer ones belong in a named list."""
PATTERN_LENGTH_MAX: Final = 1_000
"""Characters of a LIKE pattern or of a REPLACE argument."""
TEXT_RESULT_MAX: Final = 65_536
"""Characters that REPLACE may give; a longer result is unknown."""
SUBSTRING_MAX: Final = 1_000_000
"""Largest position or length in SUBSTRING, LEFT and RIGHT."""
ROUND_DIGITS_MAX: Final = 15
"""Most digits that ROUND and TRUNC keep."""
DECIMAL_DIGITS: Final = 18
"""Digits of a DECIMAL, as in ``kernel.values``."""

DOUBLE_MAX: Final = 1e300
"""A computed DOUBLE of larger magnitude is unknown. Below binary64's own limit, so that a database can see it coming."""
DOUBLE_TINY: Final = 1e-300
"""A product, quotient or power of smaller magnitude is 0: databases differ on what underflows."""

DATE_MIN: Final = -719_162
"""0001-01-01 in days."""
DATE_MAX: Final = 2_932_896
"""9999-12-31 in days."""
TIMESTAMP_MIN: Final = DATE_MIN * 86_400_000_000
TIMESTAMP_MAX: Final = (DATE_MAX + 1) * 86_400_000_000 - 1
INTERVAL_MONTHS_MAX: Final = 120_000
INTERVAL_SECONDS_MAX: Final = 400_000_000_000
