"""The labels of many events at once, by one statement; what they mean is said in ``maturity``, event by event."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import duckdb
import pyarrow as pa

from tandem.kernel.expressions import Dialect, to_sql
from tandem.learn.labels.conditions import LabelConditions, Telling
from tandem.learn.labels.maturity import Asked, Terms

__all__ = ["LABEL_COLUMNS", "decided_rows", "label_rows", "told_rows"]

LABEL_COLUMNS: Final = (
    "label_state", "bad", "label_known_at", "label_settled_at", "label_reason",
    "told_bad", "told_received_at", "told_occurred_at",
)  # fmt: skip
_LABELS: Final = Path(__file__).with_name("labels.sql").read_text("utf-8")
_TOLD: Final = pa.schema(
    {
        "seq": pa.int64(),
        "event_id": pa.string(),
        "received_at": pa.int64(),
        "occurred_at": pa.int64(),
        "supersedes": pa.string(),
        "refers": pa.string(),
        "bad": pa.bool_(),
        "early": pa.bool_(),
    }.items()
)


def told_rows(conditions: LabelConditions, telling: pa.Table, early: pa.Table | None) -> pa.Table:
    """Everything that tells, early or in the end, one row each.

    Args:
        telling: events of the type that tells, as ``learn.datasets.known_events`` gives them with ``received_at``.
        early: those of the type that tells early; None where the label knows no early sign.
    """
    parts = [_told(conditions.telling, telling, early=False)]
    if conditions.early is not None:
        assert early is not None, "an early sign comes with its events"
        parts.append(_told(conditions.early, early, early=True))
    return pa.concat_tables(parts)


def decided_rows(conditions: LabelConditions, events: pa.Table) -> pa.Table:
    """``seq``, ``event_id``, ``occurred_at`` and ``excluded`` (why, or null) of the decided ``events``."""
    cases = "".join(
        f" WHEN ({to_sql(condition, Dialect.DUCKDB)}) THEN {_quoted(reason)}"
        for condition, reason in conditions.exclude
    )
    excluded = f"CASE{cases} END" if cases else "CAST(NULL AS VARCHAR)"
    # Conditions come from typed trees, and reasons as quoted constants: no text of a user's reaches SQL.
    query = (
        f"SELECT seq, event_id, epoch_us(occurred_at) AS occurred_at, {excluded} AS excluded FROM given ORDER BY seq"  # noqa: S608
    )
    return _asked(query, given=events)


def label_rows(decided: pa.Table, told: pa.Table, terms: Terms, asked: Asked) -> pa.Table:
    """``seq`` and ``LABEL_COLUMNS`` of each row of ``decided``, in the order of ``seq``; instants in microseconds.

    Args:
        decided: as ``decided_rows`` gives it, and ``decision``: what was answered, or null.
        told: as ``told_rows`` gives it.
    """
    given = {
        "seq": asked.seq,
        "at": asked.at,
        "told_window": terms.window,
        "early_window": terms.early_window,
        "matures": terms.matures,
        "good_when_silent": terms.good_when_silent,
    }
    return _asked(_LABELS, given, decided=decided, told=told)


def _told(telling: Telling, events: pa.Table, *, early: bool) -> pa.Table:
    bad = to_sql(telling.bad, Dialect.DUCKDB)
    query = f"""
        SELECT seq, event_id, epoch_us(received_at) AS received_at, epoch_us(occurred_at) AS occurred_at, supersedes,
            "{telling.refers}" AS refers, CASE WHEN "{telling.refers}" IS NOT NULL THEN {bad} END AS bad, {early} AS early
        FROM given ORDER BY seq"""  # noqa: S608 - a checked name and a typed tree
    return _asked(query, given=events).cast(_TOLD)


def _asked(query: str, parameters: Mapping[str, object] | None = None, **tables: pa.Table) -> pa.Table:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")
        for name, table in tables.items():
            connection.register(name, table)
        return connection.execute(query, parameters).to_arrow_table()


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
