"""Provisions over HTTP: what a run found, the rules it followed, and why an account is in its stage."""

from __future__ import annotations

import pytest
from bank_house import House
from provision_material import RULES

from tandem.act.lending import Rescheduled
from tandem.kernel.artefacts import Artefact


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path, Artefact.of("provision_rules", "ifrs9", RULES))
    yield found
    found.close()


@pytest.fixture
def loan(house):
    return house.sign()


def run(house, day=None, **more):
    if day is not None:
        house.go_to(day)
    return house.ask("POST", "/v1/provisions", {"by": "ann", **more})


def of(house, loan):
    return house.ask("GET", f"/v1/accounts/{loan.account_id}/provision")


def in_stage(house, stage):
    return house.ask("GET", "/v1/provisions/accounts", query=f"stage={stage}")


def test_rules_that_hold_are_told_before_anything_was_measured(house):
    page = house.ask("GET", "/v1/provisions")
    assert (page["on"], page["books"]) == (None, [])
    rules = page["in_force"]
    assert (rules["name"], rules["since"], rules["pd_bps"]) == ("ifrs9", "2026-01-01", [200, 1500, 4500, 7500])
    assert rules["lgd"] == [{"product": "cash_loan", "lgd_bps": 6000}, {"product": None, "lgd_bps": 4500}]
    assert sum(one["weight_pct"] for one in rules["scenarios"]) == 100


def test_a_lender_without_rules_is_told_so(tmp_path):
    house = House(tmp_path)
    assert house.ask("GET", "/v1/provisions")["in_force"] is None
    assert house.ask("POST", "/v1/provisions", {"by": "ann"}, status=404)["code"] == "no_provision_rules"
    house.close()


def test_an_account_that_was_never_measured_has_no_stage(house, loan):
    assert of(house, loan) == {
        "account_id": loan.account_id, "number": 1, "currency": "EUR", "on": None, "stage": None, "gross_minor": 0,
        "allowance_minor": 0, "reasons": [], "moved": False,
    }  # fmt: skip
    assert house.ask("GET", "/v1/accounts/acc_none/provision", status=404)["code"] == "unknown_account"


def test_an_account_as_at_opening_is_in_stage_1_and_needs_no_reason(house, loan):
    page = run(house)
    shown = of(house, loan)
    assert (shown["on"], shown["stage"], shown["reasons"]) == (page["on"], 1, [])
    assert shown["allowance_minor"] == page["books"][0]["allowance_minor"] > 0
    assert in_stage(house, 1) == {"accounts": [shown], "count": 1}
    assert in_stage(house, 2) == {"accounts": [], "count": 0}


def test_days_past_due_are_the_reason_and_what_stays_says_until_when(house, loan):
    late = house.first_due(loan) + 31
    run(house, late)
    shown = of(house, loan)
    assert shown["stage"] == 2
    # the rules take who is 31-60 days late for likelier to default too: both are said
    assert [(one["code"], one["days"]) for one in shown["reasons"]] == [("late", 31), ("riskier", None)]
    assert (shown["reasons"][1]["pd_open"], shown["reasons"][1]["pd_now"]) == (0.02, 0.45)
    due = house.ask("GET", f"/v1/accounts/{loan.account_id}")["due_minor"]
    path = f"/v1/accounts/{loan.account_id}/payments"
    on = house.ask("GET", "/v1/provisions")["on"]
    house.ask("POST", path, {"payment_id": "p-1", "plan": "loan", "amount_minor": due, "on": on, "by": "bank"})
    assert of(house, loan)["moved"] is True
    run(house, late + 1)
    (stays,) = of(house, loan)["reasons"]
    assert (stays["code"], stays["on"]) == ("stays", on)
    assert of(house, loan)["moved"] is False


def test_default_is_the_reason_for_stage_3(house, loan):
    run(house, house.first_due(loan) + 91)
    shown = of(house, loan)
    assert (shown["stage"], [(one["code"], one["days"]) for one in shown["reasons"]]) == (3, [("default", 91)])


def test_a_new_schedule_is_a_reason_with_its_day(house, loan):
    day = loan.opened_on + 10
    house.go_to(day)
    anew = Rescheduled(day=day, count=24, rate_bps=900)
    house.lending.happen(loan.account_id, "loan", anew, key="r", by="ann")
    page = run(house)
    (reason,) = of(house, loan)["reasons"]
    assert (reason["code"], reason["on"], reason["until"]) == ("forborne", page["on"], "2027-03-12")


def test_a_grade_that_was_given_and_not_kept_is_not_made_up(house, loan):
    run(house, probabilities={loan.account_id: 0.5})
    (reason,) = of(house, loan)["reasons"]
    assert (of(house, loan)["stage"], reason["code"]) == (2, "seen_then")


def test_the_most_to_be_lost_comes_first(house):
    small, large = house.sign("app-1", amount_minor=60_000), house.sign("app-2")
    run(house)
    found = in_stage(house, 1)["accounts"]
    assert [one["account_id"] for one in found] == [large.account_id, small.account_id]
    (first,) = house.ask("GET", "/v1/provisions/accounts", query="stage=1&limit=1")["accounts"]
    assert first["account_id"] == large.account_id
    assert house.ask("GET", "/v1/provisions/accounts", query="stage=4", status=422)["code"] == "invalid_parameter"
