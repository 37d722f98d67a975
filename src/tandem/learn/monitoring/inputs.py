"""Whether inputs moved: the characteristic stability index (CSI), which is the PSI of one input, with a limit that knows its rows.

Only values that are there are compared: what goes missing has a figure of its own. Numbers are counted in tenths of the reference,
texts and numbers of few values each by itself, rare ones together. The limit is what practice calls drift, or what chance alone
stays below, whichever is more: PSI over ``b`` bins is about chi-squared with ``b - 1`` degrees of freedom times ``1/n + 1/m``
(Yurdakul 2018), at a level shared out among the inputs that are asked together (Bonferroni).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.special import chdtri

from tandem.learn.monitoring.rows import InputValues, WatchedRows
from tandem.learn.training import FloatArray, psi_of_counts

__all__ = ["MovedInput", "moved_inputs"]

_BINS: Final = 10
_FEW_VALUES: Final = 20
_RARE: Final = 20
"""Rows of both sides together below which a value is counted with other rare ones: the law wants ten a side."""


@dataclass(frozen=True, slots=True)
class MovedInput:
    """How far one input moved, over how many rows, and the CSI that is drift at so many."""

    name: str
    rows: int
    csi: float
    limit: float


def moved_inputs(
    rows: WatchedRows, reference: WatchedRows, *, drift: float, chance: float, fewest: int
) -> Iterator[MovedInput]:
    """Every input with values on both sides, by name.

    Args:
        drift: CSI below which nothing is called so.
        chance: that any of the inputs is called so where none moved.
        fewest: values a side must have.
    """
    share = chance / max(len(rows.inputs), 1)
    for name, now in sorted(rows.inputs.items()):
        after, before = _there(now.values), _there(reference.inputs[name].values)
        if min(after.size, before.size) < fewest:
            continue
        counted_before, counted_after = _counted(before, after, now)
        free = counted_before.size - 1
        noise = 1 / before.size + 1 / after.size
        limit = max(drift, float(chdtri(free, share)) * noise) if free else drift
        yield MovedInput(name, int(after.size), psi_of_counts(counted_before, counted_after).psi, limit)


def _there(values: FloatArray) -> FloatArray:
    return values[~np.isnan(values)]


def _counted(before: FloatArray, after: FloatArray, kind: InputValues) -> tuple[FloatArray, FloatArray]:
    """Rows of both sides by bin."""
    values = np.unique(np.concatenate([before, after]))
    if kind.category or values.size <= _FEW_VALUES:
        return _by_value(before, after, values)
    edges = np.unique(np.quantile(before, np.linspace(0, 1, _BINS + 1)[1:-1]))
    first, second = (
        np.bincount(np.searchsorted(edges, one, side="right"), minlength=edges.size + 1).astype(np.float64)
        for one in (before, after)
    )
    used = first + second > 0
    return first[used], second[used]


def _by_value(before: FloatArray, after: FloatArray, values: FloatArray) -> tuple[FloatArray, FloatArray]:
    first, second = (
        np.bincount(np.searchsorted(values, one), minlength=values.size).astype(np.float64) for one in (before, after)
    )
    rare = first + second < _RARE
    if not rare.any():
        return first, second
    return np.append(first[~rare], first[rare].sum()), np.append(second[~rare], second[rare].sum())
