"""Failed sign-ins on record: each of them counted, none of them a flood."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tandem.kernel.time import MINUTE, Micros
from tandem.prove.access.audit import Note

__all__ = ["FailureCount"]

_UNKNOWN: Final = "(unknown)"
"""All names that nobody has, together: what is typed there may be a password, and there is no end of them."""


class FailureCount:
    """At most one note for each name and minute; it tells how many failures there were since the last one."""

    def __init__(self) -> None:
        self._since: dict[str, tuple[Micros, int]] = {}

    def count(self, name: str | None, now: Micros, new_id: Callable[[], str]) -> Note | None:
        """One more failure under ``name``; None stands for a name nobody has. The note to keep, if one is due."""
        who = name or _UNKNOWN
        told_at, waiting = self._since.get(who, (None, 0))
        if told_at is not None and now - told_at < MINUTE:
            self._since[who] = (told_at, waiting + 1)
            return None
        self._since[who] = (now, 0)
        return _note(new_id(), now, who, waiting + 1)

    def rest(self, new_id: Callable[[], str], now: Micros) -> list[Note]:
        """Notes of what was counted and not told yet: at the end of the process."""
        waiting = [(who, count) for who, (_, count) in self._since.items() if count]
        self._since.clear()
        return [_note(new_id(), now, who, count) for who, count in waiting]


def _note(identifier: str, now: Micros, who: str, failures: int) -> Note:
    return Note(
        id=identifier,
        at=now,
        action="sign_in_failed",
        by=who,
        kind="person",
        object=f"person/{who}",
        detail={"failures": failures},
    )
