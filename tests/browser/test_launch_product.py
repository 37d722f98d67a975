"""A product from a template to its first decision, by two people at browsers of their own; and what the wizard refuses."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from axe import faint, source, violations

from benchmarks.launching import Hands, launches, lender_at, take_link, words_of

pytestmark = pytest.mark.browser

LOCALES = {"en-GB": "en", "zh-CN": "zh-CN"}
PERSON_S_MAX = 300.0


@pytest.fixture
def lender(tmp_path):
    with lender_at(tmp_path, past=240) as one:
        yield one


def seated(lender, open_tab, name, browser_locale):
    locale = LOCALES[browser_locale]
    page = open_tab(browser_locale)
    take_link(page, lender.links[name], name, locale)
    return Hands(page, lender.address, locale)


@pytest.mark.parametrize("locale", list(LOCALES))
def test_a_product_goes_from_a_template_to_a_first_decision_in_five_minutes_of_two_people(
    lender, another_browser, locale
):
    li, wang = (seated(lender, another_browser, name, locale) for name in ("li", "wang"))
    found = launches(li, wang, lender.key)
    assert found.outcome == "approve"
    assert found.offers == 4
    assert found.person_s <= PERSON_S_MAX
    register = lender.process.state.register
    signed = register.version(register.live.manifest["assessment/quick_loan"])
    assert (signed.author, [one.approver for one in signed.reviews]) == ("li", ["wang"])
    assert signed.artefact.body["figures"]["counted"] == 240
    wang.goes("/products/quick_loan")
    expect(wang.page.get_by_role("heading", name=wang.say("launching:signed.title"))).to_be_visible()
    expect(wang.page.get_by_text(signed.artefact.body["assessment"])).to_be_visible()
    assert [one.page.errors + one.page.foreign for one in (li, wang)] == [[], []]


@pytest.mark.parametrize("locale", list(LOCALES))
def test_a_price_above_the_cap_is_said_while_it_is_typed_and_cannot_be_assessed(lender, another_browser, locale):
    li = seated(lender, another_browser, "li", locale)
    page = li.page
    li.goes("/products/new")
    li.clicks(page.get_by_role("button").filter(has_text=li.say("launching:start.what.cash_loan")))
    li.types("Quick Loan", page.get_by_role("textbox", name=li.say("launching:lend.name")).first)
    expect(page.get_by_text(li.say("launching:faults.invalid_product_name")).first).to_be_visible()
    li.types("quick_loan", page.get_by_role("textbox", name=li.say("launching:lend.name")).first)
    li.clicks(page.get_by_role("button", name=li.say("launching:steps.price")))
    li.types("36", page.get_by_role("textbox", name=li.say("launching:price.most"), exact=True))
    expect(page.get_by_text(li.say("launching:preview.above"))).to_be_visible()
    li.clicks(page.get_by_role("button", name=li.say("launching:steps.assess")))
    expect(page.get_by_role("button", name=li.say("launching:assess.act"), exact=True)).to_be_disabled()
    li.clicks(page.get_by_role("button", name=li.say("launching:steps.price")))
    li.types("20", page.get_by_role("textbox", name=li.say("launching:price.most"), exact=True))
    expect(page.get_by_text(li.say("launching:preview.within"))).to_be_visible()
    page.get_by_role("link", name=li.say("products:title")).first.click()
    expect(li.dialog()).to_contain_text(words_of(LOCALES[locale], "launching:leave.words"))
    assert page.errors == []


@pytest.mark.parametrize("locale", list(LOCALES))
def test_no_step_of_the_wizard_has_violations_light_dark_or_narrow(lender, another_browser, locale):
    li = seated(lender, another_browser, "li", locale)
    page, axe = li.page, source()
    li.goes("/products/new")
    li.clicks(page.get_by_role("button").filter(has_text=li.say("launching:start.what.merchant_line")))
    li.types("line", page.get_by_role("textbox", name=li.say("launching:lend.name")).first)
    for step in ("lend", "repay", "price", "decide", "assess"):
        li.clicks(page.get_by_role("button", name=li.say(f"launching:steps.{step}")).first)
        if step == "decide":
            li.presses("launching:decide.start")
            expect(page.get_by_text(li.say("launching:decide.brings"))).to_be_visible()
        if step == "assess":
            li.clicks(page.get_by_role("button", name=li.say("launching:assess.assumptions")))
        expect(page.get_by_role("group", name=li.say(f"launching:steps.{step}"))).to_be_visible()
        assert violations(page, axe) == [], step
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        expect(page.locator("html")).to_have_attribute("data-mantine-color-scheme", "dark")
        assert faint(page, axe) == [], step
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        page.set_viewport_size({"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), step
        page.set_viewport_size({"width": 1360, "height": 900})
    assert page.errors == []
