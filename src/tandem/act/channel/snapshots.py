"""Snapshots of customers, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part: what is sealed is read from the journal where
it is needed, and is gone from there once its person is erased.
"""

from __future__ import annotations

from typing import Final

import msgspec

from tandem.act.books import BookSnapshot, Shortening, form_of
from tandem.act.channel.folding import Customers, CustomersKept

__all__ = ["CustomerShortening", "CustomerSnapshot"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other customers."""


_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(CustomersKept)
_FORM: Final = form_of(_FOLDED_AS, CustomersKept)


class CustomerSnapshot(BookSnapshot, frozen=True, kw_only=True):
    """All customers after a record, encoded."""

    kept: bytes


class CustomerShortening(Shortening[Customers]):
    """How customers are put into a snapshot and taken out of one."""

    name = "customers"
    kind = CustomerSnapshot
    form = _FORM

    def taken(self, fold: Customers) -> CustomerSnapshot:
        """``fold`` as it is."""
        return CustomerSnapshot(seq=0, mac=b"", form=_FORM, kept=_ENCODER.encode(fold.kept()))

    def restored(self, snapshot: CustomerSnapshot) -> Customers:
        """The customers that are in ``snapshot``."""
        return Customers.restored(_DECODER.decode(snapshot.kept))
