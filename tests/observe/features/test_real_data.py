"""Parity on real accounts (Taiwan 2005, bundled) and on card payments, with lateness and corrections put in by seed.

The days within the months, the delays and the corrections are synthetic; balances, repayments and statuses are real. The
payments are the card handbook's (a published simulation) where ``TANDEM_DATA_DIR`` has them, else simulated here.
"""

import os
from pathlib import Path

import duckdb
import feature_oracle
import feature_streams as streams
import pytest
from feature_runs import disagreements

from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features import OnlineFeatures, compile_plan, compiled_module, compute_batch, parse_feature_set

ROOT = Path(__file__).parents[3]
TAIWAN = ROOT / "examples" / "data" / "taiwan_credit_default" / "UCI_Credit_Card.csv.gz"
HANDBOOK = Path(os.environ.get("TANDEM_DATA_DIR", ROOT.parent / "shared" / "data")) / "fraud_handbook_sim"

WHOLE, TEXT = SqlType.INTEGER, SqlType.TEXT
STATEMENT, REPAYMENT, PAYMENT = "statement", "repayment", "card_payment"
TYPES = {
    STATEMENT: EventType(
        name=STATEMENT,
        fields=(
            streams.field("account", TEXT, "account"),
            *(streams.field(name, WHOLE) for name in ("bill_minor", "limit_minor", "months_overdue")),
        ),
    ),
    REPAYMENT: EventType(
        name=REPAYMENT, fields=(streams.field("account", TEXT, "account"), streams.field("amount_minor", WHOLE))
    ),
    PAYMENT: EventType(
        name=PAYMENT,
        fields=(
            *(streams.field(name, TEXT, name) for name in ("card", "merchant")),
            streams.field("amount_minor", WHOLE),
        ),
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
TABLES = (Path(__file__).parent / "real_data.sql").read_text("utf-8")


def events_of(view, where="TRUE"):
    """The journal of one view: 5 % arrive late, 1 % are corrected a little later."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(TABLES.replace("$TAIWAN", str(TAIWAN)).replace("$PAYMENTS", payments_source()))
        return connection.execute(arrived(view, where)).to_arrow_table()


def payments_source():
    if HANDBOOK.is_dir():
        return (
            "SELECT TRANSACTION_ID AS id, epoch_us(TX_DATETIME) AS t, CUSTOMER_ID AS c, TERMINAL_ID AS m, "
            f"round(TX_AMOUNT * 100)::BIGINT AS a FROM read_parquet('{HANDBOOK}/*.parquet')"
        )
    return (
        "SELECT id, 1522540800000000 + id * 9000000 + (hash(id) % 9000000)::BIGINT AS t, hash(id + 1) % 4990 AS c, "
        "hash(id + 2) % 10000 AS m, (hash(id + 3) % 20000)::BIGINT AS a FROM range(1500000) r(id)"
    )


def arrived(view, where):
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


def online_vectors(plan, table, compiled, cut=None):
    host = OnlineFeatures(plan, compiled=compiled)
    names = {event: [field.name for field in TYPES[event].fields] for event in TYPES}
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    for row in zip(*columns.values(), strict=True):
        one = dict(zip(columns, row, strict=True))
        kind = one["event_type"]
        values = {name: one[name] for name in names[kind]}
        event = streams.event(one["event_id"], kind, one["occurred_at"], values, one["supersedes"])
        if one["seq"] == cut:
            host = OnlineFeatures.restore(plan, host.snapshot(), compiled=compiled)
        yield host.observe(event, one["seq"])


def batch_vectors(plan, table, compiled=None):
    made = compute_batch(plan, table, compiled=compiled)
    return zip(*(made.column(name).to_pylist() for name in plan.names), strict=True)


def all_agree(plan, table, *, compiled, cut):
    for got, expected in zip(online_vectors(plan, table, compiled, cut), batch_vectors(plan, table), strict=True):
        assert tuple(got) == expected


def oracle_agrees(plan, table):
    expected = feature_oracle.Oracle(plan, table).features()
    vectors = [list(vector) for vector in batch_vectors(plan, table)]
    assert disagreements(plan, vectors, expected) == []


def test_real_accounts_agree_with_the_oracle_and_between_hosts():
    table = events_of("accounts", "account_number <= 40")
    assert table.num_rows > 40 * 12
    oracle_agrees(ACCOUNTS, table)
    all_agree(ACCOUNTS, table, compiled=False, cut=211)


def test_payments_agree_with_the_oracle_and_between_hosts():
    table = events_of("payments", "c < 6")
    assert table.num_rows > 500
    oracle_agrees(PAYMENTS, table.slice(0, 500))
    all_agree(PAYMENTS, table.slice(0, 3000), compiled=False, cut=1000)


@pytest.mark.prove
def test_all_360_000_events_of_the_real_accounts_agree_between_hosts():
    table = events_of("accounts")
    assert table.num_rows >= 360_000
    all_agree(ACCOUNTS, table, compiled=compiled_module() is not None, cut=123_456)
    assert compute_batch(ACCOUNTS, table) == compute_batch(ACCOUNTS, table, compiled=False)
    oracle_agrees(ACCOUNTS, events_of("accounts", "account_number % 60 = 0"))


@pytest.mark.prove
@pytest.mark.timeout(1800)
def test_a_million_and_a_half_payments_agree_between_hosts():
    table = events_of("payments")
    assert table.num_rows >= 1_500_000
    all_agree(PAYMENTS, table, compiled=compiled_module() is not None, cut=777_777)
    oracle_agrees(PAYMENTS, events_of("payments", "c % 500 = 7"))
