"""Expected loss: over the months ahead, the chance to default in each, times what is owed then, times what is lost of it, discounted.

An amount that falls due in ``n`` months is owed in each of them. With a hazard ``h`` a month and a discount ``v``, what is
expected of it is LGD x amount x (h v + h (1 - h) v^2 + ... to n), which is a geometric sum: so millions of instalments are
one expression, and a plain loop over months is the test. In stage 1 the sum ends after twelve months, in stage 3 the default
is there (IFRS 9 5.5.3, 5.5.5, B5.5.28-B5.5.44).
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from tandem.act.provisions.rules import Scenario

__all__ = ["MONTHS", "Exposures", "expected_loss", "lost_share", "monthly_hazard"]

MONTHS: Final = 12
"""Months of the nearer horizon."""


class Exposures(NamedTuple):
    """Amounts that are or may be owed, each of one account; arrays of one length.

    Attributes:
        account: its place among the accounts. amount: minor units, float64.
        months: until it is due, at least 1. rate: the effective yearly rate it is discounted by.
        drawn: false of what may still be drawn, which stage 3 has none of.
    """

    account: np.ndarray
    amount: np.ndarray
    months: np.ndarray
    rate: np.ndarray
    drawn: np.ndarray


def monthly_hazard(yearly: np.ndarray) -> np.ndarray:
    """The chance to default in a month of who has not yet, from that within twelve months, spread evenly."""
    found: np.ndarray = 1.0 - np.power(1.0 - np.clip(yearly, 0.0, 1.0), 1.0 / MONTHS)
    return found


def lost_share(hazard: np.ndarray, months: np.ndarray, rate: np.ndarray) -> np.ndarray:
    """The discounted chance that an amount is in default before it is due in ``months``: the geometric sum."""
    discount = np.power(1.0 + rate, -1.0 / MONTHS)
    kept = (1.0 - hazard) * discount
    ends = 1.0 - kept
    safe = np.where(ends > 0.0, ends, 1.0)
    found: np.ndarray = np.where(ends > 0.0, hazard * discount * (1.0 - np.power(kept, months)) / safe, 0.0)
    return found


def expected_loss(
    exposures: Exposures, *, stage: np.ndarray, pd: np.ndarray, lgd: np.ndarray, scenario: Scenario
) -> np.ndarray:
    """What is expected to be lost of each account in one scenario, in minor units, float64.

    Args:
        stage, pd, lgd: of each account.
    """
    pd_then = np.clip(pd * scenario.pd_pct / 100, 0.0, 1.0)
    lgd_then = np.clip(lgd * scenario.lgd_pct / 100, 0.0, 1.0)
    of = exposures.account
    in_stage = stage[of]
    months = np.where(in_stage == 1, np.minimum(exposures.months, MONTHS), exposures.months)
    share = lost_share(monthly_hazard(pd_then)[of], months, exposures.rate)
    share = np.where(in_stage == 3, exposures.drawn.astype(np.float64), share)
    found: np.ndarray = np.bincount(of, weights=exposures.amount * share * lgd_then[of], minlength=len(stage))
    return found
