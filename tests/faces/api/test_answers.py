from __future__ import annotations

import asyncio
import json

from http_face import HOST, JSON, Caller, application

from tandem.faces.api import create_app
from tandem.kernel.time import SystemClock
from tandem.observe.lake import Lake


def test_a_decision_is_answered_with_reasons_and_release(call):
    reply = call("POST", "/v1/decisions", application("a-1"))
    assert reply.status == 200
    assert reply.json["outcome"] == "approve"
    assert reply.json["limit_minor"] == 120_000
    assert len(reply.json["release"]) == 64
    assert "tandem-duplicate" not in reply.headers


def test_the_same_event_gets_the_same_bytes_and_says_so(call):
    first = call("POST", "/v1/decisions", application("a-2", age=16))
    again = call("POST", "/v1/decisions", application("a-2", age=16))
    assert first.json["outcome"] == "decline"
    assert again.body == first.body
    assert again.headers["tandem-duplicate"] == "true"


def test_the_same_id_with_other_content_is_a_conflict(call):
    call("POST", "/v1/decisions", application("a-3"))
    reply = call("POST", "/v1/decisions", application("a-3", age=35))
    assert (reply.status, reply.code, reply.json["field"]) == (409, "event_conflict", "event_id")


def test_all_faults_of_an_event_are_named_at_once(call):
    document = application("a-4", age="old", colour="red", amount_minor=...)
    reply = call("POST", "/v1/decisions", document)
    assert reply.status == 422
    fields = {fault["field"] for fault in reply.json["errors"]}
    assert {"values.age", "values.colour", "values.amount_minor"} <= fields


def test_many_at_once_are_all_answered_and_share_commits(call, process):
    async def all_at_once():
        return await asyncio.gather(*(call.ask("POST", "/v1/decisions", application(f"m-{i}")) for i in range(100)))

    replies = call.run(all_at_once())
    assert {reply.status for reply in replies} == {200}
    assert len({reply.json["decision_id"] for reply in replies}) == 100
    assert process.journal.head.seq == process.state.seq


def test_a_batch_judges_each_event_on_its_own_in_order(call):
    events = [application("b-1"), application("b-2", age=-1), "no object", application("b-1")]
    reply = call("POST", "/v1/decisions/batch", {"events": events[:2] + events[3:]})
    items = reply.json["items"]
    assert (reply.json["accepted"], reply.json["refused"]) == (2, 1)
    assert [item["status"] for item in items] == [200, 422, 200]
    assert items[2]["duplicate"] is True
    assert items[2]["answer"] == items[0]["answer"]
    assert call("POST", "/v1/decisions/batch", {"events": events}).code == "wrong_shape"


def test_a_batch_has_a_limit(call):
    reply = call("POST", "/v1/events/batch", {"events": [{}] * 201})
    assert (reply.status, reply.code) == (413, "batch_too_large")


def test_an_event_is_recorded_without_a_decision(call):
    reply = call("POST", "/v1/events", application("e-1"))
    assert reply.json == {"event_id": "e-1", "status": "recorded"}
    undecided = call("POST", "/v1/decisions", application("e-1"))
    assert (undecided.status, undecided.code) == (409, "recorded_undecided")
    found = call("POST", "/v1/events/batch", {"events": [application("e-2"), application("e-1")]}).json
    assert [item.get("duplicate", False) for item in found["items"]] == [False, True]


def test_the_policy_can_be_named_and_a_wrong_name_gets_a_hint(call):
    good = call("POST", "/v1/decisions", application("n-1"), query=b"policy=application")
    assert good.status == 200
    wrong = call("POST", "/v1/decisions", application("n-2"), query=b"policy=aplication")
    assert (wrong.status, wrong.code) == (404, "unknown_policy")
    assert "application" in wrong.json["hint"]
    assert call("POST", "/v1/decisions", application("n-3"), query=b"polcy=x").code == "unknown_parameter"
    assert call("POST", "/v1/decisions", application("n-4"), query=b"policy=a&policy=b").code == "invalid_parameter"


def test_decisions_are_listed_newest_first_in_pages(call):
    for i in range(5):
        call("POST", "/v1/decisions", application(f"l-{i}"))
    first = call("GET", "/v1/decisions", query=b"limit=3").json
    second = call("GET", "/v1/decisions", query=f"limit=2&before={first['next_before']}".encode()).json
    ids = [one["answer"]["event_id"] for one in first["decisions"] + second["decisions"]]
    assert ids == ["l-4", "l-3", "l-2", "l-1", "l-0"]
    declined = call("GET", "/v1/decisions", query=b"outcome=decline").json["decisions"]
    assert {one["answer"]["outcome"] for one in declined} <= {"decline"}
    assert call("GET", "/v1/decisions", query=b"limit=0").code == "invalid_parameter"


def test_a_decision_is_found_by_its_own_id_or_the_events(call):
    answer = call("POST", "/v1/decisions", application("f-1")).json
    by_id = call("GET", f"/v1/decisions/{answer['decision_id']}").json
    assert by_id["answer"] == answer
    assert call("GET", "/v1/decisions/f-1").json == by_id
    assert call("GET", "/v1/decisions/nobody").code == "unknown_decision"


def test_an_explanation_has_each_condition_and_agrees_with_the_record(call):
    call("POST", "/v1/decisions", application("x-1", age=16))
    found = call("GET", "/v1/decisions/x-1/explanation").json
    assert found["agrees"] is True
    rules = {one["name"]: one["verdict"] for stage in found["trace"]["stages"] for one in stage.get("conditions", [])}
    assert rules["too_young"] == "fired"
    assert found["inputs"]["age"]["value"] == 16


def test_a_replay_from_the_record_is_the_same(call):
    call("POST", "/v1/decisions", application("r-1", age=16))
    found = call("POST", "/v1/decisions/r-1/replay", {}).json
    assert (found["same"], found["differences"]) == (True, [])


def test_a_list_change_counts_from_the_next_event_on(call):
    entry = {"identifier": "d-l-1", "reason": "seen in fraud", "source": "test"}
    change = {"change_id": "c-1", "by": "ann", "add": [entry]}
    done = call("POST", "/v1/lists/blocked_devices/entries", change)
    assert (done.status, done.json["added"]) == (200, 1)
    assert call("POST", "/v1/lists/blocked_devices/entries", change).json["duplicate"] is True
    blocked = call("POST", "/v1/decisions", application("bl-1", device="d-l-1")).json
    assert blocked["outcome"] == "decline"
    entries = call("GET", "/v1/lists/blocked_devices/entries").json["entries"]
    member = next(one["member"] for one in entries if one["reason"] == "seen in fraud")
    path = f"/v1/lists/blocked_devices/entries/{member}"
    assert call("DELETE", path, query=b"by=ann&change_id=c-2", headers=[HOST]).json["removed"] == 1
    assert call("POST", "/v1/decisions", application("bl-2", device="d-l-1")).json["outcome"] == "approve"


def test_what_is_known_of_an_entity_can_be_asked(call):
    call("POST", "/v1/decisions", application("k-1", device="d-k", amount_minor=500))
    found = call("GET", "/v1/entities/device/d-k/features", query=b"at=2026-11-20T08:00:00Z").json
    assert found["features"]["device_applications_1d"] == 1
    assert call("GET", "/v1/entities/ship/x/features").code == "unknown_entity_kind"
    assert call("GET", "/v1/entities/device/x/features", query=b"at=noon").code == "invalid_instant"


def test_artefacts_go_from_draft_to_live_and_back(call):
    live = call("GET", "/v1/releases/live").json
    body = call("GET", f"/v1/artefacts/{live['manifest']['policy/application']}").json["body"]
    body["flow"][1]["all"][0]["when"] = "age < 21"
    pushed = call(
        "POST",
        "/v1/artefacts",
        {"author": "ann", "artefacts": [{"kind": "policy", "name": "application", "body": body}]},
    ).json
    digest = pushed["artefacts"][0]["digest"]
    assert pushed["artefacts"][0]["state"] == "draft"
    refused = call("POST", "/v1/releases", {"by": "bob", "digests": [digest]})
    assert (refused.status, refused.code) == (403, "not_reviewed")
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [digest]})
    assert call("POST", "/v1/releases", {"by": "bob", "digests": [digest]}).status == 200
    assert call("POST", "/v1/decisions", application("v-1", age=20)).json["outcome"] == "decline"
    call("POST", "/v1/releases/rollback", {"by": "bob"})
    assert call("POST", "/v1/decisions", application("v-2", age=20)).json["outcome"] == "approve"
    assert call("GET", "/v1/releases/live").json["release"] == live["release"]


def test_a_release_that_does_not_hold_together_changes_nothing(call):
    before = call("GET", "/v1/releases/live").json["release"]
    body = {"event": "application", "when_missing": "review", "flow": [{"rules": "r", "all": [
        {"rule": "x", "when": "agee < 18", "then": "decline", "reason": "TOO_YOUNG"}]}, {"decide": "d", "then": "approve"}]}  # fmt: skip
    pushed = call(
        "POST",
        "/v1/artefacts",
        {"author": "ann", "artefacts": [{"kind": "policy", "name": "application", "body": body}]},
    ).json["artefacts"]
    call("POST", "/v1/reviews", {"approver": "bob", "digests": [pushed[0]["digest"]]})
    reply = call("POST", "/v1/releases", {"by": "bob", "digests": [pushed[0]["digest"]]})
    assert reply.status == 422
    assert "age" in json.dumps(reply.json)
    assert call("GET", "/v1/releases/live").json["release"] == before


def test_an_unknown_address_and_a_wrong_method_are_problems_too(call):
    assert call("GET", "/v1/nothing").code == "no_such_route"
    wrong = call("PUT", "/v1/decisions")
    assert (wrong.status, wrong.code, wrong.headers["allow"]) == (405, "method_not_allowed", "GET, POST")
    assert call("GET", "/v1/events").headers["allow"] == "POST"


def test_strangers_are_refused(call):
    rebound = call("GET", "/v1/decisions", headers=[(b"host", b"evil.example")])
    assert (rebound.status, rebound.code) == (403, "wrong_host")
    forged = call("POST", "/v1/decisions", application("s-1"), headers=[HOST, JSON, (b"sec-fetch-site", b"cross-site")])
    assert (forged.status, forged.code) == (403, "cross_site")
    simple = call("POST", "/v1/releases/rollback", b'{"by":"x"}', headers=[HOST, (b"content-type", b"text/plain")])
    assert (simple.status, simple.code) == (415, "unsupported_media_type")


def test_every_answer_carries_a_request_id_and_safe_headers(call):
    mine = call("GET", "/health/live", headers=[HOST, (b"x-request-id", b"abc-1")])
    assert mine.headers["x-request-id"] == "abc-1"
    made = call("GET", "/v1/nothing", headers=[HOST, (b"x-request-id", b"bad id\xff")])
    assert made.json["request_id"] == made.headers["x-request-id"]
    for reply in (mine, made):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in reply.headers["content-security-policy"]


def test_too_many_at_once_are_told_to_come_back(process):
    caller = Caller(create_app(process, in_flight_max=3))

    async def all_at_once():
        return await asyncio.gather(*(caller.ask("POST", "/v1/decisions", application(f"q-{i}")) for i in range(10)))

    replies = caller.run(all_at_once())
    refused = [reply for reply in replies if reply.status == 503]
    assert len(refused) == 7
    assert all(reply.code == "overloaded" and reply.headers["retry-after"] == "1" for reply in refused)
    assert caller("POST", "/v1/decisions", application("q-9")).status == 200
    caller.close()


def test_a_client_that_leaves_is_not_answered_and_blocks_nobody(call):
    async def leave():
        sent = []

        async def receive():
            return {"type": "http.disconnect"}

        async def send(message):
            sent.append(message)

        scope = {
            "type": "http",
            "method": "POST",
            "path": "/v1/decisions",
            "headers": [HOST, JSON],
            "query_string": b"",
        }
        await call.app(scope, receive, send)
        return sent

    assert call.run(leave()) == []
    assert call("POST", "/v1/decisions", application("after-leaving")).status == 200


def test_prometheus_counts_routes_by_template_never_by_address(call):
    call("GET", "/v1/decisions/someone-private")
    text = call("GET", "/metrics").body.decode()
    assert 'route="/v1/decisions/{decision_id}"' in text
    assert "someone-private" not in text
    assert 'tandem_request_stage_seconds_bucket{le="+Inf",stage="durable"}' in text
    assert 'tandem_problems_total{code="unknown_decision"}' in text


def test_a_metric_comes_with_its_definition_and_is_null_before_there_is_anything(process, tmp_path):
    caller = Caller(create_app(process, lake=Lake(tmp_path / "lake", clock=SystemClock())))
    caller("POST", "/v1/decisions", application("metric-1"))
    (found,) = caller("GET", "/v1/metrics").json["metrics"]
    assert 0 < found["value"] <= 1
    assert "count(*)" in found["sql"]
    alone = caller("GET", "/v1/metrics/approval_rate").json
    assert {**alone, "as_of": found["as_of"]} == found  # a second later it is measured anew
    assert caller("GET", "/v1/metrics/aproval_rate").code == "unknown_metric"
    caller.close()
