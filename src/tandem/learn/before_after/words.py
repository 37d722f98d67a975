"""What the report says of each number, in English and in Chinese."""

from __future__ import annotations

from tandem.kernel.money import CURRENCY_EXPONENTS
from tandem.kernel.time import DAY, Micros, format_instant
from tandem.learn.before_after.types import Move, Side, Verdict
from tandem.observe.metrics import Metric, Number, Words

__all__ = ["compared_words", "number_words", "sentence_of"]

_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "better": ("better", "改善"),
    "worse": ("worse", "变差"),
    "moved": ("moved", "有变化"),
    "not_shown": ("no difference shown", "未显示出差异"),
    "too_little": ("too few days to say", "天数太少，无法判断"),
}


def number_words(value: Number, unit: str, *, signed: bool = False) -> str:
    """A number with its unit, as a reader expects it: 3.2 %, TWD 1,200.00, 41.5 ms; a difference of shares is in points."""
    if value is None:
        return "–"
    sign = "+" if signed and value > 0 else ""
    if unit == "share":
        return f"{sign}{100 * value:.2f}{'' if signed else ' %'}"
    kind, _, currency = unit.partition(" ")
    if kind == "minor" and currency in CURRENCY_EXPONENTS:
        digits = CURRENCY_EXPONENTS[currency]
        return f"{currency} {sign}{value / 10**digits:,.{digits}f}"
    text = f"{sign}{value:,.0f}" if isinstance(value, int) or abs(value) >= 1_000 else f"{sign}{value:,.4g}"
    return f"{text} {unit}".rstrip()


def sentence_of(metric: Metric, move: Move, verdict: Verdict) -> Words:
    """One sentence: from what to what, how sure, and what that means."""
    unit, per_day = metric.unit, move.shape == "additive"
    then, now = number_words(move.then, unit), number_words(move.now, unit)
    english, chinese = _VERDICTS[verdict]
    limits = limits_zh = ""
    if move.low is not None and move.high is not None:
        low, high = number_words(move.low, unit, signed=True), number_words(move.high, unit, signed=True)
        limits, limits_zh = f" (95 %: {low} to {high})", f"（95%：{low} 至 {high}）"
    difference = number_words(move.difference, unit, signed=True)
    points, points_zh = (" points", " 个百分点") if unit == "share" else ("", "")
    day, day_zh = (" a day", "每天 ") if per_day else ("", "")
    simulated, simulated_zh = (" Simulated.", "模拟数据。") if metric.simulated else ("", "")
    return Words(
        en=f"{then} before, {now} after{day}: {difference}{points}{limits}, {english}.{simulated}",
        zh=f"此前{day_zh}{then}，此后{day_zh}{now}：{difference}{points_zh}{limits_zh}，{chinese}。{simulated_zh}",
    )


def compared_words(then: Side, now: Side) -> Words:
    """What was compared with what, and what such a comparison can show."""
    if then.release is not None and now.release is not None:
        first, second = then.release[:12], now.release[:12]
        return Words(
            en=f"Decisions of release {first} beside those of release {second}. They were not assigned by lot: whatever else "
            "was different between them is in the differences too. An experiment says what a change did.",
            zh=f"版本 {first} 的决策与版本 {second} 的决策相比。两者并非随机分配：其间的其他变化也包含在差异之中。"
            "若要知道某项改动的作用，请做实验。",
        )
    return Words(
        en=f"{_stretch(then)} beside {_stretch(now)}. Season, campaigns and the economy are in the differences too. An "
        "experiment says what a change did.",
        zh=f"{_stretch_zh(then)} 与 {_stretch_zh(now)} 相比。季节、营销活动与经济环境的变化也包含在差异之中。"
        "若要知道某项改动的作用，请做实验。",
    )


def _stretch(side: Side) -> str:
    start = "the beginning" if side.start is None else _shown(side.start)
    end = "now" if side.end is None else _shown(side.end, last=True)
    return f"{start} to {end}"


def _stretch_zh(side: Side) -> str:
    start = "最初" if side.start is None else _shown(side.start)
    end = "现在" if side.end is None else _shown(side.end, last=True)
    return f"{start} 至 {end}"


def _shown(instant: Micros, *, last: bool = False) -> str:
    """Whole days as days; ``last``: the end is not part of the stretch, so of whole days the one before is its last."""
    if instant % DAY:
        return format_instant(instant)
    return format_instant(Micros(instant - DAY if last else instant))[:10]
