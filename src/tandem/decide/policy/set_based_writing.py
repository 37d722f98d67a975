"""A plan as columns: the same flow as the interpreter's, for all rows at once.

At every point of the flow there is a mask of the rows that are still on their way, and each name stands for the column
that holds its value *there*. A rule fires where its mask and its condition hold; an effect writes its value where it
fired and the value of before elsewhere. So the two branches of a switch can be written one after the other: each leaves
the rows of the other alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tandem.decide.policy.closing import hit_of
from tandem.decide.policy.plan import (
    BoundAsk,
    BoundEffect,
    BoundModel,
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
from tandem.decide.policy.set_based_layers import FALSE, TRUE, Term, all_of, any_of, inverse, reads_of, when
from tandem.decide.policy.set_based_reading import constant, equals
from tandem.decide.policy.set_based_state import PlanWriter, Written, score_column, split_column
from tandem.decide.policy.set_based_tables import write_scorecard, write_table
from tandem.kernel.expressions import Expression
from tandem.kernel.values import SqlType

__all__ = ["write_plan"]


def write_plan(plan: Plan) -> Written:
    """The columns of ``plan``.

    Raises:
        ByRow: something in it cannot be said for a whole column at once.
    """
    return _Writer(plan).write()


class _Writer(PlanWriter):
    """Writes the flow."""

    def write(self) -> Written:
        self.flow(self.plan.flow)
        return self.finish()

    def flow(self, stages: tuple[BoundStage, ...]) -> None:
        for stage in stages:
            if self.active == FALSE:
                return
            self.stage(stage)

    def stage(self, stage: BoundStage) -> None:
        if isinstance(stage, BoundSwitch):
            self.switch(stage)
            return
        if isinstance(stage, BoundSplit):
            self.split(stage)
            return
        self.written.path.append((self.active, stage.name))
        if isinstance(stage, BoundRules):
            self.rules(stage)
        elif isinstance(stage, BoundTable):
            write_table(self, stage)
        elif isinstance(stage, BoundScorecard):
            write_scorecard(self, stage)
        elif isinstance(stage, BoundModel):
            self.model(stage)
        elif not isinstance(stage, BoundAsk):  # what was answered stands in the row
            self.set(stage)

    # -- rules

    def rules(self, stage: BoundRules) -> None:
        if stage.hit == "first":
            self.first(stage)
        else:
            for batch in _batches(stage.rules):
                self.batch(stage, batch)
        if stage.final:
            self.active = FALSE
        else:
            self.stop_on(stage.stop_on)

    def first(self, stage: BoundRules) -> None:
        """The first rule that holds, or fails for want of an answer with an effect, is the only one."""
        active, rules = self.active, stage.rules
        conditions = [self.condition(rule.condition) for rule in rules]
        last = 2 * len(rules)
        cases: list[Term] = []
        for index, (rule, condition) in enumerate(zip(rules, conditions, strict=True)):
            cases.append(Term(f"WHEN {condition} THEN {2 * index}", condition.reads))
            if _unknown(rule) and rule.missing is not None and rule.missing.then != "skip":
                cases.append(Term(f"WHEN {condition} IS NULL THEN {2 * index + 1}", condition.reads))
        pick = self.keep(Term(f"CASE {' '.join(map(str, cases))} ELSE {last} END", reads_of(cases)))
        stopped: list[Term] = []
        for index, (rule, condition) in enumerate(zip(rules, conditions, strict=True)):
            tried = active if index == 0 else all_of(active, Term(f"({pick} >= {2 * index})", pick.reads))
            self.ask([rule.condition], tried)
            if _unknown(rule) and rule.condition is not None:
                unknown = self.keep(all_of(tried, Term(f"({condition} IS NULL)", condition.reads)))
                self.note(unknown, [rule.condition])
                self.failed(stage.name, rule.name, rule.missing, unknown)
            fired = self.keep(all_of(active, equals(pick, 2 * index)))
            self.effect(stage.name, rule.name, rule.effect, fired)
            if rule.effect.stop:
                stopped.append(fired)
        if stopped:
            self.active = self.keep(all_of(self.active, inverse(any_of(stopped))))

    def batch(self, stage: BoundRules, rules: Sequence[BoundRule]) -> None:
        """Rules of which only the last may change what a condition reads."""
        active = self.active
        conditions = [self.condition(rule.condition) for rule in rules]
        stopping = [index for index, rule in enumerate(rules) if rule.effect.stop]
        until = TRUE
        if stopping:
            cases = [Term(f"WHEN {conditions[index]} THEN {index}", conditions[index].reads) for index in stopping]
            until = self.keep(Term(f"CASE {' '.join(map(str, cases))} ELSE {len(rules)} END", reads_of(cases)))
        for index, (rule, condition) in enumerate(zip(rules, conditions, strict=True)):
            tried = active
            if stopping and index > stopping[0]:
                tried = all_of(active, Term(f"({until} >= {index})", until.reads))
            self.ask([rule.condition], tried)
            fired = self.keep(all_of(tried, _true(condition)))
            if _unknown(rule) and rule.condition is not None:
                unknown = self.keep(all_of(tried, Term(f"({condition} IS NULL)", condition.reads)))
                self.note(unknown, [rule.condition])
                self.failed(stage.name, rule.name, rule.missing, unknown)
            self.effect(stage.name, rule.name, rule.effect, fired)
        if stopping:
            self.active = self.keep(all_of(active, equals(until, len(rules))))

    def condition(self, condition: Expression | None) -> Term:
        if condition is None:
            return TRUE
        term = self.reading.term(condition)
        return self.keep(term)

    def effect(self, stage: str, rule: str, effect: BoundEffect, fired: Term) -> None:
        """The effect, where ``fired`` holds."""
        if fired == FALSE:
            return
        self.hit(fired, hit_of(self.plan, stage, rule, effect))
        self.ask([*(value for _, value in (*effect.assign, *effect.price)), effect.cap, effect.limit], fired)
        for name, value in effect.assign:
            self.assign(name, fired, self.reading.term(value))
        if effect.cap is not None:
            self.cap(when(fired, self.reading.term(effect.cap)))
        if effect.limit is not None:
            self.limit(when(fired, self.reading.term(effect.limit)))
        for part, value in effect.price:
            self.price(part, value.type, value.scale, when(fired, self.reading.term(value)))

    # -- the other stages

    def model(self, stage: BoundModel) -> None:
        """A score is written at once; whether it was needed is told by who reads it."""
        self._armed[stage.name] = self.active
        for output in ("probability", "points", "margin"):
            variable = getattr(stage.stage, output)
            if variable is not None:
                self.assign(variable, self.active, self.layers.source(score_column(stage.stage.uses, output)))

    def switch(self, stage: BoundSwitch) -> None:
        before = self.active
        conditions = [self.condition(case.condition) for case in stage.cases]
        last = len(conditions)
        cases = [Term(f"WHEN {one} THEN {index}", one.reads) for index, one in enumerate(conditions)]
        pick = self.keep(Term(f"CASE {' '.join(map(str, cases))} ELSE {last} END", reads_of(cases)))
        for index, (case, condition) in enumerate(zip(stage.cases, conditions, strict=True)):
            tried = before if index == 0 else all_of(before, Term(f"({pick} >= {index})", pick.reads))
            self.ask([case.condition], tried)
            if case.condition is not None and case.condition.nullable:
                unknown = self.keep(all_of(tried, Term(f"({condition} IS NULL)", condition.reads)))
                self.note(unknown, [case.condition])
                self.failed(stage.name, case.name, case.missing, unknown)
        ends = []
        for index, case in enumerate(stage.cases):
            self.active = self.keep(all_of(before, equals(pick, index)))
            self.written.path.append((self.active, f"{stage.name}:{case.name}"))
            self.flow(case.flow)
            ends.append(self.active)
        none = all_of(before, equals(pick, last))
        if not stage.cases or stage.cases[-1].condition is not None:
            self.written.path.append((self.keep(none), stage.name))
            ends.append(none)
        self.active = self.keep(any_of(ends))

    def split(self, stage: BoundSplit) -> None:
        before = self.active
        arm = self.layers.source(split_column(stage.name))
        self.assign(stage.name, before, arm)
        ends = []
        for one, flow in zip(stage.stage.arms, stage.flows, strict=True):
            mine = Term(f"({arm} = {constant(one.arm, SqlType.TEXT)})", arm.reads)
            self.active = self.keep(all_of(before, mine))
            self.written.path.append((self.active, f"{stage.name}:{one.arm}"))
            self.flow(flow)
            ends.append(self.active)
        self.active = self.keep(any_of(ends))

    def set(self, stage: BoundSet) -> None:
        for name, value in stage.values:
            self.ask([value], self.active)
            self.assign(name, self.active, self.reading.term(value))


def _true(condition: Term) -> Term:
    return condition if condition in (TRUE, FALSE) else Term(f"({condition} IS TRUE)", condition.reads)


def _unknown(rule: BoundRule) -> bool:
    return rule.condition is not None and rule.condition.nullable


def _batches(rules: Sequence[BoundRule]) -> Iterable[list[BoundRule]]:
    """Rules together as long as none of them sets a variable; one that does ends its batch."""
    batch: list[BoundRule] = []
    for rule in rules:
        batch.append(rule)
        if rule.effect.assign:
            yield batch
            batch = []
    if batch:
        yield batch
