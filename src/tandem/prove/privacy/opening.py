"""From a location to a store of keys: a path is SQLite, a ``postgresql://`` address is PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from tandem.kernel.errors import InvalidInput
from tandem.prove.privacy.subject_keys import SqliteSubjectKeys, SubjectKeys

__all__ = ["open_subject_keys"]


def open_subject_keys(location: str | Path) -> SubjectKeys:
    """The store of keys at ``location``, created if absent.

    Raises:
        InvalidInput: PostgreSQL is asked for and its driver is not installed.
        Unavailable: the database does not answer.
    """
    if not str(location).startswith(("postgresql://", "postgres://")):
        return SqliteSubjectKeys(Path(location))
    try:
        from tandem.prove.privacy.postgres_keys import PostgresSubjectKeys
    except ImportError:
        raise InvalidInput(
            "The PostgreSQL driver is not installed.", code="driver_missing", hint="pip install 'tandem-risk[postgres]'"
        ) from None
    return PostgresSubjectKeys(str(location))
