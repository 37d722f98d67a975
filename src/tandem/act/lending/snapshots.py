"""Snapshots of accounts, so that a start folds the end of the book and not everything that ever happened.

Accounts stand in them as they stand in memory, encoded, beside the columns; nothing in them is personal but pseudonyms, as
in the journal's readable part. The books are in it too, so what was posted is not counted anew.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.books import BookSnapshot, Shortening
from tandem.act.lending.accounts import Account, Accounts, Columns, Draw, Standing
from tandem.act.lending.acts import Deed
from tandem.act.lending.earning import Formula, Term
from tandem.act.lending.earnings import EarningColumns
from tandem.act.lending.plan import Line, Plan
from tandem.act.lending.totals import Totals
from tandem.kernel.canonical import canonical_bytes, digest_of_bytes

__all__ = ["AccountShortening", "AccountSnapshot"]

_FOLDED_AS: Final = 2
"""Grows when the same changes come to give other accounts, or other formulas."""
_FORM: Final = digest_of_bytes(
    canonical_bytes([
        _FOLDED_AS,
        [list(one.__struct_fields__) for one in (Account, Draw, Standing, Plan, Line, Totals, Deed, Columns, EarningColumns)],
        [list(one._fields) for one in (Formula, Term)],
        msgspec.json.schema(Account),
    ])
)  # fmt: skip


class AccountSnapshot(BookSnapshot, frozen=True, kw_only=True):
    """All accounts after a record."""

    columns: Columns


class AccountShortening(Shortening[Accounts]):
    """How accounts are put into a snapshot and taken out of one."""

    name = "accounts"
    kind = AccountSnapshot
    form = _FORM

    def taken(self, fold: Accounts) -> AccountSnapshot:
        """``fold`` as it is."""
        return AccountSnapshot(seq=0, mac=b"", form=_FORM, columns=fold.columns())

    def restored(self, snapshot: AccountSnapshot) -> Accounts:
        """The accounts that are in ``snapshot``."""
        return Accounts.restored(snapshot.columns, snapshot.seq)
