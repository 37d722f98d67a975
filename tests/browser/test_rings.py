"""Rings on a board: looked for, looked into, put on lists with open eyes, taken back, dismissed, made a case."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import released_process, starter_process
from playwright.sync_api import expect
from ring_workspace import EVERYTHING, apply_for, ring_of, turns_out

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])
ENGLISH = pytest.mark.parametrize("page", [EN], indirect=True)


@pytest.fixture
def house(tmp_path, serve):
    process = released_process(tmp_path, list(EVERYTHING))
    ring_of(process, "ann", "bob", "cem", "dan", "eve")
    for hour, person in enumerate(("fay", "gus", "hal")):
        apply_for(process, person, hours=30 + hour, device="d2", phone="p2")
    apply_for(process, "neighbour", hours=60, odd=False, phone="p1")
    turns_out(process, "bob", fraud=True)
    turns_out(process, "neighbour", fraud=False)
    yield from serve(process, tmp_path)


def word(locale, key, **given):
    return words(locale, f"rings:{key}", **given)


def press(scope, locale, key, **given):
    scope.get_by_role("button", name=word(locale, key, **given), exact=True).first.click()


def open_board(page, house, locale):
    page.goto(f"{house.address}/rings")
    press(page, locale, "look_again")
    expect(page.locator("article")).to_have_count(2)


def open_first(page, house, locale):
    open_board(page, house, locale)
    page.locator("article").first.get_by_role("link").first.click()
    page.wait_for_url("**/rings/ring_*")
    expect(page.locator("[data-graph]")).to_be_visible()


def give_reason(dialog, locale, text):
    dialog.get_by_role("textbox", name=words(locale, "kit:confirm.reason")).fill(text)


@BOTH
def test_rings_are_looked_for_told_in_words_and_drawn(page, house, locale):
    open_first(page, house, locale)
    expect(page.get_by_role("heading", level=1)).to_have_text(word(locale, "ring_of_other", number="5"))
    for block in ("drawn", "who", "shared", "formed", "story"):
        expect(page.get_by_role("heading", name=word(locale, block), exact=True)).to_be_visible()
    expect(page.get_by_role("grid", name=word(locale, "who"))).to_have_attribute("aria-rowcount", "6")
    page.get_by_role("link", name=word(locale, "explore"), exact=True).click()
    page.wait_for_url("**/graph?*")
    expect(page.locator("[data-graph]")).to_be_visible()
    assert (page.errors, page.foreign) == ([], [])


@BOTH
def test_a_decision_and_a_portrait_of_a_member_lead_to_the_ring(page, house, locale):
    open_board(page, house, locale)
    to_ring = page.get_by_role("link", name=words(locale, "kit:to_ring", number="5"), exact=True)
    page.goto(f"{house.address}/decisions/ann-0")
    expect(to_ring).to_be_visible()
    member = house.process.archive.find("ann-0")["trail"]["entities"]["person"]
    page.goto(f"{house.address}/portrait/person/{member}")
    to_ring.click()
    page.wait_for_url("**/rings/ring_*")
    expect(page.get_by_role("heading", level=1)).to_have_text(word(locale, "ring_of_other", number="5"))
    expect(page.locator(f"[href*='{member}']").first).to_be_visible()
    page.goto(f"{house.address}/decisions/neighbour-60")
    expect(page.get_by_role("link", name=words(locale, "kit:to_graph"), exact=True)).to_be_visible()
    expect(to_ring).to_have_count(0)
    assert (page.errors, page.foreign) == ([], [])


@BOTH
def test_who_would_be_hit_is_seen_before_anybody_is_and_can_be_taken_back(page, house, locale):
    open_first(page, house, locale)
    press(page, locale, "put_on_list")
    dialog = page.get_by_role("dialog")
    radius = dialog.get_by_role("region", name=word(locale, "list.radius"))
    expect(radius.locator("dl")).to_contain_text(word(locale, "list.good"))
    entries = radius.locator("dl > div").filter(has_text=word(locale, "list.entries")).locator("dd")
    expect(entries).to_have_text("7")  # five people, the device and the phone
    put = dialog.get_by_role("button", name=word(locale, "list.put_other", number="7"), exact=True)
    expect(put).to_be_disabled()
    dialog.get_by_role("checkbox", name=word(locale, "list.identifiers")).uncheck()
    expect(entries).to_have_text("5")
    give_reason(dialog, locale, "one tablet, five people")
    press(dialog, locale, "list.put_other", number="5")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text("one tablet, five people").first).to_be_visible()
    assert len(house.process.state.lists.entries("ring_members")) == 5
    assert not house.process.state.lists.entries("blocked_devices")
    assert apply_for(house.process, "ann", hours=300, odd=False) == "review"

    press(page, locale, "undo")
    give_reason(dialog, locale, "a family after all")
    press(dialog, locale, "undo_do", number="5")
    expect(page.get_by_text(word(locale, "taken_back"), exact=True)).to_be_visible()
    assert not house.process.state.lists.entries("ring_members")
    assert page.errors == []


@ENGLISH
def test_somebody_left_out_of_the_radius_is_not_put_on_the_list(page, house):
    open_first(page, house, EN)
    press(page, EN, "put_on_list")
    dialog = page.get_by_role("dialog")
    dialog.get_by_text(word(EN, "list.which_other", number="7"), exact=True).click()
    ann = house.process.pseudonyms_of("ann")["person"]
    dialog.get_by_role("checkbox", name=f"Leave out Person {ann[:8]}").click()
    give_reason(dialog, EN, "not ann")
    press(dialog, EN, "list.put_other", number="6")
    expect(dialog).to_have_count(0)
    listed = {entry.member for entry in house.process.state.lists.entries("ring_members")}
    assert len(listed) == 4
    assert ann not in listed


@BOTH
def test_a_ring_is_dismissed_with_a_reason_and_leaves_the_board(page, house, locale):
    open_first(page, house, locale)
    press(page, locale, "dismiss")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=word(locale, "dismiss_do"), exact=True)).to_be_disabled()
    give_reason(dialog, locale, "a shared flat")
    press(dialog, locale, "dismiss_do")
    expect(dialog).to_have_count(0)
    expect(page.get_by_text(word(locale, "state.dismissed"), exact=True).first).to_be_visible()
    page.goto(f"{house.address}/rings")
    expect(page.locator("article")).to_have_count(1)
    page.get_by_text(word(locale, "state.dismissed"), exact=True).first.click()
    expect(page.locator("article")).to_have_count(1)
    assert page.errors == []


@ENGLISH
def test_a_ring_becomes_a_case_and_the_case_is_found_from_it(page, house):
    open_first(page, house, EN)
    ring = page.url
    press(page, EN, "open_case")
    page.wait_for_url("**/cases/case_*")
    page.goto(ring)
    expect(page.get_by_role("link", name=word(EN, "to_case"), exact=True)).to_be_visible()
    assert page.errors == []


@BOTH
def test_without_a_definition_the_board_says_how_to_write_one(page, tmp_path, serve, locale):
    for house in serve(starter_process(tmp_path), tmp_path):
        page.goto(f"{house.address}/rings")
        expect(page.get_by_text(word(locale, "no_finder"), exact=True)).to_be_visible()
        expect(page.get_by_text("graph: people")).to_be_visible()


@ENGLISH
def test_a_ring_that_is_not_known_says_so(page, house):
    page.goto(f"{house.address}/rings/ring_{'0' * 32}")
    expect(page.get_by_role("alert")).to_contain_text(words(EN, "kit:error.code.unknown_ring"))
