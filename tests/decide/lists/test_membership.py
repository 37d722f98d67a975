"""Lists are a fold of changes: order, expiry, versions, idempotency, and snapshots that lose nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.lists import ListChange, ListDefinition, ListEntry, Lists
from tandem.kernel.errors import Conflict, IntegrityError, NotFound
from tandem.kernel.time import DAY

BLOCKED = ListDefinition(name="blocked", kind="block", entity="person")
FRIENDS = ListDefinition(name="friends", kind="allow", entity="person", expires_after=DAY)


def entry(member, expires_at=None, reason="fraud"):
    return ListEntry(member=member, reason=reason, source="desk", added_at=0, added_by="ann", expires_at=expires_at)


def change(change_id, *add, remove=(), name="blocked"):
    return ListChange(change_id=change_id, list=name, at=0, by="ann", add=tuple(add), remove=tuple(remove))


@pytest.fixture
def lists():
    return Lists([BLOCKED, FRIENDS])


def test_members_are_in_until_they_are_removed(lists):
    lists.apply(change("1", entry("a"), entry("b")))
    assert "a" in lists.view(5)["blocked"]
    assert "a" not in lists.view(5)["friends"]
    lists.apply(change("2", remove=["a"]))
    assert "a" not in lists.view(5)["blocked"]
    assert "b" in lists.view(5)["blocked"]


def test_an_entry_expires_by_event_time_and_not_by_when_it_is_asked(lists):
    lists.apply(change("1", entry("a", expires_at=100), entry("b")))
    assert "a" in lists.view(99)["blocked"]
    assert "a" not in lists.view(100)["blocked"]
    assert "a" in lists.view(99)["blocked"]
    assert "b" in lists.view(10**15)["blocked"]
    assert "c" not in lists.view(0)["blocked"]


def test_an_entry_put_again_takes_the_place_of_the_old_one(lists):
    lists.apply(change("1", entry("a", expires_at=100)))
    receipt = lists.apply(change("2", entry("a", reason="court order"), entry("b")))
    assert (receipt.added, receipt.renewed) == (1, 1)
    assert "a" in lists.view(200)["blocked"]
    assert [one.reason for one in lists.entries("blocked")] == ["court order", "fraud"]


def test_removal_comes_before_addition_in_one_change(lists):
    lists.apply(change("1", entry("a")))
    lists.apply(change("2", entry("a", reason="new"), remove=["a"]))
    assert [one.reason for one in lists.entries("blocked")] == ["new"]


def test_the_version_grows_with_every_change_and_says_which_list_moved(lists):
    assert (lists.version, lists.list_version("blocked")) == (0, 0)
    first = lists.apply(change("1", entry("a")))
    second = lists.apply(change("2", entry("a"), name="friends"))
    assert (first.version, second.version, lists.version) == (1, 2, 2)
    assert (lists.list_version("blocked"), lists.list_version("friends")) == (1, 2)


def test_the_same_change_again_changes_nothing_and_another_under_its_id_is_refused(lists):
    lists.apply(change("1", entry("a")))
    again = lists.apply(change("1", entry("a")))
    assert (again.duplicate, again.version, again.added) == (True, 1, 0)
    with pytest.raises(Conflict) as caught:
        lists.apply(change("1", entry("b")))
    assert caught.value.code == "change_id_reused"
    assert "b" not in lists.view(0)["blocked"]


def test_an_unknown_list_is_named_with_its_near_match(lists):
    with pytest.raises(NotFound) as caught:
        lists.apply(change("1", entry("a"), name="blockd"))
    assert "blocked" in caught.value.hint
    with pytest.raises(KeyError):
        lists.view(0)["blockd"]
    assert lists.version == 0


def test_a_preview_counts_what_a_change_would_do_and_does_nothing(lists):
    lists.apply(change("1", entry("a"), entry("b"), entry("c")))
    proposed = change("2", entry("a"), entry("d"), remove=["b", "x"])
    seen = lists.preview(proposed)
    assert (seen.added, seen.renewed, seen.removed, seen.absent) == (1, 1, 1, 1)
    assert lists.version == 1
    done = lists.apply(proposed)
    assert (done.added, done.renewed, done.removed, done.absent) == (1, 1, 1, 1)


def test_an_entity_can_be_looked_up_in_all_lists(lists):
    lists.apply(change("1", entry("a", expires_at=10)))
    lists.apply(change("2", entry("a"), name="friends"))
    assert list(lists.memberships("a", 5)) == ["blocked", "friends"]
    assert list(lists.memberships("a", 50)) == ["friends"]


def test_a_redefined_list_keeps_its_members(lists):
    lists.apply(change("1", entry("a")))
    lists.define(ListDefinition(name="blocked", kind="watch", entity="person"))
    assert "a" in lists.view(0)["blocked"]
    assert [one.kind for one in lists.definitions()] == ["watch", "allow"]


def test_a_view_is_a_mapping_of_all_lists(lists):
    view = lists.view(0)
    assert (sorted(view), len(view)) == (["blocked", "friends"], 2)


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["blocked", "friends"]),
        st.lists(st.tuples(st.sampled_from("abcde"), st.none() | st.integers(1, 20)), max_size=3),
        st.lists(st.sampled_from("abcde"), max_size=2),
    ),
    max_size=12,
)


@given(OPERATIONS, st.integers(0, 25), st.integers(0, 12))
def test_the_fold_agrees_with_a_plain_model_and_survives_a_cut_anywhere(operations, at, cut):
    lists = Lists([BLOCKED, FRIENDS])
    plain = {"blocked": {}, "friends": {}}
    for number, (name, add, remove) in enumerate(operations):
        if number == cut:
            lists = Lists.restore(lists.snapshot())
        entries = [entry(member, expires) for member, expires in add]
        lists.apply(change(str(number), *entries, remove=remove, name=name))
        for member in remove:
            plain[name].pop(member, None)
        plain[name].update(dict(add))
    for name, members in plain.items():
        for member in "abcde":
            known = member in members and (members[member] is None or at < members[member])
            assert (member in lists.view(at)[name]) == known
    whole = lists.snapshot()
    assert Lists.restore(whole).snapshot() == whole
    assert Lists.restore(whole).version == lists.version


def test_a_restored_state_still_knows_which_changes_it_has_seen(lists):
    lists.apply(change("1", entry("a")))
    restored = Lists.restore(lists.snapshot())
    assert restored.apply(change("1", entry("a"))).duplicate


@pytest.mark.parametrize("data", [b"", b"{}", b"[1]", b'{"format":9,"version":0,"changes":{},"lists":[]}'])
def test_a_snapshot_that_is_none_is_an_integrity_error(data):
    with pytest.raises(IntegrityError):
        Lists.restore(data)
