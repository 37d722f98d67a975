from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel.canonical import canonical_bytes, digest_of
from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.kernel.identity import SeededEntropy, SystemEntropy, new_id
from tandem.kernel.money import Money
from tandem.kernel.settings import load_settings
from tandem.kernel.time import FixedClock, Micros, format_instant, parse_duration, parse_instant

INSTANTS = st.integers(-2_208_988_800_000_000, 4_102_444_800_000_000)


@given(INSTANTS)
def test_an_instant_survives_being_written_and_read(instant):
    assert parse_instant(format_instant(Micros(instant))) == instant


def test_an_instant_with_an_offset_is_moved_to_utc():
    assert parse_instant("2026-11-24T08:00:00+08:00") == parse_instant("2026-11-24T00:00:00Z")


def test_an_instant_without_an_offset_is_refused_because_nobody_knows_which_hour_it_is():
    with pytest.raises(InvalidInput) as refused:
        parse_instant("2026-11-24T08:00:00")
    assert refused.value.code == "instant_without_offset"


@pytest.mark.parametrize(("text", "micros"), [("1us", 1), ("10m", 600_000_000), ("30d", 2_592_000_000_000)])
def test_a_duration_is_a_number_and_a_unit(text, micros):
    assert parse_duration(text) == micros


@pytest.mark.parametrize("text", ["", "d", "1", "-1d", "1.5h", "1 fortnight"])
def test_what_is_not_a_duration_is_refused(text):
    with pytest.raises(InvalidInput):
        parse_duration(text)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(st.dictionaries(st.text(), JSON))
def test_the_order_of_names_does_not_change_the_digest(document):
    assert digest_of(document) == digest_of(dict(reversed(document.items())))


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf")])
def test_a_number_that_is_not_finite_has_no_canonical_form(number):
    with pytest.raises(InvalidInput) as refused:
        canonical_bytes({"a": [1.0, number]})
    assert refused.value.field == "$.a[1]"


def test_ids_sort_by_time_and_never_repeat():
    clock, entropy = FixedClock(Micros(1_000_000)), SeededEntropy(7)
    ids = []
    for _ in range(1000):
        ids.append(new_id("dec", clock, entropy))
        clock.advance(1000)
    assert ids == sorted(ids)
    assert len(set(ids)) == 1000


def test_random_bytes_are_never_given_out_twice_not_even_after_a_fork():
    entropy = SystemEntropy()
    entropy.bytes(12)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b"".join(entropy.bytes(12) for _ in range(400)))
        os._exit(0)
    os.waitpid(child, 0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        theirs = pipe.read()
    ours = b"".join(entropy.bytes(12) for _ in range(400))
    pieces = [data[at : at + 12] for data in (ours, theirs) for at in range(0, len(data), 12)]
    assert len(theirs) == len(ours) == 4800
    assert len(set(pieces)) == len(pieces)
    assert len(entropy.bytes(32)) == 32


def test_money_of_two_currencies_is_never_added():
    with pytest.raises(InvalidInput) as refused:
        Money(100, "CNY") + Money(100, "USD")
    assert refused.value.code == "currency_mismatch"


def test_money_is_rounded_half_to_even():
    assert [Money(amount, "CNY").scaled(Decimal("0.5")).amount_minor for amount in (1, 3, 5)] == [0, 2, 2]


def test_money_is_shown_in_major_units():
    assert [str(Money(123456, currency)) for currency in ("CNY", "JPY", "KWD")] == [
        "1,234.56 CNY",
        "123,456 JPY",
        "123.456 KWD",
    ]


def test_an_error_is_a_problem_document_that_names_field_value_and_remedy():
    problem = NotFound(
        "No such list.", code="unknown_list", field="list", value="blok", hint="did you mean 'block'?"
    ).problem()
    assert problem == {
        "type": "https://tandem-risk.org/problems/unknown_list",
        "title": "Not found",
        "status": 404,
        "detail": "No such list.",
        "code": "unknown_list",
        "field": "list",
        "value": "blok",
        "hint": "did you mean 'block'?",
    }


@given(st.text(alphabet=st.characters(), max_size=500))
def test_any_value_at_all_can_be_shown_in_a_problem_document(value):
    canonical_bytes(InvalidInput("bad", value=value).problem())
    canonical_bytes(InvalidInput("bad", value="\ud800" + value).problem())


def test_a_near_match_is_offered():
    assert near_match("amuont", ["amount", "age"]) == "did you mean 'amount'?"


def test_settings_come_from_the_environment():
    settings = load_settings({"TANDEM_HOME": "/srv/tandem", "TANDEM_PORT": "9000", "HOME": "/root"})
    assert (settings.home, settings.port) == (Path("/srv/tandem"), 9000)


def test_every_fault_in_the_settings_is_told_at_once():
    with pytest.raises(InvalidInput) as refused:
        load_settings({"TANDEM_PROT": "1", "TANDEM_PORT": "x", "TANDEM_HOST": "0.0.0.0"})
    for name in ("TANDEM_PROT", "did you mean 'TANDEM_PORT'", "TANDEM_PORT='x'", "TANDEM_HOST='0.0.0.0'"):
        assert name in refused.value.detail
