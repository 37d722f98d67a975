"""What is remembered: read before written, the newest first, never more than said, and let go with the last who refers to it."""

from __future__ import annotations

import pytest
from drawn_networks import drawn, names

from tandem.decide.graphs import COMPILED, kernel_of, restored_kernel

ROW = [12.0, 3.0, 40.0]
NO_TWIN = pytest.mark.skipif(not COMPILED, reason="no compiled kernel here")
BOTH = pytest.mark.parametrize("compiled", [False, pytest.param(True, marks=NO_TWIN)])


@BOTH
def test_states_are_read_before_they_are_written(compiled):
    kernel = kernel_of(drawn(), compiled=compiled)
    device, phone, ann = names(3)
    alone = kernel.read(ROW, [device, None])
    assert kernel.observe(ROW, [device, None], ann) == alone
    assert alone[1:] == [0.0, 0.0]
    assert kernel.read(ROW, [device, phone])[1] != 0.0
    assert [[who for who, _, _ in some] for some in kernel.gather([device, phone])] == [[ann], []]


@BOTH
def test_a_row_of_nobody_is_scored_and_not_remembered(compiled):
    kernel = kernel_of(drawn(), compiled=compiled)
    device, ann = names(2)
    kernel.observe(ROW, [device, None], None)
    kernel.observe(ROW, [None, None], ann)
    assert (len(kernel), kernel.gather([device, None])) == (0, [[], []])


@BOTH
def test_what_is_known_belongs_to_the_member_and_is_read_with_every_row_of_theirs(compiled):
    kernel = kernel_of(drawn(), compiled=compiled)
    device, phone, ann, nobody = names(4)
    kernel.observe(ROW, [device, None], ann)
    before = kernel.read(ROW, [device, None])
    kernel.mark(nobody, bad=True)
    assert kernel.read(ROW, [device, None]) == before
    kernel.mark(ann, bad=True)
    bad = kernel.read(ROW, [device, None])
    kernel.observe(ROW, [None, phone], ann)
    assert [known for _, known, _ in kernel.gather([None, phone])[1]] == [True]
    kernel.mark(ann, bad=False)
    assert [known for _, known, _ in kernel.gather([None, phone])[1]] == [False]
    assert len({tuple(one) for one in (before, bad, kernel.read(ROW, [device, None]))}) == 3


@BOTH
def test_the_newest_rows_of_a_thing_are_kept_and_the_longest_unused_thing_goes_first(compiled):
    kernel = kernel_of(drawn(slots=2), 3, compiled=compiled)
    hub, *others = names(41)
    for phone, member in zip(others[:20], others[20:], strict=True):
        kernel.observe(ROW, [hub, phone], member)
    assert [who for who, _, _ in kernel.gather([hub, None])[0]] == [others[39], others[38]]
    assert [len(kernel.gather([None, phone])[1]) for phone in others[16:20]] == [0, 0, 1, 1]
    # Rows are held only while a thing still has them.
    assert len(kernel) == 2


@BOTH
def test_of_as_many_members_as_things_is_anything_known(compiled):
    kernel = kernel_of(drawn(), 3, compiled=compiled)
    people = names(5)
    for who in (*people[:3], people[0], *people[3:]):
        kernel.mark(who, bad=True)
    device = names(1, seed=9)[0]
    known = []
    for who in people:
        kernel.observe(ROW, [device, None], who)
        known.append(kernel.gather([device, None])[0][0][1])
    assert known == [True, None, None, True, True]


@BOTH
def test_however_many_use_one_device_it_costs_no_more_than_its_slots(compiled):
    kernel = kernel_of(drawn(slots=4), compiled=compiled)
    hub, *people = names(401)
    for who in people:
        kernel.observe(ROW, [hub, None], who)
    assert len(kernel) == 4
    assert len(kernel.state()) == 12 + 20 + 4 * 4 + 4 * (16 + 4 * 8)


@NO_TWIN
def test_a_million_rows_on_one_device_are_held_in_one_block():
    kernel = kernel_of(drawn(slots=4), compiled=True)
    hub, one, two = names(3)
    for _ in range(1_000):
        kernel.observe(ROW, [hub, one], two)
    held = kernel.bytes
    for _ in range(1_000_000):
        kernel.observe(ROW, [hub, one], two)
    assert (kernel.bytes, len(kernel)) == (held, 4)


@BOTH
def test_rows_that_take_the_place_of_others_are_kept_as_what_they_are(compiled):
    kernel = kernel_of(drawn(slots=2), 4, compiled=compiled)
    everyone = names(60)
    for at in range(200):
        kernel.observe([at, 1.0, 2.0], [everyone[at % 7], everyone[at * 3 % 11]], everyone[at % 60])
    kept = kernel.state()
    again = restored_kernel(drawn(slots=2), kept, 4, compiled=compiled)
    assert again.state() == kept
    assert again.gather([everyone[199 % 7], None]) == kernel.gather([everyone[199 % 7], None])
