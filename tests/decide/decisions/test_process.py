from __future__ import annotations

import json

import pytest
from small_workspace import APPLICATION, EVERYTHING, VELOCITY, application, go_live, policy

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound, Refused, Unavailable


def decided(process, *args, **kwargs):
    return json.loads(process.decide_now(application(*args, **kwargs)).body)


def test_an_application_is_decided_with_reasons_in_both_languages(process):
    answer = decided(process, 1, age=17)
    assert answer["outcome"] == "decline"
    assert answer["reasons"] == [{"code": "TOO_YOUNG", "en": "a reason", "zh": "原因"}]
    assert "limit_minor" not in answer


def test_an_approval_carries_its_limit_and_the_release_that_gave_it(process):
    answer = decided(process, 1, amount_minor=12_345)
    assert (answer["outcome"], answer["limit_minor"], answer["release"]) == ("approve", 12_345, process.live.digest)


def test_the_event_itself_counts_in_its_own_features(process):
    outcomes = [decided(process, number)["outcome"] for number in range(5)]
    assert outcomes == ["approve", "approve", "approve", "decline", "decline"]


def test_a_missing_fact_leads_where_the_policy_says(process):
    document = application(1)
    del document["values"]["age"]
    answer = json.loads(process.decide_now(document).body)
    assert (answer["outcome"], answer["reasons"][0]["code"]) == ("review", "INFORMATION_MISSING")


def test_the_same_event_again_gets_the_same_bytes_and_is_not_counted_twice(process):
    first = process.decide_now(application(1))
    again = process.decide_now(application(1))
    assert (again.body, again.duplicate) == (first.body, True)
    assert process.features_of("device", "d1", at=process._clock.now())["device_applications_1d"] == 0
    assert decided(process, 2)["outcome"] == "approve"
    assert process.archive.explain("app-2")["inputs"]["device_applications_1d"]["value"] == 2


def test_the_same_id_with_other_content_is_a_conflict_and_changes_nothing(process):
    process.decide_now(application(1))
    with pytest.raises(Conflict) as refused:
        process.decide_now(application(1, amount_minor=9))
    assert refused.value.code == "event_conflict"
    assert process.journal.count == process.state.seq


def test_bad_input_is_refused_before_anything_moves(process):
    before = process.state.seq
    with pytest.raises(InvalidInput) as refused:
        process.decide_now(application(1, amount_minor="much"))
    assert refused.value.field == "values.amount_minor"
    assert process.state.seq == before


def test_an_event_can_be_recorded_without_a_decision_and_then_not_decided(process):
    answer = process.record_now(application(1))
    assert json.loads(answer.body) == {"event_id": "app-1", "status": "recorded"}
    with pytest.raises(Conflict) as refused:
        process.decide_now(application(1))
    assert refused.value.code == "recorded_undecided"


def test_a_member_added_to_a_list_is_declined_at_its_next_event(process):
    assert decided(process, 1)["outcome"] == "approve"
    entry = {"identifier": "d1", "reason": "fraud", "source": "case 7"}
    receipt = process.change_list("blocked_devices", {"add": [entry]}, by="ann")
    assert receipt.added == 1
    assert decided(process, 2)["reasons"][0]["code"] == "BLOCKED"
    process.change_list("blocked_devices", {"remove": [{"identifier": "d1"}]}, by="ann")
    assert decided(process, 3)["outcome"] == "approve"


def test_before_the_first_release_nothing_is_decided(opened):
    with pytest.raises(Unavailable) as refused:
        opened().decide_now(application(1))
    assert refused.value.code == "no_release"


def test_a_release_that_does_not_hold_together_changes_nothing_and_names_every_fault(process):
    live = process.live
    broken = Artefact.of("policy", "application", {
        "event": "application",
        "flow": [
            {"rules": "r", "all": [
                    {"rule": "a", "when": "agee < 18", "then": "decline", "reason": "TOO_YOUNG"},
                    {"rule": "b", "when": "amount_minor > 9", "then": "decline", "reason": "TOO_YUONG"},
                ]},
            {"decide": "end", "then": "approve"},
        ],
    })  # fmt: skip
    with pytest.raises(DefinitionError) as refused:
        go_live(process, broken)
    assert "did you mean 'age'" in str(refused.value)
    assert "did you mean 'TOO_YOUNG'" in str(refused.value)
    assert process.live is live
    assert decided(process, 1)["outcome"] == "approve"


def test_a_policy_whose_own_example_fails_is_not_published(process):
    body = policy().body | {
        "examples": [
            {
                "example": "a child is declined",
                "given": {"person": "p", "age": 30, "amount_minor": 1},
                "expect": {"outcome": "decline"},
            }
        ]
    }
    with pytest.raises(DefinitionError) as refused:
        go_live(process, Artefact.of("policy", "application", body))
    assert refused.value.code == "example_failed"
    assert refused.value.value == "a child is declined"


def test_an_example_without_a_fact_that_is_never_missing_is_told_which(process):
    example = {"example": "half told", "given": {"person": "p", "age": 30}, "expect": {"outcome": "approve"}}
    body = policy().body | {"examples": [example]}
    with pytest.raises(DefinitionError) as refused:
        go_live(process, Artefact.of("policy", "application", body))
    assert "given.amount_minor" in refused.value.detail


def test_an_unreviewed_policy_cannot_go_live(process):
    (pushed,) = process.push([policy(limit=1)], author="ann")
    with pytest.raises(Refused):
        process.release({pushed.key: pushed.digest}, by="ann")


def test_a_new_policy_decides_from_the_next_event_on_and_can_be_rolled_back(process):
    assert [decided(process, number)["outcome"] for number in (1, 2)] == ["approve", "approve"]
    first = process.live.digest
    go_live(process, policy(limit=1))
    assert decided(process, 3)["outcome"] == "decline"
    assert process.roll_back(by="bob") == first
    assert process.live.digest == first


def test_a_new_feature_knows_all_of_the_past(process):
    for number in range(3):
        process.decide_now(application(number))
    body = dict(VELOCITY.body)
    body["features"] = [
        *body["features"],
        {"name": "device_people_7d", "aggregate": "distinct", "field": "person", "window": "7d"},
    ]
    go_live(process, Artefact.of("feature_set", "device_velocity", body))
    assert (
        process.features_of(
            "device", "d1", at=process.live.reader.read(application(9), received_at=process._clock.now()).occurred_at
        )["device_people_7d"]
        == 3
    )


def test_after_a_restart_everything_is_as_it_was(process, opened):
    for number in range(3):
        process.decide_now(application(number))
    process.change_list("blocked_devices", {"add": [{"identifier": "d9", "reason": "r", "source": "s"}]}, by="ann")
    release = process.live.digest
    process.close()
    again = opened()
    assert again.live.digest == release
    assert decided(again, 3)["outcome"] == "decline"
    assert decided(again, 4, device="d9")["reasons"][0]["code"] == "BLOCKED"
    assert again.decide_now(application(1)).duplicate


def test_without_its_snapshot_a_restart_folds_the_journal_to_the_same_state(process, opened, tmp_path):
    for number in range(3):
        process.decide_now(application(number))
    expected = process.state.known.snapshot()
    process.close()
    for snapshot in (tmp_path / "home" / "snapshots").iterdir():
        snapshot.unlink()
    assert opened().state.known.snapshot() == expected


def test_a_damaged_snapshot_is_passed_over(process, opened, tmp_path):
    for number in range(3):
        process.decide_now(application(number))
    process.close()
    (snapshot,) = (tmp_path / "home" / "snapshots").iterdir()
    data = bytearray(snapshot.read_bytes())
    data[-1] ^= 1
    snapshot.write_bytes(data)
    assert decided(opened(), 3)["outcome"] == "decline"


def test_when_a_commit_fails_nobody_is_told_and_the_state_is_folded_anew(process, monkeypatch):
    process.decide_now(application(1))
    store = process.journal._store
    append = store.append
    monkeypatch.setattr(store, "append", lambda _rows: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(Unavailable):
        process.decide_now(application(2))
    monkeypatch.setattr(store, "append", append)
    answer = process.decide_now(application(2))
    assert not answer.duplicate
    assert process.archive.explain("app-2")["inputs"]["device_applications_1d"]["value"] == 2
    assert process.journal.count == process.state.seq


def test_events_recorded_in_bulk_are_counted_once_and_conflicts_are_told(process):
    read = process.live.reader.read
    now = process._clock.now()
    events = [read(application(number), received_at=now) for number in (1, 2, 1)]
    changed = read(application(2, amount_minor=5), received_at=now)
    assert process.record_events([*events, changed]) == ["new", "new", "duplicate", "conflict"]
    assert decided(process, 3)["outcome"] == "approve"
    assert decided(process, 4)["outcome"] == "decline"


def test_an_event_type_without_a_policy_is_refused_with_the_remedy(opened):
    process = opened()
    go_live(process, APPLICATION, VELOCITY)
    with pytest.raises(NotFound) as refused:
        process.decide_now(application(1))
    assert "/v1/events" in refused.value.hint


def test_nothing_personal_stands_readable_in_the_journal_file(opened, tmp_path):
    process = opened()
    go_live(process, *EVERYTHING)
    process.decide_now(application(1, person="Zhang-Wei-4711", device="IMEI-990000862471854", amount_minor=987_654_321))
    process.close()
    stored = b"".join(
        path.read_bytes() for path in (tmp_path / "home").rglob("*") if path.is_file() and "keys" not in path.parts
    )
    for secret in (b"Zhang-Wei-4711", b"990000862471854"):
        assert secret not in stored


def test_watchers_see_every_new_decision_once_and_only_when_it_is_durable(process, monkeypatch):
    seen = []
    stop = process.watch(lambda decided: seen.append(decided.trail.event_id))
    process.decide_now(application(1))
    process.decide_now(application(1))
    append = process.journal._store.append
    monkeypatch.setattr(process.journal._store, "append", lambda _rows: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(Unavailable):
        process.decide_now(application(9))
    monkeypatch.setattr(process.journal._store, "append", append)
    process.journal.reopen()
    stop()
    process.decide_now(application(2))
    assert seen == ["app-1"]
