"""Derived values on their way: journal, lake, erasure, features and graph all see what the reader made, to the bit."""

import pytest

from tandem.observe.events import parse_event_type
from tandem.observe.features import OnlineFeatures, compile_plan, compute_batch, parse_feature_set, ready_sets
from tandem.observe.graph import compile_graph, parse_graph

DEFINITION = {
    "name": "payment",
    "subject": "person",
    "fields": [
        {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
        {"name": "channel", "type": "text"},
        {"name": "amount_minor", "type": "integer"},
        {"name": "ip", "type": "text", "entity": "ip", "data_class": "C2"},
        {"name": "name", "type": "text", "data_class": "C2"},
        {"name": "holder", "type": "text", "data_class": "C2"},
        {"name": "street", "type": "text", "data_class": "C2"},
    ],
    "derived": [
        {"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"},
        {"name": "door", "function": "address_key", "of": "street", "entity": "address"},
        {"name": "name_similarity", "function": "text_similarity", "of": ["name", "holder"], "data_class": "C1"},
        {"name": "sealed_similarity", "function": "text_similarity", "of": ["name", "holder"]},
    ],
}
PAID = [
    ("ann", "203.0.113.7", "Maria Lopez", "LOPEZ MARIA", "12 Mill Street"),
    ("bob", "203.0.113.200", "John Smith", "Maria Lopez", "12, mill st."),
    ("eve", "198.51.100.9", "Eve", None, "3 Mill Street"),
    ("eve", "no address", "Eve", "Eve", None),
]


@pytest.fixture
def filled(house_class, tmp_path):
    house = house_class(tmp_path, DEFINITION)
    events = [
        house.pay(number, person, ip=ip, name=name, holder=holder, street=street)
        for number, (person, ip, name, holder, street) in enumerate(PAID, 1)
    ]
    house.project()
    yield house, events
    house.close()


def rows(house, query, **options):
    return [tuple(row.values()) for row in house.lake.sql(query, **options).to_pylist()]


def test_what_was_derived_lands_in_the_lake_by_its_class(filled):
    house, events = filled
    assert rows(house, "select subnet, door, name_similarity from payment order by seq") == [
        (one.values["subnet"], one.values["door"], one.values["name_similarity"]) for one in events
    ]
    assert "sealed_similarity" not in house.lake.schema("payment").names
    sealed = rows(house, "select sealed_similarity from payment_personal order by seq", personal=True)
    assert sealed == [(one.values["sealed_similarity"],) for one in events]
    assert house.lake.schema("payment").field("subnet").metadata[b"source"] == b"subnet(ip)"
    assert [one for one in house.lake.reconcile(house.journal, house.reader) if not one.passed] == []


def test_people_are_told_together_by_what_was_derived(filled):
    _, (ann, bob, eve, _) = filled
    assert ann.values["subnet"] == bob.values["subnet"] != eve.values["subnet"]
    assert ann.values["door"] == bob.values["door"] != eve.values["door"]


def test_after_an_erasure_the_lake_keeps_entities_and_loses_what_was_sealed(filled):
    house, events = filled
    house.journal.erase(events[0].subject)
    house.project()
    assert rows(house, "select subnet, door, name_similarity from payment order by seq")[0] == (
        events[0].values["subnet"], events[0].values["door"], 1,
    )  # fmt: skip
    assert len(rows(house, "select * from payment_personal", personal=True)) == len(PAID) - 1


def test_features_of_the_lake_are_those_of_live_events(filled):
    house, events = filled
    sets = [
        {"name": "subnet", "entity": "subnet", "features": [
            {"name": "payers", "aggregate": "distinct", "field": "person", "window": "7d"},
            {"name": "unlike", "aggregate": "count", "where": "name_similarity < 0.7", "window": "7d"},
        ]},
        {"name": "door", "entity": "address", "features": [
            {"name": "payers_at_door", "aggregate": "distinct", "field": "person", "window": "7d"},
            {"name": "least_alike", "aggregate": "min", "field": "name_similarity", "window": "7d"},
        ]},
    ]  # fmt: skip
    plan = compile_plan([parse_feature_set({"events": ["payment"], **one}) for one in sets], house.reader.event_types)
    host = OnlineFeatures(plan)
    live = [host.observe(event, seq) for seq, event in enumerate(events, 1)]
    table = house.lake.sql(
        "select seq, event_id, 'payment' as event_type, occurred_at, supersedes, person, subnet, door, name_similarity "
        "from payment order by seq"
    )
    batch = compute_batch(plan, table)
    assert [list(one) for one in zip(*(batch.column(name).to_pylist() for name in plan.names), strict=True)] == live
    told = [dict(zip(plan.names, one, strict=True)) for one in live]
    assert (told[1]["payers"], told[1]["payers_at_door"], told[1]["unlike"]) == (2, 2, 1)
    assert told[1]["least_alike"] == events[1].values["name_similarity"] < 0.7
    assert told[3]["payers"] is None, "no address, no subnet"


def test_the_graph_links_by_what_was_derived(filled):
    house, events = filled
    graph = parse_graph({
        "name": "people", "member": "person", "events": ["payment"],
        "links": [{"identifier": "address", "expires_after": "365d", "hub": 30}],
    })  # fmt: skip
    plan = compile_graph(graph, house.reader.event_types)
    assert plan.reads["payment"].identifiers == ((0, "door"),)
    assert {one.entities["door"] for one in events[:2]} == {events[0].entities["door"]}


def test_the_library_offers_what_the_derived_fields_make_possible():
    application = {
        "name": "loan_application",
        "subject": "person",
        "fields": [
            *(one for one in DEFINITION["fields"] if one["name"] != "channel"),
            {"name": "mail", "type": "text", "data_class": "C2"},
        ],
    }
    derived = [
        *DEFINITION["derived"][:3],
        {"name": "mailbox", "function": "email_key", "of": "mail", "entity": "email"},
        {"name": "domain", "function": "email_domain", "of": "mail", "entity": "email_domain"},
        {"name": "address_similarity", "function": "address_similarity", "of": ["street", "holder"]},
    ]
    before = {one.name for one in ready_sets({"loan_application": parse_event_type(application)})}
    event_type = parse_event_type(application | {"derived": derived})
    found = {one.name: one for one in ready_sets({"loan_application": event_type})}
    assert found.keys() - before == {
        "application_subnet", "application_address", "application_email", "application_email_domain",
        "application_likeness_person", "application_person_novelty",
    }  # fmt: skip
    assert "person_new_application_subnet_90d" in found["application_person_novelty"].plan.names
    assert found["application_likeness_person"].missing == {}
