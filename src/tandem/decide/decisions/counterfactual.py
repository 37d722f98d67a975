"""What would have changed it: the smallest changes of facts under which the same policy decides otherwise.

Candidates come from where the policy and its models can change their mind: constants in conditions, cells of tables, bins
of scorecards, splits of trees; and, for conditions over computed values, a ladder of steps. Each is tried with ``judge``,
the same pure function that decided, so nothing is claimed that was not decided; what was found is then drawn back towards
the facts for as long as the decision stays changed. Nothing here is advice: it says what the policy of then would have
said to other facts, not what a person can or should do.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any, Final

import msgspec

from tandem.decide.decisions.answering import facts_again, judge
from tandem.decide.decisions.archive import DecisionArchive
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.movable import REACH, Held, Movable, movable_fields
from tandem.decide.decisions.records import decode_body, find_decision, personal_of
from tandem.decide.decisions.types import Facts
from tandem.decide.models import Blend, ModelDocument, Scorecard, Trees
from tandem.decide.policy import CompiledPolicy, PolicyResult, Trace
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType, Value
from tandem.observe.journal import Journal

__all__ = ["Counterfactual", "Counterfactuals", "Move", "counterfactuals_of", "find_counterfactuals"]

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


class Move(msgspec.Struct, frozen=True, kw_only=True):
    """One fact, as it was and as it would have had to be."""

    field: str
    then: Value
    now: Value


class Counterfactual(msgspec.Struct, frozen=True, kw_only=True):
    """Other facts, and what the policy decides on them.

    Attributes:
        moves: the facts that differ; all others are as they were.
        outcome, reasons, limit_minor: of the decision on them.
        cost: how large the moves are together: relative changes, and a quarter for every further fact.
        en, zh: the same in words.
    """

    moves: tuple[Move, ...]
    outcome: str
    reasons: tuple[str, ...]
    limit_minor: int | None
    cost: float
    en: str
    zh: str


class Counterfactuals(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, smallest first; each was decided by the policy and release of the decision.

    Attributes:
        outcome: of the decision.
        moved: fields that were tried; ``held``: fields the policy looks at that were not, and why.
        tried: decisions taken in the search.
        complete: whether all that was meant to be tried was, within ``TRIES_MAX``.
        reach: a number was moved up to so many times itself.
        erased: the facts are gone with their person.
        en, zh: what was found, or that nothing was, in words.
    """

    decision_id: str
    outcome: str
    found: tuple[Counterfactual, ...] = ()
    moved: tuple[str, ...] = ()
    held: tuple[Held, ...] = ()
    tried: int = 0
    complete: bool = True
    reach: float = REACH
    erased: bool = False
    en: str = ""
    zh: str = ""


def counterfactuals_of(identifier: str, archive: DecisionArchive, journal: Journal) -> Counterfactuals:
    """What would have changed the decision with this decision id or event id.

    Raises:
        NotFound: no such decision.
    """
    record = find_decision(journal, identifier)
    trail = decode_body(record.clear).trail
    personal = personal_of(record, journal)
    if personal is None:
        return Counterfactuals(
            decision_id=trail.decision_id,
            outcome=trail.outcome,
            erased=True,
            en="The facts of this decision were erased with their person.",
            zh="本决策所依据的信息已随当事人数据一并删除。",
        )
    live = archive.release(trail.release)
    policy = live.policy_for(trail.event_type, trail.policy)
    return find_counterfactuals(facts_again(personal, policy), policy, live, trail.event_type, trail.decision_id)


def find_counterfactuals(
    facts: Facts, policy: CompiledPolicy, live: LiveRelease, event_type: EventTypeName, decision_id: str
) -> Counterfactuals:
    """The smallest changes of ``facts`` under which ``policy`` comes to a better outcome. Pure.

    Args:
        facts: as they were.
        policy, live: that decided.
        event_type: of the event decided on.
        decision_id: for the answer.
    """
    outcome = str(judge(facts, policy, live).outcome)
    if _RANKS[outcome] == max(_RANKS.values()):
        return Counterfactuals(
            decision_id=decision_id,
            outcome=outcome,
            en="The decision was the best this policy gives.",
            zh="该决策已是本策略的最优结果。",
        )
    declared = live.reader.event_types[event_type]
    movable, held = movable_fields(declared, policy.columns, live.plan, facts.row)
    search = _Search(facts, policy, live, outcome)
    search.run(movable)
    found = search.smallest()
    en, zh = _summary(found, movable, outcome)
    return Counterfactuals(
        decision_id=decision_id,
        outcome=outcome,
        found=found,
        moved=tuple(one.field for one in movable),
        held=tuple(held),
        tried=search.tried,
        complete=search.tried < TRIES_MAX,
        en=en,
        zh=zh,
    )


class _Search:
    """Tries changes of facts; remembers those that change the outcome for the better."""

    def __init__(self, facts: Facts, policy: CompiledPolicy, live: LiveRelease, outcome: str) -> None:
        self.facts = facts
        self.policy = policy
        self.live = live
        self.rank = _RANKS[outcome]
        self.tried = 0
        self.found: dict[tuple[str, ...], tuple[float, dict[str, Value], PolicyResult]] = {}
        trace = policy.trace(facts.row, facts.members, live.models)
        self.constants = _constants(trace)
        self.edges = _edges(model.document for model in live.models.values())

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

    def smallest(self) -> tuple[Counterfactual, ...]:
        """What was found, smallest first."""
        ranked = sorted(self.found.values(), key=lambda one: (one[0], sorted(one[1])))
        return tuple(self._told(*one) for one in ranked[:FOUND_MAX])

    # -- trying

    def judge(self, changed: Mapping[str, Value]) -> PolicyResult | None:
        """The decision on the changed facts; None once enough was tried."""
        if self.tried >= TRIES_MAX:
            return None
        self.tried += 1
        row = {**self.facts.row, **changed}
        return judge(Facts(row=row, members=self.facts.members), self.policy, self.live)

    def better(self, changed: Mapping[str, Value]) -> PolicyResult | None:
        """The decision on the changed facts, if it is better than the one that was taken."""
        result = self.judge(changed)
        return result if result is not None and _RANKS[str(result.outcome)] > self.rank else None

    def keep(self, movable: Sequence[Movable], changed: dict[str, Value]) -> None:
        """Draw each fact of ``changed`` back towards what it was while the outcome stays better, and remember it."""
        for one in movable:
            changed = self._drawn_back(one, changed)
        changed = {one.field: changed[one.field] for one in movable if changed[one.field] != one.value}
        result = self.better(changed)
        if result is None or not changed:
            return
        names = tuple(sorted(changed))
        cost = sum(_cost(one, changed[one.field]) for one in movable if one.field in changed)
        cost += _EXTRA_FIELD * (len(changed) - 1)
        if names not in self.found or cost < self.found[names][0]:
            self.found[names] = (cost, changed, result)

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

    def _told(self, cost: float, changed: dict[str, Value], result: PolicyResult) -> Counterfactual:
        moves = tuple(
            Move(field=name, then=self.facts.row.get(name), now=value) for name, value in sorted(changed.items())
        )
        outcome = str(result.outcome)
        en = " and ".join(f"{one.field} been {_text(one.now)} instead of {_text(one.then)}" for one in moves)
        zh = "且".join(f"{one.field} 为 {_text(one.now)}（而非 {_text(one.then)}）" for one in moves)
        return Counterfactual(
            moves=moves,
            outcome=outcome,
            reasons=tuple(reason.code for reason in result.reasons),
            limit_minor=result.limit_minor,
            cost=cost,
            en=f"Had {en}, the outcome would have been {outcome}.",
            zh=f"若 {zh}，结果将为{_OUTCOMES_ZH[outcome]}。",
        )


_OUTCOMES_ZH: Final = {"decline": "拒绝", "review": "人工审核", "approve": "通过"}


def _summary(found: Sequence[Counterfactual], movable: Sequence[Movable], outcome: str) -> tuple[str, str]:
    if found:
        return found[0].en, found[0].zh
    if not movable:
        return (
            "None of the facts that this policy looked at may move, so nothing was tried.",
            "本策略所依据的信息均不可变动，因此未作尝试。",
        )
    tried = f"No change of the facts that may move, up to {REACH:g} times themselves, was found under which this policy"
    return (
        f"{tried} comes to anything better than {outcome}.",
        f"在可变动信息变动至 {REACH:g} 倍的范围内，未找到能使本策略给出优于{_OUTCOMES_ZH[outcome]}结果的改变。",
    )


# -- where a policy may change its mind


def _constants(trace: Trace) -> dict[str, set[float]]:
    """Column to the numbers it is compared with, as the trace tells them."""
    found: dict[str, set[float]] = {}

    def compared(step: Any) -> None:
        operands = step.get("operands", ())
        names = [one["text"].strip('"') for one in operands if not one.get("constant")]
        numbers = [one["value"] for one in operands if one.get("constant") and _is_number(one["value"])]
        for name in names:
            found.setdefault(name, set()).update(numbers)
        for part in step.get("parts", ()):
            compared(part)

    for stage in trace.stages:
        for condition in stage.conditions:
            if isinstance(condition.steps, dict):
                compared(condition.steps)
            for cell in condition.cells:
                found.setdefault(cell["column"], set()).update(_numbers_in(cell["test"]))
    return found


def _numbers_in(test: str) -> Iterator[float]:
    for word in test.replace("(", " ").replace(")", " ").replace("[", " ").replace("]", " ").replace(",", " ").split():
        try:
            number = float(word.lstrip("<>=!"))
        except ValueError:
            continue
        if math.isfinite(number):
            yield number


def _edges(documents: Iterable[ModelDocument]) -> dict[str, set[float]]:
    """Column to the numbers at which a model's answer may jump."""
    found: dict[str, set[float]] = {}
    for document in documents:
        if isinstance(document, Blend):
            for name, edges in _edges(member.model for member in document.members).items():
                found.setdefault(name, set()).update(edges)
        elif isinstance(document, Scorecard):
            for one in document.inputs:
                found.setdefault(one.name, set()).update(one.edges)
        elif isinstance(document, Trees):
            for tree in document.trees:
                for feature, threshold in zip(tree.feature, tree.threshold, strict=True):
                    found.setdefault(document.inputs[feature].name, set()).add(threshold)
    return found


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


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _text(value: Value) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)
