"""When to try again, when to give a message up, when to leave a receiver alone. Pure: values in, values out."""

from __future__ import annotations

import msgspec

from tandem.act.webhooks.types import (
    DEAD_AFTER,
    PAUSE_AFTER,
    RETRY_FIRST,
    RETRY_MAX,
    Attempt,
    DeliveryState,
    Subscription,
)
from tandem.kernel.identity import Entropy
from tandem.kernel.time import DAY, SECOND, Micros

__all__ = ["after", "retry_in"]

_GONE = 410
_JITTER = 0.2
_DOUBLINGS = 20  # far above RETRY_MAX; keeps the power small
_RETRY_AFTER_MAX = DAY


def after(subscription: Subscription, attempt: Attempt, entropy: Entropy) -> tuple[Subscription, DeliveryState]:
    """The subscription after ``attempt`` of its next message, and what became of that message."""
    if attempt.taken:
        healed = msgspec.structs.replace(subscription, failures=0, failing_since=None, due_at=Micros(0))
        return healed, "delivered"
    failures = subscription.failures + 1
    since = attempt.at if subscription.failing_since is None else subscription.failing_since
    paused = "gone" if attempt.status == _GONE else "failures" if failures >= PAUSE_AFTER else None
    wait = retry_in(failures, entropy)
    if attempt.retry_after_s is not None:
        wait = max(wait, min(attempt.retry_after_s * SECOND, _RETRY_AFTER_MAX))
    failing = msgspec.structs.replace(
        subscription, failures=failures, failing_since=since, due_at=Micros(attempt.at + wait), paused=paused
    )
    return failing, "dead" if attempt.at - since >= DEAD_AFTER else "waiting"


def retry_in(failures: int, entropy: Entropy) -> int:
    """Microseconds to wait after the ``failures``-th failure in a row, with jitter so that receivers are not hit in step."""
    base = min(RETRY_FIRST * 2 ** min(failures - 1, _DOUBLINGS), RETRY_MAX)
    share = int.from_bytes(entropy.bytes(2), "big") / 0xFFFF
    return int(base * (1 - _JITTER + 2 * _JITTER * share))
