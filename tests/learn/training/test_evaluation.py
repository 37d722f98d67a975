"""Any model can be judged on any table with outcomes."""

from __future__ import annotations

import pyarrow as pa
import pytest

from tandem.decide.models import load_model
from tandem.kernel.errors import InvalidInput
from tandem.learn.training import TrainingResult, evaluate


def test_on_the_test_rows_it_finds_what_training_found(german: pa.Table, german_result: TrainingResult) -> None:
    test = german.take(pa.array(german_result.split.test))
    for family, document in german_result.documents.items():
        found = evaluate(load_model(document), test)
        assert found.figures.auc == german_result.test[family].auc
        assert found.figures.ks == german_result.test[family].ks
        assert found.figures.brier == pytest.approx(german_result.test[family].brier, abs=1e-12)


def test_the_outcome_may_have_another_name(german: pa.Table, german_result: TrainingResult) -> None:
    model = load_model(german_result.document)
    renamed = german.rename_columns([*german.column_names[:-1], "status"])
    found = evaluate(model, renamed, "status", "2")
    assert found.target == "status"
    assert found.figures.rows == 1000


def test_a_missing_input_is_named(german: pa.Table, german_result: TrainingResult) -> None:
    model = load_model(german_result.document)
    with pytest.raises(InvalidInput) as caught:
        evaluate(model, german.drop_columns([model.inputs[0]]))
    assert caught.value.value == model.inputs[0]
