"""Text that a person pastes: a column of identifiers, a few columns out of a spreadsheet, or a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

from tandem.kernel.errors import InvalidInput, TooLarge, near_match

__all__ = ["COLUMNS", "PASTED_ROWS_MAX", "read_pasted"]

COLUMNS: Final = ("identifier", "member", "reason", "source", "expires_at", "expires_after")
"""What the columns of a table may be called; without a line of names they are taken in ``_ORDER``."""

PASTED_ROWS_MAX: Final = 10_000
"""Rows at once: while they are read and applied no decision is taken."""

_ORDER: Final = ("identifier", "reason", "source", "expires_at")
_DELIMITERS: Final = ("\t", ";", ",")


def read_pasted(text: str) -> list[tuple[int, dict[str, str]]]:
    """The rows of ``text``, each with the number of its line; blank lines are left out.

    Columns are parted by tab, semicolon or comma, whichever stands in the first line. A first line that names a column
    ``identifier`` or ``member`` is taken as the names of the columns.

    Raises:
        InvalidInput: a column that is not known, more columns than names, or no row at all.
        TooLarge: more than ``PASTED_ROWS_MAX`` rows.
    """
    lines = list(_lines(text))
    if not lines:
        raise InvalidInput(
            "There is no row in the text.", code="no_rows", field="text", hint="paste one identifier per line"
        )
    names: tuple[str, ...] = _ORDER
    first = [cell.lower() for cell in lines[0][1]]
    if {"identifier", "member"} & set(first):
        names = tuple(first)
        lines = lines[1:]
        for name in names:
            if name not in COLUMNS:
                raise InvalidInput(
                    "A list has no such column.",
                    code="wrong_columns",
                    field="text",
                    value=name,
                    hint=near_match(name, COLUMNS) or "known: " + ", ".join(COLUMNS),
                )
    if len(lines) > PASTED_ROWS_MAX:
        raise TooLarge(
            f"At most {PASTED_ROWS_MAX} rows at once.",
            code="too_many_rows",
            field="text",
            value=len(lines),
            hint="paste them in parts, or use tandem lists load",
        )
    return [(number, _row(number, cells, names)) for number, cells in lines]


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = next((one for one in _DELIMITERS if one in first), ",")
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as error:
        raise InvalidInput(
            f"The text cannot be read as a table: {error}.", code="unreadable_text", field="text", at="text"
        ) from None


def _row(number: int, cells: list[str], names: tuple[str, ...]) -> dict[str, str]:
    while cells and not cells[-1]:
        cells = cells[:-1]
    if len(cells) > len(names):
        raise InvalidInput(
            f"Line {number} has {len(cells)} columns, {len(names)} are expected.",
            code="wrong_columns",
            field="text",
            hint="put a text that holds the delimiter in quotes, or name the columns in the first line",
        )
    return {name: cell for name, cell in zip(names, cells, strict=False) if cell}
