"""Where a table comes from, and reading it in the child process.

A file of one's own, or a training set that the workspace keeps (``learn.datasets``): a set brings its target, its time and
what may not be used, and is parted by time so that no row teaches whose label was only settled after the test began.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import msgspec
import pyarrow as pa

from tandem.kernel.errors import InvalidInput, TooLarge
from tandem.kernel.time import Micros
from tandem.learn.datasets import DatasetManifest, DatasetStore, split_by_time
from tandem.learn.training import read_table

__all__ = [
    "CELLS_MAX",
    "KeptSet",
    "Material",
    "Source",
    "SourcePlace",
    "UploadedFile",
    "check_said",
    "material_of",
    "table_of",
]

CELLS_MAX = 200_000_000
"""Rows times columns that are trained on here; more is for the command line and a machine of its own."""


class UploadedFile(msgspec.Struct, frozen=True, kw_only=True, tag="file", forbid_unknown_fields=True):
    """A file that was given, by the id of its upload."""

    upload_id: str


class KeptSet(msgspec.Struct, frozen=True, kw_only=True, tag="dataset", forbid_unknown_fields=True):
    """A training set of the workspace, by its digest."""

    digest: str


Source: TypeAlias = UploadedFile | KeptSet


class SourcePlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the child process finds the table, and what people call it; ``dataset``: the digest of the set that lies there."""

    path: str
    called: str
    dataset: str | None = None


@dataclass(frozen=True)
class Material:
    """Rows to learn from; ``test`` and its first instant ``boundary`` where the source brings them."""

    rows: pa.Table
    test: pa.Table | None = None
    boundary: Micros | None = None


def table_of(place: SourcePlace) -> pa.Table:
    """The table, whole.

    Raises:
        InvalidInput, NotFound, TooLarge: as ``read_table``; or more than ``CELLS_MAX`` cells.
    """
    if place.dataset is None:
        return _not_too_large(read_table(Path(place.path)))
    store, manifest = _set_at(place)
    return _not_too_large(_asked_of(manifest, store.rows(manifest)))


def material_of(place: SourcePlace, *, test_share: float) -> Material:
    """What teaches, and what tests where the source says so itself.

    Raises:
        InvalidInput: too few of an outcome are left on one side of the test's first instant; and as ``table_of``.
    """
    if place.dataset is None:
        return Material(table_of(place))
    store, manifest = _set_at(place)
    train, test, parted = split_by_time(_not_too_large(store.rows(manifest)), test_share=test_share)
    return Material(_asked_of(manifest, train), _asked_of(manifest, test), parted.boundary)


def check_said(
    manifest: DatasetManifest, *, target: str | None, time: str | None, forbid: tuple[str, ...] | None
) -> None:
    """Whether what was said of a set's columns is what the set says of itself.

    Raises:
        InvalidInput: another target or time, or a column is used that may not be.
    """
    for field, said, own in (("target", target, manifest.target), ("time", time, manifest.time)):
        if said not in {None, own}:
            raise InvalidInput(
                "A training set brings its own.", code="given_twice", field=field, value=str(said),
                hint=f"leave it out, or say {own}",
            )  # fmt: skip
    used = [] if forbid is None else [one for one in manifest.forbid if one not in forbid]
    if used:
        raise InvalidInput(
            "The training set forbids this column.", code="forbidden_column", field="forbid", value=used[0],
            hint="leave it among those that may not be used",
        )  # fmt: skip


def _set_at(place: SourcePlace) -> tuple[DatasetStore, DatasetManifest]:
    store = DatasetStore(Path(place.path))
    return store, store.find(place.dataset or "")


def _asked_of(manifest: DatasetManifest, rows: pa.Table) -> pa.Table:
    """What a model may be asked to read; what names a row, and what was decided, is left out."""
    return rows.select([*manifest.inputs, *manifest.forbid, manifest.time, manifest.target])


def _not_too_large(table: pa.Table) -> pa.Table:
    cells = table.num_rows * table.num_columns
    if cells > CELLS_MAX:
        raise TooLarge(
            "The table is too large to be trained on beside the decisions.",
            code="table_too_large",
            field="source",
            value=f"{table.num_rows} rows, {table.num_columns} columns",
            hint="leave columns out, or use `tandem model train` on another machine",
        )
    return table
