"""Reading a table from a file: CSV (also gzipped), Parquet, Excel and ARFF."""

from __future__ import annotations

import gzip
import io
import re
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from tandem.kernel.errors import InvalidInput, NotFound, TooLarge

__all__ = ["MAX_FILE_BYTES", "read_table"]

MAX_FILE_BYTES = 4 * 2**30
"""Largest file read; training is for one machine."""

_NULLS = ["", "NA", "N/A", "#N/A", "NaN", "nan", "NULL", "null", "None", "?"]
_ATTRIBUTE = re.compile(r"^@attribute\s+('(?:[^'\\]|\\.)*'|\"[^\"]*\"|\S+)\s+(.+)$", re.IGNORECASE)


def read_table(path: Path | str) -> pa.Table:
    """The table in ``path``, told by its name: ``.csv``, ``.tsv``, ``.parquet``, ``.xlsx``, ``.arff``; ``.gz`` allowed.

    Raises:
        NotFound: no such file.
        TooLarge: over ``MAX_FILE_BYTES``.
        InvalidInput: an unknown kind of file, or one that cannot be read as what its name says.
    """
    file = Path(path)
    if not file.is_file():
        raise NotFound("No such file.", code="file_not_found", field="file", value=str(file))
    if file.stat().st_size > MAX_FILE_BYTES:
        raise TooLarge("The file is too large.", code="file_too_large", field="file", value=file.stat().st_size)
    name = file.name.lower().removesuffix(".gz")
    kind = name.rpartition(".")[2]
    readers = {"csv": _csv, "tsv": _tsv, "txt": _csv, "parquet": _parquet, "xlsx": _excel, "xls": _excel, "arff": _arff}
    if kind not in readers:
        raise InvalidInput(
            "The kind of file is not known.",
            code="unknown_file_kind",
            field="file",
            value=file.name,
            hint="give .csv, .csv.gz, .tsv, .parquet, .xlsx or .arff",
        )
    try:
        data = file.read_bytes()
        table = readers[kind](gzip.decompress(data) if file.name.lower().endswith(".gz") else data)
    except (EOFError, zlib.error, pa.ArrowException, UnicodeDecodeError, OSError, ValueError) as error:
        raise InvalidInput(
            f"The file cannot be read: {error}", code="unreadable_file", field="file", value=file.name
        ) from error
    if table.num_rows == 0:
        raise InvalidInput("The file holds no rows.", code="empty_table", field="file", value=file.name)
    return table.rename_columns(_named(table.column_names))


def _named(names: list[str]) -> list[str]:
    """Blank headers get a name (``column_1``), because a model input needs one."""
    return [name if name.strip() else f"column_{place + 1}" for place, name in enumerate(names)]


def _csv(data: bytes, delimiter: str | None = None) -> pa.Table:
    head = data[:65536].split(b"\n", 1)[0].decode("utf-8-sig", "replace")
    chosen = delimiter or max(",;\t|", key=head.count)
    return pa_csv.read_csv(
        io.BytesIO(data),
        parse_options=pa_csv.ParseOptions(delimiter=chosen, newlines_in_values=True),
        convert_options=pa_csv.ConvertOptions(null_values=_NULLS, strings_can_be_null=True),
    )


def _tsv(data: bytes) -> pa.Table:
    return _csv(data, "\t")


def _parquet(data: bytes) -> pa.Table:
    return pq.read_table(io.BytesIO(data))


def _excel(data: bytes) -> pa.Table:
    """The first sheet; its first row names the columns."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()
    if not rows:
        return pa.table({})
    header = [str(cell) for cell in rows[0]]
    columns = []
    for place in range(len(header)):
        cells = [None if row[place] == "" else row[place] for row in rows[1:]]
        kinds = {type(cell) for cell in cells if cell is not None}
        columns.append(pa.array(cells if len(kinds) <= 1 else [None if c is None else str(c) for c in cells]))
    return pa.Table.from_arrays(columns, names=header)


def _arff(data: bytes) -> pa.Table:
    """Dense ARFF: numeric and nominal attributes (Weka's format)."""
    head, marker, body = _split_arff(data.decode("utf-8", "replace"))
    if not marker:
        raise ValueError("no @data section")
    names = [match[1].strip("'\"") for line in head if (match := _ATTRIBUTE.match(line.strip()))]
    options = pa_csv.ReadOptions(column_names=names)
    convert = pa_csv.ConvertOptions(null_values=_NULLS, strings_can_be_null=True)
    rows = "\n".join(line for line in body if line.strip() and not line.startswith("%"))
    return pa_csv.read_csv(io.BytesIO(rows.encode()), read_options=options, convert_options=convert)


def _split_arff(text: str) -> tuple[list[str], bool, list[str]]:
    lines = text.splitlines()
    for place, line in enumerate(lines):
        if line.strip().lower().startswith("@data"):
            return lines[:place], True, lines[place + 1 :]
    return lines, False, []
