"""The file of rejected rows: each with its number and reasons, so that it can be mended and imported again.

As CSV the original columns come first, under their own names, so that the mended file works with the same mapping; as
JSONL (``.jsonl``) every fault of a row is listed. The rows are the user's own and may be personal: only the owner may
read the file.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from tandem.kernel.errors import InvalidInput
from tandem.observe.events.ingest.types import Rejection

__all__ = ["RejectedRows"]

_REASONS = ("_row", "_code", "_field", "_value", "_hint", "_detail", "_faults")


class RejectedRows:
    """Writes rejected rows to ``path``; the file comes into being with the first of them.

    Args:
        path: ``.jsonl`` for JSON lines, anything else for CSV.
        columns: the source's columns, for the CSV header; None puts the row into one column as JSON.
        keep: bytes of an earlier run to keep, when it is resumed; what lies beyond is cut off.
    """

    def __init__(self, path: Path, columns: tuple[str, ...] | None, *, keep: int = 0) -> None:
        self.path = path
        # A mended file that is rejected again brings its old reasons along; they are not repeated.
        self._columns = None if columns is None else tuple(name for name in columns if name not in _REASONS)
        self._as_json = path.suffix == ".jsonl"
        self.size = keep if path.exists() else 0
        if self.size:
            os.truncate(path, keep)
        else:
            path.unlink(missing_ok=True)

    def write(self, rejections: Iterable[Rejection]) -> None:
        """Append ``rejections``, durably."""
        lines = "".join(self._line(each) for each in rejections)
        if not lines:
            return
        if not self.size and not self._as_json:
            lines = self._header() + lines
        data = lines.encode("utf-8", "surrogateescape" if not self._as_json else "backslashreplace")
        descriptor = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "ab") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        self.size += len(data)

    def _header(self) -> str:
        return _csv_line([*(self._columns or ("row",)), *_REASONS])

    def _line(self, rejection: Rejection) -> str:
        if self._as_json:
            faults = [_reason(fault) for fault in rejection.faults]
            document = {"row": rejection.row, "faults": faults, "original": _plain(rejection.original)}
            return msgspec.json.encode(document).decode() + "\n"
        if self._columns is None:
            cells = [msgspec.json.encode(_plain(rejection.original)).decode()]
        else:
            cells = ["" if (cell := rejection.original.get(name)) is None else str(cell) for name in self._columns]
        first = rejection.faults[0]
        reasons = _reason(first)
        told = [reasons.get(key, "") for key in ("code", "field", "value", "hint", "detail")]
        return _csv_line([*cells, str(rejection.row), *told, str(len(rejection.faults))])


def _reason(fault: InvalidInput) -> dict[str, str]:
    problem = fault.problem()
    return {key: problem[key] for key in ("code", "field", "value", "hint", "detail") if key in problem}


def _plain(original: dict[str, Any]) -> Any:
    """The row as JSON can hold it; lone surrogates (bytes of another encoding) written out."""
    return {_safe(str(key)): _cell(cell) for key, cell in original.items()}


def _cell(cell: Any) -> Any:
    if cell is None or isinstance(cell, bool | int | float):
        return cell
    if isinstance(cell, dict):
        return _plain(cell)
    if isinstance(cell, list):
        return [_cell(each) for each in cell]
    return _safe(str(cell))


def _safe(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()


def _csv_line(cells: list[str]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue()
