"""Snapshots of cases, so that a start folds the end of the book and not every case there ever was.

A snapshot is what the fold had come to after a record, bound to that record by its link and to the way of folding by its
form; one that does not fit is passed over. The money at stake does not stand in it in the clear: of each case that is not
over it keeps the sealed parts as they stand in the journal, so that who was erased is erased here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

import msgspec

from tandem.act.cases.changes import Evidence, Joined, Opened, decode_change, decode_sealed
from tandem.act.cases.folding import Case, Cases, Orders, Standing
from tandem.decide.decisions import Shortcut
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes
from tandem.kernel.identity import Digest, Sequence
from tandem.observe.journal import Journal, Record

__all__ = ["FORM", "CaseSnapshot", "Fold", "SealedPart", "completed", "snapshot_of"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other cases."""
FORM: Final = digest_of_bytes(
    canonical_bytes([_FOLDED_AS, *(list(one.__struct_fields__) for one in (Case, Standing, Evidence))])
)
_AT_ONCE: Final = 256
"""Cases or records that are read or written in one go; in between, others may have the interpreter."""
_ENCODE: Final = msgspec.msgpack.Encoder().encode
_DECODE: Final = msgspec.msgpack.Decoder(list[Case]).decode


class SealedPart(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """The sealed part of the record at ``seq``, as it stands there."""

    seq: Sequence
    sealed: bytes


class CaseSnapshot(Shortcut, frozen=True, kw_only=True):
    """All cases after a record.

    Attributes:
        form: of the cases, and the way they are folded.
        cases: in the order of opening, some at a time; without the money at stake.
        sealed: by number, the sealed parts with the money at stake in those that are not over.
    """

    form: Digest
    cases: list[bytes]
    orders: Orders
    sealed: dict[int, list[SealedPart]]


def snapshot_of(cases: Cases) -> CaseSnapshot:
    """``cases`` as they are; the link and the sealed parts are added once their records are on disk."""
    chunks, rest = [], iter(cases)
    while chunk := [msgspec.structs.replace(case, at_stake_minor=None) for case in islice(rest, _AT_ONCE)]:
        chunks.append(_ENCODE(chunk))
    return CaseSnapshot(seq=cases.seq, mac=b"", form=FORM, cases=chunks, orders=cases.orders(), sealed={})


def completed(snapshot: CaseSnapshot, journal: Journal) -> CaseSnapshot:
    """``snapshot`` with its link and the sealed parts, all of which are on disk."""
    (last,) = journal.at([snapshot.seq])
    working = set(snapshot.orders.working)
    of_working = (
        case
        for number, chunk in enumerate(snapshot.cases)
        if not working.isdisjoint(range(number * _AT_ONCE + 1, (number + 1) * _AT_ONCE + 1))
        for case in _DECODE(chunk)
        if case.number in working
    )
    numbers = {seq: case.number for case in of_working for seq in case.seqs}
    sealed: dict[int, list[SealedPart]] = {}
    for part in _sealed_parts(numbers, journal):
        sealed.setdefault(numbers[part.seq], []).append(part)
    return msgspec.structs.replace(snapshot, mac=last.mac, sealed=sealed)


class Fold:
    """What the journal's case records come to; from the first of them, or from behind a snapshot.

    What is sealed is opened only in the end, and only of cases that are not over: nobody ranks the others, and opening
    costs more than reading.
    """

    def __init__(self, snapshot: CaseSnapshot | None = None) -> None:
        self.cases = Cases()
        self._sealed: dict[str, list[SealedPart]] = {}
        self._read_again: set[str] = set()
        if snapshot is not None:
            cases = [case for chunk in snapshot.cases for case in _DECODE(chunk)]
            self.cases = Cases.restored(cases, snapshot.orders, snapshot.seq)
            self._sealed = {cases[number - 1].case_id: parts for number, parts in snapshot.sealed.items()}
            self._read_again = {case.case_id for case in cases if case.resolved}

    def take(self, record: Record) -> None:
        """Move by one record of kind ``case``."""
        change = decode_change(record.clear)
        case = self.cases.apply(change, record.seq, record.recorded_at)
        if case.resolved:
            self._sealed.pop(case.case_id, None)
            self._read_again.add(case.case_id)  # should it be opened again
        elif record.sealed is not None and isinstance(change, Opened | Joined):
            self._sealed.setdefault(case.case_id, []).append(SealedPart(record.seq, record.sealed))

    def settle(self, journal: Journal) -> Cases:
        """The cases, with the money at stake in those that are not over."""
        working = self.cases.working()
        again = [case for case in working if case.case_id in self._read_again]
        owners = {seq: case.case_id for case in again for seq in case.seqs}
        for case in again:
            self._sealed[case.case_id] = []
        for part in _sealed_parts(owners, journal):
            self._sealed[owners[part.seq]].append(part)
        for case in working:
            stakes = [_stake_in(case, part, journal) for part in self._sealed.get(case.case_id, ())]
            case.at_stake_minor = max((stake for stake in stakes if stake is not None), default=None)
        return self.cases


def _sealed_parts(seqs: Iterable[int], journal: Journal) -> Iterator[SealedPart]:
    """The sealed parts among the records at ``seqs`` that say what is at stake."""
    rest = iter(seqs)
    while some := list(islice(rest, _AT_ONCE)):
        for record in journal.at(some):
            if record.sealed is not None and isinstance(decode_change(record.clear), Opened | Joined):
                yield SealedPart(record.seq, record.sealed)


def _stake_in(case: Case, part: SealedPart, journal: Journal) -> int | None:
    secret = journal.open_sealed(part.seq, "case", case.owner, part.sealed)
    return decode_sealed(secret).at_stake_minor if isinstance(secret, bytes) else None
