"""The executor's side: rows of whole keys, sorted, through the batch kernel. Arrow only; no engine is imported here.

An engine sends the rows of a unit sorted by key and sequence number, each key to one place. Beside a key's own rows come
*visitors*: events that correct one of them and have another key themselves, or none. They are there so that the kernel
forgets what they correct; what they would answer here is wrong (most rows of their own key are elsewhere) and left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.errors import IntegrityError, InvalidInput
from tandem.kernel.identity import Digest, EventTypeName
from tandem.observe.events import EventType
from tandem.observe.features.batch import BatchRun, compute_batch
from tandem.observe.features.bootstrap import track_states
from tandem.observe.features.compiling import compile_plan
from tandem.observe.features.definitions import FeatureSet
from tandem.observe.features.plan import FeaturePlan

__all__ = ["HOME", "KEY", "PIECE_ROWS", "Shipped", "features_of", "states_of", "whole_keys"]

KEY = "__key"
HOME = "__home"
"""Whether the row's event has the key itself; false for a visitor."""

PIECE_ROWS = 200_000
"""A piece is passed to the kernel as soon as it has so many rows of whole keys; one key is never cut."""

_BATCH_ROWS = 20_000


class Shipped(msgspec.Struct, frozen=True):
    """What travels to an executor, which compiles it there: definitions are data, and the digest is the proof."""

    feature_sets: tuple[FeatureSet, ...]
    event_types: dict[EventTypeName, EventType]
    digest: Digest
    compiled: bool | None

    @classmethod
    def of(cls, plan: FeaturePlan, compiled: bool | None) -> Shipped:  # noqa: FBT001 - as everywhere in the room
        """The definitions behind ``plan``."""
        return cls(plan.feature_sets, dict(plan.event_types), plan.digest, compiled)

    def encoded(self) -> bytes:
        """As bytes, which any pickler takes."""
        return msgspec.msgpack.encode(self)


@lru_cache(maxsize=16)
def _unpacked(shipped: bytes) -> tuple[FeaturePlan, bool | None]:
    """The plan that was shipped.

    Raises:
        IntegrityError: this machine makes another plan of it: another version of Tandem is installed here.
    """
    told = msgspec.msgpack.decode(shipped, type=Shipped)
    plan = compile_plan(told.feature_sets, told.event_types)
    if plan.digest != told.digest:
        raise IntegrityError(
            "An executor computes by another plan than the driver.",
            code="plan_differs",
            field="digest",
            value=plan.digest,
            hint=f"the driver has {told.digest}: install the same version of Tandem on both",
        )
    return plan, told.compiled


def whole_keys(
    batches: Iterable[pa.RecordBatch],
    rows: int = PIECE_ROWS,
    *,
    joined: Callable[[list[pa.RecordBatch]], pa.Table] | None = None,
) -> Iterator[pa.Table]:
    """``batches`` put together to tables of at least ``rows`` rows (the last may have fewer) that end with a key.

    Args:
        batches: with the rows of a key one after the other.
        joined: puts batches together; None: as the kernel wants them.

    Raises:
        IntegrityError: rows do not come sorted by key and sequence number, and ``joined`` does not say otherwise.
    """
    joined = joined or _sorted
    held: list[pa.RecordBatch] = []
    count, wanted = 0, rows
    for batch in batches:
        held.append(batch)
        count += batch.num_rows
        if count < wanted:
            continue
        table = joined(held)
        last = pc.index(table.column(KEY), table.column(KEY)[-1]).as_py()
        if last:
            yield table.slice(0, last)
        rest = table.slice(last)
        held, count = rest.to_batches(), rest.num_rows
        wanted = max(rows, 2 * count)  # a key that is larger than a piece is looked at a few times, not at every batch
    if count:
        yield joined(held)


def _sorted(batches: list[pa.RecordBatch]) -> pa.Table:
    table = pa.Table.from_batches(batches).combine_chunks()
    key, seq = table.column(KEY), table.column("seq").to_numpy()
    grows = pc.greater(key.slice(1), key.slice(0, len(key) - 1)).to_numpy()
    same = pc.equal(key.slice(1), key.slice(0, len(key) - 1)).to_numpy()
    wrong = np.flatnonzero(~(grows | (same & (seq[1:] > seq[:-1]))))
    if len(wrong):
        at = int(wrong[0])
        if same[at] and seq[at] == seq[at + 1]:
            raise InvalidInput("A sequence number stands twice.", code="duplicate_seq", field="seq", value=int(seq[at]))
        raise IntegrityError(
            "Rows must come sorted by key and sequence number.", code="out_of_order", at=f"row {at + 1}"
        )
    return table


def features_of(shipped: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """``seq`` and the features of each row that has its key itself."""
    plan, compiled = _unpacked(shipped)
    for piece in whole_keys(batches):
        rows = _once(piece)
        made = compute_batch(plan, rows, compiled=compiled)
        yield from made.filter(rows.column(HOME)).combine_chunks().to_batches(max_chunksize=_BATCH_ROWS)


def states_of(shipped: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """``track``, ``key`` and ``state`` of every key that was counted."""
    plan, compiled = _unpacked(shipped)
    for piece in whole_keys(batches):
        rows = _once(piece)
        at_home = {bytes.fromhex(key) for key in pc.unique(piece.filter(piece.column(HOME)).column(KEY)).to_pylist()}
        for track, states in enumerate(track_states(BatchRun(plan, rows, compiled=compiled))):
            mine = [pair for pair in states if pair[0] in at_home]
            if mine:
                keys, blobs = zip(*mine, strict=True)
                columns = [
                    pa.array([track] * len(mine), pa.int32()),
                    pa.array(keys, pa.binary()),
                    pa.array(blobs, pa.binary()),
                ]
                yield from pa.table(columns, names=["track", "key", "state"]).to_batches(max_chunksize=_BATCH_ROWS)


def _once(piece: pa.Table) -> pa.Table:
    """Each event once, in the order of ``seq``: one that visits another key of the piece may stand there several times."""
    seq = piece.column("seq").to_numpy()
    visits = ~piece.column(HOME).to_numpy()
    order = np.lexsort((visits, seq))
    first = np.ones(len(order), dtype=np.bool_)
    first[1:] = seq[order][1:] != seq[order][:-1]
    twice = np.flatnonzero(~first & ~visits[order])
    if len(twice):
        value = int(seq[order][twice[0]])
        raise InvalidInput("A sequence number stands twice.", code="duplicate_seq", field="seq", value=value)
    return _in_utc(piece.take(pa.array(order[first])))


def _in_utc(table: pa.Table) -> pa.Table:
    """Instants are instants, whatever zone the engine shows them in."""
    kinds = [pa.timestamp("us", "UTC") if pa.types.is_timestamp(field.type) else field.type for field in table.schema]
    return table.cast(pa.schema([pa.field(field.name, kind) for field, kind in zip(table.schema, kinds, strict=True)]))
