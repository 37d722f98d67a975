"""A reminder that a warning asks for: a contact like any other, once under its key, or the reason why people decide."""

from __future__ import annotations

import pytest
from arrears_house import House

from tandem.act.collections import Reminded
from tandem.act.warning import LeftToPeople
from tandem.faces.warned import warning_contacts
from tandem.kernel.errors import Unavailable


def soon_due(house, when="2026-11-30T10:00:00+08:00", **reach):
    """An account that came into collections this morning, two days before it is due, and was not reminded yet."""
    account = house.customer()
    house.at("2026-11-29T23:30:00+08:00")  # at night it comes in and nobody is contacted
    house.desk.tend()
    house.reachable(account, **reach)
    house.at(when)
    return account


def contacts(house):
    return house.desk.look(lambda files: list(files.contacts.values()))


def warned_of(house, account):
    """What a warning has to say of itself to be pursued."""

    class Warned:
        warning_id = "warn_1"
        entity_kind = "person"
        entity = house.lending.account(account).owner
        subject = None

    return Warned()


def test_it_is_a_reminder_of_the_strategy_that_the_governor_let_through(house):
    account = soon_due(house)
    found = house.desk.remind(account, key="w")
    (contact,) = contacts(house)
    assert found == Reminded(contact=contact.contact)
    assert (contact.step, contact.purpose, contact.state) == ("reminder", "service", "wanted")


def test_it_counts_so_that_the_ladder_does_not_remind_again_the_same_day(house):
    account = soon_due(house)
    house.desk.remind(account, key="w")
    assert house.desk.tend().wanted == 0
    assert len(contacts(house)) == 1


def test_asked_again_it_is_one_contact_after_a_restart_too(tmp_path):
    house = House(tmp_path / "home")
    account = soon_due(house)
    first = house.desk.remind(account, key="w")
    clock = house.clock
    house.close()
    again = House(tmp_path / "home", fresh=False, clock=clock)
    assert again.desk.remind(account, key="w") == first
    assert len(contacts(again)) == 1
    again.close()


def test_a_contact_whose_answer_was_lost_is_not_wanted_twice(house, monkeypatch):
    account = soon_due(house)
    append = house.process.append

    def lost(entries):
        append(entries).wait()
        raise Unavailable("The answer was lost.")

    monkeypatch.setattr(house.process, "append", lost)
    with pytest.raises(Unavailable):
        house.desk.remind(account, key="w")
    monkeypatch.undo()
    assert house.desk.remind(account, key="w").contact == contacts(house)[0].contact
    assert len(contacts(house)) == 1


def test_at_night_it_waits_for_the_morning_and_nothing_goes_on_record(house):
    account = soon_due(house, "2026-11-30T23:00:00+08:00")
    found = house.desk.remind(account, key="w")
    assert (found.contact, found.why) == (None, None)
    assert found.again_at > house.clock.now()
    assert contacts(house) == []
    house.at("2026-12-01T08:00:00+08:00")
    assert house.desk.remind(account, key="w").contact is not None


def test_what_a_rule_forbids_is_left_to_people_and_on_record_with_the_rule(house):
    account = soon_due(house)
    house.people.mark(account, "deceased", on=True, by="li", key="m1")
    assert house.desk.remind(account, key="w") == Reminded(why="deceased")
    assert house.desk.look(lambda files: dict(files.blocked_by)) == {"deceased": 1}
    house.desk.remind(account, key="w")
    assert house.desk.look(lambda files: dict(files.blocked_by)) == {"deceased": 1}


def test_where_nothing_is_due_soon_or_nobody_can_be_reached_people_decide(house):
    account = house.customer()
    assert house.desk.remind(account, key="w").why == "not_in_collections"
    house.at("2026-11-29T23:30:00+08:00")
    house.desk.tend()
    assert house.desk.remind(account, key="w").why == "no_point"


def test_what_is_late_is_collected_and_not_reminded(house):
    account = soon_due(house, "2026-12-04T10:00:00+08:00")
    assert house.desk.remind(account, key="w").why == "in_arrears"


def test_a_warning_gets_the_contact_or_the_reason_and_the_same_when_it_asks_twice(house):
    account = house.customer()
    begin = warning_contacts(house.desk)
    assert begin(warned_of(house, account)) == LeftToPeople("not_in_collections")
    house.at("2026-11-29T23:30:00+08:00")
    house.desk.tend()
    house.reachable(account)
    assert begin(warned_of(house, account)) is None, "it is night"
    house.at("2026-11-30T10:00:00+08:00")
    first = begin(warned_of(house, account))
    assert (first, begin(warned_of(house, account))) == (contacts(house)[0].contact,) * 2
