"""A policy with one rule taken out, or with another number in one rule or case: exactly that, and nothing else changed."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from sqlglot import Token, tokenize

from tandem.decide.policy import compile_policy
from tandem.decide.policy.types import (
    Case,
    DecideStage,
    ListsStage,
    Policy,
    Rule,
    RulesStage,
    SplitStage,
    Stage,
    SwitchStage,
)
from tandem.decide.policy.walking import walk
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.learn.backtest.sides import DecidingSide

__all__ = ["condition_of", "condition_with", "numbers_in", "rule_names", "signed", "with_number", "without_rule"]

_Change = Callable[[Stage], Stage | None]


def rule_names(policy: Policy) -> tuple[str, ...]:
    """``stage.rule`` of each rule and list check, wherever in the flow it stands."""
    return tuple(f"{stage.name}.{name}" for _, stage in walk(policy) for name in _names(stage))


def without_rule(side: DecidingSide, rule: str) -> DecidingSide:
    """The side with the rule taken out; a stage that is then empty goes with it.

    Raises:
        DefinitionError: the policy does not hold together without it.
        NotFound: there is no such rule.
    """
    policy = side.compiled.policy
    stage_name, name = _known(policy, rule)

    def change(stage: Stage) -> Stage | None:
        if stage.name != stage_name:
            return stage
        if isinstance(stage, RulesStage):
            rules = tuple(one for one in stage.rules if one.rule != name)
            return replace(stage, rules=rules) if rules else None
        if isinstance(stage, ListsStage):
            checks = tuple(one for one in stage.checks if f"{one.list}_{one.of}" != name)
            return replace(stage, checks=checks) if checks else None
        return stage

    return _changed(side, change, f"without {rule}")


def with_number(side: DecidingSide, rule: str, number: int, value: float) -> tuple[DecidingSide, str]:
    """The side with another number in the condition of a rule, or of a case of a decision, and the condition as it then reads.

    Args:
        number: which of the numbers in the condition, from 0.

    Raises:
        DefinitionError: the policy does not hold together with it.
        InvalidInput: the condition has no such number.
        NotFound: there is no such rule.
    """
    stage_name, name = _known(side.compiled.policy, rule, _cases(side.compiled.policy))
    told: list[str] = []

    def condition(when: str) -> str:
        told.append(condition_with(when, rule, number, value))
        return told[-1]

    def changed(one: Rule) -> Rule:
        return replace(one, when=condition(one.when)) if one.rule == name else one

    def case(one: Case) -> Case:
        return replace(one, when=condition(one.when)) if one.case == name and one.when is not None else one

    def change(stage: Stage) -> Stage | None:
        if stage.name == stage_name and isinstance(stage, RulesStage):
            return replace(stage, rules=tuple(changed(one) for one in stage.rules))
        if stage.name == stage_name and isinstance(stage, DecideStage):
            return replace(stage, cases=tuple(case(one) for one in stage.cases))
        return stage

    found = _changed(side, change, f"{rule} at {value:g}")
    if not told:
        raise InvalidInput(f"{rule} has no condition with a number.", code="no_such_number", field="sweep.rule")
    return found, told[0]


def condition_of(policy: Policy, rule: str) -> str:
    """The condition of ``stage.rule``, or of the case ``stage.case`` of a decision.

    Raises:
        NotFound: there is none of this name.
    """
    stage_name, name = _known(policy, rule, _cases(policy))
    for _, stage in walk(policy):
        if stage.name == stage_name and isinstance(stage, RulesStage):
            return next(one.when for one in stage.rules if one.rule == name)
        if stage.name == stage_name and isinstance(stage, DecideStage):
            return next(one.when for one in stage.cases if one.case == name and one.when is not None)
    raise NotFound("This one has no condition.", code="unknown_rule", field="rule", value=rule)


def numbers_in(when: str) -> tuple[float, ...]:
    """The numbers that a condition names, in order; a minus before one is the condition's own."""
    return tuple(float(one.text) for one in _numbers(when))


def signed(when: str, number: int) -> bool:
    """Whether the number at this place has a minus of its own before it: another value would then turn its sign."""
    tokens = tokenize(when, read="duckdb")
    places = [place for place, one in enumerate(tokens) if one.token_type.name == "NUMBER"]
    place = places[number]
    if place == 0 or tokens[place - 1].token_type.name != "DASH":
        return False
    before = tokens[place - 2].token_type.name if place > 1 else ""
    return before not in {"NUMBER", "VAR", "IDENTIFIER", "R_PAREN"}


def condition_with(when: str, rule: str, number: int, value: float) -> str:
    """The condition ``when`` of ``rule`` with ``value`` in the place of one of its numbers.

    Raises:
        InvalidInput: it has no such number.
    """
    numbers = _numbers(when)
    if not 0 <= number < len(numbers):
        raise InvalidInput(
            f"The condition of {rule} has {len(numbers)} numbers.",
            code="no_such_number",
            field="sweep.number",
            value=number,
            hint="they are counted from 0",
        )
    token = numbers[number]
    text = str(int(value)) if float(value).is_integer() and "." not in token.text else repr(float(value))
    return when[: token.start] + (f"({text})" if value < 0 else text) + when[token.end + 1 :]


def _numbers(when: str) -> list[Token]:
    return [one for one in tokenize(when, read="duckdb") if one.token_type.name == "NUMBER"]


def _cases(policy: Policy) -> tuple[str, ...]:
    return tuple(
        f"{stage.name}.{one.case}"
        for _, stage in walk(policy)
        if isinstance(stage, DecideStage)
        for one in stage.cases
        if one.when is not None
    )


def _names(stage: Stage) -> tuple[str, ...]:
    if isinstance(stage, RulesStage):
        return tuple(one.rule for one in stage.rules)
    if isinstance(stage, ListsStage):
        return tuple(f"{one.list}_{one.of}" for one in stage.checks)
    return ()


def _known(policy: Policy, rule: str, more: tuple[str, ...] = ()) -> tuple[str, str]:
    names = (*rule_names(policy), *more)
    if rule not in names:
        raise NotFound(
            "The policy has no such rule.", code="unknown_rule", field="rule", value=rule, hint=near_match(rule, names)
        )
    stage, _, name = rule.partition(".")
    return stage, name


def _changed(side: DecidingSide, change: _Change, label: str) -> DecidingSide:
    policy = side.compiled.policy
    # Examples tell what the whole policy comes to; with a rule taken out they need not hold.
    edited = replace(policy, flow=_flow(policy.flow, change), examples=())
    return side.with_policy(compile_policy(edited, side.context(), side.live.models), label)


def _flow(flow: tuple[Stage, ...], change: _Change) -> tuple[Stage, ...]:
    found = []
    for stage in flow:
        changed = change(stage)
        if isinstance(changed, SwitchStage):
            changed = replace(changed, cases=tuple(replace(c, flow=_flow(c.flow, change)) for c in changed.cases))
        elif isinstance(changed, SplitStage):
            changed = replace(changed, arms=tuple(replace(a, flow=_flow(a.flow, change)) for a in changed.arms))
        if changed is not None:
            found.append(changed)
    return tuple(found)
