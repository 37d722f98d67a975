from __future__ import annotations

from decimal import Decimal

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.observe.events.ingest import mapping_digest, parse_mapping


def refused(document, application, **expected):
    with pytest.raises(DefinitionError) as caught:
        parse_mapping(document, {"application": application}, path="loans.yaml")
    for key, value in expected.items():
        assert getattr(caught.value, key) == value, key
    return caught.value


def test_the_short_form_means_the_column(mapping_of):
    mapping = mapping_of()
    assert mapping.fields["applicant"].column == "Customer"
    assert mapping.occurred_at.columns == ("Applied",)
    assert mapping.fields["amount_minor"].multiply == Decimal(100)


def test_a_factor_written_with_a_point_is_taken_as_written(mapping_of):
    mapping = mapping_of(fields={"amount_minor": {"column": "Amount", "multiply": 0.1}})
    assert mapping.fields["amount_minor"].multiply == Decimal("0.1")


def test_the_digest_tells_mappings_apart(mapping_of):
    assert mapping_digest(mapping_of()) == mapping_digest(mapping_of())
    assert mapping_digest(mapping_of()) != mapping_digest(mapping_of(event_id="a-{ID}"))


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"event_type": "aplication"}, "unknown_event_type"),
        ({"event_id": "app"}, "constant_template"),
        ({"timezone": "Mars/Olympus"}, "unknown_timezone"),
        ({"timezone": "../etc/passwd"}, "unknown_timezone"),
        ({"colums": {}}, "unknown_key"),
        ({"source": {"formt": "csv"}}, "unknown_key"),
        ({"source": {"format": "docx"}}, "invalid_definition"),
        ({"source": {"encoding": "utf-9"}}, "invalid_definition"),
        ({"source": {"delimiter": "||"}}, "invalid_definition"),
        ({"occurred_at": {}}, "invalid_definition"),
        ({"occurred_at": {"column": "a", "constant": "2026-01-01"}}, "invalid_definition"),
        ({"fields": {}}, "invalid_definition"),
        ({"fields": {"applicant": "Customer"}}, "required"),
        ({"columns": {"Age": "intger"}}, "invalid_definition"),
    ],
)
def test_a_mapping_that_does_not_hold_together_is_refused(mapping_document, application, change, code):
    assert refused({**mapping_document, **change}, application, code=code).field.startswith("loans.yaml")


@pytest.mark.parametrize(
    ("name", "source", "code"),
    [
        ("amont_minor", "Amount", "unknown_field"),
        ("rate", {"column": "a", "constant": 1}, "ambiguous_source"),
        ("rate", {}, "ambiguous_source"),
        ("rate", {"column": "a", "multipli": 2}, "unknown_key"),
        ("home", {"column": "a", "multiply": 2}, "invalid_definition"),
        ("rate", {"column": "a", "multiply": "NaN"}, "invalid_definition"),
        ("rate", {"column": "a", "format": "%d"}, "invalid_definition"),
        ("rate", {"column": "a", "rounding": "up"}, "invalid_definition"),
        ("opened_at", {"column": "a", "timezone": "Nowhere"}, "unknown_timezone"),
    ],
)
def test_a_source_that_does_not_fit_its_field_is_refused(mapping_document, application, name, source, code):
    document = {**mapping_document, "fields": {**mapping_document["fields"], name: source}}
    refused(document, application, code=code)


def test_a_near_match_is_named(mapping_document, application):
    document = {**mapping_document, "fields": {**mapping_document["fields"], "amont_minor": "Amount"}}
    assert "'amount_minor'" in refused(document, application).hint
