"""What the language takes, what it refuses, and what its errors say."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, compile_row, limits, parse
from tandem.kernel.values import SqlType

SCHEMA = {
    "age": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "limit_amount": Column(SqlType.DECIMAL, scale=2),
    "fee": Column(SqlType.DECIMAL, nullable=False, scale=6),
    "name": Column(SqlType.TEXT),
    "opened_at": Column(SqlType.TIMESTAMP),
    "due": Column(SqlType.DATE),
    "active": Column(SqlType.BOOLEAN, nullable=False),
    "device.age_days": Column(SqlType.INTEGER),
}


def refusal(text: str, lists=()) -> DefinitionError:
    with pytest.raises(DefinitionError) as caught:
        parse(text, SCHEMA, lists=lists)
    return caught.value


def test_an_expression_knows_its_type_scale_columns_and_lists():
    expression = parse("limit_amount * fee > 10 AND in_list(name, 'vip') AND age > age - 1", SCHEMA, lists={"vip"})
    assert expression.type is SqlType.BOOLEAN
    assert expression.columns == ("limit_amount", "fee", "name", "age")
    assert expression.lists == ("vip",)
    assert expression.nullable
    assert parse("limit_amount * fee", SCHEMA).scale == 8


def test_what_cannot_be_unknown_is_known_to_be_so():
    assert not parse("active AND fee > 1", SCHEMA).nullable
    assert not parse("age IS NULL", SCHEMA).nullable
    assert not parse("COALESCE(age, 0)", SCHEMA).nullable
    assert parse("fee + 1", SCHEMA).nullable, "a sum can overflow"


def test_an_expression_cannot_be_changed():
    expression = parse("age > 18", SCHEMA)
    with pytest.raises(FrozenInstanceError):
        expression.text = "TRUE"
    with pytest.raises(FrozenInstanceError):
        expression.tree.operator = "or"


def test_equal_texts_over_equal_schemas_are_equal():
    assert parse("age > 18", SCHEMA) == parse("age > 18", dict(SCHEMA))
    assert len({parse("age > 18", SCHEMA), parse("age > 18", SCHEMA)}) == 1


def test_names_are_matched_as_written_then_in_lower_case_unless_quoted():
    assert parse("AGE > 1", SCHEMA).columns == ("age",)
    assert parse('"age" > 1', SCHEMA).columns == ("age",)
    assert parse("device.age_days > 1", SCHEMA).columns == ("device.age_days",)
    assert refusal('"AGE" > 1').code == "unknown_column"


def test_comments_are_allowed():
    assert parse("age > 1 -- grown up /* really */", SCHEMA).columns == ("age",)


@pytest.mark.parametrize(
    ("text", "code", "at", "hint"),
    [
        ("agee > 18", "unknown_column", "line 1, column 1", "'age'"),
        ("age > 18 AND\n  incom > 5", "unknown_column", "line 2, column 3", "'income'"),
        ("in_list(name, 'vp')", "unknown_list", "line 1, column 1", "'vip'"),
        ("SQR(age)", "unknown_function", "line 1, column 1", "'SQRT'"),
        ("age > name", "type_mismatch", "line 1, column 1", "CAST"),
        ("age + name", "type_mismatch", "line 1, column 1", None),
        ("LOWER(age)", "type_mismatch", "line 1, column 7", None),
        ("age AND active", "type_mismatch", "line 1, column 1", "compare"),
        ("age = NULL", "null_operand", "line 1, column 1", "IS NULL"),
        ("due > '2026-13-01'", "invalid_date", "line 1, column 1", "2026-11-24"),
        ("DATE '2026-02-30'", "invalid_constant", "line 1, column 6", "2026-11-24"),
        ("due > name", "type_mismatch", "line 1, column 1", "CAST"),
        ("active > active", "type_mismatch", "line 1, column 1", "= or <>"),
        ("age > 1 +", "invalid_syntax", "line 1, column 9", None),
        ("age > 'x", "invalid_syntax", None, None),
        ("(age > 1", "invalid_syntax", "line 1, column 8", None),
        ("age ? 1", "not_in_language", "line 1, column 5", None),
        ("age = 9223372036854775808", "number_too_large", "line 1, column 7", "point"),
        ("limit_amount > 0.1234567890123456789", "number_too_long", "line 1, column 1", "18 digits"),
        ("fee * fee * fee * fee", "scale_too_large", "line 1, column 1", "ROUND"),
        ("age IN (1, 2.5)", "type_mismatch", "line 1, column 1", None),
        ("CAST(income AS TEXT)", "type_mismatch", "line 1, column 6", "DECIMAL"),
        ("CAST(age AS FLOAT)", "unknown_type", "line 1, column 6", "DOUBLE"),
        ("CAST(age AS DECIMAL(40, 2))", "invalid_size", "line 1, column 6", "18"),
        ("EXTRACT(century FROM due)", "unknown_part", "line 1, column 22", "year"),
        ("EXTRACT(hour FROM due)", "type_mismatch", "line 1, column 19", None),
        ("DATE_TRUNC('hour', due)", "unknown_part", "line 1, column 1", "day"),
        ("due + INTERVAL '1 fortnight'", "invalid_interval", "line 1, column 1", "30 days"),
        ("INTERVAL '1 day'", "misplaced_interval", "line 1, column 1", None),
        ("name LIKE 'a!' ESCAPE '!'", "invalid_pattern", "line 1, column 1", None),
        ("LOG(age)", "unknown_function", "line 1, column 1", "LOG10"),
        ("ROUND(income, age)", "constant_needed", "line 1, column 15", None),
        ("SUBSTRING(name, 0)", "constant_needed", "line 1, column 17", None),
        ("NULL", "no_type", "line 1, column 1", "CAST"),
        ("COALESCE(NULL, NULL)", "no_type", "line 1, column 1", "CAST"),
        ("", "empty_expression", None, None),
        (" \n ", "empty_expression", None, None),
    ],
)
def test_an_error_says_what_is_wrong_where_and_what_is_near(text, code, at, hint):
    error = refusal(text, lists={"vip"})
    assert error.code == code
    assert error.at == at
    if hint is not None:
        assert error.hint is not None
        assert hint in error.hint


def test_a_type_error_names_the_column_and_both_types():
    error = refusal("name > limit_amount")
    assert error.field == "name"
    assert "TEXT" in error.detail
    assert "DECIMAL" in error.detail


@pytest.mark.parametrize(
    "text",
    [
        "(SELECT 1)", "age IN (SELECT 1)", "EXISTS (SELECT 1)", "age = ANY (SELECT 1)", "SUM(age)", "COUNT(*)", "MAX(age)",
        "ROW_NUMBER() OVER ()", "SUM(age) OVER (PARTITION BY name)", "LAG(age) OVER (ORDER BY due)", "*", "age, name",
        "(age, name) = (1, 'x')", "age AS years", "age years", 'name COLLATE "C"', "opened_at AT TIME ZONE 'UTC'",
        "ARRAY[1, 2]", "[1, 2]", "age[1]", "{'a': 1}", "age -> 'x'", "age ->> 'x'", "$1", ":age", "@age", "?", "{{ age }}",
        "age & 1", "age | 1", "age ^ 2", "~age", "age << 1", "age DIV 2", "age == 1", "age <=> 1", "name ILIKE 'x'",
        "name SIMILAR TO 'x'", "name ~ 'x'", "name RLIKE 'x'", "name GLOB 'x'", "x'1F'", "e'a'", "N'a'", "'a' 'b'",
        "TRY_CAST(name AS INTEGER)", "CAST(name AS VARCHAR(10))", "CAST(age AS INTEGER[])", "LOWER(DISTINCT name)",
        "TRIM(BOTH 'x' FROM name)", "NOW()", "CURRENT_DATE", "CURRENT_TIMESTAMP", "RANDOM()", "UUID()", "IF(active, 1, 2)",
        "IF active THEN 1", "x -> x + 1", "CASE END", "DROP TABLE journal", "SELECT 1", "SHOW TABLES", "SET x = 1",
        "PRAGMA table_info('x')", "ATTACH 'x'", "COPY x TO 'y'", "VALUES (1)", "WITH x AS (SELECT 1) SELECT * FROM x",
        "age > 1; DROP TABLE journal", "age > 1; age > 2", ";", "INSERT INTO x VALUES (1)", "age UNION SELECT 1",
        "read_csv('/etc/passwd')", "pg_read_file('/etc/passwd')", "getenv('HOME')", "version()",
    ],
)  # fmt: skip
def test_everything_that_is_not_an_expression_over_one_row_is_refused(text):
    assert refusal(text).code in {
        "not_in_language", "unknown_function", "invalid_syntax", "unknown_type", "unknown_column", "wrong_arguments",
    }  # fmt: skip


# Attacks.


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('id')", "age.__class__", "name.__class__.__mro__", "__builtins__", '"__class__"',
        "eval('1')", "exec('1')", "open('/etc/passwd')", "getattr(age, 'x')", "globals()", "lambda: 0", "age if age else 1",
        "f'{age}'", "settle(1.0)", "row", "lists", "c0", "k0", "t1", "decimal_add(1, 2)", "KeyError",
    ],
)  # fmt: skip
def test_no_name_of_the_host_is_a_name_of_the_language(text):
    assert refusal(text).code in {"unknown_function", "unknown_column", "not_in_language", "invalid_syntax"}


def test_a_hostile_column_or_list_name_stays_a_name():
    hostile = 'x"; __import__("os").system("id") #'
    schema = {hostile: Column(SqlType.TEXT), "__class__": Column(SqlType.INTEGER)}
    name = '"' + hostile.replace('"', '""') + '"'
    expression = parse(f"{name} = 'a' AND in_list({name}, 'l''; DROP')", schema, lists={"l'; DROP"})
    assert compile_row([expression])({hostile: "a"}, {"l'; DROP": {"a"}}) == (True,)
    assert compile_row([parse('"__class__" + 1', schema)])({"__class__": 1}, {}) == (2,)


def test_a_generated_function_sees_no_builtins():
    function = compile_row([parse("LOWER(name) = 'x' AND income / age > 1", SCHEMA)])
    assert function.__globals__["__builtins__"] == {}
    assert all(not name.startswith("__") or name == "__builtins__" for name in function.__globals__)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 3_000 + "age" + ")" * 3_000,
        "(" * (limits.DEPTH_MAX + 1) + "age" + ")" * (limits.DEPTH_MAX + 1),
        "NOT " * 3_000 + "active",
        "- " * 4_000 + "age",
        " + ".join(["age"] * 100),
        "CASE WHEN active THEN " * 100 + "1" + " END" * 100,
        "COALESCE(" * 200 + "age" + ")" * 200,
        "CAST(" * 200 + "age" + " AS INTEGER)" * 200,
    ],
)
def test_what_is_nested_too_deep_is_refused(text):
    assert refusal(text).code == "too_deep"


def test_what_is_nested_as_deep_as_allowed_works():
    depth = limits.DEPTH_MAX - 2
    text = "CASE WHEN active THEN " * depth + "age" + " ELSE 0 END" * depth + " > 0"
    assert compile_row([parse(text, SCHEMA)])({"active": True, "age": 3}, {}) == (True,)


def test_a_long_text_many_steps_and_many_values_are_refused():
    assert refusal("age > 1 OR " * 2_000 + "active").code == "too_long"
    assert refusal(" OR ".join(["age>1"] * 800)).code == "too_many_steps"
    many = ", ".join(str(value) for value in range(limits.IN_ITEMS_MAX + 1))
    assert refusal(f"age IN ({many})").code == "too_many_values"
    assert refusal("name LIKE '" + "x" * (limits.PATTERN_LENGTH_MAX + 1) + "'").code == "pattern_too_long"
    assert refusal("income > 1" + "0" * 500 + ".0").code in {"number_too_long", "number_too_large"}
    assert refusal("income > 1e400").code == "number_too_large"
    assert refusal("income > 1e999999999").code == "number_too_long"


def test_a_simple_case_pays_for_its_subject_at_every_branch():
    nested = "age"
    for _ in range(8):
        nested = f"CASE {nested} WHEN 1 THEN 2 WHEN 2 THEN 3 WHEN 3 THEN 4 ELSE 5 END"
    assert refusal(nested).code == "too_many_steps"


def test_the_limits_leave_room_for_a_real_policy():
    text = " OR ".join(f"(age > {n} AND income < {n}.5)" for n in range(150))
    assert compile_row([parse(text, SCHEMA)])({"age": 160, "income": 0.0}, {}) == (True,)
    many = ", ".join(str(value) for value in range(limits.IN_ITEMS_MAX))
    assert compile_row([parse(f"age IN ({many})", SCHEMA)])({"age": 999}, {}) == (True,)


WORDS = st.sampled_from(
    [
        "SELECT",
        "AND",
        "OR",
        "NOT",
        "IN",
        "LIKE",
        "BETWEEN",
        "IS",
        "NULL",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "CAST",
        "AS",
        "DATE",
        "INTERVAL",
        "EXTRACT",
        "year",
        "FROM",
        "IF",
        "OVER",
        "(",
        ")",
        ",",
        "+",
        "-",
        "*",
        "/",
        "%",
        "||",
        "=",
        "<>",
        "<",
        "::",
        ".",
        ";",
        "1",
        "2.5",
        "1e5",
        "'a'",
        "'%'",
        "age",
        "income",
        "name",
        "due",
        "active",
        "in_list",
        "ABS",
        "ROUND",
        "[",
        "]",
        "{",
        "}",
        "->",
        "?",
        ":",
        "@",
        "$",
        "--",
        "/*",
        "*/",
        "x'1F'",
        "ESCAPE",
        "COLLATE",
        "DISTINCT",
        "*",
        "ANY",
        "ALL",
        "UNION",
        "TABLE",
        "CREATE",
        "SET",
        "PRAGMA",
        "\\",
        "`",
        "~",
        "^",
        "&",
        "|",
        "!",
        "**",
        ":=",
        "LAMBDA",
        "FILTER",
    ]
)


@given(st.text(max_size=60) | st.lists(WORDS, max_size=14).map(" ".join))
@settings(max_examples=600, deadline=None)
def test_any_text_gives_an_expression_or_a_definition_error(text):
    problem = None
    try:
        parse(text, SCHEMA, lists={"vip"})
    except DefinitionError as error:
        problem = error
    assert problem is None or (problem.problem()["detail"] and str(problem).encode())
