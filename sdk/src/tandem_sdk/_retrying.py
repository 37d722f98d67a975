"""When to try again, and how long to wait. Pure but for its randomness."""

from __future__ import annotations

import random
from dataclasses import dataclass

import httpx

from tandem_sdk._errors import IncompleteAnswer, Problem, RateLimited, Unavailable

__all__ = ["Retry"]


@dataclass(frozen=True)
class Retry:
    """How often, and how patiently.

    What is sent again is the same request with the same ids, so that the server does nothing twice. A refusal of another
    kind than "not now" is never repeated.

    Attributes:
        attempts: in all; 1 never repeats.
        first_s: pause after the first failure; doubled each time, with jitter.
        max_s: the longest pause; a server that asks for a longer one is not waited for.
    """

    attempts: int = 5
    first_s: float = 0.2
    max_s: float = 10.0

    def pause_s(self, attempt: int, error: Exception | None, *, again: bool) -> float | None:
        """Seconds to wait after the ``attempt``-th try failed with ``error``; None to give up.

        Args:
            again: the request may be sent again whatever happened to it. Otherwise only what the server has surely not
                begun is: refused for now, or never connected.
        """
        if attempt >= self.attempts:
            return None
        if isinstance(error, RateLimited | Unavailable):
            if not again and isinstance(error, Unavailable):
                return None  # "not now" can be said half-way
            asked = float(error.retry_after_s or 0)
            return None if asked > self.max_s else max(asked, self._backoff(attempt))
        if isinstance(error, Problem):
            return None
        unborn = isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout)
        lost = isinstance(error, httpx.TransportError | IncompleteAnswer)
        return self._backoff(attempt) if unborn or (lost and again) else None

    def _backoff(self, attempt: int) -> float:
        base = min(self.first_s * 2.0 ** min(attempt - 1, 30), self.max_s)
        return base * random.uniform(0.5, 1.0)  # noqa: S311 - spreads callers, protects nothing
