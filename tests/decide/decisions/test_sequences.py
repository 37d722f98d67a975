"""A recurrent network decides: its parts are known of an event, recorded, and the same after a crash or a late start."""

from __future__ import annotations

import json

import msgspec
import pytest
from drawn_recurrent import drawn_gru
from small_workspace import (
    APPLICATION,
    BLOCKED,
    NETWORK,
    REASONS,
    VELOCITY,
    VERDICT,
    application,
    go_live,
    policy,
)
from small_workspace_network import network

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.records import personal_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, IntegrityError

BASE = (APPLICATION, VERDICT, VELOCITY, BLOCKED, REASONS, NETWORK)
VALUES = ("amount_minor", "age", "device_applications_1d")
PARTS = ("habit_own", "habit_history")


def recurrent(seed: int = 4, **changes: object) -> Artefact:
    """Over two fields and a feature; the history is a device's."""
    given = {"numbers": VALUES, "texts": (), "event": "application", "member": "device", **changes}
    document = msgspec.structs.replace(
        drawn_gru(seed, **given), reason="MASS_APPLICATION", history_reason="MASS_APPLICATION"
    )
    return Artefact.of("model", "habit", msgspec.to_builtins(document))


def scored() -> Artefact:
    body = policy().body
    rule = {"rule": "habit", "when": "bad_margin > 90", "then": "decline", "reason": "MASS_APPLICATION"}
    asked = {"model": "habit", "uses": "habit", "margin": "bad_margin"}
    flow = [*body["flow"][:2], asked, {"rules": "scored", "all": [rule]}, body["flow"][2]]
    return Artefact.of("policy", "application", {**body, "flow": flow})


EVERYTHING = (*BASE, recurrent(), scored())


def lived(process, start=0, end=30):
    for number in range(start, end):
        process.decide_now(
            application(number, person=f"p{number % 11}", device=f"d{number % 4}", amount_minor=100 * number)
        )


def parts_of(process, number):
    record = next(one for one in process.journal.read(kinds=["decision"]) if f'"app-{number}"'.encode() in one.clear)
    return [personal_of(record, process.journal).inputs[name] for name in PARTS]


def test_a_policy_calls_it_and_the_decision_records_its_parts_and_replays(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    for number, device in enumerate(("d", "d", "e", "d"), 1):
        (score,) = json.loads(process.decide_now(application(number, device=device)).body)["scores"].values()
        own, history = parts_of(process, number)
        assert own + history == score["margin"]
        assert (history != 0.0) == (number in {2, 4})
    assert all(one.same for one in process.archive.replay_all())
    assert process.state.known.plan.names[-2:] == PARTS


def test_after_a_crash_from_a_snapshot_or_from_nothing_it_is_the_same(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    lived(process)
    process.snapshot()
    lived(process, 30, 40)
    before = process.state.known.snapshot()
    assert reopen().state.known.snapshot() == before
    assert reopen(forgets_snapshots=True).state.known.snapshot() == before
    again = reopen()
    lived(again, 40, 50)
    assert all(one.same for one in again.archive.replay_all())


def test_one_that_joins_late_knows_what_was_recorded_before(reopen):
    process = reopen()
    go_live(process, *BASE, policy())
    lived(process, 0, 8)
    go_live(process, recurrent(), scored())
    lived(process, 8, 9)
    late = parts_of(process, 8)
    fresh = reopen(forgets_snapshots=True)
    assert late[1] != 0.0
    assert fresh.state.known.snapshot() == process.state.known.snapshot()


def test_it_stands_beside_a_graph_network_and_each_goes_on_from_its_own_state(reopen):
    process = reopen()
    go_live(process, *BASE, network(), recurrent(), scored())
    lived(process, 0, 12)
    known = process.state.known
    assert known.plan.names[-4:] == (*PARTS, "ring_own", "ring_device")
    kept = known.snapshot()
    assert OnlineKnown.restore(known.plan, kept).snapshot() == kept
    features, graphs, (habit, ring), circles = msgspec.msgpack.decode(kept)
    with pytest.raises(IntegrityError):
        OnlineKnown.restore(known.plan, msgspec.msgpack.encode([features, graphs, [ring, habit], circles]))
    assert set(process.neighbours_of(application(99, person="p3", device="d1"))) == {"ring"}


@pytest.mark.parametrize(
    ("changes", "code", "value"),
    [
        ({"numbers": ("amount_minor", "aeg")}, "unknown_input", "aeg"),
        ({"event": "aplication"}, "unknown_event_type", "aplication"),
        ({"member": "card"}, "unknown_entity", "application"),
    ],
)
def test_one_that_does_not_fit_the_release_is_refused_with_where(reopen, changes, code, value):
    process = reopen()
    with pytest.raises(DefinitionError) as caught:
        go_live(process, *BASE, recurrent(**changes), policy())
    fault = caught.value
    assert (fault.code, fault.value) == (code, value)
    assert fault.at.startswith("model/habit")


def test_a_policy_on_other_events_cannot_call_it(reopen):
    process = reopen()
    marked = {"event": "verdict", "numbers": ("fraud",), "texts": (), "member": "person"}
    with pytest.raises(DefinitionError) as caught:
        go_live(process, *BASE, recurrent(**marked), scored())
    assert caught.value.code == "other_event_type"


def test_what_its_columns_mean_is_told_in_both_languages_and_whose_they_are(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    known, types = process.live.known, process.live.reader.event_types
    assert "same device" in known.describe("habit_history")
    assert "同一 device" in known.describe("habit_history", "zh")
    assert known.entity("habit_own") == ("device",)
    assert set(PARTS) <= set(known.names_for(types["application"]))
    assert not set(PARTS) & set(known.names_for(types["verdict"]))


def test_what_it_read_is_part_of_its_plan_and_its_words_are_not(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    before = process.live.known.digest
    body = recurrent().body
    renamed = Artefact.of("model", "habit", body | {"metadata": body["metadata"] | {"note": "words"}})
    go_live(process, renamed)
    assert process.live.known.digest == before
    go_live(process, recurrent(seed=5))
    assert process.live.known.digest != before
