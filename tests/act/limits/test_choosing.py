"""Steps chosen together: as good as trying every choice, fair by grade, within the budget, and near to it when rounded."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tandem.act.limits import Forecast, PortfolioBounds, choose, grouped, one_by_one
from tandem.kernel.errors import Conflict

_STEPS = 3


def book(seed, accounts, grades=2, bands=2):
    rng = np.random.default_rng(seed)
    limit = rng.integers(1, 20, (accounts, 1)) * np.array([[0.5, 1.0, 1.5]]) * 1_000
    pd = rng.choice([0.02, 0.2, 0.5], accounts)[:, None]
    found = Forecast(
        limit=limit, balance=limit * 0.6, revenue=limit * rng.uniform(0.05, 0.2, (accounts, 1)), loss=limit * pd
    )
    band, grade = rng.integers(0, bands, accounts), rng.integers(0, grades, accounts)
    allowed = np.ones((accounts, _STEPS), dtype=bool)
    allowed[rng.random(accounts) < 0.2, 2] = False
    return found, band, grade, allowed


def bounds_of(found, share=0.2):
    return PortfolioBounds(loss_share=share, limit_most=float(found.limit[:, 1].sum()))


def kept(found, steps, bounds):
    at = np.arange(len(steps))
    loss, balance = found.loss[at, steps].sum(), found.balance[at, steps].sum()
    return loss <= bounds.loss_share * balance + 1e-6 and found.limit[at, steps].sum() <= bounds.limit_most + 1e-6


def fair(steps, band, grade, allowed):
    return all(
        steps[one] >= steps[other]
        for one in range(len(steps))
        for other in range(len(steps))
        if band[one] == band[other] and grade[one] < grade[other] and (allowed[one] == allowed[other]).all()
    )


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), accounts=st.integers(1, 6))
def test_no_choice_that_is_fair_and_within_the_budget_brings_more(seed, accounts):
    found, band, grade, allowed = book(seed, accounts)
    bounds, at = bounds_of(found), np.arange(accounts)
    every = [
        steps
        for steps in map(np.array, product(range(_STEPS), repeat=accounts))
        if allowed[at, steps].all() and kept(found, steps, bounds) and fair(steps, band, grade, allowed)
    ]
    chosen = choose(one_by_one(found, band, grade, allowed), bounds)
    if not every:
        assert not all(one.kept for one in chosen.facts.bindings)
        return
    best = max(found.value[at, steps].sum() for steps in every)
    reached = found.value[at, chosen.steps].sum()
    assert reached == pytest.approx(best, rel=1e-3, abs=2)
    assert kept(found, chosen.steps, bounds)
    assert fair(chosen.steps, band, grade, allowed)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), exact=st.booleans())
def test_groups_take_one_step_each_and_keep_to_the_budget_and_to_fairness(seed, exact):
    found, band, grade, allowed = book(seed, 400, grades=5, bands=4)
    bounds = bounds_of(found, share=0.35)
    chosen = choose(grouped(found, band, grade, allowed), bounds, exact=exact)
    assert allowed[np.arange(400), chosen.steps].all()
    assert fair(chosen.steps, band, grade, allowed)
    alike = {}
    for step, *group in zip(chosen.steps.tolist(), band.tolist(), grade.tolist(), map(tuple, allowed), strict=True):
        assert alike.setdefault(tuple(group), step) == step
    assert chosen.facts.value_minor <= chosen.facts.bound_minor + 1
    if all(one.kept for one in chosen.facts.bindings):
        assert kept(found, chosen.steps, bounds)


def test_a_constraint_that_holds_something_back_has_a_price():
    found, band, grade, allowed = book(1, 400)
    found = found._replace(loss=found.loss * 0.01)  # every increase is worth having
    narrow = choose(
        grouped(found, band, grade, allowed), PortfolioBounds(limit_most=float(found.limit[:, 0].sum()) * 1.2)
    )
    (limit,) = narrow.facts.bindings
    assert limit.binds
    assert limit.price > 0
    wide = choose(grouped(found, band, grade, allowed), PortfolioBounds(limit_most=float(found.limit[:, 2].sum()) * 2))
    assert not wide.facts.bindings[0].binds


def test_a_loss_budget_that_only_shares_of_accounts_would_keep_is_kept_as_nearly_as_can_be_and_said():
    """Half a step of one account would balance the other's losses; a whole one does not."""
    found, band, grade, allowed = book(70, 2)
    bounds, at = bounds_of(found), np.arange(2)
    every = [np.array(one) for one in product(range(_STEPS), repeat=2)]
    able = [one for one in every if allowed[at, one].all() and fair(one, band, grade, allowed)]
    able = [one for one in able if found.limit[at, one].sum() <= bounds.limit_most]
    excess = [found.loss[at, one].sum() - bounds.loss_share * found.balance[at, one].sum() for one in able]
    assert min(excess) > 0
    chosen = choose(one_by_one(found, band, grade, allowed), bounds)
    assert {one.constraint: one.kept for one in chosen.facts.bindings} == {"loss_budget": False, "limit_most": True}
    assert chosen.steps.tolist() == able[int(np.argmin(excess))].tolist()


def test_a_loss_budget_out_of_reach_is_kept_as_nearly_as_can_be_and_said():
    found, band, grade, allowed = book(2, 50)
    chosen = choose(grouped(found, band, grade, allowed), bounds_of(found, share=0.0))
    assert [one.kept for one in chosen.facts.bindings if one.constraint == "loss_budget"] == [False]
    assert set(chosen.steps.tolist()) == {0}  # the lowest losses there are


def test_what_cannot_be_kept_whatever_is_chosen_is_named():
    found, band, grade, allowed = book(3, 50)
    with pytest.raises(Conflict, match="limit_least"):
        choose(grouped(found, band, grade, allowed), PortfolioBounds(limit_least=float(found.limit.max() * 1_000)))
