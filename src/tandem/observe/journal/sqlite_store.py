"""The journal in a SQLite file: write-ahead log, full synchronisation, one writer."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import sqlite3
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from itertools import chain
from pathlib import Path
from typing import Literal

from tandem.kernel.errors import NotFound, Refused, Unavailable
from tandem.observe.journal.chain import StoredRow
from tandem.observe.journal.checkpointing import Checkpointer
from tandem.observe.journal.scanning import scan_query
from tandem.observe.journal.types import KINDS, EntryKind

__all__ = ["SqliteStore"]

_COLUMNS = "seq, kind, recorded_at, key, digest, subject, clear, sealed, mac"
_WIDTH = 9
_SELECT = f"SELECT {_COLUMNS} FROM record"  # noqa: S608 - constants
# The kind is a literal: with a parameter there, SQLite looks at its value because of the partial indexes and compiles
# the statement anew at every call (20 us instead of 5).
_FIND = {kind: f"{_SELECT} WHERE kind = '{kind}' AND key = ?" for kind in KINDS}
_AT = f"{_SELECT} WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq"  # noqa: S608 - constants
_LAST = f"{_SELECT} ORDER BY seq DESC LIMIT 1"
_SIZES = (1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024)
_LARGEST = _SIZES[-1]
# The log wraps around here. The checkpointer has moved most of it by then, and the commit that wraps moves the rest.
_CHECKPOINT_PAGES = 4_000


_DIGESTS = {
    kind: f"SELECT key, digest FROM record WHERE kind = '{kind}' AND key IN (SELECT value FROM json_each(?))"  # noqa: S608
    for kind in KINDS
}


_KEYS = {kind: f"SELECT key FROM record WHERE kind = '{kind}' AND key IS NOT NULL" for kind in KINDS}  # noqa: S608


def _insert_of(size: int) -> str:
    values = ", ".join(["(" + ", ".join("?" * _WIDTH) + ")"] * size)
    return f"INSERT INTO record SELECT * FROM (VALUES {values}) WHERE column1 IS NOT NULL"  # noqa: S608 - constants


_INSERT = {size: _insert_of(size) for size in _SIZES}


class SqliteStore:
    """Records in one SQLite file.

    A whole batch goes in by ONE statement outside of any explicit transaction, so that SQLite inserts, commits and
    fsyncs in a single call: Python's lock is given away and taken back once per batch. With ``executemany`` it is
    taken back once per row, and each time a busy interpreter may make the writer wait for its 5 ms switch interval.

    Args:
        path: the file; created if absent.
        writable: take the right to write. Readers may share the file with a writer.

    Raises:
        Refused: another process holds the right to write.
        NotFound: not ``writable``, and there is no such file.
    """

    dialect: Literal["sqlite", "postgres"] = "sqlite"

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self.path = path
        self._writable = writable
        self._lock = threading.Lock()
        self._guard: int | None = None
        self._checkpointer: Checkpointer | None = None
        if not writable and not path.is_file():
            raise NotFound(f"There is no journal at {path}.", code="no_journal", hint="it is made at the first start")
        if writable:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._guard = _take_right_to_write(path)
        try:
            self._open()
        except BaseException:
            self._release()
            raise

    def append(self, rows: Sequence[StoredRow]) -> None:
        with _reporting():
            if len(rows) <= _LARGEST:
                self._insert(rows)
            else:
                self._insert_in_parts(rows)
        if self._checkpointer is not None:
            self._checkpointer.note_written()

    def find(self, kind: EntryKind, key: str) -> StoredRow | None:
        try:
            with self._lock:
                row: StoredRow | None = self._reader.execute(_FIND[kind], (key,)).fetchone()
        except sqlite3.Error as error:
            raise _unavailable(error) from error
        return row

    def digests(self, kind: EntryKind, keys: Sequence[str]) -> dict[str, str | None]:
        with self._lock, _reporting():
            return dict(self._reader.execute(_DIGESTS[kind], (json.dumps(list(keys)),)).fetchall())

    def keys(self, kind: EntryKind) -> Iterator[str]:
        with contextlib.closing(self._connect()) as db, _reporting():
            for (key,) in db.execute(_KEYS[kind]):
                yield key

    def scan(
        self,
        from_seq: int = 1,
        to_seq: int | None = None,
        kinds: Sequence[EntryKind] | None = None,
        *,
        lenient: bool = False,
    ) -> Iterator[StoredRow]:
        end = self._highest() if to_seq is None else to_seq
        query = scan_query(_SELECT, kinds, "?1", "?2")
        with contextlib.closing(self._connect()) as db, _reporting():
            # A cursor of its own connection: a long walk must hold up neither `find` nor the writer.
            if lenient:
                db.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
            yield from db.execute(query, (from_seq, end))

    def at(self, seqs: Sequence[int]) -> list[StoredRow]:
        with contextlib.closing(self._connect()) as db, _reporting():  # `find` must not wait for many rows
            rows: list[StoredRow] = db.execute(_AT, (json.dumps(list(seqs)),)).fetchall()
        return rows

    def last(self) -> StoredRow | None:
        with self._lock, _reporting():
            row: StoredRow | None = self._reader.execute(_LAST).fetchone()
        return row

    def count(self) -> int:
        with self._lock, _reporting():
            return int(self._reader.execute("SELECT count(*) FROM record").fetchone()[0])

    def meta(self, name: str) -> str | None:
        with self._lock, _reporting():
            row = self._reader.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        with _reporting():
            self._writer.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def migrate(self, script: str, facts: Mapping[str, str]) -> None:
        with _reporting():
            try:
                self._writer.executescript(f"BEGIN IMMEDIATE;{script}")
                self._writer.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", facts.items())
                self._writer.execute("COMMIT")
            except sqlite3.Error:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise

    def reopen(self) -> None:
        self._disconnect()
        self._open()

    def close(self) -> None:
        self._disconnect()
        self._release()

    def _highest(self) -> int:
        with self._lock, _reporting():
            return int(self._reader.execute("SELECT coalesce(max(seq), 0) FROM record").fetchone()[0])

    def _open(self) -> None:
        with _reporting():
            self._writer = self._connect()
            if self._writable:
                self._writer.execute("PRAGMA journal_mode = WAL")
                self._writer.execute("PRAGMA synchronous = FULL")
                self._writer.execute(f"PRAGMA wal_autocheckpoint = {_CHECKPOINT_PAGES}")
                tables = self._writer.execute("SELECT count(*) FROM sqlite_master WHERE name = 'record'").fetchone()
                if tables[0] == 0:
                    schema = files(__package__).joinpath("schema", "sqlite.sql").read_text(encoding="utf-8")
                    self._writer.executescript(f"BEGIN;{schema}COMMIT;")
                self._checkpointer = Checkpointer(self._connect)
            self._reader = self._connect()

    def _connect(self) -> sqlite3.Connection:
        return sqlite3.connect(
            self.path, isolation_level=None, check_same_thread=False, cached_statements=2 * len(_SIZES) + 16
        )

    def _disconnect(self) -> None:
        if self._checkpointer is not None:
            self._checkpointer.close()
            self._checkpointer = None
        with self._lock, contextlib.suppress(sqlite3.Error):
            self._writer.close()
            self._reader.close()

    def _release(self) -> None:
        if self._guard is not None:
            os.close(self._guard)
            self._guard = None

    def _insert_in_parts(self, rows: Sequence[StoredRow]) -> None:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            for start in range(0, len(rows), _LARGEST):
                self._insert(rows[start : start + _LARGEST])
            self._writer.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._writer.execute("ROLLBACK")
            raise

    def _insert(self, rows: Sequence[StoredRow]) -> None:
        size = next(size for size in _SIZES if size >= len(rows))
        values = list(chain.from_iterable(rows))
        values.extend([None] * (_WIDTH * (size - len(rows))))
        self._writer.execute(_INSERT[size], values)


def _take_right_to_write(path: Path) -> int:
    """Hold an operating-system lock on a file beside the journal; it ends with the process, however that ends."""
    guard = os.open(path.with_name(path.name + ".writer"), os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(guard, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(guard)
        raise Refused(
            f"Another process writes to {path}.", code="journal_in_use", hint="a journal has one writer; stop the other"
        ) from None
    return guard


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise _unavailable(error) from error


def _unavailable(error: sqlite3.Error) -> Unavailable:
    return Unavailable(f"The journal's database does not answer: {error}", code="journal_unavailable")
