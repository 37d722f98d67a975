"""Lots and choices: they come out as often as they say, the same every time, and what they say is what learning divides by."""

from __future__ import annotations

from collections import Counter

import pytest
from offer_house import REMINDER

from tandem.act.offers import Chooser, parse_offer_programme
from tandem.kernel.identity import Pseudonym

MANY = 6_000


class Says:
    """A model whose gains are given."""

    def __init__(self, **gains: float) -> None:
        self.gains = gains

    def gain(self, columns, *, channel, step):
        """As ``Expecting``."""
        del columns, step
        return self.gains[channel]


def chooser(expecting=None, **changes):
    programme = parse_offer_programme({"name": "due_soon", **REMINDER, **changes})
    return Chooser(programme, expecting)


def people(of, channels=("email", "sms"), day=20_000):
    return [of.choose(Pseudonym(f"{number:032x}"), f"acc_{number}", {}, day, channels) for number in range(MANY)]


def test_every_draw_comes_out_as_often_as_its_propensity_says():
    found = people(chooser())
    often = Counter((one.channel, one.arm) for one in found)
    assert often[None, "held_out"] / MANY == pytest.approx(0.2, abs=0.02)
    for channel, stated in (("email", 0.8 * 0.5), ("sms", 0.8 * 0.25)):
        assert often[channel, "treated"] / MANY == pytest.approx(stated, abs=0.02)
        assert {one.propensity for one in found if one.channel == channel} == {round(stated, 9)}
    nothing = {one.propensity for one in found if one.channel is None}
    assert nothing == {0.4}, "held out or drawn to be told nothing, it is the same nothing"


def test_a_channel_that_does_not_reach_somebody_leaves_its_share_to_nothing():
    found = people(chooser(), channels=("sms",))
    often = Counter(one.channel for one in found)
    assert often["sms"] / MANY == pytest.approx(0.2, abs=0.02)
    assert often[None] / MANY == pytest.approx(0.8, abs=0.02)
    assert {one.propensity for one in found if one.channel is None} == {0.8}


def test_the_same_question_has_the_same_answer_and_another_salt_another():
    assert people(chooser()) == people(chooser())
    other = people(chooser(hold_out={"share": 0.2, "salt": "other"}))
    assert other != people(chooser())


def test_who_is_held_out_is_held_out_on_every_day_and_with_every_account():
    of = chooser()
    for number in range(50):
        owner = Pseudonym(f"{number:032x}")
        arms = {of.choose(owner, f"acc_{account}", {}, day, ["email"]).arm for account in (1, 2) for day in range(5)}
        assert len(arms) == 1


def test_two_programmes_do_not_hold_out_the_same_people():
    first, second = (Chooser(parse_offer_programme({"name": name, **REMINDER})) for name in ("first", "second"))
    owners = [Pseudonym(f"{number:032x}") for number in range(MANY)]
    both = sum(first.arm_of(one) == second.arm_of(one) == "held_out" for one in owners)
    assert both / MANY == pytest.approx(0.04, abs=0.01)


def test_by_uplift_takes_the_channel_that_adds_most_and_says_how_likely_that_was():
    found = people(chooser(Says(email=0.02, sms=0.05), choose={"by": "by_uplift", "model": "m", "least_gain": 0.01}))
    assert {(one.channel, one.propensity, one.gain) for one in found if one.arm == "treated"} == {("sms", 0.8, 0.05)}
    assert {(one.channel, one.propensity) for one in found if one.arm == "held_out"} == {(None, 0.2)}


def test_by_uplift_tells_nothing_to_whom_it_adds_too_little_and_nothing_was_left_to_chance():
    found = people(chooser(Says(email=0.005, sms=-0.2), choose={"by": "by_uplift", "model": "m", "least_gain": 0.01}))
    assert {(one.channel, one.propensity, one.why) for one in found} == {(None, 1.0, "gain_too_small")}
