"""What decisions looked at of late: every input by name, as it was recorded, newest decision first."""

from __future__ import annotations

from typing import Any

import msgspec

from tandem.decide.decisions.hits import newest_decisions
from tandem.decide.decisions.records import personal_of
from tandem.kernel.time import Micros
from tandem.observe.journal import Journal

__all__ = ["RecordedInputs", "recorded_inputs"]


class RecordedInputs(msgspec.Struct, frozen=True, kw_only=True):
    """The inputs of the newest decisions.

    Attributes:
        rows: (when it was recorded, input name to value), newest first. Decisions of persons who were erased are gone.
        looked_at: decisions looked through; ``erased`` of them could not be read any more.
    """

    rows: tuple[tuple[Micros, dict[str, Any]], ...]
    looked_at: int
    erased: int

    @property
    def since(self) -> Micros | None:
        """When the oldest of them was recorded."""
        return self.rows[-1][0] if self.rows else None


def recorded_inputs(journal: Journal, last: int) -> RecordedInputs:
    """The inputs of the newest ``last`` decisions, whatever release made them."""
    rows: list[tuple[Micros, dict[str, Any]]] = []
    looked_at = erased = 0
    for record in newest_decisions(journal, last):
        looked_at += 1
        used = personal_of(record, journal)
        if used is None:
            erased += 1
        else:
            rows.append((record.recorded_at, used.inputs))
    return RecordedInputs(rows=tuple(rows), looked_at=looked_at, erased=erased)
