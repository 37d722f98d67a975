"""A long text with one change in it: only the lines that changed are written, and the text still holds the document."""

from __future__ import annotations

import copy
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.decide.policy import document_of_text, read_policy, rewrite_policy, text_of_document
from tandem.decide.policy.rewriting import item_lines
from tandem.kernel.errors import TooLarge

TEXT = """\
# who gets a loan
policy: p
flow:
  - rules: knock_out
    all:
      - {rule: young, when: age < 18, then: decline}  # the law
      - {rule: old, when: age > 90, then: review}
  - table: grades
    columns: [pd]
    rows:
      # the best
      - ["< 0.1", A, 1.0]
      - ["< 0.2", 'B', 0.5]   # most of them
      # the rest
      - ["-", C, 0.0]
    stop_on: [decline]
  - decide: end
"""


def rows(document):
    return document["flow"][1]["rows"]


def changed(change, text=TEXT):
    """(the text after ``change``, which lines differ)."""
    document = document_of_text(text)
    change(document)
    written = rewrite_policy(read_policy(text), document)
    assert written.document == document_of_text(written.text) == document
    before, after = text.splitlines(), written.text.splitlines()
    return written, [line for line in after if line not in before]


def test_one_cell_changes_one_line_and_every_comment_stays():
    written, lines = changed(lambda document: rows(document)[1].__setitem__(2, 0.75))
    assert lines == ["      - [\"< 0.2\", 'B', 0.75]  # most of them"]
    for comment in ("# who gets a loan", "# the law", "# the best", "# the rest"):
        assert comment in written.text


def test_a_row_put_in_and_a_row_taken_out_touch_no_other():
    _, lines = changed(lambda document: rows(document).insert(2, ["< 0.3", "D", 0.25]))
    assert lines == ["      - [< 0.3, D, 0.25]"]
    written, lines = changed(lambda document: rows(document).pop(1))
    assert lines == []
    assert "# the best" in written.text


def test_a_number_with_a_point_stays_one_though_a_browser_lost_it():
    document = document_of_text(TEXT)
    rows(document)[0] = ["< 0.1", "A+", 1]
    written = rewrite_policy(read_policy(TEXT), document)
    assert type(rows(written.document)[0][2]) is float


def test_a_change_in_two_places_and_a_list_emptied_take_the_long_way():
    def both(document):
        rows(document)[0][1] = "A+"
        document["flow"][0]["all"][0]["when"] = "age < 21"

    written, _ = changed(both)
    assert written.lines is None
    written, _ = changed(lambda document: rows(document).clear())
    assert written.lines is None


def test_what_an_alias_says_again_is_not_changed_twice():
    text = "flow:\n  - table: a\n    rows: &shared\n      - [1, x]\n      - [2, y]\n  - table: b\n    rows: *shared\n"
    assert item_lines(text) == {}
    document = document_of_text(text)
    document["flow"][1]["rows"][0][1] = "z"
    assert rewrite_policy(read_policy(text), document).document == document


def test_a_document_nested_too_deep_is_refused_here_too():
    document = document_of_text(TEXT)
    deep = []
    for _ in range(80):
        deep = [deep]
    rows(document)[0] = deep
    with pytest.raises(TooLarge):
        rewrite_policy(read_policy(TEXT), document)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**40))
def test_any_run_of_edits_ends_where_writing_the_whole_would(seed):
    random = Random(seed)
    cells = ("-", "< 1", ">= 2", "in [a, b]", "it's", 'say "x"', "a: b", "# no", "null", "1.0", "", "* & !", "是")
    document = document_of_text(TEXT)
    written = read_policy(TEXT)
    for _ in range(8):
        document = copy.deepcopy(written.document)
        table = random.choice([rows(document), document["flow"][0]["all"]])
        place = random.randrange(len(table) + 1)
        row = [random.choice(cells), random.choice(cells), random.choice([0, 1.5, None, True])]
        if table is not rows(document):
            row = {"rule": f"r{random.randrange(9)}", "when": random.choice(cells), "then": "review"}
        action = random.randrange(4)
        if action == 0 and len(table) > 1 and place < len(table):
            table.pop(place)
        elif action == 1 and place < len(table):
            table[place] = row
        elif action == 2 and len(table) > 1:
            table.append(table.pop(0))
        else:
            table.insert(place, row)
        written = rewrite_policy(written, document)
        assert written.document == document_of_text(written.text) == document
        if written.lines is not None:
            assert written.lines == item_lines(written.text)
    assert document_of_text(text_of_document(document)) == document
