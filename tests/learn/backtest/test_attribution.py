"""Why a decision would differ today: planted causes are found, one at a time and where they act together."""

from __future__ import annotations

import copy
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_workspace import VELOCITY, application, go_live, policy

from tandem.learn.backtest import Draft
from tandem.learn.backtest.attribution import COMPONENTS, shapley_of

EMPTY = dict.fromkeys(COMPONENTS, 0.0)


def causes(report):
    return {one.component: one.shapley for one in report.attribution.causes}


def alone(report):
    return {one.component: one.alone for one in report.attribution.causes if one.alone}


def velocity(window: str) -> Draft:
    """The count over another window, under the same name."""
    body = copy.deepcopy(VELOCITY.body)
    body["features"][0]["window"] = window
    return Draft(kind="feature_set", name="device_velocity", body=body)


def block(process, *devices):
    """Put devices on the list now."""
    entries = [{"identifier": one, "reason": "stolen", "source": "police"} for one in devices]
    process.change_list("blocked_devices", {"add": entries}, by="ann")


def test_nothing_changed_and_nothing_differs(ask, decided):
    report = ask(decided, attribute=True)
    assert (report.attribution.looked_at, report.attribution.differing, report.attribution.left_out) == (40, 0, 0)
    assert causes(report) == EMPTY


def test_another_rule_is_the_rule(ask, decided, draft):
    report = ask(decided, draft({"rule": "older", "when": "age < 28", "then": "decline", "reason": "TOO_YOUNG"}),
                 attribute=True)  # fmt: skip
    assert report.attribution.differing == 10
    assert causes(report) == EMPTY | {"rule": 10.0}
    assert alone(report) == {"rule": 10}
    assert {one.cause for one in report.attribution.examples} == {"rule"}


def test_another_window_under_the_same_name_is_the_feature(ask, decided):
    # Each device comes every 40 hours: more than three times within 30 days from its fourth visit on.
    report = ask(decided, velocity("30d"), attribute=True)
    assert report.attribution.differing == 40 - 3 - 3 * 4 + 3
    assert causes(report) == EMPTY | {"feature": float(report.attribution.differing)}


def test_a_device_that_was_listed_since_is_the_list(ask, decided):
    block(decided, "d1")
    report = ask(decided, attribute=True)
    assert report.attribution.differing == 10 - 1
    assert causes(report) == EMPTY | {"list": 9.0}
    (example, *_) = report.attribution.examples
    assert (example.then, example.now, example.lists) == ("approve", "decline", ("blocked_devices",))


def test_an_event_that_was_corrected_since_is_the_data(ask, decided):
    corrected = application(20, age=16, device="d0", amount_minor=1020, at=20 * 600)
    decided.record_now({**corrected, "event_id": "app-20-corrected", "supersedes": "app-20"})
    report = ask(decided, attribute=True)
    assert report.attribution.differing == 1
    assert causes(report) == EMPTY | {"data": 1.0}
    assert report.attribution.examples[0].event_id == "app-20"


def test_an_event_that_came_late_is_the_data(ask, process):
    for number in range(4):
        process.decide_now(application(number, at=60 + number))
    # Two more from the same device, an hour before, told a week later: the second of the four was already too many.
    for number in (90, 91):
        process.record_now(application(number, at=number - 90))
    report = ask(process, attribute=True)
    assert report.attribution.differing == 2
    assert causes(report) == EMPTY | {"data": 2.0}


def test_where_two_causes_are_needed_each_has_half_and_none_stands_alone(ask, decided, draft):
    # More than three within thirty days declines only those whose rule asks for it: the window alone changes nothing.
    harmless = {"rule": "busy", "when": "device_amount_1d > 3000", "then": "decline", "reason": "MASS_APPLICATION",
                "when_missing": "skip"}  # fmt: skip
    body = copy.deepcopy(VELOCITY.body)
    body["features"][1]["window"] = "30d"
    wider = Draft(kind="feature_set", name="device_velocity", body=body)
    report = ask(decided, draft(harmless), wider, attribute=True)
    differing = report.attribution.differing
    assert differing > 10
    assert report.attribution.together == differing
    assert causes(report) == EMPTY | {"rule": differing / 2, "feature": differing / 2}
    in_order = {one.component: one.in_order for one in report.attribution.causes}
    assert in_order == dict.fromkeys(COMPONENTS, 0) | {"feature": differing}


def test_where_either_cause_is_enough_each_has_half(ask, decided, draft):
    block(decided, "d1")
    rule = {"rule": "device", "when": "age = 28", "then": "decline", "reason": "TOO_YOUNG"}
    report = ask(decided, draft(rule), attribute=True)
    # Age 28 came by d1: the list alone declines it, and so does the rule.
    assert report.attribution.differing == 9
    assert causes(report) == EMPTY | {"list": 8.5, "rule": 0.5}
    assert (report.attribution.together, alone(report)) == (1, {"list": 8})


def test_decisions_of_an_earlier_release_are_held_against_that_release(ask, decided):
    go_live(decided, policy(limit=0))
    for number in range(40, 44):
        decided.decide_now(application(number, age=40, device=f"d{number % 4}", at=number * 600))
    report = ask(decided, attribute=True)
    assert report.attribution.looked_at == 44
    assert causes(report) == EMPTY | {"rule": float(report.attribution.differing)}
    assert report.attribution.differing == 37


@given(st.lists(st.booleans(), min_size=16, max_size=16))
def test_shapley_values_share_out_what_there_is(worths):
    players = COMPONENTS[:4]
    sets = [frozenset(name for name, on in zip(players, given_, strict=True) if on)
            for given_ in product([False, True], repeat=4)]  # fmt: skip
    worth = {one: np.array([int(value)]) for one, value in zip(sets, worths, strict=True)}
    values = shapley_of(worth, players)
    total = sum(float(values[name][0]) for name in players)
    assert total == pytest.approx(float(worth[frozenset(players)][0]) - float(worth[frozenset()][0]))
    for name in players:
        if all(worth[one] == worth[one | {name}] for one in sets):
            assert values[name][0] == pytest.approx(0.0)
