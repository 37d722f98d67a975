"""Unary tests: what a cell means, by its words and by brute force."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.policy.cells import holds, parse_cell
from tandem.kernel.errors import DefinitionError
from tandem.kernel.time import parse_date, parse_instant
from tandem.kernel.values import SqlType

INTEGERS = (*range(-2, 13), None)
SAID = {
    "-": lambda _: True,
    "missing": lambda v: v is None,
    "present": lambda v: v is not None,
    ">= 3": lambda v: v is not None and v >= 3,
    "> 3": lambda v: v is not None and v > 3,
    "<= 3": lambda v: v is not None and v <= 3,
    "< 3": lambda v: v is not None and v < 3,
    "= 3": lambda v: v == 3,
    "3": lambda v: v == 3,
    "-1": lambda v: v == -1,
    "!= 3": lambda v: v is not None and v != 3,
    "<> 3": lambda v: v is not None and v != 3,
    "3..5": lambda v: v in (3, 4, 5),
    "-1..1": lambda v: v in (-1, 0, 1),
    "[3..5)": lambda v: v in (3, 4),
    "(3..5]": lambda v: v in (4, 5),
    "(3..5)": lambda v: v == 4,
    "in [1, 4, 5]": lambda v: v in (1, 4, 5),
    "not in [1, 4]": lambda v: v is not None and v not in (1, 4),
    "< 2 or missing": lambda v: v is None or v < 2,
    "< 2 or > 8": lambda v: v is not None and (v < 2 or v > 8),
    "in [1, 2] or 5..6 or 9": lambda v: v in (1, 2, 5, 6, 9),
}


@pytest.mark.parametrize("text", SAID)
@pytest.mark.parametrize("kind", [SqlType.INTEGER, SqlType.DOUBLE, SqlType.DECIMAL])
def test_a_cell_holds_for_exactly_the_values_it_says(text, kind):
    test = parse_cell(text, kind, "cell")
    convert = {SqlType.INTEGER: int, SqlType.DOUBLE: float, SqlType.DECIMAL: Decimal}[kind]
    for value in INTEGERS:
        assert holds(test, None if value is None else convert(value)) == SAID[text](value), value


@pytest.mark.parametrize("kind", [SqlType.DOUBLE, SqlType.DECIMAL])
def test_between_whole_numbers_fractions_count(kind):
    half = Decimal("3.5") if kind is SqlType.DECIMAL else 3.5
    assert holds(parse_cell("> 3", kind, "c"), half)
    assert holds(parse_cell("(3..5)", kind, "c"), half)
    assert not holds(parse_cell("in [3, 4]", kind, "c"), half)


def test_texts_may_stand_bare_or_in_quotes():
    for text in ("fixed", "'fixed'", '"fixed"', "= fixed", "in [fixed, other]", "in ['fixed']"):
        assert holds(parse_cell(text, SqlType.TEXT, "c"), "fixed")
        assert not holds(parse_cell(text, SqlType.TEXT, "c"), "fixe")
    assert holds(parse_cell("'it''s, or so'", SqlType.TEXT, "c"), "it's, or so")
    assert holds(parse_cell("this or that", SqlType.TEXT, "c"), "that")
    assert holds(parse_cell("'missing'", SqlType.TEXT, "c"), "missing")
    assert not holds(parse_cell("'missing'", SqlType.TEXT, "c"), None)
    assert holds(parse_cell("a..b", SqlType.TEXT, "c"), "a..b")
    assert holds(parse_cell("[a..c)", SqlType.TEXT, "c"), "bcd")


def test_dates_and_instants_are_written_as_people_write_them():
    assert holds(parse_cell(">= 2026-01-31", SqlType.DATE, "c"), parse_date("2026-01-31"))
    assert not holds(parse_cell("< 2026-01-31", SqlType.DATE, "c"), parse_date("2026-01-31"))
    instant = parse_instant("2026-01-31T10:00:00Z")
    assert holds(parse_cell("[2026-01-31..2026-02-01)", SqlType.TIMESTAMP, "c"), instant)
    assert not holds(parse_cell("> 2026-01-31T10:00:00Z", SqlType.TIMESTAMP, "c"), instant)


def test_truth_values():
    assert holds(parse_cell("true", SqlType.BOOLEAN, "c"), True)
    assert not holds(parse_cell("true", SqlType.BOOLEAN, "c"), False)
    assert holds(parse_cell("!= true", SqlType.BOOLEAN, "c"), False)
    assert holds(parse_cell("false or missing", SqlType.BOOLEAN, "c"), None)


def test_only_words_name_the_missing_value():
    assert parse_cell("< 2 or missing", SqlType.INTEGER, "c").explicit
    assert parse_cell("missing", SqlType.INTEGER, "c").explicit
    assert not parse_cell("-", SqlType.INTEGER, "c").explicit


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (">= x", SqlType.INTEGER),
        ("2.5", SqlType.INTEGER),
        ("'3'", SqlType.INTEGER),
        (">=", SqlType.DOUBLE),
        ("nan", SqlType.DOUBLE),
        ("< inf", SqlType.DOUBLE),
        ("1e999", SqlType.DOUBLE),
        ("in []", SqlType.INTEGER),
        ("in [1,,2]", SqlType.INTEGER),
        ("maybe", SqlType.BOOLEAN),
        ("2026-02-30", SqlType.DATE),
        ("9223372036854775807", SqlType.INTEGER),
    ],
)
def test_a_cell_that_means_nothing_is_refused_by_place_and_value(text, kind):
    with pytest.raises(DefinitionError) as caught:
        parse_cell(text, kind, "flow[0].rows[2].when[1]")
    assert caught.value.field == "flow[0].rows[2].when[1]"
    assert caught.value.code == "invalid_cell"


def test_an_empty_range_is_refused():
    with pytest.raises(DefinitionError) as caught:
        parse_cell("5..3", SqlType.INTEGER, "c")
    assert caught.value.code == "empty_range"


@given(st.text(max_size=30), st.sampled_from(list(SqlType)))
def test_no_text_gets_past_the_error_tree(text, kind):
    try:
        test = parse_cell(text.strip() or "-", kind, "c")
    except DefinitionError:
        return
    assert list(test.spans) == sorted(test.spans)
