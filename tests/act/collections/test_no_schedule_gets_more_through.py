"""No schedule of wanted contacts, in whatever order, over midnights and changes of the clock, gets more through than the
rules, nor less: held against a count that goes day by day over everything that was ever let through."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from conduct_house import EMAIL, FRIEND, PHONE, SECOND_PHONE, a_file, only, rules_of, wanted
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tandem.act.collections import Blocked, ContactId, Past, judge
from tandem.act.collections.local_time import begins, day_of, hours_hold, open_again
from tandem.kernel.time import DAY, HOUR, MINUTE, SECOND, Micros, parse_instant

COUNTED = ("silent_night", "three_talks_a_day", "six_tries_a_day", "two_messages_a_day", "seven_messages_a_week")
CN = only(rules_of("cn"), *COUNTED, "debtor_only")
US = only(rules_of("us"), "inconvenient_hours", "seven_in_seven", "seven_days_after_talk")
ZONES = {
    "Asia/Shanghai": ["2026-11-29T00:00:00Z"],
    "America/New_York": ["2026-03-07T12:00:00Z", "2026-10-31T12:00:00Z"],
    "Europe/London": ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"],
    "Australia/Lord_Howe": ["2026-04-03T12:00:00Z", "2026-10-02T12:00:00Z"],  # moves by half an hour
    "America/Santiago": ["2026-04-04T12:00:00Z", "2026-09-05T12:00:00Z"],  # moves at midnight, which one day has not
    "Asia/Beirut": ["2026-03-28T12:00:00Z", "2026-10-24T12:00:00Z"],  # the same
}
STARTS = [(zone, parse_instant(one)) for zone, them in ZONES.items() for one in them]
TALK = {"answered", "refused", "sent"}


def local(at, zone):
    """By the standard library alone."""
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=at)).astimezone(ZoneInfo(zone))


def night(at, zone, first, last):
    clock = local(at, zone).strftime("%H:%M")
    return clock >= first or clock < last


def breaches_cn(made, zone):
    """What a lender's lawyer would count of all contacts that were made."""
    found = []
    days = lambda ones: Counter(local(one.at, zone).date() for one in ones)  # noqa: E731
    calls = [one for one in made if one.channel in ("call", "ai_call")]
    written = [one for one in made if one.channel in ("sms", "email")]
    found += ["night" for one in made if night(one.at, zone, "22:00", "08:00")]
    found += ["talks" for count in days(one for one in calls if one.state in TALK).values() if count > 3]
    for point in (PHONE, SECOND_PHONE, FRIEND):
        tried = [one for one in calls if one.point == point and one.state in {"unanswered", "failed", "sent"}]
        found += ["tries" for count in days(tried).values() if count > 6]
    found += ["messages" for count in days(written).values() if count > 2]
    per_day = days(written)
    for day in list(per_day):
        if sum(per_day[day - timedelta(days=back)] for back in range(7)) > 7:
            found.append("week")
    own, row = Counter(), []
    for one in made:
        if one.whose == "debtor":
            row.append(one.state in {"unanswered", "failed"})
            continue
        own[local(one.at, zone).date()] += 1
        if row[-3:] != [True] * 3:
            found.append("third party")
    found += ["third party" for count in own.values() if count > 1]
    return found


def breaches_us(made, zone):
    found = ["night" for one in made if night(one.at, zone, "21:00", "08:00")]
    calls = [one for one in made if one.channel in ("call", "ai_call")]
    for account in {one.account for one in calls}:
        days = [local(one.at, zone).date() for one in calls if one.account == account]
        week = timedelta(days=7)
        found += ["seven" for last in days if sum(timedelta(0) <= last - day < week for day in days) > 7]
        of = [one for one in calls if one.account == account]
        for before, after in pairwise(of):
            gap = local(after.at, zone).date() - local(before.at, zone).date()
            if before.state in TALK and gap < timedelta(days=7):
                found.append("after a talk")
    return found


WANTED = st.tuples(
    st.integers(0, 30 * 3_600),  # seconds since the one before
    st.sampled_from(["call", "call", "call", "ai_call", "sms", "email"]),
    st.sampled_from([PHONE, PHONE, SECOND_PHONE, FRIEND]),
    st.sampled_from(["acc_1", "acc_2"]),
    st.sampled_from(["answered", "refused", "unanswered", "unanswered", "unanswered", "failed", "sent"]),
)


def played(rules, breaches, zone, at, schedule):
    """Each contact that may be made is made; whether one may be is what the count by day says of all made and this one."""
    file, made = a_file(zone=zone), []
    for number, (after, channel, number_called, account, state) in enumerate(schedule):
        at = Micros(at + after * SECOND)
        point = EMAIL if channel == "email" else number_called
        one = wanted(channel, point=point, account=account)
        whose = file.points[point].whose
        known = Past(
            contact=ContactId(f"con_{number}"), debtor=one.debtor, account=account, at=at, channel=channel, point=point,
            whose=whose, purpose="collection", step="soft", state="sent",
        )  # fmt: skip
        verdict = judge(one, file, [each for each in made if each.point == point], rules, at)
        assert isinstance(verdict, Blocked) == bool(breaches([*made, known], zone)), (zone, local(at, zone), verdict)
        if not isinstance(verdict, Blocked):
            made.append(known)
            file.contacts.append(known)
            known.state = state
    assert breaches(made, zone) == []


@settings(max_examples=250, deadline=None)
@given(st.sampled_from(STARTS), st.lists(WANTED, max_size=40))
@example(("Asia/Shanghai", parse_instant("2026-11-30T13:50:00Z")), [(60, "call", PHONE, "acc_1", "answered")] * 20)
@example(("America/Santiago", parse_instant("2026-09-06T03:00:00Z")), [(1_800, "sms", PHONE, "acc_1", "sent")] * 40)
def test_no_schedule_gets_more_or_less_through_than_the_chinese_rules(start, schedule):
    zone, at = start
    played(CN, breaches_cn, zone, at, schedule)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(STARTS), st.lists(WANTED.filter(lambda one: one[2] != FRIEND), max_size=40))
def test_nor_than_the_american_ones(start, schedule):
    zone, at = start
    played(US, breaches_us, zone, at, schedule)


@pytest.mark.parametrize(("zone", "start"), STARTS)
def test_every_minute_of_the_days_around_a_change_of_the_clock_is_on_the_right_side(zone, start):
    night_rule = only(rules_of("cn"), "silent_night")
    file = a_file(zone=zone)
    for minute in range(3 * 24 * 60):
        at = Micros(start + minute * MINUTE)
        silent = night(at, zone, "22:00", "08:00")
        verdict = judge(wanted(), file, [], night_rule, at)
        assert isinstance(verdict, Blocked) == silent == hours_hold(at, zone, "22:00", "08:00")
        assert day_of(at, zone) == local(at, zone).date()
        if silent:
            opens = verdict.until
            assert opens == open_again(at, zone, "08:00")
            assert at < opens <= at + 11 * HOUR
            assert not night(opens, zone, "22:00", "08:00")
            assert night(opens - 1, zone, "22:00", "08:00")


@pytest.mark.parametrize(("zone", "start"), STARTS)
def test_a_local_day_begins_at_its_first_instant(zone, start):
    for number in range(4):
        day = local(start + number * DAY, zone).date()
        first = begins(day, zone)
        assert local(first, zone).date() == day
        assert local(first - 1, zone).date() < day
