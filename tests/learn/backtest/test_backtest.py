"""Any policy over any stretch: decided as row by row, counted with what nobody can know."""

from __future__ import annotations

import copy
from collections import Counter

import pytest
from small_workspace import APPLICATION, START, VELOCITY, application, go_live, policy
from turned_out_workspace import OUTCOME, turned_out

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, InvalidInput
from tandem.kernel.time import Micros, format_instant
from tandem.learn.backtest import Draft, Price, SideAsked

OLDER = {"rule": "older", "when": "age < 28", "then": "review", "reason": "TOO_YOUNG", "when_missing": "skip"}


def test_the_live_release_changes_nothing_of_what_it_decided(ask, decided):
    report = ask(decided)
    assert (report.honesty.decisions, report.honesty.compared, report.changed) == (40, 40, 0)
    assert report.proof.sample == 40
    assert report.proof.differing == 0


def test_who_comes_in_and_who_goes_out_with_what_they_cost(ask, decided, draft):
    report = ask(decided, draft(OLDER), price=Price(margin=0.1, lgd=0.5))
    (swap,) = report.swap
    # Ages 18 to 27 were approved: of 18 to 24 all went badly, 25 to 27 went well.
    assert (swap.out.count, swap.out.bad, swap.out.good, swap.out.unknown) == (10, 7, 3, 0)
    assert swap.swapped_in.count == 0
    assert (swap.approved_before, swap.approved_after) == (37, 27)
    assert swap.out.loss.amount_minor == round(0.5 * sum(1000 + number for number in range(3, 10)))
    assert swap.out.margin.amount_minor == round(0.1 * sum(1000 + number for number in range(10, 13)))
    assert swap.out.loss.low < swap.out.loss.amount_minor < swap.out.loss.high
    assert report.candidate.standing.bad_rate.part == 0


def test_lake_and_journal_tell_the_same(ask, decided, draft):
    more = {"price": Price(margin=0.1), "rules": True, "segments": ("device",), "attribute": True}
    journal, lake = ask(decided, draft(OLDER), **more), ask(decided, draft(OLDER), lake=True, **more)
    assert (journal.source, lake.source) == ("journal", "lake")
    for name in journal.__struct_fields__:
        if name not in {"source", "took_s", "digest"}:
            assert getattr(journal, name) == getattr(lake, name), name


def test_it_is_what_replaying_every_decision_counts(ask, decided, draft):
    """Equal to the row-by-row function of the release that would be live, decision by decision."""
    made = draft(OLDER, {"rule": "large", "when": "amount_minor > 1034", "then": "decline", "reason": "BLOCKED",
                         "when_missing": "skip"})  # fmt: skip
    report = ask(decided, made)
    go_live(decided, Artefact.of("policy", "application", made.body))
    then, now = Counter(), Counter()
    changed = 0
    for one in decided.archive.page(limit=200).items:
        again = decided.archive.replay(one["trail"]["decision_id"], release=decided.live.digest)
        outcome = next((each.now for each in again.differences if each.what == "outcome"), one["trail"]["outcome"])
        then[one["trail"]["outcome"]] += 1
        now[outcome] += 1
        changed += outcome != one["trail"]["outcome"]
    assert report.changed == changed > 0
    side = report.candidate
    assert (side.approved.part, side.reviewed, side.declined) == (now["approve"], now["review"], now["decline"])
    assert report.against.approved.part == then["approve"]


def test_only_the_stretch_that_is_asked_for_is_looked_at(ask, decided):
    begins, ends = (format_instant(Micros(START + hours * 3_600_000_000)) for hours in (100, 200))
    for lake in (False, True):
        report = ask(decided, since=begins, until=ends, lake=lake)
        # One application every ten hours: numbers 10 to 19.
        assert report.honesty.decisions == 10
        assert report.since == begins
    assert ask(decided, since="2030-01-01").honesty.decisions == 0


def test_what_nobody_can_know_is_counted_by_its_reason_and_bounds_hold_it(ask, decided, draft):
    made = draft()
    del made.body["flow"][1]["all"][0]  # nobody is too young any more
    report = ask(decided, made)
    (swap,) = report.swap
    assert (swap.swapped_in.count, swap.swapped_in.unknown) == (3, 3)
    assert swap.swapped_in.bad_rate.share is None
    bounds = report.candidate.standing.bad_bounds
    assert (bounds.known, bounds.all_good, bounds.all_bad) == (7 / 27, 7 / 40, (7 + 13) / 40)
    assert bounds.inferred is None
    assert report.honesty.unknown == {"declined_then": 3, "not_told": 10}
    assert (report.honesty.known_approved_then, report.honesty.approved_then) == (27, 37)


def test_an_outcome_counts_once_its_window_has_passed(ask, process):
    matured = Artefact.of("outcome", "application", {**OUTCOME.body, "matures": "12d"})
    go_live(process, matured)
    for number in range(40):
        process.decide_now(application(number, age=30, device=f"d{number}", at=number * 600))
        process.record_now(turned_out(number, bad=False))
    report = ask(process)
    # It is day 20: what was asked for up to day 8 has matured, one application every ten hours.
    assert report.honesty.known == 20
    assert report.honesty.unknown == {"immature": 20}


def test_a_feature_that_nobody_recorded_is_computed_as_of_then(ask, decided, draft):
    wider = Draft(
        kind="feature_set",
        name="device_month",
        body={"entity": ["device"], "events": ["application"],
              "features": [{"name": "device_applications_30d", "aggregate": "count", "window": "30d"}]},
    )  # fmt: skip
    rule = {"rule": "month", "when": "device_applications_30d > 3", "then": "review", "reason": "MASS_APPLICATION",
            "when_missing": "skip"}  # fmt: skip
    for lake in (False, True):
        report = ask(decided, wider, draft(rule), lake=lake)
        assert report.candidate.computed == {"device_applications_30d": 40}
        # Four devices in turn: the fourth visit of each and all later ones; three of the first were declined.
        assert report.candidate.reviewed == 40 - 4 * 3
        assert report.honesty.unknowable == ()


def test_a_feature_under_another_definition_is_not_taken_for_the_recorded_one(ask, decided):
    body = copy.deepcopy(VELOCITY.body)
    body["features"][0]["window"] = "30d"
    report = ask(decided, Draft(kind="feature_set", name="device_velocity", body=body))
    assert report.candidate.computed == {"device_applications_1d": 40}
    assert report.changed == 40 - 4 * 3


def test_a_list_that_was_not_asked_then_is_asked_as_it_stood_then(ask, decided, draft):
    for number, add in ((40, "add"), (41, "remove")):
        entry = {"identifier": "d0", "reason": "stolen", "source": "police"}
        decided.change_list("stolen_devices", {add: [entry if add == "add" else {"identifier": "d0"}]}, by="ann")
        decided.decide_now(application(number, age=40, device="d0", at=number * 600))
    made = draft()
    made.body["flow"][0]["checks"].append(
        {"list": "stolen_devices", "of": "device", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"}
    )
    for lake in (False, True):
        report = ask(decided, made, lake=lake)
        assert report.changed == 1


def test_what_cannot_be_computed_is_said_and_left_out(ask, decided, draft):
    made = draft({"rule": "income", "when": "income > 10", "then": "decline", "reason": "TOO_YOUNG",
                  "when_missing": "skip"})  # fmt: skip
    body = copy.deepcopy(APPLICATION.body)
    body["fields"].append({"name": "income", "type": "integer", "data_class": "C2"})
    report = ask(decided, made, Draft(kind="event_type", name="application", body=body))
    assert report.honesty.compared == 0
    assert [(one.code, one.name, one.count) for one in report.honesty.unknowable] == [("not_recorded", "income", 40)]


def test_an_erased_person_is_left_out_and_counted(ask, decided):
    pseudonym = decided.vault.pseudonym("person", "p7")
    decided.journal.erase(pseudonym)
    report = ask(decided)
    assert (report.honesty.decisions, report.honesty.compared) == (40, 39)
    assert [one.code for one in report.honesty.unknowable] == ["erased"]


def test_the_same_question_has_the_same_digest(ask, decided, draft):
    assert ask(decided, draft(OLDER)).digest == ask(decided, draft(OLDER)).digest
    assert ask(decided, draft(OLDER)).digest != ask(decided).digest


def test_two_releases_are_compared_over_the_same_decisions(ask, decided):
    before = str(decided.live.digest)
    go_live(decided, policy(limit=0))
    report = ask(decided, against=SideAsked(release=before))
    assert report.against.release == before
    assert (report.against.approved.part, report.candidate.approved.part) == (37, 0)
    assert report.changed == 37
    assert report.swap[0].out.count == 37


def test_approval_is_compared_by_a_recorded_field(ask, decided, draft):
    rule = {
        "rule": "d0",
        "when": "amount_minor % 4 = 0",
        "then": "decline",
        "reason": "BLOCKED",
        "when_missing": "skip",
    }
    (fairness,) = ask(decided, draft(rule), segments=("device",)).fairness
    assert sum(group.decisions for group in fairness.groups) == 40
    assert {group.ratio_after for group in fairness.groups} == {None}  # no group is large enough to be the yardstick
    worst = min(group.approved_after.share for group in fairness.groups)
    assert worst == 0.0


def test_what_does_not_hold_together_is_refused(ask, decided):
    with pytest.raises(InvalidInput):
        ask(decided, event_type="nothing")
    with pytest.raises(InvalidInput):
        ask(decided, score="risk")
    with pytest.raises(InvalidInput):
        ask(decided, since="2026-02-01", until="2026-01-01")
    with pytest.raises(InvalidInput):
        ask(decided, price=Price(margin=0.1, lgd=2.0))
    with pytest.raises(DefinitionError):
        ask(decided, Draft(kind="policy", name="application", body={"event": "application", "flow": []}))
