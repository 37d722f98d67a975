"""What commands print: a table for people, or one JSON document for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

__all__ = ["print_json", "say", "table"]


def print_json(document: Any) -> None:
    """``document`` as JSON on stdout; indented where a person looks at it."""
    text = msgspec.json.encode(document)
    if sys.stdout.isatty():
        text = msgspec.json.format(text, indent=2)
    sys.stdout.write(text.decode() + "\n")


def say(text: str) -> None:
    """A line for people, on stderr, so that stdout stays data."""
    print(text, file=sys.stderr)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]], *, right: Sequence[str] = ()) -> None:
    """A table on stdout; ``right`` names the columns of numbers."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for column in columns:
        drawn.add_column(column, justify="right" if column in right else "left", overflow="fold")
    for row in rows:
        drawn.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console(highlight=False).print(drawn)
