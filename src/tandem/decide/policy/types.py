"""The nouns of a policy as it is written: a flow of stages, read from top to bottom.

Every object in the file opens with what it is and its name (``rules: knock_out``, ``rule: under_age``, ``case: thin``).
The structs mirror the file; ``parsing`` makes them from a YAML document, ``binding`` gives their expressions types, and
``compiling`` and ``tracing`` run them. Nothing here is computed.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, TypeAlias

import msgspec

from tandem.kernel.values import Row, Value

__all__ = [
    "Arm",
    "AskStage",
    "Bin",
    "Branch",
    "Case",
    "Characteristic",
    "Check",
    "DecideStage",
    "Effect",
    "Example",
    "Expectation",
    "HitPolicy",
    "ListsStage",
    "Missing",
    "ModelStage",
    "Outcome",
    "Policy",
    "Rule",
    "RulesStage",
    "ScorecardStage",
    "SetStage",
    "SplitStage",
    "Stage",
    "SwitchStage",
    "TableColumn",
    "TableRow",
    "TableStage",
]


class Outcome(StrEnum):
    """What is done with an application."""

    DECLINE = "decline"
    REVIEW = "review"
    APPROVE = "approve"


MissingAction: TypeAlias = Literal["decline", "review", "approve", "skip"]
HitPolicy: TypeAlias = Literal["first", "unique", "priority", "collect"]


class _Part(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of a policy: immutable."""


class Missing(_Part, frozen=True, kw_only=True):
    """What to do where a condition has no answer because a fact is missing.

    A condition without an answer counts as false; this effect is applied in its place.

    Attributes:
        then: an outcome, or ``skip``: nothing happens (a written fail-open).
        reason: reason code of that outcome; None stands for the policy's ``missing_reason``.
    """

    then: MissingAction
    reason: str | None = None


class Effect(_Part, frozen=True, kw_only=True):
    """What happens where a condition holds.

    Attributes:
        then: an outcome put on the scales; the strongest by the policy's precedence wins.
        reason: why, as a code of the reason catalogue.
        severity: reasons of one outcome are ordered by it, larger first.
        assign: (variable, expression) pairs, in order.
        actions: names of things to do next, such as ``open_case``.
        cap: expression in minor units; the final limit is at most the smallest cap.
        limit: expression in minor units; the last one written wins.
        price: (part, expression) pairs, such as ``rate_bps``.
        stop: the flow ends here. It never overrides a stronger outcome already on the scales.
    """

    then: Outcome | None = None
    reason: str | None = None
    severity: int = 0
    assign: tuple[tuple[str, str], ...] = ()
    actions: tuple[str, ...] = ()
    cap: str | None = None
    limit: str | None = None
    price: tuple[tuple[str, str], ...] = ()
    stop: bool = False


class Check(_Part, frozen=True, kw_only=True):
    """Membership of one entity in one list.

    Attributes:
        list: name of the list.
        of: column that holds the entity's pseudonym.
    """

    list: str
    of: str
    effect: Effect
    missing: Missing | None = None


class Rule(_Part, frozen=True, kw_only=True):
    """A condition with an effect. ``rule`` is its name, unique in the stage."""

    rule: str
    when: str
    effect: Effect
    missing: Missing | None = None
    note: str = ""


class Case(_Part, frozen=True, kw_only=True):
    """One case of a ``decide`` stage; the last one has no condition."""

    case: str
    when: str | None
    effect: Effect
    missing: Missing | None = None


class TableColumn(_Part, frozen=True, kw_only=True):
    """An input column of a decision table: a name and the expression its cells are tested against."""

    column: str
    of: str


class TableRow(_Part, frozen=True, kw_only=True):
    """A row: one text per input column, one value per output column."""

    row: str
    when: tuple[str, ...]
    then: tuple[Value, ...]
    note: str = ""


class Bin(_Part, frozen=True, kw_only=True):
    """One line of a characteristic: a unary test and its points."""

    test: str
    points: int | float


class Characteristic(_Part, frozen=True, kw_only=True):
    """A scored expression. ``reason`` is given when it costs points."""

    characteristic: str
    of: str
    bins: tuple[Bin, ...]
    otherwise: int | float | None = None
    reason: str | None = None


class Branch(_Part, frozen=True, kw_only=True):
    """A case of a switch and the flow it leads to; ``when`` None is the otherwise."""

    case: str
    when: str | None
    flow: tuple[Stage, ...]
    missing: Missing | None = None


class Arm(_Part, frozen=True, kw_only=True):
    """An arm of a split: its share in percent and its flow."""

    arm: str
    share: float
    flow: tuple[Stage, ...]


class ListsStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="lists"):
    """Checks against lists, all of them, in order."""

    name: str
    checks: tuple[Check, ...]
    missing: Missing | None = None
    stop_on: tuple[Outcome, ...] = ()
    note: str = ""


class RulesStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="rules"):
    """Rules: ``all`` that hold fire, or only the ``first``."""

    name: str
    hit: Literal["all", "first"]
    rules: tuple[Rule, ...]
    missing: Missing | None = None
    stop_on: tuple[Outcome, ...] = ()
    note: str = ""


class TableStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="table"):
    """A decision table.

    Attributes:
        hit: ``first`` row; the ``unique`` row; the row of strongest outcome (``priority``); or ``collect`` all.
        aggregate: how ``collect`` joins numbers.
        outputs: ``outcome``, ``reason``, ``actions``, ``limit_minor``, ``cap_minor``, or names of variables.
        default: outputs where no row matches.
    """

    name: str
    hit: HitPolicy
    columns: tuple[TableColumn, ...]
    outputs: tuple[str, ...]
    rows: tuple[TableRow, ...]
    aggregate: Literal["sum", "min", "max", "list"] = "list"
    default: tuple[Value, ...] | None = None
    missing: Missing | None = None
    stop_on: tuple[Outcome, ...] = ()
    note: str = ""


class ScorecardStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="scorecard"):
    """A points table written in the policy; ``output`` is the variable that holds the sum."""

    name: str
    output: str
    base: int | float
    characteristics: tuple[Characteristic, ...]
    note: str = ""


class ModelStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="model"):
    """A model of the release; scored only when something later needs one of its outputs.

    Attributes:
        uses: name of the model.
        probability, points, margin: variables that take the outputs; None: not wanted.
    """

    name: str
    uses: str
    probability: str | None = None
    points: str | None = None
    margin: str | None = None
    note: str = ""


class AskStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="ask"):
    """Third parties are asked here, if the flow comes past and their answers can still change what comes out.

    The answers are facts of the decision, fetched before it is taken and recorded with it: running the policy asks nobody.

    Attributes:
        of: names of the connectors.
        stake: expression in minor units: what is lost where the decision is wrong; with it, who is asked first is chosen
            by expected value.
    """

    name: str
    of: tuple[str, ...]
    stake: str | None = None
    note: str = ""


class SwitchStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="switch"):
    """The first branch whose condition holds."""

    name: str
    cases: tuple[Branch, ...]
    missing: Missing | None = None
    note: str = ""


class SplitStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="split"):
    """Champion and challengers by a stable hash of an entity; the first arm is the champion.

    Attributes:
        by: column with the entity's pseudonym.
        salt: what the hash is mixed with; two splits with one salt divide alike.
        when_missing: the arm of an application without that entity.
    """

    name: str
    by: str
    arms: tuple[Arm, ...]
    salt: str
    when_missing: str | None = None
    note: str = ""


class SetStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="set"):
    """Named derived values, in order; a later one may use an earlier one."""

    name: str
    values: tuple[tuple[str, str], ...]
    note: str = ""


class DecideStage(_Part, frozen=True, kw_only=True, tag_field="kind", tag="decide"):
    """The end of a flow: the first case that holds; the last has no condition."""

    name: str
    cases: tuple[Case, ...]
    missing: Missing | None = None
    note: str = ""


Stage: TypeAlias = (
    ListsStage
    | RulesStage
    | TableStage
    | ScorecardStage
    | ModelStage
    | AskStage
    | SwitchStage
    | SplitStage
    | SetStage
    | DecideStage
)


class Expectation(_Part, frozen=True, kw_only=True):
    """What an example must come to; what is None is not looked at."""

    outcome: Outcome | None = None
    reasons: tuple[str, ...] | None = None
    limit_minor: int | None = None
    price: tuple[tuple[str, Value], ...] | None = None
    actions: tuple[str, ...] | None = None
    fired: tuple[str, ...] | None = None


class Example(_Part, frozen=True, kw_only=True):
    """A test written in the policy.

    Attributes:
        example: what it shows, in words.
        given: facts; laid over the policy's ``example_defaults``.
        lists: list name to members.
        scores: model name to fixed (probability, points), for an example that is not about the model.
        expect: what must come out.
        because: why it must, for people.
    """

    example: str
    given: Row
    expect: Expectation
    lists: dict[str, tuple[str, ...]] = {}
    scores: dict[str, dict[str, float]] = {}
    because: str = ""


class Policy(_Part, frozen=True, kw_only=True):
    """A policy as written.

    Attributes:
        policy: lower_snake name.
        event: the event type it decides on.
        currency: of every limit.
        precedence: outcomes, strongest first.
        missing: what a condition without an answer means where nothing nearer says so; never approve or skip.
        missing_reason: reason code of a ``when_missing`` that names none.
        flow: stages, in order.
        example_defaults: facts every example starts from.
        examples: tests.
    """

    policy: str
    event: str
    flow: tuple[Stage, ...]
    currency: str = ""
    precedence: tuple[Outcome, ...] = (Outcome.DECLINE, Outcome.REVIEW, Outcome.APPROVE)
    missing: Missing | None = None
    missing_reason: str = "INFORMATION_MISSING"
    description: str = ""
    example_defaults: Row = {}
    examples: tuple[Example, ...] = ()
