"""A graph decides: who shares a device with whom is known to the policy, acts at once, and is the same after a crash."""

from __future__ import annotations

import pytest
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
    verdict,
)

from tandem.kernel.artefacts import Artefact
from tandem.kernel.errors import DefinitionError

MARKED = Artefact.of("graph", "network", {**NETWORK.body, "marks": [{"event": "verdict", "when": "fraud"}]})


def asking(condition: str) -> Artefact:
    """The small policy, which declines where ``condition`` holds."""
    body = policy().body
    rules = [*body["flow"][1]["all"], {"rule": "ring", "when": condition, "then": "decline", "reason": "MASS_APPLICATION", "when_missing": "skip"}]  # fmt: skip
    flow = [body["flow"][0], {**body["flow"][1], "all": rules}, body["flow"][2]]
    return Artefact.of("policy", "application", {**body, "flow": flow})


RINGS = asking("network_device_members_24h >= 2 OR network_neighbours_bad >= 1")
EVERYTHING = (APPLICATION, VERDICT, VELOCITY, BLOCKED, REASONS, MARKED, RINGS)


def approved(process, number, **values):
    return b'"outcome":"approve"' in process.decide_now(application(number, **values)).body


def test_the_third_person_on_a_device_is_not_the_first(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    assert approved(process, 1, person="p1", device="d")
    assert approved(process, 2, person="p2", device="d")
    assert not approved(process, 3, person="p3", device="d")
    assert approved(process, 4, person="p4", device="other")


def test_a_verdict_acts_on_the_very_next_neighbour_and_is_taken_back(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    assert approved(process, 1, person="p1", device="d")
    process.record_now(verdict(1, "p1"))
    assert not approved(process, 2, person="p2", device="d")
    process.record_now(verdict(2, "p1", fraud=False))
    assert approved(process, 3, person="p2", device="d")


def test_after_a_restart_from_a_snapshot_or_from_nothing_the_network_is_the_same(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    for number in range(30):
        process.decide_now(application(number, person=f"p{number % 11}", device=f"d{number % 4}"))
    process.record_now(verdict(1, "p3"))
    process.snapshot()
    for number in range(30, 40):
        process.decide_now(application(number, person=f"p{number % 7}", device=f"d{number % 5}"))
    before = process.state.known.snapshot()
    assert reopen().state.known.snapshot() == before
    assert reopen(forgets_snapshots=True, compiled="no").state.known.snapshot() == before
    assert all(one.same for one in reopen().archive.replay_all())


def test_a_graph_that_joins_late_knows_what_was_recorded_before(reopen):
    process = reopen()
    go_live(process, *(one for one in EVERYTHING if one not in (MARKED, RINGS)), policy())
    for number in (1, 2):
        assert approved(process, number, person=f"p{number}", device="d")
    go_live(process, MARKED, RINGS)
    assert not approved(process, 3, person="p3", device="d")


def test_a_name_that_two_definitions_give_is_refused(reopen):
    process = reopen()
    twice = Artefact.of(
        "feature_set",
        "clash",
        {
            "entity": ["device"],
            "events": ["application"],
            "features": [{"name": "network_neighbours", "aggregate": "count", "window": "1d"}],
        },
    )
    with pytest.raises(DefinitionError) as caught:
        go_live(process, *EVERYTHING, twice)
    assert caught.value.code == "duplicate_feature"


def test_an_identifier_that_two_fields_name_is_shared_once(reopen):
    process = reopen()
    fields = [*APPLICATION.body["fields"], {"name": "other_device", "type": "text", "entity": "device"}]
    twice = Artefact.of("event_type", "application", {**APPLICATION.body, "fields": fields})
    close = asking("network_neighbours_close >= 1")
    keyed = Artefact.of("feature_set", "device_velocity", {**VELOCITY.body, "keys": {"application": ["device"]}})
    go_live(process, twice, VERDICT, keyed, BLOCKED, REASONS, MARKED, close)
    assert approved(process, 1, person="p1", device="d", other_device="d")
    assert approved(process, 2, person="p2", device="d", other_device="d")
    assert approved(process, 3, person="p3", device="a", other_device="b")
    assert not approved(process, 4, person="p4", device="a", other_device="b")


def test_a_model_knows_the_graph_whose_columns_it_reads_and_no_other(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    before = process.live.known
    hub = {**MARKED.body, "links": [{**link, "hub": 7} for link in MARKED.body["links"]]}
    go_live(process, *(one for one in EVERYTHING if one is not MARKED), Artefact.of("graph", "network", hub))
    after = process.live.known
    of_features = list(before.features.names)
    assert before.digest_of(of_features) == after.digest_of(of_features) == before.features.digest
    of_both = [*of_features, "network_neighbours"]
    assert before.digest_of(of_both) != after.digest_of(of_both)
    assert before.digest_of(["network_neighbours", "amount_minor"]) == before.digest_of(["network_component"])


def test_what_can_be_known_of_an_event_are_the_features_of_whom_it_names_and_the_graphs_it_enters(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    known, types = process.live.known, process.live.reader.event_types
    assert set(known.names_for(types["application"])) == set(known.names)
    assert not [name for name in known.names_for(types["verdict"]) if name.startswith("network_")]


def test_the_graph_tells_of_somebody_what_their_next_event_would_find(reopen):
    process = reopen()
    go_live(process, *EVERYTHING)
    for number, person in enumerate(("p1", "p2", "p3"), 1):
        process.decide_now(application(number, person=person, device="d"))
    process.record_now(verdict(1, "p1"))
    known = process.features_of("person", "p3")
    assert (known["network_device_members"], known["network_neighbours_bad"], known["network_component"]) == (2, 1, 2)
    assert process.features_of("person", "p3") == known
    assert process.features_of("person", "nobody")["network_neighbours"] == 0


def test_an_erasure_leaves_the_links_and_takes_the_marks_made_of_what_it_erased(reopen):
    process = reopen()
    sealed = [dict(one) for one in VERDICT.body["fields"]]
    sealed[1]["data_class"] = "C2"
    secret = Artefact.of("event_type", "verdict", {**VERDICT.body, "fields": sealed})
    go_live(process, *(one for one in EVERYTHING if one is not VERDICT), secret)
    for number in range(12):
        process.decide_now(application(number, person=f"p{number % 5}", device=f"d{number % 3}"))
    for number in (1, 2):
        process.record_now(verdict(number, f"p{number}"))
    people = list(dict.fromkeys(one.subject for one in process.journal.read(kinds=["event"])))
    network = process.state.known.graphs[0].network
    before = {one: (network.standing(one), network.links_of(one)) for one in people}
    erased = process.journal.find("event", "verdict-1").subject
    process.journal.erase(erased).wait()
    assert network.standing(erased).bad_since is not None
    rebuilt = reopen(forgets_snapshots=True).state.known.graphs[0].network
    assert rebuilt.standing(erased).bad_since is None
    after = {one: (rebuilt.standing(one), rebuilt.links_of(one)) for one in people}
    assert after.pop(erased)[1] == before.pop(erased)[1]
    assert after == before
    assert sum(standing.bad_since is not None for standing, _ in after.values()) == 1
