"""Two real panels of accounts by months, with what was known at the end of each month and when each fell behind.

Taiwan's card accounts (April to September 2005, bundled): statements and repayments; their status counts months overdue,
and 2 or more is at least 30 days. The card panel (``TANDEM_DATA_DIR``, only where it is): statuses alone, up to 61 months;
``1`` is 30 to 59 days. What is known of an account comes from the feature kernel over these events, in the order of the
months; the day within a month is synthetic.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import yaml

from benchmarks.data_folder import data_if_here
from benchmarks.feature_data import STATEMENT, TAIWAN, TYPES, WHOLE, field
from tandem.kernel.identity import EventTypeName
from tandem.kernel.values import SqlType
from tandem.observe.events import EventType
from tandem.observe.features import FeaturePlan, compile_plan, compute_batch, parse_feature_set

__all__ = ["Panel", "card_panel", "taiwan_panel"]

ROOT = Path(__file__).parents[1]
_DEFINED = yaml.safe_load(Path(__file__).with_name("warning_features.yaml").read_text("utf-8"))
_BEHAVIOUR = ROOT / "examples" / "lender" / "features" / "account_behaviour.yaml"
_MONTH = EventTypeName("month")


@dataclass(frozen=True)
class Panel:
    """Account-months on which the account was performing.

    Attributes:
        name, status_words: what it is; what a roll is in its own words.
        table: a row each: features as of the end of the month, by their names.
        features: names of the inputs of a model.
        group: number of the account, or of the person who has several: never in two folds.
        month: number of the month, counted up; last_month: the last there is.
        rolls_in: months until the first status of at least 30 days past due; 0 where none was seen.
        watched: months that were watched after it, to that roll or to the end.
        status: of the month; used: bill over limit, NaN where a panel has none.
    """

    name: str
    table: pa.Table
    features: tuple[str, ...]
    group: np.ndarray
    month: np.ndarray
    last_month: int
    rolls_in: np.ndarray
    watched: np.ndarray
    status: np.ndarray
    used: np.ndarray

    def take(self, rows: np.ndarray) -> Panel:
        """The rows at those places."""
        kept = {name: getattr(self, name)[rows] for name in ("group", "month", "rolls_in", "watched", "status", "used")}
        return Panel(self.name, self.table.take(pa.array(rows)), self.features, last_month=self.last_month, **kept)


def taiwan_panel(one_in: int = 1) -> Panel:
    """The bundled panel; one account in so many, drawn by a hash of its number."""
    sets = [yaml.safe_load(_BEHAVIOUR.read_text("utf-8")), _DEFINED["path"]]
    plan = compile_plan([parse_feature_set(one) for one in sets], TYPES)
    query = _TAIWAN.replace("$TAIWAN", str(TAIWAN)).replace("$ONE_IN", str(one_in))
    known = _known(plan, query, str(STATEMENT))
    return _panel("taiwan", known, plan.names, rolled_at=2)


def card_panel(one_in: int = 1) -> Panel | None:
    """The panel beside the project; None where it is not there. One person in so many."""
    cards = data_if_here("card_approval_panel")
    if cards is None:
        return None
    types = {
        _MONTH: EventType(
            name=_MONTH, fields=(field("account", SqlType.TEXT, "account"), field("months_overdue", WHOLE))
        )
    }
    plan = compile_plan([parse_feature_set(_DEFINED["status"])], types)
    known = _known(
        plan,
        _CARDS.replace("$CARDS", str(cards)).replace("$ONE_IN", str(one_in)).replace("COLUMNS_OF_PERSON", _WHO),
        str(_MONTH),
    )
    return _panel("cards", known, (*plan.names, *_APPLIED), rolled_at=1)


_APPLIED = ("income", "age", "employed", "children", "family", "income_type", "education", "housing", "family_status")

_TAIWAN = """
CREATE TABLE taiwan AS SELECT * FROM read_csv('$TAIWAN') WHERE hash(ID::BIGINT) % $ONE_IN = 0;
CREATE VIEW months AS
SELECT ID::BIGINT AS number, LIMIT_BAL::BIGINT * 100 AS limit_minor, month, bill::BIGINT * 100 AS bill_minor,
    repaid::BIGINT * 100 AS amount_minor, status::BIGINT AS months_overdue
FROM taiwan, LATERAL (VALUES
    (9, BILL_AMT1, PAY_AMT1, PAY_0), (8, BILL_AMT2, PAY_AMT2, PAY_2), (7, BILL_AMT3, PAY_AMT3, PAY_3),
    (6, BILL_AMT4, PAY_AMT4, PAY_4), (5, BILL_AMT5, PAY_AMT5, PAY_5), (4, BILL_AMT6, PAY_AMT6, PAY_6)
) AS panel(month, bill, repaid, status);
CREATE TABLE events AS
SELECT row_number() OVER (ORDER BY occurred_at, event_id)::BIGINT AS seq, * FROM (
    SELECT 's' || number || '-' || month AS event_id, 'statement' AS event_type, number, number AS grouped, month,
        epoch_us(make_timestamp(2005, month, 25 + number % 4, 0, 0, 0)) AS occurred_at,
        format('{:032x}', number) AS account, bill_minor, limit_minor, months_overdue, NULL::BIGINT AS amount_minor
    FROM months
    UNION ALL
    SELECT 'r' || number || '-' || month, 'repayment', number, number, month,
        epoch_us(make_timestamp(2005, month, 8 + number % 10, 0, 0, 0)),
        format('{:032x}', number), NULL, NULL, NULL, amount_minor
    FROM months WHERE amount_minor > 0
);
"""

_CARDS = """
CREATE TABLE applied AS
SELECT ID::BIGINT AS number, hash(COLUMNS_OF_PERSON) AS who, AMT_INCOME_TOTAL AS income, -DAYS_BIRTH AS age,
    CASE WHEN DAYS_EMPLOYED <= 0 THEN -DAYS_EMPLOYED END AS employed, CNT_CHILDREN AS children,
    CNT_FAM_MEMBERS AS family, NAME_INCOME_TYPE AS income_type, NAME_EDUCATION_TYPE AS education,
    NAME_HOUSING_TYPE AS housing, NAME_FAMILY_STATUS AS family_status
FROM read_csv('$CARDS/application_record.csv.gz') QUALIFY row_number() OVER (PARTITION BY ID ORDER BY DAYS_BIRTH) = 1;
CREATE TABLE events AS
SELECT row_number() OVER (ORDER BY month, number)::BIGINT AS seq, 'm' || number || '-' || month AS event_id,
    'month' AS event_type, number, coalesce(who % 9223372036854775807, number)::BIGINT AS grouped, month,
    epoch_us(make_timestamp(2000, 1, 28, 0, 0, 0) + to_months(month::INTEGER)) AS occurred_at,
    format('{:032x}', number) AS account, months_overdue
FROM (
    SELECT ID::BIGINT AS number, MONTHS_BALANCE::BIGINT + 60 AS month,
        CASE STATUS WHEN 'X' THEN -2 WHEN 'C' THEN -1 ELSE STATUS::BIGINT END AS months_overdue
    FROM read_csv('$CARDS/credit_record.csv.gz', types = {'STATUS': 'VARCHAR'})
) JOIN applied USING (number) WHERE hash(who) % $ONE_IN = 0;
"""
_PERSON = (
    "CODE_GENDER", "FLAG_OWN_CAR", "FLAG_OWN_REALTY", "CNT_CHILDREN", "AMT_INCOME_TOTAL", "NAME_INCOME_TYPE",
    "NAME_EDUCATION_TYPE", "NAME_FAMILY_STATUS", "NAME_HOUSING_TYPE", "DAYS_BIRTH", "DAYS_EMPLOYED", "FLAG_WORK_PHONE",
    "FLAG_PHONE", "FLAG_EMAIL", "OCCUPATION_TYPE", "CNT_FAM_MEMBERS",
)  # fmt: skip
_WHO = "concat_ws('|', " + ", ".join(f"coalesce({one}::VARCHAR, '')" for one in _PERSON) + ")"
"""What makes two applications those of one person: all that they say, for they say nothing of who it is."""


def _known(plan: FeaturePlan, setup: str, of: str) -> pa.Table:
    """The rows of type ``of`` with what the plan knows as of each, ordered by account and month."""
    with duckdb.connect() as connection:
        connection.execute("SET threads = 1")
        connection.execute(setup)
        events = connection.execute("SELECT * FROM events ORDER BY seq").to_arrow_table()
        features = compute_batch(plan, events)
        connection.register("features", features)
        asked = ", ".join(f'f."{name}"' for name in plan.names)
        more = connection.execute("SELECT count(*) FROM duckdb_tables() WHERE table_name = 'applied'").fetchone()
        extra = f", {', '.join('a.' + name for name in _APPLIED)}" if more and more[0] else ""
        join = "LEFT JOIN applied a USING (number)" if extra else ""
        used = "e.bill_minor / nullif(e.limit_minor, 0)" if not extra else "NULL::DOUBLE"
        return connection.execute(
            f"SELECT e.number, e.grouped, e.month, e.months_overdue AS status, {used} AS used, {asked}{extra}"
            f" FROM events e JOIN features f USING (seq) {join} WHERE e.event_type = '{of}' ORDER BY e.number, e.month"
        ).to_arrow_table()


def _panel(name: str, known: pa.Table, features: tuple[str, ...], *, rolled_at: int) -> Panel:
    number, month, status = (known.column(one).to_numpy() for one in ("number", "month", "status"))
    rolls_in, watched = _followed(number, month, status >= rolled_at)
    performing = np.flatnonzero(status < rolled_at)
    used = known.column("used").to_numpy(zero_copy_only=False).astype(float)
    table = known.select(list(features))
    return Panel(
        name=name,
        table=table,
        features=features,
        group=known.column("grouped").to_numpy(),
        month=month,
        last_month=int(month.max()),
        rolls_in=rolls_in,
        watched=watched,
        status=status,
        used=used,
    ).take(performing)


def _followed(number: np.ndarray, month: np.ndarray, rolled: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Months from each row to the next roll (0: none was seen), and months watched after it, to it or to the end."""
    rolls_in, watched = np.zeros(number.size, dtype=np.int64), np.zeros(number.size, dtype=np.int64)
    next_roll, last, account = 0, 0, None
    for place in range(number.size - 1, -1, -1):
        if number[place] != account:
            account, next_roll, last = number[place], 0, int(month[place])
        rolls_in[place] = next_roll - month[place] if next_roll else 0
        watched[place] = rolls_in[place] or last - month[place]
        if rolled[place]:
            next_roll = int(month[place])
    return rolls_in, watched
