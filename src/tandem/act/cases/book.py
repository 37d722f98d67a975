"""The book of cases: the fold of the journal's case records, and the one way to add to it.

A change is made under the writer's lock, from the present case: submitted, applied, and told to its caller when it is
durable. If a commit fails, what was known has run ahead of the truth, and is folded anew before it is used again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

import msgspec

from tandem.act.cases.changes import (
    CaseChange,
    Sealed,
    decode_change,
    decode_sealed,
    encode_change,
    encode_sealed,
)
from tandem.act.cases.folding import Case, Cases
from tandem.act.cases.keeping import Keeping
from tandem.decide.decisions import DecisionProcess
from tandem.kernel.canonical import digest_of_bytes
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Pseudonym
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal import Entry, Receipt, Record

__all__ = ["CaseBook", "Draft", "Happened", "OnChange"]

OnChange = Callable[[str, int], None]
"""Told of a durable change: the case's id, and the place of its record."""


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """A change that is about to be written.

    Attributes:
        owner: whose key seals ``sealed``.
        key: idempotency key, where there is one.
    """

    change: CaseChange
    owner: Pseudonym
    sealed: Sealed | None = None
    key: str | None = None


class Happened(msgspec.Struct, frozen=True, kw_only=True):
    """A change as it stands in the journal. ``erased``: what was sealed went with its person."""

    seq: int
    at: Micros
    change: CaseChange
    sealed: Sealed | None
    erased: bool = False


class CaseBook:
    """Cases as the journal has them. ``lock`` is held by whoever looks at ``cases``, and taken before the writer's.

    Args:
        process: the one writer.
    """

    def __init__(self, process: DecisionProcess, clock: Clock) -> None:
        self.lock = threading.RLock()
        self._process = process
        self._clock = clock
        self._on_fold: list[Callable[[], None]] = []
        self._cases = Cases()
        self._keeping = Keeping(process)
        self._last: Receipt | None = None
        self._folded_of: object = None
        self._watchers: list[OnChange] = []

    def watch(self, watcher: OnChange) -> None:
        """Call ``watcher`` with every durable change. It must not block."""
        self._watchers.append(watcher)

    def watch_folds(self, told: Callable[[], None]) -> None:
        """Call ``told`` after the cases were folded anew, under ``lock``."""
        self._on_fold.append(told)

    @property
    def cases(self) -> Cases:
        """All cases; under ``lock``.

        Raises:
            Unavailable: the journal does not answer.
        """
        if self._folded_of is None or self._process.journal.broken:
            self._process.recover()
        self._fold_if_needed()
        return self._cases

    def write(self, drafts_of: Callable[[Cases, Micros], Sequence[Draft]]) -> list[Case]:
        """Write what ``drafts_of`` makes of the present cases, all or nothing, durably.

        Returns:
            Copies of the changed cases, as they stand after these changes; none where there was nothing to write.

        Raises:
            Unavailable: it may not have been written. Anything that ``drafts_of`` raises: nothing was.
        """
        drafts: list[Draft] = []
        at: list[Micros] = []

        def entries() -> Sequence[Entry]:
            self._fold_if_needed()
            now = self._clock.now()
            drafts.extend(drafts_of(self._cases, now))
            if not drafts:
                raise _NothingToWriteError
            at.append(now)
            return [_entry(draft, now) for draft in drafts]

        with self.lock:
            try:
                receipt = self._process.append(entries)
            except _NothingToWriteError:
                return []
            changed = [
                self._cases.apply(draft.change, receipt.first_seq + number, at[0], _stake(draft.sealed))
                for number, draft in enumerate(drafts)
            ]
            copies = [case.copy() for case in changed]
            self._last = receipt
            self._keeping.changed(self._cases, len(drafts), receipt)
        try:
            receipt.wait()
        except Unavailable:
            with self.lock:
                self._folded_of = None
            raise
        for number, case in enumerate(copies):
            for watcher in self._watchers:
                watcher(case.case_id, receipt.first_seq + number)
        return copies

    def keep(self) -> None:
        """Leave a snapshot of what is known, so that the next start is short; where it cannot be, that takes longer."""
        with self.lock:
            if self._folded_of is not None:
                self._keeping.keep(self._cases, self._last)
        self._keeping.finish()

    def history(self, case: Case) -> list[Happened]:
        """What happened to ``case``, oldest first."""
        found = []
        for record in self._process.journal.at(case.seqs):  # what is not yet durable its own caller has not heard of
            secret = self._process.journal.open_secret(record)
            opened = decode_sealed(secret) if isinstance(secret, bytes) else None
            erased = record.sealed is not None and opened is None
            change = decode_change(record.clear)
            found.append(Happened(seq=record.seq, at=record.recorded_at, change=change, sealed=opened, erased=erased))
        return found

    def event_values(self, event_seq: int) -> dict[str, object]:
        """The values of the event at that place as they were sent, real identifiers among them; less what was erased."""
        record = self._record(event_seq)
        return {} if record is None else self.values_in(record)

    def values_in(self, event: Record) -> dict[str, object]:
        """As ``event_values``, of an event at hand."""
        secret = self._process.journal.open_secret(event)
        sent = msgspec.json.decode(secret, type=dict[str, object]) if isinstance(secret, bytes) else {}
        return {**_VALUES.decode(event.clear).values, **sent}

    def event_entities(self, event_seq: int) -> dict[str, Pseudonym]:
        """The entities of the event at that place, by field, as pseudonyms."""
        record = self._record(event_seq)
        return {} if record is None else _VALUES.decode(record.clear).entities

    # -- inside --------------------------------------------------------------------------------------------------

    def _record(self, seq: int) -> Record | None:
        return next(iter(self._process.journal.at([seq])), None)

    def _fold_if_needed(self) -> None:
        state = self._process.state
        if self._folded_of is state:
            return
        self._process.journal.drain()  # what was submitted here stands there then; nobody else writes cases
        self._cases, self._folded_of = self._keeping.fold(), state
        self._last = None
        for told in self._on_fold:
            told()


class _NothingToWriteError(Exception):
    pass


class _Values(msgspec.Struct):
    values: dict[str, object]
    entities: dict[str, Pseudonym] = {}


_VALUES = msgspec.json.Decoder(_Values)


def _stake(sealed: Sealed | None) -> int | None:
    return None if sealed is None else sealed.at_stake_minor


def _entry(draft: Draft, now: Micros) -> Entry:
    clear = encode_change(draft.change)
    return Entry(
        kind="case",
        recorded_at=now,
        clear=clear,
        key=draft.key,
        digest=None if draft.key is None else digest_of_bytes(clear),
        subject=draft.owner,
        secret=None if draft.sealed is None else encode_sealed(draft.sealed),
    )
