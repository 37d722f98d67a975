"""Webhooks over HTTP, held against the contract: made, changed, tested, looked into, sent again, forgotten."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest
from http_face import HOST, Caller, Contract, application, starter_process

from tandem.act.webhooks import open_webhooks
from tandem.faces.api import create_app
from tandem.kernel.settings import Settings


class Receiver(BaseHTTPRequestHandler):
    """Keeps what it is sent; answers with ``status``."""

    protocol_version = "HTTP/1.1"
    status: ClassVar[int] = 204
    got: ClassVar[list[tuple[dict[str, str], bytes]]] = []
    arrived: ClassVar[threading.Condition] = threading.Condition()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["content-length"]))
        with self.arrived:
            self.got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.arrived.notify_all()
        self.send_response(self.status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def receiver():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/hooks"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def ask(tmp_path_factory):
    """Calls the application, and judges every answer by the contract."""
    folder = tmp_path_factory.mktemp("webhooks")
    process = starter_process(folder)
    settings = Settings(home=folder / "home", webhook_networks="127.0.0.0/8")
    with open_webhooks(settings, process.journal) as webhooks:
        caller = Caller(create_app(process, webhooks=webhooks))
        contract = Contract(caller("GET", "/openapi.json").json)

        def asked(method, path, body=b"", **named):
            reply = caller(method, path, body, **named)
            contract.judge(method, path, reply)
            return reply

        yield asked
        caller.close()
    process.close()


@pytest.fixture
def hook(ask, receiver):
    made = ask("POST", "/v1/webhooks", {"url": receiver, "kinds": ["decision.made"]}).json["webhook"]
    Receiver.status = 204
    yield f"/v1/webhooks/{made['id']}"
    ask("DELETE", f"/v1/webhooks/{made['id']}", headers=[HOST])


def heard(event_id):
    """Wait until the receiver has heard of the decision on this event."""
    with Receiver.arrived:
        found = Receiver.arrived.wait_for(
            lambda: [one for one in Receiver.got if event_id.encode() in one[1]], timeout=20
        )
    assert found, f"nothing was heard of {event_id}"
    return found[-1]


def test_a_decision_reaches_the_receiver_signed(ask, hook):
    ask("POST", "/v1/decisions", application("w-1"))
    headers, body = heard("w-1")
    assert headers["webhook-signature"].startswith("v1,")
    assert json.loads(body)["data"]["outcome"] == "approve"
    shown = ask("GET", hook).json
    assert (shown["state"], shown["dead"], shown["failures"]) == ("active", 0, 0)


def test_the_secret_is_shown_once_and_anew_only_by_a_rotation(ask, receiver, hook):
    assert "secret" not in ask("GET", hook).json
    first = ask("POST", "/v1/webhooks", {"url": receiver, "kinds": ["list.changed"], "description": "其他"})
    assert first.status == 201
    assert first.json["secret"].startswith("whsec_")
    other = f"/v1/webhooks/{first.json['webhook']['id']}"
    rotated = ask("POST", f"{other}/secret").json
    assert rotated["secret"] != first.json["secret"]
    assert rotated["webhook"]["previous_secret_until"] is not None
    assert {each["description"] for each in ask("GET", "/v1/webhooks").json["webhooks"]} >= {"其他"}
    assert ask("DELETE", other, headers=[HOST]).status == 200
    assert ask("GET", other).code == "unknown_webhook"


def test_a_test_says_what_came_of_it(ask, hook):
    good = ask("POST", f"{hook}/test").json
    assert (good["state"], good["status"], good["seq"]) == ("delivered", 204, None)
    Receiver.status = 500
    bad = ask("POST", f"{hook}/test").json
    assert (bad["state"], bad["status"], bad["error"]) == ("failed", 500, "status")
    assert bad["body"]["type"] == "webhook.test"


def test_what_fails_is_seen_and_what_was_delivered_can_be_sent_again(ask, hook):
    Receiver.status = 500
    ask("POST", "/v1/decisions", application("w-fails"))
    headers, _ = heard("w-fails")
    path = f"{hook}/deliveries/{headers['webhook-id']}"
    assert ask("POST", f"{path}/attempts").code == "still_waiting"
    failing = ask("GET", hook).json
    assert failing["next_attempt_at"] is not None or failing["failures"] == 0
    Receiver.status = 204
    assert ask("PATCH", hook, {"enabled": True}).json["failures"] == 0
    with Receiver.arrived:
        again = [one for one in Receiver.got if one[0]["webhook-id"] == headers["webhook-id"]]
        Receiver.arrived.wait_for(
            lambda: len([one for one in Receiver.got if one[0]["webhook-id"] == headers["webhook-id"]]) >= 2, timeout=20
        )
    assert again
    for _ in range(100):
        if ask("GET", path).json["state"] == "delivered":
            break
    once_more = ask("POST", f"{path}/attempts").json
    assert (once_more["state"], once_more["body"]["data"]["event_id"]) == ("delivered", "w-fails")


def test_deliveries_are_paged_and_filtered(ask, hook):
    for number in range(3):
        ask("POST", f"{hook}/test", {"n": number})
    first = ask("GET", f"{hook}/deliveries", query=b"limit=2").json
    rest = ask("GET", f"{hook}/deliveries", query=f"limit=2&before={first['next_before']}".encode()).json
    numbers = [one["number"] for one in first["deliveries"] + rest["deliveries"]]
    assert numbers == sorted(numbers, reverse=True)
    assert len(numbers) == 3
    assert rest["next_before"] is None
    assert ask("GET", f"{hook}/deliveries", query=b"state=dead").json["deliveries"] == []
    assert ask("GET", f"{hook}/deliveries", query=b"state=lost").code == "invalid_parameter"
    assert ask("GET", f"{hook}/deliveries", query=b"limit=0").code == "invalid_parameter"
    assert ask("GET", f"{hook}/deliveries/msg_0").code == "unknown_delivery"


def test_a_webhook_is_changed_and_disabled(ask, hook):
    changed = ask("PATCH", hook, {"outcomes": ["decline"], "description": "declines only", "enabled": False}).json
    assert (changed["outcomes"], changed["state"], changed["kinds"]) == (["decline"], "disabled", ["decision.made"])
    assert ask("PATCH", hook, {"enabled": True, "skip_waiting": True}).json["state"] == "active"


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "https://10.0.0.1/", "kinds": ["decision.made"]}, "address_not_allowed"),
        ({"url": "http://partner.example/", "kinds": ["decision.made"]}, "insecure_url"),
        ({"url": "https://u:p@partner.example/", "kinds": ["decision.made"]}, "invalid_url"),
        ({"url": "https://partner.example/", "kinds": []}, "wrong_shape"),
        ({"url": "https://partner.example/", "kinds": ["everything"]}, "wrong_shape"),
        ({"url": "https://partner.example/", "kinds": ["decision.made"], "outcomes": ["maybe"]}, "wrong_shape"),
        ({"url": "https://partner.example/", "kinds": ["decision.made"], "secret": "mine"}, "wrong_shape"),
        ({"kinds": ["decision.made"]}, "wrong_shape"),
        (b"[", "truncated_json"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_a_reason(ask, body, code):
    assert ask("POST", "/v1/webhooks", body).code == code


@pytest.mark.parametrize("path", ["/v1/webhooks/1", "/v1/webhooks/whk_%00", "/v1/webhooks/whk_" + "0" * 32])
@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_webhook_that_is_not_there_is_said_so(ask, method, path):
    reply = ask(method, path, b"{}" if method == "PATCH" else b"")
    assert reply.code in {"unknown_webhook", "invalid_parameter"}


def test_a_process_that_delivers_none_says_so(call, contract):
    for method, path in (("GET", "/v1/webhooks"), ("POST", "/v1/webhooks/whk_" + "0" * 32 + "/test")):
        reply = call(method, path)
        contract.judge(method, path, reply)
        assert (reply.status, reply.code) == (503, "webhooks_off")
