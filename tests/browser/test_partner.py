"""A partner is let in: an administrator makes a key and a webhook in the console, the partner calls the sandbox with the SDK
and hears of the decision."""

from __future__ import annotations

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import expect
from served_sandbox import Sandbox

sys.path.insert(0, str(Path(__file__).parent))
from console_pages import words
from tandem_sdk import Event, Tandem, verify

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

VALUES = {
    "person": "p-1",
    "device": "d-1",
    "amount_minor": 120_002,
    "term_months": 12,
    "income_minor": 900_000,
    "age": 34,
}


@pytest.fixture
def sandbox(tmp_path):
    one = Sandbox(tmp_path, key_rate=600)
    yield one
    one.close()


@pytest.fixture
def receiver():
    """A partner's receiver: ``secret`` is what it checks with, ``heard`` what it took."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Receiver)
    server.daemon_threads = True
    server.secret, server.heard, server.arrived = "", [], threading.Condition()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


class _Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        message = verify(dict(self.headers.items()), body, self.server.secret)
        with self.server.arrived:
            self.server.heard.append(message)
            self.server.arrived.notify_all()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_):
        pass


def come_in(page, sandbox, say):
    """The first administrator, by the one-time link."""
    page.goto(f"{sandbox.address}/welcome#token={sandbox.access.first_link()}")
    page.get_by_label(say("sign-in:name"), exact=False).first.fill("ann")
    page.get_by_label(say("sign-in:shown_as"), exact=False).fill("Ann")
    page.locator("input[type=password]").fill("three unrelated purple words")
    page.get_by_role("button", name=say("sign-in:come_in")).click()
    expect(page.get_by_role("navigation").first).to_be_visible()


def made_key(page, sandbox, say):
    """A key for the partner, as the page shows it once."""
    page.goto(f"{sandbox.address}/settings?tab=keys")
    page.get_by_role("button", name=say("settings:keys.make")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill("partner-one")
    dialog.get_by_role("button", name=say("settings:keys.make")).click()
    shown = page.get_by_text("tdt_").filter(visible=True).first
    expect(shown).to_be_visible()
    key = next(
        word for word in page.get_by_role("dialog").inner_text().split() if word.startswith("tdt_") and len(word) > 40
    )
    return key.strip('"')


def made_webhook(page, sandbox, url, say):
    """The secret of a new webhook, as the page shows it once."""
    page.goto(f"{sandbox.address}/developers?tab=webhooks")
    page.get_by_role("button", name=say("developers:hooks.add")).first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("textbox").first.fill(url)
    dialog.get_by_role("button", name=say("developers:form.make")).click()
    secret = page.locator("pre", has_text="whsec_").inner_text()
    page.get_by_role("button", name=say("developers:secret.kept")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(url)
    return secret


@pytest.mark.parametrize("page", ["en-GB", "zh-CN"], indirect=True)
def test_a_partner_gets_a_key_calls_the_sandbox_and_receives_a_webhook(page, sandbox, receiver, request):
    locale = request.node.callspec.params["page"]

    def say(key, **given):
        return words(locale, key, **given)

    url = f"http://127.0.0.1:{receiver.server_port}/hooks"
    come_in(page, sandbox, say)
    key = made_key(page, sandbox, say)
    receiver.secret = made_webhook(page, sandbox, url, say)

    page.get_by_role("button", name=say("developers:one.test")).click()
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: receiver.heard, timeout=20)
    assert receiver.heard[0].type == "webhook.test"

    with Tandem(sandbox.address, api_key=key) as partner:
        decision = partner.decide(Event(event_type="application", event_id="partner-1", values=VALUES))
    assert decision.outcome == "review"
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: len(receiver.heard) == 2, timeout=20)
    assert receiver.heard[1].data["decision_id"] == decision.decision_id

    row = page.get_by_role("row").filter(has_text=say("developers:kind.decision_made"))
    expect(row.first).to_contain_text(say("developers:state.delivered"))
    row.first.click()
    panel = page.get_by_role("dialog")
    expect(panel).to_contain_text("partner-1")
    panel.get_by_role("button", name=say("developers:delivery.again")).click()
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: len(receiver.heard) == 3, timeout=20)
    assert receiver.heard[2].id == receiver.heard[1].id
    assert page.errors == []
    assert page.foreign == []
