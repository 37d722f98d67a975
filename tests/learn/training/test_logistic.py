"""The fit is the optimum: scikit-learn's where signs are free, the constrained one where they are not."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from tandem.learn.training.logistic import fit_logistic, logit


def sample(rows: int = 800, columns: int = 6) -> tuple[np.ndarray, np.ndarray]:
    rng = np.random.default_rng(21)
    x = rng.normal(size=(rows, columns))
    x[:, 1] = x[:, 0] + 0.3 * rng.normal(size=rows)
    z = x @ np.asarray([1.0, -0.8, 0.5, 0.0, 0.3, -0.4]) - 1
    return x, (rng.random(rows) < 1 / (1 + np.exp(-z))).astype(float)


@pytest.mark.parametrize("ridge", [0.5, 5.0])
def test_without_constraints_it_equals_scikit_learn(ridge: float) -> None:
    x, bad = sample()
    ours = fit_logistic(x, bad, ridge=ridge)
    theirs = LogisticRegression(C=1 / ridge, tol=1e-10, max_iter=10_000).fit(x, bad)
    assert ours.coefficients == pytest.approx(theirs.coef_[0], abs=1e-5)
    assert ours.intercept == pytest.approx(theirs.intercept_[0], abs=1e-5)


def test_held_coefficients_meet_the_conditions_of_an_optimum() -> None:
    x, bad = sample()
    ridge = 1.0
    fit = fit_logistic(x, bad, ridge=ridge, nonnegative=True)
    assert np.all(fit.coefficients >= 0)
    slope = x.T @ (1 / (1 + np.exp(-fit.log_odds(x))) - bad) + ridge * fit.coefficients
    inside = fit.coefficients > 1e-8
    assert np.abs(slope[inside]).max() < 1e-4
    assert np.all(slope[~inside] > -1e-4)
    assert not inside.all()


def test_separable_rows_stay_finite_under_a_ridge() -> None:
    x = np.linspace(-1, 1, 50)[:, None]
    fit = fit_logistic(x, (x[:, 0] > 0).astype(float), ridge=1.0)
    assert np.isfinite(fit.coefficients).all()


def test_without_columns_it_is_the_rate() -> None:
    bad = np.asarray([1.0, 0.0, 0.0, 0.0])
    assert fit_logistic(np.empty((4, 0)), bad).intercept == pytest.approx(float(logit(np.asarray([0.25]))[0]))


@pytest.mark.parametrize("columns", [3, 17, 80])
def test_a_fit_by_pieces_is_the_fit_of_the_whole(columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    x, bad = sample(5_000, 6)
    x = np.column_stack([x] * 14)[:, :columns]
    by_pieces = fit_logistic(x, bad)
    monkeypatch.setattr("tandem.learn.training.logistic._LONE", 0)
    assert fit_logistic(x, bad).coefficients == pytest.approx(by_pieces.coefficients, abs=1e-9)
