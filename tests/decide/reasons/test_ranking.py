"""One ranking of principal reasons: what decided first, then contributions by statement, and never what may not be told."""

from __future__ import annotations

import pytest
from told_workspace import policy, with_method

RISKY = {"income_minor": 50_000, "debt_minor": 90_000, "amount_minor": 95_000}


def statements(found):
    return [one.statement for one in found[1]]


def test_of_what_speaks_against_nobody_nothing_is_told(told):
    assert told() == ((), ())


def test_a_rule_that_declined_is_told_by_its_own_reason(told):
    adverse, reasons = told(age=17)
    assert adverse == ("declined",)
    assert reasons[0].statement == "MINIMUM_AGE"
    assert (reasons[0].source, reasons[0].codes, reasons[0].weight) == ("rule", ("TOO_YOUNG",), None)


def test_a_rule_comes_before_any_contribution_however_large(told):
    young = {"rule": "new_job", "when": "job_years < 1", "then": "decline", "reason": "NEW_JOB"}
    found = told(policy(young), **RISKY, job_years=0)
    assert statements(found)[0] == "JOB"
    assert statements(found) == ["JOB", "MEANS", "AMOUNT"]


def test_a_blocked_person_is_told_discreetly(told):
    adverse, reasons = told(blocked=True)
    assert adverse == ("declined",)
    assert [(one.statement, one.source, one.discreet) for one in reasons] == [("NOT_OFFERED", "list", True)]


def test_technical_reasons_of_one_statement_add_up(told):
    _, reasons = told(**RISKY)
    means = next(one for one in reasons if one.statement == "MEANS")
    assert means.weight == pytest.approx(1.0 + 0.6)
    assert means.inputs == ("income_minor", "debt_minor")
    assert means.codes == ("R_INCOME", "R_DEBT")


def test_what_a_statement_adds_up_to_may_favour_the_applicant_and_is_not_told(told):
    # Debt speaks against, income for them by more: the two are one statement, which would be untrue.
    found = told(
        policy(decline_over=0.05, review_over=0.04), income_minor=200_000, debt_minor=90_000, amount_minor=95_000
    )
    assert statements(found) == ["AMOUNT"]


def test_a_statement_on_the_other_side_of_zero_is_told(told):
    found = told(
        policy(decline_over=0.05, review_over=0.04), income_minor=50_000, debt_minor=10_000, amount_minor=50_000
    )
    assert statements(found) == ["MEANS"]
    assert found[1][0].weight == pytest.approx(1.0 - 0.6)
    assert found[1][0].codes == ("R_INCOME",), "what favoured them is not among the codes behind it"


def test_a_protected_input_is_never_told_however_much_it_weighs(told):
    found = told(policy(decline_over=0.05, review_over=0.04), age=20, amount_minor=95_000, income_minor=200_000)
    assert statements(found) == ["AMOUNT"]
    assert all("age" not in one.inputs for one in found[1])


def test_that_a_score_was_too_low_is_told_only_where_nothing_else_is(told):
    found = told(policy(decline_over=0.05, review_over=0.04), age=20)
    assert statements(found) == ["ASSESSMENT"], "only the protected input speaks against them"
    assert "ASSESSMENT" not in statements(told(**RISKY))


def test_no_more_are_told_than_the_method_says(told):
    assert statements(told(with_method(most=1), **RISKY)) == ["MEANS"]


def test_an_input_that_the_method_names_is_never_told(told):
    assert statements(told(with_method(never=["income_minor", "debt_minor"]), **RISKY)) == ["AMOUNT"]


def test_against_the_best_row_every_shortfall_counts(told):
    mean = {one.statement: one.weight for one in told(**RISKY)[1]}
    best = {one.statement: one.weight for one in told(with_method(reference="best"), **RISKY)[1]}
    assert mean["MEANS"] == pytest.approx(1.6)
    assert best["MEANS"] == pytest.approx(3.2), "the best bins lie as far on the other side of the mean"


def test_a_review_is_told_as_well(told):
    adverse, reasons = told(policy(decline_over=0.99, review_over=0.3), **RISKY)
    assert adverse == ("referred",)
    assert [one.statement for one in reasons] == ["MEANS", "AMOUNT"]


def test_a_missing_fact_that_refers_is_told_first(told):
    adverse, reasons = told(age=None)
    assert adverse == ("referred",)
    assert (reasons[0].statement, reasons[0].source) == ("INCOMPLETE", "missing")


def test_less_than_was_asked_for_speaks_against_the_applicant(told):
    cut = policy(
        decline_over=0.9,
        review_over=0.8,
        limit="CAST(ROUND(CASE WHEN pd > 0.3 THEN amount_minor / 2 ELSE amount_minor END) AS BIGINT)",
    )
    adverse, reasons = told(cut, **RISKY)
    assert adverse == ("lower_limit",)
    assert [one.statement for one in reasons] == ["MEANS", "AMOUNT"]
    assert told(cut)[0] == ()


def test_a_price_over_the_best_one_speaks_against_the_applicant(told):
    dear = policy(decline_over=0.9, review_over=0.8, price={"rate_bps": "900 + ROUND(1000 * pd)"})
    assert told(dear, **RISKY)[0] == ("higher_price",)


def test_a_rule_that_caps_is_told_before_the_score(told):
    cap = {"rule": "cap", "when": "amount_minor > 90000", "cap": "90000", "reason": "CAPPED"}
    adverse, reasons = told(policy(cap, decline_over=0.9, review_over=0.8), **RISKY)
    assert adverse == ("lower_limit",)
    assert (reasons[0].statement, reasons[0].source) == ("AMOUNT", "rule")


def test_the_same_facts_give_the_same_reasons(told):
    assert told(**RISKY) == told(**RISKY)
