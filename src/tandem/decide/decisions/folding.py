"""Where online state comes from: folded from the journal, with a snapshot as the shortcut."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeAlias

from tandem.decide.decisions.known import OnlineKnown
from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.snapshots import Snapshot, SnapshotFolder
from tandem.decide.decisions.state import OnlineState, event_of
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Digest
from tandem.observe.journal import Journal, Receipt, Record
from tandem.prove.privacy import Vault

__all__ = ["Folding"]

_LOG = logging.getLogger(__name__)

_Taken: TypeAlias = Callable[..., Snapshot]


class Folding:
    """Folds the journal to a state, and keeps snapshots of states it is given.

    Args:
        journal, vault: of one workspace.
        snapshots: where shortcuts are kept; None to always fold everything.
        every: records between two snapshots.
        compiled: use compiled kernels: True, False, or None for where built.
        four_eyes: authors may not approve their own artefacts.
    """

    def __init__(
        self,
        journal: Journal,
        vault: Vault,
        snapshots: SnapshotFolder[Snapshot] | None,
        *,
        every: int,
        compiled: bool | None,
        four_eyes: bool,
    ) -> None:
        self._journal = journal
        self._vault = vault
        self._snapshots = snapshots
        self._every = every
        self._compiled = compiled
        self._four_eyes = four_eyes
        self._kept_seq = 0
        self._writing: threading.Thread | None = None

    # -- folding -------------------------------------------------------------------------------------------------

    def state(self) -> OnlineState:
        """The state after everything in the journal."""
        state = OnlineState(self._vault, compiled=self._compiled, four_eyes=self._four_eyes)
        state.fold_artefacts(self._journal.read(kinds=["artefact"]))
        start = 0 if state.live is None else self._restore(state, state.live)
        for record in self._journal.read(from_seq=start + 1, kinds=["event", "list"]):
            state.fold(record, self._journal.open_secret)
        self.units(state)
        state.seq = self._journal.head.seq
        self._kept_seq = start
        return state

    def units(self, state: OnlineState) -> None:
        """Bring who was assigned with whom into ``state``, where the live release asks for it."""

        def decisions() -> Iterator[Record]:
            self._journal.drain()
            return self._journal.read(kinds=["decision"])

        state.fold_units(decisions)

    def known(self, live: LiveRelease, earlier: tuple[OnlineKnown, int] | None = None) -> OnlineKnown:
        """The state of another plan, from all that the journal knows.

        Args:
            earlier: a state of that plan and the record it is after, to go on with.
        """
        self._journal.drain()
        known, seq = earlier or (OnlineKnown(live.known, compiled=self._compiled), 0)
        for record in self._journal.read(seq + 1, kinds=["event"]):
            if live.knows(record):
                known.observe(event_of(record, live, self._journal.open_secret), record.seq)
        return known

    def _restore(self, state: OnlineState, live: LiveRelease) -> int:
        def fits(snapshot: Snapshot) -> bool:
            if snapshot.plan != live.known.digest or snapshot.seq > self._journal.head.seq:
                return False
            record = self._record(snapshot.seq)
            return record is not None and record.mac == snapshot.mac

        snapshot = None if self._snapshots is None else self._snapshots.newest(fits)
        if snapshot is None:
            return 0
        state.known = OnlineKnown.restore(live.known, snapshot.known, compiled=self._compiled)
        state.restore_lists(snapshot.lists)
        return snapshot.seq

    # -- keeping -------------------------------------------------------------------------------------------------

    def keep(self, state: OnlineState) -> int | None:
        """Write a snapshot of ``state``, all of which is durable; its place, None where there is nothing to keep.

        Raises:
            OSError: it could not be written.
        """
        if self._writing is not None:
            self._writing.join()  # the older one first: they are written under one name
        if self._snapshots is None or state.known is None or state.seq == 0:
            return None
        self._snapshots.write(_taken(state, state.known)(mac=self._mac(state.seq)))
        self._kept_seq = state.seq
        return state.seq

    def keep_if_due(self, state: OnlineState, receipt: Receipt) -> None:
        """Every so many records, keep ``state``, which is what it is after the entries of ``receipt``.

        Only taking it holds up the caller. Waiting for the entries and writing the file go on in a thread: a snapshot
        is a shortcut, and where it cannot be written the next start takes longer and nothing else.
        """
        due = state.seq - self._kept_seq >= self._every
        busy = self._writing is not None and self._writing.is_alive()
        if not due or busy or self._snapshots is None or state.known is None:
            return
        self._kept_seq = state.seq
        taken = _taken(state, state.known)
        self._writing = threading.Thread(
            target=self._write_when_durable, args=(self._snapshots, taken, receipt), name="snapshot-writer", daemon=True
        )
        self._writing.start()

    def _write_when_durable(self, folder: SnapshotFolder[Snapshot], taken: _Taken, receipt: Receipt) -> None:
        try:
            receipt.wait()
            folder.write(taken(mac=self._mac(receipt.last_seq)))
        except Unavailable:
            return  # the state ran ahead of the journal, and is being thrown away
        except OSError:
            _LOG.exception("A snapshot of the online state could not be written")

    def _mac(self, seq: int) -> bytes:
        record = self._record(seq)
        assert record is not None, "a snapshot stands at a record that is on disk"
        return record.mac

    def _record(self, seq: int) -> Record | None:
        return next(self._journal.read(seq, seq), None)


def _taken(state: OnlineState, known: OnlineKnown) -> _Taken:
    """A snapshot that lacks only the link of its record, which the journal's thread may still be writing."""
    return partial(_snapshot, state.seq, known.plan.digest, known.taken(), state.lists.snapshot())


def _snapshot(seq: int, plan: Digest, known: Callable[[], bytes], lists: bytes, *, mac: bytes) -> Snapshot:
    return Snapshot(seq=seq, mac=mac, plan=plan, known=known(), lists=lists)
