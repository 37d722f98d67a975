"""A partner in a sandbox: gets a key, calls it with the client, asks for outcomes, hears of them by webhook."""

from __future__ import annotations

import re
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest
from served_sandbox import Sandbox
from tandem_sdk import Event, NotPermitted, NotSignedIn, RateLimited, Retry, Tandem, WebhookMessage, verify

from tandem.prove.access import Permission

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
GOOD = {"amount_minor": 120_000, "term_months": 12, "income_minor": 900_000, "age": 34}
NEVER = Retry(attempts=1)
NUMBERS = count()


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    one = Sandbox(tmp_path_factory.mktemp("sandbox"), key_rate=600)
    yield one
    one.close()


@pytest.fixture
def partner(sandbox):
    key = sandbox.key(f"partner-{next(NUMBERS)}", Permission.DECIDE, Permission.READ)
    with Tandem(sandbox.address, api_key=key) as tandem:
        yield tandem


def event(event_id, **values):
    given = {"person": f"p-{event_id}", "device": f"d-{event_id}", **GOOD, **values}
    return Event(
        event_type="application",
        event_id=event_id,
        occurred_at=AT,
        values={name: value for name, value in given.items() if value is not ...},
    )


@pytest.mark.parametrize(
    ("values", "outcome", "reason"),
    [
        ({}, "approve", None),
        ({"amount_minor": 120_001}, "decline", "SANDBOX_DECLINE"),
        ({"amount_minor": 120_002}, "review", "SANDBOX_REVIEW"),
        ({"age": 16}, "decline", "TOO_YOUNG"),
        ({"amount_minor": 1_200_000, "term_months": 2, "income_minor": 300_000}, "decline", "HIGH_BURDEN"),
        ({"amount_minor": 6_000_000, "term_months": 60, "income_minor": 900_000}, "review", "LARGE_AMOUNT"),
        ({"age": ...}, "review", "INFORMATION_MISSING"),
    ],
)
def test_every_outcome_of_the_table_can_be_asked_for(partner, values, outcome, reason):
    decision = partner.decide(event(f"magic-{outcome}-{reason}", **values))
    assert decision.outcome == outcome
    assert reason is None or reason in [one.code for one in decision.reasons]


def test_history_counts_in_a_sandbox_too(partner):
    outcomes = [partner.decide(event(f"mass-{number}", device="d-mass")).outcome for number in range(6)]
    assert outcomes == [*["approve"] * 5, "decline"]


def test_a_key_does_what_its_scopes_say_and_no_more(partner, sandbox):
    with pytest.raises(NotPermitted):
        partner.create_webhook("https://partner.example/")
    with Tandem(sandbox.address) as stranger, pytest.raises(NotSignedIn):
        stranger.decide(event("stranger"))


def test_keys_of_a_sandbox_and_of_a_live_workspace_open_nothing_of_each_other(tmp_path, sandbox):
    live = Sandbox(tmp_path, key_rate=None, sandbox=False)
    try:
        keys = {"tdt_": sandbox.key("for-sandbox", Permission.DECIDE), "tdm_": live.key("for-live", Permission.DECIDE)}
        for (prefix, key), elsewhere in zip(keys.items(), (live, sandbox), strict=True):
            assert key.startswith(prefix)
            with Tandem(elsewhere.address, api_key=key, retry=NEVER) as lost, pytest.raises(NotSignedIn) as error:
                lost.decide(event("lost"))
            assert "open nothing of the other" in error.value.hint
    finally:
        live.close()
    assert (sandbox.header.kind, live.header.kind) == ("sandbox", "live")


def test_a_key_that_asks_too_often_is_told_when_to_come_back_and_others_are_not(sandbox):
    key, other = (sandbox.key(name, Permission.DECIDE, Permission.READ) for name in ("hasty", "patient"))
    with Tandem(sandbox.address, api_key=key, retry=NEVER) as hasty:
        for number in range(3):
            hasty.decide_batch([event(f"hasty-{number}-{each}") for each in range(199)])
        with pytest.raises(RateLimited) as error:
            hasty.decide_batch([event(f"hasty-late-{each}") for each in range(200)])
    assert error.value.retry_after_s >= 1
    with Tandem(sandbox.address, api_key=other) as patient:
        assert patient.decide(event("patient")).outcome == "approve"


def test_every_answer_to_a_key_says_what_is_left(partner):
    answers = [partner._http.get("/v1/lists"), partner._http.post("/v1/decisions", json=event("left").document())]
    left = [int(re.search(r"r=(\d+)", each.headers["ratelimit"]).group(1)) for each in answers]
    assert all(each.headers["ratelimit-policy"] == '"key";q=600;w=60' for each in answers)
    assert left[0] in {598, 599}
    assert left[1] < left[0] + 2


def test_a_partner_hears_of_decisions_and_checks_the_signature(sandbox):
    heard: list[WebhookMessage] = []
    arrived = threading.Condition()
    secret: list[str] = []

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self):
            body = self.rfile.read(int(self.headers["content-length"]))
            message = verify(dict(self.headers.items()), body, secret)
            with arrived:
                heard.append(message)
                arrived.notify_all()
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        key = sandbox.key("hooked", Permission.DECIDE, Permission.READ)
        # A key may not make webhooks: a person does, or the operator of the server.
        url = f"http://127.0.0.1:{server.server_port}/hooks"
        with Tandem(sandbox.address, api_key=sandbox.access.operator_key()) as operator:
            made = operator.create_webhook(url, outcomes=["review"], description="partner")
            secret.append(made.secret)
            assert operator.test_webhook(made.webhook.id).state == "delivered"
            with Tandem(sandbox.address, api_key=key) as partner:
                partner.decide(event("hook-1"))
                asked = partner.decide(event("hook-2", amount_minor=120_002))
            with arrived:
                assert arrived.wait_for(lambda: len(heard) >= 2, timeout=20)
            assert [one.type for one in heard] == ["webhook.test", "decision.made"]
            assert heard[1].data["decision_id"] == asked.decision_id
            assert heard[1].data["reasons"][0]["code"] == "SANDBOX_REVIEW"
            assert [one.kind for one in operator.deliveries(made.webhook.id)] == ["decision.made", "webhook.test"]
            assert operator.webhooks()[0].description == "partner"
            operator.delete_webhook(made.webhook.id)
            assert operator.webhooks() == []
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
