"""Gate: the day is the day, whole: nothing from the future, nothing known too late, not stale, not cut off, not too few rows."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from tandem.kernel.time import HOUR, format_instant
from tandem.learn.gates.feed.bands import value_band
from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.reports import GateFinding, GateSeverity

__all__ = ["judge_timing", "judge_volume"]


def judge_timing(day: DayInQuestion) -> Iterator[GateFinding]:
    """Rows dated later than now, inputs known only after their event, undated rows, a stale day."""
    record, limits = day.record, day.limits
    for name, count in record.after.items():
        if count:
            en = f"In {count} rows {name} is later than the event: the inputs were not known when it was decided."
            yield _finding(
                "known_after_event",
                count / record.rows,
                0.0,
                record.rows,
                en,
                f"{count} 行的 {name} 晚于事件时间：决策时该信息尚不可知。",
                column=name,
            )
    usual = max((one.undated / one.rows for one in day.past), default=0.0)
    undated = record.undated / record.rows
    if undated > usual + limits.missing_jump:
        en = f"{record.undated} rows have no time."
        yield _finding(
            "undated_rows",
            undated,
            usual + limits.missing_jump,
            record.rows,
            en,
            f"{record.undated} 行没有时间。",
            column=day.layout.time,
        )
    if record.last is None:
        return
    future = record.future / record.rows
    if record.future:
        en = f"{record.future} rows are dated later than {format_instant(day.at)}, when the day was judged."
        zh = f"{record.future} 行的时间晚于判定时刻 {format_instant(day.at)}。"
        hard = future > limits.future_most
        yield _finding(
            "future_rows", future, limits.future_most, record.rows, en, zh, column=day.layout.time, hard=hard
        )
    age = day.at - record.last
    if age > limits.age_most:
        en = f"The newest row is {age / HOUR:.0f} hours old."
        yield _finding(
            "stale_day",
            age / HOUR,
            limits.age_most / HOUR,
            record.rows,
            en,
            f"最新一行距今 {age / HOUR:.0f} 小时。",
            column=day.layout.time,
        )


def judge_volume(day: DayInQuestion) -> Iterator[GateFinding]:
    """A file cut off before the day's end; far fewer or more rows than ever."""
    record, limits = day.record, day.limits
    cut = _rows_after_end(day)
    if cut is not None and cut > -math.log(limits.chance) * 2:
        en = f"The rows end early: about {cut:.0f} more were to be expected after the last one."
        yield _finding(
            "truncated",
            cut,
            -math.log(limits.chance) * 2,
            record.rows,
            en,
            f"数据提前结束：最后一行之后预计还应有约 {cut:.0f} 行。",
            gate="volume",
        )
        return
    if not day.banded:
        return
    past = [one.rows for one in day.past]
    band = value_band(np.log(past).tolist(), limits.chance)
    low, high = math.exp(band.low), math.exp(min(band.high, 50.0))
    few, many = record.rows < min(low, *past), record.rows > max(high, *past)
    if not (few or many):
        return
    limit = min(low, min(past) * (1 - limits.rows_beyond)) if few else max(high, max(past) * (1 + limits.rows_beyond))
    hard = record.rows < limit if few else record.rows > limit
    code, word, words = ("too_few_rows", "few", "过少") if few else ("too_many_rows", "many", "过多")
    en = f"{record.rows} rows are too {word}: accepted days had {min(past)} to {max(past)}."
    zh = f"{record.rows} 行{words}：以往为 {min(past)} 至 {max(past)} 行。"
    yield _finding(code, record.rows, limit, record.rows, en, zh, gate="volume", hard=hard)


def _rows_after_end(day: DayInQuestion) -> float | None:
    """Rows to be expected after the hour of the newest row; None where days are not told hour by hour.

    The least that any accepted day had there, so that a quiet evening is no broken file.
    """
    record = day.record
    past = [one.hours for one in day.past if one.hours]
    if not record.hours or len(past) < max(len(day.past), day.limits.fewest_days):
        return None
    last = int(np.flatnonzero(record.hours)[-1])
    shares = [sum(hours[last + 1 :]) / sum(hours) for hours in past]
    before = min(sum(hours[: last + 1]) for hours in past)
    share = min(shares)
    return share / max(1 - share, 1e-9) * min(record.rows, before)


def _finding(
    code: str,
    value: float,
    limit: float,
    n: int,
    en: str,
    zh: str,
    *,
    gate: str = "time",
    column: str | None = None,
    hard: bool = True,
) -> GateFinding:
    severity = GateSeverity.HARD if hard else GateSeverity.WARN
    return GateFinding(
        gate=gate,
        code=code,
        severity=severity,
        column=column,
        en=en,
        zh=zh,
        value=float(value),
        limit=float(limit),
        n=n,
    )
