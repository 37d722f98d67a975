from __future__ import annotations

import json
from decimal import Decimal

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest
from deltalake import DeltaTable

from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput
from tandem.kernel.identity import Digest
from tandem.kernel.time import DAY, parse_date
from tandem.kernel.values import SqlType
from tandem.observe.events import EventReader, parse_event_type
from tandem.observe.journal import Entry
from tandem.observe.lake import LakeColumn, LakeTable
from tandem.observe.lake.tables import Tables
from tandem.prove.privacy import DataClass


def column(house, query, *, personal=False):
    return house.lake.sql(query, personal=personal).column(0).to_pylist()


def test_the_files_of_a_table_hold_all_of_its_rows_and_no_other(house):
    assert house.lake.files("payment") is None
    for number in (1, 2, 3):
        house.pay(number)
        house.project()
    house.lake.compact()  # what was joined is not listed twice
    schema, files = house.lake.files("payment")
    rows = pa.concat_tables([pq.read_table(one) for one in files])
    assert sorted(rows.column("event_id").to_pylist()) == ["pay-1", "pay-2", "pay-3"]
    assert rows.schema.names == schema.names


def test_the_statement_behind_a_view_is_told_and_a_table_has_none(house):
    house.pay(1)
    house.project()
    assert house.lake.view("payment") is None
    told = house.lake.sql(house.lake.view("payment_full"), personal=True)
    assert told.equals(house.lake.sql("select * from payment_full", personal=True))


# landing


def test_events_land_typed_and_in_order(house):
    house.pay(1, rate="0.1250", day="2026-11-24", note="hi")
    house.pay(2, "bob")
    projection = house.project()
    assert projection.rows == {"payment": 2, "payment_personal": 2}
    assert (projection.from_seq, projection.to_seq) == (1, 2)
    (first, second) = house.lake.sql("select * from payment order by seq").to_pylist()
    assert first["event_id"] == "pay-1"
    assert first["rate"] == Decimal("0.1250")
    assert (first["day"] - type(first["day"])(1970, 1, 1)).days == parse_date("2026-11-24")
    assert first["person"] == house.vault.pseudonym("person", "ann")
    assert second["rate"] is None


def test_personal_values_stand_apart_and_credentials_and_identifiers_nowhere(house):
    house.pay(1, "ann-0815", note="my note", pin="1234pin")
    house.project()
    assert "amount_minor" not in house.lake.schema("payment").names
    assert house.lake.tables() == ["lake_checks", "lake_progress", "payment"]
    assert column(house, "select amount_minor from payment_personal", personal=True) == [100]
    assert column(house, "select note from payment_full where channel = 'web'", personal=True) == ["my note"]
    everything = b"".join(path.read_bytes() for path in house.lake.root.rglob("*") if path.is_file())
    assert b"ann-0815" not in everything
    assert b"1234pin" not in everything


def test_a_second_run_adds_only_what_is_new(house):
    house.pay(1)
    house.project()
    assert house.project().rows == {}
    house.pay(2)
    assert house.project().rows == {"payment": 1, "payment_personal": 1}
    assert column(house, "select seq from payment order by seq") == [1, 2]
    assert house.lake.projected_seq == 2


def test_batches_make_no_difference(house):
    for number in range(7):
        house.pay(number)
    assert house.project(batch_records=3).rows["payment"] == 7
    assert column(house, "select count(*) from payment") == [7]


def test_records_of_other_kinds_land_in_tables_of_their_own(house):
    trail = b'{"decision_id":"dec_1","event_id":"pay-1","event_seq":1,"outcome":"review","reasons":["R1","R2"],"scores":{"m":{"probability":0.5}}}'
    body = b'{"answer":{},"trail":' + trail + b"}"
    subject = house.vault.pseudonym("person", "ann")
    house.submit(
        Entry(kind="decision", key="dec_1", recorded_at=5, subject=subject, clear=body, secret=b'{"inputs":{"x":1}}'),
        Entry(kind="list", recorded_at=6, clear=b'{"change_id":"c1","list":"blocked","at":6,"by":"ann","add":[]}'),
        Entry(kind="artefact", recorded_at=7, clear=b'{"change":"released","release":"r1","by":"ann","manifest":{}}'),
        Entry(kind="note", recorded_at=8, clear=b'{"text":"hello"}'),
    )
    house.project()
    (decision,) = house.lake.sql("select outcome, reasons, event_seq, scores, body from decisions").to_pylist()
    assert (decision["outcome"], decision["reasons"], decision["event_seq"]) == ("review", ["R1", "R2"], 1)
    assert column(house, "select scores->>'$.m.probability' from decisions") == ["0.5"]
    assert column(house, "select body->>'$.inputs.x' from decisions_personal", personal=True) == ["1"]
    assert column(house, "select list from list_changes") == ["blocked"]
    assert column(house, "select release from artefact_changes") == ["r1"]
    assert column(house, "select body from note_records") == ['{"text":"hello"}']


def test_an_event_whose_type_was_dropped_still_is_a_row(house):
    house.pay(1)
    other = parse_event_type({"name": "other", "fields": [{"name": "x", "type": "integer"}]})
    projection = house.lake.project(house.journal, EventReader([other], house.vault))
    assert projection.rows == {"event_records": 1}


def test_a_type_may_grow(house):
    house.pay(1)
    house.project()
    definition = {
        "name": "payment",
        "subject": "person",
        "fields": [
            {"name": "person", "type": "text", "entity": "person", "required": True},
            {"name": "channel", "type": "text", "required": True},
            {"name": "score", "type": "double"},
        ],
    }
    house.reader = EventReader([parse_event_type(definition)], house.vault)
    document = {
        "event_id": "p2",
        "event_type": "payment",
        "occurred_at": "2026-11-24",
        "values": {"person": "a", "channel": "x", "score": 0.5},
    }
    event = house.reader.read(document, received_at=house.clock.now())
    house.submit(
        Entry(
            kind="event",
            key="p2",
            digest=event.digest,
            recorded_at=1,
            subject=event.subject,
            clear=event.clear,
            secret=event.secret,
        )
    )
    house.project()
    assert column(house, "select score from payment order by seq") == [None, 0.5]
    assert house.lake.schema("payment").field("channel").metadata[b"owner"] == b""


def test_a_field_that_changed_its_type_is_refused_and_nothing_is_taken(house):
    house.pay(1)
    house.project()
    definition = {
        "name": "payment",
        "fields": [{"name": "person", "type": "text", "entity": "person"}, {"name": "channel", "type": "integer"}],
    }
    reader = EventReader([parse_event_type(definition)], house.vault)
    document = {"event_id": "p2", "event_type": "payment", "occurred_at": "2026-11-24", "values": {"channel": 3}}
    event = reader.read(document, received_at=house.clock.now())
    house.submit(Entry(kind="event", key="p2", digest=event.digest, recorded_at=1, clear=event.clear))
    with pytest.raises(Conflict, match="channel"):
        house.lake.project(house.journal, reader)
    assert house.lake.projected_seq == 1


def test_a_journal_whose_type_changed_is_refused_in_words_when_the_lake_is_built_anew(house):
    house.pay(1)
    definition = {"name": "payment", "fields": [{"name": "channel", "type": "integer"}]}
    with pytest.raises(Conflict, match="channel"):
        house.lake.project(house.journal, EventReader([parse_event_type(definition)], house.vault))


@pytest.mark.parametrize("name", ["decisions", "lake_checks", "a_personal", "a_full", "x_records"])
def test_an_event_type_may_not_take_the_place_of_another_table(house, name):
    taken = parse_event_type({"name": name, "fields": [{"name": "x", "type": "integer"}]})
    with pytest.raises(DefinitionError):
        house.lake.project(house.journal, EventReader([taken], house.vault))


# crashes


class Crash(Exception):
    pass


@pytest.mark.parametrize("commit", range(12))
def test_a_crash_at_any_commit_loses_and_doubles_nothing(house, monkeypatch, commit):
    for number in range(1, 8):
        house.pay(number, "ann" if number % 2 else "bob")
    append, done = Tables.append, [0]

    def crashing(self, *args, **options):
        if done[0] == commit:
            raise Crash
        done[0] += 1
        append(self, *args, **options)

    monkeypatch.setattr(Tables, "append", crashing)
    try:
        house.project(batch_records=3)
    except Crash:
        assert done[0] == commit
    monkeypatch.setattr(Tables, "append", append)
    house.project(batch_records=2)
    assert column(house, "select seq from payment order by seq") == list(range(1, 8))
    assert column(house, "select seq from payment_personal order by seq", personal=True) == list(range(1, 8))
    assert house.lake.projected_seq == 7


def test_two_processes_do_not_write_at_once(house):
    with house.lake._alone(), pytest.raises(Conflict, match="Another process"):
        house.project()


# erasure


def test_an_erased_person_leaves_the_lake_files_and_log_included(house):
    house.pay(1, "ann", note="annas-geheimnis", amount_minor=987_654_321)
    house.pay(2, "bob", note="bobs", amount_minor=5)
    house.project()
    house.journal.erase(house.vault.pseudonym("person", "ann"))
    assert house.project().erased == 1
    assert column(house, "select note from payment_personal", personal=True) == ["bobs"]
    full = house.lake.sql("select seq, note from payment_full order by seq", personal=True).to_pylist()
    assert full == [{"seq": 1, "note": None}, {"seq": 2, "note": "bobs"}]
    everything = b"".join(path.read_bytes() for path in house.lake.root.rglob("*") if path.is_file())
    assert b"annas-geheimnis" not in everything
    assert b"987654321" not in everything
    assert column(house, "select count(*) from payment") == [2]
    assert column(house, "select count(*) from erasures") == [1]


def test_a_person_erased_before_the_lake_saw_them_never_comes_in(house):
    house.pay(1, "ann")
    house.journal.erase(house.vault.pseudonym("person", "ann"))
    house.project()
    assert house.lake.tables(personal=True) == ["erasures", "lake_checks", "lake_progress", "payment"]


def test_who_comes_back_after_an_erasure_keeps_what_they_gave_since(house):
    subject = house.vault.pseudonym("person", "ann")
    house.pay(1, "ann")
    house.project()
    house.journal.erase(subject)
    house.pay(2, "ann")
    house.project()
    assert column(house, "select seq from payment_personal", personal=True) == [3]
    assert house.lake.erase(subject, up_to_seq=2) == 0
    assert house.lake.erase(subject, up_to_seq=3) == 1


def test_many_persons_are_taken_out_at_once(house, monkeypatch):
    monkeypatch.setattr("tandem.observe.lake.tables._ERASED_AT_ONCE", 2)
    for number in range(6):
        house.pay(number, f"p{number}")
    house.project()
    for number in (0, 1, 2, 4, 5):
        house.journal.erase(house.vault.pseudonym("person", f"p{number}"))
    assert house.project().erased == 5
    assert column(house, "select amount_minor from payment_personal", personal=True) == [300]


def test_what_is_no_pseudonym_deletes_nothing(house):
    house.pay(1)
    house.project()
    with pytest.raises(InvalidInput):
        house.lake.erase("x' or 'a' = 'a", up_to_seq=9)
    assert column(house, "select count(*) from payment_personal", personal=True) == [1]


def test_the_log_keeps_no_extremes_of_personal_columns(house):
    house.pay(1, "ann", amount_minor=987_654_321)
    house.project()
    log = b"".join(path.read_bytes() for path in (house.lake.root / "payment_personal" / "_delta_log").iterdir())
    assert b"987654321" not in log


# lineage, checks, inventory


def test_class_and_lineage_are_in_the_tables_themselves(house):
    house.pay(1)
    house.pay(2)
    house.project()
    field = house.lake.schema("payment").field("channel")
    told = {key: field.metadata[key] for key in (b"class", b"owner", b"purpose", b"source")}
    assert told == {b"class": b"C1", b"owner": b"cards", b"purpose": b"fraud", b"source": b"gateway"}
    assert house.lake.schema("payment_personal").field("amount_minor").metadata[b"class"] == b"C2"
    commit = DeltaTable(house.lake.root / "payment").history(1)[0]
    assert (commit["journal_from"], commit["journal_to"]) == ("1", "2")


def test_arrivals_are_checked_and_the_results_can_be_queried(house):
    house.pay(1)
    house.project()
    results = {(each.table, each.check): each for each in house.lake.checks()}
    assert {check for table, check in results if table == "payment"} == {
        "schema", "reconciliation", "duplicates", "missing_values", "freshness",
    }  # fmt: skip
    assert all(each.passed for each in results.values())
    assert column(house, "select found from lake_checks where check_name = 'reconciliation'") == ["1"]


def test_old_rows_fail_the_check_of_freshness(house):
    house.pay(1)
    house.clock.advance(2 * DAY)
    house.project()
    failed = [each for each in house.lake.checks() if not each.passed]
    assert [(each.check, each.found) for each in failed] == [("freshness", "48.0 h old")]


def test_rows_that_got_lost_fail_the_check_of_reconciliation(house, monkeypatch):
    append = Tables.append

    def losing(self, table, rows, **options):
        append(self, table, rows.slice(1) if table.name == "payment" else rows, **options)

    monkeypatch.setattr(Tables, "append", losing)
    for number in range(3):
        house.pay(number)
    house.project()
    (failed,) = [each for each in house.lake.checks() if not each.passed]
    assert (failed.check, failed.expected, failed.found) == ("reconciliation", "3", "2")


def test_doubled_rows_and_gaps_fail_their_checks(house, monkeypatch):
    append = Tables.append

    def doubling(self, table, rows, **options):
        if table.name == "payment":
            gap = pa.nulls(len(rows), pa.string())
            rows = rows.set_column(rows.schema.get_field_index("channel"), "channel", gap)
            rows = pa.concat_tables([rows, rows])
        append(self, table, rows, **options)

    monkeypatch.setattr(Tables, "append", doubling)
    house.pay(1)
    house.project()
    failed = {each.check: each.found for each in house.lake.checks() if not each.passed}
    assert failed == {"reconciliation": "2", "duplicates": "1", "missing_values": "{'channel': 2}"}


def test_the_whole_lake_can_be_counted_against_the_whole_journal(house):
    for number in range(3):
        house.pay(number)
    house.submit(Entry(kind="note", recorded_at=1, clear=b"{}"))
    house.project()
    results = house.lake.reconcile(house.journal, house.reader)
    assert {(each.table, each.found, each.passed) for each in results} == {
        ("payment", "3", True),
        ("note_records", "1", True),
    }
    DeltaTable(house.lake.root / "payment").delete("seq = 2")
    (failed,) = [each for each in house.lake.reconcile(house.journal, house.reader) if not each.passed]
    assert (failed.table, failed.expected, failed.found) == ("payment", "3", "2")


def test_the_inventory_tells_of_every_field(house):
    house.pay(1, rate="0.1")
    house.pay(2)
    house.project()
    fields = {(each.table, each.field): each for each in house.lake.inventory()}
    amount = fields["payment_personal", "amount_minor"]
    assert (amount.data_class, amount.description, amount.automatic) == (DataClass.C2, "Amount, cents.", True)
    assert fields["payment", "channel"].owner == "cards"
    assert fields["payment", "channel"].quality == 1.0
    assert fields["payment", "rate"].quality == 0.5
    assert not any(table.startswith("lake_") for table, _ in fields)


# tables from files


RATES = LakeTable(
    name="rates",
    columns=(LakeColumn(name="currency", type=SqlType.TEXT), LakeColumn(name="rate", type=SqlType.DECIMAL, scale=4)),
)


def test_an_imported_table_lands_once(house):
    rows = pa.table({"currency": ["EUR"], "rate": pa.array([Decimal("7.8000")], pa.decimal128(18, 4))})
    digest = Digest("a" * 64)
    assert house.lake.import_table(RATES, rows, file_digest=digest, lineage={"file": "rates.csv"}) == 1
    assert house.lake.import_table(RATES, rows, file_digest=digest) == 0
    assert column(house, "select rate from import_rates") == [Decimal("7.8000")]
    commit = DeltaTable(house.lake.root / "import_rates").history(1)[0]
    assert (commit["file_digest"], commit["file"]) == (digest, "rates.csv")
    assert [each.automatic for each in house.lake.inventory()] == [False, False]
    assert {each.check: each.passed for each in house.lake.checks()} == {
        "schema": True, "reconciliation": True, "duplicates": True, "missing_values": True,
    }  # fmt: skip
    house.clock.advance(1)
    house.lake.import_table(RATES, rows, file_digest=Digest("b" * 64))
    (failed,) = [each for each in house.lake.checks() if not each.passed]
    assert (failed.check, failed.found) == ("duplicates", "1")


def test_an_imported_table_must_be_as_declared(house):
    with pytest.raises(InvalidInput, match="declared columns"):
        house.lake.import_table(RATES, pa.table({"x": [1]}), file_digest=Digest("a" * 64))


@pytest.mark.parametrize("name", ["../outside", "a/b", "A", ""])
def test_an_imported_table_has_a_name_and_not_a_path(house, name):
    table = LakeTable(name=name, columns=RATES.columns)
    rows = pa.table({"currency": ["EUR"], "rate": pa.array([Decimal("7.8000")], pa.decimal128(18, 4))})
    if name:
        with pytest.raises(InvalidInput, match="lower_snake"):
            house.lake.import_table(table, rows, file_digest=Digest("a" * 64))
    assert house.lake.schema(name) is None
    assert house.lake.schema("../lake/" + name) is None


def test_personal_imports_need_a_subject_and_can_be_erased(house):
    name = LakeColumn(name="income", type=SqlType.INTEGER, data_class=DataClass.C2)
    bare = LakeTable(name="incomes", columns=(name,))
    with pytest.raises(InvalidInput, match="subject"):
        house.lake.import_table(bare, pa.table({"income": [1]}), file_digest=Digest("a" * 64))
    place = (LakeColumn(name="seq", type=SqlType.INTEGER), LakeColumn(name="subject", type=SqlType.TEXT))
    table = LakeTable(name="incomes", columns=(*place, name))
    ann = house.vault.pseudonym("person", "ann")
    rows = pa.table({"seq": [1, 2], "subject": [ann, "b" * 32], "income": [10, 20]})
    house.lake.import_table(table, rows, file_digest=Digest("a" * 64))
    assert house.lake.tables() == ["lake_checks"]
    house.lake.erase(ann, up_to_seq=100)
    assert column(house, "select income from import_incomes_personal", personal=True) == [20]


def test_compacting_changes_nothing_but_the_number_of_files(house):
    for number in range(4):
        house.pay(number)
        house.project()
    before = house.lake.sql("select * from payment_full order by seq", personal=True)
    house.lake.compact()
    assert house.lake.sql("select * from payment_full order by seq", personal=True) == before
    assert len(DeltaTable(house.lake.root / "payment_personal").file_uris()) == 1
    assert len(list((house.lake.root / "payment_personal").glob("*.parquet"))) == 1


def test_no_log_repeats_a_personal_value_not_even_after_compacting(house):
    for number in range(3):
        house.pay(number, amount_minor=73_291 + number)
        house.project()
    house.lake.compact()
    log = house.lake.root / "payment_personal" / "_delta_log"
    told = [json.loads(line) for path in log.glob("*.json") for line in path.read_text().splitlines()]
    extremes = [json.loads(each["add"]["stats"])["minValues"] for each in told if "add" in each]
    assert len(extremes) == 4
    assert {name for each in extremes for name in each} == {"seq", "occurred_at", "received_at"}


def test_a_question_for_the_newest_rows_opens_the_newest_file_only(house):
    for number in range(5):
        house.pay(number)
        house.project()
    dataset = Tables(house.lake.root).dataset("payment")
    assert len(list(dataset.get_fragments())) == 5
    assert len(list(dataset.get_fragments(filter=ds.field("seq") >= 5))) == 1
    assert dataset.to_table(columns=["seq"]).column("seq").to_pylist() == [1, 2, 3, 4, 5]


def test_what_is_known_of_a_file_is_kept_when_another_comes(house):
    tables = Tables(house.lake.root)
    house.pay(1)
    house.project()
    (first,) = tables.dataset("payment").get_fragments()
    house.pay(2)
    house.project()
    again, second = tables.dataset("payment").get_fragments()
    assert again.path == first.path
    assert second.path != first.path


@pytest.mark.parametrize("trail", ["5", "null", '"text"', "[1]"])
def test_a_body_of_another_shape_still_is_a_row(house, trail):
    body = b'{"trail":' + trail.encode() + b"}"
    house.submit(Entry(kind="decision", key="d1", digest=Digest("a" * 64), recorded_at=house.clock.now(), clear=body))
    house.project()
    (row,) = house.lake.sql("select outcome, body from decisions").to_pylist()
    assert row == {"outcome": None, "body": body.decode()}
