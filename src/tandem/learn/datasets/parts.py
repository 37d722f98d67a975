"""The executor's side of a training set: what tells of whole events, through the one definition of rows. No engine is imported here.

Rows of several kinds come in one table: a key (the id of a decided event), the kind, and for each kind a struct with its columns.
All that has a key comes to one place, one key after the other. An event that corrects one that tells stands also under the key of
what it corrects, so that it is left out there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tandem.decide.policy.set_based import arrow_type
from tandem.kernel.errors import IntegrityError
from tandem.kernel.identity import Digest
from tandem.learn.datasets.facts import FactColumn
from tandem.learn.datasets.known_events import event_schema
from tandem.learn.datasets.manifest import DatasetCounts
from tandem.learn.datasets.recorded import DECISION_COLUMNS, facts_of
from tandem.learn.datasets.rows import Part, Recipe, Sources, part_of
from tandem.observe.features.hosts.pieces import KEY, whole_keys

__all__ = [
    "ACCOUNT", "COMPUTED", "DECISION", "EARLY", "ERASED", "KIND", "OWN", "PIECE_ROWS", "STATE", "TELLING",
    "Account", "Shipped", "empty_part", "parts_of", "schema_of",
]  # fmt: skip

KIND: Final = "__kind"
OWN: Final = "own"
TELLING: Final = "telling"
EARLY: Final = "early"
DECISION: Final = "decision"
COMPUTED: Final = "computed"
ERASED: Final = "erased"

STATE: Final = "__state"
ACCOUNT: Final = "__account"
"""Of each piece one row comes with it, and with nothing else: what the piece counts."""
PIECE_ROWS: Final = 20_000
"""A piece is made into rows as soon as it has so many of all kinds; what belongs to one event is never cut."""
_PLACE: Final = pa.schema([("seq", pa.int64())])


class Account(msgspec.Struct, frozen=True, array_like=True):
    """What a piece counts."""

    counts: DatasetCounts
    columns: tuple[FactColumn, ...]


class Shipped(msgspec.Struct, frozen=True):
    """What travels to an executor: definitions are data, and the digest is the proof that they mean the same there."""

    recipe: Recipe
    label_digest: Digest
    piece_rows: int

    @classmethod
    def of(cls, recipe: Recipe, piece_rows: int) -> Shipped:
        """The recipe with its proof."""
        return cls(recipe, recipe.spec.label.digest, piece_rows)

    def encoded(self) -> bytes:
        """As bytes, which any pickler takes."""
        return msgspec.msgpack.encode(self)


def parts_of(shipped: bytes, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The rows of the decided events among ``batches`` as ``schema_of`` says, and after those of a piece its account.

    Raises:
        IntegrityError: this machine reads another label out of the definition: another version of Tandem is installed here.
    """
    told = msgspec.msgpack.decode(shipped, type=Shipped)
    if told.recipe.spec.label.digest != told.label_digest:
        raise IntegrityError(
            "An executor labels by another definition than the driver.", code="label_differs", field="digest",
            value=told.recipe.spec.label.digest,
            hint=f"the driver has {told.label_digest}: install the same version of Tandem on both",
        )  # fmt: skip
    for piece in whole_keys(batches, told.piece_rows, joined=pa.Table.from_batches):
        part = part_of(told.recipe, _sources(told.recipe, piece))
        account = msgspec.msgpack.encode(Account(part.counts, part.columns))
        schema = schema_of(part)
        rows = part.whole.append_column(STATE, part.state)
        rows = rows.append_column(ACCOUNT, pa.nulls(rows.num_rows, pa.binary()))
        last = {name: pa.nulls(1, kind) for name, kind in zip(schema.names, schema.types, strict=True)}
        last[ACCOUNT] = pa.array([account], pa.binary())
        yield from pa.concat_tables([rows.cast(schema), pa.table(last, schema)]).combine_chunks().to_batches()


def empty_part(recipe: Recipe) -> Part:
    """What comes of no events at all: the columns of the set, and counts of nothing."""
    return part_of(
        recipe, _sources(recipe, pa.table({KEY: pa.array([], pa.string()), KIND: pa.array([], pa.string())}))
    )


def schema_of(part: Part) -> pa.Schema:
    """Columns of what ``parts_of`` gives."""
    return pa.schema([*part.whole.schema, (STATE, pa.string()), (ACCOUNT, pa.binary())])


def _sources(recipe: Recipe, piece: pa.Table) -> Sources:
    conditions = recipe.conditions()
    computed = {name: arrow_type(one) for name, one in recipe.columns.items() if name not in recipe.answers}
    early = conditions.early
    return Sources(
        own=_taken(piece, OWN, event_schema([conditions.decided])),
        telling=_taken(piece, TELLING, event_schema([conditions.telling.event_type])),
        early=None if early is None else _taken(piece, EARLY, event_schema([early.event_type])),
        decisions=facts_of([_taken(piece, DECISION, DECISION_COLUMNS, "row_seq")], recipe.columns),
        computed=_taken(piece, COMPUTED, pa.schema({"seq": pa.int64(), **computed}.items())),
        erased=_taken(piece, ERASED, _PLACE)["seq"].combine_chunks(),
    )


def _taken(piece: pa.Table, kind: str, schema: pa.Schema, order: str = "seq") -> pa.Table:
    """The rows of one kind in the order of the journal, typed as DuckDB's engine has them: instants in UTC, without saying so."""
    if kind not in piece.column_names:
        return schema.empty_table()
    rows = piece.filter(pc.equal(piece[KIND], kind))[kind].combine_chunks()
    return pa.Table.from_struct_array(rows).select(schema.names).cast(schema).sort_by(order)
