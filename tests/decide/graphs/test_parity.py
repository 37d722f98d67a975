"""The twins: the same bits told and the same bytes kept, whatever happens in whatever order."""

from __future__ import annotations

import pytest
from drawn_networks import drawn, names
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.graphs import COMPILED, THINGS, Network, kernel_of, restored_kernel

pytestmark = pytest.mark.skipif(not COMPILED, reason="no compiled kernel here")

KINDS = ("device", "phone", "address", "card", "contact", "ip", "email", "person")
NAMES = names(6)

number = st.none() | st.booleans() | st.integers(-(10**25), 10**25) | st.floats(width=64)
some_name = st.none() | st.sampled_from(NAMES)


@st.composite
def streams(draw):
    """A network of some shape, and what happens to it."""
    width, slots = draw(st.integers(1, 9)), draw(st.integers(1, 4))
    links, inputs = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    document = drawn(
        draw(st.integers(0, 2**16)),
        width=width,
        slots=slots,
        kinds=KINDS[:links],
        inputs=[f"input_{at}" for at in range(inputs)],
    )
    row = st.tuples(
        st.lists(number, min_size=inputs, max_size=inputs),
        st.lists(some_name, min_size=links, max_size=links),
        some_name,
    )
    mark = st.tuples(st.sampled_from(NAMES), st.booleans())
    return document, draw(st.sampled_from([1, 2, 5, THINGS])), draw(st.lists(row | mark, max_size=30))


def move(kernel, step):
    if len(step) == 2:
        return kernel.mark(step[0], bad=step[1])
    return kernel.gather(step[1]), kernel.read(*step[:2]), kernel.observe(*step)


@settings(max_examples=150, deadline=None)
@given(streams())
def test_both_tell_the_same_bits_and_keep_the_same_bytes(stream):
    document, things, steps = stream
    reference, twin = (kernel_of(document, things, compiled=compiled) for compiled in (False, True))
    for step in steps:
        assert move(twin, step) == move(reference, step)
    assert len(twin) == len(reference)
    assert twin.state() == reference.state()


@settings(max_examples=80, deadline=None)
@given(streams(), st.integers(0, 30))
def test_either_goes_on_from_what_the_other_kept(stream, cut):
    document, things, steps = stream
    reference, twin = (kernel_of(document, things, compiled=compiled) for compiled in (False, True))
    for step in steps[:cut]:
        move(reference, step)
        move(twin, step)
    kept = reference.state()
    after_reference = restored_kernel(document, kept, things, compiled=True)
    after_twin = restored_kernel(document, twin.state(), things, compiled=False)
    assert isinstance(after_twin, Network)
    assert after_reference.state() == after_twin.state() == kept
    for step in steps[cut:]:
        told = move(reference, step)
        assert move(after_reference, step) == told
        assert move(after_twin, step) == told
    assert after_reference.state() == after_twin.state() == reference.state()


@settings(max_examples=150, deadline=None)
@given(streams(), st.integers(0, 10**6), st.integers(0, 255))
def test_what_is_damaged_is_refused_by_both_or_is_another_state_to_both(stream, place, byte):
    document, things, steps = stream
    kernel = kernel_of(document, things, compiled=True)
    for step in steps:
        move(kernel, step)
    kept = bytearray(kernel.state())
    kept[place % len(kept)] = byte
    found = []
    for compiled in (False, True):
        try:
            found.append(restored_kernel(document, bytes(kept), things, compiled=compiled).state())
        except ValueError:
            found.append(None)
    assert found[0] == found[1] in (None, bytes(kept))
    for compiled in (False, True):
        with pytest.raises(ValueError, match=r".+"):
            restored_kernel(document, bytes(kept[:-1]), things, compiled=compiled)
