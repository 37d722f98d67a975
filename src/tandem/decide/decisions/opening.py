"""From settings to a running decision process: keys, journal, snapshots, put together in one place."""

from __future__ import annotations

from pathlib import Path

from tandem.decide.decisions.process import DecisionProcess
from tandem.decide.decisions.snapshots import Snapshot, SnapshotFolder
from tandem.kernel.identity import Entropy, SystemEntropy
from tandem.kernel.settings import Settings
from tandem.kernel.time import Clock, SystemClock
from tandem.observe.journal import HeadsFile, Journal, open_store
from tandem.prove.privacy import SqliteSubjectKeys, Vault, load_master_key

__all__ = ["open_journal", "open_process"]


def open_journal(settings: Settings, workspace: str, *, clock: Clock, entropy: Entropy) -> tuple[Journal, Vault]:
    """The journal and vault of ``workspace``, created where there are none.

    Raises:
        Refused: another process writes, or the keys belong to another journal.
        Unavailable: the database does not answer.
    """
    home = settings.home
    home.mkdir(parents=True, exist_ok=True)
    master = load_master_key(settings.master_key_file or home / "keys" / "master.key", entropy=entropy)
    keys = SqliteSubjectKeys(home / "keys" / "subjects.db")
    vault = Vault(master, keys, workspace, clock=clock, entropy=entropy)
    store = open_store(settings.journal or home / "journal.db")
    heads = HeadsFile(home / "heads.jsonl", workspace, vault.signing_key())
    return Journal(store, vault, clock=clock, heads=heads), vault


def open_process(
    settings: Settings,
    workspace: str,
    *,
    four_eyes: bool = False,
    clock: Clock | None = None,
    entropy: Entropy | None = None,
) -> DecisionProcess:
    """The decision process of ``workspace``, its state folded from the journal and the newest snapshot.

    Raises:
        Refused: another process writes, or the keys belong to another journal.
        Unavailable: the database does not answer.
    """
    clock = clock or SystemClock()
    entropy = entropy or SystemEntropy()
    journal, vault = open_journal(settings, workspace, clock=clock, entropy=entropy)
    return DecisionProcess(
        journal,
        vault,
        clock=clock,
        entropy=entropy,
        snapshots=SnapshotFolder(_snapshots(settings.home), Snapshot),
        snapshot_every=settings.snapshot_every,
        compiled=settings.compiled_wanted,
        four_eyes=four_eyes,
        earlier_plans=settings.earlier_plans,
    )


def _snapshots(home: Path) -> Path:
    return home / "snapshots"
