"""Connectors over HTTP, held against the contract: decided with, shown, tried without sending, counted; never in the way."""

from __future__ import annotations

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

import pytest
from http_face import Caller, Contract, application, released_process, starter_artefacts

from tandem.decide.connectors import open_connectors
from tandem.faces.api import create_app
from tandem.kernel.artefacts import Artefact
from tandem.kernel.settings import Settings

BUDGET_MS = 700


class Bureau(BaseHTTPRequestHandler):
    """Answers with ``score``; hangs where it is None."""

    protocol_version = "HTTP/1.1"
    score: ClassVar[Any] = 700
    got: ClassVar[list[dict[str, Any]]] = []

    def do_POST(self):
        self.got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
        if self.score is None:
            time.sleep(1.0)
            self.close_connection = True
            return
        body = json.dumps({"score": self.score}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def bureau():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Bureau)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/v1/score"
    server.shutdown()
    thread.join()
    server.server_close()


def asking(artefacts: list[Artefact], url: str) -> list[Artefact]:
    """The starter, with a bureau asked for large amounts before it decides."""
    found = [one for one in artefacts if one.kind != "policy"]
    (policy,) = [one for one in artefacts if one.kind == "policy" and one.body["event"] == "application"]
    reason = next(iter(next(one for one in artefacts if one.kind == "reasons").body["reasons"]))
    ask = [
        {
            "switch": "large",
            "cases": [{"case": "large", "when": "amount_minor > 500000", "flow": [{"ask": "bureau"}]}],
            "when_missing": "review",
        },
        {
            "rules": "bureau_rules",
            "all": [{"rule": "low", "when": "bureau_score < 500", "then": "decline", "reason": reason}],
            "when_missing": "skip",
        },
    ]
    flow = policy.body["flow"]
    connector = {
        "url": url,
        "purpose": "credit_assessment",
        "secret": {"name": "bureau_key", "prefix": "Bearer "},
        "send": {"id": {"field": "person", "class": "C2"}, "amount": {"field": "amount_minor", "class": "C2"}},
        "answer": {"bureau_score": {"type": "integer", "at": "score", "minimum": 0, "maximum": 1000}},
        "budget": "400ms",
        "attempt": "150ms",
        "valid_for": "1h",
        "price": {"minor": 45, "currency": "EUR"},
    }
    return [
        *found,
        Artefact.of("policy", policy.name, {**policy.body, "flow": [*flow[:-1], *ask, flow[-1]], "examples": []}),
        Artefact.of("connector", "bureau", connector),
    ]


@pytest.fixture(scope="module")
def lender(tmp_path_factory, bureau):
    folder = tmp_path_factory.mktemp("connectors")
    secrets = folder / "secrets"
    secrets.mkdir()
    (secrets / "bureau_key").write_text("s3cret\n")
    process = released_process(folder, asking(starter_artefacts(folder), bureau))
    settings = Settings(home=folder / "home", connector_networks="127.0.0.0/8", connector_secrets=secrets)
    with open_connectors(settings, process.vault) as desk:
        caller = Caller(create_app(process, connectors=desk, connector_budget_ms=BUDGET_MS))
        contract = Contract(caller("GET", "/openapi.json").json)

        def asked(method, path, body=b"", **named):
            reply = caller(method, path, body, **named)
            contract.judge(method, path, reply)
            return reply

        yield asked
        caller._runner.run(caller.app.close())
        caller.close()
    process.close()


def trail_of(lender, event_id):
    return lender("GET", f"/v1/decisions/{event_id}").json["trail"]


def test_the_bureau_is_asked_for_a_large_amount_and_for_no_other(lender):
    Bureau.score = 700
    before = len(Bureau.got)
    assert lender("POST", "/v1/decisions", application("small")).status == 200
    assert lender("POST", "/v1/decisions", application("large", amount_minor=600_000)).status == 200
    assert Bureau.got[before:] == [{"id": "p-large", "amount": 600_000}]
    assert "asked" not in trail_of(lender, "small")
    (asked,) = trail_of(lender, "large")["asked"]
    assert (asked["source"], asked["cost_minor"], asked["currency"]) == ("live", 45, "EUR")


def test_what_it_says_decides_and_is_explained_and_replayed(lender):
    Bureau.score = 300
    declined = lender("POST", "/v1/decisions", application("low", amount_minor=600_000)).json
    before = len(Bureau.got)
    explained = lender("GET", "/v1/decisions/low/explanation").json
    replayed = lender("POST", "/v1/decisions/low/replay", {}).json
    assert (declined["outcome"], replayed["same"], len(Bureau.got)) == ("decline", True, before)
    assert explained["inputs"]["bureau_score"] == {"value": 300, "source": "connector", "connector": "bureau"}


def test_a_bureau_that_hangs_holds_nobody_up_beyond_the_budget(lender):
    Bureau.score = None
    reply = lender("POST", "/v1/decisions", application("hung", amount_minor=600_000))
    assert reply.status == 200
    (asked,) = trail_of(lender, "hung")["asked"]
    assert (asked["fault"], asked["source"]) == ("timeout", "nobody")
    assert asked["latency_ms"] < BUDGET_MS
    Bureau.score = 700


def test_a_batch_asks_for_all_of_its_events_at_once(lender):
    Bureau.score = 700
    events = [application(f"b{number}", amount_minor=600_000) for number in range(5)] + [{"event_id": "broken"}]
    answered = lender("POST", "/v1/decisions/batch", {"events": events}).json
    assert (answered["accepted"], answered["refused"]) == (5, 1)
    assert all(trail_of(lender, f"b{number}")["asked"] for number in range(5))


def test_the_same_application_again_is_answered_from_the_cache_and_costs_nothing(lender):
    one = application("again", amount_minor=600_000)
    lender("POST", "/v1/decisions", one)
    lender("POST", "/v1/decisions", {**one, "event_id": "again-2"})
    (asked,) = trail_of(lender, "again-2")["asked"]
    assert asked["source"] == "cache"
    assert "cost_minor" not in asked or asked["cost_minor"] == 0


def test_a_connector_shows_how_it_does_and_what_leaves_the_house(lender):
    (summary,) = lender("GET", "/v1/connectors").json["connectors"]
    detail = lender("GET", "/v1/connectors/bureau").json
    assert (summary["mode"], summary["breaker"], summary["spent_minor"] > 0) == ("live", "closed", True)
    assert {one["field"]: one["data_class"] for one in detail["send"]} == {"person": "C2", "amount_minor": "C2"}
    assert (detail["policies"], detail["secret"], "s3cret" in json.dumps(detail)) == (
        ["application"],
        "bureau_key",
        False,
    )


def test_an_unknown_connector_is_told_with_its_near_match(lender):
    reply = lender("GET", "/v1/connectors/bureaux")
    assert (reply.status, reply.code) == (404, "unknown_connector")


def test_a_try_shows_the_request_masked_and_sends_nothing(lender):
    before = len(Bureau.got)
    found = lender("POST", "/v1/connectors/bureau/try", {"event": application("try")}).json
    assert found["body"] == {"id": "***", "amount": "***"}
    assert found["headers"]["Authorization"] == "Bearer ***"
    assert len(Bureau.got) == before


def test_a_try_on_an_event_that_cannot_be_read_says_why(lender):
    reply = lender("POST", "/v1/connectors/bureau/try", {"event": {**application("x"), "event_type": "nothing"}})
    assert (reply.status, reply.code) == (404, "unknown_event_type")


def test_what_was_asked_and_what_it_cost_is_measured(lender):
    text = lender("GET", "/metrics").body.decode()
    assert 'tandem_connector_questions_total{connector="bureau",source="live"}' in text
    assert 'tandem_connector_spent_minor_total{connector="bureau",currency="EUR"}' in text
    assert 'tandem_connector_breaker{connector="bureau"} 0.0' in text


def test_what_a_draft_would_have_done_is_told_from_recorded_answers_and_asks_nobody(lender):
    live = lender("GET", "/v1/studio/policies/application").json
    before = len(Bureau.got)
    found = lender("POST", "/v1/effect", {"policy": live["document"]})
    assert (found.status, len(Bureau.got)) == (200, before)
    assert found.json["decisions"] > 0
    rules = next(one for one in live["document"]["flow"] if one.get("rules") == "bureau_rules")
    rules["all"][0]["when"] = "bureau_score < 900"
    stricter = lender("POST", "/v1/effect", {"policy": live["document"], "session": "stricter"})
    assert (stricter.status, len(Bureau.got)) == (200, before)
    assert stricter.json["changed"] > 0
