"""The compiled twin is the reference: the same vectors, order, costs and bytes, wherever one goes on from the other."""

import random

import pytest
from graph_runs import GAPS, name
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.time import DAY
from tandem.observe.graph import COMPILED, GRAPH_LIMITS, GraphLimits, Link, kernel_of, restored_kernel, state_of

pytestmark = [pytest.mark.compiled, pytest.mark.skipif(not COMPILED, reason="no compiler built the kernel")]

LINKS = (
    Link(identifier="device", life=10 * DAY, hub=5),
    Link(identifier="phone", life=30 * DAY, hub=12),
    Link(identifier="ip", life=2 * DAY, joins=False, hub=3),
)
TIGHT = GraphLimits(neighbours=3, asked=2, links=2, second=4, component=5, kept=3)


def stream(seed, count, members, identifiers):
    """Steps of every kind: ties, late events, gaps longer than a life, crowds, identifiers named twice, verdicts."""
    rng = random.Random(seed)
    people = [name(f"m{number}") for number in range(members)]
    # An identifier may have the pseudonym of a member, or of an identifier of another kind.
    shared = [*(name(f"i{number}") for number in range(identifiers)), *people[:2]]
    at = 400 * DAY
    for _ in range(count):
        at += rng.choice(GAPS)
        member = rng.choice(people) if rng.random() < 0.95 else None
        named = [(rng.randrange(len(LINKS)), rng.choice(shared)) for _ in range(rng.choice([0, 1, 2, 2, 3, 6]))]
        yield member, named, at, rng.choice([None] * 6 + [True, True, False])


def same(networks, member, named):
    """That two networks tell the same of what a step named."""
    one, other = networks
    assert one.newest == other.newest
    assert len(one) == len(other)
    assert one.standing(member) == other.standing(member)
    assert one.links_of(member) == other.links_of(member)
    for kind, identifier in named:
        assert one.members_of(kind, identifier) == other.members_of(kind, identifier)


def run(seed, count, members, identifiers, limits, restore_every):
    networks = [kernel_of(LINKS, limits, compiled=compiled) for compiled in (False, True)]
    for number, (member, named, at, bad) in enumerate(stream(seed, count, members, identifiers), 1):
        assert len({tuple(network.read(member, named, at)) for network in networks}) == 1
        assert networks[0].walked == networks[1].walked
        assert networks[0].observe(member, named, at) == networks[1].observe(member, named, at)
        if bad is not None and member is not None:
            for network in networks:
                network.mark(member, at, bad=bad)
        same(networks, member or name("m0"), named)
        if number % restore_every == 0:
            kept = [state_of(network) for network in networks]
            assert kept[0] == kept[1]
            # Each goes on from what the other kept.
            networks = [
                restored_kernel(LINKS, kept[not compiled], limits, compiled=compiled) for compiled in (False, True)
            ]
            assert [state_of(network) for network in networks] == kept
    assert state_of(networks[0]) == state_of(networks[1])


@settings(max_examples=150, deadline=None)
@given(
    st.integers(0, 2**32),
    st.integers(1, 120),
    st.integers(1, 30),
    st.integers(1, 12),
    st.sampled_from([GRAPH_LIMITS, TIGHT]),
    st.integers(3, 60),
)
def test_the_compiled_kernel_is_the_reference(seed, count, members, identifiers, limits, restore_every):
    run(seed, count, members, identifiers, limits, restore_every)


@pytest.mark.prove
@pytest.mark.parametrize("limits", [GRAPH_LIMITS, TIGHT])
@pytest.mark.parametrize("seed", range(12))
def test_the_compiled_kernel_is_the_reference_at_length(seed, limits):
    run(seed, 4_000, 20 + 40 * seed, 10 + 25 * seed, limits, 501)
