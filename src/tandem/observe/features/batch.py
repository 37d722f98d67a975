"""The batch host: the same kernel over a table of events, sorted by key and sequence number.

One pass per track: its rows are brought together key by key in journal order, the kernel runs over them with the state
of one key at a time, and the results go back to the rows they came from. What a batch gives for an event is what the
online host gave, or would have given, when the event arrived.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from tandem.kernel.errors import IntegrityError, InvalidInput, Unavailable
from tandem.kernel.identity import EventTypeName
from tandem.observe.events import EventField
from tandem.observe.features import places
from tandem.observe.features.columns import (
    Numbers,
    Words,
    field_numbers,
    instants,
    key_codes,
    plain,
    pseudonym_bytes,
    to_arrow,
)
from tandem.observe.features.filters import OCCURRED_AT, batch_filters
from tandem.observe.features.identities import identity_of
from tandem.observe.features.online import compiled_module
from tandem.observe.features.plan import FeaturePlan
from tandem.observe.features.program import Cell, ColumnKind, Op, OutputOp, TrackProgram
from tandem.observe.features.reference_batch import ADD, FORGET, READ, CellColumns, SortedRows, run_track_reference

__all__ = ["BatchRun", "compute_batch", "refuse_disorder"]

_WHOLE_OUTPUTS = frozenset({OutputOp.NOVELTY, OutputOp.WITHOUT, OutputOp.DISTANCE})


def compute_batch(plan: FeaturePlan, events: pa.Table, *, compiled: bool | None = None) -> pa.Table:
    """Every feature of ``plan`` as of every event, in the order of ``events``: ``seq`` and then ``plan.names``.

    Args:
        plan: what to compute.
        events: columns ``seq``, ``event_id``, ``event_type``, ``occurred_at`` (timestamp, or microseconds since the
            epoch), optionally ``supersedes``, and a column per field that the plan needs; entities as pseudonyms.
            Rows may come in any order; ``seq`` decides. The table must hold all events from the first on, or at least
            as far back as the longest window and lateness.
        compiled: True demands the compiled kernel, False the reference; None takes what is there.

    Raises:
        InvalidInput: a column is missing or of another type, or a sequence number or event id stands twice.
        Unavailable: the compiled kernel is demanded and not there.
    """
    return BatchRun(plan, events, compiled=compiled).table()


@dataclass(frozen=True, slots=True)
class _Corrections:
    """``row[i]`` is taken back by the event of sequence number ``seq[i]``."""

    row: NDArray[np.int64]
    seq: Words


class BatchRun:
    """One run over one table; see ``compute_batch``.

    Attributes:
        rows: the events in the order of ``seq``, an array of its own.
        kernel: the compiled one; None where the reference runs.
    """

    def __init__(self, plan: FeaturePlan, events: pa.Table, *, compiled: bool | None = None) -> None:
        module = None if compiled is False else compiled_module()
        if compiled and module is None:
            raise Unavailable("The compiled feature kernel is not installed.", hint="install with a C++ compiler")
        self.plan = plan
        self.kernel: Any = None if module is None else module.Kernel(plan.program.as_tuple())
        self.events = events
        seq = instants(plain(events, "seq"), "seq")
        order = np.argsort(seq, kind="stable")
        if (seq[order][1:] == seq[order][:-1]).any():
            raise InvalidInput("A sequence number stands twice.", code="duplicate_seq", field="seq")
        self.order = order
        self.rows = events.take(pa.array(order)) if (order[1:] < order[:-1]).any() else events
        self.seq = seq[order]
        self.times = instants(plain(self.rows, OCCURRED_AT), OCCURRED_AT)
        self.of_type = self._types()
        self.corrections = self._find_corrections()
        self._numbers: dict[tuple[str, str, int], Numbers] = {}

    def table(self) -> pa.Table:
        """The features, in the order of the events given."""
        cells: list[CellColumns] = []
        for index in range(len(self.plan.tracks)):
            cells += self._track(index)
        texts = self._texts()
        columns: list[pa.Array] = []
        for output, (name, column) in zip(self.plan.program.outputs, self.plan.columns.items(), strict=True):
            chosen = [cells[index] for index in output.cells]
            words, valid = chosen[0].words, chosen[0].valid.view(np.bool_)
            if output.op is not OutputOp.VALUE:
                words, valid = _combine(output.op, chosen, output.factor)
            known = None if self.plan.identity_fields.get(name, True) else texts
            columns.append(to_arrow(words, valid, column.type, column.scale, known))
        made = pa.table([pa.array(self.seq), *columns], names=["seq", *self.plan.names])
        if (self.order[1:] < self.order[:-1]).any():
            back = np.empty_like(self.order)
            back[self.order] = np.arange(len(self.order))
            made = made.take(pa.array(back))
        return made

    def _types(self) -> list[NDArray[np.int64]]:
        """Per type of the plan, its rows."""
        encoded = plain(self.rows, "event_type")
        encoded = encoded if pa.types.is_dictionary(encoded.type) else encoded.dictionary_encode()
        codes = encoded.indices.to_numpy(zero_copy_only=False)
        names = encoded.dictionary.to_pylist()
        return [
            np.flatnonzero(codes == names.index(event)) if event in names else np.empty(0, dtype=np.int64)
            for event in self.plan.types
        ]

    def _rows_of(self, event: EventTypeName) -> NDArray[np.int64]:
        return self.of_type[self.plan.types.index(event)]

    def _find_corrections(self) -> _Corrections:
        """Which rows are taken back, and when; a row is taken back once, and only after it came."""
        none = np.empty(0, dtype=np.int64)
        if "supersedes" not in self.rows.column_names:
            return _Corrections(none, none)
        supersedes = plain(self.rows, "supersedes").cast(pa.string())
        by = np.flatnonzero(supersedes.is_valid().to_numpy(zero_copy_only=False))
        if not len(by):
            return _Corrections(none, none)
        ids = plain(self.rows, "event_id").cast(pa.string())
        if pc.count_distinct(ids).as_py() != len(ids):
            raise InvalidInput("An event id stands twice.", code="duplicate_event", field="event_id")
        found = pc.index_in(supersedes.take(pa.array(by)), value_set=ids)
        row = pc.fill_null(found.cast(pa.int64()), -1).to_numpy(zero_copy_only=False)
        kept = (row >= 0) & (row < by)
        row, seq = row[kept], self.seq[by[kept]]
        _, first = np.unique(row, return_index=True)
        return _Corrections(row[first], seq[first])

    def _field(self, name: str, event: str) -> EventField:
        return next(field for field in self.plan.event_types[event].fields if field.name == name)  # type: ignore[index]

    def _column(self, field: EventField) -> Numbers:
        key = (field.name, field.type.value, field.scale)
        if key not in self._numbers:
            self._numbers[key] = field_numbers(self.rows, field)
        return self._numbers[key]

    def _texts(self) -> dict[bytes, str]:
        """The texts that features may give back."""
        names = {
            feature.operands[0].field
            for one in self.plan.feature_sets
            for feature in one.features
            if self.plan.identity_fields.get(feature.name) is False
        }
        return {
            identity_of(text): text
            for name in names
            if name is not None
            for text in pc.unique(plain(self.rows, name)).drop_null().to_pylist()
        }

    def _track(self, index: int) -> list[CellColumns]:
        rows = self.sorted_rows(index)
        program = self.plan.program.tracks[index]
        cells = [CellColumns.empty(len(self.seq), **_form(cell, program)) for cell in program.cells]
        refuse_disorder(self._run(index, rows, cells))
        return cells

    def sorted_rows(self, index: int) -> SortedRows:
        """The rows of one track, key by key, each in the order of the journal."""
        program = self.plan.program.tracks[index]
        count = len(self.seq)
        flags = np.zeros(count, dtype=np.int64)
        nulls = np.zeros(count, dtype=np.int64)
        columns = [
            [np.zeros(count, dtype=np.int64) for _ in range(2 if kind is ColumnKind.IDENTITY else 1)]
            for kind in program.columns
        ]
        counts = np.zeros(count, dtype=np.bool_)
        for type_index, event in enumerate(self.plan.types):
            on = self.plan.program.types[type_index].tracks[index]
            rows = self.of_type[type_index]
            if not on.keys or not len(rows) or not on.counts:
                continue
            counts[rows] = True
            flags[rows] = on.mask
            if on.filters:
                passed = self._passed(event, rows)
                for position, bit in on.filters:
                    flags[rows] |= passed[position].astype(np.int64) << bit
            for column, position in enumerate(on.values):
                if position < 0:
                    nulls[rows] |= 1 << column
                    continue
                numbers = self._column(self._field(self.plan.needs[event][position], event))
                nulls[rows] |= numbers.nulls[rows].astype(np.int64) << column
                for to, words in zip(columns[column], numbers.words, strict=True):
                    to[rows] = words[rows]
        flat = [one for pair in columns for one in pair]
        codes, seqs, ops, times, targets, where = self._sorted(index, counts)
        return SortedRows(codes, seqs, ops, times, targets, where, flags, nulls, flat)

    def keys(self, index: int, rows: SortedRows) -> dict[int, bytes]:
        """The key behind each number in ``rows.codes``: 16 bytes a pseudonym.

        Raises:
            InvalidInput: an entity is not a pseudonym.
        """
        codes, first = np.unique(rows.codes, return_index=True)
        where = rows.where[first]
        found = [b""] * len(codes)
        for event, fields in self.plan.tracks[index].keys:
            here = np.flatnonzero(np.isin(where, self._rows_of(event)))
            chosen = pa.array(where[here])
            parts = [plain(self.rows, name).take(chosen).to_pylist() if len(here) else [] for name in fields]
            for at, texts in zip(here.tolist(), zip(*parts, strict=True), strict=True):
                found[at] = b"".join(pseudonym_bytes(text, name) for text, name in zip(texts, fields, strict=True))
        return dict(zip(codes.tolist(), found, strict=True))

    def _run(self, index: int, rows: SortedRows, cells: list[CellColumns]) -> int:
        if self.kernel is None:
            return run_track_reference(self.plan.program.tracks[index], rows, cells)
        return int(
            self.kernel.run_track(
                index,
                rows.codes,
                rows.seqs,
                rows.ops,
                rows.times,
                rows.targets,
                rows.flags,
                rows.nulls,
                rows.columns,
                rows.where,
                [words for cell in cells for words in cell.words],
                [cell.valid for cell in cells],
            )
        )

    def _passed(self, event: str, rows: NDArray[np.int64]) -> list[NDArray[np.bool_]]:
        whole = len(rows) == len(self.seq)
        part = self.rows if whole else self.rows.take(pa.array(rows))
        return batch_filters(self.plan.filters[event], self.plan.event_types[event], part)  # type: ignore[index]

    def _sorted(self, index: int, counts: NDArray[np.bool_]) -> tuple[NDArray[Any], ...]:
        """(codes, seqs, ops, times, targets, where): rows that name the key, and corrections, key by key."""
        codes = self._codes(index)
        named = np.flatnonzero(codes >= 0)
        ops = np.where(counts[named], ADD, READ).astype(np.uint8)
        code, seq, time, target, where = codes[named], self.seq[named], self.times[named], self.seq[named], named
        taken = self.corrections
        if len(taken.row):
            here = counts[taken.row] & (codes[taken.row] >= 0)
            row = taken.row[here]
            code, seq = np.concatenate([code, codes[row]]), np.concatenate([seq, taken.seq[here]])
            time, target = np.concatenate([time, self.times[row]]), np.concatenate([target, self.seq[row]])
            ops = np.concatenate([ops, np.full(len(row), FORGET, dtype=np.uint8)])
            where = np.concatenate([where, row])
            order = np.lexsort((ops, seq, code))
        else:
            order = np.argsort(code, kind="stable")
        return tuple(np.ascontiguousarray(one[order]) for one in (code, seq, ops, time, target, where))

    def _codes(self, index: int) -> NDArray[np.int64]:
        """A number per key; -1 where the event does not name it."""
        track = self.plan.tracks[index]
        codes = np.full(len(self.seq), -1, dtype=np.int64)
        arity = len(track.entity)
        parts = []
        present = [(event, fields) for event, fields in track.keys if len(self._rows_of(event))]
        for position in range(arity):
            names = sorted({fields[position] for _, fields in present})
            columns = key_codes([plain(self.rows, name) for name in names]) if names else []
            parts.append(dict(zip(names, columns, strict=True)))
        for event, fields in present:
            rows = self._rows_of(event)
            first = parts[0][fields[0]][rows]
            if arity == 1:
                codes[rows] = first
            else:
                second = parts[1][fields[1]][rows]
                size = max(int(one.max(initial=-1)) for one in parts[1].values()) + 1
                codes[rows] = np.where((first < 0) | (second < 0), -1, first * size + second)
        return codes


def refuse_disorder(wrong: int) -> None:
    """Raise where a kernel says that its rows were not sorted: an engine that sorts is not to be trusted blindly.

    Raises:
        IntegrityError: ``wrong`` is a position, not -1.
    """
    if wrong >= 0:
        raise IntegrityError(
            "Rows must come sorted by key and sequence number.", code="out_of_order", at=f"row {wrong}"
        )


def _form(cell: Cell, track: TrackProgram) -> dict[str, Any]:
    """How many words a cell's result has, and whether it is a float."""
    column = track.lanes[cell.lane].column
    kind = ColumnKind.INTEGER if column < 0 else track.columns[column]
    keeps_type = cell.op in {Op.SUM, Op.MIN, Op.MAX, Op.FIRST, Op.LAST, Op.CURRENT}
    is_float = cell.op in {Op.MEAN, Op.STD} or (keeps_type and kind is ColumnKind.DOUBLE)
    return {"width": 2 if kind is ColumnKind.IDENTITY and keeps_type else 1, "is_float": is_float}


def _combine(op: OutputOp, cells: list[CellColumns], factor: float) -> tuple[tuple[Words, ...], NDArray[np.bool_]]:
    """What ``windows`` and ``places`` do with the cells of an output, over whole columns."""
    if op in _WHOLE_OUTPUTS:
        return _combine_whole(op, cells, factor)
    values = [cell.floats() for cell in cells]
    valid = np.logical_and.reduce([cell.valid.view(np.bool_) for cell in cells])
    with np.errstate(all="ignore"):
        if op is OutputOp.SPEED:
            metres, known = places.distances(*values[:4])
            return (np.where(valid & known, places.speeds(metres, values[4]), 0.0).view(np.int64),), valid & known
        if op is OutputOp.RATIO:
            result = values[0] / values[1] * factor
            valid = valid & (values[1] != 0)
        elif op is OutputOp.SHORTFALL:
            result = 1.0 - values[0] / values[1]
            valid = valid & (values[1] != 0)
        else:
            result = (values[0] - values[1]) / values[2]
            valid = valid & (values[2] != 0)
    valid = valid & np.isfinite(result)
    return (np.where(valid, result, 0.0).view(np.int64),), valid


def _combine_whole(
    op: OutputOp, cells: list[CellColumns], factor: float
) -> tuple[tuple[Words, ...], NDArray[np.bool_]]:
    """The outputs that are whole numbers."""
    known = [cell.valid.view(np.bool_) for cell in cells]
    first, second = cells[0].words[0], cells[1].words[0]
    if op is OutputOp.NOVELTY:
        valid = known[0] & known[1] & (second < factor)
        return (np.where(valid, first - second, 0),), valid
    if op is OutputOp.WITHOUT:
        alone = known[0] & (~known[1] | (second > first))
        return (np.where(known[2] & alone, 1, 0).astype(np.int64),), known[2]
    metres, inside = places.distances(*(cell.floats() for cell in cells))
    valid = np.logical_and.reduce(known) & inside
    return (np.where(valid, metres, 0.0).astype(np.int64),), valid
