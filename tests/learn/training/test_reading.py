"""Tables are read from the files people have."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tandem.kernel.errors import InvalidInput, NotFound
from tandem.learn.training import read_table

ROWS = {"age": [31, None, 45], "job": ["cook", "clerk", None]}
CSV = "age,job\n31,cook\n,clerk\n45,NA\n"
ARFF = "% a comment\n@relation r\n@attribute 'age in years' numeric\n@attribute job {cook,clerk}\n@data\n31,cook\n?,clerk\n"


def check(table: pa.Table) -> None:
    assert table.to_pydict() == ROWS


def test_csv_plain_zipped_with_semicolons_and_tabs_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(CSV)
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(CSV.encode()))
    (tmp_path / "c.csv").write_text(CSV.replace(",", ";"))
    (tmp_path / "d.tsv").write_text(CSV.replace(",", "\t"))
    (tmp_path / "e.csv").write_bytes(b"\xef\xbb\xbf" + CSV.encode())
    for name in ("a.csv", "b.csv.gz", "c.csv", "d.tsv", "e.csv"):
        check(read_table(tmp_path / name))


def test_parquet_is_read(tmp_path: Path) -> None:
    pq.write_table(pa.table(ROWS), tmp_path / "a.parquet")
    check(read_table(tmp_path / "a.parquet"))


def test_arff_is_read_with_quoted_names_and_missing_marks(tmp_path: Path) -> None:
    (tmp_path / "a.arff").write_text(ARFF)
    assert read_table(tmp_path / "a.arff").to_pydict() == {"age in years": [31, None], "job": ["cook", "clerk"]}


def test_the_first_sheet_of_a_workbook_is_read(tmp_path: Path) -> None:
    workbook(tmp_path / "a.xlsx", [["age", "job"], [31, "cook"], [45, "clerk"]])
    assert read_table(tmp_path / "a.xlsx").to_pydict() == {"age": [31.0, 45.0], "job": ["cook", "clerk"]}


def test_a_column_without_a_name_gets_one(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(",x\n1,2\n")
    assert read_table(tmp_path / "a.csv").column_names == ["column_1", "x"]


def test_what_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_table(tmp_path / "none.csv")
    (tmp_path / "a.docx").write_text("x")
    with pytest.raises(InvalidInput, match="kind of file"):
        read_table(tmp_path / "a.docx")
    (tmp_path / "b.parquet").write_text("not parquet")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_table(tmp_path / "b.parquet")
    (tmp_path / "c.csv.gz").write_text("not gzip")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_table(tmp_path / "c.csv.gz")
    (tmp_path / "d.csv").write_text("age,job\n1,2\n1\n")
    with pytest.raises(InvalidInput, match="cannot be read"):
        read_table(tmp_path / "d.csv")
    (tmp_path / "e.csv").write_text("age,job\n")
    with pytest.raises(InvalidInput, match="no rows"):
        read_table(tmp_path / "e.csv")


def workbook(path: Path, rows: list[list[object]]) -> None:
    """The smallest workbook that is one: a sheet of inline texts and numbers."""

    def cell(value: object) -> str:
        if isinstance(value, str):
            return f'<c t="inlineStr"><is><t>{value}</t></is></c>'
        return f"<c><v>{value}</v></c>"

    body = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    office = "http://schemas.openxmlformats.org"
    main, links = f"{office}/spreadsheetml/2006/main", f"{office}/officeDocument/2006/relationships"
    package = f"{office}/package/2006"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{links}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{links}"><sheets><sheet name="s" sheetId="1" '
        'r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{links}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
