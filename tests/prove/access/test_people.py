"""People: named once, never deleted, and somebody always left who manages them."""

from __future__ import annotations

import pytest
from access_house import GOOD

from tandem.kernel.errors import Conflict, InvalidInput, NotFound
from tandem.prove.access import ALL_PERMISSIONS, ROLES, Role, permissions_of
from tandem.prove.access.audit import decode_note, encode_note


def test_the_roles_are_as_promised():
    told = {str(role): {str(one) for one in permissions} for role, permissions in ROLES.items()}
    assert told == {
        "viewer": {"read"},
        "analyst": {"read", "read_personal", "work_cases", "edit_lists"},
        "collector": {"read", "read_personal", "collect"},
        "strategist": {"read", "read_personal", "draft", "edit_lists"},
        "approver": {"read", "read_personal", "approve", "release"},
        "servicer": {"read", "read_personal", "service_accounts"},
        "admin": {"manage", "read"},
    }


def test_roles_add_up_and_no_person_decides_or_invites_by_hand():
    assert permissions_of(Role) == ALL_PERMISSIONS - {"decide", "invite"}
    assert permissions_of([]) == set()


@pytest.mark.parametrize(
    "name", ["", "Ann", "1ann", "ann bea", "key:core", "ann@x", "annä", "a" * 65, "local", "operator", "a..b"]
)
def test_names_that_nobody_gets(house, ann, name):
    with pytest.raises(InvalidInput) as refused:
        house.access.add_person(name, "x", [Role.VIEWER], by=ann)
    assert refused.value.code == "invalid_name"


@pytest.mark.parametrize("shown", ["\x00", "a\u202eb", "x" * 101])
def test_what_cannot_be_shown_is_no_display_name(house, ann, shown):
    with pytest.raises(InvalidInput) as refused:
        house.access.add_person("bea", shown, [Role.VIEWER], by=ann)
    assert refused.value.code == "invalid_display_name"
    assert [one.name for one in house.access.people()] == ["ann"]


def test_chinese_names_are_shown(house, ann):
    person, _ = house.access.add_person("li.wei", "  李  伟 ", [Role.VIEWER], by=ann)
    assert person.display_name == "李 伟"


def test_a_name_is_never_given_twice_also_not_after_dismissal(house, ann):
    house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)
    house.access.change_person("bea", by=ann, disabled=True)
    with pytest.raises(Conflict):
        house.access.add_person("bea", "Another Bea", [Role.ADMIN], by=ann)


def test_somebody_is_always_left_who_manages(house, ann):
    for change in ({"disabled": True}, {"roles": [Role.VIEWER]}):
        with pytest.raises(Conflict) as refused:
            house.access.change_person("ann", by=ann, **change)
        assert refused.value.code == "last_admin"
    _, token = house.access.add_person("bea", "Bea", [Role.ADMIN], by=ann)
    with pytest.raises(Conflict):
        house.access.change_person("ann", by=ann, disabled=True)  # bea has not come in yet
    house.access.welcome(token, GOOD)
    house.access.change_person("ann", by=ann, disabled=True)


def test_everything_is_there_after_a_death(house, ann):
    house.access.add_person("bea", "Bea", [Role.ANALYST, Role.VIEWER], by=ann)
    before = house.access.people()
    assert house.crash().people() == before


def test_every_change_has_its_note_and_a_change_to_the_same_has_none(house, ann):
    house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)
    house.access.change_person("bea", by=ann, roles=[Role.ANALYST], display_name="Beatrice")
    house.access.change_person("bea", by=ann, roles=[Role.ANALYST])
    house.access.change_person("bea", by=ann, disabled=True)
    house.access.change_person("bea", by=ann, disabled=False)
    assert house.actions() == [
        "first_admin_welcomed", "person_added", "roles_changed", "person_renamed", "person_disabled", "person_enabled",
    ]  # fmt: skip
    changed = house.notes[2]
    assert (changed.by, changed.kind, changed.object) == ("ann", "person", "person/bea")
    assert changed.detail == {"before": ["viewer"], "after": ["analyst"]}
    assert None not in {changed.before, changed.after}
    assert changed.before != changed.after
    assert house.notes[1].before is None
    assert decode_note(encode_note(changed)) == changed


def test_nobody_unknown_is_changed(house, ann):
    for act in (house.access.reset, house.access.change_person):
        with pytest.raises(NotFound):
            act("be", by=ann)
    house.access.add_person("bea", "Bea", [Role.VIEWER], by=ann)
    house.access.change_person("bea", by=ann, disabled=True)
    with pytest.raises(Conflict):
        house.access.reset("bea", by=ann)


@pytest.mark.usefixtures("ann")
def test_the_file_is_for_the_owner_alone(house):
    for file in house.home.iterdir():
        assert file.stat().st_mode & 0o077 == 0, file
