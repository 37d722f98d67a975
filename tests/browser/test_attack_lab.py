"""The attack lab: every kind of attack run from the page, and again after a policy change, with before against after."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from attacked_lender import ANSWERS, answer_to, lender_artefacts
from http_face import released_process, starter_process
from playwright.sync_api import expect

from tandem.learn.simulator import ATTACK_KINDS

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, words

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000
CUSTOMERS, DAYS = 400, 8


def word(key, locale=EN, **given):
    return words(locale, f"attacks:{key}", **given)


@pytest.fixture(scope="module")
def lab(tmp_path_factory, serve):
    """A lender that is attacked."""
    folder = tmp_path_factory.mktemp("lab")
    yield from serve(released_process(folder, lender_artefacts()), folder)


def choose(page, kind):
    page.get_by_role("combobox", name=word("kind"), exact=True).click()
    page.get_by_role("option", name=ATTACK_KINDS[kind].title[0], exact=True).click()
    expect(page.get_by_text(ATTACK_KINDS[kind].words[0])).to_be_visible()


def small_town(page):
    page.get_by_role("textbox", name=word("customers")).fill(str(CUSTOMERS))
    page.get_by_role("textbox", name=word("days")).fill(str(DAYS))


def run(page):
    page.get_by_role("button", name=word("form.run"), exact=True).click()
    page.wait_for_url("**/attacks/atk_*")
    expect(page.get_by_role("heading", name=word("timeline.title"))).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.parametrize("kind", ATTACK_KINDS)
def test_a_kind_of_attack_is_run_before_and_after_a_policy_change(page, lab, kind):
    page.goto(f"{lab.address}/attacks")
    choose(page, kind)
    small_town(page)
    run(page)
    expect(page.get_by_text(word("simulated"), exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(ATTACK_KINDS[kind].title[0])
    expect(page.get_by_role("heading", name=word("tiles.through"))).to_be_visible()
    draft = answer_to(kind)
    lab.process.push([draft], author="ann", note=f"against {kind}")
    page.get_by_role("button", name=word("again"), exact=True).first.click()
    expect(page.get_by_text(ATTACK_KINDS[kind].words[0])).to_be_visible()
    page.get_by_role("combobox", name=word("against"), exact=True).click()
    page.get_by_role("option", name=f"policy/{draft.name}").click()
    page.keyboard.press("Escape")
    run(page)
    expect(page.get_by_text(f"Against policy/{draft.name}")).to_be_visible()
    stage, rule = ANSWERS[kind]
    compared = page.get_by_role("table", name=word("compare.figures"))
    expect(compared).to_be_visible()
    expect(page.get_by_role("table", name=word("stoppers.title"))).to_contain_text(f"{stage}.{rule['rule']}")
    stopped = page.get_by_role("listitem").filter(has_text=f"{stage}.{rule['rule']} stops")
    expect(stopped).to_be_visible()
    assert page.errors == []
    assert page.foreign == []


def test_what_was_run_is_listed_and_opens_again(page, lab):
    page.goto(f"{lab.address}/attacks")
    choose(page, "mule_chain")
    small_town(page)
    run(page)
    page.goto(f"{lab.address}/attacks")
    row = page.get_by_role("grid", name=word("runs")).get_by_role("row").filter(has_text=word("live")).first
    expect(row).to_contain_text(ATTACK_KINDS["mule_chain"].title[0])
    row.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(ATTACK_KINDS["mule_chain"].title[0])
    expect(page.get_by_role("heading", name=word("roles.title"))).to_be_visible()


def test_an_attack_that_runs_can_be_cancelled(page, lab):
    page.goto(f"{lab.address}/attacks")
    page.get_by_role("textbox", name=word("customers")).fill("20000")
    page.get_by_role("button", name=word("form.run"), exact=True).click()
    page.get_by_role("button", name=word("cancel"), exact=True).click()
    expect(page.get_by_role("heading", name=word("cancelled"))).to_be_visible()


@pytest.mark.parametrize("page", ["zh-CN"], indirect=True)
def test_the_lab_speaks_chinese_and_fits_a_telephone(page, lab):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{lab.address}/attacks")
    expect(page.get_by_role("heading", level=1)).to_have_text(word("title", "zh-CN"))
    expect(page.get_by_text(word("simulated", "zh-CN"), exact=True)).to_be_visible()
    wide = page.evaluate("document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth")
    assert wide <= 0, "the page itself does not scroll sideways"
    assert page.errors == []


def test_what_cannot_be_played_says_why(page, tmp_path, serve):
    yielded = serve(starter_process(tmp_path), tmp_path)
    site = next(yielded)
    try:
        page.goto(f"{site.address}/attacks")
        expect(page.get_by_text("The release has no such type of event.")).to_be_visible()
        expect(page.get_by_role("button", name=word("form.run"), exact=True)).to_be_disabled()
        expect(page.get_by_text(word("empty"), exact=True)).to_be_visible()
        page.goto(f"{site.address}/attacks/atk_none")
        expect(page.get_by_text("There is no such attack.")).to_be_visible()
    finally:
        next(yielded, None)
