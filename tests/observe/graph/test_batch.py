"""The batch host gives each row what the online host gave when the event arrived."""

from __future__ import annotations

import random

import pyarrow as pa
import pytest

from tandem.kernel.errors import InvalidInput
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym, Sequence
from tandem.kernel.time import DAY, HOUR, Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.graph import OnlineGraph, compile_graph, compute_graph, parse_graph

APPLICATION, VERDICT = EventTypeName("application"), EventTypeName("verdict")
KINDS = ("device", "phone")
TYPES = {
    APPLICATION: EventType(
        name=APPLICATION,
        fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", *KINDS)),
    ),
    VERDICT: EventType(
        name=VERDICT,
        fields=(
            EventField(name="person", type=SqlType.TEXT, entity=EntityKind("person")),
            EventField(name="found_at", type=SqlType.TIMESTAMP),
            EventField(name="fraud", type=SqlType.BOOLEAN),
        ),
    ),
}
PLAN = compile_graph(
    parse_graph(
        {
            "name": "network",
            "member": "person",
            "events": ["application"],
            "links": [{"identifier": "device", "expires_after": "3d", "hub": 4}, {"identifier": "phone"}],
            "marks": [{"event": "verdict", "when": "fraud AND found_at > TIMESTAMP '2023-01-01 00:00:00'"}],
        }
    ),
    TYPES,
)
START = 1_700_000_000_000_000


def rows(count, seed):
    """Applications and verdicts, some late, some naming nothing, in the order of the journal."""
    rng = random.Random(seed)
    for number in range(count):
        at = START + number * HOUR - rng.choice([0, 0, 0, 5 * HOUR, 2 * DAY])
        who = {"person": f"{rng.randrange(12):032x}"}
        if rng.random() < 0.2:
            verdict = {"fraud": rng.choice([True, False, None]), "found_at": at}
            yield {**who, **verdict, "event_type": "verdict", "occurred_at": at, "seq": 3 * number + 1}
            continue
        used = {kind: rng.choice([None, *(f"{100 * place + one:032x}" for one in range(6))]) for place, kind in enumerate(KINDS, 1)}  # fmt: skip
        yield {**who, **used, "event_type": "application", "occurred_at": at, "seq": 3 * number + 1}


def table(events):
    schema = pa.schema(
        [
            ("seq", pa.int64()),
            ("event_id", pa.string()),
            ("event_type", pa.string()),
            ("occurred_at", pa.timestamp("us")),
            ("person", pa.string()),
            ("device", pa.string()),
            ("phone", pa.string()),
            ("fraud", pa.bool_()),
            ("found_at", pa.timestamp("us")),
        ]
    )
    return pa.Table.from_pylist([{**one, "event_id": str(one["seq"])} for one in events], schema=schema)


def online(events):
    host = OnlineGraph(PLAN)
    for one in events:
        fields = TYPES[one["event_type"]].fields
        event = Event(
            event_id=EventId(str(one["seq"])),
            event_type=one["event_type"],
            occurred_at=Micros(one["occurred_at"]),
            received_at=Micros(one["occurred_at"]),
            values={field.name: one.get(field.name) for field in fields},
            entities={field.name: Pseudonym(one[field.name]) for field in fields if field.entity and one.get(field.name)},
            subject=None,
            digest=Digest("0" * 64),
            clear=b"",
            secret=None,
            entity_kinds={},
        )  # fmt: skip
        yield [one["seq"], *host.observe(event, Sequence(one["seq"]))]


@pytest.mark.parametrize("seed", range(5))
def test_a_table_gives_what_the_events_gave_one_by_one(seed):
    events = list(rows(400, seed))
    found = compute_graph(PLAN, table(events))
    assert found.column_names == ["seq", *PLAN.names]
    assert [list(row.values()) for row in found.to_pylist()] == list(online(events))
    assert any(row["network_neighbours_bad"] for row in found.to_pylist())


def test_rows_may_come_in_any_order_and_keep_it():
    events = list(rows(300, 9))
    expected = {row[0]: row for row in online(events)}
    random.Random(1).shuffle(events)
    found = [list(row.values()) for row in compute_graph(PLAN, table(events)).to_pylist()]
    assert found == [expected[one["seq"]] for one in events]


def test_a_table_without_events_has_the_columns():
    assert compute_graph(PLAN, table([])).num_rows == 0


def test_events_of_other_types_stand_by_and_need_no_columns():
    other = pa.table(
        {
            "seq": [2],
            "event_id": ["a"],
            "event_type": ["statement"],
            "occurred_at": pa.array([START], pa.timestamp("us")),
        }
    )
    assert compute_graph(PLAN, other).to_pylist() == [{"seq": 2, **dict.fromkeys(PLAN.names)}]
    events = list(rows(50, 3))
    alone = compute_graph(PLAN, table(events))
    beside = compute_graph(PLAN, pa.concat_tables([table(events), other], promote_options="default"))
    assert beside.slice(0, 50) == alone


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        (lambda one: one.drop_columns(["phone"]), "missing_column", "phone"),
        (lambda one: one.drop_columns(["found_at"]), "missing_column", "found_at"),
        (lambda one: pa.concat_tables([one, one]), "duplicate_seq", "seq"),
        (lambda one: one.set_column(0, "seq", pa.array(["x"] * len(one))), "wrong_type", "seq"),
        (lambda one: one.set_column(3, "occurred_at", pa.nulls(len(one), pa.timestamp("us"))), "null", "occurred_at"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_column(change, code, field):
    with pytest.raises(InvalidInput) as refused:
        compute_graph(PLAN, change(table(list(rows(20, 1)))))
    assert (refused.value.code, refused.value.field) == (code, field)
