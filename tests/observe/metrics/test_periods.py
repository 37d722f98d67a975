"""Stretches of time: whole buckets, and a comparison of like with like."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import DAY, format_instant, parse_instant
from tandem.observe.metrics import grain_for, period_of, period_starts, span_of


def test_seven_days_are_six_whole_ones_and_the_present_one():
    period = period_of(parse_instant("2026-11-28T09:30:00Z"), 7 * DAY)
    assert format_instant(period.start) == "2026-11-22T00:00:00Z"
    assert period.grain == "day"
    assert len(period_starts(period.start, period.end, "day")) == 7


def test_the_stretch_before_ends_at_the_same_time_of_day():
    period = period_of(parse_instant("2026-11-28T09:30:00Z"), 7 * DAY)
    assert [format_instant(at) for at in period.before] == ["2026-11-15T00:00:00Z", "2026-11-21T09:30:00Z"]


def test_weeks_begin_on_monday_and_months_on_their_first():
    start, end = parse_instant("2025-12-30"), parse_instant("2026-03-02")
    assert format_instant(period_starts(start, end, "week")[0]) == "2025-12-29T00:00:00Z"
    months = [format_instant(at)[:10] for at in period_starts(start, end, "month")]
    assert months == ["2025-12-01", "2026-01-01", "2026-02-01", "2026-03-01"]


def test_a_bucket_is_chosen_by_the_length():
    assert [grain_for(days * DAY) for days in (1, 7, 90, 365, 3650)] == ["hour", "day", "day", "week", "month"]


@pytest.mark.parametrize("text", ["", "7", "0d", "1000d", "7w", "-1d", "everything"])
def test_a_range_that_is_none_is_refused(text):
    with pytest.raises(InvalidInput, match="range"):
        span_of(text)


def test_all_has_no_length():
    assert span_of("all") is None
