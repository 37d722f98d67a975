"""Conduct rules, one by one: each row of the example's rule sets stands against what it forbids and lets the rest pass."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from conduct_house import (
    EMAIL,
    FRIEND,
    HOME,
    NOON,
    PHONE,
    SECOND_PHONE,
    a_file,
    only,
    past,
    rules_of,
    wanted,
)

from tandem.act.collections import ALLOWED, AgreedHours, Blocked, PointId, judge, next_allowed
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import DAY, HOUR, MINUTE, Micros, parse_instant

CN, US = rules_of("cn"), rules_of("us")


def rules_against(one, file=None, *, at=NOON, at_point=None, rules=CN):
    file = a_file() if file is None else file
    if at_point is None:
        at_point = [each for each in file.contacts if each.point == one.point]
    found = judge(one, file, at_point, rules, at)
    if not isinstance(found, Blocked):
        return []
    assert all(each.source.en and each.source.zh for each in found.blocks)
    return [each.rule for each in found.blocks]


def until(one, file, *, at=NOON, rules=CN):
    return judge(one, file, [each for each in file.contacts if each.point == one.point], rules, at).until


def at(text):
    return parse_instant(text)


# -- China -----------------------------------------------------------------------------------------------------------


def test_a_first_call_at_noon_is_allowed():
    assert judge(wanted(), a_file(), [], CN, NOON) == ALLOWED


@pytest.mark.parametrize(
    ("instant", "silent"),
    [
        ("2026-11-30T07:59:59.999999+08:00", True),
        ("2026-11-30T08:00:00+08:00", False),
        ("2026-11-30T21:59:59.999999+08:00", False),
        ("2026-11-30T22:00:00+08:00", True),
        ("2026-12-01T00:00:00+08:00", True),
    ],
)
@pytest.mark.parametrize("channel", ["call", "ai_call", "sms", "email", "visit", "letter"])
def test_the_night_is_silent_by_the_debtors_clock(instant, silent, channel):
    assert ("silent_night" in rules_against(wanted(channel), at=at(instant))) is silent


def test_it_is_the_debtors_clock_not_ours():
    in_london = a_file(zone="Europe/London")
    assert rules_against(wanted(), in_london, at=at("2026-11-30T08:00:00+08:00")) == ["silent_night"]
    assert rules_against(wanted(), in_london, at=at("2026-12-01T01:00:00+08:00")) == []


def test_hours_agreed_in_writing_are_not_silent():
    late = a_file(agreed_hours=AgreedHours("21:00", "23:00"))
    assert rules_against(wanted(), late, at=at("2026-11-30T22:30:00+08:00")) == []
    assert rules_against(wanted(), late, at=at("2026-11-30T23:00:00+08:00")) == ["silent_night"]


def test_it_says_when_the_night_is_over():
    assert until(wanted(), a_file(), at=at("2026-11-30T23:00:00+08:00")) == at("2026-12-01T08:00:00+08:00")
    assert until(wanted(), a_file(), at=at("2026-12-01T03:00:00+08:00")) == at("2026-12-01T08:00:00+08:00")


@pytest.mark.parametrize("state", ["answered", "refused", "sent", "wanted", "unclear", "delivered"])
def test_a_fourth_talk_of_the_day_is_not_had_machines_talking_too(state):
    talked = [
        past(1, Micros(NOON - 3 * HOUR)),
        past(2, Micros(NOON - 2 * HOUR), channel="ai_call", point=SECOND_PHONE),
        past(3, Micros(NOON - HOUR), state, channel="ai_call"),
    ]
    file = a_file(contacts=talked)
    assert "three_talks_a_day" in rules_against(wanted(), file)
    assert "three_talks_a_day" in rules_against(wanted("ai_call", point=SECOND_PHONE), file)
    assert "three_talks_a_day" not in rules_against(wanted("sms"), file)
    file.contacts[2].state = "unanswered"
    assert rules_against(wanted(), file) == []


def test_talks_of_all_accounts_of_a_debtor_count_together_and_again_from_midnight():
    talked = [past(number, Micros(NOON + number * MINUTE), account=f"acc_{number}") for number in range(3)]
    file = a_file(contacts=talked)
    one = wanted(account="acc_9")
    assert rules_against(one, file, at=Micros(NOON + HOUR)) == ["three_talks_a_day"]
    assert until(one, file, at=Micros(NOON + HOUR)) == at("2026-12-01T00:00:00+08:00")
    assert rules_against(one, file, at=at("2026-12-01T08:00:00+08:00")) == []


def test_a_seventh_unanswered_call_to_one_number_is_not_made_whoever_the_others_were_for():
    tried = [past(number, Micros(NOON - number * MINUTE), "unanswered") for number in range(6)]
    file = a_file(contacts=tried)
    assert rules_against(wanted(), file) == ["six_tries_a_day"]
    assert rules_against(wanted(point=SECOND_PHONE), file) == []
    others = [msgspec.structs.replace(one, debtor=Pseudonym("b" * 32)) for one in tried]
    assert rules_against(wanted(), a_file(), at_point=others) == ["six_tries_a_day"]
    tried[0].state = "answered"
    assert rules_against(wanted(), file) == []


def test_one_visit_a_day():
    file = a_file(contacts=[past(1, NOON, channel="visit", point=HOME)])
    assert rules_against(wanted("visit"), file) == ["one_visit_a_day"]
    assert rules_against(wanted("visit"), file, at=Micros(NOON + DAY)) == []


def test_two_written_messages_a_day_and_seven_a_week_reminders_of_service_not_counted():
    written = [past(1, NOON, "delivered", channel="sms"), past(2, NOON, "delivered", channel="email", point=EMAIL)]
    file = a_file(contacts=written)
    assert rules_against(wanted("sms"), file) == ["two_messages_a_day"]
    assert rules_against(wanted("sms", purpose="service"), file) == []
    week = [past(number, Micros(NOON - number * DAY), "delivered", channel="sms") for number in range(7)]
    file = a_file(contacts=week)
    assert rules_against(wanted("email"), file) == ["seven_messages_a_week"]
    assert until(wanted("email"), file) == at("2026-12-01T00:00:00+08:00")


def test_who_ended_a_talk_is_left_alone_for_the_day():
    file = a_file(contacts=[past(1, NOON, "refused")])
    assert "stop_when_refused" in rules_against(wanted("sms"), file)
    assert rules_against(wanted("sms"), file, at=Micros(NOON + DAY)) == []


def friend(**changes):
    return wanted(point=FRIEND, **changes)


def test_a_friend_is_not_called_while_the_debtor_can_be_reached():
    assert rules_against(friend()) == ["debtor_only"]
    tried = [past(number, Micros(NOON - number * MINUTE), "unanswered") for number in (3, 2, 1)]
    assert rules_against(friend(), a_file(contacts=tried[:2])) == ["debtor_only"]
    assert rules_against(friend(), a_file(contacts=tried)) == []


def test_failures_are_in_a_row_a_talk_or_a_call_under_way_between_them_ends_the_row():
    for state in ("answered", "sent", "delivered"):
        tried = [past(number, Micros(NOON + number * MINUTE), "unanswered") for number in range(4)]
        tried[2].state = state
        assert rules_against(friend(), a_file(contacts=tried), at=Micros(NOON + HOUR)) == ["debtor_only"]


def test_a_friend_may_be_called_when_every_number_of_the_debtor_is_invalid_or_the_debtor_is_dead():
    file = a_file()
    for one in file.points.values():
        one.invalid = one.whose == "debtor"
    assert rules_against(friend(), file) == []
    assert rules_against(friend(), a_file(marks={"deceased": NOON})) == []


@pytest.mark.parametrize(
    "text",
    [
        "请转告他尽快还款",
        "他 有 一 笔 欠*款",
        "He owes us money",
        "please tell him about the O V E R D U E loan",
        "贷 款",
    ],
)
def test_a_friend_is_told_nothing_of_the_debt(text):
    unreachable = a_file(contacts=[past(number, NOON, "unanswered", point=SECOND_PHONE) for number in range(3)])
    assert rules_against(friend(text=text), unreachable) == ["debtor_only"]
    assert rules_against(friend(text="请让他方便时给我们回电,谢谢。"), unreachable) == []


def test_a_friend_who_refused_is_never_called_again_and_else_once_a_day():
    unreachable = a_file(contacts=[past(number, NOON, "unanswered", point=SECOND_PHONE) for number in range(3)])
    called = [past(9, NOON, "answered", point=FRIEND, whose="third_party")]
    assert rules_against(friend(), unreachable, at_point=called) == ["debtor_only"]
    assert rules_against(friend(), unreachable, at_point=called, at=Micros(NOON + DAY)) == []
    unreachable.points[FRIEND].refused = True
    verdict = judge(friend(), unreachable, [], CN, Micros(NOON + 300 * DAY))
    assert (verdict.first.rule, verdict.until) == ("debtor_only", None)


@pytest.mark.parametrize(
    ("mark", "rule"),
    [
        ("deceased", "deceased"),
        ("incapacitated", "incapacitated"),
        ("minor", "minor"),
        ("dispute", "dispute_open"),
        ("complaint", "complaint_open"),
        ("lawyer", "lawyer"),
        ("bankruptcy", "bankruptcy"),
        ("do_not_contact", "do_not_contact"),
    ],
)
def test_nobody_is_collected_from_while_this_is_so(mark, rule):
    file = a_file(marks={mark: NOON})
    for channel in ("call", "ai_call", "sms", "email", "letter", "visit"):
        assert rules_against(wanted(channel), file) == [rule]
    assert until(wanted(), file) is None


def test_what_a_customer_must_know_reaches_them_in_a_dispute_too_but_not_the_dead():
    assert rules_against(wanted("letter", purpose="service"), a_file(marks={"dispute": NOON})) == []
    assert rules_against(wanted("letter", purpose="service"), a_file(marks={"deceased": NOON})) == ["deceased"]


def test_in_hardship_nothing_firm_and_in_illness_no_voice():
    poor, ill = a_file(marks={"hardship": NOON}), a_file(marks={"illness": NOON})
    assert rules_against(wanted(step="firm"), poor) == ["hardship_gentle"]
    assert rules_against(wanted(step="restructure"), poor) == []
    assert rules_against(wanted("call"), ill) == ["illness_gentle"]
    assert rules_against(wanted("sms"), ill) == []


def test_a_declined_channel_or_number_is_not_used():
    assert rules_against(wanted("sms"), a_file(off={"sms"})) == ["opted_out"]
    file = a_file()
    file.points[PHONE].opted_out = True
    assert rules_against(wanted("call"), file) == ["opted_out"]
    assert rules_against(wanted("call", point=SECOND_PHONE), file) == []


def test_offers_only_to_who_agreed_to_them():
    offer = wanted("sms", purpose="marketing")
    assert rules_against(offer) == ["marketing_consent"]
    assert rules_against(offer, a_file(consents={"marketing"})) == []


@pytest.mark.parametrize(
    "text",
    [
        "再不还就让你坐牢", "坐 牢", "坐·牢", "你会坐\u200b牢的", "我们会爆通 讯 录", "公安 机关已受理",
        "You will be arrested", "ARREST", "a r r e s t", "a\u0433rest arr\u0435st", "j4il", "ja\u200dil", "\uff4a\uff41\uff49\uff4c",
        "we will tell  your\nemployer", "p-o-l-i-c-e",
    ],
)  # fmt: skip
def test_threats_are_never_said_however_they_are_dressed(text):
    assert "never_said" in rules_against(wanted("sms", text=text))


@pytest.mark.parametrize(
    "text", ["Your instalment is due. Call us if you disagree.", "您的分期已到期,如有异议请联系我们。", "the jailbird cafe bill", "skill"]
)  # fmt: skip
def test_ordinary_words_are(text):
    assert rules_against(wanted("sms", text=text)) == []


@pytest.mark.parametrize(
    ("day", "agency", "allowed"),
    [
        (date(2026, 6, 1), "example_agency", True),
        (date(2025, 12, 31), "example_agency", False),
        (date(2027, 1, 1), "example_agency", False),
        (date(2026, 6, 1), "somebody", False),
    ],
)
def test_only_an_approved_agency_that_was_rated_in_time_contacts_anybody(day, agency, allowed):
    noon = at(f"{day.isoformat()}T12:00:00+08:00")
    assert rules_against(wanted(agency=agency), at=noon) == ([] if allowed else ["approved_agencies"])


def test_an_agency_that_was_not_rated_within_a_year_or_badly_is_not_let_near_anybody():
    (agency,) = CN.agencies
    long = msgspec.structs.replace(agency, until=date(2029, 1, 1))
    old = msgspec.structs.replace(CN, agencies=(long,))
    assert rules_against(wanted(agency="example_agency"), at=at("2027-01-01T12:00:00+08:00"), rules=old) == []
    assert rules_against(wanted(agency="example_agency"), at=at("2027-01-02T12:00:00+08:00"), rules=old) == [
        "approved_agencies"
    ]
    (rating,) = long.rated
    bad = msgspec.structs.replace(long, rated=(msgspec.structs.replace(rating, score=59),))
    assert rules_against(wanted(agency="example_agency"), rules=msgspec.structs.replace(CN, agencies=(bad,))) == [
        "approved_agencies"
    ]


# -- whatever the rules say ------------------------------------------------------------------------------------------


def test_without_rules_nobody_is_contacted():
    assert judge(wanted(), a_file(), [], None, NOON).first.rule == "no_rules"


def test_a_contact_goes_to_a_valid_number_of_the_debtor_by_a_channel_that_reaches_it():
    assert rules_against(wanted(point=PointId("9" * 32))) == ["not_their_point"]
    assert rules_against(wanted(debtor=Pseudonym("b" * 32))) == ["not_their_point"]
    assert rules_against(wanted("email", point=PHONE)) == ["wrong_channel"]
    file = a_file()
    file.points[PHONE].invalid = True
    assert rules_against(wanted(), file) == ["invalid_point"]


def test_no_third_party_is_contacted_where_no_rule_speaks_of_them():
    assert rules_against(friend(), rules=only(CN, "silent_night")) == ["third_party_unruled"]


def test_a_contact_does_not_stand_in_its_own_way():
    file = a_file(contacts=[past(number, NOON, channel="sms", state="wanted") for number in (1, 2)])
    assert "two_messages_a_day" in rules_against(wanted("sms"), file)
    assert rules_against(wanted("sms", contact="con_2"), file) == []


def test_a_rule_holds_from_its_day_until_its_last():
    (night,) = only(CN, "silent_night").rules
    ended = msgspec.structs.replace(CN, rules=(msgspec.structs.replace(night, until=date(2026, 12, 1)),))
    assert rules_against(wanted(), at=at("2026-11-30T23:00:00+08:00"), rules=ended) == ["silent_night"]
    assert rules_against(wanted(), at=at("2026-12-01T23:00:00+08:00"), rules=ended) == []
    assert rules_against(wanted(), at=at("2025-02-27T23:00:00+08:00"), rules=only(CN, "silent_night")) == []


def test_the_next_allowed_instant_is_after_the_night_that_follows_a_full_day():
    file = a_file(contacts=[past(number, Micros(NOON - number * MINUTE)) for number in range(3)])
    assert next_allowed(wanted(), file, file.contacts, CN, NOON) == at("2026-12-01T08:00:00+08:00")
    assert next_allowed(wanted(), a_file(), [], CN, NOON) == NOON
    assert next_allowed(wanted(), a_file(marks={"lawyer": NOON}), [], CN, NOON) is None


# -- the United States: the same shapes, other numbers ------------------------------------------------------------------

NY = "America/New_York"
NY_NOON = parse_instant("2026-11-30T12:00:00-05:00")


def test_a_us_consumer_is_called_from_8_to_21_where_they_are():
    file = a_file(zone=NY)
    assert rules_against(wanted(), file, at=at("2026-11-30T21:00:00-05:00"), rules=US) == ["inconvenient_hours"]
    assert rules_against(wanted(), file, at=at("2026-11-30T20:59:59-05:00"), rules=US) == []
    assert rules_against(wanted(), file, at=at("2026-11-30T08:00:00-05:00"), rules=US) == []


def test_where_a_us_consumer_lives_is_not_known_it_is_no_zones_night():
    nowhere = a_file(zone=None)
    assert rules_against(wanted(), nowhere, at=at("2026-11-30T08:30:00-05:00"), rules=US) == ["inconvenient_hours"]
    assert rules_against(wanted(), nowhere, at=at("2026-11-30T14:00:00-05:00"), rules=US) == []
    assert until(wanted(), nowhere, at=at("2026-11-30T08:30:00-05:00"), rules=US) == at("2026-11-30T08:00:00-10:00")


def test_seven_calls_in_seven_days_about_one_debt():
    tried = [past(number, Micros(NY_NOON - number * DAY), "unanswered") for number in range(7)]
    file = a_file(zone=NY, contacts=tried)
    assert rules_against(wanted(), file, at=NY_NOON, rules=US) == ["seven_in_seven"]
    assert rules_against(wanted(account="acc_2"), file, at=NY_NOON, rules=US) == []
    assert until(wanted(), file, at=NY_NOON, rules=US) == at("2026-12-01T00:00:00-05:00")


def test_a_week_of_quiet_after_a_talk_whose_day_is_its_first():
    file = a_file(zone=NY, contacts=[past(1, NY_NOON)])
    assert rules_against(wanted(), file, at=Micros(NY_NOON + 6 * DAY), rules=US) == ["seven_days_after_talk"]
    assert rules_against(wanted(), file, at=Micros(NY_NOON + 7 * DAY), rules=US) == []


@pytest.mark.parametrize(
    ("mark", "rule"),
    [("do_not_contact", "cease"), ("lawyer", "attorney"), ("dispute", "disputed"), ("bankruptcy", "stay")],
)
def test_a_us_consumer_is_left_alone_while_this_is_so(mark, rule):
    assert rules_against(wanted(), a_file(zone=NY, marks={mark: NOON}), at=NY_NOON, rules=US) == [rule]


def test_a_us_third_party_is_asked_once():
    file = a_file(zone=NY, contacts=[past(1, NY_NOON, "unanswered", point=SECOND_PHONE)])
    asked = [past(2, Micros(NY_NOON - 30 * DAY), point=FRIEND, whose="third_party")]
    assert rules_against(friend(), file, at=NY_NOON, rules=US, at_point=[]) == []
    assert rules_against(friend(), file, at=NY_NOON, rules=US, at_point=asked) == ["location_only"]


def test_a_us_message_says_how_to_stop_and_threatens_nobody():
    file = a_file(zone=NY)
    plain, with_stop = wanted("sms", text="Your payment is due."), wanted("sms", text="Due today. Reply STOP to stop.")
    assert rules_against(plain, file, at=NY_NOON, rules=US) == ["says_how_to_stop"]
    assert rules_against(with_stop, file, at=NY_NOON, rules=US) == []
    threat = wanted("sms", text="You go to jail. Reply STOP to opt out.")
    assert rules_against(threat, file, at=NY_NOON, rules=US) == ["no_threats"]
    declined = a_file(zone=NY, off={"sms"})
    assert rules_against(with_stop, declined, at=NY_NOON, rules=US) == ["channel_declined"]


def talks(count, state="answered", **changes):
    return [past(number, NOON, state, **changes) for number in range(count)]


CASES = {
    ("cn", "silent_night"): (wanted(), a_file(), at("2026-11-30T23:00:00+08:00")),
    ("cn", "three_talks_a_day"): (wanted(), a_file(contacts=talks(3)), NOON),
    ("cn", "six_tries_a_day"): (wanted(), a_file(contacts=talks(6, "unanswered")), NOON),
    ("cn", "one_visit_a_day"): (wanted("visit"), a_file(contacts=talks(1, channel="visit", point=HOME)), NOON),
    ("cn", "two_messages_a_day"): (wanted("sms"), a_file(contacts=talks(2, "delivered", channel="sms")), NOON),
    ("cn", "seven_messages_a_week"): (wanted("sms"), a_file(contacts=talks(7, "delivered", channel="sms")), NOON),
    ("cn", "stop_when_refused"): (wanted(), a_file(contacts=talks(1, "refused")), NOON),
    ("cn", "debtor_only"): (friend(), a_file(), NOON),
    ("cn", "deceased"): (wanted(), a_file(marks={"deceased": NOON}), NOON),
    ("cn", "incapacitated"): (wanted(), a_file(marks={"incapacitated": NOON}), NOON),
    ("cn", "minor"): (wanted(), a_file(marks={"minor": NOON}), NOON),
    ("cn", "dispute_open"): (wanted(), a_file(marks={"dispute": NOON}), NOON),
    ("cn", "complaint_open"): (wanted(), a_file(marks={"complaint": NOON}), NOON),
    ("cn", "lawyer"): (wanted(), a_file(marks={"lawyer": NOON}), NOON),
    ("cn", "bankruptcy"): (wanted(), a_file(marks={"bankruptcy": NOON}), NOON),
    ("cn", "do_not_contact"): (wanted(), a_file(marks={"do_not_contact": NOON}), NOON),
    ("cn", "hardship_gentle"): (wanted(step="firm"), a_file(marks={"hardship": NOON}), NOON),
    ("cn", "illness_gentle"): (wanted(), a_file(marks={"illness": NOON}), NOON),
    ("cn", "opted_out"): (wanted("sms"), a_file(off={"sms"}), NOON),
    ("cn", "marketing_consent"): (wanted("sms", purpose="marketing"), a_file(), NOON),
    ("cn", "never_said"): (wanted("sms", text="坐牢"), a_file(), NOON),
    ("cn", "approved_agencies"): (wanted(agency="somebody"), a_file(), NOON),
    ("us", "inconvenient_hours"): (wanted(), a_file(zone=NY), NOON),
    ("us", "seven_in_seven"): (wanted(), a_file(zone=NY, contacts=talks(7, "unanswered")), NY_NOON),
    ("us", "seven_days_after_talk"): (wanted(), a_file(zone=NY, contacts=talks(1)), NY_NOON),
    ("us", "cease"): (wanted(), a_file(zone=NY, marks={"do_not_contact": NOON}), NY_NOON),
    ("us", "attorney"): (wanted(), a_file(zone=NY, marks={"lawyer": NOON}), NY_NOON),
    ("us", "disputed"): (wanted(), a_file(zone=NY, marks={"dispute": NOON}), NY_NOON),
    ("us", "stay"): (wanted(), a_file(zone=NY, marks={"bankruptcy": NOON}), NY_NOON),
    ("us", "location_only"): (friend(), a_file(zone=NY), NY_NOON),
    ("us", "channel_declined"): (wanted("sms"), a_file(zone=NY, off={"sms"}), NY_NOON),
    ("us", "says_how_to_stop"): (wanted("sms", text="Hello."), a_file(zone=NY), NY_NOON),
    ("us", "no_threats"): (wanted("sms", text="jail, or reply STOP"), a_file(zone=NY), NY_NOON),
}


def test_there_is_a_case_for_every_rule_of_the_examples():
    assert set(CASES) == {(rules.name, one.rule) for rules in (CN, US) for one in rules.rules}


@pytest.mark.parametrize(("of", "rule"), CASES)
def test_a_rule_stands_against_what_it_is_for_and_without_it_nothing_does(of, rule):
    one, file, instant = CASES[of, rule]
    rules = CN if of == "cn" else US
    assert rule in rules_against(one, file, at=instant, rules=rules)
    alone = only(rules, rule)
    assert rules_against(one, file, at=instant, rules=alone) == [rule]
    kept = tuple(each for each in rules.rules if each.rule in {"silent_night", "inconvenient_hours"})
    others = msgspec.structs.replace(rules, rules=tuple(each for each in kept if each.rule != rule))
    if one.point != FRIEND:  # whom, without a rule, nobody may contact
        assert rules_against(one, file, at=instant, rules=others) == []
