"""Another number in a rule: worth it beyond chance, however often one looks, and whatever nobody knows."""

from __future__ import annotations

import numpy as np
import pytest
from iterated_house import plan_of

from tandem.kernel.errors import DefinitionError
from tandem.learn.iteration import Changed, Threshold, Tried
from tandem.learn.iteration.thresholds import best_of, grid_of, judge

ASKED = Threshold(at="limits.large", field="amount", bad_costs=5.0, approval_shift=0.1)
NOBODY = Changed(0, 0, 0)


def tried(gained: Changed = NOBODY, lost: Changed = NOBODY, decisions: int = 10_000) -> Tried:
    return Tried(value=0.5, when="amount > 0.5", decisions=decisions, gained=gained, lost=lost)


def test_a_number_is_worth_what_the_changed_approvals_are_worth_with_the_interval_of_a_paired_difference() -> None:
    found = judge(tried(lost=Changed(100, 60, 0)), ASKED, 1, 0.05, 1)
    worth = np.concatenate([np.full(100, -1.0), np.full(60, 5.0), np.zeros(9_840)])
    half = 1.959964 * worth.std() / np.sqrt(worth.size)
    assert found.all_good == pytest.approx((20.0, 1000 * (worth.mean() - half), 1000 * (worth.mean() + half)), abs=0.01)
    assert found.all_bad == found.all_good
    assert found.shift == -0.016


def test_unknown_outcomes_are_judged_as_all_good_and_as_all_bad_and_the_worse_counts() -> None:
    found = judge(tried(gained=Changed(300, 10, 200)), ASKED, 1, 0.05, 1)
    assert found.all_good[0] == pytest.approx(45.0)  # 300 + 200 - 5 * 10
    assert found.all_bad[0] == pytest.approx(-75.0)  # 300 - 5 * 210
    assert found.strict_low < -75.0
    assert found.unknown == pytest.approx(200 / 510, abs=1e-4)
    assert best_of([found], ASKED) is None


def test_what_is_not_surely_better_or_moves_too_many_or_rests_on_too_few_is_not_proposed() -> None:
    sure = judge(tried(lost=Changed(100, 60, 0)), ASKED, 1, 0.05, 9)
    assert best_of([sure], ASKED) is sure
    assert best_of([judge(tried(lost=Changed(100, 24, 0)), ASKED, 1, 0.05, 9)], ASKED) is None
    assert best_of([judge(tried(lost=Changed(5, 24, 0)), ASKED, 1, 0.05, 9)], ASKED) is None
    assert best_of([judge(tried(lost=Changed(900, 600, 0)), ASKED, 1, 0.05, 9)], ASKED) is None


def test_the_more_looks_and_values_the_more_each_has_to_show() -> None:
    found = [
        judge(tried(lost=Changed(100, 40, 0)), ASKED, look, 0.05, values).strict_low
        for look, values in ((1, 1), (10, 1), (10, 9))
    ]
    assert found == sorted(found, reverse=True)


def test_numbers_that_are_worth_nothing_are_proposed_in_at_most_alpha_of_all_policies_however_long_one_looks() -> None:
    # 400 policies, 60 looks each at 5 numbers whose changed approvals are worth nothing: one bad for every five good.
    random = np.random.default_rng(7)
    fooled = 0
    for _ in range(400):
        for look in range(1, 61):
            bads = random.binomial(240, 1 / 6, 5)
            judged = [judge(tried(lost=Changed(240 - int(one), int(one), 0)), ASKED, look, 0.05, 5) for one in bads]
            if best_of(judged, ASKED) is not None:
                fooled += 1
                break
    assert fooled / 400 <= 0.05


def test_values_are_observed_ones_around_what_stands_and_never_that_itself() -> None:
    values = np.random.default_rng(1).integers(0, 1000, 5_000).astype(float)
    found = grid_of(values, ASKED, 500.0)
    assert set(found) <= set(values)
    assert 500.0 not in found
    assert 250 <= min(found) < 500 < max(found) <= 750
    assert grid_of(np.full(10, np.nan), ASKED, 1.0) == ()


def test_a_plan_names_each_number_once_and_takes_its_values_from_an_input() -> None:
    one = {"at": "limits.large", "field": "amount", "bad_costs": 5}
    assert plan_of(thresholds=[one]).thresholds[0].number == 0
    for fault in ([one, one], [{**one, "field": "nothing"}], [{**one, "at": "large"}], [{**one, "bad_costs": 0}]):
        with pytest.raises(DefinitionError) as refused:
            plan_of(thresholds=fault)
        assert refused.value.field is not None
        assert refused.value.field.startswith("thresholds")
