"""The example lender's data as event documents: what a lender's own systems would send.

Real: the applications (modeldata ``credit_data``) and the account panel (Taiwan 2005). Synthetic and labelled so: the
applications' arrival times, and the calendar of the panel: its six months are real and in their order, but the last of them
ends yesterday, and each account pays and is billed on a day of the month that is ours. Simulated: the card payments, and the applications
for instalments at a merchant's till, and what borrowers do with what was lent to them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, TypeAlias

import duckdb
import msgspec
import pyarrow as pa

from tandem.act.products import Day
from tandem.kernel.errors import NotFound
from tandem.kernel.time import DAY, HOUR, Micros, date_to_days, days_to_date, format_instant
from tandem.learn.simulator import (
    LABEL_DELAY,
    MOVEMENT,
    ApplicationWorld,
    CardWorld,
    FundMisuse,
    GroupLoanFraud,
    LoneFraud,
    application_rows,
    simulate_applications,
    simulate_card_payments,
    simulate_movements,
)

__all__ = [
    "PANEL_MONTHS",
    "Document",
    "Movements",
    "Stream",
    "account_of",
    "application_documents",
    "checkout_documents",
    "movement_documents",
    "outcome_documents",
    "panel_days",
    "panel_documents",
    "payment_documents",
    "person_of",
    "read_applications",
    "read_panel",
]

Document: TypeAlias = dict[str, Any]

PANEL_MONTHS: Final = ("6", "5", "4", "3", "2", "1")
"""April to September 2005, by how the panel's columns number them: the last month is 1."""
_SHORTEST_MONTH: Final = 28

# The source keeps whole units; Tandem keeps minor units.
_APPLICATIONS = """
SELECT rownames::BIGINT AS number,
       CASE WHEN Status = 'bad' THEN 1 WHEN Status = 'good' THEN 0 END AS bad,
       Amount::BIGINT * 100 AS amount_minor, Price::BIGINT * 100 AS price_minor, Time::BIGINT AS term_months,
       Age::BIGINT AS age, Seniority::BIGINT AS seniority_years, Job AS job, Home AS home, Marital AS marital,
       CASE Records WHEN 'yes' THEN true WHEN 'no' THEN false END AS records,
       (Income::DOUBLE * 100)::BIGINT AS income_minor, (Expenses::DOUBLE * 100)::BIGINT AS expenses_minor,
       (Assets::DOUBLE * 100)::BIGINT AS assets_minor, (Debt::DOUBLE * 100)::BIGINT AS debt_minor
FROM read_csv($file, header = true, nullstr = ['NA', ''])
ORDER BY hash(number + $seed), number
"""

_PANEL = """
WITH accounts AS (SELECT * FROM read_csv($file, header = true, ignore_errors = false, null_padding = true) WHERE ID IS NOT NULL)
SELECT ID::BIGINT AS id, LIMIT_BAL::BIGINT * 100 AS limit_minor, "class"::BIGINT AS defaulted,
       PAY_6::BIGINT AS s6, PAY_5::BIGINT AS s5, PAY_4::BIGINT AS s4, PAY_3::BIGINT AS s3, PAY_2::BIGINT AS s2, PAY_0::BIGINT AS s1,
       BILL_AMT6::BIGINT * 100 AS b6, BILL_AMT5::BIGINT * 100 AS b5, BILL_AMT4::BIGINT * 100 AS b4,
       BILL_AMT3::BIGINT * 100 AS b3, BILL_AMT2::BIGINT * 100 AS b2, BILL_AMT1::BIGINT * 100 AS b1,
       PAY_AMT6::BIGINT * 100 AS p6, PAY_AMT5::BIGINT * 100 AS p5, PAY_AMT4::BIGINT * 100 AS p4,
       PAY_AMT3::BIGINT * 100 AS p3, PAY_AMT2::BIGINT * 100 AS p2, PAY_AMT1::BIGINT * 100 AS p1
FROM accounts WHERE hash(ID::BIGINT) % $one_in = 0 ORDER BY ID
"""

_APPLICATION_FIELDS = (
    "amount_minor", "price_minor", "term_months", "age", "seniority_years", "job", "home", "marital", "records",
    "income_minor", "expenses_minor", "assets_minor", "debt_minor",
)  # fmt: skip


def read_applications(data: Path, *, seed: int) -> pa.Table:
    """The real applications in a seeded random order, with ``bad`` (1, 0) beside their fields.

    Raises:
        NotFound: the bundled file is not there.
    """
    return _query(_APPLICATIONS, data / "modeldata_credit" / "credit_data.csv.gz", seed=seed)


def application_documents(applications: pa.Table, *, start: Micros, every: int) -> Iterator[Document]:
    """``applications`` as they arrive, one ``every`` microseconds from ``start`` (synthetic times)."""
    for index, row in enumerate(applications.to_pylist()):
        values = {name: row[name] for name in _APPLICATION_FIELDS if row[name] is not None}
        values["person"] = f"A{row['number']:06d}"
        yield _document(f"app-{row['number']:06d}", "loan_application", start + index * every, values)


def read_panel(data: Path, *, one_in: int = 1) -> pa.Table:
    """The real account panel, one row an account, wide; ``defaulted`` is the October outcome.

    Args:
        one_in: one account in so many, drawn by a hash of its number; always the same ones.
    """
    return _query(_PANEL, data / "taiwan_credit_default" / "UCI_Credit_Card.csv.gz", one_in=one_in)


def panel_days(number: int, last: Day) -> list[Day]:
    """The six days, a month apart, on which the account of that ``number`` pays and is billed.

    Args:
        last: the day on which the example's calendar ends; the last of the six is one of the 28 days up to it.
    """
    end = days_to_date(last - number % _SHORTEST_MONTH)
    months = [end.year * 12 + end.month - 1 - back for back in range(len(PANEL_MONTHS) - 1, -1, -1)]
    return [date_to_days(dt.date(one // 12, one % 12 + 1, min(end.day, _SHORTEST_MONTH))) for one in months]


def panel_documents(panel: pa.Table, months: tuple[str, ...], last: Day) -> Iterator[Document]:
    """Repayments and statements of ``months``, in order of time; an account pays at nine and is billed at eighteen."""
    rows = panel.to_pylist()
    days = {row["id"]: panel_days(row["id"], last) for row in rows}
    for month in months:
        place = PANEL_MONTHS.index(month)
        for row in sorted(rows, key=lambda row: days[row["id"]][place]):
            morning = days[row["id"]][place] * DAY + 9 * HOUR
            if row[f"p{month}"] > 0:
                values = {**_who(row), "amount_minor": row[f"p{month}"]}
                yield _document(f"repay-{month}-{row['id']:05d}", "repayment", morning, values)
            values = {
                **_who(row),
                "bill_minor": row[f"b{month}"],
                "limit_minor": row["limit_minor"],
                "months_overdue": row[f"s{month}"],
            }
            yield _document(f"stmt-{month}-{row['id']:05d}", "statement", morning + 9 * HOUR, values)


class Stream(msgspec.Struct, frozen=True):
    """A simulated world: what is known before going live, what is played live, and how that turns out."""

    known: list[Document]
    live: list[Document]
    live_outcomes: list[Document]


def payment_documents(world: CardWorld, *, until: Micros) -> Stream:
    """The payments of ``world`` and their outcomes, each known seven days later; before and after ``until``."""
    known: list[tuple[int, Document]] = []
    live: list[Document] = []
    live_outcomes: list[Document] = []
    for row in simulate_card_payments(world).to_pylist():
        at = _micros(row["occurred_at"])
        who = {name: row[name] for name in ("person", "card", "merchant", "device")}
        values = {**who, **{name: row[name] for name in ("amount_minor", "channel", "country")}}
        payment = _document(row["event_id"], "card_payment", at, values)
        outcome_values = {**who, "payment": row["event_id"], "fraud": row["fraud"]}
        outcome = _document("out-" + row["event_id"], "payment_outcome", at + LABEL_DELAY, outcome_values)
        if at >= until:
            live.append(payment)
            live_outcomes.append(outcome)
            continue
        known.append((at, payment))
        if at + LABEL_DELAY < until:
            known.append((at + LABEL_DELAY, outcome))
        else:
            live_outcomes.append(outcome)
    known.sort(key=lambda item: item[0])
    return Stream([document for _, document in known], live, live_outcomes)


def checkout_documents(world: ApplicationWorld, *, until: Micros) -> Stream:
    """The applications at the till of ``world``, among them those of rings and of lone fraud, before and after ``until``.

    Their outcomes are known a week later; what is known by ``until`` is history.
    """
    rings = GroupLoanFraud(intensity=0.03, smallest=5, largest=60)
    made = Stream([], [], [])
    for at, document in application_rows(simulate_applications(world, [LoneFraud(intensity=0.006), rings])):
        is_outcome = document["event_type"] == "checkout_outcome"
        if at < until:
            made.known.append(document)
        elif is_outcome:
            made.live_outcomes.append(document)
        else:
            made.live.append(document)
    return made


class Movements(msgspec.Struct, frozen=True):
    """What borrowers do with what was lent to them: SIMULATED.

    Attributes:
        documents: of the movements, in order of time.
        misusing: borrowers who misuse what they drew.
        honest: borrowers with no part in that. Who passes another's money on is in neither.
    """

    documents: list[Document]
    misusing: frozenset[str]
    honest: frozenset[str]


def movement_documents(world: ApplicationWorld, borrowers: Sequence[str], *, from_day: int) -> Movements:
    """The movements of ``world``, of which each person who moves anything is one of ``borrowers``.

    Accounts, merchants and devices stay those of the world. Who of it is beyond the borrowers moves nothing.

    Args:
        borrowers: as the example's documents name them.
        from_day: of the world, on which misuse begins; there has to be some honest life before it.
    """
    misuse = FundMisuse.dialled(intensity=0.06, disguise=0.2)
    documents: list[Document] = []
    played_by: dict[str, str] = {}
    drew, took_part = set(), set()
    for row in simulate_movements(world, [misuse], from_day=from_day).to_pylist():
        if row["person"] not in played_by:
            if len(played_by) == len(borrowers):
                continue
            played_by[row["person"]] = borrowers[len(played_by)]
        person = played_by[row["person"]]
        values = {name: row[name] for name in MOVEMENT.fields if row[name] is not None}
        documents.append(
            _document(row["event_id"], MOVEMENT.event_type, _micros(row["occurred_at"]), {**values, "person": person})
        )
        if row["attack"]:
            took_part.add(person)
            if row["movement"] == "draw":
                drew.add(person)
    return Movements(documents, frozenset(drew), frozenset(played_by.values()) - took_part)


def outcome_documents(applications: pa.Table, panel: pa.Table, *, known_at: Micros) -> list[Document]:
    """What became of ``applications`` and of every account of ``panel``: real; when it was known is not.

    An account's outcome is that of the month after its last one, which the example's calendar does not have.
    """
    documents = []
    for row in applications.to_pylist():
        values = {"person": f"A{row['number']:06d}", "application": f"app-{row['number']:06d}", "bad": row["bad"] == 1}
        documents.append(_document(f"loan-{row['number']:06d}", "loan_outcome", known_at, values))
    for row in panel.to_pylist():
        last = f"stmt-{PANEL_MONTHS[-1]}-{row['id']:05d}"
        values = {**_who(row), "statement": last, "defaulted": row["defaulted"] == 1}
        documents.append(_document(f"acct-{row['id']:05d}", "account_outcome", known_at, values))
    return documents


def _query(query: str, file: Path, **parameters: object) -> pa.Table:
    if not file.is_file():
        raise NotFound(
            "The example data is not there.",
            code="no_example_data",
            field="file",
            value=str(file),
            hint="run from a checkout of the repository, or name the folder with --data",
        )
    with duckdb.connect() as connection:
        return connection.execute(query, {"file": str(file), **parameters}).to_arrow_table()


def _document(event_id: str, event_type: str, at: int, values: Document) -> Document:
    return {"event_id": event_id, "event_type": event_type, "occurred_at": _written(at), "values": values}


@lru_cache(maxsize=64)  # a month of the panel has 56 moments for sixty thousand documents
def _written(at: int) -> str:
    return format_instant(Micros(at))


def person_of(number: int) -> str:
    """Who holds the account of that number in the panel, as the example's documents name them."""
    return f"T{number:05d}"


def account_of(number: int) -> str:
    """The account of that number in the panel, as the example's documents name it."""
    return f"K{number:05d}"


def _who(row: Document) -> Document:
    return {"person": person_of(row["id"]), "account": account_of(row["id"])}


def _micros(moment: dt.datetime) -> int:
    return (moment.replace(tzinfo=dt.UTC) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)) // dt.timedelta(microseconds=1)
