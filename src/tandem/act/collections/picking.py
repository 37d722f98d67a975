"""Picking the next action: by the segment's ladder, or by what a model expects less what it costs; never against a rule.

Pure: the draws that exploration and the hold-out need come from the account and the day, so the same question has the
same answer however often it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from tandem.act.collections.strategy import Rung, Segment, Strategy
from tandem.act.collections.types import (
    AUTOMATIC,
    SITUATION_COLUMNS,
    WAIT,
    Action,
    Channel,
    Choice,
    ChosenBy,
    ExpectedRecovery,
    Ranked,
    Situation,
    Step,
)
from tandem.act.trials import drawn
from tandem.kernel.expressions import Conditions, Hits, compile_conditions, parse

__all__ = ["NO_OUTLET", "NO_POINT", "Picker"]

NO_OUTLET: Final = "no_outlet"
"""Told instead of a rule where this lender has no way out by a channel."""
NO_POINT: Final = "no_point"
"""Told instead of a rule where a debtor cannot be reached by a channel at all."""

Forbids = Callable[[Action], str | None]
"""What stands against an action now: a conduct rule, ``NO_OUTLET`` or ``NO_POINT``; None if nothing does."""


class Picker:
    """Picks for one strategy.

    Args:
        expected: a model of response; None: the ladder alone.
    """

    def __init__(self, strategy: Strategy, expected: ExpectedRecovery | None = None) -> None:
        self.strategy = strategy
        self._expected = expected
        conditions = [parse(one.when, SITUATION_COLUMNS) for one in strategy.segments]
        self._first: Conditions = compile_conditions(conditions, hits=Hits.FIRST)

    def segment_of(self, situation: Situation) -> Segment | None:
        """The first whose condition holds; None: the strategy has none for it."""
        found = self._first(situation.row(), {})
        return self.strategy.segments[found[0]] if found else None

    def rung_of(self, segment: Segment, situation: Situation) -> Rung | None:
        """The rung that the account stands on today; None before the first."""
        day = situation.days_past_due
        if day == 0:
            if situation.days_to_due is None:
                return None
            day = -situation.days_to_due
        reached = [rung for rung in segment.ladder if rung.from_day <= day]
        return reached[-1] if reached else None

    def actions(self, segment: Segment, situation: Situation) -> list[Action]:
        """What may be done today: the rung's step by each of its channels, and waiting; empty before the first rung."""
        rung = self.rung_of(segment, situation)
        if rung is None:
            return []
        return [self.action(rung.step, channel) for channel in rung.channels] or [Action(step=rung.step)]

    def action(self, step: Step, channel: Channel | None) -> Action:
        """An action with what it costs."""
        if channel is None:
            return Action(step=step)
        cost = self.strategy.costs[channel]
        template = self.strategy.template_for(step, channel)
        person = round(cost.minutes * self.strategy.person_minor_per_hour / 60)
        return Action(
            step=step, channel=channel, template=None if template is None else template.template,
            cost_minor=cost.minor + person, minutes=cost.minutes,
        )  # fmt: skip

    def pick(self, situation: Situation, forbids: Forbids) -> Choice:
        """What to do today.

        Args:
            forbids: asked for each contact that comes into question.
        """
        segment = self.segment_of(situation)
        if segment is None:
            return Choice(action=WAIT, chosen_by="ladder")
        rung = self.rung_of(segment, situation)
        if rung is None or self._rests(rung, situation):
            return Choice(action=WAIT, chosen_by="ladder", segment=segment.segment)
        ranked = [Ranked(action=one, blocked_by=forbids(one)) for one in self.actions(segment, situation)]
        if rung.step != "reminder" and _needs_a_person(ranked):
            ranked += [Ranked(action=one, blocked_by=forbids(one)) for one in self._by_people(rung.step)]
        held_out = drawn("hold_out", self.strategy.name, situation.account) < self.strategy.trying.hold_out
        if self._expected is None or held_out or not rung.channels:
            ranked.sort(key=lambda one: situation.contacts_by.get(one.action.channel or "call", 0))  # each in its turn
            return self._by_ladder(segment, ranked, "hold_out" if held_out and self._expected is not None else "ladder")
        return self._by_model(segment, situation, ranked, self._expected)

    def _by_people(self, step: Step) -> list[Action]:
        """``step`` by what people do, the cheapest first."""
        channels = [one for one in self.strategy.costs if one not in AUTOMATIC]
        return sorted((self.action(step, one) for one in channels), key=lambda one: one.cost_minor)

    def _by_ladder(self, segment: Segment, ranked: Sequence[Ranked], by: ChosenBy) -> Choice:
        free = [one for one in ranked if one.blocked_by is None]
        action = free[0].action if free else WAIT
        return Choice(action=action, chosen_by=by, segment=segment.segment, ranked=tuple(ranked))

    def _by_model(
        self, segment: Segment, situation: Situation, ranked: Sequence[Ranked], expected: ExpectedRecovery
    ) -> Choice:
        known = [Ranked(action=WAIT, expected_minor=0)] + [
            Ranked(action=one.action, expected_minor=expected(situation, one.action), blocked_by=one.blocked_by)
            for one in ranked
        ]
        known.sort(key=lambda one: -(one.value_minor or 0))  # stable: of two alike the ladder's first
        free = [one for one in known if one.blocked_by is None]
        share = self.strategy.trying.exploration
        draw = drawn("exploration", self.strategy.name, situation.account, situation.day)
        explores = draw < share
        chosen = free[int(draw / share * len(free))] if explores else free[0]
        evenly = share / len(free)
        return Choice(
            action=chosen.action, chosen_by="exploration" if explores else "model", segment=segment.segment,
            expected_minor=chosen.expected_minor, propensity=evenly + (1 - share) * (chosen is free[0]), ranked=tuple(known),
        )  # fmt: skip

    def _rests(self, rung: Rung, situation: Situation) -> bool:
        """A promise is waited for, and so is an answer."""
        if situation.promise_open or situation.dispute:
            return True
        since = situation.days_since_contact
        return since is not None and since < rung.wait_days and situation.last_step == rung.step


def _needs_a_person(ranked: Sequence[Ranked]) -> bool:
    """Whether none of the channels can reach the debtor, and that for want of a way out: it would never leave by itself."""
    why = {one.blocked_by for one in ranked}
    return NO_OUTLET in why and why <= {NO_OUTLET, NO_POINT}
