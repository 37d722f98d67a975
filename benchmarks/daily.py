"""Daily learning: is it safe, does a month of it run by itself, and what does one day cost.

Each part is a process of its own, so that one's memory is not counted as another's: one after the other, and side by side
where it has to be quick and no figure of time or memory is held to a target.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from benchmarks.claims import Claim
from benchmarks.daily_month import cycle_claims, month_claims
from benchmarks.daily_safety import challenger_claims, feed_claims


def run(quick: bool) -> list[Claim]:
    parts = (feed_claims, challenger_claims, month_claims, cycle_claims)
    side_by_side = 2 if quick else 1
    with ProcessPoolExecutor(side_by_side, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        jobs = [pool.submit(part, quick) for part in parts]
        return [one for job in jobs for one in job.result()]
