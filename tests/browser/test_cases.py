"""An analyst clears twenty cases from the keyboard alone, in both languages."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from case_workspace import EVERYTHING, review
from http_face import released_process
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words

from tandem.act.cases import desk_of
from tandem.kernel.time import SystemClock

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize(("page", "locale"), [("en-GB", "en-GB"), ("zh-CN", "zh-CN")], indirect=["page"])
CASES = 20


@pytest.fixture
def desk_site(tmp_path: Path, serve) -> Iterator[object]:
    """A server with twenty-two cases, the largest first by its number."""
    process = released_process(tmp_path, list(EVERYTHING))
    for number in range(1, CASES + 3):
        process.decide_now(review(number, amount_minor=5_000_000 - 10_000 * number))
    yield from serve(process, tmp_path)


def cases_of(site):
    return desk_of(site.process, clock=SystemClock()).look(lambda cases, _rules, _now: [one.copy() for one in cases])


def wait_for_case(page, number):
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(rf"#{number}\b"))


def answer(page, locale, key, end):
    """Choose an end by its key, and submit it."""
    page.keyboard.press(key)
    form = page.get_by_role("form", name=end[locale])
    expect(form).to_be_visible()
    page.keyboard.press("Control+Enter")
    expect(form).to_have_count(0)


@LANGUAGES
def test_an_analyst_clears_twenty_cases_with_the_keyboard_alone(page, desk_site, locale):
    page.goto(f"{desk_site.address}/cases")
    expect(page.get_by_role("row").filter(has_text="#1")).not_to_have_count(0)
    page.keyboard.press("]")
    ends = {"a": {"en-GB": "Approve", "zh-CN": "通过"}, "f": {"en-GB": "Fraud", "zh-CN": "欺诈"}}
    for number in range(1, CASES + 1):
        wait_for_case(page, number)
        key = "f" if number % 5 == 0 else "a"
        answer(page, locale, key, ends[key])  # the next one comes by itself
    wait_for_case(page, CASES + 1)
    found = {case.number: case.standing for case in cases_of(desk_site)}
    assert [found[number].state for number in range(1, CASES + 1)] == ["resolved"] * CASES
    assert {number for number in range(1, CASES + 1) if found[number].disposition == "fraud"} == {5, 10, 15, 20}
    assert found[CASES + 1].state == "assigned"
    assert page.errors == []
    assert page.foreign == []


LATE_READS = """
const asked = window.fetch;
window.fetch = async (...of) => {
  const answer = await asked(...of);
  const request = of[0] instanceof Request ? of[0] : new Request(...of);
  if (request.method === "GET" && request.url.includes("/v1/cases/case_")) await new Promise((on) => setTimeout(on, 300));
  return answer;
};
"""


def test_an_answer_that_comes_late_never_shows_a_case_as_it_was_before_the_last_action(page, desk_site):
    page.add_init_script(LATE_READS)
    page.goto(f"{desk_site.address}/cases")
    expect(page.get_by_role("row").filter(has_text="#1")).not_to_have_count(0)
    page.keyboard.press("]")
    for number in range(1, 4):
        wait_for_case(page, number)
        answer(page, "en-GB", "a", {"en-GB": "Approve"})
    wait_for_case(page, 4)
    assert page.errors == []


@LANGUAGES
def test_note_sleep_escalation_and_taking_back_are_each_one_key(page, desk_site, locale):
    page.goto(f"{desk_site.address}/cases")
    expect(page.get_by_role("row").filter(has_text="#1")).not_to_have_count(0)
    page.keyboard.press("]")
    wait_for_case(page, 1)
    page.keyboard.press("n")
    page.keyboard.type("Called the employer. 已核实。")
    page.keyboard.press("Control+Enter")
    expect(page.locator("blockquote")).to_have_text("Called the employer. 已核实。")
    page.keyboard.press("s")
    expect(page.get_by_role("radiogroup")).to_be_visible()
    page.keyboard.press("Control+Enter")
    wait_for_case(page, 2)
    page.keyboard.press("e")
    expect(page.get_by_role("form", name=words(locale, "cases:escalate"))).to_be_visible()
    page.keyboard.press("Control+Enter")
    wait_for_case(page, 3)
    answer(page, locale, "d", {"en-GB": "Decline", "zh-CN": "拒绝"})
    wait_for_case(page, 4)
    page.keyboard.press("u")
    wait_for_case(page, 3)
    expect(page.get_by_role("heading", level=1)).to_contain_text(words(locale, "cases:state.assigned"))
    page.keyboard.press("a")
    page.keyboard.press("Escape")  # a second thought
    expect(page.get_by_role("form")).to_have_count(0)
    standing = {case.number: case.standing for case in cases_of(desk_site)}
    assert standing[1].snoozed_until is not None
    assert (standing[2].queue, standing[2].state) == ("senior", "open")
    assert (standing[3].state, standing[3].disposition) == ("assigned", None)
    assert page.errors == []


def test_what_another_person_did_meanwhile_is_told_and_shown(page, desk_site):
    page.goto(f"{desk_site.address}/cases")
    expect(page.get_by_role("row").filter(has_text="#1")).not_to_have_count(0)
    page.keyboard.press("]")
    wait_for_case(page, 1)
    page.keyboard.press("a")
    desk = desk_of(desk_site.process, clock=SystemClock())
    first = next(case for case in cases_of(desk_site) if case.number == 1)
    desk.resolve(first.case_id, by="bob", disposition="decline", version=first.version)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(words("en-GB", "cases:state.resolved"))
    assert [error for error in page.errors if "409" not in error] == []
