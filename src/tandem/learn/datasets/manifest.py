"""What a training set is: the record that lies beside its rows, and the digest over all that can change one of them."""

from __future__ import annotations

import hashlib
from typing import Final, Protocol

import msgspec
import pyarrow as pa
import pyarrow.compute as pc

from tandem.kernel.canonical import digest_of
from tandem.kernel.identity import Digest
from tandem.kernel.time import Micros
from tandem.learn.datasets.facts import FactColumn
from tandem.learn.datasets.spec import DatasetSpec

__all__ = ["ROW_COLUMNS", "TARGET", "TIME", "DatasetCounts", "DatasetManifest", "Rows", "digest_of_rows", "digested"]

TARGET: Final = "label_bad"
TIME: Final = "occurred_at"
ROW_COLUMNS: Final = (
    "row_seq",
    "row_id",
    TIME,
    TARGET,
    "label_known_at",
    "label_settled_at",
    "decision_outcome",
    "decision_policy",
    "decision_propensity",
)
"""What every set holds beside the facts: place and id of the event, its label with the instants from which it was known (in
processing time) and could have been (in event time), what was decided, and the chance with which it was let through."""
_FORMAT: Final = 1
_FILL: Final = {pa.bool_(): False, pa.string(): ""}


class DatasetCounts(msgspec.Struct, frozen=True, kw_only=True):
    """Every decided event is in exactly one of these, but for ``bad``, which is part of ``mature``.

    Attributes:
        mature: labelled, and in the set; ``bad`` of them.
        immature, provisional: too young; never counted as good.
        declined: never told of, because it was declined; kept beside the set for reject inference.
        unknown: old enough, and nothing was told.
        excluded: by reason.
        erased: the person was erased.
    """

    mature: int
    bad: int
    immature: int
    provisional: int
    declined: int
    unknown: int
    erased: int
    excluded: dict[str, int]

    @property
    def events(self) -> int:
        """All decided events that were looked at."""
        young = self.immature + self.provisional
        return self.mature + young + self.declined + self.unknown + self.erased + sum(self.excluded.values())


class DatasetManifest(msgspec.Struct, frozen=True, kw_only=True):
    """A training set without its rows.

    Attributes:
        digest: over everything here but ``built_at`` and ``release``.
        head: link of the journal's chain at ``spec.seq``: another history has another.
        label_digest, features_digest: of the definitions.
        columns: the facts, in the order of the table.
        target, positive, time: the label, its bad value, and when the event happened, for whoever trains.
        ids: columns that name a row or an entity and explain nothing; ``forbid`` those that may not be used.
        rows_digest, declined_digest: over the values of the two tables.
        release: in force when it was built.
    """

    digest: Digest
    spec: DatasetSpec
    head: str
    label_digest: Digest
    features_digest: Digest
    columns: tuple[FactColumn, ...]
    counts: DatasetCounts
    ids: tuple[str, ...]
    forbid: tuple[str, ...]
    rows_digest: Digest
    declined_digest: Digest
    release: Digest
    built_at: Micros
    target: str = TARGET
    positive: str = "true"
    time: str = TIME
    format: int = _FORMAT

    @property
    def inputs(self) -> tuple[str, ...]:
        """Columns that a model may read."""
        left_out = {*self.ids, *self.forbid}
        return tuple(one.name for one in self.columns if one.name not in left_out)


def digested(manifest: DatasetManifest) -> DatasetManifest:
    """The manifest with its digest."""
    told = msgspec.to_builtins(manifest)
    for name in ("digest", "built_at", "release"):
        told.pop(name)
    # Counts of what was recorded and what was computed say how it came to be and not what it is.
    told["columns"] = [[one.name, one.type, one.kind] for one in manifest.columns]
    told["spec"]["label"] = str(manifest.label_digest)
    return msgspec.structs.replace(manifest, digest=digest_of(told))


class Rows(Protocol):
    """A table, in memory or in a file of which one column is read at a time."""

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        ...

    @property
    def column_names(self) -> list[str]:
        """Their names, in order."""
        ...

    def column(self, name: str, /) -> pa.ChunkedArray:
        """The values of one."""
        ...


def digest_of_rows(table: Rows) -> Digest:
    """SHA-256 over the names, types and values of ``table``.

    How it is chunked makes no difference, nor does what lies under a null: engines leave anything there.
    """
    sink = hashlib.sha256(str(table.num_rows).encode())
    for name in table.column_names:
        column = table.column(name).combine_chunks()
        sink.update(f"\0{name}\0{column.type}\0{column.null_count}\0".encode())
        for part in (pc.is_null(column), _filled(column)):
            whole = pa.concat_arrays([part]) if isinstance(part, pa.Array) else part.combine_chunks()
            sink.update(pa.record_batch([whole], ["c"]).serialize())
    return Digest(sink.hexdigest())


def _filled(column: pa.Array) -> pa.Array:
    if not column.null_count:
        return column
    fill = _FILL.get(column.type)
    return pc.fill_null(column, pa.scalar(0, pa.int64()).cast(column.type) if fill is None else fill)
