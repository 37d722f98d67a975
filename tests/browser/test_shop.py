"""A merchant's shop end to end: a basket, the lender's channel by redirect and in a frame, the order paid, the money given back."""

from __future__ import annotations

import re
import sys
import threading
import time
from pathlib import Path

import pytest
import uvicorn
from access_house import GOOD, CountingHasher
from customer_channel import channel_artefacts
from http_face import released_process
from playwright.sync_api import expect

from tandem.act.channel import SimulatedProvider
from tandem.faces.api import Server, create_app, journal_notes
from tandem.faces.shop import Lender, create_shop
from tandem.kernel.identity import SystemEntropy
from tandem.kernel.time import SystemClock
from tandem.prove.access import AccessControl, Permission, SqliteAccessStore, checked_merchant

sys.path.insert(0, str(Path(__file__).parent))
from axe import source, violations
from console_pages import words
from customer import SHOTS, Hand

pytestmark = pytest.mark.browser
READING = [
    {"since": "2020-01-01", "least_seconds": 1, "source": {"en": "A rule for this test.", "zh-CN": "测试规定。"}}
]


class Town:
    """A lender and a shop, each on an address of its own."""

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
        self.threads = [threading.Thread(target=self.server.serve_forever, daemon=True)]
        shop = uvicorn.Config("nothing", host="127.0.0.1", port=0, log_level="warning")
        listening = shop.bind_socket()
        self.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        merchant = checked_merchant("till", "shop-1", "Sandbox shop", "沙箱商店", [self.address])
        _, key = self.access.make_key("till", [Permission.INVITE], by=admin, merchant=merchant)
        application = create_shop(
            Lender(self.server.address, key, "till"), "CNY", clock=SystemClock(), entropy=SystemEntropy()
        )
        self.shop = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
        self.threads.append(threading.Thread(target=lambda: self.shop.run(sockets=[listening]), daemon=True))
        for thread in self.threads:
            thread.start()
        while not self.shop.started:
            time.sleep(0.05)

    def close(self):
        self.shop.should_exit = True
        self.server.stop()
        for thread in self.threads:
            thread.join(timeout=20)
        self.access.close()
        self.process.close()


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    one = Town(tmp_path_factory.mktemp("town"))
    yield one
    one.close()


def looks(page, name):
    assert violations(page, source()) == []
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}.png")


def buys(channel, language):
    """In the lender's channel, wherever it stands: from the first question to the way back."""
    me = Hand(channel, language)
    me.fills()
    me.presses("result.choose")
    me.chooses_plan()
    me.confirms()
    me.agrees()
    me.presses("sign.do")
    me.presses("result.back", merchant={"en-GB": "Sandbox shop", "zh-CN": "沙箱商店"}[language])


@pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
@pytest.mark.parametrize("how", ["redirect", "frame"])
def test_an_order_is_paid_in_instalments_and_given_back(page, town, how, request):
    language = request.node.callspec.params["page"]
    page.goto(town.address)
    looks(page, f"50-shop-{language}")
    page.get_by_role("textbox").first.fill(f"{how}-{language}")  # who agreed before is not asked again
    page.locator(f"button[value={how}]").first.click()
    if how == "frame":
        page.locator("iframe").wait_for()
        buys(page.frame_locator("iframe"), language)
    else:
        expect(page).to_have_url(re.compile(f"^{town.server.address}/my/"))
        buys(page, language)
    expect(page).to_have_url(re.compile(f"^{town.address}/orders/"))
    expect(page.locator("[data-state=paid]")).to_be_visible()
    expect(page.locator("[data-signed=true]")).to_be_visible()
    looks(page, f"51-paid-{how}-{language}")
    page.get_by_role("button").click()
    expect(page.locator("[data-state=refunded]")).to_be_visible()
    assert page.errors == []


def test_who_comes_back_without_having_signed_has_paid_nothing(page, town):
    page.goto(town.address)
    page.locator("button[value=redirect]").first.click()
    channel = page
    channel.get_by_role("textbox").nth(0).fill("16")
    channel.get_by_role("textbox").nth(1).fill("9000")
    channel.get_by_role("button", name=words("en-GB", "my:apply.do"), exact=True).click()
    channel.get_by_role("button", name=words("en-GB", "my:result.back", merchant="Sandbox shop"), exact=True).click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()
    # And who writes "signed" into the address is not believed, because the lender is asked.
    order = page.url.split("?")[0]
    page.goto(f"{order}?invitation=inv_1&state=signed&at=1&signature=ff")
    expect(page.locator("[data-signed=false]")).to_be_visible()
    expect(page.locator("[data-state=waiting]")).to_be_visible()


def test_a_page_that_is_no_merchants_cannot_frame_it(page, town):
    page.goto(town.address)
    page.evaluate("(address) => { const f = document.createElement('iframe'); f.src = address; document.body.append(f); }",
                  f"{town.server.address}/my/")  # fmt: skip
    page.wait_for_timeout(500)
    frame = page.frames[-1]
    assert frame.evaluate("document.querySelector('#root') === null")
