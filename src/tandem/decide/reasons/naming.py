"""Names written one by one, or as the beginning that many share and a star: ``R_CARD_AMOUNT_*`` for a feature's every window."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic, TypeVar

__all__ = ["ByName"]

Found = TypeVar("Found")


class ByName(Generic[Found]):
    """Looks a name up: the name itself wins, then the longest beginning.

    Args:
        written: names, and beginnings that end in ``*``.
    """

    def __init__(self, written: Mapping[str, Found]) -> None:
        self._whole = {name: found for name, found in written.items() if not name.endswith("*")}
        beginnings = [(name[:-1], found) for name, found in written.items() if name.endswith("*")]
        self._beginnings = sorted(beginnings, key=lambda one: -len(one[0]))

    def get(self, name: str) -> Found | None:
        """What is written for ``name``; None where nothing is."""
        found = self._whole.get(name)
        if found is not None:
            return found
        return next((one for beginning, one in self._beginnings if name.startswith(beginning)), None)
