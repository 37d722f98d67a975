"""Every account's stage and allowance, as arrays by account number; now, and as they were when the last run was done."""

from __future__ import annotations

from typing import Final

import msgspec
import numpy as np

from tandem.act.lending import LedgerAccount, Posting
from tandem.act.provisions.changes import ProvisionChange, RunDone, StageRow
from tandem.act.provisions.placing import Recorded
from tandem.act.provisions.staging import LONG_AGO
from tandem.kernel.errors import IntegrityError
from tandem.kernel.time import Micros

__all__ = ["Provisions", "postings_of", "table_of"]

_STAGES: Final = (1, 2, 3)


class Provisions:
    """The fold of all changes.

    Attributes:
        stage, met_2, met_3, gross, allowance: by account number, from 1.
        stage_before, allowance_before: the same as the last run left them.
        last: the last run that was done.
        ledger: by currency, what was posted; debits above zero.
    """

    def __init__(self) -> None:
        self.stage = np.zeros(1, dtype=np.int8)
        self.met_2 = np.full(1, LONG_AGO, dtype=np.int32)
        self.met_3 = np.full(1, LONG_AGO, dtype=np.int32)
        self.gross = np.zeros(1, dtype=np.int64)
        self.allowance = np.zeros(1, dtype=np.int64)
        self.stage_before = np.zeros(1, dtype=np.int8)
        self.allowance_before = np.zeros(1, dtype=np.int64)
        self.last: RunDone | None = None
        self.last_at: Micros | None = None
        self.ledger: dict[str, dict[LedgerAccount, int]] = {}

    def grow(self, last_number: int) -> None:
        """Have room for accounts up to that number."""
        more = last_number + 1 - len(self.stage)
        if more <= 0:
            return
        self.stage = np.concatenate([self.stage, np.zeros(more, dtype=np.int8)])
        self.met_2 = np.concatenate([self.met_2, np.full(more, LONG_AGO, dtype=np.int32)])
        self.met_3 = np.concatenate([self.met_3, np.full(more, LONG_AGO, dtype=np.int32)])
        self.gross = np.concatenate([self.gross, np.zeros(more, dtype=np.int64)])
        self.allowance = np.concatenate([self.allowance, np.zeros(more, dtype=np.int64)])
        self.stage_before = np.concatenate([self.stage_before, np.zeros(more, dtype=np.int8)])
        self.allowance_before = np.concatenate([self.allowance_before, np.zeros(more, dtype=np.int64)])

    def recorded(self, number: int) -> Recorded:
        """What the runs wrote of the account of that number."""
        if number >= len(self.stage):
            return Recorded(stage=0, met_2=LONG_AGO, met_3=LONG_AGO, gross_minor=0, allowance_minor=0)
        return Recorded(
            stage=int(self.stage[number]), met_2=int(self.met_2[number]), met_3=int(self.met_3[number]),
            gross_minor=int(self.gross[number]), allowance_minor=int(self.allowance[number]),
        )  # fmt: skip

    def in_stage(self, stage: int, limit: int) -> list[int]:
        """Numbers of the accounts in that stage, the most to be lost first; at most ``limit``."""
        numbers = np.nonzero(self.stage == stage)[0]
        found: list[int] = numbers[np.lexsort((numbers, -self.allowance[numbers]))][:limit].tolist()
        return found

    def count(self, stage: int) -> int:
        """How many accounts are in that stage."""
        return int(np.count_nonzero(self.stage == stage))

    def apply(self, change: ProvisionChange, seq: int, at: Micros) -> None:
        """Take in ``change``.

        Raises:
            IntegrityError: it posted something else than it comes to.
        """
        if isinstance(change, RunDone):
            self.stage_before, self.allowance_before = self.stage.copy(), self.allowance.copy()
            self.last, self.last_at = change, at
            return
        numbers = np.asarray(change.numbers, dtype=np.int64)
        self.grow(int(numbers[-1]))
        allowances = np.asarray(change.allowances, dtype=np.int64)
        if postings_of(int(allowances.sum() - self.allowance[numbers].sum())) != change.posted:
            raise IntegrityError("A run posted something else than it comes to.", code="posted", at=f"record {seq}")
        self.stage[numbers] = change.stages
        self.met_2[numbers], self.met_3[numbers] = change.met_2, change.met_3
        self.gross[numbers], self.allowance[numbers] = change.gross, allowances
        book = self.ledger.setdefault(change.currency, {})
        for one in change.posted:
            book[one.debit] = book.get(one.debit, 0) + one.amount_minor
            book[one.credit] = book.get(one.credit, 0) - one.amount_minor


def postings_of(more: int) -> tuple[Posting, ...]:
    """What is posted when the allowance is so much more; below zero the other way round."""
    if more > 0:
        return (Posting(LedgerAccount.IMPAIRMENT, LedgerAccount.ALLOWANCE, more),)
    return (Posting(LedgerAccount.ALLOWANCE, LedgerAccount.IMPAIRMENT, -more),) if more else ()


def table_of(provisions: Provisions, numbers: np.ndarray) -> tuple[StageRow, ...]:
    """The movement of the allowance of accounts ``numbers`` since the last run, by stage."""
    before, now = provisions.stage_before[numbers], provisions.stage[numbers]
    opening, closing = provisions.allowance_before[numbers], provisions.allowance[numbers]
    gross = provisions.gross[numbers]
    new, gone = (before == 0) & (now != 0), (before != 0) & (now == 0)
    stayed = (before != 0) & (now != 0)
    moved = stayed & (before != now)
    rows = []
    for stage in _STAGES:
        was, is_ = before == stage, now == stage

        def total(amounts: np.ndarray, where: np.ndarray) -> int:
            return int(amounts[where].sum())

        row = StageRow(
            stage=stage,
            opening=total(opening, was),
            moved_in=total(opening, moved & is_),
            moved_out=-total(opening, moved & was),
            new=total(closing, new & is_),
            remeasured=total(closing - opening, stayed & is_),
            derecognised=-total(opening, gone & was),
            closing=total(closing, is_),
            accounts=int(np.count_nonzero(is_)),
            gross=total(gross, is_),
        )
        parts = msgspec.structs.astuple(row)[1:7]
        assert sum(parts) == row.closing, "what moved is what is there"
        rows.append(row)
    return tuple(rows)
