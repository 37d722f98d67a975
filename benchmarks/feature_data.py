"""Two real or realistic journals for whoever compares hosts: Taiwan's card accounts (2005, bundled) and card payments.

Lateness and corrections are put in by a hash of the event's id: 5 % arrive late, 1 % are corrected a little later. The
days within the months, the delays and the corrections are synthetic; balances, repayments and statuses are real. The
payments are the card handbook's (a published simulation) where ``TANDEM_DATA_DIR`` has them, else our own, simulated.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa

from benchmarks.data_folder import data_at, data_if_here
from tandem.kernel.identity import Digest, EntityKind, EventId, EventTypeName
from tandem.kernel.time import Micros
from tandem.kernel.values import SqlType
from tandem.observe.events import Event, EventField, EventType
from tandem.observe.features import compile_plan, parse_feature_set

__all__ = ["ACCOUNTS", "HANDBOOK", "PAYMENTS", "TAIWAN", "TYPES", "events_in", "events_of", "payments_source"]

TAIWAN = data_at("taiwan_credit_default/UCI_Credit_Card.csv.gz")
HANDBOOK = data_if_here("fraud_handbook_sim")


def field(name: str, kind: SqlType, entity: str | None = None) -> EventField:
    return EventField(name=name, type=kind, entity=None if entity is None else EntityKind(entity))


WHOLE, TEXT = SqlType.INTEGER, SqlType.TEXT
STATEMENT, REPAYMENT, PAYMENT = map(EventTypeName, ("statement", "repayment", "card_payment"))
TYPES = {
    STATEMENT: EventType(
        name=STATEMENT,
        fields=(
            field("account", TEXT, "account"),
            *(field(name, WHOLE) for name in ("bill_minor", "limit_minor", "months_overdue")),
        ),
    ),
    REPAYMENT: EventType(name=REPAYMENT, fields=(field("account", TEXT, "account"), field("amount_minor", WHOLE))),
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(*(field(name, TEXT, name) for name in ("card", "merchant")), field("amount_minor", WHOLE)),
    ),
}
ACCOUNTS = compile_plan([parse_feature_set({"use": "library/account_statements"})], TYPES)
PAYMENTS = compile_plan(
    [
        parse_feature_set(
            {
                "name": entity,
                "entity": entity,
                "events": [PAYMENT],
                "lateness": "2h",
                "features": [
                    {"name": f"{entity}_n_{{window}}", "aggregate": "count", "windows": ["10m", "1h", "1d", "30d"]},
                    {
                        "name": f"{entity}_s_{{window}}",
                        "aggregate": "sum",
                        "field": "amount_minor",
                        "windows": ["1d", "30d"],
                    },
                    {"name": f"{entity}_max", "aggregate": "max", "field": "amount_minor", "window": "7d"},
                    {"name": f"{entity}_std", "aggregate": "std", "field": "amount_minor", "window": "30d"},
                    {
                        "name": f"{entity}_d_{{window}}",
                        "aggregate": "distinct",
                        "field": other,
                        "windows": ["1d", "30d"],
                    },
                    {"name": f"{entity}_gap_seconds", "aggregate": "time_since", "window": "lifetime"},
                    {
                        "name": f"{entity}_tiled",
                        "aggregate": "sum",
                        "field": "amount_minor",
                        "window": "30d",
                        "hop": "1d",
                    },
                    {"name": f"{entity}_z", "aggregate": "zscore", "field": "amount_minor", "window": "30d"},
                ],
            }
        )
        for entity, other in (("card", "merchant"), ("merchant", "card"))
    ],
    TYPES,
)
TABLES = Path(__file__).with_name("feature_data.sql").read_text("utf-8")


def events_of(view: str, where: str = "TRUE") -> pa.Table:
    """The journal of one view: 5 % arrive late, 1 % are corrected a little later."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(TABLES.replace("$TAIWAN", str(TAIWAN)).replace("$PAYMENTS", payments_source()))
        return connection.execute(arrived(view, where)).to_arrow_table()


def payments_source() -> str:
    if HANDBOOK is not None:
        return (
            "SELECT TRANSACTION_ID AS id, epoch_us(TX_DATETIME) AS t, CUSTOMER_ID AS c, TERMINAL_ID AS m, "
            f"round(TX_AMOUNT * 100)::BIGINT AS a FROM read_parquet('{HANDBOOK}/*.parquet')"
        )
    return (
        "SELECT id, 1522540800000000 + id * 9000000 + (hash(id) % 9000000)::BIGINT AS t, hash(id + 1) % 4990 AS c, "
        "hash(id + 2) % 10000 AS m, (hash(id + 3) % 20000)::BIGINT AS a FROM range(1500000) r(id)"
    )


def arrived(view: str, where: str) -> str:
    return f"""
        WITH base AS (SELECT * FROM {view} WHERE {where}), sent AS (
            SELECT *, NULL AS supersedes,
                occurred_at + CASE WHEN hash(event_id) % 20 = 0 THEN (hash(event_id || 'l') % late_us)::BIGINT ELSE 0 END AS arrival
            FROM base
        ), corrected AS (
            SELECT * REPLACE (event_id || 'c' AS event_id, amount_minor + 100 AS amount_minor, event_id AS supersedes,
                arrival + 1 + (hash(event_id || 'c') % (2 * late_us))::BIGINT AS arrival)
            FROM sent WHERE hash(event_id || 'x') % 100 = 0
        ), journal AS (SELECT * FROM sent UNION ALL SELECT * FROM corrected)
        SELECT row_number() OVER (ORDER BY arrival, event_id)::BIGINT AS seq, * EXCLUDE (arrival, late_us) FROM journal
        ORDER BY seq
    """  # fmt: skip


def events_in(table: pa.Table) -> Iterator[Event]:
    """The events of a table, one by one, as the reader would have made them."""
    names = {event: [field.name for field in TYPES[event].fields] for event in TYPES}
    for piece in table.to_batches(max_chunksize=50_000):
        columns: dict[str, list[Any]] = {name: piece.column(name).to_pylist() for name in piece.schema.names}
        for row in zip(*columns.values(), strict=True):
            one = dict(zip(columns, row, strict=True))
            kind = EventTypeName(one["event_type"])
            yield Event(
                event_id=EventId(one["event_id"]),
                event_type=kind,
                occurred_at=Micros(one["occurred_at"]),
                received_at=Micros(one["occurred_at"]),
                values={name: one[name] for name in names[kind]},
                entities={},
                subject=None,
                digest=Digest(""),
                clear=b"",
                secret=None,
                supersedes=None if one["supersedes"] is None else EventId(one["supersedes"]),
                entity_kinds={},
            )
