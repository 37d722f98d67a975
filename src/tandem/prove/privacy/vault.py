"""The vault: the only place that knows how a person becomes a pseudonym and how personal bytes are sealed."""

from __future__ import annotations

import threading
from collections import OrderedDict
from functools import lru_cache

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tandem.kernel.errors import IntegrityError, InvalidInput, Refused
from tandem.kernel.identity import EntityKind, Entropy, Pseudonym
from tandem.kernel.keyed_hash import KeyedHash
from tandem.kernel.time import Clock, Micros
from tandem.prove.privacy.master_key import MasterKey
from tandem.prove.privacy.sealing import MAX_GENERATION, NONCE_LENGTH, generation_of, open_bytes, seal_bytes
from tandem.prove.privacy.subject_keys import SubjectKey, SubjectKeys

__all__ = ["Erased", "Vault"]

_KEY_LENGTH = 32


class Erased(msgspec.Struct, frozen=True):
    """What stands in place of personal data whose key was destroyed."""

    subject: Pseudonym
    erased_at: Micros | None


class _OpenKey:
    """A subject's key, unwrapped, ready to use."""

    __slots__ = ("cipher", "generation")

    def __init__(self, generation: int, secret: bytes) -> None:
        self.generation = generation
        self.cipher = AESGCM(secret)


class Vault:
    """Pseudonyms, sealing and erasure for one workspace. Safe to call from several threads.

    A new subject gets its key at the first ``seal``; the key is durable after the next ``flush``. Whoever stores
    sealed bytes must flush first, so that no crash can leave a record sealed under a key that was lost (the journal
    does so before every commit).

    Args:
        workspace: name bound into every pseudonym, key and sealed byte string.
        cached_keys: unwrapped keys kept in memory, about 500 bytes each.
        cached_pseudonyms: identifiers whose pseudonym is kept in memory.

    Raises:
        Refused: the store of keys was written under another master key.
    """

    def __init__(
        self,
        master: MasterKey,
        keys: SubjectKeys,
        workspace: str,
        *,
        clock: Clock,
        entropy: Entropy,
        cached_keys: int = 50_000,
        cached_pseudonyms: int = 100_000,
    ) -> None:
        if keys.check_value(master.check_value) != master.check_value:
            raise Refused(
                "These keys were written under another master key.",
                code="other_master_key",
                hint="start with the master key of this database; without it, sealed data cannot be read by anybody",
            )
        self.workspace = workspace
        self.check_value = master.check_value
        self._master = master
        self._keys = keys
        self._clock = clock
        self._random = entropy.bytes
        self._wrapping = AESGCM(master.derive("wrap", workspace))
        self._place = len(workspace.encode()).to_bytes(4, "big") + workspace.encode()
        self._pseudonym_hash = KeyedHash(master.derive("pseudonym", workspace))
        self._pseudonym = lru_cache(maxsize=cached_pseudonyms)(self._make_pseudonym)
        self._lock = threading.Lock()
        self._saving = threading.Lock()
        self._open_keys: OrderedDict[Pseudonym, _OpenKey] = OrderedDict()  # lets the oldest go without a search
        self._cached_keys = cached_keys
        self._unsaved: dict[Pseudonym, SubjectKey] = {}

    def pseudonym(self, kind: EntityKind, identifier: str) -> Pseudonym:
        """The pseudonym of ``identifier`` as a ``kind``: HMAC-SHA256, 128 bits, 32 hex digits.

        The kind is part of the message, so a number that is both a phone and an account has two unrelated pseudonyms.

        Raises:
            InvalidInput: the identifier is not valid Unicode text.
        """
        return self._pseudonym(kind, identifier)

    def seal(self, subject: Pseudonym, plaintext: bytes, context: bytes) -> bytes:
        """``plaintext`` under the subject's key, bound to ``context``; readable again only with the same context.

        Raises:
            Unavailable: the store of keys does not answer.
        """
        key = self._open_keys.get(subject) or self._current_or_new(subject)
        associated = self._associated(subject, context)
        return seal_bytes(key.cipher, key.generation, self._random(NONCE_LENGTH), plaintext, associated)

    def open(self, subject: Pseudonym, sealed: bytes, context: bytes) -> bytes | Erased:
        """What was sealed, or ``Erased`` when its key was destroyed.

        Raises:
            IntegrityError: the bytes, the subject or the context are not those of the sealing, or the key is missing
                without ever having been erased.
        """
        generation = generation_of(sealed)
        key = self._open_keys.get(subject)
        if key is None or key.generation != generation:
            with self._lock:
                stored = self._unsaved.get(subject) or self._keys.get(subject)
                if stored is None:
                    raise IntegrityError(
                        "The key of a subject is missing, and no erasure explains it.",
                        code="subject_key_missing",
                        hint="restore the store of keys that belongs to this journal",
                    )
                if generation < stored.generation or stored.wrapped is None:
                    return Erased(subject, stored.erased_at)
                key = self._remember(subject, self._unwrap(stored))
        return open_bytes(key.cipher, sealed, self._associated(subject, context))

    def flush(self) -> None:
        """Make the keys of new subjects durable.

        Raises:
            Unavailable: the store of keys does not answer; the keys stay waiting.
        """
        if not self._unsaved:
            return
        # Not under the lock of `seal`: sealing for somebody new must not wait for a disk.
        with self._saving:
            with self._lock:
                waiting = list(self._unsaved.values())
            if waiting:
                self._keys.put(waiting)
            with self._lock:
                for key in waiting:
                    del self._unsaved[key.subject]

    def generation(self, subject: Pseudonym) -> int:
        """The generation of the subject's present or last key; 0 if it never had one."""
        with self._lock:
            stored = self._unsaved.get(subject) or self._keys.get(subject)
        return 0 if stored is None else stored.generation

    def erase(self, subject: Pseudonym, generation: int | None = None) -> bool:
        """Destroy the subject's key, durably; all it sealed is unreadable from here on. False if there was none.

        With ``generation``, only a key of that generation or older is destroyed: repeating an old erasure must not
        destroy the key of somebody who came back since.
        """
        self.flush()
        last = MAX_GENERATION if generation is None else generation
        # `_saving` too: a flush under way in another thread must not write back the key that is destroyed here.
        with self._saving, self._lock:
            stored = self._keys.get(subject)
            if stored is None or stored.wrapped is None or stored.generation > last:
                return False
            destroyed = self._keys.erase(subject, last, self._clock.now())
            if destroyed:
                self._open_keys.pop(subject, None)
                self._pseudonym.cache_clear()  # identifiers in memory go too
        return destroyed

    def keys(self) -> SubjectKeys:
        """The store of wrapped keys: for backup."""
        return self._keys

    def journal_key(self) -> bytes:
        """The key of the journal's chain: 32 bytes, one per workspace."""
        return self._master.derive("journal", self.workspace)

    def signing_key(self) -> Ed25519PrivateKey:
        """The key that signs heads of the journal; its public half may be given to anybody."""
        return Ed25519PrivateKey.from_private_bytes(self._master.derive("sign", self.workspace))

    def close(self) -> None:
        """Save waiting keys and release the store."""
        self.flush()
        self._keys.close()

    def _make_pseudonym(self, kind: EntityKind, identifier: str) -> Pseudonym:
        try:
            message = len(kind).to_bytes(2, "big") + kind.encode("ascii") + identifier.encode()
        except UnicodeEncodeError:
            raise InvalidInput("An identifier must be valid Unicode text.", code="invalid_identifier") from None
        return Pseudonym(self._pseudonym_hash(message)[:16].hex())

    def _associated(self, subject: Pseudonym, context: bytes) -> bytes:
        return self._place + subject.encode() + b"\0" + context

    def _current_or_new(self, subject: Pseudonym) -> _OpenKey:
        with self._lock:
            key = self._open_keys.get(subject)
            if key is not None:
                return key
            stored = self._unsaved.get(subject) or self._keys.get(subject)
            if stored is not None and stored.wrapped is not None:
                return self._remember(subject, self._unwrap(stored))
            return self._create(subject, stored)

    def _create(self, subject: Pseudonym, tombstone: SubjectKey | None) -> _OpenKey:
        generation = 1 if tombstone is None else tombstone.generation + 1
        if generation > MAX_GENERATION:
            raise Refused("A subject was erased too often.", code="too_many_generations")
        secret, nonce = self._random(_KEY_LENGTH), self._random(NONCE_LENGTH)
        self._unsaved[subject] = SubjectKey(
            subject=subject,
            generation=generation,
            wrapped=seal_bytes(self._wrapping, generation, nonce, secret, self._associated(subject, b"key")),
            created_at=self._clock.now(),
            erased_at=None if tombstone is None else tombstone.erased_at,
        )
        return self._remember(subject, _OpenKey(generation, secret))

    def _unwrap(self, stored: SubjectKey) -> _OpenKey:
        assert stored.wrapped is not None
        secret = open_bytes(self._wrapping, stored.wrapped, self._associated(stored.subject, b"key"))
        if generation_of(stored.wrapped) != stored.generation:
            raise IntegrityError("A subject's key carries another generation.", code="subject_key_altered")
        return _OpenKey(stored.generation, secret)

    def _remember(self, subject: Pseudonym, key: _OpenKey) -> _OpenKey:
        while len(self._open_keys) >= self._cached_keys:
            self._open_keys.popitem(last=False)
        self._open_keys[subject] = key
        return key
