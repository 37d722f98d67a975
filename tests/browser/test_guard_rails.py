"""Guard rails on the page: read in words, entered with their faults beside the fields, published like everything else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import starter_process
from playwright.sync_api import expect

from tandem.kernel.artefacts import Artefact

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])


@pytest.fixture
def house(tmp_path, serve):
    yield from serve(starter_process(tmp_path), tmp_path)


def word(locale, key, **given):
    return words(locale, f"releases:guards.{key}", **given)


def enter(panel, locale, field, text):
    panel.get_by_label(word(locale, f"fields.{field}"), exact=True).fill(text)


def told(locale, *, least, most):
    return word(locale, "words.outside", least=least, most=most)


@BOTH
def test_a_guard_rail_is_entered_in_words_approved_published_changed_and_taken_out(page, house, locale):
    def press(scope, key, **given):
        scope.get_by_role("button", name=words(locale, f"releases:{key}", **given), exact=True).first.click()

    page.goto(f"{house.address}/releases")
    expect(page.get_by_text(word(locale, "none"), exact=True)).to_be_visible()
    press(page, "guards.add")
    panel = page.get_by_role("dialog")
    press(panel, "guards.save")
    for fault in ("name", "policy", "no_limit"):
        expect(panel.get_by_text(word(locale, f"faults.{fault}"))).to_be_visible()
    panel.get_by_label(word(locale, "fields.name")).fill("lending")
    panel.get_by_role("combobox", name=word(locale, "fields.policy")).click()
    page.get_by_role("option", name="application", exact=True).click()
    enter(panel, locale, "approvalMin", "75")
    enter(panel, locale, "approvalMax", "60")
    expect(panel.get_by_text(word(locale, "faults.band"))).to_be_visible()
    enter(panel, locale, "approvalMin", "35")
    enter(panel, locale, "latency", "50")
    expect(panel.get_by_text(word(locale, "faults.band"))).to_be_hidden()
    sentence = panel.get_by_test_id("guard-in-words")
    expect(sentence).to_contain_text(told(locale, least="35", most="60"))
    expect(sentence).to_contain_text(word(locale, "words.slow", latency="50"))
    press(panel, "guards.save")
    expect(panel).to_be_hidden()
    expect(page.get_by_test_id("guard-in-words")).to_contain_text(told(locale, least="35", most="60"))

    register = house.process.state.register
    (key,) = register.keys("guard")
    assert register.latest(key).artefact.body == {
        "policy": "application",
        "window_minutes": 60,
        "minimum": 200,
        "approval_rate": {"min": 0.35, "max": 0.6},
        "latency_ms_p99": 50,
    }
    press(page, "approve")
    press(page.get_by_role("dialog"), "approve")
    page.get_by_role("tab", name=words(locale, "releases:tabs.approved")).click()
    press(page, f"publish_count_{'one' if locale == EN else 'other'}", count=1)
    page.get_by_role("dialog").get_by_role("textbox").fill("a limit")
    press(page.get_by_role("dialog"), "publish")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert [one.name for one in house.process.state.live.guards] == ["lending"]

    press(page, "guards.change_title", name="lending")
    enter(panel, locale, "approvalMax", "90")
    press(panel, "guards.save")
    expect(panel).to_be_hidden()
    expect(page.get_by_test_id("guard-in-words")).to_have_count(2)  # as it is, and as it is proposed

    press(page, "guards.remove_title", name="lending")
    page.get_by_role("dialog").get_by_role("textbox").fill("not needed")
    press(page.get_by_role("dialog"), "guards.remove")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert house.process.state.live.guards == ()
    assert page.errors == []
    assert page.foreign == []


@pytest.mark.parametrize("page", [EN], indirect=True)
def test_after_a_guard_rail_acted_the_page_says_that_it_rests(page, house):
    guard = Artefact.of("guard", "lending", {"policy": "application", "approval_rate": {"min": 0.5}})
    house.process.push([guard], author="ann")
    house.process.review([guard.digest], approver="bob")
    house.process.release({guard.key: guard.digest}, by="bob")
    kept = house.process.live.digest
    other = Artefact.of("guard", "other", {"policy": "application", "error_share": 0.1})
    house.process.push([other], author="ann")
    house.process.review([other.digest], approver="bob")
    house.process.release({other.key: other.digest}, by="bob")
    house.process.roll_back(by="guard rail", note="lending: approval_rate is 0.1", to=kept)
    page.goto(f"{house.address}/releases")
    expect(page.get_by_text(word(EN, "resting"))).to_be_visible()
    axe = (Path(__file__).parents[2] / "console/node_modules/axe-core/axe.min.js").read_text("utf-8")
    page.get_by_role("button", name=word(EN, "add"), exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()
    page.evaluate(axe)
    found = page.evaluate("axe.run(document)")
    assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
    assert page.errors == []
