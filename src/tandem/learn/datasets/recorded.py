"""What decisions looked at, out of the lake: outcome, path and every input as it was recorded, in the order of the events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.decide.decisions import Personal, decode_personal
from tandem.decide.policy.set_based import arrow_type
from tandem.kernel.expressions import Column
from tandem.learn.training import BoolArray
from tandem.observe.lake import Lake

__all__ = ["DECISION_COLUMNS", "RecordedFacts", "decisions_query", "facts_of", "recorded_facts"]

_AT_ONCE: Final = 50_000
_TIMEOUT_S: Final = 3_600.0
_TABLE: Final = "decisions"
_HEAD: Final = pa.schema(
    {
        "row_seq": pa.int64(),
        "decision_outcome": pa.string(),
        "decision_policy": pa.string(),
        "policy_digest": pa.string(),
        "decision_path": pa.list_(pa.string()),
    }.items()
)
DECISION_COLUMNS: Final = pa.schema(
    {
        "event_id": pa.string(),
        **dict(zip(_HEAD.names, _HEAD.types, strict=True)),
        "sealed": pa.string(),
        "clear": pa.string(),
    }.items()
)
"""What ``decisions_query`` gives."""


class _Used(msgspec.Struct):
    used: msgspec.Raw | None = None


_USED: Final = msgspec.json.Decoder(_Used)


@dataclass(frozen=True)
class RecordedFacts:
    """The decisions on events of one type.

    Attributes:
        head: ``row_seq`` (of the event), outcome, policy, its digest, path; in the order of the events.
        inputs: name to its values as they were recorded, a row per decision; ``told`` where there was one at all, which
            is not the same as a value: a fact may be recorded as missing.
    """

    head: pa.Table
    inputs: dict[str, pa.ChunkedArray]
    told: dict[str, BoolArray]


def recorded_facts(lake: Lake, event_type: str, columns: Mapping[str, Column], up_to: int) -> RecordedFacts:
    """Every decision on events of that type up to a place of the journal, with its inputs among ``columns``.

    Raises:
        Unavailable: the lake does not answer.
    """
    return facts_of(_chunks(lake, event_type, up_to), columns)


def facts_of(chunks: Iterable[pa.Table], columns: Mapping[str, Column]) -> RecordedFacts:
    """What decisions recorded, read from the rows that ``decisions_query`` gives; ascending in ``row_seq``."""
    heads: list[pa.Table] = [_HEAD.empty_table()]
    values: dict[str, list[pa.Array]] = {name: [] for name in columns}
    told: dict[str, list[BoolArray]] = {name: [] for name in columns}
    for rows in chunks:
        heads.append(rows.select(_HEAD.names).cast(_HEAD))
        used = [
            _inputs(sealed, clear)
            for sealed, clear in zip(rows["sealed"].to_pylist(), rows["clear"].to_pylist(), strict=True)
        ]
        for name, column in columns.items():
            array, there = _column([one.get(name, _NOT_TOLD) for one in used], arrow_type(column))
            values[name].append(array)
            told[name].append(there)
    return RecordedFacts(
        head=pa.concat_tables(heads).combine_chunks(),
        inputs={name: pa.chunked_array(parts, arrow_type(columns[name])) for name, parts in values.items()},
        told={name: np.concatenate([np.zeros(0, dtype=np.bool_), *parts]) for name, parts in told.items()},
    )


def decisions_query(there: Collection[str]) -> str | None:
    """The decisions on events of ``$event_type`` up to ``$up_to``, as SQL that any engine is asked; None before the first."""
    if _TABLE not in there:
        return None
    sealed = f"{_TABLE}_personal" in there
    body = "p.body" if sealed else "CAST(NULL AS VARCHAR)"
    beside = f"LEFT JOIN {_TABLE}_personal AS p ON p.seq = d.seq" if sealed else ""
    # Only constants are put together here; what was asked for comes as parameters.
    return f"""
        SELECT d.event_id, d.event_seq AS row_seq, d.outcome AS decision_outcome, d.policy AS decision_policy,
            d.policy_digest, d.path AS decision_path, {body} AS sealed, CASE WHEN {body} IS NULL THEN d.body END AS clear
        FROM {_TABLE} AS d {beside}
        WHERE d.event_type = $event_type AND d.seq <= $up_to"""  # noqa: S608


_NOT_TOLD: Final = object()


def _chunks(lake: Lake, event_type: str, up_to: int) -> Iterator[pa.Table]:
    given = decisions_query(lake.tables(personal=True))
    if given is None:
        return
    query = f"{given} AND d.event_seq > $after ORDER BY d.event_seq LIMIT {_AT_ONCE}"
    after = 0
    while True:
        asked = {"event_type": event_type, "after": after, "up_to": up_to}
        rows = lake.sql(query, asked, personal=True, rows_max=_AT_ONCE, timeout_s=_TIMEOUT_S)
        if rows.num_rows:
            yield rows
        if rows.num_rows < _AT_ONCE:
            return
        after = int(rows["row_seq"][-1].as_py())


def _inputs(sealed: str | None, clear: str | None) -> Mapping[str, Any]:
    if sealed is not None:
        return decode_personal(sealed.encode()).inputs
    # Nothing of it was personal, so it stands in the open; or its person was erased, and it is gone.
    used = None if clear is None else _USED.decode(clear.encode()).used
    return _NOTHING.inputs if used is None else decode_personal(bytes(used)).inputs


_NOTHING: Final = Personal(inputs={}, members={})


def _column(values: Iterable[Any], kind: pa.DataType) -> tuple[pa.Array, BoolArray]:
    given = list(values)
    told = np.array([one is not _NOT_TOLD for one in given], dtype=np.bool_)
    plain = [None if one is _NOT_TOLD else one for one in given]
    try:
        return pa.array(plain, kind), told
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        # Recorded when the input had another type: as this type it was not recorded.
        fits = np.array([_fits(one, kind) for one in plain], dtype=np.bool_)
        return pa.array([one if fit else None for one, fit in zip(plain, fits, strict=True)], kind), told & fits


def _fits(value: Any, kind: pa.DataType) -> bool:
    try:
        pa.scalar(value, kind)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return False
    return True
