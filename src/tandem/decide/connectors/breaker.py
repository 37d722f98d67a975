"""The circuit breaker: whoever fails again and again is left alone for a while. Pure: values in, values out.

Closed, everything passes. After so many failures in a row it opens, and nothing passes until the pause is over. Then it is
half open: one call passes as a probe; an answer closes the breaker, another failure opens it for a pause twice as long, up
to ``PAUSES_MAX`` times the first.
"""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

import msgspec

from tandem.kernel.time import Micros

__all__ = ["CLOSED", "PAUSES_MAX", "Breaker", "Standing", "after_answer", "after_failure", "asking"]

PAUSES_MAX: Final = 16
"""How many times the first pause the longest one is."""

Standing: TypeAlias = Literal["closed", "open", "half_open"]


class Breaker(msgspec.Struct, frozen=True, kw_only=True):
    """Where it stands.

    Attributes:
        failures: in a row.
        opened_at: since when nothing passes; None while closed.
        pause: microseconds it stays open this time.
        probing_until: until when a probe is out, so that only one is; None where none is.
    """

    failures: int = 0
    opened_at: Micros | None = None
    pause: int = 0
    probing_until: Micros | None = None

    def standing(self, now: Micros) -> Standing:
        """Closed, open or half open."""
        if self.opened_at is None:
            return "closed"
        return "open" if now < self.opened_at + self.pause else "half_open"


CLOSED: Final = Breaker()


def asking(breaker: Breaker, now: Micros, patience: int) -> Breaker | None:
    """The breaker once a call has passed; None where none may pass.

    Args:
        patience: microseconds after which a probe that never came back no longer keeps the next one waiting.
    """
    standing = breaker.standing(now)
    if standing == "closed":
        return breaker
    if standing == "open" or (breaker.probing_until is not None and now < breaker.probing_until):
        return None
    return msgspec.structs.replace(breaker, probing_until=Micros(now + patience))


def after_answer(breaker: Breaker) -> Breaker:
    """Any answer closes it."""
    return breaker if breaker == CLOSED else CLOSED


def after_failure(breaker: Breaker, now: Micros, failures: int, pause: int) -> Breaker:
    """One failure more.

    Args:
        failures: in a row, that open a closed breaker.
        pause: microseconds of the first pause.
    """
    count = breaker.failures + 1
    if breaker.opened_at is None:
        if count < failures:
            return Breaker(failures=count)
        return Breaker(failures=count, opened_at=now, pause=pause)
    if breaker.standing(now) == "open":
        return msgspec.structs.replace(breaker, failures=count)  # a call that was out when it opened
    longer = min(breaker.pause * 2, pause * PAUSES_MAX)
    return Breaker(failures=count, opened_at=now, pause=longer)
