"""A challenger from a comparison to the champion's place and back, by people who sign in, in both languages.

One compares two versions and tries one as a shadow; another approves it; its promotion is prepared by the first and approved by
the second; and when the next challenger breaks its guard rail, it is taken back by nobody at all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from http_face import application
from playwright.sync_api import expect
from served_sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import LANGUAGE_OF, row_of
from person import Person, li_and_wang

from tandem.kernel.artefacts import Artefact, ArtefactKey
from tandem.learn.experiments import SYSTEM

pytestmark = pytest.mark.browser


@pytest.fixture
def lender(tmp_path):
    """A lender with a draft that asks for older applicants."""
    one = Sandbox(tmp_path, key_rate=None, sandbox=False)
    key = next(each for each in one.process.state.register.live.manifest if each.startswith("policy/"))
    policy = one.process.state.register.latest(ArtefactKey.of(key)).artefact
    older = json.loads(json.dumps(policy.body).replace("age < 18", "age < 30"))
    older.pop("examples", None)
    one.process.push([Artefact.of("policy", policy.name, older)], author="li", note="older applicants only")
    yield one
    one.close()


@pytest.fixture
def people(lender, another_browser, request):
    """The strategist, and the approver: neither is both."""
    return li_and_wang(lender, another_browser, request.param, "strategist")


def compares_and_tries(li):
    """In the studio the two versions side by side, and from there a shadow."""
    page = li.page
    li.goes("/studio")
    li.clicks(row_of(page, "application").last)
    li.clicks(page.get_by_role("tab", name=li.say("studio:tab.versions")))
    li.presses("studio:versions.compare")
    expect(li.dialog()).to_contain_text("30")
    li.strikes("Escape")
    li.clicks(page.get_by_role("link", name=li.say("studio:versions.try_it"), exact=True).first)
    panel = li.dialog()
    li.types("older", panel.get_by_role("textbox", name=li.say("experiments:name")).first)
    expect(panel.get_by_role("status").filter(has_text="%").or_(panel.get_by_role("status")).first).to_contain_text("1")
    li.presses("experiments:form.save", within=panel)
    expect(page.get_by_text(li.say("experiments:not_started"))).to_be_visible()


def approves_and_publishes(wang, names, note):
    """What waits under these names, in one release."""
    page = wang.page
    wang.goes("/releases")
    for name in names:
        wang.presses("releases:approve", within=_waiting(page, name))
        wang.presses("releases:approve", within=wang.dialog())
        expect(wang.dialog()).to_be_hidden()
    wang.clicks(page.get_by_role("tab", name=wang.say("releases:tabs.approved")))
    wang.presses("releases:publish_count_other", count=len(names))
    wang.types(note, wang.dialog().get_by_role("textbox").first)
    wang.presses("releases:publish", within=wang.dialog())
    expect(wang.dialog()).to_be_hidden()


def _waiting(page, name):
    return page.get_by_role("listitem").filter(has=page.get_by_text(name, exact=True)).first


def decide(lender, first, count, *, age):
    for number in range(first, first + count):
        lender.process.decide_now(application(f"e-{number}", age=age))


@pytest.mark.parametrize("people", list(LANGUAGE_OF), indirect=True)
def test_a_challenger_is_compared_shadowed_promoted_by_two_and_rolled_back_by_nobody(lender, people):
    li, wang = people
    page = li.page
    compares_and_tries(li)
    # the draft that was compared goes on waiting: only its copy under another name and the experiment go live
    approves_and_publishes(wang, ["application_challenger", "older"], "try it beside")
    assert lender.process.live.arms.running["older"].experiment.mode == "shadow"
    decide(lender, 0, 30, age=25)
    li.goes("/experiments/older")
    expect(page.get_by_test_id("verdict")).to_be_visible()
    expect(page.get_by_text(li.say("experiments:shadow.title"))).to_be_visible()
    expect(row_of(page, "challenger")).to_contain_text("30")
    assert b'"outcome":"approve"' in lender.process.decide_now(application("still", age=25)).body

    li.presses("experiments:promote")
    li.types("it is what we want", li.dialog().get_by_role("textbox"))
    li.presses("experiments:promote_confirm", within=li.dialog())
    expect(page.get_by_text(li.say("experiments:to_review"))).to_be_visible()
    assert b'"outcome":"approve"' in lender.process.decide_now(application("not-yet", age=25)).body
    approves_and_publishes(wang, ["application", "older"], "promoted")
    assert b'"outcome":"decline"' in lender.process.decide_now(application("now", age=25)).body
    li.goes("/experiments/older")
    expect(page.get_by_text(li.say("experiments:state.ended")).first).to_be_visible()

    promoted = lender.process.live.digest
    _guarded_canary(lender)
    li.goes("/experiments/careless")
    expect(page.get_by_text(li.say("experiments:state.running")).first).to_be_visible()
    decide(lender, 100, 60, age=40)
    expect(page.get_by_text(li.say("experiments:state.stopped")).first).to_be_visible()
    expect(page.get_by_text(li.say("experiments:guard_state.broken"), exact=True)).to_be_visible()
    last = lender.process.state.register.went_live[-1]
    assert (last.release, last.by, last.rolled_back) == (promoted, SYSTEM, True)
    assert "the limit is 50.00 %" in last.note
    for person in people:
        assert person.page.errors == []
        assert person.page.foreign == []


def _guarded_canary(lender):
    """The next challenger, which sends everybody to review, on everybody: it breaks what it may not."""
    register = lender.process.state.register
    policy = register.version(register.live.manifest["policy/application"]).artefact
    flow = [*policy.body["flow"][:-1], {"decide": "end", "then": "review", "reason": "LARGE_AMOUNT"}]
    body = {key: value for key, value in policy.body.items() if key not in {"policy", "examples"}}
    canary = {
        "on": "application",
        "policy": "application",
        "mode": "canary",
        "unit": "person",
        "arms": [{"arm": "champion", "share": 0}, {"arm": "challenger", "share": 100, "policy": "careless"}],
        "metric": {"measure": "approval_rate", "better": "higher", "detect": 0.05, "expected": 0.8},
        "guards": [{"guard": "reviews", "measure": "review_rate", "limit": 0.5, "minimum": 20, "action": "roll_back"}],
    }
    tried = [Artefact.of("policy", "careless", {**body, "flow": flow}), Artefact.of("experiment", "careless", canary)]
    lender.process.push(tried, author="li")
    lender.process.review([one.digest for one in tried], approver="wang")
    lender.process.release({one.key: one.digest for one in tried}, by="wang")


GRAPH = Artefact.of(
    "graph",
    "network",
    {
        "member": "person",
        "events": ["application"],
        "links": [{"identifier": "device", "expires_after": "30d", "hub": 20}],
    },
)


@pytest.fixture
def connected(tmp_path):
    """A lender whose applicants are joined by their devices, with a draft to try."""
    one = Sandbox(tmp_path, key_rate=None, sandbox=False, more=[GRAPH])
    policy = one.process.state.register.latest(ArtefactKey("policy", "application")).artefact
    older = json.loads(json.dumps(policy.body).replace("age < 18", "age < 30"))
    older.pop("examples", None)
    one.process.push([Artefact.of("policy", policy.name, older)], author="li", note="older applicants only")
    yield one
    one.close()


@pytest.mark.parametrize("locale", list(LANGUAGE_OF))
def test_an_a_b_test_by_household_with_several_guard_rails_is_written_without_code(connected, another_browser, locale):
    ann, li = (Person(another_browser(locale), connected.address, locale) for _ in range(2))
    ann.takes_link(f"{connected.address}/welcome#token={connected.access.first_link()}", "ann", "Ann")
    li.takes_link(ann.invites("li", "Li", "strategist"), "li")
    li.goes("/experiments?new=yes")
    panel = li.dialog()
    li.types("households", panel.get_by_role("textbox", name=li.say("experiments:name")).first)
    li.chooses(li.say("experiments:form.of"), "application", panel)
    li.chooses(li.say("experiments:form.version"), "· li", panel)
    li.chooses(li.say("experiments:mode_of"), li.say("experiments:mode.ab"), panel)
    li.chooses(li.say("experiments:unit"), li.say("experiments:form.cluster", graph="network"), panel)
    li.presses("experiments:form.add_guard", within=panel)
    li.presses("experiments:form.add_guard", within=panel)
    latency = panel.get_by_role("group", name=li.say("experiments:measure.approval_rate"), exact=True)
    li.chooses(li.say("experiments:form.guard"), li.say("experiments:measure.latency_ms_p99"), latency)
    li.presses("experiments:form.remove_guard", within=panel, measure=li.say("experiments:measure.decline_rate"))
    li.presses("experiments:form.save", within=panel)
    expect(li.page.get_by_text(li.say("experiments:not_started"))).to_be_visible()
    body = connected.process.state.register.latest(ArtefactKey("experiment", "households")).artefact.body
    assert (body["mode"], body["unit"], body["graph"]) == ("ab", "cluster", "network")
    assert [one["share"] for one in body["arms"]] == [50, 50]
    assert [(one["measure"], one["breached"]) for one in body["guards"]] == [
        ("review_rate", "above"),
        ("latency_ms_p99", "above"),
    ]
    assert [one["limit"] for one in body["guards"]] == [0.3, 20]
    assert li.page.errors == []
