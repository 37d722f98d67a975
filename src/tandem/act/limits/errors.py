"""What is wrong with a strategy, or may not be done to a review."""

from __future__ import annotations

from tandem.kernel.errors import Conflict

__all__ = ["NotOpen"]


class NotOpen(Conflict):
    """A review, or what it says of an account, is past what is asked of it."""

    default_code = "not_open"
