"""Is the split the split? Units that are missing from one arm make every other number wrong.

A test that may be looked at all the time: counts against the shares that were set, multinomial, with a Dirichlet mixture that
is centred on them (Lindon and Malek, 2022, Anytime-valid inference for multinomial count data). Where shares were changed
under way, each stretch is tested against its own and the evidence multiplies.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, log
from typing import Final

import msgspec
from scipy.special import gammaln

__all__ = ["ExperimentBalance", "balance_of"]

_CONCENTRATION: Final = 10_000.0
"""How close to the shares that were set the alternative is: fine enough to see a mismatch of a percentage point."""
_ENOUGH: Final = 1_000.0
"""Evidence for a mismatch: a false alarm once in a thousand experiments, however often one looks."""


class ExperimentBalance(msgspec.Struct, frozen=True, kw_only=True):
    """Units by arm against what was to be expected; ``broken``: chance does not explain it."""

    counts: tuple[int, ...]
    expected: tuple[float, ...]
    evidence: float
    broken: bool


def balance_of(stretches: Sequence[tuple[Sequence[int], Sequence[float]]]) -> ExperimentBalance:
    """Over stretches of (units by arm, shares in percent that were in force)."""
    arms = max((len(counts) for counts, _ in stretches), default=0)
    total, expected, evidence = [0] * arms, [0.0] * arms, 0.0
    for counts, shares in stretches:
        size = sum(counts)
        for arm, (count, share) in enumerate(zip(counts, shares, strict=True)):
            total[arm] += count
            expected[arm] += size * share / 100
        evidence += _log_evidence(counts, [share / 100 for share in shares])
    found = exp(min(evidence, 700.0))
    return ExperimentBalance(counts=tuple(total), expected=tuple(expected), evidence=found, broken=found >= _ENOUGH)


def _log_evidence(counts: Sequence[int], shares: Sequence[float]) -> float:
    """Of the mixture against the shares themselves; units in an arm that nobody is to be in are proof."""
    if any(count and not share for count, share in zip(counts, shares, strict=True)):
        return 700.0
    pairs = [(count, _CONCENTRATION * share) for count, share in zip(counts, shares, strict=True) if share]
    size, weight = sum(count for count, _ in pairs), sum(prior for _, prior in pairs)
    mixed = gammaln(weight) - gammaln(weight + size)
    mixed += sum(gammaln(prior + count) - gammaln(prior) for count, prior in pairs)
    return float(mixed - sum(count * log(prior / weight) for count, prior in pairs))
