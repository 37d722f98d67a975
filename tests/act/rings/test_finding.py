"""Rings in a picture: who is joined, who is not, and that the order of things never matters."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.rings import Limits, find_rings, sightings_of, take_picture
from tandem.kernel.identity import EntityKind
from tandem.kernel.time import DAY, HOUR
from tandem.observe.graph import Graph, GraphPlan, Link

KINDS = ("device", "phone", "address", "ip")
LINKS = (
    Link(identifier=EntityKind("device"), life=30 * DAY, hub=8),
    Link(identifier=EntityKind("phone"), life=30 * DAY, hub=8),
    Link(identifier=EntityKind("address"), life=30 * DAY, hub=8),
    Link(identifier=EntityKind("ip"), life=30 * DAY, joins=False, hub=50),
)
PLAN = GraphPlan(Graph(name="people", member=EntityKind("person"), events=(), links=LINKS), (), {}, {}, {}, {})
LIMITS = Limits(hot=0.5)


def seen(*rows: dict[str, Any], known: dict[str, bool] | None = None):
    """Sightings of applications: ``who``, ``heat``, ``at`` in hours, and what they name."""
    table = pa.table(
        {
            "seq": pa.array(range(1, len(rows) + 1), pa.int64()),
            "event_id": pa.array([f"e{place}" for place in range(len(rows))], pa.string()),
            "at": pa.array([int(row.get("at", 0) * HOUR) + DAY for row in rows], pa.int64()),
            "member": pa.array([row["who"] for row in rows], pa.string()),
            **{
                f"id_{place}": pa.array([row.get(kind) for row in rows], pa.string())
                for place, kind in enumerate(KINDS)
            },
            "amount": pa.array([row.get("amount") for row in rows], pa.int64()),
            "outcome": pa.array([row.get("outcome") for row in rows], pa.string()),
            "heat": pa.array([row.get("heat", 1.0) for row in rows], pa.float64()),
        }
    )
    marks = None
    if known:
        marks = pa.table(
            {
                "seq": pa.array(range(1000, 1000 + len(known)), pa.int64()),
                "member": pa.array(list(known), pa.string()),
                "bad": pa.array(list(known.values()), pa.bool_()),
            }
        )
    return sightings_of(PLAN, [0, 1, 2, 3], table, marks)


def rings(*rows: dict[str, Any], known: dict[str, bool] | None = None, limits: Limits = LIMITS) -> set[frozenset[str]]:
    sightings = seen(*rows, known=known)
    found = find_rings(take_picture(sightings, LINKS), limits)
    return {frozenset(sightings.members_at(one)) for one in found.rings}


def test_hot_people_on_one_device_are_a_ring_from_the_smallest_size_on():
    assert rings(*({"who": who, "device": "d"} for who in "ab")) == set()
    assert rings(*({"who": who, "device": "d"} for who in "abc")) == {frozenset("abc")}


def test_people_who_look_like_nothing_are_joined_by_nothing():
    assert rings(*({"who": who, "device": "d", "heat": 0.1} for who in "abcd")) == set()


def test_what_a_crowd_uses_joins_nobody():
    shop = [{"who": f"m{number}", "device": "till"} for number in range(8)]
    assert rings(*shop) == set()
    assert len(rings(*shop[:7])) == 1


def test_a_kind_that_joins_nobody_joins_nobody():
    assert rings(*({"who": who, "ip": "wifi"} for who in "abcd")) == set()


def test_what_mostly_others_use_does_not_join_the_hot():
    honest = [{"who": f"h{number}", "device": "d", "heat": 0.0} for number in range(4)]
    assert rings(*honest, *({"who": who, "device": "d"} for who in "abc")) == set()


def test_who_shares_two_identifiers_with_a_gang_is_counted_in_and_who_shares_one_is_not():
    gang = [{"who": who, "device": "d", "phone": "p"} for who in "abc"]
    crowd = [{"who": f"h{number}", "device": "d", "heat": 0.1} for number in range(3)]
    near = {"who": "near", "device": "d", "phone": "p", "heat": 0.1}
    assert rings(*gang, *crowd, near) == {frozenset({"a", "b", "c", "near"})}


def test_what_is_mostly_a_gangs_brings_in_those_who_came_before_it_was_hot():
    first = {"who": "first", "device": "d", "heat": 0.0}
    assert rings(first, *({"who": who, "device": "d"} for who in "abc")) == {frozenset({"first", "a", "b", "c"})}


def test_a_recruits_family_is_not_counted_in_for_what_it_shares_with_the_recruit_alone():
    gang = [{"who": who, "device": "d"} for who in "abc"]
    recruit = {"who": "a", "phone": "home", "address": "home"}
    family = {"who": "mother", "phone": "home", "address": "home", "heat": 0.0}
    assert rings(*gang, recruit, family) == {frozenset("abc")}


def test_who_is_known_to_be_honest_is_not_counted_in_for_what_they_share():
    gang = [{"who": who, "device": "d", "phone": "p"} for who in "abc"]
    near = {"who": "near", "device": "d", "phone": "p", "heat": 0.1}
    assert rings(*gang, near, known={"near": False}) == {frozenset("abc")}


def test_a_recruits_family_gets_hot_by_the_recruit_and_is_no_gang_for_it():
    gang = [{"who": who, "device": "d", "at": 480} for who in "abc"]
    # The recruit lived there for weeks; the mother was near a known fraud when she applied, and is hot only for that.
    recruit = [{"who": "a", "address": "home", "at": at, "heat": 0.0} for at in (0, 240)]
    mother = {"who": "mother", "address": "home", "at": 500}
    assert rings(*gang, *recruit, mother) == {frozenset("abc")}


def test_two_who_share_the_familys_kind_are_joined_only_by_the_same_days():
    gang = [{"who": who, "device": "d", "at": 480} for who in "abc"]
    limits = Limits(hot=0.5, household=EntityKind("address"))

    def with_neighbour(at: int) -> set[frozenset[str]]:
        return rings(
            *gang, {"who": "a", "address": "x", "at": 480}, {"who": "n", "address": "x", "at": at}, limits=limits
        )

    assert with_neighbour(500) == {frozenset("abcn")}
    assert with_neighbour(120) == {frozenset("abc")}
    # What three of a gang use is no family's.
    three = [{"who": who, "address": "x", "at": at} for who, at in (("a", 480), ("n", 120), ("m", 240))]
    assert rings(*gang, *three, limits=limits) == {frozenset("abcmn")}


def test_who_sits_in_a_gangs_room_is_counted_in_though_a_network_joins_nobody():
    gang = [{"who": who, "device": "d", "ip": "room"} for who in "abc"]
    near = {"who": "near", "ip": "room", "heat": 0.0}
    cafe = [{"who": f"h{number}", "ip": "room", "heat": 0.0} for number in range(3)]
    assert rings(*gang, near) == {frozenset({"a", "b", "c", "near"})}
    assert rings(*gang, *cafe, near) == {frozenset("abc")}
    other = [{"who": who, "device": "e", "ip": "room"} for who in "xyz"]
    assert rings(*gang, *other) == {frozenset("abc"), frozenset("xyz")}


def test_who_is_warm_and_came_in_the_same_days_is_counted_in_for_what_one_member_brought_along():
    gang = [{"who": who, "device": "d", "phone": f"p-{who}", "at": 480} for who in "abc"]

    def with_friend(heat: float, at: int) -> set[frozenset[str]]:
        return rings(*gang, {"who": "n", "phone": "p-a", "heat": heat, "at": at})

    assert with_friend(0.1, 500) == {frozenset("abcn")}
    assert with_friend(0.0, 500) == {frozenset("abc")}
    assert with_friend(0.1, 120) == {frozenset("abc")}


def test_one_who_was_counted_in_leads_to_the_next():
    gang = [{"who": who, "device": "d", "phone": "p"} for who in "abc"]
    second = [{"who": "m", "device": "d", "heat": 0.0}, {"who": "m", "address": "x", "heat": 0.1}]
    third = [{"who": "n", "address": "x", "heat": 0.1}]
    assert rings(*gang, *second, *third) == {frozenset("abcmn")}


def test_two_gangs_are_not_made_one_by_who_is_counted_in():
    one = [{"who": who, "device": "d1"} for who in "abc"]
    other = [{"who": who, "device": "d2"} for who in "xyz"]
    between = [{"who": "n", "device": "d1", "heat": 0.1}, {"who": "n", "device": "d2", "heat": 0.1}]
    assert len(rings(*one, *other, *between)) == 2


def test_two_hot_people_are_no_ring_and_may_belong_to_one():
    gang = [{"who": who, "device": "d", "ip": "room"} for who in "abc"]
    two = [{"who": "y", "address": "x", "ip": "room"}, {"who": "z", "address": "x"}]
    assert rings(*two) == set()
    assert rings(*gang, *two) == {frozenset("abcyz")}


def test_an_honest_past_does_not_speak_for_what_was_taken_up_later():
    gang = [{"who": who, "device": "d", "phone": "p", "at": 480} for who in "abc"]
    past = {"who": "near", "device": "own", "phone": "own", "heat": 0.0}
    later = {"who": "near", "device": "d", "phone": "p", "heat": 0.0, "at": 490}
    everything = frozenset({"a", "b", "c", "near"})
    assert rings(*gang, past, later, known={"near": False}) == {everything}
    # One thing suffices only where it is nobody else's who is honest.
    one = {**later, "phone": "own"}
    assert rings(*gang, past, one, known={"near": False}) == {everything}
    till = {"who": "shopper", "device": "d", "heat": 0.0, "at": 481}
    assert rings(*gang, past, one, till, known={"near": False, "shopper": False}) == {frozenset("abc")}


def test_who_is_near_two_gangs_goes_to_the_one_that_more_is_shared_with():
    one = [{"who": who, "device": "d1", "phone": "p1", "address": "a1"} for who in "abc"]
    other = [{"who": who, "device": "d2", "phone": "p2"} for who in "xyz"]
    both = [
        {"who": "n", "device": "d1", "phone": "p1", "address": "a1", "heat": 0.0},
        {"who": "n", "device": "d2", "phone": "p2", "heat": 0.0},
    ]
    assert frozenset("abcn") in rings(*one, *other, *both)


def test_links_that_nobody_used_for_their_life_hold_nothing_together():
    old = [{"who": who, "device": "d", "at": 0} for who in "abc"]
    assert rings(*old, {"who": "z", "at": 29 * 24}) == {frozenset("abc")}
    assert rings(*old, {"who": "z", "at": 30 * 24}) == set()


def test_known_fraud_is_hot_whatever_its_score_said():
    people = [{"who": who, "device": "d", "heat": 0.0} for who in "abc"]
    assert rings(*people, known=dict.fromkeys("abc", True)) == {frozenset("abc")}


def test_what_was_applied_for_before_somebody_turned_out_honest_is_held_against_nobody():
    people = [{"who": who, "device": "d"} for who in "abc"]
    assert rings(*people, known=dict.fromkeys("abc", False)) == set()


def test_a_large_gang_is_cut_into_cells_and_stays_one_gang():
    halves = [
        {
            "who": f"{half}{number}",
            "device": f"{half}{number // 6}",
            "phone": f"{half}{number // 7}",
            "address": f"{half}{number // 5}",
        }
        for half in "lr"
        for number in range(40)
    ]
    bridge = [{"who": "l0", "device": "bridge"}, {"who": "r0", "device": "bridge"}]
    sightings = seen(*halves, *bridge)
    found = find_rings(take_picture(sightings, LINKS), Limits(hot=0.5, cells_above=20))
    whole = max(found.rings, key=len)
    cells = found.cells[[len(one) for one in found.rings].index(len(whole))]
    assert cells.max() >= 1
    assert np.bincount(cells).tolist() == sorted(np.bincount(cells).tolist(), reverse=True)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "who": st.sampled_from([f"m{number}" for number in range(14)]),
                "heat": st.sampled_from([0.0, 1.0]),
                "device": st.sampled_from([None, "d0", "d1", "d2"]),
                "phone": st.sampled_from([None, "p0", "p1", "p2"]),
                "at": st.integers(0, 20),
            }
        ),
        min_size=1,
        max_size=40,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_in_which_applications_are_read_never_matters(rows: list[dict[str, Any]], shuffle: random.Random):
    mixed = rows.copy()
    shuffle.shuffle(mixed)
    # Which of two gangs somebody in between goes to may follow the numbers; the hot cores may not.
    limits = Limits(hot=0.5, shares=10)
    assert rings(*rows, limits=limits) == rings(*mixed, limits=limits)


def test_looking_around_one_person_finds_the_ring_that_looking_everywhere_finds():
    ring = [{"who": who, "device": "d", "phone": "p"} for who in "abcd"]
    other = [{"who": who, "device": "e"} for who in "wxyz"]
    sightings = seen(*ring, *other)
    picture = take_picture(sightings, LINKS)
    start = sightings.members.to_pylist().index("a")
    found = find_rings(picture, LIMITS, among=picture.around(start))
    assert [set(sightings.members_at(one)) for one in found.rings] == [set("abcd")]
