"""The decisions that are watched: what the model said, what became of it, and which group each belongs to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tandem.learn.training import BoolArray, FloatArray, IntArray

__all__ = ["InputValues", "WatchedRows", "groups_of", "reference_rows"]

_REFERENCE = 3
_MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class InputValues:
    """One input of a model as it was recorded.

    Attributes:
        values: a number per row, or the code of a text; NaN where it was missing, or is not known any more.
        category: the numbers are codes: their order says nothing.
    """

    values: FloatArray
    category: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedRows:
    """Decisions in order of event time.

    Attributes:
        at: event time, micros.
        probability: of the adverse outcome as the model said it; NaN where it was not asked or did not answer.
        bad: 1 or 0 where the label is mature, else NaN.
        took_us: microseconds the decision took; NaN where not known.
        missing: input to whether it was missing.
        inputs: those whose values may be compared, a part of the above.
        groups: ``month``, ``release`` and every segment field, to one text per row.
    """

    at: IntArray
    probability: FloatArray
    bad: FloatArray
    took_us: FloatArray
    missing: Mapping[str, BoolArray] = field(default_factory=dict)
    inputs: Mapping[str, InputValues] = field(default_factory=dict)
    groups: Mapping[str, Sequence[str | None]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """How many."""
        return int(self.at.size)

    def take(self, chosen: BoolArray) -> WatchedRows:
        """Those that are chosen."""
        places = np.flatnonzero(chosen)
        return WatchedRows(
            at=self.at[places],
            probability=self.probability[places],
            bad=self.bad[places],
            took_us=self.took_us[places],
            missing={name: one[places] for name, one in self.missing.items()},
            inputs={name: InputValues(one.values[places], one.category) for name, one in self.inputs.items()},
            groups={name: [texts[place] for place in places.tolist()] for name, texts in self.groups.items()},
        )


def reference_rows(rows: WatchedRows) -> BoolArray:
    """The oldest third by event time: what the rest is compared with."""
    if not rows.rows:
        return np.zeros(0, dtype=np.bool_)
    boundary = np.sort(rows.at)[rows.rows // _REFERENCE]
    earlier: BoolArray = rows.at < boundary
    return earlier


def groups_of(rows: WatchedRows, by: str) -> dict[str, BoolArray]:
    """Value to its rows, in order; the commonest where there are very many."""
    texts = np.asarray([text or "" for text in rows.groups[by]])
    values, counts = np.unique(texts, return_counts=True)
    kept = sorted(values[np.argsort(-counts, kind="stable")][:_MOST_GROUPS].tolist())
    return {value: texts == value for value in kept if value}
