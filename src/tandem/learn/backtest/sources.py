"""Where history lies: the journal, the releases that decided, and the lake that copies both into tables."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from tandem.decide.decisions import Beside, DecisionProcess, LiveRelease
from tandem.decide.decisions.live import assemble
from tandem.decide.decisions.state import OnlineState
from tandem.kernel.artefacts import Artefact, ArtefactRegister
from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Digest
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal import Journal, JournalView
from tandem.observe.lake import Lake
from tandem.prove.privacy import Vault

__all__ = ["JOURNAL_ALONE", "Sources", "lake_for"]

JOURNAL_ALONE: Final = 40_000
"""Records of a journal that is read itself, lake or not."""
_TAKEN_IN: Final = 0.98
"""A lake that has taken in less than this share is being built; the journal answers meanwhile."""
_RELEASES_KEPT: Final = 8


@dataclass
class Sources:
    """What a backtest reads. Nothing is ever written.

    Attributes:
        journal: of the workspace; it may be written by another process meanwhile.
        last: the last journal place that is looked at; known_at: when that was recorded. What was not known by then is
            not known.
        live: the release in force.
        assemble: a set of artefacts under a digest as a release, ready to decide; nothing is kept of it.
        lake: None where there is none.
    """

    journal: Journal | JournalView
    last: int
    known_at: Micros
    register: ArtefactRegister
    live: LiveRelease
    assemble: Callable[[Iterable[Artefact], Digest], LiveRelease]
    lake: Lake | None
    clock: Clock

    def __post_init__(self) -> None:
        self._assembled: OrderedDict[Digest, LiveRelease] = OrderedDict({self.live.digest: self.live})

    @classmethod
    def of_process(cls, process: DecisionProcess, lake: Lake | None, *, clock: Clock) -> Sources:
        """Those of the process that decides.

        Raises:
            Unavailable: no release is live.
        """
        journal = process.journal
        last, known_at = _end(journal, int(journal.head.seq), lake)
        released = partial(_assembled, process.vault)
        return cls(journal, last, known_at, process.state.register, _live(process.live), released, lake, clock)

    @classmethod
    def beside(cls, beside: Beside, lake: Lake | None, *, clock: Clock) -> Sources:
        """Those of a workspace that another process may be writing.

        Raises:
            Unavailable: no release is live.
        """
        stored = beside.store.last()
        state = OnlineState(beside.vault)
        state.fold_artefacts(beside.journal.read(kinds=["artefact"]))
        last, known_at = _end(beside.journal, 0 if stored is None else int(stored[0]), lake)
        released = partial(_assembled, beside.vault)
        return cls(beside.journal, last, known_at, state.register, _live(state.live), released, lake, clock)

    def release(self, digest: Digest) -> LiveRelease:
        """A release by its digest, ready to decide.

        Raises:
            NotFound: there is no such release.
        """
        if digest not in self._assembled:
            artefacts = self.register.artefacts_of(self.register.release_of(digest))
            self._assembled[digest] = self.assemble(artefacts, digest)
            while len(self._assembled) > _RELEASES_KEPT:
                self._assembled.popitem(last=False)
        self._assembled.move_to_end(digest)
        return self._assembled[digest]


def lake_for(root: Path, last: int, *, clock: Clock) -> Lake | None:
    """The lake to read history from; None where the journal itself is the better source.

    A short journal is read whole before a lake is open, and knows what came a second ago.

    Args:
        last: the last place of the journal.
    """
    if last < JOURNAL_ALONE or not root.is_dir():
        return None
    lake = Lake(root, clock=clock).moment()
    return lake if lake.projected_seq >= last * _TAKEN_IN else None


def _end(journal: Journal | JournalView, last: int, lake: Lake | None) -> tuple[int, Micros]:
    """The last place that both have, and when it was recorded."""
    last = last if lake is None else min(last, lake.projected_seq)
    found = next(iter(journal.read(last, last)), None) if last else None
    return last, Micros(0) if found is None else found.recorded_at


def _assembled(vault: Vault, artefacts: Iterable[Artefact], digest: Digest) -> LiveRelease:
    return assemble(artefacts, digest, vault)


def _live(live: LiveRelease | None) -> LiveRelease:
    if live is None:
        raise Unavailable(
            "No release is live yet.", code="no_release", hint="tandem push, tandem review, tandem release"
        )
    return live
