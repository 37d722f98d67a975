"""Training as a whole: repeatable, honest about its split, and serving exactly what it judged."""

from __future__ import annotations

import json

import msgspec
import numpy as np
import pyarrow as pa
import pytest

from tandem.decide.models import load_model
from tandem.kernel.errors import InvalidInput
from tandem.learn.training import Points, ReasonText, TrainingResult, TrainSpec, train
from tandem.learn.training.metrics import auc

FAST = ("scorecard",)


def test_same_data_and_seed_give_the_same_digest_and_another_seed_does_not(
    german: pa.Table, german_spec: TrainSpec, german_result: TrainingResult
) -> None:
    again = train(german, german_spec)
    assert again.digest == german_result.digest
    assert again.figures() == german_result.figures()
    other = train(german, msgspec.structs.replace(german_spec, seed=7, folds=2))
    assert other.digest != german_result.digest


def test_growing_boosters_side_by_side_changes_nothing(
    german: pa.Table, german_spec: TrainSpec, german_result: TrainingResult
) -> None:
    assert train(german, msgspec.structs.replace(german_spec, threads=1)).digest == german_result.digest


def test_changing_one_cell_changes_the_data_digest(german: pa.Table, german_result: TrainingResult) -> None:
    amounts = german.column("a5").to_pylist()
    amounts[0] += 1
    place = german.column_names.index("a5")
    changed = german.set_column(place, "a5", pa.array(amounts))
    result = train(changed, TrainSpec(target="outcome", positive="2", families=FAST))
    assert result.data_digest != german_result.data_digest


def test_the_served_documents_say_on_raw_rows_what_the_report_judged(
    german: pa.Table, german_result: TrainingResult
) -> None:
    test = german.take(pa.array(german_result.split.test))
    for family, document in german_result.documents.items():
        model = load_model(document)
        columns = [test.column(name).to_pylist() for name in model.inputs]
        served = [model.score(list(row)).probability for row in zip(*columns, strict=True)]
        judged = 1 / (1 + np.exp(-german_result.test_log_odds[family]))
        assert np.abs(np.asarray(served) - judged).max() < 1e-14
        assert auc(german_result.test_bad, np.asarray(served)) == german_result.test[family].auc.value
    assert german_result.served_apart < 1e-12


def test_every_decision_can_be_given_reasons_with_known_codes(german: pa.Table, german_result: TrainingResult) -> None:
    known = {reason.code for reason in german_result.reasons.values()}
    model = load_model(german_result.document)
    for row in german.slice(0, 50).to_pylist():
        reasons = model.reasons([row[name] for name in model.inputs])
        assert {reason.reason_code for reason in reasons} <= known


def test_without_a_time_the_test_is_a_random_hold_out_with_the_same_bad_rate(german_result: TrainingResult) -> None:
    split = german_result.split
    assert split.kind == "random_hold_out"
    assert split.test.size == 200
    assert german_result.test_bad.mean() == pytest.approx(0.3)
    assert not set(split.train.tolist()) & set(split.test.tolist())


def test_with_a_time_the_test_is_the_latest_rows(german: pa.Table) -> None:
    day = np.random.default_rng(0).permutation(1000) // 10
    dated = german.append_column("day", pa.array([f"2026-{1 + d // 28:02d}-{1 + d % 28:02d}" for d in day]))
    result = train(dated, TrainSpec(target="outcome", positive="2", time="day", families=FAST))
    assert result.split.kind == "out_of_time"
    assert day[result.split.train].max() < day[result.split.test].min()
    assert result.figures()["data"]["boundary"] == "2026-03-25T00:00:00Z"
    assert "day" not in result.test_frame.names


def test_a_test_table_of_ones_own_is_used_as_it_is(german: pa.Table) -> None:
    spec = TrainSpec(target="outcome", positive="2", families=FAST)
    result = train(german.slice(0, 700), spec, german.slice(700))
    assert result.split.kind == "given"
    assert result.test_bad.size == 300
    assert result.split.train.size == 700


def test_rows_without_an_outcome_are_left_out_and_counted(german: pa.Table) -> None:
    outcome = german.column("outcome").to_pylist()
    outcome[::10] = [None] * 100
    table = german.drop_columns(["outcome"]).append_column("outcome", pa.array(outcome))
    result = train(table, TrainSpec(target="outcome", positive="2", families=FAST))
    assert result.target.unlabelled == 100
    assert result.figures()["data"]["rows"] == 900


def test_forbidden_columns_and_ids_are_read_by_no_model(german: pa.Table) -> None:
    spec = TrainSpec(target="outcome", positive="2", id=("a2",), forbid=("a13",), families=FAST)
    result = train(german, spec)
    assert not {"a2", "a13"} & set(load_model(result.document).inputs)
    assert {c.name: c.excluded for c in result.columns if c.excluded} == {
        "a2": "id", "a13": "forbidden", "outcome": "target"
    }  # fmt: skip


def test_points_follow_the_scale_asked_for(german: pa.Table) -> None:
    points = Points(base_points=500, base_odds=20, double=50)
    spec = TrainSpec(target="outcome", positive="2", points=points, families=FAST)
    model = load_model(train(german, spec).document)
    row = [german.column(name)[0].as_py() for name in model.inputs]
    score = model.score(row)
    odds = (1 - score.probability) / score.probability
    assert score.points == pytest.approx(500 + 50 * np.log2(odds / 20))


def test_a_reason_of_ones_own_replaces_the_generated_one(german: pa.Table) -> None:
    own = ReasonText(code="TERM_LONG", en="The term is long", zh="期限较长")
    spec = TrainSpec(target="outcome", positive="2", reasons={"a2": own}, families=FAST)
    result = train(german, spec)
    assert result.reasons["a2"] == own
    assert "TERM_LONG" in load_model(result.document).reason_codes


def test_all_figures_are_plain_json(german_result: TrainingResult) -> None:
    text = json.dumps(german_result.figures(), allow_nan=False)
    assert json.loads(text)["digest"] == german_result.digest


def test_the_champion_is_judged_with_intervals_and_named_with_a_why(german_result: TrainingResult) -> None:
    figures = german_result.figures()
    best = figures["test"][german_result.champion]
    assert best["auc"]["low"] < best["auc"]["value"] < best["auc"]["high"]
    assert figures["tournament"]["why"]
    assert {c["family"] for c in figures["tournament"]["candidates"]} == {"scorecard", "lightgbm", "blend"}


def test_it_says_what_a_person_should_look_at_and_holds_it_against_the_test(german_result: TrainingResult) -> None:
    found = german_result.figures()["certainty"]
    assert [band["error"] for band in found["bands"]] == [0.05, 0.1, 0.2]
    reviewed = [band["to_review"] for band in found["bands"]]
    assert reviewed == sorted(reviewed, reverse=True)
    for band in found["bands"]:
        assert band["cleared"] + band["to_review"] + band["held"] == pytest.approx(1)
        assert 0 < band["low"] <= band["high"] < 1
    tenths = found["intervals"]
    assert sum(one["rows"] for one in tenths) == german_result.test_bad.size
    assert all(one["low"] <= one["high"] for one in tenths)
    assert tenths[0]["bad_rate"] > tenths[-1]["bad_rate"]


def test_a_table_without_information_still_trains_and_says_nothing_special() -> None:
    rng = np.random.default_rng(4)
    table = pa.table({"x": rng.normal(size=600), "y": (rng.random(600) < 0.3).astype(int)})
    result = train(table, TrainSpec(target="y"))
    assert abs(result.test[result.champion].auc.value - 0.5) < 0.2
    load_model(result.document)


@pytest.mark.parametrize("families", [("scorecard",), ("lightgbm",), ("scorecard", "lightgbm")])
def test_any_choice_of_families_trains(german: pa.Table, families: tuple[str, ...]) -> None:
    result = train(german, TrainSpec(target="outcome", positive="2", families=families))
    assert set(result.documents) == set(families)


def test_a_blend_alone_is_refused() -> None:
    with pytest.raises(InvalidInput, match="Nothing to train"):
        TrainSpec(target="y", families=("blend",))


def test_a_name_that_is_none_is_refused() -> None:
    with pytest.raises(InvalidInput) as caught:
        TrainSpec(target="y", name="My Model")
    assert caught.value.field == "name"
