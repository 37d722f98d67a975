"""A model of when: true to a planted hazard, better than the book's own curve on real accounts, and repeatable."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from tandem.decide.models import load_model
from tandem.kernel.errors import InvalidInput
from tandem.learn.training import read_table
from tandem.learn.training.frame import Frame, NumericColumn
from tandem.learn.training.survival import Spells, SurvivalSpec, default_by, judge_curves, kaplan_meier, train_survival

TAIWAN = "examples/data/taiwan_credit_default/UCI_Credit_Card.csv.gz"
MONTHS = ["PAY_6", "PAY_5", "PAY_4", "PAY_3", "PAY_2", "PAY_0"]


def planted(count: int, seed: int) -> tuple[pa.Table, np.ndarray]:
    """Accounts whose hazard doubles with risk and falls with age; a tenth leaves every period. The truth beside them."""
    rng = np.random.default_rng(seed)
    risk = rng.normal(size=count)
    hazards = 1 / (1 + np.exp(-(-3.2 + 0.8 * risk[:, None] - 0.15 * np.arange(8)[None, :])))
    bad = rng.random((count, 8)) < hazards
    leaves = rng.random((count, 8)) < 0.1
    leaves[:, 7] = True
    duration = np.argmax(bad | leaves, axis=1) + 1
    event = bad[np.arange(count), duration - 1]
    table = pa.table({"risk": risk, "noise": rng.normal(size=count), "months": duration, "bad": event})
    return table, 1 - np.cumprod(1 - hazards, axis=1)


@pytest.fixture(scope="module")
def trained():
    table, _ = planted(6_000, 1)
    return train_survival(table, SurvivalSpec(event="bad", duration="months", folds=2))


def test_the_curves_are_those_of_the_planted_hazard_though_most_accounts_left_early(trained):
    table, truth = planted(2_000, 2)
    frame = Frame(
        (NumericColumn("risk", table["risk"].to_numpy()), NumericColumn("noise", table["noise"].to_numpy())), 2_000
    )
    found = default_by(trained.document, frame, 8)
    assert found.mean(axis=0) == pytest.approx(truth.mean(axis=0), abs=0.02)
    assert np.corrcoef(found[:, 7], truth[:, 7])[0, 1] > 0.95
    assert (np.diff(found, axis=1) >= 0).all()
    assert abs(np.mean(found[:, 7] - truth[:, 7])) < 0.2 * abs(np.mean(table["bad"].to_numpy()) - truth[:, 7].mean()), (
        "who counts those who left as good is far more wrong"
    )


def test_the_test_says_so_with_limits_at_every_horizon(trained):
    assert (trained.horizon, len(trained.test.horizons)) == (8, 8)
    last = trained.test.horizons[-1]
    assert last.low <= last.expected <= last.high
    assert last.auc > 0.65
    assert trained.test.gain > 0.02


def test_the_document_is_an_ordinary_model_that_reads_the_period(trained):
    model = load_model(trained.document)
    assert model.inputs == ("risk", "noise", "period")
    young, old = model.score([0.0, 0.0, 1]).probability, model.score([0.0, 0.0, 8]).probability
    assert young > old, "the planted hazard falls with age"
    assert sum(model.contributions([2.0, 0.0, 1])) == pytest.approx(model.score([2.0, 0.0, 1]).margin - model.expected)


def test_it_says_nothing_of_a_period_that_nobody_lived_to(trained):
    with pytest.raises(InvalidInput) as error:
        default_by(trained.document, Frame((NumericColumn("risk", np.zeros(1)),), 1), 9)
    assert (error.value.code, error.value.value) == ("beyond_horizon", 9)
    table, _ = planted(300, 3)
    with pytest.raises(InvalidInput) as error:
        train_survival(table, SurvivalSpec(event="bad", duration="months", horizon=8, folds=2))
    assert (error.value.code, error.value.field) == ("horizon_too_long", "horizon")


def test_the_same_accounts_and_seed_give_the_same_digest_on_any_number_of_threads(trained):
    table, _ = planted(6_000, 1)
    again = train_survival(table, SurvivalSpec(event="bad", duration="months", folds=2, threads=1))
    assert again.digest == trained.digest


def test_who_left_counts_for_what_is_known_of_them():
    """A good account that left early must not lower the error at a horizon that it never reached."""
    watched = Spells(np.array([1, 3, 3, 1]), np.array([1.0, 1.0, 0.0, 0.0]), "1", np.arange(4))
    certain = np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0], [0.5, 0.5, 0.5]])
    figures = judge_curves(watched, certain, kaplan_meier(watched, 3))
    assert figures.horizons[0].brier > 0, "of the first period the fourth account tells"
    assert figures.horizons[2].brier == 0.0, "of the third it does not"
    assert figures.horizons[2].auc == 1.0


def test_real_accounts_when_they_first_fall_two_months_behind():
    """Taiwan: watched from April on until a month two behind; who is not by September is not known to stay good."""
    table = read_table(TAIWAN)
    status = np.column_stack([table[name].to_numpy() for name in MONTHS])
    fresh = status[:, 0] < 2
    late = status[:, 1:] >= 2
    duration = np.where(late.any(axis=1), np.argmax(late, axis=1), 4) + 1
    kept = table.filter(pa.array(fresh)).select(["LIMIT_BAL", "AGE", "EDUCATION", "BILL_AMT6", "PAY_AMT6", "PAY_6"])
    kept = kept.append_column("months", pa.array(duration[fresh])).append_column(
        "late", pa.array(late.any(axis=1)[fresh])
    )
    kept = kept.slice(0, 9_000)
    result = train_survival(kept, SurvivalSpec(event="late", duration="months", folds=2))
    assert result.horizon == 5
    assert result.test.gain > 0.02
    for one in result.test.horizons:
        assert one.auc is not None
        assert one.auc > 0.65
        assert one.low - 0.01 <= one.expected <= one.high + 0.01
