"""Everything that access knows: in memory, so that asking is cheap, and written through, so that nothing is told too soon."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Sequence
from typing import Any, Final

import msgspec

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Entropy, new_id
from tandem.kernel.time import MINUTE, Clock, Micros
from tandem.prove.access.audit import Note, Tell, note_of
from tandem.prove.access.hashing import HashingThreads
from tandem.prove.access.principals import Principal
from tandem.prove.access.store import AccessStore
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

__all__ = ["IDLE_MAX", "Register"]

IDLE_MAX: Final = 60 * MINUTE
"""Without use, a session ends after this."""
_SAVE_EVERY: Final = MINUTE

_LOG = logging.getLogger(__name__)


class Register:
    """People, credentials, attempts, sessions, keys and links by their keys, and the notes of their changes.

    Whoever changes something holds ``lock`` while it looks and writes; whoever only looks needs none.

    Args:
        store: where all of it is kept; closed with this.
        threads: where uses are written, once a minute.
        tell: where notes go; None where nobody keeps a record.
    """

    def __init__(
        self, store: AccessStore, threads: HashingThreads, *, clock: Clock, entropy: Entropy, tell: Tell | None
    ) -> None:
        self.lock = threading.RLock()
        self.people = {one.name: one for one in store.rows(Person)}
        self.credentials = {one.name: one for one in store.rows(Credential)}
        self.attempts = {one.name_digest: one for one in store.rows(Attempts)}
        self.sessions = {one.digest: one for one in store.rows(Session)}
        self.keys = {one.name: one for one in store.rows(ApiKey)}
        self.keys_by_digest = {one.digest: one for one in self.keys.values()}
        self.links = {one.digest: one for one in store.rows(Link)}
        self.merchants = {one.key: one for one in store.rows(Merchant)}
        self.passes = {one.digest: one for one in store.rows(CustomerPass)}
        self.customers = {one.digest: one for one in store.rows(CustomerSession)}
        self.realm = store.fact("realm", entropy.bytes(6).hex())
        self._store = store
        self._threads = threads
        self._clock = clock
        self._entropy = entropy
        self._tell = tell
        self._telling = threading.Lock()
        self._uses: dict[bytes, Micros] = {}
        self._saved_at = clock.now()

    def close(self) -> None:
        """Save when sessions and keys were last used, put on record what is not yet, release the store."""
        self.save_uses()
        self.tell()
        self._store.close()

    def write(self, put: Sequence[Row] = (), drop: Sequence[Row] = (), notes: Sequence[Note] = ()) -> None:
        """All of it, with its notes, to the store in one transaction, and only then to memory."""
        if not (put or drop or notes):
            return
        self._store.write(put, drop, notes if self._tell is not None else ())
        for row in drop:
            self._forget(row)
        for row in put:
            self._remember(row)

    def _remember(self, row: Row) -> None:
        match row:
            case Person():
                self.people[row.name] = row
            case Credential():
                self.credentials[row.name] = row
            case Attempts():
                self.attempts[row.name_digest] = row
            case Session():
                self.sessions[row.digest] = row
            case ApiKey():
                self.keys[row.name] = row
                self.keys_by_digest[row.digest] = row
            case Link():
                self.links[row.digest] = row
            case Merchant():
                self.merchants[row.key] = row
            case CustomerPass():
                self.passes[row.digest] = row
            case CustomerSession():
                self.customers[row.digest] = row

    def _forget(self, row: Row) -> None:
        match row:
            case Session():
                self.sessions.pop(row.digest, None)
            case Link():
                self.links.pop(row.digest, None)
            case CustomerPass():
                self.passes.pop(row.digest, None)
            case CustomerSession():
                self.customers.pop(row.digest, None)
            case Attempts():
                self.attempts.pop(row.name_digest, None)
            case _:
                raise AssertionError(f"a {type(row).__name__} is never taken away")

    def used(self, digest: bytes, now: Micros) -> None:
        """A session or key was used."""
        # Without the lock, which a writer may hold for as long as a disk takes, and apart from the rows, so that a use
        # can never put back what was just revoked.
        self._uses[digest] = now
        if now - self._saved_at < _SAVE_EVERY:
            return
        self._saved_at = now
        with contextlib.suppress(Unavailable, RuntimeError):  # then a minute later, or at the end
            self._threads.submit(self.save_uses)

    def idle(self, session: Session | CustomerSession, now: Micros, *, after: int = IDLE_MAX) -> bool:
        """Whether it was not used for so long that it has ended."""
        return now - self._uses.get(session.digest, session.seen_at) >= after

    def save_uses(self) -> None:
        """Write when sessions and keys were last used."""
        with self.lock:
            put: list[Row] = []
            for digest, at in list(self._uses.items()):
                session: Session | CustomerSession | None = self.sessions.get(digest) or self.customers.get(digest)
                key = self.keys_by_digest.get(digest)
                if session is not None:
                    put.append(msgspec.structs.replace(session, seen_at=at))
                elif key is not None:
                    put.append(msgspec.structs.replace(key, last_used_at=at))
                else:
                    del self._uses[digest]
            self.write(put=put)

    def note(self, action: str, by: Principal, on: str, **states: Any) -> Note:
        """A note made now; see ``note_of``."""
        return note_of(self.new_note_id(), self._clock.now(), action, by, on, **states)

    def new_note_id(self) -> str:
        """An id that no note has yet."""
        return new_id("aud", self._clock, self._entropy)

    def tell(self) -> None:
        """Hand every untold note on. Where that fails now they stay, and go with the next."""
        if self._tell is None:
            return
        with self._telling:
            try:
                notes = self._store.untold()
                if notes:
                    self._tell(notes)
                    self._store.told(notes)
            except Unavailable:
                _LOG.warning("Notes of the audit record wait: the journal does not take them now")
