"""The watch ends what breaks a limit, by itself and on record."""

from __future__ import annotations

import threading

import pytest
from small_workspace import application
from tried_workspace import experiment

from tandem.decide.decisions import decode_body
from tandem.kernel.artefacts import RolledBack, Withdrawn, decode_change
from tandem.learn.experiments import SYSTEM, ExperimentWatch

DECLINES = {"guard": "declines", "measure": "decline_rate", "limit": 0.1, "minimum": 30}


@pytest.fixture
def watch(lender):
    return ExperimentWatch(lender.process, lender.desk, clock=lender.clock, rest_s=0.01, every_s=0.05)


def changes(lender):
    return [decode_change(record.clear) for record in lender.process.journal.read(kinds=["artefact"])]


def test_a_limit_that_is_kept_ends_nothing(lender, watch):
    lender.release(experiment(guards=[{**DECLINES, "limit": 0.9}]))
    lender.decide(200)
    assert watch.look() == ()
    assert "older" in lender.process.live.arms.running


def test_a_broken_limit_gives_everybody_the_champion_again_and_says_why(lender, watch):
    lender.release(experiment(guards=[DECLINES]))
    lender.decide(200)
    assert watch.look() == ("older",)
    assert lender.process.live.arms.running == {}
    change = changes(lender)[-1]
    assert isinstance(change, Withdrawn)
    assert change.by == SYSTEM
    assert "decline rate of challenger is" in change.reason
    assert "the limit is 10.00 %" in change.reason
    assert "evidence" in change.reason
    answer = lender.process.decide_now(application(900, age=20))
    assert b'"outcome":"approve"' in answer.body


def test_a_limit_that_chance_may_have_broken_is_doubtful_and_ends_nothing(lender, watch):
    lender.release(experiment(guards=[{**DECLINES, "limit": 0.32}]))
    lender.decide(120)
    (guard,) = lender.desk.reading("older").guards
    assert guard.state in {"doubtful", "kept"}
    assert watch.look() == ()


def test_nothing_is_judged_on_too_few(lender, watch):
    lender.release(experiment(guards=[{**DECLINES, "hard": True}]))
    lender.decide(30)
    assert watch.look() == ()
    assert lender.desk.reading("older").guards[0].state == "waiting"


def test_a_hard_limit_needs_no_evidence(lender, watch):
    lender.release(experiment(guards=[{**DECLINES, "hard": True, "minimum": 5}]))
    lender.decide(30)
    assert watch.look() == ("older",)
    assert "evidence" not in changes(lender)[-1].reason


def test_latency_is_judged_by_the_number(lender, watch):
    lender.release(experiment(guards=[{"guard": "slow", "measure": "latency_ms_p99", "limit": -1, "minimum": 1}]))
    lender.decide(10)
    assert watch.look() == ("older",)


def test_money_at_stake_has_a_cap(lender, watch):
    lender.release(experiment(exposure={"amount_minor": 20_000, "currency": "CNY"}))
    lender.decide(10)
    assert watch.look() == ()
    lender.decide(100)
    assert watch.look() == ("older",)
    assert "CNY" in changes(lender)[-1].reason


def test_a_roll_back_puts_the_release_before_the_experiment_back(lender, watch):
    before = lender.process.live.digest
    lender.release(experiment(guards=[{**DECLINES, "action": "roll_back"}], share=30))
    lender.release(experiment(guards=[{**DECLINES, "action": "roll_back"}], share=60))
    lender.decide(200)
    assert watch.look() == ("older",)
    assert lender.process.live.digest == before
    withdrawn, back = changes(lender)[-2:]
    assert isinstance(withdrawn, Withdrawn)
    assert isinstance(back, RolledBack)
    assert (back.by, back.note) == (SYSTEM, withdrawn.reason)


def test_going_forward_again_does_not_bring_a_stopped_challenger_back(lender, watch):
    with_it = lender.release(experiment(guards=[{**DECLINES, "action": "roll_back"}]))
    lender.decide(200)
    watch.look()
    lender.process.roll_back(by="bob", to=with_it)
    assert lender.process.live.arms.running == {}


def test_a_guard_against_the_champion_looks_at_the_difference(lender, watch):
    guard = {**DECLINES, "against": "champion", "limit": 0.05}
    lender.release(experiment(guards=[guard]))
    lender.decide(800)
    assert watch.look() == ("older",)


def test_a_guard_on_labels_waits_for_them(lender, watch):
    bad = {"guard": "bad", "measure": "bad_rate", "limit": 0.1, "minimum": 50}
    lender.release(experiment(guards=[bad]))
    lender.decide(400)
    assert watch.look() == ()
    lender.turn_out(lambda _: True)
    assert watch.look() == ("older",)


def test_the_thread_ends_it_while_decisions_go_on_each_wholly_the_one_or_the_other(lender, watch):
    lender.release(experiment(guards=[DECLINES]))
    watch.start()
    stopped = threading.Event()
    lender.process.watch_changes(lambda change: stopped.set() if change.name == "experiment/older" else None)
    while not stopped.is_set() and lender.sent < 20_000:
        lender.decide(50)
    watch.close()
    lender.decide(50)
    assert stopped.is_set()
    seen_stop = False
    for record in lender.process.journal.read(kinds=["decision", "artefact"]):
        if record.kind == "artefact":
            seen_stop = seen_stop or isinstance(decode_change(record.clear), Withdrawn)
            continue
        trail = decode_body(record.clear).trail
        assert bool(trail.arms) != seen_stop
        assert trail.policy == ("stricter" if trail.arms and trail.arms[0].arm == "challenger" else "application")
    assert all(one.same for one in lender.process.archive.replay_all())
