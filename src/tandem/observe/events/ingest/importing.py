"""The import: a file in, events out to the sink, and every row accounted for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any, get_args

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.kernel.time import Clock
from tandem.observe.events.ingest.checkpoint import (
    Checkpoint,
    digest_of_file,
    load_checkpoint,
    save_checkpoint,
)
from tandem.observe.events.ingest.mapping import mapping_digest
from tandem.observe.events.ingest.rejects import RejectedRows
from tandem.observe.events.ingest.rows import RowReader, Unmapped
from tandem.observe.events.ingest.sources import Source, Unreadable, open_source, rows_of
from tandem.observe.events.ingest.types import (
    ImportMapping,
    IngestReport,
    Progress,
    ProgressCallback,
    Rejection,
    Sink,
    SinkResult,
)
from tandem.observe.events.reading import EventReader
from tandem.observe.events.types import Event

__all__ = ["ingest", "read_row"]

_RESULTS = get_args(SinkResult)


def ingest(
    path: Path,
    mapping: ImportMapping,
    reader: EventReader,
    sink: Sink,
    *,
    clock: Clock,
    rejected: Path,
    checkpoint: Path | None = None,
    resume: bool = False,
    progress: ProgressCallback | None = None,
    batch_rows: int = 1_000,
) -> IngestReport:
    """Import the file at ``path``; memory holds one batch, whatever the file's size.

    Args:
        path: the file; its format is told by its suffix, or by the mapping.
        mapping: how its rows become events.
        reader: knows the event type.
        sink: gets each batch's events and says of each whether it was new, a duplicate or a conflict.
        clock: tells ``received_at``.
        rejected: where rejected and conflicting rows go: ``.jsonl``, or CSV under any other name.
        checkpoint: file that remembers how far the import is; removed when it is complete.
        resume: go on after the checkpoint, if there is one. Rows handed over between the last checkpoint and a crash
            are handed over again, and counted as duplicates.
        progress: called after every batch.
        batch_rows: rows a batch.

    Raises:
        NotFound: no such file, sheet or event type.
        InvalidInput: the file is not of its format or lacks a mapped column.
        Conflict: the checkpoint is of another file or mapping.
    """
    run = _Import(path, mapping, reader, sink, clock, rejected)
    try:
        run.start(checkpoint if resume else None)
        for batch in _batches(rows_of(run.source), batch_rows, skip=run.rows):
            run.take(batch)
            if checkpoint is not None:
                save_checkpoint(checkpoint, run.checkpoint())
            if progress is not None:
                progress(run.progress())
    finally:
        run.source.close()
    if checkpoint is not None:
        checkpoint.unlink(missing_ok=True)
    return run.report()


def read_row(
    row: Any, number: int, rows: RowReader, reader: EventReader, clock: Clock
) -> Event | tuple[InvalidInput, ...]:
    """The event of one row, or every fault of it."""
    if isinstance(row, Unreadable):
        return (InvalidInput(row.detail, code=row.code, field="row"),)
    try:
        return reader.read(rows.document(row, number), received_at=clock.now())
    except Unmapped as unmapped:
        return unmapped.faults
    except InvalidInput as error:
        return error.errors or (error,)


class _Import:
    """The state of one import."""

    def __init__(
        self, path: Path, mapping: ImportMapping, reader: EventReader, sink: Sink, clock: Clock, rejected: Path
    ) -> None:
        event_type = reader.event_types.get(mapping.event_type)
        if event_type is None:
            raise NotFound(
                "Unknown event type.", code="unknown_event_type", field="event_type", value=mapping.event_type
            )
        self.source: Source = open_source(path, mapping.source)
        try:
            self._documents = RowReader(mapping, event_type, self.source)
        except BaseException:
            self.source.close()
            raise
        self._reader, self._sink, self._clock = reader, sink, clock
        self._rejected_path = rejected
        self._digests = digest_of_file(path), mapping_digest(mapping)
        self._counts: Counter[str] = Counter()
        self._codes: Counter[str] = Counter()
        self.rows = self._resumed_at = 0

    def start(self, checkpoint: Path | None) -> None:
        """Set the counts: to zero, or to what the checkpoint says."""
        kept = None if checkpoint is None else load_checkpoint(checkpoint, *self._digests)
        if kept is not None:
            self.rows = self._resumed_at = kept.rows
            report = kept.report
            self._counts.update(
                new=report.accepted, duplicate=report.duplicates, conflict=report.conflicts, rejected=report.rejected
            )
            self._codes.update(report.codes)
        keep = 0 if kept is None else kept.rejected_bytes
        self._rejects = RejectedRows(self._rejected_path, self.source.columns, keep=keep)

    def take(self, batch: list[Any]) -> None:
        """Read, hand over and count one batch of rows."""
        events: list[Event] = []
        places: list[tuple[int, Any]] = []
        rejections: list[Rejection] = []
        for row in batch:
            self.rows += 1
            outcome = read_row(row, self.rows, self._documents, self._reader, self._clock)
            if isinstance(outcome, Event):
                events.append(outcome)
                places.append((self.rows, row))
            else:
                rejections.append(self._rejection(self.rows, row, outcome))
        self._counts["rejected"] += len(rejections)
        results = self._sink(events) if events else ()
        for (number, row), event, result in zip(places, events, results, strict=True):
            assert result in _RESULTS, f"a sink answers {_RESULTS}, not {result!r}"
            self._counts[result] += 1
            if result == "conflict":
                rejections.append(self._rejection(number, row, (_conflict(event),)))
        self._codes.update(each.faults[0].code for each in rejections)
        rejections.sort(key=lambda each: each.row)
        self._rejects.write(rejections)

    def checkpoint(self) -> Checkpoint:
        """Where the import stands."""
        return Checkpoint(report=self.report(), rows=self.rows, rejected_bytes=self._rejects.size)

    def progress(self) -> Progress:
        """How far the import is."""
        return Progress(rows=self.rows, bytes_read=self.source.bytes_read(), bytes_total=self.source.bytes_total)

    def report(self) -> IngestReport:
        """The counts so far."""
        return IngestReport(
            read=self.rows,
            accepted=self._counts["new"],
            duplicates=self._counts["duplicate"],
            conflicts=self._counts["conflict"],
            rejected=self._counts["rejected"],
            codes=dict(sorted(self._codes.items())),
            file_digest=self._digests[0],
            mapping_digest=self._digests[1],
            resumed_at=self._resumed_at,
            rejected_path=str(self._rejected_path) if self._rejects.size else None,
        )

    def _rejection(self, number: int, row: Any, faults: tuple[InvalidInput, ...]) -> Rejection:
        original = row.original if isinstance(row, Unreadable) else self.source.original(row)
        return Rejection(row=number, faults=faults, original=original)


def _conflict(event: Event) -> InvalidInput:
    return InvalidInput(
        "An event with this id and other content is recorded already.",
        code="conflict",
        field="event_id",
        value=event.event_id,
        hint="send a correction under a new id, with supersedes",
    )


def _batches(rows: Iterator[Any], size: int, *, skip: int) -> Iterator[list[Any]]:
    left = islice(rows, skip, None)
    while batch := list(islice(left, size)):
        yield batch
