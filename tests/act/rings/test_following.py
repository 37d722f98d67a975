"""Which ring is which from one look to the next."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from tandem.act.rings import follow


def told(earlier: dict[str, str], *found: str):
    return {one.ring: (one.what, "".join(one.members), one.others) for one in follow(earlier, found, finder="f", seq=7)}


def test_what_is_seen_for_the_first_time_is_born_under_an_id_that_follows_from_it():
    (one,) = follow({}, ["abc"], finder="f", seq=7)
    (again,) = follow({}, ["cba"], finder="f", seq=7)
    (later,) = follow({}, ["abc"], finder="f", seq=8)
    assert one.what == "born"
    assert one.ring == again.ring != later.ring
    assert one.ring.startswith("ring_")


def test_a_ring_that_grows_keeps_its_id_and_so_does_one_that_shrinks():
    assert told({"r": "abc"}, "abcde") == {"r": ("grown", "abcde", ())}
    assert told({"r": "abcde"}, "abc") == {"r": ("shrunk", "abc", ())}


def test_where_nothing_changed_nothing_is_told():
    assert told({"r": "abc"}, "cba") == {"r": (None, "abc", ())}


def test_two_that_become_one_go_on_as_the_better_match_and_the_other_says_where_it_went():
    assert told({"large": "abcdef", "small": "xyz"}, "abcdefxyz") == {
        "large": ("merged", "abcdefxyz", ("small",)),
        "small": ("merged", "", ("large",)),
    }


def test_one_that_falls_apart_goes_on_as_its_larger_part_and_the_other_says_where_it_came_from():
    found = told({"r": "abcdefg"}, "abcd", "efg")
    assert found.pop("r") == ("shrunk", "abcd", ())
    assert list(found.values()) == [("split", "efg", ("r",))]


def test_what_is_found_no_more_has_ended():
    assert told({"r": "abc"}) == {"r": ("ended", "", ())}


def test_a_stranger_who_shares_one_member_is_another_ring():
    found = told({"r": "abcdef"}, "fuvwxyz")
    assert found.pop("r") == ("ended", "", ())
    assert [what for what, _, _ in found.values()] == ["born"]


_GROUPS = st.lists(st.sets(st.sampled_from("abcdefghijklmnop"), min_size=3, max_size=8), max_size=4)


def apart(groups: list[set[str]]) -> list[set[str]]:
    """Nobody is in two."""
    seen: set[str] = set()
    found = []
    for group in groups:
        if len(group - seen) >= 2:
            found.append(group - seen)
        seen |= group
    return found


@given(_GROUPS, _GROUPS, st.randoms(use_true_random=False))
def test_the_order_of_rings_and_of_members_never_matters(before, after, shuffle: random.Random):
    earlier = {f"r{place}": sorted(one) for place, one in enumerate(apart(before))}
    found = [sorted(one) for one in apart(after)]
    mixed = [shuffle.sample(one, len(one)) for one in shuffle.sample(found, len(found))]
    names = shuffle.sample(list(earlier), len(earlier))
    other = {name: shuffle.sample(earlier[name], len(earlier[name])) for name in names}
    assert follow(earlier, found, finder="f", seq=1) == follow(other, mixed, finder="f", seq=1)


@given(_GROUPS, _GROUPS)
def test_everybody_found_is_in_exactly_one_ring_and_every_earlier_ring_is_accounted_for(before, after):
    earlier = {f"r{place}": sorted(one) for place, one in enumerate(apart(before))}
    found = [sorted(one) for one in apart(after)]
    result = follow(earlier, found, finder="f", seq=1)
    assert sorted(member for one in result for member in one.members) == sorted(
        member for one in found for member in one
    )
    assert set(earlier) <= {one.ring for one in result}
    assert len({one.ring for one in result}) == len(result)
