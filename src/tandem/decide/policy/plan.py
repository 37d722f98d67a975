"""A policy whose every name is resolved and every expression typed: what is compiled, and what is traced.

Three kinds of written stages (lists, rules, decide) become one here: rules with a hit policy. A ``when_missing`` clause
is resolved to the nearest one, and is there only where the condition can really be without an answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tandem.decide.policy.analysis import TableAnalysis
from tandem.decide.policy.cells import Test
from tandem.decide.policy.types import Missing, ModelStage, Outcome, Policy, SplitStage
from tandem.kernel.expressions import Column, Expression
from tandem.kernel.values import SqlType, Value

__all__ = [
    "BoundAsk",
    "BoundBranch",
    "BoundCharacteristic",
    "BoundEffect",
    "BoundModel",
    "BoundRow",
    "BoundRule",
    "BoundRules",
    "BoundScorecard",
    "BoundSet",
    "BoundSplit",
    "BoundStage",
    "BoundSwitch",
    "BoundTable",
    "Output",
    "Plan",
]


@dataclass(frozen=True, slots=True)
class BoundEffect:
    """An effect with typed expressions.

    ``sources`` are the stages (models, scorecards) whose result led here; they add their reasons.
    """

    then: Outcome | None = None
    reason: str | None = None
    severity: int = 0
    assign: tuple[tuple[str, Expression], ...] = ()
    actions: tuple[str, ...] = ()
    cap: Expression | None = None
    limit: Expression | None = None
    price: tuple[tuple[str, Expression], ...] = ()
    stop: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BoundRule:
    """A condition (None: always) and its effect; ``missing`` where the condition can be without an answer."""

    name: str
    at: str
    condition: Expression | None
    effect: BoundEffect
    missing: Missing | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundRules:
    """Rules, list checks or the cases of a decide stage; ``final`` ends the flow."""

    kind: Literal["lists", "rules", "decide"]
    name: str
    at: str
    hit: Literal["all", "first"]
    rules: tuple[BoundRule, ...]
    stop_on: tuple[Outcome, ...]
    final: bool


@dataclass(frozen=True, slots=True)
class Output:
    """A variable a table sets; ``type`` of its values."""

    name: str
    type: SqlType


@dataclass(frozen=True, slots=True)
class BoundRow:
    """A row: tests by column, typed ``if`` cells, its effect, and its values for the table's variables."""

    name: str
    tests: tuple[Test, ...]
    conditions: tuple[Expression | None, ...]
    effect: BoundEffect
    values: tuple[Value | Expression, ...]


@dataclass(frozen=True, slots=True)
class BoundTable:
    """A decision table; ``order`` lists row indices as they are tried, ``analysis`` those of the file."""

    name: str
    at: str
    hit: Literal["first", "unique", "priority", "collect"]
    aggregate: Literal["sum", "min", "max", "list"]
    names: tuple[str, ...]
    columns: tuple[Expression, ...]
    outputs: tuple[Output, ...]
    rows: tuple[BoundRow, ...]
    order: tuple[int, ...]
    default: BoundRow | None
    missing: Missing | None
    stop_on: tuple[Outcome, ...]
    sources: tuple[str, ...]
    analysis: TableAnalysis


@dataclass(frozen=True, slots=True)
class BoundCharacteristic:
    """A scored expression; ``best`` is the most points it can give."""

    name: str
    of: Expression
    tests: tuple[Test, ...]
    points: tuple[int | float, ...]
    otherwise: int | float | None
    best: int | float
    reason: str | None


@dataclass(frozen=True, slots=True)
class BoundScorecard:
    """A points table and the variable that takes the sum."""

    name: str
    at: str
    output: Output
    base: int | float
    characteristics: tuple[BoundCharacteristic, ...]


@dataclass(frozen=True, slots=True)
class BoundModel:
    """A model stage; ``inputs`` are the columns the model reads."""

    name: str
    at: str
    stage: ModelStage
    inputs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BoundAsk:
    """A stage that asks; ``answers`` are the facts it makes known, by connector."""

    name: str
    at: str
    answers: Mapping[str, tuple[str, ...]]
    stake: Expression | None


@dataclass(frozen=True, slots=True)
class BoundBranch:
    """A branch of a switch."""

    name: str
    condition: Expression | None
    missing: Missing | None
    flow: tuple[BoundStage, ...]


@dataclass(frozen=True, slots=True)
class BoundSwitch:
    """A switch."""

    name: str
    at: str
    cases: tuple[BoundBranch, ...]


@dataclass(frozen=True, slots=True)
class BoundSplit:
    """A split; ``flows`` by arm, in order."""

    name: str
    at: str
    stage: SplitStage
    flows: tuple[tuple[BoundStage, ...], ...]


@dataclass(frozen=True, slots=True)
class BoundSet:
    """Derived values, in order."""

    name: str
    at: str
    values: tuple[tuple[str, Expression], ...]


BoundStage: TypeAlias = (
    BoundRules | BoundTable | BoundScorecard | BoundModel | BoundAsk | BoundSwitch | BoundSplit | BoundSet
)


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole policy, bound.

    Attributes:
        policy: as written.
        flow: the stages.
        columns: facts it reads, sorted; the inputs of its models included.
        facts: every fact it may name, with its type.
        read_columns: those of ``columns`` that expressions read.
        roots: variable to the facts its value is made from.
        lists: lists it asks.
        variables: every variable it can set, in order of first appearance.
        models: model stages by name.
        outputs: variable that model stages fill, to the names of those stages.
        asks: facts that connectors answer with, by connector; only of those that it asks.
    """

    policy: Policy
    flow: tuple[BoundStage, ...]
    columns: tuple[str, ...]
    lists: tuple[str, ...]
    variables: dict[str, Column]
    facts: Mapping[str, Column] = field(default_factory=dict)
    read_columns: frozenset[str] = frozenset()
    roots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    models: dict[str, BoundModel] = field(default_factory=dict)
    outputs: dict[str, tuple[str, ...]] = field(default_factory=dict)
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def rank(self, outcome: Outcome) -> int:
        """Place of ``outcome`` in the precedence; 0 is the strongest."""
        return self.policy.precedence.index(outcome)

    def facts_behind(self, columns: Iterable[str]) -> tuple[str, ...]:
        """The facts among ``columns``, and those that the variables among them are made from."""
        found: dict[str, None] = {}
        for column in columns:
            found.update(dict.fromkeys(self.roots.get(column, (column,))))
        return tuple(found)
