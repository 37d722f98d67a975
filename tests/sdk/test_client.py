"""What the client does for a partner: decide once whatever happens on the way, and say exactly what went wrong."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from types import SimpleNamespace

import httpx
import msgspec
import pytest
from http_face import application
from tandem_sdk import (
    Conflict,
    ConnectionFailed,
    Decision,
    Event,
    IncompleteAnswer,
    InvalidRequest,
    NotFound,
    RateLimited,
    Recorded,
    Retry,
    Tandem,
    Unavailable,
)
from unreliable import CuttingProxy, Unreliable

QUICK = Retry(attempts=4, first_s=0.001, max_s=2.0)
AT = datetime(2026, 11, 20, 8, tzinfo=UTC)


@pytest.fixture
def client(address):
    """Makes a client and its way to the server, on which the given things happen in turn."""
    made = []

    def make(*happen, retry=QUICK, **named):
        way = Unreliable(*happen)
        made.append(Tandem(address, retry=retry, transport=way, **named))
        return made[-1], way

    yield make
    for each in made:
        each.close()


def refusal(status, code, **headers):
    body = {"type": "t", "title": "t", "status": status, "detail": "Not now.", "code": code}
    return httpx.Response(status, headers={"content-type": "application/problem+json", **headers}, json=body)


def event(event_id, **values):
    document = application(event_id, **values)
    return Event(event_type="application", event_id=event_id, values=document["values"], occurred_at=AT)


def test_a_decision_comes_typed(address):
    with Tandem(address) as tandem:
        decision = tandem.decide(event("s-1"))
        declined = tandem.decide(event("s-2", age=16))
    assert (decision.outcome, decision.limit_minor, decision.duplicate) == ("approve", 120_000, False)
    assert decision.decided_at.tzinfo is not None
    assert (declined.outcome, declined.reasons[0].code) == ("decline", "TOO_YOUNG")
    assert declined.reasons[0].zh


def test_the_same_event_again_is_the_same_decision(address):
    with Tandem(address) as tandem:
        one = event("s-same")
        first, second = tandem.decide(one), tandem.decide(one)
    assert second == msgspec.structs.replace(first, duplicate=True)


def test_an_event_is_made_once_with_an_id_and_a_time():
    one = Event(event_type="application", values={})
    assert one.document() == one.document()
    assert one.event_id != Event(event_type="application", values={}).event_id
    with pytest.raises(ValueError, match="time zone"):
        Event(event_type="application", values={}, occurred_at=datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(ValueError, match="event_id"), Tandem("http://127.0.0.1:9") as tandem:
        tandem.decide({"event_type": "application", "values": {}})


@pytest.mark.parametrize(
    "loss",
    [
        httpx.ConnectError("refused"),
        httpx.ReadTimeout("slow"),
        httpx.RemoteProtocolError("gone"),
        httpx.ReadError("cut"),
    ],
    ids=lambda loss: type(loss).__name__,
)
def test_after_a_lost_connection_the_same_bytes_are_sent_again(client, loss):
    tandem, way = client(loss, loss)
    answer = tandem.decide(event(f"s-lost-{type(loss).__name__}"))
    assert isinstance(answer, Decision)
    assert len({request.content for request in way.asked}) == 1
    assert len(way.asked) == 3


def test_an_answer_lost_after_the_decision_is_fetched_again_and_nothing_happens_twice(client):
    def lose(_):
        raise httpx.ReadError("the answer was lost")

    tandem, _ = client(lose)
    answer = tandem.decide(event("s-lost-after"))
    assert answer.duplicate, "the server had decided already"


def test_an_answer_cut_off_on_the_wire_counts_as_none(address):
    for after in (20, 400, -1):
        proxy = CuttingProxy(address, cuts=2, after=after)
        with Tandem(proxy.address, retry=QUICK) as tandem:
            answer = tandem.decide(event(f"s-cut-{after}"))
        proxy.close()
        assert (answer.event_id, answer.duplicate) == (f"s-cut-{after}", True)


@pytest.mark.parametrize(
    "spoil",
    [
        lambda r: httpx.Response(200, headers={"content-length": "9999"}, stream=httpx.ByteStream(r.content)),
        lambda r: httpx.Response(200, content=r.content[:-10]),
        lambda r: httpx.Response(200, content=r.content.replace(b"s-spoilt", b"s-other")),
        lambda _: httpx.Response(200, content=b""),
        lambda _: httpx.Response(200, content=b"{}"),
    ],
    ids=["too short", "cut JSON", "another event", "empty", "no fields"],
)
def test_an_answer_that_is_not_whole_or_not_about_the_event_is_asked_for_again(client, spoil):
    tandem, way = client(spoil)
    assert tandem.decide(event("s-spoilt")).event_id == "s-spoilt"
    assert len(way.asked) == 2
    always, _ = client(*[spoil] * 4)
    with pytest.raises(IncompleteAnswer):
        always.decide(event("s-spoilt"))


@pytest.mark.parametrize("status", [429, 503])
def test_a_server_that_says_not_now_is_asked_again_after_the_pause_it_names(client, status, monkeypatch):
    slept = []
    # The client's own clock only: the server runs in this process, and a thread of it that waits must go on waiting.
    monkeypatch.setattr("tandem_sdk._sync.time", SimpleNamespace(sleep=slept.append))
    tandem, way = client(refusal(status, "not_now", **{"retry-after": "2"}))
    assert tandem.decide(event(f"s-later-{status}")).outcome == "approve"
    assert len(way.asked) == 2
    assert slept == [2.0]


def test_a_pause_longer_than_the_caller_has_is_not_waited_for(client):
    tandem, way = client(refusal(429, "rate_limited", **{"retry-after": "60"}))
    with pytest.raises(RateLimited) as error:
        tandem.decide(event("s-long"))
    assert (error.value.retry_after_s, len(way.asked)) == (60, 1)


def test_patience_ends(client):
    tandem, way = client(*[refusal(503, "overloaded")] * 9)
    with pytest.raises(Unavailable):
        tandem.decide(event("s-never"))
    assert len(way.asked) == QUICK.attempts
    with Tandem("http://127.0.0.1:9", retry=QUICK) as nobody, pytest.raises(ConnectionFailed, match="after 4 attempts"):
        nobody.decide(event("s-nobody"))


def test_what_the_server_does_not_know_by_an_id_is_not_sent_twice(client):
    tandem, way = client(httpx.ReadTimeout("slow"))
    with pytest.raises(ConnectionFailed):
        tandem.create_webhook("https://partner.example/")
    assert len(way.asked) == 1
    unborn, way = client(httpx.ConnectError("refused"))
    with pytest.raises(Unavailable, match="webhooks_off"):  # this server delivers none
        unborn.create_webhook("https://partner.example/")
    assert len(way.asked) == 2


def test_a_refusal_says_what_is_wrong_and_is_not_repeated(client):
    tandem, way = client()
    with pytest.raises(InvalidRequest) as error:
        tandem.decide(event("s-bad", age="old", colour="red"))
    problem = error.value
    assert (problem.status, len(way.asked)) == (422, 1)
    assert {"values.age", "values.colour"} <= {fault.field for fault in problem.errors}
    assert problem.request_id
    tandem.decide(event("s-taken"))
    with pytest.raises(Conflict, match="event_conflict"):
        tandem.decide(event("s-taken", age=50))
    with pytest.raises(NotFound) as missing:
        tandem.decide(event("s-policy"), policy="aplication")
    assert "application" in missing.value.hint


def test_a_refusal_by_something_else_than_tandem_is_told_as_such(client):
    tandem, _ = client(httpx.Response(502, content=b"<html>Bad Gateway</html>"))
    with pytest.raises(Exception, match="not_tandem"):
        tandem.status()


def test_a_batch_answers_every_event_in_order(client):
    events = [event(f"b-{number}", age=16 if number % 7 == 0 else 34, device=f"b-d{number}") for number in range(450)]
    tandem, way = client()
    items = tandem.decide_batch(events)
    assert [item.event_id for item in items] == [one.event_id for one in events]
    assert [item.answer.outcome for item in items[:8]] == ["decline", *["approve"] * 6, "decline"]
    assert len(way.asked) == 3


def test_a_refused_event_of_a_batch_has_its_problem_and_the_others_their_answers(client):
    tandem, _ = client()
    items = tandem.decide_batch([event("bp-1"), event("bp-2", age=-5), event("bp-3")])
    assert [item.problem is None for item in items] == [True, False, True]
    with pytest.raises(InvalidRequest):
        items[1].unwrap()
    assert items[0].unwrap().event_id == "bp-1"


def test_events_of_a_batch_that_were_refused_for_now_are_sent_again_alone(client):
    late = {"status": 503, "problem": {"type": "t", "title": "t", "status": 503, "detail": "d", "code": "overloaded"}}

    def shed(response):
        told = response.json()
        told["items"][1] = told["items"][2] = late
        return httpx.Response(200, json=told)

    tandem, way = client(shed)
    items = tandem.decide_batch([event(f"bl-{number}") for number in range(4)])
    assert [item.problem for item in items] == [None] * 4
    assert [item.event_id for item in items] == [f"bl-{number}" for number in range(4)]
    assert len(msgspec.json.decode(way.asked[1].content)["events"]) == 2


def test_a_batch_with_an_answer_too_few_is_asked_for_again(client):
    def drop_one(response):
        told = response.json()
        told["items"].pop()
        return httpx.Response(200, json=told)

    def exchange(response):
        told = response.json()
        told["items"].reverse()
        return httpx.Response(200, json=told)

    tandem, way = client(drop_one, exchange)
    assert len(tandem.decide_batch([event("bf-1"), event("bf-2")])) == 2
    assert len(way.asked) == 3


def test_events_are_recorded(address):
    with Tandem(address) as tandem:
        assert tandem.record(event("r-1")) == Recorded(event_id="r-1")
        items = tandem.record_batch([event("r-1"), event("r-2")])
    assert [item.answer.duplicate for item in items] == [True, False]


def test_decisions_are_read_page_by_page(client, monkeypatch):
    monkeypatch.setattr("tandem_sdk._sync.PAGE", 3)
    tandem, way = client()
    tandem.decide_batch([event(f"p-{number}", age=16) for number in range(8)])
    before = len(way.asked)
    found = [record for record, _ in zip(tandem.decisions(outcome="decline"), range(8), strict=False)]
    assert [record.answer.event_id for record in found] == [f"p-{number}" for number in range(7, -1, -1)]
    assert len(way.asked) - before == 3
    everything = [record.seq for record in tandem.decisions()]
    assert everything == sorted(set(everything), reverse=True)


def test_a_decision_is_found_explained_and_repeated(address):
    with Tandem(address) as tandem:
        decision = tandem.decide(event("x-1", age=16))
        assert tandem.decision("x-1").answer == decision
        why = tandem.explain(decision.decision_id)
        assert (why.agrees, why.inputs["age"]["value"]) == (True, 16)
        assert tandem.replay("x-1").same
        assert tandem.features("device", "d-x-1", at=AT).features["device_applications_1d"] == 1
        assert tandem.status().decided["decline"] > 0


def test_lists_are_changed_once_and_read_back(client):
    entry = {"identifier": "d-sdk", "reason": "seen in fraud", "source": "test"}
    tandem, _ = client(None, lambda _: (_ for _ in ()).throw(httpx.ReadError("lost")))
    assert "blocked_devices" in {each.name for each in tandem.lists()}
    changed = tandem.change_list("blocked_devices", add=[entry])
    assert changed.duplicate, "the first answer was lost, the change was not made twice"
    assert "seen in fraud" in [each.reason for each in tandem.list_entries("blocked_devices")]
    assert tandem.decide(event("l-1", device="d-sdk")).outcome == "decline"
    assert tandem.change_list("blocked_devices", remove=[{"identifier": "d-sdk"}]).removed == 1


def test_the_stream_is_read_and_found_again_after_it_breaks(client, address):
    tandem, way = client(httpx.ConnectError("refused"), retry=Retry(attempts=3, first_s=0.01))
    tandem._http._transport._real = httpx.HTTPTransport()

    def streamed(request):
        way.asked.append(request)
        if way.happen:
            raise way.happen.pop(0)
        return way._real.handle_request(request)

    way.handle_request = streamed
    over = threading.Event()

    def keep_deciding():
        with Tandem(address) as other:
            number = 0
            while not over.wait(0.05):
                other.decide(event(f"stream-{number}"))
                number += 1

    thread = threading.Thread(target=keep_deciding)
    thread.start()
    try:
        first = next(each for each in tandem.stream() if each.event == "decisions")
    finally:
        over.set()
        thread.join()
    assert first.data["decisions"][0]["answer"]["outcome"] == "approve"
    assert len(way.asked) == 2


def test_any_other_address_can_be_asked(address):
    with Tandem(address) as tandem:
        assert tandem.request("GET", "/health/ready") == {"status": "ready"}
        with pytest.raises(NotFound):
            tandem.request("GET", "/v1/nowhere")


def test_a_key_is_sent_and_never_in_the_open(client):
    tandem, way = client(api_key="tdm_x")
    tandem.request("GET", "/health/live")
    assert way.asked[0].headers["authorization"] == "Bearer tdm_x"
    with pytest.raises(ValueError, match="https only"):
        Tandem("http://risk.example.com", api_key="tdm_x")
