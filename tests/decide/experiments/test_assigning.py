"""Assignment: sticky, monotone, true to its shares, and a component as one."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tried_workspace import experiment

from tandem.decide.experiments import Assigner, ClusterUnits, parse_experiment

UNITS = [f"{number:032x}" for number in range(2_000)]


def assigner(share, name="older"):
    return Assigner(parse_experiment({"name": name, **experiment(share=share).body}))


@given(st.integers(0, 99), st.integers(1, 100))
def test_nobody_leaves_a_challenger_that_grows(share, more):
    before, after = assigner(share), assigner(min(100, share + more))
    for unit in UNITS[:200]:
        if before.arm_of(unit) == "challenger":
            assert after.arm_of(unit) == "challenger"


def test_shares_are_kept_and_experiments_divide_independently():
    one, other = ([assigner(30, name).arm_of(unit) for unit in UNITS] for name in ("one", "other"))
    assert abs(one.count("challenger") / len(UNITS) - 0.3) < 0.03
    both = sum(a == b == "challenger" for a, b in zip(one, other, strict=True)) / len(UNITS)
    assert abs(both - 0.09) < 0.02


def test_an_assignment_never_changes():
    # Written down, so that a change of the hash cannot pass unseen: it would move everybody in every experiment.
    assert [assigner(50).arm_of(unit) for unit in UNITS[:8]] == GOLDEN


GOLDEN = ["challenger", "champion", "champion", "challenger", "challenger", "challenger", "challenger", "champion"]


def test_nobody_gets_the_champion():
    assert assigner(100).arm_of(None) == "champion"


def test_who_joins_a_component_gets_its_assignment():
    units = ClusterUnits()
    assert units.unit_of("e", ["a"]) == ("a", ())
    units.take("e", "a", "a", 1)
    assert units.unit_of("e", ["b", "a"]) == ("a", ())
    units.take("e", "b", "a", 2)
    assert units.unit_of("e", ["c", "b"]) == ("a", ()), "also when whoever began it is out of reach by now"


def test_when_components_merge_the_older_assignment_holds_and_the_merge_is_told():
    units = ClusterUnits()
    units.take("e", "b", "b", 1)
    units.take("e", "a", "a", 2)
    assert units.unit_of("e", ["c", "a", "b"]) == ("b", ("a",))


def test_experiments_know_nothing_of_each_other():
    units = ClusterUnits()
    units.take("e", "a", "a", 1)
    assert units.unit_of("f", ["b", "a"]) == ("b", ())
