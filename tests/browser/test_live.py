"""From the first start to the first explained decision; the stream as it runs, held, and followed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, open_live, row_of, words

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(("page", "locale"), [("en-GB", "en-GB"), ("zh-CN", "zh-CN")], indirect=["page"])
def test_from_the_first_start_to_the_first_explained_decision(page, empty_site, locale):
    page.goto(empty_site.address)
    expect(page.get_by_role("navigation")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("l")
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "live:title"))
    expect(page.get_by_text(words(locale, "live:empty"), exact=True)).to_be_visible()
    expect(page.locator("pre")).to_contain_text("curl")
    empty_site.process.decide_now(application("the-first", age=16))
    row_of(page, "the-first").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(words(locale, "kit:outcome.decline"))
    reasons = page.locator(
        "section", has=page.get_by_role("heading", name=words(locale, "decision:reasons"), exact=True)
    )
    expect(reasons).to_contain_text("Applicants must be at least 18 years old.")
    expect(reasons).to_contain_text("18")
    expect(page.locator("html")).to_have_attribute("lang", "en" if locale == EN else "zh-CN")
    assert page.errors == []
    assert page.foreign == []


def test_what_people_must_know_is_told_until_they_put_it_away(page, site):
    open_live(page, site)
    notice = page.locator("[data-notice]")
    expect(notice).to_contain_text("made up for a test")
    notice.get_by_role("button").click()
    expect(notice).to_have_count(0)
    page.reload()
    expect(row_of(page, "first-0")).to_be_visible()
    expect(notice).to_have_count(0)


def test_a_decision_appears_as_it_is_taken(page, site):
    open_live(page, site)
    expect(page.locator("[data-state=live]").first).to_be_visible()
    site.process.decide_now(application("appearing", age=15))
    row = row_of(page, "appearing")
    expect(row).to_contain_text("Decline")
    expect(row).to_contain_text("at least 18")


def test_the_stream_can_be_held_and_goes_on_with_what_waited(page, site):
    open_live(page, site)
    expect(page.locator("[data-state=live]").first).to_be_visible()
    page.keyboard.press("p")
    site.process.decide_now(application("held-back"))
    expect(page.get_by_role("button", name=re.compile("is waiting"))).to_be_visible()
    expect(row_of(page, "held-back")).to_have_count(0)
    page.keyboard.press("p")
    expect(row_of(page, "held-back")).to_be_visible()


def test_one_entity_can_be_followed_and_the_address_says_which(page, site):
    open_live(page, site)
    page.get_by_placeholder(words(EN, "live:follow")).click()
    page.get_by_role("option", name=re.compile(r"device .*\(6\)")).click()
    expect(row_of(page, "no-income")).to_have_count(0)
    expect(page).to_have_url(re.compile(r"follow=device:[0-9a-f]+$"))
    page.reload()
    expect(row_of(page, "first-0")).to_be_visible()
    expect(row_of(page, "no-income")).to_have_count(0)
    page.get_by_role("button", name=words(EN, "live:follow_stop")).click()
    expect(row_of(page, "no-income")).to_be_visible()


def test_text_from_data_stays_text(page, site):
    site.process.decide_now(application("<img src=x onerror=alert(1)>", age=12))
    open_live(page, site)
    expect(row_of(page, "<img src=x onerror=alert(1)>")).to_be_visible()
    assert page.locator("main img").count() == 0
