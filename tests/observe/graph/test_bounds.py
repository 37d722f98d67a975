"""Hubs, loops, and as many links on one node as somebody cares to make: what a read walks and what is kept stay bounded."""

import gc

import pytest
from graph_runs import KERNELS, name

from tandem.kernel.time import DAY, Micros
from tandem.observe.graph import COMPILED, GRAPH_LIMITS, Link, kernel_of, restored_kernel, state_of

HUB = 30
LINKS = tuple(Link(identifier=kind, life=30 * DAY, hub=HUB) for kind in ("device", "phone"))
MANY = [pytest.param(False, 20_000, id="reference"), pytest.param(True, 100_000, id="compiled", marks=KERNELS[1].marks)]
MILLION = pytest.param(True, 1_000_000, id="million", marks=[*KERNELS[1].marks, pytest.mark.prove])
NODE, LINK = 36, 16
"""Bytes of a member or identifier in the kept state, and of a link."""


def most_walked(named):
    """Links that a read may look at, whatever there is: hubs of the identifiers named, then of those that are followed."""
    return (named + (GRAPH_LIMITS.asked + GRAPH_LIMITS.component) * GRAPH_LIMITS.links) * HUB


@pytest.mark.parametrize(("compiled", "count"), [*MANY, MILLION])
def test_an_identifier_with_a_million_members_costs_what_one_with_a_hub_of_them_does(compiled, count):
    network = kernel_of(LINKS, compiled=compiled)
    shared = [(0, name("shop"))]
    for number in range(count):
        network.link(name(f"{number}"), shared, Micros(DAY))
        if number % (count // 50) == 0:
            network.read(None, shared, Micros(DAY))
            assert network.walked <= HUB
    assert len(network.members_of(0, name("shop"))) == HUB
    assert network.links_of(name("0")) == []
    # Of each of the others nothing is left but that it was here, until its life is over.
    assert len(state_of(network)) < 100 + NODE * (count + 1) + LINK * HUB
    for number in range(count // 4 + HUB):
        network.link(name("late"), [(1, name(f"{number % 9}"))], Micros(40 * DAY))
    assert len(network) == 1


@pytest.mark.parametrize(("compiled", "count"), [*MANY, MILLION])
def test_a_member_with_a_million_identifiers_keeps_the_ones_used_last(compiled, count):
    network = kernel_of(LINKS, compiled=compiled)
    sizes = set()
    for number in range(count):
        network.link(name("mill"), [(number % 2, name(f"{number}"))], Micros(DAY))
        if number % (count // 50) == count // 60:
            network.read(name("other"), [(number % 2, name(f"{number}"))], Micros(DAY))
            assert network.walked <= most_walked(1)
            sizes.add(len(state_of(network)))
    kept = network.links_of(name("mill"))
    assert len(kept) == GRAPH_LIMITS.kept
    assert kept[0] == ((count - 1) % 2, name(f"{count - 1}"), DAY)
    assert max(sizes) < 100 + NODE * (1 + GRAPH_LIMITS.kept) + LINK * GRAPH_LIMITS.kept
    if compiled:
        assert network.bytes < 2**21  # a few blocks: what is let go is used again


@pytest.mark.parametrize("compiled", KERNELS)
def test_where_everybody_shares_everything_an_identifier_is_walked_once(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    crowd = [[(kind, name(f"{one}")) for kind in (0, 1) for one in range(4)] for _ in range(HUB - 1)]
    for number, named in enumerate(crowd):
        network.link(name(f"m{number}"), named, Micros(DAY))
    found = network.read(name("new"), crowd[0], Micros(DAY))
    assert found[-10:] == [29, 0, 29, 0, 0, 29, 0, 29, 29, 0]
    links = 8 * (HUB - 1)
    assert network.walked == 3 * links  # for the neighbours, those two steps away, and the component


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_chain_without_end_is_walked_up_to_the_limit(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    for number in range(5_000):
        network.link(name(f"m{number}"), [(0, name(f"{number}")), (0, name(f"{number + 1}"))], Micros(DAY))
    component = network.read(None, [(0, name("2500"))], Micros(DAY))[-5]
    assert component == GRAPH_LIMITS.component
    assert network.walked <= 6 * GRAPH_LIMITS.component


@pytest.mark.parametrize("compiled", KERNELS)
def test_an_identifier_that_is_the_members_own_pseudonym_is_an_identifier(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    itself = [(0, name("a")), (1, name("a")), (1, name("a"))]
    for _ in range(3):
        network.link(name("a"), itself, Micros(DAY))
    assert network.read(name("a"), itself, Micros(DAY))[-10:] == [0] * 10
    assert network.links_of(name("a")) == [(1, name("a"), DAY), (0, name("a"), DAY)]
    assert network.members_of(0, name("a")) == [(name("a"), DAY)]
    assert network.read(name("b"), itself[:1], Micros(DAY))[-10] == 1


@pytest.mark.parametrize("compiled", KERNELS)
def test_two_pseudonyms_of_one_person_stay_two_and_become_neighbours_by_what_proves_it(compiled):
    network = kernel_of(LINKS, compiled=compiled)
    network.link(name("ann"), [(0, name("d1"))], Micros(DAY))
    network.link(name("anne"), [(0, name("d2"))], Micros(2 * DAY))
    network.mark(name("ann"), Micros(2 * DAY), bad=True)
    for member in ("ann", "anne"):  # an event of each that names what they have in common
        network.link(name(member), [(1, name("passport"))], Micros(3 * DAY))
    neighbours, bad = network.read(name("anne"), [(1, name("passport"))], Micros(3 * DAY))[-10:-8]
    assert (neighbours, bad) == (1, 1)
    assert network.standing(name("anne")).bad_since is None
    assert {one for _, one, _ in network.links_of(name("ann"))} == {name("d1"), name("passport")}


@pytest.mark.compiled
@pytest.mark.skipif(not COMPILED, reason="not compiled")
def test_what_expired_makes_room_for_what_comes():
    network = kernel_of(LINKS, compiled=True)
    sizes = []
    for day in range(300):
        for number in range(40):
            network.link(name(f"m{day}.{number}"), [(0, name(f"d{day}.{number}"))], Micros(day * DAY))
        sizes.append(network.bytes)
    # A part of a table keeps room for the most it ever held, which by chance grows a little still.
    assert sizes[-1] <= sizes[100] * 1.02
    assert state_of(restored_kernel(LINKS, state_of(network))) == state_of(network)


@pytest.mark.compiled
@pytest.mark.skipif(not COMPILED, reason="not compiled")
def test_the_collector_of_cycles_has_nothing_to_walk():
    network = kernel_of(LINKS, compiled=True)
    gc.collect()
    before = len(gc.get_objects())
    for number in range(5_000):
        network.observe(name(f"m{number}"), [(0, name(f"d{number % 900}")), (1, name(f"p{number}"))], Micros(DAY))
    gc.collect()
    assert len(network) == 5_000
    assert len(gc.get_objects()) < before + 100
