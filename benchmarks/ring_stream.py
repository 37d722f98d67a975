"""A simulated world as the graph sees it: every application's columns as of it, and its outcome seven days later.

The applications and their outcomes are run through ``observe.graph`` in the order of time, outcomes when they become known,
so that no column knows what nobody did. A LightGBM is fitted on what was known at 60 % of the time, and scores everything
after that; its columns are the graph's and what stands in the application.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import lightgbm
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.ring_worlds import RingWorld
from tandem.act.rings import BAD, GOOD, NOBODY_KNOWS, Sightings, sightings_of
from tandem.act.rings.sightings import Floats, Ints
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.graph import GraphPlan, OnlineGraph, compile_graph, parse_graph

__all__ = ["KINDS", "Scored", "World", "known_at", "plan", "scored", "sightings", "stream"]

KINDS: Final = ("device", "phone", "address", "contact", "card", "ip")
_APPLICATION, _OUTCOME = EventTypeName("checkout_application"), EventTypeName("checkout_outcome")
_TYPES: Final = {
    _APPLICATION: EventType(
        name=_APPLICATION,
        fields=tuple(EventField(name=kind, type=SqlType.TEXT, entity=EntityKind(kind)) for kind in ("person", *KINDS)),
    ),
    _OUTCOME: EventType(
        name=_OUTCOME,
        fields=(
            EventField(name="person", type=SqlType.TEXT, entity=EntityKind("person")),
            EventField(name="fraud", type=SqlType.BOOLEAN),
        ),
    ),
}
_GRAPH: Final = {  # that of examples/lender
    "name": "people",
    "member": "person",
    "events": [_APPLICATION],
    "links": [
        {"identifier": "device", "expires_after": "180d", "hub": 30},
        {"identifier": "phone", "expires_after": "365d", "hub": 10},
        {"identifier": "address", "expires_after": "365d", "hub": 30},
        {"identifier": "contact", "expires_after": "180d", "hub": 30},
        {"identifier": "card", "expires_after": "365d", "hub": 10},
        {"identifier": "ip", "expires_after": "30d", "joins": False, "hub": 200},
    ],
    "marks": [{"event": _OUTCOME, "when": "fraud"}],
}
_NO_DIGEST: Final = Digest("0" * 64)
_TRAIN, _TEST = 0.6, 0.7
_ALARMS: Final = 0.005
"""Share of honest applications that may raise an alarm."""


@dataclass(frozen=True)
class World:
    """The applications of a world, in order of time.

    Attributes:
        columns: what a model reads of each, a row for each; at, label_at: when it came, and when its outcome did.
        ring: number of the ring each is of, 0 for none; fraud: whether it is.
    """

    table: pa.Table
    columns: Floats
    at: Ints
    label_at: Ints
    fraud: Ints
    ring: Ints


@dataclass(frozen=True)
class Scored:
    """A world with scores: NaN up to ``train_end``. ``alarm`` is the score from which on an application raises an alarm."""

    world: World
    score: Floats
    train_end: int
    test_start: int
    end: int
    alarm: float


def plan() -> GraphPlan:
    """Of the graph of people."""
    return compile_graph(parse_graph(_GRAPH), _TYPES)


def stream(one: RingWorld) -> World:
    """``one``, seen by the graph."""
    table = _with_pseudonyms(one.applications())
    graph = OnlineGraph(plan())
    at = table["occurred_at"].cast(pa.int64()).to_numpy()
    label_at = table["label_at"].cast(pa.int64()).to_numpy()
    fraud = table["fraud"].to_numpy().astype(np.int64)
    entities = [table[kind].to_pylist() for kind in ("person", *KINDS)]
    rows = np.empty((len(at), len(graph.plan.names)), dtype=np.float32)
    order = np.argsort(np.concatenate([at, label_at]), kind="stable")
    end = int(at.max())
    for seq, place in enumerate(order.tolist(), 1):
        index = place % len(at)
        if place < len(at):
            named = zip(("person", *KINDS), (column[index] for column in entities), strict=True)
            known = {name: Pseudonym(value) for name, value in named if value is not None}
            rows[index] = graph.observe(_event(_APPLICATION, seq, at[index], known, {}), Number(seq))
        elif label_at[index] <= end:
            who = {"person": Pseudonym(entities[0][index])}
            graph.observe(_event(_OUTCOME, seq, label_at[index], who, {"fraud": bool(fraud[index])}), Number(seq))
    told = np.stack(
        [
            *(
                table[name].to_numpy()
                for name in ("amount_minor", "coupon_minor", "term_months", "age", "income_minor")
            ),
            (at // 3_600_000_000) % 24,
        ],
        axis=1,
    )
    rings = table["ring"].to_pylist()
    numbers = {name: number for number, name in enumerate(sorted({*rings, ""}))}
    ring = np.array([numbers[name] for name in rings], dtype=np.int64)
    return World(table, np.hstack([rows, told.astype(np.float32)]), at, label_at, fraud, ring)


def scored(world: World) -> Scored:
    """``world`` with the scores of a model that was fitted on what was known at 60 % of the time."""
    start, end = int(world.at.min()), int(world.at.max())
    train_end, test_start = (int(start + share * (end - start)) for share in (_TRAIN, _TEST))
    booster = _fit(world, np.flatnonzero(world.label_at <= train_end))
    # Honest applications that the model was not fitted on and whose outcome arrived before the test begins.
    held = (world.label_at > train_end) & (world.label_at <= test_start) & (world.fraud == 0)
    alarm = float(np.quantile(booster.predict(world.columns[held]), 1 - _ALARMS))
    score = np.full(len(world.at), np.nan)
    later = np.flatnonzero(world.at > train_end)
    score[later] = booster.predict(world.columns[later])
    return Scored(world, score, train_end, test_start, end, alarm)


def known_at(one: Scored, whole: Sightings, until: int) -> Sightings:
    """What was known at ``until`` of the ``whole`` world: applications up to it, and outcomes that had arrived."""
    world = one.world
    rows = int(np.searchsorted(world.at, until, side="right"))
    known, told = np.full(len(whole.members), NOBODY_KNOWS, dtype=np.int8), np.zeros(len(whole.members), dtype=np.int64)
    arrived = np.flatnonzero(world.label_at <= until)
    known[whole.member[arrived]] = np.where(world.fraud[arrived] == 1, BAD, GOOD)
    told[whole.member[arrived]] = world.label_at[arrived]
    return replace(
        whole,
        member=whole.member[:rows],
        at=whole.at[:rows],
        seq=whole.seq[:rows],
        event_ids=whole.event_ids[:rows],
        named=whole.named[:rows],
        heat=whole.heat[:rows],
        amount=whole.amount[:rows],
        outcome=whole.outcome[:rows],
        known=known,
        told=told,
    )


def sightings(one: Scored, plan_: GraphPlan) -> Sightings:
    """All applications of a world, with the scores of those after training; nothing is known yet of how they end."""
    world = one.world
    rows, table = len(world.at), world.table
    columns = list(range(len(KINDS)))
    applied = pa.table(
        {
            "seq": pa.array(world.at[:rows]),
            "event_id": table["event_id"],
            "at": pa.array(world.at[:rows]),
            "member": table["person"],
            **{f"id_{place}": table[kind] for place, kind in enumerate(KINDS)},
            "amount": table["amount_minor"],
            "outcome": pa.nulls(rows, pa.string()),
            "heat": pa.array(one.score[:rows], from_pandas=True),
        }
    )
    return sightings_of(plan_, columns, applied, None)


def _with_pseudonyms(table: pa.Table) -> pa.Table:
    """Identifiers (two letters and eight hexadecimal digits) as pseudonyms look."""
    for kind in ("person", *KINDS):
        digits = pc.utf8_slice_codeunits(table[kind], 2)
        text = pc.binary_join_element_wise(kind[:2].encode().hex(), digits, "0" * 20, "")
        table = table.set_column(table.column_names.index(kind), kind, text)
    return table


def _fit(world: World, rows: Ints) -> lightgbm.Booster:
    settings = {
        "objective": "binary",
        "learning_rate": 0.05,
        "num_leaves": 31,
        "min_data_in_leaf": 40,
        "feature_fraction": 0.7,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "seed": 1,
        "num_threads": 1,
        "verbosity": -1,
        "deterministic": True,
    }
    data = lightgbm.Dataset(world.columns[rows], label=world.fraud[rows])
    return lightgbm.train(settings, data, num_boost_round=150)


def _event(
    event_type: EventTypeName, seq: int, at: int, entities: dict[str, Pseudonym], values: dict[str, bool]
) -> Event:
    return Event(
        event_id=EventId(str(seq)),
        event_type=event_type,
        occurred_at=Micros(int(at)),
        received_at=Micros(int(at)),
        values={**entities, **values},
        entities=entities,
        subject=None,
        digest=_NO_DIGEST,
        clear=b"",
        secret=None,
        entity_kinds={},
    )
