"""From a written policy to a plan: names resolved, expressions typed, findings collected."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

from tandem.decide.policy.binding_effects import bind_effect
from tandem.decide.policy.binding_tables import bind_scorecard, bind_table
from tandem.decide.policy.context import Finding, PolicyContext
from tandem.decide.policy.facts import check_example_names
from tandem.decide.policy.plan import (
    BoundAsk,
    BoundBranch,
    BoundModel,
    BoundRule,
    BoundRules,
    BoundSet,
    BoundSplit,
    BoundStage,
    BoundSwitch,
    Plan,
)
from tandem.decide.policy.reachability import check_constant_rules, check_outcomes
from tandem.decide.policy.scope import Scope, Workbench, merged
from tandem.decide.policy.types import (
    AskStage,
    Case,
    Check,
    DecideStage,
    ListsStage,
    Missing,
    ModelStage,
    Outcome,
    Policy,
    Rule,
    RulesStage,
    ScorecardStage,
    SetStage,
    SplitStage,
    Stage,
    SwitchStage,
    TableStage,
)
from tandem.kernel.errors import near_match
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType

__all__ = ["bind"]


def bind(policy: Policy, context: PolicyContext) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan of a policy, and everything that is wrong with it. A plan with errors must not be run."""
    bench = Workbench(policy, context)
    scope = Scope(columns={name: one for name, one in context.columns.items() if name not in bench.answers})
    binder = _Binder(bench)
    flow = binder.flow(policy.flow, "flow", scope)
    if not scope.ended:
        bench.error(
            "no_decision",
            "flow",
            "The flow can come to its end without a decision.",
            "end it, and every branch that goes on, with '- decide: end'",
        )
    plan = Plan(
        policy=policy,
        flow=flow,
        columns=tuple(sorted(bench.used_columns)),
        read_columns=frozenset(bench.read_columns),
        lists=tuple(sorted(bench.used_lists)),
        variables=bench.variables,
        facts=dict(context.columns),
        roots={name: tuple(facts) for name, facts in bench.roots.items()},
        models=binder.models,
        outputs={name: tuple(sorted(stages)) for name, stages in binder.outputs.items()},
        asks=binder.asks,
    )
    check_outcomes(plan, bench)
    check_example_names(plan, bench)
    return plan, tuple(bench.findings)


class _Binder:
    """Walks the flow once, in order."""

    def __init__(self, bench: Workbench) -> None:
        self.bench = bench
        self.models: dict[str, BoundModel] = {}
        self.outputs: dict[str, set[str]] = {}
        self.asks: dict[str, tuple[str, ...]] = {}

    def flow(self, stages: tuple[Stage, ...], path: str, scope: Scope) -> tuple[BoundStage, ...]:
        bound = []
        for index, stage in enumerate(stages):
            at = f"{path}[{index}]"
            if scope.ended:
                self.bench.error(
                    "unreachable_stage", at, f"No application reaches {stage.name!r}.", "move it up, or delete it"
                )
                break
            bound.append(self.stage(stage, at, scope))
        return tuple(bound)

    def stage(self, stage: Stage, at: str, scope: Scope) -> BoundStage:
        if isinstance(stage, ListsStage):
            return self.lists(stage, at, scope)
        if isinstance(stage, RulesStage):
            return self.rules(stage, at, scope)
        if isinstance(stage, TableStage):
            return bind_table(stage, at, scope, self.bench)
        if isinstance(stage, ScorecardStage):
            return bind_scorecard(stage, at, scope, self.bench)
        if isinstance(stage, ModelStage):
            return self.model(stage, at, scope)
        if isinstance(stage, AskStage):
            return self.ask(stage, at, scope)
        if isinstance(stage, SwitchStage):
            return self.switch(stage, at, scope)
        if isinstance(stage, SplitStage):
            return self.split(stage, at, scope)
        if isinstance(stage, SetStage):
            return self.set(stage, at, scope)
        return self.decide(stage, at, scope)

    # -- rules in three dresses

    def lists(self, stage: ListsStage, at: str, scope: Scope) -> BoundRules:
        rules = [
            self.check(check, f"{at}.checks[{i}]", scope, stage.missing, stage.name)
            for i, check in enumerate(stage.checks)
        ]
        return self.rules_of("lists", stage.name, at, "all", [r for r in rules if r], stage.stop_on)

    def check(self, check: Check, at: str, scope: Scope, near: Missing | None, stage: str) -> BoundRule | None:
        if check.list not in self.bench.context.lists:
            hint = near_match(check.list, self.bench.context.lists) or "define the list first"
            self.bench.error("unknown_list", at, f"There is no list {check.list!r}.", hint)
            return None
        if self.bench.fact(check.of, at, scope) is None:
            return None
        name = f"{check.list}_{check.of}"
        rule = Rule(rule=name, when=membership(check.list, check.of), effect=check.effect, missing=check.missing)
        return self.rule(rule, at, scope, near, stage)

    def rules(self, stage: RulesStage, at: str, scope: Scope) -> BoundRules:
        rules = [
            self.rule(rule, f"{at}.{stage.hit}[{i}]", scope, stage.missing, stage.name)
            for i, rule in enumerate(stage.rules)
        ]
        found = self.rules_of("rules", stage.name, at, stage.hit, [r for r in rules if r], stage.stop_on)
        scope.ended |= any(rule.condition is None and rule.effect.stop for rule in found.rules)
        return found

    def decide(self, stage: DecideStage, at: str, scope: Scope) -> BoundRules:
        rules = []
        for i, case in enumerate(stage.cases):
            place = f"{at}.cases[{i}]"
            if case.effect.then is None:
                self.bench.error("no_outcome", place, f"Case {case.case!r} names no outcome.", "add then: review")
            rules.append(self.case(case, place, scope, stage))
        scope.ended = True
        return self.rules_of("decide", stage.name, at, "first", [r for r in rules if r], ())

    def case(self, case: Case, at: str, scope: Scope, stage: DecideStage) -> BoundRule | None:
        rule = Rule(rule=case.case, when=case.when or "TRUE", effect=case.effect, missing=case.missing)
        if case.when is not None:
            return self.rule(rule, at, scope, stage.missing, stage.name)
        return BoundRule(case.case, at, None, bind_effect(self.bench, case.effect, at, scope, (), sure=False), None, ())

    def rules_of(
        self,
        kind: Literal["lists", "rules", "decide"],
        name: str,
        at: str,
        hit: Literal["all", "first"],
        rules: list[BoundRule],
        stop_on: tuple[Outcome, ...],
    ) -> BoundRules:
        if hit == "first":
            rules = _with_earlier_sources(rules)
        bound = BoundRules(kind, name, at, hit, tuple(rules), stop_on, final=kind == "decide")
        check_constant_rules(bound, self.bench)
        return bound

    def rule(self, rule: Rule, at: str, scope: Scope, near: Missing | None, stage: str) -> BoundRule | None:
        condition = self.bench.expression(rule.when, f"{at}.when", scope, "boolean")
        if condition is None:
            for name, _ in rule.effect.assign:
                scope.broken.add(name)
            return None
        missing = self.bench.branch_for_missing(condition, (rule.missing, near), at)
        always = not condition.columns and not condition.lists and condition.text.strip().upper() == "TRUE"
        sources = scope.sources_of(condition.columns)
        effect = bind_effect(self.bench, rule.effect, at, scope, sources, sure=always)
        if effect.stop and effect.then is None:
            self.bench.error(
                "stop_without_outcome", at, f"{stage}.{rule.rule} stops the flow without an outcome.", "add then:"
            )
        return BoundRule(rule.rule, at, None if always else condition, effect, missing, sources)

    # -- the other stages

    def model(self, stage: ModelStage, at: str, scope: Scope) -> BoundModel:
        bench = self.bench
        signature = bench.context.models.get(stage.uses)
        inputs: tuple[str, ...] = ()
        if signature is None:
            hint = near_match(stage.uses, bench.context.models) or "train or import it first"
            bench.error("unknown_model", f"{at}.uses", f"There is no model {stage.uses!r}.", hint)
        else:
            inputs = signature.inputs
            for name in inputs:
                if name not in bench.context.columns:
                    bench.error(
                        "model_input",
                        f"{at}.uses",
                        f"Model {stage.uses!r} reads {name!r}, which is no fact of {bench.policy.event!r}.",
                        near_match(name, bench.context.columns),
                    )
                elif name not in scope.columns:
                    bench.not_asked(name, f"{at}.uses")
            for code in signature.reasons:
                bench.reason(code, f"{at}.uses")
            if stage.points is not None and not signature.points:
                bench.error("model_points", f"{at}.points", f"Model {stage.uses!r} gives no points.", "use probability")
            bench.used_columns.update(inputs)
        bound = BoundModel(stage.name, at, stage, inputs)
        self.models[stage.name] = bound
        for name in filter(None, (stage.probability, stage.points, stage.margin)):
            if name in scope.variables:
                bench.error("reassigned_score", at, f"{name!r} is set already.", "choose another name")
                continue
            bench.assign(name, Column(SqlType.DOUBLE, nullable=False), at, scope, sure=True, sources=(stage.name,))
            scope.outputs[name] = frozenset({stage.name})
            self.outputs.setdefault(name, set()).add(stage.name)
        return bound

    def ask(self, stage: AskStage, at: str, scope: Scope) -> BoundAsk:
        bench = self.bench
        stake = None if stage.stake is None else bench.expression(stage.stake, f"{at}.stake", scope, "integer")
        answers: dict[str, tuple[str, ...]] = {}
        for name in stage.of:
            found = bench.context.connectors.get(name)
            if found is None:
                hint = near_match(name, bench.context.connectors) or "define the connector first"
                bench.error("unknown_connector", f"{at}.of", f"There is no connector {name!r}.", hint)
                continue
            if found and found[0] in scope.columns:
                bench.warning("asked_before", at, f"{name!r} is asked before; it is not asked again.", "leave it out")
            answers[name] = found
            scope.columns.update({one: replace(bench.context.columns[one], nullable=True) for one in found})
        self.asks.update(answers)
        return BoundAsk(stage.name, at, answers, stake)

    def switch(self, stage: SwitchStage, at: str, scope: Scope) -> BoundSwitch:
        before = scope.copy()
        ends = []
        branches = []
        for i, case in enumerate(stage.cases):
            place = f"{at}.cases[{i}]"
            condition = None if case.when is None else self.bench.expression(case.when, place, before, "boolean")
            missing = self.bench.branch_for_missing(condition, (case.missing, stage.missing), place)
            inner = before.copy()
            flow = self.flow(case.flow, f"{place}.flow", inner)
            ends.append(inner)
            branches.append(BoundBranch(case.case, condition, missing, flow))
        if not any(case.when is None for case in stage.cases):
            ends.append(before)
        _become(scope, merged(before, ends))
        return BoundSwitch(stage.name, at, tuple(branches))

    def split(self, stage: SplitStage, at: str, scope: Scope) -> BoundSplit:
        column = self.bench.fact(stage.by, f"{at}.by", scope)
        if column is not None and column.type is not SqlType.TEXT:
            self.bench.error("wrong_type", f"{at}.by", f"{stage.by!r} holds no entity.", "name an entity field")
        if column is not None and column.nullable and stage.when_missing is None:
            self.bench.error(
                "missing_branch",
                at,
                f"{stage.by!r} may be missing, and no arm is named for that.",
                f"add when_missing: {stage.arms[0].arm}",
            )
        self.bench.assign(stage.name, Column(SqlType.TEXT, nullable=False), at, scope, sure=True, sources=())
        before = scope.copy()
        ends = []
        flows = []
        for i, arm in enumerate(stage.arms):
            inner = before.copy()
            flows.append(self.flow(arm.flow, f"{at}.arms[{i}].flow", inner))
            ends.append(inner)
        _become(scope, merged(before, ends))
        return BoundSplit(stage.name, at, stage, tuple(flows))

    def set(self, stage: SetStage, at: str, scope: Scope) -> BoundSet:
        values = []
        for i, (name, text) in enumerate(stage.values):
            place = f"{at}.values[{i}]"
            value = self.bench.expression(text, place, scope)
            if value is None:
                scope.broken.add(name)
                continue
            column = Column(value.type, value.nullable, value.scale)
            sources = scope.sources_of(value.columns)
            self.bench.assign(name, column, place, scope, sure=True, sources=sources, read=value.columns)
            values.append((name, value))
        return BoundSet(stage.name, at, tuple(values))


def _become(scope: Scope, other: Scope) -> None:
    scope.columns, scope.variables, scope.sources = other.columns, other.variables, other.sources
    scope.outputs, scope.ended, scope.broken = other.outputs, other.ended, other.broken


def membership(name: str, column: str) -> str:
    """The expression that asks whether an entity is in a list."""
    return f"in_list({column}, '{name}')"


def _with_earlier_sources(rules: list[BoundRule]) -> list[BoundRule]:
    """Rules of which the first hit counts, each led to by the sources of those before it as well.

    What kept the earlier ones from holding led to the later one: an ``otherwise`` after a model's cut-off is that
    model's doing.
    """
    earlier: tuple[str, ...] = ()
    made = []
    for rule in rules:
        earlier = tuple(dict.fromkeys([*earlier, *rule.sources]))
        effect = replace(rule.effect, sources=tuple(dict.fromkeys([*rule.effect.sources, *earlier])))
        made.append(replace(rule, sources=earlier, effect=effect))
    return made
