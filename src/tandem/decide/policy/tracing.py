"""The policy read aloud: a plain interpreter that follows the plan and writes down every comparison it makes.

It shares with the compiled function only the plan, the hash of splits and the closing; conditions are walked, tables are
scanned row by row. So it explains decisions, and it is the reference the compiled function is tested against.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from tandem.decide.models import Model
from tandem.decide.policy.cells import holds
from tandem.decide.policy.closing import Closing, Hit, hit_of, missing_hit, note_missing
from tandem.decide.policy.collecting import COLLECTORS
from tandem.decide.policy.limits import PRINCIPAL_REASONS
from tandem.decide.policy.plan import (
    BoundAsk,
    BoundCharacteristic,
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
from tandem.decide.policy.results import PolicyResult, Score, ScoringModel
from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.telling import tell, value_of
from tandem.decide.policy.traces import VERDICTS, ConditionTrace, StageTrace, Trace
from tandem.decide.policy.tracing_tables import plain, scan
from tandem.decide.policy.types import Missing
from tandem.kernel.expressions import Expression
from tandem.kernel.values import Row, SqlType, Value

__all__ = ["trace_plan"]


def trace_plan(plan: Plan, row: Row, lists: Mapping[str, Container[str]], models: Mapping[str, ScoringModel]) -> Trace:
    """Run ``plan`` step by step and tell every step."""
    interpreter = _Interpreter(plan, row, lists, models)
    interpreter.flow(plan.flow)
    return Trace(policy=plan.policy.policy, result=interpreter.result(), stages=tuple(interpreter.finished_stages()))


class _Interpreter:
    """The state of one run."""

    def __init__(
        self, plan: Plan, row: Row, lists: Mapping[str, Container[str]], models: Mapping[str, ScoringModel]
    ) -> None:
        self.plan = plan
        self.row = row
        self.lists = lists
        self.models = models
        self.closing = Closing(plan)
        self.names: Row = {**{name: row.get(name) for name in plan.columns}, **dict.fromkeys(plan.variables)}
        self.hits: list[Hit] = []
        self.path: list[str] = []
        self.missing: list[str] = []
        self.limit: int | None = None
        self.cap: int | None = None
        self.price: dict[str, Value] = {}
        self.scores: dict[str, Score] = {}
        self.splits: dict[str, str] = {}
        self.points: dict[str, tuple[int | float, ...]] = {}
        self.armed: set[str] = set()
        self.stages: list[StageTrace] = []
        self.stopped = False

    def result(self) -> PolicyResult:
        variables = {name: self.names[name] for name in self.plan.variables}
        return self.closing.close(
            self.row,
            self.models,
            self.hits,
            self.path,
            self.missing,
            self.limit,
            self.cap,
            self.price,
            self.scores,
            variables,
            self.splits,
            self.points,
        )

    def finished_stages(self) -> Iterable[StageTrace]:
        """The stages, with what each model said; a model nobody needed says so by having no values."""
        for stage in self.stages:
            score = self.scores.get(stage.stage)
            if stage.kind != "model" or score is None:
                yield stage
                continue
            uses = self.plan.models[stage.stage].stage.uses
            contributions = _contributions(self.models[uses], self.inputs(stage.stage))
            yield msgspec.structs.replace(
                stage,
                values={"probability": score.probability, "margin": score.margin, "points": score.points},
                contributions=tuple(contributions),
            )

    # -- reading

    def need(self, expression: Expression) -> None:
        """Score the models whose output the expression reads."""
        for name in self.plan.models:
            filled = any(name in self.plan.outputs.get(column, ()) for column in expression.columns)
            if filled and name in self.armed and name not in self.scores:
                stage = self.plan.models[name].stage
                score = self.models[stage.uses].score(self.inputs(name))
                self.scores[name] = score
                for variable, value in (
                    (stage.probability, score.probability),
                    (stage.points, score.points),
                    (stage.margin, score.margin),
                ):
                    if variable is not None:
                        self.names[variable] = value

    def inputs(self, model: str) -> list[Value]:
        """The values a model reads, in its order."""
        return [self.row.get(column) for column in self.plan.models[model].inputs]

    def value(self, expression: Expression) -> Value:
        self.need(expression)
        return value_of(expression, self.names, self.lists)

    def condition(self, expression: Expression, name: str, effect: BoundEffect | None) -> tuple[Value, ConditionTrace]:
        self.need(expression)
        found, steps = tell(expression, self.names, self.lists)
        verdict = VERDICTS[found]
        return found, ConditionTrace(
            name=name,
            verdict=verdict,
            text=expression.text,
            steps=steps,
            then=None if effect is None or effect.then is None else effect.then.value,
            reason=None if effect is None else effect.reason,
        )

    def note(self, expressions: Sequence[Expression]) -> None:
        names = self.plan.facts_behind(column for one in expressions for column in one.columns)
        note_missing(self.missing, names, [self.names[name] for name in names], expressions[0].text)

    # -- acting

    def apply(self, stage: str, rule: str, effect: BoundEffect) -> None:
        self.hits.append(hit_of(self.plan, stage, rule, effect))
        for value in (*(value for _, value in (*effect.assign, *effect.price)), effect.cap, effect.limit):
            if value is not None:
                self.need(value)
        for name, value in effect.assign:
            self.names[name] = self.value(value)
        if effect.cap is not None:
            self.lower_cap(self.value(effect.cap))
        if effect.limit is not None:
            limit = self.value(effect.limit)
            self.limit = self.limit if limit is None else limit  # type: ignore[assignment]
        for part, value in effect.price:
            amount = self.value(value)
            if amount is not None:
                self.price[part] = amount
        self.stopped |= effect.stop

    def lower_cap(self, value: Value) -> None:
        if value is not None and (self.cap is None or value < self.cap):  # type: ignore[operator]
            self.cap = value  # type: ignore[assignment]

    def unanswered(self, stage: str, rule: str, missing: Missing | None, expressions: Sequence[Expression]) -> bool:
        """A condition without an answer; True when its missing branch has an effect."""
        self.note(expressions)
        if missing is None or missing.then == "skip":
            return False
        self.hits.append(missing_hit(self.plan, stage, rule, missing))
        return True

    # -- stages

    def flow(self, stages: tuple[BoundStage, ...]) -> None:
        for stage in stages:
            if self.stopped:
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
            self.path.append(stage.name)
            self.armed.add(stage.name)
            self.stages.append(StageTrace(stage=stage.name, kind="model", at=stage.at))
        elif isinstance(stage, BoundSwitch):
            self.switch(stage)
        elif isinstance(stage, BoundSplit):
            self.split(stage)
        elif isinstance(stage, BoundAsk):
            self.ask(stage)
        else:
            self.set(stage)

    def ask(self, stage: BoundAsk) -> None:
        self.path.append(stage.name)
        values = {name: plain(self.row.get(name)) for names in stage.answers.values() for name in names}
        self.stages.append(StageTrace(stage=stage.name, kind="ask", at=stage.at, values=values))

    def rules(self, stage: BoundRules) -> None:
        self.path.append(stage.name)
        told: list[ConditionTrace] = []
        taken: str | None = None
        for rule in stage.rules:
            if self.stopped or (taken is not None and stage.hit == "first"):
                told.append(_not_tried(rule))
                continue
            if self.rule(stage, rule, told):
                taken = rule.name if taken is None else taken
        stage_trace = StageTrace(stage=stage.name, kind=stage.kind, at=stage.at, taken=taken, conditions=tuple(told))
        self.stages.append(stage_trace)
        self.stopped |= stage.final or self.closing.best(self.hits) in stage.stop_on

    def rule(self, stage: BoundRules, rule: BoundRule, told: list[ConditionTrace]) -> bool:
        """Try a rule; True when it, or its missing branch, had an effect."""
        answer: Value = True
        if rule.condition is None:
            told.append(ConditionTrace(name=rule.name, verdict="fired", text="always", then=rule.effect.then))
        else:
            answer, one = self.condition(rule.condition, rule.name, rule.effect)
            told.append(one)
        if answer is True:
            self.apply(stage.name, rule.name, rule.effect)
            return True
        if answer is None and rule.condition is not None:
            return self.unanswered(stage.name, rule.name, rule.missing, [rule.condition])
        return False

    def switch(self, stage: BoundSwitch) -> None:
        told: list[ConditionTrace] = []
        place = len(self.stages)
        taken: str | None = None
        flow: tuple[BoundStage, ...] = ()
        for case in stage.cases:
            if taken is not None:
                text = "" if case.condition is None else case.condition.text
                told.append(ConditionTrace(name=case.name, verdict="not_tried", text=text))
                continue
            answer: Value = True
            if case.condition is None:
                told.append(ConditionTrace(name=case.name, verdict="fired", text="otherwise"))
            else:
                answer, one = self.condition(case.condition, case.name, None)
                told.append(one)
            if answer is True:
                taken, flow = case.name, case.flow
            elif answer is None and case.condition is not None:
                self.unanswered(stage.name, case.name, case.missing, [case.condition])
        self.path.append(stage.name if taken is None else f"{stage.name}:{taken}")
        self.stages.insert(
            place, StageTrace(stage=stage.name, kind="switch", at=stage.at, taken=taken, conditions=tuple(told))
        )
        self.flow(flow)

    def split(self, stage: BoundSplit) -> None:
        entity = self.names[stage.stage.by]
        arm = Splitter(stage.stage).arm_of(entity)  # type: ignore[arg-type]  # checked to be TEXT when bound
        self.names[stage.name] = arm
        self.splits[stage.name] = arm
        self.path.append(f"{stage.name}:{arm}")
        self.stages.append(StageTrace(stage=stage.name, kind="split", at=stage.at, taken=arm, values={"by": entity}))
        for one, flow in zip(stage.stage.arms, stage.flows, strict=True):
            if one.arm == arm:
                self.flow(flow)

    def set(self, stage: BoundSet) -> None:
        self.path.append(stage.name)
        for name, expression in stage.values:
            self.names[name] = self.value(expression)
        values = {name: plain(self.names[name]) for name, _ in stage.values}
        self.stages.append(StageTrace(stage=stage.name, kind="set", at=stage.at, values=values))

    def scorecard(self, card: BoundScorecard) -> None:
        self.path.append(card.name)
        for one in card.characteristics:
            self.need(one.of)
        told = []
        points = []
        for one in card.characteristics:
            value = self.value(one.of)
            got = _points(one, value)
            points.append(got)
            cell = {"column": one.name, "value": plain(value), "test": _bin(one, value), "holds": True}
            told.append(ConditionTrace(name=one.name, verdict="fired", text=one.of.text, cells=(cell,), value=got))
        total: int | float = card.base
        for got in points:
            total += got
        self.names[card.output.name] = float(total) if card.output.type is SqlType.DOUBLE else total
        self.points[card.name] = tuple(points)
        self.stages.append(
            StageTrace(
                stage=card.name,
                kind="scorecard",
                at=card.at,
                conditions=tuple(told),
                values={card.output.name: self.names[card.output.name]},
            )
        )

    # -- tables

    def table(self, table: BoundTable) -> None:
        self.path.append(table.name)
        conditions = [one for row in table.rows for one in row.conditions if one is not None]
        entries = (*table.rows, *([table.default] if table.default else []))
        for row in entries:
            for formula in (*row.values, row.effect.limit, row.effect.cap, *(v for _, v in row.effect.price)):
                if isinstance(formula, Expression):
                    self.need(formula)
        for one in conditions:
            self.need(one)
        values = [self.value(column) for column in table.columns]
        for output in table.outputs:
            self.names[output.name] = None
        matched, lacking, told = scan(table, values, self.value)
        if lacking:
            self.unanswered(table.name, "table", table.missing, [*table.columns, *conditions])
        if lacking and table.hit != "collect":
            matched = []
        elif not matched and table.default is not None:
            matched = [table.default]
        for row in matched:
            self.take(table, row)
        self.stages.append(
            StageTrace(
                stage=table.name,
                kind="table",
                at=table.at,
                taken=", ".join(row.name for row in matched) or None,
                conditions=tuple(told),
                values={output.name: plain(self.names[output.name]) for output in table.outputs},
            )
        )
        self.stopped |= self.closing.best(self.hits) in table.stop_on

    def take(self, table: BoundTable, row: BoundRow) -> None:
        self.hits.append(hit_of(self.plan, table.name, row.name, row.effect))
        for output, cell in zip(table.outputs, row.values, strict=True):
            value = self.value(cell) if isinstance(cell, Expression) else cell
            if table.hit == "collect":
                value = COLLECTORS[table.aggregate](self.names[output.name], value)  # type: ignore[arg-type]
            self.names[output.name] = value
        if row.effect.limit is not None:
            limit = self.value(row.effect.limit)
            self.limit = self.limit if limit is None else limit  # type: ignore[assignment]
        if row.effect.cap is not None:
            self.lower_cap(self.value(row.effect.cap))
        for part, expression in row.effect.price:
            amount = self.value(expression)
            if amount is not None:
                self.price[part] = amount


def _contributions(model: ScoringModel, values: Sequence[Value]) -> list[dict[str, Any]]:
    """What each input added to the score, largest first; for a stand-in of a model, what it gives as reasons."""
    if not isinstance(model, Model):
        return [
            {"input": one.input, "contribution": one.contribution, "reason": one.reason_code}
            for one in model.reasons(values, PRINCIPAL_REASONS)
        ]
    parts = zip(model.inputs, values, model.contributions(values), model.reason_codes, strict=True)
    found = [
        {"input": name, "value": plain(value), "contribution": added, "reason": code}
        for name, value, added, code in parts
    ]
    return sorted(found, key=lambda one: -abs(one["contribution"]))


def _points(one: BoundCharacteristic, value: Value) -> int | float:
    for test, points in zip(one.tests, one.points, strict=True):
        if holds(test, value):
            return points
    assert one.otherwise is not None  # the gap analysis of validate
    return one.otherwise


def _bin(one: BoundCharacteristic, value: Value) -> str:
    return next((test.text for test in one.tests if holds(test, value)), "otherwise")


def _not_tried(rule: BoundRule) -> ConditionTrace:
    return ConditionTrace(
        name=rule.name,
        verdict="not_tried",
        text="always" if rule.condition is None else rule.condition.text,
        then=rule.effect.then,
        reason=rule.effect.reason,
    )
