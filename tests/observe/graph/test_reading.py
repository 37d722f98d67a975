"""Documents to graphs and plans: what is refused, where, and what the features are called and mean."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import DAY
from tandem.observe.events import parse_event_type
from tandem.observe.graph import Link, compile_graph, parse_graph

PAYMENT = parse_event_type(
    {
        "name": "payment",
        "fields": [
            {"name": "person", "type": "text", "required": True, "entity": "person"},
            {"name": "device", "type": "text", "entity": "device"},
            {"name": "ip", "type": "text", "entity": "ip"},
            {"name": "is_fraud", "type": "boolean"},
        ],
    }
)
TYPES = {PAYMENT.name: PAYMENT}
NETWORK = {
    "name": "network",
    "member": "person",
    "events": ["payment"],
    "links": [
        {"identifier": "device", "expires_after": "30d", "hub": 20},
        {"identifier": "ip", "expires_after": "7d", "joins": False},
    ],
    "marks": [{"event": "payment", "when": "is_fraud"}],
}


def changed(**keys):
    return {key: value for key, value in {**NETWORK, **keys}.items() if value is not None}


def refused(**keys):
    with pytest.raises(DefinitionError) as caught:
        compile_graph(parse_graph(changed(**keys)), TYPES)
    return caught.value.code, caught.value.field


def test_a_graph_is_read_with_its_links_and_marks():
    graph = parse_graph(NETWORK)
    assert graph.links == (
        Link(identifier="device", life=30 * DAY, hub=20),
        Link(identifier="ip", life=7 * DAY, joins=False, hub=30),
    )


def test_features_are_called_by_graph_link_and_what_they_count_in_both_languages():
    plan = compile_graph(parse_graph(NETWORK), TYPES)
    assert plan.names[:4] == (
        "network_device_members_1h", "network_device_members_24h", "network_device_members_7d", "network_device_members",
    )  # fmt: skip
    assert plan.names[-10:][0] == "network_neighbours"
    assert len(plan.names) == len(set(plan.names)) == 2 * 6 + 10
    assert plan.words["network_device_bad"] == (
        "Known bad person entities on the same device", "使用同一 device 的已知坏 person 数",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("keys", "told"),
    [
        ({"name": "Network"}, ("invalid_name", "name")),
        ({"nodes": []}, ("unknown_key", "nodes")),
        ({"events": []}, ("missing_key", "events")),
        (
            {"links": [{"identifier": "device", "expires_after": "5 years"}]},
            ("invalid_duration", "links[0].expires_after"),
        ),
        ({"links": [{"identifier": "device", "expires_after": "1m"}]}, ("life_out_of_range", "links[0].expires_after")),
        ({"links": [{"identifier": "device", "hub": 1}]}, ("hub_out_of_range", "links[0].hub")),
        ({"links": [{"identifier": "device", "joins": 1}]}, ("wrong_type", "links[0].joins")),
        ({"links": [{"identifier": "device"}, {"identifier": "device"}]}, ("duplicate_link", "links[1].identifier")),
        ({"links": [{"identifier": "person"}]}, ("duplicate_link", "links[0].identifier")),
        ({"links": [{"identifier": "device"}, {"identifier": "phone"}]}, ("unknown_entity", "links[1].identifier")),
        ({"member": "merchant"}, ("unknown_entity", "events[0]")),
        ({"events": ["paiment"]}, ("unknown_event_type", "events[0]")),
        ({"marks": [{"event": "payment", "when": "is_froud"}]}, ("unknown_column", "marks[0].when")),
        ({"marks": [{"event": "payment", "when": ""}]}, ("missing_key", "marks[0].when")),
        ({"marks": NETWORK["marks"] * 2}, ("duplicate_mark", "marks[1].event")),
    ],
)
def test_what_does_not_hold_together_is_told_where(keys, told):
    assert refused(**keys) == told


def test_the_digest_is_that_of_what_can_change_a_number():
    plan = compile_graph(parse_graph(NETWORK), TYPES)
    told = compile_graph(parse_graph(changed(description={"en": "Who shares what"})), TYPES)
    longer = compile_graph(parse_graph(changed(links=[{"identifier": "device", "expires_after": "31d"}])), TYPES)
    assert plan.digest == told.digest
    assert plan.digest != longer.digest
