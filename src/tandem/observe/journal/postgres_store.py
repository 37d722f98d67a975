"""The journal in PostgreSQL: the same table, the same promises, one writer by an advisory lock."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any, Literal, cast

import psycopg

from tandem.kernel.errors import NotFound, Refused, Unavailable
from tandem.observe.journal.chain import StoredRow
from tandem.observe.journal.scanning import scan_query
from tandem.observe.journal.types import EntryKind

__all__ = ["PostgresStore"]

_COLUMNS = "seq, kind, recorded_at, key, digest, subject, clear, sealed, mac"
_SELECT = f"SELECT {_COLUMNS} FROM record"  # noqa: S608 - constants
_KEYS = "SELECT key FROM record WHERE kind = %s AND key IS NOT NULL"
_DIGESTS = "SELECT key, digest FROM record WHERE kind = %s AND key = ANY(%s)"
_FIND = f"{_SELECT} WHERE kind = %s AND key = %s"
_AT = f"{_SELECT} WHERE seq = ANY(%s) ORDER BY seq"
_LAST = f"{_SELECT} ORDER BY seq DESC LIMIT 1"
_PAGE = 2_000
# One statement outside of an explicit transaction: one round trip inserts and commits the whole batch.
_INSERT = """
INSERT INTO record (seq, kind, recorded_at, key, digest, subject, clear, sealed, mac)
SELECT * FROM unnest(%b::bigint[], %b::text[], %b::bigint[], %b::text[], %b::text[], %b::text[],
                     %b::bytea[], %b::bytea[], %b::bytea[])
"""
_LOCK = "SELECT pg_advisory_lock(hashtext('tandem journal'), hashtext(current_schema()))"
_SET_META = "INSERT INTO meta VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET value = excluded.value"
_LOCK_PATIENCE_MS = 2_000
_CONNECT_TIMEOUT_S = 5


class PostgresStore:
    """Records in the table ``record`` of the connection's schema.

    The right to write is an advisory lock of the very connection that inserts: if the server drops that connection,
    lock and ability to insert end together, so two writers can never overlap.

    Args:
        dsn: libpq connection string; its ``search_path`` names the schema of the workspace.
        writable: take the right to write.

    Raises:
        Refused: another process holds the right to write.
        NotFound: not ``writable``, and the schema has no journal.
        Unavailable: the server does not answer.
    """

    dialect: Literal["sqlite", "postgres"] = "postgres"

    def __init__(self, dsn: str, *, writable: bool = True) -> None:
        self._dsn = dsn
        self._writable = writable
        self._lock = threading.Lock()
        self._reader: psycopg.Connection[tuple[Any, ...]]
        self._open()

    def append(self, rows: Sequence[StoredRow]) -> None:
        columns = [list(column) for column in zip(*rows, strict=True)]
        with _reporting():
            self._writer.execute(_INSERT, columns)

    def find(self, kind: EntryKind, key: str) -> StoredRow | None:
        return self._one(_FIND, (kind, key))

    def digests(self, kind: EntryKind, keys: Sequence[str]) -> dict[str, str | None]:
        with self._lock, _reporting():
            return dict(self._reading().execute(_DIGESTS.encode(), (kind, list(keys))).fetchall())

    def keys(self, kind: EntryKind) -> Iterator[str]:
        with _reporting(), self._connect() as db, db.cursor() as cursor:
            for (key,) in cursor.stream(_KEYS.encode(), (kind,), size=_PAGE):
                yield key

    def scan(
        self,
        from_seq: int = 1,
        to_seq: int | None = None,
        kinds: Sequence[EntryKind] | None = None,
        *,
        lenient: bool = False,  # noqa: ARG002 - the server lets no invalid text in
    ) -> Iterator[StoredRow]:
        end = self._highest() if to_seq is None else to_seq
        query = scan_query(_SELECT, kinds, "%(start)s", "%(end)s") + f" LIMIT {_PAGE}"
        start = from_seq
        with _reporting(), self._connect() as db:
            # Page by page: the book only grows, so pages of one walk belong together without a long transaction.
            while True:
                values = {"start": start, "end": end}
                page = cast("list[StoredRow]", db.execute(query.encode(), values, binary=True).fetchall())
                yield from page
                if len(page) < _PAGE:
                    return
                start = page[-1][0] + 1

    def at(self, seqs: Sequence[int]) -> list[StoredRow]:
        with _reporting(), self._connect() as db:
            return cast("list[StoredRow]", db.execute(_AT.encode(), (list(seqs),), binary=True).fetchall())

    def last(self) -> StoredRow | None:
        return self._one(_LAST)

    def count(self) -> int:
        with self._lock, _reporting():
            row = self._reading().execute("SELECT count(*) FROM record").fetchone()
        assert row is not None
        return int(row[0])

    def meta(self, name: str) -> str | None:
        with self._lock, _reporting():
            row = self._reading().execute("SELECT value FROM meta WHERE name = %s", (name,)).fetchone()
        return None if row is None else str(row[0])

    def set_meta(self, name: str, value: str) -> None:
        with _reporting():
            self._writer.execute(_SET_META, (name, value))

    def migrate(self, script: str, facts: Mapping[str, str]) -> None:
        with _reporting(), self._writer.transaction():
            self._writer.execute(script.encode())
            for fact in facts.items():
                self._writer.execute(_SET_META, fact)

    def reopen(self) -> None:
        self.close()
        try:
            self._open()
        except Refused as error:
            # Most likely the server still holds the right for our own lost connection.
            raise Unavailable(error.detail, code="journal_in_use", hint=error.hint) from error

    def close(self) -> None:
        with self._lock, contextlib.suppress(psycopg.Error):
            self._writer.close()
            self._reader.close()

    def _reading(self) -> psycopg.Connection[tuple[Any, ...]]:
        """The connection for look-ups, made anew when the server has dropped it; nobody else would notice."""
        if self._reader.closed:
            self._reader = self._connect()
        return self._reader

    def _highest(self) -> int:
        with self._lock, _reporting():
            row = self._reading().execute("SELECT coalesce(max(seq), 0) FROM record").fetchone()
        assert row is not None
        return int(row[0])

    def _open(self) -> None:
        with _reporting():
            self._writer = self._connect()
            if self._writable:
                self._writer.execute("SET synchronous_commit = on")
                self._take_right_to_write()
            found = self._writer.execute("SELECT to_regclass('record')").fetchone()
            if found is None or found[0] is None:
                self._create()
            self._reader = self._connect()

    def _create(self) -> None:
        if not self._writable:
            self._writer.close()
            raise NotFound(
                "There is no journal in this schema.", code="no_journal", hint="it is made at the first start"
            )
        schema = files(__package__).joinpath("schema", "postgres.sql").read_text(encoding="utf-8")
        with self._writer.transaction():
            self._writer.execute(schema.encode())

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self._dsn, autocommit=True, prepare_threshold=1, connect_timeout=_CONNECT_TIMEOUT_S)

    def _take_right_to_write(self) -> None:
        # With patience: the server may take a moment to notice that the connection which had the right is gone.
        self._writer.execute(f"SET lock_timeout = {_LOCK_PATIENCE_MS}")
        try:
            self._writer.execute(_LOCK)
        except psycopg.errors.LockNotAvailable:
            self._writer.close()
            raise Refused(
                "Another process writes to this journal.",
                code="journal_in_use",
                hint="a journal has one writer; stop the other",
            ) from None
        self._writer.execute("SET lock_timeout = 0")

    def _one(self, query: str, values: Sequence[object] = ()) -> StoredRow | None:
        with self._lock, _reporting():
            row = self._reading().execute(query.encode(), values, binary=True).fetchone()
        return cast("StoredRow | None", row)


@contextlib.contextmanager
def _reporting() -> Iterator[None]:
    try:
        yield
    except psycopg.Error as error:
        raise Unavailable(f"The journal's database does not answer: {error}", code="journal_unavailable") from error
