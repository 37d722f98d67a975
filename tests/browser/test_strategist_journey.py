"""From an idea to a measured, reviewed, live rule and back, by people who sign in: one writes, another approves, a third let them in."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect
from served_sandbox import Sandbox
from turned_out_workspace import OUTCOME, OUTCOME_TYPE

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import row_of
from person import Person
from tandem_sdk import Event, Tandem

pytestmark = pytest.mark.browser

PAST, CHANGED, BAD, GOOD = 300, 60, 24, 21
"""Decisions before the last one that the old rule takes; those that the idea would change, some known to have gone badly, some well."""
LIMIT_MINOR = 100_000 + 1_000 * (PAST - CHANGED)
STEPS_MAX = 40
"""Of the two who write and approve, from the idea to live and back: ten minutes at a quarter of a minute a step."""


def turned_out(number, *, bad):
    return {
        "event_id": f"outcome-{number}",
        "event_type": "loan_outcome",
        "occurred_at": "2026-11-26T08:00:00Z",
        "values": {"person": f"p-past-{number}", "application": f"past-{number}", "bad": bad},
    }


@pytest.fixture
def lender(tmp_path):
    """A lender that has decided: every application asks for more than the one before; the last ones have turned out."""
    one = Sandbox(tmp_path, key_rate=None, sandbox=False, more=[OUTCOME_TYPE, OUTCOME])
    for number in range(PAST):
        one.process.decide_now(application(f"past-{number}", amount_minor=100_000 + 1_000 * (number + 1)))
    for number in range(PAST - BAD - GOOD, PAST):
        one.process.record_now(turned_out(number, bad=number >= PAST - BAD))
    yield one
    one.close()


@pytest.fixture
def people(lender, another_browser, request):
    """Who works here: the admin, who came in by the link of the first start, a strategist and an approver, whom she invited.

    The strategist may approve, too: what keeps him from his own draft is that it is his.
    """
    locale = request.param
    ann, li, wang = (Person(another_browser(locale), lender.address, locale) for _ in range(3))
    ann.takes_link(f"{lender.address}/welcome#token={lender.access.first_link()}", "ann", "Ann")
    li.takes_link(ann.invites("li", "Li", "strategist", "approver"), "li")
    wang.takes_link(ann.invites("wang", "Wang", "approver"), "wang")
    return ann, li, wang


@pytest.fixture
def bank(lender, people):
    """The program that asks for decisions, with a key from the admin."""
    with Tandem(lender.address, api_key=people[0].makes_key("core-banking")) as tandem:
        yield tandem


def decided(bank, event_id):
    """A decision on an application over the limit of the new rule."""
    values = application(event_id, amount_minor=LIMIT_MINOR + 5_000)["values"]
    return bank.decide(Event(event_type="application", event_id=event_id, values=values))


def writes_a_rule(li):
    """In the studio, with its effect counted while nothing is saved yet."""
    page = li.page
    li.goes("/studio")
    li.clicks(row_of(page, "application").last)
    li.clicks(page.locator(".react-flow__node").filter(has_text="affordability"))
    li.presses("studio:rules.add")
    part = page.locator("aside [data-open]")
    expect(part.locator(".cm-content")).to_be_focused()
    li.types(f"amount_minor > {LIMIT_MINOR}")
    li.strikes("Escape")
    li.types("costly", part.get_by_role("textbox", name=li.say("studio:name")))
    li.chooses(li.say("studio:effect.then"), li.say("kit:outcome.review"), part)
    li.chooses(li.say("studio:effect.reason"), "LARGE_AMOUNT", part)
    li.clicks(page.get_by_role("tab", name=li.say("studio:tab.effect")))
    effect = page.get_by_role("tabpanel")
    expect(effect).to_contain_text(li.say("effect:changed_other", number=CHANGED + 1, whole=PAST + 1))
    for side, count in (("caught", BAD), ("hurt", GOOD)):
        expect(effect.get_by_role("region", name=li.say(f"effect:{side}.title"))).to_contain_text(str(count))


def asks_for_review(li, lender):
    """Saves the draft; it decides nothing, and its author cannot approve it, on the page or past it."""
    page = li.page
    li.presses("studio:save.title")
    li.types("Large loans are looked at.", li.dialog().get_by_role("textbox"))
    li.presses("studio:save.act", within=li.dialog())
    expect(li.dialog()).to_have_count(0)
    draft = version_of(li, "draft")
    expect(draft.get_by_role("button", name=li.say("studio:versions.approve"))).to_be_disabled()
    digest = draft.locator(".mono").first.get_attribute("title")
    session = page.request.get(f"{lender.address}/v1/session").json()
    refused = page.request.post(
        f"{lender.address}/v1/reviews",
        data={"digests": [digest], "note": ""},
        headers={"X-Tandem-CSRF": session["csrf"], "Origin": lender.address},
    )
    assert (refused.status, refused.json()["code"]) == (403, "author_is_approver")


def version_of(li, state):
    """The line of a version in that state, in the studio."""
    standing = li.page.get_by_role("cell", name=li.say(f"studio:state.{state}"), exact=True)
    return li.page.locator("tbody tr").filter(has=standing)


def publishes(wang):
    """Reads the draft in words, approves it under her own name, and puts it in force."""
    page = wang.page
    waiting = page.get_by_role("listitem").filter(has_text="costly").first
    expect(waiting).to_contain_text(str(LIMIT_MINOR))
    wang.presses("releases:approve", within=waiting)
    wang.presses("releases:approve", within=wang.dialog())
    expect(wang.dialog()).to_have_count(0)
    wang.clicks(page.get_by_role("tab", name=wang.say("releases:tabs.approved")))
    plural = "other" if wang.locale == "zh-CN" else "one"
    wang.presses(f"releases:publish_count_{plural}", count=1)
    expect(wang.dialog()).to_contain_text(wang.say("releases:ready"))
    wang.types("Large loans are looked at.", wang.dialog().get_by_role("textbox"))
    wang.presses("releases:publish", within=wang.dialog())
    expect(wang.dialog()).to_have_count(0)


def watches(li, decision):
    """Sees the decision come by on the live page, and why it came out so."""
    page = li.page
    li.clicks(row_of(page, decision.event_id))
    expect(page.get_by_role("heading", level=1)).to_contain_text(li.say("kit:outcome.review"))
    expect(row_of(page, "costly")).to_contain_text(str(LIMIT_MINOR))
    expect(page.get_by_role("link", name=decision.release[:12])).to_be_visible()


def rolls_back(wang, to):
    wang.presses("releases:roll_back")
    expect(wang.dialog()).to_contain_text(to[:12])
    expect(wang.dialog()).to_contain_text("application")
    wang.types("Too many are looked at.", wang.dialog().get_by_role("textbox"))
    wang.presses("releases:roll_back", within=wang.dialog())
    expect(wang.dialog()).to_have_count(0)


@pytest.mark.parametrize("people", ["en-GB", "zh-CN"], indirect=True)
def test_a_rule_is_written_measured_approved_by_another_published_watched_and_rolled_back(lender, people, bank):
    ann, li, wang = people
    before = decided(bank, "before")
    assert before.outcome == "approve"

    wang.goes("/releases")
    writes_a_rule(li)
    asks_for_review(li, lender)
    assert decided(bank, "while-it-waits").release == before.release

    publishes(wang)
    expect(version_of(li, "live")).to_contain_text("wang")
    li.goes("/live")
    expect(li.page.locator("[data-state=live]").first).to_be_visible()
    after = decided(bank, "after")
    assert (after.outcome, [one.code for one in after.reasons]) == ("review", ["LARGE_AMOUNT"])
    assert after.release != before.release
    watches(li, after)

    li.goes("/studio/application?tab=versions")
    expect(version_of(li, "live")).to_contain_text("wang")
    rolls_back(wang, before.release)
    expect(version_of(li, "retired")).to_contain_text("wang")
    back = decided(bank, "rolled-back")
    assert (back.outcome, back.release) == ("approve", before.release)
    expect(wang.page.get_by_role("button", name=wang.say("releases:roll_back"), exact=True)).to_have_count(0)

    ann.goes("/settings?tab=audit")
    expect(row_of(ann.page, ann.say("settings:audit.actions.rolled_back"))).to_contain_text("wang")
    li.goes("/studio/application?view=text")
    expect(li.page.get_by_text("rule: large_amount").first).to_be_visible()
    expect(li.page.get_by_text("rule: costly")).to_have_count(0)
    assert li.steps + wang.steps <= STEPS_MAX
    assert [person.page.errors + person.page.foreign for person in people] == [[], [], []]
