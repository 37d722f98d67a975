"""What a rule is worth: taken out, and everything decided again, is what taking it out only where it fired says."""

from __future__ import annotations

import pytest
from small_workspace import application

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.learn.backtest import Draft, Price, RuleSweep, SideAsked

YOUNG = {"rule": "young", "when": "age < 25", "then": "decline", "reason": "TOO_YOUNG", "when_missing": "skip"}
YOUNGER = {"rule": "younger", "when": "age < 22", "then": "review", "reason": "TOO_YOUNG", "when_missing": "skip"}
LARGE = {"rule": "large", "when": "amount_minor >= 1020", "then": "review", "reason": "BLOCKED", "when_missing": "skip"}
UNSURE = {"rule": "unsure", "when": "age > 99", "then": "decline", "reason": "TOO_YOUNG", "when_missing": "review"}


@pytest.fixture
def rules_of(ask, decided, draft):
    def asked(*rules, **more):
        report = ask(decided, draft(*rules), rules=True, price=Price(margin=0.1), **more)
        return {one.rule.removeprefix("knock_out."): one for one in report.rules}, report

    return asked


def without(made: Draft, name: str) -> Draft:
    """The draft with a rule of its second stage taken out by hand."""
    stage = made.body["flow"][1]
    stage["all"] = [one for one in stage["all"] if one["rule"] != name]
    return made


@pytest.mark.parametrize("lake", [False, True])
def test_taking_a_rule_out_where_it_fired_is_taking_it_out_everywhere(rules_of, ask, decided, draft, lake):
    rules = (YOUNG, YOUNGER, LARGE, UNSURE)
    decided.decide_now(application(50, age=None, device="d9", at=400 * 60))
    found, _ = rules_of(*rules, lake=lake)
    for name in ("young", "younger", "large", "too_young"):
        whole = SideAsked(drafts=(draft(*rules),))
        by_hand = ask(decided, without(draft(*rules), name), against=whole, lake=lake)
        assert found[name].changed == by_hand.changed, name


def test_what_a_rule_alone_stops_with_what_it_saves_and_what_it_costs(rules_of):
    found, _ = rules_of(YOUNG, LARGE)
    young = found["young"]
    # Ages 15 to 24 hit; of 15 to 17 the older rule already declines, the other seven all went badly.
    assert (young.hits.count, young.alone.count, young.alone.bad) == (10, 7, 7)
    assert young.saved_minor == sum(1000 + number for number in range(3, 10))
    assert young.forgone_minor == 0
    large = found["large"]
    assert (large.alone.count, large.alone.good, large.alone.unknown) == (20, 10, 10)
    assert large.forgone_minor == pytest.approx(0.1 * sum(1000 + number for number in range(20, 30)), abs=1)
    assert young.hits.bad_rate.share == 1.0


def test_a_rule_whose_work_others_do_is_redundant_and_they_are_named(rules_of):
    found, report = rules_of(YOUNG, YOUNGER)
    assert found["younger"].redundant
    assert found["younger"].covered_by == ("knock_out.young",)
    assert found["younger"].alone.count == 0
    assert not found["young"].redundant
    pair = next(one for one in report.overlap if {one.rule, one.other} == {"knock_out.young", "knock_out.younger"})
    assert (pair.both, pair.jaccard) == (7, 0.7)


def test_months_show_how_a_rule_ages(rules_of):
    found, _ = rules_of(YOUNG)
    (month,) = found["young"].months
    assert (month.month, month.hits, month.precision.part, month.precision.whole) == ("2026-11", 10, 7, 7)
    assert found["young"].trend is None


def test_another_number_in_a_rule_is_the_policy_with_that_number(ask, decided, draft):
    sweep = RuleSweep(rule="knock_out.young", values=(18, 25, 30.5, -1))
    report = ask(decided, draft(YOUNG), sweep=sweep)
    assert [one.when for one in report.sweep] == ["age < 18", "age < 25", "age < 30.5", "age < (-1)"]
    assert [one.hits for one in report.sweep] == [3, 10, 16, 0]
    for point in report.sweep:
        by_hand = ask(decided, draft({**YOUNG, "when": point.when}))
        assert point.approved == by_hand.candidate.approved
        assert point.standing == by_hand.candidate.standing


def test_a_number_that_is_not_there_is_refused(ask, decided, draft):
    with pytest.raises(NotFound):
        ask(decided, sweep=RuleSweep(rule="knock_out.nobody", values=(1,)))
    with pytest.raises(InvalidInput):
        ask(decided, draft(YOUNG), sweep=RuleSweep(rule="knock_out.young", values=(1,), number=1))
    with pytest.raises(InvalidInput):
        ask(decided, sweep=RuleSweep(rule="known_bad.blocked_devices_device", values=(1,)))
