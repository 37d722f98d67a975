"""Intervals that stay true however often one looks: the file a sceptic reads first.

A fixed-horizon interval is right once, at the sample size that was planned; who looks every day and stops at the first
"significant" one claims far too much. The intervals here cover the truth at *every* moment at once with probability
``1 - alpha``, so that whoever peeks, and stops when it suits them, is still right.

*For differences and means* the mixture sequential probability ratio test, inverted. With an estimate ``d`` of variance
``v`` and a normal mixing distribution N(0, t^2) over what the truth may be,

    L(d) = sqrt(v / (v + t^2)) * exp(t^2 d^2 / (2 v (v + t^2)))

is a martingale where the truth is 0, so it exceeds ``1/alpha`` ever with probability at most ``alpha`` (Ville). The interval is
all differences that are not rejected so. Robbins (1970); Johari, Pekelis, Walsh (2015), Always valid inference; Howard,
Ramdas, McAuliffe, Sekhon (2021), Time-uniform confidence sequences. With estimated variances it holds asymptotically:
Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas (2024), Time-uniform central limit theory. Hence nothing is said on fewer units
than ``UNITS_MIN``; the tests simulate how often that goes wrong.

*For a share against a limit* an exact test martingale, for any number of decisions: the likelihood ratio mixed over the
shares beyond the limit, Beta(1, 1) cut off there (Robbins; Waudby-Smith and Ramdas, 2024, Estimating means by betting).
"""

from __future__ import annotations

from math import exp, inf, log, sqrt
from typing import Final

import msgspec
from scipy.special import betainc, betaln

__all__ = ["UNITS_MIN", "Interval", "always_valid", "evidence_above", "evidence_against", "exact_evidence_above"]

UNITS_MIN: Final = 100
"""Units of each arm before an asymptotic interval is told."""
_MOST: Final = exp(700.0)
"""Evidence beyond which nobody counts."""


class Interval(msgspec.Struct, frozen=True, kw_only=True):
    """An estimate and where the truth lies with probability ``1 - alpha``, at this moment and at every other."""

    value: float
    low: float
    high: float


def always_valid(value: float, variance: float, *, alpha: float, tau: float) -> Interval:
    """The always-valid interval around ``value``.

    Args:
        variance: of the estimate, not of one observation.
        alpha: how often it may ever miss the truth.
        tau: standard deviation of the mixture: the difference for which it is to be narrowest, such as the smallest one
            worth finding.
    """
    if not variance > 0:
        return Interval(value=value, low=-inf, high=inf)
    total = variance + tau * tau
    spread = sqrt(2 * variance * total / (tau * tau) * (log(1 / alpha) + 0.5 * log(total / variance)))
    return Interval(value=value, low=value - spread, high=value + spread)


def evidence_against(value: float, variance: float, *, tau: float) -> float:
    """How many times better the data fit some difference than none: 1/alpha is enough, whenever one looks."""
    if not variance > 0:
        return 1.0
    total = variance + tau * tau
    power = tau * tau * value * value / (2 * variance * total) - 0.5 * log(total / variance)
    return exp(min(power, 700.0))


def evidence_above(value: float, variance: float, *, limit: float, tau: float) -> float:
    """The same against "the truth is at most ``limit``"; 1 where the estimate is not above it."""
    return evidence_against(value - limit, variance, tau=tau) if value > limit else 1.0


def exact_evidence_above(hits: int, count: int, limit: float) -> float:
    """Evidence, exact for any count, that the share is above ``limit``, from ``hits`` of ``count`` independent decisions."""
    if count == 0 or limit >= 1:
        return 1.0
    if limit <= 0:
        return _MOST if hits else 1.0
    misses = count - hits
    beyond = 1 - betainc(1 + hits, 1 + misses, limit)
    if beyond <= 0:
        return 0.0
    mixed = betaln(1 + hits, 1 + misses) + log(beyond) - log(1 - limit)
    null = hits * log(limit) + misses * log(1 - limit)
    return exp(min(mixed - null, 700.0))
