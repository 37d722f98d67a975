"""Binning a categorical column: pool rare levels, order the others by bad rate, merge like neighbours."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from tandem.learn.training.arrays import FloatArray
from tandem.learn.training.binning.bins import BinCounts, Binning, weight_of_evidence
from tandem.learn.training.binning.numeric import information_value
from tandem.learn.training.binning.segments import segment
from tandem.learn.training.binning.settings import BinningSettings
from tandem.learn.training.frame import CategoricalColumn

__all__ = ["bin_levels"]


def bin_levels(column: CategoricalColumn, bad: FloatArray, settings: BinningSettings) -> Binning:
    """The best grouping of the levels of ``column``; a text never seen falls to the pool of rare ones, if there is one."""
    known = column.codes >= 0
    width = len(column.levels)
    counts = np.bincount(column.codes[known], minlength=width).astype(np.float64)
    bads = np.bincount(column.codes[known], weights=bad[known], minlength=width).astype(np.float64)
    total, total_bads = float(bad.size), float(bad.sum())
    floor = max(settings.rare_share * total, settings.rare_rows)
    rare = [i for i in range(width) if counts[i] < floor]
    cells = [[i] for i in range(width) if counts[i] >= floor]
    if rare:
        cells.append(rare)
    groups, pooled = _merge(cells, counts, bads, settings, total_bads / total, bool(rare))

    def woe(count: float, bads_in: float) -> float:
        return weight_of_evidence(bads_in, count, total_bads, total, settings.prior) if count else 0.0

    group_counts = np.asarray([counts[g].sum() for g in groups])
    group_bads = np.asarray([bads[g].sum() for g in groups])
    weights = np.asarray([woe(n, b) for n, b in zip(group_counts, group_bads, strict=True)])
    missing = column.codes == -1
    missing_bin = BinCounts(int(missing.sum()), int(bad[missing].sum()))
    missing_woe = woe(missing_bin.count, missing_bin.bads)
    return Binning(
        name=column.name,
        numeric=False,
        edges=np.empty(0),
        groups=tuple(tuple(column.levels[i] for i in sorted(g)) for g in groups),
        bins=tuple(BinCounts(int(n), int(b)) for n, b in zip(group_counts, group_bads, strict=True)),
        missing=missing_bin,
        trend="none",
        woe=weights,
        missing_woe=missing_woe,
        unknown_woe=float(weights[pooled]) if pooled is not None else 0.0,
        iv=information_value(
            np.append(group_bads, missing_bin.bads),
            np.append(group_counts, missing_bin.count),
            np.append(weights, missing_woe),
        ),
        pooled=pooled,
    )


def _merge(
    cells: list[list[int]],
    counts: FloatArray,
    bads: FloatArray,
    settings: BinningSettings,
    rate: float,
    has_pool: bool,  # noqa: FBT001 - private, and named at its one call
) -> tuple[list[list[int]], int | None]:
    """Groups of level numbers, and which of them holds the pool of rare levels."""
    if not cells:
        return [], None
    pool = cells[-1] if has_pool else None
    prior = settings.prior

    def shrunk(cell: list[int]) -> float:
        return float((bads[cell].sum() + prior * rate) / (counts[cell].sum() + prior))

    ordered = sorted(cells, key=lambda cell: (shrunk(cell), cell))
    found = segment(
        np.asarray([bads[cell].sum() for cell in ordered]),
        np.asarray([counts[cell].sum() for cell in ordered]),
        "none",
        penalty=settings.level_penalty,
        min_count=0.0,
        prior=prior,
    )
    bounds = [*found.starts, len(ordered)]
    groups = [[i for cell in ordered[a:b] for i in cell] for a, b in pairwise(bounds)]
    pooled = next((k for k, group in enumerate(groups) if pool is not None and pool[0] in group), None)
    return groups, pooled
