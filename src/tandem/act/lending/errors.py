"""What an account does not do."""

from __future__ import annotations

from tandem.kernel.errors import Conflict, InvalidInput

__all__ = ["NotAllowed", "NotOwed", "OutOfOrder"]


class NotOwed(InvalidInput):
    """It gives up, gives back or schedules what is not there."""

    default_code = "not_owed"


class OutOfOrder(Conflict):
    """Something has happened after the day that this counts from."""

    default_code = "out_of_order"


class NotAllowed(Conflict):
    """An account as it is does not take this."""

    default_code = "not_allowed"
