"""Calls that take turns, so that all of them see the same load of the machine."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np


def in_turns(calls: dict[str, Callable[[int], object]], turns: int, each: int = 100) -> dict[str, tuple[float, float]]:
    """p50 and p99 in microseconds of each call, measured in alternating turns of ``each`` after a warm-up turn."""
    clock = time.perf_counter_ns
    taken: dict[str, list[int]] = {name: [] for name in calls}
    for turn in range(turns + 1):
        for name, call in calls.items():
            for i in range(each):
                at = (turn * each + i) % 500
                start = clock()
                call(at)
                stop = clock()
                if turn:
                    taken[name].append(stop - start)
    return {name: tuple(float(q) / 1000 for q in np.percentile(ns, (50, 99))) for name, ns in taken.items()}  # type: ignore[misc]
