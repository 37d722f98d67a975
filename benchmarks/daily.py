"""Daily learning: is it safe, does a month of it run by itself, and what does one day cost."""

from __future__ import annotations

from benchmarks.claims import Claim
from benchmarks.daily_month import cycle_claims, month_claims
from benchmarks.daily_safety import safety


def run(quick: bool) -> list[Claim]:
    return safety(quick) + month_claims(quick) + cycle_claims(quick)
