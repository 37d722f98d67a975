"""Kept answers: the cache, and the recordings, in one SQLite file of the workspace.

An answer about a person is sealed under that person's key, so that an erasure reaches it too. It is found again by a keyed
hash of the request: who has the file alone learns neither whom it is about nor what was said.
"""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from typing import Any

import msgspec

from tandem.decide.connectors.definitions import Connector
from tandem.decide.connectors.types import Request, Standby
from tandem.kernel.errors import IntegrityError, Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.keyed_hash import KeyedHash
from tandem.kernel.time import Micros
from tandem.kernel.values import Row
from tandem.prove.privacy import Vault

__all__ = ["CONNECTORS_FILE", "KeptAnswers"]

CONNECTORS_FILE = "connectors.db"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS kept (
    key BLOB PRIMARY KEY,
    connector TEXT NOT NULL,
    answered_at INTEGER NOT NULL,
    subject TEXT,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS kept_by_age ON kept (connector, answered_at);
"""
_CONTEXT = b"connector answer "


class _Body(msgspec.Struct, frozen=True):
    facts: dict[str, Any] | None


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Body)


class KeptAnswers:
    """Safe to call from several threads.

    Args:
        path: the file; made where there is none.
        vault: seals what is about somebody.
        key: of the hash that requests are found by.

    Raises:
        Unavailable: the file cannot be used.
    """

    def __init__(self, path: Path | str, vault: Vault, key: bytes) -> None:
        self._vault = vault
        self._hash = KeyedHash(key)
        self._lock = threading.Lock()
        if isinstance(path, Path):
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = NORMAL")  # what a power cut takes is asked again
            self._db.executescript(_SCHEMA)
        except sqlite3.Error as error:
            raise Unavailable(
                f"The answers of connectors cannot be kept: {error}.", code="connectors_unavailable"
            ) from error

    def key_of(self, connector: Connector, request: Request) -> bytes:
        """What a request is found by: of one connector in one meaning, about one subject."""
        parts = (connector.name.encode(), connector.answers_digest.encode(), (request.subject or "").encode())
        return self._hash(b"\0".join([*parts, request.body]))

    def find(self, key: bytes) -> Standby | None:
        """The answer kept under ``key``; None where there is none, or where its person was erased."""
        with self._lock:
            row = self._db.execute("SELECT answered_at, subject, body FROM kept WHERE key = ?", (key,)).fetchone()
        if row is None:
            return None
        answered_at, subject, body = row
        if subject is not None:
            try:
                opened = self._vault.open(Pseudonym(subject), body, _CONTEXT + key)
            except IntegrityError:
                return None  # its key is gone: an older backup of the keys, or a file from elsewhere
            if not isinstance(opened, bytes):
                return None
            body = opened
        return Standby(answered_at=Micros(answered_at), facts=_DECODER.decode(body).facts)

    def keep(self, key: bytes, connector: Connector, request: Request, facts: Row | None, at: Micros) -> None:
        """Keep an answer, in the place of the one before."""
        body = _ENCODER.encode(_Body(facts))
        if request.subject is not None:
            body = self._vault.seal(request.subject, body, _CONTEXT + key)
            self._vault.flush()  # no sealed byte on disk under a key that is not
        with self._lock:
            self._db.execute(
                "INSERT OR REPLACE INTO kept (key, connector, answered_at, subject, body) VALUES (?, ?, ?, ?, ?)",
                (key, connector.name, at, request.subject, body),
            )

    def forget(self, connector: str, before: Micros) -> int:
        """Drop answers of ``connector`` from before; how many there were."""
        with self._lock:
            return self._db.execute(
                "DELETE FROM kept WHERE connector = ? AND answered_at < ?", (connector, before)
            ).rowcount

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self._db.close()
