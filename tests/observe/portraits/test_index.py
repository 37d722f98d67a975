"""The index: every event that named an entity, once; whoever stood beside it; nothing of anybody else."""

from __future__ import annotations

import pytest

from tandem.kernel.identity import EntityKind
from tandem.observe.portraits import EntityIndex

ACCOUNT, DEVICE = EntityKind("account"), EntityKind("device")


@pytest.fixture
def index(house):
    return EntityIndex(house.lake)


def caught_up(index, house):
    house.project()
    index.catch_up(house.reader.event_types)
    return index


def places(index, house, kind, name):
    return index.sightings(kind, house.vault.pseudonym(kind, name)).seqs.tolist()


def test_an_entity_is_found_in_every_field_that_may_name_it(house, index):
    first = house.write("transfer", payer="ann", payee="bob")
    second = house.write("transfer", payer="bob", payee="cem")
    third = house.write("login", account="bob")
    caught_up(index, house)
    assert places(index, house, ACCOUNT, "bob") == [first, second, third]
    assert places(index, house, ACCOUNT, "ann") == [first]
    assert places(index, house, ACCOUNT, "nobody") == []


def test_an_event_that_names_it_twice_is_one_event(house, index):
    place = house.write("transfer", payer="ann", payee="ann")
    caught_up(index, house)
    assert places(index, house, ACCOUNT, "ann") == [place]


def test_new_events_are_found_after_each_of_many_looks(house, index):
    expected = []
    for number in range(12):
        expected.append(house.write("login", account="ann", device=f"d{number % 3}", minutes=number))
        house.write("login", account="bob", minutes=number)
        caught_up(index, house)
        assert places(index, house, ACCOUNT, "ann") == expected
        assert index.known_to == expected[-1] + 1
    assert len(places(index, house, DEVICE, "d0")) == 4
    assert index.events == 24


def test_links_count_the_others_in_the_same_events(house, index):
    house.write("login", account="ann", device="d1", minutes=1)
    house.write("transfer", payer="ann", payee="bob", device="d1", minutes=5)
    house.write("transfer", payer="cem", payee="bob", device="d2", minutes=9)
    caught_up(index, house)
    links = index.links(ACCOUNT, house.vault.pseudonym(ACCOUNT, "ann"))
    told = [(one.kind, one.member, one.count, one.via) for one in links]
    assert told == [
        (DEVICE, house.vault.pseudonym(DEVICE, "d1"), 2, ("login", "transfer")),
        (ACCOUNT, house.vault.pseudonym(ACCOUNT, "bob"), 1, ("transfer",)),
    ]
    assert links[0].last_at - links[0].first_at == 4 * 60_000_000


def test_an_absent_entity_links_nobody(house, index):
    house.write("login", account="ann")
    house.write("login", account="bob")
    caught_up(index, house)
    assert index.links(ACCOUNT, house.vault.pseudonym(ACCOUNT, "ann")) == []


def test_corrections_are_known_by_the_first_that_came(house, index):
    house.write("login", account="ann")
    by = house.write("login", account="bob", supersedes="e-1")
    house.write("login", account="cem", supersedes="e-1")
    caught_up(index, house)
    assert index.corrected_by("e-1") == by
    assert index.corrected_by("e-2") is None


def test_before_anything_was_projected_nobody_is_known(house, index):
    index.catch_up(house.reader.event_types)
    assert places(index, house, ACCOUNT, "ann") == []
    assert index.known_to == 0
