"""The table of ``semantics.md``, case by case: what is specified once and equal everywhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tandem.kernel.expressions import Column, compile_row, limits, parse
from tandem.kernel.time import DAY, parse_date, parse_instant
from tandem.kernel.values import INTEGER_MAX, INTEGER_MIN, SqlType

SCHEMA = {
    "b": Column(SqlType.BOOLEAN),
    "i": Column(SqlType.INTEGER),
    "j": Column(SqlType.INTEGER),
    "x": Column(SqlType.DOUBLE),
    "y": Column(SqlType.DOUBLE),
    "d": Column(SqlType.DECIMAL, scale=2),
    "t": Column(SqlType.TEXT),
    "at": Column(SqlType.TIMESTAMP),
    "day": Column(SqlType.DATE),
}
LISTS = {"blocked": {"p1"}}


def value(text: str, **row):
    expression = parse(text, SCHEMA, lists=LISTS)
    whole = {name: row.get(name) for name in SCHEMA}
    given = compile_row([expression])(whole, LISTS)[0]
    assert given == compile_row([expression], fast_path=False)(whole, LISTS)[0]
    return given


@pytest.mark.parametrize(
    ("left", "right", "conjunction", "disjunction"),
    [
        (True, True, True, True), (True, False, False, True), (True, None, None, True), (False, True, False, True),
        (False, False, False, False), (False, None, False, None), (None, True, None, True), (None, False, False, None),
        (None, None, None, None),
    ],
)  # fmt: skip
def test_logic_has_three_values(left, right, conjunction, disjunction):
    schema = {"p": Column(SqlType.BOOLEAN), "q": Column(SqlType.BOOLEAN)}
    ask = compile_row([parse(text, schema) for text in ("p AND q", "p OR q", "NOT p")])
    negation = None if left is None else not left
    assert ask({"p": left, "q": right}, {}) == (conjunction, disjunction, negation)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        # unknown
        ("i > 1", {}, None),
        ("NOT i > 1", {}, None),
        ("i > 1 OR TRUE", {}, True),
        ("i IS NULL", {}, True),
        ("(i > 1) IS NULL", {}, True),
        ("(i > 1) IS NOT TRUE", {}, True),
        ("i IS DISTINCT FROM j", {}, False),
        ("i IS DISTINCT FROM j", {"i": 1}, True),
        ("i IN (1, 2)", {}, None),
        ("i IN (1, 9223372036854775807 + 1)", {"i": 1}, True),
        ("i IN (1, 9223372036854775807 + 1)", {"i": 2}, None),
        ("i NOT IN (1, 9223372036854775807 + 1)", {"i": 2}, None),
        ("i IN (9223372036854775807 + 1)", {"i": 2}, None),
        ("i BETWEEN 1 AND j", {"i": 0}, False),
        ("i BETWEEN 1 AND j", {"i": 2}, None),
        ("NOT (i BETWEEN j AND 5)", {"i": 6}, True),
        ("CASE WHEN i > 1 THEN 'a' ELSE 'b' END", {}, "b"),
        ("LEAST(i, j)", {"j": 3}, 3),
        ("GREATEST(i, j)", {}, None),
        ("CONCAT(t, 'x')", {}, "x"),
        ("t || 'x'", {}, None),
        ("in_list(t, 'blocked')", {}, None),
        ("in_list(t, 'blocked')", {"t": "p1"}, True),
        ("in_list(t, 'blocked')", {"t": "p2"}, False),
        # division
        ("i / j", {"i": 7, "j": 2}, 3.5),
        ("i / j", {"i": 7, "j": 0}, None),
        ("x / y", {"x": 0.0, "y": 0.0}, None),
        ("d / d", {"d": Decimal("0.30")}, 1.0),
        ("i % j", {"i": -7, "j": 3}, -1),
        ("i % j", {"i": 7, "j": -3}, 1),
        ("i % j", {"i": 7, "j": 0}, None),
        ("i % j", {"i": INTEGER_MIN, "j": -1}, 0),
        # overflow
        ("i + 1", {"i": INTEGER_MAX}, None),
        ("-i", {"i": INTEGER_MIN}, None),
        ("ABS(i)", {"i": INTEGER_MIN}, None),
        ("i * j", {"i": 2**40, "j": 2**40}, None),
        ("(i + 1) IS NULL", {"i": INTEGER_MAX}, True),
        ("d + d", {"d": Decimal("9999999999999999.99")}, None),
        ("d * d", {"d": Decimal("9999999999999999.99")}, None),
        ("x * y", {"x": 1e200, "y": 1e200}, None),
        ("x * y", {"x": 1e-200, "y": 1e-200}, 0.0),
        ("x + y", {"x": 1e300, "y": 1e300}, None),
        ("EXP(x)", {"x": 1000.0}, None),
        ("EXP(x)", {"x": -1000.0}, 0.0),
        # domains
        ("SQRT(x)", {"x": -1.0}, None),
        ("LN(x)", {"x": 0.0}, None),
        ("LOG10(x)", {"x": -1.0}, None),
        ("POWER(x, y)", {"x": 0.0, "y": -1.0}, None),
        ("POWER(x, y)", {"x": -8.0, "y": 0.5}, None),
        ("POWER(x, y)", {"x": -2.0, "y": 3.0}, -8.0),
        ("POWER(x, y)", {"x": 0.0, "y": 0.0}, 1.0),
        # rounding
        ("ROUND(x)", {"x": 2.5}, 3.0),
        ("ROUND(x)", {"x": -2.5}, -3.0),
        ("ROUND(x)", {"x": 0.49999999999999994}, 0.0),
        ("ROUND(x, 2)", {"x": 1.005}, 1.0),
        ("ROUND(d, 1)", {"d": Decimal("2.35")}, Decimal("2.4")),
        ("ROUND(d, 1)", {"d": Decimal("-2.35")}, Decimal("-2.4")),
        ("FLOOR(x)", {"x": -2.5}, -3.0),
        ("TRUNC(x)", {"x": -2.5}, -2.0),
        ("CAST(x AS INTEGER)", {"x": 2.5}, 3),
        ("CAST(x AS INTEGER)", {"x": 1e19}, None),
        # numbers that meet
        ("d = 0.1", {"d": Decimal("0.10")}, True),
        ("x = 0.1", {"x": 0.1}, True),
        ("i > 0.5", {"i": 1}, True),
        ("i = 9007199254740993.0", {"i": 2**53}, False),
        ("i = x", {"i": 2**53 + 1, "x": float(2**53)}, True),
        ("d * 0.5", {"d": Decimal("0.01")}, Decimal("0.005")),
        ("i * 0.5", {"i": 3}, 1.5),
        # text
        ("t < 'a'", {"t": "Z"}, True),
        ("t < '\uffff'", {"t": "\U00010000"}, False),
        ("LOWER(t)", {"t": "ÄBC"}, "Äbc"),
        ("LENGTH(t)", {"t": "e\u0301🏼"}, 3),
        ("TRIM(t)", {"t": " \u00a0x "}, "\u00a0x"),
        ("POSITION('' IN t)", {"t": "abc"}, 1),
        ("POSITION('z' IN t)", {"t": "abc"}, 0),
        ("RIGHT(t, 5)", {"t": "abc"}, "abc"),
        ("SUBSTRING(t, 2, 1)", {"t": "日本語"}, "本"),
        ("t LIKE 'A%'", {"t": "abc"}, False),
        ("t LIKE '_b%'", {"t": "🏼bc"}, True),
        ("t LIKE 'a\\%'", {"t": "a\\bc"}, True),
        ("t LIKE 'a!%' ESCAPE '!'", {"t": "abc"}, False),
        ("REPLACE(t, 'a', 'bb')", {"t": "a" * 40_000}, None),
        # casts from text
        ("CAST(t AS INTEGER)", {"t": "+007"}, 7),
        ("CAST(t AS INTEGER)", {"t": " 7"}, None),
        ("CAST(t AS INTEGER)", {"t": "7.0"}, None),
        ("CAST(t AS DOUBLE)", {"t": "1.5e3"}, 1500.0),
        ("CAST(t AS DOUBLE)", {"t": "inf"}, None),
        ("CAST(t AS DECIMAL(5, 2))", {"t": "1.005"}, Decimal("1.01")),
        ("CAST(t AS DECIMAL(5, 2))", {"t": "1000"}, None),
        ("CAST(t AS BOOLEAN)", {"t": "TRUE"}, True),
        ("CAST(t AS BOOLEAN)", {"t": "yes"}, None),
        ("CAST(t AS DATE)", {"t": "2023-02-29"}, None),
        ("CAST(t AS DATE)", {"t": "today"}, None),
        ("CAST(d AS TEXT)", {"d": Decimal("1.5")}, "1.50"),
        ("CAST(b AS TEXT)", {"b": True}, "true"),
        # dates and instants
        ("day + INTERVAL '1 month'", {"day": parse_date("2024-01-31")}, parse_date("2024-02-29")),
        ("day - INTERVAL '30 days'", {"day": parse_date("2024-01-31")}, parse_date("2024-01-01")),
        ("day + INTERVAL '2 hours'", {"day": 1}, DAY + 2 * 3_600_000_000),
        ("day + INTERVAL '1 day'", {"day": limits.DATE_MAX}, None),
        ("day - i", {"day": 10, "i": 3}, 7),
        ("day - DATE '1970-01-01'", {"day": 10}, 10),
        ("at - TIMESTAMP '1970-01-01 00:00:00' > INTERVAL '1 hour'", {"at": 3_600_000_001}, True),
        ("at - TIMESTAMP '1970-01-01 00:00:00'", {"at": 1_500_000}, 1.5),
        ("EXTRACT(dow FROM day)", {"day": parse_date("2024-01-28")}, 0),
        ("EXTRACT(isodow FROM day)", {"day": parse_date("2024-01-28")}, 7),
        ("EXTRACT(second FROM at)", {"at": 1_999_999}, 1),
        ("EXTRACT(epoch FROM at)", {"at": 1_500_000}, 1.5),
        ("DATE_TRUNC('week', day)", {"day": parse_date("2024-01-31")}, parse_date("2024-01-29")),
        ("CAST(at AS DATE)", {"at": -1}, -1),
        ("at < '2024-02-01'", {"at": parse_instant("2024-01-31T23:59:59Z")}, True),
        ("at >= day", {"at": DAY, "day": 1}, True),
        ("CAST(at AS TEXT)", {"at": 0}, "1970-01-01 00:00:00.000000"),
        ("EXTRACT(year FROM at)", {"at": 2**62}, None),
    ],
)
def test_a_case_of_the_table(text, row, expected):
    given = value(text, **row)
    assert given == expected
    assert type(given) is type(expected)
