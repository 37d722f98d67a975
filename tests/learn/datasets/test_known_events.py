"""What is learned from comes out of the lake, in the order in which it was learned of."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pyarrow as pa
import pytest
from lake_house import House

from tandem.learn.datasets import known_events
from tandem.observe.events import parse_event_type

REFUND = parse_event_type(
    {
        "name": "refund",
        "fields": [
            {"name": "payment", "type": "text", "required": True},
            {"name": "amount_minor", "type": "text"},
            {"name": "settled_at", "type": "timestamp"},
        ],
    }
)


@pytest.fixture
def house(tmp_path):
    house = House(tmp_path)
    yield house
    house.close()


def payments(house):
    return known_events(house.lake, house.reader.event_types.values())


def test_every_field_but_the_credentials_is_there_and_a_person_is_a_pseudonym(house):
    house.pay(1, "ann", rate="0.1250", note="gift", day="2026-11-20", pin="1234")
    house.project()
    (row,) = payments(house).to_pylist()
    assert row == {
        "seq": 1,
        "event_id": "pay-1",
        "occurred_at": dt.datetime.fromisoformat("2026-11-24T06:00:00"),
        "received_at": dt.datetime.fromisoformat("2026-11-24T07:00:00"),
        "supersedes": None,
        "event_type": "payment",
        "person": house.vault.pseudonym("person", "ann"),
        "channel": "web",
        "amount_minor": 100,
        "rate": Decimal("0.1250"),
        "note": "gift",
        "day": dt.date(2026, 11, 20),
    }


def test_events_stand_in_the_order_of_the_journal_however_they_landed(house):
    for number in (3, 1, 2):
        house.pay(number, f"person {number}")
        house.project()
    assert payments(house).select(["seq", "event_id"]).to_pylist() == [
        {"seq": 1, "event_id": "pay-3"},
        {"seq": 2, "event_id": "pay-1"},
        {"seq": 3, "event_id": "pay-2"},
    ]


def test_of_an_erased_person_the_personal_values_are_null_and_the_event_stays(house):
    house.pay(1, "ann", note="secret")
    house.pay(2, "bob", note="kept")
    house.project()
    house.journal.erase(house.vault.pseudonym("person", "ann"))
    house.project()
    found = payments(house)
    assert found.column("note").to_pylist() == [None, "kept"]
    assert found.column("amount_minor").to_pylist() == [None, 200]
    assert found.column("channel").to_pylist() == ["web", "web"]


def test_a_type_that_never_came_adds_its_fields_and_a_name_with_two_kinds_of_value_is_text(house):
    house.pay(7)
    house.project()
    found = known_events(house.lake, [*house.reader.event_types.values(), REFUND])
    assert found.column("amount_minor").to_pylist() == ["700"]
    assert found.column("settled_at").to_pylist() == [None]
    assert found.schema.field("settled_at").type == pa.timestamp("us")


def test_an_empty_lake_gives_an_empty_table_with_its_columns(house):
    found = payments(house)
    assert len(found) == 0
    assert {"seq", "occurred_at", "event_type", "person", "note"} <= set(found.column_names)


def test_what_came_after_a_place_is_left_out_when_asked_to(house):
    for number in (1, 2, 3):
        house.pay(number)
    house.project()
    known = known_events(house.lake, house.reader.event_types.values(), up_to=2)
    assert known.column("event_id").to_pylist() == ["pay-1", "pay-2"]
