"""A graph network decides: its parts are known of an event, recorded with the decision, and the same after whatever happened."""

from __future__ import annotations

import json

import msgspec
import pytest
from drawn_networks import drawn
from small_workspace import (
    APPLICATION,
    BLOCKED,
    NETWORK,
    REASONS,
    START,
    VELOCITY,
    VERDICT,
    application,
    go_live,
    policy,
    verdict,
)
from small_workspace_network import INPUTS, PARTS, network, scored

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.movable import movable_fields
from tandem.decide.decisions.records import personal_of
from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError, IntegrityError
from tandem.kernel.time import Micros
from tandem.observe.graph import Mark

BASE = (APPLICATION, VERDICT, VELOCITY, BLOCKED, REASONS, NETWORK)
EVERYTHING = (*BASE, network(), scored())


def margin_of(process, number, **values):
    (score,) = json.loads(process.decide_now(application(number, **values)).body)["scores"].values()
    return score["margin"]


def recorded(process, number):
    record = next(one for one in process.journal.read(kinds=["decision"]) if f'"app-{number}"'.encode() in one.clear)
    return personal_of(record, process.journal).inputs


def foreseen(process, number, **values):
    """The event that would come, and what would be known of it."""
    event = process.live.reader.read(application(number, **values), received_at=Micros(START))
    return event, dict(zip(process.state.known.plan.names, process.state.known.peek(event), strict=True))


def lived(process, start=0, end=30):
    """Some applications that share devices, and verdicts between them."""
    for number in range(start, end):
        asked = {"person": f"p{number % 11}", "device": f"d{number % 4}", "amount_minor": 100 * number}
        process.decide_now(application(number, **asked))
        if number % 7 == 3:
            process.record_now(verdict(number, f"p{number % 5}", fraud=number % 2 == 0))


def test_a_policy_calls_it_like_any_model_and_the_decision_records_its_parts(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    margins = [margin_of(process, number, person=f"p{number}", device="d") for number in (1, 2, 3)]
    assert len(set(margins)) == 3
    assert process.state.known.plan.names[-2:] == PARTS
    for number, margin in enumerate(margins, 1):
        parts = [recorded(process, number)[name] for name in PARTS]
        assert parts[0] + parts[1] == margin
    assert [recorded(process, number)["ring_device"] != 0.0 for number in (1, 2, 3)] == [False, True, True]
    assert process.archive.replay("app-2").same
    assert all(one.same for one in process.archive.replay_all())


def test_whom_it_thinks_ill_of_is_declined_with_words(reopen):
    process = reopen()
    harsh = msgspec.structs.replace(drawn(1).head, weights=((0.0,) * 18,), bias=(9.0,))
    go_live(process, *BASE, network(head=harsh), scored())
    answer = json.loads(process.decide_now(application(1)).body)
    assert (answer["outcome"], answer["reasons"][0]["code"]) == ("decline", "MASS_APPLICATION")


def test_a_verdict_on_a_neighbour_acts_on_the_next_event_and_not_before_it_is_told(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)

    def part():
        return foreseen(process, 9, person="p9", device="d")[1]["ring_device"]

    assert part() == 0.0
    process.decide_now(application(1, person="p1", device="d"))
    before = part()
    process.record_now(verdict(1, "somebody else"))
    assert part() == before != 0.0
    process.record_now(verdict(2, "p1"))
    bad = part()
    process.record_now(verdict(3, "p1", fraud=False))
    assert len({before, bad, part()}) == 3
    # What was told is of the member: a later row of theirs is read with it at once.
    process.record_now(verdict(4, "p2"))
    process.decide_now(application(2, person="p2", device="e"))
    known = process.state.known.networks[0].network.gather([foreseen(process, 9, device="e")[0].entities["device"]])
    assert [is_bad for _, is_bad, _ in known[0]] == [True]


def test_who_of_the_neighbours_moved_it_can_be_asked_for(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    for number in (1, 2):
        process.decide_now(application(number, person=f"p{number}", device="d"))
    _, known = foreseen(process, 9, person="p9", device="d")
    before = process.state.known.snapshot()
    effects = process.neighbours_of(application(9, person="p9", device="d"))["ring"]
    assert process.state.known.snapshot() == before
    assert process.neighbours_of(verdict(1, "p1")) == {}
    people = {process.vault.pseudonym("person", f"p{number}") for number in (1, 2)}
    assert {one.key for one in effects if one.key} == people
    (whole,) = (one.log_odds for one in effects if one.key is None)
    assert whole == pytest.approx(known["ring_device"], abs=1e-5)


def test_after_a_crash_from_a_snapshot_or_from_nothing_it_is_the_same(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    lived(process)
    process.snapshot()
    lived(process, 30, 40)
    before = process.state.known.snapshot()
    assert reopen().state.known.snapshot() == before
    assert reopen(forgets_snapshots=True, compiled="no").state.known.snapshot() == before
    again = reopen()
    lived(again, 40, 50)
    assert all(one.same for one in again.archive.replay_all(compiled=False))


def test_a_snapshot_from_before_there_were_networks_is_still_taken(reopen):
    process = reopen()
    go_live(process, *BASE, policy())
    lived(process)
    kept = process.state.known.snapshot()
    features, graphs, networks, circles = msgspec.msgpack.decode(kept)
    assert networks == circles == []
    earlier = msgspec.msgpack.encode([features, graphs])
    assert OnlineKnown.restore(process.live.known, earlier).snapshot() == kept
    with pytest.raises(IntegrityError):
        OnlineKnown.restore(process.live.known, msgspec.msgpack.encode([features, graphs, [b"a network"]]))


def test_a_network_that_joins_late_knows_what_was_recorded_before(reopen):
    process = reopen()
    go_live(process, *BASE, policy())
    for number in (1, 2):
        process.decide_now(application(number, person=f"p{number}", device="d"))
    go_live(process, network(), scored())
    assert foreseen(process, 3, person="p3", device="d")[1]["ring_device"] != 0.0
    assert foreseen(process, 3, person="p3", device="other")[1]["ring_device"] == 0.0


@pytest.mark.parametrize(
    ("changes", "code", "value"),
    [
        ({"inputs": (*INPUTS[:-1], "network_neighbours_bat")}, "unknown_input", "network_neighbours_bat"),
        ({"inputs": (*INPUTS[:-1], "device")}, "wrong_type", "device"),
        ({"links": drawn(kinds=("devise",)).links}, "unknown_entity", "devise"),
        ({"event": "aplication"}, "unknown_event_type", "aplication"),
        ({"member": "merchant"}, "unknown_entity", "application"),
        ({"marks": (Mark(event="verdict", when="frod"),)}, "unknown_column", "frod"),
    ],
)
def test_a_network_that_does_not_fit_the_release_is_refused_with_what_would(reopen, changes, code, value):
    process = reopen()
    with pytest.raises(DefinitionError) as refused:
        go_live(process, *BASE, network(**changes), policy())
    assert (refused.value.code, refused.value.value) == (code, value)
    assert refused.value.hint
    assert "model/ring" in str(refused.value)


def test_a_policy_on_other_events_cannot_call_it(reopen):
    process = reopen()
    asked = {"model": "ring", "uses": "ring", "margin": "bad_margin"}
    other = Artefact.of(
        "policy",
        "verdict",
        {"event": "verdict", "when_missing": "review", "flow": [asked, {"decide": "end", "then": "approve"}]},
    )
    with pytest.raises(DefinitionError) as refused:
        go_live(process, *EVERYTHING, other)
    assert (refused.value.code, refused.value.value) == ("other_event_type", "ring")
    assert "application" in refused.value.hint


def test_two_networks_of_one_name_are_refused(reopen):
    process = reopen()
    twin = Artefact.of("model", "other", network(seed=5).body)
    with pytest.raises(DefinitionError) as refused:
        go_live(process, *EVERYTHING, twin)
    assert {one.code for one in refused.value.errors} == {"duplicate_feature"}


def test_it_is_bound_to_the_definitions_of_what_it_reads_and_so_is_who_reads_its_parts(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    known = process.live.known
    digest = known.digest_of(INPUTS)
    bound = msgspec.structs.replace(drawn().metadata, name="ring", features_digest=digest)
    go_live(process, network(metadata=bound))
    assert process.live.models["ring"].features_digest == digest
    with pytest.raises(DefinitionError) as refused:
        go_live(process, network(metadata=msgspec.structs.replace(bound, features_digest="0" * 64)))
    assert refused.value.code == "features_differ"
    # Another network is another definition of its parts, and its name or its words are none.
    assert known.digest_of(PARTS) == process.live.known.digest_of(PARTS)
    go_live(process, network(seed=5))
    assert known.digest_of(PARTS) != process.live.known.digest_of(PARTS)
    assert known.digest_of(INPUTS) == process.live.known.digest_of(INPUTS)


def test_what_its_columns_mean_is_told_and_which_events_have_them(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    known, types = process.live.known, process.live.reader.event_types
    assert "device" in known.describe("ring_device")
    assert "网络" in known.describe("ring_own", "zh")
    assert known.entity("ring_device") == ("person",)
    assert set(PARTS) <= set(known.names_for(types["application"]))
    assert not set(PARTS) & set(known.names_for(types["verdict"]))


def test_an_erasure_leaves_what_a_network_can_still_make_of_it(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    lived(process)
    process.journal.erase(process.vault.pseudonym("person", "p3")).wait()
    rebuilt = reopen(forgets_snapshots=True)
    assert len(rebuilt.state.known.networks[0].network) == len(process.state.known.networks[0].network)
    margin_of(rebuilt, 99, person="p99", device="d1")
    assert rebuilt.archive.replay("app-99").same
    assert {one.erased for one in rebuilt.archive.replay_all()} == {True, False}


def test_what_a_network_read_is_held_still_where_one_asks_what_would_have_helped(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    process.decide_now(application(1, age=12))
    looked_at = process.live.policies["application"].columns
    event, known = foreseen(process, 2)
    movable, held = movable_fields(
        process.live.reader.event_types["application"],
        looked_at,
        process.live.plan,
        {**event.values, **known},
        process.live.known.networks,
    )
    assert {one.field for one in movable}.isdisjoint({"age", "amount_minor"})
    assert {one.field: one.because for one in held}["age"] == "protected"
