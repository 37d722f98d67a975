"""What the columns of a feed are for: which name a row, which say when, which say what happened."""

from __future__ import annotations

import msgspec

__all__ = ["FeedLayout"]


class FeedLayout(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The parts columns play; a column without a part is an input.

    Attributes:
        key: columns that together name a row once.
        time: when it happened (event time).
        label: what happened in the end; null where it is not yet known.
        adverse: the label that counts as bad, as text (``true``, ``1``).
        label_time: when the label became known.
        known_times: when inputs became known; never later than ``time``.
        currency: the column that says in which currency amounts are.
        units: unit per column; a feed that carries a ``unit`` in the metadata of a field is held to it.
        ignore: columns that no gate looks at.
    """

    key: tuple[str, ...] = ()
    time: str | None = None
    label: str | None = None
    adverse: str = "1"
    label_time: str | None = None
    known_times: tuple[str, ...] = ()
    currency: str | None = None
    units: dict[str, str] = {}
    ignore: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[str, ...]:
        """Every column that the layout names, but those it ignores."""
        single = (one for one in (self.time, self.label, self.label_time, self.currency) if one is not None)
        return tuple(dict.fromkeys((*self.key, *single, *self.known_times, *self.units)))
