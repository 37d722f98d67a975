"""The batch host: any order of rows, any size of piece, one pass per key, refusals by name."""

import feature_streams as streams
import numpy as np
import pyarrow as pa
import pytest
from feature_runs import KERNELS, batch, online

from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.observe.features import batch as batch_module
from tandem.observe.features import compile_plan, compute_batch

PLAN = compile_plan(streams.every_operator(), streams.EVENT_TYPES)
EVENTS = streams.make_events(11, 200, keys=6)
TABLE = streams.as_table(EVENTS)


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("size", [1, 7, 100_000])
def test_the_size_of_the_pieces_does_not_matter(compiled, size):
    pieces = pa.Table.from_batches(TABLE.to_batches(max_chunksize=size))
    assert compute_batch(PLAN, pieces, compiled=compiled) == compute_batch(PLAN, TABLE, compiled=compiled)


@pytest.mark.parametrize("compiled", KERNELS)
def test_rows_may_come_in_any_order(compiled):
    order = np.random.default_rng(3).permutation(TABLE.num_rows)
    expected = compute_batch(PLAN, TABLE, compiled=compiled)
    assert compute_batch(PLAN, TABLE.take(order), compiled=compiled) == expected.take(order)


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("shards", [1, 3])
def test_keys_may_be_spread_over_any_number_of_shards(compiled, shards):
    expected = compute_batch(PLAN, TABLE, compiled=compiled)
    devices = [name for name in PLAN.names if PLAN.entity(name) == ("device",)]
    for shard in range(shards):
        mine = [index for index, event in enumerate(EVENTS) if hash_of(event) % shards == shard]
        # corrections travel to the shard of what they correct, as they do to every key online
        own = {EVENTS[index].event_id for index in mine}
        mine = sorted({*mine, *(index for index, event in enumerate(EVENTS) if event.supersedes in own)})
        part = compute_batch(PLAN, TABLE.take(mine), compiled=compiled)
        at = [position for position, index in enumerate(mine) if hash_of(EVENTS[index]) % shards == shard]
        whole = expected.take([mine[position] for position in at]).select(devices)
        assert part.take(at).select(devices) == whole


def hash_of(event):
    return int(event.values.get("device") or "0", 16) % 1009


@pytest.mark.parametrize("compiled", KERNELS)
def test_times_may_be_timestamps(compiled):
    column = TABLE.column("occurred_at").cast(pa.timestamp("us", "UTC"))
    made = TABLE.set_column(TABLE.schema.get_field_index("occurred_at"), "occurred_at", column)
    assert batch(PLAN, made, compiled) == online(PLAN, EVENTS, False)


@pytest.mark.parametrize("compiled", KERNELS)
def test_an_empty_table_gives_an_empty_table(compiled):
    made = compute_batch(PLAN, TABLE.slice(0, 0), compiled=compiled)
    assert made.num_rows == 0
    assert made.column_names == ["seq", *PLAN.names]


def test_columns_have_the_types_the_plan_promises():
    made = compute_batch(PLAN, TABLE)
    assert made.schema.field("n_1h").type == pa.int64()
    assert made.schema.field("mean_1h").type == pa.float64()
    assert made.schema.field("rate_sum").type == pa.decimal128(38, 4)
    assert made.schema.field("last_web").type == pa.bool_()
    assert made.schema.field("first_1d").type == pa.string()


@pytest.mark.parametrize("name", ["seq", "event_type", "occurred_at", "amount_minor", "device", "channel"])
def test_a_missing_column_is_named(name):
    with pytest.raises(InvalidInput) as caught:
        compute_batch(PLAN, TABLE.drop_columns([name]))
    assert caught.value.field == name


def test_a_sequence_number_may_not_stand_twice():
    doubled = pa.concat_tables([TABLE, TABLE.slice(0, 1)])
    with pytest.raises(InvalidInput) as caught:
        compute_batch(PLAN, doubled)
    assert caught.value.code == "duplicate_seq"


def test_an_identifier_that_is_no_pseudonym_is_refused():
    names = pa.array(["Ann"] * TABLE.num_rows)
    with pytest.raises(InvalidInput) as caught:
        compute_batch(PLAN, TABLE.set_column(TABLE.schema.get_field_index("person"), "person", names))
    assert caught.value.code == "invalid_pseudonym"


@pytest.mark.parametrize("compiled", KERNELS)
@pytest.mark.parametrize("field", [0, 1])
def test_the_kernel_refuses_rows_out_of_order(compiled, field, monkeypatch):
    sort = batch_module.BatchRun._sorted

    def unsorted(self, index, counts):
        columns = list(sort(self, index, counts))
        columns[field] = columns[field][::-1].copy()
        return tuple(columns)

    monkeypatch.setattr(batch_module.BatchRun, "_sorted", unsorted)
    with pytest.raises(IntegrityError) as caught:
        compute_batch(PLAN, TABLE, compiled=compiled)
    assert caught.value.code == "out_of_order"
