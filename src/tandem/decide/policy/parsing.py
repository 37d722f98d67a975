"""From a YAML document to the nouns of a policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tandem.decide.policy.effects import read_missing
from tandem.decide.policy.limits import MAX_ARMS, MAX_DEPTH, MAX_EXAMPLES, MAX_RULES, MAX_STAGES
from tandem.decide.policy.reading import Reader, refuse
from tandem.decide.policy.stages import STAGE_READERS
from tandem.decide.policy.types import (
    Arm,
    Branch,
    DecideStage,
    Example,
    Expectation,
    ListsStage,
    Outcome,
    Policy,
    RulesStage,
    SplitStage,
    Stage,
    SwitchStage,
)
from tandem.decide.policy.walking import walk
from tandem.kernel.errors import TooLarge, near_match
from tandem.kernel.values import Row

__all__ = ["parse_policy"]

_POLICY_KEYS: Final = frozenset({
    "policy", "event", "currency", "precedence", "when_missing", "missing_reason", "description", "flow", "examples",
    "example_defaults",
})  # fmt: skip
_EXAMPLE_KEYS: Final = frozenset({"example", "given", "lists", "scores", "expect", "because"})
_EXPECT_KEYS: Final = frozenset({"outcome", "reasons", "limit_minor", "price", "actions", "fired"})
_STAGE_KINDS: Final = ("lists", "rules", "table", "scorecard", "model", "ask", "switch", "split", "set", "decide")
_OUTCOMES: Final = tuple(Outcome)


def parse_policy(document: Any, *, path: str = "") -> Policy:
    """The policy a document describes; its names and types are checked later, by ``validate``.

    Args:
        document: what the YAML file holds.
        path: prefix of every field path in errors.

    Raises:
        DefinitionError: a key, value or name that does not fit; it names the field, the value and the near match.
        TooLarge: over a limit of ``limits``.
    """
    reader = Reader(document, path, _POLICY_KEYS)
    missing = read_missing(reader, wholesale=True)
    policy = Policy(
        policy=reader.name("policy"),
        event=reader.name("event"),
        currency=reader.text("currency", ""),
        precedence=_precedence(reader),
        missing=missing,
        missing_reason=reader.text("missing_reason", "INFORMATION_MISSING"),
        description=reader.text("description", ""),
        flow=_flow(reader, "flow", 1),
        example_defaults=_facts(reader, "example_defaults"),
        examples=tuple(_example(item, at) for at, item in reader.items("examples", needed=False)),
    )
    if not policy.flow:
        refuse("A policy needs at least one stage.", reader.at("flow"), hint="end it with '- decide: end'")
    _check_size(policy, path)
    _check_names(policy, path)
    return policy


def _precedence(reader: Reader) -> tuple[Outcome, ...]:
    if not reader.has("precedence"):
        return (Outcome.DECLINE, Outcome.REVIEW, Outcome.APPROVE)
    words = [Outcome(Reader.choice_of(item, at, _OUTCOMES)) for at, item in reader.items("precedence")]
    if sorted(words) != sorted(_OUTCOMES):
        refuse(
            "The precedence names each outcome once, strongest first.",
            reader.at("precedence"),
            ", ".join(words),
            hint="precedence: [decline, review, approve]",
        )
    return tuple(words)


def _flow(reader: Reader, key: str, depth: int) -> tuple[Stage, ...]:
    if depth > MAX_DEPTH:
        raise TooLarge(f"Flows may be nested {MAX_DEPTH} deep.", field=reader.at(key), hint="flatten the switches")
    return tuple(_stage(item, at, depth) for at, item in reader.items(key, needed=depth == 1))


def _stage(document: Any, path: str, depth: int) -> Stage:
    kinds = [kind for kind in _STAGE_KINDS if isinstance(document, dict) and kind in document]
    if "decide" in kinds:
        kinds = [kind for kind in kinds if kind != "set"]  # there, set: is part of the effect
    if len(kinds) != 1:
        first = next(iter(document), "") if isinstance(document, dict) else document
        refuse(
            "A stage opens with its kind and its name.",
            path,
            first,
            code="unknown_stage",
            hint=near_match(str(first), _STAGE_KINDS) or f"kinds: {', '.join(_STAGE_KINDS)}",
        )
    kind = kinds[0]
    if kind == "switch":
        return _switch(document, path, depth)
    if kind == "split":
        return _split(document, path, depth)
    return STAGE_READERS[kind](document, path)


def _switch(document: Any, path: str, depth: int) -> SwitchStage:
    reader = Reader(document, path, {"switch", "cases", "when_missing", "note"})
    cases: list[Branch] = []
    for at, item in reader.items("cases"):
        if cases and cases[-1].when is None:
            refuse("Nothing may follow the otherwise.", at, code="after_otherwise", hint="move otherwise to the end")
        case = Reader(item, at, {"case", "otherwise", "when", "flow", "when_missing"})
        otherwise = case.has("otherwise")
        cases.append(
            Branch(
                case=case.name("otherwise" if otherwise else "case"),
                when=None if otherwise else case.expression("when"),
                flow=_flow(case, "flow", depth + 1),
                missing=read_missing(case),
            )
        )
    return SwitchStage(
        name=reader.name("switch"), cases=tuple(cases), missing=read_missing(reader), note=reader.text("note", "")
    )


def _split(document: Any, path: str, depth: int) -> SplitStage:
    reader = Reader(document, path, {"split", "by", "arms", "salt", "when_missing", "note"})
    arms = []
    for at, item in reader.items("arms"):
        arm = Reader(item, at, {"arm", "share", "flow"})
        share = float(arm.number("share"))
        if not 0 <= share <= 100:
            refuse("A share is a percentage from 0 to 100.", arm.at("share"), share)
        arms.append(Arm(arm=arm.name("arm"), share=share, flow=_flow(arm, "flow", depth + 1)))
    if not 1 <= len(arms) <= MAX_ARMS:
        raise TooLarge(f"A split has 1 to {MAX_ARMS} arms.", field=reader.at("arms"), value=len(arms))
    names = [arm.arm for arm in arms]
    missing = reader.choice("when_missing", names) if reader.has("when_missing") else None
    total = sum(arm.share for arm in arms)
    if abs(total - 100) > 1e-9:
        refuse("The shares of a split add up to 100.", reader.at("arms"), total, hint="the first arm takes the rest")
    return SplitStage(
        name=reader.name("split"),
        by=reader.text("by"),
        arms=tuple(arms),
        salt=reader.text("salt", reader.name("split")),
        when_missing=missing,
        note=reader.text("note", ""),
    )


def _facts(reader: Reader, key: str) -> Row:
    if not reader.has(key):
        return {}
    facts = Reader(reader.raw(key), reader.at(key), reader.raw(key) if isinstance(reader.raw(key), dict) else ())
    return {name: Reader.scalar_of(value, facts.at(name)) for name, value in facts.document.items()}


def _example(document: Any, path: str) -> Example:
    reader = Reader(document, path, _EXAMPLE_KEYS)
    lists = Reader(reader.document.get("lists") or {}, reader.at("lists"), reader.document.get("lists") or ())
    scores = reader.document.get("scores") or {}
    if not isinstance(scores, dict):
        refuse("Fixed scores are model: {probability: ...} lines.", reader.at("scores"), scores)
    return Example(
        example=reader.text("example"),
        given=_facts(reader, "given"),
        lists={name: lists.texts(name) for name in lists.document},
        scores={name: _score(value, reader.at(f"scores.{name}")) for name, value in scores.items()},
        expect=_expectation(reader.raw("expect"), reader.at("expect")),
        because=reader.text("because", ""),
    )


def _score(document: Any, path: str) -> dict[str, float]:
    reader = Reader(document, path, {"probability", "points", "margin"})
    return {key: float(reader.number(key)) for key in reader.document}


def _expectation(document: Any, path: str) -> Expectation:
    if isinstance(document, str):
        return Expectation(outcome=Outcome(Reader.choice_of(document, path, _OUTCOMES)))
    reader = Reader(document, path, _EXPECT_KEYS)

    def optional(key: str) -> tuple[str, ...] | None:
        return reader.texts(key) if key in reader.document else None

    price = None
    if "price" in reader.document:
        price = tuple((name, Reader.scalar_of(value, at)) for at, name, value in reader.pairs("price", ordered=False))
    return Expectation(
        outcome=Outcome(reader.choice("outcome", _OUTCOMES)) if reader.has("outcome") else None,
        reasons=optional("reasons"),
        limit_minor=reader.integer("limit_minor", 0) if reader.has("limit_minor") else None,
        price=price,
        actions=optional("actions"),
        fired=optional("fired"),
    )


def _check_size(policy: Policy, path: str) -> None:
    stages = [stage for _, stage in walk(policy)]
    rules = sum(_rules_in(stage) for stage in stages)
    for what, count, most in (
        ("stages", len(stages), MAX_STAGES),
        ("rules", rules, MAX_RULES),
        ("examples", len(policy.examples), MAX_EXAMPLES),
    ):
        if count > most:
            raise TooLarge(
                f"A policy has at most {most} {what}.",
                field=path or "flow",
                value=count,
                hint="a decision table holds many",
            )


def _rules_in(stage: Stage) -> int:
    if isinstance(stage, RulesStage):
        return len(stage.rules)
    if isinstance(stage, ListsStage):
        return len(stage.checks)
    if isinstance(stage, DecideStage | SwitchStage):
        return len(stage.cases)
    return 0


def _check_names(policy: Policy, path: str) -> None:
    _unique("stage", ((at, stage.name) for at, stage in walk(policy, path)))
    for at, stage in walk(policy, path):
        what, key, names = _named(stage)
        _unique(what, ((f"{at}.{key}[{i}]", name) for i, name in enumerate(names)))


def _named(stage: Stage) -> tuple[str, str, list[str]]:
    """What the parts of a stage are called, the key they stand under, and their names."""
    if isinstance(stage, RulesStage):
        return "rule", stage.hit, [rule.rule for rule in stage.rules]
    if isinstance(stage, SplitStage):
        return "arm", "arms", [arm.arm for arm in stage.arms]
    if isinstance(stage, DecideStage | SwitchStage):
        return "case", "cases", [case.case for case in stage.cases]
    return "part", "", []


def _unique(what: str, named: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for at, name in named:
        if name in seen:
            refuse(
                f"Two of kind {what} have this name.",
                at,
                name,
                code="duplicate_name",
                hint=f"the first is {seen[name]}",
            )
        seen[name] = at
