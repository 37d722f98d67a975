"""``derived:`` in an event type: what it becomes, and what is said where it does not hold together."""

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.values import SqlType
from tandem.observe.events import parse_event_type, retyped_fields
from tandem.prove.privacy import DataClass

FIELDS = [
    {"name": "person", "type": "text", "entity": "person", "required": True, "data_class": "C2"},
    {"name": "ip", "type": "text", "entity": "ip", "data_class": "C2"},
    {"name": "name", "type": "text", "data_class": "C2"},
    {"name": "holder", "type": "text", "data_class": "C3"},
    {"name": "channel", "type": "text"},
    {"name": "amount_minor", "type": "integer"},
]


def declared(*derived, **more):
    return parse_event_type(
        {"name": "application", "subject": "person", "fields": FIELDS, "derived": list(derived)} | more
    )


def fault(*derived, **more):
    with pytest.raises(DefinitionError) as caught:
        declared(*derived, **more)
    return caught.value


def test_a_derived_field_comes_last_and_is_not_sent():
    event_type = declared({"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"})
    assert [one.name for one in event_type.fields] == [*(one["name"] for one in FIELDS), "subnet"]
    assert [one.name for one in event_type.sent] == [one["name"] for one in FIELDS]


def test_its_type_class_and_source_follow_from_what_it_is_made_of():
    field = declared({"name": "alike", "function": "text_similarity", "of": ["name", "holder"]}).fields[-1]
    assert (field.type, field.data_class) == (SqlType.DOUBLE, DataClass.C3), "as sensitive as the most sensitive"
    assert (field.minimum, field.maximum, field.required) == (0, 1, False)
    assert field.source == "text_similarity(name, holder)"
    assert field.changeable == "never", "it moves with what it is made of, and never by itself"
    assert field.derived.parameters == {"method": "token_sort"}


def test_parameters_have_defaults_and_can_be_told():
    plain = declared({"name": "a", "function": "subnet", "of": "ip"}).fields[-1]
    wide = declared({"name": "a", "function": "subnet", "of": "ip", "ipv4_prefix": 16}).fields[-1]
    assert plain.derived.parameters == {"ipv4_prefix": 24, "ipv6_prefix": 48}
    assert wide.derived.parameters == {"ipv4_prefix": 16, "ipv6_prefix": 48}
    abroad = declared({"name": "a", "function": "phone_key", "of": "name"}).fields[-1]
    assert abroad.derived.parameters == {}, "no country is not some country"


def test_a_likeness_may_be_declared_less_sensitive_and_a_text_may_not():
    alike = {"name": "alike", "function": "text_similarity", "of": ["name", "holder"], "data_class": "C1"}
    assert declared(alike).fields[-1].data_class is DataClass.C1
    found = fault({"name": "domain", "function": "email_domain", "of": "name", "data_class": "C1"})
    assert (found.code, found.field, found.hint) == (
        "data_class_lowered", "derived[0].data_class", "leave it out, or write C2",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("entry", "code", "where", "hint"),
    [
        ({"function": "subnett", "of": "ip"}, "unknown_function", "derived[0].function", "subnet"),
        ({"of": "ip"}, "unknown_function", "derived[0].function", "email_key"),
        ({"function": "subnet"}, "wrong_sources", "derived[0].of", "of: name_of_the_field"),
        ({"function": "subnet", "of": ["ip", "name"]}, "wrong_sources", "derived[0].of", "of: name_of_the_field"),
        ({"function": "text_similarity", "of": "name"}, "wrong_sources", "derived[0].of", "[one_field, other_field]"),
        ({"function": "text_similarity", "of": ["name", "name"]}, "same_sources", "derived[0].of", "two fields"),
        ({"function": "subnet", "of": "ipp"}, "unknown_source", "derived[0].of", "ip"),
        ({"function": "subnet", "of": "amount_minor"}, "source_not_text", "derived[0].of", "text field"),
        ({"function": "subnet", "of": "ip", "ipv4_prefix": 33}, "parameter_out_of_range", "derived[0].ipv4_prefix", "24"),
        ({"function": "subnet", "of": "ip", "ipv6_prefix": True}, "parameter_out_of_range", "derived[0].ipv6_prefix", "48"),
        ({"function": "subnet", "of": "ip", "country": "CN"}, "unknown_key", "derived[0].country", "ipv4_prefix"),
        ({"function": "phone_key", "of": "name", "country": "China"}, "unknown_word", "derived[0].country", "CN"),
        ({"function": "text_similarity", "of": ["name", "holder"], "method": "token"}, "unknown_word", "derived[0].method", "token"),
        ({"function": "text_similarity", "of": ["name", "holder"], "entity": "x"}, "entity_not_text", "derived[0].type", None),
        ({"function": "subnet", "of": "ip", "required": True}, "unknown_key", "derived[0].required", None),
        ({"function": "subnet", "of": "ip", "data_class": "C9"}, "unknown_data_class", "derived[0].data_class", "C1"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_named_with_a_remedy(entry, code, where, hint):
    found = fault({"name": "made", **entry})
    assert (found.code, found.field) == (code, where)
    assert hint is None or hint in found.hint


def test_names_are_unique_among_all_fields_and_none_is_reserved():
    found = fault({"name": "ip", "function": "subnet", "of": "ip"})
    assert (found.code, found.field) == ("duplicate_field", "derived[0].name")
    assert fault({"name": "entities", "function": "subnet", "of": "ip"}).code == "reserved_name"


def test_a_derived_field_is_no_source_of_another():
    first = {"name": "domain", "function": "email_domain", "of": "name"}
    assert fault(first, {"name": "b", "function": "subnet", "of": "domain"}).code == "unknown_source"


def test_what_may_be_missing_owns_nothing():
    found = fault({"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"}, subject="subnet")
    assert (found.code, found.field) == ("unknown_subject", "subject")


def test_derived_is_a_list_and_no_key_of_a_field():
    assert fault(derived={"name": "x"}).field == "derived"
    with pytest.raises(DefinitionError) as caught:
        parse_event_type({"name": "a", "fields": [{"name": "x", "type": "text", "derived": {"function": "subnet"}}]})
    assert caught.value.code == "unknown_key"


SUBNET = {"name": "subnet", "function": "subnet", "of": "ip", "entity": "subnet"}


def test_how_a_recorded_value_was_made_stays_as_it_was():
    was = declared(SUBNET)
    assert retyped_fields(declared(SUBNET), [was]) == []
    for now in (SUBNET | {"ipv4_prefix": 16}, SUBNET | {"of": "name"}, SUBNET | {"function": "address_key"}):
        (found,) = retyped_fields(declared({"name": "z", "function": "subnet", "of": "ip"}, now), [was])
        assert (found.code, found.field) == ("field_rederived", "derived[1]")
    (found,) = retyped_fields(declared(SUBNET | {"entity": "network"}), [was])
    assert (found.code, found.field) == ("field_retyped", "derived[0].entity")


def test_what_was_sent_may_be_derived_from_now_on_and_the_other_way_round():
    sent = parse_event_type({
        "name": "application", "subject": "person",
        "fields": [*FIELDS, {"name": "subnet", "type": "text", "entity": "subnet"}],
    })  # fmt: skip
    assert retyped_fields(declared(SUBNET), [sent]) == []
    assert retyped_fields(sent, [declared(SUBNET)]) == []
    (found,) = retyped_fields(declared(SUBNET | {"ipv4_prefix": 16}), [sent, declared(SUBNET)])
    assert found.code == "field_rederived"
