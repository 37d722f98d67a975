"""Any release of the past may be gone back to: it answers as it did then, to the bit, and no decision is half of one and half of another."""

from __future__ import annotations

import itertools
import json
import threading

import msgspec
import pytest
from small_workspace import APPLICATION, BLOCKED, NETWORK, REASONS, VELOCITY, WORDS, application, go_live
from told_workspace import card
from tried_workspace import OUTCOME, TURNS_OUT, experiment, stricter

from tandem.decide.decisions import decode_body, event_of, folding
from tandem.kernel.artefacts import Artefact, ArtefactKey

PEOPLE = range(12)
CODES = {"age": "TOO_YOUNG", "amount_minor": "MASS_APPLICATION"}
CREDIT = card("credit", {"age": (30, 0.4, -0.4), "amount_minor": (2_000, -0.5, 0.5)}, CODES)
CREDIT_TRAINED_AGAIN = card("credit", {"age": (25, 0.7, -0.7), "amount_minor": (2_500, -0.3, 0.3)}, CODES)
MORE_FEATURES = Artefact.of(
    "feature_set",
    "device_velocity",
    {
        **VELOCITY.body,
        "features": [
            *VELOCITY.body["features"],
            {"name": "device_people_7d", "aggregate": "distinct", "field": "person", "window": "7d"},
        ],
    },
)
WATCHED = Artefact.of("list", "watched_people", {"kind": "watch", "entity": "person"})


def scored(cut: float, *checks: dict, many: str = "device_applications_1d > 3") -> Artefact:
    """A policy that asks the model, and declines above ``cut``."""
    rule = {"rule": "many", "when": many, "then": "decline", "reason": "MASS_APPLICATION", "when_missing": "skip"}
    flow = [
        {"lists": "known", "checks": [
            {"list": "blocked_devices", "of": "device", "then": "decline", "reason": "BLOCKED", "when_missing": "skip"},
            *checks,
        ]},
        {"rules": "velocity", "all": [rule]},
        {"model": "credit", "probability": "p", "points": "score"},
        {"decide": "end", "cases": [
            {"case": "risky", "when": f"p > {cut}", "then": "decline", "reason": "TOO_YOUNG"},
            {"otherwise": "fine", "then": "approve"},
        ]},
    ]  # fmt: skip
    return Artefact.of("policy", "application", {"event": "application", "when_missing": "review", "flow": flow})


WATCH = {"list": "watched_people", "of": "person", "then": "review", "reason": "BLOCKED"}
OTHER_WORDS = Artefact.of(
    "reasons", "words",
    {"reasons": {**REASONS.body["reasons"], "TOO_YOUNG": {**WORDS, "customer": {"en": "another reason", "zh-CN": "另一原因"}}}},
)  # fmt: skip
HISTORY = {
    "the first": (APPLICATION, VELOCITY, BLOCKED, REASONS, NETWORK, OUTCOME, TURNS_OUT, stricter(35), CREDIT, scored(0.25)),
    "another policy": (scored(0.3),),
    "the model trained again": (CREDIT_TRAINED_AGAIN,),
    "features more": (MORE_FEATURES, scored(0.3, many="device_people_7d > 0 AND amount_minor > 5000")),
    "a list more": (WATCHED, scored(0.18, WATCH, many="device_people_7d > 3")),
    "an experiment": (experiment("older", share=50),),
    "other words": (OTHER_WORDS, CREDIT, experiment("older", share=50, ended=True), scored(0.2)),
}  # fmt: skip


class Lender:
    """A workspace with a past; every release decided on the same people once, each with a new device."""

    def __init__(self, process) -> None:
        self.process = process
        self.numbers = itertools.count()
        self.releases = {}
        self.answers = {}
        for name, artefacts in HISTORY.items():
            self.releases[name] = go_live(process, *artefacts)
            self.answers[name] = self.decide()

    def decide(self):
        """What everybody is told now, and all that is recorded of why, but for what is never twice the same."""
        told = []
        for person in PEOPLE:
            number = next(self.numbers)
            values = {
                "person": f"p{person}",
                "device": f"d{number}",
                "age": 19 + 3 * person,
                "amount_minor": 500 * person,
            }
            answer = json.loads(self.process.decide_now(application(number, at=5, **values)).body)
            told.append(
                ({key: answer.get(key) for key in ("outcome", "reasons", "limit", "release")}, self.why(number))
            )
        return told

    def why(self, number):
        trail = msgspec.to_builtins(self.trail(f"app-{number}"))
        names = ("release", "policy", "outcome", "reasons", "path", "fired", "scores", "missing", "arms")
        return {name: trail.get(name) for name in names}

    def trail(self, event_id):
        seq = self.process.journal.find("event", event_id).seq + 1
        return decode_body(next(self.process.journal.read(seq, seq)).clear).trail

    def back(self, name):
        if self.process.live.digest != self.releases[name]:
            assert self.process.roll_back(by="bob", to=self.releases[name]) == self.releases[name]


@pytest.fixture(params=[0, 2], ids=["no plan kept", "two plans kept"])
def lender(request, opened):
    return Lender(opened(earlier_plans=request.param))


def test_the_releases_of_this_past_do_answer_differently(lender):
    told = [
        json.dumps([{**why, "release": ""} for _, why in answers], sort_keys=True)
        for answers in lender.answers.values()
    ]
    assert len(set(told)) == len(told)


def test_gone_back_to_a_release_answers_as_it_did_then_to_the_bit(lender):
    for name in (*HISTORY, *reversed(HISTORY), "an experiment", "the first", "features more"):
        lender.back(name)
        assert lender.decide() == lender.answers[name], name


def test_so_does_one_that_was_gone_back_to_after_a_restart(lender, opened):
    lender.process.close()
    lender.process = opened()
    for name in HISTORY:
        lender.back(name)
        assert lender.decide() == lender.answers[name], name


def test_a_model_that_was_superseded_is_the_one_that_scores_again(lender):
    lender.back("the model trained again")
    again = lender.process.live.models["credit"].digest
    lender.back("another policy")
    assert lender.process.live.models["credit"].digest != again
    live = lender.process.state.register.live.manifest
    assert live[str(ArtefactKey("model", "credit"))] == CREDIT.digest


def test_after_any_number_of_roll_backs_every_decision_is_found_again_from_the_journal(lender):
    for name in ("the first", "features more", "another policy", "an experiment", "the first"):
        lender.back(name)
        lender.decide()
    assert [one.differences for one in lender.process.archive.replay_all() if not one.same] == []


def test_a_decision_in_flight_ends_under_one_release(lender):
    process, stop, numbers = lender.process, threading.Event(), itertools.count(10_000)

    def ask():
        while not stop.is_set():
            number = next(numbers)
            process.decide(
                application(number, person=f"p{number % 7}", device=f"d{number % 5}"),
                on_answer=lambda _: None,
                more_follows=number % 3 > 0,
            )

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for one in asking:
        one.start()
    for name in (*HISTORY, *reversed(HISTORY)):
        lender.back(name)
    stop.set()
    for one in asking:
        one.join()
    process.wake()
    process.journal.drain()
    live, told = None, 0
    for record in process.journal.read(kinds=["artefact", "decision"]):
        if record.kind == "artefact":
            live = msgspec.json.decode(record.clear).get("release") or live
        else:
            told += 1
            assert decode_body(record.clear).trail.release == live
    assert told > len(HISTORY) * len(PEOPLE)
    assert [one.decision_id for one in process.archive.replay_all() if not one.same] == []


# -- plans that are kept ready -----------------------------------------------------------------------------------------


@pytest.fixture
def folded(monkeypatch):
    """Event records that were folded under the writer's lock, since it was asked last."""
    seen = []
    monkeypatch.setattr(folding, "event_of", lambda record, *rest: seen.append(record.seq) or event_of(record, *rest))
    return seen


def test_going_back_to_a_kept_plan_folds_only_what_came_since(opened, folded):
    lender = Lender(opened(earlier_plans=2))
    folded.clear()
    lender.back("another policy")
    came = len(HISTORY) - 3
    assert len(folded) == came * len(PEOPLE), "what the releases since decided, and not the past before"
    folded.clear()
    lender.back("features more")
    assert folded == [], "nothing was decided between"


def test_kept_plans_follow_the_journal(opened, folded):
    lender = Lender(opened(earlier_plans=2))
    lender.process._earlier.catch_up()
    folded.clear()
    lender.back("another policy")
    assert folded == []
    assert lender.decide() == lender.answers["another policy"]


def test_after_a_start_the_plans_of_the_past_are_made_ready_beside_the_deciding(opened, folded):
    lender = Lender(opened())
    lender.process.close()
    lender.process = opened(earlier_plans=2)
    lender.process.keep_earlier_plans_ready()
    earlier = lender.process._earlier
    waiting = threading.Event()
    while not (earlier._kept and all(one.seq == lender.process.journal.head.seq for one in earlier._kept.values())):
        assert not waiting.wait(0.05)
    folded.clear()
    lender.back("the first")
    assert folded == []
    assert lender.decide() == lender.answers["the first"]


def test_without_kept_plans_the_journal_is_folded_from_the_first_record_on(opened, folded):
    lender = Lender(opened(earlier_plans=0))
    folded.clear()
    lender.back("the first")
    assert len(folded) == len(HISTORY) * len(PEOPLE)
