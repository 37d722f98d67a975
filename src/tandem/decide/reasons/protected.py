"""Which fields hold what the law protects, by the words their names are made of."""

from __future__ import annotations

import re
from typing import Final

__all__ = ["is_protected"]

_PROTECTED: Final = frozenset({
    "age", "birth", "birthday", "birthdate", "born", "children", "citizenship", "colour", "color", "dependants",
    "dependents", "disability", "disabled", "ethnic", "ethnicity", "family", "gender", "health", "language", "marital",
    "married", "nationality", "origin", "politics", "pregnancy", "pregnant", "race", "religion", "sex", "union",
})  # fmt: skip


def is_protected(name: str) -> bool:
    """Whether a field of that name holds what the law protects."""
    return not _PROTECTED.isdisjoint(re.split(r"[^a-z]+", name.lower()))
