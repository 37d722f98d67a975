"""What should worry a modeller is found and said."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.training import Finding, TrainingResult, TrainSpec, train

SPEC = TrainSpec(target="outcome", positive="2", families=("scorecard",))


def with_column(table: pa.Table, name: str, values: object) -> pa.Table:
    return table.append_column(name, pa.array(values))


def found(result: TrainingResult, code: str) -> list[Finding]:
    return [finding for finding in result.findings if finding.code == code]


def bad_of(table: pa.Table) -> np.ndarray:
    return np.asarray([float(v == 2) for v in table.column("outcome").to_pylist()])


def test_clean_data_raises_no_alarm(german: pa.Table) -> None:
    codes = {f.code for f in train(german, SPEC).findings if f.severity != "note"}
    assert codes == set()


@pytest.mark.parametrize("kind", ["number", "text", "flipped"])
def test_a_copy_of_the_outcome_is_left_out_whatever_it_is_called(german: pa.Table, kind: str) -> None:
    bad = bad_of(german)
    values = {"number": 10 * bad, "text": np.where(bad == 1, "late", "fine"), "flipped": 1 - bad}[kind]
    result = train(with_column(german, "innocent", values), SPEC)
    assert [f.column for f in found(result, "copy_of_target")] == ["innocent"]
    assert "innocent" not in result.test_frame.names
    assert {c.name: c.excluded for c in result.columns}["innocent"] == "copy_of_target"


def test_a_column_too_good_to_be_true_is_kept_and_called_severe(german: pa.Table) -> None:
    noise = np.random.default_rng(1).normal(size=1000)
    result = train(with_column(german, "score_b", bad_of(german) * 4 + noise), SPEC)
    (finding,) = found(result, "too_good")
    assert finding.column == "score_b"
    assert finding.severity == "severe"
    assert finding.value is not None
    assert finding.value > 0.95
    assert "score_b" in result.test_frame.names


def test_a_name_that_sounds_like_the_future_is_questioned(german: pa.Table) -> None:
    result = train(german.rename_columns(["recoveries", *german.column_names[1:]]), SPEC)
    assert [f.column for f in found(result, "name_sounds_later")] == ["recoveries"]


def test_row_numbers_and_names_of_rows_are_left_out(german: pa.Table) -> None:
    table = with_column(german, "n", np.random.default_rng(2).permutation(1000))
    table = with_column(table, "ref", [f"K-{i * 7919 % 1000:04d}" for i in range(1000)])
    result = train(table, SPEC)
    assert {f.column for f in found(result, "left_out_identifier")} == {"n", "ref"}


def test_a_file_sorted_by_outcome_is_noticed(german: pa.Table) -> None:
    result = train(german.sort_by("outcome"), SPEC)
    (finding,) = found(result, "order_tells_outcome")
    assert finding.value is not None
    assert finding.value > 0.9


def test_repeated_rows_are_counted(german: pa.Table) -> None:
    result = train(pa.concat_tables([german, german.slice(0, 200)]), SPEC)
    (finding,) = found(result, "duplicate_rows")
    assert finding.value is not None
    assert finding.value > 50


def test_drift_between_training_and_test_is_measured(german: pa.Table) -> None:
    later = german.slice(700)
    moved = [amount * 4 for amount in later.column("a5").to_pylist()]
    later = later.set_column(later.column_names.index("a5"), "a5", pa.array(moved))
    result = train(german.slice(0, 700), SPEC, later)
    assert "a5" in [f.column for f in found(result, "drift")]


def test_a_stand_in_for_a_forbidden_column_is_named(german: pa.Table) -> None:
    ages = np.asarray(german.column("a13").to_pylist(), dtype=float)
    shadow = 65 - ages + np.random.default_rng(3).normal(0, 3, 1000)
    table = with_column(german, "years_to_pension", shadow)
    result = train(table, TrainSpec(target="outcome", positive="2", forbid=("a13",), families=("scorecard",)))
    proxies = found(result, "proxy")
    assert proxies[0].column == "years_to_pension"
    assert proxies[0].value is not None
    assert proxies[0].value > 0.9


def test_numbers_that_came_as_text_are_read_and_mentioned(german: pa.Table) -> None:
    texts = [f"{amount:,}" for amount in german.column("a5").to_pylist()]
    table = german.set_column(german.column_names.index("a5"), "a5", pa.array(texts))
    result = train(table, SPEC)
    profile = next(c for c in result.columns if c.name == "a5")
    assert profile.kind == "numeric"
    assert profile.high is not None
    assert profile.high > 15_000
    assert [f.column for f in found(result, "numbers_as_text")] == ["a5"]


def test_sentinels_become_special_values(german: pa.Table) -> None:
    amounts = german.column("a5").to_pylist()
    amounts[::20] = [-99999] * 50
    table = german.set_column(german.column_names.index("a5"), "a5", pa.array(amounts))
    assert next(c for c in train(table, SPEC).columns if c.name == "a5").specials == (-99999.0,)


def test_only_copies_of_the_outcome_leave_nothing_to_learn(german: pa.Table) -> None:
    table = pa.table({"copy": bad_of(german), "outcome": german.column("outcome")})
    with pytest.raises(InvalidInput, match="copy of the target"):
        train(table, SPEC)


def test_drift_over_time_within_training_is_measured(german: pa.Table) -> None:
    dated = with_column(german, "month", np.arange(1000) // 100)
    moved = np.asarray(german.column("a5").to_pylist()) * (1 + np.arange(1000) // 250)
    dated = dated.set_column(dated.column_names.index("a5"), "a5", pa.array(moved))
    result = train(dated, TrainSpec(target="outcome", positive="2", time="month", families=("scorecard",)))
    assert "a5" in [f.column for f in found(result, "drift_over_time")]
