"""A plan as one Python function.

The function is straight-line code in the order of the flow. Constants (what fired, table masks, points) are made here
once; a run tests, appends constants, and closes. Models are scored where the first expression that needs them stands.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterable, Mapping

from tandem.decide.policy.binding import bind
from tandem.decide.policy.closing import Closing, hit_of, missing_hit, note_missing
from tandem.decide.policy.compiling_tables import TableWriter, score_points
from tandem.decide.policy.context import PolicyContext
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
from tandem.decide.policy.results import PolicyResult, ScoringModel
from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.types import Missing, Outcome, Policy
from tandem.decide.policy.unknowing import only_by_columns
from tandem.decide.policy.writing import Writer, append, assign, call, constant, method, name, never_none
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Expression
from tandem.kernel.values import Row

__all__ = ["compile_plan", "plan_of"]

Run = Callable[[Row, Mapping[str, Container[str]], Mapping[str, ScoringModel]], PolicyResult]


def plan_of(policy: Policy, context: PolicyContext) -> Plan:
    """The plan of a valid policy.

    Raises:
        DefinitionError: the first error that ``validate`` finds, and how many there are.
    """
    plan, findings = bind(policy, context)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        first = errors[0]
        more = f" ({len(errors) - 1} more)" if len(errors) > 1 else ""
        raise DefinitionError(
            first.message + more, code=first.code, field=first.where, hint=first.hint or "run validate to see all"
        )
    return plan


def compile_plan(plan: Plan) -> Run:
    """The function ``run(row, lists, models)`` of a plan without errors."""
    return _Compiler(plan).compile()


class _Compiler:
    """Writes the function, stage by stage."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.writer = Writer(plan)
        self.closing = Closing(plan)
        self.note = self.writer.keep(note_missing)
        self.best = self.writer.keep(self.closing.best)
        self.close = self.writer.keep(self.closing.close)
        self.tables = TableWriter(self.writer)
        self.scores = {stage: f"s{index}" for index, stage in enumerate(plan.models)}

    def compile(self) -> Run:
        body: list[ast.stmt] = [
            *(assign(one, ast.List([], ast.Load())) for one in ("hits", "path", "missing")),
            *(assign(one, constant(None)) for one in ("limit", "cap")),
            *(assign(one, ast.Dict([], [])) for one in ("price", "scores", "splits", "points")),
            *(assign(local, constant(None)) for local in self.scores.values()),
            *(assign(f"armed_{local}", constant(False)) for local in self.scores.values()),
            *self.flow(self.plan.flow),
            self.finish(),
        ]
        return self.writer.build("policy", body)

    def finish(self) -> ast.stmt:
        """``return close(...)``."""
        variables = ast.Dict(
            [constant(variable) for variable in self.plan.variables],
            [self.writer.column(variable) for variable in self.plan.variables],
        )
        first = ("row", "models", "hits", "path", "missing", "limit", "cap", "price", "scores")
        arguments = [*(name(one) for one in first), variables, name("splits"), name("points")]
        return ast.Return(call(self.close, *arguments))

    def flow(self, stages: tuple[BoundStage, ...]) -> list[ast.stmt]:
        return [statement for stage in stages for statement in self.stage(stage)]

    def stage(self, stage: BoundStage) -> list[ast.stmt]:
        if isinstance(stage, BoundRules):
            return self.rules(stage)
        if isinstance(stage, BoundTable):
            return self.table(stage)
        if isinstance(stage, BoundScorecard):
            return self.scorecard(stage)
        if isinstance(stage, BoundModel):
            return [append("path", constant(stage.name)), assign(f"armed_{self.scores[stage.name]}", constant(True))]
        if isinstance(stage, BoundSwitch):
            return self.switch(stage)
        if isinstance(stage, BoundSplit):
            return self.split(stage)
        if isinstance(stage, BoundAsk):
            return [append("path", constant(stage.name))]
        return self.set(stage)

    # -- models, when needed

    def ensure(self, expressions: Iterable[Expression | None]) -> list[ast.stmt]:
        """Statements that score the models these expressions read, unless that was done."""
        names = [column for one in expressions if one is not None for column in one.columns]
        stages = dict.fromkeys(stage for column in names for stage in self.plan.outputs.get(column, ()))
        return [statement for stage in self.plan.models if stage in stages for statement in self.score(stage)]

    def score(self, stage: str) -> list[ast.stmt]:
        model = self.plan.models[stage].stage
        local = self.scores[stage]
        found = ast.Subscript(name("models"), constant(model.uses), ast.Load())
        values = ast.Tuple([self.writer.column(column) for column in self.plan.models[stage].inputs], ast.Load())
        body: list[ast.stmt] = [
            assign(local, method(found, "score", values)),
            ast.Assign([ast.Subscript(name("scores"), constant(stage), ast.Store())], name(local)),
        ]
        for attribute in ("probability", "points", "margin"):
            variable = getattr(model, attribute)
            if variable is not None:
                value = ast.Attribute(name(local), attribute, ast.Load())
                body.append(assign(self.writer.variable(variable), value))
        waiting = ast.Compare(name(local), [ast.Is()], [constant(None)])
        return [ast.If(ast.BoolOp(ast.And(), [name(f"armed_{local}"), waiting]), body, [])]

    # -- rules

    def rules(self, stage: BoundRules) -> list[ast.stmt]:
        body: list[ast.stmt] = []
        for rule in stage.rules:
            body += self.rule(stage, rule)
        if stage.hit == "first":
            body = [ast.While(constant(True), [*body, ast.Break()], [])]
        body = [append("path", constant(stage.name)), *body, *self.stop_on(stage.stop_on)]
        return [*body, self.finish()] if stage.final else body

    def rule(self, stage: BoundRules, rule: BoundRule) -> list[ast.stmt]:
        last: list[ast.stmt] = [ast.Break()] if stage.hit == "first" else []
        hit = self.effect(stage.name, rule.name, rule.effect)
        hit += [] if rule.effect.stop else last
        if rule.condition is None:
            return hit
        unknown = self.unknown(stage.name, rule.name, rule.condition, rule.missing, last)
        return [*self.ensure([rule.condition]), ast.If(self.writer.truth(rule.condition), hit, unknown)]

    def unknown(
        self, stage: str, rule: str, condition: Expression, missing: Missing | None, last: list[ast.stmt]
    ) -> list[ast.stmt]:
        """The else-branch of a condition that may be without an answer."""
        if not condition.nullable:
            return []
        body: list[ast.stmt] = [self.note_of([condition])]
        if missing is not None and missing.then != "skip":
            body += [append("hits", self.writer.keep(missing_hit(self.plan, stage, rule, missing))), *last]
        not_false: ast.expr = ast.UnaryOp(ast.Not(), self.writer.falsity(condition))
        nullable = only_by_columns(condition)
        if nullable:
            # Asking the columns first is nearly free, and nearly always enough.
            not_false = ast.BoolOp(ast.And(), [never_none([self.writer.column(one) for one in nullable]), not_false])
        return [ast.If(not_false, body, [])]

    def note_of(self, expressions: Iterable[Expression]) -> ast.stmt:
        found = list(expressions)
        names = self.plan.facts_behind(column for one in found for column in one.columns)
        values = ast.Tuple([self.writer.column(column) for column in names], ast.Load())
        text = found[0].text if found else ""
        return ast.Expr(call(self.note, name("missing"), self.writer.keep(names), values, constant(text)))

    def effect(self, stage: str, rule: str, effect: BoundEffect) -> list[ast.stmt]:
        """The statements of an effect; a stopping one leaves the function."""
        expressions = [value for _, value in (*effect.assign, *effect.price)]
        body = [
            append("hits", self.writer.keep(hit_of(self.plan, stage, rule, effect))),
            *self.ensure([*expressions, effect.cap, effect.limit]),
        ]
        body += [assign(self.writer.variable(variable), self.writer.value(value)) for variable, value in effect.assign]
        if effect.cap is not None:
            body += self.tables.lower_cap(self.writer.value(effect.cap))
        if effect.limit is not None:
            body += self.tables.set_limit(self.writer.value(effect.limit))
        for part, value in effect.price:
            body += self.tables.set_price(part, self.writer.value(value))
        return [*body, self.finish()] if effect.stop else body

    def stop_on(self, outcomes: tuple[Outcome, ...]) -> list[ast.stmt]:
        if not outcomes:
            return []
        stopping = self.writer.keep(frozenset(outcomes))
        return [ast.If(ast.Compare(call(self.best, name("hits")), [ast.In()], [stopping]), [self.finish()], [])]

    # -- the other stages

    def table(self, table: BoundTable) -> list[ast.stmt]:
        conditions = [one for row in table.rows for one in row.conditions if one is not None]
        expressions = [*table.columns, *conditions]
        lacking: list[ast.stmt] = [self.note_of(expressions)]
        if table.missing is not None and table.missing.then != "skip":
            lacking.append(append("hits", self.writer.keep(missing_hit(self.plan, table.name, "table", table.missing))))
        formulas = [
            value
            for row in (*table.rows, *([table.default] if table.default else []))
            for value in (*row.values, row.effect.limit, row.effect.cap, *(v for _, v in row.effect.price))
            if isinstance(value, Expression)
        ]
        return [
            append("path", constant(table.name)),
            *self.ensure([*expressions, *formulas]),
            *self.tables.table(table, lacking),
            *self.stop_on(table.stop_on),
        ]

    def scorecard(self, card: BoundScorecard) -> list[ast.stmt]:
        body = [append("path", constant(card.name)), *self.ensure(one.of for one in card.characteristics)]
        return [*body, *score_points(self.writer, card)]

    def switch(self, stage: BoundSwitch) -> list[ast.stmt]:
        body: list[ast.stmt] = []
        for case in stage.cases:
            taken = [append("path", constant(f"{stage.name}:{case.name}")), *self.flow(case.flow)]
            if not isinstance(taken[-1], ast.Return):
                taken.append(ast.Break())
            if case.condition is None:
                body += taken
                continue
            unknown = self.unknown(stage.name, case.name, case.condition, case.missing, [])
            body += [*self.ensure([case.condition]), ast.If(self.writer.truth(case.condition), taken, unknown)]
        if not stage.cases or stage.cases[-1].condition is not None:
            body += [append("path", constant(stage.name)), ast.Break()]
        return [ast.While(constant(True), body, [])]

    def split(self, stage: BoundSplit) -> list[ast.stmt]:
        arm = self.writer.variable(stage.name)
        splitter = self.writer.keep(Splitter(stage.stage))
        body: list[ast.stmt] = [
            assign(arm, method(splitter, "arm_of", self.writer.column(stage.stage.by))),
            ast.Assign([ast.Subscript(name("splits"), constant(stage.name), ast.Store())], name(arm)),
        ]
        chain: list[ast.stmt] = []
        for one, flow in reversed(list(zip(stage.stage.arms, stage.flows, strict=True))):
            taken = [append("path", constant(f"{stage.name}:{one.arm}")), *self.flow(flow)]
            chain = [ast.If(ast.Compare(name(arm), [ast.Eq()], [constant(one.arm)]), taken, chain)]
        return body + chain

    def set(self, stage: BoundSet) -> list[ast.stmt]:
        body = [append("path", constant(stage.name))]
        for variable, value in stage.values:
            body += [*self.ensure([value]), assign(self.writer.variable(variable), self.writer.value(value))]
        return body
