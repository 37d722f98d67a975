"""Bins changed by hand: applied in order, recorded with a name and a reason, refused where they cannot be."""

from __future__ import annotations

from pathlib import Path

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from tandem.decide.models import Scorecard
from tandem.kernel.errors import InvalidInput
from tandem.learn.training import BinEdit, TrainingResult, TrainSpec, read_bin_edits, render_report, train

SPEC = TrainSpec(target="Status", positive="bad", families=("scorecard",), folds=2)


def edit(input_name: str, action: str, at: tuple[float, ...] = (), groups: tuple[tuple[str, ...], ...] = ()) -> BinEdit:
    return msgspec.convert(
        {"input": input_name, "action": action, "at": at, "groups": groups, "who": "Mei", "reason": "policy 7"}, BinEdit
    )


@pytest.fixture(scope="module")
def untouched(loans: pa.Table) -> TrainingResult:
    return train(loans, SPEC)


def changed(loans: pa.Table, *edits: BinEdit) -> TrainingResult:
    return train(loans, msgspec.structs.replace(SPEC, bin_edits=edits))


def card_input(result: TrainingResult, name: str):
    document = result.documents["scorecard"]
    assert isinstance(document, Scorecard)
    return next(one for one in document.inputs if one.name == name)


def test_merging_takes_breaks_away_and_adds_up_their_rows(loans: pa.Table, untouched: TrainingResult) -> None:
    before = card_input(untouched, "Seniority")
    after = card_input(changed(loans, edit("Seniority", "merge", before.edges[:1])), "Seniority")
    assert after.edges == before.edges[1:]
    assert after.bins[0].count == before.bins[0].count + before.bins[1].count
    assert after.bins[0].adverse == before.bins[0].adverse + before.bins[1].adverse


def test_splitting_and_locking_set_breaks(loans: pa.Table, untouched: TrainingResult) -> None:
    before = card_input(untouched, "Seniority")
    split = card_input(changed(loans, edit("Seniority", "split", (20.0,))), "Seniority")
    assert set(split.edges) == {*before.edges, 20.0}
    locked = card_input(changed(loans, edit("Seniority", "lock", (5.0, 2.0))), "Seniority")
    assert locked.edges == (2.0, 5.0)
    assert locked.monotone == -1  # risk falls with seniority; the bins show it, so it is said


def test_a_special_value_gets_a_bin_of_its_own(loans: pa.Table) -> None:
    after = card_input(changed(loans, edit("Seniority", "special", (0.0,))), "Seniority")
    (special,) = after.specials
    values = np.asarray(loans.column("Seniority").to_pylist(), dtype=float)
    assert special.values == (0.0,)
    assert 0 < special.bin.count <= int((values == 0).sum())


def test_texts_are_merged_and_taken_apart(loans: pa.Table, untouched: TrainingResult) -> None:
    groups = card_input(untouched, "Home").groups
    first, second = groups[0], groups[1]
    merged = changed(loans, edit("Home", "merge", groups=((first[0], second[0]),)))
    joined = next(group for group in card_input(merged, "Home").groups if first[0] in group)
    assert set(joined) == {*first, *second}
    both = changed(
        loans, edit("Home", "merge", groups=((first[0], second[0]),)), edit("Home", "split", groups=(first,))
    )
    assert {frozenset(group) for group in card_input(both, "Home").groups} == {frozenset(group) for group in groups}


def test_the_rest_is_binned_as_before_and_the_same_edit_gives_the_same_digest(
    loans: pa.Table, untouched: TrainingResult
) -> None:
    one = edit("Seniority", "lock", (2.0, 5.0))
    first, again = changed(loans, one), changed(loans, one)
    assert first.digest == again.digest != untouched.digest
    assert card_input(first, "Price").edges == card_input(untouched, "Price").edges


def test_edits_stand_in_the_document_and_the_report(loans: pa.Table) -> None:
    result = changed(loans, edit("Seniority", "lock", (2.0, 5.0)), edit("Income", "split", (77.0,)))
    told = result.documents["scorecard"].metadata.parameters
    assert told["bin_edit_1"] == "lock Seniority: 2, 5; policy 7 (Mei)"
    assert told["bin_edit_2"].startswith("split Income: 77")
    page = render_report(result)
    assert "policy 7" in page
    assert "Mei" in page
    assert "人工调整的分箱" in page


def test_edits_are_read_from_a_file_as_they_stand_there(tmp_path: Path) -> None:
    file = tmp_path / "edits.yaml"
    file.write_text(
        "- {input: Income, action: merge, at: [80], who: Mei, reason: few}\n"
        "- {input: Home, action: merge, groups: [[rent, other]], who: Mei, reason: same}\n",
        encoding="utf-8",
    )
    first, second = read_bin_edits(file)
    assert (first.input, first.action, first.at) == ("Income", "merge", (80.0,))
    assert second.groups == (("rent", "other"),)


@pytest.mark.parametrize(
    "text", ["- {input: a, action: melt, who: M, reason: r}", "- {input: a, action: lock}", "{", "a"]
)
def test_a_file_that_is_no_list_of_edits_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "edits.yaml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_bin_edits(file)
    assert refused.value.code == "invalid_bin_edits"


IMPOSSIBLE = {
    "no such column": edit("Nobody", "lock", (1.0,)),
    "no such break": edit("Seniority", "merge", (0.123,)),
    "a split that leaves a bin empty": edit("Seniority", "split", (1e9,)),
    "no number": edit("Seniority", "merge"),
    "not finite": edit("Seniority", "split", (float("inf"),)),
    "a number twice": edit("Seniority", "lock", (3.0, 3.0)),
    "texts of a number": edit("Seniority", "merge", groups=(("a", "b"),)),
    "numbers of a text": edit("Home", "split", (1.0,)),
    "a text it does not have": edit("Home", "merge", groups=(("owner", "boat"),)),
    "nothing to merge": edit("Home", "merge", groups=(("owner",),)),
    "a text left out of a lock": edit("Home", "lock", groups=(("owner",),)),
    "a special value nobody has": edit("Seniority", "special", (-77.0,)),
    "nobody's": msgspec.structs.replace(edit("Seniority", "lock", (3.0,)), who=" "),
    "for no reason": msgspec.structs.replace(edit("Seniority", "lock", (3.0,)), reason=""),
}


@pytest.mark.parametrize("what", IMPOSSIBLE)
def test_an_edit_that_cannot_be_made_is_refused_with_what_there_is(loans: pa.Table, what: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        changed(loans, IMPOSSIBLE[what])
    assert (refused.value.code, refused.value.field) == ("bin_edit_impossible", "bin_edits")
    assert refused.value.hint
