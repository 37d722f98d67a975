"""What an editor offers is what the language has."""

from __future__ import annotations

import pytest

from tandem.kernel.expressions import FUNCTIONS, Column, parse
from tandem.kernel.values import SqlType

SCHEMA = {
    "age": Column(SqlType.INTEGER),
    "open_loans": Column(SqlType.INTEGER),
    "income": Column(SqlType.DOUBLE),
    "price": Column(SqlType.DECIMAL, scale=2),
    "name": Column(SqlType.TEXT),
    "person": Column(SqlType.TEXT),
    "occurred_at": Column(SqlType.TIMESTAMP),
    "due": Column(SqlType.DATE),
    "active": Column(SqlType.BOOLEAN),
    "score": Column(SqlType.DOUBLE),
    "confirmed": Column(SqlType.BOOLEAN),
}


@pytest.mark.parametrize("one", FUNCTIONS, ids=lambda one: one.name)
def test_the_example_of_every_function_is_an_expression_with_words_in_both_languages(one):
    parse(one.example, SCHEMA, lists={"blocked"})
    assert one.en
    assert one.zh
    assert one.en != one.zh
    assert one.insert.upper().startswith(one.name.split()[0])


def test_every_name_is_offered_once():
    names = [one.name for one in FUNCTIONS]
    assert len(names) == len(set(names))
