"""A network trained on a workspace's own events: offline it reads, row by row, what it will read online."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
import pyarrow as pa
import pytest
from drawn_networks import drawn, names

from tandem.decide.decisions import KnownPlan
from tandem.decide.graphs import OnlineNetwork, compile_network, compute_network
from tandem.decide.models import load_model
from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import MINUTE, Micros
from tandem.kernel.values import SqlType
from tandem.learn.graphs import SageSpec, event_rows, score_rows, train_on_events
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import compile_plan, parse_feature_set
from tandem.observe.graph import Mark, compile_graph, parse_graph

APPLICATION, VERDICT = EventTypeName("application"), EventTypeName("verdict")


def entity(name: str) -> EventField:
    return EventField(name=name, type=SqlType.TEXT, entity=EntityKind(name))


TYPES = {
    APPLICATION: EventType(
        name=APPLICATION,
        fields=(*map(entity, ("person", "device", "phone")), EventField(name="amount_minor", type=SqlType.INTEGER)),
    ),
    VERDICT: EventType(name=VERDICT, fields=(entity("person"), EventField(name="fraud", type=SqlType.BOOLEAN))),
}
VELOCITY = parse_feature_set(
    {
        "name": "velocity",
        "entity": ["device"],
        "events": ["application"],
        "features": [{"name": "device_amount_1h", "aggregate": "mean", "field": "amount_minor", "window": "1h"}],
    }
)
GRAPH = parse_graph(
    {"name": "shared", "member": "person", "events": ["application"], "links": [{"identifier": "device"}]}
)
KNOWN = KnownPlan(compile_plan([VELOCITY], TYPES), [compile_graph(GRAPH, TYPES)])
MARKS = (Mark(event=VERDICT, when="fraud"),)
INPUTS = ("device_amount_1h", "amount_minor", "shared_neighbours", "shared_device_members")
START = 1_790_000_000_000_000


def happened(count: int = 400, seed: int = 3) -> list[Event]:
    """Applications, some of nobody or without a phone, and verdicts, some taken back; who is bad depends on the device."""
    rng = np.random.default_rng(seed)
    people, devices, phones = names(80), names(30, seed=8), names(25, seed=9)
    events = []
    for number in range(count):
        device = int(rng.integers(30))
        named = {"device": devices[device]}
        if rng.random() < 0.95:
            named["person"] = people[(device * 80 // 30 + int(rng.integers(3))) % 80]
        if rng.random() < 0.7:
            named["phone"] = phones[int(rng.integers(25))]
        amount = None if rng.random() < 0.1 else int(rng.integers(100, 9_000))
        events.append(event(APPLICATION, number, named, {"amount_minor": amount}))
        if "person" in named and rng.random() < 0.4:
            fraud = None if rng.random() < 0.1 else bool(device % 4 == 0) ^ bool(rng.random() < 0.05)
            events.append(event(VERDICT, number, {"person": named["person"]}, {"fraud": fraud}))
    return events


def event(event_type, number, named, values):
    at = Micros(START + number * MINUTE)
    return Event(
        event_id=EventId(f"{event_type}-{number}"),
        event_type=event_type,
        occurred_at=at,
        received_at=at,
        values=values | named,
        entities=named,
        subject=None,
        digest=Digest("0" * 64),
        clear=b"",
        secret=None,
        entity_kinds={},
    )


def as_table(events: list[Event]) -> pa.Table:
    fields = ("person", "device", "phone", "amount_minor", "fraud")
    return pa.table(
        {
            "seq": pa.array(range(1, len(events) + 1), pa.int64()),
            "event_id": [one.event_id for one in events],
            "event_type": [one.event_type for one in events],
            "occurred_at": pa.array([one.occurred_at for one in events], pa.timestamp("us")),
            **{
                name: pa.array(
                    [one.values.get(name) for one in events],
                    {"amount_minor": pa.int64(), "fraud": pa.bool_()}.get(name, pa.string()),
                )
                for name in fields
            },
        }
    )


DOCUMENT = drawn(5, kinds=("device", "phone"), inputs=INPUTS, marks=MARKS, width=8)
PLAN = compile_network(DOCUMENT, TYPES, KNOWN.columns)


def online(events: list[Event]) -> list[tuple[Event, list[float | None]]]:
    from tandem.decide.decisions.known import OnlineKnown

    known = OnlineKnown(KnownPlan(KNOWN.features, KNOWN.graphs, [PLAN]))
    return [(one, known.observe(one, seq)[-3:]) for seq, one in enumerate(events, 1)]


def test_in_bulk_every_row_scores_what_it_scores_when_it_happens():
    events = happened()
    rows, values = event_rows(PLAN, KNOWN.of_table(as_table(events)))
    bulk = score_rows(DOCUMENT, rows, values)
    scored = [parts for one, parts in online(events) if "person" in one.entities and one.event_type == APPLICATION]
    assert len(bulk) == len(scored) > 300
    assert np.max(np.abs(bulk - [sum(parts) for parts in scored])) <= 1e-5


def test_over_a_table_the_parts_are_the_parts_online_bit_for_bit():
    events = happened()
    computed = KnownPlan(KNOWN.features, KNOWN.graphs, [PLAN]).of_table(as_table(events))
    assert [list(row) for row in zip(*(computed.column(name).to_pylist() for name in PLAN.names), strict=True)] == [
        parts for _, parts in online(events)
    ]
    shuffled = np.random.default_rng(1).permutation(len(events))
    again = compute_network(PLAN, computed.take(pa.array(shuffled)))
    assert again.column("sage_own").to_pylist() == computed.column("sage_own").take(pa.array(shuffled)).to_pylist()


def test_a_verdict_that_was_not_told_yet_moves_nothing():
    events = happened()
    told = [at for at, one in enumerate(events) if one.event_type == VERDICT]
    for at in (told[len(told) // 3], told[-2]):
        flipped = event(VERDICT, 1_000 + at, events[at].entities, {"fraud": not events[at].values["fraud"]})
        other = [*events[:at], flipped, *events[at + 1 :]]
        assert [parts for _, parts in online(other)][: at + 1] == [parts for _, parts in online(events)][: at + 1]
        before, after = (
            score_rows(DOCUMENT, *event_rows(PLAN, KNOWN.of_table(as_table(one)))) for one in (events, other)
        )
        known = sum(one.event_type == APPLICATION and "person" in one.entities for one in events[:at])
        assert np.array_equal(before[:known], after[:known])


def test_the_outcome_of_a_row_is_what_was_told_last_of_its_member():
    ann, bob, device = names(3)
    events = [
        event(VERDICT, 1, {"person": ann}, {"fraud": False}),
        event(APPLICATION, 2, {"person": ann, "device": device}, {"amount_minor": 5}),
        event(APPLICATION, 3, {"person": bob, "device": device}, {"amount_minor": 5}),
        event(VERDICT, 4, {"person": ann}, {"fraud": True}),
    ]
    rows, values = event_rows(PLAN, KNOWN.of_table(as_table(events)))
    assert (rows.bad[0], np.isnan(rows.bad[1])) == (1.0, True)
    assert values[:, 1].tolist() == [5.0, 5.0]
    assert (rows.told.at.tolist(), rows.told.bad.tolist()) == ([1, 4], [0, 1])


def test_a_workspace_without_events_has_no_rows_and_teaches_nothing():
    rows, values = event_rows(PLAN, KNOWN.of_table(as_table([])))
    assert (rows.count, values.shape) == (0, (0, 4))


def test_a_network_is_trained_for_a_release_in_one_call():
    pytest.importorskip("torch", reason="torch comes with tandem-risk[gnn]")
    spec = SageSpec(
        name="ring", event="application", member="person", marks=MARKS, width=4, slots=2, epochs=40,
        reason="OWN", reasons={"device": "DEVICE", "phone": "PHONE"},
    )  # fmt: skip
    given = (INPUTS, ("device", "phone"), KNOWN, TYPES, as_table(happened()))
    made = train_on_events(spec, *given).document
    model = load_model(made)
    assert model.features_digest == KNOWN.digest_of(INPUTS)
    assert model.reason_codes == ("OWN", "DEVICE", "PHONE")
    compile_network(made, TYPES, KNOWN.columns)
    assert made.metadata.adverse_rows > 0
    with pytest.raises(InvalidInput):
        train_on_events(spec, *given[:-1], as_table([one for one in happened() if one.event_type == APPLICATION]))
    assert msgspec.to_builtins(train_on_events(replace(spec, seed=spec.seed), *given).document) == msgspec.to_builtins(
        made
    )


def test_an_online_host_takes_events_in_the_order_of_the_journal_only():
    host, events = OnlineNetwork(PLAN), happened(3)
    host.observe(events[0], 5, [None] * len(KNOWN.names))
    with pytest.raises(Exception, match="order"):
        host.observe(events[1], 5, [None] * len(KNOWN.names))
