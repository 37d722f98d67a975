"""Where access is kept: the port, and its SQLite form.

Everything is small, so it is read whole at the start, held in memory and written through; the store never has to answer
a question while somebody waits for a decision. A change and the note of it are one transaction: no change without its
record, whenever the process dies.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, Protocol, TypeVar

import msgspec

from tandem.kernel.errors import Unavailable
from tandem.prove.access.audit import Note, decode_note, encode_note
from tandem.prove.access.types import (
    ApiKey,
    Attempts,
    Credential,
    CustomerPass,
    CustomerSession,
    Link,
    Merchant,
    Person,
    Row,
    Session,
)

__all__ = ["AccessStore", "SqliteAccessStore"]

R = TypeVar("R", bound=msgspec.Struct)


class AccessStore(Protocol):
    """A durable set of rows, by kind and key, and the notes that were not yet told."""

    def rows(self, kind: type[R]) -> list[R]:
        """Every row of a kind."""
        ...

    def write(self, put: Sequence[Row] = (), drop: Sequence[Row] = (), notes: Sequence[Note] = ()) -> None:
        """All of it in one transaction, durable on return; a row of the same key is replaced."""
        ...

    def untold(self) -> list[Note]:
        """Notes written and not yet ``told``, oldest first."""
        ...

    def told(self, notes: Sequence[Note]) -> None:
        """These are on record elsewhere now."""
        ...

    def fact(self, name: str, proposed: str) -> str:
        """The value kept under ``name``; ``proposed`` is kept if there is none."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...


_TABLES: Final[dict[type[Any], tuple[str, str]]] = {
    Person: ("person", "name"),
    Credential: ("credential", "name"),
    Attempts: ("attempts", "name_digest"),
    Session: ("session", "digest"),
    ApiKey: ("api_key", "name"),
    Link: ("link", "digest"),
    Merchant: ("merchant", "key"),
    CustomerPass: ("customer_pass", "digest"),
    CustomerSession: ("customer_session", "digest"),
}
_COLUMNS: Final = {kind: kind.__struct_fields__ for kind in _TABLES}
_SELECT: Final = {
    kind: f"SELECT {', '.join(_COLUMNS[kind])} FROM {table}"  # noqa: S608 - constants
    for kind, (table, _) in _TABLES.items()
}
_PUT: Final = {
    kind: f"INSERT OR REPLACE INTO {table} ({', '.join(_COLUMNS[kind])})"  # noqa: S608 - constants
    f" VALUES ({', '.join('?' * len(_COLUMNS[kind]))})"
    for kind, (table, _) in _TABLES.items()
}
_DROP: Final = {kind: f"DELETE FROM {table} WHERE {key} = ?" for kind, (table, key) in _TABLES.items()}  # noqa: S608
_LISTS: Final = {"roles", "scopes", "acts", "origins"}


class SqliteAccessStore:
    """Access in a SQLite file of mode 0600; safe to call from several threads.

    Args:
        path: the file, created if absent; None for one in memory that ends with the process.
    """

    def __init__(self, path: Path | None) -> None:
        self._lock = threading.Lock()
        if path is not None:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # before SQLite makes it, readable for others
            path.chmod(0o600)
        with _reporting():
            self._db = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            # A hash that was replaced shall not linger in the file.
            self._db.execute("PRAGMA secure_delete = ON")
            self._db.executescript(files(__package__).joinpath("schema.sql").read_text(encoding="utf-8"))

    def rows(self, kind: type[R]) -> list[R]:
        with self._lock, _reporting():
            found = self._db.execute(_SELECT[kind]).fetchall()
        names = _COLUMNS[kind]
        return [msgspec.convert(_document(names, row), kind) for row in found]

    def write(self, put: Sequence[Row] = (), drop: Sequence[Row] = (), notes: Sequence[Note] = ()) -> None:
        with self._lock, _reporting(), self._transaction() as db:
            for row in drop:
                db.execute(_DROP[type(row)], (getattr(row, _TABLES[type(row)][1]),))
            for row in put:
                db.execute(_PUT[type(row)], [_cell(getattr(row, name)) for name in _COLUMNS[type(row)]])
            for note in notes:
                db.execute("INSERT OR IGNORE INTO untold VALUES (?, ?)", (note.id, encode_note(note)))

    def untold(self) -> list[Note]:
        with self._lock, _reporting():
            rows = self._db.execute("SELECT note FROM untold ORDER BY id").fetchall()
        return [decode_note(note) for (note,) in rows]

    def told(self, notes: Sequence[Note]) -> None:
        with self._lock, _reporting(), self._transaction() as db:
            db.executemany("DELETE FROM untold WHERE id = ?", [(note.id,) for note in notes])

    def fact(self, name: str, proposed: str) -> str:
        with self._lock, _reporting():
            self._db.execute("INSERT OR IGNORE INTO access_meta VALUES (?, ?)", (name, proposed))
            row = self._db.execute("SELECT value FROM access_meta WHERE name = ?", (name,)).fetchone()
        return str(row[0])

    def close(self) -> None:
        with self._lock:
            self._db.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._db.execute("BEGIN IMMEDIATE")
        with self._db:  # commits, or rolls back on an error
            yield self._db


def _document(names: tuple[str, ...], row: tuple[Any, ...]) -> dict[str, Any]:
    return {name: msgspec.json.decode(cell) if name in _LISTS else cell for name, cell in zip(names, row, strict=True)}


def _cell(value: Any) -> Any:
    return msgspec.json.encode(value).decode() if isinstance(value, tuple) else value


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise Unavailable(
            f"The store of people and keys does not answer: {error}", code="access_unavailable"
        ) from error
