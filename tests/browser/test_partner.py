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
from console_pages import LANGUAGE_OF
from person import Person
from tandem_sdk import Event, Tandem, verify

pytestmark = pytest.mark.browser

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


def made_webhook(ann, url):
    """The secret of a new webhook, as the page shows it once."""
    ann.goes("/developers?tab=webhooks")
    ann.presses("developers:hooks.add")
    ann.types(url, ann.dialog().get_by_role("textbox").first)
    ann.presses("developers:form.make", within=ann.dialog())
    secret = ann.page.locator("pre", has_text="whsec_").inner_text()
    ann.presses("developers:secret.kept")
    expect(ann.page.get_by_role("heading", level=1)).to_contain_text(url)
    return secret


@pytest.mark.parametrize(("page", "locale"), [(one, one) for one in LANGUAGE_OF], indirect=["page"])
def test_a_partner_gets_a_key_calls_the_sandbox_and_receives_a_webhook(page, sandbox, receiver, locale):
    ann = Person(page, sandbox.address, locale)
    ann.takes_link(f"{sandbox.address}/welcome#token={sandbox.access.first_link()}", "ann", "Ann")
    key = ann.makes_key("partner-one")
    receiver.secret = made_webhook(ann, f"http://127.0.0.1:{receiver.server_port}/hooks")

    ann.presses("developers:one.test")
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: receiver.heard, timeout=20)
    assert receiver.heard[0].type == "webhook.test"

    with Tandem(sandbox.address, api_key=key) as partner:
        decision = partner.decide(Event(event_type="application", event_id="partner-1", values=VALUES))
    assert decision.outcome == "review"
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: len(receiver.heard) == 2, timeout=20)
    assert receiver.heard[1].data["decision_id"] == decision.decision_id

    row = page.get_by_role("row").filter(has_text=ann.say("developers:kind.decision_made"))
    expect(row.first).to_contain_text(ann.say("developers:state.delivered"))
    row.first.click()
    expect(ann.dialog()).to_contain_text("partner-1")
    ann.presses("developers:delivery.again", within=ann.dialog())
    with receiver.arrived:
        assert receiver.arrived.wait_for(lambda: len(receiver.heard) == 3, timeout=20)
    assert receiver.heard[2].id == receiver.heard[1].id
    assert page.errors == []
    assert page.foreign == []
