"""Lists and releases in a browser: a list is changed with open eyes and proof, a draft goes live and comes back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from http_face import application, starter_process
from playwright.sync_api import expect

from tandem.kernel.artefacts import Artefact

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import EN, LANGUAGE_OF, row_of, words

pytestmark = pytest.mark.browser

BOTH = pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])
IN_ENGLISH = pytest.mark.parametrize("page", [EN], indirect=True)


@pytest.fixture
def house(tmp_path, serve):
    """A workspace with six decisions about one device."""
    process = starter_process(tmp_path)
    for number in range(6):
        process.decide_now(application(f"first-{number}", device="d-1", age=16 if number == 2 else 34))
    yield from serve(process, tmp_path)


def drafted(process, age: int) -> Artefact:
    """A draft of the live policy with another smallest age."""
    live = process.state.register.live
    key = next(key for key in live.manifest if key.startswith("policy/"))
    artefact = process.state.register.version(live.manifest[key]).artefact
    body = json.loads(json.dumps(artefact.body).replace("age < 18", f"age < {age}"))
    body.pop("examples", None)
    draft = Artefact.of("policy", artefact.name, body)
    process.push([draft], author="ann", note="older applicants only")
    return draft


def button(scope, locale, key, **given):
    return scope.get_by_role("button", name=words(locale, key, **given), exact=True)


def proof(page):
    return page.get_by_test_id("proof")


@BOTH
def test_a_list_is_changed_with_a_preview_and_the_proof_that_it_reached_everybody(page, house, locale):
    page.goto(f"{house.address}/lists")
    row_of(page, "blocked_devices").click()
    button(page, locale, "lists:change").first.click()
    panel = page.get_by_role("dialog")
    panel.get_by_role("textbox").nth(0).fill("d-1\nd-2\n,nobody\n")
    panel.get_by_role("textbox").nth(1).fill("seen in a ring")
    panel.get_by_role("textbox").nth(2).fill("fraud desk")
    button(panel, locale, "lists:preview").click()
    expect(panel).to_contain_text(words(locale, "lists:would_added_other", count=2))
    expect(panel).to_contain_text(words(locale, "lists:hits_count_other", count=6, members=1))
    expect(panel.get_by_role("table", name=words(locale, "lists:rejected"))).to_contain_text("identifier")
    assert len(house.process.state.lists.entries("blocked_devices")) == 0
    button(panel, locale, "lists:apply_add_other", count=2).click()
    expect(panel).to_be_hidden()
    told = words(locale, "propagation:everywhere", after="|").split("|")
    for part in told:
        expect(proof(page)).to_contain_text(part.strip())
    expect(row_of(page, "seen in a ring")).to_have_count(3)  # two entries, and the change itself
    assert len(house.process.state.lists.entries("blocked_devices")) == 2
    assert page.errors == []
    assert page.foreign == []


@IN_ENGLISH
def test_a_member_is_found_by_its_identifier_and_taken_off(page, house):
    house.process.change_list(
        "blocked_devices", {"add": [{"identifier": "d-9", "reason": "a mistake", "source": "test"}]}, by="ann"
    )
    page.goto(f"{house.address}/lists/blocked_devices")
    button(page, EN, "lists:lookup").click()
    page.get_by_role("dialog").get_by_role("textbox").fill("d-9")
    button(page, EN, "lists:lookup_do").click()
    panel = page.get_by_role("dialog").filter(has_text="a mistake")
    expect(panel).to_contain_text(words(EN, "lists:what.added", by="ann"))
    button(panel, EN, "lists:take_off").click()
    bulk = page.get_by_role("dialog").filter(has=page.get_by_role("button", name=words(EN, "lists:preview")))
    button(bulk, EN, "lists:preview").click()
    page.get_by_role("button", name=words(EN, "lists:apply_remove_one", count=1), exact=True).click()
    expect(page.get_by_text(words(EN, "lists:no_entries"))).to_be_visible()
    assert page.errors == []


@BOTH
def test_a_draft_is_read_approved_published_and_rolled_back(page, house, locale):
    first = house.process.live.digest
    draft = drafted(house.process, 40)
    page.goto(f"{house.address}/releases")
    waiting = page.get_by_role("listitem").filter(has_text=draft.name).first
    expect(waiting).to_contain_text("age < 40")
    button(waiting, locale, "releases:approve").click()
    dialog = page.get_by_role("dialog")
    button(dialog, locale, "releases:approve").click()
    expect(dialog).to_be_hidden()
    page.get_by_role("tab", name=words(locale, "releases:tabs.approved")).click()
    plural = "one" if locale == EN else "other"
    button(page, locale, f"releases:publish_count_{plural}", count=1).click()
    expect(dialog).to_contain_text(words(locale, "releases:ready"))
    expect(dialog).to_contain_text(draft.name)
    dialog.get_by_role("textbox").fill("raise the age")
    button(dialog, locale, "releases:publish").click()
    expect(dialog).to_be_hidden()
    expect(row_of(page, "raise the age")).to_be_visible()
    second = house.process.live.digest
    assert second != first
    assert house.process.decide_now(application("after", age=34)).body.count(b'"decline"') == 1
    button(page, locale, "releases:roll_back").click()
    expect(dialog).to_contain_text(first[:12])
    dialog.get_by_role("textbox").fill("too many declined")
    button(dialog, locale, "releases:roll_back").click()
    expect(dialog).to_be_hidden()
    expect(row_of(page, "too many declined")).to_contain_text(words(locale, "releases:rolled_back"))
    expect(proof(page)).to_contain_text(words(locale, "propagation:everywhere", after="|").split("|")[-1].strip())
    assert house.process.live.digest == first
    assert page.errors == []
    assert page.foreign == []


@IN_ENGLISH
def test_a_draft_is_sent_back_with_a_reason(page, house):
    drafted(house.process, 50)
    page.goto(f"{house.address}/releases")
    button(page, EN, "releases:send_back").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").fill("50 is too old")
    button(dialog, EN, "releases:send_back").click()
    page.get_by_role("tab", name=words(EN, "releases:tabs.declined")).click()
    expect(page.get_by_text("50 is too old")).to_be_visible()
    assert page.errors == []


@IN_ENGLISH
def test_a_release_tells_what_it_changed(page, house):
    digest = house.process.live.digest
    page.goto(f"{house.address}/releases/{digest}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(digest[:12])
    expect(page.get_by_text(words(EN, "releases:first"))).to_be_visible()
    assert page.errors == []


@BOTH
def test_a_workspace_without_models_says_how_to_make_one(page, house, locale):
    page.goto(f"{house.address}/models")
    expect(page.get_by_text(words(locale, "models:empty"))).to_be_visible()
    assert page.errors == []
