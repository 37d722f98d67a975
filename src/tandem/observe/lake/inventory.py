"""The inventory of data assets: what there is, whose it is, how sensitive, how good."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from tandem.observe.lake.tables import Tables
from tandem.observe.lake.types import AssetField, CheckResult
from tandem.prove.privacy import DataClass

__all__ = ["take_inventory"]

_OWN = ("lake_checks", "lake_progress")


def take_inventory(tables: Tables, checks: Sequence[CheckResult]) -> list[AssetField]:
    """Every field of every table that holds data; the lake's own bookkeeping is left out.

    Quality is the share of rows with a value, times the share of the table's last checks that passed. It is a first
    measure: it sees gaps and faults on arrival, not wrong values.
    """
    found: list[AssetField] = []
    for name in tables.names():
        delta = None if name in _OWN else tables.get(name)
        if delta is None:
            continue
        own = [each.passed for each in checks if each.table == name.removesuffix("_personal")]
        passed = sum(own) / len(own) if own else 1.0
        dataset = tables.dataset(name)
        assert dataset is not None, "the table is there"
        known, rows = _known(dataset)
        for field in pa.schema(delta.schema()):
            told = {key.decode(): each.decode() for key, each in (field.metadata or {}).items()}
            found.append(
                AssetField(
                    table=name,
                    field=field.name,
                    type=str(field.type),
                    data_class=DataClass(told.get("class", DataClass.C1)),
                    owner=told.get("owner", ""),
                    source=told.get("source", ""),
                    purpose=told.get("purpose", ""),
                    description=told.get("description", ""),
                    automatic=not name.startswith("import_"),
                    quality=None if not rows else round(passed * known[field.name] / rows, 4),
                )
            )
    return found


def _known(dataset: Any) -> tuple[dict[str, int], int]:
    """Values known by column, and rows, in one pass over batches."""
    known = dict.fromkeys(dataset.schema.names, 0)
    rows = 0
    for batch in dataset.to_batches():
        rows += batch.num_rows
        for name, column in zip(batch.schema.names, batch.columns, strict=True):
            known[name] += batch.num_rows - column.null_count
    return known, rows
