"""Where a fold comes from at a start, and when a snapshot of it is left for the next.

A snapshot is what the fold had come to after a record, bound to that record by its link and to the way of folding by its
form; one that does not fit is passed over, and every record is folded. Deleting them costs time, never truth.
"""

from __future__ import annotations

import contextlib
import gc
import logging
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import Any, Final, Generic, TypeVar

import msgspec

from tandem.decide.decisions import DecisionProcess, Shortcut, SnapshotFolder
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Digest
from tandem.observe.journal import Receipt

__all__ = ["BookSnapshot", "EncodedShortening", "Keeping", "Shortening", "form_of", "nothing_collected"]

_LOG = logging.getLogger(__name__)
_EVERY: Final = 20_000
"""Changes between two snapshots, at the least."""
_PART: Final = 5
"""And at the least one part in so many of all there is: a snapshot writes all of it."""

FoldOf = TypeVar("FoldOf")
KeptOf = TypeVar("KeptOf", bound=msgspec.Struct)


class BookSnapshot(Shortcut, frozen=True, kw_only=True):
    """A fold after a record. ``form``: of what is in it, and of the way it was folded."""

    form: Digest


class Shortening(ABC, Generic[FoldOf]):
    """How a fold is put into a snapshot and taken out of one.

    Attributes:
        name: of their folder. kind: of snapshot. form: of those that can be taken out now.
    """

    name: str
    kind: type[BookSnapshot]
    form: Digest

    @abstractmethod
    def taken(self, fold: FoldOf) -> BookSnapshot:
        """``fold`` as it is, for place 0; quick, for the book waits, and nothing that moves the fold later may reach it."""

    @abstractmethod
    def restored(self, snapshot: Any) -> FoldOf:
        """The fold that was put into ``snapshot``, to the last bit."""


def form_of(folded_as: int, kept: type) -> Digest:
    """The form of snapshots that hold ``kept``: another one as soon as anything in it is called or typed otherwise.

    Args:
        folded_as: grows when the same changes come to give another fold.
    """
    return digest_of_bytes(canonical_bytes([folded_as, msgspec.json.schema(kept)]))


class KeptSnapshot(BookSnapshot, frozen=True, kw_only=True):
    """A fold after a record, encoded."""

    kept: bytes


class EncodedShortening(Shortening[FoldOf], Generic[FoldOf, KeptOf]):
    """Of a fold that says itself what is to be kept of it.

    Args:
        name: of the folder.
        kept: the type of what is kept.
        take: what is kept of a fold. restore: the fold that it was kept of.
        folded_as: grows when the same changes come to give another fold.
    """

    kind = KeptSnapshot

    def __init__(
        self,
        name: str,
        kept: type[KeptOf],
        *,
        take: Callable[[FoldOf], KeptOf],
        restore: Callable[[KeptOf], FoldOf],
        folded_as: int,
    ) -> None:
        self.name = name
        self.form = form_of(folded_as, kept)
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(kept)
        self._take = take
        self._restore = restore

    def taken(self, fold: FoldOf) -> KeptSnapshot:
        """``fold`` as it is."""
        return KeptSnapshot(seq=0, mac=b"", form=self.form, kept=self._encoder.encode(self._take(fold)))

    def restored(self, snapshot: KeptSnapshot) -> FoldOf:
        """The fold that is in ``snapshot``."""
        return self._restore(self._decoder.decode(snapshot.kept))


class Keeping(Generic[FoldOf]):
    """Takes snapshots of a fold and gives the newest one that fits; whoever calls it holds the lock of the book."""

    def __init__(self, process: DecisionProcess, shortening: Shortening[FoldOf]) -> None:
        self._journal = process.journal
        self._shortening = shortening
        snapshots = process.snapshots
        self._folder = None if snapshots is None else snapshots.below(shortening.name, shortening.kind)
        self._since = 0
        self._writing: threading.Thread | None = None

    def start(self) -> tuple[FoldOf, int] | None:
        """The fold of the newest snapshot that fits, and the place of its last record."""
        self._since = 0
        found = None if self._folder is None else self._folder.newest(self._fits)
        return None if found is None else (self._shortening.restored(found), found.seq)

    def folded(self) -> None:
        """One more record was folded at a start."""
        self._since += 1

    def changed(self, fold: FoldOf, seq: int, size: int, number: int, receipt: Receipt) -> None:
        """So many changes, the last of them at place ``seq`` and all of them in ``receipt``, have just been made of ``fold``.

        Args:
            size: how many things there are in the fold.
        """
        self._since += number
        if self._since >= max(_EVERY, size // _PART):
            self.keep(fold, seq, receipt)

    def keep(self, fold: FoldOf, seq: int, receipt: Receipt | None) -> None:
        """Leave a snapshot of ``fold``, whose last change is at place ``seq``, which ``receipt`` is for; None where it is on disk.

        Only taking it holds up the caller. The rest goes on in a thread: where it cannot be written the next start takes
        longer and nothing else.
        """
        if (
            self._folder is None
            or self._since == 0
            or seq == 0
            or (self._writing is not None and self._writing.is_alive())
        ):
            return
        self._since = 0
        taken = msgspec.structs.replace(self._shortening.taken(fold), seq=seq)
        self._writing = threading.Thread(
            target=self._write,
            args=(self._folder, taken, receipt),
            name=f"{self._shortening.name}-snapshot",
            daemon=True,
        )
        self._writing.start()

    def finish(self) -> None:
        """Wait for what is being written."""
        if self._writing is not None:
            self._writing.join()

    def _fits(self, snapshot: BookSnapshot) -> bool:
        why = self._against(snapshot)
        if why is not None:
            _LOG.warning(
                "The snapshot of the %s at record %d is passed over: %s", self._shortening.name, snapshot.seq, why
            )
        return why is None

    def _against(self, snapshot: BookSnapshot) -> str | None:
        """Why a snapshot is of no use; None where it is."""
        if snapshot.form != self._shortening.form:
            return "another version left it"
        if snapshot.seq > self._journal.head.seq:
            return "the journal ends before it"
        if [record.mac for record in self._journal.at([snapshot.seq])] != [snapshot.mac]:
            return "it is of another journal"
        return None

    def _write(self, folder: SnapshotFolder[BookSnapshot], snapshot: BookSnapshot, receipt: Receipt | None) -> None:
        try:
            if receipt is not None:
                receipt.wait()
            (last,) = self._journal.at([snapshot.seq])
            folder.write(msgspec.structs.replace(snapshot, mac=last.mac))
        except Unavailable:
            return  # the fold ran ahead of the journal, and is made anew
        except OSError:
            _LOG.exception("A snapshot of the %s could not be written", self._shortening.name)


@contextlib.contextmanager
def nothing_collected() -> Iterator[None]:
    """Hundreds of thousands of objects that stay are no reason to look for garbage among them, again and again."""
    collected = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collected:
            gc.enable()
