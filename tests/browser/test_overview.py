"""The overview and a portrait, read by somebody from the product side: from a number to its meaning in one click."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, row_of, words

pytestmark = pytest.mark.browser

TITLES = {"en-GB": "Approved", "zh-CN": "通过率"}
MEANINGS = {"en-GB": "Share of all decisions that approved.", "zh-CN": "通过的决策占全部决策的比例。"}
BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in TITLES], indirect=["page"])


def tile(page):
    return page.locator("li[data-metric=approval_rate]")


@BOTH
def test_from_a_number_to_its_definition_is_one_click(page, site, locale):
    page.goto(site.address)
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "overview:title"))
    expect(tile(page)).to_contain_text(TITLES[locale])
    expect(tile(page)).to_contain_text("%")
    tile(page).get_by_role("button", name=words(locale, "overview:definition_of", name=TITLES[locale])).click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text(MEANINGS[locale])
    expect(panel).to_contain_text("count(*) filter (where outcome = 'approve') / count(*) FROM decisions")
    expect(panel).to_contain_text("risk")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    assert page.errors == []
    assert page.foreign == []


@BOTH
def test_what_changed_is_told_beside_the_numbers(page, site, locale):
    page.goto(site.address)
    expect(page.get_by_text(words(locale, "overview:release_released")).first).to_be_visible()
    expect(page.get_by_text(words(locale, "overview:no_moves"))).to_be_visible()
    expect(tile(page)).to_contain_text(words(locale, "overview:no_comparison"))


def test_all_numbers_have_one_as_of_and_the_address_keeps_the_stretch(page, site):
    page.goto(site.address)
    expect(page.get_by_text(words(EN, "overview:as_of"))).to_be_visible()
    page.get_by_text(words(EN, "overview:range_7d"), exact=True).click()
    expect(page).to_have_url(re.compile(r"range=7d"))
    page.reload()
    expect(page.get_by_role("radio", name=words(EN, "overview:range_7d"))).to_be_checked()


def test_a_number_is_broken_down_by_a_dimension(page, site):
    page.goto(site.address)
    page.get_by_role("combobox", name=words(EN, "overview:break_down")).select_option("policy")
    expect(page).to_have_url(re.compile(r"by=policy"))
    page.get_by_role("button", name=words(EN, "kit:chart.as_table")).click()
    expect(page.get_by_role("columnheader", name="application")).to_be_visible()


@BOTH
def test_a_portrait_is_found_by_name_and_keeps_the_name_out_of_the_address(page, site, locale):
    page.goto(f"{site.address}/portrait")
    page.get_by_label(words(locale, "portrait:kind")).select_option("device")
    page.get_by_label(words(locale, "portrait:identifier")).fill("d-1")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/portrait/device/[0-9a-f]{32}$"))
    expect(page.get_by_text(words(locale, "portrait:timeline"), exact=True)).to_be_visible()
    expect(row_of(page, words(locale, "kit:outcome.decline")).first).to_be_visible()
    assert page.errors == []


def test_features_are_shown_as_they_were_known_at_an_event(page, site):
    page.goto(f"{site.address}/portrait")
    page.get_by_label(words(EN, "portrait:kind")).select_option("device")
    page.get_by_label(words(EN, "portrait:identifier")).fill("d-1")
    page.keyboard.press("Enter")
    page.get_by_role("button", name=words(EN, "portrait:features_at", event="first-0")).click()
    expect(page).to_have_url(re.compile(r"known_to=\d+"))
    feature = row_of(page, "device_applications_24h") if page.get_by_text("device_applications_24h").count() else None
    table = page.get_by_role("table", name=words(EN, "portrait:features")).or_(
        page.get_by_role("grid", name=words(EN, "portrait:features"))
    )
    expect(feature or table.first).to_be_visible()
    expect(page.get_by_text(words(EN, "portrait:value_then"), exact=True)).to_be_visible()


def test_a_name_that_was_never_seen_is_said_to_be_so(page, site):
    page.goto(f"{site.address}/portrait")
    page.get_by_label(words(EN, "portrait:identifier")).fill("nobody-like-this")
    page.get_by_role("button", name=words(EN, "portrait:find")).click()
    expect(page.get_by_text(words(EN, "portrait:unknown"))).to_be_visible()


def test_an_empty_lender_is_told_what_is_missing(page, empty_site):
    page.goto(empty_site.address)
    expect(tile(page)).to_contain_text(words(EN, "overview:missing_no_table"))
    assert page.errors == []


def test_an_error_is_told_and_can_be_tried_again(page, site):
    problem = {"code": "lake_changed", "detail": "The lake changed while it was asked.", "hint": "ask again"}
    page.route("**/v1/overview?*", lambda route: route.fulfill(status=409, json=problem))
    page.goto(site.address)
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("lake_changed")
    page.unroute("**/v1/overview?*")
    alert.get_by_role("button", name=words(EN, "kit:error.retry")).click()
    expect(tile(page)).to_be_visible()
