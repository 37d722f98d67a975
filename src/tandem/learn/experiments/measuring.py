"""From decisions to numbers: for each measure, the value of each decision and whether it counts.

What waits for labels counts a decision only when its label is trusted, and money counts it only when it is as old as that takes:
a refusal is known at once to lose nothing, and an arm that refuses more would look better for as long as the loans are young.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from tandem.decide.experiments import MEASURES, PrimaryMetric
from tandem.kernel.time import Micros
from tandem.learn.experiments.estimating import Numbers
from tandem.learn.experiments.observing import Seen
from tandem.learn.labels import Label, LabelState

__all__ = ["Columns", "columns_of", "measured"]

_BPS: Final = 10_000


@dataclass(frozen=True)
class Columns:
    """Decisions as columns; in a shadow ``challenger`` has what it came to on the same ones.

    Attributes:
        unit, arm, stretch: numbers.
        outcome: texts; limit, amount: minor units, nan where unknown.
        bad: 1, 0, or nan where the label is not trusted.
        ripe: old enough for a label to be trusted.
    """

    unit: Numbers
    arm: Numbers
    stretch: Numbers
    at: Numbers
    outcome: Numbers
    amount: Numbers
    bad: Numbers
    ripe: Numbers
    took: Numbers
    expressions: Mapping[str, Numbers]
    shadow: bool = False

    def taken(self, kept: Numbers) -> Columns:
        """Some of the decisions."""
        return Columns(
            expressions={text: values[kept] for text, values in self.expressions.items()},
            shadow=self.shadow,
            **{name: getattr(self, name)[kept] for name in _ARRAYS},
        )


_ARRAYS: Final = ("unit", "arm", "stretch", "at", "outcome", "amount", "bad", "ripe", "took")


def columns_of(
    rows: Sequence[Seen],
    labels: Mapping[str, Label],
    *,
    now: Micros,
    matures: int | None,
    expressions: Sequence[str],
    challenger: bool = False,
) -> Columns:
    """Columns over ``rows``.

    Args:
        labels: by event, as known ``now``.
        matures: age in microseconds from which a label is trusted; None where nobody says.
        challenger: what the challenger of a shadow came to instead of what was answered.
    """
    bad = np.full(len(rows), np.nan)
    for place, row in enumerate(rows):
        label = labels.get(row.event_id)
        if label is not None and label.state is LabelState.MATURE and label.bad is not None:
            bad[place] = label.bad
    units: dict[str, int] = {}
    stretches: dict[str, int] = {}
    sides: list[Any] = [row.shadow if challenger else row for row in rows]
    at = np.array([row.at for row in rows], dtype=np.int64)
    return Columns(
        unit=np.array([units.setdefault(row.unit, len(units)) for row in rows], dtype=np.int64),
        arm=np.array([1 if challenger else row.arm for row in rows], dtype=np.int64),
        stretch=np.array([stretches.setdefault(str(row.stretch), len(stretches)) for row in rows], dtype=np.int64),
        at=at,
        outcome=np.array([side.outcome for side in sides], dtype=object),
        amount=np.array([np.nan if row.amount_minor is None else row.amount_minor for row in rows], dtype=float),
        bad=bad,
        ripe=np.ones(len(rows), bool) if matures is None else (now - at >= matures),
        took=np.array([side.took_us for side in sides], dtype=float),
        expressions={
            text: np.array([_chosen(side.expressions[place], bad[at_]) for at_, side in enumerate(sides)], dtype=float)
            for place, text in enumerate(expressions)
        },
        shadow=challenger,
    )


def _chosen(ways: tuple[Any, Any, Any], bad: float) -> float:
    """The value of an expression under what is known of the outcome."""
    value = ways[0] if np.isnan(bad) else ways[2] if bad else ways[1]
    return np.nan if value is None else float(value)


def measured(measure: str, of: str | None, metric: PrimaryMetric, columns: Columns) -> tuple[Numbers, Numbers]:
    """(the value of each decision, whether it counts)."""
    everything = np.ones(len(columns.unit), bool)
    approved = columns.outcome == "approve"
    known = ~np.isnan(columns.bad)
    bad = np.nan_to_num(columns.bad)
    if measure == "approval_rate":
        return approved.astype(float), everything
    if measure == "review_rate":
        return (columns.outcome == "review").astype(float), everything
    if measure == "decline_rate":
        return (columns.outcome == "decline").astype(float), everything
    if measure == "bad_rate":
        return bad, approved & known
    if measure == "alert_precision":
        return bad, ~approved & known
    if measure in {"loss_per_application", "margin_per_application"}:
        amount = np.nan_to_num(columns.amount)
        lost = bad * amount * metric.loss_share
        counts = columns.ripe & (~approved | known)
        if measure == "loss_per_application":
            return np.where(approved, lost, 0.0), counts
        earned = (1 - bad) * amount * metric.margin_bps / _BPS
        return np.where(approved, earned - lost, 0.0), counts
    assert of is not None, f"{measure} of {sorted(MEASURES)} has an expression"
    values = columns.expressions[of]
    return np.nan_to_num(values), ~np.isnan(values)
