"""Snapshots of customers, so that a start folds the end of the book and not everything that ever happened.

Nothing in them is personal but pseudonyms, as in the journal's readable part: what is sealed is read from the journal where
it is needed, and is gone from there once its person is erased.
"""

from __future__ import annotations

from typing import Final

from tandem.act.books import EncodedShortening, Shortening
from tandem.act.channel.folding import Customers, CustomersKept

__all__ = ["customer_shortening"]

_FOLDED_AS: Final = 1
"""Grows when the same changes come to give other customers."""


def customer_shortening() -> Shortening[Customers]:
    """How customers are put into a snapshot and taken out of one."""
    return EncodedShortening(
        "customers", CustomersKept, take=Customers.kept, restore=Customers.restored, folded_as=_FOLDED_AS
    )
