"""Models over history: recorded scores where they hold, scored anew where they do not, and never a score made up."""

from __future__ import annotations

import copy

import msgspec
import pytest
from scored_workspace import scored_process
from small_workspace import go_live

from tandem.kernel.artefacts import Artefact
from tandem.kernel.time import SystemClock
from tandem.learn.backtest import BacktestAsked, Draft, Price, SideAsked, Sources, run_backtest
from tandem.observe.lake import Lake


@pytest.fixture(scope="module")
def process(tmp_path_factory):
    found = scored_process(tmp_path_factory.mktemp("scored"))
    for number in range(120):
        found.decide_now(
            {
                "event_id": f"app-{number}",
                "event_type": "application",
                "occurred_at": "2026-11-20T08:00:00Z",
                "values": {"person": f"p{number}", "device": f"d{number}", "amount_minor": 20_000 + 9_000 * number,
                           "term_months": 6 + number % 48, "income_minor": 100_000 + 5_000 * (number * 7 % 90),
                           "age": 16 + number % 50},
            }
        )  # fmt: skip
    yield found
    found.close()


def ask(process, **more):
    return run_backtest(
        Sources.of_process(process, None, clock=SystemClock()),
        BacktestAsked(**{"event_type": "application", "sample": 1_000, **more}),
    )


def live_model(process, name):
    live = process.state.register.live
    return copy.deepcopy(
        next(one for one in process.state.register.artefacts_of(live) if one.key == ("model", name)).body
    )


def test_the_recorded_scores_give_the_recorded_outcomes(process):
    report = ask(process, score="card")
    assert (report.changed, report.proof.sample, report.proof.differing) == (0, 120, 0)
    assert report.cutoffs.scored == report.honesty.compared == 120


def test_another_model_scores_every_decision_anew_as_it_would_have_then(process):
    body = live_model(process, "trees")
    body["base"] = body["base"] + 1.0
    report = ask(process, candidate=SideAsked(drafts=(Draft(kind="model", name="trees", body=body),)))
    assert report.candidate.drafts == ("model/trees",)
    assert report.changed > 0
    assert report.proof.differing == 0
    assert report.candidate.approved.part < report.against.approved.part


def test_a_changed_model_is_the_model(process):
    body = live_model(process, "trees")
    body["base"] = body["base"] + 1.0
    draft = Draft(kind="model", name="trees", body=body)
    found = ask(process, candidate=SideAsked(drafts=(draft,)), attribute=True, rules=False).attribution
    assert found.differing > 0
    assert {one.component: one.alone for one in found.causes if one.alone} == {"model": found.differing}


def test_with_a_score_approval_is_compared_at_an_equal_rate_and_unknown_outcomes_are_inferred(process):
    body = live_model(process, "trees")
    body["base"] = body["base"] + 1.0
    report = ask(
        process, candidate=SideAsked(drafts=(Draft(kind="model", name="trees", body=body),)), score="trees",
        price=Price(margin=0.05), rules=False,
    )  # fmt: skip
    as_decided, equal = report.swap
    assert as_decided.approved_before != as_decided.approved_after
    assert equal.approved_before == equal.approved_after
    bounds = report.against.standing.bad_bounds
    assert bounds.all_good < bounds.inferred < bounds.all_bad
    assert report.honesty.inferred_by == "trees"
    assert msgspec.json.decode(msgspec.json.encode(report), type=type(report)) == report


def test_what_an_arm_of_an_experiment_said_is_not_taken_for_the_live_model(tmp_path):
    """Half of the people were scored by a challenger in the champion's name: journal and lake both score them anew."""
    process = scored_process(tmp_path)
    worse = live_model(process, "trees")
    worse["base"] = worse["base"] + 1.0
    worse["metadata"]["name"] = "worse"
    tried = {
        "on": "application",
        "mode": "champion_challenger",
        "unit": "person",
        "arms": [{"arm": "champion", "share": 50.0}, {"arm": "worse", "share": 50.0, "models": {"trees": "worse"}}],
        "metric": {"measure": "approval_rate", "better": "higher", "detect": 0.1, "expected": 0.5},
    }
    go_live(process, Artefact.of("model", "worse", worse), Artefact.of("experiment", "base", tried))
    for number in range(60):
        values = {"person": f"p{number}", "device": f"d{number}", "amount_minor": 20_000 + 9_000 * number}
        values |= {
            "term_months": 6 + number % 48,
            "income_minor": 100_000 + 5_000 * (number * 7 % 90),
            "age": 20 + number % 40,
        }
        process.decide_now(
            {
                "event_id": f"app-{number}",
                "event_type": "application",
                "occurred_at": "2026-11-20T08:00:00Z",
                "values": values,
            }
        )
    lake = Lake(tmp_path / "lake", clock=SystemClock())
    lake.project(process.journal, process.live.reader)
    asked = BacktestAsked(event_type="application", sample=1_000, rules=False, score="trees")
    found = [run_backtest(Sources.of_process(process, one, clock=SystemClock()), asked) for one in (None, lake)]
    process.close()
    assert [one.source for one in found] == ["journal", "lake"]
    assert [one.proof.differing for one in found] == [0, 0]
    assert found[0].cutoffs == found[1].cutoffs
    assert found[0].candidate.approved == found[1].candidate.approved
