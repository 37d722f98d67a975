"""Uplift: effects that are there are found, none is found where there is none, and the value of a choice is what it is."""

from __future__ import annotations

import numpy as np
import pytest

from tandem.decide.models import load_model
from tandem.kernel.errors import InvalidInput
from tandem.learn.uplift import NOTHING, TARGET, Offered, Tried, fit_response, response_document, value_of
from tandem.learn.uplift.encoding import action_matrix, names_of

OFFERS = (Offered("sms", "soft"), Offered("sms", "firm"), Offered("call", "soft"), Offered("call", "firm"))


def effect_of(columns, action):
    """Calls work on those who answer them, messages on nobody; a firm tone takes something off."""
    calls = np.where(action >= 2, 0.3 * (columns["habit_call"] > 0), 0.0)
    return np.where(action == NOTHING, 0.0, calls - 0.05 * np.isin(action, (1, 3)) * (action >= 2))


def drawn(rows, seed, *, effect=effect_of, rate=0.4):
    rng = np.random.default_rng(seed)
    columns = {
        "days_past_due": rng.integers(1, 60, rows).astype(float),
        "habit_sms": rng.standard_normal(rows),
        "habit_call": rng.standard_normal(rows),
        "paid_soon_soft": rng.integers(0, 3, rows).astype(float),
        "paid_soon_firm": rng.integers(0, 3, rows).astype(float),
    }
    action = np.where(rng.random(rows) < rate, rng.integers(0, 4, rows), NOTHING)
    base = 0.5 - 0.005 * columns["days_past_due"]
    paid = (rng.random(rows) < base + effect(columns, action)).astype(float)
    propensity = np.where(action == NOTHING, 1 - rate, rate / 4)
    return Tried(columns, action, propensity, paid, np.ones(rows), np.arange(rows) // 4)


@pytest.fixture(scope="module")
def learnt():
    return fit_response(drawn(40_000, 1), OFFERS, seed=3)


def test_it_finds_who_is_moved_and_by_what(learnt):
    fresh = drawn(4_000, 2)
    gains = learnt.gains(fresh.columns)
    answers = fresh.columns["habit_call"] > 0.2
    assert gains[answers, 2].mean() == pytest.approx(0.3, abs=0.06)
    assert gains[~answers & (fresh.columns["habit_call"] < -0.2), 2].mean() == pytest.approx(0.0, abs=0.04)
    assert gains[:, 0].mean() == pytest.approx(0.0, abs=0.03)
    assert (gains[answers].argmax(axis=1) == 2).mean() > 0.8


def test_where_nothing_works_it_expects_next_to_nothing():
    tried = drawn(40_000, 5, effect=lambda _columns, action: np.zeros(action.size))
    found = fit_response(tried, OFFERS, seed=3)
    assert np.abs(found.gains(drawn(4_000, 6).columns)).mean() < 0.03


def test_the_value_of_a_choice_holds_the_truth_and_its_interval_is_honest(learnt):
    rest = drawn(30_000, 9)
    chosen = np.where(rest.columns["habit_call"] > 0, 2, NOTHING)
    truth = float(effect_of(rest.columns, chosen).mean())
    found = value_of(rest, chosen, learnt, seed=1)
    assert found.low < truth < found.high
    assert found.high - found.low < 0.1
    assert found.matched == int((rest.action == chosen).sum())


def test_the_value_is_right_even_where_the_model_is_wrong(learnt):
    upside_down = drawn(30_000, 10, effect=lambda _columns, action: np.where(action == 0, 0.2, 0.0))
    chosen = np.zeros(len(upside_down), dtype=np.int64)
    found = value_of(upside_down, chosen, learnt, seed=1)
    assert found.low < 0.2 < found.high


def test_intervals_cover_as_often_as_they_say(learnt):
    held = 0
    for seed in range(40):
        rest = drawn(3_000, 100 + seed)
        chosen = np.where(rest.columns["habit_call"] > 0, 2, NOTHING)
        found = value_of(rest, chosen, learnt, seed=seed, draws=200)
        held += found.low < float(effect_of(rest.columns, chosen).mean()) < found.high
    assert held >= 34


def test_what_had_no_chance_and_what_is_too_little_is_refused():
    one = drawn(10, 1)
    with pytest.raises(InvalidInput, match="some chance"):
        Tried(one.columns, one.action, one.propensity * 0, one.outcome, one.stake, one.unit)
    with pytest.raises(InvalidInput, match="left alone"):
        fit_response(drawn(3_000, 1, rate=0.999), OFFERS, seed=1)
    with pytest.raises(InvalidInput, match="contacted"):
        fit_response(drawn(3_000, 1, rate=0.01), OFFERS, seed=1)


def test_a_column_for_each_channel_or_tone_becomes_one_of_the_action():
    columns = drawn(5, 1).columns
    situation, action = names_of(list(columns), OFFERS)
    assert situation == ("days_past_due",)
    assert action == ("by_sms", "by_call", "step_soft", "step_firm", "usual_hour", "own_habit", "own_step_paid_soon")
    rows = action_matrix(columns, action, Offered("call", "firm", usual_hour=True))
    assert (rows[:, :5] == [0, 1, 0, 1, 1]).all()
    assert (rows[:, 5] == columns["habit_call"]).all()
    assert (rows[:, 6] == columns["paid_soon_firm"]).all()


def test_the_document_says_what_the_model_says(learnt):
    document = response_document(learnt, "response", seed=3, note="SIMULATED")
    model = load_model(document)
    assert document.metadata.target == TARGET
    fresh = drawn(50, 12)
    gains = learnt.gains(fresh.columns)
    for row in range(50):
        for place, offer in enumerate(OFFERS):
            columns = {name: one[row : row + 1] for name, one in fresh.columns.items()}
            known = dict(zip(learnt.action, action_matrix(columns, learnt.action, offer)[0], strict=True))
            values = [known.get(name, columns.get(name, [None])[0]) for name in model.inputs]
            assert 2 * model.score(values).probability - 1 == pytest.approx(gains[row, place], abs=1e-9)


def test_the_same_seed_learns_the_same():
    one, two = (fit_response(drawn(6_000, 1), OFFERS, seed=3) for _ in range(2))
    columns = drawn(100, 2).columns
    assert (one.gains(columns) == two.gains(columns)).all()
