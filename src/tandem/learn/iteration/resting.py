"""Distances in days: how long nothing new may begin, and when a champion is due."""

from __future__ import annotations

from datetime import date

from tandem.learn.iteration.plan import IterationPlan
from tandem.learn.iteration.states import IterationState

__all__ = ["days_apart", "due_for_refresh", "looks_today", "rests"]

_AGE_WITHOUT_ENVELOPE = 180


def days_apart(earlier: str, later: str) -> int:
    """Days from one day to another."""
    return (date.fromisoformat(later) - date.fromisoformat(earlier)).days


def rests(plan: IterationPlan, state: IterationState, day: str) -> bool:
    """Whether the last promotion, roll-back or abort is so fresh that no challenger may set out."""
    if not state.rests_from:
        return False
    envelope = plan.envelope
    between = 7 if envelope is None else envelope.days_between
    return days_apart(state.rests_from, day) < between


def looks_today(plan: IterationPlan, state: IterationState, day: str) -> bool:
    """Whether the last look is long enough ago for another."""
    return not state.looked or days_apart(state.looked, day) >= plan.evidence.every_days


def due_for_refresh(plan: IterationPlan, state: IterationState, day: str) -> bool:
    """Whether the champion is so old that it is refreshed without being beaten."""
    limit = _AGE_WITHOUT_ENVELOPE if plan.envelope is None else plan.envelope.champion_age_days
    return days_apart(state.champion.since, day) >= limit
