"""The logistic regression: penalised as the textbook has it, signs that make sense, served as lines."""

from __future__ import annotations

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from sklearn.linear_model import LogisticRegression

from tandem.decide.models import Blend, Linear, load_model, monotone_violations
from tandem.learn.training import TrainingResult, TrainSpec, train
from tandem.learn.training.frame import CategoricalColumn, Frame, NumericColumn
from tandem.learn.training.linear import fit_linear, try_linear
from tandem.learn.training.splitting import inner_folds

SPEC = TrainSpec(target="Status", positive="bad", families=("scorecard", "logistic", "blend"), folds=3, name="loans")


@pytest.fixture(scope="module")
def result(loans: pa.Table) -> TrainingResult:
    return train(loans, SPEC)


def numbers(**columns: np.ndarray) -> Frame:
    rows = next(iter(columns.values())).size
    return Frame(tuple(NumericColumn(name, values) for name, values in columns.items()), rows)


def drawn(margin: np.ndarray, seed: int = 3) -> np.ndarray:
    return (np.random.default_rng(seed).random(margin.size) < 1 / (1 + np.exp(-margin))).astype(np.float64)


def test_where_no_sign_binds_it_is_the_textbook_s_ridge() -> None:
    rng = np.random.default_rng(1)
    a, b = np.clip(rng.normal(size=(2, 4_000)), -2, 2)
    bad = drawn(a - 0.5 * b - 1)
    fit = fit_linear(numbers(a=a, b=b), bad, 10.0)
    held = [np.clip(one, *np.quantile(one, [0.01, 0.99])) for one in (a, b)]
    scaled = np.column_stack([(one - one.mean()) / one.std() for one in held])
    book = LogisticRegression(C=1 / 10.0, tol=1e-10, max_iter=1_000).fit(scaled, bad)
    own = [term.weight * one.std() for term, one in zip(fit.terms, held, strict=True)]
    assert own == pytest.approx(book.coef_[0].tolist(), abs=1e-5)
    assert fit.intercept == pytest.approx(float(book.intercept_[0]), abs=1e-5)


def test_a_weight_that_would_have_to_turn_drops_out() -> None:
    rng = np.random.default_rng(2)
    income = rng.normal(size=5_000)
    rent = income + 0.4 * rng.normal(size=5_000)  # alone it speaks for the applicant, beside income against
    bad = drawn(-2.0 * income + 0.8 * rent)
    free = LogisticRegression(C=1e6).fit(np.column_stack([income, rent]), bad).coef_[0]
    assert free[1] > 0.3
    assert np.corrcoef(rent, bad)[0, 1] < 0
    terms = {term.name: term.weight for term in fit_linear(numbers(income=income, rent=rent), bad, 1.0).terms}
    assert terms["income"] < 0
    assert terms.get("rent", 0.0) == 0.0


def test_a_line_is_held_to_the_sign_that_is_asked() -> None:
    rng = np.random.default_rng(4)
    age = rng.normal(size=2_000)
    bad = drawn(age)
    frame = numbers(age=age, other=rng.normal(size=2_000))
    assert fit_linear(frame, bad, 1.0).terms[0].weight > 0
    assert all(term.weight <= 0 for term in fit_linear(frame, bad, 1.0, (-1, 0)).terms if term.name == "age")


def test_one_absurd_value_moves_nothing() -> None:
    rng = np.random.default_rng(5)
    debt = rng.normal(size=3_000)
    bad = drawn(debt - 1)
    before = fit_linear(numbers(debt=debt), bad, 1.0).terms[0]
    absurd = debt.copy()
    absurd[np.argmax(debt)] = 1e12
    after = fit_linear(numbers(debt=absurd), bad, 1.0).terms[0]
    assert (after.weight, after.high) == pytest.approx((before.weight, before.high))
    assert after.added(NumericColumn("debt", np.array([1e15]))) == after.added(
        NumericColumn("debt", np.array([after.high]))
    )


def test_missing_special_and_rare_values_weigh_for_themselves() -> None:
    rng = np.random.default_rng(6)
    rows = 6_000
    debt, place = rng.normal(size=rows), rng.integers(0, 3, rows)
    debt[place == 1], debt[place == 2] = np.nan, -999.0
    codes = np.where(rng.random(rows) < 0.002, 2, rng.integers(0, 2, rows)).astype(np.int32)
    bad = drawn(np.where(place == 1, 1.5, np.where(place == 2, -1.5, 0.0)) + 1.0 * (codes == 1) - 0.5)
    bad[codes == 2] = np.arange(int((codes == 2).sum())) % 2  # a dozen tents say nothing
    columns = (NumericColumn("debt", debt, (-999.0, -998.0)), CategoricalColumn("home", codes, ("own", "rent", "tent")))
    terms = {term.name: term for term in fit_linear(Frame(columns, rows), bad, 1.0).terms}
    assert terms["debt"].missing > 0.5
    assert terms["debt"].specials[-999.0] < -0.5
    assert terms["debt"].specials[-998.0] == 0.0  # never seen: it adds nothing, and stands on no line
    assert abs(terms["debt"].weight) < 0.2
    assert set(terms["home"].levels) == {"own", "rent"}
    assert terms["home"].levels["rent"] > 0 >= terms["home"].levels["own"]
    assert terms["home"].other == 0.0  # a dozen rows weigh nothing


def test_the_ridge_is_chosen_by_folds_and_noise_is_pressed_flat() -> None:
    rng = np.random.default_rng(7)
    frame = numbers(**{f"n{at}": rng.normal(size=400) for at in range(12)})
    bad = drawn(np.zeros(400))
    assert try_linear(frame, bad, inner_folds(bad, 4, 1)).ridge == 100.0


def test_nothing_to_learn_from_is_the_bad_rate() -> None:
    fit = fit_linear(numbers(same=np.ones(100)), np.repeat([0.0, 1.0], [75, 25]), 1.0)
    assert fit.margin(numbers(same=np.array([1.0, np.nan]))) == pytest.approx(np.log(25 / 75))


def test_the_served_lines_say_what_was_fitted(result: TrainingResult) -> None:
    document = result.documents["logistic"]
    assert isinstance(document, Linear)
    assert result.served_apart < 1e-9
    assert any(one.type == "categorical" for one in document.inputs)
    assert result.test["logistic"].auc.value > 0.75
    assert document.metadata.parameters["detail"].startswith("lines, signed, ridge")
    blend = result.documents["blend"]
    assert isinstance(blend, Blend)
    assert load_model(blend).inputs


def test_contributions_are_measured_from_the_mean_over_the_training_rows(loans: pa.Table) -> None:
    result = train(loans, msgspec.structs.replace(SPEC, families=("logistic",)))
    document = result.documents["logistic"]
    training = result.developed.lines
    assert training is not None
    model = load_model(document)
    platt = result.developed.choice.candidate("logistic").platt
    from tandem.learn.training.profile import profile_table

    learning = loans.take(pa.array(np.asarray(result.target.rows)[result.split.train]))
    frame = profile_table(learning, {"Status": "target"}).frame
    assert model.expected == pytest.approx(float(platt.apply(training.margin(frame)).mean()), abs=1e-9)


def test_every_line_declares_its_direction_and_proves_it(loans: pa.Table, result: TrainingResult) -> None:
    document = result.documents["logistic"]
    assert isinstance(document, Linear)
    lines = [one for one in document.inputs if one.type == "numeric" and one.weight]
    assert lines
    assert all(one.monotone == np.sign(one.weight) for one in lines)
    assert all(monotone_violations(document, one.name) == () for one in lines)
    held = train(loans, msgspec.structs.replace(SPEC, families=("logistic",), monotone="auto"))
    asked = dict(zip(held.test_frame.names, held.developed.limits.monotone, strict=True))
    assert any(asked.values())
    for one in held.documents["logistic"].inputs:  # type: ignore[union-attr]
        assert not asked[one.name] or one.monotone in {0, asked[one.name]}


def test_same_data_give_the_same_lines_however_many_threads(loans: pa.Table, result: TrainingResult) -> None:
    assert train(loans, msgspec.structs.replace(SPEC, threads=1)).digest == result.digest
