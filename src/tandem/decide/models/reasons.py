"""From contributions to the few reasons a person is told.

Rules, in the order they apply (Regulation B, 12 CFR 1002.9 and its commentary, is the strictest text they serve):
inputs that share a reason code count as one reason, with what favoured the applicant set against what did not; a reason
whose sum did not raise the risk is never given; the rest are ranked by their sum, largest first, ties by the order of
the inputs; at most four are given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec

from tandem.kernel.values import Value

__all__ = ["PRINCIPAL_REASONS", "UNIT", "Contribution", "adverse_groups", "reason_groups"]

PRINCIPAL_REASONS: Final = 4
"""The most reasons a person is given."""
UNIT: Final = 1e9
"""Contributions are ranked and shown in whole 1e-9 log-odds, so that every kernel names the same reasons."""


class Contribution(msgspec.Struct, frozen=True):
    """One reason why the margin is above its mean.

    Args:
        input: the input of this reason that raised the margin most.
        value: the value it had.
        contribution: log-odds the whole reason added, to 1e-9.
        reason_code: code in the reason catalogue; None where the input has none.
    """

    input: str
    value: Value
    contribution: float
    reason_code: str | None


def reason_groups(reasons: Sequence[str | None]) -> list[int]:
    """A number per input, equal where inputs share a reason code; inputs without a code stand alone."""
    known: dict[str, int] = {}
    groups: list[int] = []
    following = 0
    for reason in reasons:
        if reason is not None and reason in known:
            groups.append(known[reason])
            continue
        if reason is not None:
            known[reason] = following
        groups.append(following)
        following += 1
    return groups


def adverse_groups(contributions: Sequence[float], groups: Sequence[int], top: int) -> list[tuple[int, float]]:
    """Up to ``top`` groups with a positive sum, largest first: (input that added most, sum in 1e-9 log-odds)."""
    sums: dict[int, float] = {}
    most: dict[int, float] = {}
    leaders: dict[int, int] = {}
    for index, (contribution, group) in enumerate(zip(contributions, groups, strict=True)):
        part = float(round(contribution * UNIT))
        if group not in sums:
            sums[group] = most[group] = part
            leaders[group] = index
            continue
        sums[group] += part
        if part > most[group]:
            most[group], leaders[group] = part, index
    found = [(leaders[group], total) for group, total in sums.items() if total > 0.0]
    found.sort(key=lambda one: (-one[1], one[0]))
    return found[: max(top, 0)]
