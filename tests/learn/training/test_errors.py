"""Bad input is refused with the field, the value and a way out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.training import TrainSpec, train

ROWS = 200
RNG = np.random.default_rng(12)
X = RNG.normal(size=ROWS)
Y = (RNG.random(ROWS) < 0.4).astype(int)


def table(**columns: object) -> pa.Table:
    return pa.table({"income": X, "bad": Y} | columns)


CASES: dict[str, tuple[Callable[[], pa.Table], TrainSpec, str, str, str]] = {
    "no such target": (table, TrainSpec(target="bda"), "unknown_column", "target", "did you mean 'bad'?"),
    "no such id": (table, TrainSpec(target="bad", id=("incom",)), "unknown_column", "id", "did you mean 'income'?"),
    "no such forbidden": (table, TrainSpec(target="bad", forbid=("sex",)), "unknown_column", "forbid", "known: bad"),
    "no such time": (table, TrainSpec(target="bad", time="date"), "unknown_column", "time", "known: bad"),
    "three outcomes": (
        lambda: table(bad=np.arange(ROWS) % 3), TrainSpec(target="bad"), "target_not_binary", "bad", "two values"
    ),
    "one outcome": (
        lambda: table(bad=np.zeros(ROWS, int)), TrainSpec(target="bad"), "one_class", "bad", "the other way"
    ),
    "no outcome": (
        lambda: table(bad=pa.nulls(ROWS)), TrainSpec(target="bad"), "target_empty", "bad", "--target"
    ),
    "which is bad": (
        lambda: table(bad=Y + 1), TrainSpec(target="bad"), "positive_unclear", "bad", "--positive 2"
    ),
    "never this value": (table, TrainSpec(target="bad", positive="yes"), "unknown_positive", "positive", "known: 0, 1"),
    "few bads": (
        lambda: table(bad=(np.arange(ROWS) < 5).astype(int)), TrainSpec(target="bad"), "too_few_outcomes", "bad",
        "gather more",
    ),
    "only constants": (
        lambda: table(income=np.ones(ROWS)), TrainSpec(target="bad"), "no_inputs", "table", "add columns"
    ),
    "infinity": (
        lambda: table(income=np.where(np.arange(ROWS) == 3, np.inf, X)), TrainSpec(target="bad"), "not_finite",
        "income", "empty",
    ),
    "unreadable time": (
        lambda: table(t=pa.array(["2026-01-01"] * (ROWS - 1) + ["soon"])), TrainSpec(target="bad", time="t"),
        "time_unreadable", "t", "write 2026-11-24",
    ),
    "missing time": (
        lambda: table(t=pa.array([None] + ["2026-01-01"] * (ROWS - 1))), TrainSpec(target="bad", time="t"),
        "time_missing", "t", "drop those rows",
    ),
    "time of another kind": (
        lambda: table(t=X), TrainSpec(target="bad", time="t"), "time_unreadable", "t", "dates"
    ),
    "all in one instant": (
        lambda: table(t=np.ones(ROWS, int)), TrainSpec(target="bad", time="t"), "time_split_impossible", "t",
        "longer period",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=list(CASES))
def test_it_is_refused_by_name(case: str) -> None:
    make, spec, code, field, hint = CASES[case]
    with pytest.raises(InvalidInput) as caught:
        train(make(), spec)
    assert caught.value.code == code
    assert caught.value.field == field
    assert hint in (caught.value.hint or "")


def test_two_inputs_of_one_name_are_refused() -> None:
    twice = pa.Table.from_arrays([pa.array(X), pa.array(X), pa.array(Y)], names=["x", "x", "bad"])
    with pytest.raises(InvalidInput, match="Two columns"):
        train(twice, TrainSpec(target="bad"))


def test_a_test_table_without_outcomes_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        train(table(), TrainSpec(target="bad", families=("scorecard",)), table(bad=pa.nulls(ROWS)))
    assert (caught.value.code, caught.value.field) == ("test_empty", "test")


def test_columns_no_model_can_read_are_left_out_and_not_refused() -> None:
    odd = table(
        tags=pa.array([["a", "b"]] * ROWS),
        born=pa.array([f"19{60 + row % 30}-05-17" for row in range(ROWS)]).cast(pa.date32()),
        blob=pa.array([b"x"] * ROWS),
        empty=pa.nulls(ROWS),
    )
    result = train(odd, TrainSpec(target="bad", families=("scorecard",)))
    assert {c.name: c.excluded for c in result.columns} == {
        "income": None, "bad": "target", "tags": "unsupported", "born": "time", "blob": "unsupported",
        "empty": "constant",
    }  # fmt: skip


def test_two_columns_of_one_name_are_refused() -> None:
    twice = pa.Table.from_arrays([pa.array(X), pa.array(Y), pa.array(Y)], names=["x", "bad", "bad"])
    with pytest.raises(InvalidInput, match="Two columns"):
        train(twice, TrainSpec(target="bad"))


@pytest.mark.parametrize(
    ("field", "value"), [("test_share", 0.9), ("folds", 1), ("threads", 0), ("seed", -1), ("test_share", float("nan"))]
)
def test_options_outside_their_range_are_refused(field: str, value: float) -> None:
    with pytest.raises(InvalidInput) as caught:
        TrainSpec(target="bad", **{field: value})
    assert caught.value.field == field


def test_an_outcome_training_never_knew_is_refused_in_the_test_table() -> None:
    other = table(bad=pa.array(["0", "1", "2"] + ["0"] * (ROWS - 3)))
    with pytest.raises(InvalidInput) as caught:
        train(table(), TrainSpec(target="bad", families=("scorecard",)), other)
    assert caught.value.code == "unknown_outcome"


def test_a_column_that_changed_its_kind_is_refused_in_the_test_table() -> None:
    other = table(income=pa.array(["high"] * ROWS))
    with pytest.raises(InvalidInput) as caught:
        train(table(), TrainSpec(target="bad", families=("scorecard",)), other)
    assert (caught.value.code, caught.value.field) == ("type_changed", "income")
