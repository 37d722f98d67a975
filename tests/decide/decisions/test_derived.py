"""Derived fields in decisions: counted, replayed to the bit whatever the library does later, and no other event for it."""

from __future__ import annotations

import json

import pytest
from small_workspace import APPLICATION, BLOCKED, REASONS, application, go_live, policy

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError
from tandem.observe.events.derived import FUNCTIONS, Function

PLAIN = Artefact.of(
    "event_type",
    "application",
    {
        **APPLICATION.body,
        "fields": [*APPLICATION.body["fields"], {"name": "ip", "type": "text", "entity": "ip", "data_class": "C2"}],
    },
)
SUBNET = {"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"}
DERIVING = Artefact.of("event_type", "application", {**PLAIN.body, "derived": [SUBNET]})
BY_DEVICE = Artefact.of(
    "feature_set",
    "device_velocity",
    {
        "entity": ["device"],
        "events": ["application"],
        "features": [{"name": "device_applications_1d", "aggregate": "count", "window": "1d"}],
    },
)
BY_SUBNET = Artefact.of(
    "feature_set",
    "subnet_velocity",
    {
        "entity": ["subnet"],
        "events": ["application"],
        "features": [{"name": "subnet_people_1d", "aggregate": "distinct", "field": "person", "window": "1d"}],
    },
)


def counting() -> Artefact:
    """The policy, which now looks at the network range and not at the device."""
    body = policy(limit=2).body
    flow = [dict(stage) for stage in body["flow"]]
    rules = [dict(rule) for rule in flow[1]["all"]]
    rules[1]["when"] = "subnet_people_1d > 2"
    flow[1]["all"] = rules
    return Artefact.of("policy", "application", {**body, "flow": flow})


EVERYTHING = (DERIVING, BY_DEVICE, BY_SUBNET, BLOCKED, REASONS, counting())


def apply(process, number, ip="203.0.113.{}"):
    return process.decide_now(application(number, device=f"d{number}", ip=ip.format(number)))


def outcome(answer):
    return json.loads(answer.body)["outcome"]


def test_who_changes_addresses_within_a_range_is_counted(opened):
    process = opened()
    go_live(process, *EVERYTHING)
    assert [outcome(apply(process, number)) for number in (1, 2, 3)] == ["approve", "approve", "decline"]
    assert outcome(apply(process, 4, "198.51.100.1")) == "approve"
    assert outcome(apply(process, 5, "not an address")) == "approve"


def test_replays_see_what_was_derived_then_whatever_the_function_makes_of_it_now(opened, monkeypatch):
    process = opened()
    go_live(process, *EVERYTHING)
    outcomes = [outcome(apply(process, number)) for number in (1, 2, 3)]
    assert outcomes[-1] == "decline"
    process.close()
    elsewhere = Function(takes=1, gives="text", make=lambda _: lambda text: f"range of {text}", example="")
    monkeypatch.setitem(FUNCTIONS, "subnet", elsewhere)
    again = opened()
    assert all(again.archive.replay(f"app-{number}").same for number in (1, 2, 3))
    assert all(one.same for one in again.archive.replay_all())
    assert outcome(apply(again, 3)) == "decline", "an event sent again is the event it was"


def test_an_event_sent_again_after_its_type_derives_more_is_no_other_event(opened):
    process = opened()
    go_live(process, PLAIN, BY_DEVICE, BLOCKED, REASONS, policy())
    first = apply(process, 1)
    go_live(process, DERIVING, BY_SUBNET, counting())
    assert apply(process, 1).decision_id == first.decision_id
    assert all(one.same for one in process.archive.replay_all())


def test_a_release_that_derives_otherwise_what_is_recorded_is_refused(opened):
    process = opened()
    go_live(process, *EVERYTHING)
    wider = Artefact.of("event_type", "application", {**PLAIN.body, "derived": [{**SUBNET, "ipv4_prefix": 16}]})
    with pytest.raises(DefinitionError) as refused:
        go_live(process, wider)
    assert "field_rederived" in {refused.value.code, *(one.code for one in refused.value.errors)}


def test_an_erased_person_still_counts_in_their_network_range(opened):
    process = opened()
    go_live(process, *EVERYTHING)
    for number in (1, 2):
        apply(process, number)
    process.journal.erase(process.vault.pseudonym("person", "p1"))
    process.close()
    assert outcome(apply(opened(), 3)) == "decline"


def test_a_list_finds_a_phone_however_it_is_written(opened):
    process = opened()
    fields = [*APPLICATION.body["fields"], {"name": "mobile", "type": "text", "data_class": "C2"}]
    phone = {"name": "phone", "function": "phone_key", "of": "mobile", "country": "CN", "entity": "phone"}
    deriving = Artefact.of("event_type", "application", {**APPLICATION.body, "fields": fields, "derived": [phone]})
    blocked = Artefact.of("list", "blocked_devices", {"kind": "block", "entity": "phone"})
    body = policy().body
    flow = [dict(stage) for stage in body["flow"]]
    flow[0]["checks"] = [{**flow[0]["checks"][0], "of": "phone"}]
    go_live(
        process, deriving, BY_DEVICE, blocked, REASONS, Artefact.of("policy", "application", {**body, "flow": flow})
    )
    entry = {"identifier": "138-0013-8000", "reason": "r", "source": "s"}
    process.change_list("blocked_devices", {"add": [entry]}, by="ann")
    told = [process.decide_now(application(n, mobile=text)) for n, text in enumerate(["+86 138 0013 8000", "1390013"])]
    assert [outcome(one) for one in told] == ["decline", "approve"]
    known = process.pseudonyms_of("0086 13800138000")["phone"]
    assert known == process.pseudonym_on("blocked_devices", "13800138000")
