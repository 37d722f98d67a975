"""Training sets on disk: a folder per digest with its rows as Parquet, and names that point to digests."""

from __future__ import annotations

import contextlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from tandem.kernel.errors import IntegrityError, InvalidInput, NotFound, near_match
from tandem.learn.datasets.manifest import DatasetManifest
from tandem.learn.datasets.spec import check_name

__all__ = ["DatasetStore", "Draft", "FileRows"]

_MANIFEST: Final = "manifest.json"
_ROWS, _DECLINED = "rows.parquet", "declined.parquet"
_NAMES: Final = "names"
_SHORT: Final = 6


@dataclass(frozen=True)
class FileRows:
    """The rows in one Parquet file, of which a column at a time is in memory."""

    place: Path

    @property
    def num_rows(self) -> int:
        """How many rows it has."""
        return int(self._opened().metadata.num_rows)

    @property
    def column_names(self) -> list[str]:
        """Their names, in order."""
        return list(self._opened().schema_arrow.names)

    def column(self, name: str, /) -> pa.ChunkedArray:
        """The values of one.

        Raises:
            IntegrityError: the file is damaged.
        """
        try:
            return self._opened().read([name]).column(name)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(self.place, str(error)) from None

    def _opened(self) -> pq.ParquetFile:
        try:
            return pq.ParquetFile(self.place)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(self.place, str(error)) from None


@dataclass(frozen=True)
class Draft:
    """A folder with the two tables of a set.

    Attributes:
        folder: on the file system of the sets.
    """

    folder: Path

    @property
    def rows(self) -> FileRows:
        """The labelled rows."""
        return FileRows(self.folder / _ROWS)

    @property
    def declined(self) -> FileRows:
        """The rows whose outcome nobody will ever know."""
        return FileRows(self.folder / _DECLINED)


class DatasetStore:
    """The sets under ``root``. Sets hold personal data: the folder is for its owner only.

    Args:
        root: made at the first set.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, manifest: DatasetManifest, rows: pa.Table, declined: pa.Table, name: str | None = None) -> Path:
        """Keep a set, and let ``name`` point to it; where it lies. The same set again changes nothing."""
        with self.draft() as draft:
            pq.write_table(rows, draft.rows.place, compression="zstd")
            pq.write_table(declined, draft.declined.place, compression="zstd")
            return self.keep(manifest, draft, name)

    @contextlib.contextmanager
    def draft(self) -> Iterator[Draft]:
        """A place beside the sets for one that is being built; what is not kept is gone afterwards."""
        self.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        with tempfile.TemporaryDirectory(dir=self.root, prefix=".building-") as made:
            folder = Path(made).resolve() / "set"
            folder.mkdir()
            yield Draft(folder)

    def keep(self, manifest: DatasetManifest, draft: Draft, name: str | None = None) -> Path:
        """As ``put``, of a set whose rows lie in ``draft`` already."""
        place = self.root / manifest.digest
        if not (place / _MANIFEST).exists():
            (draft.folder / _MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=2))
            if place.exists():
                shutil.rmtree(place)  # one that was never finished
            draft.folder.rename(place)
        if name is not None:
            names = self.root / _NAMES
            names.mkdir(exist_ok=True)
            (names / check_name(name)).write_text(manifest.digest, "ascii")
        return place

    def manifests(self) -> list[tuple[DatasetManifest, tuple[str, ...]]]:
        """Every set with its names, the newest first."""
        names: dict[str, list[str]] = {}
        for name, digest in self._names().items():
            names.setdefault(digest, []).append(name)
        found = [self._read(place.parent) for place in sorted(self.root.glob(f"*/{_MANIFEST}"))]
        return sorted(
            ((one, tuple(names.get(one.digest, ()))) for one in found),
            key=lambda pair: (-pair[0].built_at, pair[0].digest),
        )

    def find(self, wanted: str) -> DatasetManifest:
        """The set of that name, or whose digest begins so.

        Raises:
            NotFound: there is none, with the near match.
            InvalidInput: several digests begin so.
        """
        names = self._names()
        begin = names.get(wanted, wanted)
        found = [place for place in self.root.glob(f"*/{_MANIFEST}") if place.parent.name.startswith(begin)]
        if len(found) > 1:
            raise InvalidInput(
                f"{len(found)} training sets begin so.", code="ambiguous", field="dataset", value=wanted,
                hint="give more of the digest",
            )  # fmt: skip
        if not found or len(begin) < _SHORT:
            raise NotFound(
                "There is no such training set.", code="unknown_dataset", field="dataset", value=wanted,
                hint=near_match(wanted, names) or "tandem dataset list",
            )  # fmt: skip
        return self._read(found[0].parent)

    def rows(self, manifest: DatasetManifest) -> pa.Table:
        """The labelled rows."""
        return self._table(manifest, _ROWS)

    def declined(self, manifest: DatasetManifest) -> pa.Table:
        """The rows whose outcome nobody will ever know."""
        return self._table(manifest, _DECLINED)

    def files(self, manifest: DatasetManifest) -> Draft:
        """Both tables of a set, to be read column by column."""
        return Draft(self.place(manifest))

    def place(self, manifest: DatasetManifest) -> Path:
        """The folder of a set."""
        return self.root / manifest.digest

    def remove(self, manifest: DatasetManifest) -> None:
        """Take a set away, and the names that point to it."""
        shutil.rmtree(self.place(manifest), ignore_errors=True)
        for name, digest in self._names().items():
            if digest == manifest.digest:
                (self.root / _NAMES / name).unlink(missing_ok=True)

    def _names(self) -> dict[str, str]:
        folder = self.root / _NAMES
        return {one.name: one.read_text("ascii") for one in sorted(folder.iterdir())} if folder.is_dir() else {}

    def _table(self, manifest: DatasetManifest, file: str) -> pa.Table:
        place = self.root / manifest.digest / file
        try:
            return pq.read_table(place)
        except (OSError, pa.ArrowException) as error:
            raise _damaged(place, str(error)) from None

    def _read(self, place: Path) -> DatasetManifest:
        try:
            return msgspec.json.decode((place / _MANIFEST).read_bytes(), type=DatasetManifest)
        except (msgspec.MsgspecError, OSError) as error:
            raise _damaged(place / _MANIFEST, str(error)) from None


def _damaged(place: Path, words: str) -> IntegrityError:
    return IntegrityError(
        f"The training set cannot be read: {words}", code="dataset_damaged", field="dataset", value=str(place),
        hint="remove its folder and build it again: the same question gives the same set",
    )  # fmt: skip
