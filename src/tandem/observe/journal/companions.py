"""Databases that live beside the journal and are backed up with it, whatever room they belong to.

Each is a SQLite file that somebody may be writing. It is copied by SQLite's own backup, as it stood at one moment and in
nobody's way, and is read through before it counts as copied. What it holds is its own room's affair; the journal knows
its name in the backup, its place at home, and which of its tables are of the moment only.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import msgspec

from tandem.kernel.errors import IntegrityError, Unavailable

__all__ = ["Companion", "copy_companion", "make_still", "put_back_companion"]


class Companion(msgspec.Struct, frozen=True, kw_only=True):
    """A database beside the journal.

    Attributes:
        name: of its file in a backup.
        path: at home; there may be none.
        passing: tables that are left empty in a backup, because what they hold must not outlive the moment.
    """

    name: str
    path: Path
    passing: tuple[str, ...] = ()


def copy_companion(companion: Companion, folder: Path) -> None:
    """Copy it into ``folder``, if there is one.

    Raises:
        IntegrityError: the database is damaged.
        Unavailable: it does not answer.
    """
    if not companion.path.exists():
        return
    target = folder / companion.name
    with _naming_damage(companion):
        source = sqlite3.connect(f"{companion.path.absolute().as_uri()}?mode=ro", uri=True)
        with contextlib.closing(source), contextlib.closing(_private(target)) as copy:
            source.backup(copy)
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise sqlite3.DatabaseError(found)
            for table in companion.passing:
                copy.execute(f'DELETE FROM "{table}"')  # noqa: S608 - a constant of the room it belongs to
            copy.commit()
            copy.execute("VACUUM")  # else what was deleted stays legible in free pages
        make_still(target)


def put_back_companion(companion: Companion, backup: Path) -> None:
    """Put the copy in ``backup`` in its place; one that is here already is never set back."""
    source, target = backup / companion.name, companion.path
    if not source.exists() or target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    for rest in ("-wal", "-shm"):  # of a file that is gone: SQLite would take them for the new one's
        target.with_name(target.name + rest).unlink(missing_ok=True)
    partial = target.with_name(target.name + ".partial")
    partial.unlink(missing_ok=True)
    with source.open("rb") as read, os.fdopen(_private_file(partial), "wb") as written:
        shutil.copyfileobj(read, written)
        written.flush()
        os.fsync(written.fileno())
    partial.rename(target)


def make_still(path: Path) -> None:
    """Take a finished file out of write-ahead mode: it can then be read, from read-only media too, without a trace."""
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = DELETE")


def _private(path: Path) -> sqlite3.Connection:
    os.close(_private_file(path))
    return sqlite3.connect(path)


def _private_file(path: Path) -> int:
    """A new file that only its owner reads, before anything stands in it."""
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)


@contextlib.contextmanager
def _naming_damage(companion: Companion) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise Unavailable(f"{companion.path.name} does not answer: {error}", code="companion_unavailable") from error
    except sqlite3.DatabaseError as error:
        raise IntegrityError(
            f"{companion.path.name} is damaged: {error}",
            code="companion_damaged",
            at=companion.path.name,
            hint="put its copy from the last good backup in its place, with the server stopped",
        ) from error
