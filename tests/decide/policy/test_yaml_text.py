"""A policy as text and as document: the same thing, and a person's comments survive the console."""

from __future__ import annotations

import copy
import itertools
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tandem.decide.policy import document_of_text, text_of_document
from tandem.kernel.errors import DefinitionError, TooLarge

LENDER = sorted((Path(__file__).parents[3] / "examples/lender/policies").glob("*.yaml"))


def stored(document):
    """A document as the register gives it back: its keys sorted."""
    return msgspec.json.decode(msgspec.json.encode(document, order="deterministic"))


@pytest.mark.parametrize("path", LENDER, ids=lambda path: path.stem)
def test_what_did_not_change_keeps_every_byte_of_the_file(path):
    text = path.read_text("utf-8")
    assert text_of_document(stored(document_of_text(text)), text) == text


@pytest.mark.parametrize("path", LENDER, ids=lambda path: path.stem)
def test_without_the_file_the_document_comes_back_in_the_order_of_the_reference(path):
    document = document_of_text(path.read_text("utf-8"))
    text = text_of_document(stored(document))
    assert document_of_text(text) == document
    assert text == text_of_document(document)
    assert text.startswith("policy: ")
    for line in text.splitlines():
        assert not line.strip().startswith("- when:")


def test_a_rule_put_in_moves_no_comment():
    text = next(path for path in LENDER if path.stem == "loan_application").read_text("utf-8")
    document = document_of_text(text)
    document["flow"][1]["all"].append({"rule": "new_one", "when": "age > 99", "then": "review", "reason": "UNDER_AGE"})
    changed = text_of_document(stored(document), text)
    assert document_of_text(changed) == document
    added = [line for line in changed.splitlines() if line not in text.splitlines()]
    assert added == ["      - {rule: new_one, when: age > 99, then: review, reason: UNDER_AGE}"]
    assert "# The rules of before keep running" in changed


def test_a_text_that_grows_out_of_an_empty_one_is_not_quoted_for_ever():
    document = {"all": [{"rule": "a", "when": ""}]}
    text = text_of_document(document)
    document["all"][0]["when"] = "age > 70"
    assert "when: age > 70}" in text_of_document(document, text)


def test_a_stage_taken_out_leaves_the_comments_of_the_others():
    text = "# top\nflow:\n  # one\n  - rules: a\n    all: []\n  # two\n  - rules: b  # of b\n    all: []\n  - decide: end\n"
    document = document_of_text(text)
    del document["flow"][0]
    changed = text_of_document(document, text)
    assert document_of_text(changed) == document
    assert "# top" in changed
    assert "# of b" in changed


def test_an_anchor_shared_by_two_examples_is_parted_when_one_of_them_changes():
    text = "examples:\n  - example: a\n    given: &one {age: 1}\n  - example: b\n    given: *one\n"
    document = document_of_text(text)
    document["examples"][1]["given"]["age"] = 2
    changed = text_of_document(document, text)
    assert document_of_text(changed) == document


@pytest.mark.parametrize("before", ["", "just text", "- a\n- b\n", "{", "a: &x [*x]", "flow: 3"])
def test_a_text_of_before_that_is_of_no_use_is_not_used(before):
    document = {"policy": "p", "flow": [{"decide": "end", "then": "approve"}]}
    assert document_of_text(text_of_document(document, before)) == document


@pytest.mark.parametrize("text", ["a: [1", "a: b: c", "\t- x", "a: &x [*x]"])
def test_what_is_no_document_is_refused(text):
    with pytest.raises((DefinitionError, TooLarge)):
        document_of_text(text)


def test_a_few_lines_that_stand_for_a_billion_values_are_refused_at_once():
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]" for i in range(1, 12)]
    with pytest.raises(TooLarge, match="aliases"):
        document_of_text("\n".join(lines))


texts = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\x85\u2028\u2029\ufeff"), max_size=12
)
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.floats(allow_nan=False, allow_infinity=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["rule", "when", "then", "flow", "set", "rows", "x"]), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(values)
def test_every_document_survives_the_way_through_text(value):
    document = {"policy": "p", "flow": [{"x": value}]}
    assert document_of_text(text_of_document(document)) == document


def test_no_text_is_taken_for_a_key():
    signs = "?-:#,[]{}&*!|>%@`'\"~ 0a.="
    given_texts = ["".join(one) for count in (1, 2, 3) for one in itertools.product(signs, repeat=count)]
    document = {"flow": [{"x": given_texts}]}
    assert document_of_text(text_of_document(document)) == document


@settings(max_examples=150, deadline=None)
@given(values, values)
@example(None, ["?0"])
@example([": a"], None)
def test_every_document_survives_being_written_over_another(old, new):
    before = text_of_document({"flow": [{"rule": "a", "x": old}, {"rule": "b"}]})
    document = {"flow": [{"rule": "b"}, {"rule": "a", "x": new}, {"rule": "c", "x": copy.deepcopy(old)}]}
    assert document_of_text(text_of_document(document, before)) == document
