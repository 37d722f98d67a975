"""What is kept of each decision while history goes by: a few dozen bytes, in columns.

Tables of facts come and go batch by batch; counts need only how each side decided, what became of it, and what it was
about. Ten million decisions fit into about half a gigabyte.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np

from tandem.learn.backtest.batches import Flags, Ints

__all__ = ["APPROVE", "DECLINE", "REVIEW", "Ledger", "LedgerWriter", "month_of"]

DECLINE, REVIEW, APPROVE = range(3)
_KEPT: Final = {
    "seq": np.int64,
    "occurred_at": np.int64,
    "decided": np.int8,
    "before": np.int8,
    "after": np.int8,
    "both": np.bool_,
    "bad": np.int8,
    "reason": np.int8,
    "amount": np.float64,
    "score": np.float64,
    "inferred": np.float64,
}


@dataclass(frozen=True)
class Ledger:
    """One row a decision.

    Attributes:
        seq: journal place.
        occurred_at: microseconds; of the event.
        decided: what was answered then; before, after: what the two sides say; places in ``OUTCOMES``.
        both: whether both sides could decide; counts are over these.
        bad: 1 badly, 0 well, -1 nobody knows; reason: why, a place in ``UNKNOWN_REASONS``.
        amount: at stake, minor units; 0 where none is recorded.
        score: probability of the candidate's model; inferred: of the model that stands for unknown outcomes. NaN: none.
        segments: recorded field to (labels, code of each row).
    """

    seq: Ints
    occurred_at: Ints
    decided: Ints
    before: Ints
    after: Ints
    both: Flags
    bad: Ints
    reason: Ints
    amount: Ints
    score: Ints
    inferred: Ints
    segments: dict[str, tuple[tuple[str | None, ...], Ints]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.seq)


class LedgerWriter:
    """Takes batches in."""

    def __init__(self, segments: tuple[str, ...]) -> None:
        self._parts: dict[str, list[Any]] = {name: [] for name in _KEPT}
        self._labels: dict[str, dict[str | None, int]] = {name: {} for name in segments}
        self._codes: dict[str, list[Any]] = {name: [] for name in segments}

    def add(self, columns: dict[str, Any], segments: dict[str, Any]) -> None:
        """One batch: arrays by the names of a ledger, and Arrow columns of the segments."""
        for name, kind in _KEPT.items():
            self._parts[name].append(np.asarray(columns[name]).astype(kind, copy=False))
        for name, column in segments.items():
            coded = column.combine_chunks().dictionary_encode()
            known = self._labels[name]
            words = [*(None if one is None else str(one) for one in coded.dictionary.to_pylist()), None]
            places = np.array([known.setdefault(one, len(known)) for one in words], dtype=np.int32)
            self._codes[name].append(places[coded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)])

    def ledger(self) -> Ledger:
        """Everything that was taken in."""
        whole = {
            name: np.concatenate(parts) if parts else np.empty(0, dtype=_KEPT[name])
            for name, parts in self._parts.items()
        }
        segments = {
            name: (tuple(known), np.concatenate(self._codes[name]) if self._codes[name] else np.empty(0, np.int32))
            for name, known in self._labels.items()
        }
        return Ledger(**whole, segments=segments)


def month_of(occurred_at: Ints) -> Ints:
    """Months since 1970, UTC."""
    months: Ints = occurred_at.astype("datetime64[us]").astype("datetime64[M]").astype(np.int64)
    return months
