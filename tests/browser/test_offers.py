"""Offers in a browser: what was decided and how likely it was, what it did beside the held out, and why somebody got none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from offer_house import PLAN, REMINDER, House, programme
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
CUSTOMERS = 24


@pytest.fixture
def lender(serve, tmp_path):
    house = House(
        tmp_path / "home",
        programme("due_soon", REMINDER, hold_out={"share": 0.4, "salt": "browser"}),
        programme("in_parts", PLAN, products=["till_limit"]),
    )
    accounts = [house.customer(number) for number in range(1, CUSTOMERS + 1)]
    house.limit = house.customer(CUSTOMERS + 1, product="till_limit")
    house.at("2026-11-25T10:00:00+08:00")
    house.offers.round()
    house.collections.tend()
    for number, account in enumerate(accounts):
        if number % 3:
            house.pays(account, house.of(account)[0].decided.stake_minor, key=f"p{number}")
    house.at("2026-12-08T10:00:00+08:00")
    house.offers.round()
    yield from serve(
        house.process, tmp_path, lending=house.lending, collections=house.collections, customers=house.core,
        offers=house.offers,
    )  # fmt: skip


@LANGUAGES
def test_a_programme_shows_what_it_did_with_intervals_and_why_nobody_else_was_told(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/offers")
    title = "Due soon" if locale == "en-GB" else "到期提醒"
    effect = page.get_by_role("table", name=words(locale, "offers:effect", title=title))
    expect(effect.get_by_role("row")).to_have_count(5)
    expect(effect.get_by_text("…")).to_have_count(4)
    expect(page.get_by_text(words(locale, "offers:reasons.no_consent"), exact=True)).to_be_visible()
    grid = page.get_by_role("grid", name=words(locale, "offers:decisions"))
    expect(grid.get_by_text(words(locale, "offers:outcomes.paid"), exact=True).first).to_be_visible()
    assert page.errors == []


@LANGUAGES
def test_a_decision_leads_to_its_account_and_that_says_why_it_is_told_nothing_now(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/offers")
    grid = page.get_by_role("grid", name=words(locale, "offers:decisions"))
    grid.get_by_role("gridcell").first.click()
    history = page.get_by_role("table", name=words(locale, "offers:of_account"))
    expect(history.get_by_text("due_soon", exact=True)).to_be_visible()
    expect(page.get_by_role("table", name=words(locale, "offers:now"), exact=True)).to_be_visible()
    assert page.errors == []
