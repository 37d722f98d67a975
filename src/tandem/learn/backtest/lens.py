"""What looks on while history goes by: whose decisions count, and how each side would have come out for it.

A backtest asks what a policy says. Somebody who offers a product asks what the policy says of those whom the product is
for, and at which price. A lens is given every batch once both sides have decided; it may leave decisions out and turn an
approval into none, and it may keep what it sees.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import pyarrow as pa

from tandem.decide.policy.set_based import SetResult
from tandem.learn.backtest.batches import Flags, Ints

__all__ = ["Lens", "Seen"]


@dataclass(frozen=True)
class Seen:
    """A batch that both sides have decided, row by row.

    Attributes:
        table: the facts, by name.
        result: what the candidate's policy says, limits and prices too; other: the same of the other side, None where that
            is what was answered then.
        before, after: outcome of the two sides, places in ``OUTCOMES``.
        possible: rows that both could decide.
        bad: 1 badly, 0 well, -1 nobody knows.
        inferred: probability of a bad outcome by a model; NaN where there is none.
    """

    table: pa.Table
    result: SetResult
    other: SetResult | None
    before: Ints
    after: Ints
    possible: Flags
    bad: Ints
    inferred: Any


class Lens(Protocol):
    """Looks at every batch of a run."""

    @property
    def reads(self) -> tuple[str, ...]:
        """Facts that it wants in the table, beside those that the policies read."""
        ...

    def look(self, seen: Seen) -> tuple[Ints, Ints, Flags]:
        """``before``, ``after`` and ``possible`` as they shall be counted."""
        ...
