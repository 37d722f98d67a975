"""How long to wait after failed sign-ins. Pure.

The first few are free: people mistype. After that each failure doubles the pause, so that a guesser gets a few hundred
tries a year under one name, and a person who comes back after the pause needs no admin.
"""

from __future__ import annotations

from typing import Final

from tandem.kernel.time import HOUR, MINUTE, SECOND, Micros
from tandem.prove.access.types import Attempts

__all__ = ["FORGOTTEN_AFTER", "FREE_FAILURES", "PAUSE_MAX", "after_failure", "paused_until"]

FREE_FAILURES: Final = 5
_FIRST_PAUSE: Final = 30 * SECOND
PAUSE_MAX: Final = 60 * MINUTE
FORGOTTEN_AFTER: Final = 24 * HOUR
"""A day without a failure, and the count begins anew."""


def after_failure(known: Attempts | None, name_digest: bytes, now: Micros) -> Attempts:
    """``known`` and one failure more."""
    forgotten = known is None or now - known.last_at >= FORGOTTEN_AFTER
    failures = 1 if forgotten or known is None else known.failures + 1
    return Attempts(name_digest=name_digest, failures=failures, last_at=now)


def paused_until(known: Attempts | None) -> Micros:
    """Before this instant nobody signs in under that name, whatever the password; 0 when nothing is held back."""
    if known is None or known.failures < FREE_FAILURES:
        return Micros(0)
    doublings = min(known.failures - FREE_FAILURES, 16)
    return Micros(known.last_at + min(_FIRST_PAUSE << doublings, PAUSE_MAX))
