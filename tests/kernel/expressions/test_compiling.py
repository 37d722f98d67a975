"""One generated function: what it gives, what it asks of a row, and that many conditions share it."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.kernel import expressions
from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column, Hits, PythonScope, compile_conditions, compile_row, parse, to_python
from tandem.kernel.expressions.patterns import pattern_matcher
from tandem.kernel.values import SqlType

SCHEMA = {
    "age": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "name": Column(SqlType.TEXT),
    "active": Column(SqlType.BOOLEAN, nullable=False),
}
ROW = {"age": 30, "income": 1000.0, "name": "Ann", "active": True}


def parsed(*texts):
    return [parse(text, SCHEMA, lists={"vip", "blocked"}) for text in texts]


def test_values_come_in_the_order_of_the_expressions():
    assert compile_row(parsed("age + 1", "income / age", "UPPER(name)", "NOT active"))(ROW, {}) == (
        31,
        1000.0 / 30,
        "ANN",
        False,
    )
    assert compile_row([])(ROW, {}) == ()


def test_a_column_that_is_absent_from_the_row_is_unknown():
    assert compile_row(parsed("age > 1", "age IS NULL", "name = 'Ann'"))({"name": "Ann"}, {}) == (None, True, True)


def test_the_fast_path_and_the_careful_path_give_the_same():
    expressions = parsed("age > 18 AND income / age > 3", "COALESCE(age, 0)", "name LIKE 'A%' OR active")
    fast, careful = compile_row(expressions), compile_row(expressions, fast_path=False)
    for row in (ROW, ROW | {"age": None}, ROW | {"age": 0}, ROW | {"name": None, "income": None}):
        assert fast(row, {}) == careful(row, {})


def test_lists_are_asked_by_name():
    ask = compile_row(parsed("in_list(name, 'vip') AND NOT in_list(name, 'blocked')"))
    assert ask(ROW, {"vip": {"Ann"}, "blocked": frozenset()}) == (True,)
    assert ask(ROW, {"vip": {"Ann"}, "blocked": ["Ann"]}) == (False,)
    with pytest.raises(KeyError, match="vip"):
        ask(ROW, {})


def test_conditions_give_the_positions_of_what_fired():
    conditions = parsed("age > 50", "age > 20", "income IS NULL", "name = 'Ann'", "age / 0 > 1")
    assert compile_conditions(conditions)(ROW, {}) == [1, 3]
    assert compile_conditions(conditions, hits=Hits.FIRST)(ROW, {}) == [1]
    assert compile_conditions(conditions)({}, {}) == [2]
    assert compile_conditions(conditions[:1], hits=Hits.FIRST)(ROW, {}) == []


def test_what_is_unknown_has_not_fired_and_neither_has_its_negation():
    assert compile_conditions(parsed("age > 1", "NOT age > 1"))({}, {}) == []


def test_only_conditions_can_fire():
    with pytest.raises(DefinitionError, match="must be BOOLEAN") as caught:
        compile_conditions(parsed("active", "age + 1"))
    assert caught.value.field == "conditions[1]"


def test_a_policy_of_thousands_of_conditions_compiles():
    conditions = parsed(*(f"age > {n} AND income < {n}.5 AND name <> 'n{n}'" for n in range(2_000)))
    assert compile_conditions(conditions)(ROW, {}) == []
    assert compile_conditions(conditions)(ROW | {"income": -1.0}, {}) == list(range(30))


def test_a_larger_function_can_be_written_around_expressions():
    scope = PythonScope()
    adult, total = parsed("age >= 18", "income * 2")
    body: list[ast.stmt] = [
        ast.If(scope.truth(adult), [ast.Return(scope.value(total))], []),
        ast.If(scope.truth(adult, want=False), [ast.Return(ast.Constant("minor"))], []),
        ast.Return(ast.Constant("unknown")),
    ]
    decide = scope.build("decide", body)
    assert scope.columns == ("age", "income")
    assert [decide(ROW | {"age": age}, {}) for age in (30, 10, None)] == [2000.0, "minor", "unknown"]


def test_a_value_is_given_as_python_for_a_scope():
    scope = PythonScope()
    (expression,) = parsed("age + 1")
    function = scope.build("next_age", [ast.Return(to_python(expression, scope))])
    assert [function({"age": age}, {}) for age in (1, None)] == [2, None]


def test_the_public_names_are_all_there_are():
    assert expressions.__all__ == sorted(
        expressions.__all__, key=lambda name: (not name.isupper(), not name[0].isupper(), name)
    )
    assert all(hasattr(expressions, name) for name in expressions.__all__)


def test_constants_are_computed_when_the_expression_is_read():
    (expression,) = parsed("age > 2 * 3 + 1")
    assert [getattr(arg, "value", None) for arg in expression.tree.args] == [None, 7]


@given(
    st.text("ab%_!", max_size=8).filter(lambda pattern: not pattern.rstrip("!%_").endswith("!")),
    st.text("ab%_", max_size=10),
)
def test_like_matches_what_its_definition_says(pattern, text):
    def matches(p: str, t: str) -> bool:
        if not p:
            return not t
        if p[0] == "%":
            return any(matches(p[1:], t[cut:]) for cut in range(len(t) + 1))
        return bool(t) and p[0] in {"_", t[0]} and matches(p[1:], t[1:])

    pattern = pattern.replace("!", "")
    assert pattern_matcher(pattern, None)(text) is matches(pattern, text)


def test_a_pattern_of_many_wildcards_is_quick():
    assert not pattern_matcher("%a" * 400 + "b", None)("a" * 20_000)
