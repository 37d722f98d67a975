"""The letter about a decision: seen before it is sent, in both languages, on paper nothing but the letter."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import released_process
from playwright.sync_api import expect
from small_workspace import application
from told_workspace import EVERYTHING, GOOD

sys.path.insert(0, str(Path(__file__).parent))
from axe import source, violations
from console_pages import EN, open_decision, words

pytestmark = pytest.mark.browser

RISKY = {**GOOD, "income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000}


@pytest.fixture(scope="module")
def lender(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("told")
    process = released_process(folder, list(EVERYTHING))
    process.decide_now(application(1, **RISKY))
    process.decide_now(application(2, **GOOD))
    yield from serve(process, folder)


def open_letter(page, lender, locale=EN):
    open_decision(page, lender, "app-1")
    page.get_by_role("button", name=words(locale, "decision:letter.open"), exact=True).click()
    sheet = page.get_by_role("dialog").get_by_role("article")
    expect(sheet).to_be_visible()
    return sheet


def test_the_letter_is_seen_before_it_is_sent_and_read_in_the_other_language(page, lender):
    sheet = open_letter(page, lender)
    expect(sheet).to_contain_text("We are not able to agree to your application.")
    expect(sheet).to_contain_text("Your income is low against your debt.")
    expect(sheet).to_have_attribute("lang", "en")
    page.get_by_role("dialog").get_by_text("中文", exact=True).click()
    expect(sheet).to_contain_text("未能同意您的申请")
    expect(sheet).to_have_attribute("lang", "zh-CN")
    assert page.errors == []
    assert page.foreign == []


@pytest.mark.parametrize("page", ["zh-CN"], indirect=True)
def test_a_console_in_chinese_opens_the_chinese_letter(page, lender):
    expect(open_letter(page, lender, "zh-CN")).to_have_attribute("lang", "zh-CN")


def test_on_paper_there_is_nothing_but_the_letter(page, lender):
    sheet = open_letter(page, lender)
    page.emulate_media(media="print")
    expect(sheet).to_be_visible()
    expect(page.locator("#root")).to_be_hidden()
    expect(page.get_by_role("button", name=words(EN, "decision:letter.save"))).to_be_hidden()
    page.emulate_media(media="screen")


def test_the_letter_is_saved_as_a_page_of_its_own(page, lender):
    open_letter(page, lender)
    with page.expect_download() as waited:
        page.get_by_role("button", name=words(EN, "decision:letter.save")).click()
    saved = Path(waited.value.path()).read_text(encoding="utf-8")
    assert saved.startswith("<!doctype html>")
    assert "Lender &lt;Ltd&gt;" in saved


def test_reasons_stand_in_the_order_in_which_the_letter_tells_them(page, lender):
    open_decision(page, lender, "app-1")
    block = page.locator("section").filter(
        has=page.get_by_role("heading", name=words(EN, "decision:reasons"), exact=True)
    )
    expect(block.get_by_role("listitem").first).to_contain_text("Your income is low against your debt.")
    expect(block.get_by_role("listitem").first).to_contain_text("repay debt.")


def test_a_decision_that_gave_what_was_asked_for_offers_no_letter(page, lender):
    open_decision(page, lender, "app-2")
    expect(page.get_by_role("button", name=words(EN, "decision:letter.open"), exact=True)).to_have_count(0)


def test_anybody_can_use_the_preview(page, lender):
    open_letter(page, lender)
    assert violations(page, source()) == []
