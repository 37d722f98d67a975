"""Judging: a window over what was decided, and whether it is still within the limits. Pure; the caller brings the time."""

from __future__ import annotations

from collections import deque
from typing import Final

import msgspec

from tandem.decide.guards.limits import GuardRail
from tandem.kernel.time import Micros

__all__ = ["Breach", "Watched"]

_MINUTE: Final = 60_000_000
_KEPT_MAX: Final = 10_000
"""Decisions of one window; of a busier one the newest count."""
_FAILED: Final = None


class Breach(msgspec.Struct, frozen=True, kw_only=True):
    """A limit that was not kept.

    Attributes:
        guard, policy: whose.
        limit: name of the limit.
        value: what was measured; ``allowed``: what may be.
        decisions: how many it was measured on.
    """

    guard: str
    policy: str
    limit: str
    value: float
    allowed: float
    decisions: int

    @property
    def reason(self) -> str:
        """Why, in one sentence, for the record."""
        return (
            f"{self.guard}: {self.limit} of {self.policy} is {self.value:.4g} over {self.decisions} decisions, "
            f"and may be {self.allowed:.4g}"
        )


class Watched:
    """What one policy did in the last minutes.

    Args:
        rail: the limits; its window is kept.
    """

    def __init__(self, rail: GuardRail) -> None:
        self.rail = rail
        # (when, approved, microseconds); approved None: the server failed
        self._seen: deque[tuple[Micros, bool | None, float]] = deque(maxlen=_KEPT_MAX)
        self._approved = 0
        self._failed = 0

    def decided(self, at: Micros, *, approved: bool, took_us: float) -> None:
        """Take in one decision."""
        self._add((at, approved, took_us))

    def failed(self, at: Micros) -> None:
        """Take in one request that the server could not answer."""
        self._add((at, _FAILED, 0.0))

    def breach(self, now: Micros) -> Breach | None:
        """The first limit that is not kept as of ``now``; None also while there are too few decisions."""
        while self._seen and self._seen[0][0] <= now - self.rail.window_minutes * _MINUTE:
            self._drop()
        asked = len(self._seen)
        decided = asked - self._failed
        rail = self.rail
        if asked < rail.minimum:
            return None
        if rail.error_share is not None and self._failed / asked > rail.error_share:
            return self._breach("error_share", self._failed / asked, rail.error_share, asked)
        if decided < rail.minimum:
            return None
        if rail.approval_rate is not None:
            rate = self._approved / decided
            if not rail.approval_rate.min <= rate <= rail.approval_rate.max:
                allowed = rail.approval_rate.min if rate < rail.approval_rate.min else rail.approval_rate.max
                return self._breach("approval_rate", rate, allowed, decided)
        if rail.latency_ms_p99 is not None:
            times = sorted(took for _, approved, took in self._seen if approved is not _FAILED)
            p99 = times[min(len(times) - 1, int(0.99 * len(times)))] / 1000
            if p99 > rail.latency_ms_p99:
                return self._breach("latency_ms_p99", p99, rail.latency_ms_p99, decided)
        return None

    def _breach(self, limit: str, value: float, allowed: float, decisions: int) -> Breach:
        rail = self.rail
        return Breach(
            guard=rail.name, policy=rail.policy, limit=limit, value=value, allowed=allowed, decisions=decisions
        )

    def _add(self, one: tuple[Micros, bool | None, float]) -> None:
        if len(self._seen) == self._seen.maxlen:
            self._drop()
        self._seen.append(one)
        self._approved += one[1] is True
        self._failed += one[1] is _FAILED

    def _drop(self) -> None:
        _, approved, _ = self._seen.popleft()
        self._approved -= approved is True
        self._failed -= approved is _FAILED
