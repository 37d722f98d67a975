"""Whether an answer that is still out can change what comes out, and who is to be asked for it.

The flow is walked once with the answers of those not asked yet as unknown: not missing, but any value at all. A condition
that holds whatever they say holds; one that may go either way is gone both ways, and the ways meet again behind it. Where
every way ends in the same outcome on the same terms, nobody need be asked. The walk never takes a way for impossible that
an answer could open, so "settled" is a proof; it may take one for possible that no answer opens, and then somebody is asked
for nothing.

Reasons are not looked at: an application that is declined whatever a bureau says is declined without the bureau's reasons.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NamedTuple

from tandem.decide.policy.cells import holds
from tandem.decide.policy.closing import UNRANKED
from tandem.decide.policy.collecting import COLLECTORS
from tandem.decide.policy.plan import (
    BoundAsk,
    BoundEffect,
    BoundModel,
    BoundRow,
    BoundRule,
    BoundRules,
    BoundScorecard,
    BoundSet,
    BoundSplit,
    BoundStage,
    BoundSwitch,
    BoundTable,
    Plan,
)
from tandem.decide.policy.results import ScoringModel
from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.telling import value_of
from tandem.decide.policy.tracing_tables import scan
from tandem.decide.policy.types import Missing, Outcome
from tandem.kernel.expressions import ColumnRef, Expression, Node
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["Reached", "Wanted", "what_to_ask"]


class Wanted(NamedTuple):
    """A connector whose stage is reached whatever the others answer; ``stake_minor`` where its stage names one."""

    connector: str
    stake_minor: int | None


@dataclass(frozen=True, slots=True)
class Reached:
    """What the walk found.

    Attributes:
        settled: outcome, limit, price and actions are the same whatever those not asked yet would answer.
        wanted: whom to ask next, in the order of the flow; nobody where it is settled.
    """

    settled: bool
    wanted: tuple[Wanted, ...]


def what_to_ask(
    plan: Plan,
    row: Row,
    lists: Mapping[str, Container[str]],
    models: Mapping[str, ScoringModel],
    answered: Container[str],
) -> Reached:
    """Whom the flow would ask next for this application.

    Args:
        plan: of the policy.
        row: facts; those that answered connectors gave among them, None where they gave none.
        lists: members by list name.
        models: by name.
        answered: connectors that were asked, whatever came of it.
    """
    walk = _Walk(plan, row, lists, models, answered)
    walk.flow(plan.flow)
    settled = walk.settled()
    return Reached(settled, () if settled else tuple(walk.wanted))


class _Unsure:
    """What stands for a value that may differ from way to way."""


_UNSURE: Final = _Unsure()
_KLEENE: Final = frozenset({"and", "or", "not", "compare", "in", "between"})
"""Operators whose answer, once there is one in spite of an unknown, no value in its place can change."""

Terms = tuple[Any, Any, Any, Any]
"""Limit, cap, price and actions."""


class _State:
    """All ways that are still going on, taken together.

    Attributes:
        bests: ranks that may be the strongest so far.
        names: facts and variables, of which ``unknown`` may be anything.
        limit, cap, price, actions: so far, or ``_UNSURE``.
    """

    __slots__ = ("actions", "bests", "cap", "limit", "names", "price", "unknown")

    def __init__(self, names: Row, unknown: set[str]) -> None:
        self.bests: set[int] = {UNRANKED}
        self.names = names
        self.unknown = unknown
        self.limit: Any = None
        self.cap: Any = None
        self.price: Any = ()
        self.actions: Any = ()

    def copy(self) -> _State:
        other = _State(dict(self.names), set(self.unknown))
        other.bests = set(self.bests)
        other.limit, other.cap, other.price, other.actions = self.terms
        return other

    @property
    def terms(self) -> Terms:
        return self.limit, self.cap, self.price, self.actions

    def hit(self, rank: int) -> None:
        self.bests = {min(rank, best) for best in self.bests}

    def join(self, others: Iterable[_State]) -> None:
        """The ways of ``others`` meet these; a state without ways brings nothing."""
        for other in others:
            if not other.bests:
                continue
            if not self.bests:
                self.bests, self.names, self.unknown = set(other.bests), dict(other.names), set(other.unknown)
                self.limit, self.cap, self.price, self.actions = other.terms
                continue
            self.bests |= other.bests
            self.unknown |= other.unknown
            self.unknown.update(name for name, value in self.names.items() if not _same(value, other.names[name]))
            self.limit, self.cap, self.price, self.actions = (
                mine if _same(mine, theirs) else _UNSURE for mine, theirs in zip(self.terms, other.terms, strict=True)
            )


class _Walk:
    """One walk through a plan."""

    def __init__(
        self,
        plan: Plan,
        row: Row,
        lists: Mapping[str, Container[str]],
        models: Mapping[str, ScoringModel],
        answered: Container[str],
    ) -> None:
        self.plan = plan
        self.row = row
        self.lists = lists
        self.models = models
        self.open = {connector for connector in plan.asks if connector not in answered}
        unknown = {name for connector in self.open for name in plan.asks[connector]}
        names: Row = {**{name: row.get(name) for name in plan.columns}, **dict.fromkeys(plan.variables)}
        self.state = _State(names, unknown)
        self.ended: set[tuple[int, Terms]] = set()
        self.wanted: list[Wanted] = []
        self.aside = 0
        """In how many branches we are that may not be taken."""

    def settled(self) -> bool:
        ranks = {rank for rank, _ in self.ended}
        if ranks == {self.plan.rank(Outcome.DECLINE)}:  # there are no terms but what is to be done
            actions = {terms[-1] for _, terms in self.ended}
            return len(actions) == 1 and _UNSURE not in actions
        return len(self.ended) == 1 and not any(one is _UNSURE for _, terms in self.ended for one in terms)

    # -- reading

    def sure(self, expression: Expression) -> bool:
        """Whether its value is the same on every way, whatever is answered."""
        if self.state.unknown.isdisjoint(expression.columns):
            return True
        return self.value(expression) is not None and self._kleene(expression.tree)

    def value(self, expression: Expression) -> Value:
        """Its value with what is unknown left out."""
        names = self.state.names
        if not self.state.unknown.isdisjoint(expression.columns):
            names = {**names, **dict.fromkeys(self.state.unknown)}
        return value_of(expression, names, self.lists)

    def _kleene(self, node: Node) -> bool:
        if isinstance(node, ColumnRef):
            return True
        arguments: tuple[Node, ...] = getattr(node, "args", ())
        if getattr(node, "operator", "") in _KLEENE:
            return all(self._kleene(one) for one in arguments)
        return not any(self._reads_unknown(one) for one in arguments)

    def _reads_unknown(self, node: Node) -> bool:
        if isinstance(node, ColumnRef):
            return node.name in self.state.unknown
        return any(self._reads_unknown(one) for one in getattr(node, "args", ()))

    # -- going on

    def fork(self, *ways: Callable[[], object]) -> None:
        """Go several ways from here, each as if it were taken; they meet again. One of them may be to do nothing."""
        before = self.state
        ends = []
        self.aside += 1
        for way in ways:
            self.state = before.copy()
            way()
            ends.append(self.state)
        self.aside -= 1
        self.state = before
        before.bests = set()
        before.join(ends)

    def end(self) -> None:
        """All ways end here."""
        self.ended.update((best, self.state.terms) for best in self.state.bests)
        self.state.bests = set()

    def stop_on(self, outcomes: tuple[Outcome, ...]) -> None:
        ranks = {self.plan.rank(one) for one in outcomes}
        self.ended.update((best, self.state.terms) for best in self.state.bests & ranks)
        self.state.bests -= ranks

    def flow(self, stages: tuple[BoundStage, ...]) -> None:
        for stage in stages:
            if not self.state.bests:
                return
            self.stage(stage)

    def stage(self, stage: BoundStage) -> None:
        if isinstance(stage, BoundRules):
            self.rules(stage)
        elif isinstance(stage, BoundTable):
            self.table(stage)
        elif isinstance(stage, BoundScorecard):
            self.scorecard(stage)
        elif isinstance(stage, BoundModel):
            self.model(stage)
        elif isinstance(stage, BoundAsk):
            self.ask(stage)
        elif isinstance(stage, BoundSwitch):
            self.switch(stage, 0)
        elif isinstance(stage, BoundSplit):
            self.split(stage)
        else:
            self.set(stage)

    def ask(self, stage: BoundAsk) -> None:
        if self.aside or self.ended:
            return  # an answer may lead past here
        stake = None
        if stage.stake is not None and self.sure(stage.stake):
            stake = self.value(stage.stake)
        seen = {one.connector for one in self.wanted}
        for connector in stage.answers:
            if connector in self.open and connector not in seen:
                self.wanted.append(Wanted(connector, stake if isinstance(stake, int) else None))

    # -- rules

    def rules(self, stage: BoundRules) -> None:
        if stage.hit == "first":
            self.first(stage, 0)
        else:
            for rule in stage.rules:
                if self.state.bests:
                    self.rule(rule)
        if stage.final:
            self.end()
        else:
            self.stop_on(stage.stop_on)

    def rule(self, rule: BoundRule) -> None:
        """A rule beside others."""
        if rule.condition is None:
            self.effect(rule.effect)
        elif self.sure(rule.condition):
            found = self.value(rule.condition)
            if found is True:
                self.effect(rule.effect)
            elif found is None:
                self.missing(rule.missing)
        else:
            self.fork(_nothing, lambda: self.effect(rule.effect), lambda: self.missing(rule.missing))

    def first(self, stage: BoundRules, at: int) -> None:
        """The rules from ``at`` on, of which the first that holds is the only one."""
        for index in range(at, len(stage.rules)):
            rule = stage.rules[index]
            if rule.condition is None:
                self.effect(rule.effect)
                return
            if not self.sure(rule.condition):
                self.fork(
                    lambda rule=rule: self.effect(rule.effect),  # type: ignore[misc]
                    lambda rule=rule, index=index: self.unanswered(stage, rule, index),  # type: ignore[misc]
                    lambda index=index: self.first(stage, index + 1),  # type: ignore[misc]
                )
                return
            found = self.value(rule.condition)
            if found is True:
                self.effect(rule.effect)
                return
            if found is None:
                self.unanswered(stage, rule, index)
                return

    def unanswered(self, stage: BoundRules, rule: BoundRule, index: int) -> None:
        """A condition of a first-hit stage without an answer: its missing branch is a hit, or the next one is tried."""
        if not self.missing(rule.missing):
            self.first(stage, index + 1)

    def missing(self, missing: Missing | None) -> bool:
        if missing is None or missing.then == "skip":
            return False
        self.state.hit(self.plan.rank(Outcome(missing.then)))
        return True

    def effect(self, effect: BoundEffect) -> None:
        state = self.state
        self.act(effect)
        for name, value in effect.assign:
            self.assign(name, value)
        self.on_terms(effect)
        if effect.stop:
            self.ended.update((best, state.terms) for best in state.bests)
            state.bests = set()

    def act(self, effect: BoundEffect) -> None:
        state = self.state
        state.hit(UNRANKED if effect.then is None else self.plan.rank(effect.then))
        if effect.actions and state.actions is not _UNSURE:
            state.actions = tuple(dict.fromkeys([*state.actions, *effect.actions]))

    def on_terms(self, effect: BoundEffect) -> None:
        state = self.state
        if effect.cap is not None:
            cap = self.value(effect.cap) if self.sure(effect.cap) else _UNSURE
            if cap is _UNSURE or state.cap is _UNSURE:
                state.cap = _UNSURE
            elif cap is not None and (state.cap is None or cap < state.cap):
                state.cap = cap
        if effect.limit is not None:
            limit = self.value(effect.limit) if self.sure(effect.limit) else _UNSURE
            state.limit = state.limit if limit is None else limit
        for part, value in effect.price:
            amount = self.value(value) if self.sure(value) else _UNSURE
            if amount is _UNSURE or state.price is _UNSURE:
                state.price = _UNSURE
            elif amount is not None:
                state.price = tuple(sorted({**dict(state.price), part: amount}.items()))

    def assign(self, name: str, value: Expression) -> None:
        sure = self.sure(value)
        self.state.names[name] = self.value(value) if sure else None
        (self.state.unknown.discard if sure else self.state.unknown.add)(name)

    # -- the other stages

    def switch(self, stage: BoundSwitch, at: int) -> None:
        for index in range(at, len(stage.cases)):
            case = stage.cases[index]
            if case.condition is None:
                self.flow(case.flow)
                return
            if not self.sure(case.condition):
                self.fork(
                    lambda case=case: self.flow(case.flow),  # type: ignore[misc]
                    lambda case=case, index=index: self.not_taken(stage, case.missing, index),  # type: ignore[misc]
                    lambda index=index: self.switch(stage, index + 1),  # type: ignore[misc]
                )
                return
            found = self.value(case.condition)
            if found is True:
                self.flow(case.flow)
                return
            if found is None:
                self.missing(case.missing)

    def not_taken(self, stage: BoundSwitch, missing: Missing | None, index: int) -> None:
        """A case without an answer: its missing branch adds a hit, and the next one is tried all the same."""
        self.missing(missing)
        self.switch(stage, index + 1)

    def split(self, stage: BoundSplit) -> None:
        by = stage.stage.by
        flows = {one.arm: flow for one, flow in zip(stage.stage.arms, stage.flows, strict=True)}
        if by in self.state.unknown:
            self.state.unknown.add(stage.name)
            self.fork(*(lambda flow=flow: self.flow(flow) for flow in flows.values()))
            return
        arm = Splitter(stage.stage).arm_of(self.state.names[by])  # type: ignore[arg-type]  # TEXT when bound
        self.state.names[stage.name] = arm
        self.flow(flows[arm])

    def set(self, stage: BoundSet) -> None:
        for name, value in stage.values:
            self.assign(name, value)

    def model(self, stage: BoundModel) -> None:
        names = [name for name in (stage.stage.probability, stage.stage.points, stage.stage.margin) if name is not None]
        if not self.state.unknown.isdisjoint(stage.inputs):
            self.state.unknown.update(names)
            return
        score = self.models[stage.stage.uses].score([self.row.get(column) for column in stage.inputs])
        for output in ("probability", "points", "margin"):
            name = getattr(stage.stage, output)
            if name is not None:
                self.state.names[name] = getattr(score, output)

    def scorecard(self, card: BoundScorecard) -> None:
        output = card.output.name
        if not all(self.sure(one.of) for one in card.characteristics):
            self.state.unknown.add(output)
            return
        total: int | float = card.base
        for one in card.characteristics:
            value = self.value(one.of)
            points = (got for test, got in zip(one.tests, one.points, strict=True) if holds(test, value))
            total += next(points, one.otherwise or 0)
        self.state.names[output] = float(total) if card.output.type is SqlType.DOUBLE else total
        self.state.unknown.discard(output)

    def table(self, table: BoundTable) -> None:
        entries = (*table.rows, *([table.default] if table.default else []))
        conditions = [one for row in table.rows for one in row.conditions if one is not None]
        if all(self.sure(one) for one in (*table.columns, *conditions)):
            self.looked_up(table)
        else:
            self.any_row(table, entries)
        self.stop_on(table.stop_on)

    def looked_up(self, table: BoundTable) -> None:
        """The rows that are taken are known."""
        values = [self.value(column) for column in table.columns]
        for output in table.outputs:
            self.state.names[output.name] = None
            self.state.unknown.discard(output.name)
        matched, lacking, _ = scan(table, values, self.value)
        if lacking:
            self.missing(table.missing)
        if lacking and table.hit != "collect":
            matched = []
        elif not matched and table.default is not None:
            matched = [table.default]
        for row in matched:
            self.take(table, row)

    def take(self, table: BoundTable, row: BoundRow) -> None:
        state = self.state
        self.act(row.effect)
        for output, cell in zip(table.outputs, row.values, strict=True):
            if isinstance(cell, Expression) and not self.sure(cell):
                state.unknown.add(output.name)
                continue
            value = self.value(cell) if isinstance(cell, Expression) else cell
            if table.hit == "collect":
                value = COLLECTORS[table.aggregate](state.names[output.name], value)  # type: ignore[arg-type]
            state.names[output.name] = value
        self.on_terms(row.effect)

    def any_row(self, table: BoundTable, entries: tuple[BoundRow, ...]) -> None:
        """Any row may be taken, several of them, or none."""
        state = self.state
        state.unknown.update(output.name for output in table.outputs)
        before = set(state.bests)
        for row in entries:
            effect = row.effect
            if effect.then is not None:
                state.bests |= {min(best, self.plan.rank(effect.then)) for best in before}
            if effect.actions:
                state.actions = _UNSURE
            if effect.limit is not None:
                state.limit = _UNSURE
            if effect.cap is not None:
                state.cap = _UNSURE
            if effect.price:
                state.price = _UNSURE
        if table.missing is not None and table.missing.then != "skip":
            rank = self.plan.rank(Outcome(table.missing.then))
            state.bests |= {min(best, rank) for best in before}


def _same(one: object, other: object) -> bool:
    # 1, 1.0 and True are equal in Python, and are not the same value of a column.
    return type(one) is type(other) and one == other


def _nothing() -> None:
    return None
