"""A label in numbers: how many decisions of each month are in which state, and how late its bads come."""

from __future__ import annotations

from collections import Counter
from typing import Final, Literal, TypeAlias

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.time import Micros, format_instant
from tandem.learn.labels.arrival import ArrivalCurve, arrival_curve
from tandem.learn.labels.conditions import LabelConditions
from tandem.learn.labels.maturity import Asked, LabelState

__all__ = ["ArrivalBy", "LabelMonth", "arrival_of_labels", "months_of_labels"]

ArrivalBy: TypeAlias = Literal["received", "happened"]
"""``received``: when we learned of it; ``happened``: when it happened."""
_LEFT_OUT: Final = (LabelState.EXCLUDED, LabelState.DECLINED)


class LabelMonth(msgspec.Struct, frozen=True, kw_only=True):
    """Decisions of one month by the state of their label; ``bad`` of those that are mature."""

    month: str
    mature: int = 0
    bad: int = 0
    provisional: int = 0
    immature: int = 0
    declined: int = 0
    unknown: int = 0
    excluded: int = 0


def months_of_labels(labels: pa.Table) -> tuple[LabelMonth, ...]:
    """The months, the oldest first.

    Args:
        labels: with ``occurred_at`` (microseconds), ``label_state`` and ``bad``; see ``learn.datasets.label_table``.
    """
    months: dict[str, Counter[str]] = {}
    stated = zip(*(labels[name].to_pylist() for name in ("occurred_at", "label_state", "bad")), strict=True)
    for at, state, bad in stated:
        counts = months.setdefault(format_instant(Micros(at))[:7], Counter())
        counts[state] += 1
        counts["bad"] += state == LabelState.MATURE and bool(bad)
    return tuple(LabelMonth(month=month, **counts) for month, counts in sorted(months.items()))


def arrival_of_labels(
    labels: pa.Table, conditions: LabelConditions, asked: Asked, *, by: ArrivalBy = "received", share: float = 0.95
) -> ArrivalCurve:
    """How late the bads come; those that were excluded or declined are no part of it.

    Args:
        labels: with ``told_bad``, ``told_received_at`` and ``told_occurred_at`` besides.
        share: of the eventual bads that has to be known for a label to be trusted.
    """
    states = np.array(labels["label_state"].to_pylist(), dtype=object)
    kept = ~np.isin(states, [str(one) for one in _LEFT_OUT])
    at = labels["occurred_at"].to_numpy()
    told_at = labels["told_received_at" if by == "received" else "told_occurred_at"].to_numpy(zero_copy_only=False)
    bad = np.array([one is True for one in labels["told_bad"].to_pylist()], dtype=bool)
    after = np.where(bad, np.asarray(told_at, dtype=np.float64) - at, np.nan)
    window = conditions.definition.window_us if by == "happened" else None
    return arrival_curve((asked.at - at)[kept], after[kept], window_us=window, trusted_share=share)
