"""SIMULATED: where customers are alike choosing by uplift finds nothing that lots do not; where they differ a message is worth more."""

from __future__ import annotations

import pytest

from tandem.faces.twin import run_offer_study
from tandem.learn.simulator.portfolio import PortfolioWorld

ALIKE, DIFFERENT = 12_000, 40_000
"""What a message adds is small beside chance: from fewer customers who differ a model does not always find it."""


@pytest.mark.parametrize("seed", [7, 8])
def test_where_customers_are_alike_a_message_chosen_by_uplift_adds_what_one_by_lot_adds(seed):
    found = run_offer_study(PortfolioWorld(customers=ALIKE, seed=seed, alike=True))
    assert found.more.low <= 0 <= found.more.high
    assert found.at_random.low > 0, "messages work there, on everybody alike"


@pytest.mark.parametrize("seed", [7, 8])
def test_where_customers_differ_a_message_chosen_by_uplift_adds_more_than_one_by_lot(seed):
    found = run_offer_study(PortfolioWorld(customers=DIFFERENT, seed=seed))
    assert found.more.low > 0
    assert 0 < found.told_by_uplift < 0.9, "nobody is told anything whom it would move too little"


def test_the_same_world_gives_the_same_study():
    first, second = (run_offer_study(PortfolioWorld(customers=3_000, seed=3)) for _ in range(2))
    assert first == second
