from __future__ import annotations

import csv
import gzip
from pathlib import Path

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pytest

from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.events.ingest import ingest, parse_mapping

FILE = Path(__file__).parents[4] / "examples" / "data" / "modeldata_credit" / "credit_data.csv.gz"
AMOUNTS = ("Expenses", "Income", "Assets", "Debt", "Amount", "Price")


@pytest.fixture(scope="module")
def credit(vault):
    """The 4,454 real applications as an event type, and the mapping of their file."""
    amounts = [{"name": f"{name.lower()}_minor", "type": "integer", "data_class": "C2"} for name in AMOUNTS]
    event_type = parse_event_type(
        {
            "name": "credit",
            "subject": "applicant",
            "fields": [
                {"name": "applicant", "type": "text", "entity": "person", "required": True},
                {"name": "bad", "type": "boolean", "required": True},
                {"name": "home", "type": "text"},
                {"name": "age", "type": "integer", "minimum": 18},
                *amounts,
            ],
        }
    )
    mapping = parse_mapping(
        {
            "name": "credit",
            "event_type": "credit",
            "event_id": "credit-{rownames}",
            "occurred_at": {"constant": "2026-01-01T00:00:00Z"},
            "null_tokens": ["", "NA"],
            "fields": {
                "applicant": "rownames",
                "bad": {"column": "Status", "recode": {"bad": "true", "good": "false"}},
                "home": "Home",
                "age": "Age",
                **{f"{name.lower()}_minor": {"column": name, "multiply": 100} for name in AMOUNTS},
            },
        },
        {"credit": event_type},
    )
    return mapping, EventReader([event_type], vault)


def rows_of_the_file():
    with gzip.open(FILE, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def as_parquet(folder):
    """The file as pandas users have it: numbers as floats, gaps as NaN."""
    table = pyarrow.csv.read_csv(FILE)
    floats = [name for name in table.column_names if name in AMOUNTS]
    for name in floats:
        filled = table.column(name).cast(pa.float64()).fill_null(float("nan"))
        table = table.set_column(table.column_names.index(name), name, filled)
    pq.write_table(table, folder / "credit.parquet")
    return folder / "credit.parquet"


@pytest.mark.parametrize("write", [lambda _: FILE, as_parquet], ids=["csv.gz", "parquet"])
def test_every_real_application_is_accounted_for_to_the_cent(tmp_path, credit, sink, clock, write):
    mapping, reader = credit
    report = ingest(write(tmp_path), mapping, reader, sink, clock=clock, rejected=tmp_path / "rejected.csv")
    rows = rows_of_the_file()
    young = [row for row in rows if int(row["Age"]) < 18]
    assert (report.read, report.rejected) == (4_454, len(young))
    assert report.reconciles
    values = [event.values for event in sink.seen.values()]
    kept = [row for row in rows if row not in young]
    assert sum(each["bad"] for each in values) == sum(row["Status"] == "bad" for row in kept)
    for name in AMOUNTS:
        own = [each[f"{name.lower()}_minor"] for each in values]
        told = [None if row[name] in {"", "NA"} else round(float(row[name]) * 100) for row in kept]
        assert own == told
