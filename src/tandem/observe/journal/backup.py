"""Backup and restore: one portable form for both databases.

A backup is a folder: ``journal.sqlite`` (the records, whatever database they came from), ``keys.sqlite`` (the wrapped
keys of subjects), ``heads.jsonl``, ``erasures.jsonl``, the databases of companions (who may sign in, what is still to be
told), and ``manifest.json`` with the digests of all, signed. It never holds the master key. It is taken while the journal is written, and is restored into an empty journal on either
database. ``keys.sqlite`` is a file of its own so that copies of it can be destroyed after some weeks: a person erased
since cannot be read from a backup without it, while the records stay provable for years.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from cryptography.exceptions import InvalidSignature

from tandem.kernel.canonical import canonical_bytes
from tandem.kernel.errors import IntegrityError, NotFound, Refused
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Clock, Micros
from tandem.observe.journal.chain import Chain, StoredRow
from tandem.observe.journal.companions import Companion, copy_companion, make_still, put_back_companion
from tandem.observe.journal.erasure import Erasure, ErasureRegister, erasure_of
from tandem.observe.journal.heads import HeadsFile
from tandem.observe.journal.sqlite_store import SqliteStore
from tandem.observe.journal.store import JournalStore
from tandem.observe.journal.types import Head
from tandem.prove.privacy import SqliteSubjectKeys, SubjectKey, Vault

__all__ = ["Manifest", "back_up", "restore"]

_JOURNAL, _KEYS, _HEADS, _ERASURES, _MANIFEST = (
    "journal.sqlite",
    "keys.sqlite",
    "heads.jsonl",
    "erasures.jsonl",
    "manifest.json",
)
_CHUNK = 1_024


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What a backup holds.

    Attributes:
        format: of the backup.
        files: name to SHA-256.
        records: how many; numbered from 1.
        mac: link of the last of them, in hex; the genesis link when there are none.
        recorded_at: of the last of them; 0 when there are none.
        created_at: when the backup was taken.
        signature: of all the above, Ed25519, in hex.
    """

    format: int = 1
    workspace: str
    master_key_check: str
    records: int
    mac: str
    recorded_at: int
    created_at: int
    files: dict[str, str]
    signature: str = ""

    @property
    def head(self) -> Head:
        """The last record's place and link."""
        return Head(seq=Number(self.records), mac=bytes.fromhex(self.mac), recorded_at=Micros(self.recorded_at))


def back_up(
    store: JournalStore,
    vault: Vault,
    target: Path,
    *,
    clock: Clock,
    heads: HeadsFile | None = None,
    erasures: ErasureRegister | None = None,
    companions: Sequence[Companion] = (),
) -> Manifest:
    """Copy the journal as it stands to the folder ``target``; the chain is checked on the way.

    The folder appears under its name only when everything in it is on disk.

    Raises:
        Refused: ``target`` exists.
        IntegrityError: a record's link does not fit, or a companion is damaged; verify and repair before relying on
            backups.
    """
    if target.exists():
        raise Refused(f"{target} exists.", code="backup_exists", hint="name a new folder; backups never overwrite")
    if erasures is None and heads is not None:
        erasures = ErasureRegister.beside(heads.path, vault)
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    # Companions before records: whatever they say of the journal, that it is on record or was read, stands in a later
    # copy of the records.
    for companion in companions:
        copy_companion(companion, partial)
    # Records before keys: every key is durable before the first record sealed under it, so a later copy of the keys
    # holds all that an earlier copy of the records needs.
    head = _copy_records(store, partial / _JOURNAL, Chain(vault.journal_key(), vault.workspace), vault)
    _copy_keys(vault, partial / _KEYS)
    for name, proofs in ((_HEADS, heads), (_ERASURES, erasures)):
        if proofs is not None and proofs.path.exists():
            shutil.copyfile(proofs.path, partial / name)
    manifest = Manifest(
        workspace=vault.workspace,
        master_key_check=vault.check_value,
        records=head.seq,
        mac=head.mac.hex(),
        recorded_at=head.recorded_at,
        created_at=clock.now(),
        files={path.name: _digest(path) for path in sorted(partial.iterdir())},
    )
    manifest = msgspec.structs.replace(manifest, signature=vault.signing_key().sign(canonical_bytes(manifest)).hex())
    (partial / _MANIFEST).write_bytes(msgspec.json.format(canonical_bytes(manifest), indent=2) + b"\n")
    for path in [*partial.iterdir(), partial]:
        _fsync(path)
    partial.rename(target)
    _fsync(target.parent)
    return manifest


def restore(
    backup: Path,
    store: JournalStore,
    vault: Vault,
    *,
    heads: HeadsFile | None = None,
    erasures: ErasureRegister | None = None,
    companions: Sequence[Companion] = (),
    without_keys: bool = False,
) -> Manifest:
    """Put the backup in the folder ``backup`` into an empty ``store`` and into the vault's store of keys.

    Everybody erased according to the backup's records, its register, or ``erasures`` (the register that outlived the
    loss) stays erased: their keys are not brought back. If ``heads`` (likewise) knows of later records, a signed line
    there says from now on that they were given up.

    Args:
        backup: folder made by ``back_up``.
        store: open for writing, empty.
        vault: of the backup's workspace and master key.
        heads: file of signed heads to go on with.
        erasures: register of erasures to go on with; by default the one beside ``heads``.
        companions: where the databases beside the journal go; one that is there already is newer and stays.
        without_keys: accept that ``keys.sqlite`` is gone from the backup, its retention being over; what is sealed
            can then be read only as far as the vault's own store still has the keys.

    Raises:
        Refused: the store is not empty, or the backup belongs to another workspace or master key.
        IntegrityError: a file or a record is not what was backed up; nothing was written.
        NotFound: no backup there.
    """
    if erasures is None and heads is not None:
        erasures = ErasureRegister.beside(heads.path, vault)
    manifest = _checked_manifest(backup, vault, without_keys=without_keys)
    if store.count() > 0:
        raise Refused(
            "There are records in the journal already.", code="target_not_empty", hint="restore into a new, empty one"
        )
    source = SqliteStore(backup / _JOURNAL, writable=False)
    try:
        chain = Chain(vault.journal_key(), vault.workspace)
        if sum(1 for _ in _linked(source.scan(), chain)) != manifest.records or _head(source, chain) != manifest.head:
            raise IntegrityError("The records are not those of the manifest.", code="backup_altered")
        known = _erasures(source, backup, vault, erasures)
        if (backup / _KEYS).exists():
            _restore_keys(backup / _KEYS, vault, known)
        for companion in companions:
            if companion.name in manifest.files:  # else nobody vouches for what lies there
                put_back_companion(companion, backup)
        for chunk in _chunks(source.scan()):
            store.append(chunk)
    finally:
        source.close()
    _go_on_with_proofs(backup, manifest, heads, erasures, vault)
    return manifest


def _copy_records(store: JournalStore, path: Path, chain: Chain, vault: Vault) -> Head:
    copy = SqliteStore(path)
    try:
        for chunk in _chunks(_linked(store.scan(), chain)):
            copy.append(chunk)
        copy.set_meta("workspace", vault.workspace)
        copy.set_meta("master_key_check", vault.check_value)
        return _head(copy, chain)
    finally:
        copy.close()
        path.with_name(path.name + ".writer").unlink()
        make_still(path)


def _copy_keys(vault: Vault, path: Path) -> None:
    copy = SqliteSubjectKeys(path)
    try:
        copy.check_value(vault.check_value)
        copy.put(list(vault.keys().all()))
    finally:
        copy.close()
        make_still(path)


def _restore_keys(path: Path, vault: Vault, erased: dict[str, int]) -> None:
    source = SqliteSubjectKeys(path, writable=False)
    try:
        here = {key.subject: key for key in vault.keys().all()}
        wanted = []
        for key in source.all():
            if erased.get(key.subject, 0) >= key.generation:
                tombstone = key.erased_at if key.wrapped is None else Micros(max(key.created_at, key.erased_at or 0))
                key = msgspec.structs.replace(key, wrapped=None, erased_at=tombstone)  # noqa: PLW2901 - the same key, destroyed
            if _newer(key, here.get(key.subject)):
                wanted.append(key)
        vault.keys().put(wanted)
    finally:
        source.close()


def _newer(key: SubjectKey, here: SubjectKey | None) -> bool:
    """Whether the backup's key is to be written: a key or tombstone that is here already is never set back."""
    return here is None or key.generation > here.generation


def _erasures(source: JournalStore, backup: Path, vault: Vault, register: ErasureRegister | None) -> dict[str, int]:
    erased: dict[str, int] = {}
    copied = ErasureRegister(backup / _ERASURES, vault.workspace, vault.signing_key())
    found: list[Erasure] = [erasure_of(row[6]) for row in source.scan(kinds=["erasure"])]
    found += [*copied.erasures(), *(register.erasures() if register is not None else ())]
    for erasure in found:
        erased[erasure.subject] = max(erasure.generation, erased.get(erasure.subject, 0))
    return erased


def _go_on_with_proofs(
    backup: Path, manifest: Manifest, heads: HeadsFile | None, erasures: ErasureRegister | None, vault: Vault
) -> None:
    if heads is not None:
        if not heads.path.exists() and (backup / _HEADS).exists():
            shutil.copyfile(backup / _HEADS, heads.path)
        # Not only when later heads are known: that a backup was put in place is itself worth a signed line.
        heads.append_restored(manifest.head)
    if erasures is not None:
        known = {(one.subject, one.generation) for one in erasures.erasures()}
        copied = ErasureRegister(backup / _ERASURES, vault.workspace, vault.signing_key())
        for erasure in copied.erasures():
            if (erasure.subject, erasure.generation) not in known:
                erasures.append(erasure)


def _checked_manifest(backup: Path, vault: Vault, *, without_keys: bool) -> Manifest:
    path = backup / _MANIFEST
    if not path.is_file():
        raise NotFound(f"No backup in {backup}.", code="no_backup", hint="name the folder that holds manifest.json")
    try:
        manifest = msgspec.json.decode(path.read_bytes(), type=Manifest)
        signature = bytes.fromhex(manifest.signature)
        unsigned = msgspec.structs.replace(manifest, signature="")
    except (ValueError, msgspec.ValidationError):
        raise IntegrityError("The manifest cannot be read.", code="backup_altered", at=_MANIFEST) from None
    if (manifest.workspace, manifest.master_key_check) != (vault.workspace, vault.check_value):
        raise Refused(
            f"This is a backup of workspace {manifest.workspace!r}, made under master key {manifest.master_key_check}.",
            code="other_workspace",
            hint="restore it with its own workspace and master key",
        )
    try:
        vault.signing_key().public_key().verify(signature, canonical_bytes(unsigned))
    except InvalidSignature:
        raise IntegrityError("The manifest's signature does not fit.", code="backup_altered", at=_MANIFEST) from None
    for name, digest in manifest.files.items():
        file = backup / name
        if name == _KEYS and without_keys and not file.exists():
            continue
        if not file.is_file() or _digest(file) != digest:
            raise IntegrityError(
                "A file of the backup is missing or not what was written.", code="backup_altered", at=name
            )
    return manifest


def _linked(rows: Iterable[StoredRow], chain: Chain) -> Iterator[StoredRow]:
    previous, place = chain.genesis, 1
    for row in rows:
        if row[0] != place or chain.true_link(row, previous) != row[8]:
            raise IntegrityError(
                "A record is not what was written.",
                code="journal_altered",
                at=f"record {place}",
                hint="run `tandem journal verify`",
            )
        previous, place = row[8], place + 1
        yield row


def _head(store: JournalStore, chain: Chain) -> Head:
    last = store.last()
    if last is None:
        return Head(seq=Number(0), mac=chain.genesis, recorded_at=Micros(0))
    return Head(seq=Number(last[0]), mac=last[8], recorded_at=Micros(last[2]))


def _chunks(rows: Iterable[StoredRow]) -> Iterator[list[StoredRow]]:
    chunk: list[StoredRow] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _fsync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
