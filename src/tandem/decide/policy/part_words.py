"""Every part of a policy (a rule, a row, a case, a bin) as a sentence of its own, with its place in the document."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

import msgspec

from tandem.decide.policy.describing import Say, rule_in_words
from tandem.decide.policy.limits import ROWS_SAID
from tandem.decide.policy.types import (
    AskStage,
    DecideStage,
    ListsStage,
    ModelStage,
    Policy,
    RulesStage,
    ScorecardStage,
    SetStage,
    SplitStage,
    Stage,
    SwitchStage,
    TableRow,
    TableStage,
)
from tandem.decide.policy.walking import walk
from tandem.decide.policy.wording import Language, effect_in_words, missing_in_words, phrase
from tandem.kernel.values import Value

__all__ = ["PartInWords", "cell_in_words", "parts_in_words"]

_CELL: Final = re.compile(r"(<=|>=|!=|<|>|=)\s*(.+)\Z", re.DOTALL)
_RANGE: Final = re.compile(r"([\[(])?\s*(.+?)\s*\.\.\s*(.+?)\s*([\])])?\Z", re.DOTALL)
_WORDS: Final[dict[str, tuple[str, str]]] = {
    "<": ("{x} is less than {y}", "{x} 小于 {y}"),
    "<=": ("{x} is at most {y}", "{x} 不超过 {y}"),
    ">": ("{x} is more than {y}", "{x} 大于 {y}"),
    ">=": ("{x} is at least {y}", "{x} 不低于 {y}"),
    "=": ("{x} is {y}", "{x} 等于 {y}"),
    "!=": ("{x} is not {y}", "{x} 不等于 {y}"),
    "in": ("{x} is one of {y}", "{x} 属于 {y}"),
    "not in": ("{x} is none of {y}", "{x} 不属于 {y}"),
    "missing": ("{x} is missing", "{x} 缺失"),
    "present": ("{x} is known", "{x} 已知"),
    "or": (" or ", " 或 "),
    "and": (" and ", " 且 "),
    "range": ("{x} is from {y} {low} to {z} {high}", "{x} 从 {y}{low}到 {z}{high}"),
    "included": ("(included)", "（含）"),
    "excluded": ("(excluded)", "（不含）"),
    "anything": ("in every case", "任何情况"),
    "otherwise": ("where no row matches", "没有匹配行时"),
    "output": ("{x} = {y}", "{x} = {y}"),
    "points": ("{y} points", "{y} 分"),
    "nothing": ("nothing", "无"),
}


class PartInWords(msgspec.Struct, frozen=True, kw_only=True):
    """One part, said.

    Attributes:
        at: its path in the document.
        stage: name of its stage.
        name: of the part; empty for a stage that is said in one line.
        words: the sentence.
    """

    at: str
    stage: str
    name: str
    words: str


def parts_in_words(policy: Policy, language: Language, say: Say = str) -> list[PartInWords]:
    """Every part of ``policy`` in reading order, of a long table the first rows; ``say`` puts a condition in words."""
    found = []
    for at, stage in walk(policy):
        for path, name, words in _parts(stage, language, say):
            found.append(PartInWords(at=f"{at}{path}", stage=stage.name, name=name, words=words))
    return found


def _word(key: str, language: Language, **parts: object) -> str:
    text = _WORDS[key][1 if language == "zh-CN" else 0]
    return text.format(**parts) if parts else text


_Parts: TypeAlias = Iterator[tuple[str, str, str]]
"""(path within the stage, name, words)."""


def _parts(stage: Stage, language: Language, say: Say) -> _Parts:
    if isinstance(stage, RulesStage):
        for i, rule in enumerate(stage.rules):
            yield f".{stage.hit}[{i}]", rule.rule, rule_in_words(rule, language, say)
    elif isinstance(stage, DecideStage):
        for i, case in enumerate(stage.cases):
            yield f".cases[{i}]", case.case, rule_in_words(case, language, say)
    elif isinstance(stage, ListsStage):
        yield from _checks(stage, language)
    elif isinstance(stage, TableStage):
        yield from _table(stage, language, say)
    elif isinstance(stage, ScorecardStage):
        yield from _bins(stage, language, say)
    elif isinstance(stage, AskStage | ModelStage | SetStage):
        yield from _derived(stage, language, say)
    else:
        yield from _ways(stage, language, say)


def _derived(stage: AskStage | ModelStage | SetStage, language: Language, say: Say) -> _Parts:
    if isinstance(stage, AskStage):
        yield "", "", phrase("ask", language, names=", ".join(stage.of))
        return
    if isinstance(stage, ModelStage):
        outputs = ", ".join(filter(None, (stage.probability, stage.points, stage.margin)))
        yield "", "", phrase("model", language, uses=stage.uses, outputs=outputs)
        return
    for i, (name, text) in enumerate(stage.values):
        yield f".values[{i}]", name, phrase("set", language, values=f"{name} = {say(text)}")


def _checks(stage: ListsStage, language: Language) -> _Parts:
    for i, check in enumerate(stage.checks):
        condition = phrase("check", language, of=check.of, list=check.list)
        words = phrase("when", language, condition=condition, effect=effect_in_words(check.effect, language))
        if check.missing is not None:
            words += "；" if language == "zh-CN" else "; "
            words += phrase("missing", language, then=missing_in_words(check.missing, language))
        yield f".checks[{i}]", f"{check.list}_{check.of}", words


def _bins(stage: ScorecardStage, language: Language, say: Say) -> _Parts:
    for i, one in enumerate(stage.characteristics):
        for j, line in enumerate(one.bins):
            condition = cell_in_words(one.of, line.test, language, say)
            effect = _word("points", language, y=line.points)
            words = phrase("when", language, condition=condition, effect=effect)
            yield f".characteristics[{i}].bins[{j}]", one.characteristic, words


def _ways(stage: SwitchStage | SplitStage, language: Language, say: Say) -> _Parts:
    if isinstance(stage, SplitStage):
        for i, arm in enumerate(stage.arms):
            yield f".arms[{i}]", arm.arm, phrase("arm", language, name=arm.arm, share=f"{arm.share:g}")
        return
    for i, branch in enumerate(stage.cases):
        key = "otherwise" if branch.when is None else "case"
        condition = "" if branch.when is None else say(branch.when)
        yield f".cases[{i}]", branch.case, phrase(key, language, name=branch.case, condition=condition)


def _table(stage: TableStage, language: Language, say: Say) -> _Parts:
    for i, row in enumerate(stage.rows[:ROWS_SAID]):
        yield f".rows[{i}]", row.row, _row(stage, row, language, say)
    if stage.default is not None:
        effect = _outputs(stage, stage.default, language)
        words = phrase("when", language, condition=_word("otherwise", language), effect=effect)
        yield ".default", "default", words


def _row(stage: TableStage, row: TableRow, language: Language, say: Say) -> str:
    cells = [
        cell_in_words(column.of, cell, language, say)
        for column, cell in zip(stage.columns, row.when, strict=True)
        if cell != "-"
    ]
    condition = _word("and", language).join(cells) or _word("anything", language)
    return phrase("when", language, condition=condition, effect=_outputs(stage, row.then, language))


def _outputs(stage: TableStage, values: tuple[Value, ...], language: Language) -> str:
    said = []
    for name, value in zip(stage.outputs, values, strict=True):
        if value is None:
            continue
        if name == "outcome" and str(value) in ("approve", "review", "decline"):
            said.append(phrase(str(value), language))
        elif name == "reason":
            said.append(phrase("reason", language, code=value))
        elif name == "actions":
            said.append(phrase("actions", language, names=value))
        else:
            said.append(_word("output", language, x=name, y=str(value).removeprefix("=").strip()))
    separator = "，" if language == "zh-CN" else ", "
    return separator.join(said) or _word("nothing", language)


def cell_in_words(column: str, cell: str, language: Language, say: Say = str) -> str:
    """A unary test of ``column`` as words: ``[18..25)`` is ``age is from 18 (included) to 25 (excluded)``."""
    text = cell.strip()
    subject = say(column)
    if text == "-":
        return _word("anything", language)
    if text.startswith("if "):
        return say(text[3:])
    if " or " in text and "'" not in text and '"' not in text:
        return _word("or", language).join(cell_in_words(column, part, language, say) for part in text.split(" or "))
    if text in ("missing", "present"):
        return _word(text, language, x=subject)
    for key in ("not in", "in"):
        if text.startswith(f"{key} [") and text.endswith("]"):
            return _word(key, language, x=subject, y=text[len(key) + 2 : -1])
    compared = _CELL.match(text)
    if compared:
        return _word(compared[1], language, x=subject, y=compared[2])
    ranged = _RANGE.match(text)
    if ranged:
        low = _word("excluded" if ranged[1] == "(" else "included", language)
        high = _word("excluded" if ranged[4] == ")" else "included", language)
        return _word("range", language, x=subject, y=ranged[2], z=ranged[3], low=low, high=high)
    return _word("=", language, x=subject, y=text)
