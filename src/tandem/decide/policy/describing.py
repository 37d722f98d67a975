"""A policy read aloud, and two of them compared, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cache
from typing import TypeAlias

from tandem.decide.policy.binding import bind
from tandem.decide.policy.context import PolicyContext
from tandem.decide.policy.types import (
    AskStage,
    Case,
    DecideStage,
    ListsStage,
    Missing,
    ModelStage,
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
from tandem.decide.policy.wording import (
    Language,
    effect_in_words,
    missing_in_words,
    outcome_in_words,
    phrase,
)
from tandem.kernel.errors import TandemError
from tandem.kernel.expressions import Column, parse
from tandem.kernel.expressions import in_words as expression_in_words

__all__ = ["Say", "in_words", "rule_in_words", "say_over"]

Say: TypeAlias = Callable[[str], str]


def in_words(
    policy: Policy, language: Language = "en", context: PolicyContext | None = None, *, say: Say | None = None
) -> list[str]:
    """The policy as lines of plain words, indented by two spaces per flow within a flow.

    Args:
        policy: as parsed.
        language: ``en`` or ``zh-CN``.
        context: with it conditions are put in words too; without, and where they are in error, they stand as written.
        say: what puts a condition in words, instead of ``context``.
    """
    say = say or _sayer(policy, language, context)
    order = " > ".join(outcome_in_words(one, language) for one in policy.precedence)
    lines = [
        phrase("title", language, name=policy.policy, event=policy.event),
        phrase("precedence", language, order=order),
    ]
    if policy.missing is not None:
        lines.append(_missing(policy.missing, language))
    lines += _flow(policy.flow, language, say)
    return lines


def _sayer(policy: Policy, language: Language, context: PolicyContext | None) -> Say:
    if context is None:
        return lambda text: text
    return say_over({**context.columns, **bind(policy, context)[0].variables}, context.lists, language)


def say_over(columns: Mapping[str, Column], lists: Collection[str], language: Language) -> Say:
    """What puts a condition over ``columns`` in words; one that is in error stands as written."""
    spoken = "zh" if language == "zh-CN" else "en"

    # A table of thousands of rows asks for the name of the same column in each of them.
    @cache
    def say(text: str) -> str:
        try:
            return expression_in_words(parse(text, columns, lists=lists), spoken)
        except TandemError:
            # It is in error: the words of its author will do.
            return text

    return say


def _flow(flow: tuple[Stage, ...], language: Language, say: Say) -> Iterator[str]:
    for stage in flow:
        yield from _stage(stage, language, say)


def _stage(stage: Stage, language: Language, say: Say) -> Iterator[str]:
    if isinstance(stage, ListsStage | RulesStage | DecideStage):
        yield from _rules(stage, language, say)
    elif isinstance(stage, SwitchStage):
        yield phrase("switch", language, name=stage.name)
        for branch in stage.cases:
            key = "otherwise" if branch.when is None else "case"
            condition = "" if branch.when is None else say(branch.when)
            yield "  " + phrase(key, language, name=branch.case, condition=condition)
            yield from _inner(branch.flow, language, say)
    elif isinstance(stage, SplitStage):
        yield phrase("split", language, name=stage.name, by=stage.by)
        for arm in stage.arms:
            yield "  " + phrase("arm", language, name=arm.arm, share=f"{arm.share:g}")
            yield from _inner(arm.flow, language, say)
    else:
        yield _line(stage, language, say)
    missing = getattr(stage, "missing", None)
    if missing is not None:
        yield "  " + _missing(missing, language)
    stop_on = getattr(stage, "stop_on", ())
    if stop_on:
        outcomes = ", ".join(outcome_in_words(one, language) for one in stop_on)
        yield "  " + phrase("stop_on", language, outcomes=outcomes)


def _inner(flow: tuple[Stage, ...], language: Language, say: Say) -> Iterator[str]:
    for line in _flow(flow, language, say):
        yield "    " + line


def _rules(stage: ListsStage | RulesStage | DecideStage, language: Language, say: Say) -> Iterator[str]:
    if isinstance(stage, ListsStage):
        yield phrase("lists", language, name=stage.name)
        for check in stage.checks:
            condition = phrase("check", language, of=check.of, list=check.list)
            line = phrase("when", language, condition=condition, effect=effect_in_words(check.effect, language))
            yield "  " + _with_missing(line, check.missing, language)
        return
    key = "decide" if isinstance(stage, DecideStage) else f"rules_{stage.hit}"
    yield phrase(key, language, name=stage.name)
    parts: tuple[Rule | Case, ...] = stage.cases if isinstance(stage, DecideStage) else stage.rules
    for part in parts:
        yield "  " + rule_in_words(part, language, say)


def rule_in_words(part: Rule | Case, language: Language, say: Say) -> str:
    """A rule or case as one sentence, without its name."""
    effect = effect_in_words(part.effect, language)
    if part.when is None:
        return phrase("always", language, effect=effect)
    line = phrase("when", language, condition=say(part.when), effect=effect)
    return _with_missing(line, part.missing, language)


def _line(
    stage: TableStage | ScorecardStage | ModelStage | AskStage | SetStage | ListsStage | RulesStage | DecideStage,
    language: Language,
    say: Say,
) -> str:
    if isinstance(stage, TableStage):
        hit = phrase(f"hit_{stage.hit}", language, aggregate=stage.aggregate)
        columns = ", ".join(column.column for column in stage.columns)
        outputs = ", ".join(stage.outputs)
        rows = len(stage.rows)
        return phrase("table", language, name=stage.name, columns=columns, rows=rows, hit=hit, outputs=outputs)
    if isinstance(stage, ScorecardStage):
        count = len(stage.characteristics)
        return phrase("scorecard", language, name=stage.name, count=count, base=stage.base, output=stage.output)
    if isinstance(stage, ModelStage):
        outputs = ", ".join(filter(None, (stage.probability, stage.points, stage.margin)))
        return phrase("model", language, uses=stage.uses, outputs=outputs)
    if isinstance(stage, AskStage):
        return phrase("ask", language, names=", ".join(stage.of))
    assert isinstance(stage, SetStage)
    return phrase("set", language, values=", ".join(f"{name} = {say(text)}" for name, text in stage.values))


def _missing(missing: Missing, language: Language) -> str:
    return phrase("missing", language, then=missing_in_words(missing, language))


def _with_missing(line: str, missing: Missing | None, language: Language) -> str:
    separator = "；" if language == "zh-CN" else "; "
    return line if missing is None else f"{line}{separator}{_missing(missing, language)}"
