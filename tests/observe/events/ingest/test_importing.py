from __future__ import annotations

import csv
import datetime as dt
import gzip
import io
import json
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tandem.kernel.errors import Conflict, DefinitionError, InvalidInput, NotFound, TandemError
from tandem.kernel.time import parse_instant
from tandem.observe.events.ingest import dry_run, ingest
from tandem.observe.events.ingest.checkpoint import save_checkpoint

HEADER = ["ID", "Customer", "Applied", "Amount", "Income", "Home", "Records"]
GOOD = ["1", "c-1", "2026-01-02 08:00:00", "12.50", "1000", "rent", "no"]


def write_csv(path, rows, header=HEADER):
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def run(path, mapping, loans, sink, clock, **options):
    options.setdefault("rejected", path.parent / "rejected.jsonl")
    return ingest(path, mapping, loans, sink, clock=clock, **options)


def rejected_rows(report):
    return [json.loads(line) for line in Path(report.rejected_path).read_text(encoding="utf-8").split("\n")[:-1]]


def values_of(sink):
    return [event.values for event in sink.seen.values()]


# values


def test_a_row_becomes_an_event(tmp_path, mapping_of, loans, sink, clock, vault):
    report = run(write_csv(tmp_path / "a.csv", [GOOD]), mapping_of(), loans, sink, clock)
    (event,) = sink.seen.values()
    assert report.accepted == report.read == 1
    assert event.event_id == "app-1"
    assert event.occurred_at == parse_instant("2026-01-02T00:00:00Z")
    assert event.received_at == clock.now()
    assert event.values == {
        "applicant": vault.pseudonym("person", "c-1"), "amount_minor": 1250, "income": 1000.0, "rate": None, "home": "rent",
        "records": False, "born": None, "opened_at": None, "source": "branch file",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("field", "source", "cell", "value"),
    [
        ("amount_minor", {"multiply": 100}, "12.5", 1250),
        ("amount_minor", {"multiply": 100}, "12", 1200),
        ("amount_minor", {"multiply": 100}, " 0.07 ", 7),
        ("amount_minor", {"multiply": 100}, "+.07", 7),
        ("amount_minor", {"multiply": 100}, "1e3", 100_000),
        ("amount_minor", {"multiply": 100}, "90071992547409.93", 9_007_199_254_740_993),
        ("amount_minor", {"multiply": 100, "rounding": "half_even"}, "0.125", 12),
        ("amount_minor", {"multiply": 100, "rounding": "half_up"}, "0.125", 13),
        ("amount_minor", {"multiply": 100, "rounding": "down"}, "0.129", 12),
        ("amount_minor", {"multiply": "0.01"}, "1200", 12),
        ("amount_minor", {}, "129.0", 129),
        ("income", {}, "1e3", 1000.0),
        ("income", {"multiply": "0.1"}, "3", 0.3),
        ("income", {"null_tokens": ["-1"]}, "-1", None),
        ("income", {}, " NA ", None),
        ("rate", {}, "12.5", Decimal("12.50")),
        ("rate", {"multiply": 100}, "0.125", Decimal("12.50")),
        ("rate", {"rounding": "half_even"}, "0.125", Decimal("0.12")),
        ("home", {"recode": {"owns": "owner"}}, "owns", "owner"),
        ("home", {"trim": True}, " rent ", "rent"),
        ("records", {}, "YES", True),
        ("records", {"recode": {"2": "0"}}, "2", False),
        ("born", {}, "1990-01-01", 7305),
        ("born", {}, "1990-01-01 00:00:00", 7305),
        ("born", {"format": "%d/%m/%Y"}, "01/02/1990", 7336),
        ("opened_at", {}, "2026-01-01T00:00:00Z", parse_instant("2026-01-01")),
        ("opened_at", {}, "2026-01-01 08:00", parse_instant("2026-01-01")),
        ("opened_at", {"timezone": "UTC", "format": "%Y%m%d"}, "20260101", parse_instant("2026-01-01")),
    ],
)
def test_cells_become_values(tmp_path, mapping_of, loans, sink, clock, field, source, cell, value):
    mapping = mapping_of(fields={field: {"column": "X", **source}})
    run(write_csv(tmp_path / "a.csv", [[*GOOD, cell]], [*HEADER, "X"]), mapping, loans, sink, clock)
    assert [values[field] for values in values_of(sink)] == [value]


@pytest.mark.parametrize(
    ("field", "source", "cell", "code"),
    [
        ("amount_minor", {"multiply": 100}, "0.125", "too_precise"),
        ("amount_minor", {}, "1.5", "too_precise"),
        ("amount_minor", {}, "twelve", "invalid_number"),
        ("amount_minor", {}, "1_000", "invalid_number"),
        ("amount_minor", {}, "1,000", "invalid_number"),
        ("amount_minor", {}, "٣", "invalid_number"),
        ("amount_minor", {}, "9" * 30, "out_of_range"),
        ("amount_minor", {}, "1e999", "out_of_range"),
        ("amount_minor", {"multiply": 100}, "-1", "out_of_bounds"),
        ("amount_minor", {}, "", "required"),
        ("income", {}, "nan", "invalid_number"),
        ("income", {}, "inf", "invalid_number"),
        ("income", {}, "1e999", "not_finite"),
        ("rate", {}, "0.125", "too_precise"),
        ("home", {}, "Rent", "value_not_allowed"),
        ("records", {}, "maybe", "wrong_type"),
        ("born", {}, "01/02/1990", "invalid_instant"),
        ("born", {}, "", None),
        ("opened_at", {"timezone": None}, "2026-13-01", "invalid_instant"),
    ],
)
def test_cells_that_lose_or_lack_sense_reject_their_row(
    tmp_path, mapping_of, loans, sink, clock, field, source, cell, code
):
    mapping = mapping_of(fields={field: {"column": "X", **source}})
    report = run(write_csv(tmp_path / "a.csv", [[*GOOD, cell]], [*HEADER, "X"]), mapping, loans, sink, clock)
    assert report.codes == ({} if code is None else {code: 1})
    if code is not None:
        (line,) = rejected_rows(report)
        assert line["row"] == 1
        assert line["original"]["X"] == cell
        assert line["faults"][0]["field"] == f"values.{field}"


def test_a_local_time_needs_a_zone(tmp_path, mapping_of, loans, sink, clock):
    report = run(write_csv(tmp_path / "a.csv", [GOOD]), mapping_of(timezone=None), loans, sink, clock)
    assert report.codes == {"instant_without_offset": 1}


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        ("2025-03-30 01:59:59", "2025-03-30T00:59:59Z"),
        ("2025-03-30 02:30:00", None),  # clocks went from 2 to 3
        ("2025-03-30 03:00:00", "2025-03-30T01:00:00Z"),
        ("2025-10-26 02:30:00", "2025-10-26T00:30:00Z"),  # happened twice; the first is meant
        ("2025-10-26 03:00:00", "2025-10-26T02:00:00Z"),
    ],
)
def test_local_times_go_by_the_rules_of_their_zone(tmp_path, mapping_of, loans, sink, clock, local, instant):
    path = write_csv(tmp_path / "a.csv", [[*GOOD[:2], local, *GOOD[3:]]])
    report = run(path, mapping_of(timezone="Europe/Vienna"), loans, sink, clock)
    if instant is None:
        assert report.codes == {"nonexistent_time": 1}
    else:
        assert [event.occurred_at for event in sink.seen.values()] == [parse_instant(instant)]


def test_event_time_may_stand_in_two_columns(tmp_path, mapping_of, loans, sink, clock):
    mapping = mapping_of(occurred_at={"columns": ["Day", "Hour"], "format": "%d.%m.%Y %H:%M"})
    header = [*HEADER, "Day", "Hour"]
    run(write_csv(tmp_path / "a.csv", [[*GOOD, "02.01.2026", "08:00"]], header), mapping, loans, sink, clock)
    assert [event.occurred_at for event in sink.seen.values()] == [parse_instant("2026-01-02")]


def test_ids_are_made_of_columns_or_of_the_row_number(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [GOOD, ["2", *GOOD[1:]]])
    run(path, mapping_of(event_id="{Customer}/{ID}#{#}"), loans, sink, clock)
    assert list(sink.seen) == ["c-1/1#1", "c-1/2#2"]


def test_an_empty_part_of_an_id_rejects_the_row(tmp_path, mapping_of, loans, sink, clock):
    report = run(write_csv(tmp_path / "a.csv", [["", *GOOD[1:]]]), mapping_of(), loans, sink, clock)
    assert report.codes == {"incomplete_id": 1}


# formats: the same table in each


TABLE = [
    {"ID": 1, "Customer": "c-1", "Applied": "2026-01-02 08:00:00", "Amount": 12.5, "Income": 1000.0, "Home": "owns"},
    {"ID": 2, "Customer": "c-2", "Applied": "2026-01-03 08:00:00", "Amount": 7.0, "Income": None, "Home": "rent"},
]


def as_csv(folder):
    return write_csv(folder / "t.csv", [[row[name] for name in row] for row in TABLE], list(TABLE[0]))


def as_csv_gz(folder):
    path = folder / "t.csv.gz"
    path.write_bytes(gzip.compress(as_csv(folder).read_bytes()))
    return path


def as_tsv(folder):
    path = folder / "t.tsv"
    path.write_text(as_csv(folder).read_text().replace(",", "\t"))
    return path


def as_jsonl(folder):
    path = folder / "t.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in TABLE) + "\n\n")
    return path


def as_parquet(folder):
    path = folder / "t.parquet"
    table = pa.Table.from_pylist(TABLE)
    applied = pa.array([dt.datetime.fromisoformat(row["Applied"]) for row in TABLE], pa.timestamp("ns"))
    pq.write_table(table.set_column(2, "Applied", applied), path)
    return path


def as_excel(folder):
    return write_xlsx(folder / "t.xlsx", [list(TABLE[0]), *([row[name] for name in row] for row in TABLE)])


def write_xlsx(path, rows):
    """A spreadsheet as small as the format allows."""
    import zipfile

    def cell(value):
        if value is None:
            return "<c/>"
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>'
        '<sheet name="Loans" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{relations}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize("write", [as_csv, as_csv_gz, as_tsv, as_jsonl, as_parquet, as_excel])
def test_every_format_gives_the_same_events(tmp_path, mapping_of, loans, sink, clock, write):
    mapping = mapping_of(fields={"records": {"constant": True}})
    report = run(write(tmp_path), mapping, loans, sink, clock)
    assert report.accepted == 2, rejected_rows(report)
    assert list(sink.seen) == ["app-1", "app-2"]
    assert [(v["amount_minor"], v["income"], v["home"]) for v in values_of(sink)] == [
        (1250, 1000.0, "owner"),
        (700, None, "rent"),
    ]
    assert [event.occurred_at for event in sink.seen.values()] == [
        parse_instant("2026-01-02"),
        parse_instant("2026-01-03"),
    ]


def test_jsonl_columns_may_be_paths(tmp_path, mapping_of, loans, sink, clock):
    path = tmp_path / "a.jsonl"
    row = {"ID": 1, "who": {"id": "c-9"}, "Applied": "2026-01-02", "Amount": 1}
    path.write_text(json.dumps(row) + "\n" + json.dumps({**row, "ID": 2, "who": [1]}) + '\n{"a": \n[]\n')
    report = run(path, mapping_of(fields={"applicant": "who.id"}), loans, sink, clock)
    assert report.accepted == 1
    assert report.codes == {"required": 1, "invalid_json": 2}


def test_a_list_in_a_cell_rejects_its_row(tmp_path, mapping_of, loans, sink, clock):
    path = tmp_path / "a.jsonl"
    row = {"ID": 1, "Customer": "c", "Applied": "2026-01-02", "Amount": 1}
    rows = [{**row, key: [1]} for key in row]
    path.write_text("\n".join(map(json.dumps, rows)))
    report = run(path, mapping_of(), loans, sink, clock)
    assert (report.read, report.rejected) == (4, 4)


# the report


def test_every_row_is_counted_once(tmp_path, mapping_of, loans, sink, clock):
    rows = [GOOD, GOOD, [GOOD[0], "c-2", *GOOD[2:]], ["2", *GOOD[1:3], "x", *GOOD[4:]], ["3", "short"], [*GOOD, "long"]]
    report = run(write_csv(tmp_path / "a.csv", rows), mapping_of(), loans, sink, clock)
    counts = (report.read, report.accepted, report.duplicates, report.conflicts, report.rejected)
    assert counts == (6, 1, 1, 1, 3)
    assert report.reconciles
    assert report.codes == {"conflict": 1, "invalid_number": 1, "wrong_cell_count": 2}
    assert [line["row"] for line in rejected_rows(report)] == [3, 4, 5, 6]


def test_the_rejected_rows_can_be_mended_and_imported_again(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [GOOD, ["2", *GOOD[1:3], "12,50 ¥", *GOOD[4:]]])
    report = run(path, mapping_of(), loans, sink, clock, rejected=tmp_path / "rejected.csv")
    text = (tmp_path / "rejected.csv").read_text(encoding="utf-8")
    (line,) = csv.DictReader(io.StringIO(text))
    assert (line["_row"], line["_code"], line["_field"], line["_faults"]) == (
        "2",
        "invalid_number",
        "values.amount_minor",
        "1",
    )
    assert "1234.5" in line["_hint"]
    mended = tmp_path / "mended.csv"
    mended.write_text(text.replace('"12,50 ¥"', "12.50"), encoding="utf-8")
    assert run(mended, mapping_of(), loans, sink, clock).accepted == 1
    assert report.rejected_path == str(tmp_path / "rejected.csv")


def test_rows_rejected_twice_do_not_pile_up_their_reasons(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [["", *GOOD[1:]]])
    for name in ("first.csv", "second.csv", "third.csv"):
        run(path, mapping_of(), loans, sink, clock, rejected=tmp_path / name)
        path = tmp_path / name
    assert (tmp_path / "third.csv").read_text() == (tmp_path / "first.csv").read_text()


def test_the_rejected_rows_are_for_the_owner_only(tmp_path, mapping_of, loans, sink, clock):
    report = run(write_csv(tmp_path / "a.csv", [["", *GOOD[1:]]]), mapping_of(), loans, sink, clock)
    assert Path(report.rejected_path).stat().st_mode & 0o077 == 0


def test_without_rejected_rows_there_is_no_file_of_them(tmp_path, mapping_of, loans, sink, clock):
    (tmp_path / "rejected.jsonl").write_text("left from an earlier run")
    report = run(write_csv(tmp_path / "a.csv", [GOOD]), mapping_of(), loans, sink, clock)
    assert report.rejected_path is None
    assert not (tmp_path / "rejected.jsonl").exists()


def test_bytes_of_another_encoding_reject_their_row_only(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [["2", "张三", *GOOD[2:]]])
    path.write_bytes(path.read_bytes() + "3,张三,".encode("gb18030") + ",".join(GOOD[2:]).encode() + b"\n")
    report = run(path, mapping_of(), loans, sink, clock, rejected=tmp_path / "r.csv")
    assert (report.accepted, report.codes) == (1, {"lone_surrogate": 1})
    assert "张三".encode("gb18030") in (tmp_path / "r.csv").read_bytes()


def test_a_declared_encoding_is_read(tmp_path, mapping_of, loans, sink, clock, vault):
    path = tmp_path / "a.csv"
    path.write_bytes((",".join(HEADER) + "\n" + ",".join(["1", "张三", *GOOD[2:]]) + "\n").encode("gb18030"))
    run(path, mapping_of(source={"encoding": "gb18030"}), loans, sink, clock)
    assert values_of(sink)[0]["applicant"] == vault.pseudonym("person", "张三")


def test_a_byte_order_mark_is_not_part_of_the_first_column(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [GOOD])
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert run(path, mapping_of(), loans, sink, clock).accepted == 1


def test_a_column_that_is_not_there_is_named_with_its_near_match(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [GOOD], ["ID", "Customr", *HEADER[2:]])
    with pytest.raises(InvalidInput, match="Customr") as caught:
        run(path, mapping_of(), loans, sink, clock)
    assert caught.value.code == "unknown_column"


@pytest.mark.parametrize("name", ["a.parquet", "a.xlsx", "a.csv.gz", "a.doc", "a.csv"])
def test_a_file_that_is_not_what_it_says_is_refused_in_words(tmp_path, mapping_of, loans, sink, clock, name):
    (tmp_path / name).write_bytes(b"" if name == "a.csv" else b"not what you think")
    with pytest.raises(InvalidInput):
        run(tmp_path / name, mapping_of(), loans, sink, clock)
    with pytest.raises(NotFound):
        run(tmp_path / "none.csv", mapping_of(), loans, sink, clock)


def test_two_columns_of_one_name_are_refused(tmp_path, mapping_of, loans, sink, clock):
    with pytest.raises(InvalidInput, match="same name"):
        run(write_csv(tmp_path / "a.csv", [], ["ID", "ID"]), mapping_of(), loans, sink, clock)


def test_progress_reaches_the_end(tmp_path, mapping_of, loans, sink, clock):
    path = write_csv(tmp_path / "a.csv", [[str(i), *GOOD[1:]] for i in range(25)])
    seen = []
    run(path, mapping_of(), loans, sink, clock, batch_rows=10, progress=seen.append)
    assert [each.rows for each in seen] == [10, 20, 25]
    assert seen[-1].bytes_read == seen[-1].bytes_total == path.stat().st_size
    assert sink.batches == [10, 10, 5]


# resuming


class Killed(Exception):
    pass


def killing(sink, after):
    """The sink, whose process dies after ``after`` batches: once it is before the answer, once after the write."""

    def take(events):
        results = sink(events)
        if len(sink.batches) == after:
            raise Killed
        return results

    return take


@pytest.mark.parametrize("after", [1, 2, 3])
def test_a_killed_import_goes_on_and_nothing_is_lost_or_doubled(tmp_path, mapping_of, loans, sink, clock, after):
    rows = [[str(i), *GOOD[1:3], "x" if i % 4 == 0 else "1", *GOOD[4:]] for i in range(35)]
    path, checkpoint = write_csv(tmp_path / "a.csv", rows), tmp_path / "a.checkpoint"
    options = {"batch_rows": 10, "checkpoint": checkpoint}
    with pytest.raises(Killed):
        run(path, mapping_of(), loans, killing(sink, after), clock, **options)
    report = run(path, mapping_of(), loans, sink, clock, resume=True, **options)
    assert report.reconciles
    assert (report.read, report.rejected) == (35, 9)
    assert report.accepted + report.duplicates == 26
    assert len(sink.seen) == 26
    assert report.resumed_at == 10 * (after - 1)
    assert [line["row"] for line in rejected_rows(report)] == list(range(1, 36, 4))
    assert not checkpoint.exists()


def test_rows_rejected_after_the_last_checkpoint_are_not_written_twice(
    tmp_path, mapping_of, loans, sink, clock, monkeypatch
):
    rows = [[str(i), *GOOD[1:3], "x", *GOOD[4:]] for i in range(6)]
    path = write_csv(tmp_path / "a.csv", rows)
    options = {"batch_rows": 2, "checkpoint": tmp_path / "a.checkpoint", "rejected": tmp_path / "r.jsonl"}
    saved = []

    def dying(*args):
        if len(saved) == 2:
            raise Killed
        saved.append(args)
        save_checkpoint(*args)

    with monkeypatch.context() as patched:
        patched.setattr("tandem.observe.events.ingest.importing.save_checkpoint", dying)
        with pytest.raises(Killed):
            run(path, mapping_of(), loans, sink, clock, **options)
    assert len((tmp_path / "r.jsonl").read_text().splitlines()) == 6
    report = run(path, mapping_of(), loans, sink, clock, resume=True, **options)
    assert (report.resumed_at, report.rejected) == (4, 6)
    assert [line["row"] for line in rejected_rows(report)] == [1, 2, 3, 4, 5, 6]


def test_a_checkpoint_of_another_file_is_refused(tmp_path, mapping_of, loans, sink, clock):
    path, checkpoint = write_csv(tmp_path / "a.csv", [GOOD]), tmp_path / "a.checkpoint"
    with pytest.raises(Killed):
        run(path, mapping_of(), loans, killing(sink, 1), clock, checkpoint=checkpoint)
    path = write_csv(tmp_path / "a.csv", [[str(i), *GOOD[1:]] for i in range(3)])
    with pytest.raises(Killed):
        run(path, mapping_of(), loans, killing(sink, 3), clock, checkpoint=checkpoint, batch_rows=1)
    write_csv(path, [GOOD, GOOD])
    with pytest.raises(Conflict, match="file"):
        run(path, mapping_of(), loans, sink, clock, checkpoint=checkpoint, resume=True)
    write_csv(path, [[str(i), *GOOD[1:]] for i in range(3)])
    with pytest.raises(Conflict, match="mapping"):
        run(path, mapping_of(event_id="b-{ID}"), loans, sink, clock, checkpoint=checkpoint, resume=True)


# dry run


def test_a_dry_run_says_what_would_become_of_the_rows(tmp_path, mapping_of, loans, clock):
    rows = [GOOD, ["2", "c-2", "2026-01-02", "5", "", "owns", "y"], ["3", "c-3", "never", "5", "", "owns", "y"]]
    path = write_csv(tmp_path / "a.csv", [[*row, "z"] for row in rows], [*HEADER, "Extra"])
    found = dry_run(path, mapping_of(), loans, clock=clock)
    assert (found.read, found.accepted, found.rejected) == (3, 2, 1)
    assert found.codes == {"invalid_instant": 1}
    assert found.rejections[0].row == 3
    assert found.unused_columns == ("Extra",)
    profile = {field.name: field for field in found.fields}
    assert (profile["amount_minor"].lowest, profile["amount_minor"].highest) == (500, 1250)
    assert profile["home"].commonest == (("rent", 1), ("owner", 1))
    assert profile["income"].known == 1
    assert profile["applicant"].distinct == 2
    assert profile["applicant"].commonest == ()


def test_a_dry_run_shows_dates_as_people_write_them(tmp_path, mapping_of, loans, clock):
    path = write_csv(tmp_path / "a.csv", [[*GOOD, "1990-05-06"], ["2", *GOOD[1:], "1980-05-06"]], [*HEADER, "Born"])
    mapping = mapping_of(fields={"born": "Born", "opened_at": "Applied"})
    profile = {field.name: field for field in dry_run(path, mapping, loans, clock=clock).fields}
    assert (profile["born"].lowest, profile["born"].highest) == ("1980-05-06", "1990-05-06")
    assert profile["opened_at"].lowest == "2026-01-02T00:00:00Z"


def test_a_dry_run_reads_no_further_than_told(tmp_path, mapping_of, loans, clock):
    path = write_csv(tmp_path / "a.csv", [[str(i), *GOOD[1:]] for i in range(30)])
    assert dry_run(path, mapping_of(), loans, clock=clock, rows=7).read == 7


# damaged files


def test_a_file_that_breaks_off_is_told_in_words_and_what_came_before_is_kept(tmp_path, mapping_of, loans, sink, clock):
    text = "\n".join([",".join(HEADER), *(",".join([str(i), f"c-{i * 7919}", *GOOD[2:]]) for i in range(5_000))])
    path = tmp_path / "a.csv.gz"
    path.write_bytes(gzip.compress(text.encode())[:-2_000])
    with pytest.raises(InvalidInput) as caught:
        run(path, mapping_of(), loans, sink, clock, batch_rows=100)
    assert caught.value.code == "damaged_file"
    assert 0 < len(sink.seen) < 5_000
    with pytest.raises(InvalidInput):
        dry_run(path, mapping_of(), loans, clock=clock, rows=10_000)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.sampled_from(["a.csv", "a.csv.gz", "a.jsonl", "a.parquet", "a.xlsx", "a.xls"]),
    st.sampled_from(["utf-8", "utf-16", "gb18030", "ascii"]),
    st.binary(max_size=200) | st.binary(max_size=200).map(gzip.compress),
    st.booleans(),
)
def test_any_bytes_are_imported_or_refused_in_words(
    tmp_path_factory, mapping_of, loans, sink_class, clock, name, encoding, data, with_header
):
    path = tmp_path_factory.mktemp("any") / name
    path.write_bytes((",".join(HEADER) + "\n").encode(encoding) + data if with_header else data)
    try:
        report = run(path, mapping_of(source={"encoding": encoding}), loans, sink_class(), clock)
    except TandemError as error:
        json.dumps(error.problem()).encode()
    else:
        assert report.reconciles


# the property


CELLS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
ROWS = st.one_of(
    st.tuples(
        st.sampled_from(["1", "2", "3", "4", ""]),
        st.sampled_from(["c-1", "c-2", ""]),
        st.sampled_from(["2026-01-02", "2026-01-03 10:00", "never", "1066-01-01", "2099-01-01"]),
        st.sampled_from(["1", "2.50", "0.001", "-1", "NA", "x"]),
        st.sampled_from(["1", "", "1e999"]),
        st.sampled_from(["rent", "owns", "?"]),
        st.sampled_from(["yes", "no", "??"]),
    ),
    st.lists(CELLS, min_size=1, max_size=9),
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(ROWS, max_size=30), st.integers(1, 7), st.integers(0, 4))
def test_every_row_of_any_table_ends_in_exactly_one_place(
    tmp_path_factory, mapping_of, loans, sink_class, clock, rows, batch_rows, kill_after
):
    folder = tmp_path_factory.mktemp("table")
    path, checkpoint, sink = write_csv(folder / "a.csv", rows), folder / "checkpoint", sink_class()
    expected = [row for row in csv.reader(io.StringIO(path.read_bytes().decode(), newline="")) if row][1:]
    options = {"checkpoint": checkpoint, "batch_rows": batch_rows, "resume": True}
    try:
        report = run(path, mapping_of(), loans, killing(sink, kill_after), clock, **options)
    except Killed:
        report = run(path, mapping_of(), loans, sink, clock, **options)
    assert report.read == len(expected)
    assert report.reconciles
    lines = rejected_rows(report) if report.rejected_path else []
    numbers = [line["row"] for line in lines]
    assert numbers == sorted(set(numbers))
    assert len(numbers) == report.rejected + report.conflicts
    assert sum(report.codes.values()) == len(numbers)
    assert report.accepted <= len(sink.seen) <= report.accepted + report.duplicates
    for line in lines:
        if len(expected[line["row"] - 1]) == len(HEADER):
            assert list(line["original"].values()) == expected[line["row"] - 1]


# expressions over the file's columns


def test_a_field_may_be_computed_from_the_files_columns(tmp_path, mapping_of, loans, sink, clock):
    mapping = mapping_of(
        columns={"Income": "double", "Amount": {"type": "decimal", "scale": 2}, "Applied": "timestamp"},
        fields={
            "income": {"expression": "Income / 12"},
            "home": {"expression": "case when Home = 'rent' then 'rent' else 'owner' end"},
            "rate": {"expression": "round(Amount * 2, 2)"},
            "opened_at": {"expression": "Applied"},
            "source": {"expression": "upper(Customer) || '-' || Home"},
        },
    )
    path = write_csv(
        tmp_path / "a.csv", [GOOD, ["2", *GOOD[1:4], "", "mother", "y"], ["3", *GOOD[1:4], "x", "rent", "y"]]
    )
    report = run(path, mapping, loans, sink, clock)
    assert report.codes == {"invalid_number": 1}
    first, second = values_of(sink)
    assert first["income"] == pytest.approx(1000 / 12)
    assert (first["home"], second["home"]) == ("rent", "owner")
    assert first["rate"] == Decimal("25.00")
    assert first["opened_at"] == parse_instant("2026-01-02")
    assert first["source"] == "C-1-rent"
    assert second["income"] is None


def test_an_expression_of_another_type_than_its_field_is_refused(tmp_path, mapping_of, loans, sink, clock):
    mapping = mapping_of(fields={"income": {"expression": "upper(Income)"}})
    with pytest.raises(DefinitionError, match="CAST"):
        run(write_csv(tmp_path / "a.csv", [GOOD]), mapping, loans, sink, clock)


def test_an_expression_over_a_column_that_is_not_there_is_refused(tmp_path, mapping_of, loans, sink, clock):
    mapping = mapping_of(fields={"income": {"expression": "Incom + 1"}})
    with pytest.raises(DefinitionError, match="Income"):
        run(write_csv(tmp_path / "a.csv", [GOOD]), mapping, loans, sink, clock)
