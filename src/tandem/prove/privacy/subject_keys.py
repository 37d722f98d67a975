"""Where the wrapped keys of subjects are kept: the port, and its SQLite form.

The keys live in a file of their own, apart from the journal, because the two have opposite fates: a journal is kept
and copied for years, a destroyed key must be gone from everywhere within weeks. A copy of the journal alone therefore
never brings an erased person back, and copies of the keys can be given their own, short, retention.

One row per subject. Erasing overwrites the wrapped key and leaves the row as a tombstone with its generation, so that
what was sealed before reads as erased and not as damaged, and a person who comes back later gets a new generation.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros

__all__ = ["SqliteSubjectKeys", "SubjectKey", "SubjectKeys"]


class SubjectKey(msgspec.Struct, frozen=True, kw_only=True):
    """The key of one subject, wrapped, or the tombstone of one.

    Attributes:
        generation: from 1; grows by one when an erased subject comes back.
        wrapped: the key under the key-encryption key; None once erased.
        erased_at: when the last generation was destroyed; None if never.
    """

    subject: Pseudonym
    generation: int
    wrapped: bytes | None
    created_at: Micros
    erased_at: Micros | None = None


class SubjectKeys(Protocol):
    """A durable map from subject to wrapped key."""

    def get(self, subject: Pseudonym) -> SubjectKey | None:
        """The row of ``subject``, or None if it never had a key."""
        ...

    def put(self, keys: Sequence[SubjectKey]) -> None:
        """Write all of ``keys`` in one transaction, durable on return; a row of the same subject is replaced."""
        ...

    def erase(self, subject: Pseudonym, generation: int, at: Micros) -> bool:
        """Destroy the key if its generation is at most ``generation``; durable on return. False if there was none."""
        ...

    def all(self) -> Iterator[SubjectKey]:
        """Every row, by subject: for backup."""
        ...

    def check_value(self, proposed: str) -> str:
        """The check value of the master key these rows are wrapped under; ``proposed`` is kept if there is none."""
        ...

    def close(self) -> None:
        """Release the store."""
        ...


_SCHEMA = """
CREATE TABLE IF NOT EXISTS subject_keys (
    subject TEXT PRIMARY KEY, generation INTEGER NOT NULL, wrapped BLOB, created_at INTEGER NOT NULL, erased_at INTEGER
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS key_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""
_COLUMNS = "subject, generation, wrapped, created_at, erased_at"
_GET = f"SELECT {_COLUMNS} FROM subject_keys WHERE subject = ?"  # noqa: S608 - constants
_PUT = f"INSERT OR REPLACE INTO subject_keys ({_COLUMNS}) VALUES (?, ?, ?, ?, ?)"  # noqa: S608 - constants
_ALL = f"SELECT {_COLUMNS} FROM subject_keys ORDER BY subject"  # noqa: S608 - constants
_ERASE = """UPDATE subject_keys SET wrapped = NULL, erased_at = ?
            WHERE subject = ? AND generation <= ? AND wrapped IS NOT NULL"""


class SqliteSubjectKeys:
    """Subject keys in a SQLite file of their own; safe to call from several threads.

    With ``writable`` false the file is only read and left exactly as it is: for a backup.
    """

    def __init__(self, path: Path, *, writable: bool = True) -> None:
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        if not writable:
            self._db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, check_same_thread=False)
            self._reader = self._db
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        # Freed bytes are overwritten with zeros, so a destroyed key does not linger in the file.
        self._db.execute("PRAGMA secure_delete = ON")
        self._db.executescript(_SCHEMA)
        # A connection for reading, so that a look-up never waits for a commit.
        self._reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)

    def get(self, subject: Pseudonym) -> SubjectKey | None:
        with self._reading, _reporting():
            row = self._reader.execute(_GET, (subject,)).fetchone()
        return None if row is None else _key(row)

    def put(self, keys: Sequence[SubjectKey]) -> None:
        with self._lock, _reporting(), self._transaction():
            self._db.executemany(_PUT, [_row(key) for key in keys])

    def erase(self, subject: Pseudonym, generation: int, at: Micros) -> bool:
        with self._lock, _reporting():
            changed = self._db.execute(_ERASE, (at, subject, generation)).rowcount
            # The key may also stand in the write-ahead log: move it into the file, where it is overwritten, and cut
            # the log to nothing.
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return changed > 0

    def all(self) -> Iterator[SubjectKey]:
        with self._lock, _reporting():
            rows = self._db.execute(_ALL).fetchall()
        return iter([_key(row) for row in rows])

    def check_value(self, proposed: str) -> str:
        with self._lock, _reporting():
            self._db.execute("INSERT OR IGNORE INTO key_meta VALUES ('master_key_check', ?)", (proposed,))
            row = self._db.execute("SELECT value FROM key_meta WHERE name = 'master_key_check'").fetchone()
        return str(row[0])

    def close(self) -> None:
        with self._lock, self._reading:
            self._reader.close()
            self._db.close()

    def _transaction(self) -> sqlite3.Connection:
        self._db.execute("BEGIN IMMEDIATE")
        return self._db  # as a context manager it commits, or rolls back on an error


class _reporting:  # noqa: N801 - reads as a word at its uses
    """Turn errors of the database into ``Unavailable``."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, sqlite3.Error):
            raise Unavailable(f"The store of subject keys does not answer: {error}", code="keys_unavailable") from error


def _key(row: tuple[str, int, bytes | None, int, int | None]) -> SubjectKey:
    subject, generation, wrapped, created_at, erased_at = row
    return SubjectKey(
        subject=Pseudonym(subject),
        generation=generation,
        wrapped=wrapped,
        created_at=Micros(created_at),
        erased_at=None if erased_at is None else Micros(erased_at),
    )


def _row(key: SubjectKey) -> tuple[str, int, bytes | None, int, int | None]:
    return (key.subject, key.generation, key.wrapped, key.created_at, key.erased_at)
