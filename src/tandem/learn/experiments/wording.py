"""Measures and their amounts in words, in both languages."""

from __future__ import annotations

from typing import Final

from tandem.decide.experiments import MEASURES
from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.learn.experiments.results import ExperimentNote

__all__ = ["amount_of", "measure_in_words", "note"]

_WORDS: Final[dict[str, tuple[str, str]]] = {
    "approval_rate": ("approval rate", "通过率"),
    "review_rate": ("review rate", "人工复核率"),
    "decline_rate": ("decline rate", "拒绝率"),
    "bad_rate": ("bad rate", "坏账率"),
    "alert_precision": ("precision of alerts", "预警准确率"),
    "loss_per_application": ("loss per application", "每笔申请的损失"),
    "margin_per_application": ("margin per application", "每笔申请的收益"),
    "share_of": ("share", "占比"),
    "mean_of": ("mean", "均值"),
    "latency_ms_p99": ("99th percentile of latency", "延迟的第 99 百分位"),
    "exposure_minor": ("exposure", "敞口"),
}

_NOTES: Final[dict[str, tuple[str, str]]] = {
    "no_label": (
        "The release does not say how decisions turn out: what waits for that cannot be measured.",
        "发布版本没有定义结果标签：依赖结果的指标无法衡量。",
    ),
    "no_maturity": (
        "The label does not say when it is trusted: money leaves out young approvals, and so favours who refuses more.",
        "标签未定义表现期：近期通过的被排除而近期拒绝的未被排除，金额指标会偏向拒绝更多的一组。",
    ),
    "selected": (
        "The arms approve different people, and only those approved turn out: read the bad rate beside the approval rate.",
        "各组通过的人群不同，且只有通过者才有结果：坏账率应与通过率一并阅读。",
    ),
    "shadow_unknown": (
        "Whom the challenger would have approved and the champion did not, nobody knows how they would have turned out.",
        "挑战者会通过而冠军未通过的申请，其结果无人知晓。",
    ),
    "simulated": ("The outcomes are simulated.", "结果为模拟数据。"),
    "merged": (
        "Clusters assigned apart turned out to be one; their members were treated both ways.",
        "曾被分别分组的群体后来合为一体；其成员受过两种处理。",
    ),
    "dropped": ("Only the newest decisions are looked at.", "只查看最新的决策。"),
    "erased": ("Persons were erased; their decisions are left out.", "部分当事人数据已删除，其决策未计入。"),
    "unread": (
        "Decisions without some input of the challenger are left out: it was not recorded then.",
        "缺少挑战者所需输入的决策未计入：当时尚未记录。",
    ),
    "share_changed": (
        "The shares were changed under way; each stretch is compared within itself.",
        "分组占比在途中调整过；各阶段分别比较后再合并。",
    ),
    "few": (
        "Too few for an interval that may be looked at at any time.",
        "数量太少，尚不能给出随时可看的区间。",
    ),
}


def measure_in_words(measure: str) -> tuple[str, str]:
    """(English, Chinese)."""
    return _WORDS[measure]


def note(code: str, count: int = 0) -> ExperimentNote:
    """Something to know, in words."""
    en, zh = _NOTES[code]
    return ExperimentNote(code=code, en=en, zh=zh, count=count)


def amount_of(measure: str, value: float | None, currency: str, language: str, *, difference: bool = False) -> str:
    """A value of a measure as people write it; of a share in per cent, of a difference of shares in points."""
    if value is None:
        return "-"
    sign = "+" if difference and value > 0 else ""
    kind = MEASURES[measure].kind
    if kind == "share":
        unit = (" points" if language == "en" else " 个百分点") if difference else " %"
        return f"{sign}{100 * value:.2f}{unit}"
    if kind == "money" or measure == "exposure_minor":
        exponent = CURRENCY_EXPONENTS.get(currency, 2)
        return f"{sign}{value / 10**exponent:,.{exponent}f} {currency}".strip()
    if measure == "latency_ms_p99":
        return f"{value:,.2f} ms"
    return f"{sign}{value:,.4g}"
