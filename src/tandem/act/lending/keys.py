"""Under which keys accounts are moved, and why no caller's key stands in a desk's way: pure.

A caller's key stands in the journal as ``asked:KEY``. A desk of this house writes under ``own:DESK:KEY``, which is also what
a fact that comes of it is known by. Two desks once wrote as callers do: what they did then is found under its former key,
and no caller writes under one of those anew.
"""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias

from tandem.act.lending.errors import NotAllowed

__all__ = ["Desk", "asked_key", "check_callers", "former_key", "own_key"]

Desk: TypeAlias = Literal["bank", "channel", "collections", "monitoring", "warning"]
"""Who writes on accounts of itself."""
_OWN: Final = "own:"
_FORMER: Final[dict[Desk, str]] = {"bank": "bank:", "channel": ""}
"""What a desk put before its keys when it wrote as a caller."""
_FORMERLY_OWN: Final = re.compile(
    r"bank:[0-9a-f]{32}|refund:inv_[0-9a-f]{32}:.*|first:dec_[0-9a-f]{32}|simulated-[0-9a-f]{24}", re.DOTALL
)
"""What those keys looked like; a caller's own numbering is hardly ever among them."""


def own_key(desk: Desk, key: str) -> str:
    """Under what ``desk`` writes what it calls ``key``; also the id of the fact that comes of it."""
    return f"{_OWN}{desk}:{key}"


def former_key(desk: Desk, key: str) -> str | None:
    """What a caller would have had to send to stand where ``desk`` wrote once; None for a desk that never wrote so."""
    before = _FORMER.get(desk)
    return None if before is None else before + key


def asked_key(key: str) -> str:
    """Under what stands what a caller asked for: ``accept:...`` sent as a payment's id stands in nobody's way."""
    return f"asked:{key}"


def check_callers(key: str) -> None:
    """Refuse a caller what a desk writes under, or wrote under once.

    Raises:
        NotAllowed: ``key`` is Tandem's own.
    """
    if key.startswith(_OWN) or _FORMERLY_OWN.fullmatch(key):
        raise NotAllowed(
            "Such an id is Tandem's own.", field="key", value=key,
            hint=f"another one, such as yours with your name before it; none begins with {_OWN!r}",
        )  # fmt: skip
