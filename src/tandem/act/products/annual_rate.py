"""The yearly rate that a customer really pays: the internal rate of return of all that flows, fees in.

Law names two ways to count time and two to state the result. Months: a whole period is a twelfth of a year, which is how
a Chinese cost table counts; days: actual days of 365, as the EU's annual percentage rate. ``nominal`` is twelve times
the monthly rate, ``effective`` compounds it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from tandem.kernel.errors import InvalidInput

__all__ = ["Measure", "TimeBasis", "internal_rate", "stated_bps"]

Measure: TypeAlias = Literal["nominal", "effective"]
TimeBasis: TypeAlias = Literal["months", "days"]

_LOWEST: Final = -0.99
_HIGHEST: Final = 1e9
_LIKELY: Final = 0.5
"""Most rates that are looked for are below it, and are found sooner from there."""


def internal_rate(flows: Sequence[tuple[float, int]]) -> float:
    """The effective yearly rate at which ``flows`` are worth nothing at the start; .1 is ten per cent.

    Args:
        flows: years since the start, and minor units: what the customer gets is above zero, what they pay below.

    Raises:
        InvalidInput: nothing is lent or nothing is paid, so there is no rate; or it is beyond any.
    """
    from scipy.optimize import brentq  # slow to load, and a start needs no rate

    if not any(amount > 0 for _, amount in flows) or not any(amount < 0 for _, amount in flows):
        raise InvalidInput("A rate needs money both ways.", code="no_rate", field="flows")

    def worth(rate: float) -> float:
        return float(sum(amount * (1.0 + rate) ** -years for years, amount in flows))

    low, high = (0.0, _LIKELY) if worth(0.0) <= 0 else (_LOWEST, 0.0)
    while worth(high) < 0:
        low, high = high, high * 4
        if high > _HIGHEST:
            raise InvalidInput("No yearly rate fits what flows.", code="no_rate", field="flows")
    if worth(low) > 0:
        raise InvalidInput("No yearly rate fits what flows.", code="no_rate", field="flows")
    return float(brentq(worth, low, high, xtol=1e-12, rtol=1e-12))


def stated_bps(effective: float, measure: Measure) -> float:
    """An effective yearly rate as ``measure`` states it, in basis points."""
    if measure == "effective":
        return effective * 10_000
    return 12 * (float((1.0 + effective) ** (1 / 12)) - 1.0) * 10_000
