"""How damaged records relate to others: copies, exchanges, numbers changed. Looked into only where there is damage."""

from __future__ import annotations

from itertools import combinations

import msgspec

from tandem.observe.journal.chain import Chain, StoredRow
from tandem.observe.journal.damage import Damage, DamageKind
from tandem.observe.journal.store import JournalStore

__all__ = ["relate"]

_MOST = 64  # damages looked into; more are reported as they are
_SINGLE = {DamageKind.ALTERED, DamageKind.REPLACED, DamageKind.INSERTED}


def relate(found: list[tuple[Damage, StoredRow | None]], store: JournalStore, chain: Chain) -> list[Damage]:
    """``found`` with exchanges named as such (one damage for two records), and copies named with their original."""
    damages = [_short_run(damage, store, chain) for damage, _ in found]
    rows = {
        index: row
        for index, (damage, row) in enumerate(found[:_MOST])
        if row is not None and damage.kind in _SINGLE and damage.seq == damage.last_seq
    }
    gone: set[int] = set()
    for first, second in combinations(rows, 2):
        if first in gone or second in gone or not _exchanged(rows[first], rows[second], store, chain):
            continue
        gone.add(second)
        damages[first] = msgspec.structs.replace(
            damages[first],
            kind=DamageKind.SWAPPED,
            last_seq=damages[second].seq,
            detail=f"Records {damages[first].seq} and {damages[second].seq} stand in each other's place.",
        )
    for index, original in _copies({i: row for i, row in rows.items() if i not in gone}, store).items():
        if damages[index].kind is not DamageKind.SWAPPED:
            detail = f"It is a copy of record {original}."
            damages[index] = msgspec.structs.replace(damages[index], kind=DamageKind.DUPLICATED, detail=detail)
    return [damage for index, damage in enumerate(damages) if index not in gone]


def _short_run(damage: Damage, store: JournalStore, chain: Chain) -> Damage:
    """Two records exchanged around a third look like a rewritten run of three."""
    if damage.kind is not DamageKind.REWRITTEN or damage.last_seq != damage.seq + 2:
        return damage
    rows = list(store.scan(damage.seq, damage.last_seq, lenient=True))
    if not rows or not _exchanged(rows[0], rows[-1], store, chain):
        return damage
    detail = f"Records {damage.seq} and {damage.last_seq} stand in each other's place."
    return msgspec.structs.replace(damage, kind=DamageKind.SWAPPED, detail=detail)


def _exchanged(one: StoredRow, other: StoredRow, store: JournalStore, chain: Chain) -> bool:
    """Whether the content of one, at the place of the other, has a link that stands at either place."""
    links = {one[8], other[8]}
    return any(_link(content, place, store, chain) in links for content, place in ((one, other[0]), (other, one[0])))


def _link(row: StoredRow, seq: int, store: JournalStore, chain: Chain) -> bytes | None:
    before = next(iter(store.scan(seq - 1, seq - 1, lenient=True)), None)
    previous = chain.genesis if before is None else before[8]
    return chain.true_link((seq, *row[1:]), previous)


def _copies(rows: dict[int, StoredRow], store: JournalStore) -> dict[int, int]:
    """Index of damage to the number of an earlier-found record with the same content."""
    if not rows:
        return {}
    content = {row[1:8]: index for index, row in rows.items()}
    copies: dict[int, int] = {}
    for row in store.scan(from_seq=-(2**63), lenient=True):
        index = content.get(row[1:8])
        if index is not None and rows[index][0] != row[0]:
            copies[index] = row[0]
    return copies
