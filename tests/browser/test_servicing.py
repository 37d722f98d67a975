"""Two people at two browsers: one proposes what costs the lender money, the other sees what it comes to and agrees."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pytest
from playwright.sync_api import expect
from served_sandbox import Sandbox
from till_product import TILL, agreed, till

from tandem.act.lending import AccountBook, AccountId, Request, draw, open_account
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import DAY, SystemClock, days_to_date
from tandem.prove.access import LOCAL, Role

sys.path.insert(0, str(Path(__file__).parent))
from person import Person

pytestmark = pytest.mark.browser
LATE_DAYS = 120
SHOTS = os.environ.get("TANDEM_TEST_SHOTS")


@pytest.fixture(scope="module", params=["en-GB", "zh-CN"])
def locale(request):
    return request.param


@pytest.fixture(scope="module")
def lender(tmp_path_factory, locale):
    """Somebody bought a phone four months ago and has paid nothing since."""
    product = {**TILL, "policies": {"application": "application"}, "servicing": {"waive_alone_minor": 2_000}}
    one = Sandbox(
        tmp_path_factory.mktemp(f"servicing-{locale}"), key_rate=None, sandbox=False,
        more=[Artefact.of("product", "till_limit", product)],
    )  # fmt: skip
    book, today = AccountBook(one.process, SystemClock()), SystemClock().now() // DAY
    for number in (1, 2):
        opening = open_account(
            AccountId(f"acc_{number}"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym(f"{number:032x}"),
            day=today - LATE_DAYS, by="shop", limit_minor=300_000,
        )  # fmt: skip
        terms = agreed(120_000, term=6, on=today - LATE_DAYS)
        book.write(Request(key=f"o{number}", asked=1, change=lambda _, change=opening: change))
        book.write(
            Request(
                key=f"d{number}", asked=1,
                change=lambda accounts, one=number, terms=terms: draw(accounts.numbered(one), "phone", terms, by="shop"),
            )
        )  # fmt: skip
    yield one
    one.close()


@pytest.fixture(scope="module")
def people(browser, lender, locale):
    """Li and Wang, each signed in at a browser of their own."""
    contexts, found = [], []
    for name in ("li", "wang"):
        context = browser.new_context(viewport={"width": 1360, "height": 900}, locale=locale, reduced_motion="reduce")
        contexts.append(context)
        person = Person(context.new_page(), lender.address, locale)
        _, token = lender.access.add_person(name, name.title(), [Role.SERVICER], by=LOCAL)
        person.takes_link(f"{lender.address}/welcome#token={token}", name)
        found.append(person)
    yield found
    for context in contexts:
        context.close()


def does(person, kind):
    """Chooses what to do on an account's page."""
    person.presses("proposals:act")
    person.clicks(person.page.get_by_role("menuitem", name=person.say(f"proposals:kinds.{kind}"), exact=True))
    expect(person.dialog()).to_be_visible()


def test_what_costs_money_is_proposed_by_one_and_agreed_to_by_another(people):
    li, wang = people
    li.goes("/accounts/acc_1")
    does(li, "write_off")
    effect = li.dialog().get_by_role("table", name=li.say("proposals:effect"))
    expect(effect.get_by_role("row").filter(has_text=li.say("accounts:states.written_off"))).to_be_visible()
    expect(li.dialog().get_by_text(li.say("proposals:seconds.writes_off"))).to_be_visible()
    li.chooses(li.say("proposals:reason"), li.say("proposals:reasons.uncollectable"), li.dialog())
    li.types("Gone abroad.", li.dialog().get_by_role("textbox", name=li.say("proposals:note")))
    li.presses("proposals:propose", li.dialog())
    expect(li.dialog()).to_have_count(0)
    expect(li.page.get_by_text(li.say("proposals:states.open"), exact=True)).to_be_visible()

    li.goes("/proposals")
    expect(li.page.get_by_text("Gone abroad.")).to_be_visible()
    expect(li.page.get_by_role("button", name=li.say("proposals:agree"), exact=True)).to_have_count(0)
    expect(li.page.get_by_role("button", name=li.say("proposals:withdraw"), exact=True)).to_be_visible()

    wang.goes("/proposals")
    wang.presses("proposals:agree")
    expect(wang.dialog().get_by_role("table", name=wang.say("proposals:effect"))).to_be_visible()
    wang.presses("proposals:agree", wang.dialog())
    expect(wang.dialog()).to_have_count(0)
    expect(wang.page.get_by_text(wang.say("proposals:empty.open"))).to_be_visible()

    wang.goes("/accounts/acc_1")
    expect(wang.page.get_by_text(wang.say("accounts:states.written_off")).first).to_be_visible()
    row = wang.page.get_by_role("table", name=wang.say("proposals:history")).get_by_role("row").nth(1)
    expect(row).to_contain_text("li")
    expect(row).to_contain_text("wang")


def test_a_small_waiver_is_done_at_once_and_what_is_too_much_says_so(lender, people):
    li, _ = people
    li.goes("/accounts/acc_2")
    does(li, "waive")
    field = li.dialog().get_by_role("textbox", name=li.say("accounts:penalty"))
    li.types("99999", field)
    expect(li.dialog().locator("[data-problem=not_owed]")).to_be_visible()
    li.types("1", field)
    expect(li.dialog().get_by_text(re.compile(r"\D1\.00")).first).to_be_visible()
    li.chooses(li.say("proposals:reason"), li.say("proposals:reasons.goodwill"), li.dialog())
    li.presses("proposals:do", li.dialog())
    expect(li.dialog()).to_have_count(0)
    expect(
        li.page.get_by_role("table", name=li.say("proposals:history")).get_by_text(li.say("proposals:states.done"))
    ).to_be_visible()
    assert any(b'"reason":"goodwill"' in one.clear for one in lender.process.journal.read(kinds=["account"]))


def test_after_a_new_schedule_the_page_of_the_account_shows_that_one_and_since_when(people):
    li, wang = people
    li.goes("/accounts/acc_2")
    does(li, "reschedule")
    for field, given in (("instalments", "18"), ("rate", "3")):
        li.types(given, li.dialog().get_by_role("textbox", name=li.say(f"proposals:{field}")))
    li.chooses(li.say("proposals:reason"), li.say("proposals:reasons.hardship"), li.dialog())
    li.presses("proposals:propose", li.dialog())
    expect(li.dialog()).to_have_count(0)
    wang.goes("/proposals")
    wang.presses("proposals:agree")
    expect(wang.dialog().get_by_role("table", name=wang.say("proposals:effect"))).to_be_visible()
    wang.presses("proposals:agree", wang.dialog())
    expect(wang.dialog()).to_have_count(0)
    wang.goes("/accounts/acc_2")
    on = days_to_date(SystemClock().now() // DAY)
    since = rf"{on.day} \w+ {on.year}" if wang.locale == "en-GB" else f"{on.year}年{on.month}月{on.day}日"
    expect(wang.page.get_by_text(re.compile(rf"{since}\D+18\D.+3\D"))).to_be_visible()
    rows = wang.page.get_by_role("table", name=wang.say("accounts:open")).get_by_role("row")
    expect(rows.nth(1)).to_contain_text(re.compile(r"^1\D?"))
    wang.presses("accounts:all_lines", count=18)
    expect(rows).to_have_count(19)  # with the heading
    if SHOTS:
        wang.page.screenshot(path=f"{SHOTS}/account-anew-{wang.locale}.png", full_page=True)
