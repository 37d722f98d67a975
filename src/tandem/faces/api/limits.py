"""How often a key may ask: a bucket of tokens for each, filled at a steady rate.

A request costs one token, a batch as many as it has events. People are not counted: they read, and cannot type that
fast. The headers are those of draft-ietf-httpapi-ratelimit-headers.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from time import monotonic_ns

from tandem.kernel.errors import TooOften

__all__ = ["WINDOW_S", "Bucket", "RateLimits"]

WINDOW_S = 60
"""Seconds in which an empty bucket is full again."""

_NS = 1_000_000_000


class Bucket:
    """The tokens of one key.

    Args:
        quota: tokens in a full bucket, and those that flow in during ``WINDOW_S``.
        monotonic_ns: a clock that never goes back.
    """

    __slots__ = ("_at", "_monotonic_ns", "_per_ns", "_policy", "_quota", "_tokens")

    def __init__(self, quota: int, monotonic_ns: Callable[[], int] = monotonic_ns) -> None:
        self._quota = float(quota)
        self._per_ns = quota / (WINDOW_S * _NS)
        self._policy = b'"key";q=%d;w=%d' % (quota, WINDOW_S)
        self._monotonic_ns = monotonic_ns
        self._tokens = self._quota
        self._at = monotonic_ns()

    def take(self, cost: int = 1) -> None:
        """Take ``cost`` tokens; more than the bucket can hold counts as all of it.

        Raises:
            TooOften: there are not so many; none was taken.
        """
        now = self._monotonic_ns()
        tokens = self._tokens + (now - self._at) * self._per_ns
        tokens = min(tokens, self._quota)
        self._at = now
        asked = min(self._quota, cost)
        if tokens < asked:
            self._tokens = tokens
            wait_s = max(1, ceil((asked - tokens) / self._per_ns / _NS))
            raise TooOften(
                f"This key may ask {self._quota:.0f} times in {WINDOW_S} s.",
                code="rate_limited",
                retry_after_s=wait_s,
                hint="send the same event again, with the same event_id, after the pause in Retry-After",
            )
        self._tokens = tokens - asked

    def headers(self) -> list[tuple[bytes, bytes]]:
        """What is left, and in how many seconds the bucket is full again."""
        missing = self._quota - self._tokens
        full_in_s = ceil(missing / self._per_ns / _NS)
        return [
            (b"ratelimit-policy", self._policy),
            (b"ratelimit", b'"key";r=%d;t=%d' % (self._tokens, full_in_s)),
        ]


class RateLimits:
    """A bucket for each key.

    Args:
        quota: requests of one key in ``WINDOW_S``.
        most: buckets kept; the one made first gives way, and who had it begins with a full one. None: as many as there are keys.
    """

    def __init__(self, quota: int, monotonic_ns: Callable[[], int] = monotonic_ns, *, most: int | None = None) -> None:
        self.quota = quota
        self._most = most
        self._monotonic_ns = monotonic_ns
        self._buckets: dict[str, Bucket] = {}

    def bucket_of(self, key: str) -> Bucket:
        """The bucket of the key with this name; as many stay as there are keys."""
        bucket = self._buckets.get(key)
        if bucket is None:
            if self._most is not None and len(self._buckets) >= self._most:
                del self._buckets[next(iter(self._buckets))]
            bucket = self._buckets[key] = Bucket(self.quota, self._monotonic_ns)
        return bucket
