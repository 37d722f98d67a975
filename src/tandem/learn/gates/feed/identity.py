"""Gate: every row is there once, and the day is not one that was taken already."""

from __future__ import annotations

from collections.abc import Iterator

from tandem.learn.gates.feed.context import DayInQuestion
from tandem.learn.gates.feed.hashing import overlap
from tandem.learn.gates.reports import GateFinding, GateSeverity

__all__ = ["judge_identity"]


def judge_identity(day: DayInQuestion) -> Iterator[GateFinding]:
    """The day fed twice; keys seen on an earlier day; repeated keys and rows."""
    record, limits = day.record, day.limits
    if any(record.content == one.content for one in day.past):
        en = "These are, row for row, the rows of a day that was already taken."
        yield _finding("day_fed_twice", record.rows, None, None, en, "该批数据与已接收的某一天逐行相同。")
        return
    shared = max((_shared(record.keys, one.keys, record.rows, one.rows) for one in day.past), default=0.0)
    if record.keys and shared > limits.overlap_most:
        en = f"About {shared:.0%} of the keys were already in an earlier day."
        yield _finding(
            "keys_seen_before",
            record.rows,
            shared,
            limits.overlap_most,
            en,
            f"约 {shared:.0%} 的主键在之前的日期已出现。",
        )
    repeated = record.repeated_keys / max(record.rows, 1)
    if record.keys and record.repeated_keys:
        en = f"{record.repeated_keys} rows repeat the key of another row."
        zh = f"{record.repeated_keys} 行主键重复。"
        hard = repeated > limits.repeated_most
        yield _finding("duplicate_keys", record.rows, repeated, limits.repeated_most, en, zh, hard=hard)
    elif not record.keys:
        usual = max((one.repeated_rows / one.rows for one in day.past), default=0.0)
        limit = usual + max(limits.overlap_most, 0.5 * usual)
        if record.repeated_rows / max(record.rows, 1) > limit:
            value = record.repeated_rows / record.rows
            en = f"{record.repeated_rows} rows repeat another row in every column; at most {usual:.2%} did before."
            yield _finding(
                "duplicate_rows", record.rows, value, limit, en, f"{record.repeated_rows} 行与其他行完全相同。"
            )


def _shared(keys: tuple[int, ...], other: tuple[int, ...], rows: int, others: int) -> float:
    """Share of this day's keys that the other day had, from the overlap of what both have."""
    both = overlap(keys, other)
    return min(1.0, both * (rows + others) / (1 + both) / max(rows, 1))


def _finding(
    code: str, n: int, value: float | None, limit: float | None, en: str, zh: str, *, hard: bool = True
) -> GateFinding:
    severity = GateSeverity.HARD if hard else GateSeverity.WARN
    return GateFinding(gate="identity", code=code, severity=severity, en=en, zh=zh, value=value, limit=limit, n=n)
