"""Choosing the next action: the best that hours and contacts allow, and nothing forbidden."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from tandem.act.collections import WAIT, Action, Situation, hand_out, plan_day

SMS = Action(step="soft", channel="sms", cost_minor=10)
CALL = Action(step="soft", channel="call", cost_minor=1_500, minutes=4)
FIRM = Action(step="firm", channel="call", cost_minor=1_500, minutes=6)
ACTIONS = (SMS, CALL, FIRM)
TASKS = st.integers(1, 5).flatmap(
    lambda rows: st.lists(
        st.lists(st.one_of(st.just(-np.inf), st.integers(-50, 200).map(float)), min_size=3, max_size=3),
        min_size=rows,
        max_size=rows,
    )
)


def situation(number=1, due=10_000, **more):
    return Situation(
        account=f"acc_{number}",
        day=20_000,
        currency="CNY",
        days_past_due=9,
        due_minor=due,
        balance_minor=50_000,
        **more,
    )


def freely(_situation, _action):
    return None


def worth_of(worth, option):
    return sum(worth[row, one] for row, one in enumerate(option) if one >= 0)


@given(TASKS, st.integers(0, 20), st.integers(0, 5))
def test_it_keeps_to_hours_and_contacts_and_is_at_most_two_actions_below_the_best(rows, minutes_left, contacts_left):
    worth, minutes = np.array(rows), np.array([0.0, 4.0, 6.0])
    found = hand_out(worth, minutes, minutes_left=minutes_left, contacts_left=contacts_left)
    taken = [one for one in found.option if one >= 0]
    assert sum(minutes[one] for one in taken) <= minutes_left
    assert len(taken) <= contacts_left
    assert all(worth[row, one] > 0 for row, one in enumerate(found.option) if one >= 0)
    best = 0.0
    for each in product((-1, 0, 1, 2), repeat=len(worth)):
        chosen = [one for one in each if one >= 0]
        if sum(minutes[one] for one in chosen) <= minutes_left and len(chosen) <= contacts_left:
            best = max(best, worth_of(worth, each))
    most = float(np.max(np.where(np.isfinite(worth), worth, 0), initial=0))
    assert worth_of(worth, found.option) >= best - 2 * most
    if contacts_left >= len(worth):
        assert worth_of(worth, found.option) >= best - most


def test_on_a_day_of_four_hundred_it_is_within_a_thousandth_of_the_solver():
    rng = np.random.default_rng(2)
    worth = rng.gamma(1.0, 4_000, (400, 3)) * np.array([0.4, 1.0, 1.1]) - np.array([10, 1_500, 1_500])
    minutes = np.array([0.0, 4.0, 6.0])
    found = hand_out(worth, minutes, minutes_left=240, contacts_left=200)
    one_each = np.kron(np.eye(400), np.ones(3))
    limits = np.vstack([np.tile(minutes, 400), np.ones(1_200)])
    solved = milp(
        -worth.ravel(),
        constraints=[LinearConstraint(one_each, -np.inf, 1), LinearConstraint(limits, -np.inf, [240, 200])],
        integrality=np.ones(1_200), bounds=Bounds(0, 1), options={"mip_rel_gap": 1e-6},
    )  # fmt: skip
    assert worth_of(worth, found.option) >= -solved.fun * 0.999
    assert minutes[found.option[found.option >= 0]].sum() <= 240
    assert (found.option >= 0).sum() <= 200
    assert found.minute_price > 0


def test_the_price_of_an_hour_is_what_one_more_would_bring():
    rng = np.random.default_rng(3)
    worth = rng.gamma(1.0, 4_000, (2_000, 2)) * np.array([0.3, 1.0])
    minutes = np.array([0.0, 4.0])
    now, more = (hand_out(worth, minutes, minutes_left=left) for left in (1_200, 1_260))
    gained = worth_of(worth, more.option) - worth_of(worth, now.option)
    assert gained / 60 == pytest.approx(now.minute_price, rel=0.1)
    assert hand_out(worth, minutes, minutes_left=10**6).minute_price == 0.0


def test_a_morning_with_nobody_late_chooses_nothing():
    found = hand_out(np.empty((0, 3)), np.array([0.0, 4.0, 6.0]), minutes_left=10, contacts_left=1)
    assert found.option.size == 0


def test_ranked_is_everything_with_the_best_first_and_the_forbidden_last():
    def expected(_situation, action):
        return {"sms": 500, "call": 4_000}[action.channel]

    def forbidden(_situation, action):
        return "hardship_gentle" if action.step == "firm" else None

    ranked = plan_day([situation()], ACTIONS, expected, forbidden)[0].ranked
    assert [one.action for one in ranked] == [CALL, SMS, WAIT, FIRM]
    assert ranked[0].value_minor == 2_500
    assert ranked[-1].blocked_by == "hardship_gentle"


def test_a_day_gives_the_call_to_whom_it_is_worth_most_and_waits_where_nothing_pays():
    due = [2_000, 90_000, 50_000, 10]

    def expected(one, action):
        return int(one.due_minor * {"sms": 0.02, "call": 0.1}[action.channel])

    choices = plan_day([situation(at, one) for at, one in enumerate(due)], (SMS, CALL), expected, freely, minutes=4)
    assert [one.action for one in choices] == [SMS, CALL, SMS, WAIT]
    assert [one.expected_minor for one in choices] == [40, 9_000, 1_000, 0]
    assert {one.chosen_by for one in choices} == {"model"}
    assert all(len(one.ranked) == 3 for one in choices)


def test_what_a_rule_forbids_is_never_chosen():
    choices = plan_day([situation(1)], ACTIONS, lambda _one, _action: 10**6, lambda _one, action: "silent_night" if action.channel == "call" else None)  # fmt: skip
    assert choices[0].action == SMS
