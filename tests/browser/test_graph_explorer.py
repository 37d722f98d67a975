"""The graph explorer: begun by an identifier that stays out of the address, opened further, filtered, kept as evidence."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from http_face import application, released_process, starter_process
from playwright.sync_api import expect
from ring_workspace import EVERYTHING, apply_for, ring_of, turns_out

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, row_of, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])
ENGLISH = pytest.mark.parametrize("page", [EN], indirect=True)


@pytest.fixture
def house(tmp_path, serve):
    process = released_process(tmp_path, list(EVERYTHING))
    ring_of(process, "ann", "bob", "cem", "dan")
    apply_for(process, "eve", hours=100, odd=False, device="d9", phone="p1")
    apply_for(process, "far", hours=120, odd=False, device="d9")
    apply_for(process, "alone", hours=130, odd=False, device="d7")
    turns_out(process, "bob", fraud=True)
    yield from serve(process, tmp_path)


def word(locale, key, **given):
    return words(locale, f"graph:{key}", **given)


def press(scope, locale, key, **given):
    scope.get_by_role("button", name=word(locale, key, **given), exact=True).first.click()


def named(house, identifier, kind="person"):
    return house.process.pseudonyms_of(identifier)[kind]


def asked(page):
    return {name: value for name, (value,) in parse_qs(urlsplit(page.url).query).items()}


def around(page, house, identifier, **more):
    query = "&".join(f"{name}={value}" for name, value in more.items())
    page.goto(f"{house.address}/graph?at=person:{named(house, identifier)}&{query}")
    expect(page.locator("[data-graph], [data-table]").first).to_be_visible()


@BOTH
def test_somebody_is_found_by_a_real_identifier_that_never_stands_in_the_address(page, house, locale):
    visited = []
    page.on("framenavigated", lambda frame: visited.append(frame.url))
    page.goto(f"{house.address}/graph")
    expect(page.get_by_role("heading", name=word(locale, "recent"))).to_be_visible()
    field = page.get_by_role("textbox", name=word(locale, "identifier"))
    field.fill("nobody")
    press(page, locale, "find")
    expect(page.get_by_text(word(locale, "not_in_graph"))).to_be_visible()
    field.fill("ann")
    press(page, locale, "find")
    expect(page.locator("[data-graph][data-settled]")).to_be_visible()
    assert asked(page)["at"] == f"person:{named(house, 'ann')}"
    assert not [url for url in visited if "=ann" in url or "nobody" in url]
    expect(page.get_by_role("application")).to_have_attribute(
        "aria-label", word(locale, "drawing", nodes="9", links="11")
    )
    expect(page.get_by_role("list", name=word(locale, "legend"))).to_contain_text(word(locale, "risk.bad"))
    assert (page.errors, page.foreign) == ([], [])


@BOTH
def test_the_tables_say_the_same_as_the_drawing_and_open_a_node_further(page, house, locale):
    around(page, house, "far", steps=2, view="nodes")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "4")
    row_of(page, named(house, "eve")[:8]).click()
    panel = page.get_by_role("complementary", name=word(locale, "beside"))
    expect(panel.get_by_role("heading", level=2).first).to_contain_text(named(house, "eve")[:12])
    press(panel, locale, "expand")
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "9")
    assert asked(page)["open"] == f"person:{named(house, 'eve')}"
    views = page.get_by_role("radiogroup", name=word(locale, "views"))
    views.get_by_text(word(locale, "view.links"), exact=True).click()
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "8")
    address = page.url
    page.reload()
    expect(page.get_by_role("grid")).to_have_attribute("aria-rowcount", "8")
    assert page.url == address
    assert page.errors == []


@ENGLISH
def test_a_node_is_chosen_and_opened_by_pointer_and_by_keys(page, house):
    around(page, house, "far", steps=2)
    expect(page.locator("[data-graph][data-settled]")).to_be_visible()
    canvas = page.locator("canvas")
    box = canvas.bounding_box()
    for place in range(40 * 24):
        x, y = box["x"] + box["width"] * (place % 40 + 0.5) / 40, box["y"] + box["height"] * (place // 40 + 0.5) / 24
        page.mouse.move(x, y)
        if canvas.get_attribute("data-pointed"):
            break
    pointed = canvas.get_attribute("data-pointed")
    page.mouse.click(x, y)
    page.wait_for_url(lambda url: f"node={pointed}" in url)
    drawing = page.get_by_role("application")
    drawing.focus()
    page.keyboard.press("Escape")
    page.wait_for_url(lambda url: "node=" not in url)
    for key in ("+", "ArrowLeft", "0", "j", "j", "j"):
        page.keyboard.press(key)
    page.wait_for_url(lambda url: "node=" in url)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "open=" in url)
    page.keyboard.press("3")
    page.wait_for_url(lambda url: "colour=list" in url)
    assert page.errors == []


@BOTH
def test_the_way_between_two_is_walked_and_told(page, house, locale):
    around(page, house, "far", steps=4, view="nodes", node=f"person:{named(house, 'far')}")
    press(page, locale, "path.from")
    row_of(page, named(house, "ann")[:8]).click()
    press(page, locale, "path.here")
    way = page.get_by_role("list").filter(has_text=named(house, "p1", "phone")[:8]).first
    expect(way.get_by_role("listitem")).to_have_count(5)
    expect(page.get_by_text(word(locale, "path.steps_other", number="4"))).to_be_visible()
    press(page, locale, "path.leave")
    page.wait_for_url(lambda url: "from=" not in url)
    page.goto(page.url.split("?")[0] + f"?at=person:{named(house, 'far')}&from=person:{named(house, 'far')}"
              f"&to=person:{named(house, 'alone')}")  # fmt: skip
    none = word(locale, "path.none", **{"from": "(.+)", "to": "(.+)"})
    expect(page.get_by_text(re.compile(none.replace(".", r"\.").replace(r"(\.+)", "(.+)")))).to_be_visible()
    assert page.errors == []


@ENGLISH
def test_links_of_a_stretch_of_time_are_kept_and_the_rest_goes(page, house):
    around(page, house, "ann", steps=4)
    expect(page.get_by_text(word(EN, "shown", nodes="9", links="11"))).to_be_visible()
    late = page.get_by_role("slider", name=word(EN, "until"))
    late.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url(lambda url: "until=2026-11-05" in url)
    expect(page.get_by_text(word(EN, "shown", nodes="8", links="10"))).to_be_visible()
    press(page, EN, "all_time")
    expect(page.get_by_text(word(EN, "shown", nodes="9", links="11"))).to_be_visible()
    assert page.errors == []


@BOTH
def test_what_is_seen_is_kept_with_a_case_with_its_address_and_the_digest_of_its_file(page, house, locale):
    around(page, house, "ann", steps=4, view="nodes")
    press(page, locale, "keep")
    dialog = page.get_by_role("dialog")
    note = dialog.get_by_role("textbox", name=word(locale, "evidence.note"))
    expect(note).to_have_value(re.compile("[0-9a-f]{64}"))
    with page.expect_download() as coming:
        press(dialog, locale, "evidence.download")
    kept = Path(coming.value.path()).read_bytes()
    assert hashlib.sha256(kept).hexdigest() in note.input_value()
    assert named(house, "bob") in kept.decode()
    assert b'"ann"' not in kept
    number = dialog.get_by_role("radio").first
    expect(number).to_be_visible()
    save = dialog.get_by_role("button", name=re.compile(word(locale, "evidence.save", number=r"\d+").replace("#", "#")))
    address = page.url
    save.click()
    expect(dialog).to_have_count(0)
    page.goto(f"{house.address}/cases")
    page.get_by_role("row").filter(has_text="#1").first.click()
    quoted = page.locator("blockquote").first
    expect(quoted).to_contain_text(address)
    expect(quoted).to_contain_text(hashlib.sha256(kept).hexdigest())
    assert page.errors == []


@BOTH
def test_portraits_decisions_and_cases_lead_to_the_graph(page, house, locale):
    start = f"person:{named(house, 'ann')}"
    for path in (f"/portrait/person/{named(house, 'ann')}", "/decisions/ann-0"):
        page.goto(f"{house.address}{path}")
        page.get_by_role("link", name=words(locale, "kit:to_graph"), exact=True).click()
        page.wait_for_url(lambda url: "/graph?" in url)
        assert asked(page) == {"graph": "people", "at": start}
        expect(page.locator("[data-graph]")).to_be_visible()
    assert page.errors == []


@BOTH
def test_without_a_graph_the_page_says_how_to_define_one(page, tmp_path, serve, locale):
    process = starter_process(tmp_path)
    process.decide_now(application("first"))
    for house in serve(process, tmp_path):
        page.goto(f"{house.address}/graph")
        expect(page.get_by_text(word(locale, "no_graph"))).to_be_visible()
        expect(page.get_by_text("member: person")).to_be_visible()
        page.goto(f"{house.address}/decisions/first")
        expect(page.get_by_role("heading", level=1)).to_contain_text("first")
        expect(page.get_by_role("link", name=words(locale, "kit:to_graph"), exact=True)).to_have_count(0)


@ENGLISH
def test_what_cannot_be_looked_at_says_why(page, house):
    page.goto(f"{house.address}/graph?at=persn:ann")
    expect(page.get_by_role("alert")).to_contain_text("person")
    page.goto(f"{house.address}/graph?at=person:{'0' * 32}")
    expect(page.get_by_text(word(EN, "unknown"), exact=True)).to_be_visible()


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_on_a_narrow_window_nothing_lies_over_another_or_scrolls_sideways(page, house):
    page.set_viewport_size({"width": 390, "height": 844})
    around(page, house, "ann", steps=4)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    drawing = page.locator("[data-graph]").bounding_box()
    beside = page.get_by_role("complementary", name=word(EN, "beside")).bounding_box()
    assert beside["y"] >= drawing["y"] + drawing["height"]
