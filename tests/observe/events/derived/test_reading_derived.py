"""Derived values in events: made once, where documents become events, and recorded with everything else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.errors import InvalidInput
from tandem.kernel.time import parse_instant
from tandem.observe.events import EventReader, example_event, parse_event_type
from tandem.observe.events.derived import FUNCTIONS, Function

NOW = parse_instant("2026-11-24T07:00:00Z")
APPLICATION = {
    "name": "application",
    "subject": "person",
    "fields": [
        {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
        {"name": "ip", "type": "text", "entity": "ip", "data_class": "C2"},
        {"name": "email", "type": "text", "data_class": "C2"},
        {"name": "phone", "type": "text", "entity": "handset", "data_class": "C2"},
        {"name": "delivery", "type": "text", "data_class": "C2"},
        {"name": "billing", "type": "text", "data_class": "C2"},
        {"name": "name", "type": "text", "data_class": "C2"},
        {"name": "holder", "type": "text", "data_class": "C2"},
    ],
    "derived": [
        {"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"},
        {"name": "mailbox", "function": "email_key", "of": "email", "entity": "email"},
        {"name": "domain", "function": "email_domain", "of": "email", "entity": "email_domain"},
        {"name": "domain_text", "function": "email_domain", "of": "email"},
        {"name": "number", "function": "phone_key", "of": "phone", "country": "CN", "entity": "phone"},
        {"name": "door", "function": "address_key", "of": "delivery", "entity": "address"},
        {"name": "alike", "function": "text_similarity", "of": ["name", "holder"], "data_class": "C1"},
        {"name": "near", "function": "address_similarity", "of": ["delivery", "billing"]},
    ],
}
VALUES = {
    "person": "P-1",
    "ip": "203.0.113.77",
    "email": "A.nn+x@gmail.com",
    "phone": "138 0013 8000",
    "delivery": "12A Mill Street",
    "billing": "12 a mill st",
    "name": "Maria Lopez",
    "holder": "LOPEZ MARIA",
}
DERIVED = [one["name"] for one in APPLICATION["derived"]]


@pytest.fixture(scope="module")
def application():
    return parse_event_type(APPLICATION)


@pytest.fixture(scope="module")
def applications(application, vault):
    return EventReader([application], vault)


def document(**values):
    return {
        "event_id": "app-1",
        "event_type": "application",
        "occurred_at": "2026-11-24T06:38:00Z",
        "values": VALUES | values,
    }


def read(reader, **values):
    return reader.read(document(**values), received_at=NOW)


def test_derived_entities_are_entities_like_any_other(applications, vault):
    event = read(applications)
    expected = {
        "subnet": ("subnet", "203.0.113.0/24"),
        "mailbox": ("email", "ann@gmail.com"),
        "domain": ("email_domain", "gmail.com"),
        "number": ("phone", "+8613800138000"),
        "door": ("address", "12 a mill st"),
    }
    for name, (kind, identifier) in expected.items():
        assert event.values[name] == event.entities[name] == vault.pseudonym(kind, identifier)
        assert event.entity_kinds[name] == kind
        assert identifier not in event.clear.decode()
        assert json.loads(event.secret)[name] == identifier, "the real identifier is sealed for the person it came with"


def test_a_key_is_the_entity_of_whoever_sends_it_in_the_same_spelling(applications, vault):
    other = EventReader(
        [parse_event_type({"name": "call", "fields": [{"name": "phone", "type": "text", "entity": "phone"}]})], vault
    )
    call = {"event_id": "1", "event_type": "call", "occurred_at": "2026-11-24", "values": {"phone": "+8613800138000"}}
    assert other.read(call, received_at=NOW).values["phone"] == read(applications).values["number"]


def test_a_likeness_is_a_number_in_the_row_and_its_texts_stay_sealed(applications):
    event = read(applications)
    assert (event.values["alike"], event.values["near"]) == (1, 1)
    assert json.loads(event.clear)["values"] == {"alike": 1.0}, "declared C1"
    secret = json.loads(event.secret)
    assert (secret["near"], secret["domain_text"]) == (1.0, "gmail.com"), "C2, as what they are made of"


@pytest.mark.parametrize("values", [{name: None for name in VALUES if name != "person"}, dict.fromkeys(
    [name for name in VALUES if name != "person"], "?")])  # fmt: skip
def test_a_source_that_is_missing_or_cannot_be_read_gives_a_missing_value(applications, values):
    event = read(applications, **values)
    assert {name: event.values[name] for name in DERIVED} == dict.fromkeys(DERIVED)
    assert not event.entities.keys() & set(DERIVED)


def test_a_document_cannot_bring_what_is_derived(applications):
    with pytest.raises(InvalidInput) as caught:
        read(applications, subnet="203.0.113.0/24")
    (found,) = caught.value.errors
    assert (found.code, found.field, found.hint) == ("derived_field", "values.subnet", "leave it out")
    assert "ip" in found.detail


def test_rebuilding_from_what_was_recorded_gives_the_same_event(applications):
    event = read(applications)
    assert applications.rebuild(event.clear, event.secret, digest=event.digest) == event


ANY = st.one_of(st.none(), st.text(min_size=1, max_size=30).filter(lambda one: not one.isspace() and "\x00" not in one))


@given(values=st.fixed_dictionaries({name: ANY for name in VALUES if name != "person"}))
def test_whatever_is_sent_is_rebuilt_as_it_was_read(applications, values):
    event = read(applications, **values)
    assert applications.rebuild(event.clear, event.secret, digest=event.digest) == event


def test_a_later_version_of_a_function_changes_no_recorded_event(applications, application, vault, monkeypatch):
    event = read(applications)
    otherwise = Function(takes=1, gives="text", make=lambda _: lambda *_: "otherwise", example="")
    for name in FUNCTIONS:
        monkeypatch.setitem(FUNCTIONS, name, otherwise)
    later = EventReader([application], vault)
    assert later.rebuild(event.clear, event.secret, digest=event.digest) == event
    again = read(later)
    assert again.values["subnet"] != event.values["subnet"]
    assert again.digest == event.digest, "it says what it said: a repeat stays a repeat"


def test_the_digest_is_that_of_the_same_event_where_nothing_is_derived(applications, vault):
    plain = EventReader([parse_event_type({key: each for key, each in APPLICATION.items() if key != "derived"})], vault)
    assert read(plain).digest == read(applications).digest


def test_an_event_from_before_has_none_of_it(applications, vault):
    plain = EventReader([parse_event_type({key: each for key, each in APPLICATION.items() if key != "derived"})], vault)
    event = read(plain)
    rebuilt = applications.rebuild(event.clear, event.secret, digest=event.digest)
    assert {name: rebuilt.values[name] for name in DERIVED} == dict.fromkeys(DERIVED)


def test_erasure_leaves_entities_and_takes_what_was_sealed(applications):
    event = read(applications)
    erased = applications.rebuild(event.clear, None, digest=event.digest)
    assert erased.erased
    assert erased.entities == event.entities
    assert erased.values["subnet"] == event.values["subnet"]
    assert erased.values["alike"] == 1, "a C1 likeness stays"
    assert erased.values["near"] is None
    assert erased.values["domain_text"] is None


def test_the_limit_of_bytes_is_on_what_was_sent(applications, vault, monkeypatch):
    plain = EventReader([parse_event_type({key: each for key, each in APPLICATION.items() if key != "derived"})], vault)
    event = read(plain)
    sent = len(event.secret) + len("{}")
    monkeypatch.setattr("tandem.observe.events.reading.EVENT_BYTES", sent)
    assert read(plain).digest == read(applications).digest
    monkeypatch.setattr("tandem.observe.events.reading.EVENT_BYTES", sent - 1)
    for reader in (plain, applications):
        with pytest.raises(InvalidInput) as caught:
            read(reader)
        assert caught.value.code == "event_too_large"


def test_the_example_of_a_type_gives_every_derived_field_a_value(applications, application):
    made = applications.read(example_event(application, NOW), received_at=NOW)
    assert [name for name in DERIVED if made.values[name] is None] == []


def test_an_identifier_is_spelled_as_its_kind_is_derived(applications):
    assert applications.spelled("phone", "138-0013-8000") == "+8613800138000"
    assert applications.spelled("subnet", "203.0.113.9") == applications.spelled("subnet", "203.0.113.0/24")
    assert applications.spelled("phone", "no number") == "no number", "what is no number may be somebody's name for one"
    assert applications.spelled("person", "P-1") == "P-1", "sent as it is"
    assert applications.spelled("merchant", "M-1") == "M-1", "no event names it"


def test_a_kind_that_is_also_sent_or_derived_in_two_ways_stays_as_it_is_written(application, vault):
    sent = parse_event_type({"name": "call", "fields": [{"name": "phone", "type": "text", "entity": "phone"}]})
    abroad = parse_event_type({
        "name": "call", "fields": [{"name": "line", "type": "text"}],
        "derived": [{"name": "phone", "function": "phone_key", "of": "line", "country": "US", "entity": "phone"}],
    })  # fmt: skip
    for other in (sent, abroad):
        assert EventReader([application, other], vault).spelled("phone", "138-0013-8000") == "138-0013-8000"
