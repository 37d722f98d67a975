"""One decision explained: reasons, conditions, contributions, replay, and what is said where something fails."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, open_decision, row_of, words

pytestmark = pytest.mark.browser


def test_each_condition_is_shown_with_its_value_and_threshold(page, site):
    open_decision(page, site, "first-2")
    rule = row_of(page, "too_young")
    expect(rule).to_contain_text("age < 18")
    expect(rule).to_contain_text("age = 16")
    expect(page.get_by_text(words(EN, "decision:agrees"))).to_be_visible()


def test_a_missing_fact_is_named_as_missing(page, site):
    open_decision(page, site, "no-income")
    expect(row_of(page, "high_burden")).to_contain_text("a fact is missing")


def test_a_decision_can_be_taken_again_from_the_page(page, site):
    open_decision(page, site, "first-0")
    page.keyboard.press("r")
    expect(page.get_by_text(words(EN, "decision:replay_same"))).to_be_visible()


def test_an_error_is_told_and_can_be_tried_again(page, site):
    problem = {
        "code": "journal_broken",
        "detail": "The journal rests.",
        "hint": "look at the database",
        "request_id": "r-1",
    }
    page.route("**/explanation", lambda route: route.fulfill(status=409, json=problem))
    page.goto(f"{site.address}/decisions/first-2")
    alert = page.get_by_role("alert")
    for text in ("The journal rests.", "look at the database", "journal_broken", "r-1", words(EN, "kit:error.kept")):
        expect(alert).to_contain_text(text)
    page.unroute("**/explanation")
    alert.get_by_role("button", name=words(EN, "kit:error.retry")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("first-2")


def test_a_decision_that_does_not_exist_says_so(page, site):
    page.goto(f"{site.address}/decisions/nothing-like-it")
    expect(page.get_by_role("alert")).to_contain_text("unknown_decision")


def with_a_model(route):
    """The real explanation, as if a model stage had been in the policy: the starter has none."""
    found = route.fetch().json()
    found["trace"]["stages"].insert(
        1,
        {
            "stage": "risk",
            "kind": "model",
            "at": "flow[9]",
            "values": {"probability": 0.1273, "margin": -1.925, "points": 571.0},
            "contributions": [
                {"input": "device_applications_1d", "value": 6, "contribution": 0.81, "reason": "MASS_APPLICATION"},
                {"input": "amount_minor", "value": 120000, "contribution": -0.2, "reason": "LARGE_AMOUNT"},
            ],
        },
    )
    route.fulfill(json=found)


def test_what_moved_a_score_is_drawn_as_bars_that_add_up(page, site):
    page.route("**/explanation", with_a_model)
    open_decision(page, site, "first-0")
    title = page.get_by_role("heading", name=words(EN, "decision:waterfall", name="risk"))
    said = page.locator("section", has=title).locator("tbody td:last-child").all_inner_texts()
    start, up, down, score = [float(text.replace("−", "-")) for text in said]
    assert (up, down, score) == (0.81, -0.2, -1.93)
    assert start + up + down == pytest.approx(score, abs=0.011)
    expect(page.get_by_text("12.73%").first).to_be_visible()
    assert page.errors == []
