"""What connectors did and cost since this process started. The record of it, for ever, is in the trails of decisions."""

from __future__ import annotations

from collections import Counter, deque
from typing import Final

import msgspec

from tandem.decide.connectors.types import Asked, Fault
from tandem.kernel.time import Micros

__all__ = ["FAULTS_SHOWN", "FaultSeen", "Figures", "Ledger"]

FAULTS_SHOWN: Final = 10
_LATENCIES: Final = 512


class FaultSeen(msgspec.Struct, frozen=True, kw_only=True):
    """A call without an answer."""

    at: Micros
    fault: Fault


class Figures(msgspec.Struct, frozen=True, kw_only=True):
    """What one connector did.

    Attributes:
        asked: questions of decisions, by who answered.
        faults: questions without an answer, by why.
        attempts: requests sent, retries among them.
        spent_minor: what its answers cost; ``unsure_minor``: what may be billed on top for attempts without an answer;
            ``saved_minor``: what kept answers would have cost.
        latency_ms_p50, latency_ms_p99: of the last live calls; None where there were none.
        last_faults: newest first.
    """

    asked: dict[str, int]
    faults: dict[str, int]
    attempts: int
    spent_minor: int
    unsure_minor: int
    saved_minor: int
    latency_ms_p50: float | None
    latency_ms_p99: float | None
    last_faults: tuple[FaultSeen, ...]


class Ledger:
    """Counts for one connector."""

    def __init__(self) -> None:
        self._asked: Counter[str] = Counter()
        self._faults: Counter[str] = Counter()
        self._attempts = 0
        self._spent = 0
        self._unsure = 0
        self._saved = 0
        self._latencies: deque[float] = deque(maxlen=_LATENCIES)
        self._last: deque[FaultSeen] = deque(maxlen=FAULTS_SHOWN)

    def count(self, asked: Asked, at: Micros, price_minor: int) -> None:
        """Take in one question."""
        self._asked[asked.source] += 1
        self._attempts += asked.attempts
        self._spent += asked.cost_minor
        self._unsure += asked.unsure_minor
        if asked.source == "cache":
            self._saved += price_minor
        if asked.attempts:
            self._latencies.append(asked.latency_ms)
        if asked.fault is not None:
            self._faults[asked.fault] += 1
            self._last.appendleft(FaultSeen(at=at, fault=asked.fault))

    def figures(self) -> Figures:
        """As of now."""
        ordered = sorted(self._latencies)
        return Figures(
            asked=dict(self._asked),
            faults=dict(self._faults),
            attempts=self._attempts,
            spent_minor=self._spent,
            unsure_minor=self._unsure,
            saved_minor=self._saved,
            latency_ms_p50=_quantile(ordered, 0.5),
            latency_ms_p99=_quantile(ordered, 0.99),
            last_faults=tuple(self._last),
        )


def _quantile(ordered: list[float], share: float) -> float | None:
    return None if not ordered else ordered[min(len(ordered) - 1, int(share * len(ordered)))]
