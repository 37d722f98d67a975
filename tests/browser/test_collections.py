"""Arrears in a browser: somebody falls behind, is contacted, is called within the rules, promises, settles, and is left in peace."""

from __future__ import annotations

import re
import sys
import threading
from pathlib import Path

import pytest
from arrears_house import House
from playwright.sync_api import expect

from tandem.faces.api import Server, create_app

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words
from desks import ArrearsPage
from person import Person

pytestmark = pytest.mark.browser
LANGUAGES = pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)


class Served(House):
    """A house with a server in front, under its own clock."""

    def __init__(self, folder):
        super().__init__(folder / "home")
        app = create_app(self.process, clock=self.clock, lending=self.lending, collections=self.desk)
        self._server = Server(app, host="127.0.0.1", port=0)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.address = self._server.address

    def close(self):
        self._server.stop()
        self._thread.join(timeout=20)
        super().close()


@pytest.fixture
def lender(tmp_path):
    found = Served(tmp_path)
    yield found
    found.close()


def owed_now(house, account):
    return sum(one.due for one in house.lending.account(account).owed(house.desk.today()).values())


@LANGUAGES
def test_somebody_falls_behind_is_contacted_promises_and_settles(page, lender, request):
    locale = request.node.callspec.params["page"]

    def say(key, **given):
        return words(locale, f"collections:{key}", **given)

    account = lender.customer()
    lender.reachable(account)
    lender.at("2026-12-18T10:00:00+08:00")
    lender.desk.tend()
    lender.at("2026-12-21T10:00:00+08:00")
    lender.desk.tend()
    lender.at("2026-12-24T10:00:00+08:00")
    assert lender.desk.tend().proposed == 1, "written to twice, it is a person's turn to call"

    page.goto(f"{lender.address}/collections")
    row = page.get_by_role("gridcell", name=re.compile(say("channel.call"))).first
    expect(row).to_be_visible()
    row.click()
    expect(page).to_have_url(re.compile(f"/collections/{account}$"))
    expect(page.get_by_text(re.compile(r"CNY\s[\d,.]+")).first).to_be_visible()

    desk = ArrearsPage(Person(page, lender.address, locale), account)
    desk.takes()
    desk.calls("+8613800138000")
    desk.notes_promise("300", "2026-12-26")
    lender.pays(account, 30_000)
    lender.desk.tend()
    page.reload()
    desk.shows("outcome.kept")

    amount = lender.desk.customer(account).situation.balance_minor * 9 // 10
    desk.offers_to_settle_for(f"{amount / 100:.2f}")
    desk.may_not_hear_it()
    (offer,) = lender.desk.look(lambda files: list(files.open_offers))
    lender.people.answer_offer(offer, accepted=True, by="wang", key="yes")
    page.reload()
    desk.shows("outcome.accepted")
    expect(page.get_by_text(re.compile(re.escape(say("offer_runs", until="\0").split("\0")[0])))).to_be_visible()
    expect(page.get_by_role("button", name=say("settlement_do"))).to_have_count(0)
    lender.at("2026-12-25T10:00:00+08:00")
    lender.pays(account, amount, "pay-2")
    lender.desk.tend()
    lender.desk.tend()
    assert not lender.desk.work(account).is_in
    page.reload()
    expect(page.get_by_text(say("is_out"), exact=True)).to_be_visible()
    assert owed_now(lender, account) == 0
    assert page.errors == []


@LANGUAGES
def test_a_call_that_the_rules_forbid_is_not_made_and_says_which_and_where_it_is_written(page, lender, request):
    locale = request.node.callspec.params["page"]
    account = lender.customer()
    lender.reachable(account)
    lender.at("2026-12-24T10:00:00+08:00")
    lender.desk.tend()
    page.goto(f"{lender.address}/collections/{account}")
    page.get_by_role("button", name=words(locale, "collections:set"), exact=True).click()
    form = page.get_by_role("dialog")
    form.get_by_role("combobox", name=words(locale, "collections:marks")).or_(
        form.get_by_role("textbox", name=words(locale, "collections:marks"))
    ).first.click()
    page.get_by_role("option", name=words(locale, "collections:mark.lawyer"), exact=True).click()
    form.get_by_role("button", name=words(locale, "collections:save"), exact=True).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    forbidden = page.get_by_role("note").first
    expect(forbidden).to_be_visible()
    expect(forbidden).to_contain_text({"en-GB": "Who has a lawyer", "zh-CN": "已委托律师的"}[locale])
    ArrearsPage(Person(page, lender.address, locale), account).picks("call")
    page.get_by_role("button", name=words(locale, "collections:call"), exact=True).click()
    expect(page.get_by_text("+8613800138000")).to_have_count(0)
    page.goto(f"{lender.address}/collections/conduct?rule=lawyer")
    table = page.get_by_role("table", name=words(locale, "collections-conduct:last"))
    expect(table.get_by_role("row")).to_have_count(2)
    page.goto(f"{lender.address}/collections/report")
    expect(page.get_by_role("heading", level=1)).to_have_text(words(locale, "collections-report:title"))
    assert page.errors == []
