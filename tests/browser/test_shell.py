"""Words, appearance, keys, lists, narrow windows: what holds on every page."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, open_decision, open_live, row_of, words

pytestmark = pytest.mark.browser


def test_the_language_changes_every_word_and_stays(page, site):
    open_decision(page, site, "first-2")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.get_by_role("heading", name=words("zh-CN", "decision:path"))).to_be_visible()
    shown = page.locator("main h2, main dt, main th, nav a, header button:not([lang])").all_inner_texts()
    # What is left in English are names that the workspace's people chose.
    english = [text for text in shown if re.search(r"[A-Za-z]{4,}", text) and not re.search(r"[\u4e00-\u9fff]", text)]
    assert english == []
    page.reload()
    expect(page.get_by_role("heading", name=words("zh-CN", "decision:path"))).to_be_visible()


def test_the_appearance_can_be_chosen_and_stays(page, site):
    open_live(page, site)
    page.get_by_role("button", name=words(EN, "app:theme.title")).click()
    page.get_by_role("menuitem", name=words(EN, "app:theme.dark")).click()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")


def test_a_list_is_walked_and_opened_by_keyboard(page, site):
    page.goto(f"{site.address}/decisions")
    expect(row_of(page, "first-0")).to_be_visible()
    for key in ("j", "j", "k", "Enter"):
        page.keyboard.press(key)
    expect(page).to_have_url(re.compile(r"/decisions/dec_"))
    page.go_back()
    expect(page.get_by_role("grid")).to_be_visible()


def test_what_a_list_shows_is_in_its_address(page, site):
    page.goto(f"{site.address}/decisions?f.outcome=decline&sort=event")
    expect(row_of(page, "first-2")).to_be_visible()
    expect(row_of(page, "first-1")).to_have_count(0)
    page.get_by_role("textbox", name=words(EN, "kit:table.search")).fill("no such thing")
    expect(page.get_by_text(words(EN, "kit:table.nothing_fits"), exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=no\+such\+thing"))


def test_a_list_is_exported_as_it_is_shown(page, site):
    page.goto(f"{site.address}/decisions?f.outcome=decline")
    expect(row_of(page, "first-2")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("button", name=words(EN, "kit:table.export")).click()
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert text.startswith("Decided,Outcome,Event,")
    assert "first-2" in text
    assert "first-1" not in text


def test_a_hundred_thousand_rows_are_few_in_the_page(page, site):
    """Answered by the test, page after page: what is drawn depends on the window and not on what is loaded."""
    one = page.request.get(f"{site.address}/v1/decisions?limit=1&form=short").json()["rows"][0]
    left = [6]

    def answer(route):
        left[0] -= 1
        rows = [
            {**one, "seq": 10**6 - n, "decision_id": f"dec-{left[0]}-{n}", "event_id": f"e-{left[0]}-{n}"}
            for n in range(200)
        ]
        following = left[0] + 1 if left[0] > 0 else None
        route.fulfill(json={"decisions": [], "rows": rows, "reasons": [], "next_before": following})

    page.route("**/v1/decisions?*", answer)
    page.goto(f"{site.address}/decisions")
    page.get_by_role("button", name=re.compile("Load up to")).click()
    expect(page.get_by_text("All 1,200 are loaded.")).to_be_visible()
    page.get_by_role("grid").press("End")
    expect(row_of(page, "e-0-199")).to_be_visible()
    assert page.get_by_role("row").count() < 80


def test_the_palette_goes_anywhere(page, site):
    open_live(page, site)
    page.keyboard.press("Control+k")
    page.get_by_placeholder(words(EN, "app:palette.placeholder")).fill("Decisions")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/decisions$"))
    page.keyboard.press("Control+k")
    page.get_by_placeholder(words(EN, "app:palette.placeholder")).fill("first-2")
    page.get_by_text(words(EN, "app:palette.decision", id="first-2")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("first-2")


def test_the_keys_of_a_page_are_told(page, site):
    open_live(page, site)
    page.keyboard.press("?")
    told = page.get_by_role("dialog")
    expect(told).to_contain_text(words(EN, "live:pause"))
    expect(told).to_contain_text(words(EN, "kit:table.key_down"))
    page.keyboard.press("Escape")
    expect(told).to_have_count(0)


@pytest.mark.parametrize("path", ["/live", "/decisions", "/decisions/first-2"])
def test_a_narrow_window_needs_no_sideways_scrolling(page, site, path):
    page.set_viewport_size({"width": 360, "height": 740})
    page.goto(f"{site.address}{path}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("first-2").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.evaluate("document.getElementById('content').scrollWidth") <= 360
    page.get_by_role("button", name=words(EN, "app:navigation")).click()
    page.get_by_role("dialog").get_by_role("link", name=words(EN, "app:nav.decisions")).click()
    expect(page).to_have_url(re.compile(r"/decisions$"))


def test_an_address_that_is_no_page_says_so_and_leads_home(page, site):
    page.goto(f"{site.address}/no/such/page")
    expect(page.get_by_text(words(EN, "app:not_found.title"), exact=True)).to_be_visible()


def test_a_page_that_cannot_be_fetched_says_so_and_comes_once_the_server_answers(page, site):
    open_live(page, site)
    page.context.set_offline(True)
    page.get_by_role("link", name=words(EN, "app:nav.models")).click()
    expect(page.get_by_role("alert")).to_contain_text(words(EN, "kit:error.code.unreachable"))
    page.context.set_offline(False)
    page.get_by_role("button", name=words(EN, "kit:error.retry")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words(EN, "models:title"))
    expect(page.get_by_role("alert")).to_have_count(0)
