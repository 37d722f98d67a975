"""What leaves, and what is believed of what comes back."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.decide.connectors import masked, request_of
from tandem.decide.connectors.requests import BODY_MAX, read_answer
from tandem.decide.connectors.twins import simulated_answer
from tests.decide.connectors.conftest import GOOD, connector

BUREAU = connector()


def test_only_what_is_declared_leaves():
    body = request_of(BUREAU, {"person": "p1", "secret_of_event": "x", "income": 5})
    assert json.loads(body or b"") == {"id": "p1", "product": "loan"}
    assert masked(BUREAU, body or b"") == {"id": "***", "product": "loan"}


def test_without_what_must_be_sent_nothing_is():
    assert request_of(BUREAU, {"income": 5}) is None
    optional = connector(send={"id": {"field": "person", "class": "C2", "optional": True}})
    assert request_of(optional, {}) == b'{"id":null}'


def test_a_good_answer_is_typed():
    assert read_answer(BUREAU, json.dumps(GOOD).encode()) == {"bureau_score": 640, "bureau_note": "thin"}
    assert read_answer(BUREAU, b'{"result":{"score":1}}') == {"bureau_score": 1, "bureau_note": None}


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"{", b"<html>", b"{}", b'{"result":[]}', b'{"result":{"score":"640"}}',
        b'{"result":{"score":640.5}}', b'{"result":{"score":true}}', b'{"result":{"score":null}}',
        b'{"result":{"score":1001}}', b'{"result":{"score":-1}}', b'{"result":{"score":1e999}}',
        b'{"result":{"score":99999999999999999999}}', b'{"result":{"score":NaN}}', b'{"result":{"score":1,"note":7}}',
        b'{"result":{"score":1,"note":"\xff"}}', b'{"result":{"score":1,"note":"\\ud800"}}',
        b'{"result":{"score":1,"note":"' + b"x" * 501 + b'"}}', b"[" * 100_000, b'{"a":' * 40 + b"1" + b"}" * 40,
        b'{"result":{"score":1}}' + b" " * BODY_MAX,
    ],
)  # fmt: skip
def test_an_answer_that_is_not_the_one_declared_is_none(body):
    assert read_answer(BUREAU, body) is None


@given(st.binary(max_size=300))
def test_no_bytes_raise(body):
    read_answer(BUREAU, body)


def test_places_in_lists_are_found():
    one = connector(answer={"s": {"type": "double", "at": "scores[1].value"}})
    assert read_answer(one, b'{"scores":[{"value":1},{"value":2}]}') == {"s": 2.0}
    assert read_answer(one, b'{"scores":[{"value":1}]}') is None


@given(st.binary(max_size=40))
def test_the_simulated_twin_says_the_same_of_the_same_and_stays_within_the_domain(body):
    answer = simulated_answer(BUREAU, body)
    assert answer == simulated_answer(BUREAU, body)
    assert isinstance(answer["bureau_score"], int)
    assert 0 <= answer["bureau_score"] <= 1000
    assert answer["bureau_note"] in ("SIMULATED", None)
