"""What no statement can be made of."""

from __future__ import annotations

from tandem.kernel.errors import InvalidInput

__all__ = ["NotAPeriod"]


class NotAPeriod(InvalidInput):
    """Its days are in no order, or have not come yet."""

    default_code = "not_a_period"
