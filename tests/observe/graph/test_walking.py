"""Walks against a plain search through every living link there is, and in crowds, where they stay bounded."""

from __future__ import annotations

from collections import deque
from itertools import pairwise

import pytest
from graph_runs import KERNELS, LINKS, name
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.time import DAY, Micros
from tandem.observe.graph import MEMBER, NODES_MAX, Link, Place, kernel_of, neighbourhood, shortest_path

WIDE = (
    Link(identifier="device", life=100 * DAY, hub=10_000),
    Link(identifier="phone", life=100 * DAY, hub=10_000),
    Link(identifier="wifi", life=100 * DAY, joins=False, hub=10_000),
)
uses = st.lists(
    st.tuples(
        st.integers(0, 11), st.integers(0, len(LINKS) - 1), st.integers(0, 4), st.integers(0, 40 * DAY).map(Micros)
    ),
    max_size=60,
)
moments = st.none() | st.integers(0, 60 * DAY).map(Micros)


def person(number):
    return Place(MEMBER, name(f"m{number}"))


def thing(kind, number):
    return Place(kind, name(f"i{number}"))


def filled(links, used, *, compiled=None):
    network = kernel_of(links, compiled=compiled)
    for number, kind, which, at in used:
        network.link(name(f"m{number}"), [(kind, name(f"i{which}"))], at)
    return network


def living(network, links, used, at):
    """Every living link that the network remembers, asked for place by place: place to other ends and last use."""
    found = {}
    for number, kind, which, _ in used:
        for at_kind, key, last in network.links_of(person(number).key):
            if at - last < links[at_kind].life:
                found.setdefault(person(number), {})[Place(at_kind, key)] = last
                found.setdefault(Place(at_kind, key), {})[person(number)] = last
        found.setdefault(thing(kind, which), {})
        found.setdefault(person(number), {})
    return found


def joins(place, known, links):
    return place.kind == MEMBER or (links[place.kind].joins and len(known[place]) < links[place.kind].hub)


def distances(start, known, links, inside):
    """Steps from ``start`` to everything that can be reached, by a plain search."""
    found, waiting = {start: 0}, deque([start])
    while waiting:
        place = waiting.popleft()
        if place != start and not joins(place, known, links):
            continue
        for other, last in known[place].items():
            if inside(last) and other not in found:
                found[other] = found[place] + 1
                waiting.append(other)
    return found


def within(since, until):
    return lambda last: (since is None or last >= since) and (until is None or last < until)


@pytest.mark.parametrize("compiled", KERNELS)
@given(used=uses, steps=st.integers(0, 6), since=moments, until=moments)
def test_a_neighbourhood_is_what_a_plain_search_finds(compiled, used, steps, since, until):
    network = filled(LINKS, used, compiled=compiled)
    at, inside = network.newest, within(since, until)
    known = living(network, LINKS, used, at)
    for start in list(known)[:4]:
        found = neighbourhood(network, LINKS, start, at=at, steps=steps, limit=NODES_MAX, since=since, until=until)
        expected = {place: step for place, step in distances(start, known, LINKS, inside).items() if step <= steps}
        if not known[start] and (start.kind != MEMBER or network.standing(start.key) is None):
            expected = {}
        assert {node.place: node.step for node in found.nodes} == expected
        assert found.left_out == 0
        assert {(one.member, one.identifier, one.last_at) for one in found.links} == {
            (place.key, other, last)
            for place in expected
            if place.kind == MEMBER
            for other, last in known[place].items()
            if other in expected and inside(last)
        }
        for node in found.nodes:
            assert node.degree == len(known[node.place])
            assert node.crowd == (node.place.kind != MEMBER and node.degree >= LINKS[node.place.kind].hub)


@given(used=uses, limit=st.integers(1, 12))
def test_a_neighbourhood_that_does_not_fit_is_its_nearest_part_and_says_so(used, limit):
    network = filled(LINKS, used)
    known = living(network, LINKS, used, network.newest)
    for start in [place for place in known if known[place]][:4]:
        whole = neighbourhood(network, LINKS, start, at=network.newest, steps=6, limit=NODES_MAX)
        part = neighbourhood(network, LINKS, start, at=network.newest, steps=6, limit=limit)
        assert len(part.nodes) == min(limit, len(whole.nodes))
        assert [node.place for node in part.nodes] == [node.place for node in whole.nodes[:limit]]
        assert (part.left_out > 0) == (len(whole.nodes) > limit)


@given(used=uses, since=moments, until=moments)
@settings(max_examples=60)
def test_a_path_is_as_short_as_a_plain_search_finds_and_goes_over_nothing_that_joins_nobody(used, since, until):
    network = filled(LINKS, used)
    at, inside = network.newest, within(since, until)
    known = living(network, LINKS, used, at)
    places = [place for place in known if known[place]]
    for start in places[:4]:
        reached = distances(start, known, LINKS, inside)
        for goal in places[-4:]:
            found = shortest_path(network, LINKS, start, goal, at=at, since=since, until=until)
            assert not found.gave_up
            assert len(found.nodes) == (reached[goal] + 1 if goal in reached else 0)
            way = [node.place for node in found.nodes]
            assert [node.step for node in found.nodes] == list(range(len(way)))
            for one, other in pairwise(way):
                assert inside(known[one][other])
            assert all(joins(place, known, LINKS) for place in way[1:-1])
            assert len(found.links) == max(0, len(way) - 1)


def test_a_crowd_is_shown_with_its_count_and_looked_through_only_where_it_was_asked_about():
    links = (Link(identifier="device", life=100 * DAY, hub=5),)
    network = filled(links, [(number, 0, 0, Micros(number)) for number in range(9)])
    beside = neighbourhood(network, links, person(8), at=network.newest, steps=4)
    assert [(node.place, node.degree, node.crowd) for node in beside.nodes] == [
        (person(8), 1, False),
        (thing(0, 0), 5, True),
    ]
    inside = neighbourhood(network, links, thing(0, 0), at=network.newest, steps=1)
    assert [node.place for node in inside.nodes] == [thing(0, 0), *(person(number) for number in (8, 7, 6, 5, 4))]
    assert not shortest_path(network, links, person(8), person(7), at=network.newest).nodes


def test_of_a_crowd_that_does_not_fit_the_newest_are_shown():
    network = filled(WIDE, [(number, 0, 0, Micros(number * DAY // 1_000)) for number in range(3_000)])
    found = neighbourhood(network, WIDE, thing(0, 0), at=network.newest, steps=1, limit=5_000)
    assert len(found.nodes) == NODES_MAX
    assert found.left_out == 3_000 - NODES_MAX + 1
    assert [node.place for node in found.nodes[:3]] == [thing(0, 0), person(2_999), person(2_998)]


def test_a_path_that_leads_too_far_is_given_up_and_says_so():
    chain = [(number + by, 0, number, Micros(1)) for number in range(40) for by in (0, 1)]
    network = filled(WIDE, chain)
    near = shortest_path(network, WIDE, person(0), person(5), at=network.newest)
    assert [node.place for node in near.nodes[:3]] == [person(0), thing(0, 0), person(1)]
    far = shortest_path(network, WIDE, person(0), person(40), at=network.newest)
    assert far.gave_up
    assert not far.nodes


def test_what_is_not_known_has_no_surroundings_and_what_is_only_marked_stands_alone():
    network = kernel_of(WIDE)
    nobody = neighbourhood(network, WIDE, person(1), at=Micros(0))
    assert (nobody.nodes, nobody.links, nobody.left_out) == ([], [], 0)
    assert shortest_path(network, WIDE, person(1), person(2), at=Micros(0)).met == 0
    network.mark(name(f"m{1}"), Micros(7), bad=True)
    (alone,) = neighbourhood(network, WIDE, person(1), at=Micros(9)).nodes
    assert (alone.place, alone.bad_since, alone.degree, alone.last_at) == (person(1), 7, 0, None)
    (same,) = shortest_path(network, WIDE, person(1), person(1), at=Micros(9)).nodes
    assert same.place == person(1)
