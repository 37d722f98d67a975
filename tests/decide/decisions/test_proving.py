from __future__ import annotations

import json

import pytest
from small_workspace import application, go_live, policy

from tandem.decide.decisions import WantedDecisions
from tandem.kernel.errors import NotFound
from tandem.observe.journal import Record


def test_an_explanation_tells_each_condition_against_its_threshold(process):
    process.decide_now(application(1, age=17))
    told = process.archive.explain("app-1")
    assert told["agrees"]
    assert told["inputs"]["age"] == {"value": 17, "source": "event"}
    assert told["inputs"]["device_applications_1d"]["source"] == "feature"
    text = json.dumps(told["trace"])
    assert "age < 18" in text
    assert "mass_application" in text


def test_an_explanation_is_found_by_decision_id_and_by_event_id(process):
    answer = process.decide_now(application(1))
    assert process.archive.explain(answer.decision_id) == process.archive.explain("app-1")


def test_an_unknown_decision_is_not_found(process):
    with pytest.raises(NotFound) as refused:
        process.archive.explain("dec_unknown")
    assert refused.value.code == "unknown_decision"


def test_every_decision_replays_the_same_from_its_inputs_and_from_the_journal(process):
    for number in range(6):
        process.decide_now(application(number, age=16 + number))
        if number == 2:
            go_live(process, policy(limit=1))
            process.change_list(
                "blocked_devices", {"add": [{"identifier": "d1", "reason": "r", "source": "s"}]}, by="a"
            )
    assert all(process.archive.replay(f"app-{number}").same for number in range(6))
    replayed = list(process.archive.replay_all())
    assert len(replayed) == 6
    assert all(one.same for one in replayed)


def test_a_replay_under_another_release_names_what_differs(process):
    for number in (1, 2):
        process.decide_now(application(number))
    go_live(process, policy(limit=1))
    replayed = process.archive.replay("app-2", release=process.live.digest)
    assert not replayed.same
    changes = {one.what: (one.then, one.now) for one in replayed.differences}
    assert changes["outcome"] == ("approve", "decline")


def test_a_replay_finds_an_outcome_that_was_not_decided_so(process, monkeypatch):
    process.decide_now(application(1))
    read = process.journal.read

    def forged(*args, **kwargs):
        for record in read(*args, **kwargs):
            clear = record.clear
            if record.kind == "decision":
                clear = clear.replace(b'"outcome":"approve"', b'"outcome":"decline"')
            yield Record(**{name: getattr(record, name) for name in Record.__struct_fields__} | {"clear": clear})

    monkeypatch.setattr(process.journal, "read", forged)
    (replayed,) = process.archive.replay_all()
    assert [one.what for one in replayed.differences] == ["outcome"]


def test_an_erased_person_takes_the_inputs_with_them_and_leaves_the_chain_whole(process):
    process.decide_now(application(1))
    process.decide_now(application(2))
    person = process._vault.pseudonym("person", "p1")
    process.journal.erase(person)
    told = process.archive.explain("app-1")
    assert told["erased"]
    assert "inputs" not in told
    assert process.archive.replay("app-1").erased
    assert process.archive.replay("app-2").same


def test_pages_go_from_the_newest_back(process):
    for number in range(5):
        process.decide_now(application(number))
    first = process.archive.page(limit=2)
    second = process.archive.page(limit=2, before=first.next_before)
    assert [one["trail"]["event_id"] for one in first.items + second.items] == ["app-4", "app-3", "app-2", "app-1"]
    declined = process.archive.page(wanted=WantedDecisions(outcome="decline"))
    assert [one["trail"]["event_id"] for one in declined.items] == ["app-4", "app-3"]


def test_a_page_before_a_place_far_behind_the_end_begins_at_the_end_at_once(process):
    process.decide_now(application(1))
    assert len(process.archive.page(before=2**53).items) == 1
