from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import IntegrityError, InvalidInput, NotFound, TandemError
from tandem.kernel.time import DAY, format_instant, parse_instant
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.events.limits import ERRORS_LISTED, EVENT_ID_LENGTH, IDENTIFIER_LENGTH, TEXT_LENGTH

NOW = parse_instant("2026-11-24T07:00:00Z")


def fault(reader, document, *, received_at=NOW):
    """The one fault of ``document``."""
    with pytest.raises(InvalidInput) as caught:
        reader.read(document, received_at=received_at)
    assert len(caught.value.errors) == 1
    return caught.value


def with_value(document, name, value):
    return {**document, "values": {**document["values"], name: value}}


# what comes out


def test_values_come_out_typed(reader, document):
    values = reader.read(document, received_at=NOW).values
    assert values["amount_minor"] == 1250
    assert values["rate"] == Decimal("0.1250")
    assert values["born"] == 7305
    assert values["opened_at"] == parse_instant("2026-01-01T00:00:00Z")
    assert values["first"] is True


def test_every_declared_field_is_in_the_row_and_absent_ones_are_none(reader, payment, document):
    document["values"] = {"person": "a", "amount_minor": 1, "channel": None}
    values = reader.read(document, received_at=NOW).values
    assert list(values) == [field.name for field in payment.fields]
    assert values["channel"] is None
    assert values["device"] is None


def test_an_entity_leaves_the_reader_as_its_pseudonym_only(reader, vault, document):
    event = reader.read(document, received_at=NOW)
    person = vault.pseudonym("person", "110101199001011234")
    assert event.values["person"] == event.entities["person"] == event.subject == person
    assert event.entities["device"] == vault.pseudonym("device", "d-7")
    assert event.entity_kinds == {"person": "person", "device": "device"}


def test_personal_values_and_identifiers_are_in_the_secret_and_nowhere_else(reader, document):
    event = reader.read(document, received_at=NOW)
    assert json.loads(event.secret) == {
        "born": 7305, "device": "d-7", "income_minor": 900_000, "note": "für dich 你好", "person": "110101199001011234",
    }  # fmt: skip
    clear = event.clear.decode()
    for personal in ("110101199001011234", "d-7", "900000", "7305", "dich"):
        assert personal not in clear
    assert json.loads(clear)["values"]["amount_minor"] == 1250


def test_the_bodies_are_canonical(reader, document):
    event = reader.read(document, received_at=NOW)
    assert canonical_bytes(json.loads(event.clear)) == event.clear
    assert canonical_bytes(json.loads(event.secret)) == event.secret


def test_without_a_subject_no_identifier_is_kept(vault):
    terminal = parse_event_type({"name": "ping", "fields": [{"name": "device", "type": "text", "entity": "device"}]})
    document = {"event_id": "1", "event_type": "ping", "occurred_at": "2026-01-01", "values": {"device": "d-7"}}
    event = EventReader([terminal], vault).read(document, received_at=NOW)
    assert event.subject is None
    assert event.secret is None
    assert b"d-7" not in event.clear
    assert event.entities == {"device": vault.pseudonym("device", "d-7")}


# the digest


def test_the_digest_depends_on_what_the_event_says_only(reader, document):
    first = reader.read(document, received_at=NOW)
    again = reader.read(json.loads(json.dumps(document)), received_at=NOW + DAY)
    other_order = {**document, "values": dict(reversed(document["values"].items()))}
    other_spelling = {**document, "occurred_at": "2026-11-24T14:38:00+08:00"}
    with_null = with_value(document, "score", None)
    without = {**document, "values": {key: each for key, each in document["values"].items() if key != "score"}}
    assert first.digest == again.digest
    assert first.digest == reader.read(other_order, received_at=NOW).digest
    assert first.digest == reader.read(other_spelling, received_at=NOW).digest
    assert reader.read(with_null, received_at=NOW).digest == reader.read(without, received_at=NOW).digest


def test_any_change_changes_the_digest(reader, document):
    changed = [
        document,
        {**document, "event_id": "pay-2"},
        {**document, "occurred_at": "2026-11-24T06:38:00.000001Z"},
        {**document, "supersedes": "pay-0"},
        with_value(document, "amount_minor", 1251),
        with_value(document, "income_minor", 900_001),
        with_value(document, "person", "other"),
        with_value(document, "device", None),
        with_value(document, "rate", "0.1251"),
    ]
    digests = {reader.read(each, received_at=NOW).digest for each in changed}
    assert len(digests) == len(changed)
    assert all(len(digest) == 64 for digest in digests)


def test_the_digest_is_keyed_so_that_it_is_no_oracle_for_sealed_values(payment, vault_of, document):
    digests = {
        EventReader([payment], vault_of(key)).read(with_value(document, "person", "x"), received_at=NOW).digest
        for key in (b"a" * 32, b"b" * 32)
    }
    assert len(digests) == 2


# back from the journal


def test_rebuilding_from_the_journal_gives_the_same_event(reader, document):
    event = reader.read({**document, "supersedes": "pay-0"}, received_at=NOW)
    assert reader.rebuild(event.clear, event.secret, digest=event.digest) == event


def test_an_erased_event_keeps_its_pseudonyms_and_says_so(reader, document):
    event = reader.read(document, received_at=NOW)
    rebuilt = reader.rebuild(event.clear, None, digest=event.digest)
    assert rebuilt.erased
    assert rebuilt.values == {**event.values, "income_minor": None, "note": None, "born": None}
    assert rebuilt.entities == event.entities
    assert rebuilt.subject == event.subject


def test_an_event_without_secrets_is_not_called_erased(vault):
    ping = parse_event_type({"name": "ping", "fields": [{"name": "x", "type": "integer"}]})
    reader = EventReader([ping], vault)
    document = {"event_id": "1", "event_type": "ping", "occurred_at": "2026-01-01", "values": {"x": 1}}
    event = reader.read(document, received_at=NOW)
    assert reader.rebuild(event.clear, None, digest=event.digest) == event


def test_a_type_that_grew_reads_its_old_events(reader, vault, document):
    event = reader.read(document, received_at=NOW)
    grown = parse_event_type(
        {
            "name": "payment",
            "fields": [
                {"name": "person", "type": "text", "entity": "person", "required": True},
                {"name": "added", "type": "integer"},
                {"name": "income_minor", "type": "integer"},
            ],
        }
    )
    rebuilt = EventReader([grown], vault).rebuild(event.clear, event.secret, digest=event.digest)
    assert rebuilt.values == {"person": event.subject, "added": None, "income_minor": 900_000}


@pytest.mark.parametrize("clear", [b"", b"{", b"[]", b'{"values":{}}', b"\xff"])
def test_a_body_that_is_not_ours_is_an_integrity_error(reader, clear):
    with pytest.raises(IntegrityError):
        reader.rebuild(clear, None, digest="0" * 64)


# what is refused


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("amount_minor", True, "wrong_type"),
        ("amount_minor", "12", "wrong_type"),
        ("amount_minor", 12.0, "wrong_type"),
        ("amount_minor", [1], "wrong_type"),
        ("amount_minor", 2**63, "out_of_range"),
        pytest.param("amount_minor", 10**5000, "out_of_range", id="giant"),
        ("amount_minor", -1, "out_of_bounds"),
        ("amount_minor", 10_000_001, "out_of_bounds"),
        ("score", "0.5", "wrong_type"),
        ("score", True, "wrong_type"),
        ("score", float("nan"), "not_finite"),
        ("score", float("-inf"), "not_finite"),
        ("score", 2**53 + 1, "out_of_range"),
        ("rate", 0.125, "wrong_type"),
        ("rate", True, "wrong_type"),
        ("rate", "abc", "invalid_decimal"),
        ("rate", "", "invalid_decimal"),
        ("rate", "NaN", "not_finite"),
        ("rate", "Infinity", "not_finite"),
        ("rate", "0.12345", "too_precise"),
        ("rate", "1e-9999999", "too_precise"),
        ("rate", "1e9999999", "out_of_range"),
        ("rate", "100000000000000.0", "out_of_range"),
        ("rate", 10**18, "out_of_range"),
        ("rate", "1" * 100, "out_of_range"),
        ("channel", "wep", "value_not_allowed"),
        ("channel", 1, "wrong_type"),
        ("note", "a\x00b", "nul_in_text"),
        ("note", "\ud800", "lone_surrogate"),
        ("note", "x" * (TEXT_LENGTH + 1), "text_too_long"),
        ("first", 1, "wrong_type"),
        ("first", "true", "wrong_type"),
        ("born", "1990-02-30", "invalid_date"),
        ("born", "1990-01-01T00:00:00Z", "invalid_date"),
        ("born", 19900101, "wrong_type"),
        ("opened_at", "2026-01-01T00:00:00", "instant_without_offset"),
        ("opened_at", "soon", "invalid_instant"),
        ("opened_at", 1_767_225_600, "wrong_type"),
        ("person", 42, "wrong_type"),
        ("person", "", "empty_identifier"),
        ("person", " \t", "empty_identifier"),
        ("person", "\udfff", "lone_surrogate"),
        ("device", "d" * (IDENTIFIER_LENGTH + 1), "text_too_long"),
    ],
)
def test_a_value_that_does_not_fit_its_field_is_refused(reader, document, field, value, code):
    found = fault(reader, with_value(document, field, value))
    assert (found.code, found.field) == (code, f"values.{field}")
    json.dumps(found.problem()).encode()


@pytest.mark.parametrize(
    ("field", "value", "typed"),
    [
        ("score", 1, 1.0),
        ("score", -(2**53), -(2.0**53)),
        ("rate", 3, Decimal("3.0000")),
        ("rate", "-.5", Decimal("-0.5000")),
        ("rate", "1.50", Decimal("1.5000")),
        ("rate", "99999999999999.9999", Decimal("99999999999999.9999")),
        ("amount_minor", 0, 0),
        ("amount_minor", 10_000_000, 10_000_000),
        ("note", "", ""),
        ("note", "x" * TEXT_LENGTH, "x" * TEXT_LENGTH),
    ],
)
def test_a_value_at_the_edge_is_taken(reader, document, field, value, typed):
    assert reader.read(with_value(document, field, value), received_at=NOW).values[field] == typed


def test_a_near_match_is_named(reader, document):
    assert "'amount_minor'" in fault(reader, with_value(document, "amount_minr", 1)).hint
    assert "'web'" in fault(reader, with_value(document, "channel", "wep")).hint
    assert "'values'" in fault(reader, {**document, "valuez": {}}).hint
    with pytest.raises(NotFound, match="payment"):
        reader.read({**document, "event_type": "paymnt"}, received_at=NOW)


@pytest.mark.parametrize("field", ["person", "note", "income_minor"])
def test_a_personal_value_is_never_shown_in_an_error(reader, document, field):
    found = fault(reader, with_value(document, field, "secret\x00value"))
    assert found.value is None
    assert "secret" not in str(found)


@pytest.mark.parametrize("name", ["person", "amount_minor"])
def test_a_required_field_may_be_neither_absent_nor_null(reader, document, name):
    assert fault(reader, with_value(document, name, None)).code == "required"
    del document["values"][name]
    assert fault(reader, document).field == f"values.{name}"


def test_a_misspelt_key_is_named_where_the_right_one_is_missing(reader, document):
    document["valuez"] = document.pop("values")
    with pytest.raises(InvalidInput) as caught:
        reader.read(document, received_at=NOW)
    assert {each.field for each in caught.value.errors} == {"values", "valuez"}


def test_all_faults_are_named_at_once(reader, document):
    document |= {"event_id": "", "occurred_at": "soon"}
    document["values"] = {"amount_minor": "1", "channel": "x", "colour": 1}
    with pytest.raises(InvalidInput) as caught:
        reader.read(document, received_at=NOW)
    found = {(each.field, each.code) for each in caught.value.errors}
    assert found == {
        ("event_id", "invalid_event_id"),
        ("occurred_at", "invalid_instant"),
        ("values.amount_minor", "wrong_type"),
        ("values.channel", "value_not_allowed"),
        ("values.colour", "unknown_field"),
        ("values.person", "required"),
    }
    problem = caught.value.problem()
    assert problem["field"] == "event_id"
    assert len(problem["errors"]) == 6


def test_the_list_of_faults_has_an_end(reader, document):
    document["values"] |= {f"unknown_{index}": 1 for index in range(10_000)}
    with pytest.raises(InvalidInput) as caught:
        reader.read(document, received_at=NOW)
    assert len(caught.value.errors) == ERRORS_LISTED


@pytest.mark.parametrize("event_id", ["", "a" * (EVENT_ID_LENGTH + 1), "a\n", "\ud800", "\x00", 7, None, ["a"]])
def test_an_event_id_that_cannot_be_one_is_refused(reader, document, event_id):
    assert fault(reader, {**document, "event_id": event_id}).field == "event_id"


def test_an_event_id_at_the_limit_is_taken(reader, document):
    assert reader.read({**document, "event_id": "é" * EVENT_ID_LENGTH}, received_at=NOW)


@pytest.mark.parametrize("occurred_at", [None, 1_795_500_000, "", "yesterday", "2026-11-24T06:38:00", "2026-13-01"])
def test_an_unreadable_time_is_refused(reader, document, occurred_at):
    assert fault(reader, {**document, "occurred_at": occurred_at}).field == "occurred_at"


@pytest.mark.parametrize(
    "occurred_at", ["1899-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"]
)
def test_an_impossible_time_is_refused(reader, document, occurred_at):
    assert fault(reader, {**document, "occurred_at": occurred_at}).code == "impossible_time"


def test_a_clock_may_run_fast_by_a_day_and_no_more(reader, document):
    assert reader.read({**document, "occurred_at": format_instant(NOW + DAY)}, received_at=NOW)
    assert fault(reader, {**document, "occurred_at": format_instant(NOW + DAY + 1)}).code == "impossible_time"
    assert reader.read({**document, "occurred_at": "1900-01-01"}, received_at=NOW)


def test_an_event_over_the_limit_of_bytes_is_refused(vault):
    fields = [{"name": f"f{index}", "type": "text"} for index in range(65)]
    reader = EventReader([parse_event_type({"name": "big", "fields": fields})], vault)

    def big(count):
        values = {f"f{index}": "x" * TEXT_LENGTH for index in range(count)}
        return {"event_id": "1", "event_type": "big", "occurred_at": "2026-01-01", "values": values}

    assert fault(reader, big(65)).code == "event_too_large"
    assert reader.read(big(63), received_at=NOW)


def test_an_event_cannot_correct_itself(reader, document):
    assert fault(reader, {**document, "supersedes": document["event_id"]}).code == "self_supersedes"
    assert fault(reader, {**document, "supersedes": 4}).field == "supersedes"


@pytest.mark.parametrize("document", [None, [], "x", 1, {}, {"event_type": None}, {"event_type": ["payment"]}])
def test_what_is_not_an_event_is_refused(reader, document):
    assert fault_of(reader, document)


def fault_of(reader, document):
    with pytest.raises(InvalidInput) as caught:
        reader.read(document, received_at=NOW)
    return caught.value


@pytest.mark.parametrize("values", [None, [], "x", 1])
def test_values_are_an_object(reader, document, values):
    assert "values" in {each.field for each in fault_of(reader, {**document, "values": values}).errors}


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(["\ud800", "\x00"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(
    [
        "person",
        "device",
        "amount_minor",
        "income_minor",
        "rate",
        "score",
        "channel",
        "note",
        "first",
        "born",
        "opened_at",
    ]
)


@given(
    st.fixed_dictionaries(
        {"event_type": st.just("payment") | JSON},
        optional={
            "event_id": JSON,
            "occurred_at": JSON | st.just("2026-01-01"),
            "values": st.dictionaries(NAMES | st.text(max_size=6), JSON, max_size=6) | JSON,
            "supersedes": JSON,
            "more": JSON,
        },
    )
)
def test_any_document_is_either_read_or_refused_in_words(reader, document):
    try:
        reader.read(document, received_at=NOW)
    except TandemError as error:
        json.dumps(error.problem()).encode()


INSTANTS = st.integers(parse_instant("1900-01-01"), NOW).map(format_instant)
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)


@given(
    st.fixed_dictionaries(
        {"person": TEXTS.filter(str.strip), "amount_minor": st.integers(0, 10_000_000)},
        optional={
            "income_minor": st.integers(-(2**63), 2**63 - 1),
            "rate": st.decimals(-(10**13), 10**13, places=4, allow_nan=False).map(str),
            "score": st.floats(allow_nan=False, allow_infinity=False),
            "note": TEXTS,
            "first": st.booleans(),
            "born": st.dates().map(str),
            "opened_at": INSTANTS,
        },
    ),
    INSTANTS,
)
def test_whatever_is_read_can_be_read_again_from_the_journal(reader, values, occurred_at):
    document = {"event_id": "1", "event_type": "payment", "occurred_at": occurred_at, "values": values}
    event = reader.read(document, received_at=NOW)
    assert reader.rebuild(event.clear, event.secret, digest=event.digest) == event
