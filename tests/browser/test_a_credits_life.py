"""The whole life of a credit, told once through the pages of everybody in it.

A product is launched by two people; a customer applies, reads, signs and has the money; pays early; is warned of, falls behind, is
written to by a mail server, promises on the telephone and does not keep it, settles for less and pays. Then the books sum to
zero, the account is closed and the journal is what was written. The past of the lender is SIMULATED; time is put forward.
"""

from __future__ import annotations

import email
import email.policy
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from conduct_house import document
from customer_channel import channel_body
from mail_server import mail_server
from playwright.sync_api import expect
from warned_workspace import ENDED, POLICY, RULES, STATEMENT

from benchmarks.launching import Hands, launches, lender_at, take_link
from tandem.act.channel import SimulatedProvider
from tandem.act.collections import EmailChannel, MailServer
from tandem.faces.acting import Acting, acting_on
from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import DAY, HOUR, Micros, SystemClock, days_to_date, format_instant
from tandem.prove.access import LOCAL, Permission, Role

sys.path.insert(0, str(Path(__file__).parent))
from customer import SHOTS, Hand
from desks import ArrearsPage, WarningsPage
from person import Person

pytestmark = [pytest.mark.browser, pytest.mark.timeout(600)]

LOCALES = {"en-GB": "en", "zh-CN": "zh-CN"}
PRODUCT = "quick_loan"
WHO, ADDRESS, NUMBER = "p-life", "life@customer.example", "+8613800138000"
_RULES = {**RULES, "warnings": [{**one, "about": "person", "action": "contact"} for one in RULES["warnings"]]}
_SAID = {"en": "The account may fall behind", "zh-CN": "账户可能逾期"}
_ALSO = (
    STATEMENT,
    ENDED,
    POLICY,
    Artefact.of("reasons", "warned", {"reasons": {one: {"customer": _SAID, "internal": _SAID} for one in ("LIKELY", "CERTAIN")}}),
    Artefact.of("warning_rules", "accounts", _RULES),
    Artefact.of("conduct_rules", "cn", {key: value for key, value in document("conduct", "cn").items() if key != "name"}),
)  # fmt: skip


class AheadClock:
    """The system's clock, put forward."""

    def __init__(self) -> None:
        self._system = SystemClock()
        self._ahead = 0

    def now(self) -> Micros:
        """The present of this house."""
        return Micros(self._system.now() + self._ahead)

    def monotonic_ns(self) -> int:
        """As the system counts."""
        return self._system.monotonic_ns()

    def forward_to(self, day: int) -> None:
        """Ten in the morning of ``day`` in Shanghai, which has not been."""
        ahead = day * DAY + 2 * HOUR - self._system.now()
        assert ahead > self._ahead, "time goes forward"
        self._ahead = ahead


@dataclass
class House:
    """The served lender, its desks, its time and the mail server."""

    lender: Any
    desks: Acting
    clock: AheadClock
    mail: Any
    folder: Path
    site: str
    invited: int = 0

    def invites(self) -> str:
        """The address by which the customer comes in from the lender's own site."""
        self.invited += 1
        acts = ["apply", "see", "sign", "repay", "object"]
        body = {"key": f"site-{self.invited}", "identifier": WHO, "acts": acts, "product": PRODUCT}
        return f"{self.lender.address}{self._post('/v1/invitations', body, self.site)['path']}"

    def bills(self, risk: int) -> None:
        """The lender's own system tells of a month of the account, and asks what to think of it."""
        body = {
            "event_id": f"statement-{self.clock.now()}",
            "event_type": "statement",
            "occurred_at": format_instant(self.clock.now()),
            "values": {"person": WHO, "account": self.account, "months_overdue": 0, "risk": risk},
        }
        self._post("/v1/decisions", body, self.lender.key)

    def forward_to(self, day: int) -> None:
        """The night before ``day`` and its morning: what desks do by themselves is done."""
        self.clock.forward_to(day)
        self.night()

    def night(self) -> None:
        """Everything that is due."""
        self.desks.lending.accrue()
        self.desks.lending.age()
        self.desks.collections.tend()
        self.desks.warnings.tend()
        self.desks.cases.tend()

    @property
    def account(self) -> str:
        """The one account there is."""
        (found,) = self.desks.lending.look(lambda accounts: [one.account_id for one in accounts])
        return found

    def due(self, place: int) -> int:
        """The day on which an instalment of it is due."""
        (draw,) = self.desks.lending.account(self.account).draws.values()
        return draw.plan.terms.instalments[place].due

    def received(self) -> list[Any]:
        """The e-mails that came, oldest first."""
        return [email.message_from_bytes(one.content, policy=email.policy.default) for one in self.mail.got]

    def opens_to_customers(self) -> None:
        """What the firm's engineers release: the product in the customers' channel, and how its arrears are collected."""
        said = {"en": "A rule for this test.", "zh-CN": "测试规定。"}
        reading = [{"since": "2020-01-01", "least_seconds": 2, "source": said}]
        strategy = {
            **{key: value for key, value in document("collections", "consumer").items() if key != "name"},
            "products": [PRODUCT],
            "trying": {"hold_out": 0, "exploration": 0},
        }
        artefacts = [
            Artefact.of("channel", "customers", channel_body(PRODUCT, reading=reading)),
            Artefact.of("collection_strategy", "consumer", strategy),
        ]
        process = self.lender.process
        process.push(artefacts, author="ann")
        process.review([one.digest for one in artefacts], approver="bob")
        process.release({one.key: one.digest for one in artefacts}, by="bob")

    def _post(self, path: str, body: Any, key: str) -> Any:
        answer = httpx.post(f"{self.lender.address}{path}", json=body, headers={"Authorization": f"Bearer {key}"})
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def house(tmp_path):
    clock, found = AheadClock(), {}
    with mail_server() as (mail, port):
        server = MailServer(host="127.0.0.1", port=port, sender="service@lender.example", security="none")

        def desks(process):
            acting = acting_on(process, clock=clock, outlets=[EmailChannel(server, clock)])
            found["acting"] = acting
            return {**acting._asdict(), "provider": SimulatedProvider()}

        with lender_at(tmp_path, past=240, clock=clock, also=_ALSO, desks=desks) as lender:
            site = lender.access.make_key("site", [Permission.INVITE], by=LOCAL)[1]
            yield House(lender, found["acting"], clock, mail, tmp_path, site)


class Story:
    """Who is in it, each at a browser of their own."""

    def __init__(self, house, another_browser, telephone, locale):
        self.house, self.locale = house, locale
        self._open_tab = another_browser
        self.me = Hand(telephone(locale), locale)
        self.mei = None
        self.shot = 0

    def launcher(self, name):
        """Somebody who launches products."""
        page = self._open_tab(self.locale)
        take_link(page, self.house.lender.links[name], name, LOCALES[self.locale])
        return Hands(page, self.house.lender.address, LOCALES[self.locale])

    def collector(self):
        """Mei, who works warnings and arrears; she signs in again where days have passed."""
        if self.mei is None:
            self.mei = self._joins("mei", Role.COLLECTOR, Role.ANALYST)
        else:
            self.mei.comes_back("mei")
        return self.mei

    def another_collector(self):
        """An, who hears what customers say to offers of others."""
        return self._joins("an", Role.COLLECTOR)

    def _joins(self, name, *roles):
        found = Person(self._open_tab(self.locale), self.house.lender.address, self.locale)
        _, token = self.house.lender.access.add_person(name, name.capitalize(), list(roles), by=LOCAL)
        found.takes_link(f"{self.house.lender.address}/welcome#token={token}", name)
        return found

    def customer(self):
        """The customer, come in from the lender's site anew; on the page of the account once there is one."""
        self.me.page.goto(self.house.invites())
        expect(self.me.page.get_by_role("heading", level=1)).to_be_visible()
        return self.me

    def customer_at_account(self):
        """The same, on the page of the account."""
        me = self.customer()
        me.reads("home.title")
        me.page.get_by_role("button", name=re.compile(me.word("account.open", name=".*"))).first.click()
        me.reads("account.title")
        return me

    def looks(self, page, name):
        """A picture of where the story has come to, if pictures are wanted."""
        self.shot += 1
        if SHOTS:
            page.screenshot(path=f"{SHOTS}/life-{self.shot:02}-{name}-{self.locale}.png", full_page=True)


@pytest.mark.parametrize("locale", list(LOCALES))
def test_a_credit_is_launched_lent_repaid_in_part_collected_and_settled(house, another_browser, telephone, locale):
    story = Story(house, another_browser, telephone, locale)

    # Li writes the product and has it assessed; Wang signs and publishes it.
    li, wang = story.launcher("li"), story.launcher("wang")
    assert launches(li, wang, house.lender.key).outcome == "approve"
    story.looks(wang.page, "launched")
    house.opens_to_customers()

    # A customer applies, is approved, reads what it costs, agrees and signs.
    me = story.customer()
    me.fills(amount="12000")
    me.reads("result.offered.title")
    story.looks(me.page, "approved")
    me.presses("result.choose")
    me.chooses_plan()
    me.confirms()
    me.agrees()
    me.reads("sign.title")
    story.looks(me.page, "sign")
    me.presses("sign.do")
    me.reads("signed.title")
    story.looks(me.page, "signed")

    # The first instalment is paid before it is due.
    house.forward_to(house.due(0) - 5)
    me = story.customer_at_account()
    me.pays()
    expect(me.page.get_by_text(me.word("account.covered"))).to_be_visible()
    story.looks(me.page, "paid-early")
    house.forward_to(house.due(0) + 1)
    assert house.desks.lending.account(house.account).oldest_due() == house.due(1)

    # A month's figures look bad: an early warning, which Mei takes and answers.
    house.forward_to(house.due(0) + 10)
    house.bills(risk=30)
    house.night()
    mei = story.collector()
    warning = WarningsPage(mei)
    warning.opens(_SAID[LOCALES[locale]])
    warning.takes()
    warning.acts("Rang: the salary is late.")
    story.looks(mei.page, "warned")

    # The second instalment comes near; Mei adds where the customer is written to, and a reminder leaves by itself.
    house.forward_to(house.due(1) - 2)
    mei = story.collector()
    desk = ArrearsPage(mei, house.account)
    desk.opens()
    desk.adds_point("email", ADDRESS)
    story.looks(mei.page, "reachable")
    house.night()
    (reminder,) = house.received()
    assert reminder["To"] == ADDRESS

    # It is not paid. The account is late, and says so to the customer; an e-mail asks for it.
    house.forward_to(house.due(1) + 3)
    asked = house.received()[-1]
    assert len(house.received()) == 2
    assert asked["Message-ID"] != reminder["Message-ID"]
    assert days_to_date(house.due(1)).isoformat() in asked.get_content()
    me = story.customer_at_account()
    expect(me.page.get_by_text(me.word("account.late_other", count=3))).to_be_visible()
    story.looks(me.page, "late")

    # Mei calls; the customer promises, and does not keep it.
    house.forward_to(house.due(1) + 18)
    mei = story.collector()
    desk.opens()
    desk.takes()
    desk.adds_point("phone", NUMBER)
    desk.picks("call")
    desk.calls(NUMBER)
    desk.notes_promise("500", days_to_date(house.due(1) + 20).isoformat())
    story.looks(mei.page, "promised")
    house.forward_to(house.due(1) + 22)
    mei = story.collector()
    desk.opens()
    desk.shows("outcome.broken")
    story.looks(mei.page, "broken")

    # More than a month late, the warning has come true. Mei offers that nine tenths settle everything, An hears the customer agree
    # to it, and the customer pays them.
    house.forward_to(house.due(1) + 33)
    mei = story.collector()
    mei.goes("/warnings?state=settled")
    expect(mei.page.get_by_text(mei.say("warnings:outcomes.came_true")).first).to_be_visible()
    story.looks(mei.page, "came-true")
    desk.opens()
    owed = house.desks.collections.customer(house.account).situation.balance_minor
    amount = owed * 9 // 10
    desk.offers_to_settle_for(f"{amount / 100:.2f}")
    second = ArrearsPage(story.another_collector(), house.account)
    second.opens()
    second.hears_a_yes()
    desk.opens()
    desk.shows("outcome.accepted")
    story.looks(mei.page, "settled-for")
    me = story.customer_at_account()
    me.pays(f"{amount / 100:.2f}")
    story.looks(me.page, "paid")
    house.night()
    house.night()

    # Nothing is owed, everybody sees it, and everything can be proved.
    me = story.customer_at_account()
    expect(me.page.get_by_text(me.word("account.repaid"))).to_be_visible()
    story.looks(me.page, "repaid")
    desk.opens()
    expect(mei.page.get_by_text(mei.say("collections:is_out"), exact=True)).to_be_visible()
    story.looks(mei.page, "out")
    mei.goes(f"/accounts/{house.account}")
    expect(mei.page.get_by_text(mei.say("accounts:facts.waived"), exact=True).first).to_be_visible()
    story.looks(mei.page, "account")
    standing = house.desks.lending.account(house.account)
    (plan,) = (draw.plan for draw in standing.draws.values())
    assert (plan.closed, plan.owed(house.desks.lending.today()).payoff, plan.totals.waiting) == (True, 0, 0)
    assert 0 < given_up(plan.totals) <= owed - amount, "no more is given up than was agreed"
    ledgers = house.desks.lending.look(lambda accounts: dict(accounts.ledger))
    assert {currency: sum(book.values()) for currency, book in ledgers.items()} == {"CNY": 0}
    assert len({one["Message-ID"] for one in house.received()}) == len(house.received())
    assert _verifies(house.folder)
    for page in (li.page, wang.page, mei.page, me.page):
        assert [one for one in page.errors if "401" not in one] == []  # days passed: who comes back is asked to sign in
        assert page.foreign == []


def given_up(totals: Any) -> int:
    """What the lender waived of a plan, in all."""
    return totals.fee_waived + totals.penalty_waived + totals.interest_waived + totals.principal_waived


def _verifies(folder: Path) -> bool:
    """What an auditor's own command line says of the journal while the lender runs."""
    command = [sys.executable, "-m", "tandem", "journal", "verify", "--workspace", str(folder / "files")]
    environment = {**os.environ, "TANDEM_HOME": str(folder / "home")}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return "SOUND" in done.stdout
