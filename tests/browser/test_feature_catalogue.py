"""The catalogue of features on the page: found, read in full, and taken from the library as a draft."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from http_face import application, starter_process
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, row_of, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])


@pytest.fixture
def house(tmp_path, serve):
    process = starter_process(tmp_path)
    for number in range(6):
        process.decide_now(application(f"f-{number}", device=f"d-{number % 2}"))
    yield from serve(process, tmp_path)


def word(locale, key, **given):
    return words(locale, f"features:{key}", **given)


@BOTH
def test_a_feature_is_found_and_told_in_full(page, house, locale):
    page.goto(f"{house.address}/features")
    row_of(page, "device_applications_1d").click()
    page.wait_for_url("**/features/device_applications_1d")
    expect(page.get_by_role("heading", name=word(locale, "lineage"))).to_be_visible()
    expect(page.get_by_role("link", name="application").first).to_be_visible()
    expect(page.get_by_text(word(locale, "sparse"))).to_be_visible()
    expect(page.get_by_text(word(locale, "work.logarithmic"))).to_be_visible()


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_what_features_are_is_shown_while_their_figures_are_still_being_read(page, house):
    held = []

    def hold(route):
        held.append(route)

    page.route(re.compile(r"/v1/features(/\w+)?$"), hold)  # what asks for figures waits
    page.goto(f"{house.address}/features")
    row = row_of(page, "device_applications_1d")
    expect(row).to_be_visible()
    expect(row.locator("[aria-busy=true]")).to_have_count(2)
    held.pop().continue_()
    expect(row).to_contain_text("100%")
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    row.click()
    expect(page.get_by_role("heading", name=word(EN, "lineage"))).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(1)
    held.pop().continue_()
    expect(page.get_by_text(word(EN, "values_note_other", number=6))).to_be_visible()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)
    assert (held, page.errors) == ([], [])


@BOTH
def test_a_set_of_the_library_becomes_a_draft_and_is_offered_no_more(page, house, locale):
    page.goto(f"{house.address}/features?tab=ready")
    row_of(page, "application_person_device").click()
    panel = page.get_by_role("dialog")
    expect(panel.get_by_text("person_device_applications_before")).to_be_visible()
    panel.get_by_role("button", name=word(locale, "make_draft")).click()
    expect(page.get_by_text(word(locale, "drafted", name="application_person_device"))).to_be_visible()
    expect(row_of(page, "application_person_device")).to_have_count(0)
    register = house.process.state.register
    made = next(key for key in register.keys("feature_set") if key.name == "application_person_device")
    assert register.latest(made).artefact.body["use"] == "library/application_person_device"


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_a_feature_nobody_reads_says_why_it_has_no_figures(page, house):
    page.goto(f"{house.address}/features/device_applications_1h")
    expect(page.get_by_text(word(EN, "no_values"), exact=True)).to_be_visible()


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_the_page_holds_in_a_narrow_window(page, house):
    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/features", "/features?tab=ready", "/features/device_applications_1d"):
        page.goto(house.address + path)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
