"""The likeness of two texts: from 0 to 1, the same either way, and missing where there is nothing to compare."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.observe.events.derived.similarities import METHODS, address_similarity, text_similarity

TEXTS = st.text(st.one_of(st.sampled_from("abcdef ginéÉ-张伟李明 12号路"), st.characters()), max_size=40)


@pytest.mark.parametrize("make", [text_similarity, address_similarity])
@pytest.mark.parametrize("method", METHODS)
@given(one=TEXTS, other=TEXTS)
def test_it_is_symmetric_and_from_0_to_1(make, method, one, other):
    similarity = make(method)
    made = similarity(one, other)
    assert made == similarity(other, one)
    assert made is None or (type(made) is float and 0 <= made <= 1)


@pytest.mark.parametrize("make", [text_similarity, address_similarity])
@pytest.mark.parametrize("method", METHODS)
@given(text=TEXTS)
def test_a_text_is_wholly_like_itself(make, method, text):
    assert make(method)(text, text) in {1.0, None}


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(("one", "other"), [("José O’Neil", "JOSE ONEIL"), ("张伟", "张　伟"), ("Ｍａｒｉａ", "maria")])
def test_spelling_makes_no_difference(method, one, other):
    assert text_similarity(method)(one, other) == 1


@pytest.mark.parametrize("method", ["token_sort", "token_set"])
def test_the_order_of_words_makes_no_difference_by_words(method):
    assert text_similarity(method)("Lopez, Maria", "Maria Lopez") == 1
    assert text_similarity("jaro_winkler")("Lopez, Maria", "Maria Lopez") < 0.5


def test_a_name_left_out_costs_nothing_only_where_that_was_asked_for():
    one, other = "Li Wei", "Li Wei Ming"
    assert text_similarity("token_set")(one, other) == 1
    assert 0.5 < text_similarity("token_sort")(one, other) < 1
    assert 0.5 < text_similarity("jaro_winkler")(one, other) < 1


def test_chinese_is_compared_character_by_character():
    for method in METHODS:
        assert text_similarity(method)("张伟", "李娜") == 0
    assert 0.5 < text_similarity("token_sort")("张伟", "张伟明") < 1


def test_two_people_are_less_alike_than_one_misspelt():
    for method in METHODS:
        similarity = text_similarity(method)
        assert similarity("John Smith", "Jon Smith") > 0.9
        assert similarity("John Smith", "Peter Brown") < 0.5


@pytest.mark.parametrize(("one", "other"), [("张伟", "Zhang Wei"), ("", "Zhang Wei"), ("...", "Zhang Wei")])
def test_what_cannot_be_compared_is_missing_and_not_zero(one, other):
    for method in METHODS:
        assert text_similarity(method)(one, other) is None


def test_two_scripts_in_one_text_are_compared_by_the_one_they_share():
    assert text_similarity("token_set")("张伟 Zhang Wei", "Zhang Wei") == 1


def test_addresses_are_compared_as_their_keys():
    similarity = address_similarity("token_set")
    assert similarity("12A Mill Street, Apt 5", "12 a mill st apartment 5") == 1
    assert similarity("12 Mill Lane, Leeds LS1", "12 Mill Ln") == 1
    assert similarity("广东省深圳市科技路十二号", "深圳科技路12") == 1
    assert similarity("n/a", "12 Mill Lane") is None
    assert similarity("12 Mill Lane, Leeds", "9 Harbour Road, Hull") < 0.6
