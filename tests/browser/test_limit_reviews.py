"""Moving limits in a browser: a review is drawn up, another person lets it go ahead, and the account tells how its limit moved."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from limit_house import opened_house
from playwright.sync_api import expect

from tandem.kernel.time import SystemClock

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)


@pytest.fixture
def lender(serve, tmp_path):
    house = opened_house(tmp_path / "home", today=SystemClock().now() // 86_400_000_000)
    with house.limits.running():  # what was agreed to is carried out by the desk's own thread
        yield from serve(house.process, tmp_path, limits=house.limits, lending=house.lending)


@LANGUAGES
def test_a_review_is_drawn_up_and_says_what_it_would_bring(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/limits")
    expect(page.get_by_text(words(locale, "limits:no_review"), exact=True)).to_be_visible()
    expect(page.get_by_text(words(locale, "limits:assumption"), exact=True)).to_be_visible()
    page.get_by_role("button", name=words(locale, "limits:propose")).click()
    expect(page).to_have_url(re.compile(r"/limits/till_limits-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}$"))
    forecast = page.get_by_role("table", name=words(locale, "limits:forecast"))
    expect(forecast.get_by_role("row")).to_have_count(6)
    held_back = page.get_by_role("table", name=words(locale, "limits:constraints"))
    expect(held_back.get_by_role("cell", name=words(locale, "limits:bindings.loss_budget"))).to_be_visible()
    expect(page.get_by_role("grid", name=words(locale, "limits:lines"))).to_be_visible()
    assert page.errors == []


@LANGUAGES
def test_who_asked_for_a_review_does_not_let_it_go_ahead(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/limits")
    page.get_by_role("button", name=words(locale, "limits:propose")).click()
    page.get_by_role("button", name=words(locale, "limits:agree")).click()
    page.get_by_role("dialog").get_by_role("button", name=words(locale, "limits:agree")).click()
    expect(page.locator("[data-problem=author_is_approver]")).to_be_visible()


@LANGUAGES
def test_what_another_person_agreed_to_moves_and_shows_on_the_account(page, lender, request):
    locale = request.node.callspec.params["page"]
    asked = page.request.post(f"{lender.address}/v1/limit-reviews", data={"strategy": "till_limits", "by": "ann"})
    review = asked.json()["review"]["review_id"]
    page.goto(f"{lender.address}/limits/{review}")
    page.get_by_role("button", name=words(locale, "limits:agree")).click()
    page.get_by_role("dialog").get_by_role("button", name=words(locale, "limits:agree")).click()
    expect(page.get_by_text(words(locale, "limits:review_states.going"), exact=True)).to_be_visible()
    grid = page.get_by_role("grid", name=words(locale, "limits:lines"))
    page.get_by_role("radiogroup", name=words(locale, "limits:state")).get_by_text(
        words(locale, "limits:line_states.moved"), exact=True
    ).click()
    expect(grid.get_by_text(words(locale, "limits:kinds.freeze"), exact=True).first).to_be_visible()
    grid.get_by_role("gridcell").first.click()
    history = page.get_by_role("table", name=words(locale, "limits:history"))
    expect(history.get_by_text(words(locale, "limits:kinds.freeze"), exact=True)).to_be_visible()
    expect(history.get_by_role("link", name=review)).to_be_visible()
    assert page.errors == []


@LANGUAGES
def test_a_review_that_is_not_there_is_said(page, lender, request):
    locale = request.node.callspec.params["page"]
    page.goto(f"{lender.address}/limits/none")
    expect(page.locator("[data-problem=unknown_limit_review]")).to_be_visible()
    assert locale
