"""The host: what it refuses, which kernel runs, and a snapshot that is of the moment it was begun."""

import pytest
from graph_runs import KERNELS, name

from tandem.kernel.errors import IntegrityError, InvalidInput, Unavailable
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import DAY, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.graph import OnlineGraph, compile_graph, kernels, parse_graph

APPLICATION = EventType(
    name=EventTypeName("application"),
    fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", "device")),
)
PLAN = compile_graph(
    parse_graph(
        {"name": "network", "member": "person", "events": ["application"], "links": [{"identifier": "device"}]}
    ),
    {APPLICATION.name: APPLICATION},
)


def event(at=DAY, **entities):
    return Event(
        event_id=EventId("e"),
        event_type=APPLICATION.name,
        occurred_at=Micros(at),
        received_at=Micros(at),
        values=dict(entities),
        entities=entities,
        subject=None,
        digest=Digest("0" * 64),
        clear=b"",
        secret=None,
        entity_kinds={},
    )


@pytest.mark.parametrize("compiled", KERNELS)
def test_what_the_event_reader_lets_none_through_is_refused_and_not_counted(compiled):
    host = OnlineGraph(PLAN, compiled=compiled)
    host.observe(event(person=name("a"), device=name("x")), 1)
    before = host.snapshot()
    for wrong in (event(person="Ann"), event(person=name("a"), device="x"), event(at=2**62, person=name("a"))):
        with pytest.raises(InvalidInput) as caught:
            host.observe(wrong, 2)
        assert (caught.value.code, caught.value.field) == ("invalid_event", "application")
    assert host.snapshot() == before
    with pytest.raises(IntegrityError):
        host.observe(event(person=name("b")), 1)


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_snapshot_is_of_the_moment_it_was_begun(compiled):
    host = OnlineGraph(PLAN, compiled=compiled)
    for seq in range(1, 50):
        host.observe(event(person=name(f"m{seq % 7}"), device=name(f"d{seq % 5}")), seq)
    whole, begun = host.snapshot(), host.taken()
    for seq in range(50, 99):
        host.observe(event(person=name(f"m{seq % 9}"), device=name(f"d{seq % 4}")), seq)
    assert begun() == whole != host.snapshot()
    assert OnlineGraph.restore(PLAN, whole, compiled=compiled).last_seq == 49


def test_a_kernel_that_was_not_built_is_missed_only_where_it_is_demanded(monkeypatch):
    monkeypatch.setattr(kernels, "COMPILED", False)
    assert not OnlineGraph(PLAN).is_compiled
    with pytest.raises(Unavailable):
        OnlineGraph(PLAN, compiled=True)
    with pytest.raises(Unavailable):
        OnlineGraph.restore(PLAN, OnlineGraph(PLAN).snapshot(), compiled=True)


@pytest.mark.parametrize("compiled", KERNELS)
def test_a_component_is_whoever_hangs_together_and_the_same_right_before_the_event_and_right_after(compiled):
    host = OnlineGraph(PLAN, compiled=compiled)
    links = [("a", "x"), ("b", "x"), ("b", "y"), ("c", "y"), ("d", "z")]
    for seq, (person, device) in enumerate(links, 1):
        host.observe(event(person=name(person), device=name(device)), seq)
    joins = event(person=name("e"), device=name("y"))
    before = host.component(joins)
    host.observe(joins, 10)
    assert host.component(joins) == before
    assert before[0] == name("e")
    assert set(before) == {name(one) for one in "eabc"}
    assert host.component(event(device=name("x"))) == (), "nobody is named"


@pytest.mark.parametrize("compiled", KERNELS)
def test_dead_links_and_crowds_join_nobody(compiled):
    host = OnlineGraph(PLAN, compiled=compiled)
    host.observe(event(person=name("a"), device=name("x")), 1)
    life = PLAN.graph.links[0].life
    assert host.component(event(at=DAY + life, person=name("b"), device=name("x"))) == (name("b"),)
    for number in range(PLAN.graph.links[0].hub):
        host.observe(event(person=name(f"m{number}"), device=name("busy")), number + 2)
    assert host.component(event(person=name("b"), device=name("busy"))) == (name("b"),)
