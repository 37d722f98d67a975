"""Why a limit moves, as codes of the reason catalogue: the rules that bound the step, then the grade and the behaviour. Pure.

A lower step is told by what speaks against the account, a higher one by what speaks for it. Where neither says anything it
was what all accounts together may cost, and that is said rather than nothing.
"""

from __future__ import annotations

from typing import Final

from tandem.act.limits.sorting import Sorted
from tandem.act.limits.types import LimitStrategy

__all__ = ["reasons_for"]

_MOST: Final = 4


def reasons_for(strategy: LimitStrategy, stands: Sorted, step: int) -> tuple[str, ...]:
    """Codes for a step other than to hold, the most important first; at most four."""
    if step == strategy.hold:
        return ()
    lower = step < strategy.hold
    found: list[str] = []
    if lower:
        names = {one.step: at for at, one in enumerate(strategy.steps)}
        bounding = [strategy.rules[one] for one in stands.rules]
        found += [one.reason for one in bounding if one.at_most is not None and names[one.at_most] <= strategy.hold]
    grade, band = strategy.grades[stands.grade], strategy.bands[stands.band]
    said = (grade.reason, band.reason) if lower else (band.merit,)
    found += [one for one in said if one is not None]
    return tuple(dict.fromkeys(found))[:_MOST] or (strategy.bound_reason,)
