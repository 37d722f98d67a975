from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tandem.observe.journal.key_filter import KeyFilter

KEYS = st.lists(st.text(max_size=20), max_size=50)


@given(KEYS, KEYS)
def test_no_key_that_was_added_is_ever_called_new(first, later):
    known = KeyFilter(first, len(first))
    for key in later:
        known.add(key)
    assert all(known.may_hold(key) for key in [*first, *later])


def test_nearly_every_key_that_was_not_added_is_called_new():
    known = KeyFilter((f"known-{index}" for index in range(200_000)), 200_000)
    perhaps = sum(known.may_hold(f"new-{index}") for index in range(20_000))
    assert perhaps < 0.02 * 20_000
