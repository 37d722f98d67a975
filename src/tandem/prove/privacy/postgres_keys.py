"""Subjects' keys in PostgreSQL: for deployments whose decision host may be replaced by another.

Give it a database or at least a schema of its own, with backups of its own: see ``subject_keys`` for why keys and journal
part company. PostgreSQL keeps the old version of an updated row until it is vacuumed, so an erasure vacuums the table
before it returns; the write-ahead log keeps it until it is recycled or its archive expires.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Sequence
from typing import Any

import psycopg

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Micros
from tandem.prove.privacy.subject_keys import SubjectKey

__all__ = ["PostgresSubjectKeys"]

_SCHEMA = """
CREATE TABLE IF NOT EXISTS subject_keys (
    subject TEXT PRIMARY KEY, generation INTEGER NOT NULL, wrapped BYTEA, created_at BIGINT NOT NULL, erased_at BIGINT
);
CREATE TABLE IF NOT EXISTS key_meta (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""
_SELECT = "SELECT subject, generation, wrapped, created_at, erased_at FROM subject_keys"
_GET = f"{_SELECT} WHERE subject = %s"
_ALL = f"{_SELECT} ORDER BY subject"
_PUT = """
INSERT INTO subject_keys (subject, generation, wrapped, created_at, erased_at)
SELECT * FROM unnest(%b::text[], %b::integer[], %b::bytea[], %b::bigint[], %b::bigint[])
ON CONFLICT (subject) DO UPDATE SET generation = excluded.generation, wrapped = excluded.wrapped,
    created_at = excluded.created_at, erased_at = excluded.erased_at
"""
_ERASE = """UPDATE subject_keys SET wrapped = NULL, erased_at = %s
            WHERE subject = %s AND generation <= %s AND wrapped IS NOT NULL"""
_PROPOSE = "INSERT INTO key_meta VALUES ('master_key_check', %s) ON CONFLICT DO NOTHING"
_CONNECT_TIMEOUT_S = 5


class PostgresSubjectKeys:
    """Subject keys in the connection's schema; safe to call from several threads.

    Raises:
        Unavailable: the server does not answer. The next call connects anew.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._writing, self._reading = threading.Lock(), threading.Lock()
        self._connections: dict[str, psycopg.Connection[tuple[Any, ...]]] = {}
        with self._writer() as db:
            db.execute(_SCHEMA)

    def get(self, subject: Pseudonym) -> SubjectKey | None:
        with self._reader() as db:
            row = db.execute(_GET.encode(), (subject,), binary=True).fetchone()
        return None if row is None else _key(row)

    def put(self, keys: Sequence[SubjectKey]) -> None:
        if not keys:
            return
        rows = [(key.subject, key.generation, key.wrapped, key.created_at, key.erased_at) for key in keys]
        with self._writer() as db:
            db.execute(_PUT, [list(column) for column in zip(*rows, strict=True)])

    def erase(self, subject: Pseudonym, generation: int, at: Micros) -> bool:
        with self._writer() as db:
            changed = db.execute(_ERASE, (at, subject, generation)).rowcount
            if changed:
                db.execute("VACUUM subject_keys")
        return changed > 0

    def all(self) -> Iterator[SubjectKey]:
        with self._reader() as db:
            rows = db.execute(_ALL.encode(), binary=True).fetchall()
        return iter([_key(row) for row in rows])

    def check_value(self, proposed: str) -> str:
        with self._writer() as db:
            db.execute(_PROPOSE, (proposed,))
            row = db.execute("SELECT value FROM key_meta WHERE name = 'master_key_check'").fetchone()
        assert row is not None
        return str(row[0])

    def close(self) -> None:
        with self._writing, self._reading:
            for connection in self._connections.values():
                connection.close()
            self._connections.clear()

    def _writer(self) -> contextlib.AbstractContextManager[psycopg.Connection[tuple[Any, ...]]]:
        return self._use("writer", self._writing)

    def _reader(self) -> contextlib.AbstractContextManager[psycopg.Connection[tuple[Any, ...]]]:
        return self._use("reader", self._reading)

    @contextlib.contextmanager
    def _use(self, name: str, lock: threading.Lock) -> Iterator[psycopg.Connection[tuple[Any, ...]]]:
        """A connection of its own for reading, so that a look-up never waits for a commit."""
        with lock:
            try:
                connection = self._connections.get(name)
                if connection is None or connection.closed:
                    connection = psycopg.connect(
                        self._dsn, autocommit=True, prepare_threshold=1, connect_timeout=_CONNECT_TIMEOUT_S
                    )
                    connection.execute("SET synchronous_commit = on")
                    self._connections[name] = connection
                yield connection
            except psycopg.Error as error:
                raise Unavailable(
                    f"The store of subject keys does not answer: {error}", code="keys_unavailable"
                ) from error


def _key(row: tuple[Any, ...]) -> SubjectKey:
    subject, generation, wrapped, created_at, erased_at = row
    return SubjectKey(
        subject=Pseudonym(subject),
        generation=generation,
        wrapped=wrapped,
        created_at=Micros(created_at),
        erased_at=None if erased_at is None else Micros(erased_at),
    )
