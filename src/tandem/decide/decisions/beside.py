"""A workspace seen from beside: everything that is durable, without the right to write."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from tandem.decide.decisions.live import LiveRelease
from tandem.decide.decisions.state import OnlineState
from tandem.kernel.artefacts import ArtefactRegister
from tandem.kernel.errors import NotFound
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.observe.journal import HeadsFile, JournalStore, JournalView, open_store
from tandem.prove.privacy import SqliteSubjectKeys, Vault, load_master_key

__all__ = ["Beside", "open_beside"]


@dataclass
class Beside:
    """The journal of a workspace that another process may be writing.

    Attributes:
        store, vault, heads: its parts.
        journal: its records.
    """

    store: JournalStore
    vault: Vault
    heads: HeadsFile
    journal: JournalView
    _state: OnlineState | None = field(default=None, init=False)
    _changes: int = field(default=0, init=False)

    def live(self) -> LiveRelease | None:
        """The release in force by now; None before the first."""
        return self._folded().live

    def register(self) -> ArtefactRegister:
        """Every version that was ever pushed, and what became of it."""
        return self._folded().register

    def _folded(self) -> OnlineState:
        changes = list(self.journal.read(kinds=["artefact"]))
        if self._state is None or len(changes) != self._changes:
            self._state = OnlineState(self.vault)
            self._state.fold_artefacts(changes)
            self._changes = len(changes)
        return self._state


@contextlib.contextmanager
def open_beside(
    settings: Settings,
    workspace: str,
    *,
    writable: bool = False,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
) -> Iterator[Beside]:
    """Open the journal of ``workspace`` beside whoever may be writing it.

    Args:
        writable: take the right to write the store all the same: to restore a backup.

    Raises:
        NotFound: there is no journal.
        Refused: ``writable``, and another process writes.
    """
    home = settings.home
    key_file = settings.master_key_file or home / "keys" / "master.key"
    if not key_file.exists():
        raise NotFound(
            "There is no master key, so there is no journal to read.",
            code="no_journal",
            field="TANDEM_HOME",
            value=str(home),
            hint="run this where .tandem lies, or set TANDEM_HOME; for a restore, put the master key there first",
        )
    clock, entropy = clock or SystemClock(), entropy or SystemEntropy()
    keys = SqliteSubjectKeys(home / "keys" / "subjects.db")
    vault = Vault(load_master_key(key_file, entropy=entropy), keys, workspace, clock=clock, entropy=entropy)
    with contextlib.ExitStack() as stack:
        stack.callback(vault.close)
        store = open_store(settings.journal or home / "journal.db", writable=writable)
        stack.callback(store.close)
        heads = HeadsFile(home / "heads.jsonl", workspace, vault.signing_key())
        yield Beside(store, vault, heads, JournalView(store, vault))
