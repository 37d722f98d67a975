"""The lake: analytical tables copied out of the journal and of imported files, asked in SQL."""

from tandem.observe.lake.lake import Lake
from tandem.observe.lake.schemas import kept_fields
from tandem.observe.lake.types import (
    AssetField,
    CheckResult,
    JournalReader,
    LakeColumn,
    LakeTable,
    Projection,
)
from tandem.observe.lake.views import LakeView, parse_view

__all__ = [
    "AssetField",
    "CheckResult",
    "JournalReader",
    "Lake",
    "LakeColumn",
    "LakeTable",
    "LakeView",
    "Projection",
    "kept_fields",
    "parse_view",
]
