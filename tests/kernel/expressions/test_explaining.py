"""Why a condition did or did not fire, and what it says in words."""

from __future__ import annotations

import msgspec
import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, Literal, compile_row, in_words, parse, trace
from tandem.kernel.expressions.operators import OPERATORS
from tandem.kernel.expressions.phrases import PHRASES
from tandem.kernel.expressions.wording import source_of
from tandem.kernel.values import SqlType

SCHEMA = {
    "age": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "debt": Column(SqlType.DECIMAL, scale=2),
    "person": Column(SqlType.TEXT),
    "opened_at": Column(SqlType.TIMESTAMP),
    "due": Column(SqlType.DATE),
    "active": Column(SqlType.BOOLEAN),
}


def test_a_trace_has_value_threshold_and_verdict_of_every_comparison():
    expression = parse("age > 18 AND (income / age >= 50.5 OR in_list(person, 'vip'))", SCHEMA, lists={"vip"})
    traced = trace(expression, {"age": 20, "income": 100.0, "person": "p1"}, {"vip": {"p1"}})
    assert (traced.operator, traced.verdict) == ("and", True)
    age, either = traced.parts
    assert (age.text, age.operator, age.verdict) == ("age > 18", ">", True)
    assert [(one.text, one.value, one.constant) for one in age.operands] == [("age", 20, False), ("18", 18, True)]
    ratio, member = either.parts
    assert (ratio.verdict, [one.value for one in ratio.operands]) == (False, [5.0, 50.5])
    assert (member.operator, member.verdict, [one.value for one in member.operands]) == ("in_list", True, ["p1", "vip"])


def test_an_unknown_verdict_names_the_columns_that_were_missing():
    traced = trace(parse("age > 18 AND income > 10", SCHEMA), {"income": 20.0})
    assert traced.verdict is None
    assert traced.missing == ("age",)
    assert [part.missing for part in traced.parts] == [("age",), ()]


def test_a_computation_without_a_result_is_unknown_but_nothing_is_missing():
    traced = trace(parse("income / age > 1", SCHEMA), {"age": 0, "income": 1.0})
    assert (traced.verdict, traced.missing, traced.operands[0].value) == (None, (), None)


def test_a_false_condition_names_no_missing_columns():
    assert trace(parse("age > 18 AND income > 10", SCHEMA), {"age": 5}).missing == ()


def test_a_trace_encodes_to_json_with_instants_as_text():
    expression = parse("opened_at < TIMESTAMP '2024-01-01 00:00:00' OR due = '2024-02-29' OR debt > 1.5", SCHEMA)
    traced = trace(expression, {"opened_at": 0, "due": 0, "debt": None})
    document = msgspec.json.decode(msgspec.json.encode(traced))
    first = document["parts"][0]["operands"]
    assert [one["value"] for one in first] == ["1970-01-01T00:00:00Z", "2024-01-01T00:00:00Z"]
    assert document["parts"][1]["operands"][0]["value"] == "1970-01-01"
    assert document["parts"][2]["missing"] == ["debt"]


def test_a_plain_value_is_traced_without_a_verdict():
    traced = trace(parse("age * 2", SCHEMA), {"age": 4})
    assert (traced.operator, traced.verdict, traced.operands[0].value) == ("value", None, 8)


def test_a_long_in_shows_its_first_members():
    members = ", ".join(str(number) for number in range(100))
    traced = trace(parse(f"age IN ({members})", SCHEMA), {"age": 99})
    assert (traced.verdict, len(traced.operands)) == (True, 21)


def test_conditions_inside_a_case_are_traced_too():
    traced = trace(parse("CASE WHEN age > 18 THEN active ELSE FALSE END", SCHEMA), {"age": 20, "active": True})
    assert traced.verdict is True
    assert [part.text for part in traced.parts] == ["age > 18", "active", "FALSE"]


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("age >= 18", "age is at least 18", "age 不低于 18"),
        ("age BETWEEN 1 AND 5", "age is from 1 to 5", "age 介于 1 与 5 之间"),
        ("age NOT IN (1, 2)", "age is none of 1, 2", "age 不属于 1、2"),
        ("person IS NOT NULL", "person is known", "person 已知"),
        ("NOT in_list(person, 'vip')", "person is not on the list vip", "person 不在名单 vip 中"),
        ("income / age > 0.5", "income ÷ age is more than 0.5", "income ÷ age 大于 0.5"),
        ("age > 1 AND (active OR age < 5)", "age is more than 1 and (active or age is less than 5)",
         "age 大于 1 且 （active 或 age 小于 5）"),
        ("EXTRACT(month FROM due) = 12", "the month of (due) is 12", "(due) 的月 等于 12"),
        ("due + INTERVAL '30 days' < '2024-01-31'", "due moved by 30 days is less than 2024-01-31",
         "due 移动 30 天 小于 2024-01-31"),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_words(text, english, chinese):
    expression = parse(text, SCHEMA, lists={"vip"})
    assert in_words(expression, "en") == english
    assert in_words(expression, "zh") == chinese


def test_labels_stand_in_for_names():
    expression = parse("age > 18 AND in_list(person, 'vip')", SCHEMA, lists={"vip"})
    assert (
        in_words(expression, "zh", {"age": "年龄", "person": "申请人", "vip": "贵宾"})
        == "年龄 大于 18 且 申请人 在名单 贵宾 中"
    )


def test_every_operator_has_words():
    assert set(OPERATORS) <= set(PHRASES)
    assert all(all(phrase) for phrase in PHRASES.values())


def test_an_expression_written_again_means_the_same(author, schema, lists, rows):
    """What a trace shows as the text of a part is itself an expression, with the same values."""
    writer, checked = author(5), 0
    while checked < 150:
        text, _ = writer.expression(2)
        try:
            expression = parse(text, schema, lists=lists)
        except DefinitionError:
            continue
        if isinstance(expression.tree, Literal) or "CAST(" in text or "." in text:
            continue  # a cast is shown with 18 digits, and a number with a point takes its type from where it stands
        again = parse(source_of(expression.tree), schema, lists=lists)
        both = compile_row([expression, again])
        assert all(first == second for first, second in (both(row, lists) for row in rows)), text
        checked += 1
