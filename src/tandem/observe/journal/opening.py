"""From a location to a store: a path is SQLite, a ``postgresql://`` address is PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tandem.kernel.errors import InvalidInput
from tandem.observe.journal.sqlite_store import SqliteStore
from tandem.observe.journal.store import JournalStore

__all__ = ["open_store"]


def open_store(location: str | Path, *, writable: bool = True) -> JournalStore:
    """The store at ``location``, created if absent.

    Raises:
        InvalidInput: PostgreSQL is asked for and its driver is not installed.
        Refused: another process holds the right to write.
        Unavailable: the database does not answer.
    """
    if not str(location).startswith(("postgresql://", "postgres://")):
        return SqliteStore(Path(location), writable=writable)
    try:
        from tandem.observe.journal.postgres_store import PostgresStore
    except ImportError:
        raise InvalidInput(
            "The PostgreSQL driver is not installed.", code="driver_missing", hint="pip install 'tandem-risk[postgres]'"
        ) from None
    return PostgresStore(str(location), writable=writable)
