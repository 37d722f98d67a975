"""What has been moved on a plan since it was drawn, by kind of movement. Postings are differences of these.

All money of a customer goes through their own money first: what they pay arrives there, and from there it meets fees,
interest and principal. So what waits is a balance like any other, and nothing is ever in two places.
"""

from __future__ import annotations

import msgspec

__all__ = ["Totals"]


class Totals(msgspec.Struct, array_like=True, gc=False):
    """Sums in minor units since the draw; each is at least zero.

    Attributes:
        drawn: went out.
        received: came from the customer; refunded: from the merchant; returned: went back to the customer.
        *_paid: met by the customer's money. *_waived: given up. *_capitalised: became principal. *_lost: written off.
        recovered: came after that.
    """

    drawn: int = 0
    received: int = 0
    refunded: int = 0
    returned: int = 0
    fee_paid: int = 0
    penalty_paid: int = 0
    interest_paid: int = 0
    principal_paid: int = 0
    fee_waived: int = 0
    penalty_waived: int = 0
    interest_waived: int = 0
    principal_waived: int = 0
    fee_capitalised: int = 0
    penalty_capitalised: int = 0
    interest_capitalised: int = 0
    fee_lost: int = 0
    penalty_lost: int = 0
    interest_lost: int = 0
    principal_lost: int = 0
    recovered: int = 0

    @property
    def waiting(self) -> int:
        """Money of the customer's that has met nothing yet."""
        came = self.received + self.refunded - self.returned - self.recovered
        return came - self.fee_paid - self.penalty_paid - self.interest_paid - self.principal_paid

    @property
    def interest_met(self) -> int:
        """Interest that was paid, waived, made principal or lost: earned before."""
        return self.interest_paid + self.interest_waived + self.interest_capitalised + self.interest_lost

    @property
    def fee_met(self) -> int:
        """The same of fees."""
        return self.fee_paid + self.fee_waived + self.fee_capitalised + self.fee_lost

    @property
    def penalty_met(self) -> int:
        """The same of penalties."""
        return self.penalty_paid + self.penalty_waived + self.penalty_capitalised + self.penalty_lost

    @property
    def waived(self) -> int:
        """All that was given up, of every component."""
        return self.fee_waived + self.penalty_waived + self.interest_waived + self.principal_waived

    @property
    def lost(self) -> int:
        """All that was written off, of every component."""
        return self.fee_lost + self.penalty_lost + self.interest_lost + self.principal_lost

    @property
    def principal(self) -> int:
        """What is lent and not yet repaid, waived or lost."""
        became = self.fee_capitalised + self.penalty_capitalised + self.interest_capitalised
        return self.drawn + became - self.principal_paid - self.principal_waived - self.principal_lost
