"""Provisions: staged as the rules say, expected loss as a plain loop counts it, the table sums, and a run is done once."""

from __future__ import annotations

import numpy as np
import pytest
from bank_house import House
from bank_side import Moved, statement
from hypothesis import given, settings
from hypothesis import strategies as st
from provision_material import RULES, slow_loss

from tandem.act.lending import LedgerAccount, Rescheduled, WrittenOff
from tandem.act.provisions import (
    LONG_AGO,
    Exposures,
    ProvisionDesk,
    Scenario,
    Seen,
    Staging,
    expected_loss,
    parse_rules,
    staged,
)
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, DefinitionError, NotFound, TandemError, Unavailable
from tandem.kernel.identity import Digest

BASE = Scenario(scenario="base", weight_pct=100)


def rules(**changes):
    return parse_rules({**RULES, "name": "ifrs9", **changes}, Digest("d" * 64))


# -- expected loss -----------------------------------------------------------------------------------------------


def loss_of(lines, stage, pd, lgd, scenario=BASE):
    exposures = Exposures(
        account=np.zeros(len(lines), dtype=np.int64), amount=np.asarray([one[0] for one in lines], dtype=float),
        months=np.asarray([one[1] for one in lines]), rate=np.asarray([one[2] for one in lines], dtype=float),
        drawn=np.ones(len(lines), dtype=bool),
    )  # fmt: skip
    found = expected_loss(
        exposures, stage=np.asarray([stage]), pd=np.asarray([pd]), lgd=np.asarray([lgd]), scenario=scenario
    )
    return float(found[0])


def test_the_standards_own_example_comes_to_its_figure():
    # IFRS 9, Illustrative Examples, Example 8 (IE48-IE50): CU1,000,000, twelve-month PD 0.5 %, LGD 25 %: CU1,250; no discount.
    assert loss_of([(1_000_000, 120, 0.0)], 1, 0.005, 0.25) == pytest.approx(1_250, abs=1e-6)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(st.floats(1, 1e7), st.integers(1, 60), st.floats(0, 0.6)), min_size=1, max_size=12),
    st.sampled_from([1, 2, 3]),
    st.floats(0, 1),
    st.floats(0, 1),
)
def test_it_is_what_a_loop_over_the_months_gives(lines, stage, pd, lgd):
    assert loss_of(lines, stage, pd, lgd) == pytest.approx(slow_loss(lines, stage, pd, lgd), rel=1e-9, abs=1e-6)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_riskier_stage_never_expects_less(pd, lgd):
    lines = [(1_000.0, months, 0.1) for months in range(1, 37)]
    first, second, third = (loss_of(lines, stage, pd, lgd) for stage in (1, 2, 3))
    assert first <= second + 1e-9
    assert second <= third + 1e-9


def test_a_scenario_moves_probability_and_loss_and_neither_goes_above_one():
    lines = [(1_000.0, 12, 0.0)]
    assert loss_of(
        lines, 1, 0.1, 0.5, Scenario(scenario="bad", weight_pct=100, pd_pct=200, lgd_pct=100)
    ) == pytest.approx(100)
    assert loss_of(
        lines, 1, 0.9, 0.9, Scenario(scenario="bad", weight_pct=100, pd_pct=900, lgd_pct=900)
    ) == pytest.approx(1_000)


# -- staging -----------------------------------------------------------------------------------------------------


def stage_of(
    late=0, pd_open=0.02, pd_now=0.02, forborne=LONG_AGO, met_2=LONG_AGO, met_3=LONG_AGO, day=20_000, staging=None
):
    seen = Seen(np.asarray([late]), np.asarray([pd_open]), np.asarray([pd_now]), np.asarray([forborne]))
    found = staged(staging or Staging(), day, seen, np.asarray([met_2]), np.asarray([met_3]))
    return int(found.stage[0]), int(found.met_2[0]), int(found.met_3[0])


@pytest.mark.parametrize(
    ("given_", "stage"),
    [
        ({}, 1),
        ({"late": 30}, 1),
        ({"late": 31}, 2),
        ({"late": 90}, 2),
        ({"late": 91}, 3),
        ({"pd_now": 0.039}, 1),  # not twice what it was
        ({"pd_now": 0.04}, 2),  # twice, and two points more
        ({"pd_open": 0.001, "pd_now": 0.0021}, 1),  # twice, but a tenth of a point
        ({"forborne": 20_000 - 364}, 2),
        ({"forborne": 20_000 - 365}, 1),
        ({"met_2": 20_000 - 89}, 2),
        ({"met_2": 20_000 - 90}, 1),
        ({"met_3": 20_000 - 89}, 3),
        ({"met_3": 20_000 - 90}, 1),
        ({"met_3": 20_000 - 90, "met_2": 20_000 - 10}, 2),
    ],
)
def test_each_condition_and_each_cure_to_the_day(given_, stage):
    assert stage_of(**given_)[0] == stage


def test_being_in_default_is_remembered_for_both_stages():
    assert stage_of(late=120) == (3, 20_000, 20_000)
    assert stage_of(late=40)[1:] == (20_000, LONG_AGO)


# -- rules -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"since": "2026-02-30"}, "since"),
        ({"basis": []}, "basis"),
        ({"scenarios": [{"scenario": "base", "weight_pct": 90}]}, "scenarios"),
        ({"scenarios": [{"scenario": "a", "weight_pct": 50}, {"scenario": "a", "weight_pct": 50}]}, "scenarios"),
        ({"staging": {"late_days": 60, "default_days": 60}}, "staging.late_days"),
        ({"pd": {"source": "x"}}, "pd"),
        ({"pd": {"source": "x", "by_bucket_bps": [100, 50, 200, 300]}}, "pd.by_bucket_bps"),
        ({"pd": {"source": "x", "monthly_bps": [[10_000, 0, 0, 0, 0]] * 3}}, "pd.monthly_bps"),
        ({"pd": {"source": "x", "monthly_bps": [[9_999, 0, 0, 0, 0]] * 4}}, "pd.monthly_bps[0]"),
        ({"lgd": {"source": "x", "otherwise_bps": 10_001}}, "lgd.otherwise_bps"),
        ({"ccf_bps": 5_000}, "ccf_source"),
        ({"extra": 1}, None),
    ],
)
def test_rules_that_do_not_hold_together_are_named(changes, field):
    with pytest.raises(DefinitionError) as refused:
        rules(**changes)
    assert refused.value.field == field


def test_a_monthly_matrix_gives_the_probability_of_having_defaulted_after_twelve_months():
    stay, roll = [9_900, 100, 0, 0, 0], [0, 0, 10_000, 0, 0]
    found = rules(
        pd={"source": "x", "monthly_bps": [stay, roll, [0, 0, 0, 10_000, 0], [0, 0, 0, 0, 10_000]]}
    ).pd.yearly()
    # Rolls to default need three more months once an account is late: so it must be late within nine.
    assert found[0] == pytest.approx(1 - 0.99**9)
    assert list(found[1:]) == pytest.approx([1, 1, 1])


# -- runs --------------------------------------------------------------------------------------------------------


@pytest.fixture
def house(tmp_path):
    found = House(tmp_path, Artefact.of("provision_rules", "ifrs9", RULES))
    yield found
    found.close()


def run(house, day, **more):
    house.go_to(day)
    return house.provisions.run(day, by="ann", **more)


def sums(done):
    return {one.stage: (one.accounts, one.closing) for one in done.tables["EUR"]}


def checked(house, done):
    """The table sums, the books agree with it, and every stage is what its accounts are."""
    for one in done.tables["EUR"]:
        assert one.opening + one.moved_in + one.moved_out + one.new + one.remeasured + one.derecognised == one.closing
    rows = done.tables["EUR"]
    assert sum(one.moved_in + one.moved_out for one in rows) == 0
    allowance = sum(one.closing for one in rows)
    assert house.provisions.ledger()["EUR"] == {
        LedgerAccount.ALLOWANCE: -allowance,
        LedgerAccount.IMPAIRMENT: allowance,
    }
    return done


def test_an_account_is_measured_as_a_loop_over_its_own_instalments_would(house):
    loan = house.sign()
    done = checked(house, run(house, loan.opened_on))
    plan = house.account(loan).draws["loan"].plan
    rate = plan.terms and house.ask("GET", f"/v1/accounts/{loan.account_id}")["plans"][0]["rate_bps"] / 10_000
    yearly = (1 + rate / 12) ** 12 - 1  # no fees: the effective rate is the rate, compounded
    lines = [
        (float(line.principal), max(-(-(line.span.due - loan.opened_on) * 12 // 365), 1), yearly) for line in plan.lines
    ]
    expected = sum(
        weight / 100 * slow_loss(lines, 1, 0.02 * pd / 100, min(0.6 * lgd / 100, 1))
        for weight, pd, lgd in ((60, 100, 100), (15, 70, 90), (25, 180, 120))
    )
    assert done.tables["EUR"][0].closing == pytest.approx(expected, rel=2e-3)
    assert sums(done)[1][0] == 1
    assert done.scenarios["EUR"]["good"] < done.scenarios["EUR"]["base"] < done.scenarios["EUR"]["bad"]


def test_an_account_that_falls_behind_moves_through_the_stages_and_back_by_the_table(house):
    loan, other = house.sign("app-1"), house.sign("app-2")
    due = house.first_due(loan)
    first = checked(house, run(house, loan.opened_on))
    assert {one.stage: one.new for one in first.tables["EUR"]} == {1: first.tables["EUR"][0].closing, 2: 0, 3: 0}
    pay = {"plan": "loan", "amount_minor": 120_000, "by": "bank", "payment_id": "p"}
    house.go_to(due)
    house.ask("POST", f"/v1/accounts/{other.account_id}/payments", pay)
    second = checked(house, run(house, due + 31))
    assert {stage: count for stage, (count, _) in sums(second).items()} == {1: 1, 2: 1, 3: 0}
    moved = second.tables["EUR"][1]
    assert moved.moved_in == -second.tables["EUR"][0].moved_out > 0
    third = checked(house, run(house, due + 91))
    assert third.tables["EUR"][2].accounts == 1
    house.ask("POST", f"/v1/accounts/{loan.account_id}/payments", {**pay, "payment_id": "q"})
    assert checked(house, run(house, due + 91 + 89)).tables["EUR"][2].accounts == 1
    cured = checked(house, run(house, due + 91 + 90))
    assert {stage: count for stage, (count, _) in sums(cured).items()} == {1: 2, 2: 0, 3: 0}


def test_what_is_repaid_or_written_off_is_derecognised(house):
    loan, bad = house.sign("app-1"), house.sign("app-2")
    before = checked(house, run(house, loan.opened_on))
    day = house.first_due(loan)
    house.go_to(day)
    payoff = house.account(loan).owed(day)["loan"].payoff
    house.ask("POST", f"/v1/accounts/{loan.account_id}/payments",
              {"plan": "loan", "amount_minor": payoff, "early": True, "by": "bank", "payment_id": "p"})  # fmt: skip
    house.lending.happen(bad.account_id, "loan", WrittenOff(day=day), key="w", by="ann")
    done = checked(house, run(house, day))
    assert done.tables["EUR"][0].derecognised == -before.tables["EUR"][0].closing
    assert sum(one.closing for one in done.tables["EUR"]) == 0


def test_a_new_schedule_is_an_increase_of_risk(house):
    loan = house.sign()
    house.go_to(loan.opened_on + 10)
    house.lending.happen(
        loan.account_id, "loan", Rescheduled(day=loan.opened_on + 10, count=24, rate_bps=900), key="r", by="ann"
    )
    assert sums(run(house, loan.opened_on + 10))[2][0] == 1


def test_whoever_grades_accounts_says_their_probability(house):
    loan, other = house.sign("app-1"), house.sign("app-2")
    done = checked(house, run(house, loan.opened_on, probabilities={str(other.account_id): 0.5}))
    assert {stage: count for stage, (count, _) in sums(done).items()} == {1: 1, 2: 1, 3: 0}


def test_the_same_day_twice_writes_nothing_and_what_changed_since_is_posted_alone(house):
    loan = house.sign()
    first = run(house, loan.opened_on)
    count = house.process.journal.count
    assert run(house, loan.opened_on) == first
    assert house.process.journal.count == count
    house.sign("app-2")
    again = checked(house, run(house, loan.opened_on))
    assert again.tables["EUR"][0].new > 0
    assert again.tables["EUR"][0].opening == first.tables["EUR"][0].closing


def test_a_run_that_is_cut_off_has_posted_what_it_wrote_and_goes_on(house, monkeypatch):
    from tandem.act.provisions import desk as room

    loans = [house.sign(f"app-{number}") for number in range(3)]
    monkeypatch.setattr(room, "_AT_ONCE", 1)
    write, done = house.provisions._book.write, []

    def failing(drafts):
        if len(done) == 2:
            raise Unavailable("Not now.")
        done.append(drafts)
        return write(drafts)

    monkeypatch.setattr(house.provisions._book, "write", failing)
    with pytest.raises(Unavailable):
        run(house, loans[0].opened_on)
    monkeypatch.undo()
    half = house.provisions.ledger()["EUR"]
    assert half[LedgerAccount.ALLOWANCE] < 0
    assert sum(half.values()) == 0
    whole = checked(house, run(house, loans[0].opened_on))
    assert (whole.tables["EUR"][0].opening, whole.tables["EUR"][0].accounts) == (0, 3)
    assert whole.tables["EUR"][0].new == whole.tables["EUR"][0].closing


def test_what_was_measured_is_known_after_a_start(house):
    loan = house.sign()
    done = run(house, loan.opened_on)
    anew = ProvisionDesk(house.process, house.lending, clock=house.clock)
    assert anew.look(lambda provisions: provisions.last) == done
    assert anew.ledger() == house.provisions.ledger()
    count = house.process.journal.count
    assert anew.run(loan.opened_on, by="ann") == done
    assert house.process.journal.count == count


def test_a_day_before_the_last_run_and_one_to_come_are_refused(house):
    loan = house.sign()
    run(house, loan.opened_on + 5)
    with pytest.raises(Conflict, match="later day"):
        house.provisions.run(loan.opened_on, by="ann")
    with pytest.raises(Conflict, match="not come"):
        house.provisions.run(loan.opened_on + 6, by="ann")


def test_before_any_rules_hold_nothing_is_measured(tmp_path):
    house = House(tmp_path, Artefact.of("provision_rules", "ifrs9", {**RULES, "since": "2030-01-01"}))
    with pytest.raises(NotFound) as refused:
        house.provisions.run(by="ann")
    assert refused.value.code == "no_provision_rules"
    house.close()


def test_a_release_whose_rules_do_not_hold_together_is_refused(house):
    bad = Artefact.of("provision_rules", "other", {**RULES, "ccf_bps": 5_000})
    house.process.push([bad], author="ann")
    house.process.review([bad.digest], approver="bob")
    with pytest.raises(TandemError) as refused:
        house.process.release({bad.key: bad.digest}, by="bob")
    assert "ccf_source" in str(refused.value)


def test_the_books_of_accounts_banks_and_provisions_sum_to_zero_together(house):
    loan = house.sign()
    house.go_to(loan.opened_on + 1)
    house.bank.take(statement([Moved(amount=5_000, day=loan.opened_on + 1, ref="B-1", words="who knows")]), by="bank")
    house.ask("POST", "/v1/provisions", {"by": "ann"})
    shown = house.ask("GET", "/v1/provisions")
    (book,) = house.ask("GET", "/v1/ledger")["books"]
    assert book["balances_minor"]["allowance"] == -shown["books"][0]["allowance_minor"]
    assert book["balances_minor"]["suspense"] == -5_000
    assert sum(book["balances_minor"].values()) == 0
    assert house.ask("POST", "/v1/provisions", {"on": "2030-01-01", "by": "ann"}, status=409)["code"] == "in_future"
