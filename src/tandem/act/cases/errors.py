"""What goes wrong with a case that another person has changed meanwhile."""

from __future__ import annotations

from tandem.act.cases.folding import Case
from tandem.kernel.errors import Conflict
from tandem.kernel.time import Micros

__all__ = ["CaseChanged"]


class CaseChanged(Conflict):
    """The case is not as its caller saw it, or not so that this could be done to it; it carries how it is now.

    Attributes:
        case: as it stands; at: when that was.
    """

    default_code = "case_changed"

    def __init__(self, case: Case, now: Micros, conflict: Conflict | None = None) -> None:
        if conflict is None:
            super().__init__(
                "The case was changed meanwhile.",
                field="version",
                value=case.version,
                hint=f"look at it again: {case.changed_by} changed it last",
            )
        else:
            super().__init__(
                conflict.detail, code=conflict.code, field=conflict.field, value=conflict.value, hint=conflict.hint
            )
        self.case = case
        self.now = now
