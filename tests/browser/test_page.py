"""The page as a person meets it: live, explained, in two languages, by keyboard, empty, and when things fail."""

from __future__ import annotations

import re

import pytest
from http_face import application
from playwright.sync_api import expect

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def open_page(page, site):
    page.goto(site.address)
    expect(page.locator("#stream tbody tr")).not_to_have_count(0)
    return page


def test_shows_what_was_decided_and_explains_the_newest(page, site):
    open_page(page, site)
    expect(page.locator("#state")).to_have_text("Live")
    expect(page.locator("#explanation .verdict .chip")).to_be_visible()
    expect(page.locator("#notice")).to_contain_text("made up for a test")
    assert page.errors == []
    assert page.foreign == []


def test_a_decision_appears_as_it_is_taken(page, site):
    open_page(page, site)
    expect(page.locator("#state")).to_have_text("Live")
    site.process.decide_now(application("appearing", age=15))
    row = page.locator("#stream tbody tr", has_text="appearing")
    expect(row).to_contain_text("Decline")
    expect(row).to_contain_text("at least 18")


def test_each_condition_is_shown_with_its_value(page, site):
    open_page(page, site)
    page.locator("#stream tbody tr", has_text="first-2").locator("button").click()
    why = page.locator("#explanation")
    expect(why.locator(".reasons")).to_contain_text("Applicants must be at least 18 years old.")
    rule = why.locator("tr", has_text="too_young")
    expect(rule).to_contain_text("age < 18")
    expect(rule).to_contain_text("16")
    expect(why).to_contain_text("comes to the same outcome")


def test_a_missing_fact_is_named_as_missing(page, site):
    open_page(page, site)
    page.locator("#stream tbody tr", has_text="no-income").locator("button").click()
    expect(page.locator("#explanation tr", has_text="high_burden")).to_contain_text("a fact is missing")


def test_a_decision_can_be_taken_again_from_the_page(page, site):
    open_page(page, site)
    page.get_by_role("button", name="Decide again from the record").click()
    expect(page.locator("#explanation [role=status]")).to_have_text("Decided again: the same, in every part.")


def test_every_word_changes_with_the_language(page, site):
    open_page(page, site)
    page.locator("#language").click()
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#stream-title")).to_have_text("实时决策")
    expect(page.locator("#explanation .reasons, #explanation .quiet").first).to_be_visible()
    text = page.locator("main h2, main h3, main th, header button:not(#language), footer span").all_inner_texts()
    english = [words for words in text if re.search(r"[A-Za-z]{4,}", words)]
    assert english == []
    page.reload()
    expect(page.locator("#stream-title")).to_have_text("实时决策")


def test_the_theme_can_be_chosen_and_stays(page, site):
    open_page(page, site)
    page.locator("#theme").click()
    page.locator("#theme").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.reload()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_everything_can_be_reached_by_keyboard(page, site):
    open_page(page, site)
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.id || document.activeElement.className"))
    assert {"pause", "language", "theme", "pick", "plain"} <= reached


def test_a_decision_is_chosen_by_keyboard(page, site):
    open_page(page, site)
    page.locator("#stream tbody tr", has_text="first-2").locator("button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#explanation")).to_contain_text("first-2")


def test_a_narrow_window_needs_no_sideways_scrolling(page, site):
    page.set_viewport_size({"width": 360, "height": 740})
    open_page(page, site)
    expect(page.locator("#explanation .verdict .chip")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360


def test_an_empty_workspace_says_what_to_do(page, empty_site):
    page.goto(empty_site.address)
    expect(page.locator("#stream")).to_contain_text("Nothing decided yet")
    expect(page.locator("#stream")).to_contain_text("curl")
    expect(page.locator("#explanation")).to_contain_text("Choose a decision")
    empty_site.process.decide_now(application("the-first"))
    expect(page.locator("#stream tbody tr")).to_have_count(1)


def test_an_error_is_told_and_can_be_tried_again(page, site):
    page.route("**/explanation", lambda route: route.fulfill(status=503, json={"detail": "The journal rests."}))
    open_page(page, site)
    expect(page.locator("#explanation [role=alert]")).to_contain_text("The journal rests.")
    page.unroute("**/explanation")
    page.locator("#explanation").get_by_role("button", name="Try again").click()
    expect(page.locator("#explanation .verdict .chip")).to_be_visible()


def test_text_from_data_stays_text(page, site):
    site.process.decide_now(application("<img src=x onerror=alert(1)>", age=12))
    open_page(page, site)
    expect(page.locator("#stream")).to_contain_text("<img src=x onerror=alert(1)>")
    assert page.locator("#stream img").count() == 0


def with_a_model(route):
    """The real explanation, as if a model stage had been in the policy: the starter has none."""
    found = route.fetch().json()
    found["trace"]["stages"].insert(
        1,
        {
            "stage": "risk",
            "kind": "model",
            "at": "flow[1]",
            "values": {"probability": 0.1273, "margin": -1.925, "points": 571.0},
            "contributions": [
                {"input": "device_applications_1d", "contribution": 0.81, "reason": "MASS_APPLICATION"},
                {"input": "amount_minor", "contribution": 0.2, "reason": "LARGE_AMOUNT"},
            ],
        },
    )
    route.fulfill(json=found)


def test_what_moved_a_score_is_drawn_as_bars_with_numbers(page, site):
    page.route("**/explanation", with_a_model)
    open_page(page, site)
    bars = page.locator("#explanation .bars")
    expect(bars).to_contain_text("+0.81")
    widths = bars.locator("rect").evaluate_all("all => all.map(one => one.getBoundingClientRect().width)")
    assert widths[0] > 3 * widths[1] > 0
    expect(page.locator("#explanation .path")).to_contain_text("probability 0.1273")
    assert page.errors == []
