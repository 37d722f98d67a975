"""A strategy: which segment, which rung, which action; by the ladder or by a model less what it costs; read with care."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from conduct_house import document, rules_of
from hypothesis import given
from hypothesis import strategies as st

from tandem.act.collections import Picker, Situation, check_against_rules, parse_strategy
from tandem.act.collections.reaching import masked, normal
from tandem.act.collections.rules_reading import parse_conduct_rules
from tandem.act.collections.strategy import Trying
from tandem.act.texts import amount_text, filled
from tandem.act.trials import drawn
from tandem.kernel.errors import DefinitionError, InvalidInput

BODY = document("collections", "consumer")
STRATEGY = parse_strategy(BODY)


def situation(**changes):
    known = {"account": "acc_1", "day": 20_700, "currency": "CNY", "days_past_due": 5, "due_minor": 40_000}
    return Situation(**{**known, "balance_minor": 120_000, **changes})


def free(_action):
    return None


def picked(one, *, expected=None, forbids=free, trying=None):
    body = BODY if trying is None else {**BODY, "trying": trying}
    return Picker(parse_strategy(body), expected).pick(one, forbids)


@pytest.mark.parametrize(
    ("changes", "segment", "step", "channel"),
    [
        ({"days_past_due": 0, "days_to_due": 3}, "everybody_else", "reminder", "sms"),
        ({"days_past_due": 0, "days_to_due": 4}, "everybody_else", "wait", None),
        ({"days_past_due": 5}, "everybody_else", "soft", "sms"),
        ({"days_past_due": 20}, "everybody_else", "firm", "email"),
        ({"days_past_due": 130}, "everybody_else", "agency", None),
        ({"days_past_due": 200}, "everybody_else", "write_off", None),
        ({"due_minor": 6_000_000}, "large", "soft", "call"),
        ({"promises_broken": 1}, "broken_promise", "firm", "call"),
        ({"hardship": True, "promises_broken": 1}, "hardship", "restructure", "email"),
    ],
)
def test_the_ladder_of_the_first_segment_that_holds_says_what_is_done(changes, segment, step, channel):
    choice = picked(situation(**changes))
    assert (choice.segment, choice.action.step, choice.action.channel) == (segment, step, channel)
    assert choice.chosen_by == "ladder"


def test_channels_take_turns_and_a_blocked_one_is_left_out():
    assert picked(situation(contacts_by={"sms": 1})).action.channel == "email"
    assert picked(situation(contacts_by={"sms": 1, "email": 1})).action.channel == "ai_call"
    choice = picked(situation(), forbids=lambda action: "opted_out" if action.channel == "sms" else None)
    assert choice.action.channel == "email"
    assert [one.blocked_by for one in choice.ranked] == ["opted_out", None, None]
    assert picked(situation(), forbids=lambda _action: "silent_night").action.step == "wait"


@pytest.mark.parametrize(
    "changes", [{"promise_open": True}, {"dispute": True}, {"days_since_contact": 1, "last_step": "soft"}]
)
def test_a_promise_an_objection_and_a_message_just_sent_are_waited_for(changes):
    assert picked(situation(**changes)).action.step == "wait"


def test_a_rung_further_is_not_waited_for():
    assert picked(situation(days_past_due=16, days_since_contact=1, last_step="soft")).action.step == "firm"


PLAIN = {"hold_out": 0.0, "exploration": 0.0}


def test_a_model_is_followed_as_far_as_it_brings_more_than_it_costs():
    best = picked(situation(), expected=lambda _s, action: 5_000 if action.channel == "email" else 50, trying=PLAIN)
    assert (best.action.channel, best.chosen_by, best.expected_minor) == ("email", "model", 5_000)
    poor = picked(situation(), expected=lambda _s, _a: 0, trying=PLAIN)
    assert poor.action.step == "wait"
    assert poor.ranked[0].value_minor == 0


def test_a_model_is_never_followed_against_a_rule():
    choice = picked(
        situation(),
        expected=lambda _s, action: 5_000 if action.channel == "email" else 400,
        forbids=lambda action: "opted_out" if action.channel == "email" else None,
        trying=PLAIN,
    )
    assert choice.action.channel == "sms"


@given(st.floats(0.01, 1.0), st.integers(0, 10_000))
def test_the_propensities_of_what_might_have_been_chosen_sum_to_one_for_what_was(share, account):
    trying = {"hold_out": 0.0, "exploration": share}
    choice = picked(
        situation(account=f"acc_{account}"), expected=lambda _s, action: action.cost_minor + 7, trying=trying
    )
    others = len(choice.ranked) - 1
    best = share / len(choice.ranked) + 1 - share
    expected = best if choice.action == choice.ranked[0].action else share / len(choice.ranked)
    assert choice.propensity == pytest.approx(expected)
    assert best + others * share / len(choice.ranked) == pytest.approx(1)


def test_exploration_and_hold_out_have_their_shares():
    trying = {"hold_out": 0.2, "exploration": 0.3}
    found = Counter(
        picked(situation(account=f"acc_{number}"), expected=lambda _s, _a: 10**6, trying=trying).chosen_by
        for number in range(2_000)
    )
    assert found["hold_out"] / 2_000 == pytest.approx(0.2, abs=0.03)
    assert found["exploration"] / (2_000 - found["hold_out"]) == pytest.approx(0.3, abs=0.04)
    assert drawn("a", 1) == drawn("a", 1)
    assert Trying().hold_out == 0.1


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"segments": [{**BODY["segments"][0], "when": "days_late > 3"}]}, "days_late"),
        ({"segments": [{**BODY["segments"][0], "when": "due_minor"}]}, "true or false"),
        ({"segments": [{**BODY["segments"][0], "ladder": [{"from_day": 1, "step": "soft"}]}]}, "has channels"),
        ({"segments": [{**BODY["segments"][0], "ladder": [{"from_day": 1, "step": "agency", "channels": ["sms"]}]}]}, "has channels"),
        ({"segments": [{**BODY["segments"][0], "ladder": [{"from_day": 1, "step": "soft", "channels": ["visit"]}]}]}, "No template"),
        ({"templates": [{**BODY["templates"][0], "text": {"en": "Pay {sum}", "zh-CN": "还款"}}]}, "No such field"),
        ({"templates": [{**BODY["templates"][0], "text": {"en": "Pay", "zh-CN": "还款"}}]}, "how to object"),
        ({"templates": [{**BODY["templates"][0], "whose": "third_party"}]}, "third party is told nothing"),
        ({"costs": {}}, "cost"),
        ({"products": []}, "length"),
    ],
)  # fmt: skip
def test_a_strategy_that_does_not_hold_together_is_named(changes, words):
    with pytest.raises(DefinitionError, match=words):
        parse_strategy({**BODY, **changes})


def test_the_example_says_nothing_that_its_rules_forbid_and_a_third_party_hears_no_word_of_a_debt():
    rules = {"cn": rules_of("cn")}
    check_against_rules(STRATEGY, rules, STRATEGY.products, date(2026, 11, 30))
    told = [{**BODY["templates"][-1], "text": {"en": "Tell him about his loan, says {lender}.", "zh-CN": "请转告"}}]
    with pytest.raises(DefinitionError, match="debtor_only"):
        check_against_rules(
            parse_strategy({**BODY, "templates": [*BODY["templates"][:-1], *told]}),
            rules,
            STRATEGY.products,
            date(2026, 11, 30),
        )


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"zones": ["Asia/Nowhere"]}, "time zone"),
        ({"rules": [{**document("conduct", "cn")["rules"][0], "ends": "25:00"}]}, "rules"),
        ({"rules": [{**document("conduct", "cn")["rules"][0], "ends": "22:00"}]}, "none, or all"),
        ({"rules": [document("conduct", "cn")["rules"][0]] * 2}, "taken"),
        ({"rules": [{**document("conduct", "cn")["rules"][1], "until": "2025-01-01"}]}, "after it began"),
        ({"rules": []}, "length"),
    ],
)
def test_rules_that_do_not_hold_together_are_named(changes, words):
    with pytest.raises(DefinitionError, match=words):
        parse_conduct_rules({**document("conduct", "cn"), **changes})


def test_amounts_and_fields_are_plain():
    assert amount_text(123_456_789, "CNY") == "CNY\u00a01,234,567.89"
    assert amount_text(5, "JPY") == "JPY\u00a05"
    assert filled("{name} owes {amount}", {"name": "{amount}", "amount": "1"}) == "{amount} owes 1"
    with pytest.raises(InvalidInput):
        filled("{name.__class__} {name}", {})


def test_a_number_is_the_same_however_it_is_written():
    assert {normal("phone", one, "CN") for one in ("13800138000", "+86 138-0013-8000", " 138 0013 8000 ")} == {
        "+8613800138000"
    }
    assert normal("email", " Li@Example.COM ", "CN") == "Li@example.com"
    for kind, value in (("email", "li@"), ("email", "a@b\r\nBcc: x@y.z"), ("phone", "hello"), ("address", " ")):
        with pytest.raises(InvalidInput):
            normal(kind, value, "CN")
    assert masked("phone", "+8613800138000") == "+86****8000"
    assert masked("email", "li@example.com") == "l***@example.com"
