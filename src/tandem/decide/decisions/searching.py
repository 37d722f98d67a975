"""The search for what would have changed a decision: what is tried, in which order, and what is kept of it."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any, Final, NamedTuple

from tandem.decide.decisions.answering import judge, models_of
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.movable import Movable
from tandem.decide.decisions.turning import constants_of, edges_of
from tandem.decide.decisions.types import Facts
from tandem.decide.policy import CompiledPolicy, Outcome, PolicyResult, places_of
from tandem.decide.reasons import adverse_of
from tandem.kernel.values import SqlType, Value

__all__ = ["TRIES_MAX", "Found", "Search"]

TRIES_MAX: Final = 4_000
"""Decisions taken in one search; at 0.1 ms each, less than half a second."""
FOUND_MAX: Final = 5
FIELDS_MAX: Final = 3
_STEPS: Final = (1.02, 1.05, 1.1, 1.15, 1.2, 1.3, 1.4, 1.5, 1.75, 2.0, 2.5, 3.0, 3.5, 4.0)
_PAIR_STEPS: Final = 14
_HALVINGS: Final = 48
_EXTRA_FIELD: Final = 0.25
_CHOICE_COST: Final = 1.0
_RANKS: Final = {"decline": 0, "review": 1, "approve": 2}


class Found(NamedTuple):
    """Facts that were changed, how large the changes are together, and what was decided on them."""

    cost: float
    changed: dict[str, Value]
    result: PolicyResult


class Search:
    """Tries changes of facts; remembers those that change the outcome for the better."""

    def __init__(self, facts: Facts, policy: CompiledPolicy, live: LiveRelease, result: PolicyResult) -> None:
        self.facts = facts
        self.policy = policy
        self.live = live
        self.tried = 0
        self.found: dict[tuple[str, ...], Found] = {}
        self._rank = _RANKS[str(result.outcome)]
        self._adverse = frozenset(adverse_of(result, policy, facts.row, live.vocabulary))
        self._places = places_of(policy.plan)
        self._passed = {step.partition(":")[0] for step in result.path}
        self._severities = self._severity_by_stage(result)
        trace = policy.trace(facts.row, facts.members)
        self.constants = constants_of(trace)
        self.edges = edges_of(model.document for model in models_of(policy).values())

    def run(self, movable: Sequence[Movable]) -> None:
        """Single facts first, then pairs, then one after the other by what the models say."""
        ladders = {one.field: self._ladder(one) for one in movable}
        for one in movable:
            self._single(one, ladders[one.field])
        alone = {names[0] for names in self.found}
        for first, second in combinations([one for one in movable if one.field not in alone], 2):
            self._pair(first, second, ladders)
        if not self.found:
            self._greedily(movable, ladders)

    def smallest(self) -> list[Found]:
        """What was found, smallest first."""
        ranked = sorted(self.found.values(), key=lambda one: (one.cost, sorted(one.changed)))
        return ranked[:FOUND_MAX]

    # -- trying

    def judge(self, changed: Mapping[str, Value]) -> PolicyResult | None:
        """The decision on the changed facts; None once enough was tried."""
        if self.tried >= TRIES_MAX:
            return None
        self.tried += 1
        row = {**self.facts.row, **changed}
        return judge(Facts(row=row, members=self.facts.members), self.policy)

    def better(self, changed: Mapping[str, Value]) -> PolicyResult | None:
        """The decision on the changed facts, if it is better than the one that was taken, and nothing else is worse."""
        result = self.judge(changed)
        if result is None or _RANKS[str(result.outcome)] < self._rank or self._worsens(result):
            return None
        if _RANKS[str(result.outcome)] > self._rank:
            return result
        row = {**self.facts.row, **changed}
        now = frozenset(adverse_of(result, self.policy, row, self.live.vocabulary))
        return result if now < self._adverse else None

    def keep(self, movable: Sequence[Movable], changed: dict[str, Value]) -> None:
        """Leave out of ``changed`` what is not needed, draw the rest back, and remember it.

        First what costs most is tried without; then each fact is drawn towards what it was while the outcome stays better, after
        which another may have become superfluous.
        """
        changed = self._pruned(movable, changed)
        for one in movable:
            if one.field in changed:
                changed = self._drawn_back(one, changed)
        changed = self._pruned(movable, {one.field: changed[one.field] for one in movable if one.field in changed})
        result = self.better(changed) if changed else None
        if result is None:
            return
        names = tuple(sorted(changed))
        cost = sum(_cost(one, changed[one.field]) for one in movable if one.field in changed)
        cost += _EXTRA_FIELD * (len(changed) - 1)
        if names not in self.found or cost < self.found[names].cost:
            self.found[names] = Found(cost, changed, result)

    def _pruned(self, movable: Sequence[Movable], changed: dict[str, Value]) -> dict[str, Value]:
        """``changed`` without any move that the outcome does not need."""
        by_cost = sorted(
            (one for one in movable if one.field in changed), key=lambda one: -_cost(one, changed[one.field])
        )
        again = True
        while again:
            again = False
            for one in by_cost:
                rest = {name: value for name, value in changed.items() if name != one.field}
                if one.field in changed and rest and self.better(rest) is not None:
                    changed, again = rest, True
        return changed

    def _worsens(self, result: PolicyResult) -> bool:
        """Whether a stage that was gone through comes to anything worse than it did."""
        now = self._severity_by_stage(result)
        return any(stage in self._passed and now[stage] > self._severities.get(stage, 0) for stage in now)

    def _severity_by_stage(self, result: PolicyResult) -> dict[str, int]:
        found: dict[str, int] = {}
        for fired in result.fired:
            place = self._places.get(fired)
            outcome = Outcome.APPROVE if place is None or place.outcome is None else place.outcome
            stage = fired.partition(".")[0]
            found[stage] = max(found.get(stage, 0), _RANKS["approve"] - _RANKS[str(outcome)])
        return found

    def _drawn_back(self, one: Movable, changed: dict[str, Value]) -> dict[str, Value]:
        """The nearest value to the old one, between it and the new one, at which the outcome still is better."""
        fails, holds = one.value, changed[one.field]
        if one.choices or fails == holds:
            return changed
        for _ in range(_HALVINGS):
            middle = _between(one, fails, holds)
            if middle is None:
                break
            if self.better({**changed, one.field: middle}) is None:
                fails = middle
            else:
                holds = middle
        return {**changed, one.field: holds}

    # -- ways of searching

    def _single(self, one: Movable, ladder: Sequence[Value]) -> None:
        for way in _ways(one, ladder):
            for value in way:
                if self.better({one.field: value}) is not None:
                    self.keep([one], {one.field: value})
                    break

    def _pair(self, first: Movable, second: Movable, ladders: Mapping[str, Sequence[Value]]) -> None:
        tries = sorted(
            (_cost(first, a) + _cost(second, b), index, a, b)
            for index, (a, b) in enumerate(
                (a, b)
                for a in _thinned(ladders[first.field], _PAIR_STEPS)
                for b in _thinned(ladders[second.field], _PAIR_STEPS)
            )
        )
        for _, _, a, b in tries:
            changed = {first.field: a, second.field: b}
            if self.better(changed) is not None:
                self.keep([first, second], changed)
                return

    def _greedily(self, movable: Sequence[Movable], ladders: Mapping[str, Sequence[Value]]) -> None:
        """Take again and again the move that lowers the models' probabilities most."""
        changed: dict[str, Value] = {}
        for _ in range(FIELDS_MAX):
            best: tuple[float, str, Value] | None = None
            for one in movable:
                if one.field in changed:
                    continue
                for value in _thinned(ladders[one.field], _PAIR_STEPS):
                    result = self.judge({**changed, one.field: value})
                    if result is None:
                        return
                    risk = sum(score.probability for score in result.scores.values())
                    if best is None or risk < best[0]:
                        best = (risk, one.field, value)
            if best is None:
                return
            changed[best[1]] = best[2]
            if self.better(changed) is not None:
                self.keep([one for one in movable if one.field in changed], changed)
                return

    def _ladder(self, one: Movable) -> list[Value]:
        """Values to try, in order: just before and after every point where a condition or a model may turn."""
        if one.choices:
            return list(one.choices)
        assert isinstance(one.value, int | float)
        size = abs(float(one.value)) or 1.0
        points: set[float] = {one.low, one.high}
        for step in _STEPS:
            points.update((one.value + size * (step - 1), one.value - size * (1 - 1 / step)))
        for at in (*self.constants.get(one.field, ()), *self.edges.get(one.field, ())):
            points.update(_around(one, at))
        whole = {_typed(one, point) for point in points if one.low <= point <= one.high}
        return sorted(value for value in whole if value != one.value and one.low <= value <= one.high)


# -- numbers


def _around(one: Movable, at: float) -> tuple[float, float]:
    """The nearest values on either side of a threshold, the threshold itself among them where it can be taken."""
    if one.type is SqlType.INTEGER:
        return math.floor(at), math.floor(at) + 1
    return at, math.nextafter(at, math.inf)


def _typed(one: Movable, value: float) -> Any:
    return round(value) if one.type is SqlType.INTEGER else float(value)


def _between(one: Movable, fails: Any, holds: Any) -> Any | None:
    """A value half-way; None where there is none worth trying."""
    if one.type is SqlType.INTEGER:
        return None if abs(holds - fails) <= 1 else (fails + holds) // 2
    middle = (fails + holds) / 2
    near = abs(holds - fails) <= 1e-6 * max(1.0, abs(holds))
    return None if near or middle in {fails, holds} else middle


def _ways(one: Movable, ladder: Sequence[Value]) -> tuple[list[Value], list[Value]]:
    """The ladder upwards and downwards from the value, each with its nearest step first."""
    if one.choices:
        return list(ladder), []
    rungs: list[Any] = list(ladder)
    return rungs[bisect_right(rungs, one.value) :], rungs[: bisect_left(rungs, one.value)][::-1]


def _thinned(ladder: Sequence[Value], most: int) -> list[Value]:
    """At most about ``most`` of its steps, both ends kept."""
    if len(ladder) <= most:
        return list(ladder)
    return [ladder[round(index * (len(ladder) - 1) / (most - 1))] for index in range(most)]


def _cost(one: Movable, value: Any) -> float:
    if value == one.value:
        return 0.0
    if one.choices or not isinstance(one.value, int | float):
        return _CHOICE_COST
    return float(abs(value - one.value) / (abs(one.value) or 1.0))
