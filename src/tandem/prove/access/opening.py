"""From a home folder to access control, and the files by which commands on the same machine find the server."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec

from tandem.kernel.identity import Entropy
from tandem.kernel.time import Clock
from tandem.prove.access.audit import Tell
from tandem.prove.access.control import AccessControl, Mode
from tandem.prove.access.store import SqliteAccessStore

__all__ = ["ACCESS_FILE", "PASSING_TABLES", "Operator", "OperatorFiles", "open_access", "read_operator"]

ACCESS_FILE: Final = "access.db"
PASSING_TABLES: Final = ("session", "link", "customer_pass", "customer_session")
"""No backup has these: a session that was ended, or a link that was used, must not be good again after a restore."""
_FOLDER: Final = "access"
_KEY: Final = "operator.key"
_ADDRESS: Final = "address"


def open_access(
    home: Path,
    workspace: str,
    *,
    clock: Clock,
    entropy: Entropy,
    tell: Tell | None = None,
    mode: Mode = "people",
    sandbox: bool = False,
) -> AccessControl:
    """The access control kept in ``home``; made where there is none.

    Raises:
        Unavailable: its file does not answer.
    """
    store = SqliteAccessStore(home / ACCESS_FILE)
    return AccessControl(store, workspace, clock=clock, entropy=entropy, tell=tell, mode=mode, sandbox=sandbox)


class Operator(msgspec.Struct, frozen=True):
    """What a server leaves for commands on the same machine."""

    address: str
    key: str


class OperatorFiles:
    """``HOME/access/operator.key`` and ``address``, while a server runs.

    The key is made anew at each start and lets in whoever may read the file: the account that runs the server, which
    could as well read the database.
    """

    def __init__(self, home: Path) -> None:
        self._folder = home / _FOLDER

    def write_key(self, key: str) -> None:
        """Keep ``key`` where only the owner reads it."""
        self._write(_KEY, key)

    def write_address(self, address: str) -> None:
        """Say where the server answers."""
        self._write(_ADDRESS, address)

    def remove(self) -> None:
        """The server has ended; its key opens nothing any more."""
        for name in (_KEY, _ADDRESS):
            (self._folder / name).unlink(missing_ok=True)

    @contextlib.contextmanager
    def kept(self, key: str) -> Iterator[OperatorFiles]:
        """The key's file, for as long as the server runs."""
        self.write_key(key)
        try:
            yield self
        finally:
            self.remove()

    def _write(self, name: str, text: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = self._folder / f".{name}.{os.getpid()}"
        draft.unlink(missing_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
        draft.replace(self._folder / name)


def read_operator(home: Path) -> Operator | None:
    """What the server of ``home`` left, or None where none runs or others' files may not be read."""
    folder = home / _FOLDER
    try:
        key = (folder / _KEY).read_text(encoding="ascii").strip()
        address = (folder / _ADDRESS).read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Operator(address=address, key=key)
