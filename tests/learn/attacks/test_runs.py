"""Runs: one at a time, in a process of their own, kept over a restart."""

from __future__ import annotations

import time

import pytest
from attacked_lender import lender_artefacts

from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.identity import SeededEntropy
from tandem.kernel.time import SystemClock
from tandem.learn.attacks import AttackAsked, AttackRuns, attack_release, sandbox_release

SMALL = AttackAsked(kind="mule_chain", customers=300, days=6, warm_up_days=4)
LONG = AttackAsked(kind="group_loan", customers=40_000, days=60, warm_up_days=30)


def runs_of(folder):
    return AttackRuns(folder / "attacks", clock=SystemClock(), entropy=SeededEntropy(1))


@pytest.fixture
def runs(tmp_path):
    found = runs_of(tmp_path)
    yield found
    found.close()


def finished(runs, attack_id):
    for _ in range(600):
        run = runs.get(attack_id)
        if run.state != "running":
            return run
        time.sleep(0.1)
    raise AssertionError("it never ended")


def test_a_run_in_its_own_process_comes_to_what_one_here_does(runs, tmp_path):
    begun = runs.begin(lender_artefacts(), SMALL, release="r", drafts=["policy/transfer"], by="ann")
    run = finished(runs, begun.attack_id)
    assert (run.state, run.by, run.drafts) == ("done", "ann", ("policy/transfer",))
    here = attack_release(sandbox_release(lender_artefacts()), SMALL, drafts=["policy/transfer"])
    assert runs.report(run.attack_id) == here
    assert run.attempts == here.attempts.count
    assert run.done == run.total > 0
    # A restart finds it again; the definitions it was run with are not kept twice.
    later = runs_of(tmp_path)
    assert later.get(run.attack_id) == run
    assert later.report(run.attack_id) == here
    assert not list((tmp_path / "attacks").rglob("work.json"))


def test_one_runs_at_a_time_and_can_be_cancelled(runs):
    first = runs.begin(lender_artefacts(), LONG, release="r")
    with pytest.raises(Conflict) as refused:
        runs.begin(lender_artefacts(), SMALL, release="r")
    assert refused.value.code == "attack_running"
    assert runs.cancel(first.attack_id).state == "cancelled"
    with pytest.raises(Conflict):
        runs.report(first.attack_id)
    assert runs.cancel(first.attack_id).state == "cancelled", "what is over stays as it is"


def test_a_run_that_a_restart_interrupted_says_so(tmp_path):
    runs = runs_of(tmp_path)
    begun = runs.begin(lender_artefacts(), LONG, release="r")
    folder = tmp_path / "attacks" / begun.attack_id
    as_it_stood = (folder / "run.json").read_bytes()
    runs.close()
    (folder / "run.json").write_bytes(as_it_stood)  # as after a power cut
    later = runs_of(tmp_path).get(begun.attack_id)
    assert (later.state, later.error.code) == ("failed", "attack_interrupted")


def test_a_run_that_fails_says_why(runs):
    broken = [one for one in lender_artefacts() if one.kind != "policy"]
    run = finished(runs, runs.begin(broken, SMALL, release="r").attack_id)
    assert (run.state, run.error.code) == ("failed", "no_policy")


@pytest.mark.parametrize("attack_id", ["atk_0", "../../etc", "", "atk_zz/.."])
def test_an_unknown_run_is_not_found(runs, attack_id):
    with pytest.raises(NotFound):
        runs.get(attack_id)
