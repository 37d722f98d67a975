"""The first day with people who sign in: from the first start to the first explained decision, and what a product person reads then."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect
from served_sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import row_of
from person import Person

pytestmark = pytest.mark.browser

LOCALES = pytest.mark.parametrize("ann", ["en-GB", "zh-CN"], indirect=True)
TITLES = {"en-GB": "Approved", "zh-CN": "通过率"}


@pytest.fixture
def lender(tmp_path):
    """A lender that knows nobody, and has decided on as many applications as a test wants."""
    one = Sandbox(tmp_path, key_rate=None, sandbox=False)
    yield one
    one.close()


@pytest.fixture
def past(lender):
    """Four decisions, three of them approvals."""
    for number in range(4):
        lender.process.decide_now(application(f"first-{number}", age=16 if number == 2 else 34))


@pytest.fixture
def ann(lender, another_browser, request):
    """The first admin, come in by the link of the first start."""
    person = Person(another_browser(request.param), lender.address, request.param)
    person.takes_link(f"{lender.address}/welcome#token={lender.access.first_link()}", "ann", "Ann")
    return person


@pytest.fixture
def invited(ann, lender, another_browser):
    """``invited(name, role)``: somebody whom the admin has let in."""

    def invite(name, role):
        person = Person(another_browser(ann.locale), lender.address, ann.locale)
        person.takes_link(ann.invites(name, name.title(), role), name)
        return person

    return invite


def run(command, key):
    """As in the shell of whoever copied it."""
    done = subprocess.run(
        ["bash", "-c", f"{command} --fail-with-body"],
        env={**os.environ, "TANDEM_KEY": key, "no_proxy": "127.0.0.1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def visits_every_page(person):
    """By the navigation; none of them tells of a fault."""
    page = person.page
    for place in page.get_by_role("navigation").first.get_by_role("link").all():
        person.clicks(place)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        expect(page.get_by_role("alert")).to_have_count(0)


def sees_nothing_wrong(*people):
    assert [person.page.errors + person.page.foreign for person in people] == [[] for _ in people]


@LOCALES
def test_from_the_first_start_to_the_first_explained_decision(ann, invited):
    page = ann.page
    ann.strikes("g")
    ann.strikes("l")
    expect(page.get_by_text(ann.say("live:empty"), exact=True)).to_be_visible()
    command = page.locator("pre").inner_text()
    ann.clicks(page.get_by_role("link", name=ann.say("decisions:key_make")))
    key = ann.makes_key("core-banking")
    li = invited("li", "analyst")
    li.goes("/live")
    expect(li.page.locator("[data-state=live]").first).to_be_visible()
    run(command, key)
    li.clicks(row_of(li.page, "application-1"))
    expect(li.page.get_by_role("heading", level=1)).to_contain_text(li.say("kit:outcome.approve"))
    expect(li.page.get_by_text(li.say("decision:no_reasons"))).to_be_visible()
    li.clicks(li.page.get_by_role("link", name="affordability"))
    expect(row_of(li.page, "high_burden")).to_contain_text("income_minor = 48,000")
    expect(li.page.get_by_text(li.say("decision:agrees"))).to_be_visible()
    sees_nothing_wrong(ann, li)


@LOCALES
@pytest.mark.usefixtures("past")
def test_a_product_person_reads_the_overview(ann, invited):
    mei = invited("mei", "viewer")
    page = mei.page
    tile = page.locator("li[data-metric=approval_rate]")
    expect(tile).to_contain_text("75")
    mei.presses("overview:definition_of", within=tile, name=TITLES[mei.locale])
    expect(mei.dialog()).to_contain_text("FROM decisions")
    mei.strikes("Escape")
    page.get_by_role("combobox", name=mei.say("overview:break_down")).select_option("policy")
    mei.presses("kit:chart.as_table")
    expect(page.get_by_role("columnheader", name="application")).to_be_visible()
    expect(page.get_by_text(mei.say("overview:release_released")).first).to_be_visible()
    sees_nothing_wrong(ann, mei)


@LOCALES
@pytest.mark.usefixtures("past")
def test_who_may_only_read_finds_every_page_in_order_and_nothing_to_change(ann, invited):
    mei = invited("mei", "viewer")
    for person in (ann, mei):
        visits_every_page(person)
    page = mei.page
    mei.goes("/decisions/first-2")
    expect(page.get_by_role("heading", level=1)).to_contain_text(mei.say("kit:outcome.decline"))
    expect(page.get_by_text("TOO_YOUNG", exact=True)).to_be_visible()
    expect(page.get_by_text(mei.say("decision:values_hidden"))).to_be_visible()
    mei.goes("/studio/application")
    expect(page.get_by_text(mei.say("studio:holds_together"), exact=True)).to_be_visible()
    expect(page.get_by_role("button", name=mei.say("studio:save.title"))).to_have_count(0)
    mei.goes("/releases")
    expect(page.get_by_role("tab", name=mei.say("releases:tabs.waiting"))).to_be_visible()
    expect(page.get_by_role("button", name=mei.say("releases:roll_back"))).to_have_count(0)
    sees_nothing_wrong(ann, mei)
