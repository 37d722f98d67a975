"""A journal on each of its two stores, and entries to write in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.identity import EntityKind, Pseudonym, SystemEntropy
from tandem.kernel.time import FixedClock, Micros
from tandem.observe.journal import (
    Entry,
    EntryKind,
    ErasureRegister,
    HeadsFile,
    Journal,
    JournalLimits,
    JournalStore,
    open_store,
)
from tandem.prove.privacy import MasterKey, SqliteSubjectKeys, Vault

PERSON = EntityKind("person")
NOON = Micros(1_700_000_000_000_000)


@dataclass
class Book:
    """Everything one workspace has: where it stands, its keys, and the journal while it is open."""

    location: str
    folder: Path
    master: MasterKey
    workspace: str = "main"
    limits: JournalLimits = field(default_factory=JournalLimits)
    clock: FixedClock = field(default_factory=lambda: FixedClock(NOON))
    opened: list[Journal] = field(default_factory=list)
    vaults: list[Vault] = field(default_factory=list)
    stores: list[JournalStore] = field(default_factory=list)

    def vault(self) -> Vault:
        keys = SqliteSubjectKeys(self.folder / "keys.sqlite")
        vault = Vault(self.master, keys, self.workspace, clock=self.clock, entropy=SystemEntropy())
        self.vaults.append(vault)
        return vault

    def store(self, *, writable: bool = False) -> JournalStore:
        store = open_store(self.location, writable=writable)
        self.stores.append(store)
        return store

    def proofs(self, vault: Vault) -> tuple[HeadsFile, ErasureRegister]:
        return (
            HeadsFile(self.folder / "heads.jsonl", self.workspace, vault.signing_key()),
            ErasureRegister(self.folder / "erasures.jsonl", self.workspace, vault.signing_key()),
        )

    def open(self, store: JournalStore | None = None) -> Journal:
        vault = self.vault()
        heads, erasures = self.proofs(vault)
        journal = Journal(
            store or self.store(writable=True),
            vault,
            clock=self.clock,
            heads=heads,
            erasures=erasures,
            limits=self.limits,
        )
        self.opened.append(journal)
        return journal

    def close(self) -> None:
        for journal in self.opened:
            journal.close()
        for vault in self.vaults:
            vault.close()
        for store in self.stores:
            store.close()
        self.stores.clear()
        self.opened.clear()
        self.vaults.clear()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.services)])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a journal may stand; the same checks run over both."""
    if request.param == "sqlite":
        return str(tmp_path / "journal.sqlite")
    return request.getfixturevalue("postgres_dsn")


@pytest.fixture
def make_book() -> Callable[[str, Path], Book]:
    return lambda location, folder: Book(location, folder, MasterKey(b"m" * 32))


@pytest.fixture
def second_postgres_dsn(postgres_dsn: str) -> Iterator[str]:
    """A second private schema."""
    import psycopg

    schema = postgres_dsn.rsplit("%3D", 1)[1]
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(f'CREATE SCHEMA "{schema}_2"')
        yield f"{postgres_dsn}_2"
        connection.execute(f'DROP SCHEMA "{schema}_2" CASCADE')


@pytest.fixture
def book(location: str, tmp_path: Path) -> Iterator[Book]:
    book = Book(location, tmp_path, MasterKey(b"m" * 32))
    yield book
    book.close()


@pytest.fixture
def sqlite_book(tmp_path: Path) -> Iterator[Book]:
    book = Book(str(tmp_path / "journal.sqlite"), tmp_path, MasterKey(b"m" * 32))
    yield book
    book.close()


@pytest.fixture(scope="session")
def entry() -> Callable[..., Entry]:
    return make_entry


def make_entry(
    number: int,
    kind: EntryKind = "event",
    *,
    key: str | None = "",
    body: object = None,
    subject: Pseudonym | None = None,
    secret: bytes | None = None,
) -> Entry:
    clear = canonical_bytes({"number": number, "body": body})
    return Entry(
        kind=kind,
        recorded_at=Micros(NOON + number),
        clear=clear,
        key=f"{kind}-{number}" if key == "" else key,
        digest=digest_of_bytes(clear),
        subject=subject,
        secret=secret,
    )
