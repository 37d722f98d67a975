"""What an executor does, without an engine: sorted rows cut into whole keys, visitors, refusals."""

from itertools import pairwise

import feature_streams as streams
import numpy as np
import pyarrow as pa
import pytest

from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.observe.features import compile_plan, compute_batch, units_of
from tandem.observe.features.hosts.pieces import HOME, KEY, Shipped, features_of, whole_keys
from tandem.observe.features.units import key_of, part_of

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
EVENTS = streams.make_events(21, 200, keys=5)
TABLE = streams.as_table(EVENTS)


def routed(unit):
    """The rows of a unit as an engine would send them: by key, then seq, with visitors."""
    keys = [key_of(unit, event.event_type, event.values) for event in EVENTS]
    at = {event.event_id: index for index, event in enumerate(EVENTS)}
    rows = [(key.hex(), index, True) for index, key in enumerate(keys) if key is not None]
    for index, event in enumerate(EVENTS):
        target = at.get(event.supersedes)
        if target is not None and keys[target] is not None and keys[target] != keys[index]:
            rows.append((keys[target].hex(), index, False))
    rows.sort()
    names, where, home = zip(*rows, strict=True)
    table = TABLE.take(pa.array(where))
    return table.append_column(KEY, pa.array(names)).append_column(HOME, pa.array(home))


@pytest.mark.parametrize("unit", units_of(PLAN), ids=lambda one: one.name)
@pytest.mark.parametrize("size", [1, 7, 1000])
def test_every_key_apart_gives_what_the_whole_table_gives(unit, size):
    part = part_of(PLAN, unit)
    rows = routed(unit)
    made = pa.Table.from_batches(
        features_of(Shipped.of(part, None).encoded(), rows.to_batches(max_chunksize=size))
    ).sort_by("seq")
    expected = compute_batch(PLAN, TABLE).select(["seq", *unit.features])
    named = expected.filter(pa.array(np.isin(expected.column("seq").to_numpy(), made.column("seq").to_numpy())))
    assert made.num_rows == sum(rows.column(HOME).to_pylist())
    assert made.equals(named)


def test_units_hold_every_feature_once():
    units = units_of(PLAN)
    assert sorted(name for one in units for name in one.features) == sorted(PLAN.names)
    assert sorted(track for one in units for track in one.tracks) == list(range(len(PLAN.tracks)))


def keyed(keys, seqs):
    return pa.table({KEY: keys, "seq": seqs, HOME: [True] * len(keys)})


def test_a_key_is_never_cut():
    rows = keyed(["a", "a", "b", "b", "b", "c"], [1, 2, 1, 5, 9, 3])
    pieces = [piece.column(KEY).to_pylist() for piece in whole_keys(rows.to_batches(max_chunksize=1), rows=2)]
    assert [key for piece in pieces for key in piece] == rows.column(KEY).to_pylist()
    assert all(set(left).isdisjoint(right) for left, right in pairwise(pieces))
    assert len(pieces) > 1


@pytest.mark.parametrize("rows", [keyed(["b", "a"], [1, 2]), keyed(["a", "a"], [2, 1])])
def test_rows_out_of_order_are_refused(rows):
    with pytest.raises(IntegrityError) as caught:
        list(whole_keys(rows.to_batches()))
    assert caught.value.code == "out_of_order"


def test_a_sequence_number_that_stands_twice_is_refused():
    with pytest.raises(InvalidInput) as caught:
        list(whole_keys(keyed(["a", "a"], [7, 7]).to_batches()))
    assert caught.value.code == "duplicate_seq"


def test_an_executor_with_another_plan_refuses():
    told = Shipped.of(part_of(PLAN, units_of(PLAN)[0]), None)
    other = Shipped(told.feature_sets, told.event_types, "0" * 64, None).encoded()
    with pytest.raises(IntegrityError) as caught:
        list(features_of(other, []))
    assert caught.value.code == "plan_differs"
