from __future__ import annotations

import copy

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.values import SqlType
from tandem.observe.events import RESERVED_NAMES, parse_event_type
from tandem.observe.events.limits import FIELDS_PER_TYPE, NAME_LENGTH

PERSON = {"name": "person", "type": "text", "entity": "person", "required": True}


def a_type(*fields, **extra):
    return {"name": "application", "fields": list(fields) or [PERSON], **extra}


def refused(document, **expected):
    with pytest.raises(DefinitionError) as caught:
        parse_event_type(document, path="event_types/a.yaml")
    for key, value in expected.items():
        assert getattr(caught.value, key) == value, key
    return caught.value


def test_a_whole_definition_is_read_with_its_defaults():
    event_type = parse_event_type(a_type(PERSON, {"name": "amount_minor", "type": "integer"}, subject="person"))
    assert event_type.name == "application"
    assert [field.name for field in event_type.fields] == ["person", "amount_minor"]
    assert event_type.fields[1].type is SqlType.INTEGER
    assert not event_type.fields[1].required


def test_the_document_is_left_as_it_was():
    document = a_type()
    before = copy.deepcopy(document)
    parse_event_type(document)
    assert document == before


@pytest.mark.parametrize("document", [None, [], "x", 7])
def test_what_is_not_a_mapping_is_refused(document):
    refused(document)


@pytest.mark.parametrize("fields", [None, [], {}, "x"])
def test_a_type_without_fields_is_refused(fields):
    refused({"name": "a", "fields": fields}, field="event_types/a.yaml.fields")


def test_an_unknown_key_is_named_with_its_near_match():
    error = refused(a_type(subjekt="person"), code="unknown_key", value="subjekt")
    assert "'subject'" in error.hint
    error = refused(
        a_type({"name": "x", "type": "text", "requird": True}), field="event_types/a.yaml.fields[0].requird"
    )
    assert "'required'" in error.hint


def test_an_unknown_type_is_named_with_its_near_match():
    error = refused(
        a_type({"name": "x", "type": "integr"}), code="unknown_type", field="event_types/a.yaml.fields[0].type"
    )
    assert "'integer'" in error.hint


def test_an_unknown_data_class_is_refused():
    error = refused(a_type({"name": "x", "type": "text", "data_class": "C4"}), code="unknown_data_class")
    assert "C3" in error.hint


@pytest.mark.parametrize("name", ["Amount", "1st", "", "a-b", "a b", "_x", "ä", "a" * (NAME_LENGTH + 1)])
def test_a_name_that_is_not_lower_snake_is_refused(name):
    refused(a_type({"name": name, "type": "text"}), code="invalid_name", field="event_types/a.yaml.fields[0].name")
    refused({"name": name, "fields": [PERSON]}, code="invalid_name", field="event_types/a.yaml.name")


def test_a_name_in_another_style_is_answered_with_the_right_one():
    assert refused(a_type({"name": "loanAmount", "type": "integer"})).hint == "write loan_amount"


@pytest.mark.parametrize("name", sorted(RESERVED_NAMES))
def test_a_name_that_every_event_has_is_refused(name):
    refused(a_type({"name": name, "type": "text"}), code="reserved_name")


def test_two_fields_of_one_name_are_refused():
    refused(a_type(PERSON, PERSON), code="duplicate_field", field="event_types/a.yaml.fields[1].name")


@pytest.mark.parametrize("kind", [each for each in SqlType if each is not SqlType.TEXT])
def test_an_entity_is_named_by_text(kind):
    refused(a_type({"name": "x", "type": str(kind), "entity": "person"}), code="entity_not_text")


@pytest.mark.parametrize("data_class", ["C2", "C3"])
def test_personal_values_need_a_subject(data_class):
    fields = [PERSON, {"name": "income", "type": "integer", "data_class": data_class}]
    error = refused(a_type(*fields), code="subject_missing")
    assert "person" in error.hint
    assert parse_event_type(a_type(*fields, subject="person")).subject == "person"


def test_a_subject_must_be_an_entity_of_the_type_and_required():
    assert "'person'" in refused(a_type(subject="persn"), code="unknown_subject").hint
    refused(a_type(PERSON, {"name": "x", "type": "text"}, subject="x"), code="unknown_subject")
    refused(a_type({**PERSON, "required": False}, subject="person"), code="subject_not_required")


@pytest.mark.parametrize(
    "field",
    [
        {"type": "integer", "scale": 2},
        {"type": "decimal", "scale": 19},
        {"type": "decimal", "scale": -1},
        {"type": "integer", "values": ["a"]},
        {"type": "text", "values": []},
        {"type": "text", "values": [1]},
        {"type": "text", "minimum": 1},
        {"type": "timestamp", "maximum": 1},
        {"type": "double", "minimum": float("nan")},
        {"type": "double", "maximum": float("inf")},
        {"type": "double", "minimum": 2, "maximum": 1},
        {"type": "text", "entity": "person", "values": ["a"]},
        {"type": "text", "required": "yes"},
        {"type": None},
        {"type": ["text"]},
        {"type": "text", "entity": "Person"},
    ],
)
def test_a_field_that_contradicts_itself_is_refused(field):
    error = refused(a_type({"name": "x", **field}))
    assert error.field.startswith("event_types/a.yaml.fields[0]")


def test_more_fields_than_the_limit_are_refused():
    fields = [{"name": f"f{index}", "type": "text"} for index in range(FIELDS_PER_TYPE + 1)]
    refused(a_type(*fields), code="too_many_fields")
    assert len(parse_event_type(a_type(*fields[:-1])).fields) == FIELDS_PER_TYPE
