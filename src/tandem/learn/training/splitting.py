"""Which rows teach and which rows test.

With a time column the test is *out of time*: the latest rows. Without one it is a *random hold-out*, stratified by
outcome and drawn by seed, and it is never called anything better.
"""

from __future__ import annotations

import numpy as np

from tandem.kernel.errors import InvalidInput
from tandem.learn.training.arrays import FloatArray, IntArray

__all__ = ["forward_folds", "hold_out", "inner_folds", "out_of_time"]


def hold_out(bad: FloatArray, share: float, seed: int) -> tuple[IntArray, IntArray]:
    """Row numbers (train, test), with the same bad rate in both as far as whole rows allow."""
    rng = np.random.default_rng(seed)
    test = []
    for value in (0.0, 1.0):
        rows = np.flatnonzero(bad == value)
        test.append(rng.permutation(rows)[: round(share * rows.size)])
    chosen = np.sort(np.concatenate(test))
    return np.setdiff1d(np.arange(bad.size), chosen), chosen


def out_of_time(instants: IntArray, share: float) -> tuple[IntArray, IntArray]:
    """Row numbers (train, test): the test is the latest ``share`` of rows; rows of one instant are never parted."""
    ordered = np.sort(instants, kind="stable")
    boundary = ordered[min(int(np.floor((1 - share) * ordered.size)), ordered.size - 1)]
    return np.flatnonzero(instants < boundary), np.flatnonzero(instants >= boundary)


def inner_folds(bad: FloatArray, count: int, seed: int) -> tuple[tuple[IntArray, IntArray], ...]:
    """``count`` stratified folds of (train, valid) row numbers; each row is valid once."""
    rng = np.random.default_rng(seed)
    fold = np.empty(bad.size, dtype=np.int64)
    start = 0
    for value in (0.0, 1.0):
        rows = rng.permutation(np.flatnonzero(bad == value))
        fold[rows] = (np.arange(rows.size) + start) % count
        start += rows.size
    numbers = np.arange(bad.size)
    return tuple((numbers[fold != k], numbers[fold == k]) for k in range(count))


def forward_folds(instants: IntArray, bad: FloatArray, count: int) -> tuple[tuple[IntArray, IntArray], ...]:
    """``count`` folds of (train, valid) row numbers that go forward in time: each is tried on what came next.

    Rows are cut into ``count + 1`` stretches of equal size, rows of one instant never parted; fold ``k`` learns from the
    first ``k + 1`` and is tried on the next. A stretch in which one outcome is missing is not tried.

    Raises:
        InvalidInput: no stretch can be tried.
    """
    ordered = np.sort(instants, kind="stable")
    cuts = np.unique(ordered[[ordered.size * k // (count + 1) for k in range(1, count + 1)]])
    stretch = np.searchsorted(cuts, instants, side="right")
    folds: list[tuple[IntArray, IntArray]] = []
    for k in range(1, int(stretch.max()) + 1):
        train, valid = np.flatnonzero(stretch < k), np.flatnonzero(stretch == k)
        if all(0 < bad[rows].sum() < rows.size for rows in (train, valid)):
            folds.append((train, valid))
    if not folds:
        raise InvalidInput(
            "No stretch of time holds both outcomes, so nothing can be tuned forward in time.",
            code="time_split_impossible",
            field="tune",
            hint="give a longer period, or do not tune",
        )
    return tuple(folds)
