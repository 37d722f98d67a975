"""What a reading says of decisions that were really taken."""

from __future__ import annotations

import pytest
from small_workspace import application
from tried_workspace import experiment, stricter

from tandem.kernel.errors import Conflict, NotFound
from tandem.kernel.time import DAY, Micros

BAD = {"measure": "bad_rate", "better": "lower", "detect": 0.1, "expected": 0.3}


def test_the_arms_are_counted_with_what_they_decided(lender):
    lender.release(experiment())
    lender.decide(600)
    found = lender.desk.reading("older")
    champion, challenger = found.arms
    assert champion.decisions + challenger.decisions == 600
    assert champion.outcomes == {"approve": champion.decisions}
    assert challenger.outcomes["decline"] == pytest.approx(challenger.decisions / 3, rel=0.3)
    assert found.state == "running"
    assert not found.balance.broken


def test_a_difference_that_is_there_is_told_with_its_interval_and_in_words(lender):
    lender.release(experiment())
    lender.decide(1_200)
    found = lender.desk.reading("older")
    (told,) = found.differences
    assert told.low < -1 / 3 < told.high < 0
    assert told.better is False
    assert found.verdict.word == "stop"
    assert "approval rate" in found.verdict.en
    assert "通过率" in found.verdict.zh


def test_the_metric_over_time_ends_where_the_reading_stands(lender):
    lender.release(experiment())
    lender.decide(500)
    found = lender.desk.reading("older")
    assert found.points[-1].decisions == 500
    assert found.points[-1].value == found.differences[0].value
    assert [one.decisions for one in found.points] == sorted(one.decisions for one in found.points)


def test_a_better_challenger_is_promoted_once_there_are_as_many_as_planned(lender):
    metric = {"measure": "decline_rate", "better": "higher", "detect": 0.2, "expected": 0.01}
    lender.release(experiment(metric=metric))
    lender.decide(60)
    early = lender.desk.reading("older")
    assert early.verdict.word == "continue"
    lender.decide(640)
    assert lender.desk.reading("older").verdict.word == "promote"


def test_no_difference_is_said_when_the_time_is_over(lender):
    lender.release(experiment(horizon_days=7), stricter(18))
    lender.decide(60)
    lender.clock.advance(8 * DAY)
    assert lender.desk.reading("older").verdict.word == "no_difference"


def test_a_bad_rate_counts_whom_an_arm_approved_and_who_is_known(lender):
    lender.release(experiment(metric=BAD))
    lender.decide(600)
    lender.turn_out(lambda number: number % 3 == 0, range(0, 600, 2))
    found = lender.desk.reading("older")
    champion, challenger = found.arms
    assert champion.value == pytest.approx(1 / 3, abs=0.08)
    assert challenger.value == 0, "the young are bad, and it refuses them"
    assert champion.counted < champion.decisions
    assert found.labelled == champion.counted + challenger.counted
    assert found.money is not None
    assert found.money.value < 0
    assert {"selected", "no_maturity"} <= {one.code for one in found.notes}


def test_segments_and_own_measures_are_read_from_the_facts(lender):
    metric = {"measure": "mean_of", "of": "amount_minor", "better": "higher", "detect": 10, "spread": 100}
    lender.release(experiment(metric=metric, segments=["age"]))
    lender.decide(400)
    found = lender.desk.reading("older")
    assert {one.group for one in found.segments} == {"20", "40"}
    assert sum(one.decisions for one in found.segments) == 400
    assert found.arms[0].value == 1000


def test_a_new_treatment_begins_anew_and_a_new_share_goes_on(lender):
    lender.release(experiment(share=30))
    lender.decide(200)
    lender.release(experiment(share=60))
    lender.decide(200)
    grown = lender.desk.reading("older")
    assert sum(one.decisions for one in grown.arms) == 400
    assert "share_changed" in {one.code for one in grown.notes}
    assert not grown.balance.broken
    lender.release(stricter(30))
    lender.decide(50)
    assert sum(one.decisions for one in lender.desk.reading("older").arms) == 50


def test_an_erased_person_is_out_of_the_reading(lender):
    lender.release(experiment())
    lender.decide(20)
    lender.process.journal.erase(lender.process.vault.pseudonym("person", "p3"))
    lender.process.journal.drain()
    assert sum(one.decisions for one in lender.desk.reading("older").arms) == 19


def test_merges_of_clusters_are_counted(lender):
    lender.release(experiment(unit="cluster", graph="network"))
    lender.decide(2)
    lender.process.decide_now(application(100, person="p1", device="d0", age=40))
    found = lender.desk.reading("older")
    assert found.merges == 1
    assert found.unit == "network"


# -- shadow -------------------------------------------------------------------------------------------------------


def test_a_shadow_tells_decision_by_decision_what_would_be_otherwise(lender):
    lender.release(experiment(mode="shadow", share=100))
    lender.decide(300)
    found = lender.desk.reading("older")
    shadow = found.shadow
    assert (shadow.decisions, shadow.changed, shadow.unread) == (300, 100, 0)
    assert shadow.moved == {"approve>decline": 100}
    assert shadow.reasons_changed == 100
    assert shadow.latency_ms_p99 == 0, "by the clock of the test"
    champion, challenger = found.arms
    assert champion.outcomes == {"approve": 300}
    assert challenger.outcomes == {"approve": 200, "decline": 100}
    assert found.differences[0].value == pytest.approx(-1 / 3)
    assert found.balance is None


def test_a_shadow_reads_nothing_but_what_was_recorded(lender, monkeypatch):
    lender.release(experiment(mode="shadow", share=100))
    lender.decide(10)
    lender.decide(10, device="shared")
    monkeypatch.setattr(lender.process.state, "known", None)
    assert lender.desk.reading("older").shadow.decisions == 20


def test_a_stopped_shadow_computes_nothing_of_what_comes_after(lender):
    lender.release(experiment(mode="shadow", share=100))
    lender.decide(10)
    lender.clock.advance(1)
    lender.desk.stop("older", by="bob", reason="seen enough")
    lender.clock.advance(1)
    lender.decide(10)
    found = lender.desk.reading("older")
    assert found.shadow.decisions == 10
    assert (found.state, found.ended_by, found.ended_reason) == ("stopped", "bob", "seen enough")


# -- states, stop, promotion ---------------------------------------------------------------------------------------


def test_a_draft_has_not_been_live_and_cannot_be_read(lender):
    lender.process.push([experiment()], author="ann")
    assert lender.desk.standing("older").state == "draft"
    with pytest.raises(Conflict):
        lender.desk.reading("older")
    with pytest.raises(NotFound):
        lender.desk.reading("oder")


def test_a_promotion_is_drafts_and_decides_nothing_before_it_is_reviewed(lender):
    lender.release(experiment())
    lender.decide(20)
    before = lender.process.live.digest
    drafts = lender.desk.promote("older", by="ann")
    assert [str(one.key) for one in drafts] == ["policy/application", "experiment/older"]
    assert lender.process.live.digest == before
    lender.process.review([one.digest for one in drafts], approver="bob")
    lender.process.release({one.key: one.digest for one in drafts}, by="bob")
    answer = lender.process.decide_now(application(500, age=20))
    assert b'"outcome":"decline"' in answer.body
    assert b'"policy":"application"' in answer.body
    assert lender.desk.standing("older").state == "ended"
    assert lender.desk.reading("older").state == "ended", "what it found is still told"


def test_what_does_not_run_is_not_stopped(lender):
    lender.release(experiment())
    lender.desk.stop("older", by="bob", reason="enough")
    with pytest.raises(Conflict):
        lender.desk.stop("older", by="bob", reason="again")


def test_the_horizon_is_told(lender):
    lender.release(experiment())
    found = lender.desk.reading("older")
    assert found.started_at is not None
    assert found.ends_at > found.started_at
    assert Micros(0) < lender.clock.now()
