"""Bank files and provisions in a browser: a statement is taken in, what nobody could place is placed, orders go out, stages say why.

Wu and Xu work on accounts, Ana works on cases, Vi looks. What somebody may not do is not offered to them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bank_side import Moved, statement, status_report
from playwright.sync_api import expect
from provision_material import RULES
from served_sandbox import Sandbox
from till_product import TILL, agreed, till

from tandem.act.bank_files import reference_of
from tandem.act.lending import AccountBook, AccountId, Request, draw, open_account
from tandem.kernel.artefacts import Artefact
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import DAY, SystemClock
from tandem.prove.access import LOCAL, Role

sys.path.insert(0, str(Path(__file__).parent))
from person import PASSWORDS, Person

pytestmark = pytest.mark.browser
LATE_DAYS = 120
PARTIES = "account_id,name,iban\nacc_2,A. Customer,GB33BUKB20201555555555\nacc_none,Nobody,GB33BUKB20201555555555\n"
ROLES = {"wu": Role.SERVICER, "xu": Role.SERVICER, "ana": Role.ANALYST, "vi": Role.VIEWER}


@pytest.fixture(scope="module", params=["en-GB", "zh-CN"])
def locale(request):
    return request.param


def _accounts(process):
    """Two phones: one of four months ago that nobody pays, one of today."""
    book, today = AccountBook(process, SystemClock()), SystemClock().now() // DAY
    for number, age in ((1, LATE_DAYS), (2, 0)):
        opening = open_account(
            AccountId(f"acc_{number}"), till(), Digest("d" * 64), owner_kind="person", owner=Pseudonym(f"{number:032x}"),
            day=today - age, by="shop", limit_minor=300_000,
        )  # fmt: skip
        terms = agreed(120_000, term=6, on=today - age)
        book.write(Request(key=f"o{number}", asked=1, change=lambda _, change=opening: change))
        book.write(
            Request(
                key=f"d{number}", asked=1,
                change=lambda accounts, one=number, terms=terms: draw(accounts.numbered(one), "phone", terms, by="shop"),
            )
        )  # fmt: skip


@pytest.fixture(scope="module")
def lender(tmp_path_factory, locale):
    product = {**TILL, "policies": {"application": "application"}}
    more = [Artefact.of("product", "till_limit", product), Artefact.of("provision_rules", "ifrs9", RULES)]
    one = Sandbox(tmp_path_factory.mktemp(f"bank-{locale}"), key_rate=None, sandbox=False, more=more)
    _accounts(one.process)
    yield one
    one.close()


@pytest.fixture(scope="module")
def people(browser, lender, locale):
    contexts, found = [], {}
    for name, role in ROLES.items():
        context = browser.new_context(
            viewport={"width": 1360, "height": 900}, locale=locale, reduced_motion="reduce", accept_downloads=True
        )
        contexts.append(context)
        person = Person(context.new_page(), lender.address, locale)
        _, token = lender.access.add_person(name, name.title(), [role], by=LOCAL)
        person.takes_link(f"{lender.address}/welcome#token={token}", name)
        found[name] = person
    yield found
    for context in contexts:
        context.close()


@pytest.fixture(scope="module", autouse=True)
def passwords():
    PASSWORDS.update({name: f"eleven idle silver bridges {name}" for name in ROLES})


def takes(person, name, xml):
    """Takes in a file through the page, and reads what came of it."""
    person.presses("bank:take")
    person.dialog().locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": "application/xml", "buffer": xml}
    )
    person.presses("bank:take_do", within=person.dialog())


def statement_of_today(*, name="STMT-1", more=()):
    today = SystemClock().now() // DAY
    known = Moved(amount=21_000, day=today, ref="B-1", words=reference_of(1, "phone"), currency="CNY")
    lost = Moved(amount=5_000, day=today, ref="B-2", words="from my aunt", party="Aunt <b>Li</b>", currency="CNY")
    return statement([known, lost, *more], name=name, currency="CNY")


def test_a_statement_is_taken_in_and_what_nobody_could_place_is_placed_by_a_person(people):
    wu, ana, vi = people["wu"], people["ana"], people["vi"]
    wu.goes("/bank")
    expect(wu.page.get_by_text(wu.say("bank:no_item"), exact=True)).to_be_visible()
    takes(wu, "statement.xml", statement_of_today())
    came = wu.dialog().get_by_role("table", name=wu.say("bank:came"))
    expect(came.get_by_role("row")).to_have_count(3)
    wu.presses("bank:finish", within=wu.dialog())
    grid = wu.page.get_by_role("grid", name=wu.say("bank:tabs.items"))
    expect(grid.get_by_text(wu.say("bank:why.no_reference"), exact=True)).to_be_visible()
    expect(grid.get_by_text("Aunt <b>Li</b>", exact=True)).to_be_visible()
    # who works on accounts sees what waits, and does not say what it is
    grid.get_by_text("Aunt <b>Li</b>", exact=True).click()
    expect(wu.dialog().get_by_text(wu.say("bank:place_forbidden"), exact=True)).to_be_visible()
    # who looks sees neither the item nor a button
    vi.goes("/bank")
    expect(vi.page.get_by_text(vi.say("bank:items_forbidden"), exact=True)).to_be_visible()
    expect(vi.page.get_by_role("button", name=vi.say("bank:take"), exact=True)).to_have_count(0)
    # by the number of the account, as people say it
    ana.goes("/bank")
    expect(ana.page.get_by_role("button", name=ana.say("bank:take"), exact=True)).to_have_count(0)
    ana.page.get_by_role("grid").get_by_text("Aunt <b>Li</b>", exact=True).click()
    ana.types("999", ana.dialog().get_by_role("textbox", name=ana.say("bank:account")))
    expect(ana.dialog().get_by_text(ana.say("bank:no_account"), exact=True)).to_be_visible()
    ana.types("1", ana.dialog().get_by_role("textbox", name=ana.say("bank:account")))
    ana.presses("bank:place", within=ana.dialog())
    expect(ana.page.get_by_text(ana.say("bank:no_item"), exact=True)).to_be_visible()
    ana.goes("/accounts/acc_1")
    happened = ana.page.get_by_role("table", name=ana.say("accounts:happened"))
    expect(happened.get_by_text(ana.say("accounts:facts.paid"), exact=True)).to_have_count(2)


def test_a_file_that_contradicts_itself_is_refused_with_its_place_and_the_same_one_again_changes_nothing(people):
    wu = people["wu"]
    wu.goes("/bank?tab=files")
    takes(wu, "again.xml", statement_of_today())
    expect(wu.dialog().get_by_text(wu.say("bank:again"), exact=True)).to_be_visible()
    wu.presses("bank:take_another", within=wu.dialog())
    bad = statement([Moved(amount=5, day=20_500, currency="CNY")], closing=1, currency="CNY", name="BAD")
    wu.dialog().locator("input[type=file]").set_input_files({"name": "b.xml", "mimeType": "text/xml", "buffer": bad})
    wu.presses("bank:take_do", within=wu.dialog())
    expect(wu.dialog().locator("[data-problem=balance_differs]")).to_contain_text(wu.say("bank:nothing_taken"))
    wu.presses("bank:cancel", within=wu.dialog())
    grid = wu.page.get_by_role("grid", name=wu.say("bank:tabs.files"))
    expect(grid.get_by_role("gridcell", name=wu.say("bank:versions.camt_053"), exact=True)).to_have_count(1)
    grid.get_by_text("STMT-1", exact=True).click()
    expect(wu.dialog().get_by_role("table", name=wu.say("bank:came"))).to_be_visible()


def orders_file(person, message):
    """Goes to a payment file by the list of them."""
    person.goes("/bank?tab=orders")
    person.page.get_by_role("grid", name=person.say("bank:tabs.orders")).get_by_role("gridcell").first.click()
    expect(person.page.get_by_role("grid", name=person.say("bank:tabs.orders"))).to_contain_text(message)


def test_a_payment_file_is_made_by_one_agreed_to_by_another_and_followed_until_the_bank_refuses_it(people):
    wu, xu, vi = people["wu"], people["xu"], people["vi"]
    wu.goes("/bank?tab=orders")
    wu.presses("bank:make")
    form = wu.dialog()
    wu.types("Example Lender", form.get_by_role("textbox", name=wu.say("bank:sender_name")))
    wu.types("DE89 3704 0044 0532 0130 00", form.get_by_role("textbox", name=wu.say("bank:sender_account")))
    wu.types("CNY", form.get_by_role("textbox", name=wu.say("bank:currency")))
    give = form.locator("input[type=file]").set_input_files
    give({"name": "p.csv", "mimeType": "text/csv", "buffer": b"account_id,iban\nacc_2,GB33BUKB20201555555555\n"})
    expect(form.get_by_role("table", name=wu.say("bank:faults")).get_by_text("name", exact=True)).to_be_visible()
    give({"name": "p.csv", "mimeType": "text/csv", "buffer": PARTIES.encode()})
    wu.presses("bank:make_do", within=form)
    left = wu.dialog().get_by_role("table", name=wu.say("bank:left_head"))
    expect(left.get_by_text(wu.say("bank:left_why.unknown_account"), exact=True)).to_be_visible()
    # nothing to take to the bank yet, and no word in it for whoever made it
    expect(wu.dialog().get_by_text(wu.say("bank:proposed_next"), exact=True)).to_be_visible()
    expect(wu.dialog().get_by_role("button", name=wu.say("bank:download"), exact=True)).to_have_count(0)
    wu.presses("bank:finish", within=wu.dialog())
    orders_file(wu, "acc_2")
    lines = wu.page.get_by_role("grid", name=wu.say("bank:tabs.orders"))
    expect(lines.get_by_text(wu.say("bank:order_states.proposed"), exact=True)).to_be_visible()
    expect(wu.page.get_by_text(wu.say("bank:waits_for_second"), exact=True)).to_be_visible()
    for verb in ("agree", "decline", "download"):
        expect(wu.page.get_by_role("button", name=wu.say(f"bank:{verb}"), exact=True)).to_have_count(0)
    # who looks sees that it waits, and not who is paid
    orders_file(vi, "acc_2")
    expect(vi.page.get_by_text(vi.say("bank:waits_for_servicer"), exact=True)).to_be_visible()
    expect(vi.page.get_by_text("A. Customer", exact=True)).to_have_count(0)
    # another person sees who is paid, and not the whole account
    orders_file(xu, "A. Customer")
    expect(xu.page.get_by_text(f"GB{'•' * 16}5555", exact=True)).to_be_visible()
    xu.presses("bank:agree")
    xu.presses("bank:agree", within=xu.dialog())
    expect(xu.page.get_by_text(xu.say("bank:agreed_by"), exact=True)).to_be_visible()
    with xu.page.expect_download() as got:
        xu.presses("bank:download")
    written = Path(got.value.path()).read_text(encoding="utf-8")
    assert written.startswith("<?xml")
    assert "pain.001.001.09" in written
    assert "<IBAN>GB33BUKB20201555555555</IBAN>" in written
    message, end = (written.partition(f"<{tag}>")[2].partition("<")[0] for tag in ("MsgId", "EndToEndId"))
    wu.goes(f"/bank/orders/{message}")
    expect(lines.get_by_text(wu.say("bank:order_states.sent"), exact=True)).to_be_visible()
    wu.goes("/bank")
    takes(wu, "status.xml", status_report(message, [(end, "RJCT", "AC04")]))
    wu.presses("bank:finish", within=wu.dialog())
    wu.goes(f"/bank/orders/{message}")
    expect(lines.get_by_text(wu.say("bank:order_states.rejected"), exact=True)).to_be_visible()
    expect(lines).to_contain_text(wu.say("bank:reasons.AC04"))


def test_all_accounts_are_measured_and_each_says_why_it_is_in_its_stage(people):
    wu, vi = people["wu"], people["vi"]
    vi.goes("/provisions")
    expect(vi.page.get_by_text(vi.say("provisions:no_run_hint_other"), exact=True)).to_be_visible()
    expect(vi.page.get_by_role("button", name=vi.say("provisions:run"), exact=True)).to_have_count(0)
    wu.goes("/provisions")
    wu.presses("provisions:run")
    wu.presses("provisions:run_do", within=wu.dialog())
    movement = wu.page.get_by_role("table", name=wu.say("provisions:movement"))
    expect(movement.get_by_role("row")).to_have_count(8)
    whose = wu.page.get_by_role("grid", name=wu.say("provisions:whose"))
    stages = wu.page.get_by_role("radiogroup", name=wu.say("provisions:stage"))
    stages.get_by_text(wu.say("provisions:stages.2"), exact=True).click()
    whose.get_by_role("gridcell").first.click()
    expect(wu.page).to_have_url(f"{wu.address}/accounts/acc_1")
    expect(wu.page.get_by_role("heading", name=wu.say("provisions:of_account"), exact=True)).to_be_visible()
    expect(wu.page.get_by_text(wu.say("provisions:stages.2"), exact=True)).to_be_visible()
