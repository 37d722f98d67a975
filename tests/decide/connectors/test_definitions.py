"""A connector that does not hold together is refused, with the field and the remedy."""

from __future__ import annotations

import pytest

from tandem.kernel.errors import DefinitionError
from tandem.kernel.expressions import Column
from tandem.kernel.values import SqlType
from tests.decide.connectors.conftest import connector

SCORE = {"type": "integer", "at": "score"}
SENT = {"field": "person", "class": "C2"}


def test_its_facts_are_columns_that_may_always_be_missing():
    assert connector().columns == {
        "bureau_score": Column(SqlType.INTEGER, nullable=True),
        "bureau_note": Column(SqlType.TEXT, nullable=True),
    }


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"url": "http://bureau.example/"}, "url"),
        ({"url": "ftp://bureau.example/"}, "url"),
        ({"url": "https://user:pass@bureau.example/"}, "url"),
        ({"purpose": " "}, "purpose"),
        ({"send": {}}, "send"),
        ({"send": {"id": {"field": "person"}}}, "send.id.class"),
        ({"send": {"id": {"field": "person", "class": "C3"}}}, "send.id.class"),
        ({"send": {"id": {"field": "person", "value": 1, "class": "C2"}}}, "send.id"),
        ({"send": {"id": {**SENT, "fields": 1}}}, "send[...]"),
        ({"answer": {}}, "answer"),
        ({"answer": {"Score": SCORE}}, "answer.Score"),
        ({"answer": {"s": {**SCORE, "at": "$..score"}}}, "answer.s.at"),
        ({"answer": {"s": {**SCORE, "type": "decimal"}}}, "answer.s.type"),
        ({"answer": {"s": {**SCORE, "minimum": 5, "maximum": 1}}}, "answer.s.minimum"),
        ({"answer": {"s": {**SCORE, "type": "text", "minimum": 5}}}, "answer.s.minimum"),
        ({"answer": {"s": {**SCORE, "values": ["a"]}}}, "answer.s.values"),
        ({"budget": "11s"}, "budget"),
        ({"budget": "1ms"}, "budget"),
        ({"budget": "soon"}, "budget"),
        ({"attempt": "1s"}, "attempt"),
        ({"retries": 9}, "retries"),
        ({"price": {"minor": 1, "currency": "XXX"}}, "price.currency"),
        ({"price": {"minor": -1, "currency": "EUR"}}, "price.minor"),
        ({"secret": {"name": "../master"}}, "secret.name"),
        ({"secret": {"name": "key", "header": "Host"}}, "secret.header"),
        ({"secret": {"name": "key", "prefix": "a\r\nb"}}, "secret.prefix"),
        ({"no_record": [500]}, "no_record[0]"),
    ],
)  # fmt: skip
def test_what_does_not_hold_together_is_refused(changes, field):
    with pytest.raises(DefinitionError) as refused:
        connector(**changes)
    assert (refused.value.code, refused.value.field) == ("invalid_connector", field)


def test_kept_answers_are_of_a_meaning_and_not_of_a_price():
    assert connector().answers_digest == connector(price={"minor": 1, "currency": "EUR"}, retries=0).answers_digest
    other = {"bureau_score": {"type": "integer", "at": "other.score"}}
    assert connector(answer=other).answers_digest != connector().answers_digest
