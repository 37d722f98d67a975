"""A table looked at before anything is trained on it: what each column is, what speaks against it, what it gives away.

The same questions that training asks (``checks``, ``proxies``), asked early, so that a person can still choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec
import numpy as np
import pyarrow as pa

from tandem.kernel.errors import TandemError
from tandem.kernel.time import Micros, format_instant
from tandem.learn.training.checks import check_columns, check_rows
from tandem.learn.training.columns import texts_of
from tandem.learn.training.findings import Finding, Findings
from tandem.learn.training.frame import Frame
from tandem.learn.training.instants import instants_of
from tandem.learn.training.profile import ColumnProfile, Profile, profile_table
from tandem.learn.training.proxies import check_proxies
from tandem.learn.training.sensitive import Sensitive, sensitive_column
from tandem.learn.training.spec import TrainSpec
from tandem.learn.training.splitting import out_of_time
from tandem.learn.training.suggesting import Suggested, suggest_columns
from tandem.learn.training.target import Target, read_target, require_column
from tandem.prove.privacy import DataClass

__all__ = ["LOOKED_AT_MAX", "ColumnLook", "LookAsked", "LookFault", "Outlook", "TableLook", "look_at"]

LOOKED_AT_MAX: Final = 50_000
"""Rows that are looked at; of more, evenly spaced ones."""
_EXAMPLES: Final = 4
_EXAMPLE_CHARS: Final = 40
_VALUES: Final = 12
_FIRST_INSTANT: Final = 10**14


class LookAsked(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What was said of the columns so far; nothing need be. ``forbid`` None: what is sensitive by name."""

    target: str | None = None
    positive: str | None = None
    time: str | None = None
    id: tuple[str, ...] = ()
    forbid: tuple[str, ...] | None = None
    test_share: float = 0.2


class ColumnLook(msgspec.Struct, frozen=True, kw_only=True):
    """One column.

    Attributes:
        kind: ``numeric``, ``categorical``, ``time`` or ``other``; source: its type as read.
        missing, distinct: of the rows looked at.
        examples: a few values; none of a private column.
        values: the texts it holds with their counts, where they are few; none of a private column.
        excluded: why no model would read it, see ``ColumnProfile``; None for an input.
        sensitive: what its name says against using it.
    """

    name: str
    kind: str
    source: str
    missing: int
    distinct: int
    low: float | None
    high: float | None
    examples: tuple[str, ...]
    values: tuple[tuple[str, int], ...]
    excluded: str | None
    sensitive: Sensitive | None


class Outlook(msgspec.Struct, frozen=True, kw_only=True):
    """What there would be to learn from and to judge by.

    Attributes:
        positive: the bad value of the target, given or told by its name.
        labelled, bads, unlabelled: rows looked at.
        split: ``out_of_time`` or ``random_hold_out``.
        first, boundary, last: of the time column; the test begins at the boundary.
        train_rows, test_rows, test_bads: of the split.
    """

    positive: str
    labelled: int
    bads: int
    unlabelled: int
    split: str
    first: str | None
    boundary: str | None
    last: str | None
    train_rows: int
    test_rows: int
    test_bads: int


class LookFault(msgspec.Struct, frozen=True, kw_only=True):
    """Why training would refuse what was said so far."""

    code: str
    detail: str
    field: str
    value: str
    hint: str


class TableLook(msgspec.Struct, frozen=True, kw_only=True):
    """What was seen.

    Attributes:
        rows: of the table; ``looked_at`` of them were looked at.
        suggested: what the columns most likely are.
        forbid: what would be left out: as asked, or as suggested.
        outlook: None until a target is said, or where it cannot be used.
        findings: what training would say of the columns; ``proxy`` where one gives a forbidden one away.
        fault: what is wrong with what was said.
    """

    rows: int
    looked_at: int
    columns: tuple[ColumnLook, ...]
    suggested: Suggested
    forbid: tuple[str, ...]
    outlook: Outlook | None
    findings: tuple[Finding, ...]
    fault: LookFault | None


def look_at(table: pa.Table, asked: LookAsked, classes: Mapping[str, DataClass] | None = None) -> TableLook:
    """Look at ``table`` with what was said of it so far.

    Args:
        classes: data class of the workspace's own fields, by name.

    Raises:
        InvalidInput: two columns have one name, or none can be read.
    """
    for name in table.column_names:
        require_column(table, name, "table")
    rows = table.num_rows
    if rows > LOOKED_AT_MAX:
        table = table.take(pa.array(np.linspace(0, rows - 1, LOOKED_AT_MAX).astype(np.int64)))
    sensitive = {name: found for name in table.column_names if (found := sensitive_column(name, classes)) is not None}
    plain = profile_table(table, {})
    suggested = suggest_columns(table, plain.columns, tuple(sensitive))
    forbid = suggested.forbid if asked.forbid is None else asked.forbid
    forbid = tuple(name for name in forbid if name not in {asked.target, asked.time, *asked.id})
    outlook: Outlook | None = None
    findings: Findings = ()
    fault: LookFault | None = None
    try:
        outlook, findings = _foreseen(table, asked, forbid, plain)
    except TandemError as error:
        fault = LookFault(
            code=error.code,
            detail=error.detail,
            field=error.field or "",
            value="" if error.value is None else str(error.value),
            hint=error.hint or "",
        )
    return TableLook(
        rows=rows,
        looked_at=table.num_rows,
        columns=tuple(_shown(table, profile, sensitive.get(profile.name)) for profile in plain.columns),
        suggested=suggested,
        forbid=forbid,
        outlook=outlook,
        findings=findings,
        fault=fault,
    )


def _foreseen(
    table: pa.Table, asked: LookAsked, forbid: tuple[str, ...], plain: Profile
) -> tuple[Outlook | None, tuple[Finding, ...]]:
    spec = TrainSpec(
        target=asked.target or "",
        positive=asked.positive,
        time=asked.time,
        id=asked.id,
        forbid=forbid,
        test_share=asked.test_share,
    )
    reserved = dict.fromkeys(forbid, "forbidden") | dict.fromkeys(asked.id, "id")
    for field, names in (("forbid", forbid), ("id", asked.id)):
        for name in names:
            require_column(table, name, field)
    if asked.target is None:
        inputs = tuple(column for column in plain.frame.columns if column.name not in reserved)
        return None, tuple(check_proxies(Frame(inputs, plain.frame.rows), table, spec))
    target = read_target(table, asked.target, asked.positive)
    labelled = table.take(pa.array(target.rows)) if target.unlabelled else table
    if asked.time is not None:
        reserved[asked.time] = "time"
    profile = profile_table(labelled, reserved | {asked.target: "target"})
    _, findings = check_columns(profile, target.bad, labelled, spec)
    return _outlook(labelled, target, spec), (*findings, *check_rows(labelled, target.bad, spec))


def _outlook(labelled: pa.Table, target: Target, spec: TrainSpec) -> Outlook:
    bads = int(target.bad.sum())
    times: tuple[str, str, str] | tuple[None, None, None] = (None, None, None)
    if spec.time is None:
        test = round(target.bad.size * spec.test_share)
        test_bads = round(bads * spec.test_share)
    else:
        instants = instants_of(spec.time, require_column(labelled, spec.time, "time"))
        _, late = out_of_time(instants, spec.test_share)
        test, test_bads = int(late.size), int(target.bad[late].sum())
        times = (_told(int(instants.min())), _told(int(instants[late].min())), _told(int(instants.max())))
    return Outlook(
        positive=target.positive,
        labelled=int(target.bad.size),
        bads=bads,
        unlabelled=target.unlabelled,
        split="random_hold_out" if spec.time is None else "out_of_time",
        first=times[0],
        boundary=times[1],
        last=times[2],
        train_rows=int(target.bad.size) - test,
        test_rows=test,
        test_bads=test_bads,
    )


def _told(instant: int) -> str:
    # Whole numbers such as 202611 are ordered but are no instants; microseconds since 1973 are.
    return format_instant(Micros(instant)) if abs(instant) > _FIRST_INSTANT else str(instant)


def _shown(table: pa.Table, profile: ColumnProfile, sensitive: Sensitive | None) -> ColumnLook:
    hidden = sensitive is not None and sensitive.kind == "private"
    return ColumnLook(
        name=profile.name,
        kind=profile.kind,
        source=profile.source,
        missing=profile.missing,
        distinct=profile.distinct,
        low=None if hidden else profile.low,
        high=None if hidden else profile.high,
        examples=() if hidden else _examples(table.column(profile.name)),
        values=() if hidden or profile.distinct > _VALUES else _values(table.column(profile.name)),
        excluded=profile.excluded,
        sensitive=sensitive,
    )


def _examples(column: pa.ChunkedArray) -> tuple[str, ...]:
    texts = (text for text in texts_of(column.slice(0, 200)) if text is not None)
    return tuple(text[:_EXAMPLE_CHARS] for text in dict.fromkeys(texts))[:_EXAMPLES]


def _values(column: pa.ChunkedArray) -> tuple[tuple[str, int], ...]:
    """Every text with its count, the commonest first."""
    if pa.types.is_nested(column.type):
        return ()
    counted = column.value_counts().to_pylist()
    texts = texts_of(pa.chunked_array([pa.array([one["values"] for one in counted], column.type)]))
    found = [(text, one["counts"]) for text, one in zip(texts, counted, strict=True) if text is not None]
    return tuple(sorted(((text[:_EXAMPLE_CHARS], count) for text, count in found), key=lambda one: (-one[1], one[0])))
