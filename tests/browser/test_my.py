"""A customer at a telephone: from a merchant's till to the last instalment, an objection and their data; one hand, both languages."""

from __future__ import annotations

import json
import re
import sys
import threading
from pathlib import Path

import httpx
import pytest
from access_house import GOOD, CountingHasher
from customer_channel import ACTS, channel_artefacts
from http_face import application, released_process
from offer_house import BARELY, EVERYBODY, PLAN, OpenDoor, programme
from playwright.sync_api import expect

from tandem.act.channel import SimulatedProvider
from tandem.act.lending import LendingDesk
from tandem.act.offers import OfferDesk
from tandem.act.products import Shelf
from tandem.faces.api import Server, create_app, journal_notes
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock, format_instant
from tandem.prove.access import AccessControl, Permission, SqliteAccessStore, checked_merchant

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words
from customer import Hand

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("language", ["en-GB", "zh-CN"])
TELEPHONE = {"width": 390, "height": 844}
NARROW = {"width": 360, "height": 1_800}
READING = [
    {"since": "2020-01-01", "least_seconds": 2, "source": {"en": "A rule for this test.", "zh-CN": "测试规定。"}}
]


class Lender:
    """A served lender, and the programs that invite."""

    def __init__(self, folder):
        self.process = released_process(folder, channel_artefacts(folder, reading=READING))
        self.access = AccessControl(
            SqliteAccessStore(None), "lender", clock=SystemClock(), entropy=SystemEntropy(),
            tell=journal_notes(self.process), hasher=CountingHasher(),
        )  # fmt: skip
        admin = self.access.welcome(self.access.first_link(), GOOD, name="root").principal
        self.server = Server(
            create_app(self.process, self.access, provider=SimulatedProvider()), host="127.0.0.1", port=0
        )
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()
        shop = checked_merchant("till", "shop-1", "The corner shop", "街角小店", [self.server.address])
        _, self.merchant = self.access.make_key("till", [Permission.INVITE], by=admin, merchant=shop)
        _, self.site = self.access.make_key("site", [Permission.INVITE], by=admin)
        self.count = 0

    def invites(self, *, merchant=True, **wanted):
        """The address that a customer's browser opens."""
        self.count += 1
        body = {
            "key": f"k-{self.count}",
            "identifier": f"member-{self.count}",
            "acts": ACTS,
            "product": "till",
            **wanted,
        }
        if merchant:
            body |= {"amount_minor": 120_000, "reference": "A-7", "back": f"{self.server.address}/health/live"}
        key = self.merchant if merchant else self.site
        reply = httpx.post(
            f"{self.server.address}/v1/invitations", json=body, headers={"Authorization": f"Bearer {key}"}
        )
        assert reply.status_code == 200, reply.text
        return self.server.address + reply.json()["path"]

    def close(self):
        self.server.stop()
        self.thread.join(timeout=20)
        self.access.close()
        self.process.close()


@pytest.fixture(scope="module")
def lender(tmp_path_factory):
    one = Lender(tmp_path_factory.mktemp("lender"))
    yield one
    one.close()


@LANGUAGES
def test_from_the_till_to_the_last_instalment(lender, telephone, language):
    page = telephone(language)
    me = Hand(page, language)
    page.goto(lender.invites())
    me.reads("apply.title")
    assert "pass" not in page.url  # what opened it stands in no history
    expect(page.get_by_text(re.compile("1,200.00"))).to_be_visible()
    me.looks("1-apply")
    me.fills()
    me.reads("result.offered.title")
    me.looks("2-approved")
    me.presses("result.choose")
    me.reads("offer.title")
    expect(page.get_by_role("radio")).to_have_count(3)
    page.get_by_role("radio").nth(1).check()
    me.looks("3-plans")
    me.presses("offer.read")
    sheet = page.get_by_role("dialog")
    expect(sheet.get_by_text(re.compile("0.40%"))).to_be_visible()
    confirm = sheet.get_by_role("button", name=me.word("reading.confirm"))
    expect(confirm).to_have_count(0)  # its time is not over
    me.looks("4-reading")
    expect(confirm).to_be_enabled(timeout=10_000)
    confirm.click()
    expect(page.get_by_text(me.word("consent.of", place=1, of=2))).to_be_visible()
    me.looks("5-consent")
    me.presses("consent.refuse")
    expect(page.get_by_text(me.word("consent.refused"))).to_be_visible()
    me.agrees()
    me.reads("sign.title")
    for named in ("reading.yearly_short", "reading.yearly_compounded"):
        expect(page.get_by_text(me.word(named), exact=True)).to_be_visible()
    me.looks("6-sign")
    me.presses("sign.do")
    me.reads("signed.title")
    expect(me.button("result.back", merchant="街角小店" if language == "zh-CN" else "The corner shop")).to_be_visible()
    me.looks("7-signed")
    me.presses("result.account")
    me.reads("account.title")
    me.looks("8-account")
    # Contract, payoff and the running month on paper, by their own session and on the narrowest telephone.
    page.set_viewport_size(NARROW)
    me.looks("8b-papers")
    papers = page.get_by_role("link").and_(page.locator("[download]"))
    expect(papers).to_have_count(3)
    for place in range(3):
        with page.expect_download() as got:
            papers.nth(place).click()
        assert Path(got.value.path()).read_bytes().startswith(b"%PDF-")
    page.set_viewport_size(TELEPHONE)
    # Pay the next instalment, then all of it.
    me.presses("account.pay")
    me.looks("9-pay")
    page.get_by_role("dialog").get_by_role("button", name=re.compile("204.80")).click()
    expect(page.get_by_text(me.word("pay.simulated"))).to_be_visible()
    me.presses("pay.close")
    me.presses("account.pay_early")
    expect(page.get_by_text(me.word("early.saved"))).to_be_visible()
    me.looks("10-early")
    page.get_by_role("dialog").get_by_role("button", name=re.compile(r"1,000\.00")).click()
    expect(page.get_by_role("dialog").get_by_role("status")).to_be_visible()
    me.presses("pay.close")
    expect(page.get_by_text(me.word("account.repaid"))).to_be_visible()
    me.looks("11-repaid")
    me.presses("nav.home")
    me.reads("home.title")
    me.looks("11b-home")
    # And an objection, though there is little left to object to.
    me.presses("nav.help")
    me.reads("help.title")
    page.get_by_role("radio").nth(0).check()
    page.get_by_role("textbox").fill("One fee too many.")
    me.presses("help.send")
    expect(page.get_by_text(me.word("help.waiting"))).to_be_visible()
    me.looks("12-help")
    assert (page.errors, page.foreign) == ([], [])


@LANGUAGES
def test_a_decline_says_why_and_leads_to_a_person(lender, telephone, language):
    page = telephone(language, dark=True, width=360)
    me = Hand(page, language)
    page.goto(lender.invites())
    me.fills(income="100")
    me.reads("result.declined.title")
    reasons = page.locator("[data-reasons] li")
    expect(reasons.first).to_have_text(
        re.compile({"en-GB": "instalments would be too high", "zh-CN": "还款额相对于所填收入过高"}[language])
    )
    me.looks("20-declined-dark")
    me.presses("result.object")
    me.reads("help.title")
    page.get_by_role("textbox").fill("My income is 9,000.")
    me.presses("help.send")
    expect(page.locator("[data-request=waiting]")).to_be_visible()
    me.looks("21-objected-dark")
    assert page.errors == []


@LANGUAGES
def test_what_is_filled_in_wrongly_is_said_beside_it(lender, telephone, language):
    page = telephone(language, width=360)
    me = Hand(page, language)
    page.goto(lender.invites())
    me.presses("apply.do")
    expect(page.get_by_text(me.word("fault.missing"))).to_have_count(2)
    expect(page.get_by_role("textbox").first).to_be_focused()
    me.fills(age="340")
    expect(page.get_by_text(me.word("fault.between", low="0", high="130"))).to_be_visible()
    me.looks("30-faults")


def test_the_table_of_costs_cannot_be_passed_by_an_address_nor_by_asking_the_server(lender, telephone):
    page = telephone("en-GB")
    me = Hand(page, "en-GB")
    page.goto(lender.invites())
    me.fills()
    me.reads("result.offered.title")
    decision = page.url.split("/my/application/")[1].split("?")[0]
    page.goto(f"{lender.server.address}/my/sign/{decision}/6/{'0' * 64}?at=till")
    me.agrees()
    me.presses("sign.do")
    expect(page.locator("[data-problem=not_confirmed]")).to_be_visible()
    # Asked directly, by the page's own means, a table that was put there this moment cannot be confirmed.
    told = page.evaluate(
        """async (decision) => {
            const csrf = (await (await fetch('/v1/my/session')).json()).customer.csrf;
            const send = (path, body) => fetch(path, {method: 'POST', body: body && JSON.stringify(body),
                headers: {'Content-Type': 'application/json', 'X-Tandem-CSRF': csrf}});
            const shown = await (await send(`/v1/my/applications/${decision}/disclosures`,
                {term: 6, language: 'en'})).json();
            const early = await send(`/v1/my/disclosures/${shown.digest}/confirmation`);
            return [early.status, (await early.json()).code];
        }""",
        decision,
    )
    assert told == [409, "not_read_yet"]


@LANGUAGES
def test_my_data_can_be_seen_taken_along_and_erased(lender, telephone, language):
    page = telephone(language)
    me = Hand(page, language)
    page.goto(lender.invites(merchant=False, acts=[*ACTS, "rights"]))
    me.fills(amount="500", age="16")
    me.reads("result.declined.title")
    me.presses("nav.data")
    me.reads("data.title")
    me.looks("40-data")
    page.get_by_role("switch").nth(1).check()
    expect(page.get_by_role("switch").nth(1)).to_be_checked()
    with page.expect_download() as download:
        me.presses("data.export_do")
    kept = json.loads(Path(download.value.path()).read_text())
    assert kept["decisions"][0]["facts"]["age"] == 16
    me.presses("data.erase_do")
    me.looks("41-erase")
    me.presses("data.erase_yes")
    expect(page.get_by_text(me.word("data.erased"))).to_be_visible()
    page.reload()
    me.reads("closed.title")
    me.looks("42-closed")


def test_a_merchants_own_page_may_show_it_in_a_frame_and_nobody_elses(lender):
    ours = httpx.get(f"{lender.server.address}/my/?at=till", headers={"Accept": "text/html"})
    assert f"frame-ancestors {lender.server.address}" in ours.headers["content-security-policy"]
    for address in ("/my/", "/my/?at=site", "/my/?at=nobody", "/my/?at=till%27%3B", "/"):
        page = httpx.get(lender.server.address + address, headers={"Accept": "text/html"})
        assert "frame-ancestors 'none'" in page.headers["content-security-policy"]


def test_a_language_is_chosen_and_kept(lender, telephone):
    page = telephone("en-GB")
    page.goto(lender.invites())
    page.get_by_role("button", name="中文").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("zh-CN", "my:apply.title"))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text(words("zh-CN", "my:apply.title"))


def offered(lender):
    """The first who comes by the lender's own site has a loan, and was offered its balance in parts."""
    process, clock = lender.process, SystemClock()
    lending = LendingDesk(process, Shelf(process, clock), clock=clock)
    process.decide_now({**application("e-1", person="member-1"), "occurred_at": format_instant(clock.now())})
    lending.accept("e-1", term=6, by="ann", product="till")
    body = {
        **PLAN,
        "products": ["till"],
        "into": {"product": "till", "term": 6},
        "choose": EVERYBODY,
        "hold_out": BARELY,
    }
    made = programme("in_parts", body)
    process.push([made], author="ann")
    process.review([made.digest], approver="bob")
    process.release({made.key: made.digest}, by="bob")
    OfferDesk(process, lending, OpenDoor(), clock=clock).round()  # before the served one has looked at any


@LANGUAGES
def test_an_offer_that_is_accepted_leads_to_its_application_filled_in(tmp_path, telephone, language):
    lender = Lender(tmp_path)
    try:
        offered(lender)
        page = telephone(language)
        me = Hand(page, language)
        page.goto(lender.invites(merchant=False))
        expect(me.button("offers.accept")).to_be_visible()
        me.looks("offer")
        me.presses("offers.accept")
        me.reads("apply.title")
        expect(page.get_by_role("textbox").first).to_have_value("1200")
        assert page.errors == []
    finally:
        lender.close()
