"""What changed between two policies, as sentences a reviewer reads before approving."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from tandem.decide.policy.describing import rule_in_words
from tandem.decide.policy.types import (
    DecideStage,
    ListsStage,
    Policy,
    RulesStage,
    SplitStage,
    Stage,
    SwitchStage,
    TableStage,
)
from tandem.decide.policy.walking import walk
from tandem.decide.policy.wording import Language, effect_in_words

__all__ = ["diff"]

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    "same": ("Nothing that decides has changed.", "影响决策的内容没有变化。"),
    "stage_added": ("Stage {name} was added.", "新增阶段 {name}。"),
    "stage_removed": ("Stage {name} was removed.", "删除阶段 {name}。"),
    "stage_moved": ("The order of stages changed: {order}.", "阶段顺序变为：{order}。"),
    "stage_changed": ("Stage {name}: {key} changed from {old} to {new}.", "阶段 {name}：{key} 由 {old} 改为 {new}。"),
    "stage_kind": ("Stage {name} became another kind: {old} to {new}.", "阶段 {name} 的类型由 {old} 改为 {new}。"),
    "part_added": ("{stage}: {name} was added: {words}.", "{stage}：新增 {name}：{words}。"),
    "part_removed": ("{stage}: {name} was removed; it said: {words}.", "{stage}：删除 {name}；原为：{words}。"),
    "part_changed": ("{stage}: {name} changed from “{old}” to “{new}”.", "{stage}：{name} 由“{old}”改为“{new}”。"),
    "part_moved": ("{stage}: the order changed to {order}.", "{stage}：顺序改为 {order}。"),
    "policy_changed": ("The policy's {key} changed from {old} to {new}.", "策略的 {key} 由 {old} 改为 {new}。"),
}
_POLICY_FIELDS: Final = ("event", "currency", "precedence", "missing", "missing_reason")
_PARTS: Final = {"checks", "rules", "cases", "rows", "arms", "characteristics", "flow"}
_QUIET: Final = {"note", "name"}


def diff(old: Policy, new: Policy, language: Language = "en") -> list[str]:
    """Every difference that can change a decision, one sentence each; notes, examples and descriptions are left out."""
    lines: list[str] = []
    for key in _POLICY_FIELDS:
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            lines.append(_say("policy_changed", language, key=key, old=_shown(before), new=_shown(after)))
    before_stages = {stage.name: stage for _, stage in walk(old)}
    after_stages = {stage.name: stage for _, stage in walk(new)}
    lines += [_say("stage_removed", language, name=name) for name in before_stages if name not in after_stages]
    for name, stage in after_stages.items():
        if name not in before_stages:
            lines.append(_say("stage_added", language, name=name))
        else:
            lines += _stages(before_stages[name], stage, language)
    kept_before = [name for name in before_stages if name in after_stages]
    kept_after = [name for name in after_stages if name in before_stages]
    if kept_before != kept_after or _places(old, kept_after) != _places(new, kept_after):
        lines.append(_say("stage_moved", language, order=" > ".join(after_stages)))
    return lines or [_say("same", language)]


def _places(policy: Policy, names: list[str]) -> dict[str, str]:
    """Where each stage stands, by the names of the stages and branches around it."""
    places: dict[str, str] = {}

    def place(flow: tuple[Stage, ...], around: str) -> None:
        for stage in flow:
            places[stage.name] = around
            if isinstance(stage, SwitchStage):
                for case in stage.cases:
                    place(case.flow, f"{stage.name}:{case.case}")
            elif isinstance(stage, SplitStage):
                for arm in stage.arms:
                    place(arm.flow, f"{stage.name}:{arm.arm}")

    place(policy.flow, "")
    return {name: places[name] for name in names}


def _stages(old: Stage, new: Stage, language: Language) -> list[str]:
    if type(old) is not type(new):
        kinds = {"old": _kind(old), "new": _kind(new)}
        return [_say("stage_kind", language, name=new.name, **kinds)]
    lines = []
    for key in old.__struct_fields__:
        before, after = getattr(old, key), getattr(new, key)
        if key not in _PARTS | _QUIET and before != after:
            shown = {"old": _shown(before), "new": _shown(after)}
            lines.append(_say("stage_changed", language, name=new.name, key=key, **shown))
    return lines + _compared(new.name, _parts(old, language), _parts(new, language), language)


def _compared(stage: str, old: Mapping[str, str], new: Mapping[str, str], language: Language) -> list[str]:
    lines = []
    for name, words in old.items():
        if name not in new:
            lines.append(_say("part_removed", language, stage=stage, name=name, words=words))
    for name, words in new.items():
        if name not in old:
            lines.append(_say("part_added", language, stage=stage, name=name, words=words))
        elif old[name] != words:
            lines.append(_say("part_changed", language, stage=stage, name=name, old=old[name], new=words))
    kept_old = [name for name in old if name in new]
    kept_new = [name for name in new if name in old]
    if kept_old != kept_new:
        lines.append(_say("part_moved", language, stage=stage, order=", ".join(new)))
    return lines


def _parts(stage: Stage, language: Language) -> dict[str, str]:
    """The parts of a stage by name, each in words that differ whenever the part does."""
    if isinstance(stage, RulesStage):
        return {rule.rule: rule_in_words(rule, language, str) + _severity(rule.effect) for rule in stage.rules}
    if isinstance(stage, DecideStage):
        return {case.case: rule_in_words(case, language, str) + _severity(case.effect) for case in stage.cases}
    if isinstance(stage, ListsStage):
        return {
            f"{one.list}({one.of})": effect_in_words(one.effect, language)
            + _severity(one.effect)
            + _missing(one.missing)
            for one in stage.checks
        }
    if isinstance(stage, TableStage):
        return _rows(stage)
    if isinstance(stage, SwitchStage):
        return {case.case: (case.when or "otherwise") + _missing(case.missing) for case in stage.cases}
    if isinstance(stage, SplitStage):
        return {arm.arm: f"{arm.share:g} %" for arm in stage.arms}
    characteristics = getattr(stage, "characteristics", ())
    return {one.characteristic: _shown(one) for one in characteristics}


def _rows(stage: TableStage) -> dict[str, str]:
    """Rows by name; one without a name by its conditions, so that a row put in above does not rename all below."""
    found: dict[str, str] = {}
    for index, row in enumerate(stage.rows, start=1):
        conditions = " | ".join(row.when)
        name = f"row “{conditions}”" if row.row == f"row_{index}" else row.row
        if name in found:
            name = f"{name} ({index})"
        found[name] = f"{conditions} => {' | '.join(_shown(value) for value in row.then)}"
    return found


def _severity(effect: Any) -> str:
    return f" [{effect.severity}]" if effect.severity else ""


def _missing(missing: Any) -> str:
    return "" if missing is None else f" ({_shown(missing)})"


def _kind(stage: Stage) -> str:
    return str(stage.__struct_config__.tag)


def _shown(value: Any) -> str:
    if value is None or (isinstance(value, tuple | str) and not value):
        return "-"
    if isinstance(value, msgspec.Struct):
        found = msgspec.to_builtins(value)
        return ", ".join(f"{key}: {_shown(item)}" for key, item in found.items() if item not in (None, "", [], ()))
    if isinstance(value, list | tuple):
        return ", ".join(_shown(item) for item in value)
    if isinstance(value, dict):
        return ", ".join(f"{key} {_shown(item)}" for key, item in value.items())
    return str(value)


def _say(sentence: str, language: Language, **parts: object) -> str:
    return _SENTENCES[sentence][1 if language == "zh-CN" else 0].format(**parts)
