"""What waits for a person, ordered by what an hour of theirs brings. Pure."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tandem.act.collections.folding import Work
from tandem.act.collections.strategy import Strategy
from tandem.act.collections.types import Choice, Situation
from tandem.kernel.time import Micros

__all__ = ["ASSUMED_MINUTES", "WorkItem", "ordered", "worth"]

ASSUMED_MINUTES = 5.0
"""Of work that the strategy says no minutes of, such as a decision about an agency."""


class WorkItem(msgspec.Struct, frozen=True, kw_only=True):
    """One account that waits.

    Attributes:
        choice: what the strategy would have a person do.
        expected_minor: what that is expected to bring; assumed: not by a model, but by the segment's share.
        per_hour_minor: that, less what it costs, for an hour of a person's time.
        blocked_by: the rule that stands against the contact now; until: when it no longer does.
    """

    work: Work
    situation: Situation
    choice: Choice
    expected_minor: int
    assumed: bool
    per_hour_minor: int
    blocked_by: str | None = None
    until: Micros | None = None


def worth(choice: Choice, situation: Situation, strategy: Strategy) -> tuple[int, bool, int]:
    """What ``choice`` is expected to bring, whether that is assumed, and its value for an hour, in minor units."""
    expected, assumed = choice.expected_minor, False
    if expected is None:
        segment = next((one for one in strategy.segments if one.segment == choice.segment), None)
        share = 0.0 if segment is None else segment.assumed_share
        expected, assumed = round(situation.due_minor * share), True
    minutes = choice.action.minutes or ASSUMED_MINUTES
    return expected, assumed, round((expected - choice.action.cost_minor) * 60 / minutes)


def ordered(items: Iterable[WorkItem], *, by: str) -> list[WorkItem]:
    """What ``by`` may take: their own first, then what can be done now, the most valuable first; not what others have."""
    free = [one for one in items if one.work.taken_by in {None, by}]
    return sorted(
        free,
        key=lambda one: (
            one.work.taken_by != by,
            one.blocked_by is not None,
            -one.per_hour_minor,
            one.work.entered,
            one.work.account,
        ),
    )
