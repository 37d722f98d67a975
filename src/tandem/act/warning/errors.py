"""What people are told when a warning is not as they saw it."""

from __future__ import annotations

from tandem.act.warning.folding import EarlyWarning
from tandem.kernel.errors import Conflict

__all__ = ["WarningChanged"]


class WarningChanged(Conflict):
    """It is over, or somebody else has it."""

    def __init__(self, warning: EarlyWarning) -> None:
        held = warning.waits and warning.assignee is not None
        super().__init__(
            "Somebody else has this warning." if held else "Nothing more is to be done about this warning.",
            code="warning_taken" if held else "warning_over",
            field="warning_id",
            value=warning.assignee if held else warning.state,
            hint="ask them to give it back" if held else "look at it again: its outcome is watched by itself",
        )
