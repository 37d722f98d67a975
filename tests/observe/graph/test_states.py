"""What is kept of a network: either kernel refuses what is damaged, and what it takes is what it was given."""

import pytest
from graph_runs import ENDLESS, KERNELS, LINKS, name
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import Conflict, IntegrityError
from tandem.kernel.identity import EntityKind, EventTypeName, Sequence
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import EventField, EventType
from tandem.observe.graph import (  # fmt: skip
    GRAPH_LIMITS,
    Link,
    OnlineGraph,
    compile_graph,
    kernel_of,
    parse_graph,
    restored_kernel,
    state_of,
)


def small():
    network = kernel_of(LINKS, compiled=False)
    for number in range(9):
        used = [(number % 3, name(f"{number % 4}")), (1, name("home"))]
        network.link(name(f"m{number % 6}"), used, Micros((number - 3) * DAY // 3))
    for member in ("m1", "m7"):
        network.mark(name(member), Micros(DAY), bad=True)
    return state_of(network)


STATE = small()
ODD = [0, 1, 0x80, 0xFF]


def taken(state, compiled, links=LINKS, limits=GRAPH_LIMITS):
    """The bytes that a network restored of ``state`` keeps after some use, or None where it was refused."""
    try:
        network = restored_kernel(links, state, limits, compiled=compiled)
    except ValueError:
        return None
    assert state_of(network) == state
    for number in range(6):
        used = [(kind, name(f"{number}")) for kind in range(3)]
        network.observe(name(f"m{number}"), used, Micros(number * 4 * DAY))
        network.links_of(name(f"m{number}"))
        network.mark(name(f"m{number}"), Micros(DAY), bad=number % 2 == 0)
    return state_of(network)


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_was_kept_is_taken_again(compiled):
    assert taken(STATE, compiled) == taken(STATE, compiled=False) is not None
    empty = state_of(kernel_of(LINKS, compiled=compiled))
    assert state_of(restored_kernel(LINKS, empty, compiled=compiled)) == empty


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_ends_too_early_or_too_late_is_refused(compiled):
    for end in range(len(STATE)):
        assert taken(STATE[:end], compiled) is None
    assert taken(STATE + b"\0", compiled) is None


@pytest.mark.parametrize("compiled", KERNELS)
def test_every_byte_may_be_anything(compiled):
    """Taken or refused, as by the reference; never worse."""
    refused = 0
    for place in range(len(STATE)):
        for byte in ODD:
            changed = STATE[:place] + bytes([byte]) + STATE[place + 1 :]
            told = taken(changed, compiled)
            refused += told is None
            if compiled:
                assert told == taken(changed, compiled=False)
    assert refused > len(STATE)


@pytest.mark.parametrize("compiled", KERNELS)
@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(STATE) - 1), st.integers(0, 255)), min_size=1, max_size=6), st.integers(0, 9)
)
def test_many_bytes_may_be_anything(compiled, changes, cut):
    state = bytearray(STATE)
    for place, byte in changes:
        state[place] = byte
    damaged = bytes(state[: len(state) - cut])
    assert taken(damaged, compiled) == taken(damaged, compiled=False)


@pytest.mark.parametrize("compiled", KERNELS)
def test_more_than_a_link_or_a_member_may_hold_is_refused(compiled):
    network = kernel_of(LINKS, ENDLESS, compiled=compiled)
    for number in range(GRAPH_LIMITS.kept + 1):
        network.link(name("a"), [(1, name(f"{number}"))], Micros(DAY))
    assert taken(state_of(network), compiled, limits=ENDLESS) is not None
    assert taken(state_of(network), compiled) is None
    tight = (LINKS[0], Link(identifier="phone", life=30 * DAY, hub=2), LINKS[2])
    assert taken(STATE, compiled, links=tight) is None


APPLICATION = EventType(
    name=EventTypeName("application"),
    fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", "device")),
)
DOCUMENT = {"name": "network", "member": "person", "events": ["application"], "links": [{"identifier": "device"}]}


def plan_of(**keys):
    return compile_graph(parse_graph({**DOCUMENT, **keys}), {APPLICATION.name: APPLICATION})


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_damaged_snapshot_is_told_and_one_of_another_graph_as_well(compiled):
    plan = plan_of()
    host = OnlineGraph(plan, compiled=compiled)
    host.network.link(name("a"), [(0, name("x"))], Micros(DAY))
    host.last_seq = Sequence(7)
    kept = host.snapshot()
    again = OnlineGraph.restore(plan, kept, compiled=compiled)
    assert (again.last_seq, again.snapshot(), again.is_compiled) == (7, kept, compiled)
    for place in range(len(kept)):
        for bit in (1, 0x80):
            damaged = kept[:place] + bytes([kept[place] ^ bit]) + kept[place + 1 :]
            with pytest.raises(IntegrityError):
                OnlineGraph.restore(plan, damaged, compiled=compiled)
    for damaged in (b"", kept[:-1], kept[:20], kept + b"\0"):
        with pytest.raises(IntegrityError):
            OnlineGraph.restore(plan, damaged, compiled=compiled)
    with pytest.raises(Conflict):
        OnlineGraph.restore(plan_of(name="other"), kept, compiled=compiled)
