"""Grades and flags: each decision that monitors moves them once, and only where something moves."""

from __future__ import annotations

import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from monitored_accounts import EVERYTHING, MONITORING, PRODUCT, SERVING, opened_for, pseudonym, purchase
from small_workspace import START, go_live

from tandem.act.lending import GradeMoved, LendingDesk, decode_change
from tandem.act.products import Shelf, parse_product
from tandem.decide.decisions import open_process
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, Unavailable
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import DAY, FixedClock, Micros

CLOCK = FixedClock(Micros(START + 30 * DAY))


def begun(home, seed=1):
    process = open_process(Settings(home=home), "test", clock=CLOCK, entropy=SeededEntropy(seed))
    return process, LendingDesk(process, Shelf(process, CLOCK), clock=CLOCK, entropy=SeededEntropy(seed + 1))


@pytest.fixture
def lender(tmp_path):
    """A lender whose product is monitored, with accounts for ``a`` and ``b``."""
    process, desk = begun(tmp_path / "home")
    go_live(process, *EVERYTHING)
    opened_for(process, CLOCK, "a", "b")
    process.close()
    process, desk = begun(tmp_path / "home", seed=5)
    yield process, desk
    process.close()


def stands(desk, account="acc_a"):
    found = desk.account(account).standing
    return None if found is None else (found.grade, found.flags)


def moves(process):
    changes = [decode_change(one.clear) for one in process.journal.read(kinds=["account"])]
    return [one for one in changes if isinstance(one, GradeMoved)]


def test_a_decision_on_a_payment_grades_the_account_of_whose_it_is_and_says_by_which(lender):
    process, desk = lender
    answer = process.decide_now(purchase("a", 5, risk=60, cash=True))
    assert desk.monitoring.follow() == 1
    found = desk.account("acc_a").standing
    assert (found.before, found.grade, found.flags, found.policy) == (None, "weak", ("cash_out",), "purchase")
    assert (found.decision, found.since) == (answer.decision_id, START + 5 * 60_000_000)
    assert desk.account("acc_b").standing is None


def test_only_a_real_move_is_written(lender):
    process, desk = lender
    for minute, risk in enumerate((10, 10, 12, 30, 30, 10)):
        process.decide_now(purchase("a", minute, risk=risk))
    assert desk.monitoring.follow() == 3
    assert [(one.before, one.grade) for one in moves(process)] == [
        (None, "sound"), ("sound", "watch"), ("watch", "sound"),
    ]  # fmt: skip
    assert desk.monitoring.follow() == 0


def test_what_a_grade_says_replaces_the_flags_and_a_flag_alone_adds_to_them(lender):
    process, desk = lender
    said = []
    for minute, bought in enumerate((
        {"risk": 10, "circular": True}, {"risk": -1, "cash": True}, {"risk": -1}, {"risk": 10},
    )):  # fmt: skip
        process.decide_now(purchase("a", minute, **bought))
        desk.monitoring.follow()
        said.append(stands(desk))
    both = ("sound", ("cash_out", "circular_transfer"))
    assert said == [("sound", ("circular_transfer",)), both, both, ("sound", ())]


def test_what_was_decided_before_an_account_was_opened_says_nothing_of_it(tmp_path):
    process, _ = begun(tmp_path)
    go_live(process, *EVERYTHING)
    opened_for(process, CLOCK, "a")
    process.decide_now(purchase("a", 1, risk=60))
    opened_for(process, CLOCK, "a", suffix="_later")
    process.close()
    process, desk = begun(tmp_path, seed=5)
    assert desk.monitoring.follow() == 1
    assert (stands(desk), stands(desk, "acc_a_later")) == (("weak", ()), None)
    process.decide_now(purchase("a", 2, risk=30))
    assert desk.monitoring.follow() == 2
    process.close()


def test_an_account_of_a_product_that_nothing_monitors_is_never_graded(tmp_path):
    process, _ = begun(tmp_path)
    plain = {**PRODUCT, "policies": {"application": "application"}}
    plain.pop("monitoring")
    go_live(process, *SERVING, Artefact.of("product", "till_limit", plain))
    opened_for(process, CLOCK, "a")
    process.close()
    process, desk = begun(tmp_path, seed=5)
    process.decide_now(purchase("a", 1, risk=60))
    assert (desk.monitoring.follow(), stands(desk)) == (0, None)
    process.close()


def test_it_follows_by_itself_while_the_desk_runs(lender):
    process, desk = lender
    with desk.running():
        process.decide_now(purchase("a", 1, risk=60))
        for _ in range(200):
            if stands(desk) is not None:
                break
            desk._stopping.wait(0.05)
    assert stands(desk) == ("weak", ())


def test_it_moves_no_money_and_the_snapshot_keeps_it(lender):
    process, desk = lender
    process.decide_now(purchase("a", 1, risk=60, cash=True))
    desk.monitoring.follow()
    assert desk.look(lambda accounts: dict(accounts.ledger)) == {}
    columns = desk.look(lambda accounts: accounts.columns())
    restored = type(desk.look(lambda accounts: accounts)).restored(columns, 9)
    assert restored.get("acc_a").standing == desk.account("acc_a").standing
    assert restored.graded_to == desk.account("acc_a").standing.decision_seq


# -- exactly once ----------------------------------------------------------------------------------------------------

_STEP = st.tuples(st.sampled_from("ab"), st.sampled_from([-1, 0, 30, 60]), st.booleans(), st.booleans())


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(_STEP, min_size=1, max_size=10), looks=st.sets(st.integers(0, 9)), falls=st.sets(st.integers(0, 9))
)
def test_a_desk_that_falls_over_anywhere_grades_as_one_that_never_did(tmp_path_factory, steps, looks, falls):
    home = tmp_path_factory.mktemp("graded")
    homes = {name: home / name for name in ("whole", "parted")}
    for folder in homes.values():
        process, _ = begun(folder)
        go_live(process, *EVERYTHING)
        opened_for(process, CLOCK, "a", "b")
        process.close()
    whole, whole_desk = begun(homes["whole"], seed=3)
    parted, parted_desk = begun(homes["parted"], seed=3)
    seeds = iter(range(100, 200))
    for number, (person, risk, cash, circular) in enumerate(steps):
        document = purchase(person, number, risk=risk, cash=cash, circular=circular)
        whole.decide_now(document)
        parted.decide_now(document)
        if number in looks:
            parted_desk.monitoring.follow()
        if number in falls:
            parted.close()
            parted, parted_desk = begun(homes["parted"], seed=next(seeds))
    try:
        whole_desk.monitoring.follow()
        parted_desk.monitoring.follow()
        for account in ("acc_a", "acc_b"):
            assert stands(parted_desk, account) == stands(whole_desk, account)
        told = [[(one.account, one.before, one.grade, one.flags) for one in moves(each)] for each in (whole, parted)]
        assert told[0] == told[1]
    finally:
        whole.close()
        parted.close()


def test_a_write_whose_answer_was_lost_is_not_written_again(lender, monkeypatch):
    process, desk = lender
    process.decide_now(purchase("a", 1, risk=60))
    append = process.append

    def lost(entries):
        append(entries).wait()
        raise Unavailable("The answer was lost.")

    monkeypatch.setattr(process, "append", lost)
    with pytest.raises(Unavailable):
        desk.monitoring.follow()
    monkeypatch.setattr(process, "append", append)
    desk.monitoring.follow()
    assert len(moves(process)) == 1
    assert stands(desk) == ("weak", ())


# -- what a product may declare -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("monitoring", "field", "hint"),
    [
        ({"grades": ["sound", "watch"], "flags": ["cash_out", "circular_transfer"]}, "monitoring.grades", "add it"),
        ({**PRODUCT["monitoring"], "grades": ["sound", "watch", "weak", "lost"]}, "monitoring.grades", "take it out"),
        ({**PRODUCT["monitoring"], "flags": ["cash_in", "circular_transfer"]}, "monitoring.flags", "cash_in"),
    ],
)
def test_a_policy_and_a_product_that_do_not_know_the_same_grades_do_not_go_live(tmp_path, monitoring, field, hint):
    process, _ = begun(tmp_path)
    with pytest.raises(DefinitionError) as refused:
        go_live(process, *SERVING, Artefact.of("product", "till_limit", {**PRODUCT, "monitoring": monitoring}))
    assert (refused.value.code, refused.value.field) == ("unknown_mark", field)
    assert hint in refused.value.hint
    process.close()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"monitoring": None}, "monitoring"),
        ({"policies": {"application": "application"}}, "policies.monitoring"),
        ({"monitoring": {}}, "monitoring"),
        ({"monitoring": {"grades": ["a", "a"]}}, "monitoring.grades"),
    ],
)
def test_a_product_that_monitors_by_halves_is_refused(changes, field):
    document = copy.deepcopy({**PRODUCT, **changes})
    with pytest.raises(DefinitionError) as refused:
        parse_product({name: value for name, value in document.items() if value is not None})
    assert refused.value.field == field


def test_the_worst_of_several_grades_holds(lender):
    process, desk = lender
    flow = copy.deepcopy(MONITORING)
    flow["flow"][0]["all"][0]["actions"].append("grade_weak")
    go_live(process, *SERVING[:-1], Artefact.of("policy", "purchase", flow), EVERYTHING[-1])
    process.decide_now(purchase("a", 1, risk=10, cash=True))
    desk.monitoring.follow()
    assert stands(desk) == ("weak", ("cash_out",))
    assert pseudonym(process, "a") == desk.account("acc_a").owner
