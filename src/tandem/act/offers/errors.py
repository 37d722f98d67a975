"""What offers do not do."""

from __future__ import annotations

from tandem.kernel.errors import Conflict

__all__ = ["NotOpen"]


class NotOpen(Conflict):
    """An offer is past that, or was never told."""

    default_code = "not_open"
