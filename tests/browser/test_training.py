"""A business user trains on real loans without code, reads the report, makes a draft; a second person approves it and puts it live."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest
from lender_month import LABEL, Month
from playwright.sync_api import expect
from served_sandbox import Sandbox
from training_table import CREDIT_DATA

sys.path.insert(0, str(Path(__file__).parent))
from person import li_and_wang

pytestmark = [pytest.mark.browser, pytest.mark.timeout(900)]

PATIENCE_MS = 240_000
"""Of a training and of a look, on two cores that may be shared with the tests beside it."""


@pytest.fixture
def lender(tmp_path):
    one = Sandbox(tmp_path, key_rate=None, sandbox=False)
    yield one
    one.close()


@pytest.fixture
def people(lender, another_browser, request):
    """The admin, a strategist who trains, and an approver."""
    return li_and_wang(lender, another_browser, request.param, "strategist")


def goes_on(person, step):
    """To the next step, once it may be gone to."""
    button = person.page.get_by_role(
        "button", name=person.say("training:next", step=person.say(f"training:steps.{step}"))
    )
    expect(button).to_be_enabled(timeout=PATIENCE_MS)
    person.clicks(button)


def gives_the_table(person):
    page = person.page
    person.goes("/training")
    expect(page.get_by_text(person.say("training:empty"), exact=True)).to_be_visible()
    person.clicks(page.get_by_role("link", name=person.say("training:train")).first)
    page.locator("input[type=file]").set_input_files(CREDIT_DATA)
    columns = page.get_by_role("table", name=person.say("training:data.columns"))
    expect(columns).to_be_visible(timeout=PATIENCE_MS)
    expect(columns.get_by_role("row").filter(has_text="Marital")).to_contain_text(
        person.say("training:grounds.marital_status")
    )


def answers_the_questions(person):
    """Through the steps; what was suggested holds, but for one column more that may not be used."""
    page = person.page
    goes_on(person, "what")
    outlook = person.say("training:what.outlook", bads="1,254", rows="4,454", share="28.2%")
    expect(page.get_by_text(outlook)).to_be_visible(timeout=PATIENCE_MS)
    goes_on(person, "when")
    expect(page.get_by_role("radio", name=person.say("training:when.without"))).to_be_checked()
    goes_on(person, "not")
    for forbidden in ("Age", "Marital"):
        expect(page.get_by_role("checkbox", name=forbidden)).to_be_checked()
    proxies = page.get_by_role("listitem").filter(has_text="Expenses").filter(has_text="Marital")
    expect(proxies).to_be_visible(timeout=PATIENCE_MS)
    person.clicks(proxies.get_by_role("button"))
    expect(proxies).to_have_count(0)
    goes_on(person, "how")
    person.clicks(page.get_by_role("radio", name=person.say("training:explains.strictly")))
    person.types("loans", page.get_by_role("textbox", name=person.say("training:how.name")))


def lets_compete(person, *families):
    """Kinds of models chosen by hand, among those installed."""
    page = person.page
    person.clicks(page.get_by_role("button", name=person.say("training:how.advanced")))
    words = [person.say(f"training:families.{one}") for one in families]
    person.clicks(page.get_by_role("combobox", name=person.say("training:how.families")))
    for one in words:  # the list stays open until one is through
        person.clicks(page.get_by_role("option", name=one, exact=True))
    page.keyboard.press("Escape")
    expect(page.get_by_text(", ".join(words), exact=True)).to_be_visible()


def trains(person):
    page = person.page
    button = page.get_by_role("button", name=person.say("training:how.train"), exact=True)
    expect(button).to_be_enabled(timeout=PATIENCE_MS)
    person.clicks(button)
    page.wait_for_url("**/training/trn_*")
    expect(page.get_by_role("heading", name=person.say("training:cut.title"))).to_be_visible(timeout=PATIENCE_MS)


@pytest.mark.parametrize("people", ["en-GB", "zh-CN"], indirect=True)
def test_one_trains_without_code_and_another_approves_what_goes_live(lender, people):
    li, wang = people
    page = li.page
    gives_the_table(li)
    answers_the_questions(li)
    page.reload()
    expect(page.get_by_role("radio", name=li.say("training:explains.strictly"))).to_be_checked(timeout=PATIENCE_MS)
    expect(page.get_by_text("Age, Marital, Expenses")).to_be_visible(timeout=PATIENCE_MS)
    trains(li)
    title = li.say("training:report.title", champion=li.say("training:families.scorecard"))
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.get_by_role("region", name="Age")).to_contain_text(li.say("training:segments.forbidden"))
    expect(page.get_by_role("region", name="Income").first).to_be_visible()
    slider = page.get_by_role("slider", name=li.say("training:cut.slider"))
    before = page.get_by_text(li.say("training:cut.bad_rate")).locator("xpath=following-sibling::dd").inner_text()
    slider.focus()
    for _ in range(10):
        li.strikes("ArrowLeft")
    expect(slider).to_have_attribute("aria-valuenow", "70")
    after = page.get_by_text(li.say("training:cut.bad_rate")).locator("xpath=following-sibling::dd").inner_text()
    assert float(after.rstrip("%")) < float(before.rstrip("%")), "fewer go bad where fewer are approved"
    li.clicks(page.get_by_role("tab", name=li.say("training:tabs.compare")))
    expect(page.get_by_text(li.say("training:live.none"))).to_be_visible()

    li.clicks(page.get_by_role("tab", name=li.say("training:tabs.draft")))
    li.types("The income is low", page.get_by_role("textbox", name=li.say("training:draft.in_en_of", name="Income")))
    li.types("收入偏低", page.get_by_role("textbox", name=li.say("training:draft.in_zh_of", name="Income")))
    li.presses("training:draft.make")
    expect(page.get_by_role("heading", name=li.say("training:draft.made"))).to_be_visible()
    model = lender.process.state.register.latest(next(iter(lender.process.state.register.keys("model"))))
    assert (model.artefact.name, model.author) == ("loans", "li")

    approved = {one.artefact.digest for one in drafts(lender)}
    assert len(approved) == 2, "the model, and words for its reasons"
    approves_and_publishes(wang, lender, approved)
    live = lender.process.live
    assert "loans" in live.models
    assert live.catalogue.reasons["R_INCOME"].customer.zh_cn == "收入偏低"

    # The next training is held against what is live now.
    page.reload()
    li.presses("training:again")
    lets_compete(li, "scorecard", "logistic")
    trains(li)
    rivals = page.get_by_role("table", name=li.say("training:rivals.title"))
    expect(rivals).to_contain_text(li.say("training:families.logistic"))
    li.clicks(page.get_by_role("tab", name=li.say("training:tabs.compare")))
    figures = page.get_by_role("table", name=li.say("training:live.figures"))
    expect(figures).to_be_visible()
    expect(page.get_by_text(li.say("training:live.learned_from"))).to_be_visible()
    li.goes("/training")
    grid = page.get_by_role("grid", name=li.say("training:title"))
    expect(grid.get_by_role("row").filter(has_text="loans")).to_have_count(2)
    assert page.errors == []
    assert page.foreign == []


def keep_a_set(lender, folder):
    """A set of half a year of another lender's decisions, kept here as `tandem dataset build --name loans` would."""
    month = Month(folder / "elsewhere", LABEL)
    try:
        rng = random.Random(7)
        for number in range(200):
            amount = rng.randint(1_000, 90_000)
            late = rng.random() < (0.7 if amount > 60_000 else 0.15)
            month.decide(number, day=number / 2, age=rng.randint(18, 59), amount_minor=amount)
            month.tell(number, day=number / 2 + 0.2, days_late=120 if late else 0)
        month.decide(200, day=190)
        built = month.build(forbid=("age",))
    finally:
        month.close()
    lender.trainings.sets.put(built.manifest, built.rows, built.declined, "loans")


def changes_a_bin(person, column):
    """Takes the first break away, says why, and trains again."""
    page = person.page
    person.clicks(page.get_by_role("button", name=person.say("training:bins.change_named", name=column)))
    dialog = person.dialog()
    again = dialog.get_by_role("button", name=person.say("training:bins.again"))
    expect(again).to_be_disabled()
    dialog.get_by_role("button", name=person.say("training:bins.remove", edge="").strip()).first.click()
    person.types("one bin is too thin", dialog.get_by_role("textbox", name=person.say("training:bins.reason")))
    before = page.url
    person.clicks(again)
    page.wait_for_url(lambda url: "/training/trn_" in url and url != before)
    expect(page.get_by_role("heading", name=person.say("training:cut.title"))).to_be_visible(timeout=PATIENCE_MS)
    expect(page.get_by_text("one bin is too thin (li)")).to_be_visible()


@pytest.mark.parametrize("people", ["zh-CN"], indirect=True)
def test_one_trains_on_what_was_decided_here_and_the_set_says_what_happened_and_when(lender, people, tmp_path):
    li, _ = people
    page = li.page
    li.goes("/training/new")
    expect(page.get_by_text(li.say("training:data.no_sets"))).to_be_visible()
    keep_a_set(lender, tmp_path)
    page.reload()
    li.clicks(page.get_by_role("button", name=li.say("training:data.use_named", name="loans")))
    columns = page.get_by_role("table", name=li.say("training:data.columns"))
    expect(columns).to_be_visible(timeout=PATIENCE_MS)
    expect(columns).not_to_contain_text("decision_outcome")
    goes_on(li, "what")
    expect(page.get_by_text(li.say("training:what.settled"))).to_be_visible()
    goes_on(li, "when")
    expect(page.get_by_text(li.say("training:when.settled"))).to_be_visible()
    goes_on(li, "not")
    expect(page.get_by_text(li.say("training:not.locked"))).to_contain_text("age")
    goes_on(li, "how")
    li.clicks(page.get_by_role("radio", name=li.say("training:explains.strictly")))
    trains(li)
    (run,) = lender.trainings.runs.all()
    assert (run.called, lender.trainings.runs.report(run.training_id).figures["data"]["split"]) == (
        "loans",
        "out_of_time",
    )
    changes_a_bin(li, "amount_minor")
    newest, first = lender.trainings.runs.all()
    (edit,) = newest.asked.bin_edits
    cuts = {one["name"]: one["edges"] for one in lender.trainings.runs.report(first.training_id).figures["bins"]}
    assert (edit.who, edit.reason, list(edit.at)) == ("li", "one bin is too thin", cuts["amount_minor"][1:])
    li.presses("training:again")
    expect(page.get_by_role("button", name=li.say("training:how.train"), exact=True)).to_be_enabled(timeout=PATIENCE_MS)
    expect(page.get_by_text("amount_minor: one bin is too thin")).to_be_visible()
    assert page.errors == []
    assert page.foreign == []


@pytest.mark.parametrize("people", ["en-GB"], indirect=True)
def test_a_file_given_before_the_page_knows_its_limits_is_not_lost(people):
    li, _ = people
    page = li.page
    held, holding = [], [True]

    def hold(route):
        if route.request.method == "GET" and holding:
            held.append(route)
        else:
            route.continue_()

    page.route("**/v1/training-uploads", hold)
    li.goes("/training/new")
    expect(page.get_by_role("button", name=li.say("training:data.choose"))).to_be_disabled()
    page.locator("input[type=file]").set_input_files(CREDIT_DATA)
    holding.clear()
    for route in held:
        route.continue_()
    expect(page.get_by_role("table", name=li.say("training:data.columns"))).to_be_visible(timeout=PATIENCE_MS)
    assert held
    assert page.errors == []


def approves_and_publishes(wang, lender, digests):
    """Both drafts of another person, together."""
    wang.goes("/releases")
    for _ in digests:
        wang.presses("releases:approve")
        wang.presses("releases:approve", within=wang.dialog())
        expect(wang.dialog()).to_have_count(0)
    wang.clicks(wang.page.get_by_role("tab", name=wang.say("releases:tabs.approved")))
    wang.presses("releases:publish_count_other", count=len(digests))
    expect(wang.dialog()).to_contain_text(wang.say("releases:ready"))
    wang.types("A first model for loans.", wang.dialog().get_by_role("textbox"))
    wang.presses("releases:publish", within=wang.dialog())
    expect(wang.dialog()).to_have_count(0)
    assert set(lender.process.state.register.live.manifest.values()) >= digests


def drafts(lender):
    register = lender.process.state.register
    newest = [register.latest(key) for kind in ("model", "reasons") for key in register.keys(kind)]
    return [one for one in newest if one.author == "li"]
