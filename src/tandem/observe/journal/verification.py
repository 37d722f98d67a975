"""Verification: is this the journal that was written, all of it, and nothing else?

Three witnesses are heard. The chain shows what changed inside. The signed heads, kept elsewhere, show where the end was
and stand even against somebody who holds the chain's key. The expected count, from whoever knows it, covers the records
after the last signed head.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from tandem.kernel.errors import Unavailable
from tandem.kernel.identity import Sequence as Number
from tandem.kernel.time import Micros
from tandem.observe.journal.chain import Chain, StoredRow
from tandem.observe.journal.damage import Damage, DamageKind, VerificationReport
from tandem.observe.journal.heads import HeadLine
from tandem.observe.journal.relations import relate
from tandem.observe.journal.store import JournalStore
from tandem.observe.journal.types import Head
from tandem.observe.journal.walk import MOST_DAMAGE, ChainWalk
from tandem.prove.privacy import Vault

__all__ = ["verify_store"]

SIGNED_SEQ = "signed_seq"
"""Name of the fact in the database: the highest number a head was signed for."""

_LOWEST = -(2**63)


def verify_store(
    store: JournalStore, vault: Vault, heads: Iterable[HeadLine] = (), *, expected_count: int | None = None
) -> VerificationReport:
    """Walk the whole journal and say what is wrong with it, where, and how.

    Args:
        store: open for reading; a writer may go on meanwhile, what it adds later is not looked at.
        vault: of the workspace the journal should belong to.
        heads: lines of the file of signed heads; best from the copy kept off the machine.
        expected_count: how many records there should be, if somebody knows.
    """
    chain = Chain(vault.journal_key(), vault.workspace)
    witness = _Heads(heads)
    walk, unreadable = _walk(store, chain, witness)
    found = relate(walk.found, store, chain)
    extra = [
        *unreadable,
        *_foreign(store, vault),
        *witness.forged,
        *(() if unreadable else _shortened(store, walk, witness, expected_count)),
        *_overwritten(walk, found),
    ]
    return VerificationReport(
        records=walk.records,
        head=_head(walk.last),
        heads_checked=sum(walk.heads_seen.values()),
        signed_seq=witness.signed_seq,
        notes=tuple(witness.notes),
        damage=tuple(sorted([*extra, *found], key=lambda one: one.seq)[:MOST_DAMAGE]),
        damage_count=walk.found_count - len(walk.found) + len(found) + len(extra),
    )


def _walk(store: JournalStore, chain: Chain, witness: _Heads) -> tuple[ChainWalk, list[Damage]]:
    """The walk, and where it could go no further. A second, slower one takes text that is not even text as it is."""
    count = 0
    with contextlib.suppress(Unavailable):
        count = store.count()
    for lenient in (False, True):
        rows = store.scan(from_seq=_LOWEST, lenient=lenient)
        walk = ChainWalk(chain, rows, witness.macs, witness.most_missing(count))
        try:
            walk.run()
        except Unavailable as error:
            reason = error.detail
        else:
            return walk, []
    place = walk.last[0] + 1 if walk.last is not None else 1
    return walk, [Damage(kind=DamageKind.UNREADABLE, seq=place, last_seq=place, detail=reason)]


class _Heads:
    """The lines of the file of heads, sorted into what they prove."""

    def __init__(self, lines: Iterable[HeadLine]) -> None:
        self.macs: dict[int, bytes] = {}
        self.forged: list[Damage] = []
        self.notes: list[str] = []
        for line in lines:
            self._hear(line)
        self.signed_seq = max(self.macs, default=0)

    def most_missing(self, count: int) -> int:
        """How many records may have been taken out and closed up.

        The heads know how many are missing; a few more may be hidden by as many put in.
        """
        return max(self.signed_seq - count, 0) + 16 if self.macs else 10_000

    def _hear(self, line: HeadLine) -> None:
        if line.head is None:
            self.notes.append(f"Line {line.line} of the heads cannot be read; a crash may have cut it.")
            return
        if not line.signed:
            self.forged.append(
                Damage(
                    kind=DamageKind.HEAD_FORGED,
                    seq=line.head.seq,
                    last_seq=line.head.seq,
                    detail=f"Line {line.line} of the heads does not carry this workspace's signature.",
                )
            )
            return
        seq = line.head.seq
        if line.restored:
            given_up = [number for number in self.macs if number > seq]
            for number in given_up:
                del self.macs[number]
            self.notes.append(f"A backup that ends at record {seq} was put in place (line {line.line} of the heads).")
        if seq > 0:
            self.macs[seq] = line.head.mac


def _foreign(store: JournalStore, vault: Vault) -> list[Damage]:
    wrong = [
        name
        for name, ours in (("workspace", vault.workspace), ("master_key_check", vault.check_value))
        if store.meta(name) not in {None, ours}
    ]
    detail = "The journal names another " + " and another ".join(wrong).replace("_", " ") + "."
    return [Damage(kind=DamageKind.FOREIGN, seq=1, last_seq=max(1, store.count()), detail=detail)] if wrong else []


def _shortened(store: JournalStore, walk: ChainWalk, witness: _Heads, expected_count: int | None) -> list[Damage]:
    last = walk.last[0] if walk.last is not None else 0
    if witness.signed_seq > last:
        remembered = int(store.meta(SIGNED_SEQ) or 0)
        kind = DamageKind.TRUNCATED_TAIL if remembered > last else DamageKind.ROLLED_BACK
        detail = f"A signed head says that record {witness.signed_seq} was written."
        return [Damage(kind=kind, seq=last + 1, last_seq=witness.signed_seq, detail=detail)]
    if expected_count is not None and expected_count > last:
        detail = f"{expected_count} records are expected."
        return [Damage(kind=DamageKind.TRUNCATED_TAIL, seq=last + 1, last_seq=expected_count, detail=detail)]
    if expected_count is not None and expected_count < last:
        detail = f"Only {expected_count} records are expected."
        return [Damage(kind=DamageKind.INSERTED, seq=expected_count + 1, last_seq=last, detail=detail)]
    return []


def _overwritten(walk: ChainWalk, found: list[Damage]) -> list[Damage]:
    """A head that disagrees where the chain itself is whole: written anew by somebody who holds the key."""
    damage = []
    agreed = 0
    for seq in sorted(walk.heads_seen):
        if walk.heads_seen[seq]:
            agreed = seq
        elif not any(one.seq <= seq and one.last_seq > agreed for one in found):
            detail = f"The records up to {seq} are not those a signed head was made for."
            damage.append(Damage(kind=DamageKind.REWRITTEN, seq=agreed + 1, last_seq=seq, detail=detail))
            break
    return damage


def _head(row: StoredRow | None) -> Head | None:
    return None if row is None else Head(seq=Number(row[0]), mac=row[8], recorded_at=Micros(row[2]))
