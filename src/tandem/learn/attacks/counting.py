"""Counts what a policy did to attackers and to everybody else, event by event, and says it as a report."""

from __future__ import annotations

import statistics
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Final

from tandem.decide.policy import PolicyResult
from tandem.kernel.time import DAY, SECOND
from tandem.learn.attacks.definitions import (
    AttackMoment,
    AttackRole,
    AttackSeen,
    AttackStopper,
    AttackTally,
)
from tandem.learn.attacks.world import Happened

__all__ = ["Counting"]

_MOMENTS_MAX: Final = 60
"""Stretches that the attack's time is told in, at most: as many for each day."""
_THIRD: Final = 3


@dataclass
class _Tally:
    """A tally that grows."""

    counts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    money: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, outcome: str, amount_minor: int) -> None:
        self.counts[outcome] += 1
        self.money[outcome] += amount_minor

    def told(self) -> AttackTally:
        return AttackTally(
            count=sum(self.counts.values()),
            approved=self.counts["approve"],
            reviewed=self.counts["review"],
            declined=self.counts["decline"],
            amount_minor=sum(self.money.values()),
            approved_minor=self.money["approve"],
            reviewed_minor=self.money["review"],
            declined_minor=self.money["decline"],
        )


@dataclass
class _Group:
    """The attempts of one ring so far, and which of them was the first to be stopped."""

    attempts: int = 0
    first_stopped: int | None = None
    after: int = 0
    stopped_after: int = 0


@dataclass
class _Stopper:
    """What one rule has stopped."""

    reasons: set[str] = field(default_factory=set)
    attack: int = 0
    honest: int = 0
    alone: int = 0
    first_at: int | None = None


@dataclass
class _Moment:
    """One stretch of time."""

    attempts: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    honest: int = 0
    honest_stopped: int = 0
    lost_minor: int = 0


class Counting:
    """Takes decisions in order of time.

    Args:
        begin, end: the attack's time.
    """

    def __init__(self, begin: int, end: int) -> None:
        self._begin = begin
        days = max(1, (end - begin) // DAY)
        count = days * max(1, _MOMENTS_MAX // days)
        self._width = max(1, (end - begin) // count)
        self._moments = [_Moment() for _ in range(count)]
        self._attempts, self._build_up, self._honest = _Tally(), _Tally(), _Tally()
        self._roles: dict[str, _Tally] = defaultdict(_Tally)
        self._people: dict[str, set[str]] = defaultdict(set)
        self._hurt: set[str] = set()
        self._groups: dict[str, _Group] = defaultdict(_Group)
        self._stoppers: dict[str, _Stopper] = defaultdict(_Stopper)
        self._first_attempt: int | None = None
        self._first_alarm: int | None = None
        self._before_alarm = 0
        self.lost_minor = 0
        self.at_stake_minor = 0

    def add(self, event: Happened, result: PolicyResult, amount_minor: int) -> None:
        """Take in what was decided on ``event``, which asked for ``amount_minor``."""
        outcome = str(result.outcome)
        moment = self._moments[min((event.at - self._begin) // self._width, len(self._moments) - 1)]
        if not event.attack:
            self._add_honest(event, outcome, amount_minor, moment)
        elif event.fraud:
            self._add_attempt(event, outcome, amount_minor, result.limit_minor, moment)
        else:
            self._build_up.add(outcome, amount_minor)
        if outcome != "approve" and (event.fraud or not event.attack):
            self._add_stoppers(event, result)

    def _add_honest(self, event: Happened, outcome: str, amount_minor: int, moment: _Moment) -> None:
        person = str(event.row.get("person"))
        self._honest.add(outcome, amount_minor)
        self._roles[event.role].add(outcome, amount_minor)
        self._people[event.role].add(person)
        moment.honest += 1
        if outcome != "approve":
            moment.honest_stopped += 1
            self._hurt.add(person)

    def _add_attempt(
        self, event: Happened, outcome: str, amount_minor: int, limit_minor: int | None, moment: _Moment
    ) -> None:
        stopped = outcome != "approve"
        self._attempts.add(outcome, amount_minor)
        moment.attempts[outcome] += 1
        self.at_stake_minor += event.loss_minor
        if self._first_attempt is None:
            self._first_attempt = event.at
        if stopped and self._first_alarm is None:
            self._first_alarm = event.at
        if not stopped:
            lost = event.loss_minor if limit_minor is None else min(event.loss_minor, limit_minor)
            self.lost_minor += lost
            moment.lost_minor += lost
            self._before_alarm += self._first_alarm is None
        group = self._groups[event.group or event.event_id]
        group.attempts += 1
        if group.first_stopped is not None:
            group.after += 1
            group.stopped_after += stopped
        elif stopped:
            group.first_stopped = group.attempts

    def _add_stoppers(self, event: Happened, result: PolicyResult) -> None:
        named = _stoppers_of(result)
        for name, codes in named.items():
            stopper = self._stoppers[name]
            stopper.reasons |= codes
            if event.attack:
                stopper.attack += 1
                stopper.alone += len(named) == 1
                if stopper.first_at is None:
                    stopper.first_at = event.at
            else:
                stopper.honest += 1

    # -- what it comes to

    @property
    def attempts(self) -> AttackTally:
        """Fraudulent attempts."""
        return self._attempts.told()

    @property
    def build_up(self) -> AttackTally:
        """What attackers did that is no fraud."""
        return self._build_up.told()

    @property
    def honest(self) -> AttackTally:
        """What everybody else did."""
        return self._honest.told()

    @property
    def people_hurt(self) -> int:
        """Honest people who were reviewed or declined at least once."""
        return len(self._hurt)

    def roles(self) -> tuple[AttackRole, ...]:
        """Honest people by role, those who are hurt most often first."""
        found = [
            AttackRole(role=role, people=len(self._people[role]), tally=tally.told())
            for role, tally in self._roles.items()
        ]
        return tuple(sorted(found, key=lambda one: (-(one.tally.reviewed + one.tally.declined), one.role)))

    def stoppers(self) -> tuple[AttackStopper, ...]:
        """What stopped something, by attempts stopped."""
        found = [
            AttackStopper(
                name=name,
                reasons=tuple(sorted(one.reasons)),
                attack=one.attack,
                honest=one.honest,
                alone=one.alone,
                first_seconds=self._since_first(one.first_at),
            )
            for name, one in self._stoppers.items()
        ]
        return tuple(sorted(found, key=lambda one: (-one.attack, -one.honest, one.name)))

    def seen(self) -> AttackSeen:
        """How soon."""
        groups = list(self._groups.values())
        firsts = sorted(one.first_stopped for one in groups if one.first_stopped is not None)
        after = sum(one.after for one in groups)
        return AttackSeen(
            groups=len(groups),
            seen=len(firsts),
            first_alarm_seconds=self._since_first(self._first_alarm),
            attempts_before=self._before_alarm,
            member_median=float(statistics.median(firsts)) if firsts else None,
            member_p90=float(firsts[min(len(firsts) - 1, int(0.9 * len(firsts)))]) if firsts else None,
            by_third=sum(one <= _THIRD for one in firsts) / len(groups) if groups else None,
            stopped_after=sum(one.stopped_after for one in groups) / after if after else None,
        )

    def timeline(self) -> tuple[AttackMoment, ...]:
        """The attack's time in equal stretches."""
        return tuple(
            AttackMoment(
                after_seconds=place * self._width // SECOND,
                attempts=sum(one.attempts.values()),
                approved=one.attempts["approve"],
                reviewed=one.attempts["review"],
                declined=one.attempts["decline"],
                honest=one.honest,
                honest_stopped=one.honest_stopped,
                lost_minor=one.lost_minor,
            )
            for place, one in enumerate(self._moments)
        )

    def _since_first(self, at: int | None) -> int | None:
        """Seconds from the first attempt."""
        if at is None or self._first_attempt is None:
            return None
        return (at - self._first_attempt) // SECOND


def _stoppers_of(result: PolicyResult) -> dict[str, set[str]]:
    """``stage.rule`` of what led to the outcome, with its reason codes; a model's reasons stand for its stage."""
    found: dict[str, set[str]] = {}
    for reason in result.reasons:
        if reason.source in {"rule", "missing"}:
            found.setdefault(f"{reason.stage}.{reason.rule}", set()).add(reason.code)
    if found:
        return found
    for reason in result.reasons:
        found.setdefault(reason.stage, set()).add(reason.code)
    # A rule without a reason is known by what fired last before the flow ended.
    return found or {result.fired[-1] if result.fired else str(result.outcome): set()}
