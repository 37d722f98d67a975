"""A strategist changes a policy: by mouse, by keyboard and as text; nothing that is live moves until it is published."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from http_face import starter_process
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, words

from tandem.kernel.artefacts import Artefact

pytestmark = pytest.mark.browser


def word(key, locale=EN, **given):
    return words(locale, f"studio:{key}", **given)


def holds_together(page, locale=EN):
    expect(page.get_by_text(word("holds_together", locale), exact=True)).to_be_visible()


def open_policy(page, site, query="", locale=EN):
    page.goto(f"{site.address}/studio/application{query}")
    holds_together(page, locale)


def policy_text(page):
    return page.evaluate(
        "() => [...document.querySelectorAll('section .cm-content .cm-line')].map((line) => line.textContent).join('\\n')"
    )


def test_a_policy_is_opened_from_the_list_and_drawn(page, site):
    page.goto(f"{site.address}/studio")
    page.get_by_text("application").first.wait_for()
    page.locator("[role=row]").filter(has_text="application").last.click()
    holds_together(page)
    page.locator(".react-flow__node").filter(has_text="knock_out").wait_for()
    assert page.locator(".react-flow__node").count() == 6
    assert page.errors == []
    assert page.foreign == []


ONCE_IN_THE_MIDDLE = """async () => {
    const middle = (kind) => {
        const box = document.querySelector(kind).getBoundingClientRect();
        return (box.left + box.right) / 2;
    };
    const away = () => Math.abs(middle(".react-flow__node") - middle(".react-flow"));
    for (let frames = 300; away() > 20 && frames > 0; frames -= 1) await new Promise(requestAnimationFrame);
    return away();
}"""


def test_the_drawing_stays_in_the_middle_when_a_stage_opens_beside_it(page, site):
    open_policy(page, site)
    page.locator(".react-flow__node").filter(has_text="knock_out").click()
    page.locator("aside").get_by_text("too_young").first.wait_for()
    assert page.evaluate(ONCE_IN_THE_MIDDLE) <= 20
    page.get_by_role("button", name=word("close_stage")).click()
    assert page.evaluate(ONCE_IN_THE_MIDDLE) <= 20
    assert page.errors == []


def test_a_rule_added_by_keyboard_is_found_wrong_then_right_and_the_text_follows(page, site):
    open_policy(page, site, "?stage=flow[1]")
    page.keyboard.press("n")
    page.locator("aside .cm-content").wait_for()
    page.keyboard.type("agee > 70")
    page.keyboard.press("Escape")
    page.get_by_role("button").filter(has_text="Unknown column (agee)").wait_for()
    assert "age" in page.get_by_role("tabpanel").inner_text()
    for _ in range(len("e > 70")):
        page.keyboard.press("Backspace")
    page.keyboard.type(" > 70")
    page.keyboard.press("Escape")
    page.locator("aside").get_by_text("age is more than 70").first.wait_for()
    holds_together(page)
    page.get_by_text("Text", exact=True).click()
    page.get_by_text("rule: new_rule").first.wait_for()
    assert "{rule: new_rule, when: age > 70}" in policy_text(page)
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_role("button", name="Undo").first.click()
    page.get_by_text("rule: new_rule").first.wait_for(state="detached")
    assert page.errors == []


def test_what_is_written_as_text_is_drawn(page, site):
    open_policy(page, site, "?view=text")
    line = page.locator("section .cm-line").filter(has_text="knock_out")
    line.click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("_x")
    page.get_by_text("Not saved").wait_for()
    page.get_by_text("Flow", exact=True).click()
    page.locator(".react-flow__node").filter(has_text="knock_ou_xt").wait_for()
    assert page.errors == []


def test_a_decision_table_is_filled_like_a_spreadsheet_and_marked_as_one_types(page, site):
    open_policy(page, site)
    page.get_by_role("button", name="Add a stage").click()
    page.get_by_role("menuitem", name="Decision table").click()
    grid = page.get_by_role("grid", name="Rows of new_table")
    grid.focus()
    page.keyboard.type("< 1000")
    page.keyboard.press("Tab")
    page.keyboard.type("7")
    page.keyboard.press("Enter")
    page.locator("aside").get_by_text("No row covers").wait_for()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "< 1000\\t7\\n< 500\\t8\\n>= 1000\\t9\\nmissing\\t0");
            const grid = document.querySelector("[role=grid]");
            grid.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    page.keyboard.press("Home")
    page.locator("[role=gridcell]").filter(has_text="< 500").wait_for()
    assert page.errors == []


def test_an_unsaved_draft_is_guarded_and_taken_up_again(page, site):
    open_policy(page, site, "?stage=start")
    page.get_by_label("Description").fill("Who gets a loan.")
    page.get_by_text("Not saved").wait_for()
    page.get_by_role("link", name="Policy studio").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Leave").click()
    open_policy(page, site)
    page.get_by_role("button", name="Take them up again").click()
    page.get_by_text("Not saved").wait_for()
    assert page.errors == []


@pytest.mark.parametrize(
    ("page", "locale", "age"), [("en-GB", "en-GB", "7"), ("zh-CN", "zh-CN", "9")], indirect=["page"]
)
def test_a_draft_is_saved_approved_published_and_rolled_back(page, site, locale, age):
    def press(key, within=page):
        within.get_by_role("button", name=word(key, locale), exact=True).and_(page.locator(":enabled")).last.click()

    register = site.process.state.register
    before = register.live.digest
    open_policy(page, site, "?stage=flow[1]", locale)
    page.locator("[data-title]").first.click()
    page.locator("aside .cm-content").click()
    page.keyboard.press("End")
    page.keyboard.press("Backspace")
    page.keyboard.type(age)
    expect(page.get_by_text(word("unsaved", locale))).to_be_visible()
    press("save.title")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("listitem").first).to_contain_text("too_young")
    dialog.get_by_role("textbox").fill("Another age.")
    press("save.act", dialog)
    expect(dialog).to_be_hidden()
    assert register.live.digest == before
    press("versions.approve")
    dialog.get_by_role("textbox").fill("Looked at.")
    press("versions.approve", dialog)
    expect(dialog).to_be_hidden()
    press("versions.publish")
    press("versions.publish", dialog)
    expect(dialog).to_be_hidden()
    assert register.live.digest != before
    press("versions.roll_back")
    dialog.get_by_role("textbox").fill("Back.")
    press("versions.roll_back", dialog)
    expect(dialog).to_be_hidden()
    assert register.live.digest == before
    assert page.errors == []


@pytest.fixture
def own_site(tmp_path, serve):
    """A workspace in which a test may save versions."""
    yield from serve(starter_process(tmp_path), tmp_path)


@pytest.mark.parametrize(("page", "locale"), [("en-GB", "en-GB"), ("zh-CN", "zh-CN")], indirect=["page"])
def test_a_version_that_another_saves_meanwhile_is_told_and_what_is_open_stays_until_it_is_opened(
    page, own_site, locale
):
    register = own_site.process.state.register
    live = register.version(register.live.manifest["policy/application"]).artefact
    open_policy(page, own_site, locale=locale)
    draft = Artefact.of("policy", "application", {**live.body, "when_missing": "decline"})
    own_site.process.push([draft], author="wang")
    notice = page.get_by_role("status").filter(has_text=word("newer.there", locale, author="wang"))
    expect(page.locator("header").get_by_text(word("state.live", locale), exact=True).last).to_be_visible()
    notice.get_by_role("button", name=word("newer.compare", locale)).click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Escape")
    notice.get_by_role("button", name=word("newer.open", locale)).click()
    expect(page.get_by_text(word("state.draft", locale), exact=True).first).to_be_visible()
    expect(notice).to_have_count(0)
    own_site.process.decline([draft.digest], by="li", reason="not so")
    page.get_by_role("tab", name=word("tab.versions", locale)).click()
    expect(page.get_by_text(word("versions.sent_back", locale, by="li", reason="not so"))).to_be_visible()
    assert page.errors == []


def test_every_view_is_free_of_accessibility_faults(page, site):
    axe = (Path(__file__).parents[2] / "console/node_modules/axe-core/axe.min.js").read_text("utf-8")
    for query in (
        "?stage=flow[1]",
        "?stage=flow[0]&view=outline&tab=versions",
        "?view=text&tab=words",
        "?stage=start&tab=examples",
    ):
        open_policy(page, site, query)
        page.evaluate(axe)
        found = page.evaluate("axe.run(document)")
        assert [(one["id"], one["nodes"][0]["html"]) for one in found["violations"]] == []
