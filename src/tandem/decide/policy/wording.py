"""Conditions, effects and stages in words, in both languages."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

from tandem.decide.policy.types import Effect, Missing, Outcome

__all__ = ["Language", "effect_in_words", "missing_in_words", "outcome_in_words", "phrase"]

Language: TypeAlias = Literal["en", "zh-CN"]

_PHRASES: Final[dict[str, tuple[str, str]]] = {
    "decline": ("decline", "拒绝"),
    "review": ("review", "人工审核"),
    "approve": ("approve", "通过"),
    "skip": ("nothing happens", "不处理"),
    "lists": ("Lists {name}, all of them:", "名单检查 {name}（全部执行）："),
    "rules_all": ("Rules {name}, every one that holds:", "规则 {name}（命中即生效，全部执行）："),
    "rules_first": ("Rules {name}, the first that holds:", "规则 {name}（只取第一条命中）："),
    "table": (
        "Table {name} by {columns}: {rows} rows, {hit}; gives {outputs}.",
        "决策表 {name}，按 {columns}：{rows} 行，{hit}；输出 {outputs}。",
    ),
    "hit_first": ("the first that matches", "取第一条匹配行"),
    "hit_unique": ("exactly one matches", "只有一行匹配"),
    "hit_priority": ("the one of strongest outcome", "取处置最严的行"),
    "hit_collect": ("all that match ({aggregate})", "合并全部匹配行（{aggregate}）"),
    "scorecard": (
        "Scorecard {name}: {count} characteristics on a base of {base} give {output}.",
        "评分卡 {name}：基础分 {base}，{count} 个特征，得到 {output}。",
    ),
    "model": (
        "Model {uses} gives {outputs}, when something needs it.",
        "模型 {uses} 给出 {outputs}（用到时才计算）。",
    ),
    "ask": (
        "Ask {names}, if the answer can still change what comes out.",
        "查询 {names}（结果仍可能改变处置时才查询）。",
    ),
    "switch": ("Switch {name}, the first case that holds:", "分支 {name}（取第一个成立的情形）："),
    "case": ("case {name}, when {condition}:", "情形 {name}，当 {condition} 时："),
    "otherwise": ("otherwise ({name}):", "其他情形（{name}）："),
    "split": ("Split {name} by {by}:", "分流 {name}，按 {by}："),
    "arm": ("{share} % go to {name}:", "{share} % 进入 {name}："),
    "set": ("Set {values}.", "设定 {values}。"),
    "decide": ("Decide {name}, the first case that holds:", "决定 {name}（取第一个成立的情形）："),
    "check": ("{of} in {list}", "{of} 在 {list} 中"),
    "when": ("when {condition}: {effect}", "当 {condition} 时：{effect}"),
    "always": ("otherwise: {effect}", "其他情形：{effect}"),
    "missing": ("without an answer: {then}", "无法判断时：{then}"),
    "reason": ("reason {code}", "原因 {code}"),
    "assign": ("set {values}", "设定 {values}"),
    "cap": ("limit at most {amount}", "额度不超过 {amount}"),
    "limit": ("limit {amount}", "额度 {amount}"),
    "price": ("price {parts}", "定价 {parts}"),
    "actions": ("do {names}", "执行 {names}"),
    "stop": ("and stop", "并结束流程"),
    "nothing": ("nothing", "无"),
    "stop_on": ("The flow ends here on {outcomes}.", "出现 {outcomes} 时流程到此结束。"),
    "precedence": ("The strongest outcome wins: {order}.", "以最严的处置为准：{order}。"),
    "title": ("Policy {name} decides on {event}.", "策略 {name}，对 {event} 作出决策。"),
}


def phrase(key: str, language: Language, **parts: object) -> str:
    """A phrase of the table, filled."""
    template = _PHRASES[key][1 if language == "zh-CN" else 0]
    return template.format(**parts) if parts else template


def outcome_in_words(outcome: Outcome, language: Language) -> str:
    """``decline``， or 拒绝."""
    return phrase(outcome.value, language)


def missing_in_words(missing: Missing, language: Language) -> str:
    """What happens where a condition has no answer."""
    then = phrase(missing.then, language)
    return f"{then} ({missing.reason})" if missing.reason else then


def effect_in_words(effect: Effect, language: Language) -> str:
    """An effect as one phrase: ``decline, reason UNDER_AGE``."""
    parts: list[str] = []
    if effect.then is not None:
        parts.append(outcome_in_words(effect.then, language))
    if effect.reason is not None:
        parts.append(phrase("reason", language, code=effect.reason))
    if effect.assign:
        values = ", ".join(f"{name} = {text}" for name, text in effect.assign)
        parts.append(phrase("assign", language, values=values))
    if effect.cap is not None:
        parts.append(phrase("cap", language, amount=effect.cap))
    if effect.limit is not None:
        parts.append(phrase("limit", language, amount=effect.limit))
    if effect.price:
        shown = ", ".join(f"{name} = {text}" for name, text in effect.price)
        parts.append(phrase("price", language, parts=shown))
    if effect.actions:
        parts.append(phrase("actions", language, names=", ".join(effect.actions)))
    if effect.stop:
        parts.append(phrase("stop", language))
    separator = "，" if language == "zh-CN" else ", "
    return separator.join(parts) or phrase("nothing", language)
