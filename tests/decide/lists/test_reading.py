"""Definitions, changes and imports are read whole or refused by field, and identifiers never stay."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tandem.decide.lists import MAX_CHANGE, Lists, parse_list, read_change, read_rows
from tandem.kernel.errors import DefinitionError, InvalidInput, TooLarge
from tandem.kernel.time import DAY, parse_instant

NOW = parse_instant("2026-11-24T00:00:00Z")


def pseudonymise(kind, identifier):
    return sha256(f"{kind}:{identifier}".encode()).hexdigest()[:32]


@pytest.fixture
def definition():
    return parse_list(
        {"list": "blocked", "kind": "block", "entity": "person", "description": "d", "expires_after": "30d"}
    )


def read(document, definition, at=NOW):
    return read_change(document, {"blocked": definition}, pseudonymise, at=at, by="ann")


def one(**keys):
    return {"identifier": "ID-1", "reason": "fraud", "source": "desk", **keys}


def test_a_definition_is_read_with_its_default_life(definition):
    assert (definition.name, definition.kind, definition.entity) == ("blocked", "block", "person")
    assert definition.expires_after == 30 * DAY


@pytest.mark.parametrize(
    ("document", "field", "code"),
    [
        ({"list": "b", "kind": "blok", "entity": "person"}, "kind", "unknown_list_kind"),
        ({"list": "B", "kind": "block", "entity": "person"}, "list", "invalid_name"),
        ({"list": "b", "kind": "block"}, "entity", "missing_key"),
        (
            {"list": "b", "kind": "block", "entity": "person", "expires_after": "soon"},
            "expires_after",
            "invalid_duration",
        ),
        (
            {"list": "b", "kind": "block", "entity": "person", "expires_after": "0d"},
            "expires_after",
            "invalid_duration",
        ),
        ({"list": "b", "kind": "block", "entity": "person", "expires": "1d"}, "expires", "unknown_field"),
    ],
)
def test_a_definition_that_does_not_hold_is_refused_by_field(document, field, code):
    with pytest.raises(DefinitionError) as caught:
        parse_list(document)
    assert (caught.value.field, caught.value.code) == (field, code)


def test_a_change_keeps_pseudonyms_only(definition):
    found = read({"change_id": "1", "list": "blocked", "add": [one()], "remove": [{"identifier": "ID-2"}]}, definition)
    assert found.add[0].member == pseudonymise("person", "ID-1")
    assert found.remove == (pseudonymise("person", "ID-2"),)
    assert "ID-" not in repr(found)
    assert found.add[0].added_by == "ann"


def test_expiry_comes_from_the_entry_or_else_from_the_list(definition):
    def expiry(**keys):
        return read({"change_id": "1", "list": "blocked", "add": [one(**keys)]}, definition).add[0].expires_at

    assert expiry() == NOW + 30 * DAY
    assert expiry(expires_after="2d") == NOW + 2 * DAY
    assert expiry(expires_at="2027-01-01T00:00:00Z") == parse_instant("2027-01-01T00:00:00Z")


def test_a_retry_later_is_the_same_change_although_its_expiry_is_reckoned_from_now(definition):
    document = {"change_id": "1", "list": "blocked", "add": [one()]}
    lists = Lists([definition])
    assert not lists.apply(read(document, definition)).duplicate
    assert lists.apply(read(document, definition, at=NOW + DAY)).duplicate


@pytest.mark.parametrize(
    ("entry", "field", "code"),
    [
        (one(reason=" "), "add[0].reason", "missing_field"),
        ({"identifier": "x", "reason": "r"}, "add[0].source", "missing_field"),
        ({"reason": "r", "source": "s"}, "add[0].identifier", "no_member"),
        (one(member="0" * 32), "add[0].identifier", "no_member"),
        ({"member": "ID-1", "reason": "r", "source": "s"}, "add[0].member", "invalid_pseudonym"),
        (one(expires_at="2020-01-01T00:00:00Z"), "add[0].expires_at", "expired"),
        (one(expires_at="soon"), "add[0].expires_at", "invalid_instant"),
        (one(expires_at="2027-01-01T00:00:00Z", expires_after="1d"), "add[0].expires_at", "two_expiries"),
        (one(expires_after=3), "add[0].expires_after", "invalid_duration"),
        (one(reasn="x"), "add[0].reasn", "unknown_field"),
        ("ID-1", "add[0]", "invalid_input"),
    ],
)
def test_an_entry_that_cannot_be_taken_is_refused_by_field_and_never_shows_an_identifier(
    definition, entry, field, code
):
    with pytest.raises(InvalidInput) as caught:
        read({"change_id": "1", "list": "blocked", "add": [entry]}, definition)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert "ID-1" not in str(caught.value)


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"change_id": "1", "list": "blockd", "add": [one()]}, "list"),
        ({"list": "blocked", "add": [one()]}, "change_id"),
        ({"change_id": "1", "list": "blocked"}, "add"),
        ({"change_id": "1", "list": "blocked", "add": {}}, "add"),
        ({"change_id": "1", "list": "blocked", "ad": []}, "ad"),
    ],
)
def test_a_change_that_does_not_hold_is_refused(definition, document, field):
    with pytest.raises(InvalidInput) as caught:
        read(document, definition)
    assert caught.value.field == field


def test_a_change_has_a_limit(definition):
    with pytest.raises(TooLarge):
        read({"change_id": "1", "list": "blocked", "add": [one()] * (MAX_CHANGE + 1)}, definition)
    with pytest.raises(TooLarge):
        read({"change_id": "1", "list": "blocked", "add": [one(reason="x" * 501)]}, definition)


def test_an_import_takes_the_good_rows_and_says_what_is_wrong_with_the_others(definition):
    rows = [
        {"identifier": "ID-1", "reason": "fraud"},
        {"identifier": "", "reason": "fraud"},
        {"identifier": "ID-1", "reason": "court order", "expires_at": "2027-01-01T00:00:00Z"},
        {"identifier": "ID-2", "reason": "fraud", "expires_at": "never"},
        {"identifier": "ID-3", "reason": "", "colour": "red"},
    ]
    found = read_rows(rows, definition, pseudonymise, at=NOW, by="ann", defaults={"source": "police.csv"})
    assert [(entry.reason, entry.source) for entry in found.entries] == [("court order", "police.csv")]
    assert found.repeated == 1
    assert [(bad.row, bad.field) for bad in found.rejected] == [(2, "identifier"), (4, "expires_at"), (5, "colour")]
