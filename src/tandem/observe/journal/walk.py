"""The walk over the chain: fast where all is well, and inquisitive where a link does not fit.

Where a link does not fit, the record itself, its place, its predecessor or its link may be wrong. The walk tries each
explanation against the keyed hash, which nobody without the key can make agree, and takes the first that holds; it
then finds its way back to the intact part, so that one damage is reported as one and everything after it is checked.
"""

from __future__ import annotations

import hashlib
import struct
from collections import deque
from collections.abc import Iterator
from typing import Final

from tandem.observe.journal.chain import Chain, StoredRow, encode
from tandem.observe.journal.damage import Damage, DamageKind

__all__ = ["MOST_DAMAGE", "ChainWalk"]

MOST_DAMAGE = 1_000
_SEQ: Final = 0
_MAC: Final = 8


class ChainWalk:
    """One pass over all rows in order of their number.

    Args:
        chain: the key.
        rows: every row, from the lowest number on.
        signed: number to link, of the signed heads; links in it are compared on the way.
        most_missing: how many records, taken out and closed up, are searched for where a link does not fit.
    """

    def __init__(self, chain: Chain, rows: Iterator[StoredRow], signed: dict[int, bytes], most_missing: int) -> None:
        self._chain = chain
        self._rows = rows
        self._ahead: deque[StoredRow] = deque()
        self._signed = signed
        self._most_missing = most_missing
        self._previous = chain.genesis
        self._place = 1
        self._shift = 0  # how far numbers were pushed up by records put in and closed up
        self.last: StoredRow | None = None
        self.records = 0
        self.found: list[tuple[Damage, StoredRow | None]] = []
        self.found_count = 0
        self.heads_seen: dict[int, bool] = {}

    def run(self) -> None:
        """Walk to the end."""
        while (row := self._next_unfit()) is not None:
            if row[_SEQ] == self._place and self._fits(row, self._seq(row), self._previous):
                self._adopt(row)
            else:
                self._explain(row)

    def _next_unfit(self) -> StoredRow | None:
        """Go on over rows that fit, as fast as Python can; the first that does not, or None at the end.

        Also the next row, fit or not, while rows wait that were looked at ahead or numbers are shifted.
        """
        if self._ahead or self._shift:
            return self._take()
        link, signed, previous, place = self._chain.link, self._signed, self._previous, self._place
        row = None
        try:
            for row in self._rows:
                if row[_SEQ] != place or link(row, previous) != row[_MAC]:
                    break
                previous = row[_MAC]
                if place in signed:
                    self.heads_seen[place] = signed[place] == previous
                place += 1
                self.last = row
            else:
                row = None
        except (TypeError, AttributeError, ValueError, struct.error):
            pass  # a column was given a value of another type: this row does not fit
        self.records += place - self._place
        self._previous, self._place = previous, place
        return None if row is None else self._seen(row)

    # -- explanations, most telling first ------------------------------------------------------------------------

    def _explain(self, row: StoredRow) -> None:
        if row[_SEQ] > self._place:
            self._explain_gap(row)
        elif row[_SEQ] < self._place:
            self._report(DamageKind.INSERTED, row, row, "A second record stands under this number.")
        elif not (
            self._explain_altered(row)
            or self._explain_moved(row)
            or self._explain_unkeyed(row)
            or self._explain_closed_gap(row)
        ):
            self._explain_forged(row)

    def _explain_gap(self, row: StoredRow) -> None:
        kind = DamageKind.TRUNCATED_HEAD if self._place == 1 else DamageKind.MISSING
        self._add(kind, self._place, row[_SEQ] - 1, "There is no record under these numbers.", None)
        self._adopt(row)  # what it followed is gone: only the next link can vouch for it

    def _explain_altered(self, row: StoredRow) -> bool:
        after = self._peek(0)
        if after is None:
            return False
        if self._fits(after, self._seq(after), row[_MAC]):
            self._report(DamageKind.ALTERED, row, row, "Its content differs from what was written; its link is intact.")
            self._adopt(row)
            return True
        meant = self._link(row, self._seq(row), self._previous)
        if meant is not None and self._fits(after, self._seq(after), meant):
            self._report(DamageKind.ALTERED, row, row, "Its link differs from what was written; its content is intact.")
            self._adopt(row)
            self._previous = meant
            return True
        return False

    def _explain_moved(self, row: StoredRow) -> bool:
        after, seq = self._peek(0), self._seq(row)
        if after is None:
            return False
        if (last := self._exchanged(row, after, seq)) is not None:
            self._report(DamageKind.SWAPPED, row, after, "These two stand in each other's place.")
            self._take()
            self._adopt(after)
            self._previous = last
            return True
        if self._fits(after, seq, self._previous):
            self._report(DamageKind.INSERTED, row, row, "It was put in, and what follows was numbered up.")
            self._shift += 1
            self._place += 1
            return True
        return False

    def _exchanged(self, row: StoredRow, after: StoredRow, seq: int) -> bytes | None:
        """The link the record after these two follows, if the two were exchanged, with their links or without."""
        first = self._link(after, seq, self._previous)
        second = None if first is None else self._link(row, seq + 1, first)
        return second if (first, second) in {(after[_MAC], row[_MAC]), (row[_MAC], after[_MAC])} else None

    def _explain_unkeyed(self, row: StoredRow) -> bool:
        if not self._plain(row, self._previous):
            return False
        last = row
        self._adopt(row)
        while (after := self._peek(0)) is not None and self._plain(after, last[_MAC]):
            last = after
            self._take()
            self._adopt(after)
        self._report(DamageKind.UNKEYED, row, last, "The links are plain hashes, made without the key.")
        return True

    def _explain_closed_gap(self, row: StoredRow) -> bool:
        after = self._peek(0)
        if after is None:
            return False
        for missing in range(1, self._most_missing + 1):
            if self._fits(after, self._seq(after) + missing, row[_MAC]):
                kind = DamageKind.TRUNCATED_HEAD if self._place == 1 else DamageKind.MISSING
                detail = f"{missing} records before this one are gone, and what follows was numbered down."
                self._add(kind, row[_SEQ], row[_SEQ] + missing - 1, detail, None)
                self._shift -= missing
                self._adopt(row)
                return True
        return False

    def _explain_forged(self, row: StoredRow) -> None:
        after = self._peek(0)
        if after is None:
            self._explain_last(row)
            return
        last, length = row, 1
        # Look for the first record that the one after it vouches for: there the intact part goes on.
        while True:
            current = self._take()
            assert current is not None
            vouching = self._peek(0)
            if vouching is None or self._fits(vouching, self._seq(vouching), current[_MAC]):
                break
            last, length = current, length + 1
        if vouching is None and self._signed.get(current[_SEQ]) != current[_MAC] and length > 1:
            last = current  # nobody vouches for the end either
        if length == 1:
            detail = "The whole record, link included, was never written by this journal."
            self._report(DamageKind.REPLACED, row, row, detail)
        else:
            self._report(DamageKind.REWRITTEN, row, last, "These records were written anew, without the key.")
        self._adopt(current)

    def _explain_last(self, row: StoredRow) -> None:
        signed = max(self._signed, default=0)
        if row[_SEQ] <= signed:
            self._report(DamageKind.ALTERED, row, row, "The last record differs from what was written.")
        elif signed == row[_SEQ] - 1:
            self._report(DamageKind.INSERTED, row, row, "It was put in after the last signed head.")
        else:
            self._report(DamageKind.ALTERED, row, row, "The last record differs from what was written, or was put in.")
        self._adopt(row)

    # -- the means -----------------------------------------------------------------------------------------------

    def _take(self) -> StoredRow | None:
        row = self._ahead.popleft() if self._ahead else next(self._rows, None)
        return None if row is None else self._seen(row)

    def _seen(self, row: StoredRow) -> StoredRow:
        self.records += 1
        if row[_SEQ] in self._signed:
            self.heads_seen[row[_SEQ]] = self._signed[row[_SEQ]] == row[_MAC]
        return row

    def _peek(self, distance: int) -> StoredRow | None:
        while len(self._ahead) <= distance:
            row = next(self._rows, None)
            if row is None:
                return None
            self._ahead.append(row)
        return self._ahead[distance]

    def _adopt(self, row: StoredRow) -> None:
        self._previous = row[_MAC]
        self._place = row[_SEQ] + 1
        self.last = row

    def _seq(self, row: StoredRow) -> int:
        return row[_SEQ] - self._shift

    def _link(self, row: StoredRow, seq: int, previous: bytes) -> bytes | None:
        return self._chain.true_link((seq, *row[1:]), previous)

    def _fits(self, row: StoredRow, seq: int, previous: bytes) -> bool:
        return self._link(row, seq, previous) == row[_MAC]

    def _plain(self, row: StoredRow, previous: bytes) -> bool:
        try:
            return hashlib.sha256(encode(row, previous)).digest() == row[_MAC]
        except (TypeError, AttributeError, ValueError, struct.error):
            return False

    def _report(self, kind: DamageKind, row: StoredRow, last: StoredRow, detail: str) -> None:
        self._add(kind, row[_SEQ], last[_SEQ], detail, row)

    def _add(self, kind: DamageKind, seq: int, last_seq: int, detail: str, row: StoredRow | None) -> None:
        self.found_count += 1
        if len(self.found) < MOST_DAMAGE:
            self.found.append((Damage(kind=kind, seq=seq, last_seq=last_seq, detail=detail), row))
