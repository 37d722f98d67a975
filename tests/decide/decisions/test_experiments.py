"""Experiments in the decision: the arm decides, is recorded, and replays; without one nothing is otherwise."""

from __future__ import annotations

import pytest
from small_workspace import application, go_live, policy
from tried_workspace import TRIED, experiment, stricter

from tandem.decide.decisions import decode_body, personal_of
from tandem.kernel.artefacts import ArtefactKey
from tandem.kernel.errors import Conflict, DefinitionError

YOUNG = {"age": 20}
"""The champion approves them, the challenger does not."""


def live_with(opened, *more):
    process = opened()
    go_live(process, *TRIED, *more)
    return process


def records(process):
    return list(process.journal.read(kinds=["decision"]))


def trails(process):
    return [decode_body(record.clear).trail for record in records(process)]


def decide(process, *numbers, **values):
    for number in numbers:
        process.decide_now(application(number, **{"device": f"d{number}", **YOUNG, **values}))


def test_each_arm_decides_by_its_own_policy_and_says_so(opened):
    process = live_with(opened, experiment())
    decide(process, *range(20))
    found = trails(process)
    assert {(one.arms[0].arm, one.policy, one.outcome) for one in found} == {
        ("champion", "application", "approve"),
        ("challenger", "stricter", "decline"),
    }
    assert all(one.arms[0].unit == one.entities["person"] for one in found)


def test_a_person_stays_in_an_arm_and_a_growing_challenger_keeps_everybody(opened):
    process = live_with(opened, experiment(share=30))
    decide(process, *range(20))
    before = {one.entities["person"]: one.arms[0].arm for one in trails(process)}
    go_live(process, experiment(share=60))
    for number in range(20):
        process.decide_now(application(100 + number, person=f"p{number}", device="x", **YOUNG))
    after = {one.entities["person"]: one.arms[0].arm for one in trails(process)[20:]}
    assert before.keys() == after.keys()
    assert {after[who] for who, arm in before.items() if arm == "challenger"} == {"challenger"}
    assert list(before.values()).count("challenger") < list(after.values()).count("challenger")


def test_every_decision_records_what_any_arm_may_look_at(opened):
    process = live_with(opened, experiment())
    decide(process, *range(8))
    for record in records(process):
        inputs = personal_of(record, process.journal).inputs
        assert {"device_applications_1d", "device_amount_1d"} <= set(inputs)


def test_without_an_experiment_a_decision_is_recorded_as_ever(opened):
    process = live_with(opened)
    decide(process, 1)
    (record,) = records(process)
    assert b"arms" not in record.clear
    assert "device_amount_1d" not in personal_of(record, process.journal).inputs


def test_decisions_of_every_arm_replay_from_the_record_and_from_the_journal(opened):
    process = live_with(opened, experiment())
    decide(process, *range(10))
    go_live(process, experiment(share=80))
    decide(process, *range(10, 20))
    process.withdraw([process.live.arms.running["older"].digest], by="system", reason="enough")
    decide(process, *range(20, 25))
    assert [bool(one.arms) for one in trails(process)] == [True] * 20 + [False] * 5
    assert all(process.archive.replay(f"app-{number}").same for number in range(25))
    replayed = list(process.archive.replay_all())
    assert [one.differences for one in replayed] == [()] * 25


def test_an_explanation_traces_the_arm_that_decided(opened):
    process = live_with(opened, experiment(share=100))
    decide(process, 1)
    told = process.archive.explain("app-1")
    assert told["agrees"]
    assert told["answer"]["policy"] == "stricter"


def test_a_stopped_experiment_decides_nothing_any_more_and_never_again(opened):
    process = live_with(opened, experiment(share=100))
    decide(process, 1)
    digest = process.live.arms.running["older"].digest
    process.withdraw([digest], by="system", reason="bad rate over 12 %")
    decide(process, 2)
    release = process.live.digest
    go_live(process, policy(5_000))
    decide(process, 3)
    process.roll_back(by="bob", to=release)
    decide(process, 4)
    assert [one.policy for one in trails(process)] == ["stricter", "application", "application", "application"]
    assert process.state.register.withdrawn[digest].reason == "bad rate over 12 %"
    with pytest.raises(Conflict):
        process.withdraw([digest], by="system", reason="again")


def test_a_restart_knows_what_was_stopped(opened):
    process = live_with(opened, experiment(share=100))
    process.withdraw([process.live.arms.running["older"].digest], by="system", reason="enough")
    process.close()
    again = opened()
    decide(again, 1)
    assert [one.policy for one in trails(again)] == ["application"]


def test_another_run_of_a_stopped_experiment_runs(opened):
    process = live_with(opened, experiment(share=100))
    process.withdraw([process.live.arms.running["older"].digest], by="system", reason="enough")
    go_live(process, experiment(share=100, run=2))
    decide(process, 1)
    assert trails(process)[0].policy == "stricter"


def test_a_shadow_answers_with_the_champion(opened):
    process = live_with(opened, experiment(mode="shadow", share=100))
    decide(process, 1)
    (trail,) = trails(process)
    assert (trail.policy, trail.outcome, trail.arms) == ("application", "approve", ())
    assert "device_amount_1d" in personal_of(records(process)[0], process.journal).inputs


# -- components -----------------------------------------------------------------------------------------------------

CLUSTERED = {"unit": "cluster", "graph": "network"}


def test_everybody_of_a_component_gets_the_same_arm(opened):
    process = live_with(opened, experiment(**CLUSTERED))
    for number in range(40):
        decide(process, number, device=f"d{number % 8}")
    arms = {}
    for one in trails(process):
        arms.setdefault(one.entities["device"], set()).add((one.arms[0].arm, one.arms[0].unit))
    assert all(len(found) == 1 for found in arms.values())
    assert {arm for found in arms.values() for arm, _ in found} == {"champion", "challenger"}


def test_a_merge_keeps_the_older_assignment_and_is_recorded(opened):
    process = live_with(opened, experiment(**CLUSTERED))
    decide(process, 1, device="one")
    decide(process, 2, device="two")
    process.decide_now(application(3, person="p2", device="one", **YOUNG))
    first, second, third = (one.arms[0] for one in trails(process))
    assert third.unit == first.unit
    assert third.merged == (second.unit,)


def test_components_are_known_after_a_restart_and_replay(opened):
    process = live_with(opened, experiment(**CLUSTERED))
    decide(process, 1, device="one")
    decide(process, 2, device="two")
    process.close()
    again = opened()
    again.decide_now(application(3, person="p2", device="one", **YOUNG))
    first, second, third = (one.arms[0] for one in trails(again))
    assert (third.unit, third.merged) == (first.unit, (second.unit,))
    assert all(one.same for one in again.archive.replay_all())


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"on": "aplication"}, "no such event type"),
        ({"unit": "card"}, "names nobody of that kind"),
        ({"unit": "cluster", "graph": "nowhere"}, "no such graph"),
        ({"segments": ["agee"]}, "no such field"),
        (
            {"arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50, "policy": "stricer"}]},
            "no such policy",
        ),
        (
            {"arms": [{"arm": "a", "share": 50}, {"arm": "b", "share": 50, "models": {"card": "other"}}]},
            "asks no such model",
        ),
        (
            {"metric": {"measure": "share_of", "of": "agee > 3", "better": "lower", "detect": 0.1, "expected": 0.5}},
            "agee",
        ),
        ({"metric": {"measure": "share_of", "of": "age", "better": "lower", "detect": 0.1, "expected": 0.5}}, "type"),
    ],
)
def test_an_experiment_that_does_not_fit_the_release_is_refused(opened, changes, words):
    process = live_with(opened)
    with pytest.raises(DefinitionError, match=words):
        go_live(process, experiment(**changes))


def test_two_experiments_on_the_traffic_of_one_policy_are_refused(opened):
    process = live_with(opened, experiment())
    with pytest.raises(DefinitionError) as refused:
        go_live(process, experiment("another"))
    assert refused.value.code == "overlapping_experiments"
    go_live(process, experiment("another", mode="shadow"))


def test_a_challenger_that_goes_takes_its_experiment_along_or_is_refused(opened):
    process = live_with(opened, experiment())
    with pytest.raises(DefinitionError):
        process.release({ArtefactKey("policy", "stricter"): None}, by="bob")
    process.release({ArtefactKey("policy", "stricter"): None, experiment().key: None}, by="bob")


def test_a_new_version_of_the_challenger_decides_in_its_arm(opened):
    process = live_with(opened, experiment(share=100))
    go_live(process, stricter(18))
    decide(process, 1)
    assert trails(process)[0].outcome == "approve"
