"""A book: the fold of one kind of journal record, and the one way to add to it.

A change is made under the writer's lock, from the fold as it is: submitted, applied, and told to its caller when it is
durable. What comes with a key is done once however often it is asked for; the same key with another content is refused.
If a commit fails, what was known has run ahead of the truth, and is folded anew before it is used again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence, Sized
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from tandem.act.books.keeping import Keeping, Shortening, nothing_collected
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import Conflict, TandemError, Unavailable
from tandem.kernel.identity import Digest, Pseudonym
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal import Entry, EntryKind, Receipt

__all__ = ["Book", "Draft", "Fold", "Request", "Written"]

Change = TypeVar("Change")
TakenChange_contra = TypeVar("TakenChange_contra", contravariant=True)


class Fold(Protocol[TakenChange_contra]):
    """What changes add up to."""

    def apply(self, change: TakenChange_contra, seq: int, at: Micros) -> Any:
        """Take in ``change``, whose record stands at ``seq`` and was recorded at ``at``; in journal order."""
        ...


FoldOf = TypeVar("FoldOf", bound=Fold[Any])


class Draft(msgspec.Struct, Generic[Change], frozen=True, kw_only=True):
    """A change that is about to be written.

    Attributes:
        owner: whose key seals ``secret``.
        secret: personal part, canonical JSON; None if none.
        more: what is written with it, in the same commit: all of it or nothing. Each has to hold after those before it.
    """

    change: Change
    owner: Pseudonym | None = None
    secret: bytes | None = None
    more: tuple[Change, ...] = ()


class Request(msgspec.Struct, Generic[FoldOf, Change], frozen=True, kw_only=True):
    """What somebody asks to be written, once.

    Attributes:
        key: of who asks; at most 255 characters.
        asked: what is asked for, JSON-like: under the same key it has to be the same.
        draft: makes the change from the fold as it is, or raises why not.
        former: under which it may have been written before ``key`` was made so; what stands there counts where it is the
            same that was asked for, and else is somebody else's.
    """

    key: str
    asked: object
    draft: Callable[[FoldOf, Micros], Draft[Change]]
    former: str | None = None


class Written(msgspec.Struct, Generic[Change], frozen=True, kw_only=True):
    """What stands in the journal now.

    Attributes:
        seq, at: of its record; when it was recorded.
        again: it stood there before, under the same key; nothing was written.
        applied: what the fold gave when it took in the change, or the last of those written with it; None where they stood
            there before.
    """

    change: Change
    seq: int
    at: Micros
    again: bool = False
    applied: Any = None


class Book(Generic[FoldOf, Change]):
    """``lock`` is held by whoever looks at ``now``, and taken before the writer's.

    Args:
        process: the one writer.
        kind: of its records; nobody else writes them.
        empty: a fold of nothing.
        shortening: how snapshots of the fold are taken; None where every start folds all of it.
    """

    def __init__(
        self,
        process: DecisionProcess,
        clock: Clock,
        *,
        kind: EntryKind,
        empty: Callable[[], FoldOf],
        encode: Callable[[Change], bytes],
        decode: Callable[[bytes], Change],
        shortening: Shortening[FoldOf] | None = None,
    ) -> None:
        self.lock = threading.RLock()
        self._process = process
        self._clock = clock
        self._kind: EntryKind = kind
        self._empty = empty
        self._encode = encode
        self._decode = decode
        self._fold = empty()
        self._folded_of: object = None
        self._seq = 0
        self._last: Receipt | None = None
        self._keeping = None if shortening is None else Keeping(process, shortening)

    @property
    def now(self) -> FoldOf:
        """The fold as it is; under ``lock``.

        Raises:
            Unavailable: the journal does not answer.
        """
        if self._folded_of is None or self._process.journal.broken:
            self._process.recover()
        self._fold_if_needed()
        return self._fold

    def ask(self, request: Request[FoldOf, Change]) -> Written[Change]:
        """Write what ``request`` asks for, durably.

        Raises:
            Conflict: its key was used for something else.
            Unavailable: it may not have been written; asking again with the same key finds out.
            Anything that its ``draft`` raises: nothing was written.
        """
        (found,) = self.ask_all([request])
        if isinstance(found, TandemError):
            raise found
        return found

    def ask_all(self, requests: Sequence[Request[FoldOf, Change]]) -> list[Written[Change] | TandemError]:
        """Write what ``requests`` ask for, in order, durably; one that cannot be done says why and stops no other.

        Raises:
            Unavailable: they may not have been written; asking again with the same keys finds out.
        """
        made: list[Written[Change] | TandemError] = []
        waits: list[Receipt] = []

        def entries() -> list[Entry]:
            return self._entries_of(requests, made, waits)

        waits += self._submitted(entries)
        self._wait(waits)
        return made

    def write(self, drafts_of: Callable[[FoldOf, Micros], Iterable[Draft[Change]]]) -> list[Written[Change]]:
        """Write what ``drafts_of`` makes of the fold as it is, all or nothing, durably; it needs no key.

        Drafts are taken one by one, each applied before the next is asked for: a generator sees what it made itself, and
        says one after the other what a keyed request says with ``more``.

        Raises:
            Unavailable: it may not have been written. Anything that ``drafts_of`` raises: nothing was.
        """
        made: list[Written[Change]] = []

        def entries() -> list[Entry]:
            now, first = self._clock.now(), self._process.journal.next_seq
            found = []
            for number, draft in enumerate(drafts_of(self._fold, now)):
                applied = self._fold.apply(draft.change, first + number, now)
                made.append(Written(change=draft.change, seq=first + number, at=now, applied=applied))
                assert not draft.more, "what needs no key is said one by one"
                found.append(self._entry(draft, now))
            return found

        self._wait(self._submitted(entries))
        return made

    def keep(self) -> None:
        """Leave a snapshot of what is known, so that the next start is short; where it cannot be, that takes longer."""
        with self.lock:
            if self._keeping is None or self._folded_of is not self._process.state:
                return
            self._keeping.keep(self._fold, self._seq, self._last)
        self._keeping.finish()

    # -- inside --------------------------------------------------------------------------------------------------

    def _submitted(self, entries_of: Callable[[], list[Entry]]) -> list[Receipt]:
        """The receipt of what ``entries_of`` makes and has applied already; none where it makes nothing."""

        def entries() -> list[Entry]:
            self._fold_if_needed()
            found = entries_of()
            if not found:
                raise _NothingToWriteError
            return found

        with self.lock:
            try:
                receipt = self._process.append(entries)
            except _NothingToWriteError:
                return []
            except BaseException:
                self._folded_of = None  # what was applied here was not submitted
                raise
            number = receipt.last_seq - receipt.first_seq + 1
            self._seq, self._last = receipt.last_seq, receipt
            if self._keeping is not None:
                self._keeping.changed(self._fold, self._seq, _size_of(self._fold), number, receipt)
            return [receipt]

    def _entries_of(
        self,
        requests: Sequence[Request[FoldOf, Change]],
        made: list[Written[Change] | TandemError],
        waits: list[Receipt],
    ) -> list[Entry]:
        """The entries of ``requests``, each applied already.

        Args:
            made: takes what came of each. waits: takes what has to be durable first.
        """
        now, journal = self._clock.now(), self._process.journal
        found: list[Entry] = []
        own: dict[str, tuple[Digest, Written[Change]]] = {}
        taken = journal.digests(
            self._kind, [key for one in requests for key in (one.key, one.former) if key is not None]
        )
        for request in requests:
            digest = digest_of_bytes(canonical_bytes(request.asked))
            try:
                if request.key in own or request.key in taken:
                    made.append(self._known(request.key, digest, own, waits))
                    continue
                if request.former is not None and taken.get(request.former) == digest:
                    made.append(self._known(request.former, digest, own, waits))
                    continue
                draft, seq = request.draft(self._fold, now), journal.next_seq + len(found)
                applied = self._fold.apply(draft.change, seq, now)
            except TandemError as error:
                made.append(error)
                continue
            found.append(self._entry(draft, now, request.key, digest))
            for change in draft.more:  # the first is applied: what goes wrong here undoes all that is being written
                applied = self._fold.apply(change, journal.next_seq + len(found), now)
                found.append(self._entry(Draft(change=change), now))
            written = Written(change=draft.change, seq=seq, at=now, applied=applied)
            own[request.key] = digest, written
            made.append(written)
        return found

    def _known(
        self, key: str, digest: Digest, own: Mapping[str, tuple[Digest, Written[Change]]], waits: list[Receipt]
    ) -> Written[Change]:
        """What was written under ``key``.

        Raises:
            Conflict: it was asked for something else.
        """
        if key in own:
            before, written = own[key]
        else:
            known = self._process.journal.find_with_receipt(self._kind, key)
            assert known is not None, "its digest was there"
            record, receipt = known
            if receipt is not None:
                waits.append(receipt)
            before = record.digest or Digest("")
            written = Written(change=self._decode(record.clear), seq=record.seq, at=record.recorded_at)
        if before != digest:
            raise Conflict(
                "This key was used for something else.",
                code="key_reused",
                field="key",
                value=key,
                hint="a new key for a new request; the same one only to ask again",
            )
        return msgspec.structs.replace(written, again=True, applied=None)

    def _entry(self, draft: Draft[Change], now: Micros, key: str | None = None, digest: Digest | None = None) -> Entry:
        clear = self._encode(draft.change)
        return Entry(
            kind=self._kind,
            recorded_at=now,
            clear=clear,
            key=key,
            digest=digest,
            subject=draft.owner,
            secret=draft.secret,
        )

    def _wait(self, receipts: Sequence[Receipt]) -> None:
        try:
            for receipt in receipts:
                receipt.wait()
        except Unavailable:
            with self.lock:
                self._folded_of = None
            raise

    def _fold_if_needed(self) -> None:
        state = self._process.state
        if self._folded_of is state:
            return
        self._process.journal.drain()  # what was submitted here stands there then; nobody else writes of this kind
        with nothing_collected():
            found = None if self._keeping is None else self._keeping.start()
            fold, seq = (self._empty(), 0) if found is None else found
            for record in self._process.journal.read(seq + 1, kinds=[self._kind]):
                fold.apply(self._decode(record.clear), record.seq, record.recorded_at)
                seq = record.seq
                if self._keeping is not None:
                    self._keeping.folded()
        self._fold, self._folded_of, self._seq, self._last = fold, state, seq, None


def _size_of(fold: object) -> int:
    return len(fold) if isinstance(fold, Sized) else 0


class _NothingToWriteError(Exception):
    pass
