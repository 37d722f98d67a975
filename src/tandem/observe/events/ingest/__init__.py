"""Ingestion: files become events through a mapping, and every row is accounted for."""

from tandem.observe.events.ingest.dry_run import DryRun, FieldProfile, dry_run
from tandem.observe.events.ingest.importing import ingest
from tandem.observe.events.ingest.mapping import mapping_digest, parse_mapping
from tandem.observe.events.ingest.types import (
    FieldSource,
    FileFormat,
    FileOptions,
    ImportMapping,
    IngestReport,
    MomentSource,
    Progress,
    ProgressCallback,
    Rejection,
    Sink,
    SinkResult,
)

__all__ = [
    "DryRun",
    "FieldProfile",
    "FieldSource",
    "FileFormat",
    "FileOptions",
    "ImportMapping",
    "IngestReport",
    "MomentSource",
    "Progress",
    "ProgressCallback",
    "Rejection",
    "Sink",
    "SinkResult",
    "dry_run",
    "ingest",
    "mapping_digest",
    "parse_mapping",
]
