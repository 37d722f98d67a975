"""What a step is expected to come to: nothing drawn is called in, a cut stops draws, and no increase is answered twice."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tandem.act.limits import Behaviour, Economics, Response, forecast

SAYS = {"source": "a test", "as_of": "2026-11-30"}
ECONOMICS = Economics(horizon_days=90, margin_bps=900, lgd_bps=10_000, **SAYS)
STEPS = np.asarray([1.0, 0.25, 0.5, 0.75, 0.9, 1.0, 1.5, 2.0])
FROZEN = np.asarray([True] + [False] * 7)
HOLD = 5
share = st.floats(0.0, 1.0)


def foretold(response, *, limit=100_000.0, shown_limit=None, balance=40_000.0, pd=0.2, repaid=0.3, drawn=0.2):
    def one(value):
        return np.asarray([value])

    book = Behaviour(
        limit=one(limit), shown_limit=one(shown_limit or limit), balance=one(balance), pd=one(pd), repaid=one(repaid),
        repaid_bad=one(repaid), drawn=one(drawn), drawn_bad=one(drawn),
    )  # fmt: skip
    found = forecast(book, limit * STEPS[None, :], FROZEN, ECONOMICS, response)
    return found.balance[0], found.loss[0]


@given(balance=st.floats(0.0, 120_000.0), repaid=share, drawn=share, scale=share, use=share, rush=share)
def test_nothing_that_was_drawn_is_called_in(balance, repaid, drawn, scale, use, rush):
    response = Response(**SAYS, scale=scale, scale_bad=scale, use_bad=use, rush_bad=rush)
    found, _ = foretold(response, balance=balance, repaid=repaid, drawn=drawn)
    assert (found >= balance * (1.0 - repaid) - 1e-6).all()


@given(balance=st.floats(0.0, 120_000.0), repaid=share, drawn=share)
def test_a_lower_limit_never_comes_to_more_where_nobody_draws_ahead_of_it(balance, repaid, drawn):
    found, loss = foretold(Response(**SAYS), balance=balance, repaid=repaid, drawn=drawn)
    assert (np.diff(found[: HOLD + 1]) >= -1e-6).all()
    assert (np.diff(loss[: HOLD + 1]) >= -1e-6).all()


def test_a_cut_that_the_mean_draw_would_fit_under_stops_some_draws_still():
    found, _ = foretold(Response(**SAYS), balance=10_000.0, repaid=0.0, drawn=0.2)  # 30,000 on average, under 50,000
    kept, cut, held = found[0], found[2], found[HOLD]
    assert held == pytest.approx(30_000.0)
    assert kept == pytest.approx(10_000.0)
    assert cut == pytest.approx(10_000.0 + 20_000.0 * (1.0 - np.exp(-40_000.0 / 20_000.0)))


def test_a_cut_is_met_by_drawing_ahead_of_it_and_a_freeze_is_not():
    says = Response(**SAYS, rush_bad=0.5)
    found, _ = foretold(says, balance=20_000.0, pd=1.0, repaid=0.0, drawn=0.0)
    assert found[2] == pytest.approx(20_000.0 + 0.5 * 50_000.0)
    assert found[0] == pytest.approx(20_000.0)


@given(balance=st.floats(0.0, 120_000.0), drawn=share, scale=share, use=share, pd=share)
def test_what_an_increase_added_is_not_answered_twice(balance, drawn, scale, use, pd):
    says = Response(**SAYS, scale=scale, scale_bad=scale, use=use, use_bad=use)
    before, _ = foretold(says, balance=balance, pd=pd, repaid=0.0, drawn=drawn)
    raised = balance * (1.0 + scale) + use * 100_000.0
    after, _ = foretold(says, limit=200_000.0, shown_limit=100_000.0, balance=raised, pd=pd, repaid=0.0, drawn=drawn)
    assert after[HOLD] == pytest.approx(before[-1], abs=1e-3)  # held at twice the limit, as raised to it
