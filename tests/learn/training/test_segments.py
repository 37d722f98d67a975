"""The dynamic programme finds what trying everything finds."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.learn.training.binning import segment

TRENDS = ("ascending", "descending", "peak", "valley", "none")
Cells = list[tuple[int, int]]


def worth_of(cells: Cells, starts: tuple[int, ...], penalty: float) -> float:
    total = 0.0
    for run in runs_of(cells, starts):
        bads, count = sum(b for b, _ in run), sum(n for _, n in run)
        for part in (bads, count - bads):
            total += part * np.log(part / count) if part else 0.0
        total -= penalty
    return total


def runs_of(cells: Cells, starts: tuple[int, ...]) -> list[Cells]:
    bounds = [*starts, len(cells)]
    return [cells[a:b] for a, b in itertools.pairwise(bounds)]


def has_shape(rates: list[float], trend: str) -> bool:
    rises = [b >= a for a, b in itertools.pairwise(rates)]
    falls = [b <= a for a, b in itertools.pairwise(rates)]
    turn = range(len(rates))
    return {
        "none": True,
        "ascending": all(rises),
        "descending": all(falls),
        "peak": any(all(rises[:k]) and all(falls[k:]) for k in turn),
        "valley": any(all(falls[:k]) and all(rises[k:]) for k in turn),
    }[trend]


def brute_force(cells: Cells, trend: str, penalty: float, min_count: int, prior: float) -> float:
    overall = sum(b for b, _ in cells) / max(sum(n for _, n in cells), 1)
    best = -np.inf
    for size in range(len(cells)):
        for inner in itertools.combinations(range(1, len(cells)), size):
            starts = (0, *inner)
            runs = runs_of(cells, starts)
            if any(sum(n for _, n in run) < min_count for run in runs):
                continue
            rates = [(sum(b for b, _ in run) + prior * overall) / (sum(n for _, n in run) + prior) for run in runs]
            if has_shape(rates, trend):
                best = max(best, worth_of(cells, starts, penalty))
    return best


cells_strategy = st.lists(
    st.integers(1, 12).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), min_size=1, max_size=8
)


@pytest.mark.parametrize("trend", TRENDS)
@given(
    cells=cells_strategy,
    penalty=st.sampled_from([0.1, 0.7, 2.0]),
    min_count=st.sampled_from([0, 5, 12]),
    prior=st.sampled_from([0.5, 4.0]),
)
@settings(max_examples=60, deadline=None)
def test_the_segmentation_is_as_good_as_any_segmentation_tried(
    trend: str, cells: Cells, penalty: float, min_count: int, prior: float
) -> None:
    bads = np.asarray([b for b, _ in cells], dtype=float)
    counts = np.asarray([n for _, n in cells], dtype=float)
    found = segment(bads, counts, trend, penalty=penalty, min_count=min_count, prior=prior)
    expected = brute_force(cells, trend, penalty, min_count, prior)
    if np.isfinite(expected):
        assert found.worth == pytest.approx(expected, abs=1e-9)
        assert worth_of(cells, found.starts, penalty) == pytest.approx(found.worth, abs=1e-9)
        overall = bads.sum() / counts.sum()
        rates = [
            (sum(b for b, _ in run) + prior * overall) / (sum(n for _, n in run) + prior)
            for run in runs_of(cells, found.starts)
        ]
        assert has_shape([round(rate, 12) for rate in rates], trend)
    else:
        assert found.starts == (0,)


def test_starts_begin_at_the_first_cell_and_rise() -> None:
    rng = np.random.default_rng(3)
    counts = rng.integers(20, 60, 40).astype(float)
    bads = np.minimum(counts, rng.poisson(counts * np.linspace(0.02, 0.6, 40))).astype(float)
    for trend in TRENDS:
        starts = segment(bads, counts, trend, penalty=2.0, min_count=30, prior=2.0).starts
        assert starts[0] == 0
        assert list(starts) == sorted(set(starts))
        assert all(sum(counts[a:b]) >= 30 for a, b in itertools.pairwise([*starts, 40]))


def test_noise_alone_is_one_bin() -> None:
    rng = np.random.default_rng(11)
    alone = 0
    for _ in range(50):
        counts = np.full(30, 40.0)
        bads = rng.binomial(40, 0.2, 30).astype(float)
        alone += len(segment(bads, counts, "ascending", penalty=3.0, min_count=40, prior=4.0).starts) == 1
    assert alone >= 25
