"""Examples in a policy are its tests: each says what must come out for whom, and together they show what is untested."""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

import msgspec

from tandem.decide.models import Score
from tandem.decide.policy.facts import facts_of
from tandem.decide.policy.plan import BoundRules, BoundSplit, BoundStage, BoundSwitch, BoundTable
from tandem.decide.policy.results import Contribution, PolicyResult, ScoringModel
from tandem.decide.policy.types import Example, Expectation, Policy
from tandem.kernel.errors import DefinitionError
from tandem.kernel.values import Row, Value

if TYPE_CHECKING:
    from tandem.decide.policy.compiled import CompiledPolicy

__all__ = ["Coverage", "Difference", "ExampleResult", "check_examples", "coverage", "points_of_decision"]


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """One thing an example expected otherwise; both sides as text."""

    field: str
    expected: str
    got: str


class ExampleResult(msgspec.Struct, frozen=True, kw_only=True):
    """How one example came out.

    Attributes:
        example: its words.
        passed: nothing differs.
        differences: what does.
        result: what the policy came to; None when the example itself cannot be read.
        because: why it was expected, as the policy says.
    """

    example: str
    passed: bool
    differences: tuple[Difference, ...] = ()
    result: PolicyResult | None = None
    because: str = ""


class Coverage(msgspec.Struct, frozen=True, kw_only=True):
    """Which points of decision the examples reach: rules, rows, cases, branches and arms, by name."""

    reached: tuple[str, ...]
    unreached: tuple[str, ...]

    @property
    def share(self) -> float:
        """Reached over all, from 0 to 1; 1 for a policy without a point of decision."""
        count = len(self.reached) + len(self.unreached)
        return len(self.reached) / count if count else 1.0


def check_examples(
    policy: Policy, compiled: CompiledPolicy, models: Mapping[str, ScoringModel] | None = None
) -> tuple[ExampleResult, ...]:
    """Run every example of ``policy`` through ``compiled``.

    Args:
        policy: whose examples are run; usually the one that was compiled.
        compiled: what decides.
        models: instead of those compiled in; an example's own ``scores`` come before both.
    """
    return tuple(_check(example, policy, compiled, models or {}) for example in policy.examples)


def coverage(compiled: CompiledPolicy, results: Iterable[PolicyResult]) -> Coverage:
    """What the given results reached of the policy's points of decision."""
    seen: set[str] = set()
    for result in results:
        seen.update(result.fired)
        seen.update(result.path)
    points = points_of_decision(compiled.plan.flow)
    return Coverage(
        reached=tuple(point for point in points if point in seen),
        unreached=tuple(point for point in points if point not in seen),
    )


def points_of_decision(flow: tuple[BoundStage, ...]) -> list[str]:
    """``stage.rule``, ``stage.row``, ``stage:case`` and ``stage:arm`` of a flow, in reading order."""
    points: list[str] = []
    for stage in flow:
        if isinstance(stage, BoundRules):
            points += [f"{stage.name}.{rule.name}" for rule in stage.rules]
        elif isinstance(stage, BoundTable):
            rows = (*stage.rows, *([stage.default] if stage.default else []))
            points += [f"{stage.name}.{row.name}" for row in rows]
        elif isinstance(stage, BoundSwitch):
            for case in stage.cases:
                points += [f"{stage.name}:{case.name}", *points_of_decision(case.flow)]
        elif isinstance(stage, BoundSplit):
            for arm, inner in zip(stage.stage.arms, stage.flows, strict=True):
                points += [f"{stage.name}:{arm.arm}", *points_of_decision(inner)]
    return points


class _FixedModel:
    """A model that always says the same: for examples that are not about the model."""

    def __init__(self, fixed: Mapping[str, float]) -> None:
        probability = fixed.get("probability", 0.5)
        inside = min(max(probability, 1e-12), 1 - 1e-12)
        margin = fixed.get("margin", math.log(inside / (1 - inside)))
        self._score = Score(probability, margin, fixed.get("points"))

    def score(self, row: Sequence[Value], /) -> Score:
        del row
        return self._score

    def reasons(self, row: Sequence[Value], top: int, /) -> Sequence[Contribution]:
        del row, top
        return ()


def _check(
    example: Example, policy: Policy, compiled: CompiledPolicy, models: Mapping[str, ScoringModel]
) -> ExampleResult:
    try:
        row = facts_of({**policy.example_defaults, **example.given}, compiled.plan.facts)
    except DefinitionError as error:
        wrong = Difference(field=error.field or "given", expected=error.detail, got=str(error.value))
        return ExampleResult(example=example.example, passed=False, differences=(wrong,), because=example.because)
    lacking = tuple(_lacking(row, compiled))
    if lacking:
        return ExampleResult(example=example.example, passed=False, differences=lacking, because=example.because)
    lists: dict[str, Container[str]] = {name: frozenset(example.lists.get(name, ())) for name in compiled.lists}
    fixed = {name: _FixedModel(score) for name, score in example.scores.items()}
    result = compiled.run(row, lists, {**compiled.models, **models, **fixed})
    differences = tuple(_differences(example.expect, result))
    return ExampleResult(
        example=example.example,
        passed=not differences,
        differences=differences,
        result=result,
        because=example.because,
    )


def _lacking(row: Row, compiled: CompiledPolicy) -> Iterable[Difference]:
    """Facts that no real event is without, that expressions read, and that the example does not give."""
    for name in sorted(compiled.plan.read_columns):
        column = compiled.plan.facts.get(name)
        if column is not None and not column.nullable and row.get(name) is None:
            yield Difference(field=f"given.{name}", expected="a value: it is never missing", got="nothing")


def _differences(expect: Expectation, result: PolicyResult) -> Iterable[Difference]:
    reasons = tuple(reason.code for reason in result.reasons)
    compared: list[tuple[str, object, object]] = [
        ("outcome", expect.outcome, result.outcome),
        ("reasons", expect.reasons, reasons),
        ("limit_minor", expect.limit_minor, result.limit_minor),
        ("price", None if expect.price is None else dict(expect.price), result.price),
        ("actions", expect.actions, result.actions),
        ("fired", expect.fired, tuple(one for one in result.fired if one in (expect.fired or ()))),
    ]
    for field, expected, got in compared:
        if expected is not None and expected != got:
            yield Difference(field=field, expected=_shown(expected), got=_shown(got))


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(str(item) for item in value) or "none"
    return str(value)
