"""Gate: values come as they came: not suddenly missing, not stuck, not outside everything seen, in the words known."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from scipy.special import bdtrc

from tandem.learn.gates.feed.bands import share_band
from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.feed.records import ColumnDay
from tandem.learn.gates.feed.rulers import ColumnRuler
from tandem.learn.gates.feed.sorts import numbers_in, texts_in
from tandem.learn.gates.reports import GateFinding, GateSeverity
from tandem.learn.training import BoolArray, FloatArray

__all__ = ["judge_values", "outside_of", "usual_reach"]

_FEWEST = 50


def judge_values(day: DayInQuestion) -> Iterator[GateFinding]:
    """Missing rates, frozen and repeated columns, values outside everything seen, unseen texts."""
    for ruler, now, past in day.columns():
        if ruler.name in {day.layout.time, *day.layout.known_times}:
            continue
        yield from _missing(day, ruler, now, past)
        yield from _frozen(day, ruler, now, past)
        if ruler.kind == "numeric":
            yield from _outside(day, ruler, past)
        if ruler.kind == "categorical" and ruler.name != day.layout.currency:
            yield from _unseen(day, ruler, now, past)


def outside_of(values: FloatArray, past: list[ColumnDay]) -> BoolArray:
    """Which values lie outside twice the usual reach, on their side of the median; a little beyond it is drift."""
    low, high = usual_reach(past)
    middles = [one.middle[1] for one in past if one.middle is not None]
    middle = float(np.median(middles)) if middles else 0.0
    outside: BoolArray = (values < 2 * low - middle) | (values > 2 * high - middle)
    return outside


def usual_reach(past: list[ColumnDay]) -> tuple[float, float]:
    """Medians over accepted days of what one in a thousand lies below, and above."""
    lows = [one.low for one in past if one.low is not None]
    highs = [one.high for one in past if one.high is not None]
    return (float(np.median(lows)), float(np.median(highs))) if lows else (-np.inf, np.inf)


def _missing(day: DayInQuestion, ruler: ColumnRuler, now: ColumnDay, past: list[ColumnDay]) -> Iterator[GateFinding]:
    rows = sum(now.counts)
    share = now.counts[-1] / max(rows, 1)
    band = share_band([one.counts[-1] for one in past], [sum(one.counts) for one in past], rows, day.level)
    if not day.banded or band.holds(share):
        return
    if share > band.mean:
        hard = share - band.mean > day.limits.missing_jump
        en = f"{ruler.name} is missing in {share:.1%} of the rows; it was in {band.mean:.1%}."
        yield _finding(
            "missing_jump",
            ruler,
            share,
            band.high,
            rows,
            en,
            f"{ruler.name} 缺失率为 {share:.1%}，以往为 {band.mean:.1%}。",
            hard=hard,
        )
    elif band.mean - share > day.limits.missing_jump:
        en = f"{ruler.name} is missing in {share:.1%} of the rows only; it was in {band.mean:.1%}: was it filled with something?"
        yield _finding(
            "missing_filled",
            ruler,
            share,
            band.low,
            rows,
            en,
            f"{ruler.name} 缺失率降至 {share:.1%}，以往为 {band.mean:.1%}：是否被填充？",
            hard=False,
        )


def _frozen(day: DayInQuestion, ruler: ColumnRuler, now: ColumnDay, past: list[ColumnDay]) -> Iterator[GateFinding]:
    usual = [one.common for one in past if one.common is not None]
    known = now.known
    # With a commonest value this common, all rows alike would be chance less often than the level says.
    if now.common == 1.0 and known >= _FEWEST and usual and max(usual) ** known < day.level:
        en = f"{ruler.name} has one value in all {known} rows; the commonest took {max(usual):.1%} before."
        yield _finding("frozen_column", ruler, 1.0, max(usual), known, en, f"{ruler.name} 所有 {known} 行取值相同。")
    elif ruler.kind == "numeric" and len(ruler.edges) >= 5 and any(now.content == one.content for one in past):
        en = f"{ruler.name} repeats the values of an earlier day."
        yield _finding("repeated_column", ruler, None, None, known, en, f"{ruler.name} 与之前某一天的取值完全相同。")


def _outside(day: DayInQuestion, ruler: ColumnRuler, past: list[ColumnDay]) -> Iterator[GateFinding]:
    values = numbers_in(day.table.column(ruler.name))
    known = values[~np.isnan(values)]
    outside = outside_of(known, past)
    share = float(outside.mean()) if known.size else 0.0
    limit = day.limits.outside_most
    # On a small day one in a thousand is its largest number: one row on either side, and as much again for its own noise.
    usual = 4 * max(0.001, 1 / max(min(one.known for one in past), 1))
    chance = float(bdtrc(int(outside.sum()) - 1, known.size, min(usual, 1.0)))
    if known.size >= _FEWEST and share > limit / 2 and chance < day.level:
        en = f"{share:.1%} of {ruler.name} lie far outside everything usual."
        yield _finding(
            "out_of_range",
            ruler,
            share,
            limit,
            known.size,
            en,
            f"{ruler.name} 有 {share:.1%} 的取值远超以往范围。",
            hard=share > limit,
        )


def _unseen(day: DayInQuestion, ruler: ColumnRuler, now: ColumnDay, past: list[ColumnDay]) -> Iterator[GateFinding]:
    known = now.known
    share = now.counts[-2] / max(known, 1)
    band = share_band([one.counts[-2] for one in past], [one.known for one in past], known, day.level)
    limit = day.limits.unseen_most
    if share > max(band.high, limit / 5):
        texts, _ = texts_in(day.table.column(ruler.name))
        new = sorted(set(texts) - set(ruler.levels))
        alike = {level.strip().lower() for level in ruler.levels} & {text.strip().lower() for text in new}
        hint = " They are known in another spelling: the coding changed." if alike else ""
        en = f"{share:.1%} of {ruler.name} are texts never seen before ({len(new)} of them).{hint}"
        zh = f"{ruler.name} 有 {share:.1%} 为从未出现的取值（{len(new)} 种）。{'仅写法不同：编码已变。' if alike else ''}"
        yield _finding("category_vocabulary", ruler, share, limit, known, en, zh, hard=share > limit)


def _finding(
    code: str,
    ruler: ColumnRuler,
    value: float | None,
    limit: float | None,
    n: int,
    en: str,
    zh: str,
    *,
    hard: bool = True,
) -> GateFinding:
    severity = GateSeverity.HARD if hard else GateSeverity.WARN
    return GateFinding(
        gate="values", code=code, severity=severity, column=ruler.name, en=en, zh=zh, value=value, limit=limit, n=n
    )
