"""The files of a Delta table as one Arrow dataset, each file looked at once.

A table that is written every few seconds has many files, and a page may ask for a dataset after every one of them. So
what is known of a file is kept, and with it the stretch of the journal its rows come from: a question for the newest rows
opens the newest files only.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
from deltalake import DeltaTable
from pyarrow.fs import LocalFileSystem, SubTreeFileSystem

__all__ = ["Fragments"]

_FIRST, _LAST = "min.seq", "max.seq"


class Fragments:
    """The files of the table in ``folder``."""

    def __init__(self, folder: Path) -> None:
        # Read by Arrow itself. Delta's own file system is Python's: Arrow's threads would take the interpreter's lock
        # while they hold locks of their own, and two of them can wait for each other for ever, the server with them.
        self._files = SubTreeFileSystem(str(folder), LocalFileSystem())
        self._format = ds.ParquetFileFormat(
            default_fragment_scan_options=ds.ParquetFragmentScanOptions(pre_buffer=True)
        )
        self._known: dict[str, ds.Fragment] = {}

    def dataset(self, table: DeltaTable) -> ds.Dataset:
        """The table's version as it is open, oldest rows first."""
        told = pa.table(table.get_add_actions(flatten=True))
        if {_FIRST, _LAST} <= set(told.column_names):
            told = told.select(["path", _FIRST, _LAST]).sort_by(_FIRST)
        known = self._known
        self._known = {each["path"]: known.get(each["path"]) or self._fragment(each) for each in told.to_pylist()}
        schema = pa.schema(table.schema().to_arrow())
        return ds.FileSystemDataset(list(self._known.values()), schema, self._format, self._files)

    def _fragment(self, told: dict[str, Any]) -> ds.Fragment:
        first, last = told.get(_FIRST), told.get(_LAST)
        held = None if first is None or last is None else (pc.field("seq") >= first) & (pc.field("seq") <= last)
        return self._format.make_fragment(told["path"], filesystem=self._files, partition_expression=held)
