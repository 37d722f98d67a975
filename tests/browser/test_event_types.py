"""Event types on the page: what is sent and who reads it, changed in a form that says what would no longer hold."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import application, starter_process
from playwright.sync_api import expect

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import InvalidInput

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, row_of, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])


@pytest.fixture
def house(tmp_path, serve):
    process = starter_process(tmp_path)
    process.decide_now(application("first"))
    yield from serve(process, tmp_path)


def word(locale, key, **given):
    return words(locale, f"event-types:{key}", **given)


def press(scope, locale, key, **given):
    scope.get_by_role("button", name=word(locale, key, **given), exact=True).first.click()


def of_field(locale, key, field):
    return word(locale, "of_field", what=word(locale, key), field=field)


@BOTH
def test_a_field_is_added_by_one_published_by_another_and_sent_by_a_program(page, house, locale):
    page.goto(f"{house.address}/settings?tab=events")
    row_of(page, "application").click()
    page.wait_for_url("**/settings/event-types/application")
    row_of(page, "device").first.click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_text("device_applications_1h")).to_be_visible()
    expect(panel.get_by_role("link", name="application")).to_be_visible()
    page.keyboard.press("Escape")

    page.get_by_role("link", name=word(locale, "change"), exact=True).click()
    expect(page.get_by_text(word(locale, "same"))).to_be_visible()
    send = page.get_by_role("button", name=word(locale, "send"), exact=True)
    expect(send).to_be_disabled()
    press(page, locale, "add_field")
    name = page.get_by_role("textbox", name=of_field(locale, "name", word(locale, "field_number", number=7)))
    name.fill("Shop City")
    expect(page.get_by_text(word(locale, "faults.invalid_name"))).to_be_visible()
    expect(send).to_be_disabled()
    page.get_by_role("textbox", name=of_field(locale, "name", "Shop City")).fill("city")
    expect(page.get_by_text(word(locale, "holds"))).to_be_visible()
    send.click()
    page.wait_for_url("**/settings/event-types/application")
    expect(page.get_by_text(word(locale, "waits"))).to_be_visible()

    register = house.process.state.register
    (key,) = register.keys("event_type")
    newest = register.latest(key).artefact
    assert newest.body["fields"][-1] == {"name": "city", "type": "text"}
    live = register.version(register.live.manifest[str(key)]).artefact
    assert newest.body["fields"][:-1] == live.body["fields"]
    with pytest.raises(InvalidInput):
        house.process.decide_now(application("too-early", city="Wuhan"))
    house.process.review([newest.digest], approver="bob")
    house.process.release({key: newest.digest}, by="bob")
    house.process.decide_now(application("second", city="Wuhan"))
    page.reload()
    expect(row_of(page, "city")).to_be_visible()
    expect(page.get_by_text(word(locale, "waits"))).to_be_hidden()
    assert page.errors == []
    assert page.foreign == []


@BOTH
def test_what_would_break_is_named_before_anything_is_sent(page, house, locale):
    page.goto(f"{house.address}/settings/event-types/application/change")
    press(page, locale, "remove_field", field="age")
    expect(page.get_by_text("policy/application")).to_be_visible()
    expect(page.get_by_text(word(locale, "not_yet"))).to_be_visible()
    press(page, locale, "start_again")
    expect(page.get_by_text(word(locale, "holds"))).to_be_visible()

    press(page, locale, "remove_field", field="person")
    expect(page.get_by_text(word(locale, "faults.unknown_subject"))).to_be_visible()
    page.get_by_role("link", name="application").first.click()
    leaving = page.get_by_role("dialog")
    expect(leaving).to_contain_text(word(locale, "leave.words"))
    press(leaving, locale, "leave.go")
    page.wait_for_url("**/settings/event-types/application")
    assert len(house.process.state.register.history(house.process.state.register.keys("event_type")[0])) == 1
    assert page.errors == []


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_a_new_type_begins_with_whom_it_is_about_and_money_is_whole(page, house):
    page.goto(f"{house.address}/settings/new-event-type")
    page.get_by_role("textbox", name=word(EN, "name"), exact=False).first.fill("application")
    expect(page.get_by_text(word(EN, "taken"))).to_be_visible()
    page.get_by_role("textbox", name=word(EN, "name"), exact=False).first.fill("refund")
    press(page, EN, "add_field")
    page.get_by_role("textbox", name=of_field(EN, "name", "field 2")).fill("amount_minor")
    expect(page.get_by_role("combobox", name=of_field(EN, "type", "amount_minor"))).to_have_value(
        word(EN, "types.integer")
    )
    press(page, EN, "send")
    page.wait_for_url("**/settings/event-types/refund")
    expect(page.get_by_text('"event_type": "refund"')).to_be_visible()
    (newest,) = [one for one in house.process.state.register.keys("event_type") if one.name == "refund"]
    assert house.process.state.register.latest(newest).artefact.body == {
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person", "data_class": "C2"},
            {"name": "amount_minor", "type": "integer"},
        ],
    }
    assert page.errors == []


@BOTH
def test_derived_fields_are_shown_in_words_and_kept_when_the_type_is_changed(page, house, locale):
    register = house.process.state.register
    (key,) = register.keys("event_type")
    derived = [
        {"name": "range", "function": "subnet", "of": "device", "entity": "subnet", "ipv4_prefix": 20},
        {"name": "door", "function": "address_key", "of": "device", "entity": "address"},
    ]
    body = {**register.version(register.live.manifest[str(key)]).artefact.body, "derived": derived}
    deriving = Artefact.of("event_type", key.name, body)
    house.process.push([deriving], author="ann")
    house.process.review([deriving.digest], approver="bob")
    house.process.release({key: deriving.digest}, by="bob")

    page.goto(f"{house.address}/settings/event-types/application")
    made = word(locale, "derived_by.subnet", one="device")
    expect(row_of(page, "range")).to_contain_text(made)
    expect(row_of(page, "range")).to_contain_text(word(locale, "is_derived"))
    row_of(page, "range").first.click()
    told = page.get_by_role("dialog")
    expect(told).to_contain_text(f"{made}; {word(locale, 'derived_with.ipv4_prefix', value=20)}")
    page.keyboard.press("Escape")

    page.get_by_role("link", name=word(locale, "change"), exact=True).click()
    expect(page.get_by_text(word(locale, "derived_kept"))).to_be_visible()
    expect(page.get_by_text(word(locale, "derived_by.address_key", one="device"))).to_be_visible()
    page.get_by_role("textbox", name=word(locale, "description"), exact=True).first.fill("changed")
    expect(page.get_by_text(word(locale, "holds"))).to_be_visible()
    press(page, locale, "send")
    page.wait_for_url("**/settings/event-types/application")
    newest = register.latest(key).artefact.body
    assert newest["derived"] == derived
    assert newest["description"] == "changed"
    assert page.errors == []
