"""The journal: numbers, links and admits entries at once; makes them durable in groups.

``submit`` runs in the caller's thread: it checks the keys, gives the numbers, seals the personal part and computes the
links. One writer thread then takes all that waits and commits it together, so that one fsync serves many. Whatever the
database says no to is taken back as a whole: every waiting receipt fails, the journal refuses further entries until
``reopen``, and the numbers are given again. Nobody is told of a record that is not on disk.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from itertools import chain as concatenated
from pathlib import Path

from tandem.kernel.errors import Conflict, IntegrityError, InvalidInput, TooLarge, Unavailable
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal.backup import Manifest, back_up
from tandem.observe.journal.chain import Chain, StoredRow
from tandem.observe.journal.damage import VerificationReport
from tandem.observe.journal.erasure import Erasure, ErasureRegister, erasure_entry, erasure_of
from tandem.observe.journal.formats import bring_up_to_date, claim
from tandem.observe.journal.heads import HeadsFile
from tandem.observe.journal.key_filter import KeyFilter
from tandem.observe.journal.limits import JournalLimits
from tandem.observe.journal.reading import JournalView
from tandem.observe.journal.receipts import OnDurable, Receipt, settle
from tandem.observe.journal.scribe import Scribe, record_of
from tandem.observe.journal.store import JournalStore
from tandem.observe.journal.types import Entry, EntryKind, Head, Record
from tandem.observe.journal.verification import SIGNED_SEQ, verify_store
from tandem.prove.privacy import Erased, Vault

__all__ = ["Journal"]

_LOG = logging.getLogger(__name__)
_Key = tuple[str, str]


class Journal:
    """The one book. Any thread may submit and read; one process writes.

    Args:
        store: where records stand; the journal closes it.
        vault: gives the chain's key and seals personal parts; the journal does not close it.
        heads: file of signed heads; None for a journal that nobody needs to prove.
        erasures: register of erasures outside the database, repeated at the start; by default the one beside
            ``heads``.
        limits: bounds on queue, batch and sizes.

    Raises:
        Refused: the store belongs to another workspace or master key.
        IntegrityError: the last record's link is not what was written.
    """

    def __init__(
        self,
        store: JournalStore,
        vault: Vault,
        *,
        clock: Clock,
        heads: HeadsFile | None = None,
        erasures: ErasureRegister | None = None,
        limits: JournalLimits | None = None,
    ) -> None:
        self.limits = limits or JournalLimits()
        self.workspace = vault.workspace
        self._store = store
        self._vault = vault
        self._view = JournalView(store, vault)
        self._clock = clock
        self._heads = heads
        if erasures is None and heads is not None:
            erasures = ErasureRegister.beside(heads.path, vault)
        self._erasures = erasures
        self._chain = Chain(vault.journal_key(), vault.workspace)
        self._scribe = Scribe(self._chain, vault, self.limits)
        self._changed = threading.Condition(threading.Lock())
        self._receipt_lock = threading.Lock()
        self._queue: deque[Receipt] = deque()
        self._waiting = 0
        self._pending: dict[_Key, tuple[StoredRow, Receipt]] = {}
        self._broken: Unavailable | None = None
        self._closing = False
        self._asleep = False
        self._in_flight: list[Receipt] = []
        self._next = 1
        self._tail = self._chain.genesis
        self._durable = Head(seq=Number(0), mac=self._tail, recorded_at=Micros(0))
        try:
            bring_up_to_date(store)
            claim(store, vault)
            self._resume()
            self._repeat_erasures()
            self._event_keys = KeyFilter(store.keys("event"), self._durable.seq)
        except BaseException:
            store.close()
            raise
        # From what was really signed: the end that a crash left unsigned is covered by the next head.
        self._last_head = min(int(store.meta(SIGNED_SEQ) or 0), self._durable.seq)
        self._thread = threading.Thread(target=self._write, name="journal-writer", daemon=True)
        self._thread.start()

    # -- writing -------------------------------------------------------------------------------------------------

    def submit(
        self,
        entries: Sequence[Entry],
        *,
        on_durable: OnDurable | None = None,
        wait: bool = False,
        more_follows: bool = False,
    ) -> Receipt:
        """Number ``entries`` in order and queue them; all of them become durable, or none.

        Args:
            entries: at least one.
            on_durable: called from the writer's thread, once per commit with all receipts that named it.
            wait: block while the queue is full, instead of refusing. For bulk loads; never on an event loop.
            more_follows: the caller goes on submitting, and calls ``wake`` when it has done: one commit for all of it.

        Raises:
            Conflict: a key is taken (``already_recorded`` if by the same digest, else ``key_conflict``).
            Unavailable: the queue is full, or the journal is broken or closed.
            TooLarge: a key or body over the limits.
        """
        with self._changed:
            self._admit(len(entries), wait=wait)
            first, mac = self._next, self._tail
            rows: list[StoredRow] = []
            keys: dict[_Key, StoredRow] = {}
            for entry in entries:
                row = self._scribe.row(entry, first + len(rows), mac)
                if entry.key is not None and not entry.minted:
                    self._check_key(entry, entry.key, keys)
                mac = row[8]
                rows.append(row)
                if entry.key is not None:
                    keys[entry.kind, entry.key] = row
            receipt = Receipt(first, rows, on_durable, self._receipt_lock)
            for key, row in keys.items():
                self._pending[key] = (row, receipt)
                if key[0] == "event":
                    self._event_keys.add(key[1])
            self._next += len(rows)
            self._tail = mac
            self._waiting += len(rows)
            self._queue.append(receipt)
            if self._asleep and not more_follows:
                self._asleep = False
                self._changed.notify_all()  # waking nobody costs 2 us
        return receipt

    def wake(self) -> None:
        """Let what was submitted with ``more_follows`` be committed."""
        with self._changed:
            self._wake()

    def _wake(self) -> None:
        if self._asleep and self._queue:
            self._asleep = False
            self._changed.notify_all()

    def erase(self, subject: Pseudonym) -> Receipt:
        """Erase a person: write the erasure down, durably, then destroy the key of everything sealed for them.

        In this order, so that a crash in between is healed at the next start, which repeats written erasures.
        """
        erasure = Erasure(subject=subject, generation=self._vault.generation(subject))
        receipt = self.submit([erasure_entry(erasure, self._clock.now())], wait=True)
        receipt.wait()
        if self._erasures is not None:
            self._erasures.append(erasure)
        self._vault.erase(subject, erasure.generation)
        return receipt

    def reopen(self) -> None:
        """Connect anew after a failure and go on after the last record that really is on disk.

        Raises:
            Unavailable: the database still does not answer; the journal stays broken.
        """
        with self._changed:
            if self._broken is None:
                return
            self._store.reopen()
            self._resume()
            self._broken = None
            self._changed.notify_all()

    def close(self) -> None:
        """Commit what waits, sign a last head, release the store."""
        with self._changed:
            if self._closing:
                return
            self._closing = True
            self._changed.notify_all()
        self._thread.join()
        if self._broken is None:
            self._sign_head()
        self._store.close()

    # -- reading -------------------------------------------------------------------------------------------------

    def find(self, kind: EntryKind, key: str) -> Record | None:
        """The record of that kind and key, also one that is not yet durable (see ``find_with_receipt``)."""
        found = self.find_with_receipt(kind, key)
        return None if found is None else found[0]

    def find_with_receipt(self, kind: EntryKind, key: str) -> tuple[Record, Receipt | None] | None:
        """The record of that kind and key, with its receipt while it waits to be durable.

        Before anybody is told of the record, wait for the receipt: its commit may still fail. Without a receipt the
        record was read from the database.
        """
        if self._surely_new(kind, key):
            return None
        # Without the lock: what is no longer waiting was committed before it was taken off the list.
        pending = self._pending.get((kind, key))
        if pending is not None:
            return record_of(pending[0]), pending[1]
        row = self._store.find(kind, key)
        return None if row is None else (record_of(row), None)

    def digests(self, kind: EntryKind, keys: Sequence[str]) -> dict[str, Digest | None]:
        """Those of ``keys`` that are taken, durable or not yet, with the digest each stands for: one look for many."""
        asked = [key for key in keys if not self._surely_new(kind, key)]
        pending = {key: waiting[0][4] for key in asked if (waiting := self._pending.get((kind, key))) is not None}
        found = {**self._store.digests(kind, asked), **pending} if asked else {}
        return {key: None if digest is None else Digest(digest) for key, digest in found.items()}

    def read(
        self, from_seq: int = 1, to_seq: int | None = None, kinds: Sequence[EntryKind] | None = None
    ) -> Iterator[Record]:
        """Durable records in order, both ends included, as a stream."""
        return self._view.read(from_seq, to_seq, kinds)

    def at(self, seqs: Sequence[int]) -> list[Record]:
        """The records at these places; see ``JournalView``."""
        return self._view.at(seqs)

    def open_secret(self, record: Record) -> bytes | Erased | None:
        """The personal part of ``record``; see ``JournalView``."""
        return self._view.open_secret(record)

    def open_sealed(self, seq: Number, kind: EntryKind, subject: Pseudonym, sealed: bytes) -> bytes | Erased:
        """A sealed part that was copied from the record at ``seq``; see ``JournalView``."""
        return self._view.open_sealed(seq, kind, subject, sealed)

    def verify(self, *, expected_count: int | None = None) -> VerificationReport:
        """Walk the whole journal as it stands on disk; see ``verify_store``."""
        lines = self._heads.lines() if self._heads is not None else ()
        return verify_store(self._store, self._vault, lines, expected_count=expected_count)

    def backup(self, target: Path) -> Manifest:
        """Copy the journal, its keys and its proofs to a new folder, while it is written; see ``back_up``."""
        return back_up(self._store, self._vault, target, clock=self._clock, heads=self._heads, erasures=self._erasures)

    @property
    def head(self) -> Head:
        """The last durable record's place and link; place 0 when the journal is empty."""
        return self._durable

    @property
    def count(self) -> int:
        """How many records are durable."""
        return self._durable.seq

    @property
    def next_seq(self) -> Number:
        """The number the next submitted entry will get, as long as nobody else submits."""
        return Number(self._next)

    def check_room(self, entries: int, *, wait: bool = False) -> None:
        """Refuse now what ``submit`` of so many entries would refuse: for callers whose own state moves first.

        With ``wait``, a full queue is waited for instead.

        Raises:
            Unavailable: the queue is full, or the journal is broken or closed.
        """
        with self._changed:
            self._admit(entries, wait=wait)

    def drain(self) -> Head:
        """Block until nothing waits to be written; the head then.

        Raises:
            Unavailable: a commit failed.
        """
        with self._changed:
            self._wake()
            while self._waiting and self._broken is None:
                self._changed.wait()
            if self._broken is not None:
                raise self._broken
            return self._durable

    @property
    def broken(self) -> bool:
        """Whether a commit failed and ``reopen`` is due."""
        return self._broken is not None

    # -- inside --------------------------------------------------------------------------------------------------

    def _admit(self, size: int, *, wait: bool) -> None:
        if size == 0:
            raise InvalidInput("Nothing to write.", code="no_entries")
        if size > self.limits.waiting_records:
            raise TooLarge("More entries than may wait at once.", code="too_many_entries", value=size)
        while True:
            if self._closing:
                raise Unavailable("The journal is closed.", code="journal_closed")
            if self._broken is not None:
                raise Unavailable(
                    f"The journal does not take entries since a commit failed: {self._broken.detail}",
                    code="journal_broken",
                    retry_after_s=self.limits.retry_after_s,
                )
            if self._waiting + size <= self.limits.waiting_records:
                return
            if not wait:
                raise Unavailable(
                    "Too many entries wait to be written.",
                    code="journal_full",
                    retry_after_s=self.limits.retry_after_s,
                )
            self._wake()
            self._changed.wait()

    def _surely_new(self, kind: str, key: str) -> bool:
        return kind == "event" and not self._event_keys.may_hold(key)

    def _check_key(self, entry: Entry, key: str, own: dict[_Key, StoredRow]) -> None:
        if len(key) > self.limits.key_length:
            raise TooLarge(
                f"A key has at most {self.limits.key_length} characters.", code="key_too_long", field="key", value=key
            )
        name = (entry.kind, key)
        if name not in own and self._surely_new(*name):
            return
        pending = self._pending.get(name)
        row = own.get(name) or (pending[0] if pending else None) or self._store.find(entry.kind, key)
        if row is None:
            return
        same = row[4] == entry.digest
        raise Conflict(
            "This is already recorded." if same else "The same key was recorded with other content.",
            code="already_recorded" if same else "key_conflict",
            field="key",
            value=key,
            at=f"record {row[0]}",
            hint=None if same else "to correct a record, submit one with a new key that supersedes it",
        )

    def _resume(self) -> None:
        last = self._store.last()
        if last is None:
            self._durable = Head(seq=Number(0), mac=self._chain.genesis, recorded_at=Micros(0))
        else:
            before = next(iter(self._store.scan(last[0] - 1, last[0] - 1)), None)
            previous = self._chain.genesis if before is None else before[8]
            if self._chain.true_link(last, previous) != last[8]:
                raise IntegrityError(
                    "The last record of the journal is not what was written.",
                    code="journal_altered",
                    at=f"record {last[0]}",
                    hint="run `tandem journal verify`, then restore a backup",
                )
            self._durable = Head(seq=Number(last[0]), mac=last[8], recorded_at=Micros(last[2]))
        self._next = self._durable.seq + 1
        self._tail = self._durable.mac

    def _repeat_erasures(self) -> None:
        """Destroy what was erased and may stand again: after a crash in the middle, or in a restored backup."""
        for row in self._store.scan(kinds=["erasure"]):
            erasure = erasure_of(row[6])
            self._vault.erase(erasure.subject, erasure.generation)
        if self._erasures is not None:
            for erasure in self._erasures.erasures():
                self._vault.erase(erasure.subject, erasure.generation)

    def _write(self) -> None:
        while batch := self._take():
            rows = list(concatenated.from_iterable(receipt.rows for receipt in batch))
            try:
                self._vault.flush()  # keys first: a record must never outlive the key it is sealed under
                self._store.append(rows)
            except Exception as error:  # noqa: BLE001 - whatever went wrong, nobody may be told "durable"
                self._fail(error)
                continue
            self._succeed(batch, rows)

    def _take(self) -> list[Receipt]:
        with self._changed:
            while not self._queue:
                if self._closing:
                    return []
                self._asleep = True
                self._changed.wait()
            self._asleep = False
            batch = [self._queue.popleft()]
            size = len(batch[0].rows)
            while self._queue and size + len(self._queue[0].rows) <= self.limits.batch_records:
                batch.append(self._queue.popleft())
                size += len(batch[-1].rows)
            self._in_flight = batch
        return batch

    def _succeed(self, batch: list[Receipt], rows: list[StoredRow]) -> None:
        last = rows[-1]
        with self._changed:
            for row in rows:
                if row[3] is not None:
                    del self._pending[row[1], row[3]]
            self._durable = Head(seq=Number(last[0]), mac=last[8], recorded_at=Micros(last[2]))
            self._waiting -= len(rows)
            self._changed.notify_all()
        settle(batch, None)
        if last[0] - self._last_head >= self.limits.head_every:
            self._sign_head()

    def _fail(self, error: Exception) -> None:
        reason = (
            error if isinstance(error, Unavailable) else Unavailable(f"A commit failed: {error}", code="commit_failed")
        )
        with self._changed:
            self._broken = reason
            lost = [*self._in_flight, *self._queue]
            self._queue.clear()
            self._pending.clear()
            self._waiting = 0
            self._changed.notify_all()
        settle(lost, reason)

    def _sign_head(self) -> None:
        head = self._durable
        if self._heads is None or head.seq <= self._last_head:
            return
        try:
            self._heads.append(head)
        except OSError:
            # The records are safe; only their proof is late. It is tried again after the next commit.
            _LOG.exception("A signed head could not be written to %s", self._heads.path)
            return
        self._last_head = head.seq
        with contextlib.suppress(Unavailable):
            # The database remembers how far it was signed, so that records taken from its end can be told from an
            # old copy put in its place. If it does not answer, the next commit will say so.
            self._store.set_meta(SIGNED_SEQ, str(head.seq))
