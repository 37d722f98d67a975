"""A feed of loans with a little of everything, a profile of it, and a champion on simulated rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tandem.kernel.time import DAY, Micros
from tandem.learn.gates import FeedLayout, FeedProfile, profile_feed

START = 1_754_006_400_000_000
ROWS = 600
LEARNED = 12
LAYOUT = FeedLayout(
    key=("id",),
    time="at",
    label="bad",
    adverse="1",
    label_time="known_at",
    known_times=("bureau_at",),
    currency="currency",
    units={"amount": "CNY fen", "term": "months"},
)


def loans(day: int, rows: int = ROWS, seed: int = 5) -> pa.Table:
    """One day of made-up loans; labels a few days later."""
    rng = np.random.default_rng([seed, day])
    risk = rng.normal(size=rows)
    bad = rng.random(rows) < 1 / (1 + np.exp(1.8 - 1.2 * risk))
    at = np.sort(START + day * DAY + rng.integers(0, DAY, rows))
    stamp = pa.timestamp("us")
    return pa.table(
        {
            "id": pa.array([f"L{day}-{row}" for row in range(rows)]),
            "at": pa.array(at, stamp),
            "bureau_at": pa.array(at - rng.integers(0, DAY, rows), stamp),
            "amount": pa.array((rng.lognormal(9, 0.6, rows) * 100).astype(np.int64)),
            "term": pa.array(rng.choice([3, 6, 12, 24, 36], rows, p=[0.2, 0.2, 0.3, 0.2, 0.1])),
            "income": pa.array(rng.lognormal(9, 0.4, rows).round(2), mask=rng.random(rows) < 0.04),
            "utilisation": pa.array(np.round(1 / (1 + np.exp(-risk - rng.normal(0, 0.4, rows))), 4)),
            "channel": pa.array(rng.choice(["app", "web", "shop"], rows, p=[0.6, 0.3, 0.1])),
            "currency": pa.array(["CNY"] * rows),
            "bad": pa.array(bad.astype(np.int64)),
            "known_at": pa.array(at + rng.integers(1, 20, rows) * DAY, stamp),
        }
    )


def judged_at(day: int) -> Micros:
    """When the labels of a day are all there."""
    return Micros(START + (day + 31) * DAY)


@pytest.fixture(scope="session")
def profile() -> FeedProfile:
    return profile_feed([loans(day) for day in range(LEARNED)], LAYOUT)
