"""Splits: stable, sticky when a challenger grows, and true to their shares."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.policy.splitting import Splitter
from tandem.decide.policy.types import Arm, SplitStage

ENTITIES = [f"{i:032x}" for i in range(4000)]


def splitter(*shares, salt="pricing", missing=None):
    names = ("champion", "b", "c", "d")
    arms = tuple(Arm(arm=name, share=share, flow=()) for name, share in zip(names, shares, strict=False))
    return Splitter(SplitStage(name="s", by="person", arms=arms, salt=salt, when_missing=missing))


def assigned(split):
    return {entity: split.arm_of(entity) for entity in ENTITIES}


def test_an_entity_stays_in_its_arm_for_ever():
    # Written down, so that a change of the hash can never pass unseen: it would move every customer.
    split = splitter(50, 30, 20)
    assert [split.arm_of(entity) for entity in ENTITIES[:8]] == GOLDEN


GOLDEN = ["b", "b", "c", "champion", "b", "champion", "champion", "b"]


def test_shares_are_kept():
    arms = list(assigned(splitter(50, 30, 15, 5)).values())
    for name, share in (("champion", 0.5), ("b", 0.3), ("c", 0.15), ("d", 0.05)):
        assert abs(arms.count(name) / len(arms) - share) < 0.03


def test_none_and_all_are_exact():
    assert set(assigned(splitter(100, 0)).values()) == {"champion"}
    assert set(assigned(splitter(0, 100)).values()) == {"b"}
    assert set(assigned(splitter(0, 60, 40)).values()) == {"b", "c"}


@given(st.integers(0, 99), st.integers(1, 100))
def test_nobody_leaves_a_challenger_that_grows(share, more):
    before = splitter(100 - share, share)
    after_share = min(100, share + more)
    after = splitter(100 - after_share, after_share)
    for entity in ENTITIES[:300]:
        if before.arm_of(entity) == "b":
            assert after.arm_of(entity) == "b"


@given(st.integers(0, 40), st.integers(0, 40), st.integers(1, 20))
def test_a_later_challenger_that_grows_keeps_its_members_and_leaves_earlier_arms_alone(first, second, more):
    before = splitter(100 - first - second, first, second)
    after = splitter(100 - first - second - more, first, second + more)
    for entity in ENTITIES[:300]:
        was, now = before.arm_of(entity), after.arm_of(entity)
        assert now == was or (was, now) == ("champion", "c")


def test_two_splits_divide_independently_unless_they_share_a_salt():
    one, same, other = (assigned(splitter(50, 50, salt=salt)) for salt in ("x", "x", "y"))
    assert one == same
    both = sum(one[e] == other[e] for e in ENTITIES) / len(ENTITIES)
    assert 0.45 < both < 0.55


def test_an_application_without_the_entity_goes_where_the_policy_says():
    assert splitter(50, 50, missing="b").arm_of(None) == "b"
