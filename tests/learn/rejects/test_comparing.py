"""Ways to reckon with the declined, on a truth that was planted: nobody in life sees it, and here we do."""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow as pa
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.learn.rejects import (
    METHODS,
    RejectMethod,
    RejectSpec,
    Truth,
    compare_reject_inference,
    completed,
    method_named,
)

INPUTS = ("income", "age", "home")
CHANCE = 0.1


@cache
def people(count: int = 9_000):
    """An old underwriter saw something that no column tells, and declined by it: the declined are worse than they look."""
    rng = np.random.default_rng(5)
    income, age, unseen = rng.normal(size=(3, count))
    home = rng.integers(0, 3, count)
    margin = -1.6 - 0.7 * income - 0.3 * age + 0.4 * (home == 2) + 1.2 * unseen
    bad = rng.random(count) < 1 / (1 + np.exp(-margin))
    accepted = income - 1.0 * unseen + 0.3 * rng.normal(size=count) > -0.3
    let_through = ~accepted & (rng.random(count) < CHANCE)
    table = pa.table(
        {
            "income": income,
            "age": age,
            "home": pa.array(home).cast(pa.string()),
            "bad": bad,
            "chance": pa.array(np.where(let_through, CHANCE, np.nan), from_pandas=True),
        }
    )
    return table, accepted, let_through


@cache
def parts():
    table, accepted, let_through = people()
    early = np.arange(table.num_rows) < 6_000
    told = accepted | let_through
    labelled, declined = table.filter(pa.array(early & told)), table.filter(pa.array(early & ~told))
    truth = Truth(table.filter(pa.array(~early)), accepted[~early])
    return labelled, declined, table.filter(pa.array(~early & told)), truth


def compare(spec=None, *, explored=True, **changes):
    labelled, declined, test, truth = parts()
    given = {"target": "bad", "inputs": INPUTS, "propensity": "chance" if explored else None, "truth": truth}
    return compare_reject_inference(labelled, declined, test, spec or RejectSpec(), **{**given, **changes})


@cache
def compared():
    return compare()


def test_the_accepted_alone_make_the_declined_look_better_than_they_are():
    none = compared().comparison.of(RejectMethod.NONE)
    assert none.truth.bad_rate_declined > 0.3
    assert none.truth.ratio_declined < 0.85
    assert 0.8 < none.ratio < 1.2  # and nothing that can be seen of the accepted says how far off that is


def test_assuming_more_of_the_same_repairs_nothing():
    fuzzy = compared().comparison.of(RejectMethod.FUZZY).truth
    none = compared().comparison.of(RejectMethod.NONE).truth
    assert abs(fuzzy.ratio_declined - none.ratio_declined) < 0.08


@pytest.mark.parametrize("method", [RejectMethod.CORRECTED, RejectMethod.EXPLORATION])
def test_only_what_chance_let_through_repairs_the_calibration_over_everybody(method):
    found = compared().comparison.of(method)
    none = compared().comparison.of(RejectMethod.NONE)
    assert none.truth.ratio_all < 0.85
    assert 0.9 < found.truth.ratio_all < 1.1
    assert found.truth.ece_all < none.truth.ece_all / 2


def test_the_chance_corrected_by_exploration_is_that_of_the_declined_in_truth():
    _, _, _, truth = parts()
    bad = np.asarray(truth.rows["bad"].to_numpy(zero_copy_only=False))[~truth.accepted]
    corrected, supposed = (compared().chances[one].mean() for one in (RejectMethod.CORRECTED, RejectMethod.FUZZY))
    assert corrected == pytest.approx(bad.mean(), abs=0.05)
    assert supposed < 0.7 * bad.mean()


def test_every_method_says_what_it_takes_for_granted_and_what_it_predicts():
    comparison = compared().comparison
    assert [one.method for one in comparison.methods] == list(METHODS)
    assert comparison.explored > 100
    for one in comparison.methods:
        assert len(one.assumes) > 40
        assert 0 < one.declined_rate < 1
        assert one.auc_low < one.auc < one.auc_high


def test_parcelling_supposes_what_its_factor_says():
    labelled, declined, _, _ = parts()
    mild, harsh = (compare(RejectSpec(factor=f), methods=(RejectMethod.PARCELLING,)) for f in (1.0, 2.0))
    rates = [one.chances[RejectMethod.PARCELLING].mean() for one in (mild, harsh)]
    assert rates[0] < rates[1] <= 2 * rates[0] + 1e-9
    table = completed(labelled, declined, harsh, RejectMethod.PARCELLING, target="bad", seed=3)
    supposed = np.asarray(table["bad"].to_numpy(zero_copy_only=False))[labelled.num_rows :]
    assert supposed.mean() == pytest.approx(rates[1], abs=0.03)


def test_the_completed_table_is_the_real_rows_as_they_were_and_each_declined_one_once():
    labelled, declined, _, _ = parts()
    table = completed(labelled, declined, compared(), RejectMethod.CORRECTED, target="bad", seed=3)
    assert table.slice(0, labelled.num_rows).equals(labelled)
    assert table.num_rows == labelled.num_rows + declined.num_rows
    assert completed(labelled, declined, compared(), RejectMethod.NONE, target="bad", seed=3) is labelled
    assert table.equals(completed(labelled, declined, compared(), RejectMethod.CORRECTED, target="bad", seed=3))


def test_the_outcomes_of_the_declined_are_not_looked_at():
    labelled, declined, test, _ = parts()
    lied = declined.set_column(declined.column_names.index("bad"), "bad", pa.array([True] * declined.num_rows))
    given = {"target": "bad", "inputs": INPUTS, "propensity": "chance"}
    honest = compare_reject_inference(labelled, declined, test, RejectSpec(), **given)
    assert compare_reject_inference(labelled, lied, test, RejectSpec(), **given).comparison == honest.comparison


def test_without_exploration_the_two_that_need_it_say_so_and_cannot_be_chosen():
    labelled, declined, _, _ = parts()
    found = compare(explored=False)
    for method in (RejectMethod.CORRECTED, RejectMethod.EXPLORATION):
        assert "let through by chance" in found.comparison.of(method).why_not
        with pytest.raises(InvalidInput) as refused:
            completed(labelled, declined, found, method, target="bad", seed=1)
        assert refused.value.code == "method_impossible"
    assert found.comparison.of(RejectMethod.FUZZY).auc is not None


def test_trees_can_be_compared_too():
    found = compare(RejectSpec(learner="lightgbm"), methods=(RejectMethod.NONE, RejectMethod.CORRECTED))
    assert 0.9 < found.comparison.of(RejectMethod.CORRECTED).truth.ratio_all < 1.1
    assert found.comparison.of(RejectMethod.NONE).truth.ratio_all < 0.85


@pytest.mark.parametrize(
    ("change", "field"), [({"learner": "forest"}, "learner"), ({"factor": 0.5}, "factor"), ({"bands": 1}, "bands")]
)
def test_a_wrong_option_is_named(change, field):
    with pytest.raises(InvalidInput) as refused:
        RejectSpec(**change)
    assert refused.value.field == field


def test_a_method_that_is_none_has_a_near_match_and_nobody_declined_nothing_to_infer():
    with pytest.raises(InvalidInput) as refused:
        method_named("parceling")
    assert "parcelling" in str(refused.value.hint)
    labelled, declined, test, _ = parts()
    with pytest.raises(InvalidInput) as nobody:
        compare_reject_inference(labelled, declined.slice(0, 0), test, RejectSpec(), target="bad", inputs=INPUTS)
    assert nobody.value.code == "no_declined"
