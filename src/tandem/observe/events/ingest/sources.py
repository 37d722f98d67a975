"""Files as streams of rows. No format is held in memory whole but Excel, whose sheets end at a million rows."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import IO, Any, Protocol, TypeAlias, cast

import msgspec

from tandem.kernel.errors import InvalidInput, NotFound, near_match
from tandem.observe.events.ingest.types import FileFormat, FileOptions

__all__ = ["Getter", "Source", "Unreadable", "open_source", "rows_of"]

Getter: TypeAlias = Callable[[Any], Any]

_LINE_LIMIT = 1 << 20
_PARQUET_BATCH = 8_192
_SUFFIXES = {
    ".csv": FileFormat.CSV, ".tsv": FileFormat.CSV, ".txt": FileFormat.CSV, ".jsonl": FileFormat.JSONL,
    ".ndjson": FileFormat.JSONL, ".parquet": FileFormat.PARQUET, ".pq": FileFormat.PARQUET, ".xlsx": FileFormat.EXCEL,
    ".xls": FileFormat.EXCEL, ".xlsb": FileFormat.EXCEL, ".ods": FileFormat.EXCEL,
}  # fmt: skip


class Unreadable(msgspec.Struct, frozen=True):
    """A row the file's format gives no sense to: it still is a row, and is counted."""

    code: str
    detail: str
    original: dict[str, Any]


class Source(Protocol):
    """A file, opened."""

    bytes_total: int

    @property
    def columns(self) -> tuple[str, ...] | None:
        """Names in order; None where each row may have others (JSONL)."""
        ...

    def rows(self) -> Iterator[Any]:
        """Every row, or ``Unreadable``, in order, once."""
        ...

    def bytes_read(self) -> int:
        """How far the file was read, for a progress bar."""
        ...

    def getter(self, column: str) -> Getter:
        """What takes that column's cell out of a row."""
        ...

    def original(self, row: Any) -> dict[str, Any]:
        """The row by column name, for the file of rejected rows."""
        ...

    def close(self) -> None:
        """Release the file."""
        ...


def open_source(path: Path, options: FileOptions) -> Source:
    """The file as a source.

    Raises:
        NotFound: no such file, or no such sheet.
        InvalidInput: the format is unknown, or the file is not of its format.
    """
    if not path.is_file():
        raise NotFound("There is no such file.", code="no_file", field="path", value=str(path))
    form = options.format or _format_of(path)
    if form is FileFormat.CSV:
        return _CsvSource(path, options)
    if form is FileFormat.JSONL:
        return _JsonLinesSource(path)
    if form is FileFormat.PARQUET:
        return _ParquetSource(path)
    return _ExcelSource(path, options)


def rows_of(source: Source) -> Iterator[Any]:
    """The rows of ``source``; a file that breaks off or is damaged further down is told in words.

    Raises:
        InvalidInput: with the number of the last good row.
    """
    from pyarrow import ArrowException

    number = 0
    try:
        for row in source.rows():
            number += 1
            yield row
    except (OSError, EOFError, zlib.error, UnicodeError, csv.Error, ArrowException) as error:
        raise InvalidInput(
            f"The file is damaged after row {number:,}: {error}.",
            code="damaged_file",
            field="path",
            at=f"row {number}",
            hint="fetch the file again; what was imported counts as duplicates",
        ) from None


def _format_of(path: Path) -> FileFormat:
    suffix = (Path(path.stem) if path.suffix == ".gz" else path).suffix.lower()
    form = _SUFFIXES.get(suffix)
    if form is None:
        raise InvalidInput(
            "The file's name does not tell its format.",
            code="unknown_format",
            field="path",
            value=path.name,
            hint="set source.format in the mapping: csv, jsonl, parquet or excel",
        )
    return form


def _not_of_format(path: Path, form: str, error: Exception) -> InvalidInput:
    return InvalidInput(f"Not a {form} file: {error}", code="unreadable_file", field="path", value=path.name)


class _Stream:
    """A file read as bytes, unpacked if need be, that knows how far it is."""

    def __init__(self, path: Path) -> None:
        self.bytes_total = path.stat().st_size
        self._file = path.open("rb")
        self.unpacked: IO[bytes] = self._file
        if path.suffix == ".gz":
            self.unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=self._file))

    def bytes_read(self) -> int:
        return self._file.tell()

    def close(self) -> None:
        self.unpacked.close()
        self._file.close()


class _Table:
    """Rows as sequences of cells under fixed column names."""

    _names: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self._names

    def _set_columns(self, names: list[str], path: Path) -> None:
        repeated = next((name for index, name in enumerate(names) if name in names[:index]), None)
        if repeated is not None or not names:
            detail = "Two columns have the same name." if names else "The file has no columns."
            raise InvalidInput(detail, code="invalid_header", field="path", value=repeated or path.name)
        self._names = tuple(names)

    def getter(self, column: str) -> Getter:
        if column not in self.columns:
            raise InvalidInput(
                "The file has no such column.",
                code="unknown_column",
                field="column",
                value=column,
                hint=near_match(column, self.columns) or "known: " + ", ".join(self.columns[:20]),
            )
        return itemgetter(self.columns.index(column))

    def original(self, row: Any) -> dict[str, Any]:
        return dict(zip(self.columns, row, strict=True))


class _CsvSource(_Table):
    """Bytes that are not of the declared encoding come through as lone surrogates, so that only their row is refused."""

    def __init__(self, path: Path, options: FileOptions) -> None:
        self._stream = _Stream(path)
        self.bytes_total = self._stream.bytes_total
        encoding = "utf-8-sig" if options.encoding.lower() in {"utf-8", "utf8"} else options.encoding
        self._text = io.TextIOWrapper(self._stream.unpacked, encoding, errors="surrogateescape", newline="")
        delimiter = "\t" if ".tsv" in path.suffixes and options.delimiter == "," else options.delimiter
        lines = iter(lambda: self._text.readline(_LINE_LIMIT), "")
        self._reader = csv.reader(lines, delimiter=delimiter)
        try:
            header = next(self._reader, [])
            self._set_columns([name.strip() for name in header], path)
        except (csv.Error, OSError, EOFError, zlib.error, UnicodeError) as error:
            self.close()
            raise _not_of_format(path, "CSV", error) from None
        except InvalidInput:
            self.close()
            raise

    def rows(self) -> Iterator[Any]:
        count = len(self.columns)
        while True:
            try:
                row = next(self._reader)
            except StopIteration:
                return
            except csv.Error as error:
                yield Unreadable("invalid_csv", f"Not a line of CSV: {error}.", {})
                continue
            if len(row) == count:
                yield row
            elif row:
                detail = f"The line has {len(row)} cells, the header {count}."
                names = [*self.columns[: len(row)], *(f"cell_{index + 1}" for index in range(count, len(row)))]
                yield Unreadable("wrong_cell_count", detail, dict(zip(names, row, strict=True)))

    def bytes_read(self) -> int:
        return self._stream.bytes_read()

    def close(self) -> None:
        self._text.close()
        self._stream.close()


class _JsonLinesSource:
    """One JSON object a line; a column may be a path through nested objects."""

    columns: tuple[str, ...] | None = None

    def __init__(self, path: Path) -> None:
        self._stream = _Stream(path)
        self.bytes_total = self._stream.bytes_total
        self._decode = msgspec.json.Decoder().decode

    def rows(self) -> Iterator[Any]:
        for line in iter(lambda: self._stream.unpacked.readline(_LINE_LIMIT), b""):
            text = line.strip()
            if not text:
                continue
            try:
                row = self._decode(text)
            except (ValueError, RecursionError) as error:
                shown = text[:1000].decode("utf-8", "backslashreplace")
                yield Unreadable("invalid_json", f"Not a line of JSON: {error}.", {"line": shown})
                continue
            yield row if isinstance(row, dict) else Unreadable("invalid_json", "Not a JSON object.", {"line": row})

    def bytes_read(self) -> int:
        return self._stream.bytes_read()

    def getter(self, column: str) -> Getter:
        names = column.split(".")

        def get(row: Any) -> Any:
            if column in row:
                return row[column]
            for name in names:
                row = row.get(name) if isinstance(row, dict) else None
            return row

        return get

    def original(self, row: Any) -> dict[str, Any]:
        return dict(row)

    def close(self) -> None:
        self._stream.close()


class _ParquetSource(_Table):
    def __init__(self, path: Path) -> None:
        import pyarrow as pa
        import pyarrow.parquet as pq

        self.bytes_total = path.stat().st_size
        try:
            self._file = pq.ParquetFile(path)
        except (pa.ArrowException, OSError) as error:
            raise _not_of_format(path, "Parquet", error) from None
        self._set_columns(list(self._file.schema_arrow.names), path)
        self._rows_total = self._file.metadata.num_rows
        self._rows_read = 0

    def rows(self) -> Iterator[Any]:
        for batch in self._file.iter_batches(_PARQUET_BATCH):
            yield from zip(*(_python_values(column) for column in batch.columns), strict=True)
            self._rows_read += batch.num_rows

    def bytes_read(self) -> int:
        return int(self.bytes_total * self._rows_read // max(self._rows_total, 1))

    def close(self) -> None:
        self._file.close()


def _python_values(column: Any) -> list[Any]:
    import pyarrow as pa

    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        # Python and Tandem count microseconds; what lies below is cut, not rounded into the next one.
        column = column.cast(pa.timestamp("us", column.type.tz), safe=False)
    values: list[Any] = column.to_pylist()
    return values


class _ExcelSource(_Table):
    def __init__(self, path: Path, options: FileOptions) -> None:
        from python_calamine import CalamineError, CalamineWorkbook

        self.bytes_total = path.stat().st_size
        try:
            book = CalamineWorkbook.from_path(str(path))
        except (CalamineError, OSError) as error:
            raise _not_of_format(path, "spreadsheet", error) from None
        name = options.sheet or book.sheet_names[0]
        if name not in book.sheet_names:
            raise NotFound(
                "There is no such sheet.",
                code="no_sheet",
                field="source.sheet",
                value=name,
                hint=near_match(name, book.sheet_names),
            )
        self._cells = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        header = self._cells[0] if self._cells else []
        self._set_columns([str(cell).strip() for cell in header], path)
        self._rows_read = 0

    def rows(self) -> Iterator[Any]:
        for row in self._cells[1:]:
            self._rows_read += 1
            if any(cell != "" for cell in row):
                yield row

    def bytes_read(self) -> int:
        return self.bytes_total * (self._rows_read + 1) // max(len(self._cells), 1)

    def close(self) -> None:
        self._cells = []
